//! The worklist, filled.

use super::{
    stap,
    tekst::{moment, pil_op},
};
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
    opslag::{CasusRij, TELLING_MAX, WerkTellingen, WerkVraag},
    stap::{Rang, Stap},
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
        tellers: tellers(&vraag, &blad),
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

/// The groups of the list in their order: address, heading, what is in it, and how many.
fn koppen(t: &WerkTellingen) -> [(&'static str, &'static str, &'static str, u32); 7] {
    [
        ("spoed", "Spoed", "direct", t.spoed),
        ("te-laat", "Te laat", "termijn is voorbij", t.te_laat),
        ("vandaag", "Vandaag", "tot 23.59 uur", t.vandaag),
        ("deze-week", "Deze week", "tot en met zondag", t.deze_week),
        ("later", "Later", "na zondag", t.later),
        ("aan-zet", "U bent aan zet", "zonder termijn", t.aan_zet),
        ("zonder-termijn", "Zonder termijn", "wachten op een ander, of zicht houden", t.zonder_termijn),
    ]
}

fn tellers(vraag: &Vraag, blad: &Werkblad) -> Vec<Teller> {
    let t = &blad.tellingen;
    let teller = |status, aantal: u32, woord: &str, id: &str| Teller {
        status,
        aantal: opmaak::teller(u64::from(aantal)),
        woord: woord.to_owned(),
        href: (aantal > 0).then(|| naar_groep(vraag, t, id)),
    };
    let later = if t.later > 0 { "later" } else { "zonder-termijn" };
    vec![
        teller(Status::Spoed, t.spoed, "spoed", "spoed"),
        teller(Status::TeLaat, t.te_laat, "te laat", "te-laat"),
        teller(Status::Vandaag, t.vandaag, "vandaag", "vandaag"),
        teller(Status::DezeWeek, t.deze_week, "deze week", "deze-week"),
        teller(Status::AanZet, t.aan_zet, "aan zet", "aan-zet"),
        teller(Status::Later, t.later.saturating_add(t.zonder_termijn).min(TELLING_MAX), "later", later),
    ]
}

/// The place of a group: on this page, or on the one where it begins, as far as the counts were not capped.
fn naar_groep(vraag: &Vraag, tellingen: &WerkTellingen, id: &str) -> String {
    let koppen = koppen(tellingen);
    let ervoor: Vec<u32> = koppen.iter().take_while(|kop| kop.0 != id).map(|kop| kop.3).collect();
    let aantal = koppen.iter().find(|kop| kop.0 == id).map_or(0, |kop| kop.3);
    let (begin, eerste) = (ervoor.iter().sum::<u32>(), vraag.blad.saturating_mul(RIJEN_PER_BLAD));
    let hier = begin < eerste.saturating_add(RIJEN_PER_BLAD) && begin.saturating_add(aantal) > eerste;
    if hier || ervoor.iter().any(|aantal| *aantal >= TELLING_MAX) {
        return format!("#{id}");
    }
    format!("{}#{id}", adres(&Vraag { blad: begin / RIJEN_PER_BLAD, ..vraag.clone() }))
}

/// The group of a row: what the store sorted by.
fn groep_van(rij: &WerkInLijst, blad: &Werkblad) -> usize {
    match rij.rij.rij.termijn_uiterlijk {
        _ if rij.rij.rij.spoed => 0,
        Some(op) if op <= blad.nu => 1,
        Some(op) if op <= blad.eind_vandaag => 2,
        Some(op) if op <= blad.eind_week => 3,
        Some(_) => 4,
        None if Stap::hoogste(&rij.rij.rij.stappen) == Rang::AanZet => 5,
        None => 6,
    }
}

fn groepen(toestand: &Toestand, blad: &Werkblad) -> Vec<Groep> {
    let mut groepen = Vec::new();
    for (index, (id, titel, uitleg, aantal)) in koppen(&blad.tellingen).into_iter().enumerate() {
        let eigen = blad.rijen.iter().filter(|rij| groep_van(rij, blad) == index);
        let rijen: Vec<_> = eigen.map(|werk| rij(toestand, werk, blad.nu)).collect();
        if !rijen.is_empty() {
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
        None => match Stap::hoogste(&r.stappen) {
            Rang::AanZet => Pil::new(Status::AanZet, "U bent aan zet"),
            Rang::Wacht => Pil::new(Status::Volgt, "Wacht op een ander"),
            Rang::Niets => Pil::new(Status::Later, "Geen termijn"),
        },
    };
    let (wat, ook) = wat_en_ook(toestand, werk, nu);
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
        ook,
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

/// What is to be done first, and what besides: the next term, or what cannot wait for it.
fn wat_en_ook(toestand: &Toestand, werk: &WerkInLijst, nu: Instant) -> (String, Vec<String>) {
    let r = &werk.rij.rij;
    let zeg = |stap: &Stap| stap::zin(stap, &|wie| toestand.app.naam_van(wie), nu);
    let (eerst, rest) = verdeeld(r);
    let mut ook: Vec<String> = rest.iter().filter(|stap| stap.rang() != Rang::Niets).map(zeg).collect();
    match (eerst, &r.termijn_naam) {
        (Some(stap), termijn) => {
            ook.extend(termijn.clone());
            (zeg(stap), ook)
        }
        (None, Some(termijn)) => (termijn.clone(), ook),
        (None, None) => (zonder_stap(werk).to_owned(), ook),
    }
}

/// What is said in the place of the next term, and what beside it.
fn verdeeld(r: &CasusRij) -> (Option<&Stap>, &[Stap]) {
    match r.stappen.split_first() {
        Some((eerst, rest))
            if r.termijn_naam.is_none() || eerst.gaat_voor() || (r.spoed && eerst.rang() == Rang::AanZet) =>
        {
            (Some(eerst), rest)
        }
        _ => (None, &r.stappen),
    }
}

/// A row of which nothing is asked.
fn zonder_stap(werk: &WerkInLijst) -> &'static str {
    let r = &werk.rij.rij;
    let houdt = werk.rij.houder.as_ref() == Some(&r.organisatie);
    match r.rol.as_str() {
        _ if r.spoed => "Melding met spoed: kijk direct",
        "melder" if houdt => "Blijf zicht houden tot Veilig Thuis het overneemt",
        "melder" => "Uw melding wordt behandeld",
        _ if houdt => "Zicht houden op veiligheid",
        _ => "Niets nu: een ander heeft het zicht",
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn een_teller_leidt_naar_het_blad_waar_zijn_groep_begint() {
        let tellingen = WerkTellingen { te_laat: 40, later: 70, aan_zet: 3, zonder_termijn: 9, ..Default::default() };
        let naar = |blad: u32, tellingen: &WerkTellingen, id: &str| {
            naar_groep(&Vraag { blad, gemeente: "Velsen".into(), ..Vraag::default() }, tellingen, id)
        };
        assert_eq!(naar(0, &tellingen, "te-laat"), "#te-laat");
        assert_eq!(naar(0, &tellingen, "later"), "#later", "die begint hier en gaat op het volgende blad door");
        assert_eq!(naar(2, &tellingen, "later"), "#later");
        assert_eq!(naar(0, &tellingen, "aan-zet"), "/werkvoorraad?gemeente=Velsen&blad=2#aan-zet");
        assert_eq!(naar(2, &tellingen, "te-laat"), "/werkvoorraad?gemeente=Velsen#te-laat");
        let veel = WerkTellingen { later: TELLING_MAX, ..tellingen };
        assert_eq!(naar(0, &veel, "aan-zet"), "#aan-zet", "waar die begint is dan niet bekend");
    }
}
