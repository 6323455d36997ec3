//! A meeting of an overdrachtstafel: who sat there, the agenda in its order with what was decided, the letters that follow.

use askama::Template;

use super::kader::Kader;
use super::onderdelen::{Clausule, Feit, Icoon, Link, Pil};
use super::spoor::Knop;

/// One meeting, for one of the parties.
#[derive(Debug, Clone, Template)]
#[template(path = "bijeenkomst.html")]
pub struct BijeenkomstPagina {
    pub kader: Kader,
    pub terug: String,
    pub terug_href: String,
    pub titel: String,
    /// "Dinsdag 10 maart 2026, 13.30 uur."
    pub inleiding: String,
    pub pil: Pil,
    pub feiten: Vec<Feit>,
    /// "2 van 3 besproken".
    pub voortgang: String,
    pub agenda: Vec<Agendaregel>,
    /// For Veilig Thuis only.
    pub brieven: Vec<Briefregel>,
    pub knoppen: Vec<Knop>,
    pub regels: Vec<(String, Clausule)>,
}

/// A casus on the agenda: a number, never a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agendaregel {
    pub nummer: String,
    /// Absent when the reader may not open it.
    pub href: Option<String>,
    pub pil: Pil,
    /// "Socius pakt de casus op"; empty while nothing was decided.
    pub besluit: String,
    /// What came of it.
    pub gevolg: String,
    pub knop: Option<Link>,
}

/// A letter that follows on a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Briefregel {
    pub naam: String,
    /// Of which casus.
    pub nummer: String,
    pub pil: Pil,
    pub clausule: Clausule,
    /// Where it is written; absent when it left.
    pub knop: Option<Link>,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::kader::{Plek, voorbeelden};
    use crate::pages::onderdelen::Status;

    pub fn voorbeeld() -> BijeenkomstPagina {
        let regel = |nummer: &str, pil: Pil, besluit: &str, gevolg: &str| Agendaregel {
            nummer: nummer.into(),
            href: Some(format!("/overdrachtstafel?gemeente=Beverwijk&casus={nummer}")),
            pil,
            besluit: besluit.into(),
            gevolg: gevolg.into(),
            knop: Some(Link::new("Besluit vastleggen", "/casussen/1/doe/bespreek-aan-tafel:2")),
        };
        let mut van_anderen = regel("Casus voor een ander team", Pil::new(Status::KanNiet, "Niet voor u"), "", "");
        (van_anderen.href, van_anderen.knop) = (None, None);
        BijeenkomstPagina {
            kader: voorbeelden::veilig_thuis(Plek::Overdrachtstafel),
            terug: "Overdrachtstafel Beverwijk".into(),
            terug_href: "/overdrachtstafel?gemeente=Beverwijk".into(),
            titel: "Bijeenkomst T26-00001AA".into(),
            inleiding: "Dinsdag 7 april 2026, 13.30 uur.".into(),
            pil: Pil::new(Status::Gehaald, "Gehouden"),
            feiten: vec![Feit::new("Voorzitter", "Veilig Thuis Kennemerland"), Feit::new("Aan tafel", "Socius")],
            voortgang: "1 van 3 besproken".into(),
            agenda: vec![
                regel("Z26-00402", Pil::new(Status::Gehaald, "Besproken"), "Socius pakt de casus op", "Wacht."),
                regel("Z26-00415", Pil::new(Status::Volgt, "Volgt"), "", ""),
                van_anderen,
            ],
            brieven: vec![Briefregel {
                naam: "Brief aan het gezin met de afspraken".into(),
                nummer: "Z26-00402".into(),
                pil: Pil::new(Status::AanZet, "Nog te sturen"),
                clausule: Clausule::new("IJmond, § 3.3.1"),
                knop: Some(Link::new("Brief schrijven", "/casussen/1/doe/maak-document:brief-na-tafel")),
            }],
            knoppen: vec![Knop { tekst: "Agenda zetten".into(), href: "/x".into(), eerst: true }],
            regels: vec![("Wie de tafel belegt.".into(), Clausule::new("Onze lezing").als_onze_lezing())],
        }
    }

    #[test]
    fn de_agenda_staat_in_volgorde_met_besluit_en_brief_en_zonder_wat_voor_anderen_is() {
        let html = voorbeeld().render().unwrap();
        let plek = |woorden: &str| html.find(woorden).unwrap_or_else(|| panic!("{woorden}"));
        assert!(plek("Z26-00402") < plek("Z26-00415") && plek("Z26-00415") < plek("Casus voor een ander team"));
        assert!(html.contains("maak-document:brief-na-tafel") && html.contains("1 van 3 besproken"));
        let van_anderen = html.split_once("Casus voor een ander team").unwrap().1.split_once("</li>").unwrap().0;
        assert!(!van_anderen.contains("href"));
    }
}
