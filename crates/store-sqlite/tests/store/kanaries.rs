//! What was typed is nowhere to be read outside the sealed pieces: not in the files, not in the log. And the reporter
//! whom the family may not know is nowhere at all. The same scanner finds what is planted.

use super::steun::Opstelling;
use app::{Antwoord, Opdracht, Wens, contract::verhaal::*, lezen::CasusVraag, poorten::Store, wens::*};
use domain::{
    gebeurtenis::{ContactWijze, Openheid, SluitingWijze},
    ids::{CasusId, OrganisatieId},
};
use serde_json::Value;
use std::{
    io::Write,
    path::Path,
    sync::{Arc, Mutex},
};

const TEKSTVELDEN: &[&str] = &[
    "inhoud",
    "van_anderen",
    "inschatting",
    "eigen_hulp",
    "grond_afscherming",
    "organisatie_naam",
    "naam",
    "functie",
    "telefoon",
    "huishoudnaam",
    "adres",
    "straat",
    "toevoeging",
    "plaats",
    "reden",
    "toelichting",
    "wie",
];

/// Fills every text field of a wish with a string that occurs nowhere else.
fn beplant(wens: &Wens, geplant: &mut Vec<String>) -> Wens {
    let mut waarde = serde_json::to_value(wens).unwrap();
    plant(waarde.get_mut("met").unwrap(), geplant);
    serde_json::from_value(waarde).unwrap()
}

fn plant(waarde: &mut Value, geplant: &mut Vec<String>) {
    match waarde {
        Value::Object(velden) => {
            for (sleutel, waarde) in velden.iter_mut() {
                match waarde {
                    Value::Object(delen) if sleutel == "inhoud" => {
                        delen.values_mut().for_each(|deel| *deel = kanarie(geplant));
                    }
                    Value::String(_) | Value::Null if sleutel == "bsn" => *waarde = kanarie_bsn(geplant),
                    Value::String(_) | Value::Null if TEKSTVELDEN.contains(&sleutel.as_str()) => {
                        *waarde = kanarie(geplant);
                    }
                    anders => plant(anders, geplant),
                }
            }
        }
        Value::Array(lijst) => lijst.iter_mut().for_each(|deel| plant(deel, geplant)),
        _ => {}
    }
}

fn kanarie(geplant: &mut Vec<String>) -> Value {
    geplant.push(format!("Kanarie{:04}Qzx", geplant.len()));
    Value::from(geplant.last().unwrap().as_str())
}

/// A number that passes its check and was not planted yet.
fn kanarie_bsn(geplant: &mut Vec<String>) -> Value {
    let goed = (470_000_000 + 1_000 * geplant.len()..).map(|getal| getal.to_string());
    geplant.extend(goed.filter(|getal| app::herkenning::normaal::bsn(getal).is_some()).take(1));
    Value::from(geplant.last().unwrap().as_str())
}

fn base64(bytes: &[u8]) -> String {
    const TEKENS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    bytes
        .chunks(3)
        .flat_map(|blok| {
            let getal = blok.iter().fold(0u32, |getal, byte| getal << 8 | u32::from(*byte)) << (8 * (3 - blok.len()));
            (0..=blok.len()).map(move |plek| char::from(TEKENS[(getal >> (18 - 6 * plek) & 63) as usize]))
        })
        .collect()
}

/// Every shape in which a text could stand somewhere.
fn vormen(tekst: &str) -> Vec<Vec<u8>> {
    let hex: String = tekst.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut vormen = vec![
        tekst.as_bytes().to_vec(),
        tekst.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        tekst.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        hex.to_uppercase().into_bytes(),
        hex.into_bytes(),
    ];
    // At each of three alignments, without the edges that hang on the neighbours.
    for voor in 0..3 {
        let bytes = [&b"\0\0\0"[..voor], tekst.as_bytes()].concat();
        let midden: String = base64(&bytes).chars().skip(voor + 1).collect();
        vormen.push(midden.as_bytes()[..midden.len() - 3].to_vec());
    }
    vormen
}

