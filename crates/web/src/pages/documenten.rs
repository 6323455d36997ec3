//! The documents of a casus: which were written, which can be written, and one of them as its reader gets it.

use super::{
    casus::CasusKop,
    kader::Kader,
    onderdelen::{Clausule, Icoon, Link, Pil},
};
use askama::Template;

/// The documents that an organisation wrote or got.
#[derive(Debug, Clone, Template)]
#[template(path = "documenten.html")]
pub struct DocumentenPagina {
    pub kader: Kader,
    pub kop: CasusKop,
    /// Newest first.
    pub geschreven: Vec<Regel>,
    pub te_schrijven: Vec<TeSchrijven>,
}

/// One that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regel {
    pub document: Link,
    /// "Aan het gezin Verzinsel".
    pub aan: String,
    /// "geschreven ma 2 maart, 10.15 uur door Iris Verzonnen, Veilig Thuis".
    pub wanneer: String,
    pub pil: Pil,
}

/// A kind that can be written now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeSchrijven {
    pub schrijf: Link,
    pub clausule: Clausule,
    /// "4 delen, 3 verplicht".
    pub delen: String,
}

/// One document, to read and to print.
#[derive(Debug, Clone, Template)]
#[template(path = "document.html")]
pub struct DocumentPagina {
    pub kader: Kader,
    pub terug_href: String,
    pub nummer: String,
    pub titel: String,
    pub aan: String,
    pub van: String,
    pub datum: String,
    /// For one person alone: how to deal with it.
    pub persoonlijk: bool,
    pub delen: Vec<Deel>,
    /// "Dit document gaat ook naar Lokaal team Winterswijk."
    pub ook_naar: Option<(String, Clausule)>,
    pub clausule: Clausule,
    /// When and how it left; what is shown on screen and not on paper.
    pub verzonden: Vec<String>,
    pub verzend_href: Option<String>,
}

/// A part with its words and why it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deel {
    pub naam: String,
    pub tekst: String,
    pub clausule: Clausule,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::{
        casus::tests::kop,
        kader::{Plek, voorbeelden},
        onderdelen::Status,
    };

    pub fn voorbeeld() -> DocumentenPagina {
        DocumentenPagina {
            kader: voorbeelden::veilig_thuis(Plek::Werkvoorraad),
            kop: kop(),
            geschreven: vec![Regel {
                document: Link::new("Brief aan het gezin over de melding", "/casussen/1/documenten/2"),
                aan: "Aan het gezin Verzinsel".into(),
                wanneer: "geschreven ma 2 maart, 10.15 uur, Veilig Thuis".into(),
                pil: Pil::new(Status::Gehaald, "Verstuurd"),
            }],
            te_schrijven: vec![TeSchrijven {
                schrijf: Link::new(
                    "Terugkoppeling aan de melder",
                    "/casussen/1/doe/maak-document:terugkoppeling-melder",
                ),
                clausule: Clausule::new("Landelijk, vraag 4"),
                delen: "2 delen".into(),
            }],
        }
    }

    pub fn voorbeeld_document() -> DocumentPagina {
        DocumentPagina {
            kader: voorbeelden::veilig_thuis(Plek::Werkvoorraad),
            terug_href: "/casussen/1/documenten".into(),
            nummer: "Z25-01873".into(),
            titel: "Overdrachtsdocument voor het gezin".into(),
            aan: "Aan het gezin Verzinsel".into(),
            van: "Veilig Thuis Elders".into(),
            datum: "2 maart 2026".into(),
            persoonlijk: false,
            delen: vec![Deel {
                naam: "Inhoud van de melding".into(),
                tekst: "Wat er is gezien.\nEn gehoord.".into(),
                clausule: Clausule::new("NO Gelderland, § 1"),
            }],
            ook_naar: Some(("Lokaal team Elders".into(), Clausule::new("NO Gelderland, § 1"))),
            clausule: Clausule::new("NO Gelderland, § 1"),
            verzonden: vec!["Verstuurd ma 2 maart, 11.00 uur, per brief".into()],
            verzend_href: Some("/casussen/1/doe/verzend-document:2".into()),
        }
    }

    #[test]
    fn een_document_zegt_naar_wie_het_ook_gaat_en_waarom_elk_deel_erin_staat() {
        let html = voorbeeld_document().render().unwrap();
        assert!(html.contains("Dit document gaat ook naar Lokaal team Elders."));
        assert!(html.contains("NO Gelderland") && !html.contains("Alleen voor u"));
    }

    #[test]
    fn een_persoonlijk_document_zegt_hoe_ermee_om_te_gaan() {
        let html = DocumentPagina { persoonlijk: true, ook_naar: None, ..voorbeeld_document() }.render().unwrap();
        assert!(html.contains("Alleen voor u. Bewaar dit niet in een dossier."));
    }
}
