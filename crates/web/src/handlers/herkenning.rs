//! "Kennen we dit gezin?": candidates for a report, and the choice of the worker.

use super::{
    casus::{huidige_bundel, kop, laad},
    handeling::{conflict_beeld, opdracht, weigering_beeld},
    tekst::moment,
};
use crate::{
    Toestand,
    extract::Formulier,
    frame::{houder, kader},
    opmaak,
    pages::{
        herkenning::{Herkenning, HuishoudenPagina, Kandidaat, Keuze, Overeenkomst},
        kader::Plek,
        onderdelen::Link,
        veld::{Optie, Veld, VeldFout, Waarden},
    },
    problem::{WebFout, pagina, pagina_met_status},
    session::Ingelogd,
};
use app::{
    Antwoord, AppFout, Wens,
    herkenning::Grond,
    lezen::{self, CasusBeeld, Herkend},
    wens::{HuishoudenWens, VerplaatsWens},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::ids::MeldingId;

/// What is asked of a worker of Veilig Thuis while a report waits for the choice; nothing for others.
pub(crate) async fn paneel(
    toestand: &Toestand,
    wie: &Ingelogd,
    beeld: &CasusBeeld,
) -> Result<Option<Herkenning>, WebFout> {
    match beeld.huishouden_te_kiezen() {
        Some(melding) => herkenning(toestand, wie, beeld, melding, &Waarden::default(), &[]).await.map(Some),
        None => Ok(None),
    }
}

async fn herkenning(
    toestand: &Toestand,
    wie: &Ingelogd,
    beeld: &CasusBeeld,
    melding: MeldingId,
    waarden: &Waarden,
    fouten: &[VeldFout],
) -> Result<Herkenning, WebFout> {
    let herkend = toestand.app.herken(&wie.actor, beeld.id, Some(melding)).await?;
    let beslist = beeld.staat.melding(melding).is_some_and(|melding| melding.besluit.is_some());
    let niets = herkend.kandidaten.is_empty();
    let velden = if niets { Vec::new() } else { velden(&herkend, beslist) };
    let velden = velden.into_iter().map(|veld| veld.vul(waarden, fouten)).collect();
    Ok(Herkenning {
        melding: van_melding(beeld, melding),
        kandidaten: herkend.kandidaten.iter().map(|kandidaat| getoond(toestand, beeld, kandidaat)).collect(),
        opmerkingen: opmerkingen(&herkend),
        keuze: Keuze {
            actie: format!("/casussen/{}/huishouden", beeld.id),
            csrf: wie.csrf.clone(),
            opdracht: waarden.een("opdracht").map_or_else(|| toestand.nieuw_opdrachtnummer(), str::to_owned),
            versie: beeld.versie.to_string(),
            velden,
            vast: niets.then(|| "nieuw".to_owned()),
            knop: if niets { "Vastleggen: nieuw gezin" } else { "Besluit vastleggen" }.to_owned(),
        },
    })
}

fn van_melding(beeld: &CasusBeeld, melding: MeldingId) -> String {
    let ontvangen_op = beeld.staat.melding(melding).map(|melding| melding.ontvangen_op);
    ontvangen_op.map(|op| format!("Melding van {}", moment(op, beeld.op))).unwrap_or_default()
}

fn getoond(toestand: &Toestand, beeld: &CasusBeeld, kandidaat: &lezen::Kandidaat) -> Kandidaat {
    let laatste = opmaak::datum(kandidaat.laatste_melding.dag(), beeld.op.dag());
    let overeenkomst = |o: &lezen::Overeenkomst| Overeenkomst {
        wie: match (&o.persoon, &o.naam) {
            (None, _) => "Het huishouden".to_owned(),
            (Some(_), Some(naam)) => naam.clone(),
            (Some(_), None) => "Iemand zonder bekende naam".to_owned(),
        },
        wat: o.gronden.iter().map(|grond| wat(*grond).to_owned()).collect(),
    };
    Kandidaat {
        casus: Link::new(kandidaat.nummer.clone(), format!("/casussen/{}", kandidaat.casus)),
        gesloten: kandidaat.gesloten,
        laatste: format!("laatste melding {laatste}"),
        houder: kandidaat.houder.as_ref().map(|org| houder(toestand, org)),
        overeenkomsten: kandidaat.overeenkomsten.iter().map(overeenkomst).collect(),
    }
}

fn wat(grond: Grond) -> &'static str {
    match grond {
        Grond::Bsn => "zelfde BSN",
        Grond::AchternaamGeboren => "zelfde achternaam en geboortedatum",
        Grond::Adres => "zelfde adres",
    }
}

