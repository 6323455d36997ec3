//! Lays a region over its base, entry by entry.

use super::{AfspraakBestand, Bundel, Inhoud};
use crate::tijd::Kalender;
use std::collections::BTreeMap;

/// Resolves layers, base first, into what the engine runs.
pub(super) fn leg_op_elkaar(lagen: &[&AfspraakBestand], kalender: Kalender) -> Option<Bundel> {
    let eigen = lagen.last()?;
    let mut inhoud = Inhoud::default();
    for laag in lagen {
        laag_over(&mut inhoud, &laag.inhoud);
    }
    Some(Bundel {
        afspraak: eigen.laag.afspraak.clone(),
        lagen: lagen.iter().map(|bestand| bestand.laag.clone()).collect(),
        kalender,
        inhoud,
    })
}

/// An entry with a known key replaces the one below it; everything else stays.
fn laag_over(onder: &mut Inhoud, boven: &Inhoud) {
    fn over<K: Ord + Clone, V: Clone>(onder: &mut BTreeMap<K, V>, boven: &BTreeMap<K, V>) {
        onder.extend(boven.iter().map(|(sleutel, waarde)| (sleutel.clone(), waarde.clone())));
    }
    over(&mut onder.clausule, &boven.clausule);
    over(&mut onder.hiaat, &boven.hiaat);
    over(&mut onder.partij, &boven.partij);
    over(&mut onder.gemeente, &boven.gemeente);
    over(&mut onder.zicht, &boven.zicht);
    over(&mut onder.overgang, &boven.overgang);
    over(&mut onder.onderdeel, &boven.onderdeel);
    over(&mut onder.criterium, &boven.criterium);
    over(&mut onder.regel, &boven.regel);
    over(&mut onder.bevoegd, &boven.bevoegd);
    over(&mut onder.termijn, &boven.termijn);
    over(&mut onder.dienst, &boven.dienst);
    over(&mut onder.gesprekspunt, &boven.gesprekspunt);
    over(&mut onder.regievoorwaarde, &boven.regievoorwaarde);
    over(&mut onder.monitoring, &boven.monitoring);
    over(&mut onder.monitorvraag, &boven.monitorvraag);
    over(&mut onder.monitoruitkomst, &boven.monitoruitkomst);
    over(&mut onder.plan, &boven.plan);
    over(&mut onder.steunvorm, &boven.steunvorm);
    over(&mut onder.maatregel, &boven.maatregel);
    over(&mut onder.sluiting, &boven.sluiting);
    over(&mut onder.aandachtspunt, &boven.aandachtspunt);
    over(&mut onder.afspraaktermijn, &boven.afspraaktermijn);
    over(&mut onder.escalatie, &boven.escalatie);
    over(&mut onder.contact, &boven.contact);
    over(&mut onder.volgorde, &boven.volgorde);
    over(&mut onder.pakket, &boven.pakket);
    over(&mut onder.meldroute, &boven.meldroute);
    over(&mut onder.meldvraag, &boven.meldvraag);
    over(&mut onder.oordeel, &boven.oordeel);
    over(&mut onder.vervolgpartij, &boven.vervolgpartij);
    over(&mut onder.plicht, &boven.plicht);
    over(&mut onder.grondslag, &boven.grondslag);
    over(&mut onder.bron, &boven.bron);
    over(&mut onder.meldinstrument, &boven.meldinstrument);
    over(&mut onder.document, &boven.document);
    over(&mut onder.woord, &boven.woord);
    over(&mut onder.meldcodestap, &boven.meldcodestap);
    over(&mut onder.adviesvorm, &boven.adviesvorm);
    over(&mut onder.advies, &boven.advies);
    over(&mut onder.mijlpaal, &boven.mijlpaal);
    over(&mut onder.taak, &boven.taak);
    over(&mut onder.verwijsindex, &boven.verwijsindex);
    over(&mut onder.wacht, &boven.wacht);
    over(&mut onder.afscherming, &boven.afscherming);
}
