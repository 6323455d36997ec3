//! The player: steps and controls in the order of their times, answered by the application and by the stored views,
//! which must agree.

use super::{
    Modus,
    invullen::{Bron, Namen, eis_partij},
    vorm::{self, Controle, Scenario, Stap, VerwachteTermijn},
};
use crate::{
    config::Opslagadres,
    klok::VasteKlok,
    start::{Samenstel, stel_samen},
};
use anyhow::{Context, Result, anyhow, bail, ensure};
use app::{
    Actor, Antwoord, AppFout, Opdracht, Wens,
    lezen::{CasusBeeld, CasusVraag},
};
use domain::{
    Casus,
    afspraak::{Afspraken, GeldigeBundel},
    ids::{CasusId, CommandId, OrganisatieId},
    termijnen::{Bij, Status, Termijn, geen_termijn},
    tijd::Instant,
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use uuid::Uuid;

/// How a scenario went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verslag {
    pub titel: String,
    pub stappen: usize,
    pub controles: usize,
    /// What was filled in and what was answered.
    pub regels: Vec<String>,
}

/// Plays one file in the given ways; all must answer alike.
///
/// # Errors
/// The first step or control that does not go as written, with its place.
pub async fn speel(pad: &Path, modi: &[Modus], afspraken: &Afspraken, store: Option<&Opslagadres>) -> Result<Verslag> {
    let scenario = vorm::lees(pad)?;
    let mut eerste: Option<Verslag> = None;
    for modus in modi {
        let map = tempfile::tempdir()?;
        let plek = Plek::nieuw(store, map.path()).await?;
        let (adres, sleutels) = (plek.adres.clone(), plek.sleutels.clone());
        let mut speler = Speler::begin(&scenario, pad, *modus, adres, sleutels, afspraken.clone()).await?;
        let verslag = speler.speel().await.with_context(|| format!("stand {modus:?}"));
        speler.samen.store.sluit().await;
        plek.ruim_op().await?;
        let verslag = verslag?;
        match &eerste {
            None => eerste = Some(verslag),
            Some(gewoon) => {
                ensure!(
                    *gewoon == verslag,
                    "in stand {modus:?} zijn de antwoorden anders dan in stand {:?}",
                    modi.first()
                );
            }
        }
    }
    eerste.ok_or_else(|| anyhow!("geen stand gekozen"))
}

/// Where a scenario is played: a file of its own, a schema of its own on a server, or the file that was given.
struct Plek {
    adres: Opslagadres,
    sleutels: PathBuf,
    /// The server and the schema to remove from it.
    schema: Option<(String, String)>,
}

impl Plek {
    async fn nieuw(store: Option<&Opslagadres>, map: &Path) -> Result<Self> {
        match store {
            None => {
                Ok(Self { adres: (&map.join("zicht.db")).into(), sleutels: map.join("zicht.sleutels"), schema: None })
            }
            Some(Opslagadres::Sqlite(pad)) => {
                Ok(Self { adres: pad.into(), sleutels: pad.with_extension("sleutels"), schema: None })
            }
            Some(Opslagadres::Postgres(url)) => {
                let naam = format!("scenario_{}", map.file_name().unwrap_or_default().to_string_lossy());
                let naam = naam.to_lowercase().replace(|teken: char| !teken.is_ascii_alphanumeric(), "_");
                let adres = Opslagadres::Postgres(store_postgres::maak_schema(url, &naam).await?);
                Ok(Self { adres, sleutels: map.join("zicht.sleutels"), schema: Some((url.clone(), naam)) })
            }
        }
    }

    async fn ruim_op(self) -> Result<()> {
        if let Some((url, naam)) = self.schema {
            store_postgres::verwijder_schema(&url, &naam).await?;
        }
        Ok(())
    }
}

pub(super) struct Speler<'a> {
    scenario: &'a Scenario,
    modus: Modus,
    adres: Opslagadres,
    sleutels: PathBuf,
    afspraken: Afspraken,
    klok: VasteKlok,
    pub(super) samen: Samenstel,
    /// Tells scenarios apart in one store.
    zaad: Uuid,
    namen: Namen,
    pub(super) regels: Vec<String>,
}

