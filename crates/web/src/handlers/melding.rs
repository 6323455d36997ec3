//! The report form and its receipt. One address for the whole form, and a neutral title.

pub(super) mod lezen;

pub(super) use lezen::{rol, woonadres};

use super::{casus::Deel, formulier::instellingen, handeling::weigering_beeld, tekst::uiterlijk, vragen};
use crate::{
    Toestand,
    extract::Formulier,
    frame::{gebruiker, is_veilig_thuis},
    opmaak,
    pages::{
        melding::{Invuller, MeldingPagina},
        melding_ontvangen::{MeldingOntvangenPagina, Stap},
        veld::{Invoer, Optie, Veld, VeldFout, Waarden},
    },
    problem::{WebFout, pagina, pagina_met_status},
    session::Ingelogd,
};
use app::{Antwoord, AppFout, Opdracht, Wens, eigen::Overname, lezen::CasusVraag, wens::PersoonWens};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Casus,
    afspraak::{Bundel, MeldBij},
    gebeurtenis::{Contactduur, Melder, Openheid, Persoon},
    ids::{AdviesId, CasusId, CommandId, PersoonId, SpoorId},
    meldingen::{OverMelding, situatie},
    termijnen::Status,
};
use serde::Deserialize;
use std::{collections::BTreeSet, sync::Arc};

/// At which casus a further report is recorded; chosen at intake by Veilig Thuis.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Vraag {
    casus: Option<CasusId>,
    /// The reporter's own track of the meldcode, of which the content is carried over.
    #[serde(default)]
    spoor: Option<SpoorId>,
    /// The advice that the report grew out of; only its number goes along.
    #[serde(default)]
    advies: Option<AdviesId>,
}

impl Vraag {
    /// The address of the form, with what it was opened with.
    fn actie(&self) -> String {
        let delen = [
            self.casus.map(|casus| format!("casus={casus}")),
            self.spoor.map(|spoor| format!("spoor={spoor}")),
            self.advies.map(|advies| format!("advies={advies}")),
        ];
        let delen: Vec<_> = delen.into_iter().flatten().collect();
        if delen.is_empty() { "/melden".to_owned() } else { format!("/melden?{}", delen.join("&")) }
    }
}

/// The content of a track as the form asks it, so that nobody types twice.
fn vooraf(overname: &Overname) -> Waarden {
    let ja_nee = |antwoord: Option<bool>| match antwoord {
        Some(true) => "ja",
        Some(false) => "nee",
        None => "",
    };
    let hulp = (!overname.hulp.is_empty()).then(|| format!("Eigen hulp: {}", overname.hulp));
    let delen = [Some(overname.inschatting.clone()).filter(|tekst| !tekst.is_empty()), hulp];
    let inschatting = delen.into_iter().flatten().collect::<Vec<_>>().join("\n");
    let mut paren: Vec<(String, String)> = [
        ("zelf_tekst", overname.zelf.as_str()),
        ("anderen_tekst", &overname.van_anderen),
        ("anderen_bron", &overname.anderen_bron),
        ("vraag_inschatting", &inschatting),
        ("vraag_kan-helpen", ja_nee(overname.kan_helpen)),
        ("vraag_gezin-verteld", ja_nee(overname.besproken)),
    ]
    .into_iter()
    .filter(|(_, waarde)| !waarde.is_empty())
    .map(|(naam, waarde)| (naam.to_owned(), waarde.to_owned()))
    .collect();
    let kinderen = (overname.kinderen as usize).min(crate::pages::melding::PERSONEN_MAX);
    paren.extend((1..=kinderen).map(|nummer| (format!("persoon{nummer}_rol"), "kind".to_owned())));
    Waarden::new(paren)
}

/// The empty form.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Query(vraag): Query<Vraag>,
) -> Result<Response, WebFout> {
    let waarden = match vraag.spoor {
        Some(spoor) => vooraf(&toestand.app.spoor(&wie.actor, spoor).await?.voor_melding()),
        None => Waarden::default(),
    };
    if let Some(advies) = vraag.advies {
        super::adviezen::nummer(&toestand, &wie, advies).await?;
    }
    let plek = plek(&toestand, &wie, &vraag, &waarden).await?;
    Ok(pagina(&blad(&toestand, &wie, &plek, &waarden, Vec::new())))
}

