//! `zicht demo --verhaal REGIO`: one family from the first signal to the end, a step at a time.

use super::accounts;
use crate::{afspraken, scenario::Verteller, start::bedien};
use anyhow::{Context, Result, ensure};
use std::{path::Path, sync::Arc};
use tokio::net::TcpListener;
use web::verhaal::Verhaal;

macro_rules! verhaal {
    ($regio:literal) => {
        ($regio, include_str!(concat!("../../../../scenarios/", $regio, "/lang-van-signaal-tot-stabiel-veilig.toml")))
    };
}

/// The long scenario of each region, as it is played in the tests.
const VERHALEN: [(&str, &str); 4] = [
    verhaal!("ijmond"),
    verhaal!("noord-oost-gelderland"),
    verhaal!("noord-holland-noord"),
    verhaal!("zuid-holland-zuid"),
];

/// The regions that have a story.
pub const REGIOS: [&str; 4] = ["ijmond", "noord-oost-gelderland", "noord-holland-noord", "zuid-holland-zuid"];

/// Serves the story until it is told to stop.
///
/// # Errors
/// A region without a story, a folder that is in use, or a fault of the store.
pub async fn vertel(regio: &str, map: &Path, luister: TcpListener) -> Result<bool> {
    let gevonden = VERHALEN.iter().find(|(naam, _)| *naam == regio);
    let (naam, tekst) = gevonden.with_context(|| format!("er is geen verhaal van {regio}"))?;
    std::fs::create_dir_all(map).with_context(|| map.display().to_string())?;
    ensure!(!map.join("zicht.db").exists(), "in {} staat al een database; kies een lege map", map.display());
    let (verteller, samen) = Verteller::begin(tekst, naam, map, afspraken::laad_of_meld(None)?, accounts()).await?;
    let verteller = Arc::new(verteller);
    let accounts = verteller.accounts();
    let verhaal: Arc<dyn Verhaal> = verteller;
    let adres = luister.local_addr()?;
    zeg!("Het verhaal begint op http://{adres}/verhaal");
    bedien(samen, luister, web::Instellingen { demo: Some(accounts), verhaal: Some(verhaal) }).await?;
    Ok(true)
}
