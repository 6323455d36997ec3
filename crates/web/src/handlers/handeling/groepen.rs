//! What can be done on a casus, grouped so that the eye finds it: what asks for an answer now, what one records as one
//! goes, and the rest. It holds no rule: what can be done is the application's answer, when it is due the terms'.

use super::{titel, uitleg};
use crate::{
    Toestand,
    handlers::{casus::Deel, formulier, tekst::clausule},
    pages::{
        casus::{Actie, Acties, KanNiet},
        onderdelen::Icoon,
    },
};
use app::{lezen::CasusBeeld, toegang::Relatie};
use domain::{
    afspraak::{Bundel, Daad},
    ids::OrganisatieId,
    meldingen::Spoed,
    termijnen::Status,
    tijd::Instant,
    weigering::Code,
};

/// Acts that wait for somebody as soon as they are possible.
const WACHT: &[&str] = &[
    "accepteer-overdracht",
    "aanvaard-tegenvoorstel",
    "vul-melding-aan",
    "beslis-over-intrekking",
    "bevestig-ontvangst-gegevens",
    "rond-beoordeling-af",
    "besluit-vervolg:directe-overdracht",
    "besluit-vervolg:vervolg-bij-veilig-thuis",
    "besluit-vervolg:geen-verdere-stappen",
    "start-dienst:voorwaarden-en-vervolg",
    "start-dienst:onderzoek",
    "rond-dienst-af",
    "houd-huisbezoek",
    "houd-warme-overdracht",
    "verzend-gegevens",
    "bied-overdracht-aan",
    "leg-monitormoment-vast",
    "stem-in-met-sluiting",
    "beantwoord-afwijking",
];

/// Acts that one looks for when something unusual happens.
const ZELDEN: &[&str] = &[
    "trek-overdracht-in",
    "neem-zicht-over",
    "rond-monitoring-af",
    "stel-informeren-uit",
    "leg-plicht-vast",
    "schakel-crisisdienst-in",
    "verhuis-gezin",
    "verplaats-melding",
    "leg-regie-vast",
    "leg-gi-vast",
    "noteer-mondelinge-bevestiging",
];

/// Where an act stands: now, with how pressing it is; as one goes; or among the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Groep {
    Nu(Instant),
    Vastleggen,
    Meer,
}

/// What can be done now, most pressing first, and what cannot, with why.
pub(crate) fn keuzes(
    toestand: &Toestand,
    eigen: &OrganisatieId,
    beeld: &CasusBeeld,
    bundel: &Bundel,
) -> (Acties, Vec<KanNiet>) {
    let mut gerangschikt = Vec::new();
    let mut geweigerd = Vec::new();
    for handeling in &beeld.handelingen {
        let Some((tekst, icoon)) = titel(handeling.naam) else { continue };
        let Some(href) = href(toestand, beeld, bundel, handeling.naam) else { continue };
        let groep = groep(toestand, eigen, beeld, bundel, handeling.naam);
        // What belongs to a part with a page of its own is here only when something waits for it.
        if super::blad_van(handeling.naam).is_some() && !matches!(groep, Groep::Nu(_)) {
            continue;
        }
        match &handeling.weigering {
            // That it is closed is said at the top, and once.
            Some(weigering) if weigering.reden.code == Code::CasusGesloten => {}
            None => gerangschikt.push((groep, Actie { tekst: tekst.to_owned(), href, icoon })),
            Some(weigering) => {
                let kan_niet = KanNiet {
                    titel: tekst.to_owned(),
                    reden: uitleg(bundel, &weigering.reden),
                    clausule: clausule(toestand, bundel, &weigering.reden.clausule),
                    toch_href: weigering.mag_met_reden.then_some(href),
                };
                geweigerd.push((groep, kan_niet));
            }
        }
    }
    if beeld.is_nu && beeld.relatie == Relatie::VeiligThuis && beeld.staat.onbesliste_meldingen().next().is_some() {
        let tekst = "Veiligheidsbeoordeling: de drie stappen".to_owned();
        let actie = Actie { tekst, href: format!("/casussen/{}/beoordeling", beeld.id), icoon: Icoon::CirkelVink };
        gerangschikt.push((Groep::Vastleggen, actie));
    }
    if beeld.huishouden_van().is_some() && beeld.huishouden_te_kiezen().is_none() {
        let tekst = "Besluit over het gezin herzien, of een melding verplaatsen".to_owned();
        let actie = Actie { tekst, href: format!("/casussen/{}/huishouden", beeld.id), icoon: Icoon::Mensen };
        gerangschikt.push((Groep::Meer, actie));
    }
    if beeld.is_nu && beeld.relatie == Relatie::VeiligThuis && beeld.staat.sluiting.is_none() {
        let tekst = "Nieuwe melding bij deze casus opnemen".to_owned();
        let actie = Actie { tekst, href: format!("/melden?casus={}", beeld.id), icoon: Icoon::Vlag };
        gerangschikt.push((Groep::Vastleggen, actie));
    }
    gerangschikt.sort_by_key(|(groep, _)| *groep);
    geweigerd.sort_by_key(|(groep, _)| *groep);
    let mut acties = Acties::default();
    for (groep, actie) in gerangschikt {
        match groep {
            Groep::Nu(_) => acties.nu.push(actie),
            Groep::Vastleggen => acties.vastleggen.push(actie),
            Groep::Meer => acties.meer.push(actie),
        }
    }
    (acties, geweigerd.into_iter().map(|(_, kan_niet)| kan_niet).collect())
}

