//! The worklist, filled.

use super::tekst::{moment, pil_op};
use crate::{
    Toestand,
    frame::{self, houder, kader, kader_met},
    opmaak,
    pages::{
        kader::Plek,
        onderdelen::{Bladeren, Keuze, Pil, Status},
        veld::Optie,
        werkvoorraad::{Filters, Groep, Rij, Teller, WerkvoorraadPagina},
    },
    problem::{WebFout, pagina},
    session::Ingelogd,
};
use app::{
    lezen::{WerkInLijst, Werkblad},
    opslag::{TELLING_MAX, WerkVraag},
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{ids::OrganisatieId, tijd::Instant};
use serde::Deserialize;

/// Rows on one page.
const RIJEN_PER_BLAD: u32 = 50;

/// The filters, as they stand in the address.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Vraag {
    #[serde(default)]
    bereik: String,
    #[serde(default)]
    houder: String,
    #[serde(default)]
    gemeente: String,
    #[serde(default)]
    blad: u32,
}

/// The page.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Query(vraag): Query<Vraag>,
) -> Result<Response, WebFout> {
    let app = &toestand.app;
    let basis = app.werkvraag(&wie.actor);
    let werkvraag = WerkVraag {
        medewerker: (vraag.bereik == "mijn").then(|| wie.actor.medewerker.clone()),
        gemeente: Some(vraag.gemeente.clone()).filter(|gemeente| !gemeente.is_empty()),
        houder: Some(vraag.houder.as_str()).filter(|houder| !houder.is_empty()).map(OrganisatieId::from),
        overslaan: vraag.blad.saturating_mul(RIJEN_PER_BLAD),
        maximum: RIJEN_PER_BLAD,
        ..basis
    };
    let blad = app.werkblad(&wie.actor, werkvraag).await?;
    let totaal = frame::totaal(&blad.tellingen);
    let plek = Some(Plek::Werkvoorraad);
    let kader = match gefilterd(&vraag) {
        false => kader_met(&toestand, &wie, plek, &blad.tellingen).await?,
        true => kader(&toestand, &wie, plek).await?,
    };
    Ok(pagina(&WerkvoorraadPagina {
        kader,
        vandaag: format!("{}.", opmaak::hoofdletter(&opmaak::datum_lang(blad.nu.dag()))),
        tafel: None,
        bereik: bereik(&vraag),
        filters: filters(&toestand, &wie, &vraag),
        tellers: tellers(&blad),
        samenvatting: format!("{}, dringendste eerst", opmaak::aantal(totaal, "casus", "casussen")),
        groepen: groepen(&toestand, &blad),
        bladeren: bladeren(&vraag, totaal),
    }))
}

/// Whether only a part of the work is asked for, so that it does not count for the whole.
fn gefilterd(vraag: &Vraag) -> bool {
    vraag.bereik == "mijn" || !vraag.gemeente.is_empty() || !vraag.houder.is_empty()
}

fn bereik(vraag: &Vraag) -> Vec<Keuze> {
    let met = |bereik: &str| adres(&Vraag { bereik: bereik.into(), blad: 0, ..vraag.clone() });
    vec![
        Keuze::new("Hele organisatie", met(""), vraag.bereik != "mijn"),
        Keuze::new("Alleen mijn zaken", met("mijn"), vraag.bereik == "mijn"),
    ]
}

fn adres(vraag: &Vraag) -> String {
    let paren =
        [("bereik", vraag.bereik.clone()), ("houder", vraag.houder.clone()), ("gemeente", vraag.gemeente.clone())];
    let blad = ("blad", if vraag.blad == 0 { String::new() } else { vraag.blad.to_string() });
    let codeer =
        |tekst: &str| percent_encoding::utf8_percent_encode(tekst, percent_encoding::NON_ALPHANUMERIC).to_string();
    let delen: Vec<_> = paren
        .iter()
        .chain([&blad])
        .filter(|(_, waarde)| !waarde.is_empty())
        .map(|(naam, waarde)| format!("{naam}={}", codeer(waarde)))
        .collect();
    if delen.is_empty() { "/werkvoorraad".to_owned() } else { format!("/werkvoorraad?{}", delen.join("&")) }
}

