//! The frame around every page behind sign-in: where am I, what is urgent, who am I working as.

use super::onderdelen::{Flits, HouderSoort};

/// The places in the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plek {
    Werkvoorraad,
    Overdrachten,
    Overdrachtstafel,
    Melden,
    Meldcode,
    Advies,
    Organisatie,
    Wacht,
    Verzoeken,
    Afspraken,
}

/// One entry of the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavigatiePunt {
    pub plek: Plek,
    pub tekst: String,
    pub href: String,
    /// Already capped; absent when there is nothing to count.
    pub aantal: Option<String>,
    /// What the count counts, for a screen reader: "overdrachten wachten op u".
    pub aantal_uitleg: String,
}

/// A chip in the bar that leads to what cannot wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// "1 spoed", "2 te laat".
    pub tekst: String,
    pub href: String,
}

/// The person who is signed in, and for which organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gebruiker {
    pub naam: String,
    pub initialen: String,
    /// "coördinator".
    pub rol: String,
    pub organisatie: String,
    pub soort: HouderSoort,
}

/// Everything that the frame shows; each page carries one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kader {
    pub actief: Option<Plek>,
    pub navigatie: Vec<NavigatiePunt>,
    pub spoed: Option<Alarm>,
    pub te_laat: Option<Alarm>,
    pub gebruiker: Option<Gebruiker>,
    /// Goes into every form.
    pub csrf: String,
    /// Shows that everything is invented.
    pub demo: bool,
    /// Leads back to the story that is told in the demo.
    pub verhaal: bool,
    /// Address of the enhancement script; the pages work without it.
    pub script: Option<String>,
    pub flits: Option<Flits>,
}

impl Kader {
    /// A frame without anyone signed in, for sign-in and error pages.
    pub fn anoniem(demo: bool) -> Self {
        Self {
            actief: None,
            navigatie: Vec::new(),
            spoed: None,
            te_laat: None,
            gebruiker: None,
            csrf: String::new(),
            demo,
            verhaal: false,
            script: None,
            flits: None,
        }
    }

    /// The entries that the bar shows to a member of an organisation of the chain. Veilig Thuis walks no meldcode and asks
    /// for information itself; it is who is woken at night, others find their roster with their organisation.
    pub fn hoofdnavigatie(overdrachten: u64, soort: HouderSoort) -> Vec<NavigatiePunt> {
        let punt = |plek, tekst: &str, href: &str| NavigatiePunt {
            plek,
            tekst: tekst.to_owned(),
            href: href.to_owned(),
            aantal: None,
            aantal_uitleg: String::new(),
        };
        let mut wachtend = punt(Plek::Overdrachten, "Overdrachten", "/overdrachten");
        if overdrachten > 0 {
            wachtend.aantal = Some(crate::opmaak::teller(overdrachten));
            wachtend.aantal_uitleg = "wachten op u".to_owned();
        }
        let mut punten = vec![
            punt(Plek::Werkvoorraad, "Werkvoorraad", "/werkvoorraad"),
            wachtend,
            punt(Plek::Overdrachtstafel, "Overdrachtstafel", "/overdrachtstafel"),
            punt(Plek::Melden, "Melding opnemen", "/melden"),
            punt(Plek::Meldcode, "Meldcode", "/meldcode"),
            punt(Plek::Advies, "Adviezen", "/adviezen"),
            punt(Plek::Wacht, "Wacht", "/wacht"),
            punt(Plek::Organisatie, "Organisatie", "/organisatie"),
            punt(Plek::Verzoeken, "Informatieverzoeken", "/informatieverzoeken"),
            punt(Plek::Afspraken, "Afspraken", "/afspraken"),
        ];
        let niet: &[Plek] = match soort {
            HouderSoort::VeiligThuis => &[Plek::Meldcode, Plek::Verzoeken],
            _ => &[Plek::Wacht],
        };
        punten.retain(|punt| !niet.contains(&punt.plek));
        punten
    }

    pub fn is_actief(&self, plek: &Plek) -> bool {
        self.actief == Some(*plek)
    }

    /// The skip link and the landmarks need no navigation when there is none.
    pub fn heeft_navigatie(&self) -> bool {
        !self.navigatie.is_empty()
    }
}

#[cfg(test)]
pub(crate) mod voorbeelden {
    use super::*;

    /// Nadia Oefenaar of Veilig Thuis Kennemerland, Tuesday 7 April 2026.
    pub fn veilig_thuis(actief: Plek) -> Kader {
        Kader {
            actief: Some(actief),
            navigatie: Kader::hoofdnavigatie(3, HouderSoort::VeiligThuis),
            spoed: Some(Alarm { tekst: "1 spoed".into(), href: "/werkvoorraad#spoed".into() }),
            te_laat: Some(Alarm { tekst: "2 te laat".into(), href: "/werkvoorraad#te-laat".into() }),
            gebruiker: Some(Gebruiker {
                naam: "Nadia Oefenaar".into(),
                initialen: "NO".into(),
                rol: "medewerker".into(),
                organisatie: "Veilig Thuis Kennemerland".into(),
                soort: HouderSoort::VeiligThuis,
            }),
            csrf: "voorbeeld-csrf".into(),
            demo: true,
            verhaal: false,
            script: None,
            flits: None,
        }
    }

    /// Wout Maquette of Socius, the same day.
    pub fn lokaal_team(actief: Plek) -> Kader {
        Kader {
            navigatie: Kader::hoofdnavigatie(3, HouderSoort::LokaalTeam),
            spoed: None,
            te_laat: Some(Alarm { tekst: "1 te laat".into(), href: "/werkvoorraad#te-laat".into() }),
            gebruiker: Some(Gebruiker {
                naam: "Wout Maquette".into(),
                initialen: "WM".into(),
                rol: "coördinator".into(),
                organisatie: "Socius".into(),
                soort: HouderSoort::LokaalTeam,
            }),
            ..veilig_thuis(actief)
        }
    }
}
