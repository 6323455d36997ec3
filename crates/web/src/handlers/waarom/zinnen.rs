//! The sentences with which "Waarom?" answers.

use crate::{
    handlers::overdracht::{inhoud::opsomming, lengte},
    handlers::tekst,
    opmaak,
};
use app::lezen::WaaromTermijn;
use domain::{
    afspraak::Anker,
    termijnen::{Status, Termijn},
    tijd::{Eenheid, Instant, TelDag, TelSoort},
    tijdlijn::Span,
};

/// `woensdag 8 april`, with the year when it is not this one.
fn dag(op: Instant, nu: Instant) -> String {
    let (dag, vandaag) = (op.dag(), nu.dag());
    if dag.year() == vandaag.year() {
        format!("{}{}{}", opmaak::weekdag(dag), opmaak::VASTE_SPATIE, opmaak::dag_maand(dag))
    } else {
        opmaak::datum_lang(dag)
    }
}

/// Subject and end of "… moet uiterlijk op die dag …".
fn onderwerp_en_slot(termijn: &Termijn) -> (&str, &'static str) {
    match termijn.soort.as_str() {
        "veiligheidsbeoordeling" => ("De veiligheidsbeoordeling", "klaar zijn"),
        "gezin-informeren" => ("Het gezin", "geïnformeerd zijn over de melding"),
        "eerste-terugkoppeling" => ("De melder", "een terugkoppeling hebben"),
        "contact-gezin" => ("Het eerste contact met het gezin", "er zijn geweest"),
        "bel-gezin" => ("Het gezin", "gebeld zijn"),
        "bevestiging-overdracht" => ("De overdracht", "bevestigd zijn"),
        "afspraak-gezin" => ("De afspraak met het gezin", "gemaakt zijn"),
        _ => (termijn.naam.as_str(), "gedaan zijn"),
    }
}

/// The answer in one sentence.
pub(super) fn antwoord(termijn: &Termijn, status: Status, nu: Instant) -> String {
    let (onderwerp, slot) = onderwerp_en_slot(termijn);
    let uiterlijk = dag(termijn.uiterlijk.net_ervoor(), nu);
    let gedaan = termijn.voldaan_op.map(|op| dag(op, nu)).unwrap_or_default();
    match status {
        Status::Open => format!("{onderwerp} moet uiterlijk {uiterlijk} {slot}"),
        Status::TeLaat => format!("{onderwerp} moest uiterlijk {uiterlijk} {slot}, en dat is nog niet zo"),
        Status::Gehaald => format!("{onderwerp} moest uiterlijk {uiterlijk} {slot}; dat was zo op {gedaan}"),
        Status::GehaaldTeLaat => format!("{onderwerp} moest uiterlijk {uiterlijk} {slot}; dat was pas zo op {gedaan}"),
        Status::Vervallen | Status::Geen => format!("Deze termijn is vervallen: {}", termijn.naam.to_lowercase()),
    }
}

/// The anchor as a clause after "toen".
pub(super) fn anker_zin(anker: Option<Anker>) -> &'static str {
    match anker {
        Some(Anker::OntvangstMelding) => "de melding binnenkwam",
        Some(Anker::BeoordelingPlaatsgevonden) => "de veiligheidsbeoordeling klaar was",
        Some(Anker::GegevensOntvangen) => "de gegevens bij de ontvanger waren",
        Some(Anker::DocumentVerzonden) => "het document is verstuurd",
        Some(Anker::ZichtOvergegaan) => "het zicht overging",
        Some(Anker::WarmeOverdracht) => "de warme overdracht plaatsvond",
        Some(Anker::EersteTerugkoppeling) => "de melder de eerste terugkoppeling had of had moeten hebben",
        Some(Anker::EindeBetrokkenheid) => "Veilig Thuis klaar was",
        Some(Anker::BriefGezin) => "het gezin de brief kreeg",
        Some(Anker::CrisisBegonnen) => "de crisisdienst begon",
        Some(Anker::MonitormomentGepland) => "de geplande dag begon",
        Some(Anker::VoorwaardeUiterlijk) => "de dag begon waarop de voorwaarde gehaald moest zijn",
        Some(Anker::EvaluatieAfgesproken) => "de dag van de evaluatie begon",
        Some(Anker::IncidentNaPlan) => "een incident werd vastgelegd",
        Some(Anker::GemeenteGeinformeerd) => "de gemeente het hoorde",
        Some(Anker::IncidentTijdensMonitoring) => "de ontvanger een incident vastlegde",
        None => "de termijn begon",
    }
}