/// What Veilig Thuis asks when it writes a report down: who reports, and when it came in.
fn vragen_intake() -> Vec<Veld> {
    let soorten = [("beroepskracht", "Een beroepskracht"), ("burger", "Een burger"), ("politie", "De politie")];
    vec![
        Veld::rondjes("melder_soort", "Wie meldt er?", soorten.map(|(code, tekst)| Optie::new(code, tekst)).to_vec()),
        Veld::tekst("melder_organisatie", "Bij welke organisatie werkt de melder?")
            .hint("Alleen bij een beroepskracht. Meldt die open, dan heeft die organisatie het zicht tot Veilig Thuis het overneemt.")
            .optioneel(),
        Veld::rondjes(
            "wijze",
            "Hoe kwam de melding binnen?",
            vec![
                Optie::new("telefoon", "Per telefoon").hint("Noteer wat u weet. U vult haar later aan met de melder."),
                Optie::new("brief", "Per brief"),
            ],
        )
        .hint("Kiest u niets, dan is het een formulier.")
        .optioneel(),
        Veld::datum_tijd("ontvangen_op", "Wanneer kwam de melding binnen?").hint("Leeg laten betekent: nu.").optioneel(),
    ]
}

/// Where a report is made: at which casus, and by which agreement the questions are asked.
struct Plek {
    vraag: Vraag,
    bundel: Arc<Bundel>,
    situatie: BTreeSet<MeldBij>,
}

/// The agreement of the municipality that was chosen, else that of the own region, else the national base.
async fn plek(toestand: &Toestand, wie: &Ingelogd, vraag: &Vraag, waarden: &Waarden) -> Result<Plek, WebFout> {
    let vandaag = toestand.app.klok().nu().dag();
    let afspraken = toestand.app.afspraken();
    let gekozen = waarden.gevuld("gemeente").and_then(|gemeente| afspraken.voor_gemeente(&gemeente, vandaag));
    let van_partij = || {
        let mut alle = afspraken
            .alle()
            .iter()
            .filter(|geldig| geldig.van <= vandaag && geldig.tot.is_none_or(|tot| vandaag < tot));
        alle.find(|geldig| geldig.bundel.inhoud.partij.contains_key(&wie.actor.organisatie))
    };
    let geldig = gekozen.or_else(van_partij).or_else(|| afspraken.geldig(&"landelijk".into(), vandaag));
    let bundel = geldig.map(|geldig| Arc::clone(&geldig.bundel)).ok_or(WebFout::NietGevonden)?;
    let wens = lezen::wens(waarden, wie, &bundel, is_veilig_thuis(toestand, wie));
    let melder = match wens.melder.soort.as_str() {
        "burger" => Melder::Burger,
        "politie" => Melder::Politie,
        _ => Melder::Beroepskracht { organisatie: wens.melder.organisatie.clone(), beroepsgroep: String::new() },
    };
    let met_voogd =
        |lid: &PersoonWens| Persoon { id: PersoonId(uuid::Uuid::nil()), rol: lid.rol, gi: lid.gezinsvoogd.clone() };
    let personen: Vec<_> = wens.huishouden.iter().map(met_voogd).collect();
    let over = OverMelding {
        melder: &melder,
        openheid: wens.openheid.unwrap_or(Openheid::Open),
        contact: wens.contact.unwrap_or(Contactduur::Eenmalig),
        personen: &personen,
        versie: None,
    };
    let situatie = match vraag.casus {
        // A casus of others is as unknown here as everywhere.
        Some(casus) => situatie(&super::casus::laad(toestand, wie, &casus.to_string()).await?.staat, &over),
        None => situatie(&Casus::default(), &over),
    };
    Ok(Plek { vraag: vraag.clone(), bundel, situatie })
}