fn opmerkingen(herkend: &Herkend) -> Vec<String> {
    let mut regels = Vec::new();
    if !herkend.doorzocht {
        regels.push(
            "Er staat te weinig in de melding om op te zoeken: geen BSN, geen achternaam met geboortedatum en geen adres."
                .to_owned(),
        );
    } else if herkend.kandidaten.is_empty() {
        regels.push(
            "Niets gevonden dat precies gelijk is. Een naam die anders is geschreven, vindt Zicht hier niet."
                .to_owned(),
        );
    }
    if herkend.te_algemeen.contains(&Grond::Adres) {
        regels.push("Dit adres komt bij veel gezinnen voor. Op het adres is niet gezocht.".to_owned());
    }
    if herkend.meer {
        regels.push("Er zijn meer casussen met dezelfde gegevens. U ziet de beste.".to_owned());
    }
    regels
}

/// A report on which was decided stays in its casus.
fn velden(herkend: &Herkend, beslist: bool) -> Vec<Veld> {
    let mut keuzes = Vec::new();
    for kandidaat in &herkend.kandidaten {
        let (casus, nummer) = (kandidaat.casus, &kandidaat.nummer);
        if !kandidaat.gesloten && !beslist {
            keuzes.push(
                Optie::new(format!("zelfde:{casus}"), format!("Dezelfde casus: {nummer}"))
                    .hint("Deze melding gaat naar die casus. De termijnen blijven lopen vanaf de ontvangst."),
            );
        }
        let gevolg = if kandidaat.gesloten {
            "Die casus blijft gesloten. Deze casus verwijst ernaar."
        } else {
            "Twee open casussen over één gezin: dat blijft opvallen tot er een sluit."
        };
        let tekst = format!("Bekend gezin, aparte casus: {nummer}");
        keuzes.push(Optie::new(format!("bekend:{casus}"), tekst).hint(gevolg));
    }
    keuzes.push(Optie::new("nieuw", "Nieuw gezin").hint("Het gezin is bij ons niet bekend."));
    let hint = "Nodig als de melding naar een andere casus gaat.";
    vec![
        Veld::rondjes("huishouden", "Uw besluit", keuzes),
        Veld::tekstvak("huishouden_reden", "Waarop baseert u dat?", 2).hint(hint).optioneel(),
    ]
}

/// The page of the choice: also to make it again.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path(casus): Path<String>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &casus).await?;
    Ok(pagina(&blad(&toestand, &wie, &beeld, &Waarden::default(), Vec::new()).await?))
}

async fn blad(
    toestand: &Toestand,
    wie: &Ingelogd,
    beeld: &CasusBeeld,
    waarden: &Waarden,
    fouten: Vec<VeldFout>,
) -> Result<HuishoudenPagina, WebFout> {
    let melding = beeld.huishouden_van().ok_or(WebFout::NietGevonden)?;
    Ok(HuishoudenPagina {
        kader: kader(toestand, wie, Some(Plek::Werkvoorraad)).await?,
        kop: kop(toestand, beeld),
        herkenning: herkenning(toestand, wie, beeld, melding, waarden, &fouten).await?,
        fouten,
        weigering: None,
        conflict: None,
        terug_href: format!("/casussen/{}", beeld.id),
    })
}

