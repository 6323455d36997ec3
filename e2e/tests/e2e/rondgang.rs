//! Past every kind of page once, so that each can be looked at the same way.

use crate::steun::*;
use anyhow::{Context, Result, ensure};
use e2e::{axe, browser::Browser};
use serde_json::json;

/// How a page is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doe {
    /// What axe-core finds, at every width, light and dark.
    Axe,
    /// A picture per width, light only.
    Beeld,
}

/// What was seen on the way.
pub struct Rondgang {
    doe: Doe,
    pub gezien: Vec<&'static str>,
    pub bevindingen: Vec<String>,
}

impl Rondgang {
    pub const fn new(doe: Doe) -> Self {
        Self { doe, gezien: Vec::new(), bevindingen: Vec::new() }
    }

    async fn kijk(&mut self, b: &Browser, naam: &'static str) -> Result<()> {
        self.gezien.push(naam);
        match self.doe {
            Doe::Axe => {
                let gevonden = axe::overal(b).await.context(naam)?;
                self.bevindingen.extend(gevonden.into_iter().map(|regel| format!("{naam}: {regel}")));
            }
            Doe::Beeld => {
                let map = e2e::map().join("beelden");
                std::fs::create_dir_all(&map)?;
                for breed in [1440, 390] {
                    std::fs::write(map.join(format!("{naam}-{breed}.png")), b.beeld(breed).await?)?;
                }
                b.formaat(1280, 900)?;
            }
        }
        Ok(())
    }

    /// The first half: sign-in, report, and what belongs to nobody's work in particular.
    pub async fn melder(&mut self, p: &mut Proef) -> Result<Casus> {
        p.browser.ga("/aanmelden").await?;
        self.kijk(&p.browser, "aanmelden").await?;
        p.browser.ga("/formulier").await?;
        self.kijk(&p.browser, "burger-leeg").await?;
        p.browser.knop("Versturen").await?;
        self.kijk(&p.browser, "burger-fouten").await?;
        p.browser.ga("/formulier/verstuurd/onbekend").await?;
        self.kijk(&p.browser, "burger-verstuurd").await?;
        p.browser.als(SCHOOL).await?;
        p.browser.ga("/melden").await?;
        self.kijk(&p.browser, "melding-leeg").await?;
        p.browser.knop("Versturen").await?;
        self.kijk(&p.browser, "melding-fouten").await?;
        p.vul_melding(&OP_SCHOOL).await?;
        p.browser.knop("Versturen").await?;
        self.kijk(&p.browser, "melding-ontvangen").await?;
        let casus = p.van_bewijs().await?;
        p.browser.ga(&casus.pad).await?;
        self.kijk(&p.browser, "casus-melder").await?;
        p.browser.ga("/afspraken").await?;
        self.kijk(&p.browser, "afspraken").await?;
        p.browser.ga("/afspraken/ijmond/2024-07-04").await?;
        self.kijk(&p.browser, "afspraak").await?;
        p.niet_gevonden("/casussen/bestaat-niet").await?;
        self.kijk(&p.browser, "fout").await?;
        self.eigen_spoor(p).await?;
        Ok(casus)
    }

    /// What only the own organisation reads, and advice.
    async fn eigen_spoor(&mut self, p: &Proef) -> Result<()> {
        let spoor = p.begin_spoor().await?;
        self.kijk(&p.browser, "spoor").await?;
        p.browser.volg(&format!("a[href='{}/doe/leg-signaal-vast']", spoor.pad)).await?;
        p.browser.volg(".act__form button[type=submit]").await?;
        self.kijk(&p.browser, "spoor-fouten").await?;
        p.browser.ga("/meldcode").await?;
        self.kijk(&p.browser, "meldcode").await?;
        p.browser.ga("/adviezen").await?;
        self.kijk(&p.browser, "adviezen").await?;
        p.browser.ga("/adviezen/nieuw").await?;
        self.kijk(&p.browser, "advies-vragen").await
    }

