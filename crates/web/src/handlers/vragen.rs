//! What a reporter is asked, as fields of a form, and what was filled in there.

use crate::pages::{
    melding::{Invuller, MeldingDeel},
    veld::{Optie, Veld, Waarden},
};
use app::wens::InstrumentWens;
use domain::afspraak::{Bundel, MeldAntwoord, MeldBij, Meldvraag, ONBEKEND};
use std::collections::{BTreeMap, BTreeSet};

/// A heading above questions, by what they depend on.
struct Kop {
    bij: MeldBij,
    id: &'static str,
    /// For who reports.
    titel: &'static str,
    /// For Veilig Thuis, that asks who reports.
    aan_melder: &'static str,
    uitleg: &'static str,
}

/// Under which heading a question stands in the form; the first that fits.
const KOPPEN: &[Kop] = &[
    Kop {
        bij: MeldBij::DoorOntvanger,
        id: "opnieuw",
        titel: "Wat is er nieuw?",
        aan_melder: "Wat is er nieuw?",
        uitleg: "Uw organisatie heeft het zicht op veiligheid al.",
    },
    Kop {
        bij: MeldBij::GiBetrokken,
        id: "gezinsvoogd",
        titel: "De gezinsvoogd",
        aan_melder: "De gezinsvoogd",
        uitleg: "",
    },
    Kop {
        bij: MeldBij::Doorlopend,
        id: "vaker",
        titel: "Ziet u het gezin vaker?",
        aan_melder: "Ziet de melder het gezin vaker?",
        uitleg: "Beantwoord dan ook deze vragen.",
    },
    Kop {
        bij: MeldBij::Eenmalig,
        id: "kort",
        titel: "Ziet u het gezin eenmalig of kort?",
        aan_melder: "Ziet de melder het gezin eenmalig of kort?",
        uitleg: "Beantwoord dan ook deze vraag.",
    },
    Kop {
        bij: MeldBij::Gesloten,
        id: "gesloten",
        titel: "Mag het gezin niet weten dat u meldt?",
        aan_melder: "Mag het gezin niet weten wie er meldt?",
        uitleg: "Beantwoord dan ook deze vragen.",
    },
    Kop {
        bij: MeldBij::Open,
        id: "open",
        titel: "Mag het gezin het weten?",
        aan_melder: "Mag het gezin het weten?",
        uitleg: "Beantwoord dan ook deze vragen.",
    },
];

/// What stands above questions that the agreement asks who reports, in its own words.
const VRAAG_AAN_MELDER: &str = "Stel deze vragen aan de melder. Wat niet bekend is, vult u later aan.";

/// The questions of an agreement that may come up, each group under its heading. What the reporter still has to choose
/// in the same form keeps no question out.
pub(crate) fn delen(bundel: &Bundel, situatie: &BTreeSet<MeldBij>, invuller: Invuller) -> Vec<MeldingDeel> {
    let te_kiezen = [MeldBij::Eenmalig, MeldBij::Doorlopend, MeldBij::Open, MeldBij::Gesloten];
    let mogelijk: BTreeSet<_> = situatie.iter().copied().chain(te_kiezen).collect();
    let vragen = domain::meldingen::meldvragen(bundel, &mogelijk);
    let kop = |vraag: &Meldvraag| KOPPEN.iter().position(|kop| vraag.bij.contains(&kop.bij));
    let onder = |welke: Option<usize>| {
        let eigen = vragen.iter().filter(move |(_, vraag)| kop(vraag) == welke);
        eigen.map(|(sleutel, vraag)| veld(sleutel, vraag)).collect::<Vec<_>>()
    };
    let algemeen = MeldingDeel {
        id: "inschatting",
        titel: invuller.kies("Wat denkt u zelf?", "Wat denkt de melder zelf?"),
        uitleg: invuller.kies("", VRAAG_AAN_MELDER),
        velden: onder(None),
    };
    let andere = KOPPEN.iter().enumerate().map(|(plek, kop)| MeldingDeel {
        id: kop.id,
        titel: invuller.kies(kop.titel, kop.aan_melder),
        uitleg: invuller.kies(kop.uitleg, VRAAG_AAN_MELDER),
        velden: onder(Some(plek)),
    });
    let instrumenten = MeldingDeel {
        id: "instrumenten",
        titel: invuller.kies("Heeft u al een formulier ingevuld?", "Heeft de melder al een formulier ingevuld?"),
        uitleg: "Bij een ingewikkelde situatie helpt dat. Het blijft in het dossier.",
        velden: instrumentvelden(bundel),
    };
    std::iter::once(algemeen).chain(andere).chain([instrumenten]).filter(|deel| !deel.velden.is_empty()).collect()
}

