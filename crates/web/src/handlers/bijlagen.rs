//! The files of a casus: the list with its form, and one of them to save.

use super::{
    casus::{Deel, huidige_bundel, kop_met, laad},
    eigen::Gedaan,
    handeling::{opdracht, weigering_beeld},
    tekst::{self, clausule, moment},
};
use crate::{
    Toestand,
    extract::Bestandsformulier,
    frame::{self, kader},
    pages::{
        bijlagen::{BijlagenPagina, Regel, Toevoegen},
        kader::Plek,
        onderdelen::Link,
        veld::{Optie, Veld, VeldFout, Waarden},
    },
    problem::{WebFout, pagina, pagina_met_status},
    session::Ingelogd,
};
use app::{
    Antwoord, AppFout, Opdracht, Wens,
    bijlagen::{BIJLAGE_BYTES_MAX, BIJLAGEN_MAX, BijlageBeeld},
    lezen::CasusBeeld,
    toegang::Relatie,
    wens::{BijlagenWens, KIES_OPNIEUW},
};
use axum::{
    extract::{Path, Query, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{afspraak::Bundel, bijlagen::soorten};

const HANDELING: &str = "voeg-bijlagen-toe";
/// What a browser offers to choose from.
const SOORTEN: &str = ".pdf,.jpg,.jpeg,.png,.txt,.docx,.odt";
/// A file is data from outside: whatever opens it gets no rights of ours.
const CSP: &str = "default-src 'none'; sandbox";

/// A kind of file as people call it; one that the agreement has no name for any more, by its key.
pub(crate) fn soortnaam(bundel: &Bundel, soort: &str) -> String {
    let bekend = soorten(bundel).into_iter().find(|bekend| bekend.sleutel == soort);
    bekend.map_or_else(|| soort.replace('-', " "), |bekend| bekend.naam.to_owned())
}

/// The list, and the form for who can add something now.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path(casus): Path<String>,
    Query(gedaan): Query<Gedaan>,
) -> Result<Response, WebFout> {
    let beeld = beeld(&toestand, &wie, &casus).await?;
    let mut blad = blad(&toestand, &wie, &beeld, &Waarden::default(), Vec::new()).await?;
    blad.kader.flits = frame::flits(gedaan.gedaan.as_deref());
    Ok(pagina(&blad))
}

/// The casus, for who has something to do with files in it.
async fn beeld(toestand: &Toestand, wie: &Ingelogd, casus: &str) -> Result<CasusBeeld, WebFout> {
    let beeld = laad(toestand, wie, casus).await?;
    if Deel::Bijlagen.is_voor(&beeld) { Ok(beeld) } else { Err(WebFout::NietGevonden) }
}

async fn blad(
    toestand: &Toestand,
    wie: &Ingelogd,
    beeld: &CasusBeeld,
    waarden: &Waarden,
    fouten: Vec<VeldFout>,
) -> Result<BijlagenPagina, WebFout> {
    let bundel = huidige_bundel(toestand, beeld).ok_or(WebFout::NietGevonden)?;
    let als_melder = matches!(beeld.relatie, Relatie::Melder | Relatie::MelderEnPartij);
    let wie_leest = if als_melder {
        "Wat u hier toevoegt, hoort bij uw melding. Uw organisatie en Veilig Thuis lezen het."
    } else {
        "Wat uw organisatie toevoegt, leest alleen uw organisatie. Bij een overdracht gaan bestanden niet vanzelf mee."
    };
    let mag = beeld.handelingen.iter().any(|handeling| handeling.naam == HANDELING && handeling.kan());
    let bijlagen = toestand.app.bijlagen(beeld).into_iter().rev();
    Ok(BijlagenPagina {
        kader: kader(toestand, wie, Some(Plek::Werkvoorraad)).await?,
        kop: kop_met(toestand, beeld, Deel::Bijlagen),
        inleiding: wie_leest.to_owned(),
        bijlagen: bijlagen.map(|bijlage| regel(toestand, beeld, &bijlage)).collect(),
        toevoegen: mag.then(|| Toevoegen {
            clausule: bundel.inhoud.bevoegd.get(HANDELING).map(|regel| clausule(toestand, &bundel, &regel.clausule)),
            actie: Deel::Bijlagen.href(beeld.id),
            velden: velden(toestand, &bundel).into_iter().map(|veld| veld.vul(waarden, &fouten)).collect(),
            fouten,
            weigering: None,
            opdracht: waarden.een("opdracht").map_or_else(|| toestand.nieuw_opdrachtnummer(), str::to_owned),
            knop: format!("Toevoegen namens {}", toestand.app.naam_van(&wie.actor.organisatie)),
        }),
    })
}

fn velden(toestand: &Toestand, bundel: &Bundel) -> Vec<Veld> {
    let optie = |soort: domain::bijlagen::Bijlagesoort<'_>| {
        let optie = Optie::new(soort.sleutel, soort.naam);
        soort.clausule.map_or(optie.clone(), |id| optie.hint(clausule(toestand, bundel, id).plaats))
    };
    let hint = format!(
        "Ten hoogste {BIJLAGEN_MAX} bestanden per keer, elk niet groter dan {} MB: pdf, foto (jpg of png), gewone tekst, docx of odt. \
         Een geheim adres in een bestand wordt niet afgedekt, en een foto kan verraden waar zij is gemaakt.",
        BIJLAGE_BYTES_MAX / 1024 / 1024
    );
    vec![
        Veld::rondjes("soort", "Wat is het?", soorten(bundel).into_iter().map(optie).collect()),
        Veld::tekstvak("toelichting", "Toelichting", 3).optioneel(),
        Veld::bestanden("bestanden", "Bestanden", SOORTEN).hint(hint),
    ]
}

