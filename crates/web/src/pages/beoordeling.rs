//! The veiligheidsbeoordeling of one report as steps: gathering information, judging, deciding.

use askama::Template;

use super::casus::CasusKop;
use super::kader::Kader;
use super::onderdelen::{Clausule, Feit, Link, Pil};

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "beoordeling.html")]
pub struct BeoordelingPagina {
    pub kader: Kader,
    pub kop: CasusKop,
    /// "Melding 2, ma 2 maart, 10.00 uur".
    pub titel: String,
    pub inleiding: String,
    /// Said at the top when the sources are stand-ins.
    pub nagebootst: bool,
    pub stappen: Vec<Stap>,
    pub bronnen: Vec<Bron>,
    /// Where a request is sent.
    pub actie: String,
    pub melding: String,
    pub versie: String,
}

/// One of the steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stap {
    pub id: &'static str,
    /// "Stap 2: de veiligheid taxeren".
    pub naam: String,
    pub pil: Pil,
    pub tekst: String,
    pub clausules: Vec<Clausule>,
    pub feiten: Vec<Feit>,
    /// The sources stand in this step.
    pub met_bronnen: bool,
    pub knoppen: Vec<Link>,
}

/// Whom Veilig Thuis asks, and what is known of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bron {
    pub sleutel: String,
    pub naam: String,
    pub wat: String,
    pub grondslag: String,
    pub clausules: Vec<Clausule>,
    pub verzoeken: Vec<Verzoek>,
    /// The number of the request that the button sends; absent when the source is asked by name.
    pub opdracht: Option<String>,
    pub knop: String,
    pub link: Option<Link>,
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verzoek {
    /// Who was asked, when it is somebody by name.
    pub aan: Option<String>,
    pub pil: Pil,
    pub wanneer: String,
    pub antwoord: Option<String>,
    /// To record what was said.
    pub vastleggen: Option<Link>,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::casus::tests::kop;
    use crate::pages::kader::{Plek, voorbeelden};
    use crate::pages::onderdelen::Status;

    pub fn voorbeeld() -> BeoordelingPagina {
        let bron = |sleutel: &str, naam: &str, verzoeken: Vec<Verzoek>| Bron {
            sleutel: sleutel.into(),
            naam: naam.into(),
            wat: "Is dit gezin bekend?".into(),
            grondslag: "Veilig Thuis vraagt dit voor zijn wettelijke taak.".into(),
            clausules: vec![Clausule::new("Landelijk, vraag 3")],
            verzoeken,
            opdracht: Some(format!("0198-{sleutel}")),
            knop: "Vragen".into(),
            link: None,
        };
        let verzoek = |pil: Pil, antwoord: Option<&str>| Verzoek {
            aan: None,
            pil,
            wanneer: "gevraagd di 3 maart, 09.12 uur".into(),
            antwoord: antwoord.map(str::to_owned),
            vastleggen: Some(Link::new("Antwoord vastleggen", "/casussen/z26/doe/leg-informatie-vast")),
        };
        let stap = |id, naam: &str, pil, met_bronnen| Stap {
            id,
            naam: naam.into(),
            pil,
            tekst: "Wat er al bekend is, weegt mee.".into(),
            clausules: vec![Clausule::new("Landelijk, vraag 3")],
            feiten: Vec::new(),
            met_bronnen,
            knoppen: vec![Link::new("Verder", "/casussen/z26/doe/rond-beoordeling-af")],
        };
        BeoordelingPagina {
            kader: voorbeelden::veilig_thuis(Plek::Werkvoorraad),
            kop: kop(),
            titel: "Melding 1, ma 2 maart, 10.00 uur".into(),
            inleiding: "De veiligheidsbeoordeling heeft drie stappen.".into(),
            nagebootst: true,
            stappen: vec![
                stap("verrijken", "Stap 1: informatie verzamelen", Pil::new(Status::Deels, "Bezig"), true),
                stap("taxeren", "Stap 2: de veiligheid taxeren", Pil::new(Status::AanZet, "Nu te doen"), false),
                stap("besluiten", "Stap 3: besluiten over het vervolg", Pil::new(Status::Later, "Later"), false),
            ],
            bronnen: vec![
                bron("politie", "Politie", vec![verzoek(Pil::new(Status::Volgt, "Onbekend: nog geen antwoord"), None)]),
                bron(
                    "raad",
                    "Raad",
                    vec![verzoek(Pil::new(Status::Gehaald, "Iets bekend"), Some("Eerder onderzoek."))],
                ),
                bron("gezagsregister", "Gezagsregister", Vec::new()),
            ],
            actie: "/casussen/z26/doe/vraag-informatie".into(),
            melding: "0198-melding".into(),
            versie: "4".into(),
        }
    }

    #[test]
    fn een_bron_zonder_antwoord_heet_onbekend_en_nooit_niets_gevonden() {
        let html = voorbeeld().render().unwrap();
        assert!(html.contains("Onbekend: nog geen antwoord") && html.contains("Nog niet gevraagd"));
        assert!(!html.contains("Niets bekend") && html.contains("nagebootst"));
    }
}
