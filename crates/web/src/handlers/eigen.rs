//! What forms on streams that are no casus do alike: send, come back with what was typed, or go on.

use super::handeling::{conflict_beeld, nieuw_opdrachtnummer, weigering_beeld};
use crate::{
    Toestand,
    pages::{
        eigen::EigenFormulierPagina,
        veld::{VeldFout, Waarden},
    },
    problem::{WebFout, pagina_met_status},
};
use app::{Antwoord, AppFout};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{afspraak::Bundel, ids::CasusId};

/// The answer to a form: its outcome, or the form again with what is wrong.
pub(super) fn antwoord(
    toestand: &Toestand,
    bundel: &Bundel,
    uitkomst: Result<Antwoord, AppFout>,
    waarden: &Waarden,
    mut blad: EigenFormulierPagina,
    naar: impl FnOnce(CasusId) -> String,
) -> Result<Response, WebFout> {
    match uitkomst {
        Ok(Antwoord::Gedaan(gedaan)) => Ok(Redirect::to(&naar(gedaan.casus)).into_response()),
        Ok(Antwoord::Geweigerd(weigering)) => {
            blad.opdracht = nieuw_opdrachtnummer();
            blad.weigering = Some(weigering_beeld(toestand, bundel, &weigering, waarden));
            Ok(pagina_met_status(StatusCode::CONFLICT, &blad))
        }
        Ok(Antwoord::Conflict(conflict)) => {
            blad.conflict = Some(conflict_beeld(toestand, toestand.app.klok().nu(), &conflict));
            Ok(pagina_met_status(StatusCode::CONFLICT, &blad))
        }
        Err(AppFout::Ongeldig(fouten)) => {
            let fouten: Vec<_> = fouten.into_iter().map(|fout| VeldFout::new(fout.veld, fout.melding)).collect();
            blad.velden = blad.velden.into_iter().map(|veld| veld.vul(waarden, &fouten)).collect();
            blad.fouten = fouten;
            Ok(pagina_met_status(StatusCode::BAD_REQUEST, &blad))
        }
        Err(fout) => Err(fout.into()),
    }
}
