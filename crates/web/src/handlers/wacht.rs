//! The roster of who is on call and the alarms: the page, the forms, and the button that says "I look at it".

use super::{
    eigen::{antwoord, datum_tijd, leeg_blad, weiger},
    meldcode::{knop, opdracht},
    tekst::{clausule, moment},
};
use crate::{
    Toestand,
    extract::Formulier,
    frame::kader,
    opmaak,
    pages::{
        eigen::EigenFormulierPagina,
        kader::Plek,
        onderdelen::{Feit, Flits, Pil, Status},
        veld::{Optie, Veld, Waarden},
        wacht::{AlarmRij, Bevestig, DienstRij, GatRij, WachtPagina},
    },
    problem::{WebFout, pagina},
    session::Ingelogd,
};
use app::eigen::{
    WachtBeeld, WachtDaad,
    wacht::{AlarmBeeld, AlarmVerwijzing, DienstBeeld, OpeningWens, Waarover, WachtdienstVerwijzing, WachtdienstWens},
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    afspraak::Bundel,
    ids::WachtdienstId,
    tijd::Instant,
    wacht::{Aankomst, Gat, Rang, Stand, Verzonden},
};
use serde::Deserialize;

/// What the address of a page may say.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Vraag {
    gedaan: Option<String>,
    /// The shift or the alarm that a form is about.
    sleutel: Option<String>,
    casus: Option<String>,
    /// A gap that is filled: a rank, and local times.
    rang: Option<String>,
    van: Option<String>,
    tot: Option<String>,
}

fn rang_naam(rang: Rang) -> &'static str {
    match rang {
        Rang::Eerste => "Eerste",
        Rang::Tweede => "Tweede",
    }
}

fn tijdvak(van: Instant, tot: Instant, nu: Instant) -> String {
    format!("{} tot {}", moment(van, nu), moment(tot, nu))
}

/// A day and a time on the clock on the wall, as an address holds them.
fn lokaal(op: Instant) -> String {
    op.lokaal().strftime("%Y-%m-%dT%H:%M").to_string()
}

async fn laad(toestand: &Toestand, wie: &Ingelogd) -> Result<WachtBeeld, WebFout> {
    toestand.app.wacht(&wie.actor).await?.ok_or(WebFout::NietGevonden)
}

fn bundel_van<'a>(toestand: &'a Toestand, wie: &Ingelogd) -> Option<&'a Bundel> {
    toestand.app.afspraken_van(&wie.actor.organisatie).into_iter().map(|geldig| geldig.bundel.as_ref()).next()
}

/// Everything, what cannot wait first.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Query(vraag): Query<Vraag>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie).await?;
    let bundel = bundel_van(&toestand, &wie).ok_or(WebFout::NietGevonden)?;
    let mut kader = kader(&toestand, &wie, Some(Plek::Wacht)).await?;
    kader.flits = vraag.gedaan.as_deref().and_then(vastgelegd);
    let leeg = beeld.diensten.is_empty().then(|| {
        "Er staat niemand op het rooster. Komt er buiten kantoortijd iets met spoed binnen, dan ziet niemand het tot \
         iemand inlogt. Voeg een dienst toe."
            .to_owned()
    });
    Ok(pagina(&WachtPagina {
        kader,
        organisatie: toestand.app.naam_van(&wie.actor.organisatie),
        leeg,
        nagebootst: beeld.nagebootst,
        alarmen: beeld.alarmen.iter().map(|een| alarm_rij(&toestand, een, &beeld)).collect(),
        nu: nu_in_dienst(&beeld),
        gaten: beeld.gaten.iter().map(|gat| gat_rij(gat, beeld.op)).collect(),
        vooruit: vooruit(&beeld),
        diensten: beeld.diensten.iter().map(|dienst| dienst_rij(dienst, beeld.op)).collect(),
        clausules: [&beeld.regel.clausule, &beeld.regel.hiaat].map(|id| clausule(&toestand, bundel, id)).to_vec(),
    }))
}

