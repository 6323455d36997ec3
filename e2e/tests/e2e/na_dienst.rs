//! A service of Veilig Thuis, the warm handover after it, and monitoring, as three people walk it in a browser.

use crate::steun::*;
use anyhow::{Context, Result};
use e2e::axe::{self, Regels};

#[tokio::test]
async fn van_dienst_via_warme_overdracht_naar_monitoring() -> Result<()> {
    let mut p = Proef::op("2026-03-02T10:15:00").await?;
    let casus = p.meld_via_json(SCHOOL, &OP_SCHOOL).await?;
    p.browser.als(VT_IJMOND).await?;
    p.rond_af(&casus, &["structurele-onveiligheid"]).await?;
    p.begin(&casus, "besluit-vervolg:vervolg-bij-veilig-thuis").await?;
    p.samen("veilig-thuis").await?;
    p.vastleggen().await?;
    dienst(&mut p, &casus).await?;
    p.later("2026-04-13T10:00:00")?;
    aanbod_zonder_alles(&mut p, &casus).await?;
    warm(&mut p, &casus).await?;
    p.later("2026-04-14T10:00:00")?;
    accepteren_is_niet_genoeg(&mut p, &casus).await?;
    p.later("2026-04-15T10:00:00")?;
    aanvullen_laat_zicht_overgaan(&mut p, &casus).await?;
    p.later("2026-07-16T10:00:00")?;
    monitoring(&mut p, &casus).await
}

/// Nothing to find by axe on the page that is open.
async fn toegankelijk(p: &Proef, waar: &str) -> Result<()> {
    let bevindingen = axe::bevindingen(&p.browser, Regels::Alle).await?;
    anyhow::ensure!(bevindingen.is_empty(), "{waar}: {}", bevindingen.join("\n"));
    Ok(())
}

/// Ticks or fills every field whose name begins like this.
async fn vul_alle(p: &Proef, begin: &str, tekst: &str) -> Result<usize> {
    let alle = format!("[...document.querySelectorAll('textarea[name^=\"{begin}\"]')]");
    let script = format!("return {alle}.filter(e => !e.value.trim()).map(e => e.name)");
    let namen = p.browser.script(&script, vec![]).await?;
    let namen: Vec<_> =
        namen.as_array().context("geen velden")?.iter().filter_map(|naam| naam.as_str()).map(str::to_owned).collect();
    for naam in &namen {
        p.browser.vul(naam, tekst).await?;
    }
    Ok(namen.len())
}

async fn vink_alle(p: &Proef, naam: &str) -> Result<()> {
    let script = format!("return [...document.querySelectorAll('input[name=\"{naam}\"]')].map(e => e.value)");
    let waarden = p.browser.script(&script, vec![]).await?;
    let waarden = waarden.as_array().context("geen vinkjes")?.iter().filter_map(|waarde| waarde.as_str());
    for waarde in waarden {
        p.browser.kies(naam, waarde).await?;
    }
    Ok(())
}

async fn dienst(p: &mut Proef, casus: &Casus) -> Result<()> {
    p.begin(casus, "start-dienst:voorwaarden-en-vervolg").await?;
    toegankelijk(p, "dienst starten").await?;
    vink_alle(p, "keuzecriteria").await?;
    p.vastleggen().await?;
    let paneel = p.browser.tekst("section[aria-labelledby='dienst']").await?;
    assert!(paneel.contains("Voorwaarden en Vervolg") && paneel.contains("Loopt"), "{paneel}");
    p.begin(casus, "rond-dienst-af").await?;
    p.browser.kies("conclusie", "bevestigd").await?;
    p.browser.vul("voorwaarden", "Oma haalt Fien op bij ruzie.").await?;
    toegankelijk(p, "dienst afronden").await?;
    p.vastleggen().await
}