fn blad(toestand: &Toestand, wie: &Ingelogd, plek: &Plek, waarden: &Waarden, fouten: Vec<VeldFout>) -> MeldingPagina {
    let vandaag = toestand.app.klok().nu().dag();
    let gemeenten: Vec<_> = toestand
        .app
        .afspraken()
        .gemeenten(vandaag)
        .into_iter()
        .map(|naam| (naam.to_owned(), naam.to_owned()))
        .collect();
    let intake = is_veilig_thuis(toestand, wie);
    let invuller = if intake { Invuller::VeiligThuis } else { Invuller::Melder };
    let vragen = vragen::delen(&plek.bundel, &plek.situatie, invuller);
    let instellingen = instellingen(toestand);
    let csrf = wie.csrf.clone();
    let mut blad = MeldingPagina::new(csrf, invuller, &gemeenten, vragen, &instellingen, waarden, fouten.clone());
    if let Some(over_u) = blad.delen.first_mut() {
        // Where the agreement asks why a report is closed, it is asked once.
        if lezen::vraagt_om_grond(&plek.bundel) {
            over_u.velden.retain(|veld| veld.naam != "afgeschermd_grond");
        }
        if intake {
            let vragen = vragen_intake().into_iter().map(|veld| veld.vul(waarden, &fouten));
            over_u.velden.splice(0..0, vragen);
            for veld in over_u.velden.iter_mut().filter(|veld| veld.naam == "openheid") {
                if let Invoer::Rondjes { opties, .. } = &mut veld.invoer {
                    let mut onbekend = Optie::new("onbekend", "De melder zegt niet wie hij is");
                    onbekend.gekozen = waarden.bevat("openheid", "onbekend");
                    opties.push(onbekend);
                }
            }
        }
    }
    let casus = plek.vraag.casus;
    MeldingPagina {
        gebruiker: Some(gebruiker(toestand, wie)),
        demo: toestand.is_demo(),
        opdracht: waarden.een("opdracht").map_or_else(|| toestand.nieuw_opdrachtnummer(), str::to_owned),
        actie: plek.vraag.actie(),
        terug_href: Some(match (casus, plek.vraag.spoor) {
            (Some(casus), _) => format!("/casussen/{casus}"),
            (None, Some(spoor)) => format!("/meldcode/{spoor}"),
            (None, None) => "/werkvoorraad".to_owned(),
        }),
        vragen_van: plek.bundel.afspraak.0.clone(),
        ..blad
    }
}

/// What the municipality that was chosen asks besides what stood in the form that came in.
fn nog_meer_vragen(plek: &Plek, waarden: &Waarden) -> bool {
    let van_elders = waarden.gevuld("vragen_van").is_some_and(|van| van != plek.bundel.afspraak.als_str());
    let vragen = domain::meldingen::meldvragen(&plek.bundel, &plek.situatie);
    let stond_er = |sleutel: &str| waarden.een(&format!("vraag_{sleutel}")).is_some();
    van_elders && vragen.iter().any(|(sleutel, vraag)| plek.bundel.is_eigen(&vraag.clausule) && !stond_er(sleutel))
}

/// Sends the report. A form that is not complete comes back with everything that was typed.
pub async fn verstuur(
    State(toestand): State<Toestand>,
    Query(vraag): Query<Vraag>,
    formulier: Formulier,
) -> Result<Response, WebFout> {
    let Formulier { ingelogd: wie, waarden } = formulier;
    let plek = plek(&toestand, &wie, &vraag, &waarden).await?;
    let opnieuw = |fouten: Vec<VeldFout>| {
        pagina_met_status(StatusCode::BAD_REQUEST, &blad(&toestand, &wie, &plek, &waarden, fouten))
    };
    let intake = is_veilig_thuis(&toestand, &wie);
    let fouten = lezen::controleer(&waarden, &vraag, &plek.bundel, intake);
    if !fouten.is_empty() {
        return Ok(opnieuw(fouten));
    }
    if nog_meer_vragen(&plek, &waarden) {
        let mut blad = blad(&toestand, &wie, &plek, &waarden, Vec::new());
        let gemeente = waarden.gevuld("gemeente").unwrap_or_default();
        blad.let_op = Some(format!(
            "Er is nog niets verstuurd. Voor {gemeente} horen er een paar vragen bij. Kijk die na en verstuur opnieuw."
        ));
        return Ok(pagina(&blad));
    }
    let mut wens = lezen::wens(&waarden, &wie, &plek.bundel, intake);
    if let Some(spoor) = vraag.spoor {
        wens.spoor_nummer = Some(toestand.app.spoor(&wie.actor, spoor).await?.nummer);
    }
    if let Some(advies) = vraag.advies {
        wens.advies_nummer = Some(super::adviezen::nummer(&toestand, &wie, advies).await?);
    }
    let open = wens.openheid == Some(Openheid::Open);
    let nummer = waarden.een("opdracht").unwrap_or_default();
    let opdracht = Opdracht {
        id: CommandId(nummer.parse().map_err(|_| WebFout::Ongeldig)?),
        casus: vraag.casus,
        verwacht: None,
        actor: wie.actor.clone(),
        gebeurd_op: None,
        wens: Wens::Meld(Box::new(wens)),
    };
    match toestand.app.voer_uit(&opdracht).await {
        // Who is shielded has no way back to the casus, so the receipt carries the number only.
        Ok(Antwoord::Gedaan(gedaan)) => {
            if let Some(spoor) = vraag.spoor {
                super::meldcode::meldde(&toestand, &wie, spoor, opdracht.id, &gedaan.nummer).await?;
            }
            if vraag.casus.is_some() {
                return Ok(Redirect::to(&format!("/casussen/{}?gedaan=meld", gedaan.casus)).into_response());
            }
            let plek = if open || intake { gedaan.casus.to_string() } else { gedaan.nummer };
            Ok(Redirect::to(&format!("/melden/ontvangen/{plek}")).into_response())
        }
        Ok(Antwoord::Geweigerd(weigering)) => {
            let mut blad = blad(&toestand, &wie, &plek, &waarden, Vec::new());
            // What was refused is sent anew with the reason: another request, so another number.
            blad.opdracht = toestand.nieuw_opdrachtnummer();
            blad.weigering = Some(weigering_beeld(&toestand, &plek.bundel, &weigering, &waarden));
            Ok(pagina_met_status(StatusCode::CONFLICT, &blad))
        }
        Ok(Antwoord::Conflict(_)) => Err(WebFout::Ongeldig),
        Err(AppFout::Ongeldig(fouten)) => Ok(opnieuw(fouten.into_iter().map(|fout| lezen::veldfout(&fout)).collect())),
        Err(fout) => Err(fout.into()),
    }
}

