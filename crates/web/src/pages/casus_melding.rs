//! The reports of a casus, on its page: who reported how, what was seen and by whom, what was asked, what is still to ask.

use super::{
    melder::Meldervak,
    onderdelen::{Clausule, Feit, Link, Pil},
};

/// The panels; one without content is not shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meldingen {
    /// What waits for Veilig Thuis before anything else about a report.
    pub te_doen: Vec<Meldplicht>,
    /// Newest first.
    pub meldingen: Vec<Melding>,
    pub volgorde: Option<Volgorde>,
}

impl Meldingen {
    pub fn is_empty(&self) -> bool {
        self.te_doen.is_empty() && self.meldingen.is_empty() && self.volgorde.is_none()
    }
}

/// Something that Veilig Thuis still does with a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meldplicht {
    pub titel: String,
    pub tekst: String,
    /// The questions that are open, in the words of the agreement.
    pub vragen: Vec<String>,
    pub clausule: Option<Clausule>,
    /// Absent when the past is looked at.
    pub doen: Option<Link>,
}

/// One report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Melding {
    /// "Melding 2, ma 30 maart, 10.00 uur".
    pub titel: String,
    /// "beroepskracht, open, per telefoon, ziet het gezin vaker".
    pub kenmerk: String,
    /// For Veilig Thuis alone.
    pub melder: Option<Meldervak>,
    /// Own observations apart from those of others.
    pub feiten: Vec<Feit>,
    /// Question, answer, and the clause that asks it.
    pub antwoorden: Vec<Antwoord>,
    /// From which guidelines it deviates, with the reason.
    pub afgeweken: Option<String>,
}

/// One answer of the reporter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Antwoord {
    pub vraag: String,
    pub antwoord: String,
    pub clausule: Clausule,
}

/// Whom Veilig Thuis speaks first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volgorde {
    pub stappen: Vec<Stap>,
    pub clausule: Clausule,
}

/// One talk in that order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stap {
    pub met: String,
    pub pil: Pil,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::onderdelen::Status;

    pub fn voorbeeld() -> Meldingen {
        let stap = |met: &str, status, tekst: &str| Stap { met: met.into(), pil: Pil::new(status, tekst) };
        Meldingen {
            te_doen: vec![Meldplicht {
                titel: "Melding 3 aanvullen met de melder".into(),
                tekst: "Deze melding kwam per telefoon.".into(),
                vragen: vec!["Werken de betrokkenen mee?".into()],
                clausule: Some(Clausule::new("Zuid-Holland Zuid, § 9.1")),
                doen: Some(Link::new("Melding aanvullen", "/casus/z25-01873/doe/vul-melding-aan")),
            }],
            meldingen: vec![Melding {
                titel: "Melding 3, ma 30 maart, 10.00 uur".into(),
                kenmerk: "beroepskracht, open, per telefoon".into(),
                melder: Some(crate::pages::melder::tests::gesloten()),
                feiten: vec![
                    Feit::new("Zelf gezien of gehoord", "Bo heeft een blauwe plek op de arm."),
                    Feit::new("Van anderen, volgens de juf van groep 4", "Bo wil niet naar huis."),
                ],
                antwoorden: vec![Antwoord {
                    vraag: "Kunt u zelf hulp geven of regelen die het blijvend veilig maakt?".into(),
                    antwoord: "nee".into(),
                    clausule: Clausule::new("Landelijk, vraag 13"),
                }],
                afgeweken: None,
            }],
            volgorde: Some(Volgorde {
                stappen: vec![
                    stap("het gezin", Status::Gehaald, "Gesproken"),
                    stap("Socius", Status::DezeWeek, "Nog niet"),
                ],
                clausule: Clausule::new("IJmond, § 3.7"),
            }),
        }
    }
}
