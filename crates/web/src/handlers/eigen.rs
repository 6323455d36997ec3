//! What forms on streams that are no casus do alike: open, send, come back with what was typed, or go on.

use super::handeling::{conflict_beeld, weigering_beeld};
use crate::{
    Toestand,
    frame::kader,
    pages::{
        eigen::EigenFormulierPagina,
        kader::Plek,
        veld::{VeldFout, Waarden},
    },
    problem::{WebFout, pagina_met_status},
    session::Ingelogd,
};
use app::{Antwoord, AppFout};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{Weigering, afspraak::Bundel, ids::CasusId};
use serde::Deserialize;

/// What was just done, as the address of a page says it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Gedaan {
    pub gedaan: Option<String>,
}

/// A form without its own content: only the number of its request and the version on which the reader decides.
pub(super) async fn leeg_blad(
    toestand: &Toestand,
    wie: &Ingelogd,
    plek: Plek,
    waarden: &Waarden,
    versie: impl ToString,
) -> Result<EigenFormulierPagina, WebFout> {
    let opdracht = waarden.een("opdracht").map_or_else(|| toestand.nieuw_opdrachtnummer(), str::to_owned);
    Ok(EigenFormulierPagina::leeg(kader(toestand, wie, Some(plek)).await?, opdracht, versie.to_string()))
}

/// A day and a time as typed: what is none comes back as a mistake.
pub(super) fn datum_tijd(waarden: &Waarden, veld: &str) -> Option<String> {
    let deel = |naam: &str| waarden.gevuld(&format!("{veld}_{naam}")).unwrap_or_default();
    let tekst = format!("{}T{}", deel("datum"), deel("tijd"));
    (tekst != "T").then_some(tekst)
}

/// The form with what is wrong beside each field.
pub(super) fn met_fouten(mut blad: EigenFormulierPagina, fouten: Vec<VeldFout>, waarden: &Waarden) -> Response {
    blad.velden = blad.velden.into_iter().map(|veld| veld.vul(waarden, &fouten)).collect();
    blad.fouten = fouten;
    pagina_met_status(StatusCode::BAD_REQUEST, &blad)
}

/// A refusal above the form, in the words of an agreement.
pub(super) fn weiger<'a>(
    toestand: &'a Toestand,
    bundel: Option<&'a Bundel>,
    waarden: &'a Waarden,
) -> impl FnOnce(&Weigering, &mut EigenFormulierPagina) -> Result<(), WebFout> {
    move |weigering, blad| {
        let bundel = bundel.ok_or(WebFout::Ongeldig)?;
        blad.weigering = Some(weigering_beeld(toestand, bundel, weigering, waarden));
        Ok(())
    }
}

/// The answer to a form: its outcome, or the form again with what is wrong. The form is only made when it is shown.
pub(super) async fn antwoord(
    toestand: &Toestand,
    uitkomst: Result<Antwoord, AppFout>,
    waarden: &Waarden,
    blad: impl Future<Output = Result<EigenFormulierPagina, WebFout>>,
    weiger: impl FnOnce(&Weigering, &mut EigenFormulierPagina) -> Result<(), WebFout>,
    naar: impl FnOnce(CasusId) -> String,
) -> Result<Response, WebFout> {
    match uitkomst {
        Ok(Antwoord::Gedaan(gedaan)) => Ok(Redirect::to(&naar(gedaan.casus)).into_response()),
        Ok(Antwoord::Geweigerd(weigering)) => {
            let mut blad = blad.await?;
            blad.opdracht = toestand.nieuw_opdrachtnummer();
            weiger(&weigering, &mut blad)?;
            Ok(pagina_met_status(StatusCode::CONFLICT, &blad))
        }
        Ok(Antwoord::Conflict(conflict)) => {
            let mut blad = blad.await?;
            blad.conflict = Some(conflict_beeld(toestand, toestand.app.klok().nu(), &conflict));
            Ok(pagina_met_status(StatusCode::CONFLICT, &blad))
        }
        Err(AppFout::Ongeldig(fouten)) => {
            let fouten = fouten.into_iter().map(|fout| VeldFout::new(fout.veld, fout.melding)).collect();
            Ok(met_fouten(blad.await?, fouten, waarden))
        }
        Err(fout) => Err(fout.into()),
    }
}
