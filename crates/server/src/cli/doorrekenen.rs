//! `zicht afspraak doorrekenen EDITIE`: which terms, duties, handovers and decisions of recorded casussen would be
//! otherwise under another edition. It reads; nothing in the store changes, and no content is opened.

mod woorden;

use super::{
    afspraak::zoek,
    beheer::Opslagkeuze,
    zicht_op::{moment, stempel},
};
use crate::{afspraken, klok::Systeemklok, voortgang::Voortgang};
use anyhow::{Context, Result, bail, ensure};
use app::{
    doorrekenen::{Bekeken, CasusGevolgen, Doorrekenvraag, reken_door},
    poorten::Klok,
};
use clap::Args;
use domain::{
    afspraak::{Afspraken, Bron, Bundel, lees_afspraak},
    doorrekenen::{AnderOordeel, AndereLijn, AndereTermijn, Oordeel},
    ids::AfspraakNaam,
    termijnen::{Status, Termijn},
    tijd::Instant,
    tijdlijn::Span,
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};
use woorden::{Onderwerp, zinnen};

/// Casussen that are named with one thing that would be otherwise.
const VOORBEELDEN_MAX: usize = 3;

/// What is asked.
#[derive(Args)]
pub struct Doorrekenopties {
    /// Een editie (ijmond@2024-07-04, of ijmond voor de nieuwste) of een bestand met een voorstel (.toml).
    editie: String,
    /// Reken casussen van deze afspraak door, in plaats van die van de editie zelf.
    #[arg(long, value_name = "AFSPRAAK")]
    van: Option<String>,
    /// Bekijk de termijnen op dit moment; zonder deze optie nu.
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    op: Option<Instant>,
    /// Noem elke casus, niet alleen hoe vaak iets voorkomt.
    #[arg(long)]
    per_casus: bool,
    /// Antwoord in JSON, met elke casus.
    #[arg(long)]
    json: bool,
    /// Map met afspraken; zonder map de ingebouwde.
    #[arg(long)]
    map: Option<PathBuf>,
    #[command(flatten)]
    opslag: Opslagkeuze,
}

/// Answers the question.
///
/// # Errors
/// An edition that does not exist or is not right, or a store that cannot be used.
pub async fn doorrekenen(opties: &Doorrekenopties) -> Result<bool> {
    let (naam, plaats) = kies(opties)?;
    let opslag = opties.opslag.open().await?;
    let store = opslag.poort();
    let nu = opties.op.unwrap_or_else(|| Systeemklok.nu());
    let vraag = Doorrekenvraag { plaats: &plaats, nu };
    let mut voortgang = Voortgang::begin("casussen", store.aantal_streams().await?);
    let mut alle = Vec::new();
    let uitkomst = reken_door(store.as_ref(), vraag, |casus| alle.push(casus), |gedaan| voortgang.zet(gedaan)).await;
    opslag.sluit().await;
    let (bekeken, duur) = (uitkomst?, voortgang.duur());
    voortgang.klaar();
    if opties.json {
        let casussen: Vec<_> = alle.iter().map(als_json).collect();
        let samen = tellingen(&alle);
        zeg!(
            "{:#}",
            json!({ "editie": naam, "op": stempel(nu), "bekeken": bekeken, "samen": samen, "casussen": casussen })
        );
    } else {
        in_woorden(&naam, bekeken, &alle, opties.per_casus, nu).iter().for_each(|regel| zeg!("{regel}"));
        let per_seconde = bekeken.streams * 1_000 / u64::try_from(duur.as_millis()).unwrap_or(u64::MAX).max(1);
        zeg!("{} stromen gelezen, {per_seconde} per seconde.", bekeken.streams);
    }
    Ok(bekeken.onleesbaar == 0)
}

type Plaats = Vec<(AfspraakNaam, Arc<Bundel>)>;

