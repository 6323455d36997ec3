//! How far long work is, on standard error: count, rate, and what remains. Nothing for work that is done at once.

use std::{
    io::Write,
    time::{Duration, Instant},
};

/// At most this often.
const TUSSENPOOS: Duration = Duration::from_secs(2);

/// Work of a known size.
pub struct Voortgang {
    wat: &'static str,
    totaal: u64,
    gedaan: u64,
    begin: Instant,
    gezegd: Instant,
    ooit_gezegd: bool,
}

/// The clock of the machine, for how long something takes; never for what time it is.
#[expect(clippy::disallowed_methods, reason = "durations of work on the command line, not time in the domain")]
pub fn stopwatch() -> Instant {
    Instant::now()
}

impl Voortgang {
    pub fn begin(wat: &'static str, totaal: u64) -> Self {
        let nu = stopwatch();
        Self { wat, totaal, gedaan: 0, begin: nu, gezegd: nu, ooit_gezegd: false }
    }

    /// So much is done; tells it now and then.
    pub fn zet(&mut self, gedaan: u64) {
        self.gedaan = gedaan;
        let nu = stopwatch();
        if nu.duration_since(self.gezegd) >= TUSSENPOOS {
            self.gezegd = nu;
            self.ooit_gezegd = true;
            zeg(&regel(self.wat, self.gedaan, self.totaal, nu.duration_since(self.begin)));
        }
    }

    /// How long it took so far.
    pub fn duur(&self) -> Duration {
        stopwatch().duration_since(self.begin)
    }

    /// The last line, when there was a first.
    pub fn klaar(self) {
        if self.ooit_gezegd {
            zeg(&regel(self.wat, self.gedaan, self.totaal, stopwatch().duration_since(self.begin)));
        }
    }
}

fn regel(wat: &str, gedaan: u64, totaal: u64, duur: Duration) -> String {
    let milliseconden = u64::try_from(duur.as_millis()).unwrap_or(u64::MAX).max(1);
    let per_seconde = gedaan.saturating_mul(1_000) / milliseconden;
    let over = totaal.saturating_sub(gedaan).checked_div(per_seconde);
    let over = match over {
        _ if gedaan >= totaal => "klaar".to_owned(),
        Some(seconden) => format!("nog ongeveer {} min {:02} s", seconden / 60, seconden % 60),
        None => "hoe lang nog is niet te zeggen".to_owned(),
    };
    format!("{gedaan} van {totaal} {wat}, {per_seconde} per seconde, {over}")
}

/// A line that cannot be written tells nobody anything: the work goes on.
fn zeg(regel: &str) {
    let _ = writeln!(std::io::stderr(), "{regel}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn een_regel_zegt_hoeveel_hoe_snel_en_hoe_lang_nog() {
        let na = |gedaan, milli| regel("casussen", gedaan, 1_000, Duration::from_millis(milli));
        assert_eq!(na(100, 1_000), "100 van 1000 casussen, 100 per seconde, nog ongeveer 0 min 09 s");
        assert_eq!(na(0, 1_000), "0 van 1000 casussen, 0 per seconde, hoe lang nog is niet te zeggen");
        assert_eq!(na(1_000, 500), "1000 van 1000 casussen, 2000 per seconde, klaar");
        assert_eq!(na(10, 0), "10 van 1000 casussen, 10000 per seconde, nog ongeveer 0 min 00 s");
    }
}
