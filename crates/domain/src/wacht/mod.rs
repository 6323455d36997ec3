//! Who is on call outside office hours for what cannot wait, and whether an alarm was answered. One stream per organisation.
//!
//! It knows no casus, no name and no number: what cannot wait comes in as a [`Spoedpunt`], who is on call is sealed
//! elsewhere. When an alarm goes and to whom is computed ([`Wacht::verloop`]); that it was sent is only recorded. The roster
//! counts from its recording and is never changed for the past: who was on call then stays who was on call.

mod alarm;
mod rooster;
#[cfg(test)]
mod tests;

pub use alarm::{Alarmverloop, Beurt, Spoedpunt, Stand, Verzonden};
pub use rooster::{Gat, Opening, Wachtdienst};

use crate::{
    Context, Vastlegging, Weigering,
    afspraak::{Bundel, Wachtregel},
    gebeurtenis::als_str,
    ids::*,
    tijd::Instant,
    weigering::{Code, Reden},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who is called first, and who when the first does not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rang {
    Eerste,
    Tweede,
}

impl Rang {
    pub const ALLE: [Rang; 2] = [Rang::Eerste, Rang::Tweede];
}

/// Whether an alarm reached the telephone that it was sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aankomst {
    Aangekomen,
    /// No answer came: it may have arrived or not.
    Onbekend,
}

als_str!(Rang, Aankomst);

/// Everything that is recorded about the roster and the alarms of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "soort", rename_all = "kebab-case")]
pub enum Gebeurtenis {
    /// The first act opens it.
    RoosterBegonnen {
        organisatie: OrganisatieId,
        afspraak: AfspraakNaam,
    },
    /// On working days the organisation is open between these times.
    OpeningGezet {
        opening: Opening,
    },
    WachtdienstGezet {
        dienst: WachtdienstId,
        rang: Rang,
        van: Instant,
        /// Excluded end.
        tot: Instant,
    },
    WachtdienstVervallen {
        dienst: WachtdienstId,
    },
    /// An alarm was sent to who had this shift.
    AlarmVerzonden {
        alarm: AlarmId,
        casus: CasusId,
        rang: Rang,
        dienst: WachtdienstId,
        aankomst: Aankomst,
        /// A stand-in was told, nobody else.
        nagebootst: bool,
    },
    AlarmBevestigd {
        alarm: AlarmId,
        casus: CasusId,
    },
}

/// Every act on a roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Commando {
    ZetOpening {
        opening: Opening,
    },
    /// One shift, or one that comes back; in the place of another when that is given.
    ZetWachtdienst {
        rang: Rang,
        diensten: Vec<(WachtdienstId, Instant, Instant)>,
        vervangt: Option<WachtdienstId>,
    },
    LaatWachtdienstVervallen {
        dienst: WachtdienstId,
    },
    LegAlarmVast {
        punt: Spoedpunt,
        rang: Rang,
        dienst: WachtdienstId,
        aankomst: Aankomst,
        nagebootst: bool,
    },
    BevestigAlarm {
        punt: Spoedpunt,
    },
}

impl Commando {
    /// Every name, as in the interface and the scenarios.
    pub const NAMEN: &'static [&'static str] =
        &["zet-opening", "zet-wachtdienst", "laat-wachtdienst-vervallen", "leg-alarm-vast", "bevestig-alarm"];
}

/// How the roster and the alarms of an organisation stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wacht {
    pub versie: u64,
    pub laatst_vastgelegd: Option<Instant>,
    pub begonnen: Option<Begonnen>,
    /// Each from its recording, oldest first.
    pub openingen: Vec<(Instant, Opening)>,
    pub diensten: BTreeMap<WachtdienstId, Wachtdienst>,
    /// What was sent, oldest first.
    pub verzonden: Vec<Verzonden>,
    pub bevestigd: BTreeMap<AlarmId, Bevestigd>,
}

/// Whose roster it is, and under which agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begonnen {
    pub op: Instant,
    pub organisatie: OrganisatieId,
    pub afspraak: AfspraakNaam,
}

/// Who said that an alarm was heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bevestigd {
    pub op: Instant,
    pub medewerker: MedewerkerId,
    pub casus: CasusId,
}

/// Applies one event. It holds no rule.
#[must_use]
pub fn evolve(mut staat: Wacht, vastlegging: &Vastlegging<Gebeurtenis>) -> Wacht {
    let (versie, op) = (vastlegging.versie, vastlegging.vastgelegd_op);
    staat.versie = versie;
    staat.laatst_vastgelegd = Some(op);
    match vastlegging.gebeurtenis.clone() {
        Gebeurtenis::RoosterBegonnen { organisatie, afspraak } => {
            staat.begonnen = Some(Begonnen { op, organisatie, afspraak });
        }
        Gebeurtenis::OpeningGezet { opening } => staat.openingen.push((op, opening)),
        Gebeurtenis::WachtdienstGezet { dienst, rang, van, tot } => {
            staat.diensten.insert(dienst, Wachtdienst { versie, rang, van, tot, gezet_op: op, vervallen_op: None });
        }
        Gebeurtenis::WachtdienstVervallen { dienst } => {
            if let Some(dienst) = staat.diensten.get_mut(&dienst) {
                dienst.vervallen_op.get_or_insert(op);
            }
        }
        Gebeurtenis::AlarmVerzonden { alarm, casus, rang, dienst, aankomst, nagebootst } => {
            staat.verzonden.push(Verzonden { alarm, casus, op, rang, dienst, aankomst, nagebootst });
        }
        Gebeurtenis::AlarmBevestigd { alarm, casus } => {
            let medewerker = vastlegging.medewerker.clone();
            staat.bevestigd.entry(alarm).or_insert(Bevestigd { op, medewerker, casus });
        }
    }
    staat
}