/// Where an act is done; none for an act without a form, which is then not shown either.
fn href(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel, naam: &str) -> Option<String> {
    if let ("accepteer-overdracht", Some(aanbod)) = (naam, beeld.staat.open_aanbod()) {
        return Some(format!("/casussen/{}/overdrachten/{}", beeld.id, aanbod.id));
    }
    if naam == super::MAAK_DOCUMENT {
        return Some(format!("/casussen/{}/documenten", beeld.id));
    }
    if naam == super::VEILIG_CONTACT {
        return Some(format!("/casussen/{}/veilig-contact", beeld.id));
    }
    if naam == "stel-plan-op" {
        return Some(Deel::Plan.href(beeld.id));
    }
    formulier::van(toestand, beeld, bundel, naam)?;
    Some(format!("/casussen/{}/doe/{naam}", beeld.id))
}

fn groep(toestand: &Toestand, eigen: &OrganisatieId, beeld: &CasusBeeld, bundel: &Bundel, naam: &str) -> Groep {
    let spoed = || beeld.staat.lopende_meldingen().any(|melding| melding.spoed == Spoed::Gevraagd);
    match naam {
        // A reporter who asked for urgency waits for an answer to just that.
        "erken-spoed" | "wijs-spoed-af" if spoed() => return Groep::Nu(Instant(i64::MIN)),
        "erken-spoed" | "wijs-spoed-af" => return Groep::Meer,
        "meld-crisis-stabiel" | "rond-deeltaak-af" if beeld.relatie == Relatie::Deeltaak => return Groep::Nu(beeld.op),
        "vul-inhoud-aan" if inhoud_ontbreekt(toestand, beeld) => return Groep::Nu(beeld.op),
        // Who accepted says who does it, within the term for that.
        "wijs-medewerker-toe" if beeld.staat.toegewezen_aan(eigen).is_none() => {
            return termijn_van(toestand, eigen, beeld, bundel, naam).map_or(Groep::Vastleggen, Groep::Nu);
        }
        "wijs-medewerker-toe" => return Groep::Meer,
        _ => {}
    }
    let wacht = WACHT.contains(&naam).then_some(beeld.op);
    let gevraagd = termijn_van(toestand, eigen, beeld, bundel, naam).into_iter().chain(wacht).min();
    match gevraagd {
        Some(op) => Groep::Nu(op),
        None if ZELDEN.contains(&naam) || naam.starts_with("sluit-casus") => Groep::Meer,
        None => Groep::Vastleggen,
    }
}

fn inhoud_ontbreekt(toestand: &Toestand, beeld: &CasusBeeld) -> bool {
    beeld.staat.lopend_aanbod().is_some_and(|aanbod| {
        let bundel = crate::handlers::tekst::bundel(toestand, &aanbod.feit.bundel);
        bundel.is_some_and(|bundel| !formulier::nog_niet_gegeven(beeld, aanbod, &bundel).is_empty())
    })
}

/// When the first open term is due that this act would meet and on which this organisation must act.
fn termijn_van(
    toestand: &Toestand,
    eigen: &OrganisatieId,
    beeld: &CasusBeeld,
    bundel: &Bundel,
    naam: &str,
) -> Option<Instant> {
    let open = beeld.termijnen.iter().filter(|(termijn, status)| {
        termijn.wie == *eigen
            && matches!(status, Status::Open | Status::TeLaat)
            && termijn.vervallen_op.is_none()
            && termijn.vanaf.is_none_or(|vanaf| vanaf <= beeld.op)
    });
    let gevraagd = open.filter(|(termijn, _)| {
        let van = crate::handlers::tekst::bundel(toestand, &termijn.bundel);
        let regel = van.as_deref().unwrap_or(bundel).inhoud.termijn.get(&termijn.soort);
        regel.and_then(|regel| regel.vervuld_door).is_some_and(|daad| vervult(naam, daad))
    });
    gevraagd.map(|(termijn, _)| termijn.uiterlijk).min()
}

fn vervult(naam: &str, daad: Daad) -> bool {
    match daad {
        Daad::BeoordelingAfgerond => naam == "rond-beoordeling-af",
        Daad::GezinGeinformeerd => naam == "informeer-gezin",
        Daad::MelderTeruggekoppeld | Daad::TweedeTerugkoppeling | Daad::EindTerugkoppeling => {
            naam == "koppel-terug-aan-melder"
        }
        Daad::ContactGezin | Daad::ContactGezinTeruggekoppeld => naam == "leg-contact-gezin-vast",
        Daad::AfspraakGezin => naam == "maak-afspraak-gezin",
        Daad::OverdrachtGeaccepteerd => naam == "accepteer-overdracht",
        Daad::Monitormoment => naam == "leg-monitormoment-vast",
        Daad::GegevensVerzonden => naam == "verzend-gegevens",
        Daad::MedewerkerToegewezen => naam == "wijs-medewerker-toe",
        Daad::CrisisGestabiliseerd => naam == "meld-crisis-stabiel",
        Daad::VoorwaardeGehaald => naam == "toets-planregel",
        Daad::GemeenteGeantwoord => naam == "leg-antwoord-gemeente-vast",
        Daad::VeiligThuisGeraadpleegd => naam == "raadpleeg-veilig-thuis",
        Daad::PlanHerzien => matches!(naam, "stel-plan-op" | "evalueer-plan"),
    }
}
