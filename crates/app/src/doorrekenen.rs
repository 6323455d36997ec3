//! Every recorded casus of a store against another agreement. It reads events and nothing else: no key, no content, no
//! list, and it writes nothing.

use crate::{
    codec,
    poorten::{Store, StoreFout},
    views::nummer_van,
};
use domain::{
    Casus,
    afspraak::{Bundel, Bundels},
    doorrekenen::{Anders, Gevolgen},
    ids::{AfspraakNaam, CasusId},
    tijd::Instant,
};
use serde::Serialize;
use std::sync::Arc;

/// Ids that are read at a time.
const STREAMS_PER_KEER: u32 = 1_000;

/// What is asked.
pub struct Doorrekenvraag<'a> {
    /// Each bundle in the place of the editions of an agreement.
    pub plaats: &'a [(AfspraakNaam, Arc<Bundel>)],
    /// The instant at which terms are looked at.
    pub nu: Instant,
}

/// A casus in which something would be otherwise.
pub struct CasusGevolgen {
    pub casus: CasusId,
    pub nummer: String,
    pub gevolgen: Gevolgen,
}

/// How much was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Bekeken {
    /// Streams of any kind and region.
    pub streams: u64,
    pub casussen: u64,
    pub anders: u64,
    /// Events of a newer release, or altered bytes.
    pub onleesbaar: u64,
}

/// Looks at every casus; `zie` gets each in which something would be otherwise, `voortgang` how many were looked at.
///
/// # Errors
/// The store failed, or a bundle by which something was decided cannot be read.
pub async fn reken_door(
    store: &dyn Store,
    vraag: Doorrekenvraag<'_>,
    mut zie: impl FnMut(CasusGevolgen),
    mut voortgang: impl FnMut(u64),
) -> Result<Bekeken, StoreFout> {
    let mut bekend = Bundels::default();
    for rij in store.bundels().await? {
        let bundel: Bundel = serde_json::from_slice(&rij.bytes)
            .map_err(|_| StoreFout::Fout(format!("de afspraak {} is niet te lezen", rij.naam)))?;
        bekend.voeg_toe(rij.hash, Arc::new(bundel));
    }
    let anders = Anders::met(&bekend, vraag.plaats);
    let (mut bekeken, mut na) = (Bekeken::default(), None);
    loop {
        let bladzij = store.streams(na, STREAMS_PER_KEER).await?;
        let Some(laatste) = bladzij.last() else { return Ok(bekeken) };
        na = Some(*laatste);
        for id in bladzij {
            bekeken.streams += 1;
            voortgang(bekeken.streams);
            let rijen = store.laad(id).await?;
            if !codec::stroomsoort(&rijen).is_empty() {
                continue;
            }
            let Ok(stroom) = codec::stroom(&rijen) else {
                bekeken.onleesbaar += 1;
                continue;
            };
            if !anders.gaat_over(&stroom) {
                continue;
            }
            bekeken.casussen += 1;
            let gevolgen = anders.reken_door(&stroom, vraag.nu);
            if !gevolgen.is_leeg() {
                bekeken.anders += 1;
                zie(CasusGevolgen { casus: id, nummer: nummer_van(id, &Casus::uit(&stroom)), gevolgen });
            }
        }
    }
}