fn filters(toestand: &Toestand, wie: &Ingelogd, vraag: &Vraag) -> Filters {
    let eigen = toestand.app.afspraken().alle().iter().find(|geldig| {
        let nu = toestand.app.klok().nu().dag();
        geldig.bundel.inhoud.partij.contains_key(&wie.actor.organisatie)
            && geldig.van <= nu
            && geldig.tot.is_none_or(|tot| nu < tot)
    });
    let optie = |waarde: &str, tekst: &str, gekozen: &str| {
        let mut optie = Optie::new(waarde, tekst);
        optie.gekozen = waarde == gekozen;
        optie
    };
    let houders = eigen.iter().flat_map(|geldig| &geldig.bundel.inhoud.partij);
    let gemeenten = eigen.iter().flat_map(|geldig| geldig.bundel.inhoud.gemeente.keys());
    Filters {
        houder: houders.map(|(id, partij)| optie(id.als_str(), &partij.naam, &vraag.houder)).collect(),
        gemeente: gemeenten.map(|naam| optie(naam, naam, &vraag.gemeente)).collect(),
        bereik: vraag.bereik.clone(),
        wis_href: (!vraag.houder.is_empty() || !vraag.gemeente.is_empty())
            .then(|| adres(&Vraag { bereik: vraag.bereik.clone(), ..Vraag::default() })),
    }
}

fn tellers(blad: &Werkblad) -> Vec<Teller> {
    let t = &blad.tellingen;
    let teller = |status, aantal: u32, woord: &str, id: &str| Teller {
        status,
        aantal: opmaak::teller(u64::from(aantal)),
        woord: woord.to_owned(),
        href: (aantal > 0).then(|| format!("#{id}")),
    };
    vec![
        teller(Status::Spoed, t.spoed, "spoed", "spoed"),
        teller(Status::TeLaat, t.te_laat, "te laat", "te-laat"),
        teller(Status::Vandaag, t.vandaag, "vandaag", "vandaag"),
        teller(Status::DezeWeek, t.deze_week, "deze week", "deze-week"),
        teller(Status::Later, t.later.saturating_add(t.zonder_termijn).min(TELLING_MAX), "later", "later"),
    ]
}

/// The group of a row: what the store sorted by.
fn groep_van(rij: &WerkInLijst, blad: &Werkblad) -> usize {
    match rij.rij.rij.termijn_uiterlijk {
        _ if rij.rij.rij.spoed => 0,
        Some(op) if op <= blad.nu => 1,
        Some(op) if op <= blad.eind_vandaag => 2,
        Some(op) if op <= blad.eind_week => 3,
        Some(_) | None => 4,
    }
}

fn groepen(toestand: &Toestand, blad: &Werkblad) -> Vec<Groep> {
    let koppen = [
        ("spoed", "Spoed", "direct"),
        ("te-laat", "Te laat", "termijn is voorbij"),
        ("vandaag", "Vandaag", "tot 23.59 uur"),
        ("deze-week", "Deze week", "tot en met zondag"),
        ("later", "Later", "na zondag, of zonder termijn"),
    ];
    let t = &blad.tellingen;
    let aantallen = [t.spoed, t.te_laat, t.vandaag, t.deze_week, t.later.saturating_add(t.zonder_termijn)];
    let mut groepen = Vec::new();
    for (index, (id, titel, uitleg)) in koppen.into_iter().enumerate() {
        let eigen = blad.rijen.iter().filter(|rij| groep_van(rij, blad) == index);
        let rijen: Vec<_> = eigen.map(|werk| rij(toestand, werk, blad.nu)).collect();
        if !rijen.is_empty() {
            let aantal = aantallen.get(index).copied().unwrap_or_default();
            let uitleg = format!("{} · {uitleg}", opmaak::teller(u64::from(aantal)));
            groepen.push(Groep { id: id.into(), titel: titel.into(), uitleg, rijen });
        }
    }
    groepen
}

