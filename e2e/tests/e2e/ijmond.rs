//! IJmond: zicht passes at the overdrachtstafel, at the moment of acceptance.

use crate::steun::*;
use anyhow::Result;

/// School reports, Veilig Thuis assesses and offers, CJG accepts; Socius looks on from outside.
#[tokio::test]
async fn een_directe_overdracht_in_ijmond() -> Result<()> {
    let mut p = Proef::op("2026-03-02T10:15:00").await?;
    let casus = school_meldt(&mut p).await?;
    veilig_thuis_ziet_wat_nog_niet_kan(&mut p, &casus).await?;
    p.later("2026-03-05T14:00:00")?;
    twee_formulieren_en_een_conflict(&mut p, &casus).await?;
    p.besluit_overdracht(&casus).await?;
    p.later("2026-03-10T10:30:00")?;
    aan_tafel(&mut p, &casus).await?;
    p.later("2026-03-10T11:00:00")?;
    let overdracht = cjg_accepteert(&mut p, &casus).await?;
    iedereen_ziet_hetzelfde(&mut p, &casus).await?;
    nog_eens_accepteren_kan_niet(&mut p, &casus, &overdracht).await?;
    terug_in_de_tijd(&mut p, &casus).await
}

async fn school_meldt(p: &mut Proef) -> Result<Casus> {
    p.browser.als(SCHOOL).await?;
    p.browser.ga("/melden").await?;
    p.browser.vul("melder_naam", "Kim Verzonnen").await?;
    p.browser.vul("zelf_tekst", "Kwam zonder jas; \"koud\" & stil, zei Zoë.").await?;
    p.browser.kies("openheid", "open").await?;
    p.browser.knop("Versturen").await?;
    let fouten = p.browser.tekst("#fouten").await?;
    assert!(fouten.contains("Kies de gemeente.") && fouten.contains("Kies uw beroep."), "{fouten}");
    assert_eq!(p.browser.waarde("melder_naam").await?, "Kim Verzonnen");
    assert_eq!(p.browser.waarde("zelf_tekst").await?, "Kwam zonder jas; \"koud\" & stil, zei Zoë.");
    assert_eq!(p.browser.waarde("openheid").await?, "open");
    assert_eq!(p.browser.vind("[name='gemeente']").await?.attr("aria-invalid").await?.as_deref(), Some("true"));
    p.vul_melding(&OP_SCHOOL).await?;
    p.browser.knop("Versturen").await?;
    let bewijs = p.browser.tekst(".receipt__watch").await?;
    assert!(bewijs.contains("Basisschool De Duin heeft het zicht op veiligheid tot uiterlijk ma 9 maart"), "{bewijs}");
    p.van_bewijs().await
}

async fn veilig_thuis_ziet_wat_nog_niet_kan(p: &mut Proef, casus: &Casus) -> Result<()> {
    p.browser.als(VT_IJMOND).await?;
    p.browser.ga("/werkvoorraad").await?;
    p.browser.klik_tekst(&casus.nummer).await?;
    assert_eq!(p.band().await?.0, SCHOOL);
    let straks = p.browser.tekst(".case-head .band__next").await?;
    assert!(straks.contains("Straks: Veilig Thuis Kennemerland"), "{straks}");
    let waarom = p.kan_niet("Besluiten tot directe overdracht").await?;
    assert!(waarom.contains("§"), "zonder paragraaf: {waarom}");
    // Who knows the address gets the same answer, and nothing is recorded.
    p.browser.ga(&format!("{}/doe/besluit-vervolg:directe-overdracht", casus.pad)).await?;
    p.browser.kies("voldoende_veilig", "ja").await?;
    p.browser.knop("Vastleggen namens").await?;
    let weigering = p.browser.tekst("#weigering").await?;
    assert!(weigering.contains("IJM-3.3.a") && weigering.contains("Er is niets vastgelegd"), "{weigering}");
    assert_eq!(p.browser.waarde("voldoende_veilig").await?, "ja");
    Ok(())
}

async fn twee_formulieren_en_een_conflict(p: &mut Proef, casus: &Casus) -> Result<()> {
    p.browser.als(VT_IJMOND).await?;
    p.begin(casus, "rond-beoordeling-af").await?;
    p.browser.kies("taxatie", "structurele-onveiligheid").await?;
    let eerste = p.browser.nieuw_tabblad().await?;
    p.rond_af(casus, &[]).await?;
    p.browser.naar_tabblad(eerste).await?;
    p.browser.knop("Vastleggen namens").await?;
    let conflict = p.browser.tekst("#conflict").await?;
    assert!(conflict.contains("Veiligheidsbeoordeling afgerond (Veilig Thuis Kennemerland)"), "{conflict}");
    assert_eq!(p.browser.waarde("taxatie").await?, "structurele-onveiligheid", "wat was ingevuld, staat er nog");
    assert_eq!(p.band().await?.0, VT_IJMOND);
    Ok(())
}