fn vastgelegd(naam: &str) -> Option<Flits> {
    let titel = match naam {
        "zet-opening" => "De openingstijden zijn vastgelegd.",
        "zet-wachtdienst" => "De dienst staat op het rooster.",
        "laat-wachtdienst-vervallen" => "De dienst is van het rooster.",
        "bevestig-alarm" => "U hebt het alarm bevestigd. Leg in de casus vast of het spoed is.",
        _ => return None,
    };
    Some(Flits::gelukt(titel))
}

fn vooruit(beeld: &WachtBeeld) -> String {
    format!("de komende {} dagen", beeld.regel.dagen_vooruit)
}

/// What the page of the organisation says of it: whether anything must be done.
pub(super) fn samenvatting(beeld: &WachtBeeld) -> String {
    let tel = |aantal: usize| u64::try_from(aantal).unwrap_or(u64::MAX);
    let open = tel(beeld.onbeantwoord());
    if open > 0 {
        return format!("{} bevestigd", opmaak::aantal(open, "alarm is niet", "alarmen zijn niet"));
    }
    if beeld.diensten.is_empty() {
        return "Er is nog geen rooster: buiten kantoortijd gaat er geen alarm uit".to_owned();
    }
    match tel(beeld.gaten.len()) {
        0 => format!("Het rooster is vol, {}", vooruit(beeld)),
        gaten => format!("{} in het rooster, {}", opmaak::aantal(gaten, "gat", "gaten"), vooruit(beeld)),
    }
}

fn nu_in_dienst(beeld: &WachtBeeld) -> Vec<Feit> {
    let wie = |rang: Rang| {
        let dienst = beeld.nu_in_dienst(rang);
        let tekst = dienst.map(|een| format!("{}, {}, tot {}", een.naam, een.telefoon, moment(een.tot, beeld.op)));
        Feit::new(rang_naam(rang), tekst.unwrap_or_else(|| "niemand".to_owned()))
    };
    let klok = |minuten: u16| format!("{:02}.{:02}", minuten / 60, minuten % 60);
    let opening = beeld.opening.map_or_else(
        || "niet ingevuld: elk uur telt als buiten kantoortijd".to_owned(),
        |opening| format!("op werkdagen van {} tot {} uur", klok(opening.van), klok(opening.tot)),
    );
    vec![wie(Rang::Eerste), wie(Rang::Tweede), Feit::new("Open", opening)]
}

fn gat_rij(gat: &Gat, nu: Instant) -> GatRij {
    let href = format!(
        "/wacht/doe/zet-wachtdienst?rang={}&van={}&tot={}",
        gat.rang.als_str(),
        lokaal(gat.van),
        lokaal(gat.tot)
    );
    let (wat, status) = match gat.rang {
        Rang::Eerste => ("Niemand heeft als eerste dienst", Status::TeLaat),
        Rang::Tweede => ("Niemand heeft als tweede dienst", Status::AanZet),
    };
    let begonnen = gat.van <= nu;
    GatRij {
        wat: wat.to_owned(),
        wanneer: tijdvak(gat.van, gat.tot, nu),
        pil: if begonnen { Pil::new(status, "Nu") } else { Pil::new(Status::AanZet, "Te doen") },
        knop: knop("Vul dit gat", href, false),
    }
}

fn dienst_rij(dienst: &DienstBeeld, nu: Instant) -> DienstRij {
    let doe =
        |tekst: &str, handeling: &str| knop(tekst, format!("/wacht/doe/{handeling}?sleutel={}", dienst.dienst), false);
    DienstRij {
        naam: dienst.naam.clone(),
        telefoon: dienst.telefoon.clone(),
        rang: rang_naam(dienst.rang).to_owned(),
        wanneer: tijdvak(dienst.van, dienst.tot, nu),
        nu: dienst.van <= nu,
        knoppen: vec![doe("Vervangen", "zet-wachtdienst"), doe("Van het rooster halen", "laat-wachtdienst-vervallen")],
    }
}