fn rij(toestand: &Toestand, werk: &WerkInLijst, nu: Instant) -> Rij {
    let r = &werk.rij.rij;
    let pil = match r.termijn_uiterlijk {
        _ if r.spoed => Pil::new(Status::Spoed, "Spoed"),
        Some(op) => pil_op(op, nu),
        None => Pil::new(Status::Later, "Geen termijn"),
    };
    let wat = match &r.termijn_naam {
        _ if r.spoed => "Melding met spoed: kijk direct".to_owned(),
        Some(naam) => naam.clone(),
        None if r.rol == "melder" && werk.rij.houder.as_ref() == Some(&r.organisatie) => {
            "Blijf zicht houden tot Veilig Thuis het overneemt".to_owned()
        }
        None if r.rol == "melder" => "Uw melding wordt behandeld".to_owned(),
        None if werk.rij.houder.as_ref() != Some(&r.organisatie) => "Niets nu: een ander heeft het zicht".to_owned(),
        None => "Zicht houden op veiligheid".to_owned(),
    };
    let personen = opmaak::aantal(u64::from(r.personen), "persoon", "personen");
    let kinderen = opmaak::aantal(u64::from(r.kinderen), "kind", "kinderen");
    let kenmerk = if r.kinderen > 0 { format!("{personen}, {kinderen}") } else { personen };
    let van_houder = werk.rij.houder.as_ref();
    let straks = werk.rij.straks.as_ref();
    let sinds =
        werk.rij.houder_sinds.map(|op| format!("sinds {}", opmaak::datum(op.dag(), nu.dag()))).unwrap_or_default();
    let tot = werk.rij.straks_op.map(|op| format!(", uiterlijk tot {}", moment(op, nu))).unwrap_or_default();
    Rij {
        pil,
        uiterlijk: r.termijn_uiterlijk.map(|op| super::tekst::uiterlijk(op, nu)).unwrap_or_default(),
        waarom_href: None,
        wat,
        toelichting: format!("melding van {}", opmaak::datum(r.ontvangen_op.dag(), nu.dag())),
        nummer: r.nummer.clone(),
        href: format!("/casussen/{}", r.casus),
        huishouden: werk.huishoudnaam.clone().unwrap_or_else(|| "naam niet bekend".to_owned()),
        kenmerk: format!("{} · {kenmerk}", r.gemeente),
        houder: van_houder.map_or_else(
            || crate::pages::onderdelen::Houder::new(crate::pages::onderdelen::HouderSoort::Overig, "niemand meer"),
            |org| houder(toestand, org),
        ),
        straks: straks.map(|org| houder(toestand, org)),
        sinds: format!("{sinds}{tot}"),
        niet_toegewezen: r.toegewezen_aan.is_none() && r.rol == "ontvanger",
        dubbel: werk.dubbel,
    }
}

fn bladeren(vraag: &Vraag, totaal: u64) -> Option<Bladeren> {
    let per_blad = u64::from(RIJEN_PER_BLAD);
    let naar = |blad: u32| adres(&Vraag { blad, ..vraag.clone() });
    let begin = u64::from(vraag.blad) * per_blad;
    (totaal > per_blad).then(|| Bladeren {
        tekst: format!("{} tot en met {} van {}", begin + 1, (begin + per_blad).min(totaal), opmaak::teller(totaal)),
        vorige: vraag.blad.checked_sub(1).map(naar),
        volgende: (begin + per_blad < totaal).then(|| naar(vraag.blad + 1)),
    })
}