async fn aan_tafel(p: &mut Proef, casus: &Casus) -> Result<()> {
    p.browser.als(VT_IJMOND).await?;
    p.browser.als(CJG).await?;
    let eerder = p.wachtend().await?;
    p.browser.als(VT_IJMOND).await?;
    p.bied_aan(casus, "cjg-kennemerland", "overdrachtstafel").await?;
    assert_eq!(p.band().await?.0, VT_IJMOND, "een aanbod verplaatst niets");
    p.browser.als(SOCIUS).await?;
    p.browser.ga("/overdrachtstafel?gemeente=Beverwijk").await?;
    assert!(!p.browser.alles().await?.contains("Bedacht"), "een naam is alleen voor wie de casus krijgt");
    p.niet_gevonden(&casus.pad).await?;
    p.niet_gevonden(&format!("{}/doe/leg-contact-gezin-vast", casus.pad)).await?;
    p.browser.als(CJG).await?;
    assert_eq!(p.wachtend().await?, eerder + 1, "het postvak telt het aanbod");
    Ok(())
}

async fn cjg_accepteert(p: &mut Proef, casus: &Casus) -> Result<String> {
    p.browser.als(CJG).await?;
    let overdracht = p.open_aanbod(casus).await?;
    assert!(p.browser.alles().await?.contains("Bedacht"));
    p.browser.knop("Accepteren namens CJG Kennemerland").await?;
    p.browser.vind(".alert--ok").await?;
    Ok(overdracht)
}

async fn iedereen_ziet_hetzelfde(p: &mut Proef, casus: &Casus) -> Result<()> {
    let cjg = p.houder(CJG, casus).await?;
    assert_eq!(cjg.0, CJG);
    assert!(cjg.1.contains("§ 3.3.1"), "{}", cjg.1);
    assert_eq!(p.houder(VT_IJMOND, casus).await?, cjg);
    assert_eq!(p.houder(SCHOOL, casus).await?, cjg);
    p.browser.als(SOCIUS).await?;
    p.niet_gevonden(&casus.pad).await
}

/// On the version as it is now, so that it is the rule that answers and not the conflict.
async fn nog_eens_accepteren_kan_niet(p: &mut Proef, casus: &Casus, overdracht: &str) -> Result<()> {
    p.browser.als(CJG).await?;
    p.begin(casus, "leg-incident-vast").await?;
    let script = "const f = document.querySelector('.act__form'); f.action = arguments[0] + '/accepteer'";
    p.browser.script(script, vec![overdracht.into()]).await?;
    p.browser.knop("Vastleggen namens").await?;
    let weigering = p.browser.tekst("#weigering").await?;
    assert!(weigering.contains("IJM-3.3.1.b"), "{weigering}");
    Ok(())
}

async fn terug_in_de_tijd(p: &mut Proef, casus: &Casus) -> Result<()> {
    p.browser.ga(&casus.pad).await?;
    p.browser.klik_tekst("Stand op een datum").await?;
    p.browser.vul("stand_datum", "2026-03-10").await?;
    p.browser.vul("stand_tijd", "10:45").await?;
    p.browser.knop("Toon deze stand").await?;
    assert!(p.browser.tekst(".alert--past").await?.contains("U kijkt terug"));
    assert_eq!(p.band().await?.0, VT_IJMOND);
    assert_eq!(p.browser.aantal(".actions__link").await?, 0, "in het verleden valt niets vast te leggen");
    Ok(())
}

/// Socius refuses; zicht stays with Veilig Thuis, which goes on to another team.
#[tokio::test]
async fn een_weigering_in_ijmond() -> Result<()> {
    let mut p = Proef::op("2026-03-05T14:00:00").await?;
    let casus = p.meld_via_json(SCHOOL, &OP_SCHOOL).await?;
    p.browser.als(VT_IJMOND).await?;
    p.rond_af(&casus, &[]).await?;
    p.besluit_overdracht(&casus).await?;
    p.bied_aan(&casus, "socius", "overdrachtstafel").await?;
    p.browser.als(SOCIUS).await?;
    let overdracht = p.open_aanbod(&casus).await?;
    p.browser.klik_tekst("Weigeren met reden").await?;
    p.browser.kies("weiger_reden", "ander-team-past-beter").await?;
    p.browser.knop("Overdracht weigeren").await?;
    assert!(p.browser.tekst("#fouten").await?.contains("Schrijf op waarom u weigert"));
    assert_eq!(p.browser.waarde("weiger_reden").await?, "ander-team-past-beter", "de keuze staat er nog");
    p.browser.vul("weiger_toelichting", "Er zijn geen volwassenen die hulp vragen.").await?;
    p.browser.knop("Overdracht weigeren").await?;
    p.browser.vind(".alert--ok").await?;
    p.niet_gevonden(&casus.pad).await?;
    assert_eq!(p.houder(VT_IJMOND, &casus).await?.0, VT_IJMOND);
    p.browser.ga(&overdracht).await?;
    let uitkomst = p.browser.alles().await?;
    assert!(uitkomst.contains("Er zijn geen volwassenen die hulp vragen."), "VT leest de reden");
    p.bied_aan(&casus, "cjg-kennemerland", "overdrachtstafel").await?;
    p.browser.als(CJG).await?;
    p.open_aanbod(&casus).await?;
    p.browser.knop("Accepteren namens CJG Kennemerland").await?;
    assert_eq!(p.houder(SCHOOL, &casus).await?.0, CJG);
    p.browser.als(SOCIUS).await?;
    p.niet_gevonden(&casus.pad).await
}
