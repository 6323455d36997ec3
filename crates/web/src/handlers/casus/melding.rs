//! The reports on the page of a casus. Whatever the history of this organisation does not show, shows nowhere here.

use super::ziet;
use crate::{
    Toestand,
    handlers::{
        melder,
        tekst::{self, bundel, moment},
    },
    pages::{
        casus_melding::{Antwoord, Melding, Meldingen, Meldplicht, Stap, Volgorde},
        onderdelen::{Feit, Link, Pil, Status},
    },
};
use app::{lezen::CasusBeeld, toegang::Relatie};
use domain::{
    afspraak::{Bundel, IN_WOORDEN, MeldAntwoord},
    gebeurtenis::{Contactduur, Melder, Openheid},
    meldingen::{Intrekking, Melding as DomeinMelding, Meldwijze, aan_te_vullen},
    plichten::contactvolgorde,
};

pub(super) fn meldingen(toestand: &Toestand, beeld: &CasusBeeld, nu: &Bundel) -> Meldingen {
    let zichtbaar: Vec<_> = (1..)
        .zip(beeld.staat.meldingen.iter())
        .filter(|(_, melding)| !melding.is_weg() && ziet(beeld, melding.feit.versie))
        .collect();
    let vt = beeld.relatie == Relatie::VeiligThuis;
    Meldingen {
        te_doen: zichtbaar
            .iter()
            .filter(|_| vt)
            .flat_map(|(nummer, melding)| te_doen(toestand, beeld, *nummer, melding))
            .collect(),
        meldingen: zichtbaar.iter().rev().map(|(nummer, m)| melding_beeld(toestand, beeld, *nummer, m)).collect(),
        volgorde: if vt { volgorde(toestand, beeld, nu) } else { None },
    }
}

fn te_doen(toestand: &Toestand, beeld: &CasusBeeld, nummer: usize, melding: &DomeinMelding) -> Vec<Meldplicht> {
    let Some(van) = bundel(toestand, &melding.feit.bundel) else { return Vec::new() };
    let link = |tekst: &str, naam: &str| {
        let kan = beeld.handelingen.iter().any(|handeling| handeling.naam == naam);
        kan.then(|| Link::new(tekst, format!("/casussen/{}/doe/{naam}", beeld.id)))
    };
    let mut alle = Vec::new();
    if let Some(rest) = aan_te_vullen(&beeld.staat, melding, &van) {
        let (titel, uitleg) = if rest.na_telefoon {
            (
                format!("Melding {nummer} aanvullen met de melder"),
                "Deze melding kwam per telefoon en is nog niet compleet.",
            )
        } else {
            (format!("Nog te vragen over melding {nummer}"), "De melder heeft dit nog niet beantwoord.")
        };
        alle.push(Meldplicht {
            titel,
            tekst: uitleg.to_owned(),
            vragen: rest.vragen.iter().map(|(_, vraag)| vraag.vraag.clone()).collect(),
            clausule: Some(tekst::clausule(toestand, &van, rest.clausule)),
            doen: link("Melding aanvullen", "vul-melding-aan"),
        });
    }
    if melding.intrekking.as_ref().is_some_and(Intrekking::wacht) {
        alle.push(Meldplicht {
            titel: format!("De melder wil melding {nummer} intrekken"),
            tekst: "Veilig Thuis beslist wat dat betekent. Tot dan verandert er niets.".to_owned(),
            vragen: Vec::new(),
            clausule: None,
            doen: link("Beslissen over de intrekking", "beslis-over-intrekking"),
        });
    }
    alle
}

fn melding_beeld(toestand: &Toestand, beeld: &CasusBeeld, nummer: usize, melding: &DomeinMelding) -> Melding {
    let van = bundel(toestand, &melding.feit.bundel);
    Melding {
        titel: format!("Melding {nummer}, {}", moment(melding.ontvangen_op, beeld.op)),
        kenmerk: kenmerk(melding),
        melder: melder::bij_melding(beeld, melding),
        feiten: feiten(beeld, melding, van.as_deref()),
        antwoorden: van.as_ref().map(|van| antwoorden(toestand, beeld, melding, van)).unwrap_or_default(),
        afgeweken: van.and_then(|van| afgeweken(toestand, beeld, melding, &van)),
    }
}

fn kenmerk(melding: &DomeinMelding) -> String {
    let wie = match melding.melder {
        Melder::Burger => "een burger",
        Melder::Beroepskracht { .. } => "een beroepskracht",
        Melder::Politie => "de politie",
    };
    let openheid = match melding.openheid {
        Openheid::Open => "open",
        Openheid::Afgeschermd => "gesloten: het gezin mag niet weten wie meldt",
        Openheid::Onbekend => "Veilig Thuis weet niet wie meldt",
    };
    let wijze = match melding.gegevens.wijze {
        Meldwijze::Formulier => "met een formulier",
        Meldwijze::Telefoon => "per telefoon",
        Meldwijze::Brief => "per brief",
        Meldwijze::Bericht => "met een bericht tussen systemen",
    };
    let contact = match melding.contact {
        Contactduur::Eenmalig => "eenmalig of kort contact",
        Contactduur::Doorlopend => "doorlopend contact",
    };
    [wie, openheid, wijze, contact].join("; ")
}

