//! Very many households after the national mix: what each had before, and the stories of all of them.
//!
//! Everything follows from the seed and the number of the household, so that several can be told side by side.

use super::{
    regio::{self, Regio},
    toeval::Toeval,
    verhaal::{Omgeving, Stap, Verhaal},
    verloop,
    vullen::geldig,
};
use anyhow::Result;
use app::Wens;
use domain::{afspraak::Afspraken, gebeurtenis::BesluitSoort, tijd::Instant};

/// Of the casussen that are opened, so many of a thousand are about persons who are known from a closed casus: 38.1 of
/// the 70.0 % of reports that open one.
const EERDER_BEKEND: i64 = 544;
/// Casussen of one household.
const CASUSSEN_MAX: usize = 5;
/// So many further reports, in thousandths of the small demo, make 1.27 reports per casus.
const VERVOLG: i64 = 880;
/// The longest look back, where the agreement of the region is that old.
const DAGEN_TERUG_MAX: i64 = 1_095;
/// A casus that is the only one of its household began at most so long ago.
const DAGEN_TERUG: i64 = 214;
/// And at least so long ago: after a long weekend, too, every story has its report.
const DAGEN_VOOR_NU: i64 = 6;
/// Days by which a household with one more casus begins earlier.
const DAGEN_PER_CASUS: i64 = 230;
/// How often a story is told anew until it is one that ends.
const POGINGEN: u64 = 12;
/// Numbers of stories that a household has for itself, beyond those of the small demo.
const NUMMERS: u64 = 1 << 10;
const EERSTE_NUMMER: u64 = 1 << 40;
const MINUUT: i64 = 60_000_000;
const DAG: i64 = 24 * 60;

/// The households that can be told.
#[derive(Clone)]
pub struct Menigte {
    pub afspraken: Afspraken,
    pub zaad: u64,
    pub nu: Instant,
    /// Only casussen that are still open: one per household, told up to what would end it.
    pub alleen_open: bool,
}

impl Menigte {
    fn begin(huishouden: u64) -> u64 {
        EERSTE_NUMMER + huishouden * NUMMERS
    }

    /// How many casussen a household has.
    pub fn casussen(&self, huishouden: u64) -> usize {
        let mut t = Toeval::new(self.zaad, Self::begin(huishouden));
        let mut aantal = 1;
        while !self.alleen_open && aantal < CASUSSEN_MAX && t.kans(EERDER_BEKEND) {
            aantal += 1;
        }
        aantal
    }

    /// The stories of a household, one per casus, in the order of time.
    ///
    /// # Errors
    /// An agreement is not in force.
    pub fn vertel(&self, huishouden: u64) -> Result<Vec<Vec<Stap>>> {
        let (aantal, eerste) = (self.casussen(huishouden), Self::begin(huishouden));
        let mut t = Toeval::new(self.zaad, eerste + 1);
        let gewichten: Vec<_> = regio::ALLE.iter().map(|regio| (regio.gewicht, *regio)).collect();
        let regio = t.weeg(&gewichten).copied().unwrap_or(&regio::IJMOND);
        let terug = self.dagen_terug(regio).min(DAGEN_TERUG + DAGEN_PER_CASUS * i64::try_from(aantal - 1)?);
        let mut kort_geleden = || Instant(self.nu.0 - t.tussen(DAGEN_VOOR_NU * DAG, DAGEN_TERUG * DAG) * MINUUT);
        let (laatste, mut begin) = (kort_geleden(), kort_geleden());
        if aantal > 1 {
            begin = Instant(self.nu.0 - t.tussen(terug * DAG / 2, terug * DAG) * MINUUT);
        }
        let mut verhalen = Vec::with_capacity(aantal);
        let mut start = Verhaal::new(self.omgeving(regio, begin)?, eerste + 2, begin);
        for (plaats, nummer) in (1..aantal).zip(eerste + 10..) {
            let volgende = self.tot_een_einde(&start, &mut verhalen, nummer, eerste + POGINGEN * plaats as u64 * 2);
            start = match volgende {
                Some(volgende) => volgende,
                // It goes on to this day; the next casus is another household's.
                None => Verhaal::new(self.omgeving(regio, laatste)?, nummer, laatste),
            };
            start.o = self.omgeving(regio, start.op)?;
        }
        verloop::vertel(&mut start);
        verhalen.push(start.stappen);
        for stappen in &mut verhalen {
            stappen.retain(|stap| stap.op <= self.nu);
            if self.alleen_open {
                let einde = stappen.iter().position(sluit).unwrap_or(stappen.len());
                stappen.truncate(einde);
            }
        }
        Ok(verhalen)
    }

