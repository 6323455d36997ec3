//! Recognition through the application: found by equal values, by nothing less, by no one else, and unreadable for who
//! has the database.

use super::steun::{Opstelling, app_met_herkenning};
use app::{
    Antwoord, App, AppFout, Opdracht, Wens,
    contract::{steun::Proefklok, verhaal::*},
    herkenning::{
        ExacteSleutels, Gevonden, Grond, Huishouden, TREFFERS_PER_SLEUTEL_MAX, Zoekgeheim, Zoekvraag, normaal,
    },
    lezen::{Herkend, KANDIDATEN_MAX},
    opslag::{HUISHOUDEN, ZoeksleutelRij},
    poorten::{Herkenning, Store, StoreFout},
    wens::*,
};
use domain::{
    gebeurtenis::{Openheid, PersoonRol},
    ids::{CasusId, CommandId, OrganisatieId, PersoonId},
};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use uuid::Uuid;

const BSN: &str = "111222333";
const ANDER_BSN: &str = "123456782";

type Lid = (&'static str, &'static str, &'static str);

fn adres(postcode: &str, huisnummer: &str) -> Option<AdresWens> {
    let tekst = |tekst: &str| Some(tekst.to_owned());
    Some(AdresWens { postcode: tekst(postcode), huisnummer: tekst(huisnummer), ..AdresWens::default() })
}

/// A report on these persons: name, birth date, citizen service number; empty is not known.
fn over(regio: Regio, leden: &[Lid], woonadres: Option<AdresWens>) -> MeldWens {
    let gevuld = |tekst: &str| Some(tekst.to_owned()).filter(|tekst| !tekst.is_empty());
    let lid = |(naam, geboren, bsn): &Lid| PersoonWens {
        rol: PersoonRol::Kind,
        naam: gevuld(naam),
        geboren: gevuld(geboren),
        bsn: gevuld(bsn),
        gezinsvoogd: None,
        bekend_als: None,
    };
    let huishouden = leden.iter().map(lid).collect();
    MeldWens { huishouden, woonadres, adres: None, huishoudnaam: None, ..melding(regio, Openheid::Open) }
}

async fn doe(app: &App, nummer: u128, casus: Option<CasusId>, wie: &str, wens: Wens) -> CasusId {
    let id = CommandId(Uuid::from_u128(nummer));
    let opdracht = Opdracht { id, casus, verwacht: None, actor: actor(wie), gebeurd_op: None, wens };
    match app.voer_uit(&opdracht).await {
        Ok(Antwoord::Gedaan(gedaan)) => gedaan.casus,
        anders => panic!("{anders:?}"),
    }
}

async fn meld(app: &App, nummer: u128, regio: Regio, leden: &[Lid], woonadres: Option<AdresWens>) -> CasusId {
    doe(app, nummer, None, regio.vt, Wens::Meld(Box::new(over(regio, leden, woonadres)))).await
}

async fn herken(app: &App, casus: CasusId, wie: &str) -> Herkend {
    app.herken(&actor(wie), casus, None).await.unwrap()
}

/// Who is found for a report, with the grounds of all its persons together.
async fn gevonden(app: &App, casus: CasusId, wie: &str) -> Vec<(CasusId, Vec<Grond>)> {
    let gronden = |o: Vec<app::lezen::Overeenkomst>| o.into_iter().flat_map(|o| o.gronden).collect();
    herken(app, casus, wie).await.kandidaten.into_iter().map(|k| (k.casus, gronden(k.overeenkomsten))).collect()
}

#[tokio::test]
async fn gelijke_gegevens_worden_gevonden_en_minder_dan_dat_niet() {
    let o = Opstelling::nieuw().await;
    let app = &o.app;
    let bekend = ("Mirte van den Verzinsel", "1988-04-05", BSN);
    let eerder = meld(app, 1, IJMOND, &[bekend], adres("1970 AA", "12")).await;
    let gevallen: Vec<(&str, Lid, Option<AdresWens>, Vec<Grond>)> = vec![
        ("zelfde bsn", ("", "", "111.222.333"), None, vec![Grond::Bsn]),
        ("naam en datum", ("Verzinsel, M. van der", "1988-04-05", ""), None, vec![Grond::AchternaamGeboren]),
        ("adres", ("", "", ""), adres("1970aa", "012"), vec![Grond::Adres]),
        ("alles", bekend, adres("1970AA", "12"), vec![Grond::Bsn, Grond::AchternaamGeboren, Grond::Adres]),
        ("alleen de achternaam", ("Mirte van den Verzinsel", "", ""), None, vec![]),
        ("alleen de geboortedatum", ("", "1988-04-05", ""), None, vec![]),
        ("achternaam met een andere datum", ("Mirte van den Verzinsel", "1988-05-04", ""), None, vec![]),
        ("datum met een andere achternaam", ("Mirte Denkbeeld", "1988-04-05", ""), None, vec![]),
        ("alleen een voornaam en datum", ("Mirte", "1988-04-05", ""), None, vec![]),
        ("een ander bsn", ("", "", ANDER_BSN), None, vec![]),
        ("alleen de postcode", ("", "", ""), adres("1970AA", ""), vec![]),
        ("een ander nummer", ("", "", ""), adres("1970AA", "12a"), vec![]),
    ];
    for (nummer, (wat, lid, woonadres, verwacht)) in (10..).zip(gevallen) {
        let casus = meld(app, nummer, IJMOND, &[lid], woonadres).await;
        let gezien: Vec<_> =
            gevonden(app, casus, IJMOND.vt).await.into_iter().filter(|(id, _)| *id == eerder).collect();
        let verwacht: Vec<_> =
            Some((eerder, verwacht)).filter(|(_, gronden)| !gronden.is_empty()).into_iter().collect();
        assert_eq!(gezien, verwacht, "{wat}");
        let doorzocht = herken(app, casus, IJMOND.vt).await.doorzocht;
        assert_eq!(doorzocht, !verwacht.is_empty() || wat.contains("ander"), "{wat}");
    }
}

#[tokio::test]
async fn elk_veilig_thuis_vindt_alleen_eigen_casussen_en_wie_het_niet_is_vindt_niets() {
    let o = Opstelling::nieuw().await;
    let lid = ("Mirte Verzinsel", "1988-04-05", BSN);
    let hier = meld(&o.app, 1, IJMOND, &[lid], adres("1970AA", "12")).await;
    let daar = meld(&o.app, 2, NOG, &[lid], adres("1970AA", "12")).await;
    assert!(gevonden(&o.app, daar, NOG.vt).await.is_empty());
    let nieuw = meld(&o.app, 3, IJMOND, &[lid], None).await;
    assert_eq!(gevonden(&o.app, nieuw, IJMOND.vt).await.len(), 1);
    for wie in [IJMOND.school, IJMOND.teams[0], NOG.vt] {
        let antwoord = o.app.herken(&actor(wie), nieuw, None).await;
        assert!(matches!(antwoord, Err(AppFout::NietGevonden)), "{wie}: {antwoord:?}");
        let regels = o.store.toegang_van(nieuw, &wie.into()).await.unwrap();
        assert_eq!(regels[0].regel.uitkomst, "niet-gevonden", "{wie}");
    }
    let rijen = o.store.zoeksleutels(hier, &IJMOND.school.into()).await.unwrap();
    assert!(rijen.is_empty(), "de melder houdt geen zoekregister bij");
}

#[tokio::test]
async fn elke_getoonde_kandidaat_laat_een_regel_achter_en_wie_niet_wordt_getoond_niet() {
    let o = Opstelling::nieuw().await;
    let mut casussen = Vec::new();
    for nummer in 1..=8 {
        casussen.push(meld(&o.app, nummer, IJMOND, &[("", "", BSN)], None).await);
    }
    let (nieuw, eerder) = casussen.split_last().unwrap();
    let herkend = herken(&o.app, *nieuw, IJMOND.vt).await;
    assert_eq!((herkend.kandidaten.len(), herkend.meer), (KANDIDATEN_MAX, true));
    for casus in eerder {
        let getoond = herkend.kandidaten.iter().any(|kandidaat| kandidaat.casus == *casus);
        let regels = o.store.toegang_van(*casus, &IJMOND.vt.into()).await.unwrap();
        let in_log = regels.iter().filter(|regel| regel.regel.handeling == "herken").count();
        assert_eq!(in_log, usize::from(getoond));
    }
    let eigen = o.store.toegang_van(*nieuw, &IJMOND.vt.into()).await.unwrap();
    assert_eq!((eigen[0].regel.handeling.as_str(), eigen[0].regel.uitkomst.as_str()), ("herken", "toegestaan"));
}

#[tokio::test]
async fn een_kandidaat_zegt_nummer_open_of_dicht_houder_en_wat_gelijk_is_per_persoon() {
    let o = Opstelling::nieuw().await;
    let (kind, moeder) = (("Bo Verzinsel", "2017-05-11", ""), ("Mirte Verzinsel", "1988-04-05", BSN));
    let eerder = meld(&o.app, 1, IJMOND, &[kind, moeder], adres("1970AA", "12")).await;
    o.klok.vooruit(24);
    let laatste = o.klok_nu();
    doe(&o.app, 2, Some(eerder), IJMOND.vt, Wens::Meld(Box::new(over(IJMOND, &[], None)))).await;
    o.klok.vooruit(24);
    let nieuw = meld(&o.app, 3, IJMOND, &[moeder, kind, ("Lot", "", "")], adres("1970AA", "12")).await;
    let [kandidaat] = herken(&o.app, nieuw, IJMOND.vt).await.kandidaten.try_into().unwrap();
    assert_eq!((kandidaat.casus, kandidaat.laatste_melding, kandidaat.gesloten), (eerder, laatste, false));
    assert_eq!(kandidaat.houder, Some(IJMOND.school.into()), "tot de beoordeling houdt de melder");
    let wat: Vec<_> = kandidaat.overeenkomsten.iter().map(|o| (o.naam.as_deref(), o.gronden.clone())).collect();
    assert_eq!(
        wat,
        [
            (Some("Mirte Verzinsel"), vec![Grond::Bsn, Grond::AchternaamGeboren]),
            (Some("Bo Verzinsel"), vec![Grond::AchternaamGeboren]),
            (None, vec![Grond::Adres]),
        ]
    );
    let geen_stappen = || besluit(domain::gebeurtenis::BesluitSoort::GeenVerdereStappen);
    for (nummer, wens) in (10..).zip([beoordeling(), geen_stappen(), beoordeling(), geen_stappen()]) {
        doe(&o.app, nummer, Some(eerder), IJMOND.vt, wens).await;
    }
    let [kandidaat] = herken(&o.app, nieuw, IJMOND.vt).await.kandidaten.try_into().unwrap();
    assert_eq!(
        (kandidaat.gesloten, kandidaat.houder),
        (true, None),
        "een gesloten casus wordt gevonden en heropent niet"
    );
}

#[tokio::test]
async fn een_adres_van_velen_wordt_gezegd_en_niet_getoond() {
    let o = Opstelling::nieuw().await;
    let opvang = || adres("1970ZZ", "1");
    for nummer in 0..=u128::from(TREFFERS_PER_SLEUTEL_MAX) {
        meld(&o.app, nummer + 1, IJMOND, &[("", "", "")], opvang()).await;
    }
    let eerder = meld(&o.app, 100, IJMOND, &[("", "", BSN)], opvang()).await;
    let nieuw = meld(&o.app, 101, IJMOND, &[("", "", BSN)], opvang()).await;
    let herkend = herken(&o.app, nieuw, IJMOND.vt).await;
    assert_eq!(herkend.te_algemeen, [Grond::Adres]);
    assert_eq!(herkend.kandidaten.iter().map(|k| k.casus).collect::<Vec<_>>(), [eerder]);
}

#[tokio::test]
async fn wat_een_latere_melding_aanvult_telt_mee_en_herbouwen_geeft_dezelfde_rijen() {
    let o = Opstelling::nieuw().await;
    let eerder = meld(&o.app, 1, IJMOND, &[("Mirte Verzinsel", "", "")], None).await;
    let persoon = o.app.casus(&actor(IJMOND.vt), vraag(eerder)).await.unwrap().personen[0].id;
    let mut aanvulling = over(IJMOND, &[("", "1988-04-05", "")], None);
    aanvulling.huishouden[0].bekend_als = Some(persoon);
    doe(&o.app, 2, Some(eerder), IJMOND.vt, Wens::Meld(Box::new(aanvulling))).await;
    let nieuw = meld(&o.app, 3, IJMOND, &[("Verzinsel, Mirte", "1988-04-05", "")], None).await;
    assert_eq!(gevonden(&o.app, nieuw, IJMOND.vt).await, [(eerder, vec![Grond::AchternaamGeboren])]);
    let rijen = async || o.store.zoeksleutels(eerder, &IJMOND.vt.into()).await.unwrap();
    let voor = rijen().await;
    assert_eq!(voor.len(), 1);
    o.store.vervang_zoeksleutels(eerder, &IJMOND.vt.into(), Vec::new()).await.unwrap();
    assert!(gevonden(&o.app, nieuw, IJMOND.vt).await.is_empty());
    o.app.herbouw_herkenning(eerder).await.unwrap();
    assert_eq!(rijen().await, voor);
    // A resent report adds nothing.
    meld(&o.app, 3, IJMOND, &[("Verzinsel, Mirte", "1988-04-05", "")], None).await;
    assert_eq!(o.store.zoeksleutels(nieuw, &IJMOND.vt.into()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn een_melding_wordt_niet_geweigerd_om_wat_eerder_verzegeld_werd() {
    let o = Opstelling::nieuw().await;
    let eerder = meld(&o.app, 1, IJMOND, &[("Mirte Verzinsel", "1988-04-05", "")], None).await;
    let db = o.achterom().await;
    sqlx::query("UPDATE fragment SET verzegeld = x'00' WHERE soort = 'persoon-naam'").execute(&db).await.unwrap();
    doe(&o.app, 2, Some(eerder), IJMOND.vt, Wens::Meld(Box::new(over(IJMOND, &[("", "", BSN)], None)))).await;
    assert_eq!(
        o.store.zoeksleutels(eerder, &IJMOND.vt.into()).await.unwrap().len(),
        2,
        "de oude blijft, de nieuwe komt erbij"
    );
}

#[tokio::test]
async fn de_melder_staat_niet_in_het_register() {
    let o = Opstelling::nieuw().await;
    let mut wens = over(IJMOND, &[("Bo", "", "")], None);
    wens.melder.naam = Some("Mirte Verzinsel".into());
    wens.melder.functie = Some(BSN.into());
    let casus = doe(&o.app, 1, None, IJMOND.vt, Wens::Meld(Box::new(wens))).await;
    assert!(o.store.zoeksleutels(casus, &IJMOND.vt.into()).await.unwrap().is_empty());
}

#[tokio::test]
async fn wat_niet_kan_kloppen_wordt_bij_het_veld_gezegd_en_er_is_niets_vastgelegd() {
    let o = Opstelling::nieuw().await;
    let gevallen: Vec<(&str, Lid, Option<AdresWens>)> = vec![
        ("huishouden.0.bsn", ("", "", "111222334"), None),
        ("woonadres.postcode", ("", "", ""), adres("1970A", "1")),
        ("woonadres.huisnummer", ("", "", ""), adres("1970AA", "A1")),
    ];
    for (nummer, (veld, lid, woonadres)) in (1..).zip(gevallen) {
        let wens = Wens::Meld(Box::new(over(IJMOND, &[lid], woonadres)));
        let id = CommandId(Uuid::from_u128(nummer));
        let opdracht = Opdracht { id, casus: None, verwacht: None, actor: actor(IJMOND.vt), gebeurd_op: None, wens };
        let Err(AppFout::Ongeldig(fouten)) = o.app.voer_uit(&opdracht).await else { panic!("{veld}") };
        assert_eq!(fouten.iter().map(|fout| fout.veld.as_str()).collect::<Vec<_>>(), [veld]);
        assert!(o.store.laad(app::casus_van(id)).await.unwrap().is_empty());
    }
}

fn vraag(casus: CasusId) -> app::lezen::CasusVraag {
    app::lezen::CasusVraag { casus, stand: None, bekend_op: None }
}

/// The planted fault: an index of which everybody can make the codes.
struct ZonderSleutel;

#[async_trait::async_trait]
impl Herkenning for ZonderSleutel {
    fn indexeer(&self, wie: &OrganisatieId, _: &Zoekgeheim, casus: CasusId, h: &Huishouden) -> Vec<ZoeksleutelRij> {
        let bsns = h.personen.iter().flat_map(|p| p.bsn.iter().map(|bsn| (p.persoon, normaal::bsn(bsn).unwrap())));
        bsns.map(|(persoon, bsn)| ZoeksleutelRij {
            eigenaar: wie.clone(),
            soort: Grond::Bsn.als_str().into(),
            sleutel: Sha256::digest(bsn)[..16].to_vec(),
            casus,
            persoon,
        })
        .collect()
    }

    async fn zoek(&self, _: &dyn Store, _: Zoekvraag<'_>) -> Result<Gevonden, StoreFout> {
        Ok(Gevonden::default())
    }
}

/// Tries every number of a range with every way to make a code that needs no secret. All there are take minutes.
fn raad(codes: &[Vec<u8>], eigenaar: &str) -> Vec<String> {
    let zonder_geheim: [&[u8]; 4] = [b"", &[0; 32], eigenaar.as_bytes(), b"zicht zoeksleutel 1"];
    let mut geraden = Vec::new();
    for getal in 111_222_000..111_223_000u32 {
        let bsn = getal.to_string();
        let met_lengte = [&3u64.to_be_bytes()[..], &b"bsn"[..], &9u64.to_be_bytes()[..], bsn.as_bytes()].concat();
        let vormen =
            [bsn.clone().into_bytes(), format!("bsn{bsn}").into_bytes(), format!("bsn:{bsn}").into_bytes(), met_lengte];
        for vorm in &vormen {
            let mut pogingen = vec![Sha256::digest(vorm).to_vec()];
            pogingen.extend(zonder_geheim.map(|sleutel| {
                let mut mac = Hmac::<Sha256>::new_from_slice(sleutel).unwrap();
                mac.update(vorm);
                mac.finalize().into_bytes().to_vec()
            }));
            if pogingen.iter().any(|poging| codes.iter().any(|code| !code.is_empty() && poging.starts_with(code))) {
                geraden.push(bsn.clone());
            }
        }
    }
    geraden
}

async fn bsn_codes(store: &dyn Store, casus: CasusId, wie: &str) -> Vec<Vec<u8>> {
    let rijen = store.zoeksleutels(casus, &wie.into()).await.unwrap();
    rijen.into_iter().filter(|rij| rij.soort == "bsn").map(|rij| rij.sleutel).collect()
}

#[tokio::test]
async fn wie_de_database_heeft_kan_geen_bsn_raden_en_organisaties_niet_vergelijken() {
    let o = Opstelling::nieuw().await;
    let lid = ("Mirte Verzinsel", "1988-04-05", BSN);
    let mut codes = Vec::new();
    for (nummer, regio) in [(1, IJMOND), (2, NOG)] {
        let casus = meld(&o.app, nummer, regio, &[lid], adres("1970AA", "12")).await;
        let eigen = bsn_codes(&*o.store, casus, regio.vt).await;
        assert_eq!((eigen.len(), eigen[0].len()), (1, 16));
        assert_eq!(raad(&eigen, regio.vt), Vec::<String>::new());
        codes.push(o.store.zoeksleutels(casus, &regio.vt.into()).await.unwrap());
    }
    for rij in &codes[0] {
        assert!(
            codes[1].iter().all(|ander| ander.sleutel != rij.sleutel),
            "{}: bij elk Veilig Thuis anders",
            rij.soort
        );
    }
    assert_eq!(codes[0].len(), 3);
    // The planted fault: the same attacker reads an index that was made without a key.
    let store: Arc<dyn Store> = Arc::<store_sqlite::SqliteStore>::clone(&o.store);
    let klok = Proefklok::default();
    let fout = app_met_herkenning(store, &o.map.path().join("sleutels"), &klok, Arc::new(ZonderSleutel)).await;
    let casus = meld(&fout, 3, IJMOND, &[lid], None).await;
    assert_eq!(raad(&bsn_codes(&*o.store, casus, IJMOND.vt).await, IJMOND.vt), [BSN]);
}

/// Rows enough for a Veilig Thuis of many years; about this many keys in the index.
const RIJEN: i64 = 1_000_000;
const OPZOEKEN: usize = 2_000;
const ZOEK_MILLIS_MAX: u128 = 5;

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "a measurement runs on the clock of the machine")]
async fn zoeken_in_een_miljoen_rijen_blijft_onder_vijf_milliseconden() {
    let o = Opstelling::nieuw().await;
    let db = o.achterom().await;
    // Filling is no part of what is measured.
    let mut vullen = db.acquire().await.unwrap();
    for sneller in ["PRAGMA synchronous = OFF", "PRAGMA cache_size = -400000"] {
        sqlx::query(sneller).execute(&mut *vullen).await.unwrap();
    }
    sqlx::query(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1), \
         k AS (SELECT CASE i % 3 WHEN 0 THEN 'bsn' WHEN 1 THEN 'adres' ELSE 'achternaam-geboren' END AS soort, \
         randomblob(16) AS sleutel, randomblob(16) AS casus FROM n) \
         INSERT INTO zoeksleutel SELECT $2, soort, sleutel, casus, zeroblob(16) FROM k ORDER BY soort, sleutel",
    )
    .bind(RIJEN)
    .bind(IJMOND.vt)
    .execute(&mut *vullen)
    .await
    .unwrap();
    drop(vullen);
    let leden = [
        ("Bo Verzinsel", "2017-05-11", BSN),
        ("Mirte Denkbeeld", "1988-04-05", ANDER_BSN),
        ("Lot Denkbeeld", "2020-01-02", ""),
    ];
    let eerder = meld(&o.app, 1, IJMOND, &leden, adres("1970AA", "12")).await;
    let nieuw = meld(&o.app, 2, IJMOND, &leden, adres("1970AA", "12")).await;
    let geheim = o.app.verzegelaar().zoekgeheim(&*o.store, &IJMOND.vt.into()).await.unwrap();
    let personen = leden.map(|(naam, geboren, bsn)| app::herkenning::Persoonsgegevens {
        persoon: PersoonId(Uuid::from_u128(9)),
        namen: vec![naam.into()],
        geboren: vec![geboren.into()],
        bsn: vec![bsn.into()],
    });
    let huishouden = Huishouden { personen: personen.into(), adressen: adres("1970AA", "12").into_iter().collect() };
    let mut tijden = Vec::new();
    for _ in 0..OPZOEKEN {
        let eigenaar = IJMOND.vt.into();
        let vraag = Zoekvraag { eigenaar: &eigenaar, geheim: &geheim, casus: nieuw, huishouden: &huishouden };
        let begin = std::time::Instant::now();
        let gevonden = ExacteSleutels.zoek(&*o.store, vraag).await.unwrap();
        tijden.push(begin.elapsed());
        assert_eq!(gevonden.treffers.len(), 6);
        assert!(gevonden.treffers.iter().all(|treffer| treffer.casus == eerder && treffer.daar != Some(HUISHOUDEN)));
    }
    tijden.sort();
    let (p50, p99) = (tijden[OPZOEKEN / 2], tijden[OPZOEKEN * 99 / 100]);
    let begin = std::time::Instant::now();
    assert_eq!(gevonden(&o.app, nieuw, IJMOND.vt).await.len(), 1);
    let heel = begin.elapsed();
    let rijen: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM zoeksleutel").fetch_one(&db).await.unwrap();
    println!(
        "{rijen} rijen, {OPZOEKEN} gezinnen van 6 sleutels: p50 {p50:?}, p99 {p99:?}; met laden en loggen {heel:?}"
    );
    assert!(rijen >= RIJEN && p50.as_millis() < ZOEK_MILLIS_MAX, "p50 {p50:?}");
}

#[tokio::test]
async fn een_verplaatste_melding_wordt_gevonden_waar_zij_staat_en_nergens_anders() {
    let o = Opstelling::nieuw().await;
    let (mirte, bo) = (("Mirte Verzinsel", "1988-04-05", BSN), ("Bo Elderman", "2017-05-11", ANDER_BSN));
    let eerder = meld(&o.app, 1, IJMOND, &[mirte], None).await;
    let nieuw = meld(&o.app, 2, IJMOND, &[mirte, bo], adres("1970AA", "12")).await;
    assert_eq!(gevonden(&o.app, nieuw, IJMOND.vt).await.len(), 1);
    let reden = Some("Het is hetzelfde gezin.".to_owned());
    let wens = Wens::VerplaatsMelding(VerplaatsWens { melding: None, naar: Some(eerder), reden });
    doe(&o.app, 3, Some(nieuw), IJMOND.vt, wens).await;
    assert!(o.store.zoeksleutels(nieuw, &IJMOND.vt.into()).await.unwrap().is_empty());
    let derde = meld(&o.app, 4, IJMOND, &[bo, mirte], adres("1970AA", "12")).await;
    let gronden = vec![Grond::Bsn, Grond::AchternaamGeboren, Grond::Bsn, Grond::AchternaamGeboren, Grond::Adres];
    assert_eq!(gevonden(&o.app, derde, IJMOND.vt).await, [(eerder, gronden.clone())]);
    // Rows that were left behind are not believed either.
    let db = o.achterom().await;
    sqlx::query(
        "INSERT INTO zoeksleutel SELECT eigenaar, soort, sleutel, $1, persoon FROM zoeksleutel WHERE casus = $2",
    )
    .bind(nieuw.0)
    .bind(eerder.0)
    .execute(&db)
    .await
    .unwrap();
    assert_eq!(gevonden(&o.app, derde, IJMOND.vt).await, [(eerder, gronden)]);
    for casus in [eerder, nieuw] {
        o.app.herbouw_herkenning(casus).await.unwrap();
    }
    assert!(o.store.zoeksleutels(nieuw, &IJMOND.vt.into()).await.unwrap().is_empty());
    assert_eq!(gevonden(&o.app, derde, IJMOND.vt).await.len(), 1);
}

/// The casussen about the same household that each page names, and whether its row in the worklist says so.
async fn alarm(app: &App, casus: CasusId) -> (Vec<(CasusId, bool)>, Option<bool>) {
    let vt = actor(IJMOND.vt);
    let beeld = app.casus(&vt, vraag(casus)).await.unwrap();
    let werkblad = app.werkblad(&vt, app.werkvraag(&vt)).await.unwrap();
    let rij = werkblad.rijen.iter().find(|werk| werk.rij.rij.casus == casus).map(|werk| werk.dubbel);
    (beeld.verbanden.iter().map(|ander| (ander.casus, ander.gesloten)).collect(), rij)
}

#[tokio::test]
async fn twee_open_casussen_over_een_gezin_slaan_aan_beide_kanten_alarm_tot_er_een_sluit() {
    let o = Opstelling::nieuw().await;
    let lid = ("Mirte Verzinsel", "1988-04-05", BSN);
    let eerder = meld(&o.app, 1, IJMOND, &[lid], None).await;
    let nieuw = meld(&o.app, 2, IJMOND, &[lid], None).await;
    assert_eq!(alarm(&o.app, nieuw).await, (vec![], Some(false)), "gevonden worden is nog geen besluit");
    let kies = |casus| Wens::KiesHuishouden(HuishoudenWens { melding: None, casus, toelichting: None });
    doe(&o.app, 3, Some(nieuw), IJMOND.vt, kies(Some(eerder))).await;
    assert_eq!(alarm(&o.app, nieuw).await, (vec![(eerder, false)], Some(true)));
    assert_eq!(alarm(&o.app, eerder).await, (vec![(nieuw, false)], Some(true)));
    for casus in [eerder, nieuw] {
        o.app.herbouw_views(casus).await.unwrap();
    }
    assert_eq!(alarm(&o.app, eerder).await, (vec![(nieuw, false)], Some(true)), "ook na herbouwen");
    // Another organisation of the casus does not hear of the other one.
    let school = o.app.casus(&actor(IJMOND.school), vraag(nieuw)).await.unwrap();
    assert!(school.verbanden.is_empty());
    // Taken back, and decided again.
    doe(&o.app, 4, Some(nieuw), IJMOND.vt, kies(None)).await;
    assert_eq!(alarm(&o.app, eerder).await, (vec![], Some(false)));
    doe(&o.app, 5, Some(nieuw), IJMOND.vt, kies(Some(eerder))).await;
    let geen_stappen = || besluit(domain::gebeurtenis::BesluitSoort::GeenVerdereStappen);
    for (nummer, wens) in (10..).zip([beoordeling(), geen_stappen()]) {
        doe(&o.app, nummer, Some(eerder), IJMOND.vt, wens).await;
    }
    assert_eq!(alarm(&o.app, nieuw).await.0, [(eerder, true)], "de gesloten casus blijft genoemd");
}