fn regel(toestand: &Toestand, beeld: &CasusBeeld, bijlage: &BijlageBeeld) -> Regel {
    let bundel = tekst::bundel(toestand, &bijlage.bundel);
    let soort = bundel.as_ref().map_or_else(|| bijlage.soort.clone(), |bundel| soortnaam(bundel, &bijlage.soort));
    let van_soort = bundel.as_ref().and_then(|bundel| {
        let bekend = soorten(bundel).into_iter().find(|bekend| bekend.sleutel == bijlage.soort)?;
        Some(clausule(toestand, bundel, bekend.clausule?))
    });
    let (gegevens, door) = (&bijlage.gegevens, tekst::door(toestand, &bijlage.medewerker, &bijlage.door));
    Regel {
        bestand: Link::new(gegevens.naam.clone(), format!("/casussen/{}/bijlagen/{}", beeld.id, bijlage.id)),
        wat: format!("{soort}, {}, {}", gegevens.vorm.extensie(), grootte(gegevens.bytes)),
        wanneer: format!("toegevoegd {}, door {door}", moment(bijlage.toegevoegd_op, beeld.op)),
        clausule: van_soort,
    }
}

/// "12 kB", "1,2 MB"; rounded up, so that nothing has no size.
fn grootte(bytes: usize) -> String {
    match bytes.div_ceil(1024) {
        kilo @ ..1024 => format!("{kilo} kB"),
        kilo => {
            let tienden = (kilo * 10).div_ceil(1024);
            format!("{},{} MB", tienden / 10, tienden % 10)
        }
    }
}

