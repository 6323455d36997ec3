//! The report form as it comes in: what is missing, and the wish that it makes.

use super::{Vraag, vragen};
use crate::{
    opmaak::uit_invoer,
    pages::{
        melding::{Invuller, PERSONEN_MAX, grond_in_woorden},
        veld::{VeldFout, Waarden},
    },
    session::Ingelogd,
};
use app::wens::{AdresWens, MeldWens, MelderWens, PersoonWens};
use domain::{
    afspraak::{Bundel, MeldAntwoord, MeldBij, Meldvraag},
    gebeurtenis::{Contactduur, Openheid, PersoonRol},
    ids::OrganisatieId,
    meldingen::Meldwijze,
};

/// Whether the agreement itself asks why a report is closed.
pub(super) fn vraagt_om_grond(bundel: &Bundel) -> bool {
    let vraagt = |vraag: &Meldvraag| vraag.antwoord == MeldAntwoord::Keuze && vraag.bij.contains(&MeldBij::Gesloten);
    bundel.inhoud.meldvraag.values().any(vraagt)
}

/// The names of fields in the form differ from those of the wish.
pub(super) fn veldfout(fout: &app::wens::VeldFout) -> VeldFout {
    let delen: Vec<_> = fout.veld.split('.').collect();
    let naam = match delen.as_slice() {
        ["huishouden", index, veld] => {
            let nummer = index.parse::<usize>().map_or(1, |index| index + 1);
            let veld = if *veld == "geboren" { "geboortedatum" } else { veld };
            format!("persoon{nummer}_{veld}")
        }
        ["woonadres", veld] => format!("adres_{veld}"),
        ["woonadres"] => "adres_straat".to_owned(),
        ["huishouden"] => "persoon1_rol".to_owned(),
        ["inhoud"] => "zelf_tekst".to_owned(),
        ["bron_van_anderen"] => "anderen_bron".to_owned(),
        ["van_anderen"] => "anderen_tekst".to_owned(),
        _ => vragen::veldnaam(&fout.veld).unwrap_or_else(|| fout.veld.clone()),
    };
    VeldFout::new(naam, fout.melding.clone())
}

/// What must be filled before the report can be sent.
pub(super) fn controleer(waarden: &Waarden, vraag: &Vraag, bundel: &Bundel, intake: bool) -> Vec<VeldFout> {
    let leeg = |naam: &str| waarden.een(naam).is_none_or(|waarde| waarde.trim().is_empty());
    let invuller = if intake { Invuller::VeiligThuis } else { Invuller::Melder };
    let verplicht = [
        ("melder_naam", invuller.kies("Vul uw naam in.", "Vul de naam van de melder in.")),
        ("melder_functie", invuller.kies("Vul uw functie en organisatie in.", "Vul de functie van de melder in.")),
        ("melder_beroep", invuller.kies("Kies uw beroep.", "Kies het beroep van de melder.")),
        (
            "openheid",
            invuller.kies("Kies of het gezin mag weten dat u meldt.", "Kies of het gezin mag weten wie er meldt."),
        ),
        (
            "contact",
            invuller
                .kies("Kies welk contact u met het gezin heeft.", "Kies welk contact de melder met het gezin heeft."),
        ),
        ("spoed", "Kies of iemand nu in gevaar is."),
        ("zelf_tekst", invuller.kies("Schrijf op wat u zag of hoorde.", "Schrijf op wat de melder zag of hoorde.")),
        ("gemeente", "Kies de gemeente."),
        ("persoon1_rol", "Kies wie dit is."),
        ("persoon1_naam", "Vul de naam in, of 'niet bekend'."),
    ];
    // A further report is about people who are known already; a citizen has no profession; what comes by phone is taken
    // up at once with what is known.
    let telefoon = intake && waarden.bevat("wijze", "telefoon");
    let hoeft_niet = |naam: &str| {
        (telefoon && !matches!(naam, "openheid" | "spoed" | "zelf_tekst" | "gemeente" | "persoon1_rol"))
            || (vraag.casus.is_some() && naam.starts_with("persoon1"))
            || (intake && !waarden.bevat("melder_soort", "beroepskracht") && naam.starts_with("melder_"))
    };
    let mut fouten: Vec<_> = verplicht
        .into_iter()
        .filter(|(naam, _)| leeg(naam) && !hoeft_niet(naam))
        .map(|(naam, tekst)| VeldFout::new(naam, tekst))
        .collect();
    if intake && leeg("melder_soort") {
        fouten.insert(0, VeldFout::new("melder_soort", "Kies wie er meldt."));
    }
    let open = waarden.bevat("openheid", "open");
    if intake && open && waarden.bevat("melder_soort", "beroepskracht") && leeg("melder_organisatie") {
        fouten.insert(0, VeldFout::new("melder_organisatie", "Vul de organisatie van de melder in."));
    }
    let eigen_grond = vraagt_om_grond(bundel);
    if waarden.bevat("openheid", "afgeschermd") && leeg("afgeschermd_grond") && !eigen_grond && !telefoon {
        fouten.push(VeldFout::new("afgeschermd_grond", "Kies waarom het gezin dit niet mag weten."));
    }
    if !leeg("anderen_tekst") && leeg("anderen_bron") && leeg("reden") {
        let van_wie = "Schrijf op van wie u dit heeft gehoord.";
        let van_wie = invuller.kies(van_wie, "Schrijf op van wie de melder dit heeft gehoord.");
        fouten.push(VeldFout::new("anderen_bron", van_wie));
    }
    for nummer in 2..=PERSONEN_MAX {
        if !leeg(&format!("persoon{nummer}_naam")) && leeg(&format!("persoon{nummer}_rol")) {
            fouten.push(VeldFout::new(format!("persoon{nummer}_rol"), "Kies wie dit is."));
        }
    }
    if !waarden.bevat("gecontroleerd", "ja") && !telefoon {
        fouten.push(VeldFout::new("gecontroleerd", "Kijk na wat u invulde en zet hier een vinkje."));
    }
    fouten
}

