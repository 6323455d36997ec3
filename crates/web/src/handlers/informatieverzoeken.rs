//! What Veilig Thuis asks this organisation: the list, and one page to read and answer.

use super::{
    eigen::Gedaan,
    formulier::{antwoordvelden, antwoordwens},
    handeling::{conflict_beeld, opdracht, weigering_beeld},
    tekst::{bundel, clausule, moment},
};
use crate::{
    Toestand,
    extract::Formulier,
    frame::kader,
    opmaak,
    pages::{
        eigen::{EigenGroep, EigenLijstPagina, EigenRegel},
        kader::Plek,
        onderdelen::{Feit, Flits, Pil, Status},
        veld::{VeldFout, Waarden},
        verzoek::{Antwoord as Antwoorddeel, Verzoek, VerzoekPagina},
    },
    problem::{WebFout, pagina, pagina_met_status},
    session::Ingelogd,
};
use app::{Antwoord, AppFout, Wens, lezen::VerzoekBeeld, opslag::EigenRij};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{ids::CasusId, verrijking::Bronuitkomst};

/// What this organisation was asked.
pub async fn lijst(State(toestand): State<Toestand>, wie: Ingelogd) -> Result<Response, WebFout> {
    let rijen = toestand.app.informatieverzoeken(&wie.actor).await?;
    let nu = toestand.app.klok().nu();
    let regel = |rij: &EigenRij| EigenRegel {
        nummer: rij.nummer.clone(),
        href: format!("/informatieverzoeken/{}", rij.stroom),
        omschrijving: rij
            .ander
            .as_ref()
            .map(|ander| format!("Vraag van {}", toestand.app.naam_van(ander)))
            .unwrap_or_default(),
        wanneer: format!("gevraagd {}", opmaak::datum(rij.begonnen_op.dag(), nu.dag())),
        pil: stand(rij.aan_zet),
    };
    let groep = |id, titel: &str, leeg: &str, wacht: bool| {
        EigenGroep::new(id, titel, leeg, rijen.iter().filter(|rij| rij.aan_zet == wacht).map(regel))
    };
    Ok(pagina(&EigenLijstPagina {
        kader: kader(&toestand, &wie, Some(Plek::Verzoeken)).await?,
        titel: "Informatieverzoeken".to_owned(),
        inleiding: "Veilig Thuis vraagt dit om de veiligheid in een gezin te beoordelen. Daar is geen toestemming van het gezin voor nodig.".to_owned(),
        knop: None,
        knop_href: String::new(),
        groepen: vec![
            groep("wacht", "Wacht op u", "Er wacht geen verzoek op u.", true),
            groep("klaar", "Beantwoord", "Er is nog niets beantwoord.", false),
        ],
    }))
}

fn stand(wacht: bool) -> Pil {
    if wacht { Pil::new(Status::AanZet, "Wacht op uw antwoord") } else { Pil::new(Status::Gehaald, "Beantwoord") }
}

/// The requests about one casus.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path(casus): Path<String>,
    Query(vraag): Query<Gedaan>,
) -> Result<Response, WebFout> {
    let verzoeken = laad(&toestand, &wie, &casus).await?;
    let mut blad = blad(&toestand, &wie, &verzoeken, &Waarden::default(), Vec::new()).await?;
    blad.kader.flits =
        (vraag.gedaan.as_deref() == Some("leg-informatie-vast")).then(|| Flits::gelukt("Uw antwoord is verstuurd."));
    Ok(pagina(&blad))
}

async fn laad(toestand: &Toestand, wie: &Ingelogd, casus: &str) -> Result<Vec<VerzoekBeeld>, WebFout> {
    let casus: CasusId = casus.parse().map_err(|_| WebFout::NietGevonden)?;
    Ok(toestand.app.verzoeken_aan(&wie.actor, casus).await?)
}

fn verzoek_beeld(toestand: &Toestand, beeld: &VerzoekBeeld) -> Verzoek {
    let van = bundel(toestand, &beeld.bundel);
    let bron = van.as_ref().and_then(|van| van.inhoud.bron.get(&beeld.bron));
    let grondslag = van.as_ref().zip(bron).and_then(|(van, bron)| van.inhoud.grondslag.get(&bron.grondslag));
    let mut feiten =
        vec![Feit::new("Vraag", beeld.vraag.clone().or_else(|| bron.map(|bron| bron.wat.clone())).unwrap_or_default())];
    feiten.extend(grondslag.map(|grondslag| Feit::new("Grondslag", &grondslag.tekst)));
    if let Some((op, uitkomst, tekst)) = &beeld.antwoord {
        let uitkomst = match uitkomst {
            Bronuitkomst::Gevonden => "er is iets bekend",
            Bronuitkomst::NietsGevonden => "gekeken, niets bekend",
        };
        feiten.push(Feit::new("Antwoord", format!("{uitkomst}, {}", moment(*op, beeld.op))));
        feiten.extend(tekst.as_ref().map(|tekst| Feit::new("Wat u schreef", tekst)));
    }
    let clausules = bron.map(|bron| &bron.clausule).into_iter().chain(grondslag.map(|grondslag| &grondslag.clausule));
    Verzoek {
        pil: stand(beeld.antwoord.is_none()),
        wanneer: format!("gevraagd {}", moment(beeld.gevraagd_op, beeld.op)),
        feiten,
        clausules: van.iter().flat_map(|van| clausules.clone().map(|id| clausule(toestand, van, id))).collect(),
    }
}

