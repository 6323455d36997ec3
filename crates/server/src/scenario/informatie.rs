//! Controls on enrichment: whom Veilig Thuis may ask by which clause, and what is known of the answers.

use super::{dekking::moet, speler::Speler, vorm::VerwachteBron};
use anyhow::{Result, anyhow};
use app::lezen::CasusBeeld;
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
}
