//! What happened, as it is stored: ids, kinds, codes and times; no names, no free text, no birth date.

use crate::{ids::*, tijd::Instant};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A recorded event with its two times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vastlegging {
    /// 1 for the first event of the stream.
    pub versie: u64,
    /// When it happened, as claimed by who recorded it. Terms are met by this time.
    pub gebeurd_op: Instant,
    /// When we recorded it; never decreases within a stream. The zicht line runs on this time.
    pub vastgelegd_op: Instant,
    pub medewerker: MedewerkerId,
    pub organisatie: OrganisatieId,
    /// The bundle that was in force for this casus when it was recorded.
    pub bundel: BundelHash,
    pub gebeurtenis: Gebeurtenis,
}

/// Every kind of event of a casus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "soort", rename_all = "kebab-case")]
pub enum Gebeurtenis {
    /// A report reached Veilig Thuis. The first one opens the casus.
    MeldingOntvangen {
        melding: MeldingId,
        /// Arrival: end of the call, submission. The only time that may lie before the recording and still count.
        ontvangen_op: Instant,
        melder: Melder,
        openheid: Openheid,
        contact: Contactduur,
        /// The reporter ticked "urgent"; it rings, it does not move the line.
        spoed_gevraagd: bool,
        /// Where the youngest child, else the victim, lives; decides the agreement.
        gemeente: String,
        afspraak: AfspraakNaam,
        veilig_thuis: OrganisatieId,
        personen: Vec<Persoon>,
    },
    SpoedErkend {
        melding: MeldingId,
    },
    SpoedAfgewezen {
        melding: MeldingId,
    },
    CriteriaBeantwoord {
        melding: MeldingId,
        antwoorden: BTreeMap<String, Antwoord>,
    },
    BeoordelingAfgerond {
        melding: MeldingId,
        taxatie: Taxatie,
    },
    VervolgBesloten {
        melding: MeldingId,
        besluit: BesluitSoort,
        voldoende_veilig: Option<bool>,
        afwijkingen: Vec<Afwijking>,
    },
    ContactGezinVastgelegd {
        wijze: ContactWijze,
        gelukt: bool,
    },
    GezinGeinformeerd {
        wijze: ContactWijze,
    },
    AfspraakGezinGemaakt,
    MelderTeruggekoppeld {
        melding: MeldingId,
    },
    OverdrachtAangeboden {
        overdracht: OverdrachtId,
        naar: OrganisatieId,
        wijze: OverdrachtWijze,
        onderdelen: BTreeSet<String>,
        gezin_geinformeerd: bool,
        afwijkingen: Vec<Afwijking>,
    },
    /// The content left for the receiver.
    GegevensVerzonden {
        overdracht: OverdrachtId,
    },
    /// The content reached the receiver.
    GegevensOntvangen {
        overdracht: OverdrachtId,
    },
    /// Veilig Thuis noted who confirmed aloud, and when; it moves nothing.
    MondelingeBevestigingGenoteerd {
        overdracht: OverdrachtId,
    },
    OverdrachtGeaccepteerd {
        overdracht: OverdrachtId,
    },
    OverdrachtGeweigerd {
        overdracht: OverdrachtId,
        reden: WeigerReden,
    },
    OverdrachtIngetrokken {
        overdracht: OverdrachtId,
    },
    /// Within one organisation: who does it. The organisation holds, not the worker.
    MedewerkerToegewezen {
        organisatie: OrganisatieId,
        medewerker: MedewerkerId,
    },
    ZichtOvergenomen,
    RegieVastgelegd {
        organisatie: Option<OrganisatieId>,
    },
    IncidentVastgelegd,
    /// The time at which an earlier recording happened was wrong. The line does not move by it.
    VastleggingHersteld {
        versie: u64,
        gebeurd_op: Instant,
    },
    CasusGesloten {
        wijze: SluitingWijze,
    },
}

/// Who reported. A shielded or unknown reporter is never named in an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "soort", rename_all = "kebab-case")]
pub enum Melder {
    Burger,
    Beroepskracht {
        /// Absent unless the report is open.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        organisatie: Option<OrganisatieId>,
        beroepsgroep: String,
    },
    Politie,
}

/// What the family may know of the reporter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Openheid {
    Open,
    /// Veilig Thuis knows, the family may not.
    Afgeschermd,
    /// Veilig Thuis does not know either.
    Onbekend,
}

/// On what the report rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Contactduur {
    Eenmalig,
    Doorlopend,
}

/// A member of the household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Persoon {
    pub id: PersoonId,
    pub rol: PersoonRol,
}

/// The part of a person in the household.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersoonRol {
    Kind,
    Ouder,
    Partner,
    Grootouder,
    Anders,
}

/// Answer to a criterion. "Not answered" is the absence of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Antwoord {
    Ja,
    Nee,
}

/// Outcome of the veiligheidstaxatie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Taxatie {
    GeenOnveiligheid,
    GeenAcuteOnveiligheid,
    StructureleOnveiligheid,
    AcuteOnveiligheid,
}

/// What the assessment leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BesluitSoort {
    DirecteOverdracht,
    VervolgBijVeiligThuis,
    GeenVerdereStappen,
}

/// How the family was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContactWijze {
    Telefoon,
    Huisbezoek,
    Brief,
    BeveiligdeMail,
    OpKantoor,
}

/// How a handover is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OverdrachtWijze {
    Overdrachtstafel,
    Telefoon,
    Digitaal,
}

/// Why a receiver refuses; the text that goes with it is sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WeigerReden {
    BuitenWerkgebied,
    AnderTeamPastBeter,
    InformatieOntbreekt,
    TeOnveilig,
    Anders,
}

/// A rule that was passed with a reason; the reason itself is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Afwijking {
    pub code: crate::weigering::Code,
    pub clausule: ClausuleId,
}

/// How a casus ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SluitingWijze {
    StabielVeilig,
    /// Help not wanted or no contact, no new concerns, after a direct handover.
    Gestopt,
    GeenVerdereStappen,
}

macro_rules! als_str {
    ($($type:ty),+ $(,)?) => {$(
        impl $type {
            /// The code as it stands in data and on the wire.
            pub fn als_str(self) -> String {
                // A unit variant serializes to one string.
                serde_json::to_value(self).ok().and_then(|waarde| waarde.as_str().map(str::to_owned)).unwrap_or_default()
            }
        }
    )+};
}
als_str!(
    Openheid,
    Contactduur,
    PersoonRol,
    Antwoord,
    Taxatie,
    BesluitSoort,
    ContactWijze,
    OverdrachtWijze,
    WeigerReden,
    SluitingWijze
);

impl Melder {
    /// The organisation of an openly reporting professional.
    pub fn organisatie(&self) -> Option<&OrganisatieId> {
        match self {
            Melder::Beroepskracht { organisatie, .. } => organisatie.as_ref(),
            Melder::Burger | Melder::Politie => None,
        }
    }
}
