//! A meeting of an overdrachtstafel: when, who was asked, which offers are on its agenda in which order, who was there.
//! What it decides on a casus is recorded on that casus; here is no content of any.

use crate::{
    Context, Vastlegging, Weigering,
    beoordelingen::Functie,
    ids::*,
    overdrachten::{eis_aan_tafel, tafelpartijen},
    tijd::Instant,
    weigering::Code,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Everything that is recorded about a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "soort", rename_all = "kebab-case")]
pub enum Gebeurtenis {
    BijeenkomstGepland {
        afspraak: AfspraakNaam,
        gemeente: String,
        begin: Instant,
        /// Everybody who sits at the table of that municipality.
        genodigd: BTreeSet<OrganisatieId>,
    },
    /// The whole agenda in its order; the last one holds.
    AgendaGezet {
        punten: Vec<Agendapunt>,
    },
    /// Names of people are sealed.
    BijeenkomstGehouden {
        voorzitter: OrganisatieId,
        aanwezig: BTreeSet<OrganisatieId>,
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        functies: BTreeSet<Functie>,
    },
    BijeenkomstAfgezegd,
}

/// An offer that is talked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Agendapunt {
    pub casus: CasusId,
    pub overdracht: OverdrachtId,
}

/// Every act on a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Commando {
    PlanBijeenkomst { gemeente: String, begin: Instant },
    ZetAgenda { punten: Vec<Agendapunt> },
    HoudBijeenkomst { voorzitter: OrganisatieId, aanwezig: BTreeSet<OrganisatieId>, functies: BTreeSet<Functie> },
    ZegBijeenkomstAf { reden: bool },
}

/// A meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bijeenkomst {
    pub versie: u64,
    pub laatst_vastgelegd: Option<Instant>,
    pub gepland: Option<Gepland>,
    pub agenda: Vec<Agendapunt>,
    pub gehouden: Option<Gehouden>,
    /// By which version it was called off.
    pub afgezegd: Option<u64>,
}

/// When and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gepland {
    pub afspraak: AfspraakNaam,
    pub gemeente: String,
    pub begin: Instant,
    pub genodigd: BTreeSet<OrganisatieId>,
}

/// Who was there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gehouden {
    pub versie: u64,
    pub voorzitter: OrganisatieId,
    pub aanwezig: BTreeSet<OrganisatieId>,
    pub functies: BTreeSet<Functie>,
}

/// Applies one event. It holds no rule.
#[must_use]
pub fn evolve(mut staat: Bijeenkomst, vastlegging: &Vastlegging<Gebeurtenis>) -> Bijeenkomst {
    let versie = vastlegging.versie;
    staat.versie = versie;
    staat.laatst_vastgelegd = Some(vastlegging.vastgelegd_op);
    match vastlegging.gebeurtenis.clone() {
        Gebeurtenis::BijeenkomstGepland { afspraak, gemeente, begin, genodigd } => {
            staat.gepland = Some(Gepland { afspraak, gemeente, begin, genodigd });
        }
        Gebeurtenis::AgendaGezet { punten } => staat.agenda = punten,
        Gebeurtenis::BijeenkomstGehouden { voorzitter, aanwezig, functies } => {
            staat.gehouden = Some(Gehouden { versie, voorzitter, aanwezig, functies });
        }
        Gebeurtenis::BijeenkomstAfgezegd => staat.afgezegd = Some(versie),
    }
    staat
}

/// Decides a command on a meeting.
///
/// # Errors
/// Who does not convene the table, a municipality without one, or a meeting that is over.
pub fn decide(staat: &Bijeenkomst, commando: &Commando, context: &Context<'_>) -> Result<Vec<Gebeurtenis>, Weigering> {
    context.eis_bevoegd(context.bundel.veilig_thuis() == Some(context.organisatie), "bespreek-aan-tafel")?;
    let eis_nog_niet_voorbij = || context.eis(staat.gehouden.is_none() && staat.afgezegd.is_none(), Code::AlGekozen);
    Ok(vec![match (commando, &staat.gepland) {
        (Commando::PlanBijeenkomst { gemeente, begin }, None) => {
            let genodigd = tafelpartijen(context.bundel, gemeente);
            context.eis(genodigd.len() > 1, Code::Onbekend)?;
            context.eis(begin.dag() >= context.nu.dag(), Code::DagVoorbij)?;
            let afspraak = context.bundel.afspraak.clone();
            Gebeurtenis::BijeenkomstGepland { afspraak, gemeente: gemeente.clone(), begin: *begin, genodigd }
        }
        (Commando::PlanBijeenkomst { .. }, Some(_)) | (_, None) => return Err(context.weiger(Code::Onbekend)),
        (Commando::ZetAgenda { punten }, Some(_)) => {
            eis_nog_niet_voorbij()?;
            let verschillend: BTreeSet<_> = punten.iter().collect();
            context.eis(verschillend.len() == punten.len(), Code::Onbekend)?;
            Gebeurtenis::AgendaGezet { punten: punten.clone() }
        }
        (Commando::HoudBijeenkomst { voorzitter, aanwezig, functies }, Some(gepland)) => {
            eis_nog_niet_voorbij()?;
            context.eis(gepland.begin.dag() <= context.nu.dag(), Code::TijdstipInDeToekomst)?;
            eis_aan_tafel(&gepland.gemeente, aanwezig, Some(voorzitter), context.bundel)?;
            let (voorzitter, aanwezig, functies) = (voorzitter.clone(), aanwezig.clone(), functies.clone());
            Gebeurtenis::BijeenkomstGehouden { voorzitter, aanwezig, functies }
        }
        (Commando::ZegBijeenkomstAf { reden }, Some(_)) => {
            eis_nog_niet_voorbij()?;
            context.eis(*reden, Code::RedenOntbreekt)?;
            Gebeurtenis::BijeenkomstAfgezegd
        }
    }])
}

#[cfg(test)]
mod tests;
