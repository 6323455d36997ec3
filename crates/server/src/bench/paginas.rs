//! The worklist and the page of a casus through the real router, with many open casussen in the store.

use super::{
    Omvang,
    opslag::Proefopslag,
    tafel::{Grens, Meting},
};
use crate::{
    afspraken::laad_of_meld,
    demo::{accounts, vul_open},
    klok::VasteKlok,
    voortgang::stopwatch,
};
use anyhow::{Context, Result, ensure};
use app::{Actor, App, opslag::WerkVraag};
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::tijd::Instant;
use std::sync::Arc;
use tower::ServiceExt;

/// Who looks, and for which organisation.
const ACCOUNT: (&str, &str) = ("nadia-oefenaar", "veilig-thuis-kennemerland");
/// Answers before the clock runs.
const OPWARMEN: usize = 20;
const PAGINAS_MIN: u64 = 40;
/// Different casussen whose page is asked.
const VERSCHILLEND: u32 = 400;
/// Largest page in bytes.
const PAGINA_BYTES_MAX: usize = 8 * 1024 * 1024;

/// # Errors
/// The store failed, or a page was not shown.
pub async fn meet(proef: &Proefopslag, omvang: Omvang) -> Result<Vec<Meting>> {
    let afspraken = laad_of_meld(None)?;
    let nu = Instant::uit_lokaal(jiff::civil::date(2026, 4, 7).at(10, 0, 0, 0));
    let begin = stopwatch();
    let telling = vul_open(proef.poort(), &proef.sleutelbestand(), afspraken.clone(), nu, omvang.open_casussen).await?;
    let seconden = begin.elapsed().as_secs_f64();
    let klok = VasteKlok::default();
    klok.zet(nu);
    let app = Arc::new(proef.app(proef.poort(), Arc::new(klok), &afspraken).await?);
    let router = web::router(Arc::clone(&app), web::Instellingen { demo: Some(accounts()), verhaal: None });
    let koekje = meld_aan(&router).await?;
    let casussen = casussen(&app).await?;
    let (events, open) = (u32::try_from(telling.events)?, omvang.open_casussen);
    let lijst: Vec<_> = (0..omvang.paginas).map(|_| "/werkvoorraad".to_owned()).collect();
    let paden = casussen.iter().cycle().take(omvang.paginas).map(|casus| format!("/casussen/{casus}")).collect();
    Ok(vec![
        Meting {
            opslag: proef.naam(),
            maat: "casussen opstapelen".into(),
            voorwaarden: format!(
                "{open} casussen, {events} events; besluiten en verzegelen op twee draden, een schrijver"
            ),
            // What is promised is the demo's, on a file.
            grens: proef.server().is_none().then_some(Grens::Minstens(20_000.0)),
            cijfer: f64::from(events) / seconden,
            eenheid: "events per s",
            werk: u64::from(events),
            werk_min: 2_000,
        },
        p99(proef, &router, &koekje, "werkvoorraad", open, lijst).await?,
        p99(proef, &router, &koekje, "pagina van een casus", open, paden).await?,
    ])
}

async fn p99(
    proef: &Proefopslag,
    router: &Router,
    koekje: &str,
    wat: &str,
    open: usize,
    paden: Vec<String>,
) -> Result<Meting> {
    const MILLISECONDEN: f64 = 25.0;
    let mut tijden = Vec::with_capacity(paden.len());
    for pad in paden.iter().take(OPWARMEN) {
        haal(router, koekje, pad).await?;
    }
    for pad in &paden {
        let begin = stopwatch();
        haal(router, koekje, pad).await?;
        tijden.push(begin.elapsed().as_secs_f64() * 1e3);
    }
    tijden.sort_by(f64::total_cmp);
    let op = |honderdsten: usize| tijden.get(tijden.len() * honderdsten / 100).copied().unwrap_or(f64::NAN);
    Ok(Meting {
        opslag: proef.naam(),
        maat: format!("{wat}, p99"),
        voorwaarden: format!(
            "{open} open casussen, een klant, warm, {} keer door de router; mediaan {:.1} ms",
            paden.len(),
            op(50)
        ),
        grens: Some(Grens::Hoogstens(MILLISECONDEN)),
        cijfer: op(99),
        eenheid: "ms",
        werk: u64::try_from(tijden.len())?,
        werk_min: PAGINAS_MIN,
    })
}

async fn haal(router: &Router, koekje: &str, pad: &str) -> Result<()> {
    let vraag = Request::get(pad).header(header::COOKIE, koekje).body(Body::empty())?;
    let antwoord = router.clone().oneshot(vraag).await?;
    ensure!(antwoord.status() == StatusCode::OK, "{pad}: {}", antwoord.status());
    let bytes = axum::body::to_bytes(antwoord.into_body(), PAGINA_BYTES_MAX).await?;
    ensure!(bytes.len() > 2_000, "{pad}: een pagina van {} bytes", bytes.len());
    Ok(())
}

async fn meld_aan(router: &Router) -> Result<String> {
    let vraag = Request::post("/aanmelden").body(Body::from(format!("account={}", ACCOUNT.0)))?;
    let antwoord = router.clone().oneshot(vraag).await?;
    let koekje = antwoord.headers().get(header::SET_COOKIE).context("geen sessie")?.to_str()?;
    Ok(koekje.split(';').next().unwrap_or_default().to_owned())
}

/// Casussen of the worklist of the organisation, from its beginning.
async fn casussen(app: &App) -> Result<Vec<domain::ids::CasusId>> {
    let actor = Actor { medewerker: ACCOUNT.0.into(), organisatie: ACCOUNT.1.into() };
    let vraag = WerkVraag { maximum: VERSCHILLEND, ..app.werkvraag(&actor) };
    let ids: Vec<_> = app.store().werkvoorraad(vraag).await?.iter().map(|werk| werk.rij.casus).collect();
    ensure!(ids.len() >= 20, "maar {} casussen om te bekijken", ids.len());
    Ok(ids)
}
