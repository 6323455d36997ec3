//! When an alarm goes and to whom: a pure function of roster, calendar and what cannot wait. Whether a job ran changes only
//! what was sent, never what should have been.

use super::{Aankomst, Bevestigd, Rang, Wacht};
use crate::{
    afspraak::Wachtregel,
    gebeurtenis::als_str,
    ids::{AlarmId, CasusId, WachtdienstId},
    tijd::{Instant, Kalender},
};
use serde::{Deserialize, Serialize};

/// Something in a casus that somebody must look at now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoedpunt {
    pub alarm: AlarmId,
    pub casus: CasusId,
    /// When it was recorded.
    pub op: Instant,
    /// When the organisation took note of it in the casus itself: from then on no alarm is needed.
    pub gezien_op: Option<Instant>,
}

/// An alarm that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verzonden {
    pub alarm: AlarmId,
    pub casus: CasusId,
    pub op: Instant,
    pub rang: Rang,
    pub dienst: WachtdienstId,
    pub aankomst: Aankomst,
    pub nagebootst: bool,
}

/// The turn of one person to be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beurt {
    pub rang: Rang,
    /// When the alarm must go; that it went is in [`Wacht::verzonden`].
    pub op: Instant,
    pub dienst: WachtdienstId,
}

/// How an alarm goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarmverloop {
    pub punt: Spoedpunt,
    /// The first instant outside office hours on which nobody had taken note.
    pub op: Instant,
    /// Who is called, in the order in which they are.
    pub beurten: Vec<Beurt>,
    pub bevestigd: Option<Bevestigd>,
}

/// How an alarm stands at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stand {
    /// The organisation is open; it goes at closing time when nobody took note by then.
    Wacht,
    /// It goes, and nobody is on call.
    Niemand,
    NietBevestigd,
    Bevestigd,
    /// Somebody took note in the casus, without answering the alarm.
    Gezien,
}

als_str!(Stand);

impl Alarmverloop {
    /// When it ended: somebody answered, or took note in the casus.
    pub fn einde(&self) -> Option<Instant> {
        let bevestigd = self.bevestigd.as_ref().map(|bevestigd| bevestigd.op);
        bevestigd.into_iter().chain(self.punt.gezien_op).min()
    }

    pub fn stand(&self, nu: Instant) -> Stand {
        if self.bevestigd.as_ref().is_some_and(|bevestigd| bevestigd.op <= nu) {
            Stand::Bevestigd
        } else if self.punt.gezien_op.is_some_and(|op| op <= nu) {
            Stand::Gezien
        } else if nu < self.op {
            Stand::Wacht
        } else if self.beurten.iter().any(|beurt| beurt.op <= nu) {
            Stand::NietBevestigd
        } else {
            Stand::Niemand
        }
    }
}

impl Wacht {
    /// How the alarm for something goes; nothing when somebody took note before it had to.
    pub fn verloop(&self, regel: &Wachtregel, kalender: &Kalender, punt: &Spoedpunt) -> Option<Alarmverloop> {
        let op = self.sluit_na(kalender, punt.op);
        if punt.gezien_op.is_some_and(|gezien| gezien <= op) {
            return None;
        }
        let eerste = self.eerst_in_dienst(Rang::Eerste, op);
        // Where nobody is first, the second is not waited for.
        let er_is_iemand = eerste.is_some_and(|(begin, _)| begin == op);
        let tweede_vanaf = if er_is_iemand { op.plus_minuten(regel.minuten) } else { op };
        let tweede = self.eerst_in_dienst(Rang::Tweede, tweede_vanaf);
        let mut verloop = Alarmverloop {
            punt: punt.clone(),
            op,
            beurten: Vec::new(),
            bevestigd: self.bevestigd.get(&punt.alarm).cloned(),
        };
        let einde = verloop.einde().unwrap_or(Instant(i64::MAX));
        let beurten = [(Rang::Eerste, eerste), (Rang::Tweede, tweede)].into_iter();
        let beurten = beurten.filter_map(|(rang, wie)| wie.map(|(op, dienst)| Beurt { rang, op, dienst }));
        verloop.beurten = beurten.filter(|beurt| beurt.op < einde).collect();
        verloop.beurten.sort_by_key(|beurt| (beurt.op, beurt.rang));
        Some(verloop)
    }

    /// What was sent for an alarm, oldest first.
    pub fn verzonden_voor(&self, alarm: AlarmId) -> impl Iterator<Item = &Verzonden> {
        self.verzonden.iter().filter(move |verzonden| verzonden.alarm == alarm)
    }

    /// That it arrived at somebody of a rank.
    pub(super) fn aangekomen(&self, alarm: AlarmId, rang: Rang) -> Option<&Verzonden> {
        self.verzonden_voor(alarm).find(|een| een.rang == rang && een.aankomst == Aankomst::Aangekomen)
    }

    /// The turns in which something must be sent now, each with who is on call now: who was on call when it had to go may
    /// have gone home since. What may not have arrived is sent again after a pause, a few times.
    pub fn te_verzenden(&self, verloop: &Alarmverloop, nu: Instant) -> Vec<(Rang, WachtdienstId)> {
        const POGINGEN_MAX: usize = 3;
        const PAUZE_MINUTEN: i64 = 2;
        if verloop.einde().is_some() {
            return Vec::new();
        }
        let alarm = verloop.punt.alarm;
        let open = verloop.beurten.iter().filter(|beurt| beurt.op <= nu).filter(|beurt| {
            let eerder: Vec<_> = self.verzonden_voor(alarm).filter(|een| een.rang == beurt.rang).collect();
            let rust = eerder.last().is_none_or(|laatste| laatste.op.plus_minuten(PAUZE_MINUTEN) <= nu);
            self.aangekomen(alarm, beurt.rang).is_none() && eerder.len() < POGINGEN_MAX && rust
        });
        open.map(|beurt| (beurt.rang, self.in_dienst(beurt.rang, nu).unwrap_or(beurt.dienst))).collect()
    }
}
