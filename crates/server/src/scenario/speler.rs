//! The player: steps and controls in the order of their times, answered by the application and by the stored views,
//! which must agree.

use super::{
    Modus,
    dekking::{Dekking, Verschil, moet},
    eigen,
    invullen::{Bron, Namen, eis_partij},
    plek::Plekken,
    vorm::{self, Controle, Scenario, Stap, VerwachteWeigering},
};
use crate::{
    config::Opslagadres,
    kaders::verzonnen_instrument,
    klok::VasteKlok,
    start::{Gegevens, Samenstel, stel_samen_met},
};
use anyhow::{Context, Result, anyhow, bail, ensure};
use app::{Actor, Antwoord, AppFout, Opdracht, Wens, bronnen::Nagebootst};
use domain::{
    Casus, Weigering,
    afspraak::{Afspraken, GeldigeBundel},
    gebeurtenis::{Afwijking, Gebeurtenis},
    ids::{AfspraakNaam, CasusId, CommandId},
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
    /// Which clauses the answers showed.
    pub dekking: Dekking,
}

/// Plays one file in the given ways; all must answer alike.
///
/// # Errors
/// The first step or control that does not go as written, with its place.
pub async fn speel(pad: &Path, modi: &[Modus], afspraken: &Afspraken, plekken: &Plekken) -> Result<Verslag> {
    speel_in(&std::env::temp_dir(), pad, modi, afspraken, plekken).await
}

/// The same with its files in a folder below `werkmap`.
///
/// # Errors
/// As [`speel`].
pub async fn speel_in(
    werkmap: &Path,
    pad: &Path,
    modi: &[Modus],
    afspraken: &Afspraken,
    plekken: &Plekken,
) -> Result<Verslag> {
    let scenario = vorm::lees(pad)?;
    let mut eerste: Option<Verslag> = None;
    for modus in modi {
        let map = tempfile::tempdir_in(werkmap)?;
        let plek = plekken.neem(map.path()).await?;
        let (adres, sleutels) = (plek.adres.clone(), plek.sleutels.clone());
        let mut speler = Speler::begin(&scenario, pad, *modus, adres, sleutels, afspraken.clone()).await?;
        let verslag = speler.speel().await.with_context(|| format!("stand {modus:?}"));
        speler.samen.store.sluit().await;
        plekken.geef_terug(plek, verslag.is_ok()).await?;
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

pub(super) struct Speler<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) modus: Modus,
    adres: Opslagadres,
    sleutels: PathBuf,
    afspraken: Afspraken,
    gegevens: Gegevens,
    klok: VasteKlok,
    pub(super) samen: Samenstel,
    /// Tells scenarios apart in one store.
    pub(super) zaad: Uuid,
    pub(super) namen: Namen,
    pub(super) regels: Vec<String>,
    pub(super) dekking: Dekking,
}

/// The same command sent twice has one effect, and one answer.
pub(super) fn eis_gelijk(een: &Result<Antwoord, AppFout>, ander: &Result<Antwoord, AppFout>) -> Result<()> {
    let gelijk = match (een, ander) {
        (Ok(een), Ok(ander)) => een == ander,
        (een, ander) => een.is_err() == ander.is_err(),
    };
    ensure!(gelijk, "dezelfde opdracht twee keer gaf een ander antwoord: {een:?} en {ander:?}");
    Ok(())
}

