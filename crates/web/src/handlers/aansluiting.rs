//! The messages of one day, counted, for who holds them beside the count of the other side.

use crate::{
    Toestand,
    frame::kader,
    opmaak,
    pages::aansluiting::{AansluitingPagina, Regel},
    problem::{WebFout, pagina},
    session::Ingelogd,
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Deserialize;

/// Which day; today when it is left out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Vraag {
    dag: String,
}

/// The page.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Query(vraag): Query<Vraag>,
) -> Result<Response, WebFout> {
    let vandaag = toestand.app.klok().nu().dag();
    let gelezen = vraag.dag.trim().parse::<jiff::civil::Date>();
    let fout = (!vraag.dag.trim().is_empty() && gelezen.is_err()).then(|| "Vul een dag in die bestaat.".to_owned());
    let dag = gelezen.unwrap_or(vandaag);
    let aansluiting = toestand.app.aansluiting(&wie.actor, dag).await?;
    let regels = aansluiting.per_afzender().into_iter().map(|telling| Regel {
        afzender: toestand.app.naam_van(&telling.afzender),
        soort: soort(&telling.soort).to_owned(),
        ontvangen: telling.ontvangen.to_string(),
        opgenomen: telling.opgenomen.to_string(),
        geweigerd: telling.geweigerd.to_string(),
        niet_afgerond: telling.niet_afgerond.to_string(),
        sluit_aan: telling.niet_afgerond == 0,
    });
    Ok(pagina(&AansluitingPagina {
        kader: kader(&toestand, &wie, None).await?,
        dag: opmaak::datum_met_jaar(dag),
        gevraagd: if fout.is_some() { vraag.dag } else { dag.to_string() },
        fout,
        regels: regels.collect(),
    }))
}

fn soort(soort: &str) -> &str {
    match soort {
        "melding" => "Meldingen",
        "correctie" => "Correcties",
        "intrekking" => "Intrekkingen",
        "onleesbaar" => "Niet te lezen",
        anders => anders,
    }
}
