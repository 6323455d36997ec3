//! How the members of a household can be reached without danger, and what was tried.

use super::{
    casus::CasusKop,
    kader::Kader,
    onderdelen::{Feit, Icoon, Link, Pil},
};
use askama::Template;

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "veilig_contact.html")]
pub struct VeiligContactPagina {
    pub kader: Kader,
    pub kop: CasusKop,
    pub leden: Vec<Lid>,
    /// Newest first.
    pub pogingen: Vec<Poging>,
    /// That wait for a contact, or waited.
    pub termijnen: Vec<Termijn>,
    pub vastleggen_href: Option<String>,
}

/// One member of the household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lid {
    pub anker: String,
    pub naam: String,
    /// False: nobody said how contact is safe. That is not that it is.
    pub bekend: bool,
    pub feiten: Vec<Feit>,
    pub links: Vec<Link>,
}

/// One attempt to make contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poging {
    pub wanneer: String,
    pub wat: String,
    pub gelukt: bool,
    pub door: String,
    pub toelichting: Option<String>,
}

/// A term that a contact meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Termijn {
    pub naam: String,
    pub pil: Pil,
    pub wanneer: String,
    pub waarom_href: String,
}

/// A secret address, opened.
#[derive(Debug, Clone, Template)]
#[template(path = "geheim_adres.html")]
pub struct AdresPagina {
    pub kader: Kader,
    pub terug_href: String,
    pub nummer: String,
    pub wie: String,
    pub adres: String,
    pub waarschuwing: Option<String>,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::{
        casus::tests::kop,
        kader::{Plek, voorbeelden},
        onderdelen::Status,
    };

    pub fn voorbeeld() -> VeiligContactPagina {
        VeiligContactPagina {
            kader: voorbeelden::veilig_thuis(Plek::Werkvoorraad),
            kop: kop(),
            leden: vec![
                Lid {
                    anker: "1".into(),
                    naam: "Fien Elders".into(),
                    bekend: true,
                    feiten: vec![Feit::new("Voicemail inspreken", "gedeeld met een ander")],
                    links: vec![Link::new("Vastleggen hoe contact veilig is", "/casussen/1/doe/x:1")],
                },
                Lid { anker: "2".into(), naam: "Sam Elders".into(), bekend: false, feiten: vec![], links: vec![] },
            ],
            pogingen: vec![Poging {
                wanneer: "ma 2 maart, 10.15 uur".into(),
                wat: "het gezin, per telefoon".into(),
                gelukt: false,
                door: "Veilig Thuis".into(),
                toelichting: Some("Niemand nam op.".into()),
            }],
            termijnen: vec![Termijn {
                naam: "Contact met het gezin".into(),
                pil: Pil::new(Status::DezeWeek, "Morgen"),
                wanneer: "Lokaal team, uiterlijk di 3 maart".into(),
                waarom_href: "/casussen/1/termijnen/0".into(),
            }],
            vastleggen_href: Some("/casussen/1/doe/leg-contact-gezin-vast".into()),
        }
    }

    #[test]
    fn niet_bekend_is_niet_veilig() {
        let html = voorbeeld().render().unwrap();
        assert!(html.contains("Niemand legde vast hoe contact veilig is. Dat is niet hetzelfde als veilig."));
        assert!(html.contains("niet gelukt") && html.contains("Niemand nam op."));
    }
}
