//! Controls on an assessment: whom Veilig Thuis may ask by which clause, what is known of the answers, how the decision is
//! reached, and who may do the follow-up.

use super::{
    dekking::moet,
    speler::Speler,
    vorm::{Controle, VerwachteBron, VerwachtePlicht},
};
use anyhow::{Result, anyhow};
use app::lezen::CasusBeeld;
use domain::{
    afspraak::Vervolgpartij,
    plichten::{Stand, plichten},
};
use std::collections::BTreeMap;

impl Speler<'_> {
    /// All sources, each with how it stands for the newest report.
    pub(super) fn bronnen(&mut self, verwacht: &BTreeMap<String, VerwachteBron>, beeld: &CasusBeeld) -> Result<()> {
        let melding = beeld.staat.meldingen.last().ok_or_else(|| anyhow!("er is geen melding"))?;
        let bundels = self.samen.app.bundels();
        let bundel = bundels.uit(&melding.feit.bundel).ok_or_else(|| anyhow!("de bundel is niet bekend"))?;
        let alle = beeld.bronnen(melding.id, bundel);
        let sleutels: Vec<_> = alle.iter().map(|bron| bron.sleutel).collect();
        let genoemd = verwacht.keys().all(|sleutel| sleutels.contains(&sleutel.as_str()));
        moet!(Controle, genoemd && alle.len() == verwacht.len(), "de bronnen zijn {sleutels:?}");
        for bron in &alle {
            let Some(eis) = verwacht.get(bron.sleutel) else { continue };
            let stand = match bron.verzoeken.last() {
                None => "niet-gevraagd".to_owned(),
                Some(verzoek) => verzoek.antwoord.as_ref().map_or("onbekend".to_owned(), |(_, is)| is.als_str()),
            };
            let gewenst = eis.stand.as_deref().unwrap_or("niet-gevraagd");
            moet!(Controle, stand == gewenst, "{}: {stand}, verwacht {gewenst}", bron.sleutel);
            let clausules: Vec<_> =
                std::iter::once(&bron.bron.clausule).chain(&bron.bron.ook).map(|id| id.0.clone()).collect();
            moet!(Controle, clausules == eis.clausules, "{}: door {clausules:?}", bron.sleutel);
            let vastgelegd = bron.verzoeken.last().map(|verzoek| verzoek.grondslag.0.clone());
            let volgens = bundel.inhoud.grondslag.get(&bron.bron.grondslag).map(|grond| grond.clausule.0.clone());
            let grond = vastgelegd.or(volgens).unwrap_or_default();
            moet!(Controle, grond == eis.grondslag, "{}: op grond van {grond}", bron.sleutel);
            clausules.iter().chain([&grond]).for_each(|id| self.dekking.toets(id));
        }
        Ok(())
    }

    pub(super) fn besluiten(&mut self, controle: &Controle, beeld: &CasusBeeld) -> Result<()> {
        let melding = beeld.staat.meldingen.last().ok_or_else(|| anyhow!("er is geen melding"))?;
        let bundels = self.samen.app.bundels();
        let bundel = bundels.uit(&melding.feit.bundel).ok_or_else(|| anyhow!("de bundel is niet bekend"))?;
        if let Some(eis) = &controle.oordeel {
            let oordeel = bundel.inhoud.oordeel.get("vervolg");
            let is = oordeel.map(|oordeel| (oordeel.vorm, oordeel.clausule.als_str()));
            moet!(Controle, is == Some((eis.vorm, eis.clausule.as_str())), "het oordeel is {is:?}");
            self.dekking.toets(&eis.clausule);
        }
        for (besluit, verwacht) in &controle.vervolgpartijen {
            let past = |partij: &Vervolgpartij| partij.bij.iter().any(|bij| bij.als_str() == *besluit);
            let partijen = bundel.inhoud.vervolgpartij.iter().filter(|(_, partij)| past(partij));
            let partijen: BTreeMap<_, _> = partijen.map(|(k, partij)| (k.clone(), partij.clausule.0.clone())).collect();
            moet!(Controle, partijen == *verwacht, "{besluit}: het vervolg doen {partijen:?}");
            verwacht.values().for_each(|id| self.dekking.toets(id));
        }
        Ok(())
    }

    /// All duties about the newest report, each with how it stands.
    pub(super) fn plichten(&mut self, verwacht: &BTreeMap<String, VerwachtePlicht>, beeld: &CasusBeeld) -> Result<()> {
        let melding = beeld.staat.meldingen.last().ok_or_else(|| anyhow!("er is geen melding"))?;
        let bundels = self.samen.app.bundels();
        let alle: Vec<_> =
            plichten(&beeld.staat, &bundels).into_iter().filter(|stand| stand.melding == melding.id).collect();
        let sleutels: Vec<_> = alle.iter().map(|stand| stand.sleutel).collect();
        let genoemd = verwacht.keys().all(|sleutel| sleutels.contains(&sleutel.as_str()));
        moet!(Controle, genoemd && alle.len() == verwacht.len(), "de plichten zijn {sleutels:?}");
        for stand in &alle {
            let Some(eis) = verwacht.get(stand.sleutel) else { continue };
            let is = match stand.stand {
                Stand::Open => "open",
                Stand::Gedaan(_) => "gedaan",
                Stand::NietGedaan(_) => "niet-gedaan",
            };
            let gewenst = eis.stand.as_deref().unwrap_or("open");
            moet!(Controle, is == gewenst, "{}: {is}, verwacht {gewenst}", stand.sleutel);
            let ids = std::iter::once(&stand.plicht.clausule).chain(&stand.plicht.ook);
            let clausules: Vec<_> = ids.map(|id| id.0.clone()).collect();
            moet!(Controle, clausules == eis.clausules, "{}: door {clausules:?}", stand.sleutel);
            let termijn = &stand.plicht.termijn;
            moet!(Controle, *termijn == eis.termijn, "{}: de termijn is {termijn:?}", stand.sleutel);
            let (moet, niet) = (&stand.plicht.moet, &stand.plicht.niet);
            let past = |gevraagd: &Option<Vec<String>>, is: &Vec<String>| gevraagd.as_ref().is_none_or(|eis| eis == is);
            moet!(Controle, past(&eis.moet, moet), "{}: verteld wordt {moet:?}", stand.sleutel);
            moet!(Controle, past(&eis.niet, niet), "{}: niet verteld wordt {niet:?}", stand.sleutel);
            clausules.iter().for_each(|id| self.dekking.toets(id));
        }
        Ok(())
    }
}