enum Beurt<'a> {
    Stap(&'a Stap),
    Controle(&'a Controle),
}

impl<'a> Speler<'a> {
    pub(super) async fn begin(
        scenario: &'a Scenario,
        pad: &Path,
        modus: Modus,
        adres: Opslagadres,
        sleutels: PathBuf,
        afspraken: Afspraken,
    ) -> Result<Self> {
        let klok = VasteKlok::default();
        let bronnen = Arc::new(Nagebootst::new(scenario.bronnen.clone()));
        let gegevens = Gegevens { bronnen, instrumenten: verzonnen_instrument()?, ..Gegevens::ingebouwd()? };
        let poort = Arc::new(klok.clone());
        let samen = stel_samen_met(adres.clone(), &sleutels, poort, afspraken.clone(), gegevens.clone()).await?;
        let zaad = CommandId(Uuid::nil()).afgeleid(&format!("{}:{modus:?}", pad.display()));
        Ok(Self {
            scenario,
            modus,
            adres,
            sleutels,
            afspraken,
            gegevens,
            klok,
            samen,
            zaad,
            namen: Namen::default(),
            regels: Vec::new(),
            dekking: Dekking::default(),
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
            dekking: std::mem::take(&mut self.dekking),
        })
    }

    pub(super) fn zet_klok(&self, op: Instant) {
        self.klok.zet(op);
    }

    /// One step, as it is written.
    pub(super) async fn vertel(&mut self, stap: &Stap, nummer: usize) -> Result<()> {
        self.voor_stap().await?;
        self.stap(stap, nummer).await
    }

    async fn voor_stap(&mut self) -> Result<()> {
        if self.modus == Modus::Herstart {
            self.samen.store.sluit().await;
            let leeg = tempfile::tempdir()?;
            // The lock of the old store falls when it is dropped, so something must take its place first.
            let tijdelijk = stel_samen_met(
                &leeg.path().join("t.db"),
                &leeg.path().join("s"),
                Arc::new(self.klok.clone()),
                self.afspraken.clone(),
                self.gegevens.clone(),
            )
            .await?;
            drop(std::mem::replace(&mut self.samen, tijdelijk));
            let klok = Arc::new(self.klok.clone());
            let (afspraken, gegevens) = (self.afspraken.clone(), self.gegevens.clone());
            self.samen = stel_samen_met(self.adres.clone(), &self.sleutels, klok, afspraken, gegevens).await?;
        }
        self.jobs().await
    }

    async fn voor_controle(&mut self) -> Result<()> {
        let stromen = self.namen.casussen.values().chain(self.namen.eigen.values());
        for casus in stromen.filter(|_| self.modus == Modus::ViewsHerbouwd) {
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

    /// The agreement in force for a casus: the one that it follows now, which a move can have changed.
    pub(super) fn geldig(&self, op: Instant, casus: &Casus) -> Result<GeldigeBundel> {
        let eigen: AfspraakNaam = self.scenario.afspraak.as_str().into();
        let naam = casus.afspraak.clone().unwrap_or_else(|| eigen.clone());
        let geldig = self.afspraken.geldig(&naam, op.dag());
        let geldig = geldig.ok_or_else(|| {
            let bekend: Vec<_> = self.afspraken.alle().iter().map(|geldig| geldig.bundel.afspraak.als_str()).collect();
            anyhow!("de afspraak '{naam}' geldt niet op {}; er zijn: {}", op.dag(), bekend.join(", "))
        })?;
        if naam != eigen {
            return Ok(geldig.clone());
        }
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
    pub(super) fn actor(&self, naam: &str, wie: Option<&str>, geldig: &GeldigeBundel) -> Result<Actor> {
        eis_partij(self.scenario, naam)?;
        let eigen = self.scenario.partijen.get(naam).and_then(|partij| partij.organisatie.clone());
        let organisatie = match eigen {
            Some(organisatie) => organisatie,
            None => geldig.bundel.veilig_thuis().cloned().ok_or_else(|| anyhow!("geen Veilig Thuis in de afspraak"))?,
        };
        Ok(Actor { medewerker: format!("{naam}-{}", wie.unwrap_or("1")).as_str().into(), organisatie })
    }

    pub(super) async fn staat(&self, naam: &str) -> Result<Casus> {
        let Some(casus) = self.namen.casussen.get(naam).copied() else {
            return Ok(Casus::default());
        };
        let rijen = self.samen.app.store().laad(casus).await?;
        Ok(Casus::uit(&app::codec::stroom(&rijen)?))
    }

    async fn stap(&mut self, stap: &Stap, nummer: usize) -> Result<()> {
        if eigen::soort_van(&stap.doe).is_some() {
            return self.eigen_stap(stap, nummer).await;
        }
        let naam = stap.casus.clone().unwrap_or_default();
        let casus = self.staat(&naam).await?;
        let geldig = self.geldig(stap.op.0, &casus)?;
        let bron = Bron { scenario: self.scenario, namen: &self.namen, bundel: &geldig.bundel, casus: &casus };
        let ingevuld = bron.vul_in(stap)?;
        self.regels.extend(ingevuld.zelf.iter().map(|regel| format!("zelf ingevuld: {regel}")));
        let mut actor = self.actor(&stap.door, stap.medewerker.as_deref(), &geldig)?;
        let via_intake = matches!(&ingevuld.wens, Wens::Meld(meld) if casus.versie > 0 || meld.ontvangen_op.is_some());
        if via_intake {
            // Which casus a further report belongs to, and that it came in earlier, is recorded at intake.
            let vt = casus.veilig_thuis.as_ref().or(geldig.bundel.veilig_thuis());
            actor.organisatie = vt.cloned().unwrap_or(actor.organisatie);
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
            eis_gelijk(&antwoord, &tweede)?;
        }
        if let Ok(Antwoord::Gedaan(gedaan)) = &antwoord {
            self.namen.casussen.insert(naam.clone(), gedaan.casus);
        }
        let na = self.staat(&naam).await?;
        match self.zoals_verwacht(stap, antwoord, casus == na)? {
            Some(gedaan) => {
                self.onthoud(stap, &gedaan, &na);
                self.afwijkingen(stap, &gedaan).await
            }
            None => Ok(()),
        }
    }

    /// What was done, when the step expects that; nothing when it was refused as the step expects.
    pub(super) fn zoals_verwacht(
        &mut self,
        stap: &Stap,
        antwoord: Result<Antwoord, AppFout>,
        ongewijzigd: bool,
    ) -> Result<Option<app::Gedaan>> {
        match (antwoord, &stap.weigering, &stap.fout) {
            (Ok(Antwoord::Gedaan(gedaan)), None, None) => Ok(Some(gedaan)),
            (Ok(Antwoord::Geweigerd(w)), Some(verwacht), None) => {
                self.weigering(&w, verwacht)?;
                moet!(Weigering, ongewijzigd, "een weigering veranderde iets");
                self.regels.push(format!("geweigerd: {} {}", w.reden.code.als_str(), w.reden.clausule));
                Ok(None)
            }
            (Err(AppFout::NietGevonden), None, Some(fout)) if fout == "niet-gevonden" => Ok(None),
            (Ok(Antwoord::Geweigerd(w)), None, _) => {
                let tekst = format!("geweigerd: {} ({}), ook {:?}", w.reden.code.als_str(), w.reden.clausule, w.ook);
                Err(Verschil::TochGeweigerd(tekst).into())
            }
            (Ok(antwoord), ..) => {
                Err(Verschil::Weigering(format!("had geweigerd moeten worden, maar: {antwoord:?}")).into())
            }
            (Err(AppFout::NietGevonden), Some(_), _) => {
                Err(Verschil::Weigering("had geweigerd moeten worden, maar is niet gevonden".to_owned()).into())
            }
            (Err(AppFout::Ongeldig(fouten)), ..) => bail!("de invoer klopt niet: {fouten:?}"),
            (Err(fout), ..) => Err(fout.into()),
        }
    }

    pub(super) fn weigering(&mut self, w: &Weigering, verwacht: &VerwachteWeigering) -> Result<()> {
        let (code, clausule) = (w.reden.code.als_str(), w.reden.clausule.als_str());
        self.dekking.geef(w.ook.iter().map(|reden| reden.clausule.als_str()));
        moet!(Weigering, code == verwacht.code, "geweigerd met code {code} ({clausule}), niet {}", verwacht.code);
        moet!(
            Weigering,
            clausule == verwacht.clausule,
            "{code}: geweigerd door {clausule}, niet {}",
            verwacht.clausule
        );
        self.dekking.toets(clausule);
        if let Some(mag) = verwacht.mag_met_reden {
            moet!(Weigering, w.mag_met_reden == mag, "{code}: mag_met_reden is {}, verwacht {mag}", w.mag_met_reden);
        }
        if let Some(ook) = &verwacht.ook {
            let codes: Vec<_> = w.ook.iter().map(|reden| reden.code.als_str().to_owned()).collect();
            moet!(Weigering, codes == *ook, "verder geweigerd om {codes:?}, verwacht {ook:?}");
        }
        if let Some(ook) = &verwacht.ook_clausules {
            let clausules: Vec<_> = w.ook.iter().map(|reden| reden.clausule.0.clone()).collect();
            moet!(Weigering, clausules == *ook, "verder geweigerd door {clausules:?}, verwacht {ook:?}");
            ook.iter().for_each(|id| self.dekking.toets(id));
        }
        if let Some(ontbreekt) = &verwacht.ontbreekt {
            moet!(Weigering, w.reden.ontbreekt == *ontbreekt, "{code}: ontbreekt {:?}", w.reden.ontbreekt);
        }
        Ok(())
    }

    /// What an act recorded as deviations with a reason.
    async fn afwijkingen(&mut self, stap: &Stap, gedaan: &app::Gedaan) -> Result<()> {
        let rijen = self.samen.app.store().laad(gedaan.casus).await?;
        let stroom = app::codec::stroom(&rijen)?;
        let nieuw = stroom.iter().filter(|v| (gedaan.eerste_versie..=gedaan.versie).contains(&v.versie));
        let clausules: Vec<_> =
            nieuw.flat_map(|v| afwijkingen_van(&v.gebeurtenis)).map(|a| a.clausule.0.clone()).collect();
        self.dekking.geef(clausules.iter().map(String::as_str));
        if let Some(verwacht) = &stap.afwijkingen {
            moet!(Controle, clausules == *verwacht, "afgeweken van {clausules:?}, verwacht {verwacht:?}");
            verwacht.iter().for_each(|id| self.dekking.toets(id));
        }
        Ok(())
    }

    fn onthoud(&mut self, stap: &Stap, gedaan: &app::Gedaan, na: &Casus) {
        let Some(naam) = &stap.id else { return };
        self.namen.versies.insert(naam.clone(), gedaan.versie);
        self.namen.versies.insert(format!("{naam}:eerste"), gedaan.eerste_versie);
        let eerste = gedaan.eerste_versie;
        let plannen = &na.plannen;
        let ids = [
            na.meldingen.iter().find(|een| een.feit.versie == eerste).map(|een| een.id.to_string()),
            na.overdrachten.iter().find(|een| een.feit.versie == eerste).map(|een| een.id.to_string()),
            na.verzoeken.iter().find(|een| een.feit.versie == eerste).map(|een| een.id.to_string()),
            na.deeltaken.iter().find(|een| een.feit.versie == eerste).map(|een| een.id.to_string()),
            na.afstemming.afwijkingen.iter().find(|een| een.feit.versie == eerste).map(|een| een.id.to_string()),
            plannen.versies.iter().find(|een| een.feit.versie == eerste).map(|een| een.id.to_string()),
            plannen.regels.iter().find(|een| een.feit.versie == eerste).map(|een| een.id.to_string()),
        ];
        let id = ids.into_iter().flatten().next();
        self.namen.ids.extend(id.map(|id| (naam.clone(), id)));
    }

    /// A casus by its name in the file.
    pub(super) fn casus(&self, naam: &str) -> Result<CasusId> {
        let casus = self.namen.casussen.get(naam).copied();
        casus.ok_or_else(|| anyhow!("er is nog geen casus '{naam}'"))
    }
}

fn afwijkingen_van(gebeurtenis: &Gebeurtenis) -> &[Afwijking] {
    match gebeurtenis {
        Gebeurtenis::VervolgBesloten { afwijkingen, .. }
        | Gebeurtenis::BeoordelingAfgerond { afwijkingen, .. }
        | Gebeurtenis::OverdrachtAangeboden { afwijkingen, .. }
        | Gebeurtenis::DienstGestart { afwijkingen, .. }
        | Gebeurtenis::HuisbezoekGehouden { afwijkingen, .. }
        | Gebeurtenis::WarmeOverdrachtGehouden { afwijkingen, .. }
        | Gebeurtenis::MonitormomentVastgelegd { afwijkingen, .. }
        | Gebeurtenis::DocumentGemaakt { afwijkingen, .. }
        | Gebeurtenis::MeldingOntvangen { afwijkingen, .. }
        | Gebeurtenis::ContactGezinVastgelegd { afwijkingen, .. }
        | Gebeurtenis::ContactBeroepskrachtVastgelegd { afwijkingen, .. } => afwijkingen,
        Gebeurtenis::Plan(gebeurtenis) => gebeurtenis.afwijkingen(),
        Gebeurtenis::Maatregel(gebeurtenis) => gebeurtenis.afwijkingen(),
        _ => &[],
    }
}
