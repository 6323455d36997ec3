//! Controls on what stands around the casus: an agreement as its parties keep it, requests about files, signals.

use super::{
    dekking::moet,
    speler::Speler,
    vorm::{Controle, VerwachtSignaal, VerwachtVerzoek, VerwachteKalender},
};
use anyhow::{Result, anyhow};
use app::{AppFout, codec::Gebeurd, eigen::SamenwerkingBeeld};
use domain::{
    Casus,
    afspraak::Bundel,
    ids::{CasusId, ClausuleId},
    samenwerking::Punt,
    tijd::Instant,
    verwijsindex, verzoeken,
};
use std::collections::BTreeSet;

fn namen<'a>(ids: impl IntoIterator<Item = &'a ClausuleId>) -> BTreeSet<String> {
    ids.into_iter().map(|id| id.0.clone()).collect()
}

fn laatste_dag(grens: Instant) -> String {
    grens.net_ervoor().dag().to_string()
}

impl Speler<'_> {
    pub(super) async fn rondom_controle(&mut self, controle: &Controle) -> Result<()> {
        if let Some(verwacht) = &controle.kalender {
            self.kalender_controle(controle, verwacht).await?;
        }
        if let Some(verwacht) = &controle.verzoek {
            self.verzoek_controle(controle, verwacht).await?;
        }
        if let Some(verwacht) = &controle.wacht {
            self.wacht_controle(controle, verwacht).await?;
        }
        match &controle.signaal {
            Some(verwacht) => self.signaal_controle(controle, verwacht).await,
            None => Ok(()),
        }
    }

    /// Exactly these clauses, which then count as asked for.
    fn precies(&mut self, wat: &str, is: BTreeSet<String>, verwacht: &BTreeSet<String>) -> Result<()> {
        moet!(Controle, is == *verwacht, "{wat} staat onder {is:?}, verwacht {verwacht:?}");
        is.iter().for_each(|id| self.dekking.toets(id));
        Ok(())
    }

    async fn kalender_controle(&mut self, controle: &Controle, verwacht: &VerwachteKalender) -> Result<()> {
        let geldig = self.geldig(controle.op.0, &Casus::default())?;
        let actor = self.actor(&verwacht.door, None, &geldig)?;
        let alle = self.samen.app.samenwerkingen(&actor).await?;
        let beeld = alle.into_iter().find(|beeld| beeld.afspraak == geldig.bundel.afspraak);
        let Some(beeld) = beeld else {
            moet!(Controle, false, "{} is geen partij", verwacht.door);
            return Ok(());
        };
        if let Some(editie) = &verwacht.editie {
            self.precies("de editie", namen(&beeld.clausules), editie)?;
        }
        self.partijen_en_taken(&geldig.bundel, verwacht)?;
        for punt in &verwacht.punten {
            let wie = punt.wie.as_deref().map(|naam| self.organisatie(naam)).transpose()?.flatten();
            let zelfde = |is: &&Punt| {
                is.soort == punt.soort
                    && is.organisatie == wie
                    && punt.sleutel.as_ref().is_none_or(|sleutel| is.sleutel == *sleutel)
                    && is.gedaan_op.is_some() == punt.gedaan
            };
            let Some(is) = beeld.punten.iter().find(zelfde) else {
                moet!(
                    Controle,
                    false,
                    "er is geen punt {:?} van {:?} dat gedaan={}",
                    punt.soort,
                    punt.wie,
                    punt.gedaan
                );
                return Ok(());
            };
            let dag = laatste_dag(is.uiterlijk);
            moet!(Controle, dag == punt.uiterlijk.to_string(), "{:?}: uiterlijk {dag}", punt.soort);
            let te_laat = is.is_te_laat(controle.op.0);
            moet!(Controle, te_laat == punt.te_laat, "{:?} van {:?}: te laat is {te_laat}", punt.soort, punt.wie);
            self.precies("het punt", namen(&is.clausules), &punt.clausules)?;
        }
        self.namenlijst(&beeld, verwacht)
    }

    fn namenlijst(&mut self, beeld: &SamenwerkingBeeld, verwacht: &VerwachteKalender) -> Result<()> {
        if let Some(aantal) = verwacht.contacten {
            moet!(Controle, beeld.contacten.len() == aantal, "op de lijst staan {}", beeld.contacten.len());
            let leeg = beeld.contacten.iter().any(|contact| contact.naam.is_empty());
            moet!(Controle, !leeg, "{} leest niet elke naam op de lijst", verwacht.door);
        }
        Ok(())
    }

    fn partijen_en_taken(&mut self, bundel: &Bundel, verwacht: &VerwachteKalender) -> Result<()> {
        for (id, clausules) in &verwacht.partijen {
            let partij = bundel.inhoud.partij.get(&id.as_str().into());
            let is = partij.map(|partij| namen(&partij.clausules)).unwrap_or_default();
            self.precies(id, is, clausules)?;
        }
        for (naam, clausules) in &verwacht.gemeenten {
            let gemeente = bundel.inhoud.gemeente.get(naam);
            let is = gemeente.map(|gemeente| namen(gemeente.clausules.iter().chain(&gemeente.geen_ontvanger)));
            self.precies(naam, is.unwrap_or_default(), clausules)?;
        }
        let taken = || bundel.inhoud.taak.iter();
        if let Some(gevraagd) = &verwacht.taken {
            let is = taken().map(|(sleutel, taak)| (sleutel.clone(), taak.clausule.0.clone())).collect();
            moet!(Controle, *gevraagd == is, "taken zijn {is:?}, verwacht {gevraagd:?}");
            gevraagd.values().for_each(|id| self.dekking.toets(id));
        }
        if let Some(gevraagd) = &verwacht.wettelijk {
            let wettelijk = taken().filter(|(_, taak)| taak.wettelijk).map(|(sleutel, _)| sleutel.clone());
            let is: BTreeSet<_> = wettelijk.collect();
            moet!(Controle, *gevraagd == is, "taken bij wet zijn {is:?}, verwacht {gevraagd:?}");
        }
        for (handeling, clausule) in &verwacht.taak_bij {
            let bij = taken().find(|(_, taak)| taak.bij.contains(handeling)).map(|(_, taak)| taak.clausule.als_str());
            moet!(Controle, bij == Some(clausule.as_str()), "{handeling} hoort bij de taak {bij:?}");
            self.dekking.toets(clausule);
        }
        Ok(())
    }

    fn stroom(&self, soort: &'static str, naam: &str) -> Result<CasusId> {
        let stroom = self.namen.eigen.get(&(soort, naam.to_owned())).copied();
        stroom.ok_or_else(|| anyhow!("er is nog geen {soort} '{naam}'"))
    }

    async fn verzoek_controle(&mut self, controle: &Controle, verwacht: &VerwachtVerzoek) -> Result<()> {
        let geldig = self.geldig(controle.op.0, &Casus::default())?;
        let id = self.stroom(verzoeken::Gebeurtenis::STROOM, &verwacht.naam)?;
        let beeld = self.samen.app.verzoek(&self.actor(&verwacht.door, None, &geldig)?, id).await?;
        let (regel, grens) = beeld.termijn.ok_or_else(|| anyhow!("er is geen termijn voor dit verzoek"))?;
        let dag = laatste_dag(grens);
        moet!(Controle, dag == verwacht.uiterlijk.to_string(), "het antwoord komt uiterlijk {dag}");
        self.precies("het verzoek", namen(std::iter::once(&regel.clausule).chain(&regel.hiaat)), &verwacht.clausules)?;
        if let Some(gevraagd) = &verwacht.afschermingen {
            let is = beeld.afschermingen.iter().map(|(sleutel, _, id)| (sleutel.clone(), id.0.clone())).collect();
            moet!(Controle, *gevraagd == is, "gewogen wordt {is:?}, verwacht {gevraagd:?}");
            gevraagd.values().for_each(|id| self.dekking.toets(id));
        }
        let uitkomst = beeld.staat.besluit.map(|besluit| besluit.uitkomst.als_str());
        moet!(Controle, uitkomst == verwacht.uitkomst, "besloten is {uitkomst:?}, verwacht {:?}", verwacht.uitkomst);
        for naam in &verwacht.onbekend_voor {
            let gezien = self.samen.app.verzoek(&self.actor(naam, None, &geldig)?, id).await;
            moet!(Controle, matches!(gezien, Err(AppFout::NietGevonden)), "{naam} ziet het verzoek");
        }
        Ok(())
    }

    async fn signaal_controle(&mut self, controle: &Controle, verwacht: &VerwachtSignaal) -> Result<()> {
        let geldig = self.geldig(controle.op.0, &Casus::default())?;
        let id = self.stroom(verwijsindex::Gebeurtenis::STROOM, &verwacht.naam)?;
        let beeld = self.samen.app.signaal(&self.actor(&verwacht.door, None, &geldig)?, id).await?;
        let stand = beeld.stand.als_str();
        moet!(Controle, stand == verwacht.stand, "het signaal is {stand}, verwacht {}", verwacht.stand);
        let tot = beeld.staat.gegeven.as_ref().map(|gegeven| gegeven.tot);
        moet!(Controle, tot == Some(verwacht.tot.0), "het signaal loopt tot {tot:?}");
        self.precies("het signaal", namen(&beeld.clausules), &verwacht.clausules)?;
        let ontvangst = beeld.staat.ontvangst.map(|(ontvangst, _)| ontvangst.als_str());
        let gelijk = verwacht.ontvangst.is_none() || ontvangst == verwacht.ontvangst;
        moet!(Controle, gelijk, "de verwijsindex zei {ontvangst:?}, verwacht {:?}", verwacht.ontvangst);
        for naam in &verwacht.onbekend_voor {
            let gezien = self.samen.app.signaal(&self.actor(naam, None, &geldig)?, id).await;
            moet!(Controle, matches!(gezien, Err(AppFout::NietGevonden)), "{naam} ziet het signaal");
        }
        Ok(())
    }
}
