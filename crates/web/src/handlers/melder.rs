//! Who reported, filled: beside a report, at the forms by which Veilig Thuis calls the reporter, and opened by itself.

use super::{
    casus::laad,
    formulier::{aan_te_vullen_melding, terug_te_koppelen},
    tekst::moment,
};
use crate::{
    Toestand,
    frame::kader,
    pages::{
        kader::Plek,
        melder::{ALLEEN_VEILIG_THUIS, MelderPagina, Meldervak},
        onderdelen::{Feit, Link},
    },
    problem::{WebFout, pagina},
    session::Ingelogd,
};
use app::lezen::{CasusBeeld, MelderBeeld, Melderstand};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{afspraak::Bundel, gebeurtenis::Openheid, meldingen::Melding};

const NIETS: &str = "De melder heeft geen gegevens achtergelaten.";
const ELDERS: &str = "De gegevens van de melder zijn bij het Veilig Thuis dat de melding kreeg.";

fn feiten(melder: &MelderBeeld) -> Vec<Feit> {
    let alle = [
        ("Naam", &melder.naam),
        ("Functie", &melder.functie),
        ("Telefoon", &melder.telefoon),
        ("Organisatie", &melder.organisatie),
    ];
    alle.into_iter().filter_map(|(wat, tekst)| Some(Feit::new(wat, tekst.clone()?))).collect()
}

/// Beside the report on the page of the casus; nothing for any other than its Veilig Thuis.
pub(super) fn bij_melding(beeld: &CasusBeeld, melding: &Melding) -> Option<Meldervak> {
    let vak = Meldervak { titel: "De melder".to_owned(), ..Meldervak::default() };
    let zegt = |zin: &str| Some(zin.to_owned());
    Some(match beeld.melder_van(melding.id)? {
        Melderstand::Open(melder) => Meldervak { feiten: feiten(melder), ..vak },
        Melderstand::Geen => Meldervak { zin: zegt(NIETS), ..vak },
        Melderstand::Elders => Meldervak { zin: zegt(ELDERS), ..vak },
        Melderstand::Gesloten => Meldervak {
            gesloten: true,
            zin: zegt("Wie dit bekijkt, wordt genoteerd."),
            openen: Some(Link::new("Bekijk wie meldde", href(beeld, melding))),
            ..vak
        },
    })
}

fn href(beeld: &CasusBeeld, melding: &Melding) -> String {
    format!("/casussen/{}/meldingen/{}/melder", beeld.id, melding.id)
}

/// At a form by which Veilig Thuis calls who reported. A reporter whom the family may not know is opened with the form,
/// and that stands in the access log.
pub(super) async fn bij_formulier(
    toestand: &Toestand,
    wie: &Ingelogd,
    beeld: &CasusBeeld,
    bundel: &Bundel,
    handeling: &str,
) -> Result<Vec<Meldervak>, WebFout> {
    let meldingen = te_bellen(toestand, beeld, bundel, handeling);
    let meer = meldingen.len() > 1;
    let mut vakken = Vec::new();
    for melding in meldingen {
        let Some(mut vak) = bij_melding(beeld, melding) else { continue };
        if meer {
            vak.titel = format!("De melder van {}", moment(melding.ontvangen_op, beeld.op));
        }
        if vak.openen.take().is_some() {
            vak.feiten = feiten(&toestand.app.melder(&wie.actor, beeld, melding.id).await?);
            vak.zin = Some("Dat u dit bekijkt, is genoteerd.".to_owned());
        }
        vakken.push(vak);
    }
    Ok(vakken)
}

/// Of which reports the reporter is called by this act.
fn te_bellen<'a>(toestand: &Toestand, beeld: &'a CasusBeeld, bundel: &Bundel, handeling: &str) -> Vec<&'a Melding> {
    match handeling {
        "vul-melding-aan" => {
            aan_te_vullen_melding(toestand, beeld, bundel).into_iter().map(|(melding, _)| melding).collect()
        }
        "koppel-terug-aan-melder" => beeld.staat.eigen_meldingen().filter(terug_te_koppelen).collect(),
        _ => Vec::new(),
    }
}

/// A reporter by itself, for Veilig Thuis; that it was opened is written down.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path((casus, melding)): Path<(String, String)>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &casus).await?;
    let id = melding.parse().map_err(|_| WebFout::NietGevonden)?;
    let melder = toestand.app.melder(&wie.actor, &beeld, id).await?;
    let melding = beeld.staat.melding(id).ok_or(WebFout::NietGevonden)?;
    let gesloten = melding.openheid != Openheid::Open;
    Ok(pagina(&MelderPagina {
        kader: kader(&toestand, &wie, Some(Plek::Werkvoorraad)).await?,
        terug_href: format!("/casussen/{}#meldingen", beeld.id),
        nummer: beeld.nummer.clone(),
        melding: format!("Melding van {}", moment(melding.ontvangen_op, beeld.op)),
        waarschuwing: gesloten.then(|| ALLEEN_VEILIG_THUIS.to_owned()),
        zin: melder.is_leeg().then(|| NIETS.to_owned()),
        feiten: feiten(&melder),
    }))
}