/// The edition by name or file, and which bundle comes in the place of which agreement.
fn kies(opties: &Doorrekenopties) -> Result<(String, Plaats)> {
    let bestand = Path::new(&opties.editie);
    let (alle, laag) = if opties.editie.ends_with(".toml") {
        let tekst = std::fs::read_to_string(bestand).with_context(|| bestand.display().to_string())?;
        met_voorstel(opties.map.as_deref(), Bron { bestand: opties.editie.clone(), tekst })?
    } else {
        let alle = afspraken::laad_of_meld(opties.map.as_deref())?;
        let laag = zoek(&alle, &opties.editie)?.bundel.eigen_laag().context("deze afspraak heeft geen editie")?.naam();
        (alle, laag)
    };
    // Of an agreement that lies on more editions of its base the newest.
    let mut plaats = BTreeMap::new();
    let erop = |bundel: &Bundel| bundel.lagen.iter().any(|onder| onder.naam() == laag);
    let mut passend: Vec<_> = alle.alle().iter().filter(|geldig| erop(&geldig.bundel)).collect();
    passend.sort_by_key(|geldig| geldig.van);
    for geldig in passend {
        plaats.insert(geldig.bundel.afspraak.clone(), Arc::clone(&geldig.bundel));
    }
    let Some(van) = &opties.van else { return Ok((laag, plaats.into_iter().collect())) };
    let van = AfspraakNaam::from(van.as_str());
    ensure!(alle.alle().iter().any(|geldig| geldig.bundel.afspraak == van), "de afspraak '{van}' is onbekend");
    let eigen = plaats.into_values().find(|bundel| bundel.eigen_laag().is_some_and(|eigen| eigen.naam() == laag));
    let Some(bundel) = eigen else { bail!("de afspraak '{laag}' staat op zichzelf en past niet op '{van}'") };
    Ok((laag, vec![(van, bundel)]))
}

/// All agreements with this file in the place of every edition of the same agreement.
fn met_voorstel(map: Option<&Path>, bron: Bron) -> Result<(Afspraken, String)> {
    let laag = lees_afspraak(bron.clone())?.laag;
    let (kalenders, mut bronnen) = afspraken::bronnen(map)?;
    let andere =
        |eigen: &Bron| lees_afspraak(eigen.clone()).is_ok_and(|gelezen| gelezen.laag.afspraak != laag.afspraak);
    bronnen.retain(andere);
    bronnen.push(bron);
    Ok((afspraken::of_meld(Afspraken::laad(&kalenders, bronnen))?, laag.naam()))
}

/// How many casussen have something otherwise, and how many things of each subject.
fn tellingen(alle: &[CasusGevolgen]) -> Value {
    let tel = |onderwerp: Onderwerp| {
        alle.iter().flat_map(|casus| zinnen(&casus.gevolgen)).filter(|zin| zin.onderwerp == onderwerp).count()
    };
    Value::Object(
        Onderwerp::ALLE.map(|onderwerp| (onderwerp.sleutel().to_owned(), json!(tel(onderwerp)))).into_iter().collect(),
    )
}

