//! Terms that nobody could ever meet: the act belongs to another organisation, or the anchor never occurs.

use super::{Anker, Bundel, Daad, PartijSoort, TermijnRegel, Wie};

/// What is wrong with a term, in plain Dutch; empty when somebody can meet it.
pub(super) fn bezwaren(bundel: &Bundel, regel: &TermijnRegel, is_eigen: bool) -> Vec<String> {
    let (Some(anker), Some(daad), Some(wie)) = (regel.anker, regel.vervuld_door, regel.wie) else {
        return Vec::new();
    };
    let mut bezwaren = Vec::new();
    let handeling = handeling(daad);
    let mag = bundel.inhoud.bevoegd.get(handeling).map(|bevoegd| bevoegd.wie);
    if let Some(mag) = mag.filter(|mag| !kan_zelf(wie, *mag)) {
        bezwaren.push(format!(
            "niemand kan deze termijn halen: '{handeling}' mag volgens [bevoegd.{handeling}] alleen {}, en de termijn \
             is voor {}",
            in_woorden(mag),
            in_woorden(wie)
        ));
    }
    let hoort_bij = familie(anker);
    if !kent(hoort_bij, wie) {
        bezwaren.push(format!("niemand kan deze termijn halen: bij dit anker is er geen {}", in_woorden(wie)));
    }
    if !kan_bij(hoort_bij, daad) {
        bezwaren.push("niemand kan deze termijn halen: deze daad hoort niet bij dit anker".to_owned());
    }
    if !regel.fasen.is_empty() && hoort_bij != Familie::Overdracht && anker != Anker::BriefGezin {
        bezwaren.push("deze termijn geldt niet per fase: bij dit anker is er geen overdracht".to_owned());
    }
    if is_eigen && let Some(soort) = zonder_partij(bundel, regel) {
        bezwaren.push(format!(
            "deze termijn begint nooit: er is geen partij met soort {} om aan over te dragen",
            soort.als_str()
        ));
    }
    bezwaren
}

/// To what a term belongs, by its anchor.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Familie {
    Melding,
    Overdracht,
    Crisis,
    Gepland,
    Plan,
    Gemeente,
}

fn familie(anker: Anker) -> Familie {
    match anker {
        Anker::OntvangstMelding
        | Anker::BeoordelingPlaatsgevonden
        | Anker::EersteTerugkoppeling
        | Anker::EindeBetrokkenheid
        | Anker::BriefGezin => Familie::Melding,
        Anker::GegevensOntvangen
        | Anker::DocumentVerzonden
        | Anker::ZichtOvergegaan
        | Anker::WarmeOverdracht
        | Anker::IncidentTijdensMonitoring => Familie::Overdracht,
        Anker::CrisisBegonnen => Familie::Crisis,
        Anker::MonitormomentGepland => Familie::Gepland,
        Anker::VoorwaardeUiterlijk | Anker::EvaluatieAfgesproken | Anker::IncidentNaPlan => Familie::Plan,
        Anker::GemeenteGeinformeerd => Familie::Gemeente,
    }
}

/// Whether there is such an organisation to act.
fn kent(familie: Familie, wie: Wie) -> bool {
    match wie {
        Wie::VeiligThuis => true,
        Wie::Ontvanger => familie == Familie::Overdracht,
        Wie::Monitor => matches!(familie, Familie::Overdracht | Familie::Gepland),
        Wie::Crisisdienst => familie == Familie::Crisis,
        // What the plan asks for moves with zicht to whoever holds it.
        Wie::Houder => familie == Familie::Plan,
        Wie::Gemeente => familie == Familie::Gemeente,
        // Who offers or is concerned differs by the day, so a term cannot be theirs.
        Wie::HouderOfVeiligThuis | Wie::Aanbieder | Wie::Betrokken => false,
    }
}

