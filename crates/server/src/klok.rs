//! Clocks: the system's, and one that stands still until it is set.

use app::poorten::Klok;
use domain::tijd::Instant;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// The clock of the system.
#[derive(Clone, Copy, Debug, Default)]
pub struct Systeemklok;

impl Klok for Systeemklok {
    #[expect(clippy::disallowed_methods, reason = "the one place where the real clock is read")]
    fn nu(&self) -> Instant {
        Instant(jiff::Timestamp::now().as_microsecond())
    }
}

/// A clock that stands where it was set; clones show the same time.
#[derive(Clone, Debug, Default)]
pub struct VasteKlok(Arc<AtomicI64>);

impl VasteKlok {
    /// Sets the clock.
    pub fn zet(&self, op: Instant) {
        self.0.store(op.0, Ordering::SeqCst);
    }
}

impl Klok for VasteKlok {
    fn nu(&self) -> Instant {
        Instant(self.0.load(Ordering::SeqCst))
    }
}