async fn aanbod_zonder_alles(p: &mut Proef, casus: &Casus) -> Result<()> {
    p.browser.als(VT_IJMOND).await?;
    p.begin(casus, "bied-overdracht-aan").await?;
    assert_eq!(p.browser.waarde("onderdeel_veiligheidsvoorwaarden").await?, "Oma haalt Fien op bij ruzie.");
    p.browser.kies("naar", "cjg-kennemerland").await?;
    p.browser.kies("wijze", "gesprek").await?;
    vul_alle(p, "onderdeel_", "Besproken en vastgelegd.").await?;
    // The reporter goes along only when needed, the state of things only elsewhere.
    for leeg in ["onderdeel_consequenties", "onderdeel_melder-na-dienst", "onderdeel_stand-van-zaken"] {
        p.browser.vul(leeg, "").await?;
    }
    for vinkje in ["gezin_geinformeerd", "verzonden"] {
        p.browser.kies(vinkje, "ja").await?;
    }
    toegankelijk(p, "aanbieden na een dienst").await?;
    p.vastleggen().await?;
    let straks = p.browser.tekst(".case-head .band__next").await?;
    assert!(straks.contains("als de inhoud compleet is én CJG Kennemerland accepteert"), "{straks}");
    Ok(())
}

async fn warm(p: &mut Proef, casus: &Casus) -> Result<()> {
    p.begin(casus, "houd-warme-overdracht").await?;
    vink_alle(p, "aanwezig").await?;
    assert_eq!(vul_alle(p, "punt_", "Iedereen is het ermee eens.").await?, 4);
    toegankelijk(p, "warme overdracht").await?;
    p.vastleggen().await
}

async fn accepteren_is_niet_genoeg(p: &mut Proef, casus: &Casus) -> Result<()> {
    p.browser.als(CJG).await?;
    p.begin(casus, "bevestig-ontvangst-gegevens").await?;
    p.vastleggen().await?;
    p.open_aanbod(casus).await?;
    let gevolg = p.browser.tekst(".offer__consequence").await?;
    assert_eq!(gevolg, "Het zicht op veiligheid gaat over als de inhoud compleet is én u accepteert.");
    toegankelijk(p, "aanbod na een dienst").await?;
    p.browser.knop("Accepteren namens").await?;
    p.browser.ga(&casus.pad).await?;
    assert_eq!(p.band().await?.0, VT_IJMOND, "de inhoud is nog niet compleet");
    Ok(())
}

async fn aanvullen_laat_zicht_overgaan(p: &mut Proef, casus: &Casus) -> Result<()> {
    p.browser.als(VT_IJMOND).await?;
    p.begin(casus, "vul-inhoud-aan").await?;
    p.browser.vul("onderdeel_consequenties", "Dan belt het team meteen Veilig Thuis.").await?;
    p.vastleggen().await?;
    let (houder, grond) = p.band().await?;
    assert_eq!(houder, CJG);
    assert!(grond.ends_with("IJmond, § 3.4.1"), "{grond}");
    toegankelijk(p, "casus met dienst en monitoring").await?;
    assert_eq!(p.houder(CJG, casus).await?.0, CJG, "beide kanten zien hetzelfde");
    Ok(())
}

async fn monitoring(p: &mut Proef, casus: &Casus) -> Result<()> {
    p.browser.als(VT_IJMOND).await?;
    p.begin(casus, "leg-monitormoment-vast").await?;
    for vraag in ["voorwaarden-gehaald", "stabiel-veilig", "herstel"] {
        p.browser.kies(&format!("vraag_{vraag}"), "ja").await?;
    }
    p.browser.kies("uitkomst", "voortzetten").await?;
    toegankelijk(p, "monitormoment").await?;
    p.vastleggen().await?;
    let paneel = p.browser.tekst("section[aria-labelledby='monitoring']").await?;
    assert!(paneel.contains("Monitoring na 3 maanden") && paneel.contains("Gehaald"), "{paneel}");
    assert!(paneel.contains("Monitoring na 12 maanden") && paneel.contains("Nog niet"), "{paneel}");
    assert_eq!(p.band().await?.0, CJG);
    Ok(())
}