/// One question. It may be left open: what is not answered here, Veilig Thuis still asks.
pub(crate) fn veld(sleutel: &str, vraag: &Meldvraag) -> Veld {
    let naam = format!("vraag_{sleutel}");
    let onbekend = || Optie::new(ONBEKEND, "Dat weet ik niet");
    let veld = match vraag.antwoord {
        MeldAntwoord::Woorden => Veld::tekstvak(naam, &vraag.vraag, 3),
        MeldAntwoord::JaNee => {
            Veld::rondjes(naam, &vraag.vraag, vec![Optie::new("ja", "Ja"), Optie::new("nee", "Nee"), onbekend()])
        }
        MeldAntwoord::Keuze => {
            let keuzes = vraag.keuzes.iter().map(|keuze| Optie::new(&keuze.code, &keuze.tekst));
            Veld::rondjes(naam, &vraag.vraag, keuzes.chain([onbekend()]).collect())
        }
    };
    if vraag.vooraf { veld } else { veld.optioneel() }
}

/// Day, person and conclusion of each assessment that the agreement names.
pub(crate) fn instrumentvelden(bundel: &Bundel) -> Vec<Veld> {
    let mut alle: Vec<_> = bundel.inhoud.meldinstrument.iter().collect();
    alle.sort_by_key(|(_, instrument)| instrument.volgorde);
    let velden = |(sleutel, naam): (&String, &String)| {
        vec![
            Veld::datum(format!("instrument_{sleutel}_datum"), format!("{naam}: wanneer is het ingevuld?")).optioneel(),
            Veld::tekst(format!("instrument_{sleutel}_door"), format!("{naam}: door wie?")).optioneel(),
            Veld::tekstvak(format!("instrument_{sleutel}_conclusie"), format!("{naam}: wat kwam eruit?"), 3)
                .optioneel(),
        ]
    };
    alle.into_iter().flat_map(|(sleutel, instrument)| velden((sleutel, &instrument.naam))).collect()
}

/// The answers that were given, by key.
pub(crate) fn antwoorden(waarden: &Waarden, bundel: &Bundel) -> BTreeMap<String, String> {
    let sleutels = bundel.inhoud.meldvraag.keys();
    sleutels.filter_map(|sleutel| Some((sleutel.clone(), waarden.gevuld(&format!("vraag_{sleutel}"))?))).collect()
}

/// The assessments of which something was filled in.
pub(crate) fn instrumenten(waarden: &Waarden, bundel: &Bundel) -> BTreeMap<String, InstrumentWens> {
    let van = |sleutel: &String| {
        let tekst = |veld: &str| waarden.gevuld(&format!("instrument_{sleutel}_{veld}"));
        let (datum, door, conclusie) = (tekst("datum"), tekst("door"), tekst("conclusie"));
        (datum.is_some() || door.is_some() || conclusie.is_some()).then(|| InstrumentWens {
            datum: datum.unwrap_or_default(),
            door,
            conclusie: conclusie.unwrap_or_default(),
        })
    };
    bundel.inhoud.meldinstrument.keys().filter_map(|sleutel| Some((sleutel.clone(), van(sleutel)?))).collect()
}

/// The field of a form for a field of the wish.
pub(crate) fn veldnaam(veld: &str) -> Option<String> {
    if let Some(sleutel) = veld.strip_prefix("antwoorden.") {
        return Some(format!("vraag_{sleutel}"));
    }
    let (sleutel, deel) = veld.strip_prefix("instrumenten.")?.rsplit_once('.')?;
    Some(format!("instrument_{sleutel}_{deel}"))
}
