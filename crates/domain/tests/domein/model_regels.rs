//! What the model check runs on: the real functions, or one of them wrapped by a planted fault, and one region.

use super::steun::{LosseBundel, Regio, t};
use domain::{
    Casus, Commando, Context, Gebeurtenis, Vastlegging, Weigering,
    afspraak::Bundels,
    casus, decide,
    ids::{MeldingId, OrganisatieId, OverdrachtId},
    tijd::Instant,
    tijdlijn::{self, Tijdlijn},
};
use uuid::Uuid;

pub type Uitslag = Result<Vec<Gebeurtenis>, Weigering>;

/// The three functions that the protocol consists of. Mutants replace one of them; the product code stays as it is.
#[derive(Clone, Copy)]
pub struct Regels {
    pub decide: fn(&Casus, &Commando, &Context<'_>) -> Uitslag,
    pub evolve: fn(Casus, &Vastlegging) -> Casus,
    pub tijdlijn: fn(&Casus, &Bundels) -> Tijdlijn,
}

impl Regels {
    pub const ECHT: Self = Self { decide, evolve: casus::evolve, tijdlijn: tijdlijn::tijdlijn };
}

/// The instants at which something can happen: every day from the report until past the sixth working day, and the
/// boundary itself. No two reports of one day are apart, so everything also happens at one instant.
const TIKKEN: &[&str] = &[
    "2026-04-30 10:00", // Thursday: the first report, day 0
    "2026-05-01 10:00", // 1st working day
    "2026-05-04 10:00", // 2nd
    "2026-05-06 10:00", // 3rd; the 5th of May is a holiday
    "2026-05-08 23:59", // 5th
    "2026-05-11 00:00", // 6th: the boundary in IJmond
    "2026-05-12 10:00", // 7th
];

/// One region with its parties, its rules and the bounds of the exploration.
#[derive(Clone)]
pub struct Wereld {
    pub regels: Regels,
    pub regio: Regio,
    pub bundel: LosseBundel,
    pub vt: OrganisatieId,
    pub school: OrganisatieId,
    pub huisarts: OrganisatieId,
    pub tikken: Vec<Instant>,
    /// When the calendar alone makes Veilig Thuis the holder for a report received at a tick, written by hand from the
    /// agreement; `None` where Veilig Thuis holds from receipt.
    pub grens: fn(usize) -> Option<Instant>,
}

impl Wereld {
    pub fn ijmond() -> Self {
        Self::van(Regio::ijmond(), |tik| {
            let grenzen = [
                "2026-05-11 00:00",
                "2026-05-12 00:00",
                "2026-05-13 00:00",
                "2026-05-15 00:00",
                "2026-05-19 00:00",
                "2026-05-20 00:00",
                "2026-05-21 00:00",
            ];
            Some(t(grenzen[tik]))
        })
    }

    pub fn nog() -> Self {
        Self::van(Regio::nog(), |_| None)
    }

    fn van(mut regio: Regio, grens: fn(usize) -> Option<Instant>) -> Self {
        let wijk = regio.gemeente.to_owned();
        // NOG has one team per municipality; here a second one works in the same place.
        let bundel = LosseBundel::van(&regio, |bundel| {
            for team in &regio.teams {
                let partij = bundel.inhoud.partij.get_mut(team).unwrap();
                if !partij.gemeenten.contains(&wijk) {
                    partij.gemeenten.push(wijk.clone());
                }
            }
        });
        regio.teams.sort();
        Self {
            regels: Regels::ECHT,
            vt: bundel.veilig_thuis(),
            regio,
            bundel,
            school: "basisschool".into(),
            huisarts: "huisarts".into(),
            tikken: TIKKEN.iter().map(|tik| t(tik)).collect(),
            grens,
        }
    }

    pub fn met_regels(mut self, regels: Regels) -> Self {
        self.regels = regels;
        self
    }

    /// The same region with an agreement in which something was changed.
    pub fn met_bundel(mut self, verander: impl FnOnce(&mut domain::afspraak::Bundel)) -> Self {
        let regio = self.regio.clone();
        let oud = self.bundel;
        self.bundel = LosseBundel::van(&regio, |bundel| {
            *bundel = (*oud.bundel).clone();
            verander(bundel);
        });
        self
    }

    pub fn decide(&self, casus: &Casus, commando: &Commando, door: &OrganisatieId, nu: Instant) -> Uitslag {
        let context = Context {
            nu,
            gebeurd_op: nu,
            organisatie: door,
            medewerker: &"m1".into(),
            bundel: &self.bundel.bundel,
            bundel_hash: &self.bundel.hash,
            bundels: &self.bundel.bundels,
            noemt_melder: false,
        };
        (self.regels.decide)(casus, commando, &context)
    }

    /// The recordings of these events on top of a stream.
    pub fn vastleggingen(
        &self,
        casus: &Casus,
        gebeurtenissen: Vec<Gebeurtenis>,
        door: &OrganisatieId,
        nu: Instant,
    ) -> Vec<Vastlegging> {
        (casus.versie + 1..)
            .zip(gebeurtenissen)
            .map(|(versie, gebeurtenis)| Vastlegging {
                versie,
                gebeurd_op: nu,
                vastgelegd_op: nu,
                medewerker: "m1".into(),
                organisatie: door.clone(),
                bundel: self.bundel.hash.clone(),
                gebeurtenis,
            })
            .collect()
    }

    pub fn lijn(&self, casus: &Casus) -> Tijdlijn {
        (self.regels.tijdlijn)(casus, &self.bundel.bundels)
    }

    pub fn is_team(&self, organisatie: &OrganisatieId) -> bool {
        self.regio.teams.contains(organisatie)
    }
}

pub fn melding_id(nummer: u8) -> MeldingId {
    MeldingId(Uuid::from_u128(u128::from(nummer)))
}

pub fn overdracht_id(nummer: u8) -> OverdrachtId {
    OverdrachtId(Uuid::from_u128(1000 + u128::from(nummer)))
}