/// The choice. What stands in the way comes back with what was chosen.
pub async fn kies(
    State(toestand): State<Toestand>,
    Path(casus): Path<String>,
    formulier: Formulier,
) -> Result<Response, WebFout> {
    let Formulier { ingelogd: wie, waarden } = formulier;
    let beeld = laad(&toestand, &wie, &casus).await?;
    let melding = beeld.huishouden_van().ok_or(WebFout::NietGevonden)?;
    let opnieuw = async |status: StatusCode, fouten: Vec<VeldFout>| -> Result<_, WebFout> {
        Ok((status, blad(&toestand, &wie, &beeld, &waarden, fouten).await?))
    };
    let wens = match wens(&waarden, melding) {
        Ok(wens) => wens,
        Err(fouten) => {
            let (status, blad) = opnieuw(StatusCode::BAD_REQUEST, fouten).await?;
            return Ok(pagina_met_status(status, &blad));
        }
    };
    let opdracht = opdracht(&waarden, "", beeld.id, wie.actor.clone(), wens)?;
    let (status, blad) = match toestand.app.voer_uit(&opdracht).await {
        Ok(Antwoord::Gedaan(_)) => {
            let naam = opdracht.wens.naam();
            return Ok(Redirect::to(&format!("/casussen/{}?gedaan={naam}", beeld.id)).into_response());
        }
        Ok(Antwoord::Geweigerd(weigering)) => {
            let (status, mut blad) = opnieuw(StatusCode::CONFLICT, Vec::new()).await?;
            let bundel = huidige_bundel(&toestand, &beeld).ok_or(WebFout::NietGevonden)?;
            blad.weigering = Some(weigering_beeld(&toestand, &bundel, &weigering, &waarden));
            // What was refused is done anew: another request, so another number.
            blad.herkenning.keuze.opdracht = toestand.nieuw_opdrachtnummer();
            (status, blad)
        }
        Ok(Antwoord::Conflict(conflict)) => {
            let (status, mut blad) = opnieuw(StatusCode::CONFLICT, Vec::new()).await?;
            blad.conflict = Some(conflict_beeld(&toestand, toestand.app.klok().nu(), &conflict));
            (status, blad)
        }
        Err(AppFout::Ongeldig(fouten)) => {
            let fouten = fouten.into_iter().map(|fout| VeldFout::new("huishouden", fout.melding)).collect();
            opnieuw(StatusCode::BAD_REQUEST, fouten).await?
        }
        Err(fout) => return Err(fout.into()),
    };
    Ok(pagina_met_status(status, &blad))
}

fn wens(waarden: &Waarden, melding: MeldingId) -> Result<Wens, Vec<VeldFout>> {
    let melding = Some(melding);
    let reden = waarden.gevuld("huishouden_reden");
    let kies = || vec![VeldFout::new("huishouden", "Kies wat u besluit.")];
    let keuze = waarden.gevuld("huishouden").ok_or_else(kies)?;
    let (soort, casus) = keuze.split_once(':').unwrap_or((&keuze, ""));
    let casus = (soort != "nieuw").then(|| casus.parse().map_err(|_| kies())).transpose()?;
    match soort {
        "zelfde" if reden.is_none() => {
            Err(vec![VeldFout::new("huishouden_reden", "Schrijf op waarom het dezelfde casus is.")])
        }
        "zelfde" => Ok(Wens::VerplaatsMelding(VerplaatsWens { melding, naar: casus, reden })),
        "bekend" | "nieuw" => Ok(Wens::KiesHuishouden(HuishoudenWens { melding, casus, toelichting: reden })),
        _ => Err(kies()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::CasusId;
    use uuid::Uuid;

    #[test]
    fn een_keuze_wordt_de_handeling_die_erbij_hoort() {
        let (melding, casus) = (MeldingId(Uuid::from_u128(1)), CasusId(Uuid::from_u128(2)));
        let wens = |keuze: &str, reden: &str| {
            let paren = [("huishouden", keuze), ("huishouden_reden", reden)];
            wens(&Waarden::new(paren.map(|(naam, waarde)| (naam.to_owned(), waarde.to_owned())).to_vec()), melding)
        };
        let Ok(Wens::KiesHuishouden(nieuw)) = wens("nieuw", "") else { panic!("nieuw") };
        assert_eq!((nieuw.melding, nieuw.casus), (Some(melding), None));
        let Ok(Wens::KiesHuishouden(bekend)) = wens(&format!("bekend:{casus}"), "Zelfde moeder.") else {
            panic!("bekend")
        };
        assert_eq!((bekend.casus, bekend.toelichting.as_deref()), (Some(casus), Some("Zelfde moeder.")));
        let Ok(Wens::VerplaatsMelding(zelfde)) = wens(&format!("zelfde:{casus}"), "Zelfde moeder.") else {
            panic!("zelfde")
        };
        assert_eq!((zelfde.melding, zelfde.naar), (Some(melding), Some(casus)));
        assert_eq!(wens(&format!("zelfde:{casus}"), " ").unwrap_err()[0].naam, "huishouden_reden");
        for fout in ["", "zelfde", "bekend:", "zelfde:x", "iets", "bekend:nieuw"] {
            assert_eq!(wens(fout, "Daarom.").unwrap_err()[0].naam, "huishouden", "{fout}");
        }
    }
}