    /// Veilig Thuis, from the worklist to the offer.
    pub async fn veilig_thuis(&mut self, p: &mut Proef, casus: &Casus) -> Result<()> {
        p.browser.als(VT_IJMOND).await?;
        p.browser.ga("/werkvoorraad").await?;
        self.kijk(&p.browser, "werkvoorraad-vt").await?;
        p.browser.ga(&casus.pad).await?;
        self.kijk(&p.browser, "casus-vt").await?;
        p.browser.volg(".case-head .band__now a").await?;
        self.kijk(&p.browser, "waarom-zicht").await?;
        p.browser.ga(&casus.pad).await?;
        p.browser.volg(".terms a.why").await?;
        self.kijk(&p.browser, "waarom-termijn").await?;
        p.browser.ga(&format!("{}/doe/besluit-vervolg:directe-overdracht", casus.pad)).await?;
        p.browser.kies("voldoende_veilig", "ja").await?;
        p.browser.knop("Vastleggen namens").await?;
        p.browser.vind("#weigering").await?;
        self.kijk(&p.browser, "handeling-geweigerd").await?;
        p.begin(casus, "rond-beoordeling-af").await?;
        self.kijk(&p.browser, "handeling").await?;
        p.browser.knop("Vastleggen namens").await?;
        p.browser.vind("#fouten").await?;
        self.kijk(&p.browser, "handeling-fouten").await?;
        p.rond_af(casus, &[]).await?;
        p.besluit_overdracht(casus).await?;
        p.begin(casus, "informeer-gezin").await?;
        p.browser.kies("wijze", "telefoon").await?;
        p.browser.script("document.querySelector('.act__form [name=versie]').value = '1'", vec![]).await?;
        p.browser.knop("Vastleggen namens").await?;
        p.browser.vind("#conflict").await?;
        self.kijk(&p.browser, "handeling-conflict").await?;
        p.begin(casus, "bied-overdracht-aan").await?;
        self.kijk(&p.browser, "handeling-aanbod").await?;
        p.bied_aan(casus, "cjg-kennemerland", "overdrachtstafel").await?;
        p.browser.ga("/overdrachten").await?;
        self.kijk(&p.browser, "overdrachten-vt").await?;
        p.browser.klik_tekst(&casus.nummer).await?;
        self.kijk(&p.browser, "overdracht-vt").await
    }

    /// The team, from the inbox to the acceptance.
    pub async fn team(&mut self, p: &mut Proef, casus: &Casus) -> Result<()> {
        p.browser.als(CJG).await?;
        p.browser.ga("/werkvoorraad").await?;
        self.kijk(&p.browser, "werkvoorraad-team").await?;
        p.browser.ga("/overdrachten").await?;
        self.kijk(&p.browser, "overdrachten-team").await?;
        let casus_id = casus.pad.trim_start_matches("/casussen/");
        p.browser.ga(&format!("/overdrachtstafel?gemeente=Beverwijk&casus={casus_id}")).await?;
        self.kijk(&p.browser, "overdrachtstafel").await?;
        let te_smal = "return [...document.querySelectorAll('.news__time')].some(e => e.scrollWidth > e.clientWidth)";
        let over_elkaar = p.browser.script(te_smal, vec![]).await?;
        ensure!(over_elkaar == json!(false), "op de overdrachtstafel staan tijd en tekst over elkaar");
        p.open_aanbod(casus).await?;
        self.kijk(&p.browser, "overdracht-team").await?;
        p.browser.klik_tekst("Weigeren met reden").await?;
        p.browser.knop("Overdracht weigeren").await?;
        p.browser.vind("#fouten").await?;
        self.kijk(&p.browser, "overdracht-fouten").await?;
        p.browser.knop("Accepteren namens").await?;
        p.browser.vind(".alert--ok").await?;
        self.kijk(&p.browser, "casus-team").await
    }
}
