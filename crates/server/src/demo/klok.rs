//! The clock of the demo: stands where the story is while it is told, and runs on from "now" when people come in.

use crate::klok::Systeemklok;
use app::poorten::Klok;
use domain::tijd::Instant;
use std::sync::atomic::{AtomicI64, Ordering};

/// Running, not standing.
const LOOPT: i64 = i64::MIN;

/// A clock that stands until it is started.
#[derive(Debug)]
pub struct Demoklok {
    staat_op: AtomicI64,
    /// How far it runs ahead of the clock of the system.
    voor: AtomicI64,
}

impl Demoklok {
    pub fn new() -> Self {
        Self { staat_op: AtomicI64::new(LOOPT), voor: AtomicI64::new(0) }
    }

    /// Stands still at this instant.
    pub fn zet(&self, op: Instant) {
        self.staat_op.store(op.0, Ordering::SeqCst);
    }

    /// Runs on from this instant, or with the system when there is none.
    pub fn loop_verder(&self, vanaf: Option<Instant>) {
        let voor = vanaf.map_or(0, |vanaf| vanaf.0 - Systeemklok.nu().0);
        self.voor.store(voor, Ordering::SeqCst);
        self.staat_op.store(LOOPT, Ordering::SeqCst);
    }
}

impl Klok for Demoklok {
    fn nu(&self) -> Instant {
        match self.staat_op.load(Ordering::SeqCst) {
            LOOPT => Instant(Systeemklok.nu().0.saturating_add(self.voor.load(Ordering::SeqCst))),
            staat => Instant(staat),
        }
    }
}