fn alarm_rij(toestand: &Toestand, een: &AlarmBeeld, beeld: &WachtBeeld) -> AlarmRij {
    let (verloop, nu) = (&een.verloop, beeld.op);
    let stand = verloop.stand(nu);
    let pil = match stand {
        Stand::Wacht => Pil::new(Status::Vandaag, "Gaat af bij sluiting"),
        Stand::Niemand => Pil::new(Status::Spoed, "Niemand heeft dienst"),
        Stand::NietBevestigd => Pil::new(Status::Spoed, "Niet bevestigd"),
        Stand::Bevestigd => Pil::new(Status::Gehaald, "Bevestigd"),
        Stand::Gezien => Pil::new(Status::Gehaald, "Gezien in de casus"),
    };
    let punt = &verloop.punt;
    let actie = format!("/wacht/doe/bevestig-alarm?sleutel={}&casus={}", punt.alarm, punt.casus);
    AlarmRij {
        nummer: een.nummer.clone(),
        casus_href: format!("/casussen/{}", punt.casus),
        wat: match een.waarover {
            Waarover::Melding => "Melding met spoed".to_owned(),
            Waarover::Crisis => "Crisisdienst ingeschakeld".to_owned(),
        },
        pil,
        verloop: verloop_regels(toestand, een, nu),
        bevestig: matches!(stand, Stand::Niemand | Stand::NietBevestigd).then(|| Bevestig {
            actie,
            opdracht: toestand.nieuw_opdrachtnummer(),
            versie: beeld.versie.to_string(),
        }),
    }
}

/// What had to go and when, and what came of it. What was not sent is not called sent.
fn verloop_regels(toestand: &Toestand, een: &AlarmBeeld, nu: Instant) -> Vec<(String, String)> {
    let verloop = &een.verloop;
    let naam = |dienst: WachtdienstId| {
        let gevonden = een.namen.iter().find(|(id, _)| *id == dienst).map(|(_, naam)| naam.as_str());
        gevonden.unwrap_or_default().to_owned()
    };
    let mut regels = vec![(verloop.punt.op, "Vastgelegd in de casus.".to_owned())];
    for beurt in &verloop.beurten {
        let verstuurd = een.verzonden.iter().any(|eerder| eerder.rang == beurt.rang);
        let wat = if beurt.op > nu { "Is dan aan de beurt." } else { "Is aan de beurt. Nog niet verstuurd." };
        if !verstuurd {
            regels.push((beurt.op, format!("{}: {}. {wat}", rang_naam(beurt.rang), naam(beurt.dienst))));
        }
    }
    regels.extend(een.verzonden.iter().map(|eerder| (eerder.op, uitkomst(eerder, &naam(eerder.dienst), &een.tekst))));
    if let Some(bevestigd) = &verloop.bevestigd {
        let id = bevestigd.medewerker.als_str();
        let naam = toestand.account(id).map_or(id, |account| account.naam.as_str());
        regels.push((bevestigd.op, format!("Bevestigd door {naam}.")));
    }
    regels.extend(verloop.punt.gezien_op.map(|op| (op, "Vastgelegd in de casus dat iemand keek.".to_owned())));
    regels.sort_by_key(|(op, _)| *op);
    regels.into_iter().map(|(op, wat)| (moment(op, nu), wat)).collect()
}

fn uitkomst(verzonden: &Verzonden, naam: &str, tekst: &str) -> String {
    let wat = match (verzonden.aankomst, verzonden.nagebootst) {
        (Aankomst::Onbekend, _) => "Niet bekend of het aankwam.".to_owned(),
        (Aankomst::Aangekomen, true) => format!("Nagebootst, niet echt verstuurd: \"{tekst}\""),
        (Aankomst::Aangekomen, false) => "Aangekomen.".to_owned(),
    };
    format!("{}: {naam}. {wat}", rang_naam(verzonden.rang))
}