    /// Tells a story that ends, and gives the beginning of the next of this household; else one that does not end.
    fn tot_een_einde<'a>(
        &self,
        start: &Verhaal<'a>,
        verhalen: &mut Vec<Vec<Stap>>,
        nummer: u64,
        toeval: u64,
    ) -> Option<Verhaal<'a>> {
        let mut verhaal = start.clone();
        for poging in 0..POGINGEN {
            verhaal = start.clone();
            verhaal.t = Toeval::new(self.zaad, toeval + 100 + poging);
            verloop::vertel(&mut verhaal);
            let volgende = verhaal.na_sluiting(nummer);
            if let Some(volgende) = volgende.filter(|volgende| volgende.op.plus_uren(24 * DAGEN_VOOR_NU) < self.nu) {
                verhalen.push(verhaal.stappen);
                return Some(volgende);
            }
        }
        verhalen.push(verhaal.stappen);
        None
    }

    fn omgeving(&self, regio: &'static Regio, op: Instant) -> Result<Omgeving<'_>> {
        let bundel = &geldig(&self.afspraken, regio, op)?.bundel;
        Ok(Omgeving { bundel, regio, nu: self.nu, zaad: self.zaad, vervolg: VERVOLG })
    }

    /// How many days ago a story of a region can begin: no earlier than its agreement.
    fn dagen_terug(&self, regio: &Regio) -> i64 {
        let edities = self.afspraken.alle().iter().filter(|geldig| geldig.bundel.afspraak.als_str() == regio.afspraak);
        let oudste = edities.map(|geldig| Instant::begin_van(geldig.van)).min().unwrap_or(self.nu);
        let dagen = (self.nu.0 - oudste.0) / (DAG * MINUUT) - 1;
        dagen.clamp(1, DAGEN_TERUG_MAX)
    }
}

fn sluit(stap: &Stap) -> bool {
    match &stap.wens {
        Wens::SluitCasus(_) => true,
        Wens::BesluitVervolg(besluit) => besluit.besluit == Some(BesluitSoort::GeenVerdereStappen),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::afspraken::laad_of_meld;
    use std::collections::BTreeSet;

    fn menigte(alleen_open: bool) -> Menigte {
        let nu = Instant::uit_lokaal("2026-04-07T10:00:00".parse().unwrap());
        Menigte { afspraken: laad_of_meld(None).unwrap(), zaad: 7, nu, alleen_open }
    }

    #[test]
    fn de_verdeling_is_die_van_het_land() {
        let menigte = menigte(false);
        let (mut casussen, mut meldingen, mut politie, mut bekend, mut direct, mut besluiten) = (0, 0, 0, 0, 0, 0);
        let mut namen = BTreeSet::new();
        for huishouden in 0..2_000 {
            let verhalen = menigte.vertel(huishouden).unwrap();
            assert_eq!(verhalen.len(), menigte.casussen(huishouden));
            let mut gezien = BTreeSet::new();
            for stappen in &verhalen {
                casussen += 1;
                assert!(namen.insert(stappen[0].id), "twee casussen met dezelfde naam");
                for stap in stappen {
                    assert!(stap.op <= menigte.nu);
                    match &stap.wens {
                        Wens::Meld(meld) => {
                            meldingen += 1;
                            politie += usize::from(meld.melder.soort == "politie");
                            let adres = meld.adres.clone().unwrap_or_default();
                            bekend += usize::from(stap.casus.is_none() && !gezien.insert(adres));
                        }
                        Wens::BesluitVervolg(besluit) => {
                            besluiten += 1;
                            direct += usize::from(besluit.besluit == Some(BesluitSoort::DirecteOverdracht));
                        }
                        _ => {}
                    }
                }
            }
        }
        let promille = |deel: usize, geheel: usize| deel * 1_000 / geheel;
        let gemeten = format!("{casussen} casussen, {meldingen} meldingen, {bekend} bekend, {direct} van {besluiten}");
        println!("{gemeten}");
        assert!((1_240..1_300).contains(&promille(meldingen, casussen)), "per casus: {gemeten}");
        assert!((650..690).contains(&promille(politie, meldingen)), "politie: {gemeten}");
        assert!((360..400).contains(&promille(bekend, meldingen)), "eerder bekend: {gemeten}");
        assert!((200..380).contains(&promille(direct, besluiten)), "overgedragen: {gemeten}");
    }

    #[test]
    fn alleen_open_is_een_casus_per_huishouden_zonder_einde() {
        let menigte = menigte(true);
        for huishouden in 0..300 {
            let verhalen = menigte.vertel(huishouden).unwrap();
            assert_eq!(verhalen.len(), 1);
            assert!(!verhalen[0].is_empty() && !verhalen[0].iter().any(sluit));
        }
    }

    #[test]
    fn hetzelfde_zaad_vertelt_hetzelfde() {
        let rij = |menigte: &Menigte| format!("{:?}", (0..20).map(|h| menigte.vertel(h).unwrap()).collect::<Vec<_>>());
        let ander = Menigte { zaad: 8, ..menigte(false) };
        assert_eq!(rij(&menigte(false)), rij(&menigte(false)));
        assert_ne!(rij(&menigte(false)), rij(&ander));
    }
}
