//! What an organisation has to do besides its casussen: for each agreement the work, the list of contact persons and the
//! calendar; and the way to requests and signals.

use askama::Template;

use super::kader::Kader;
use super::onderdelen::{Clausule, Feit, Pil};
use super::spoor::Knop;

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "organisatie.html")]
pub struct OrganisatiePagina {
    pub kader: Kader,
    pub organisatie: String,
    pub wegen: Vec<(Knop, String)>,
    pub afspraken: Vec<AfspraakDeel>,
}

/// One agreement of which the organisation is a party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AfspraakDeel {
    pub id: String,
    pub titel: String,
    pub feiten: Vec<Feit>,
    pub clausules: Vec<Clausule>,
    /// What this organisation must do, by itself or with the others.
    pub te_doen: Vec<PuntRij>,
    pub contacten: Vec<ContactRij>,
    pub contact_knop: Knop,
    pub bevestigd: Vec<(String, String, Pil)>,
    /// Everything that the agreement asks of its parties for itself.
    pub kalender: Vec<PuntRij>,
}

/// Something to do, or done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PuntRij {
    pub naam: String,
    pub wie: String,
    pub wanneer: String,
    pub pil: Pil,
    pub clausules: Vec<Clausule>,
    pub knop: Option<Knop>,
}

/// Somebody on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactRij {
    pub organisatie: String,
    pub naam: String,
    pub waarvoor: String,
    pub bereikbaar: String,
    /// Since when, or by which clause it is printed.
    pub sinds: String,
    pub clausule: Option<Clausule>,
    pub knoppen: Vec<Knop>,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::kader::{Plek, voorbeelden};
    use crate::pages::onderdelen::Status;

    fn knop(tekst: &str, href: &str) -> Knop {
        Knop { tekst: tekst.into(), href: href.into(), eerst: true }
    }

    pub fn voorbeeld() -> OrganisatiePagina {
        let punt = PuntRij {
            naam: "Wijzigingen in de lijst van contactpersonen delen".into(),
            wie: "Rivas".into(),
            wanneer: "uiterlijk do 2 april".into(),
            pil: Pil::new(Status::TeLaat, "5 dagen te laat"),
            clausules: vec![Clausule::new("Zuid-Holland Zuid, § 9.2")],
            knop: Some(knop("Lijst bevestigen", "/organisatie/zuid-holland-zuid/doe/bevestig-contactlijst")),
        };
        OrganisatiePagina {
            kader: voorbeelden::lokaal_team(Plek::Organisatie),
            organisatie: "Rivas".into(),
            wegen: vec![(knop("Verzoeken", "/verzoeken"), "1 wacht op een besluit".into())],
            afspraken: vec![AfspraakDeel {
                id: "zuid-holland-zuid".into(),
                titel: "Zuid-Holland Zuid".into(),
                feiten: vec![Feit::new("Editie", "2017")],
                clausules: vec![Clausule::new("Zuid-Holland Zuid, § 1")],
                te_doen: vec![punt.clone()],
                contacten: vec![ContactRij {
                    organisatie: "Rivas".into(),
                    naam: "Rosa Rijmelarij".into(),
                    waarvoor: "overdrachten".into(),
                    bereikbaar: "078 000 00 00".into(),
                    sinds: "sinds 2 maart".into(),
                    clausule: None,
                    knoppen: vec![knop("Vervangen", "/organisatie/zuid-holland-zuid/doe/zet-contact?sleutel=1")],
                }],
                contact_knop: knop("Contactpersoon toevoegen", "/organisatie/zuid-holland-zuid/doe/zet-contact"),
                bevestigd: vec![("Careyn".into(), "nog nooit".into(), Pil::new(Status::TeLaat, "te laat"))],
                kalender: vec![punt],
            }],
        }
    }

    #[test]
    fn wie_te_laat_is_staat_er_met_de_knop_en_de_clausule() {
        let html = voorbeeld().render().unwrap();
        assert!(html.contains("5 dagen te laat") && html.contains("doe/bevestig-contactlijst"));
        assert!(html.contains("§ 9.2") && html.contains("Rosa Rijmelarij"));
    }
}
