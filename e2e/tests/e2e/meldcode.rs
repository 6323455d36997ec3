//! The meldcode at a school, from the first signal to a report that carries what was written, and advice on the way.

use crate::steun::*;
use anyhow::{Result, ensure};
use e2e::browser::Script;

/// A track of the meldcode by its path.
pub struct Spoor {
    pub pad: String,
}

impl Proef {
    pub async fn begin_spoor(&self) -> Result<Spoor> {
        let b = &self.browser;
        b.ga("/meldcode").await?;
        b.volg(".page__actions a.button--primary").await?;
        for (naam, keuze) in [("afspraak", "ijmond"), ("beroep", "onderwijs"), ("client", "kind")] {
            b.kies(naam, keuze).await?;
        }
        b.vul("client_naam", "F., groep 4").await?;
        b.vul("eindverantwoordelijke", "de directeur").await?;
        self.bewaar().await?;
        Ok(Spoor { pad: b.pad().await?.split('?').next().unwrap_or_default().to_owned() })
    }

    /// Opens a form of a track or an advice by the link on its page, for who would find it there.
    async fn open(&self, pad: &str, handeling: &str) -> Result<()> {
        self.browser.ga(pad).await?;
        self.browser.volg(&format!("a[href='{pad}/doe/{handeling}']")).await
    }

    /// Sends the form that is open, whatever its button says.
    async fn bewaar(&self) -> Result<()> {
        self.browser.volg(".act__form button[type=submit]").await?;
        self.browser.vind(".alert--ok").await.map(drop)
    }

    /// What a step asks: chosen and typed.
    async fn stap(&self, spoor: &Spoor, handeling: &str, kies: &[(&str, &str)], vul: &[(&str, &str)]) -> Result<()> {
        self.open(&spoor.pad, handeling).await?;
        for (naam, keuze) in kies {
            self.browser.kies(naam, keuze).await?;
        }
        for (naam, tekst) in vul {
            self.browser.vul(naam, tekst).await?;
        }
        self.bewaar().await
    }

    async fn tot_de_weging(&self, spoor: &Spoor) -> Result<()> {
        let signaal = [
            ("datum", "2026-02-27"),
            ("feit", "Kwam zonder jas en zonder eten."),
            ("uitleg", "Mogelijk is er weinig toezicht."),
        ];
        self.stap(spoor, "leg-signaal-vast", &[("bron", "zelf-gezien")], &signaal).await?;
        self.stap(spoor, "leg-overleg-vast", &[("met", "collega")], &[("verslag", "Zij ziet het ook.")]).await?;
        let gesprek = [("met", "ouders"), ("gehouden", "ja")];
        self.stap(spoor, "leg-gesprek-vast", &gesprek, &[("verslag", "Vader vertelt over het nieuwe huis.")]).await
    }
}

#[tokio::test]
async fn een_spoor_wordt_een_melding_zonder_overtypen() -> Result<()> {
    let mut p = Proef::met("2026-03-02T10:15:00", 0, Script::Uit).await?;
    p.browser.als(SCHOOL).await?;
    let spoor = p.begin_spoor().await?;
    p.tot_de_weging(&spoor).await?;
    let weging = [("antwoord_vermoeden", "ja"), ("antwoord_gevaar", "ja")];
    p.stap(&spoor, "weeg", &weging, &[("toelichting", "Het keert steeds terug.")]).await?;
    moet_melden(&p, &spoor).await?;
    p.stap(&spoor, "beslis-hulp", &[("hulp", "organiseren")], &[("toelichting", "Elke dag een praatje.")]).await?;
    p.browser.ga(&spoor.pad).await?;
    p.browser.klik_tekst("Melding doen met wat hier staat").await?;
    let zelf = p.browser.waarde("zelf_tekst").await?;
    assert_eq!(zelf, "27-2-2026: Kwam zonder jas en zonder eten.");
    p.vul_melding(&OP_SCHOOL).await?;
    p.browser.vul("zelf_tekst", &zelf).await?;
    p.browser.knop("Versturen").await?;
    let casus = p.van_bewijs().await?;
    p.browser.ga(&spoor.pad).await?;
    let blad = p.browser.tekst("main").await?;
    assert!(blad.contains(&casus.nummer), "het spoor noemt de melding: {blad}");
    p.browser.als(VT_IJMOND).await?;
    p.niet_gevonden(&spoor.pad).await?;
    p.browser.ga(&casus.pad).await?;
    assert!(p.browser.tekst("main").await?.contains(&zelf));
    Ok(())
}

/// Acute or structural always leads to a report.
async fn moet_melden(p: &Proef, spoor: &Spoor) -> Result<()> {
    p.open(&spoor.pad, "beslis-melden").await?;
    p.browser.kies("melden", "nee").await?;
    p.browser.volg(".act__form button[type=submit]").await?;
    let weigering = p.browser.tekst("#weigering").await?;
    ensure!(weigering.contains("LND-2.c"), "{weigering}");
    ensure!(p.browser.waarde("melden").await? == "nee", "wat was gekozen staat er nog");
    p.browser.kies("melden", "ja").await?;
    p.browser.kies("besproken", "ja").await?;
    p.bewaar().await
}

#[tokio::test]
async fn een_advies_vraagt_naar_niemand_en_waarschuwt_voor_een_naam() -> Result<()> {
    let mut p = Proef::met("2026-03-02T10:15:00", 0, Script::Uit).await?;
    p.browser.als(SCHOOL).await?;
    p.browser.ga("/adviezen/nieuw").await?;
    let velden = "return [...document.querySelectorAll('.act__form [name]')].map(e => e.name).join(' ')";
    let velden = p.browser.script(velden, vec![]).await?.to_string();
    for van_gezin in ["bsn", "geboren", "adres", "huishouden", "persoon"] {
        assert!(!velden.contains(van_gezin), "{van_gezin} wordt gevraagd: {velden}");
    }
    for (naam, keuze) in [("afspraak", "ijmond"), ("vormen", "meedenken"), ("toestemming", "gevaar-voor-kind")] {
        p.browser.kies(naam, keuze).await?;
    }
    p.browser.vul("naam", "Rosa Rijmelarij").await?;
    p.browser.vul("vraag", "Het gaat om Fien Bedacht uit groep 4. Wat nu?").await?;
    p.browser.volg(".act__form button[type=submit]").await?;
    let waarschuwing = p.browser.tekst("#waarschuwing").await?;
    assert!(waarschuwing.contains("Dit lijkt op: naam"), "{waarschuwing}");
    p.browser.vul("vraag", "Een kind uit groep 4 komt vaak zonder eten. Wat nu?").await?;
    p.bewaar().await?;
    let advies = p.browser.pad().await?.split('?').next().unwrap_or_default().to_owned();
    p.browser.als(VT_IJMOND).await?;
    p.browser.ga(&advies).await?;
    assert!(p.browser.tekst("main").await?.contains("Een kind uit groep 4 komt vaak zonder eten."));
    p.browser.als(CJG).await?;
    p.niet_gevonden(&advies).await
}
