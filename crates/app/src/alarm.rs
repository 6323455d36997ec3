//! The port by which somebody on call is woken: a message to a telephone. It holds the number of a casus and nothing about
//! people. An answer that does not come is no delivery.

use crate::{Actor, App, AppFout};
use async_trait::async_trait;
use domain::wacht::{Aankomst, Rang};
use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// How long a message may take before it is unknown whether it arrived.
const ALARM_SECONDEN_MAX: u64 = 5;

/// What is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarmbericht {
    pub telefoon: String,
    pub tekst: String,
}

impl Alarmbericht {
    /// About a casus by its number: who reads over a shoulder learns nothing of a family.
    pub fn new(telefoon: &str, nummer: &str) -> Self {
        Self { telefoon: telefoon.to_owned(), tekst: tekst(nummer) }
    }
}

/// The words of an alarm.
pub fn tekst(nummer: &str) -> String {
    format!("Zicht: spoed in casus {nummer}. Meld u aan en bevestig het alarm bij Wacht.")
}

/// The message could not be sent. No number, name or text is ever in it.
#[derive(Debug, thiserror::Error)]
#[error("alarm: {0}")]
pub struct AlarmFout(pub String);

/// What sends messages to telephones, or what stands in for it.
#[async_trait]
pub trait Alarm: Send + Sync {
    /// Sends a message; [`Aankomst::Aangekomen`] only when the other side said so.
    ///
    /// # Errors
    /// It could not be reached; then it is unknown whether the message arrived.
    async fn stuur(&self, bericht: Alarmbericht) -> Result<Aankomst, AlarmFout>;

    /// Whether nothing leaves this installation.
    fn is_nagebootst(&self) -> bool;
}

/// Stands in where no telephone service is connected. It sends nothing and keeps what it would have sent, the newest
/// [`Self::BERICHTEN_MAX`]; a number that ends in 99 gives no answer, so that this can be practised.
#[derive(Debug, Default)]
pub struct NagebootstAlarm(Mutex<VecDeque<Alarmbericht>>);

impl NagebootstAlarm {
    pub const BERICHTEN_MAX: usize = 100;

    /// What it would have sent, oldest first.
    pub fn berichten(&self) -> Vec<Alarmbericht> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

#[async_trait]
impl Alarm for NagebootstAlarm {
    async fn stuur(&self, bericht: Alarmbericht) -> Result<Aankomst, AlarmFout> {
        let stil = bericht.telefoon.ends_with("99");
        let mut berichten = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if berichten.len() == Self::BERICHTEN_MAX {
            berichten.pop_front();
        }
        berichten.push_back(bericht);
        Ok(if stil { Aankomst::Onbekend } else { Aankomst::Aangekomen })
    }

    fn is_nagebootst(&self) -> bool {
        true
    }
}

impl App {
    /// Sends every alarm that must have gone by now and did not; returns how many were sent. What fails for one organisation
    /// does not keep the others waiting.
    ///
    /// # Errors
    /// None that stops the round: a roster that cannot be read is logged, and tried again the next time.
    pub async fn alarmeer(&self) -> u32 {
        let organisaties = self.organisaties_met_rooster().await.unwrap_or_else(|fout| {
            tracing::error!(%fout, "niet bekend wie een rooster heeft: er gaat nu geen alarm uit");
            Vec::new()
        });
        let mut verzonden = 0;
        for organisatie in organisaties {
            let actor = Actor { medewerker: WEKKER.into(), organisatie };
            match self.alarmeer_voor(&actor).await {
                Ok(aantal) => verzonden += aantal,
                Err(fout) => tracing::error!(organisatie = %actor.organisatie, %fout, "een alarm gaat nu niet uit"),
            }
        }
        verzonden
    }

    async fn alarmeer_voor(&self, actor: &Actor) -> Result<u32, AppFout> {
        let mut verzonden = 0;
        for beurt in self.te_alarmeren(actor).await? {
            let bericht = Alarmbericht::new(&beurt.telefoon, &beurt.nummer);
            let aankomst = self.bel(bericht).await;
            // It is recorded after it was sent: who falls over in between sends it twice rather than never.
            self.leg_alarm_vast(actor, beurt, aankomst).await?;
            verzonden += 1;
        }
        Ok(verzonden)
    }

    async fn bel(&self, bericht: Alarmbericht) -> Aankomst {
        let wachttijd = Duration::from_secs(ALARM_SECONDEN_MAX);
        match tokio::time::timeout(wachttijd, self.alarm().stuur(bericht)).await {
            Ok(Ok(aankomst)) => aankomst,
            Ok(Err(fout)) => {
                tracing::error!(%fout, "niet bekend of een alarm aankwam");
                Aankomst::Onbekend
            }
            Err(_) => {
                tracing::error!("niet bekend of een alarm aankwam: er komt geen antwoord");
                Aankomst::Onbekend
            }
        }
    }
}

/// The worker by whose name alarms stand in the log.
const WEKKER: &str = "wekker";

/// A turn in which something must be sent now.
pub(crate) struct TeAlarmeren {
    pub punt: domain::wacht::Spoedpunt,
    pub nummer: String,
    pub rang: Rang,
    pub dienst: domain::ids::WachtdienstId,
    pub telefoon: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn de_tekst_van_een_alarm_noemt_alleen_het_nummer_van_de_casus() {
        let bericht = Alarmbericht::new("06 00 00 00 01", "Z26-ABCDEFG");
        assert!(bericht.tekst.contains("Z26-ABCDEFG") && !bericht.tekst.contains("06"), "{}", bericht.tekst);
    }

    #[tokio::test]
    async fn de_nabootsing_verstuurt_niets_en_bewaart_het_laatste() {
        let alarm = NagebootstAlarm::default();
        for nummer in 0..=NagebootstAlarm::BERICHTEN_MAX {
            let aankomst = alarm.stuur(Alarmbericht::new(&format!("06-{nummer}"), "Z26-1")).await.unwrap();
            let stil = nummer == 99;
            assert_eq!(aankomst, if stil { Aankomst::Onbekend } else { Aankomst::Aangekomen });
        }
        let berichten = alarm.berichten();
        assert_eq!((berichten.len(), berichten[0].telefoon.as_str()), (NagebootstAlarm::BERICHTEN_MAX, "06-1"));
        assert!(alarm.is_nagebootst());
    }
}