fn velden_dienst() -> Vec<Veld> {
    let rangen =
        [(Rang::Eerste, "Eerste: krijgt het alarm meteen"), (Rang::Tweede, "Tweede: als de eerste niet bevestigt")];
    vec![
        Veld::rondjes(
            "rang",
            "Als eerste of als tweede?",
            rangen.map(|(r, tekst)| Optie::new(r.als_str(), tekst)).to_vec(),
        ),
        Veld::datum_tijd("van", "Vanaf"),
        Veld::datum_tijd("tot", "Tot").hint("Dit mag de volgende dag zijn."),
        Veld::tekst("naam", "Wie heeft dienst?"),
        Veld::tekst_smal("telefoon", "Telefoonnummer voor het alarm"),
        Veld::tekst_smal("keren", "Hoeveel weken achter elkaar?").optioneel().hint("Leeg is één keer."),
    ]
}

async fn blad(
    toestand: &Toestand,
    wie: &Ingelogd,
    (beeld, handeling, vraag): (&WachtBeeld, &str, &Vraag),
    waarden: &Waarden,
) -> Result<EigenFormulierPagina, WebFout> {
    let bundel = bundel_van(toestand, wie).ok_or(WebFout::NietGevonden)?;
    let sleutel = vraag.sleutel.as_deref().unwrap_or_default();
    let (titel, gevolg, velden, naam) = match handeling {
        "zet-opening" => (
            "Openingstijden",
            "Op werkdagen tussen deze tijden gaat er geen alarm af. In het weekend en op feestdagen bent u dicht.",
            vec![
                Veld::tekst_smal("van", "Open vanaf").hint("Bijvoorbeeld 09:00."),
                Veld::tekst_smal("tot", "Open tot").hint("Bijvoorbeeld 17:00."),
            ],
            "Openingstijden vastleggen",
        ),
        "zet-wachtdienst" => (
            "Dienst op het rooster zetten",
            "Wie dienst heeft, krijgt een alarm als er buiten kantoortijd iets met spoed binnenkomt.",
            velden_dienst(),
            "Op het rooster zetten",
        ),
        "laat-wachtdienst-vervallen" => (
            "Dienst van het rooster halen",
            "Vanaf nu krijgt deze persoon geen alarm meer. Wat al is geweest, blijft staan.",
            Vec::new(),
            "Van het rooster halen",
        ),
        "bevestig-alarm" => (
            "Alarm bevestigen",
            "U zegt dat u ernaar kijkt. De tweede wordt niet meer gebeld. Wie het zicht heeft, verandert niet.",
            Vec::new(),
            "Ik kijk ernaar",
        ),
        _ => return Err(WebFout::NietGevonden),
    };
    let dienst = beeld.diensten.iter().find(|dienst| dienst.dienst.to_string() == sleutel);
    let alarm = beeld.alarmen.iter().find(|een| een.verloop.punt.alarm.to_string() == sleutel);
    let over = dienst.map(|dienst| {
        Feit::new("Nu op het rooster", format!("{}, {}", dienst.naam, tijdvak(dienst.van, dienst.tot, beeld.op)))
    });
    let alarm = alarm.map(|een| Feit::new("Casus", een.nummer.clone()));
    let casus = vraag.casus.as_deref().unwrap_or_default();
    Ok(EigenFormulierPagina {
        terug: "Wacht".to_owned(),
        terug_href: "/wacht".to_owned(),
        titel: titel.to_owned(),
        gevolg: gevolg.to_owned(),
        clausules: vec![clausule(toestand, bundel, &beeld.regel.clausule)],
        feiten: over.into_iter().chain(alarm).collect(),
        actie: format!("/wacht/doe/{handeling}?sleutel={}&casus={}", code(sleutel), code(casus)),
        velden: velden.into_iter().map(|veld| veld.vul(waarden, &[])).collect(),
        knop: naam.to_owned(),
        ..leeg_blad(toestand, wie, Plek::Wacht, waarden, beeld.versie).await?
    })
}

