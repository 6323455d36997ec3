//! The messages of one day: what came in, and how it ended.

use super::kader::Kader;
use super::onderdelen::Icoon;
use askama::Template;

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "aansluiting.html")]
pub struct AansluitingPagina {
    pub kader: Kader,
    /// "2 maart 2026".
    pub dag: String,
    /// As the input has it.
    pub gevraagd: String,
    pub fout: Option<String>,
    pub regels: Vec<Regel>,
}

/// The messages of one sender and one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regel {
    pub afzender: String,
    pub soort: String,
    pub ontvangen: String,
    pub opgenomen: String,
    pub geweigerd: String,
    pub niet_afgerond: String,
    /// Nothing was left half done.
    pub sluit_aan: bool,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::kader::{Plek, voorbeelden};

    pub fn voorbeeld() -> AansluitingPagina {
        let regel = |soort: &str, niet_afgerond: &str| Regel {
            afzender: "Politie".into(),
            soort: soort.into(),
            ontvangen: "12".into(),
            opgenomen: "11".into(),
            geweigerd: "1".into(),
            niet_afgerond: niet_afgerond.into(),
            sluit_aan: niet_afgerond == "0",
        };
        AansluitingPagina {
            kader: voorbeelden::veilig_thuis(Plek::Werkvoorraad),
            dag: "2 maart 2026".into(),
            gevraagd: "2026-03-02".into(),
            fout: None,
            regels: vec![regel("Meldingen", "0"), regel("Correcties", "1")],
        }
    }

    #[test]
    fn wat_niet_is_afgerond_wordt_gezegd() {
        let html = voorbeeld().render().unwrap();
        assert_eq!(html.matches("Vraag de afzender dit opnieuw te sturen.").count(), 1);
        let leeg = AansluitingPagina { regels: vec![], ..voorbeeld() }.render().unwrap();
        assert!(leeg.contains("Op deze dag kwam er geen bericht."));
    }
}
