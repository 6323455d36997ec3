//! A track of the meldcode as a stepper: five steps, what was recorded in each, and what is still to do.

use askama::Template;

use super::kader::Kader;
use super::onderdelen::{Clausule, Feit, Pil};

/// The page of one track.
#[derive(Debug, Clone, Template)]
#[template(path = "spoor.html")]
pub struct SpoorPagina {
    pub kader: Kader,
    pub nummer: String,
    pub feiten: Vec<Feit>,
    pub pil: Pil,
    pub stappen: Vec<Stap>,
    /// What is still to do, with its clause.
    pub openstaand: Vec<Punt>,
    /// Other acts: text and address.
    pub handelingen: Vec<Knop>,
    /// What goes into a report without typing it again.
    pub melden_href: Option<String>,
    pub advies_href: Option<String>,
    pub dossier_href: String,
    pub geschiedenis: Vec<Regel>,
}

/// One of the five steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stap {
    pub nummer: u32,
    pub naam: String,
    pub uitleg: String,
    pub pil: Pil,
    pub clausules: Vec<Clausule>,
    /// Head and lines of what was recorded.
    pub inhoud: Vec<Blok>,
    pub knoppen: Vec<Knop>,
}

/// Something that was recorded in a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blok {
    pub titel: String,
    pub feiten: Vec<Feit>,
}

/// A link to an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knop {
    pub tekst: String,
    pub href: String,
    pub eerst: bool,
}

/// Something that is still to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Punt {
    pub tekst: String,
    pub clausule: Clausule,
    pub dwingend: bool,
}

/// One line of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regel {
    pub wanneer: String,
    pub wat: String,
    pub door: String,
}

/// What may stand in a file that parents can read.
#[derive(Debug, Clone, Template)]
#[template(path = "spoor_dossier.html")]
pub struct DossierPagina {
    pub kader: Kader,
    pub terug_href: String,
    pub nummer: String,
    pub clausules: Vec<Clausule>,
    /// Day and text, oldest first.
    pub regels: Vec<(String, String)>,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::kader::{Plek, voorbeelden};
    use crate::pages::onderdelen::Status;

    pub fn voorbeeld() -> SpoorPagina {
        let stap = |nummer: u32, naam: &str, klaar: bool| Stap {
            nummer,
            naam: naam.into(),
            uitleg: "Houd feit, uitleg en bron uit elkaar.".into(),
            pil: if klaar { Pil::new(Status::Gehaald, "Gedaan") } else { Pil::new(Status::Volgt, "Nog te doen") },
            clausules: vec![Clausule::new("Zuid-Holland Zuid, § 7.2")],
            inhoud: vec![Blok {
                titel: "Signaal van vr 27 maart".into(),
                feiten: vec![
                    Feit::new("Feit", "Kwam zonder jas."),
                    Feit::new("Uitleg", "Mogelijk weinig toezicht."),
                    Feit::new("Bron", "Zelf gezien"),
                ],
            }],
            knoppen: vec![Knop {
                tekst: "Signaal vastleggen".into(),
                href: "/meldcode/1/doe/leg-signaal-vast".into(),
                eerst: !klaar,
            }],
        };
        SpoorPagina {
            kader: voorbeelden::lokaal_team(Plek::Meldcode),
            nummer: "S26-00001AA".into(),
            feiten: vec![
                Feit::new("Wie loopt de stappen", "Jet Potlood"),
                Feit::new("Eindverantwoordelijk", "de directeur"),
            ],
            pil: Pil::new(Status::AanZet, "Doe de melding"),
            stappen: vec![
                stap(1, "Signalen in kaart brengen", true),
                stap(2, "Overleggen", true),
                stap(3, "In gesprek gaan", false),
                stap(4, "Wegen", false),
                stap(5, "Beslissen", false),
            ],
            openstaand: vec![Punt {
                tekst: "Er is nog niet gewogen.".into(),
                clausule: Clausule::new("Landelijk, vraag 2"),
                dwingend: true,
            }],
            handelingen: vec![Knop {
                tekst: "Spoor afsluiten".into(),
                href: "/meldcode/1/doe/sluit-spoor".into(),
                eerst: false,
            }],
            melden_href: Some("/melden?spoor=1".into()),
            advies_href: Some("/adviezen/nieuw?spoor=1".into()),
            dossier_href: "/meldcode/1/dossier".into(),
            geschiedenis: vec![Regel {
                wanneer: "ma 30 maart, 10.00 uur".into(),
                wat: "Spoor begonnen".into(),
                door: "Jet Potlood".into(),
            }],
        }
    }

    pub fn voorbeeld_dossier() -> DossierPagina {
        DossierPagina {
            kader: voorbeelden::lokaal_team(Plek::Meldcode),
            terug_href: "/meldcode/1".into(),
            nummer: "S26-00001AA".into(),
            clausules: vec![Clausule::new("Zuid-Holland Zuid, § 8.2")],
            regels: vec![("27 maart 2026".into(), "Kwam zonder jas.".into())],
        }
    }

    #[test]
    fn de_vijf_stappen_staan_op_volgorde_met_wat_er_gedaan_is() {
        let html = voorbeeld().render().unwrap();
        let plek = |tekst: &str| html.find(tekst).unwrap();
        assert!(plek("Signalen in kaart brengen") < plek("Overleggen") && plek("Wegen") < plek("Beslissen"));
        assert!(html.contains("Feit") && html.contains("Uitleg") && html.contains("Bron"));
        assert_eq!(html.matches("aria-labelledby=\"stap-").count(), 5);
    }

    #[test]
    fn het_dossier_zegt_wat_er_niet_in_staat_zonder_te_zeggen_dat_het_er_is() {
        let html = voorbeeld_dossier().render().unwrap();
        assert!(html.contains("Kwam zonder jas.") && !html.contains("afgeschermd"));
    }
}
