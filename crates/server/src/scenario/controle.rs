//! The controls: what must be true at an instant, asked of the application and of the stored views.

use super::{
    afspraak::op_de_pagina,
    dekking::moet,
    invullen::eis_partij,
    speler::Speler,
    vorm::{Controle, VerwachteTermijn},
};
use anyhow::{Result, anyhow};
use app::{
    Actor, AppFout,
    lezen::{CasusBeeld, CasusVraag},
};
use domain::{
    Casus,
    afspraak::GeldigeBundel,
    ids::{CasusId, OrganisatieId},
    termijnen::{Bij, Status, Termijn, geen_termijn},
    tijd::Instant,
    tijdlijn::Span,
};
use toml::value::Datetime;

impl Speler<'_> {
    pub(super) async fn controle(&mut self, controle: &Controle) -> Result<()> {
        self.eigen_controle(controle).await?;
        let naam = controle.casus.as_deref().unwrap_or_default();
        // A file about a track or an advice has no casus.
        if self.namen.casussen.is_empty() && !self.namen.eigen.is_empty() {
            let geldig = self.geldig(controle.op.0, &Casus::default())?;
            return self.let_op(controle, &geldig);
        }
        let casus = self.casus(naam)?;
        let staat = self.staat(naam).await?;
        let geldig = self.geldig(controle.op.0, &staat)?;
        let vraag = CasusVraag {
            casus,
            stand: controle.als_bekend_op.map(|_| controle.op.0),
            bekend_op: controle.als_bekend_op.map(|op| op.0),
        };
        let vt = staat.veilig_thuis.clone().ok_or_else(|| anyhow!("geen Veilig Thuis in deze casus"))?;
        let vt = Actor { medewerker: "controleur".into(), organisatie: vt };
        if let Some(herken) = &controle.herken {
            self.herken(herken, casus, &geldig).await?;
        }
        let beeld = self.samen.app.casus(&vt, vraag).await?;
        self.geef_gronden(&beeld);
        if let Some(ook_open) = &controle.ook_open {
            self.ook_open(ook_open, &beeld, &vt).await?;
        }
        if let Some(zicht) = &controle.zicht {
            self.zicht(controle, zicht, &beeld).await?;
        }
        self.andere_lijnen(controle, &beeld)?;
        for termijn in controle.termijn.iter().chain(&controle.termijnen) {
            self.termijn(controle, termijn, &beeld, &geldig).await?;
        }
        for soort in &controle.geen_termijnen {
            let gevonden = beeld.termijnen.iter().find(|(termijn, _)| termijn.soort == *soort);
            moet!(Controle, gevonden.is_none(), "er is wel een termijn: {gevonden:?}");
        }
        if let Some(plan) = &controle.plan {
            self.plan(plan, casus, &geldig).await?;
        }
        self.sluiting(controle, &beeld, &geldig)?;
        self.let_op(controle, &geldig)?;
        for vragen in &controle.meldvragen {
            self.meldvragen(vragen, &beeld)?;
        }
        self.meldvragenlijst(&controle.meldvragenlijst, &geldig)?;
        if let Some(bronnen) = &controle.bronnen {
            self.bronnen(bronnen, &beeld)?;
        }
        if let Some(plichten) = &controle.plichten {
            self.plichten(plichten, &beeld)?;
        }
        self.besluiten(controle, &beeld)?;
        if let Some(contacten) = &controle.contacten {
            self.contacten(contacten, &beeld, &geldig)?;
        }
        self.gaat_mee(controle, &beeld.staat, &geldig)?;
        self.documenten(controle, &beeld, &geldig).await?;
        self.afspraak_zelf(controle, &geldig)?;
        op_de_pagina(controle, &beeld.staat, &geldig)?;
        self.zichtbaarheid(controle, casus, &geldig).await
    }

    /// Everything by which the application explains its answer.
    fn geef_gronden(&mut self, beeld: &CasusBeeld) {
        let lijn = &beeld.lijn;
        let spans = [&lijn.zicht, &lijn.regie, &lijn.monitoring, &lijn.crisis].into_iter().flatten();
        self.dekking.geef(spans.map(|span| span.grond.als_str()));
        let termijnen = beeld.termijnen.iter().map(|(termijn, _)| termijn);
        let clausules = termijnen.flat_map(|termijn| std::iter::once(&termijn.clausule).chain(&termijn.hiaat));
        self.dekking.geef(clausules.map(|id| id.als_str()));
    }

    pub(super) fn organisatie(&self, naam: &str) -> Result<Option<OrganisatieId>> {
        if naam == "niemand" {
            return Ok(None);
        }
        eis_partij(self.scenario, naam)?;
        Ok(self.scenario.partijen.get(naam).and_then(|partij| partij.organisatie.clone()))
    }

    async fn zicht(&mut self, controle: &Controle, naam: &str, beeld: &CasusBeeld) -> Result<()> {
        let op = controle.op.0;
        let verwacht = self.organisatie(naam)?;
        let span = beeld.lijn.zicht_op(op);
        let houder = span.and_then(|span| span.houder.clone());
        moet!(Controle, houder == verwacht, "zicht ligt bij {houder:?}, verwacht {naam} ({verwacht:?})");
        let grond = self.grond("zicht", span, controle.grond.as_deref())?;
        self.regels.push(format!("{}: zicht {houder:?}, grond {grond:?}", op.lokaal()));
        if controle.als_bekend_op.is_some() {
            return Ok(());
        }
        let uit_views = self.samen.app.store().houder_op(beeld.id, op).await?;
        let uit_domein = houder.clone().zip(grond);
        moet!(Controle, uit_views == uit_domein, "de opgeslagen lijn zegt {uit_views:?}, de berekende {uit_domein:?}");
        // Every organisation concerned sees the same answer.
        for partij in self.scenario.partijen.values().filter_map(|partij| partij.organisatie.clone()) {
            let actor = Actor { medewerker: "controleur".into(), organisatie: partij.clone() };
            let vraag = CasusVraag { casus: beeld.id, stand: None, bekend_op: None };
            match self.samen.app.casus(&actor, vraag).await {
                Ok(ander) => {
                    let gezien = ander.lijn.houder_op(op).cloned();
                    moet!(Controle, gezien == houder, "{partij} ziet {gezien:?} als houder, Veilig Thuis {houder:?}");
                }
                Err(AppFout::NietGevonden) => {}
                Err(fout) => return Err(fout.into()),
            }
        }
        Ok(())
    }

    /// Regie, monitoring and crisis run beside zicht and may be empty.
    fn andere_lijnen(&mut self, controle: &Controle, beeld: &CasusBeeld) -> Result<()> {
        let lijn = &beeld.lijn;
        let lijnen = [
            ("regie", &controle.regie, &controle.regie_grond, &lijn.regie),
            ("monitoring", &controle.monitoring, &controle.monitoring_grond, &lijn.monitoring),
            ("crisis", &controle.crisis, &controle.crisis_grond, &lijn.crisis),
        ];
        for (naam, verwacht, grond, spans) in lijnen {
            let span = spans.iter().rfind(|span| span.omvat(controle.op.0));
            if let Some(verwacht) = verwacht {
                let houder = span.and_then(|span| span.houder.clone());
                let verwacht = self.organisatie(verwacht)?;
                moet!(Controle, houder == verwacht, "{naam} ligt bij {houder:?}, verwacht {verwacht:?}");
            }
            self.grond(naam, span, grond.as_deref())?;
        }
        Ok(())
    }

    fn grond(&mut self, lijn: &str, span: Option<&Span>, verwacht: Option<&str>) -> Result<Option<String>> {
        let grond = span.map(|span| span.grond.0.clone());
        if let Some(verwacht) = verwacht {
            moet!(Controle, grond.as_deref() == Some(verwacht), "grond van {lijn} is {grond:?}, verwacht {verwacht}");
            self.dekking.toets(verwacht);
        }
        Ok(grond)
    }

    async fn termijn(
        &mut self,
        controle: &Controle,
        verwacht: &VerwachteTermijn,
        beeld: &CasusBeeld,
        geldig: &GeldigeBundel,
    ) -> Result<()> {
        let bij = match &verwacht.bij {
            Some(naam) => Some(self.bij(naam, beeld)?),
            None => None,
        };
        let van_soort = |termijn: &Termijn| termijn.soort == verwacht.soort && bij.is_none_or(|bij| termijn.bij == bij);
        let op_dag = |termijn: &Termijn| {
            verwacht.uiterlijk.as_ref().is_some_and(|dag| eindigt_op(termijn, dag).unwrap_or(false))
        };
        let alle = || beeld.termijnen.iter().filter(|(termijn, _)| van_soort(termijn));
        // Of several of a kind the one that ends on the day that is named, else the last.
        let gevonden = alle().rfind(|(termijn, _)| op_dag(termijn)).or_else(|| alle().next_back());
        if verwacht.status == "geen" {
            moet!(Controle, gevonden.is_none(), "er is wel een termijn: {gevonden:?}");
            let clausule = geen_termijn(&beeld.staat, &geldig.bundel, &verwacht.soort).map(|id| id.0.clone());
            moet!(Controle, clausule.as_deref() == Some(verwacht.clausule.as_str()), "geen termijn, door {clausule:?}");
            self.dekking.toets(&verwacht.clausule);
            self.regels.push(format!("geen termijn {} door {clausule:?}", verwacht.soort));
            return Ok(());
        }
        let Some((termijn, status)) = gevonden else {
            moet!(Controle, false, "geen termijn '{}'", verwacht.soort);
            return Ok(());
        };
        self.vergelijk(termijn, *status, verwacht)?;
        let naam = status_naam(*status);
        self.regels.push(format!("termijn {} {naam}, {}", termijn.soort, termijn.clausule));
        if controle.als_bekend_op.is_none() {
            let te_laat = self.samen.app.store().te_laat(beeld.id, &termijn.wie, controle.op.0).await?;
            let uit_views = te_laat.iter().filter(|soort| **soort == termijn.soort).count();
            let in_domein = beeld.termijnen.iter();
            let uit_domein = in_domein
                .filter(|(t, s)| t.soort == termijn.soort && t.wie == termijn.wie && *s == Status::TeLaat)
                .count();
            moet!(Controle, uit_views == uit_domein, "opgeslagen zijn er {uit_views} te laat, berekend {uit_domein}");
        }
        Ok(())
    }

    fn vergelijk(&mut self, termijn: &Termijn, status: Status, verwacht: &VerwachteTermijn) -> Result<()> {
        let (soort, naam) = (&termijn.soort, status_naam(status));
        moet!(Controle, naam == verwacht.status, "{soort}: status is {naam}, verwacht {}", verwacht.status);
        let clausule = termijn.clausule.als_str();
        moet!(Controle, clausule == verwacht.clausule, "{soort}: door {clausule}, verwacht {}", verwacht.clausule);
        self.dekking.toets(clausule);
        if let Some(hiaat) = &verwacht.hiaat {
            let eigen = termijn.hiaat.as_ref().map(|id| id.als_str());
            moet!(Controle, eigen == Some(hiaat.as_str()), "{soort}: gelezen door {eigen:?}, verwacht {hiaat}");
            self.dekking.toets(hiaat);
        }
        if let Some(uiterlijk) = &verwacht.uiterlijk {
            let (is, dag) = (termijn.uiterlijk, termijn.uiterlijk.net_ervoor().dag());
            let gelijk = eindigt_op(termijn, uiterlijk)?;
            moet!(Controle, gelijk, "{soort}: uiterlijk is {dag} ({}), verwacht {uiterlijk}", is.lokaal());
        }
        if let Some(vanaf) = &verwacht.vanaf {
            let is = termijn.vanaf.map(|vanaf| vanaf.dag().to_string());
            moet!(Controle, is.as_deref() == Some(vanaf.to_string().as_str()), "{soort}: vanaf {is:?}, niet {vanaf}");
        }
        if let Some(wie) = &verwacht.wie {
            let moet_het = self.organisatie(wie)?;
            moet!(Controle, moet_het.as_ref() == Some(&termijn.wie), "{soort}: {} moet het, niet {wie}", termijn.wie);
        }
        Ok(())
    }

    fn bij(&self, naam: &str, beeld: &CasusBeeld) -> Result<Bij> {
        let versie = self.namen.versies.get(&format!("{naam}:eerste")).copied();
        let versie = versie.ok_or_else(|| anyhow!("geen stap met id = \"{naam}\""))?;
        let genoemd = self.namen.ids.get(naam);
        let melding = beeld.staat.meldingen.iter().find(|melding| Some(&melding.id.to_string()) == genoemd);
        let overdracht = beeld.staat.overdrachten.iter().find(|overdracht| overdracht.feit.versie == versie);
        melding
            .map(|melding| Bij::Melding(melding.id))
            .or_else(|| overdracht.map(|overdracht| Bij::Overdracht(overdracht.id)))
            .ok_or_else(|| anyhow!("de stap \"{naam}\" maakte geen melding en geen aanbod"))
    }

    /// Whether the casus has ended, and in what way by which clause.
    fn sluiting(&mut self, controle: &Controle, beeld: &CasusBeeld, geldig: &GeldigeBundel) -> Result<()> {
        let gesloten = beeld.staat.sluiting.as_ref();
        if let Some(verwacht) = controle.gesloten {
            moet!(Controle, gesloten.is_some() == verwacht, "gesloten is {}", gesloten.is_some());
        }
        if let Some(verwacht) = &controle.sluiting {
            let wijze = gesloten.map(|sluiting| sluiting.wijze.als_str()).unwrap_or_default();
            moet!(Controle, wijze == verwacht.wijze, "gesloten als '{wijze}', verwacht '{}'", verwacht.wijze);
            let regel = geldig.bundel.inhoud.sluiting.get(&wijze);
            if let Some(clausule) = &verwacht.clausule {
                let eigen = regel.map(|regel| regel.clausule.als_str());
                moet!(Controle, eigen == Some(clausule.as_str()), "gesloten door {eigen:?}, verwacht {clausule}");
                self.dekking.toets(clausule);
            }
        }
        Ok(())
    }

    async fn zichtbaarheid(&mut self, controle: &Controle, casus: CasusId, geldig: &GeldigeBundel) -> Result<()> {
        for (verwachting, zichtbaar) in [(&controle.ziet, true), (&controle.ziet_niet, false)] {
            for (naam, dingen) in verwachting {
                let gezien = self.gezien(naam, casus, geldig).await?;
                for ding in dingen {
                    let ziet = gezien.contains(ding);
                    moet!(Controle, ziet == zichtbaar, "{naam} ziet {ding}: {ziet}, want ziet {gezien:?}");
                }
            }
        }
        for (verwachting, mogelijk) in [(&controle.kan, true), (&controle.kan_niet, false)] {
            for (naam, daden) in verwachting {
                let actor = self.actor(naam, None, geldig)?;
                let vraag = CasusVraag { casus, stand: None, bekend_op: None };
                let handelingen = match self.samen.app.casus(&actor, vraag).await {
                    Ok(beeld) => beeld.handelingen,
                    Err(AppFout::NietGevonden) => Vec::new(),
                    Err(fout) => return Err(fout.into()),
                };
                for daad in daden {
                    let kan = handelingen.iter().any(|handeling| handeling.naam == daad && handeling.kan());
                    moet!(Controle, kan == mogelijk, "{naam} kan {daad}: {kan}");
                }
            }
        }
        Ok(())
    }

    /// Everything that a party sees: the casus itself, kinds of content, kinds of events.
    async fn gezien(&self, naam: &str, casus: CasusId, geldig: &GeldigeBundel) -> Result<Vec<String>> {
        let actor = self.actor(naam, None, geldig)?;
        let vraag = CasusVraag { casus, stand: None, bekend_op: None };
        match self.samen.app.casus(&actor, vraag).await {
            Err(AppFout::NietGevonden) => Ok(Vec::new()),
            Err(fout) => Err(fout.into()),
            Ok(beeld) => {
                let stukken = beeld.stukken.iter().map(|stuk| stuk.soort.clone());
                let regels = beeld.geschiedenis.iter().map(|regel| regel.soort.clone());
                let mut gezien: Vec<_> = std::iter::once("casus".to_owned()).chain(stukken).chain(regels).collect();
                // Who may not be known to the family is no part of the casus: whether it opens, is tried.
                for melding in &beeld.staat.meldingen {
                    match self.samen.app.melder(&actor, &beeld, melding.id).await {
                        Ok(melder) if !melder.is_leeg() => gezien.push("melder".to_owned()),
                        Ok(_) | Err(AppFout::NietGevonden) => {}
                        Err(fout) => return Err(fout.into()),
                    }
                }
                Ok(gezien)
            }
        }
    }
}

/// The bound of a term, by its last day or by its instant.
fn eindigt_op(termijn: &Termijn, verwacht: &Datetime) -> Result<bool> {
    valt_op(termijn.uiterlijk, &termijn.uiterlijk.net_ervoor().dag().to_string(), verwacht)
}

/// A bound by its last day, or by its instant when a time is given.
fn valt_op(is: Instant, dag: &str, verwacht: &Datetime) -> Result<bool> {
    if verwacht.time.is_none() {
        return Ok(dag == verwacht.to_string());
    }
    let lokaal = verwacht.to_string().parse().map_err(|_| anyhow!("'{verwacht}' is geen lokale tijd"))?;
    Ok(is == Instant::uit_lokaal(lokaal))
}

fn status_naam(status: Status) -> String {
    let waarde = serde_json::to_value(status).unwrap_or_default();
    waarde.as_str().unwrap_or_default().to_owned()
}
