//! The controls on documents: what a kind of document holds by the agreement as the casus stands, and what a reader
//! gets of one that was written.

use super::{dekking::moet, speler::Speler, vorm::Controle};
use anyhow::Result;
use app::lezen::{CasusBeeld, CasusVraag};
use domain::{
    afspraak::{Documentlezer, GeldigeBundel},
    documenten::{Inhoud, Ontvanger, inhoud},
    ids::CasusId,
};
use serde::Deserialize;
use std::collections::BTreeSet;

/// What a kind of document must hold now: all of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachtDocument {
    pub lezer: Documentlezer,
    pub clausule: String,
    #[serde(default)]
    pub hoort: Vec<String>,
    #[serde(default)]
    pub mag: Vec<String>,
    #[serde(default)]
    pub nooit: Vec<String>,
    /// The clauses that ask for these parts, each once.
    pub clausules: BTreeSet<String>,
    /// The clause by which it says that it also goes to the receiver.
    #[serde(default)]
    pub ook_naar_ontvanger: Option<String>,
}

/// What a party reads of the last document of a kind; `niet-gevonden` when there is none for it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gelezen {
    pub door: String,
    pub soort: String,
    #[serde(default)]
    pub fout: Option<String>,
    #[serde(default)]
    pub aanhef: Option<String>,
    #[serde(default)]
    pub onderdelen: Vec<String>,
    /// The name of the receiver to whom it says that it also goes.
    #[serde(default)]
    pub ook_naar: Option<String>,
    #[serde(default)]
    pub persoonlijk: bool,
    #[serde(default)]
    pub verzonden: usize,
}

impl Speler<'_> {
    pub(super) async fn documenten(
        &mut self,
        controle: &Controle,
        beeld: &CasusBeeld,
        geldig: &GeldigeBundel,
    ) -> Result<()> {
        for (soort, verwacht) in &controle.documenten {
            self.document(soort, verwacht, beeld, geldig)?;
        }
        for gelezen in &controle.gelezen {
            self.gelezen(gelezen, beeld.id, geldig).await?;
        }
        Ok(())
    }

    fn document(
        &mut self,
        soort: &str,
        verwacht: &VerwachtDocument,
        beeld: &CasusBeeld,
        geldig: &GeldigeBundel,
    ) -> Result<()> {
        let Some(regel) = geldig.bundel.inhoud.document.get(soort) else {
            moet!(Controle, false, "deze afspraak kent geen document '{soort}'");
            return Ok(());
        };
        let overdracht = beeld.staat.overdrachten.last().map(|overdracht| overdracht.id);
        let melding = beeld.staat.meldingen.last().map(|melding| melding.id);
        let Inhoud { hoort, mag, nooit } =
            inhoud(&beeld.staat, &geldig.bundel, regel, &Ontvanger { lezer: regel.lezer, overdracht, melding });
        let clausules: BTreeSet<_> =
            [&hoort, &mag, &nooit].into_iter().flatten().map(|d| d.clausule.0.clone()).collect();
        let namen = |delen: &[domain::afspraak::Deel<'_>]| -> Vec<String> {
            delen.iter().map(|deel| deel.sleutel.to_owned()).collect()
        };
        let (hoort, mag, nooit) = (namen(&hoort), namen(&mag), namen(&nooit));
        moet!(Controle, regel.lezer == verwacht.lezer, "{soort} is voor {:?}", regel.lezer);
        moet!(Controle, hoort == verwacht.hoort, "in {soort} hoort {hoort:?}, verwacht {:?}", verwacht.hoort);
        moet!(Controle, mag == verwacht.mag, "in {soort} mag {mag:?}, verwacht {:?}", verwacht.mag);
        moet!(Controle, nooit == verwacht.nooit, "nooit in {soort} staat {nooit:?}, verwacht {:?}", verwacht.nooit);
        moet!(Controle, clausules == verwacht.clausules, "{soort}: delen door {clausules:?}");
        let eigen = regel.clausule.als_str();
        moet!(Controle, eigen == verwacht.clausule, "{soort}: door {eigen}, verwacht {}", verwacht.clausule);
        let ook = regel.ook_naar_ontvanger.as_ref().map(|id| id.als_str());
        moet!(Controle, ook == verwacht.ook_naar_ontvanger.as_deref(), "{soort}: ook naar de ontvanger door {ook:?}");
        clausules.iter().map(String::as_str).chain([eigen]).chain(ook).for_each(|id| self.dekking.toets(id));
        Ok(())
    }

    async fn gelezen(&mut self, verwacht: &Gelezen, casus: CasusId, geldig: &GeldigeBundel) -> Result<()> {
        let (door, soort) = (&verwacht.door, &verwacht.soort);
        let actor = self.actor(door, None, geldig)?;
        let beeld = self.samen.app.casus(&actor, CasusVraag { casus, stand: None, bekend_op: None }).await?;
        let laatste = self.samen.app.documenten(&beeld).into_iter().rfind(|document| document.soort == *soort);
        let niet_gevonden = verwacht.fout.as_deref() == Some("niet-gevonden");
        moet!(Controle, laatste.is_none() == niet_gevonden, "{door} leest {soort}: {}", laatste.is_some());
        let Some(document) = laatste else { return Ok(()) };
        let onderdelen: Vec<_> = document.onderdelen.iter().map(|deel| deel.sleutel.clone()).collect();
        moet!(Controle, onderdelen == verwacht.onderdelen, "{door} leest in {soort}: {onderdelen:?}");
        let ook = document.ook_naar.as_ref().map(|(naam, _)| naam.as_str());
        moet!(Controle, ook == verwacht.ook_naar.as_deref(), "{soort} zegt dat het ook gaat naar {ook:?}");
        let persoonlijk = document.ontvanger.persoonlijk;
        moet!(Controle, persoonlijk == verwacht.persoonlijk, "{soort}: alleen voor de melder is {persoonlijk}");
        let aantal = document.verzonden.len();
        moet!(Controle, aantal == verwacht.verzonden, "{soort} is {aantal} keer verstuurd");
        let aanhef = Some(document.ontvanger.aanhef.as_str());
        let gelijk = verwacht.aanhef.is_none() || verwacht.aanhef.as_deref() == aanhef;
        moet!(Controle, gelijk, "{soort} begint met {aanhef:?}");
        document.ook_naar.iter().for_each(|(_, id)| self.dekking.toets(id.als_str()));
        Ok(())
    }
}
