//! Chance that is the same each time: splitmix64. For stories only, never for keys.

/// A stream of numbers that follows from its seed.
#[derive(Clone, Debug)]
pub struct Toeval(u64);

impl Toeval {
    /// A stream of its own for a seed and a place in the plan.
    pub fn new(zaad: u64, plaats: u64) -> Self {
        let mut toeval = Self(zaad ^ plaats.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        toeval.volgende();
        toeval
    }

    fn volgende(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From `van` up to and including `tot`.
    pub fn tussen(&mut self, van: i64, tot: i64) -> i64 {
        let breedte = u64::try_from(tot - van + 1).unwrap_or(1).max(1);
        van + i64::try_from(self.volgende() % breedte).unwrap_or(0)
    }

    /// True in so many of a thousand cases.
    pub fn kans(&mut self, promille: i64) -> bool {
        self.tussen(0, 999) < promille
    }

    /// One of a list that is not empty.
    pub fn kies<T: Copy + Default>(&mut self, lijst: &[T]) -> T {
        let laatste = i64::try_from(lijst.len()).unwrap_or(1) - 1;
        let index = usize::try_from(self.tussen(0, laatste.max(0))).unwrap_or(0);
        lijst.get(index).copied().unwrap_or_default()
    }

    /// One of a list by weight.
    pub fn weeg<'a, T>(&mut self, lijst: &'a [(i64, T)]) -> Option<&'a T> {
        let totaal = lijst.iter().map(|(gewicht, _)| gewicht).sum::<i64>();
        let mut rest = self.tussen(0, (totaal - 1).max(0));
        for (gewicht, keuze) in lijst {
            if rest < *gewicht {
                return Some(keuze);
            }
            rest -= gewicht;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hetzelfde_zaad_geeft_hetzelfde_en_een_ander_zaad_iets_anders() {
        let rij = |zaad| {
            let mut toeval = Toeval::new(zaad, 3);
            [toeval.tussen(0, 1_000_000), toeval.tussen(0, 1_000_000)]
        };
        assert_eq!(rij(7), rij(7));
        assert_ne!(rij(7), rij(8));
    }

    #[test]
    fn elke_uitkomst_ligt_binnen_de_grenzen() {
        let mut toeval = Toeval::new(1, 1);
        assert!((0..1_000).all(|_| (-2..=2).contains(&toeval.tussen(-2, 2))));
        assert!((0..100).all(|_| toeval.weeg(&[(0, 'a'), (5, 'b')]) == Some(&'b')));
        assert!(!toeval.kans(0) && toeval.kans(1_000));
    }
}
