//! A scenario that waits before each step, for the demo: somebody presses "volgende stap" and looks around in between.

use super::{
    Modus,
    speler::Speler,
    vorm::{self, Scenario, Stap},
};
use crate::start::Samenstel;
use anyhow::{Context, Result, anyhow};
use domain::{afspraak::Afspraken, ids::OrganisatieId};
use std::{future::Future, path::Path, pin::Pin};
use tokio::sync::Mutex;
use web::{
    DemoAccount, opmaak,
    verhaal::{Stand, Stap as Verteld, Verhaal},
};

/// A scenario and how far it was told. The controls of the file are left out: people look for themselves.
pub struct Verteller {
    scenario: &'static Scenario,
    accounts: Vec<DemoAccount>,
    stappen: Vec<&'static Stap>,
    speler: Mutex<(Speler<'static>, usize)>,
}

impl Verteller {
    /// Puts the story at its begin, on a store in a folder; the application that tells it serves the pages as well.
    ///
    /// # Errors
    /// A file that is not right, or a store that cannot be used.
    pub async fn begin(
        tekst: &str,
        naam: &str,
        map: &Path,
        afspraken: Afspraken,
        mut accounts: Vec<DemoAccount>,
    ) -> Result<(Self, Samenstel)> {
        // One story per process, told until it ends.
        let scenario: &'static Scenario = Box::leak(Box::new(vorm::lees_tekst(tekst, naam)?));
        let adres = (&map.join("zicht.db")).into();
        let sleutels = map.join("zicht.sleutels");
        let speler = Speler::begin(scenario, Path::new(naam), Modus::Gewoon, adres, sleutels, afspraken).await?;
        let samen = speler.samen.clone();
        let mut stappen: Vec<_> = scenario.stap.iter().collect();
        stappen.sort_by_key(|stap| stap.op);
        let eerste = stappen.first().context("dit verhaal heeft geen stappen")?;
        speler.zet_klok(eerste.op.0);
        for organisatie in scenario.partijen.values().filter_map(|partij| partij.organisatie.as_ref()) {
            if !accounts.iter().any(|account| account.organisatie == *organisatie) {
                accounts.push(DemoAccount {
                    id: format!("{organisatie}-medewerker"),
                    naam: "Iemand Verzonnen".to_owned(),
                    functie: "Medewerker".to_owned(),
                    organisatie: organisatie.clone(),
                    regio: "Uit het verhaal".to_owned(),
                });
            }
        }
        Ok((Self { scenario, accounts, stappen, speler: Mutex::new((speler, 0)) }, samen))
    }

    /// The accounts of the demo, and of organisations that only the story has.
    pub fn accounts(&self) -> Vec<DemoAccount> {
        self.accounts.clone()
    }

    fn organisatie(&self, naam: &str) -> Option<&OrganisatieId> {
        self.scenario.partijen.get(naam)?.organisatie.as_ref()
    }

    fn verteld(&self, stap: &Stap, speler: &Speler<'_>) -> Verteld {
        let organisatie = self.organisatie(&stap.door);
        let account = self.accounts.iter().find(|account| Some(&account.organisatie) == organisatie);
        let lokaal = stap.op.0.lokaal();
        let weigering = stap.weigering.as_ref().map(|weigering| {
            let code = domain::weigering::Code::ALLE.iter().find(|code| code.als_str() == weigering.code);
            format!("{} ({})", code.map_or(weigering.code.as_str(), |code| code.uitleg()), weigering.clausule)
        });
        Verteld {
            wanneer: format!("{}, {}", opmaak::datum_lang(lokaal.date()), opmaak::tijd(lokaal.time())),
            wie: organisatie.map_or_else(|| stap.door.clone(), |id| speler.samen.app.naam_van(id)),
            account: account.map(|account| account.id.clone()),
            doe: stap.doe.clone(),
            geweigerd: weigering.or_else(|| stap.fout.as_ref().map(|_| "voor deze partij bestaat dit niet".to_owned())),
        }
    }

    async fn doe(&self) -> Result<()> {
        let mut op_beurt = self.speler.lock().await;
        let (speler, nummer) = &mut *op_beurt;
        let stap = self.stappen.get(*nummer).ok_or_else(|| anyhow!("het verhaal is uit"))?;
        speler.zet_klok(stap.op.0);
        speler.vertel(stap, *nummer).await?;
        *nummer += 1;
        Ok(())
    }
}

impl Verhaal for Verteller {
    fn stand(&self) -> Pin<Box<dyn Future<Output = Stand> + Send + '_>> {
        Box::pin(async {
            let op_beurt = self.speler.lock().await;
            let (speler, nummer) = &*op_beurt;
            Stand {
                titel: self.scenario.titel.clone(),
                totaal: self.stappen.len(),
                gedaan: self.stappen.iter().take(*nummer).map(|stap| self.verteld(stap, speler)).collect(),
                volgende: self.stappen.get(*nummer).map(|stap| self.verteld(stap, speler)),
                casus: speler.namen.casussen.get("").map(ToString::to_string),
            }
        })
    }

    fn stap(&self) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + '_>> {
        Box::pin(async {
            self.doe().await.map_err(|fout| format!("Deze stap ging niet zoals hij is beschreven: {fout:#}"))
        })
    }
}
