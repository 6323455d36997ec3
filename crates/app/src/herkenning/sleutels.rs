//! Recognition by exact keys: a blind index. Of a value only a keyed code is stored; equal values give equal codes.
//!
//! What a reader of the database without the organisation's key learns: that two casussen share a code, not of what.
//! Who could test all hundred million citizen service numbers cannot without that key, and each organisation has its own.

use super::{Gevonden, Grond, Huishouden, Treffer, Zoekgeheim, Zoekvraag, normaal};
use crate::{
    opslag::{HUISHOUDEN, ZoeksleutelRij},
    poorten::{Herkenning, Store, StoreFout},
};
use async_trait::async_trait;
use domain::ids::{CasusId, OrganisatieId, PersoonId};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Most keys of one person, and of one household's addresses; the newest values first.
pub const SLEUTELS_PER_PERSOON_MAX: usize = 8;
/// A key that occurs more often tells nobody apart.
pub const TREFFERS_PER_SLEUTEL_MAX: u32 = 25;
/// Bytes that are kept of a code: too many to meet by chance, and half the size of the index.
const SLEUTEL_BYTES: usize = 16;
/// Birth dates that stand for "not known".
const GEEN_GEBOORTEDATUM: &[&str] = &["1900-01-01", "1901-01-01"];

/// Recognition by equal citizen service number, surname with birth date, or address.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExacteSleutels;

/// A key before it is made unreadable.
struct Waarde {
    grond: Grond,
    persoon: Option<PersoonId>,
    delen: Vec<String>,
}

#[async_trait]
impl Herkenning for ExacteSleutels {
    fn indexeer(
        &self,
        eigenaar: &OrganisatieId,
        geheim: &Zoekgeheim,
        casus: CasusId,
        huishouden: &Huishouden,
    ) -> Vec<ZoeksleutelRij> {
        let mut rijen: Vec<_> = waarden(huishouden)
            .into_iter()
            .map(|waarde| ZoeksleutelRij {
                eigenaar: eigenaar.clone(),
                soort: waarde.grond.als_str().to_owned(),
                sleutel: code(geheim, &waarde),
                casus,
                persoon: waarde.persoon.unwrap_or(HUISHOUDEN),
            })
            .collect();
        rijen.sort_by(|een, ander| {
            (&een.soort, &een.sleutel, een.persoon).cmp(&(&ander.soort, &ander.sleutel, ander.persoon))
        });
        rijen.dedup();
        rijen
    }

    async fn zoek(&self, store: &dyn Store, vraag: Zoekvraag<'_>) -> Result<Gevonden, StoreFout> {
        let waarden = waarden(vraag.huishouden);
        let codes: Vec<_> = waarden.iter().map(|waarde| (waarde.grond.als_str(), code(vraag.geheim, waarde))).collect();
        let maximum = TREFFERS_PER_SLEUTEL_MAX + 1;
        let rijen = store.zoek_sleutels(vraag.eigenaar, &codes, vraag.casus, maximum).await?;
        let mut gevonden = Gevonden { gezocht: waarden.len(), ..Gevonden::default() };
        for (waarde, (soort, sleutel)) in waarden.iter().zip(&codes) {
            let eigen: Vec<_> = rijen.iter().filter(|rij| rij.soort == *soort && rij.sleutel == *sleutel).collect();
            let te_veel = eigen.len() >= maximum as usize;
            // Half a town can live at one address for a while; a person stays one person however often reported.
            if te_veel && waarde.grond == Grond::Adres {
                gevonden.te_algemeen.push(waarde.grond);
                continue;
            }
            gevonden.meer |= te_veel;
            gevonden.treffers.extend(eigen.into_iter().take(TREFFERS_PER_SLEUTEL_MAX as usize).map(|rij| Treffer {
                casus: rij.casus,
                grond: waarde.grond,
                hier: waarde.persoon,
                daar: Some(rij.persoon).filter(|persoon| *persoon != HUISHOUDEN),
            }));
        }
        gevonden.treffers.sort();
        gevonden.treffers.dedup();
        gevonden.te_algemeen.sort();
        gevonden.te_algemeen.dedup();
        Ok(gevonden)
    }
}

/// Everything that a household can be found by, bounded per person.
fn waarden(huishouden: &Huishouden) -> Vec<Waarde> {
    let mut waarden = Vec::new();
    for gegevens in &huishouden.personen {
        let persoon = Some(gegevens.persoon);
        let bsns = gegevens.bsn.iter().filter_map(|tekst| normaal::bsn(tekst));
        let mut eigen: Vec<_> = bsns.map(|bsn| Waarde { grond: Grond::Bsn, persoon, delen: vec![bsn] }).collect();
        for geboren in gegevens.geboren.iter().filter_map(|tekst| geboortedatum(tekst)) {
            for naam in gegevens.namen.iter().filter_map(|naam| normaal::achternaam(naam)) {
                eigen.push(Waarde { grond: Grond::AchternaamGeboren, persoon, delen: vec![naam, geboren.clone()] });
            }
        }
        eigen.truncate(SLEUTELS_PER_PERSOON_MAX);
        waarden.extend(eigen);
    }
    let plekken = huishouden.adressen.iter().filter_map(super::AdresWens::plek);
    waarden.extend(plekken.take(SLEUTELS_PER_PERSOON_MAX).map(|(postcode, nummer, toevoeging)| Waarde {
        grond: Grond::Adres,
        persoon: None,
        delen: vec![postcode, nummer.to_string(), toevoeging],
    }));
    waarden
}

fn geboortedatum(tekst: &str) -> Option<String> {
    let datum = tekst.trim().parse::<jiff::civil::Date>().ok()?.to_string();
    (!GEEN_GEBOORTEDATUM.contains(&datum.as_str())).then_some(datum)
}

/// The key as HMAC takes it without a way to fail: filled up with noughts to one block, as HMAC itself would.
fn blok(geheim: &Zoekgeheim) -> [u8; 64] {
    let mut blok = [0u8; 64];
    for (plek, byte) in blok.iter_mut().zip(geheim.0.iter()) {
        *plek = *byte;
    }
    blok
}

/// Length before content, so that no two values share an encoding; the kind is part of it.
fn code(geheim: &Zoekgeheim, waarde: &Waarde) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new(&blok(geheim).into());
    for deel in std::iter::once(waarde.grond.als_str()).chain(waarde.delen.iter().map(String::as_str)) {
        mac.update(&(deel.len() as u64).to_be_bytes());
        mac.update(deel.as_bytes());
    }
    let mut code = mac.finalize().into_bytes().to_vec();
    code.truncate(SLEUTEL_BYTES);
    code
}
