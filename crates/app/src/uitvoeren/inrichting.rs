//! What an application is furnished with beside its ports, and what it is made of.

use super::App;
use crate::{
    alarm::Alarm,
    bronnen::Informatiebronnen,
    poorten::{Klok, Store},
    verwijsindex::Verwijsindex,
};
use domain::{
    afspraak::Afspraken,
    beoordelingen::instrument::Instrumenten,
    meldcode::{kader::Kaders, protocol::Protocollen},
};
use std::sync::Arc;

impl App {
    pub fn klok(&self) -> &dyn Klok {
        self.klok.as_ref()
    }

    pub fn store(&self) -> &dyn Store {
        self.store.as_ref()
    }

    pub fn afspraken(&self) -> &Afspraken {
        &self.afspraken
    }

    /// The same with the afwegingskaders by which professionals weigh.
    #[must_use]
    pub fn met_kaders(self, kaders: Kaders) -> Self {
        Self { kaders, ..self }
    }

    /// The same with the triage instruments of organisations.
    #[must_use]
    pub fn met_instrumenten(self, instrumenten: Instrumenten) -> Self {
        Self { instrumenten, ..self }
    }

    /// The same with the protocols of organisations for a family that does not appear.
    #[must_use]
    pub fn met_protocollen(self, protocollen: Protocollen) -> Self {
        Self { protocollen, ..self }
    }

    /// The same with a connection to the verwijsindex; without one a stand-in answers, and says so.
    #[must_use]
    pub fn met_verwijsindex(self, verwijsindex: Arc<dyn Verwijsindex>) -> Self {
        Self { verwijsindex, ..self }
    }

    pub(crate) fn verwijsindex(&self) -> &dyn Verwijsindex {
        self.verwijsindex.as_ref()
    }

    /// The same with sources of information that are connected.
    #[must_use]
    pub fn met_bronnen(self, bronnen: Arc<dyn Informatiebronnen>) -> Self {
        Self { bronnen, ..self }
    }

    pub fn bronnen(&self) -> &dyn Informatiebronnen {
        self.bronnen.as_ref()
    }

    pub(crate) fn protocollen(&self) -> &Protocollen {
        &self.protocollen
    }

    pub fn instrumenten(&self) -> &Instrumenten {
        &self.instrumenten
    }

    pub fn kaders(&self) -> &Kaders {
        &self.kaders
    }

    /// The same with what wakes who is on call; without it a stand-in keeps what it would have sent, and says so.
    #[must_use]
    pub fn met_alarm(self, alarm: Arc<dyn Alarm>) -> Self {
        Self { alarm, ..self }
    }

    pub(crate) fn alarm(&self) -> &dyn Alarm {
        self.alarm.as_ref()
    }
}