/// The form with its files.
pub async fn verstuur(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path(casus): Path<String>,
    request: Request,
) -> Result<Response, WebFout> {
    // Who may not add anything here is not read.
    let beeld = beeld(&toestand, &wie, &casus).await?;
    let Bestandsformulier { waarden, bestanden, te_groot } = Bestandsformulier::lees(request, &wie).await?;
    let gekozen = !bestanden.is_empty();
    let terug = async |fouten: Vec<VeldFout>| {
        // What was typed comes back; a browser does not keep files.
        let opnieuw = gekozen && !fouten.iter().any(|fout| fout.naam == "bestanden");
        let opnieuw = opnieuw.then(|| VeldFout::new("bestanden", KIES_OPNIEUW));
        blad(&toestand, &wie, &beeld, &waarden, fouten.into_iter().chain(opnieuw).collect()).await
    };
    if te_groot {
        let fout = format!("Deze bestanden zijn samen te groot. Kies er minder tegelijk. {KIES_OPNIEUW}");
        let blad = terug(vec![VeldFout::new("bestanden", fout)]).await?;
        return Ok(pagina_met_status(StatusCode::BAD_REQUEST, &blad));
    }
    let wens = Wens::VoegBijlagenToe(BijlagenWens {
        soort: waarden.gevuld("soort"),
        bestanden,
        toelichting: waarden.gevuld("toelichting"),
    });
    // What others record meanwhile changes nothing about a file.
    let opdracht = Opdracht { verwacht: None, ..opdracht(&waarden, "", beeld.id, wie.actor.clone(), wens)? };
    let (mut blad, status) = match toestand.app.voer_uit(&opdracht).await {
        Ok(Antwoord::Gedaan(_)) => {
            let naar = format!("{}?gedaan={HANDELING}", Deel::Bijlagen.href(beeld.id));
            return Ok(Redirect::to(&naar).into_response());
        }
        Ok(Antwoord::Geweigerd(weigering)) => {
            let mut blad = terug(Vec::new()).await?;
            let bundel = huidige_bundel(&toestand, &beeld).ok_or(WebFout::NietGevonden)?;
            let toevoegen = blad.toevoegen.as_mut().ok_or(WebFout::NietGevonden)?;
            toevoegen.weigering = Some(weigering_beeld(&toestand, &bundel, &weigering, &waarden));
            (blad, StatusCode::CONFLICT)
        }
        // Asked on no version, it conflicts with none.
        Ok(Antwoord::Conflict(_)) => return Err(AppFout::TeDruk.into()),
        Err(AppFout::Ongeldig(fouten)) => {
            let fouten = fouten.into_iter().map(|fout| VeldFout::new(fout.veld, fout.melding)).collect();
            (terug(fouten).await?, StatusCode::BAD_REQUEST)
        }
        Err(fout) => return Err(fout.into()),
    };
    // Sent anew it is another request.
    if let Some(toevoegen) = blad.toevoegen.as_mut() {
        toevoegen.opdracht = toestand.nieuw_opdrachtnummer();
    }
    Ok(pagina_met_status(status, &blad))
}

/// One file, to save.
pub async fn bestand(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path((casus, bijlage)): Path<(String, String)>,
) -> Result<Response, WebFout> {
    let beeld = beeld(&toestand, &wie, &casus).await?;
    let id = bijlage.parse().map_err(|_| WebFout::NietGevonden)?;
    let (bijlage, bytes) = toestand.app.bijlage(&wie.actor, &beeld, id).await?;
    Ok(om_op_te_slaan(&bijlage, bytes))
}

/// The name is ours: what somebody called a file may name a person, and does not belong in a header.
pub(crate) fn om_op_te_slaan(bijlage: &BijlageBeeld, bytes: Vec<u8>) -> Response {
    let vorm = bijlage.gegevens.vorm;
    let nummer = bijlage.id.0.simple().to_string();
    let nummer = nummer.get(..8).unwrap_or(&nummer);
    let naam = format!("attachment; filename=\"{}-{nummer}.{}\"", bijlage.soort, vorm.extensie());
    let mut antwoord = bytes.into_response();
    let headers = antwoord.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(vorm.mime()));
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_str(&naam).unwrap_or(HeaderValue::from_static("attachment")),
    );
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    antwoord
}

#[cfg(test)]
mod tests {
    use super::grootte;

    #[test]
    fn een_grootte_is_naar_boven_afgerond() {
        for (bytes, woorden) in [
            (1, "1 kB"),
            (1024, "1 kB"),
            (1025, "2 kB"),
            (1024 * 1024 - 1, "1,0 MB"),
            (1_200_000, "1,2 MB"),
            (10 * 1024 * 1024, "10,0 MB"),
        ] {
            assert_eq!(grootte(bytes), woorden);
        }
    }
}
