//! What Veilig Thuis records of its services, and of the talk in which a casus is handed over after one.

use crate::{
    gebeurtenis::{Aanwezige, Conclusie, DienstSoort, Geweldsaard},
    ids::{DienstId, OrganisatieId, OverdrachtId},
};
use std::collections::{BTreeMap, BTreeSet};

/// Veilig Thuis starts a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartDienst {
    pub dienst: DienstId,
    pub soort: DienstSoort,
    /// Keys of the statements that hold.
    pub keuzecriteria: BTreeSet<String>,
    pub reden: bool,
}

/// Veilig Thuis ends a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RondDienstAf {
    pub dienst: DienstId,
    pub conclusie: Option<Conclusie>,
    pub per_aard: BTreeMap<Geweldsaard, Conclusie>,
    pub voorwaarden_gesteld: bool,
    pub voortijdig: bool,
    pub reden: bool,
}

/// Veilig Thuis visits the family at home during a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoudHuisbezoek {
    /// Who came along.
    pub samen_met: Option<OrganisatieId>,
    pub kinderen_gesproken: bool,
    /// Keys of what was talked over.
    pub punten: BTreeSet<String>,
    pub reden: bool,
}

/// Family, Veilig Thuis and receiver spoke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoudWarmeOverdracht {
    pub overdracht: OverdrachtId,
    pub aanwezig: BTreeSet<Aanwezige>,
    /// Keys of what was talked over.
    pub punten: BTreeSet<String>,
    pub reden: bool,
}
