//! Who reported, for who calls back: in the part of a report, at a form, and on a page of its own.

use super::{
    kader::Kader,
    onderdelen::{Feit, Icoon, Link},
};
use askama::Template;

/// Above what the family may not know.
pub const ALLEEN_VEILIG_THUIS: &str = "Alleen voor Veilig Thuis — het gezin mag dit niet weten";

/// A reporter, as far as it is shown at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meldervak {
    /// "De melder", or of which report.
    pub titel: String,
    /// Name, function, telephone, organisation.
    pub feiten: Vec<Feit>,
    /// What is said in their place, or besides.
    pub zin: Option<String>,
    /// The family may not know: folded away.
    pub gesloten: bool,
    /// To where it is opened.
    pub openen: Option<Link>,
}

/// A reporter, opened by itself.
#[derive(Debug, Clone, Template)]
#[template(path = "melder.html")]
pub struct MelderPagina {
    pub kader: Kader,
    pub terug_href: String,
    pub nummer: String,
    /// "Melding van ma 30 maart, 10.00 uur".
    pub melding: String,
    pub waarschuwing: Option<String>,
    pub feiten: Vec<Feit>,
    pub zin: Option<String>,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::kader::{Plek, voorbeelden};

    fn feiten() -> Vec<Feit> {
        vec![Feit::new("Naam", "Kim Verzonnen"), Feit::new("Telefoon", "06-12345678")]
    }

    pub fn open() -> Meldervak {
        Meldervak { titel: "De melder".into(), feiten: feiten(), ..Meldervak::default() }
    }

    pub fn gesloten() -> Meldervak {
        Meldervak {
            titel: "De melder".into(),
            gesloten: true,
            zin: Some("Wie dit opent, wordt genoteerd.".into()),
            openen: Some(Link::new("Bekijk wie meldde", "/casussen/1/meldingen/2/melder")),
            ..Meldervak::default()
        }
    }

    pub fn voorbeeld() -> MelderPagina {
        MelderPagina {
            kader: voorbeelden::veilig_thuis(Plek::Werkvoorraad),
            terug_href: "/casussen/1#meldingen".into(),
            nummer: "z25-01873".into(),
            melding: "Melding van ma 30 maart, 10.00 uur".into(),
            waarschuwing: Some(ALLEEN_VEILIG_THUIS.into()),
            feiten: feiten(),
            zin: None,
        }
    }

    #[test]
    fn wie_niet_bekend_mag_zijn_staat_achter_een_klap() {
        let html = voorbeeld().render().unwrap();
        assert!(html.contains("06-12345678") && html.contains(ALLEEN_VEILIG_THUIS), "{html}");
    }
}
