//! The story of the demo: what was done, the next step, and as whom to look.

use askama::Template;

use super::kader::Kader;
use super::onderdelen::Pil;

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "verhaal.html")]
pub struct VerhaalPagina {
    pub kader: Kader,
    pub titel: String,
    /// "stap 3 van 26".
    pub voortgang: String,
    pub volgende: Option<StapRij>,
    /// Newest first.
    pub gedaan: Vec<StapRij>,
    pub casus: Option<String>,
    /// Why the last step did not go as written.
    pub fout: Option<String>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StapRij {
    pub wanneer: String,
    pub wie: String,
    pub wat: String,
    pub account: Option<String>,
    pub pil: Pil,
    pub waarom: Option<String>,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::onderdelen::Status;

    pub fn voorbeeld() -> VerhaalPagina {
        let stap = StapRij {
            wanneer: "ma 2 maart 2026, 10.15 uur".into(),
            wie: "Basisschool De Duin".into(),
            wat: "meldt".into(),
            account: Some("jet-potlood".into()),
            pil: Pil::new(Status::Gehaald, "Gedaan"),
            waarom: None,
        };
        VerhaalPagina {
            kader: Kader::anoniem(true),
            titel: "IJmond: van eerste signaal tot stabiel veilig".into(),
            voortgang: "stap 1 van 26".into(),
            volgende: Some(StapRij { account: None, ..stap.clone() }),
            gedaan: vec![stap],
            casus: Some("1".into()),
            fout: None,
        }
    }

    #[test]
    fn de_volgende_stap_is_een_knop_en_wie_het_deed_een_account() {
        let html = voorbeeld().render().unwrap();
        assert!(html.contains("Volgende stap") && html.contains("action=\"/verhaal\""));
        assert!(html.contains("value=\"jet-potlood\""));
    }
}
