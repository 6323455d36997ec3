//! The form that mends when something happened. It changes what terms are met by, never who held the zicht.

use super::Formulierdeel;
use crate::{
    handlers::{
        eigen::datum_tijd,
        tekst::{gebeurtenis, moment},
    },
    opmaak,
    pages::{
        onderdelen::Feit,
        veld::{Invoer, Veld, VeldFout, Waarden},
    },
};
use app::{
    Wens,
    lezen::{CasusBeeld, GeschiedenisRegel},
    toegang::Relatie,
    wens::{HerstelWens, lees_tijdstip},
};
use domain::casus::Feit as Vastgelegd;

/// What stands before the number of what is mended.
pub(in crate::handlers) const HERSTEL: &str = "herstel-vastlegging";

/// Something of the history that this organisation recorded, and that has a time by which terms go.
pub(in crate::handlers) fn te_herstellen(beeld: &CasusBeeld, versie: u64) -> Option<(&Vastgelegd, &GeschiedenisRegel)> {
    let mag = matches!(beeld.relatie, Relatie::VeiligThuis | Relatie::Ontvanger | Relatie::Aangeboden);
    let feit = beeld.staat.feit(versie).filter(|feit| feit.organisatie == beeld.organisatie && beeld.is_nu && mag)?;
    let regel = beeld.geschiedenis.iter().find(|regel| regel.vastlegging.versie == versie)?;
    Some((feit, regel))
}

pub(super) fn van(beeld: &CasusBeeld, handeling: &str) -> Option<Formulierdeel> {
    let versie = handeling.strip_prefix(HERSTEL)?.strip_prefix(':')?.parse().ok()?;
    let (feit, regel) = te_herstellen(beeld, versie)?;
    let nu = feit.gebeurd_op.lokaal();
    let nieuw = Veld::datum_tijd("nieuw", "Wanneer gebeurde het echt?");
    let invoer = Invoer::DatumTijd { datum: opmaak::datum_invoer(nu.date()), tijd: opmaak::tijd_invoer(nu.time()) };
    Some(Formulierdeel {
        gevolg:
            "Termijnen rekenen daarna met dit tijdstip. Wie het zicht had, verandert niet, en wat er stond blijft te \
                 zien."
                .to_owned(),
        velden: vec![
            Veld { invoer, ..nieuw },
            Veld::tekstvak("reden", "Waarom klopt het tijdstip niet?", 4).hint("De andere partij ziet deze reden."),
        ],
        feiten: vec![
            Feit::new("Gaat over", gebeurtenis(&regel.soort)),
            Feit::new("Staat nu op", moment(feit.gebeurd_op, beeld.op)),
            Feit::new("Vastgelegd", moment(feit.vastgelegd_op, beeld.op)),
        ],
    })
}

pub(super) fn wens(naam: &str, soort: &str, waarden: &Waarden) -> Result<Option<Wens>, Vec<VeldFout>> {
    let Some(versie) = soort.parse().ok().filter(|_| naam == HERSTEL) else { return Ok(None) };
    let gebeurd_op = datum_tijd(waarden, "nieuw").unwrap_or_default();
    let fout = |_| vec![VeldFout::new("nieuw", "Vul een datum en een tijd in.")];
    lees_tijdstip("nieuw", &gebeurd_op).map_err(fout)?;
    Ok(Some(Wens::HerstelVastlegging(HerstelWens { versie, gebeurd_op, reden: waarden.gevuld("reden") })))
}