async fn blad(
    toestand: &Toestand,
    wie: &Ingelogd,
    verzoeken: &[VerzoekBeeld],
    waarden: &Waarden,
    fouten: Vec<VeldFout>,
) -> Result<VerzoekPagina, WebFout> {
    let eerste = verzoeken.first().ok_or(WebFout::NietGevonden)?;
    let vt = toestand.app.naam_van(&eerste.veilig_thuis);
    let open = verzoeken.iter().find(|verzoek| verzoek.antwoord.is_none());
    let namens = toestand.app.naam_van(&wie.actor.organisatie);
    Ok(VerzoekPagina {
        kader: kader(toestand, wie, Some(Plek::Verzoeken)).await?,
        nummer: eerste.nummer.clone(),
        inleiding: format!("{vt} vraagt u om informatie over een gezin."),
        verzoeken: verzoeken.iter().map(|verzoek| verzoek_beeld(toestand, verzoek)).collect(),
        antwoord: open.map(|open| Antwoorddeel {
            actie: format!("/informatieverzoeken/{}", open.casus),
            verzoek: open.verzoek.to_string(),
            velden: antwoordvelden().into_iter().map(|veld| veld.vul(waarden, &fouten)).collect(),
            opdracht: waarden.een("opdracht").map_or_else(|| toestand.nieuw_opdrachtnummer(), str::to_owned),
            versie: open.versie.to_string(),
            knop: format!("Antwoorden namens {namens}"),
        }),
        fouten,
        weigering: None,
        conflict: None,
    })
}

/// The answer.
pub async fn antwoord(
    State(toestand): State<Toestand>,
    Path(casus): Path<String>,
    formulier: Formulier,
) -> Result<Response, WebFout> {
    let Formulier { ingelogd: wie, waarden } = formulier;
    let verzoeken = laad(&toestand, &wie, &casus).await?;
    let eerste = verzoeken.first().ok_or(WebFout::NietGevonden)?;
    let wens = match antwoordwens(&waarden) {
        Ok(wens) => wens,
        Err(fouten) => {
            let blad = blad(&toestand, &wie, &verzoeken, &waarden, fouten).await?;
            return Ok(pagina_met_status(StatusCode::BAD_REQUEST, &blad));
        }
    };
    // Who answers does not see the casus: what happened there meanwhile is no reason to ask again.
    let opdracht = app::Opdracht {
        verwacht: None,
        ..opdracht(&waarden, "", eerste.casus, wie.actor.clone(), Wens::LegInformatieVast(wens))?
    };
    match toestand.app.voer_uit(&opdracht).await {
        Ok(Antwoord::Gedaan(_)) => {
            Ok(Redirect::to(&format!("/informatieverzoeken/{}?gedaan=leg-informatie-vast", eerste.casus))
                .into_response())
        }
        Ok(Antwoord::Geweigerd(weigering)) => {
            let mut blad = blad(&toestand, &wie, &verzoeken, &waarden, Vec::new()).await?;
            let van = bundel(&toestand, &eerste.bundel).ok_or(WebFout::NietGevonden)?;
            blad.weigering = Some(weigering_beeld(&toestand, &van, &weigering, &waarden));
            Ok(pagina_met_status(StatusCode::CONFLICT, &blad))
        }
        Ok(Antwoord::Conflict(conflict)) => {
            let mut blad = blad(&toestand, &wie, &verzoeken, &waarden, Vec::new()).await?;
            blad.conflict = Some(conflict_beeld(&toestand, eerste.op, &conflict));
            Ok(pagina_met_status(StatusCode::CONFLICT, &blad))
        }
        Err(AppFout::Ongeldig(fouten)) => {
            let fouten = fouten.into_iter().map(|fout| VeldFout::new(fout.veld, fout.melding)).collect();
            let blad = blad(&toestand, &wie, &verzoeken, &waarden, fouten).await?;
            Ok(pagina_met_status(StatusCode::BAD_REQUEST, &blad))
        }
        Err(fout) => Err(fout.into()),
    }
}
