//! Handing over, as an agreement has it: when zicht passes, what goes along, what is talked over.

use super::PartijSoort;
use crate::ids::ClausuleId;
use serde::{Deserialize, Serialize};

/// How zicht passes from Veilig Thuis for one phase and kind of receiver.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overgang {
    /// Receivers for whom this holds; empty means every other receiver.
    #[serde(default)]
    pub ontvangers: Vec<PartijSoort>,
    /// Ways in which the handover may be done; empty means any.
    #[serde(default)]
    pub wijzen: Vec<String>,
    /// What must have happened before the receiver can accept; one word or a list.
    #[serde(deserialize_with = "een_of_meer")]
    #[cfg_attr(test, schemars(schema_with = "super::schema::een_of_meer"))]
    pub acceptatie_na: Vec<AcceptatieNa>,
    /// Zicht passes at the later of the acceptance and the content being complete with the receiver.
    #[serde(default)]
    pub ook_inhoud: bool,
    /// Zicht passes when the content is sent; here the receiver is not asked to accept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bij_verzending: bool,
    /// The clause or gap that is the ground of the receiver's span.
    pub grond: ClausuleId,
    /// How the acceptance is called here: `acceptatie aan de overdrachtstafel`.
    pub naam: String,
}

impl Overgang {
    /// The last of what must have happened before the receiver can accept.
    pub fn wacht_op(&self) -> AcceptatieNa {
        self.acceptatie_na.iter().copied().max().unwrap_or(AcceptatieNa::Aanbod)
    }
}

/// What must have happened before a receiver can accept, in the order in which it happens.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AcceptatieNa {
    Aanbod,
    DocumentVerzonden,
    GegevensOntvangen,
    /// The talk of family, Veilig Thuis and receiver was held.
    WarmeOverdracht,
}

/// In what situation a handover is offered; with the kind of receiver it picks the passing rule, parts and terms.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fase {
    /// Veilig Thuis, right after the assessment.
    #[default]
    Direct,
    /// Veilig Thuis, after a service of its own.
    NaDienst,
    /// Another holder offers to another party.
    Onderling,
    /// To the Veilig Thuis of another region.
    AnderVeiligThuis,
}

impl Fase {
    pub const ALLE: [Fase; 4] = [Fase::Direct, Fase::NaDienst, Fase::Onderling, Fase::AnderVeiligThuis];

    /// As in `[overgang.<fase>]`.
    pub fn als_str(self) -> &'static str {
        match self {
            Fase::Direct => "direct",
            Fase::NaDienst => "na-dienst",
            Fase::Onderling => "onderling",
            Fase::AnderVeiligThuis => "ander-veilig-thuis",
        }
    }

    /// The task that lets a party receive in this situation.
    pub fn taak(self) -> &'static str {
        match self {
            Fase::Direct => "directe-overdracht",
            Fase::NaDienst => "overdracht-na-dienst",
            Fase::Onderling => "onderling",
            Fase::AnderVeiligThuis => "ander-veilig-thuis",
        }
    }
}

fn een_of_meer<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<AcceptatieNa>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum EenOfMeer {
        Een(AcceptatieNa),
        Meer(Vec<AcceptatieNa>),
    }
    Ok(match EenOfMeer::deserialize(deserializer)? {
        EenOfMeer::Een(een) => vec![een],
        EenOfMeer::Meer(meer) => meer,
    })
}

/// A mandatory part of what is handed over.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Onderdeel {
    pub naam: String,
    pub clausule: ClausuleId,
    pub volgorde: u32,
    pub ontvanger: Ontvangt,
    pub gezin: Ontvangt,
    /// Situations in which it belongs; empty means every one.
    #[serde(default)]
    pub fasen: Vec<Fase>,
}

/// Who gets a part, by recipient.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ontvangt {
    Ja,
    Nee,
    /// Only when the report is open towards the family.
    AlleenBijOpenMelding,
    /// Only when the report is open, and then only when needed, with the reason.
    BijOpenMeldingIndienNodig,
}

/// What is talked over at a warm handover, a preparation or a home visit.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gesprekspunt {
    pub naam: String,
    pub clausule: ClausuleId,
    pub moment: Gespreksmoment,
    pub volgorde: u32,
}

/// When it is talked over.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gespreksmoment {
    /// Between Veilig Thuis and the receiver, before the talk with the family.
    Vooraf,
    /// In the talk of family, Veilig Thuis and receiver.
    Gesprek,
    /// At the home visit that opens a service.
    Huisbezoek,
}