enum Beurt<'a> {
    Stap(&'a Stap),
    Controle(&'a Controle),
}

impl<'a> Speler<'a> {
    async fn begin(
        scenario: &'a Scenario,
        pad: &Path,
        modus: Modus,
        adres: Opslagadres,
        sleutels: PathBuf,
        afspraken: Afspraken,
    ) -> Result<Self> {
        let klok = VasteKlok::default();
        let samen = stel_samen(adres.clone(), &sleutels, Arc::new(klok.clone()), afspraken.clone()).await?;
        let zaad = CommandId(Uuid::nil()).afgeleid(&format!("{}:{modus:?}", pad.display()));
        Ok(Self {
            scenario,
            modus,
            adres,
            sleutels,
            afspraken,
            klok,
            samen,
            zaad,
            namen: Namen::default(),
            regels: Vec::new(),
        })
    }

    async fn speel(&mut self) -> Result<Verslag> {
        // A control at the instant of a step sees the step.
        let stappen = self.scenario.stap.iter().map(|stap| (stap.op, 0, Beurt::Stap(stap)));
        // What is asked as known later waits until then.
        let controles = self.scenario.controle.iter().map(|controle| {
            let gespeeld_op = controle.als_bekend_op.map_or(controle.op, |bekend| bekend.max(controle.op));
            (gespeeld_op, 1, Beurt::Controle(controle))
        });
        let mut beurten: Vec<_> = stappen.chain(controles).collect();
        beurten.sort_by_key(|(op, volgorde, _)| (*op, *volgorde));
        for (nummer, (op, _, beurt)) in beurten.iter().enumerate() {
            self.klok.zet(op.0);
            match beurt {
                Beurt::Stap(stap) => {
                    self.voor_stap().await?;
                    let waar = || format!("stap '{}' door {} op {}", stap.doe, stap.door, op.0.lokaal());
                    self.stap(stap, nummer).await.with_context(waar)?;
                }
                Beurt::Controle(controle) => {
                    self.voor_controle().await?;
                    self.controle(controle).await.with_context(|| format!("controle op {}", op.0.lokaal()))?;
                }
            }
        }
        Ok(Verslag {
            titel: self.scenario.titel.clone(),
            stappen: self.scenario.stap.len(),
            controles: self.scenario.controle.len(),
            regels: std::mem::take(&mut self.regels),
        })
    }

    async fn voor_stap(&mut self) -> Result<()> {
        if self.modus == Modus::Herstart {
            self.samen.store.sluit().await;
            let leeg = tempfile::tempdir()?;
            // The lock of the old store falls when it is dropped, so something must take its place first.
            let tijdelijk = stel_samen(
                &leeg.path().join("t.db"),
                &leeg.path().join("s"),
                Arc::new(self.klok.clone()),
                self.afspraken.clone(),
            )
            .await?;
            drop(std::mem::replace(&mut self.samen, tijdelijk));
            let klok = Arc::new(self.klok.clone());
            self.samen = stel_samen(self.adres.clone(), &self.sleutels, klok, self.afspraken.clone()).await?;
        }
        self.jobs().await
    }

    async fn voor_controle(&mut self) -> Result<()> {
        for casus in self.namen.casussen.values().filter(|_| self.modus == Modus::ViewsHerbouwd) {
            self.samen.app.herbouw_views(*casus).await?;
            self.samen.app.herbouw_herkenning(*casus).await?;
        }
        self.jobs().await
    }

    async fn jobs(&self) -> Result<()> {
        if self.modus != Modus::ZonderJobs {
            app::jobs::wek(&self.samen.app).await?;
        }
        Ok(())
    }

    fn geldig(&self, op: Instant) -> Result<GeldigeBundel> {
        let naam = self.scenario.afspraak.as_str().into();
        let geldig = self.afspraken.geldig(&naam, op.dag());
        let geldig = geldig.ok_or_else(|| {
            let bekend: Vec<_> = self.afspraken.alle().iter().map(|geldig| geldig.bundel.afspraak.als_str()).collect();
            anyhow!("de afspraak '{naam}' geldt niet op {}; er zijn: {}", op.dag(), bekend.join(", "))
        })?;
        if let Some(editie) = &self.scenario.editie {
            let eigen = geldig.bundel.eigen_laag().map(|laag| laag.editie.as_str());
            ensure!(eigen == Some(editie), "editie {editie} verwacht, {eigen:?} geldt");
        }
        if let Some(kalender) = &self.scenario.kalender {
            ensure!(
                geldig.bundel.kalender.kalender == *kalender,
                "een andere kalender geldt: {}",
                geldig.bundel.kalender.kalender
            );
        }
        Ok(geldig.clone())
    }

    /// The worker as whom the step is done. Who has no account reports through an intake worker of Veilig Thuis.
    pub(super) fn actor(&self, naam: &str, geldig: &GeldigeBundel) -> Result<Actor> {
        eis_partij(self.scenario, naam)?;
        let eigen = self.scenario.partijen.get(naam).and_then(|partij| partij.organisatie.clone());
        let organisatie = match eigen {
            Some(organisatie) => organisatie,
            None => geldig.bundel.veilig_thuis().cloned().ok_or_else(|| anyhow!("geen Veilig Thuis in de afspraak"))?,
        };
        Ok(Actor { medewerker: format!("{naam}-1").as_str().into(), organisatie })
    }

    async fn staat(&self, naam: &str) -> Result<Casus> {
        let Some(casus) = self.namen.casussen.get(naam).copied() else {
            return Ok(Casus::default());
        };
        let rijen = self.samen.app.store().laad(casus).await?;
        Ok(Casus::uit(&app::codec::stroom(&rijen)?))
    }

    async fn stap(&mut self, stap: &Stap, nummer: usize) -> Result<()> {
        let geldig = self.geldig(stap.op.0)?;
        let naam = stap.casus.clone().unwrap_or_default();
        let casus = self.staat(&naam).await?;
        let bron = Bron { scenario: self.scenario, namen: &self.namen, bundel: &geldig.bundel, casus: &casus };
        let ingevuld = bron.vul_in(stap)?;
        self.regels.extend(ingevuld.zelf.iter().map(|regel| format!("zelf ingevuld: {regel}")));
        let mut actor = self.actor(&stap.door, &geldig)?;
        let via_intake = matches!(&ingevuld.wens, Wens::Meld(meld) if casus.versie > 0 || meld.ontvangen_op.is_some());
        if via_intake {
            // Which casus a further report belongs to, and that it came in earlier, is recorded at intake.
            actor.organisatie = geldig.bundel.veilig_thuis().cloned().unwrap_or(actor.organisatie);
        }
        let opdracht = Opdracht {
            id: CommandId(CommandId(self.zaad).afgeleid(&format!("stap-{nummer}"))),
            casus: self.namen.casussen.get(&naam).copied(),
            verwacht: None,
            actor,
            gebeurd_op: stap.gebeurd_op.map(|op| op.0),
            wens: ingevuld.wens,
        };
        let antwoord = self.samen.app.voer_uit(&opdracht).await;
        if self.modus == Modus::Dubbel {
            let tweede = self.samen.app.voer_uit(&opdracht).await;
            let gelijk = match (&antwoord, &tweede) {
                (Ok(een), Ok(ander)) => een == ander,
                (een, ander) => een.is_err() == ander.is_err(),
            };
            ensure!(gelijk, "dezelfde opdracht twee keer gaf een ander antwoord: {antwoord:?} en {tweede:?}");
        }
        if let Ok(Antwoord::Gedaan(gedaan)) = &antwoord {
            self.namen.casussen.insert(naam.clone(), gedaan.casus);
        }
        let na = self.staat(&naam).await?;
        self.verwacht(stap, antwoord, &casus, &na)
    }

    fn verwacht(&mut self, stap: &Stap, antwoord: Result<Antwoord, AppFout>, voor: &Casus, na: &Casus) -> Result<()> {
        match (antwoord, &stap.weigering, &stap.fout) {
            (Ok(Antwoord::Gedaan(gedaan)), None, None) => {
                self.onthoud(stap, &gedaan, na);
                Ok(())
            }
            (Ok(Antwoord::Geweigerd(w)), Some(verwacht), None) => {
                let reden = &w.reden;
                ensure!(
                    reden.code.als_str() == verwacht.code,
                    "geweigerd met code {}, verwacht {}",
                    reden.code.als_str(),
                    verwacht.code
                );
                ensure!(
                    reden.clausule.als_str() == verwacht.clausule,
                    "geweigerd met clausule {}, verwacht {}",
                    reden.clausule,
                    verwacht.clausule
                );
                if let Some(mag) = verwacht.mag_met_reden {
                    ensure!(w.mag_met_reden == mag, "mag_met_reden is {}, verwacht {mag}", w.mag_met_reden);
                }
                if let Some(ook) = &verwacht.ook {
                    let codes: Vec<_> = w.ook.iter().map(|reden| reden.code.als_str().to_owned()).collect();
                    ensure!(codes == *ook, "verder geweigerd om {codes:?}, verwacht {ook:?}");
                }
                ensure!(voor == na, "een weigering veranderde de casus");
                self.regels.push(format!("geweigerd: {} {}", reden.code.als_str(), reden.clausule));
                Ok(())
            }
            (Err(AppFout::NietGevonden), None, Some(fout)) if fout == "niet-gevonden" => Ok(()),
            (Ok(Antwoord::Geweigerd(w)), None, _) => {
                bail!("geweigerd: {} ({}), ook {:?}", w.reden.code.als_str(), w.reden.clausule, w.ook)
            }
            (Ok(antwoord), ..) => bail!("had geweigerd moeten worden, maar: {antwoord:?}"),
            (Err(fout), ..) => Err(fout.into()),
        }
    }

    fn onthoud(&mut self, stap: &Stap, gedaan: &app::Gedaan, na: &Casus) {
        let Some(naam) = &stap.id else { return };
        self.namen.versies.insert(naam.clone(), gedaan.versie);
        self.namen.versies.insert(format!("{naam}:eerste"), gedaan.eerste_versie);
        let melding = na.meldingen.iter().find(|melding| melding.feit.versie == gedaan.eerste_versie);
        let overdracht = na.overdrachten.iter().find(|overdracht| overdracht.feit.versie == gedaan.eerste_versie);
        let id =
            melding.map(|melding| melding.id.to_string()).or(overdracht.map(|overdracht| overdracht.id.to_string()));
        self.namen.ids.extend(id.map(|id| (naam.clone(), id)));
    }

    /// A casus by its name in the file.
    pub(super) fn casus(&self, naam: &str) -> Result<CasusId> {
        let casus = self.namen.casussen.get(naam).copied();
        casus.ok_or_else(|| anyhow!("er is nog geen casus '{naam}'"))
    }

    async fn controle(&mut self, controle: &Controle) -> Result<()> {
        let geldig = self.geldig(controle.op.0)?;
        let casus = self.casus(controle.casus.as_deref().unwrap_or_default())?;
        let vraag = CasusVraag {
            casus,
            stand: controle.als_bekend_op.map(|_| controle.op.0),
            bekend_op: controle.als_bekend_op.map(|op| op.0),
        };
        let vt = self.actor_van_vt(&geldig)?;
        if let Some(herken) = &controle.herken {
            self.herken(herken, casus, &geldig).await?;
        }
        let beeld = self.samen.app.casus(&vt, vraag).await?;
        if let Some(ook_open) = &controle.ook_open {
            self.ook_open(ook_open, &beeld, &vt).await?;
        }
        if let Some(zicht) = &controle.zicht {
            self.zicht(controle, zicht, &beeld).await?;
        }
        if let Some(regie) = &controle.regie {
            let span = beeld.lijn.regie.iter().find(|span| span.omvat(controle.op.0));
            let houder = span.and_then(|span| span.houder.clone());
            ensure!(houder == self.organisatie(regie)?, "regie ligt bij {houder:?}, verwacht {regie}");
        }
        if let Some(termijn) = &controle.termijn {
            self.termijn(controle, termijn, &beeld, &geldig).await?;
        }
        if let Some(gesloten) = controle.gesloten {
            ensure!(beeld.staat.sluiting.is_some() == gesloten, "gesloten is {}", beeld.staat.sluiting.is_some());
        }
        self.zichtbaarheid(controle, casus, &geldig).await
    }

    fn actor_van_vt(&self, geldig: &GeldigeBundel) -> Result<Actor> {
        let vt = geldig.bundel.veilig_thuis().cloned().ok_or_else(|| anyhow!("geen Veilig Thuis in de afspraak"))?;
        Ok(Actor { medewerker: "controleur".into(), organisatie: vt })
    }

    fn organisatie(&self, naam: &str) -> Result<Option<OrganisatieId>> {
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
        ensure!(houder == verwacht, "zicht ligt bij {houder:?}, verwacht {naam} ({verwacht:?})");
        let grond = span.map(|span| span.grond.0.clone());
        if let Some(verwachte) = &controle.grond {
            ensure!(grond.as_ref() == Some(verwachte), "grond is {grond:?}, verwacht {verwachte}");
        }
        self.regels.push(format!("{}: zicht {houder:?}, grond {grond:?}", op.lokaal()));
        if controle.als_bekend_op.is_some() {
            return Ok(());
        }
        let uit_views = self.samen.app.store().houder_op(beeld.id, op).await?;
        let uit_domein = houder.clone().zip(grond);
        ensure!(uit_views == uit_domein, "de opgeslagen lijn zegt {uit_views:?}, de berekende {uit_domein:?}");
        // Every organisation concerned sees the same answer.
        for partij in self.scenario.partijen.values().filter_map(|partij| partij.organisatie.clone()) {
            let actor = Actor { medewerker: "controleur".into(), organisatie: partij.clone() };
            let vraag = CasusVraag { casus: beeld.id, stand: None, bekend_op: None };
            match self.samen.app.casus(&actor, vraag).await {
                Ok(ander) => {
                    let gezien = ander.lijn.houder_op(op).cloned();
                    ensure!(gezien == houder, "{partij} ziet {gezien:?} als houder, Veilig Thuis {houder:?}");
                }
                Err(AppFout::NietGevonden) => {}
                Err(fout) => return Err(fout.into()),
            }
        }
        Ok(())
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
        let gevonden = beeld.termijnen.iter().rfind(|(termijn, _)| van_soort(termijn));
        if verwacht.status == "geen" {
            ensure!(gevonden.is_none(), "er is wel een termijn: {gevonden:?}");
            let clausule = geen_termijn(&beeld.staat, &geldig.bundel, &verwacht.soort).map(|id| id.0.clone());
            ensure!(clausule.as_deref() == Some(verwacht.clausule.as_str()), "geen termijn, door {clausule:?}");
            self.regels.push(format!("geen termijn {} door {clausule:?}", verwacht.soort));
            return Ok(());
        }
        let (termijn, status) = gevonden.ok_or_else(|| anyhow!("geen termijn '{}'", verwacht.soort))?;
        let naam = status_naam(*status);
        ensure!(naam == verwacht.status, "status is {naam}, verwacht {}", verwacht.status);
        ensure!(
            termijn.clausule.als_str() == verwacht.clausule,
            "clausule is {}, verwacht {}",
            termijn.clausule,
            verwacht.clausule
        );
        if let Some(uiterlijk) = &verwacht.uiterlijk {
            let dag = termijn.uiterlijk.net_ervoor().dag();
            ensure!(dag.to_string() == uiterlijk.to_string(), "uiterlijk is {dag}, verwacht {uiterlijk}");
        }
        if let Some(wie) = &verwacht.wie {
            ensure!(
                self.organisatie(wie)?.as_ref() == Some(&termijn.wie),
                "{} moet het doen, verwacht {wie}",
                termijn.wie
            );
        }
        self.regels.push(format!("termijn {} {naam}, {}", termijn.soort, termijn.clausule));
        if controle.als_bekend_op.is_none() {
            let te_laat = self.samen.app.store().te_laat(beeld.id, &termijn.wie, controle.op.0).await?;
            let uit_views = te_laat.iter().filter(|soort| **soort == termijn.soort).count();
            let in_domein = beeld.termijnen.iter();
            let uit_domein = in_domein
                .filter(|(t, s)| t.soort == termijn.soort && t.wie == termijn.wie && *s == Status::TeLaat)
                .count();
            ensure!(uit_views == uit_domein, "opgeslagen zijn er {uit_views} te laat, berekend {uit_domein}");
        }
        Ok(())
    }

    fn bij(&self, naam: &str, beeld: &CasusBeeld) -> Result<Bij> {
        let versie = self.namen.versies.get(&format!("{naam}:eerste")).copied();
        let versie = versie.ok_or_else(|| anyhow!("geen stap met id = \"{naam}\""))?;
        let melding = beeld.staat.meldingen.iter().find(|melding| melding.feit.versie == versie);
        let overdracht = beeld.staat.overdrachten.iter().find(|overdracht| overdracht.feit.versie == versie);
        melding
            .map(|melding| Bij::Melding(melding.id))
            .or_else(|| overdracht.map(|overdracht| Bij::Overdracht(overdracht.id)))
            .ok_or_else(|| anyhow!("de stap \"{naam}\" maakte geen melding en geen aanbod"))
    }

    async fn zichtbaarheid(&mut self, controle: &Controle, casus: CasusId, geldig: &GeldigeBundel) -> Result<()> {
        for (verwachting, zichtbaar) in [(&controle.ziet, true), (&controle.ziet_niet, false)] {
            for (naam, dingen) in verwachting {
                let gezien = self.gezien(naam, casus, geldig).await?;
                for ding in dingen {
                    ensure!(
                        gezien.contains(ding) == zichtbaar,
                        "{naam} ziet {ding}: {}, maar ziet {gezien:?}",
                        !zichtbaar
                    );
                }
            }
        }
        for (verwachting, mogelijk) in [(&controle.kan, true), (&controle.kan_niet, false)] {
            for (naam, daden) in verwachting {
                let actor = self.actor(naam, geldig)?;
                let vraag = CasusVraag { casus, stand: None, bekend_op: None };
                let handelingen = match self.samen.app.casus(&actor, vraag).await {
                    Ok(beeld) => beeld.handelingen,
                    Err(AppFout::NietGevonden) => Vec::new(),
                    Err(fout) => return Err(fout.into()),
                };
                for daad in daden {
                    let kan = handelingen.iter().any(|handeling| handeling.naam == daad && handeling.kan());
                    ensure!(kan == mogelijk, "{naam} kan {daad}: {kan}");
                }
            }
        }
        Ok(())
    }

    /// Everything that a party sees: the casus itself, kinds of content, kinds of events.
    async fn gezien(&self, naam: &str, casus: CasusId, geldig: &GeldigeBundel) -> Result<Vec<String>> {
        let actor = self.actor(naam, geldig)?;
        let vraag = CasusVraag { casus, stand: None, bekend_op: None };
        match self.samen.app.casus(&actor, vraag).await {
            Err(AppFout::NietGevonden) => Ok(Vec::new()),
            Err(fout) => Err(fout.into()),
            Ok(beeld) => {
                let stukken = beeld.stukken.iter().map(|stuk| stuk.soort.clone());
                let regels = beeld.geschiedenis.iter().map(|regel| regel.soort.clone());
                Ok(std::iter::once("casus".to_owned()).chain(stukken).chain(regels).collect())
            }
        }
    }
}

fn status_naam(status: Status) -> String {
    let waarde = serde_json::to_value(status).unwrap_or_default();
    waarde.as_str().unwrap_or_default().to_owned()
}
