//! The receipt of a report: its number, what happens now and by when, and who keeps watch until then.

use askama::Template;

use super::kader::Gebruiker;

/// The receipt.
#[derive(Debug, Clone, Template)]
#[template(path = "melding_ontvangen.html")]
pub struct MeldingOntvangenPagina {
    pub gebruiker: Option<Gebruiker>,
    pub demo: bool,
    pub snel_weg_href: String,
    /// "M26-04417".
    /// Veilig Thuis wrote down what a reporter told.
    pub voor_een_ander: bool,
    pub nummer: String,
    /// "dinsdag 7 april 2026 om 10.58 uur".
    pub ontvangen_op: String,
    /// One sentence: who keeps watch until when.
    pub wie_houdt_zicht: String,
    /// What that asks of the reader, when it is the reader.
    pub wat_dat_vraagt: Option<String>,
    /// Document and section.
    pub grond: String,
    pub stappen: Vec<Stap>,
    /// Where files are added to the report; absent for who has no way back to the casus.
    pub bijlagen_href: Option<String>,
    pub verder_href: Option<String>,
}

/// What happens next, and by when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stap {
    /// "uiterlijk di 14 april".
    pub wanneer: String,
    pub wat: String,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::kader::{Plek, voorbeelden};

    pub fn voorbeeld() -> MeldingOntvangenPagina {
        let stap = |wanneer: &str, wat: &str| Stap { wanneer: wanneer.into(), wat: wat.into() };
        MeldingOntvangenPagina {
            gebruiker: voorbeelden::veilig_thuis(Plek::Melden).gebruiker,
            demo: true,
            snel_weg_href: "/weg".into(),
            voor_een_ander: false,
            nummer: "M26-04417".into(),
            ontvangen_op: "dinsdag 7 april 2026 om 10.58 uur".into(),
            wie_houdt_zicht: "U houdt het zicht op veiligheid tot Veilig Thuis klaar is met de beoordeling, uiterlijk tot woensdag 15 april om 00.00 uur.".into(),
            wat_dat_vraagt: Some("Blijf contact houden met het gezin zoals u gewend bent. Wordt het onveiliger? Bel dan 0800-2000 of 112.".into()),
            grond: "IJmond § 3.1".into(),
            stappen: vec![
                stap("uiterlijk di 14 april", "Veilig Thuis beoordeelt hoe veilig het is."),
                stap("uiterlijk wo 15 april", "Veilig Thuis vertelt het gezin over uw melding."),
                stap("na de beoordeling", "U hoort van Veilig Thuis wat er gebeurt."),
            ],
            bijlagen_href: Some("/casussen/1/bijlagen".into()),
            verder_href: Some("/werkvoorraad".into()),
        }
    }

    #[test]
    fn zegt_nummer_termijn_en_wie_zicht_houdt() {
        let html = voorbeeld().render().unwrap();
        assert!(html.contains("M26-04417"));
        assert!(html.contains("U houdt het zicht op veiligheid"));
        assert!(html.contains("uiterlijk di 14 april"));
        assert!(!html.contains("· Zicht</title>"));
    }
}
