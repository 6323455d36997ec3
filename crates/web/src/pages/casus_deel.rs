//! A part of a casus on a page of its own, beside the overview: sections of things, each with what can be done with it.

use super::{
    casus::CasusKop,
    kader::Kader,
    onderdelen::{Clausule, Feit, Houder, Link, Pil},
};
use askama::Template;

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "casus_deel.html")]
pub struct DeelPagina {
    pub kader: Kader,
    pub kop: CasusKop,
    pub titel: String,
    pub inleiding: String,
    pub secties: Vec<Sectie>,
}

/// One section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sectie {
    pub id: String,
    pub titel: String,
    /// Beside the title: "1 van 3 gehouden".
    pub bij: String,
    pub clausule: Option<Clausule>,
    /// What to say when there is nothing in it.
    pub leeg: String,
    pub stukken: Vec<Stuk>,
    /// What is over, folded away.
    pub eerder: Vec<Stuk>,
    pub knoppen: Vec<Link>,
}

/// One thing in a section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stuk {
    pub naam: String,
    pub pil: Option<Pil>,
    pub houder: Option<Houder>,
    pub regels: Vec<String>,
    pub feiten: Vec<Feit>,
    pub clausule: Option<Clausule>,
    /// Smaller things that belong to it.
    pub onder: Vec<Stuk>,
    pub knoppen: Vec<Link>,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::{
        casus,
        kader::{Plek, voorbeelden},
        onderdelen::{HouderSoort, Status},
    };

    pub fn voorbeeld() -> DeelPagina {
        let socius = Houder::new(HouderSoort::LokaalTeam, "Socius");
        let afspraak = Stuk {
            naam: "Oma haalt Bo en Lot op bij ruzie".into(),
            pil: Some(Pil::new(Status::Gehaald, "Wordt gehouden")),
            feiten: vec![Feit::new("Waar", "Bij de voordeur"), Feit::new("Wanneer", "Direct na een telefoontje")],
            knoppen: vec![Link::new("Kijken of het lukt", "/casus/z25-01873/doe/toets-planregel")],
            ..Stuk::default()
        };
        let voorwaarde = Stuk {
            naam: "Geen geweld in huis".into(),
            pil: Some(Pil::new(Status::Geweigerd, "Niet gehouden")),
            regels: vec!["bekeken do 26 februari: incident op 14 januari".into()],
            onder: vec![afspraak],
            ..Stuk::default()
        };
        let plan = Stuk {
            naam: "Veiligheidsplan".into(),
            houder: Some(socius),
            regels: vec!["opgesteld ma 1 december 2025, met het gezin".into()],
            feiten: vec![Feit::new("De risicofactoren", "Drank in het weekend.")],
            ..Stuk::default()
        };
        DeelPagina {
            kader: voorbeelden::veilig_thuis(Plek::Werkvoorraad),
            kop: casus::tests::kop(),
            titel: "Plan".into(),
            inleiding: "Eén gezin, één plan.".into(),
            secties: vec![
                Sectie {
                    id: "voorwaarden".into(),
                    titel: "Veiligheidsvoorwaarden".into(),
                    bij: "0 van 1 gehouden".into(),
                    clausule: Some(Clausule::new("IJmond, bijlage 2")),
                    stukken: vec![voorwaarde.clone()],
                    eerder: vec![voorwaarde],
                    knoppen: vec![Link::new("Voorwaarde stellen", "/casus/z25-01873/doe/stel-voorwaarde")],
                    ..Sectie::default()
                },
                Sectie {
                    id: "herstel".into(),
                    titel: "Herstel".into(),
                    leeg: "Er is nog geen plan voor herstel.".into(),
                    ..Sectie::default()
                },
                Sectie {
                    id: "plannen".into(),
                    titel: "Directe veiligheid".into(),
                    stukken: vec![plan],
                    ..Sectie::default()
                },
            ],
        }
    }

    #[test]
    fn wat_bij_elkaar_hoort_staat_onder_elkaar_en_wat_voorbij_is_is_weggevouwen() {
        let html = voorbeeld().render().unwrap();
        let voorwaarde = html.find("Geen geweld in huis").unwrap();
        let afspraak = html.find("Oma haalt Bo en Lot op").unwrap();
        assert!(voorwaarde < afspraak && afspraak < html.find("<details").unwrap());
        assert!(html.contains("Er is nog geen plan voor herstel."));
        assert!(html.contains(r#"aria-current="page">Plan"#), "{html}");
    }
}