/// The anchor in the cell of day 0.
pub(super) fn anker_kort(anker: Option<Anker>) -> &'static str {
    match anker {
        Some(Anker::OntvangstMelding) => "melding",
        Some(Anker::BeoordelingPlaatsgevonden) => "beoordeling",
        Some(Anker::GegevensOntvangen) => "gegevens ontvangen",
        Some(Anker::DocumentVerzonden) => "document verstuurd",
        Some(Anker::ZichtOvergegaan) => "zicht over",
        Some(Anker::WarmeOverdracht) => "warme overdracht",
        Some(Anker::EersteTerugkoppeling) => "terugkoppeling",
        Some(Anker::EindeBetrokkenheid) => "einde",
        Some(Anker::BriefGezin) => "brief",
        Some(Anker::CrisisBegonnen) => "crisis",
        Some(Anker::MonitormomentGepland) => "gepland",
        Some(Anker::VoorwaardeUiterlijk) => "voorwaarde",
        Some(Anker::EvaluatieAfgesproken) => "evaluatie",
        Some(Anker::IncidentNaPlan) => "incident",
        Some(Anker::GemeenteGeinformeerd) => "gemeente",
        Some(Anker::IncidentTijdensMonitoring) => "incident",
        None => "begin",
    }
}

fn anker_begin(anker: Option<Anker>) -> &'static str {
    match anker {
        Some(Anker::OntvangstMelding) => "De melding kwam binnen op",
        Some(Anker::BeoordelingPlaatsgevonden) => "De veiligheidsbeoordeling was klaar op",
        Some(Anker::GegevensOntvangen) => "De gegevens waren bij de ontvanger op",
        Some(Anker::DocumentVerzonden) => "Het document is verstuurd op",
        Some(Anker::ZichtOvergegaan) => "Het zicht ging over op",
        Some(Anker::WarmeOverdracht) => "De warme overdracht was op",
        Some(Anker::EersteTerugkoppeling) => "De eerste terugkoppeling was, of had moeten zijn, op",
        Some(Anker::EindeBetrokkenheid) => "Veilig Thuis was klaar op",
        Some(Anker::BriefGezin) => "De brief ging weg op",
        Some(Anker::CrisisBegonnen) => "De crisisdienst begon op",
        Some(Anker::MonitormomentGepland) => "Gepland is",
        Some(Anker::VoorwaardeUiterlijk) => "De voorwaarde moet zijn gehaald op",
        Some(Anker::EvaluatieAfgesproken) => "De evaluatie is op",
        Some(Anker::IncidentNaPlan) => "Een incident werd vastgelegd op",
        Some(Anker::GemeenteGeinformeerd) => "De gemeente hoorde het op",
        Some(Anker::IncidentTijdensMonitoring) => "De ontvanger legde een incident vast op",
        None => "De termijn begon op",
    }
}

/// How it comes to that day.
pub(super) fn uitleg(termijn: &Termijn, anker: Option<Anker>, waarom: &WaaromTermijn, wie: &str) -> String {
    let begin = termijn.anker.lokaal();
    let op = format!("{} om {}", opmaak::datum_lang(begin.date()), opmaak::tijd(begin.time()));
    let lengte = lengte(waarom.lengte, waarom.eenheid);
    let over = overgeslagen(&waarom.dagen);
    let over = if over.is_empty() { String::new() } else { format!(" {over}") };
    let slot = match (waarom.eenheid, termijn.vervallen_op.filter(|_| termijn.voldaan_op.is_none())) {
        (_, Some(_)) => " De termijn is vervallen: er is niets meer te doen.",
        (Some(Eenheid::Uur), None) => " Uren tellen dag en nacht door.",
        (Some(Eenheid::Dag | Eenheid::Week | Eenheid::Maand), None) => " Weekend en feestdagen tellen gewoon mee.",
        (Some(Eenheid::Werkdag) | None, None) => "",
    };
    format!("{} {op}. {wie} heeft dan {lengte}.{over}{slot}", anker_begin(anker))
}

/// Which days were passed over: `Goede Vrijdag, het weekend en Tweede Paasdag tellen niet mee.`
fn overgeslagen(dagen: &[TelDag]) -> String {
    let mut namen: Vec<String> = Vec::new();
    for dag in dagen {
        let naam = match &dag.soort {
            TelSoort::Weekend => "het weekend".to_owned(),
            TelSoort::Feestdag(naam) => naam.clone(),
            TelSoort::Anker | TelSoort::Telt(_) => continue,
        };
        if !namen.contains(&naam) {
            namen.push(naam);
        }
    }
    let werkwoord = if namen.len() == 1 { "telt" } else { "tellen" };
    let zin = opsomming(&namen);
    if zin.is_empty() {
        return zin;
    }
    format!("{} {werkwoord} niet mee.", crate::opmaak::hoofdletter(&zin))
}

/// What the calendar does when the assessment is not done: from whom to whom, or nothing.
pub(super) fn gevolg(grens: Instant, [eerst, dan]: [Option<&str>; 2], nu: Instant) -> String {
    let lokaal = grens.lokaal();
    let wanneer = format!("Op {} om {}", opmaak::datum_lang(lokaal.date()), opmaak::tijd(lokaal.time()));
    let blijft = "De termijn blijft zichtbaar als te laat.";
    match (eerst, dan) {
        (Some(eerst), Some(dan)) if eerst != dan && nu < grens => {
            format!("{wanneer} gaat het zicht op veiligheid toch over van {eerst} naar {dan}. {blijft}")
        }
        (Some(eerst), Some(dan)) if eerst != dan => {
            format!("{wanneer} ging het zicht op veiligheid over van {eerst} naar {dan}. {blijft}")
        }
        (Some(houder), _) => format!("{houder} heeft het zicht op veiligheid dan al. Er gaat niets over. {blijft}"),
        (None, _) => blijft.to_owned(),
    }
}

