//! The words of events: what feedback, services and handovers are told apart by.

use crate::ids::CasusId;
use serde::{Deserialize, Serialize};

/// Which feedback to a reporter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TerugkoppelingMoment {
    /// On the assessment.
    #[default]
    Eerste,
    /// During or after a service.
    Tweede,
    /// At the end of Veilig Thuis' involvement.
    Eind,
}

impl TerugkoppelingMoment {
    pub(super) fn is_eerste(&self) -> bool {
        *self == Self::Eerste
    }
}

/// The services of Veilig Thuis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DienstSoort {
    VoorwaardenEnVervolg,
    Onderzoek,
}

/// Whether there is violence or abuse, as a service concluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Conclusie {
    Bevestigd,
    NietBevestigd,
    Weerlegd,
    NietOnderzocht,
}

/// What kind of violence a conclusion is about; several may hold at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Geweldsaard {
    Kindermishandeling,
    Partnergeweld,
    GeweldTegenOuders,
    Ouderenmishandeling,
    AnderHuiselijkGeweld,
}

impl Geweldsaard {
    pub const ALLE: [Geweldsaard; 5] = [
        Geweldsaard::Kindermishandeling,
        Geweldsaard::Partnergeweld,
        Geweldsaard::GeweldTegenOuders,
        Geweldsaard::Ouderenmishandeling,
        Geweldsaard::AnderHuiselijkGeweld,
    ];
}

/// Who was at the talk in which a casus is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aanwezige {
    Gezin,
    VeiligThuis,
    Ontvanger,
}

/// What Veilig Thuis and a professional who will help think of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Oordelen {
    pub advies: Hulpadvies,
    /// The professional's own judgement.
    pub kan: bool,
    pub wil: bool,
    /// Veilig Thuis' judgement: able to.
    pub in_staat: bool,
}

/// What Veilig Thuis advises a professional who helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hulpadvies {
    Voortzetten,
    Bijstellen,
    /// With direct involvement of Veilig Thuis, which keeps zicht then.
    Uitbreiden,
}

/// What a worker found about the household of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "huishouden", rename_all = "kebab-case")]
pub enum HuishoudenKeuze {
    Nieuw,
    /// The same household stands in another casus, which stays as it is.
    Bekend {
        casus: CasusId,
    },
}
