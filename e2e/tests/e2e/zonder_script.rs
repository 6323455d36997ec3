//! Everything works in a browser that runs no scripts.

use crate::steun::*;
use anyhow::Result;
use e2e::browser::Script;

/// A page whose script would change its title.
const PROEFPAGINA: &str = "data:text/html,<title>uit</title><body><script>document.title = 'aan'</script>";

#[tokio::test]
async fn melden_en_beoordelen_zonder_script() -> Result<()> {
    let mut p = Proef::met("2026-03-02T10:15:00", 0, Script::Uit).await?;
    assert_eq!(titel(&p).await?, "uit", "scripts staan uit");
    p.browser.als(SCHOOL).await?;
    p.browser.ga("/melden").await?;
    p.browser.knop("Versturen").await?;
    assert!(p.browser.tekst("#fouten").await?.contains("Vul uw naam in."));
    p.vul_melding(&OP_SCHOOL).await?;
    p.browser.knop("Versturen").await?;
    let casus = p.van_bewijs().await?;
    p.browser.als(VT_IJMOND).await?;
    p.browser.ga("/werkvoorraad").await?;
    p.browser.klik_tekst(&casus.nummer).await?;
    assert_eq!(p.band().await?.0, SCHOOL);
    p.rond_af(&casus, &[]).await?;
    assert_eq!(p.band().await?.0, VT_IJMOND);
    Ok(())
}

/// The probe itself: with scripts on it says so.
#[tokio::test]
async fn de_proefpagina_ziet_of_scripts_draaien() -> Result<()> {
    let p = Proef::op("2026-03-02T10:15:00").await?;
    assert_eq!(titel(&p).await?, "aan");
    Ok(())
}

async fn titel(p: &Proef) -> Result<String> {
    p.browser.ga(PROEFPAGINA).await?;
    p.browser.titel().await
}
