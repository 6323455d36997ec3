//! The steps of the meldcode within one organisation: a track of its own, that nobody else can read and that is no casus.
//!
//! What it does not know: who the client is. Names and texts are sealed under the key of the own organisation; here stand
//! kinds, days and answers. Start at [`decide`]; the questions of step 4 are data ([`kader`]).

mod besluit;
pub mod kader;
pub mod protocol;
mod spoor;
#[cfg(test)]
mod tests;

pub use besluit::{Weegvraag, decide};
pub use spoor::{Begin, Gesprek, Gewogen, MeldBesluit, Openstaand, Overleg, Signaal, Spoor, Stap, evolve};

use crate::{
    afspraak::Bundel,
    gebeurtenis::{Afwijking, ContactWijze, als_str},
    ids::*,
    tijd::Datum,
};
use kader::{Kadernaam, Uitkomst, Weegantwoord};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Every kind of event of a track.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "soort", rename_all = "kebab-case")]
pub enum Gebeurtenis {
    SpoorBegonnen {
        kader: Kadernaam,
        client: Client,
        afspraak: AfspraakNaam,
        veilig_thuis: OrganisatieId,
        /// Who walks the steps.
        uitvoerder: MedewerkerId,
        /// Who decides in the end was written down; the name is sealed.
        eindverantwoordelijke: bool,
        /// It began before the afwegingskader: one decision in step 5.
        oude_stap_vijf: bool,
        afwijkingen: Vec<Afwijking>,
    },
    SignaalVastgelegd {
        datum: Datum,
        bron: Signaalbron,
        /// The child told it itself: a form of acute danger of its own.
        onthulling: bool,
        vormen: BTreeSet<BijzondereVorm>,
    },
    KindcheckGedaan {
        kinderen: u32,
    },
    OverlegGevoerd {
        met: Overlegpartner,
        /// Under which number Veilig Thuis keeps the advice.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        advies: Option<AdviesId>,
        vormen_besproken: bool,
    },
    /// `gehouden = false`: why not is sealed with it.
    GesprekGevoerd {
        met: BTreeSet<Gesprekspartner>,
        gehouden: bool,
    },
    Gewogen {
        kader: Kadernaam,
        antwoorden: BTreeMap<String, Weegantwoord>,
        uitkomst: Uitkomst,
        vermoeden: bool,
        gevaar: bool,
        twijfel: bool,
    },
    MeldenBesloten {
        melden: bool,
        door_eindverantwoordelijke: bool,
        besproken: bool,
        afwijkingen: Vec<Afwijking>,
    },
    HulpBesloten {
        hulp: Hulp,
    },
    /// The step 5 of before the afwegingskader: one decision.
    OudBesluitGenomen {
        besluit: OudBesluit,
        afwijkingen: Vec<Afwijking>,
    },
    ContactpogingVastgelegd {
        wijze: ContactWijze,
        gelukt: bool,
    },
    /// The number of the casus is sealed: the log does not tie organisation and casus together.
    MeldingGedaan,
    SpoorAfgesloten {
        reden: Sluitreden,
        afwijkingen: Vec<Afwijking>,
    },
}

/// What somebody wants to do in a track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Commando {
    BeginSpoor {
        kader: Kadernaam,
        client: Client,
        uitvoerder: MedewerkerId,
        eindverantwoordelijke: bool,
        reden: bool,
    },
    LegSignaalVast {
        datum: Datum,
        bron: Signaalbron,
        onthulling: bool,
        vormen: BTreeSet<BijzondereVorm>,
    },
    DoeKindcheck {
        kinderen: u32,
    },
    LegOverlegVast {
        met: Overlegpartner,
        advies: Option<AdviesId>,
        vormen_besproken: bool,
    },
    LegGesprekVast {
        met: BTreeSet<Gesprekspartner>,
        gehouden: bool,
        /// Why it could not be held.
        reden: bool,
    },
    Weeg(Weegvraag),
    BeslisMelden {
        melden: bool,
        door_eindverantwoordelijke: bool,
        besproken: bool,
        reden: bool,
    },
    BeslisHulp {
        hulp: Hulp,
    },
    NeemOudBesluit {
        besluit: OudBesluit,
        reden: bool,
    },
    LegContactpogingVast {
        wijze: ContactWijze,
        gelukt: bool,
    },
    LegMeldingVast,
    SluitSpoor {
        sluitreden: Sluitreden,
        reden: bool,
    },
}

impl Commando {
    /// The name on the wire, in the access log and in the agreements.
    pub fn naam(&self) -> &'static str {
        match self {
            Commando::BeginSpoor { .. } => "begin-spoor",
            Commando::LegSignaalVast { .. } => "leg-signaal-vast",
            Commando::DoeKindcheck { .. } => "doe-kindcheck",
            Commando::LegOverlegVast { .. } => "leg-overleg-vast",
            Commando::LegGesprekVast { .. } => "leg-gesprek-vast",
            Commando::Weeg(_) => "weeg",
            Commando::BeslisMelden { .. } => "beslis-melden",
            Commando::BeslisHulp { .. } => "beslis-hulp",
            Commando::NeemOudBesluit { .. } => "neem-oud-besluit",
            Commando::LegContactpogingVast { .. } => "leg-contactpoging-vast",
            Commando::LegMeldingVast => "leg-melding-vast",
            Commando::SluitSpoor { .. } => "sluit-spoor",
        }
    }

    /// Every name that [`Self::naam`] can give.
    pub const NAMEN: &'static [&'static str] = &[
        "begin-spoor",
        "leg-signaal-vast",
        "doe-kindcheck",
        "leg-overleg-vast",
        "leg-gesprek-vast",
        "weeg",
        "beslis-melden",
        "beslis-hulp",
        "neem-oud-besluit",
        "leg-contactpoging-vast",
        "leg-melding-vast",
        "sluit-spoor",
    ];
}

/// About whom the worries are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Client {
    Kind,
    /// With an adult the worker asks whether there are children: the kindcheck.
    Volwassene,
}

/// From whom a signal comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signaalbron {
    ZelfGezien,
    KindOfClient,
    Ouder,
    Ander,
}

/// Forms of violence that ask for a question of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BijzondereVorm {
    GenitaleVerminking,
    Eergerelateerd,
}

/// With whom was consulted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Overlegpartner {
    Collega,
    /// There is nobody: then Veilig Thuis is asked in any case.
    GeenCollega,
    Aandachtsfunctionaris,
    VeiligThuis,
    Letselduiding,
}

/// With whom was spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gesprekspartner {
    Ouders,
    Kind,
    Client,
}

/// The second decision of step 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hulp {
    Zelf,
    Organiseren,
    Niet,
}

/// The one decision of the step 5 of before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OudBesluit {
    HulpOrganiseren,
    Melden,
}

/// Why a track ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sluitreden {
    /// There is no suspicion any more.
    VermoedenWeerlegd,
    /// Veilig Thuis has the report.
    Gemeld,
    /// Help works within the time that was fixed, and following safety is agreed.
    HulpWerkt,
}

als_str!(
    Client,
    Signaalbron,
    BijzondereVorm,
    Overlegpartner,
    Gesprekspartner,
    Hulp,
    OudBesluit,
    Sluitreden,
    Uitkomst,
    Weegantwoord
);

/// The day from which the afwegingskader and the two decisions hold: the first day of the base of this agreement.
pub(crate) fn kader_geldt_vanaf(bundel: &Bundel) -> Option<Datum> {
    bundel.lagen.first().map(|laag| laag.geldig_van)
}