/// Only an id goes back into an address.
fn code(tekst: &str) -> String {
    tekst.parse::<WachtdienstId>().map(|id| id.to_string()).unwrap_or_default()
}

/// What a form begins with: the gap that it fills, or the shift that it replaces.
fn begin(beeld: &WachtBeeld, vraag: &Vraag) -> Waarden {
    let dienst = beeld.diensten.iter().find(|een| Some(een.dienst.to_string()) == vraag.sleutel);
    let (rang, van, tot) = match dienst {
        Some(een) => (Some(een.rang.als_str()), Some(lokaal(een.van)), Some(lokaal(een.tot))),
        None => (vraag.rang.clone(), vraag.van.clone(), vraag.tot.clone()),
    };
    let mut paren: Vec<_> = rang.map(|rang| ("rang".to_owned(), rang)).into_iter().collect();
    for (naam, op) in [("van", van), ("tot", tot)] {
        let Some((datum, tijd)) = op.as_deref().and_then(|op| op.split_once('T')) else { continue };
        paren.push((format!("{naam}_datum"), datum.to_owned()));
        paren.push((format!("{naam}_tijd"), tijd.to_owned()));
    }
    Waarden::new(paren)
}

/// The form of an act.
pub async fn formulier(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path(handeling): Path<String>,
    Query(vraag): Query<Vraag>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie).await?;
    let waarden = begin(&beeld, &vraag);
    Ok(pagina(&blad(&toestand, &wie, (&beeld, &handeling, &vraag), &waarden).await?))
}

/// An act.
pub async fn verstuur(
    State(toestand): State<Toestand>,
    Path(handeling): Path<String>,
    Query(vraag): Query<Vraag>,
    formulier: Formulier,
) -> Result<Response, WebFout> {
    let Formulier { ingelogd: wie, waarden } = formulier;
    let beeld = laad(&toestand, &wie).await?;
    let wens = daad(&handeling, &vraag, &waarden).ok_or(WebFout::NietGevonden)?;
    let uitkomst = toestand.app.voer_wacht_uit(&opdracht(&waarden, None, &wie, wens)?).await;
    let blad = blad(&toestand, &wie, (&beeld, &handeling, &vraag), &waarden);
    let weiger = weiger(&toestand, bundel_van(&toestand, &wie), &waarden);
    antwoord(&toestand, uitkomst, &waarden, blad, weiger, |_| format!("/wacht?gedaan={handeling}")).await
}

fn daad(handeling: &str, vraag: &Vraag, waarden: &Waarden) -> Option<WachtDaad> {
    let veld = |naam: &str| waarden.gevuld(naam).unwrap_or_default();
    let sleutel = vraag.sleutel.as_deref().unwrap_or_default();
    Some(match handeling {
        "zet-opening" => WachtDaad::ZetOpening(OpeningWens { van: veld("van"), tot: veld("tot") }),
        "zet-wachtdienst" => WachtDaad::ZetWachtdienst(WachtdienstWens {
            rang: waarden.gevuld("rang").and_then(|code| serde_json::from_value(code.into()).ok()),
            van: datum_tijd(waarden, "van").unwrap_or_default(),
            tot: datum_tijd(waarden, "tot").unwrap_or_default(),
            naam: veld("naam"),
            telefoon: veld("telefoon"),
            keren: waarden.gevuld("keren"),
            vervangt: sleutel.parse().ok(),
        }),
        "laat-wachtdienst-vervallen" => {
            WachtDaad::LaatWachtdienstVervallen(WachtdienstVerwijzing { dienst: sleutel.parse().ok()? })
        }
        "bevestig-alarm" => WachtDaad::BevestigAlarm(AlarmVerwijzing {
            alarm: sleutel.parse().ok()?,
            casus: vraag.casus.as_deref()?.parse().ok()?,
            punt: None,
        }),
        _ => return None,
    })
}