/// The receipt: with terms and holder for who may see the casus, with the number only for who is shielded.
pub async fn ontvangen(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path(casus): Path<String>,
) -> Result<Response, WebFout> {
    let leeg = |nummer: String| MeldingOntvangenPagina {
        gebruiker: Some(gebruiker(&toestand, &wie)),
        demo: toestand.is_demo(),
        snel_weg_href: "/weg".to_owned(),
        voor_een_ander: is_veilig_thuis(&toestand, &wie),
        nummer,
        ontvangen_op: opmaak::datum_lang(toestand.app.klok().nu().dag()),
        wie_houdt_zicht: "Veilig Thuis heeft vanaf nu het zicht op veiligheid.".to_owned(),
        wat_dat_vraagt: None,
        grond: "Onze lezing: bij een melder die het gezin niet mag kennen, begint Veilig Thuis direct.".to_owned(),
        stappen: vec![Stap {
            wanneer: "binnen 5 werkdagen".to_owned(),
            wat: "Veilig Thuis beoordeelt de melding en belt u daarna.".to_owned(),
        }],
        bijlagen_href: None,
        verder_href: Some("/werkvoorraad".to_owned()),
    };
    let Ok(id) = casus.parse::<CasusId>() else {
        let echt = casus.len() == 11 && casus.chars().all(|teken| teken.is_ascii_alphanumeric() || teken == '-');
        return if echt { Ok(pagina(&leeg(casus))) } else { Err(WebFout::NietGevonden) };
    };
    let beeld = toestand.app.casus(&wie.actor, CasusVraag { casus: id, stand: None, bekend_op: None }).await?;
    let nu = beeld.op;
    let span = beeld.lijn.zicht_op(nu);
    let houder = span.and_then(|span| span.houder.as_ref());
    let naam = houder.map(|org| toestand.app.naam_van(org)).unwrap_or_default();
    let tot =
        span.and_then(|span| span.tot).map(|tot| format!(" tot uiterlijk {}", uiterlijk(tot, nu))).unwrap_or_default();
    let eigen = houder == Some(&wie.actor.organisatie);
    let open = beeld.termijnen.iter().filter(|(_, status)| *status == Status::Open);
    Ok(pagina(&MeldingOntvangenPagina {
        nummer: beeld.nummer.clone(),
        wie_houdt_zicht: format!("{naam} heeft het zicht op veiligheid{tot}."),
        wat_dat_vraagt: eigen.then(|| {
            "Tot dan blijft u zelf kijken hoe het met het gezin gaat. Wordt het gevaarlijk? Bel 112 of Veilig Thuis.".to_owned()
        }),
        grond: span.map(|span| super::casus::plaats(&toestand, &beeld, span)).unwrap_or_default(),
        stappen: open
            .map(|(termijn, _)| Stap {
                wanneer: format!("uiterlijk {}", opmaak::datum(termijn.uiterlijk.net_ervoor().dag(), nu.dag())),
                wat: termijn.naam.clone(),
            })
            .collect(),
        bijlagen_href: Deel::Bijlagen.is_voor(&beeld).then(|| Deel::Bijlagen.href(id)),
        verder_href: Some(format!("/casussen/{id}")),
        ..leeg(String::new())
    }))
}
