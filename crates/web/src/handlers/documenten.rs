//! The documents of a casus, filled: the list, and one of them to read and print.

use super::{
    casus::{huidige_bundel, kop, laad},
    formulier,
    tekst::{self, clausule, moment},
};
use crate::{
    Toestand,
    frame::kader,
    opmaak,
    pages::{
        documenten::{Deel, DocumentPagina, DocumentenPagina, Regel, TeSchrijven},
        kader::Plek,
        onderdelen::{Clausule, Link, Pil, Status},
    },
    problem::{WebFout, pagina},
    session::Ingelogd,
};
use app::{documenten::DocumentBeeld, lezen::CasusBeeld};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    afspraak::{Bundel, Documentlezer},
    documenten::inhoud,
    ids::ClausuleId,
};
use std::sync::Arc;

/// All that this organisation wrote or got, and what it can write.
pub async fn lijst(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path(casus): Path<String>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &casus).await?;
    let geschreven = toestand.app.documenten(&beeld).into_iter().rev();
    Ok(pagina(&DocumentenPagina {
        kader: kader(&toestand, &wie, Some(Plek::Werkvoorraad)).await?,
        kop: kop(&toestand, &beeld),
        geschreven: geschreven.map(|document| regel(&toestand, &beeld, &document)).collect(),
        te_schrijven: te_schrijven(&toestand, &beeld),
    }))
}

fn regel(toestand: &Toestand, beeld: &CasusBeeld, document: &DocumentBeeld) -> Regel {
    let pil = match (document.verzonden.is_empty(), document.ontvanger.lezer) {
        (false, _) => Pil::new(Status::Gehaald, "Verstuurd"),
        (true, Documentlezer::Dossier) => Pil::new(Status::Gehaald, "Bewaard"),
        (true, _) => Pil::new(Status::Volgt, "Nog niet verstuurd"),
    };
    let door = tekst::door(toestand, &document.medewerker, &document.door);
    Regel {
        document: Link::new(document.naam.clone(), format!("/casussen/{}/documenten/{}", beeld.id, document.id)),
        aan: document.ontvanger.aanhef.clone(),
        wanneer: format!("geschreven {}, door {door}", moment(document.gemaakt_op, beeld.op)),
        pil,
    }
}

/// Only who may write sees what can be written.
fn te_schrijven(toestand: &Toestand, beeld: &CasusBeeld) -> Vec<TeSchrijven> {
    let mag = beeld.handelingen.iter().any(|handeling| handeling.naam == "maak-document" && handeling.kan());
    let Some(bundel) = huidige_bundel(toestand, beeld).filter(|_| mag) else { return Vec::new() };
    let alle = formulier::te_schrijven(beeld, &bundel).into_iter();
    alle.map(|(soort, regel, ontvanger)| {
        let inhoud = inhoud(&beeld.staat, &bundel, regel, &ontvanger);
        let aantal = |delen: usize| u64::try_from(delen).unwrap_or(u64::MAX);
        let hoort = opmaak::aantal(aantal(inhoud.hoort.len()), "deel hoort erin", "delen horen erin");
        let mag = match inhoud.mag.len() {
            0 => String::new(),
            meer => format!(", {meer} mag erbij"),
        };
        TeSchrijven {
            schrijf: Link::new(regel.naam.clone(), format!("/casussen/{}/doe/maak-document:{soort}", beeld.id)),
            clausule: clausule(toestand, &bundel, &regel.clausule),
            delen: format!("{hoort}{mag}"),
        }
    })
    .collect()
}

/// One document.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path((casus, document)): Path<(String, String)>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &casus).await?;
    let id = document.parse().map_err(|_| WebFout::NietGevonden)?;
    let document = toestand.app.document(&wie.actor, &beeld, id).await?;
    let bundel = bundel_van(&toestand, &beeld, &document).ok_or(WebFout::NietGevonden)?;
    let grond = |id: &ClausuleId| -> Clausule { clausule(&toestand, &bundel, id) };
    let eigen = document.door == wie.actor.organisatie && document.ontvanger.lezer != Documentlezer::Dossier;
    Ok(pagina(&DocumentPagina {
        kader: kader(&toestand, &wie, Some(Plek::Werkvoorraad)).await?,
        terug_href: format!("/casussen/{}/documenten", beeld.id),
        nummer: beeld.nummer.clone(),
        titel: document.naam.clone(),
        aan: document.ontvanger.aanhef.clone(),
        van: toestand.app.naam_van(&document.door),
        datum: opmaak::datum_met_jaar(document.gemaakt_op.dag()),
        persoonlijk: document.ontvanger.persoonlijk,
        delen: document
            .onderdelen
            .iter()
            .map(|deel| Deel { naam: deel.naam.clone(), tekst: deel.tekst.clone(), clausule: grond(&deel.clausule) })
            .collect(),
        ook_naar: document.ook_naar.as_ref().map(|(wie, id)| (wie.clone(), grond(id))),
        clausule: grond(&document.clausule),
        verzonden: document
            .verzonden
            .iter()
            .map(|keer| {
                let hoe = tekst::contactwijze(keer.wijze);
                format!("Verstuurd {}, {hoe}", moment(keer.feit.gebeurd_op, beeld.op))
            })
            .collect(),
        verzend_href: eigen.then(|| format!("/casussen/{}/doe/verzend-document:{}", beeld.id, document.id)),
    }))
}

/// The agreement by which it was written.
fn bundel_van(toestand: &Toestand, beeld: &CasusBeeld, document: &DocumentBeeld) -> Option<Arc<Bundel>> {
    let gemaakt = beeld.staat.documenten.iter().find(|eerder| eerder.id == document.id)?;
    tekst::bundel(toestand, &gemaakt.feit.bundel)
}
