//! What assistive technology gets to hear of a page: roles and names, as a tree of text.

use crate::browser::Browser;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fmt::Write};

/// With this variable set, snapshots are written instead of compared.
pub const SCHRIJF: &str = "ZICHT_E2E_SNAPSHOTS";

/// The tree of the open page.
///
/// # Errors
/// The browser does not give it.
pub fn boom(browser: &Browser) -> Result<String> {
    let gegeven = browser.devtools("Accessibility.getFullAXTree", &json!({}))?;
    let knopen = gegeven.get("nodes").and_then(Value::as_array).context("geen knopen")?;
    let op_id: BTreeMap<&str, &Value> =
        knopen.iter().filter_map(|knoop| Some((knoop.get("nodeId")?.as_str()?, knoop))).collect();
    let mut tekst = String::new();
    if let Some(wortel) = knopen.first() {
        schrijf(wortel, &op_id, 0, &mut tekst);
    }
    Ok(tekst)
}

fn schrijf(knoop: &Value, op_id: &BTreeMap<&str, &Value>, diepte: usize, tekst: &mut String) {
    let veld = |naam: &str| knoop.pointer(&format!("/{naam}/value")).and_then(Value::as_str).unwrap_or_default();
    let (rol, naam) = (veld("role"), veld("name"));
    let genegeerd = knoop.get("ignored").and_then(Value::as_bool).unwrap_or_default();
    // The boxes of a line depend on fonts, and what has no role and no name says nothing.
    if rol == "InlineTextBox" || rol == "ListMarker" {
        return;
    }
    let stil = genegeerd || matches!(rol, "none" | "generic" | "paragraph" | "LayoutTableRow") && naam.is_empty();
    let mut dieper = diepte;
    if !stil {
        let naam = naam.split_whitespace().collect::<Vec<_>>().join(" ");
        let inspringing = "  ".repeat(diepte);
        let _ = writeln!(tekst, "{inspringing}{rol} \"{naam}\"{}", eigenschappen(knoop));
        dieper += 1;
    }
    let kinderen = knoop.get("childIds").and_then(Value::as_array).into_iter().flatten();
    for kind in kinderen.filter_map(Value::as_str).filter_map(|id| op_id.get(id)) {
        schrijf(kind, op_id, dieper, tekst);
    }
}

fn eigenschappen(knoop: &Value) -> String {
    let lijst = knoop.get("properties").and_then(Value::as_array).into_iter().flatten();
    let mut tekst = String::new();
    for eigenschap in lijst {
        let naam = eigenschap.get("name").and_then(Value::as_str).unwrap_or_default();
        let waarde = eigenschap.pointer("/value/value").cloned().unwrap_or_default();
        let waarde = waarde.as_str().map_or_else(|| waarde.to_string(), str::to_owned);
        if matches!(naam, "level" | "checked" | "expanded" | "required" | "invalid") && waarde != "false" {
            let _ = write!(tekst, " [{naam}={waarde}]");
        }
    }
    tekst
}

/// Compares the tree of the open page with the file of this name under `snapshots`.
///
/// # Errors
/// It differs, with the first line that does.
#[expect(clippy::disallowed_methods, reason = "a switch for developers, outside the product's configuration")]
pub fn vergelijk(browser: &Browser, naam: &str) -> Result<()> {
    let gezien = boom(browser)?;
    let pad = crate::map().join("snapshots").join(format!("{naam}.txt"));
    if std::env::var(SCHRIJF).is_ok() {
        return Ok(std::fs::write(&pad, gezien)?);
    }
    let verwacht =
        std::fs::read_to_string(&pad).with_context(|| format!("{}; schrijf hem met {SCHRIJF}=1", pad.display()))?;
    if let Some(verschil) = eerste_verschil(&verwacht, &gezien) {
        bail!("{naam} klinkt anders dan snapshots/{naam}.txt: {verschil}. Klopt dat? Schrijf hem met {SCHRIJF}=1.");
    }
    Ok(())
}

fn eerste_verschil(verwacht: &str, gezien: &str) -> Option<String> {
    let (mut links, mut rechts) = (verwacht.lines(), gezien.lines());
    let mut nummer = 1;
    loop {
        match (links.next(), rechts.next()) {
            (None, None) => return None,
            (oud, nieuw) if oud != nieuw => {
                let (oud, nieuw) = (oud.unwrap_or("(einde)").trim(), nieuw.unwrap_or("(einde)").trim());
                return Some(format!("regel {nummer} was `{oud}` en is `{nieuw}`"));
            }
            _ => nummer += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn het_eerste_verschil_wordt_genoemd() {
        assert_eq!(eerste_verschil("a\nb\n", "a\nb\n"), None);
        assert_eq!(eerste_verschil("a\nb\n", "a\nc\n").unwrap(), "regel 2 was `b` en is `c`");
        assert_eq!(eerste_verschil("a\n", "a\nc\n").unwrap(), "regel 2 was `(einde)` en is `c`");
    }
}
