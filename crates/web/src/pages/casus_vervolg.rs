//! What follows on the assessment, on the page of a casus: service, tasks beside zicht, monitoring, and what an
//! organisation with a part of it was given. Only what the reader may know is in it.

use super::onderdelen::{Clausule, Feit, Houder, Link, Pil};

/// The panels; one without content is not shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vervolg {
    /// Who must hear what, what is open first.
    pub plichten: Vec<Plicht>,
    /// Newest first.
    pub diensten: Vec<Dienst>,
    /// Those that run first.
    pub deeltaken: Vec<Deeltaak>,
    pub monitoring: Option<Monitoring>,
    /// Content that was handed to the reader's organisation as co-receiver.
    pub ontvangen: Vec<Feit>,
}

impl Vervolg {
    pub fn is_empty(&self) -> bool {
        self.plichten.is_empty()
            && self.diensten.is_empty()
            && self.deeltaken.is_empty()
            && self.monitoring.is_none()
            && self.ontvangen.is_empty()
    }
}

/// Somebody must be told something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plicht {
    pub naam: String,
    pub pil: Pil,
    /// To whom, by which channel, by when, what it must and must not hold, and why it was not done.
    pub feiten: Vec<Feit>,
    pub clausules: Vec<Clausule>,
    pub vastleggen: Option<Link>,
}

/// A service of Veilig Thuis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dienst {
    /// "Voorwaarden en Vervolg".
    pub naam: String,
    pub pil: Pil,
    /// "sinds ma 2 maart", "van 2 maart tot 4 april".
    pub wanneer: String,
    /// What it concluded, what it set, why it deviated.
    pub feiten: Vec<Feit>,
}

/// Who watches what, until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deeltaak {
    pub houder: Houder,
    pub pil: Pil,
    /// Absent when the words are not for this reader.
    pub wat: Option<String>,
    pub wanneer: String,
}

/// The moments of monitoring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Monitoring {
    /// Absent when monitoring ended.
    pub wie: Option<Houder>,
    pub stand: String,
    pub momenten: Vec<Moment>,
}

/// One moment with its window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    pub naam: String,
    pub pil: Pil,
    /// "van 1 juni tot en met 14 juni", "gedaan op 3 juni".
    pub wanneer: String,
    pub uitkomst: Option<String>,
    pub waarom_href: String,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::onderdelen::{HouderSoort, Status};

    pub fn voorbeeld() -> Vervolg {
        let vt = Houder::new(HouderSoort::VeiligThuis, "Veilig Thuis");
        let moment = |naam: &str, pil, wanneer: &str, uitkomst: Option<&str>, nummer: u8| Moment {
            naam: naam.into(),
            pil,
            wanneer: wanneer.into(),
            uitkomst: uitkomst.map(str::to_owned),
            waarom_href: format!("/casus/z25-01873/termijnen/{nummer}"),
        };
        Vervolg {
            plichten: vec![Plicht {
                naam: "De Raad voor de Kinderbescherming inlichten".into(),
                pil: Pil::new(Status::AanZet, "Te doen"),
                feiten: vec![Feit::new("Aan wie", "De Raad voor de Kinderbescherming"), Feit::new("Wanneer", "Meteen")],
                clausules: vec![Clausule::new("Zuid-Holland Zuid, § 9.1")],
                vastleggen: Some(Link::new("Vastleggen", "/casus/z25-01873/doe/leg-plicht-vast")),
            }],
            diensten: vec![Dienst {
                naam: "Voorwaarden en Vervolg".into(),
                pil: Pil::new(Status::Gehaald, "Afgerond"),
                wanneer: "van ma 22 september tot vr 28 november 2025".into(),
                feiten: vec![
                    Feit::new("Conclusie", "huiselijk geweld of kindermishandeling bevestigd"),
                    Feit::new("Voorwaarden", "Oma haalt Bo en Lot op bij ruzie."),
                ],
            }],
            deeltaken: vec![Deeltaak {
                houder: Houder::new(HouderSoort::Melder, "Basisschool De Duin"),
                pil: Pil::new(Status::Later, "Loopt"),
                wat: Some("Let op hoe Bo op maandag op school komt.".into()),
                wanneer: "tot en met di 30 juni".into(),
            }],
            monitoring: Some(Monitoring {
                wie: Some(vt),
                stand: "sinds ma 1 december 2025".into(),
                momenten: vec![
                    moment(
                        "Monitoring na 3 maanden",
                        Pil::new(Status::Gehaald, "Gehaald"),
                        "gedaan do 26 februari",
                        Some("doorgaan met de monitoring"),
                        1,
                    ),
                    moment(
                        "Monitoring na 12 maanden",
                        Pil::new(Status::Later, "Later"),
                        "van di 1 december tot en met di 15 december",
                        None,
                        2,
                    ),
                ],
            }),
            ontvangen: vec![Feit::new("Veiligheidsvoorwaarden", "Oma haalt Bo en Lot op bij ruzie.")],
        }
    }

    #[test]
    fn zonder_vervolg_is_er_geen_paneel() {
        assert!(Vervolg::default().is_empty());
        assert!(!voorbeeld().is_empty());
    }
}