/// How many of the shapes of the texts stand in the bytes.
fn gevonden(bytes: &[u8], teksten: &[String]) -> usize {
    let zoek: Vec<_> = teksten.iter().flat_map(|tekst| vormen(tekst)).collect();
    let eerste: std::collections::HashSet<_> = zoek.iter().map(|vorm| [vorm[0], vorm[1], vorm[2], vorm[3]]).collect();
    let mut geteld = 0;
    for (plek, begin) in bytes.windows(4).enumerate() {
        if eerste.contains(begin) {
            geteld += zoek.iter().filter(|vorm| bytes[plek..].starts_with(vorm)).count();
        }
    }
    geteld
}

fn in_map(map: &Path, teksten: &[String]) -> (usize, usize) {
    let bestanden: Vec<_> = std::fs::read_dir(map).unwrap().map(|bestand| bestand.unwrap().path()).collect();
    assert!(bestanden.iter().any(|pad| pad.ends_with("zicht.db-wal")), "{bestanden:?}");
    let bytes: Vec<_> = bestanden.iter().map(|pad| std::fs::read(pad).unwrap()).collect();
    (bytes.iter().map(|bytes| gevonden(bytes, teksten)).sum(), bytes.iter().map(Vec::len).sum())
}

#[derive(Clone, Default)]
struct Opvang(Arc<Mutex<Vec<u8>>>);