/// What the agreement says of alarms outside office hours.
pub fn regel(bundel: &Bundel) -> Option<&Wachtregel> {
    bundel.inhoud.wacht.values().next()
}

/// Decides a command on a roster.
///
/// # Errors
/// A shift of another, two shifts at one time, or an alarm that does not go or was answered.
pub fn decide(staat: &Wacht, commando: &Commando, context: &Context<'_>) -> Result<Vec<Gebeurtenis>, Weigering> {
    context.eis(context.gebeurd_op <= context.nu, Code::TijdstipInDeToekomst)?;
    let regel = regel(context.bundel).ok_or_else(|| context.weiger(Code::Onbekend))?;
    let eigen = staat.begonnen.as_ref().is_none_or(|begonnen| begonnen.organisatie == *context.organisatie);
    context.eis(eigen, Code::NietBevoegd)?;
    let mut alle = Vec::new();
    if staat.begonnen.is_none() {
        let (organisatie, afspraak) = (context.organisatie.clone(), context.bundel.afspraak.clone());
        alle.push(Gebeurtenis::RoosterBegonnen { organisatie, afspraak });
    }
    match commando {
        Commando::ZetOpening { opening } => {
            context.eis(opening.is_mogelijk(), Code::AntwoordPastNiet)?;
            alle.push(Gebeurtenis::OpeningGezet { opening: *opening });
        }
        Commando::ZetWachtdienst { rang, diensten, vervangt } => {
            if let Some(oud) = vervangt {
                alle.push(laat_vervallen(staat, *oud, context)?);
            }
            past_in_rooster(staat, *rang, diensten, *vervangt, context)?;
            let gezet = diensten.iter().map(|(dienst, van, tot)| Gebeurtenis::WachtdienstGezet {
                dienst: *dienst,
                rang: *rang,
                van: *van,
                tot: *tot,
            });
            alle.extend(gezet);
        }
        Commando::LaatWachtdienstVervallen { dienst } => alle.push(laat_vervallen(staat, *dienst, context)?),
        Commando::LegAlarmVast { punt, rang, dienst, aankomst, nagebootst } => {
            context.eis(staat.diensten.contains_key(dienst), Code::Onbekend)?;
            // Two processes can have sent the same alarm; it is recorded once.
            context.eis(staat.aangekomen(punt.alarm, *rang).is_none(), Code::AlGekozen)?;
            alle.push(Gebeurtenis::AlarmVerzonden {
                alarm: punt.alarm,
                casus: punt.casus,
                rang: *rang,
                dienst: *dienst,
                aankomst: *aankomst,
                nagebootst: *nagebootst,
            });
        }
        Commando::BevestigAlarm { punt } => {
            let verloop = staat.verloop(regel, &context.bundel.kalender, punt);
            let gaat = verloop.is_some_and(|verloop| verloop.op <= context.nu);
            context.eis(gaat, Code::Onbekend)?;
            context.eis(!staat.bevestigd.contains_key(&punt.alarm), Code::AlGekozen)?;
            alle.push(Gebeurtenis::AlarmBevestigd { alarm: punt.alarm, casus: punt.casus });
        }
    }
    Ok(alle)
}

fn laat_vervallen(staat: &Wacht, dienst: WachtdienstId, context: &Context<'_>) -> Result<Gebeurtenis, Weigering> {
    let nog = staat.diensten.get(&dienst).is_some_and(|dienst| dienst.einde() > context.nu);
    context.eis(nog, Code::Onbekend)?;
    Ok(Gebeurtenis::WachtdienstVervallen { dienst })
}

/// A shift has an end that is still to come, and no other shift of its rank beside it.
fn past_in_rooster(
    staat: &Wacht,
    rang: Rang,
    diensten: &[(WachtdienstId, Instant, Instant)],
    vervangt: Option<WachtdienstId>,
    context: &Context<'_>,
) -> Result<(), Weigering> {
    context.eis(!diensten.is_empty(), Code::Onbekend)?;
    context.eis(diensten.iter().all(|(_, van, tot)| van < tot), Code::AntwoordPastNiet)?;
    context.eis(diensten.iter().all(|(_, _, tot)| *tot > context.nu), Code::DagVoorbij)?;
    let eerder = staat
        .diensten
        .iter()
        .filter(|(id, dienst)| dienst.rang == rang && Some(**id) != vervangt && dienst.einde() > context.nu);
    let mut bezet: Vec<_> = eerder.map(|(_, dienst)| (dienst.begin(), dienst.einde())).collect();
    let mut dubbel = Vec::new();
    for (_, van, tot) in diensten {
        dubbel.extend(bezet.iter().filter(|(begin, einde)| begin < tot && van < einde).map(|(begin, _)| *begin));
        bezet.push((*van, *tot));
    }
    if dubbel.is_empty() {
        return Ok(());
    }
    let wanneer = |op: Instant| op.lokaal().strftime("%Y-%m-%d %H:%M").to_string();
    let reden = Reden::volgens(context.bundel, Code::DienstOverlapt);
    Err(Weigering::om(reden.met_ontbreekt(dubbel.into_iter().map(wanneer).collect())))
}
