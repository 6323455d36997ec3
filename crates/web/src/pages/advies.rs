//! One advice, for who asked it and for Veilig Thuis.

use askama::Template;

use super::kader::Kader;
use super::onderdelen::{Clausule, Feit, Pil};
use super::spoor::Knop;

/// The page of one advice.
#[derive(Debug, Clone, Template)]
#[template(path = "advies.html")]
pub struct AdviesPagina {
    pub kader: Kader,
    pub nummer: String,
    pub inleiding: String,
    pub pil: Pil,
    pub feiten: Vec<Feit>,
    pub vraag: String,
    pub antwoorden: Vec<Antwoord>,
    pub knoppen: Vec<Knop>,
    /// What the agreement says of this, each with its clause.
    pub regels: Vec<(String, Clausule)>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Antwoord {
    pub wanneer: String,
    pub tekst: String,
    pub vormen: String,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::kader::{Plek, voorbeelden};
    use crate::pages::onderdelen::Status;

    pub fn voorbeeld() -> AdviesPagina {
        AdviesPagina {
            kader: voorbeelden::veilig_thuis(Plek::Advies),
            nummer: "A26-00001AA".into(),
            inleiding: "Dit advies staat op naam van wie het vroeg. Over het gezin staat hier niets.".into(),
            pil: Pil::new(Status::AanZet, "Wacht op uw advies"),
            feiten: vec![Feit::new("Gevraagd door", "Rosa Rijmelarij, Rivas"), Feit::new("Hoe", "met het formulier")],
            vraag: "Moet ik eerst met de ouders praten?".into(),
            antwoorden: vec![Antwoord {
                wanneer: "di 7 april, 10.00 uur".into(),
                tekst: "Ja, en neem een collega mee.".into(),
                vormen: "Meedenken op afstand".into(),
            }],
            knoppen: vec![Knop {
                tekst: "Advies geven".into(),
                href: "/adviezen/1/doe/geef-advies".into(),
                eerst: true,
            }],
            regels: vec![("Het staat op naam van wie het vraagt.".into(), Clausule::new("Zuid-Holland Zuid, § 9.1"))],
        }
    }

    #[test]
    fn vraag_en_antwoord_staan_onder_elkaar() {
        let html = voorbeeld().render().unwrap();
        assert!(html.find("Moet ik eerst").unwrap() < html.find("Ja, en neem").unwrap());
    }
}
