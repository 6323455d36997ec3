//! One thing of an organisation that is no casus, with what is known of it and what can be done: a request about a file,
//! a signal in the verwijsindex.

use askama::Template;

use super::kader::Kader;
use super::onderdelen::{Clausule, Feit, Pil};
use super::spoor::Knop;

/// The page of one of them.
#[derive(Debug, Clone, Template)]
#[template(path = "stuk.html")]
pub struct StukPagina {
    pub kader: Kader,
    pub terug: String,
    pub terug_href: String,
    pub titel: String,
    pub inleiding: String,
    pub pil: Pil,
    pub feiten: Vec<Feit>,
    /// Words of people, each under what they are about.
    pub teksten: Vec<(String, String)>,
    pub knoppen: Vec<Knop>,
    /// What the agreement says of this, each with its clause.
    pub regels: Vec<(String, Clausule)>,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::kader::{Plek, voorbeelden};
    use crate::pages::onderdelen::Status;

    pub fn voorbeeld() -> StukPagina {
        StukPagina {
            kader: voorbeelden::veilig_thuis(Plek::Organisatie),
            terug: "Verzoeken".into(),
            terug_href: "/verzoeken".into(),
            titel: "Verzoek V26-00001AA".into(),
            inleiding: "Iemand vraagt om het dossier te mogen lezen.".into(),
            pil: Pil::new(Status::TeLaat, "2 dagen te laat"),
            feiten: vec![Feit::new("Gevraagd door", "R. Verzinsel"), Feit::new("Dossier", "Z26-3K9XW2P")],
            teksten: vec![("De vraag".into(), "Ik wil lezen wat er over ons staat.".into())],
            knoppen: vec![Knop {
                tekst: "Beslissen".into(),
                href: "/verzoeken/1/doe/beslis-verzoek".into(),
                eerst: true,
            }],
            regels: vec![("Antwoord binnen een maand.".into(), Clausule::new("Onze lezing").als_onze_lezing())],
        }
    }

    #[test]
    fn de_knop_en_de_clausule_staan_er() {
        let html = voorbeeld().render().unwrap();
        assert!(html.contains("/verzoeken/1/doe/beslis-verzoek") && html.contains("Onze lezing"));
    }
}