fn feiten(beeld: &CasusBeeld, melding: &DomeinMelding, van: Option<&Bundel>) -> Vec<Feit> {
    let tekst = |versie: u64, soort: &str| beeld.tekst_bij(versie, soort);
    let eigen = |soort: &str| tekst(melding.feit.versie, soort);
    let mut feiten = Vec::new();
    feiten.extend(eigen("melding-inhoud").map(|inhoud| Feit::new("Zelf gezien of gehoord", inhoud)));
    let bron = eigen("melding-bron").map_or_else(String::new, |bron| format!(", volgens {bron}"));
    feiten.extend(eigen("melding-van-anderen").map(|inhoud| Feit::new(format!("Van anderen{bron}"), inhoud)));
    feiten.extend(eigen("melding-inschatting").map(|inhoud| Feit::new("Eigen inschatting", inhoud)));
    feiten.extend(eigen("melding-eigen-hulp").map(|inhoud| Feit::new("Over eigen hulp", inhoud)));
    feiten.extend(
        eigen("melding-afscherming").map(|grond| Feit::new("Waarom het gezin niet mag weten wie meldde", grond)),
    );
    for (sleutel, datum) in &melding.gegevens.instrumenten {
        let naam =
            van.and_then(|van| van.inhoud.meldinstrument.get(sleutel)).map_or(sleutel, |instrument| &instrument.naam);
        let dag = crate::opmaak::datum_met_jaar(datum.0);
        let inhoud = woorden(beeld, melding, &format!("meldinstrument:{sleutel}")).unwrap_or_default();
        feiten.push(Feit::new(format!("{naam}, {dag}"), inhoud));
    }
    for correctie in &melding.correcties {
        let wanneer = moment(correctie.gebeurd_op, beeld.op);
        feiten.extend(
            tekst(correctie.versie, "melding-correctie")
                .map(|inhoud| Feit::new(format!("Verbeterd door de melder, {wanneer}"), inhoud)),
        );
    }
    let beslist = melding.intrekking.as_ref().and_then(|intrekking| intrekking.beslist.as_ref());
    feiten.extend(beslist.filter(|(feit, _)| ziet(beeld, feit.versie)).map(|(feit, gevolgd)| {
        let mee = if *gevolgd { "Veilig Thuis gaat hierin mee" } else { "Veilig Thuis gaat hierin niet mee" };
        let reden = tekst(feit.versie, "reden").map(|reden| format!(". {reden}")).unwrap_or_default();
        Feit::new("Intrekking door de melder", format!("{mee}{reden}"))
    }));
    feiten
}

/// What was said in words, the newest: at once, or when it was completed.
fn woorden<'a>(beeld: &'a CasusBeeld, melding: &DomeinMelding, soort: &str) -> Option<&'a str> {
    let later = melding.aanvullingen.iter().rev().map(|feit| feit.versie);
    later.chain([melding.feit.versie]).find_map(|versie| beeld.tekst_bij(versie, soort))
}

fn antwoorden(toestand: &Toestand, beeld: &CasusBeeld, melding: &DomeinMelding, van: &Bundel) -> Vec<Antwoord> {
    let gegeven = &melding.gegevens.antwoorden;
    let mut alle: Vec<_> = gegeven
        .iter()
        .filter_map(|(sleutel, code)| Some((van.inhoud.meldvraag.get(sleutel)?, sleutel, code)))
        .collect();
    alle.sort_by_key(|(vraag, ..)| vraag.volgorde);
    alle.into_iter()
        .map(|(vraag, sleutel, code)| {
            let in_woorden = vraag.antwoord == MeldAntwoord::Woorden && code == IN_WOORDEN;
            let gezegd = woorden(beeld, melding, &format!("meldvraag:{sleutel}"));
            // An estimate that was written in the report itself stands there.
            let antwoord = match gezegd.filter(|_| in_woorden) {
                Some(gezegd) => gezegd,
                None if in_woorden => "staat in de melding",
                None => vraag.tekst_van(code),
            };
            let clausule = tekst::clausule(toestand, van, &vraag.clausule);
            Antwoord { vraag: vraag.vraag.clone(), antwoord: antwoord.to_owned(), clausule }
        })
        .collect()
}

fn afgeweken(toestand: &Toestand, beeld: &CasusBeeld, melding: &DomeinMelding, van: &Bundel) -> Option<String> {
    let plaatsen: Vec<_> = melding
        .afwijkingen
        .iter()
        .map(|afwijking| tekst::clausule(toestand, van, &afwijking.clausule).plaats)
        .collect();
    let reden = beeld.tekst_bij(melding.feit.versie, "reden").unwrap_or("geen reden bekend bij uw organisatie");
    (!plaatsen.is_empty()).then(|| format!("Afgeweken van {}. Reden: {reden}", plaatsen.join(" en ")))
}

fn volgorde(toestand: &Toestand, beeld: &CasusBeeld, nu: &Bundel) -> Option<Volgorde> {
    let volgorde = contactvolgorde(&beeld.staat, nu)?;
    let stap = |met: String, gesproken: bool| {
        let pil =
            if gesproken { Pil::new(Status::Gehaald, "Gesproken") } else { Pil::new(Status::DezeWeek, "Nog niet") };
        Stap { met, pil }
    };
    let mut stappen: Vec<_> =
        volgorde.instellingen.iter().map(|(gi, gesproken)| stap(toestand.app.naam_van(gi), *gesproken)).collect();
    let gezin = if stappen.is_empty() { "Het gezin" } else { "Het gezin, als dat met de instelling is afgesproken" };
    stappen.push(stap(gezin.to_owned(), volgorde.gezin_gesproken));
    stappen.extend(volgorde.hulpverlener.iter().map(|(wie, al)| stap(toestand.app.naam_van(wie), *al)));
    Some(Volgorde { stappen, clausule: tekst::clausule(toestand, nu, volgorde.clausule) })
}