impl Write for Opvang {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn wensen() -> Vec<(i64, &'static str, Wens)> {
    let [team, ander] = IJMOND.teams;
    let vt = IJMOND.vt;
    let verwijzing = || MeldingVerwijzing::default();
    let mut stappen = heel_verhaal(IJMOND);
    let spoed = MeldWens { spoed: true, ..melding(IJMOND, Openheid::Open) };
    stappen[0] = (0, IJMOND.school, Wens::Meld(Box::new(spoed)));
    stappen.insert(1, (1, vt, Wens::WijsSpoedAf(verwijzing())));
    stappen.insert(2, (0, vt, Wens::ErkenSpoed(verwijzing())));
    stappen.insert(
        5,
        (1, vt, Wens::KoppelTerugAanMelder(TerugkoppelWens { reden: verwijzing().reden, ..Default::default() })),
    );
    stappen.insert(
        7,
        (1, vt, Wens::InformeerGezin(InformeerWens { wijze: Some(ContactWijze::Brief), toelichting: None })),
    );
    stappen.extend([
        (1, team, Wens::MaakAfspraakGezin(Toelichting::default())),
        (1, vt, Wens::LegRegieVast(RegieWens { organisatie: Some(ander.into()), ..RegieWens::default() })),
        (1, team, Wens::LegIncidentVast(Toelichting::default())),
        (1, vt, beoordeling()),
        (1, vt, Wens::NeemZichtOver(Toelichting::default())),
        (1, vt, gesprek()),
        (1, vt, besluit(domain::gebeurtenis::BesluitSoort::DirecteOverdracht)),
        (1, vt, aanbod(IJMOND, ander)),
        (1, vt, Wens::NoteerMondelingeBevestiging(MondelingWens::default())),
        (1, vt, Wens::VerzendGegevens(OverdrachtVerwijzing::default())),
        (1, ander, Wens::BevestigOntvangstGegevens(OverdrachtVerwijzing::default())),
        (1, vt, Wens::TrekOverdrachtIn(OverdrachtVerwijzing::default())),
        (
            1,
            vt,
            Wens::HerstelVastlegging(HerstelWens { versie: 4, gebeurd_op: "2026-03-03 08:00".into(), reden: None }),
        ),
        (1, vt, Wens::BeantwoordCriteria(CriteriaWens::default())),
        (1, vt, Wens::SluitCasus(SluitWens { wijze: Some(SluitingWijze::Gestopt), ..SluitWens::default() })),
    ]);
    stappen
}

/// Plays all wishes with planted texts; the texts of what was recorded, and of what was refused.
async fn speel(o: &Opstelling) -> (CasusId, Vec<String>, Vec<String>) {
    let (mut gedaan, mut niet) = (Vec::new(), Vec::new());
    let mut alle = Vec::new();
    let mut speler = Speler::new(&o.app, &o.klok, 1);
    for (nummer, (uren, wie, wens)) in wensen().into_iter().enumerate() {
        o.klok.vooruit(uren);
        let eerder = alle.len();
        let wens = beplant(&wens, &mut alle);
        let antwoord = speler.stap(nummer, wie, &wens).await;
        let nieuw = alle[eerder..].to_vec();
        if matches!(antwoord, Ok(Antwoord::Gedaan(_))) { gedaan.extend(nieuw) } else { niet.extend(nieuw) }
    }
    (speler.casus.unwrap(), gedaan, niet)
}

#[tokio::test]
async fn geen_enkele_getypte_tekst_staat_leesbaar_in_de_bestanden_of_in_het_log() {
    let log = Opvang::default();
    let (o, schrijver) = (Opstelling::nieuw().await, log.clone());
    let abonnee = tracing_subscriber::fmt()
        .with_env_filter("debug")
        .with_ansi(false)
        .with_writer(move || schrijver.clone())
        .finish();
    tracing::subscriber::set_global_default(abonnee).unwrap();
    let (casus, gedaan, niet) = speel(&o).await;
    let alle = [gedaan.clone(), niet.clone()].concat();
    // Errors of every kind reach the log as well.
    let db = o.achterom().await;
    sqlx::query("UPDATE fragment SET verzegeld = x'00' WHERE soort = 'huishoudnaam' AND eigenaar = 'socius'")
        .execute(&db)
        .await
        .unwrap();
    let socius = actor("socius");
    o.app.overdrachten(&socius, 10).await.unwrap();
    let fout = o.app.casus(&actor(IJMOND.teams[0]), CasusVraag { casus, stand: None, bekend_op: None }).await.err();
    tracing::error!(?fout, "zoals de rand het logt");
    // What was recorded is really there, sealed: it opens for somebody.
    let mut open = String::new();
    for org in [IJMOND.vt, IJMOND.teams[0], IJMOND.school] {
        let stukken = o.app.verzegelaar().open_alles(&*o.store, casus, &org.into()).await.unwrap();
        open.extend(stukken.into_iter().map(|stuk| stuk.inhoud + "\n"));
    }
    let kwijt: Vec<_> = gedaan.iter().filter(|tekst| !open.contains(*tekst)).collect();
    assert!(kwijt.is_empty(), "vastgelegd maar nergens te openen: {kwijt:?}");
    assert!(gedaan.len() >= 50 && niet.len() >= 4, "te weinig geplant: {} en {}", gedaan.len(), niet.len());
    let (in_bestanden, bytes) = in_map(o.map.path(), &alle);
    let regels = log.0.lock().unwrap().clone();
    println!("{} teksten, {bytes} bytes aan bestanden, {} bytes log", alle.len(), regels.len());
    assert!(regels.len() > 10_000, "het log is niet opgevangen");
    assert_eq!((in_bestanden, gevonden(&regels, &alle)), (0, 0));
    // The planted faults: the same scanner on a file and a log that do hold a text, in every shape.
    for (nummer, vorm) in vormen(&alle[7]).into_iter().enumerate() {
        sqlx::query("INSERT INTO fragment VALUES (randomblob(16), randomblob(16), 'x', 'x', 'x', 1, $1)")
            .bind(&vorm)
            .execute(&db)
            .await
            .unwrap();
        assert!(in_map(o.map.path(), &alle).0 > nummer, "vorm {nummer} wordt niet gezien");
    }
    tracing::error!("zo hoort het niet: {}", alle[3]);
    assert!(gevonden(&log.0.lock().unwrap(), &alle) > 0);
}

/// All rows of a table, each column quoted.
async fn tabel(db: &sqlx::SqlitePool, naam: &str) -> Vec<String> {
    let kolommen: Vec<String> =
        sqlx::query_scalar("SELECT name FROM pragma_table_info($1)").bind(naam).fetch_all(db).await.unwrap();
    assert!(!kolommen.is_empty(), "{naam}");
    let sql = format!(
        "SELECT {} FROM {naam}",
        kolommen.iter().map(|k| format!("quote({k})")).collect::<Vec<_>>().join("||'|'||")
    );
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(db).await.unwrap()
}

const TABELLEN: [&str; 16] = [
    "event",
    "opdracht",
    "bundel",
    "datasleutel",
    "fragment",
    "bijlage",
    "zicht_span",
    "termijn",
    "casus_rij",
    "overdracht_rij",
    "wekker",
    "signaal",
    "zoeksleutel",
    "verband",
    "sessie",
    "bericht",
];

#[tokio::test]
async fn een_afgeschermde_melder_staat_in_geen_event_en_geen_rij_en_in_geen_beeld_van_een_ander() {
    const PRAKTIJK: &str = "huisartsenpraktijk-duin";
    let o = Opstelling::nieuw().await;
    let casus = Speler::new(&o.app, &o.klok, 1).speel(&heel_verhaal(IJMOND)).await;
    let afgeschermd = || MeldWens {
        melder: MelderWens { organisatie: Some(PRAKTIJK.into()), ..melding(IJMOND, Openheid::Afgeschermd).melder },
        spoed: true,
        ..melding(IJMOND, Openheid::Afgeschermd)
    };
    let opdracht = |nummer: u128, casus, wie, wens| {
        let id = domain::ids::CommandId(uuid::Uuid::from_u128(nummer));
        Opdracht { id, casus, verwacht: None, actor: actor(wie), gebeurd_op: None, wens: Wens::Meld(Box::new(wens)) }
    };
    // By itself, and by telephone at intake on a casus that a team holds.
    let eigen = opdracht(1, None, PRAKTIJK, afgeschermd());
    let Ok(Antwoord::Gedaan(eigen)) = o.app.voer_uit(&eigen).await else { panic!("de eigen melding") };
    let intake = o.app.voer_uit(&opdracht(2, Some(casus), IJMOND.vt, afgeschermd())).await;
    assert!(matches!(intake, Ok(Antwoord::Gedaan(_))), "{intake:?}");
    o.klok.vooruit(24 * 40);
    app::jobs::wek(&o.app).await.unwrap();
    let db = o.achterom().await;
    let namen = [PRAKTIJK.to_owned(), format!("{PRAKTIJK}-m1")];
    let mut rijen = 0;
    for naam in TABELLEN {
        for rij in tabel(&db, naam).await {
            assert_eq!(gevonden(rij.as_bytes(), &namen), 0, "{naam}: {rij}");
            rijen += 1;
        }
    }
    println!("{rijen} rijen in {} tabellen", TABELLEN.len());
    assert!(rijen > 150);
    // In the access log of its own organisation it stands that somebody reported, not on which casus.
    for regel in tabel(&db, "toegang").await.iter().filter(|regel| regel.contains(PRAKTIJK)) {
        assert!(regel.contains("'meld'") && regel.contains("|NULL|"), "{regel}");
        assert!(gevonden(regel.as_bytes(), &[eigen.casus.0.simple().to_string()]) == 0);
    }
    for wie in [IJMOND.teams[0], IJMOND.school] {
        let beeld = o.app.casus(&actor(wie), CasusVraag { casus, stand: None, bekend_op: None }).await.unwrap();
        let tekst = format!(
            "{:?} {:?} {:?} {:?} {:?} {:?}",
            beeld.staat, beeld.geschiedenis, beeld.stukken, beeld.termijnen, beeld.personen, beeld.lijn
        );
        assert_eq!(gevonden(tekst.as_bytes(), &namen), 0, "{wie}");
        assert!(tekst.len() > 1000);
    }
    // Veilig Thuis does know: the identity is there, under its own key.
    let stukken = o.app.verzegelaar().open_alles(&*o.store, eigen.casus, &IJMOND.vt.into()).await.unwrap();
    assert!(stukken.iter().any(|stuk| stuk.onderwerp == "melder" && stuk.inhoud.contains(PRAKTIJK)));
    let eigen_vraag = CasusVraag { casus: eigen.casus, stand: None, bekend_op: None };
    assert!(o.app.casus(&actor(PRAKTIJK), eigen_vraag).await.is_err(), "wie afgeschermd meldt, volgt de casus niet");
    // The planted fault: an open report is seen by the same scanner.
    let open = MeldWens { openheid: Some(Openheid::Open), ..afgeschermd() };
    o.app.voer_uit(&opdracht(3, None, PRAKTIJK, open)).await.unwrap();
    let mut gezien = 0;
    for naam in ["event", "casus_rij", "zicht_span", "datasleutel"] {
        gezien += usize::from(tabel(&db, naam).await.iter().any(|rij| gevonden(rij.as_bytes(), &namen) > 0));
    }
    assert_eq!(gezien, 4);
}

#[tokio::test]
async fn elke_blik_weigering_en_opdracht_laat_een_regel_achter() {
    let o = Opstelling::nieuw().await;
    let stappen: Vec<_> = heel_verhaal(IJMOND).into_iter().take(3).collect();
    let mut speler = Speler::new(&o.app, &o.klok, 1);
    let casus = speler.speel(&stappen).await;
    let laatste = async |wie: &str| {
        let regel = o.store.toegang_van(casus, &OrganisatieId::from(wie)).await.unwrap().swap_remove(0);
        (regel.versie, format!("{} {}", regel.regel.handeling, regel.regel.uitkomst))
    };
    let vt = IJMOND.vt;
    let mut versie = laatste(vt).await.0;
    assert_eq!(versie, 2);
    let mut volgende = async |wie: &str, verwacht: &str| {
        let (nummer, regel) = laatste(wie).await;
        assert_eq!(regel, verwacht);
        if wie == vt {
            assert_eq!(nummer, versie + 1, "{verwacht}: precies een regel");
            versie = nummer;
        }
    };
    let vraag = CasusVraag { casus, stand: None, bekend_op: None };
    o.app.casus(&actor(vt), vraag).await.ok().unwrap();
    volgende(vt, "bekijk-casus toegestaan").await;
    assert!(o.app.casus(&actor("socius"), vraag).await.is_err());
    volgende("socius", "bekijk-casus niet-gevonden").await;
    speler.stap(10, vt, &gesprek()).await.unwrap();
    volgende(vt, "leg-contact-gezin-vast toegestaan").await;
    speler.stap(10, vt, &gesprek()).await.unwrap();
    volgende(vt, "leg-contact-gezin-vast herhaald").await;
    assert!(speler.stap(10, vt, &besluit(domain::gebeurtenis::BesluitSoort::DirecteOverdracht)).await.is_err());
    volgende(vt, "besluit-vervolg geweigerd opdracht-hergebruikt").await;
    speler.stap(11, vt, &beoordeling()).await.unwrap();
    volgende(vt, "rond-beoordeling-af geweigerd beoordeling-al-afgerond").await;
    let oud = Opdracht { verwacht: Some(1), ..speler.opdracht(12, vt, &gesprek()) };
    assert!(matches!(o.app.voer_uit(&oud).await, Ok(Antwoord::Conflict(_))));
    volgende(vt, "leg-contact-gezin-vast conflict").await;
    assert!(speler.stap(13, "socius", &gesprek()).await.is_err());
    volgende("socius", "leg-contact-gezin-vast niet-gevonden").await;
    let nergens = CasusId(uuid::Uuid::from_u128(5));
    let opdracht = Opdracht { casus: Some(nergens), ..speler.opdracht(14, vt, &gesprek()) };
    assert!(o.app.voer_uit(&opdracht).await.is_err());
    let regels = o.store.toegang_van(nergens, &vt.into()).await.unwrap();
    assert_eq!(regels[0].regel.uitkomst, "niet-gevonden");
    let alles = o.achterom().await;
    for lijst in ["bekijk-werkvoorraad", "bekijk-overdrachten", "bekijk-overdrachtstafel"] {
        let tel = async || tabel(&alles, "toegang").await.iter().filter(|regel| regel.contains(lijst)).count();
        assert_eq!(tel().await, 0);
        match lijst {
            "bekijk-werkvoorraad" => drop(o.app.werkblad(&actor(vt), o.app.werkvraag(&actor(vt))).await.unwrap()),
            "bekijk-overdrachten" => drop(o.app.overdrachten(&actor(vt), 5).await.unwrap()),
            _ => drop(o.app.tafel(&actor(vt), "Beverwijk").await.unwrap()),
        }
        assert_eq!(tel().await, 1, "{lijst}");
    }
}