fn in_woorden(naam: &str, bekeken: Bekeken, alle: &[CasusGevolgen], per_casus: bool, nu: Instant) -> Vec<String> {
    let mut groepen: BTreeMap<(Onderwerp, String), Vec<&str>> = BTreeMap::new();
    for casus in alle {
        for zin in zinnen(&casus.gevolgen) {
            groepen.entry((zin.onderwerp, zin.tekst)).or_default().push(&casus.nummer);
        }
    }
    let mut regels = vec![format!("Als {naam} had gegolden, bekeken op {}:", web::opmaak::datum_lang(nu.dag()))];
    for onderwerp in Onderwerp::ALLE {
        let van = groepen.iter().filter(|((eigen, _), _)| *eigen == onderwerp);
        let mut van: Vec<_> = van.map(|((_, tekst), nummers)| (nummers, tekst)).collect();
        van.sort_by_key(|(nummers, _)| std::cmp::Reverse(nummers.len()));
        regels.push(String::new());
        regels.push(
            format!("{}: {}", onderwerp.kop(), if van.is_empty() { "niets anders" } else { "" }).trim_end().into(),
        );
        for (nummers, tekst) in van {
            let voorbeeld: Vec<_> = nummers.iter().take(VOORBEELDEN_MAX).copied().collect();
            let meer = if nummers.len() > VOORBEELDEN_MAX { ", …" } else { "" };
            regels.push(format!("  {:>6} keer  {tekst} [{}{meer}]", nummers.len(), voorbeeld.join(", ")));
        }
    }
    if per_casus {
        for casus in alle {
            regels.extend([String::new(), format!("Casus {}", casus.nummer)]);
            regels.extend(zinnen(&casus.gevolgen).into_iter().map(|zin| format!("  {} {}", zin.tekst, zin.precies)));
        }
    }
    let Bekeken { casussen, anders, onleesbaar, .. } = bekeken;
    let delen: Vec<_> = Onderwerp::ALLE
        .iter()
        .map(|onderwerp| {
            let aantal: usize = groepen.iter().filter(|((eigen, _), _)| eigen == onderwerp).map(|(_, n)| n.len()).sum();
            format!("{aantal} {}", onderwerp.meervoud())
        })
        .collect();
    regels.push(String::new());
    regels.push(format!("In {anders} van {casussen} casussen is iets anders: {}.", delen.join(", ")));
    if onleesbaar > 0 {
        regels.push(format!("{onleesbaar} casussen zijn niet te lezen; die zijn niet meegeteld."));
    }
    regels
}

fn als_json(casus: &CasusGevolgen) -> Value {
    let gevolgen = &casus.gevolgen;
    let plicht = |wel: bool| gevolgen.termijnen.iter().filter(move |anders| anders.plicht == wel).map(termijn_json);
    json!({
        "casus": casus.casus,
        "nummer": casus.nummer,
        "termijnen": plicht(false).collect::<Vec<_>>(),
        "plichten": plicht(true).collect::<Vec<_>>(),
        "lijnen": gevolgen.lijnen.iter().map(lijn_json).collect::<Vec<_>>(),
        "besluiten": gevolgen.oordelen.iter().map(oordeel_json).collect::<Vec<_>>(),
    })
}

fn termijn_json(anders: &AndereTermijn) -> Value {
    let een = |(termijn, status): &(Termijn, Status)| {
        json!({
            "clausule": termijn.clausule,
            "wie": termijn.wie,
            "uiterlijk": stempel(termijn.uiterlijk),
            "status": status,
        })
    };
    let soort = anders.oud.as_ref().or(anders.nieuw.as_ref()).map(|(termijn, _)| &termijn.soort);
    json!({ "soort": soort, "nu": anders.oud.as_ref().map(een), "dan": anders.nieuw.as_ref().map(een) })
}

fn lijn_json(anders: &AndereLijn) -> Value {
    let alle = |spans: &[Span]| -> Vec<Value> {
        let een = |span: &Span| json!({ "van": stempel(span.van), "tot": span.tot.map(stempel), "houder": span.houder, "grond": span.grond });
        spans.iter().map(een).collect()
    };
    json!({ "lijn": anders.lijn, "nu": alle(&anders.oud), "dan": alle(&anders.nieuw) })
}

fn oordeel_json(anders: &AnderOordeel) -> Value {
    let een = |oordeel: &Oordeel| {
        let (uitkomst, redenen) = match oordeel {
            Oordeel::Mag => ("mag", [].as_slice()),
            Oordeel::MagMetReden(redenen) => ("mag-met-reden", redenen.as_slice()),
            Oordeel::MagNiet(redenen) => ("mag-niet", redenen.as_slice()),
        };
        let redenen: Vec<_> =
            redenen.iter().map(|(code, clausule)| json!({ "code": code, "clausule": clausule })).collect();
        json!({ "uitkomst": uitkomst, "redenen": redenen })
    };
    json!({
        "versie": anders.versie,
        "op": stempel(anders.op),
        "organisatie": anders.organisatie,
        "handeling": anders.handeling,
        "nu": een(&anders.oud),
        "dan": een(&anders.nieuw),
    })
}
