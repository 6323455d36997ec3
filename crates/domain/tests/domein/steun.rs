//! The real agreements, and instants as people write them.

use domain::{
    afspraak::{Afspraken, Bron, Bundel, Bundels, GeldigeBundel},
    ids::{BundelHash, OrganisatieId},
    tijd::Instant,
};
use std::sync::{Arc, LazyLock};

macro_rules! bron {
    ($pad:literal) => {
        Bron {
            bestand: concat!("afspraken/", $pad).into(),
            tekst: include_str!(concat!("../../../../afspraken/", $pad)).into(),
        }
    };
}

pub fn kalenderbron() -> Bron {
    bron!("kalender/nederland.toml")
}

/// The agreement files: base, IJmond, NOG, NHN and ZHZ, in this order.
pub fn afspraakbronnen() -> Vec<Bron> {
    vec![
        bron!("landelijk/2019-01-01.toml"),
        bron!("ijmond/2024-07-04.toml"),
        bron!("noord-oost-gelderland/2019.toml"),
        bron!("noord-holland-noord/2019.toml"),
        bron!("zuid-holland-zuid/2017.toml"),
    ]
}

static AFSPRAKEN: LazyLock<Afspraken> =
    LazyLock::new(|| Afspraken::laad(&[kalenderbron()], afspraakbronnen()).expect("the real agreements are sound"));

pub fn afspraken() -> &'static Afspraken {
    &AFSPRAKEN
}

/// Local time, `2026-03-02 10:00`.
pub fn t(lokaal: &str) -> Instant {
    Instant::uit_lokaal(format!("{}:00", lokaal.replace(' ', "T")).parse().unwrap())
}

/// A region with the parties that the stories need.
#[derive(Clone, Debug)]
pub struct Regio {
    pub naam: &'static str,
    pub gemeente: &'static str,
    pub teams: [OrganisatieId; 2],
}

impl Regio {
    pub fn ijmond() -> Self {
        Self { naam: "ijmond", gemeente: "Beverwijk", teams: ["cjg-kennemerland".into(), "socius".into()] }
    }

    /// NOG has one team per municipality; the second one stands for "another team".
    pub fn nog() -> Self {
        Self {
            naam: "noord-oost-gelderland",
            gemeente: "Winterswijk",
            teams: ["lokaal-team-winterswijk".into(), "lokaal-team-aalten".into()],
        }
    }

    /// NHN names no teams, so nothing can be handed over there.
    pub fn nhn() -> Self {
        Self { naam: "noord-holland-noord", gemeente: "Alkmaar", teams: ["wijkteam-a".into(), "wijkteam-b".into()] }
    }

    pub fn geldig_op(&self, moment: Instant) -> &'static GeldigeBundel {
        afspraken().geldig(&self.naam.into(), moment.dag()).unwrap()
    }
}

/// A bundle with its hash, alone in a set of bundles: for tests that alter an agreement.
#[derive(Clone, Debug)]
pub struct LosseBundel {
    pub bundel: Arc<Bundel>,
    pub hash: BundelHash,
    pub bundels: Bundels,
}

impl LosseBundel {
    pub fn van(regio: &Regio, verander: impl FnOnce(&mut Bundel)) -> Self {
        let mut bundel = (*regio.geldig_op(t("2026-03-02 10:00")).bundel).clone();
        verander(&mut bundel);
        let bundel = Arc::new(bundel);
        let hash = bundel.hash();
        let mut bundels = Bundels::default();
        bundels.voeg_toe(hash.clone(), Arc::clone(&bundel));
        Self { bundel, hash, bundels }
    }

    pub fn veilig_thuis(&self) -> OrganisatieId {
        self.bundel.veilig_thuis().unwrap().clone()
    }
}

/// How long something took, for the line that says how much was done.
#[expect(clippy::disallowed_methods, reason = "measures how long a check took; no rule sees this time")]
pub fn gemeten<T>(doe: impl FnOnce() -> T) -> (T, f64) {
    let begin = std::time::Instant::now();
    let uitkomst = doe();
    (uitkomst, begin.elapsed().as_secs_f64())
}