/// Who holds, held or will hold, since when.
pub(super) fn zicht(naam: &str, span: &Span, nu: Instant) -> String {
    let van = tekst::moment(span.van, nu);
    match span.tot {
        _ if nu < span.van => format!("{naam} krijgt het zicht op veiligheid op {van}"),
        Some(tot) if tot <= nu => {
            format!("{naam} had het zicht op veiligheid van {van} tot {}", tekst::moment(tot, nu))
        }
        _ => format!("{naam} heeft het zicht op veiligheid sinds {van}"),
    }
}

/// Until when, said after the cause.
pub(super) fn tot(naam: &str, span: &Span, nu: Instant) -> String {
    match span.tot {
        Some(tot) if tot <= nu => String::new(),
        Some(tot) => format!("{naam} houdt het uiterlijk tot {}.", tekst::moment(tot, nu)),
        None => format!("{naam} houdt het tot een ander het volgens de afspraak overneemt."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handlers::overdracht::testhulp::{bundel, op};
    use domain::termijnen::Bij;

    fn termijn(voldaan_op: Option<&str>) -> Termijn {
        Termijn {
            soort: "veiligheidsbeoordeling".into(),
            naam: "Veiligheidsbeoordeling".into(),
            clausule: "IJM-3.3.1.e".into(),
            hiaat: None,
            bij: Bij::Melding("00000000-0000-0000-0000-000000000001".parse().unwrap()),
            bundel: domain::ids::BundelHash(String::new()),
            vanaf: None,
            anker: op("2026-03-30T10:00:00"),
            uiterlijk: op("2026-04-09T00:00:00"),
            wie: "veilig-thuis-kennemerland".into(),
            voldaan_op: voldaan_op.map(op),
            vervallen_op: None,
        }
    }

    #[test]
    fn het_antwoord_is_een_zin_en_laat_blijft_laat() {
        let nu = op("2026-04-07T13:00:00");
        let zin = |termijn: &Termijn, status| antwoord(termijn, status, nu).replace('\u{a0}', " ");
        assert_eq!(
            zin(&termijn(None), Status::Open),
            "De veiligheidsbeoordeling moet uiterlijk woensdag 8 april klaar zijn"
        );
        assert_eq!(
            zin(&termijn(Some("2026-04-10T09:00:00")), Status::GehaaldTeLaat),
            "De veiligheidsbeoordeling moest uiterlijk woensdag 8 april klaar zijn; dat was pas zo op vrijdag 10 april"
        );
    }

    #[test]
    fn de_dagen_die_niet_tellen_worden_genoemd() {
        let telling = bundel("Velsen").kalender.tel(op("2026-03-30T10:00:00"), 5, Eenheid::Werkdag);
        assert_eq!(overgeslagen(&telling.dagen), "Goede Vrijdag, het weekend en Tweede Paasdag tellen niet mee.");
        let telling = bundel("Velsen").kalender.tel(op("2026-03-02T10:00:00"), 2, Eenheid::Werkdag);
        assert_eq!(overgeslagen(&telling.dagen), "");
    }

    #[test]
    fn het_gevolg_zegt_van_wie_naar_wie_of_dat_er_niets_overgaat() {
        let grens = op("2026-04-09T00:00:00");
        let zin = |wie, nu: &str| gevolg(grens, wie, op(nu)).replace('\u{a0}', " ");
        let school = [Some("Basisschool"), Some("Veilig Thuis")];
        assert!(zin(school, "2026-04-07T13:00:00").starts_with("Op donderdag 9 april 2026 om 00.00 uur gaat"));
        assert!(zin(school, "2026-04-09T00:00:00").contains("ging het zicht op veiligheid over van Basisschool"));
        assert!(
            zin([Some("Veilig Thuis"), Some("Veilig Thuis")], "2026-04-07T13:00:00").contains("Er gaat niets over")
        );
    }

    #[test]
    fn een_stuk_van_de_lijn_is_geweest_nu_of_straks() {
        let span = |van: &str, tot: Option<&str>| Span {
            van: op(van),
            tot: tot.map(op),
            houder: Some("socius".into()),
            grond: "IJM-3.3.1.b".into(),
        };
        let nu = op("2026-04-07T13:00:00");
        assert!(zicht("Socius", &span("2026-04-01T10:00:00", None), nu).starts_with("Socius heeft"));
        assert!(
            zicht("Socius", &span("2026-04-01T10:00:00", Some("2026-04-02T10:00:00")), nu).starts_with("Socius had")
        );
        assert!(zicht("Socius", &span("2026-04-09T00:00:00", None), nu).starts_with("Socius krijgt"));
    }
}