pub(super) fn wens(waarden: &Waarden, wie: &Ingelogd, bundel: &Bundel, intake: bool) -> MeldWens {
    let tekst = |naam: &str| waarden.gevuld(naam);
    let vast = |naam: &str| tekst(naam).unwrap_or_default();
    let gezien = tekst("zelf_datum").map(|datum| format!("Gezien of gehoord op {}. ", uit_invoer(&datum)));
    let gezien = gezien.unwrap_or_default();
    let personen: Vec<_> = (1..=PERSONEN_MAX).filter_map(|nummer| persoon(waarden, nummer)).collect();
    let eerste_kind = personen.iter().find(|persoon| persoon.rol == PersoonRol::Kind).or(personen.first());
    let achternaam =
        eerste_kind.and_then(|persoon| persoon.naam.as_deref()).and_then(|naam| naam.split_whitespace().last());
    MeldWens {
        gemeente: vast("gemeente"),
        openheid: Some(match waarden.een("openheid") {
            Some("afgeschermd") => Openheid::Afgeschermd,
            Some("onbekend") if intake => Openheid::Onbekend,
            _ => Openheid::Open,
        }),
        spoed: waarden.bevat("spoed", "ja"),
        contact: Some(if vast("contact") == "doorlopend" { Contactduur::Doorlopend } else { Contactduur::Eenmalig }),
        inhoud: format!("{gezien}{}", vast("zelf_tekst")),
        van_anderen: tekst("anderen_tekst"),
        bron_van_anderen: tekst("anderen_bron"),
        inschatting: None,
        eigen_hulp: None,
        grond_afscherming: tekst("afgeschermd_grond").and_then(|grond| Some(format!("{}.", grond_in_woorden(&grond)?))),
        wijze: match waarden.een("wijze").filter(|_| intake) {
            Some("telefoon") => Meldwijze::Telefoon,
            Some("brief") => Meldwijze::Brief,
            _ => Meldwijze::Formulier,
        },
        antwoorden: vragen::antwoorden(waarden, bundel),
        instrumenten: vragen::instrumenten(waarden, bundel),
        reden: tekst("reden"),
        ontvangen_op: tekst("ontvangen_op_datum")
            .map(|datum| format!("{datum}T{}", tekst("ontvangen_op_tijd").unwrap_or_else(|| "12:00".to_owned()))),
        melder: melder(waarden, wie, intake),
        huishoudnaam: achternaam.map(str::to_owned),
        adres: None,
        woonadres: woonadres(waarden),
        huishouden: personen,
        advies_nummer: None,
        spoor_nummer: None,
    }
}

/// Who reports: the worker's own organisation, or the one that Veilig Thuis wrote down.
fn melder(waarden: &Waarden, wie: &Ingelogd, intake: bool) -> MelderWens {
    let tekst = |naam: &str| waarden.gevuld(naam);
    let politie = waarden.bevat("melder_beroep", "politie");
    let soort = match tekst("melder_soort").filter(|_| intake) {
        Some(soort) => soort,
        None if politie => "politie".to_owned(),
        None => "beroepskracht".to_owned(),
    };
    let genoemd = tekst("melder_organisatie").map(|naam| als_id(&naam));
    MelderWens {
        organisatie_naam: tekst("melder_organisatie").filter(|_| intake),
        organisatie: if intake { genoemd } else { Some(wie.actor.organisatie.clone()) },
        soort,
        beroepsgroep: tekst("melder_beroep"),
        naam: tekst("melder_naam"),
        functie: tekst("melder_functie"),
        telefoon: tekst("melder_telefoon"),
    }
}

/// `Basisschool De Duin` becomes `basisschool-de-duin`: the id under which that organisation is known.
pub(in crate::handlers) fn als_id(naam: &str) -> OrganisatieId {
    let woorden = naam.to_lowercase();
    let woorden = woorden.split(|teken: char| !teken.is_alphanumeric()).filter(|woord| !woord.is_empty());
    OrganisatieId(woorden.collect::<Vec<_>>().join("-"))
}

/// The address in its parts; none when nothing was filled in.
pub(in crate::handlers) fn woonadres(waarden: &Waarden) -> Option<AdresWens> {
    let deel = |veld: &str| waarden.gevuld(&format!("adres_{veld}"));
    let adres = AdresWens {
        straat: deel("straat"),
        huisnummer: deel("huisnummer"),
        toevoeging: deel("toevoeging"),
        postcode: deel("postcode"),
        plaats: deel("plaats"),
    };
    (!adres.regel().is_empty()).then_some(adres)
}

/// The part in the household for a choice of the form.
pub(in crate::handlers) fn rol(keuze: &str) -> PersoonRol {
    match keuze {
        "kind" | "ongeboren-kind" => PersoonRol::Kind,
        "ouder" => PersoonRol::Ouder,
        "partner" | "ex-partner" => PersoonRol::Partner,
        _ => PersoonRol::Anders,
    }
}

fn persoon(waarden: &Waarden, nummer: usize) -> Option<PersoonWens> {
    let tekst = |veld: &str| waarden.gevuld(&format!("persoon{nummer}_{veld}"));
    let rol = rol(&tekst("rol")?);
    let geboren = tekst("geboortedatum");
    Some(PersoonWens {
        rol,
        naam: tekst("naam"),
        geboren,
        bsn: tekst("bsn"),
        gezinsvoogd: tekst("gezinsvoogd").map(OrganisatieId),
        bekend_als: None,
    })
}
