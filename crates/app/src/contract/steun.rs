//! Ports that stand still or count, and a small generator: the same seed gives the same run for ever.

use crate::{
    App, Poorten,
    herkenning::ExacteSleutels,
    poorten::{Klok, SleutelFout, Sleutelbeheer, Store, Toeval},
    toegang::Tabel,
};
use domain::{
    afspraak::{Afspraken, Bron},
    beoordelingen::instrument::Instrumenten,
    meldcode::{kader::Kaders, protocol::Protocollen},
    tijd::Instant,
};
use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

macro_rules! bron {
    ($pad:literal) => {
        Bron {
            bestand: concat!("afspraken/", $pad).into(),
            tekst: include_str!(concat!("../../../../afspraken/", $pad)).into(),
        }
    };
}

/// The agreements of the product.
pub fn afspraken() -> Afspraken {
    let regios = vec![
        bron!("landelijk/2019-01-01.toml"),
        bron!("ijmond/2024-07-04.toml"),
        bron!("noord-oost-gelderland/2019.toml"),
        bron!("noord-holland-noord/2019.toml"),
        bron!("zuid-holland-zuid/2017.toml"),
    ];
    Afspraken::laad(&[bron!("kalender/nederland.toml")], regios).unwrap()
}

/// Local time, `2026-03-02 10:00`.
pub fn t(lokaal: &str) -> Instant {
    Instant::uit_lokaal(format!("{}:00", lokaal.replace(' ', "T")).parse().unwrap())
}

/// A clock that stands where it was set.
#[derive(Clone, Debug)]
pub struct Proefklok(Arc<AtomicI64>);

impl Default for Proefklok {
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(t("2026-03-02 10:00").0)))
    }
}

impl Proefklok {
    pub fn zet(&self, op: Instant) {
        self.0.store(op.0, Ordering::SeqCst);
    }

    pub fn vooruit(&self, uren: i64) {
        self.zet(self.nu().plus_uren(uren));
    }
}

impl Klok for Proefklok {
    fn nu(&self) -> Instant {
        Instant(self.0.load(Ordering::SeqCst))
    }
}

/// Splitmix64: small, seeded, good enough to choose by.
#[derive(Debug)]
pub struct Dobbelsteen(AtomicU64);

impl Dobbelsteen {
    pub fn new(zaad: u64) -> Self {
        Self(AtomicU64::new(zaad))
    }

    pub fn gooi(&self) -> u64 {
        const STAP: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut z = self.0.fetch_add(STAP, Ordering::SeqCst).wrapping_add(STAP);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `grens`.
    pub fn onder(&self, grens: usize) -> usize {
        usize::try_from(self.gooi() % grens as u64).unwrap()
    }

    pub fn kies<'a, T>(&self, uit: &'a [T]) -> &'a T {
        &uit[self.onder(uit.len())]
    }

    pub fn uuid(&self) -> uuid::Uuid {
        uuid::Uuid::from_u64_pair(self.gooi(), self.gooi())
    }
}

impl Toeval for Dobbelsteen {
    fn vul(&self, bytes: &mut [u8]) -> Result<(), SleutelFout> {
        for blok in bytes.chunks_mut(8) {
            blok.copy_from_slice(&self.gooi().to_be_bytes()[..blok.len()]);
        }
        Ok(())
    }
}

/// A key port that hides nothing from whoever reads it, but does bind the context.
#[derive(Debug, Default)]
pub struct Proefsleutels;

impl Sleutelbeheer for Proefsleutels {
    fn epoch(&self) -> u32 {
        1
    }

    fn verpak(&self, sleutel: &[u8; 32], context: &[u8]) -> Result<Vec<u8>, SleutelFout> {
        Ok([sleutel.as_slice(), context].concat())
    }

    fn pak_uit(&self, _epoch: u32, verpakt: &[u8], context: &[u8]) -> Result<[u8; 32], SleutelFout> {
        let past = verpakt.strip_suffix(context).and_then(|rest| rest.try_into().ok());
        past.ok_or_else(|| SleutelFout("de sleutel past niet".into()))
    }
}

/// An application on a store, with a clock to set and keys and randomness that repeat.
pub async fn app_op(store: Arc<dyn Store>, klok: &Proefklok, zaad: u64) -> App {
    let poorten = Poorten {
        store,
        klok: Arc::new(klok.clone()),
        toegang: Arc::new(Tabel),
        herkenning: Arc::new(ExacteSleutels),
        sleutels: Arc::new(Proefsleutels),
        toeval: Arc::new(Dobbelsteen::new(zaad)),
    };
    let app = App::start(poorten, afspraken()).await.unwrap();
    app.met_kaders(kaders()).met_protocollen(protocollen()).met_instrumenten(instrumenten())
}

/// The triage instrument of one Veilig Thuis.
pub fn instrumenten() -> Instrumenten {
    let tekst = "organisatie = \"veilig-thuis-kennemerland\"\neditie = \"1\"\nnaam = \"Proefinstrument\"\n\
                 geldig_van = 2019-01-01\nbron = \"verzonnen\"\n\
                 [[vraag]]\nsleutel = \"a1\"\ndeel = \"acuut\"\ntekst = \"Is er nu gevaar?\"\n\
                 [[vraag]]\nsleutel = \"b1\"\ndeel = \"structureel\"\ntekst = \"Gebeurt het vaker?\"\n";
    Instrumenten::laad(&[Bron { bestand: "instrumenten/vt.toml".into(), tekst: tekst.into() }]).unwrap()
}

/// The protocol of one organisation for a family that does not appear.
pub fn protocollen() -> Protocollen {
    let tekst =
        "organisatie = \"basisschool-de-duin\"\neditie = \"1\"\n[[stap]]\nna = 1\ndoe = \"Bel morgen nog eens.\"\n";
    Protocollen::laad(&[Bron { bestand: "protocollen/school.toml".into(), tekst: tekst.into() }]).unwrap()
}

/// The afwegingskaders that two professions and everybody else weigh by.
pub fn kaders() -> Kaders {
    let lees = |bestand: &str, tekst: &str| Bron { bestand: bestand.into(), tekst: tekst.into() };
    Kaders::laad(&[
        lees("kaders/algemeen/2019-01-01.toml", include_str!("../../../../kaders/algemeen/2019-01-01.toml")),
        lees("kaders/jgz/2019-01-01.toml", include_str!("../../../../kaders/jgz/2019-01-01.toml")),
        lees("kaders/onderwijs/2019-01-01.toml", include_str!("../../../../kaders/onderwijs/2019-01-01.toml")),
    ])
    .unwrap()
}
