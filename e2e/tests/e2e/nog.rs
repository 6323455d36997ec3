//! Noord Oost Gelderland: Veilig Thuis holds from receipt, guidelines pass with a reason, the team confirms itself.

use crate::steun::*;
use anyhow::Result;

/// From the report to the confirmation by the team; a team elsewhere learns nothing.
#[tokio::test]
async fn een_overdracht_in_noord_oost_gelderland() -> Result<()> {
    let mut p = Proef::op("2026-05-11T16:40:00").await?;
    let casus = huisarts_meldt(&mut p).await?;
    p.later("2026-05-15T11:00:00")?;
    p.browser.als(VT_NOG).await?;
    p.rond_af(&casus, &["letsel"]).await?;
    gesprek(&p, &casus).await?;
    besluit_met_reden(&p, &casus).await?;
    p.later("2026-05-18T09:00:00")?;
    p.browser.als(VT_NOG).await?;
    p.bied_aan(&casus, "lokaal-team-winterswijk", "telefoon").await?;
    mondeling_verplaatst_niets(&p, &casus).await?;
    p.later("2026-05-22T15:10:00")?;
    p.browser.als(TEAM).await?;
    p.open_aanbod(&casus).await?;
    p.browser.knop("Accepteren namens Lokaal team Winterswijk").await?;
    let team = p.houder(TEAM, &casus).await?;
    assert_eq!(team.0, TEAM);
    assert_eq!(p.houder(VT_NOG, &casus).await?, team);
    assert_eq!(p.houder(HUISARTS, &casus).await?, team);
    p.browser.als(BUITEN).await?;
    p.niet_gevonden(&casus.pad).await
}

async fn huisarts_meldt(p: &mut Proef) -> Result<Casus> {
    p.browser.als(HUISARTS).await?;
    p.browser.ga("/melden").await?;
    p.vul_melding(&BIJ_DE_HUISARTS).await?;
    p.browser.knop("Versturen").await?;
    let bewijs = p.browser.tekst(".receipt__watch").await?;
    assert!(bewijs.contains("Veilig Thuis Noord Oost Gelderland heeft het zicht op veiligheid"), "{bewijs}");
    let casus = p.van_bewijs().await?;
    let (houder, grond) = p.houder(VT_NOG, &casus).await?;
    assert_eq!(houder, VT_NOG);
    assert!(grond.contains("Noord Oost Gelderland, Regie"), "vanaf de ontvangst, NOG-5.a: {grond}");
    p.browser.als(BUITEN).await?;
    p.niet_gevonden(&casus.pad).await?;
    Ok(casus)
}

async fn gesprek(p: &Proef, casus: &Casus) -> Result<()> {
    p.begin(casus, "leg-contact-gezin-vast").await?;
    p.browser.kies("wijze", "telefoon").await?;
    p.browser.kies("gelukt", "ja").await?;
    p.browser.kies("geinformeerd", "ja").await?;
    p.vastleggen().await
}

/// A yes is a guideline here: refused without a reason, done with one, and the reason stays to be read.
async fn besluit_met_reden(p: &Proef, casus: &Casus) -> Result<()> {
    p.begin(casus, "besluit-vervolg:directe-overdracht").await?;
    p.browser.kies("voldoende_veilig", "ja").await?;
    p.browser.knop("Vastleggen namens").await?;
    let weigering = p.browser.tekst("#weigering").await?;
    assert!(weigering.contains("NOG-1.") && weigering.contains("Dit is een richtlijn"), "{weigering}");
    assert_eq!(p.browser.waarde("voldoende_veilig").await?, "ja");
    p.browser.vul("reden", "De huisarts zag het letsel; het team kent het echtpaar.").await?;
    p.vastleggen().await?;
    assert_eq!(p.band().await?.0, VT_NOG);
    Ok(())
}

/// Noted in the same minute as the offer, with the time that the form proposes.
async fn mondeling_verplaatst_niets(p: &Proef, casus: &Casus) -> Result<()> {
    let voor = p.band().await?;
    p.open_aanbod(casus).await?;
    p.browser.klik_tekst("Lokaal team Winterswijk zei al ja").await?;
    p.browser.vul("mondeling_wie", "Wout van het lokaal team").await?;
    p.browser.knop("Notitie bewaren").await?;
    p.browser.vind(".alert--ok").await?;
    p.browser.ga(&casus.pad).await?;
    assert_eq!(p.band().await?, voor, "een notitie verplaatst niets");
    Ok(())
}

/// The team refuses; zicht stays with Veilig Thuis.
#[tokio::test]
async fn een_weigering_in_noord_oost_gelderland() -> Result<()> {
    let mut p = Proef::op("2026-05-13T10:00:00").await?;
    let casus = p.meld_via_json(HUISARTS, &BIJ_DE_HUISARTS).await?;
    p.browser.als(VT_NOG).await?;
    p.rond_af(&casus, &[]).await?;
    gesprek(&p, &casus).await?;
    p.besluit_overdracht(&casus).await?;
    p.bied_aan(&casus, "lokaal-team-winterswijk", "telefoon").await?;
    p.browser.als(TEAM).await?;
    p.open_aanbod(&casus).await?;
    p.browser.klik_tekst("Weigeren met reden").await?;
    p.browser.vul("weiger_toelichting", "Het gezin is verhuisd.").await?;
    p.browser.knop("Overdracht weigeren").await?;
    assert!(p.browser.tekst("#fouten").await?.contains("Kies waarom u weigert"));
    assert_eq!(p.browser.waarde("weiger_toelichting").await?, "Het gezin is verhuisd.");
    p.browser.kies("weiger_reden", "buiten-werkgebied").await?;
    p.browser.knop("Overdracht weigeren").await?;
    p.browser.vind(".alert--ok").await?;
    p.niet_gevonden(&casus.pad).await?;
    assert_eq!(p.houder(VT_NOG, &casus).await?.0, VT_NOG);
    assert_eq!(p.houder(HUISARTS, &casus).await?.0, VT_NOG);
    Ok(())
}
