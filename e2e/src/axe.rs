//! What axe-core finds on the open page, by the rules of WCAG 2.2 A and AA.

use crate::browser::Browser;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

/// Widths at which every page is looked at, in CSS pixels: a desk and a phone.
pub const BREEDTES: [u32; 2] = [1280, 390];

/// Puts the checker into the page, once.
const LAAD: &str = "if (typeof window.axe === 'undefined') { (0, eval)(arguments[0]) }";

/// One line per rule that is broken: its name and where.
const ZOEK: &str = "\
const klaar = arguments[arguments.length - 1];
const labels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
const kleur = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };
const alles = { runOnly: { type: 'tag', values: labels }, rules: { 'target-size': { enabled: true } } };
const vraag = { ...(arguments[0] ? kleur : alles), resultTypes: ['violations'] };
window.axe.run(document, vraag).then(
  uitslag => klaar(uitslag.violations.map(regel => regel.id + ': ' + regel.nodes.slice(0, 4).map(
    plek => plek.target.join(' ') + ' (' + plek.failureSummary.replace(/\\s+/g, ' ').slice(0, 160) + ')').join(' | '))),
  fout => klaar(['axe: ' + fout]));";

/// Opens what is folded away, for what is hidden is not looked at; says how the page is shown.
const OPEN: &str = "\
document.querySelectorAll('details').forEach(deel => { deel.open = true });
return [window.innerWidth, window.matchMedia('(prefers-color-scheme: dark)').matches]";

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Regels {
    Alle,
    /// What another colour scheme can change; the rest of the page is the same.
    Kleur,
}

/// What is wrong with the open page, as it is shown now.
///
/// # Errors
/// axe-core is not there, or the driver failed.
pub async fn bevindingen(browser: &Browser, regels: Regels) -> Result<Vec<String>> {
    let pad = crate::map().join("extern/axe-core/axe.min.js");
    let bron =
        std::fs::read_to_string(&pad).with_context(|| format!("{}; haal op: cargo xtask assets", pad.display()))?;
    browser.script(LAAD, vec![json!(bron)]).await?;
    let gevonden = browser.script_later(ZOEK, vec![json!(regels == Regels::Kleur)]).await?;
    let regels = gevonden.as_array().context("axe gaf geen lijst")?;
    Ok(regels.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

/// The same at every width, light and dark, with everything unfolded; each finding says how it was seen.
///
/// # Errors
/// As [`bevindingen`].
pub async fn overal(browser: &Browser) -> Result<Vec<String>> {
    let mut alle = Vec::new();
    for breed in BREEDTES {
        for donker in [false, true] {
            browser.formaat(breed, 900)?;
            browser.donker(donker)?;
            let licht = if donker { "donker" } else { "licht" };
            let getoond = browser.script(OPEN, Vec::new()).await?;
            ensure!(getoond == json!([breed, donker]), "de pagina is niet zo getoond: {getoond}");
            let gevonden = bevindingen(browser, if donker { Regels::Kleur } else { Regels::Alle }).await?;
            alle.extend(gevonden.into_iter().map(|regel| format!("{} px, {licht}: {regel}", breed)));
        }
    }
    browser.donker(false)?;
    browser.formaat(1280, 900)?;
    Ok(alle)
}