/// Whether the act can happen for what the term belongs to.
fn kan_bij(familie: Familie, daad: Daad) -> bool {
    match daad {
        Daad::GezinGeinformeerd | Daad::AfspraakGezin | Daad::ContactGezin | Daad::ContactGezinTeruggekoppeld => true,
        Daad::Monitormoment => matches!(familie, Familie::Overdracht | Familie::Gepland),
        Daad::BeoordelingAfgerond
        | Daad::MelderTeruggekoppeld
        | Daad::TweedeTerugkoppeling
        | Daad::EindTerugkoppeling => familie == Familie::Melding,
        Daad::GegevensVerzonden => matches!(familie, Familie::Melding | Familie::Overdracht),
        Daad::OverdrachtGeaccepteerd | Daad::MedewerkerToegewezen => familie == Familie::Overdracht,
        Daad::CrisisGestabiliseerd => familie == Familie::Crisis,
        Daad::VoorwaardeGehaald | Daad::PlanHerzien => familie == Familie::Plan,
        Daad::GemeenteGeantwoord => familie == Familie::Gemeente,
        Daad::VeiligThuisGeraadpleegd => familie == Familie::Overdracht,
    }
}

/// The act that does it.
fn handeling(daad: Daad) -> &'static str {
    match daad {
        Daad::BeoordelingAfgerond => "rond-beoordeling-af",
        Daad::GezinGeinformeerd => "informeer-gezin",
        Daad::MelderTeruggekoppeld | Daad::TweedeTerugkoppeling | Daad::EindTerugkoppeling => "koppel-terug-aan-melder",
        Daad::ContactGezin | Daad::ContactGezinTeruggekoppeld => "leg-contact-gezin-vast",
        Daad::AfspraakGezin => "maak-afspraak-gezin",
        Daad::OverdrachtGeaccepteerd => "accepteer-overdracht",
        Daad::Monitormoment => "leg-monitormoment-vast",
        Daad::GegevensVerzonden => "verzend-gegevens",
        Daad::CrisisGestabiliseerd => "meld-crisis-stabiel",
        Daad::MedewerkerToegewezen => "wijs-medewerker-toe",
        Daad::VoorwaardeGehaald => "toets-planregel",
        Daad::PlanHerzien => "evalueer-plan",
        Daad::GemeenteGeantwoord => "leg-antwoord-gemeente-vast",
        Daad::VeiligThuisGeraadpleegd => "raadpleeg-veilig-thuis",
    }
}

/// Whether the organisation of the term can be the one that may act. Who holds differs by the day, so a holder can be
/// any of them.
fn kan_zelf(wie: Wie, mag: Wie) -> bool {
    match mag {
        Wie::Betrokken => true,
        Wie::Gemeente => wie == Wie::Gemeente,
        Wie::Crisisdienst => wie == Wie::Crisisdienst,
        _ if wie == Wie::Crisisdienst => false,
        Wie::Houder | Wie::HouderOfVeiligThuis | Wie::Monitor => true,
        Wie::VeiligThuis | Wie::Aanbieder => !matches!(wie, Wie::Ontvanger | Wie::Houder),
        Wie::Ontvanger => wie != Wie::VeiligThuis,
    }
}

/// The first kind of receiver for which the term holds, when the agreement has no party of any of them.
fn zonder_partij(bundel: &Bundel, regel: &TermijnRegel) -> Option<PartijSoort> {
    // Anybody can be an involved professional, without being a party.
    let is_er = |soort: &PartijSoort| {
        matches!(soort, PartijSoort::Anders | PartijSoort::Beroepskracht)
            || bundel.inhoud.partij.values().any(|partij| partij.soort == *soort)
    };
    regel.ontvangers.first().copied().filter(|_| !regel.ontvangers.iter().any(is_er))
}

fn in_woorden(wie: Wie) -> &'static str {
    match wie {
        Wie::VeiligThuis => "Veilig Thuis",
        Wie::Houder => "wie het zicht heeft",
        Wie::HouderOfVeiligThuis => "wie het zicht heeft of Veilig Thuis",
        Wie::Ontvanger => "ontvanger",
        Wie::Aanbieder => "wie aanbiedt",
        Wie::Betrokken => "wie betrokken is",
        Wie::Monitor => "wie monitort",
        Wie::Crisisdienst => "crisisdienst",
        Wie::Gemeente => "gemeente",
    }
}
