//! Secret addresses: recognised in any text, covered before it is read, and kept from going to others.
//!
//! What it does not know: a description without street or postcode. That remains with who writes.

use super::verzwegen::{plat, woorden};
use crate::{App, AppFout, herkenning::AdresWens, opslag::EventRij, verzegel::Geopend};
use domain::{Casus, ids::CasusId};
use std::{collections::BTreeSet, ops::Range};

/// What stands where a secret address stood.
pub const GEHEIM: &str = "[geheim adres]";
/// Kind of the sealed address of a person: only its own page opens it.
pub(crate) const ADRES: &str = "adres-persoon";

/// Secret addresses of one casus, each as rows of words in one way of writing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GeheimeAdressen(Vec<Vec<String>>);

impl GeheimeAdressen {
    fn voeg_toe(&mut self, adres: &AdresWens) {
        let deel = |deel: &Option<String>| plat(deel.as_deref().unwrap_or_default());
        let straat = deel(&adres.straat);
        let nummer = [deel(&adres.huisnummer), deel(&adres.toevoeging)].concat();
        let postcode: String = deel(&adres.postcode).concat();
        // A street alone gives somebody away in a small place; the number is covered when it follows.
        let mut rijen = vec![[straat.as_slice(), &nummer].concat(), straat];
        if let Some((cijfers, letters)) = postcode.split_at_checked(4) {
            rijen.push(vec![postcode.clone()]);
            rijen.push(vec![cijfers.to_owned(), letters.to_owned()]);
        }
        self.0.extend(rijen.into_iter().filter(|rij| !rij.concat().is_empty()));
        self.0.sort_by_key(|rij| std::cmp::Reverse(rij.len()));
    }

    /// Where secret addresses stand in a text, in order.
    fn plekken(&self, tekst: &str) -> Vec<Range<usize>> {
        let gelezen = woorden(tekst);
        let (mut plekken, mut index) = (Vec::new(), 0);
        while let Some(rest) = gelezen.get(index..).filter(|rest| !rest.is_empty()) {
            let past = |rij: &&Vec<String>| {
                rest.len() >= rij.len() && rij.iter().zip(rest).all(|(deel, woord)| *deel == woord.plat)
            };
            match self.0.iter().find(past) {
                Some(rij) => {
                    let laatste = rest.get(rij.len() - 1).or(rest.first());
                    let (van, tot) = (rest.first().map(|w| w.plek.start), laatste.map(|w| w.plek.end));
                    plekken.extend(van.zip(tot).map(|(van, tot)| van..tot));
                    index += rij.len();
                }
                None => index += 1,
            }
        }
        plekken
    }

    pub fn staat_in(&self, tekst: &str) -> bool {
        !self.0.is_empty() && !self.plekken(tekst).is_empty()
    }

    /// The text with every secret address covered.
    pub fn dek_tekst_af(&self, tekst: &str) -> String {
        let mut afgedekt = String::with_capacity(tekst.len());
        let mut van = 0;
        for plek in self.plekken(tekst) {
            afgedekt.push_str(tekst.get(van..plek.start).unwrap_or_default());
            afgedekt.push_str(GEHEIM);
            van = plek.end;
        }
        afgedekt.push_str(tekst.get(van..).unwrap_or_default());
        afgedekt
    }

    /// Covers them in everything that was opened to be read.
    pub(crate) fn dek_af(&self, stukken: &mut [Geopend]) {
        if self.0.is_empty() {
            return;
        }
        for stuk in stukken {
            stuk.inhoud = self.dek_tekst_af(&stuk.inhoud);
        }
    }
}

impl App {
    /// The secret addresses of a casus, whoever recorded them: they are covered for all alike.
    pub(crate) async fn geheime_adressen(
        &self,
        id: CasusId,
        casus: &Casus,
        rijen: &[EventRij],
    ) -> Result<GeheimeAdressen, AppFout> {
        let mut geheim = GeheimeAdressen::default();
        let vastleggers: BTreeSet<_> =
            casus.bereikbaar.geheime_adressen().map(|adres| adres.feit.organisatie.clone()).collect();
        let versies: BTreeSet<_> = casus.bereikbaar.geheime_adressen().map(|adres| adres.feit.versie).collect();
        for organisatie in vastleggers {
            let stukken = self.open_stukken(id, rijen, &organisatie).await?;
            for stuk in stukken.iter().filter(|stuk| stuk.soort == ADRES && versies.contains(&stuk.versie)) {
                if let Ok(adres) = serde_json::from_str(&stuk.inhoud) {
                    geheim.voeg_toe(&adres);
                }
            }
        }
        Ok(geheim)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn geheim() -> GeheimeAdressen {
        let mut geheim = GeheimeAdressen::default();
        geheim.voeg_toe(&AdresWens {
            straat: Some("Dromerslaan".into()),
            huisnummer: Some("3".into()),
            toevoeging: Some("b".into()),
            postcode: Some("1944 XB".into()),
            plaats: Some("Beverwijk".into()),
        });
        geheim
    }

    #[test]
    fn een_geheim_adres_wordt_afgedekt_hoe_het_ook_is_geschreven() {
        for (tekst, afgedekt) in [
            ("Zij slaapt op Dromerslaan 3 b in Beverwijk.", "Zij slaapt op [geheim adres] in Beverwijk."),
            ("DROMERSLAAN 12", "[geheim adres] 12"),
            ("1944XB 3", "[geheim adres] 3"),
            ("1944 xb, of dromerslaan", "[geheim adres], of [geheim adres]"),
            ("Dromers laan 3", "Dromers laan 3"),
            ("", ""),
        ] {
            assert_eq!(geheim().dek_tekst_af(tekst), afgedekt);
        }
        assert_eq!(GeheimeAdressen::default().dek_tekst_af("Dromerslaan 3"), "Dromerslaan 3");
    }
}
