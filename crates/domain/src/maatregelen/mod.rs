//! Coercion: when help does not get further. First the support of Veilig Thuis, then a talk on what can be forced, then a
//! measure on which somebody else decides. Nothing is sent from here: what was asked and answered is recorded.

mod zet_in;

pub use crate::afspraak::Taxatiepartner;
use crate::{
    besluit::{Context, Uitslag},
    casus::{Casus, Feit},
    gebeurtenis::{Afwijking, Gebeurtenis, als_str},
    ids::MaatregelId,
    tijd::Datum,
    weigering::Code,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Acts around coercion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Maatregelcommando {
    /// `vorm`: a key of `[steunvorm]`.
    BiedSteun {
        vorm: String,
    },
    BespreekDwang {
        met: BTreeSet<Dwangpartner>,
    },
    NeemInitiatief(NeemInitiatief),
    LegAntwoordMaatregelVast {
        maatregel: MaatregelId,
        antwoord: Maatregelantwoord,
        tot: Option<Datum>,
    },
}

/// Somebody takes the initiative for a measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeemInitiatief {
    pub maatregel: MaatregelId,
    /// A key of `[maatregel]`.
    pub soort: String,
    /// Veilig Thuis and who holds zicht do it together.
    pub samen: bool,
    /// There is enough from the own contacts with the family.
    pub eigen_informatie: bool,
    pub taxatie_met: BTreeSet<Taxatiepartner>,
    pub reden: bool,
}

/// Who was at the talk on coercion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dwangpartner {
    VeiligThuis,
    LokaalTeam,
    Justitie,
    Gemeente,
}

impl Dwangpartner {
    pub const ALLE: [Dwangpartner; 4] =
        [Dwangpartner::VeiligThuis, Dwangpartner::LokaalTeam, Dwangpartner::Justitie, Dwangpartner::Gemeente];
}

/// What was answered to a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Maatregelantwoord {
    InBehandeling,
    Toegewezen,
    Afgewezen,
}

als_str!(Taxatiepartner, Dwangpartner, Maatregelantwoord);

impl Maatregelcommando {
    /// The name, as in agreements and on the wire.
    pub fn naam(&self) -> &'static str {
        match self {
            Maatregelcommando::BiedSteun { .. } => "bied-steun",
            Maatregelcommando::BespreekDwang { .. } => "bespreek-dwang",
            Maatregelcommando::NeemInitiatief(_) => "neem-initiatief",
            Maatregelcommando::LegAntwoordMaatregelVast { .. } => "leg-antwoord-maatregel-vast",
        }
    }
}

/// What happened around coercion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "soort", rename_all = "kebab-case")]
pub enum Maatregelgebeurtenis {
    SteunGeboden {
        vorm: String,
    },
    DwangBesproken {
        met: BTreeSet<Dwangpartner>,
    },
    InitiatiefGenomen {
        maatregel: MaatregelId,
        maatregel_soort: String,
        samen: bool,
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        taxatie_met: BTreeSet<Taxatiepartner>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        afwijkingen: Vec<Afwijking>,
    },
    MaatregelBeantwoord {
        maatregel: MaatregelId,
        antwoord: Maatregelantwoord,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tot: Option<Datum>,
    },
}

impl Maatregelgebeurtenis {
    /// The rules that were passed with a reason.
    pub fn afwijkingen(&self) -> &[Afwijking] {
        match self {
            Maatregelgebeurtenis::InitiatiefGenomen { afwijkingen, .. } => afwijkingen,
            Maatregelgebeurtenis::SteunGeboden { .. }
            | Maatregelgebeurtenis::DwangBesproken { .. }
            | Maatregelgebeurtenis::MaatregelBeantwoord { .. } => &[],
        }
    }
}

/// Support and coercion so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Maatregelen {
    pub steun: Vec<(Feit, String)>,
    pub besproken: Vec<(Feit, BTreeSet<Dwangpartner>)>,
    pub ingezet: Vec<Maatregel>,
}

/// One measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maatregel {
    pub id: MaatregelId,
    pub feit: Feit,
    /// A key of `[maatregel]`.
    pub soort: String,
    pub samen: bool,
    pub taxatie_met: BTreeSet<Taxatiepartner>,
    pub afwijkingen: Vec<Afwijking>,
    pub antwoorden: Vec<Antwoord>,
}

/// What was answered, and until when it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Antwoord {
    pub feit: Feit,
    pub antwoord: Maatregelantwoord,
    pub tot: Option<Datum>,
}

pub(crate) fn decide(casus: &Casus, commando: &Maatregelcommando, context: &Context<'_>) -> Uitslag {
    let gebeurtenis = match commando {
        Maatregelcommando::BiedSteun { vorm } => {
            context.eis(context.bundel.inhoud.steunvorm.contains_key(vorm), Code::Onbekend)?;
            Maatregelgebeurtenis::SteunGeboden { vorm: vorm.clone() }
        }
        Maatregelcommando::BespreekDwang { met } => {
            context.eis(met.len() > 1, Code::Onbekend)?;
            Maatregelgebeurtenis::DwangBesproken { met: met.clone() }
        }
        Maatregelcommando::NeemInitiatief(initiatief) => zet_in::neem_initiatief(casus, initiatief, context)?,
        Maatregelcommando::LegAntwoordMaatregelVast { maatregel, antwoord, tot } => {
            let ingezet = casus.maatregelen.ingezet.iter().any(|eerder| eerder.id == *maatregel);
            context.eis(ingezet, Code::Onbekend)?;
            let (maatregel, antwoord, tot) = (*maatregel, *antwoord, *tot);
            Maatregelgebeurtenis::MaatregelBeantwoord { maatregel, antwoord, tot }
        }
    };
    Ok(vec![Gebeurtenis::Maatregel(gebeurtenis)])
}

pub(crate) fn evolve(maatregelen: &mut Maatregelen, feit: Feit, gebeurtenis: &Maatregelgebeurtenis) {
    match gebeurtenis {
        Maatregelgebeurtenis::SteunGeboden { vorm } => maatregelen.steun.push((feit, vorm.clone())),
        Maatregelgebeurtenis::DwangBesproken { met } => maatregelen.besproken.push((feit, met.clone())),
        Maatregelgebeurtenis::InitiatiefGenomen { maatregel, maatregel_soort, samen, taxatie_met, afwijkingen } => {
            maatregelen.ingezet.push(Maatregel {
                id: *maatregel,
                feit,
                soort: maatregel_soort.clone(),
                samen: *samen,
                taxatie_met: taxatie_met.clone(),
                afwijkingen: afwijkingen.clone(),
                antwoorden: Vec::new(),
            });
        }
        Maatregelgebeurtenis::MaatregelBeantwoord { maatregel, antwoord, tot } => {
            if let Some(ingezet) = maatregelen.ingezet.iter_mut().find(|eerder| eerder.id == *maatregel) {
                ingezet.antwoorden.push(Antwoord { feit, antwoord: *antwoord, tot: *tot });
            }
        }
    }
}
