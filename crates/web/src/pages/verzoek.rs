//! What Veilig Thuis asks an organisation about a family: the request, its ground, and the answer. Nothing of the casus.

use askama::Template;

use super::kader::Kader;
use super::onderdelen::{Clausule, Conflict, Feit, Pil, Weigering};
use super::veld::{Veld, VeldFout};

/// The requests to one organisation about one casus.
#[derive(Debug, Clone, Template)]
#[template(path = "verzoek.html")]
pub struct VerzoekPagina {
    pub kader: Kader,
    pub nummer: String,
    pub inleiding: String,
    /// Newest first.
    pub verzoeken: Vec<Verzoek>,
    /// The form for the newest that waits; absent when none does.
    pub antwoord: Option<Antwoord>,
    pub fouten: Vec<VeldFout>,
    pub weigering: Option<Weigering>,
    pub conflict: Option<Conflict>,
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verzoek {
    pub pil: Pil,
    pub wanneer: String,
    pub feiten: Vec<Feit>,
    pub clausules: Vec<Clausule>,
}

/// Where to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Antwoord {
    pub actie: String,
    pub verzoek: String,
    pub velden: Vec<Veld>,
    pub opdracht: String,
    pub versie: String,
    pub knop: String,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::kader::{Plek, voorbeelden};
    use crate::pages::onderdelen::Status;

    pub fn voorbeeld() -> VerzoekPagina {
        VerzoekPagina {
            kader: voorbeelden::lokaal_team(Plek::Verzoeken),
            nummer: "V26-00001AA".into(),
            inleiding: "Veilig Thuis Kennemerland vraagt u om informatie.".into(),
            verzoeken: vec![Verzoek {
                pil: Pil::new(Status::AanZet, "Wacht op uw antwoord"),
                wanneer: "gevraagd ma 2 maart, 11.00 uur".into(),
                feiten: vec![
                    Feit::new("Vraag", "Hoe gaat het met Fien op school?"),
                    Feit::new("Grondslag", "Veilig Thuis vraagt dit voor zijn wettelijke taak."),
                ],
                clausules: vec![Clausule::new("Noord-Holland Noord, AVG")],
            }],
            antwoord: Some(Antwoord {
                actie: "/informatieverzoeken/z26".into(),
                verzoek: "0198-verzoek".into(),
                velden: vec![Veld::tekstvak("toelichting", "Wat is er bekend?", 6)],
                opdracht: "0198-opdracht".into(),
                versie: "5".into(),
                knop: "Antwoord versturen".into(),
            }),
            fouten: Vec::new(),
            weigering: None,
            conflict: None,
        }
    }

    #[test]
    fn een_verzoek_zegt_op_welke_grond_het_rust_en_waar_te_antwoorden() {
        let html = voorbeeld().render().unwrap();
        assert!(html.contains("wettelijke taak") && html.contains("Antwoord versturen"));
        let beantwoord = VerzoekPagina { antwoord: None, ..voorbeeld() };
        assert!(!beantwoord.render().unwrap().contains("<textarea"));
    }
}
