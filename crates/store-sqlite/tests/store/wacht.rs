//! Alarms at night on a real store: a port that fails, a job that comes late, a process that stops in between.

use super::steun::{Opstelling, app_met};
use app::{
    Actor, Antwoord, App, AppFout, Opdracht, Wens,
    alarm::{Alarm, AlarmFout, Alarmbericht, NagebootstAlarm},
    contract::{steun::t, verhaal::*},
    eigen::{
        EigenOpdracht, WachtBeeld, WachtDaad,
        wacht::{AlarmVerwijzing, OpeningWens, WachtdienstWens},
    },
    jobs,
    poorten::Store,
};
use domain::{
    gebeurtenis::Openheid,
    ids::{CasusId, CommandId},
    wacht::{Aankomst, Rang, Stand},
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use uuid::Uuid;

const EERSTE: &str = "06 - 00 00 00 01";
const TWEEDE: &str = "06 - 00 00 00 02";

/// Fails until it is mended, and keeps what it sent after that.
#[derive(Default)]
struct Haperend {
    heel: AtomicBool,
    verzonden: NagebootstAlarm,
}

#[async_trait::async_trait]
impl Alarm for Haperend {
    async fn stuur(&self, bericht: Alarmbericht) -> Result<Aankomst, AlarmFout> {
        if !self.heel.load(Ordering::SeqCst) {
            return Err(AlarmFout("de dienst is niet bereikbaar".into()));
        }
        self.verzonden.stuur(bericht).await
    }

    fn is_nagebootst(&self) -> bool {
        false
    }
}

struct Nacht {
    o: Opstelling,
    app: App,
    alarm: Arc<Haperend>,
}

async fn doe(app: &App, nummer: u128, door: &str, wens: WachtDaad) -> Result<Antwoord, AppFout> {
    let id = CommandId(Uuid::from_u128(nummer));
    let opdracht = EigenOpdracht { id, stroom: None, verwacht: None, actor: actor(door), gebeurd_op: None, wens };
    app.voer_wacht_uit(&opdracht).await
}

fn dienst(rang: Rang, telefoon: &str, van: &str, tot: &str) -> WachtDaad {
    WachtDaad::ZetWachtdienst(WachtdienstWens {
        rang: Some(rang),
        van: van.into(),
        tot: tot.into(),
        naam: format!("Iemand met {telefoon}"),
        telefoon: telefoon.into(),
        ..WachtdienstWens::default()
    })
}

/// A night with a first and a second, and a port that fails or not.
async fn nacht(heel: bool) -> Nacht {
    let o = Opstelling::nieuw().await;
    let alarm = Arc::new(Haperend { heel: AtomicBool::new(heel), ..Haperend::default() });
    let poort: Arc<dyn Store> = Arc::<store_sqlite::SqliteStore>::clone(&o.store);
    let app = app_met(poort, &o.map.path().join("sleutels"), &o.klok).await;
    let app = app.met_alarm(Arc::<Haperend>::clone(&alarm));
    o.klok.zet(t("2026-03-02 12:00"));
    let opening = WachtDaad::ZetOpening(OpeningWens { van: "09:00".into(), tot: "17:00".into() });
    let (van, tot) = ("2026-03-02 17:00", "2026-03-03 09:00");
    let diensten = [dienst(Rang::Eerste, EERSTE, van, tot), dienst(Rang::Tweede, TWEEDE, van, tot)];
    for (nummer, wens) in (1..).zip([opening].into_iter().chain(diensten)) {
        assert!(matches!(doe(&app, nummer, IJMOND.vt, wens).await, Ok(Antwoord::Gedaan(_))));
    }
    Nacht { o, app, alarm }
}

impl Nacht {
    fn zet(&self, lokaal: &str) {
        self.o.klok.zet(t(lokaal));
    }

    async fn spoed(&self, lokaal: &str) -> CasusId {
        self.zet(lokaal);
        let wens = app::wens::MeldWens { spoed: true, ..melding(IJMOND, Openheid::Open) };
        let opdracht = Opdracht {
            id: CommandId(Uuid::from_u128(100)),
            casus: None,
            verwacht: None,
            actor: actor(IJMOND.school),
            gebeurd_op: None,
            wens: Wens::Meld(Box::new(wens)),
        };
        let Ok(Antwoord::Gedaan(gedaan)) = self.app.voer_uit(&opdracht).await else { panic!("niet gemeld") };
        gedaan.casus
    }

    async fn beeld(&self) -> WachtBeeld {
        self.app.wacht(&actor(IJMOND.vt)).await.unwrap().unwrap()
    }

    async fn stand(&self) -> Stand {
        let beeld = self.beeld().await;
        beeld.alarmen[0].verloop.stand(beeld.op)
    }

    /// Runs the job; how many messages stand on telephones since, and whether each that was recorded arrived.
    async fn wek(&self) -> (Vec<String>, Vec<Aankomst>) {
        jobs::wek(&self.app).await.unwrap();
        let verzonden = self.beeld().await.alarmen.first().map(|een| een.verzonden.clone()).unwrap_or_default();
        let telefoons = self.alarm.verzonden.berichten().into_iter().map(|bericht| bericht.telefoon).collect();
        (telefoons, verzonden.into_iter().map(|een| een.aankomst).collect())
    }

    async fn bevestig(&self, nummer: u128, door: &str, casus: CasusId) -> Result<Antwoord, AppFout> {
        let alarm = self.beeld().await.alarmen[0].verloop.punt.alarm;
        doe(&self.app, nummer, door, WachtDaad::BevestigAlarm(AlarmVerwijzing { alarm, casus, punt: None })).await
    }
}

#[tokio::test]
async fn een_alarm_gaat_een_keer_naar_de_eerste_en_zonder_antwoord_een_keer_naar_de_tweede() {
    let n = nacht(true).await;
    let casus = n.spoed("2026-03-02 22:00").await;
    for _ in 0..3 {
        assert_eq!(n.wek().await, (vec![EERSTE.to_owned()], vec![Aankomst::Aangekomen]));
    }
    n.zet("2026-03-02 22:14");
    assert_eq!(n.wek().await.0.len(), 1);
    n.zet("2026-03-02 22:15");
    for _ in 0..2 {
        assert_eq!(n.wek().await.0, [EERSTE, TWEEDE]);
    }
    assert_eq!(n.stand().await, Stand::NietBevestigd);
    // Who is no party of it finds nothing to confirm.
    assert!(matches!(n.bevestig(200, IJMOND.teams[0], casus).await, Err(AppFout::NietGevonden)));
    assert!(matches!(n.bevestig(201, IJMOND.vt, casus).await, Ok(Antwoord::Gedaan(_))));
    assert!(matches!(n.bevestig(201, IJMOND.vt, casus).await, Ok(Antwoord::Gedaan(_))), "nog eens sturen is geen fout");
    assert_eq!(n.stand().await, Stand::Bevestigd);
    // The message says which casus and nothing of anybody.
    let bericht = &n.alarm.verzonden.berichten()[0];
    assert!(bericht.tekst.contains("casus Z26-"), "{}", bericht.tekst);
    for geheim in ["Jansen", "Sam", "Robin", "Dorpsstraat", "basisschool", "06 -"] {
        assert!(!bericht.tekst.contains(geheim), "{geheim} staat in {}", bericht.tekst);
    }
}

#[tokio::test]
async fn een_poort_die_faalt_heet_nooit_aangekomen_en_houdt_de_tweede_niet_tegen() {
    let n = nacht(false).await;
    n.spoed("2026-03-02 22:00").await;
    assert_eq!(n.wek().await, (vec![], vec![Aankomst::Onbekend]));
    assert_eq!(n.stand().await, Stand::NietBevestigd);
    n.zet("2026-03-02 22:15");
    assert_eq!(n.wek().await.1, [Aankomst::Onbekend; 3], "de eerste nog eens, en de tweede");
    // Mended, it goes out at the next look; what was unknown stays unknown.
    n.alarm.heel.store(true, Ordering::SeqCst);
    n.zet("2026-03-02 22:20");
    let (telefoons, aankomsten) = n.wek().await;
    assert_eq!(telefoons, [EERSTE, TWEEDE]);
    let onbekend = aankomsten.iter().filter(|een| **een == Aankomst::Onbekend).count();
    assert_eq!((aankomsten.len(), onbekend), (5, 3));
}

#[tokio::test]
async fn een_server_die_stil_lag_belt_laat_en_de_bladzij_zegt_wat_er_had_moeten_gebeuren() {
    let n = nacht(true).await;
    let casus = n.spoed("2026-03-02 22:00").await;
    n.zet("2026-03-02 23:30");
    let een = &n.beeld().await.alarmen[0];
    let beurten: Vec<_> = een.verloop.beurten.iter().map(|beurt| (beurt.rang, beurt.op)).collect();
    assert_eq!(beurten, [(Rang::Eerste, t("2026-03-02 22:00")), (Rang::Tweede, t("2026-03-02 22:15"))]);
    assert!(een.verzonden.is_empty(), "er is niets verstuurd, en zo staat het er");
    assert_eq!(n.stand().await, Stand::NietBevestigd);
    assert_eq!(n.wek().await.0, [EERSTE, TWEEDE], "laat, maar wel");
    assert_eq!(n.beeld().await.alarmen[0].verloop.beurten.iter().map(|b| b.op).collect::<Vec<_>>()[0], beurten[0].1);
    // After a restart nothing goes out again.
    let Nacht { o, app, alarm } = n;
    drop(app);
    let o = o.herstart("sleutels").await;
    let poort: Arc<dyn Store> = Arc::<store_sqlite::SqliteStore>::clone(&o.store);
    let app = app_met(poort, &o.map.path().join("sleutels"), &o.klok).await.met_alarm(Arc::<Haperend>::clone(&alarm));
    let n = Nacht { o, app, alarm };
    n.zet("2026-03-03 01:00");
    assert_eq!(n.wek().await.0.len(), 2);
    n.bevestig(300, IJMOND.vt, casus).await.unwrap();
    assert_eq!(n.stand().await, Stand::Bevestigd);
}

#[tokio::test]
async fn een_rooster_is_van_een_organisatie_en_geen_gebeurtenis_noemt_wie_dienst_heeft() {
    let n = nacht(true).await;
    let ander = n.app.wacht(&actor(IJMOND.teams[0])).await.unwrap().unwrap();
    assert!(ander.diensten.is_empty() && !ander.begonnen);
    assert!(n.app.wacht(&actor("een-school")).await.unwrap().is_none(), "zonder afspraak is er geen rooster");
    let eigen = n.beeld().await;
    assert_eq!(eigen.diensten[0].telefoon, EERSTE, "wie het schreef, leest het: de afwezigheid hieronder zegt iets");
    let mut gezien = 0;
    for id in n.app.store().streams(None, 10).await.unwrap() {
        for rij in n.app.store().laad(id).await.unwrap() {
            let body = String::from_utf8(rij.body).unwrap();
            assert!(!body.contains("06") || !body.contains(EERSTE), "{body}");
            assert!(!body.contains("Iemand"), "{body}");
            gezien += 1;
        }
    }
    assert_eq!(gezien, 4);
    // The roster is no casus.
    for id in n.app.store().streams(None, 10).await.unwrap() {
        let vraag = app::lezen::CasusVraag { casus: id, stand: None, bekend_op: None };
        let als_casus = n.app.casus(&Actor { medewerker: "m".into(), organisatie: IJMOND.vt.into() }, vraag).await;
        assert!(matches!(als_casus, Err(AppFout::NietGevonden)));
    }
}

#[tokio::test]
async fn een_dienst_die_elke_week_terugkomt_houdt_de_klok_aan_ook_door_de_zomertijd() {
    let n = nacht(true).await;
    let WachtDaad::ZetWachtdienst(wens) = dienst(Rang::Eerste, EERSTE, "2026-03-21 17:00", "2026-03-22 09:00") else {
        panic!()
    };
    let wens = WachtDaad::ZetWachtdienst(WachtdienstWens { keren: Some("2".into()), ..wens });
    assert!(matches!(doe(&n.app, 50, IJMOND.vt, wens).await, Ok(Antwoord::Gedaan(_))));
    let beeld = n.beeld().await;
    let weekend: Vec<_> = beeld.diensten.iter().filter(|een| een.van > t("2026-03-10 00:00")).collect();
    let tijden: Vec<_> = weekend.iter().map(|een| (een.van, een.tot)).collect();
    let verwacht = [(t("2026-03-21 17:00"), t("2026-03-22 09:00")), (t("2026-03-28 17:00"), t("2026-03-29 09:00"))];
    assert_eq!(tijden, verwacht);
    assert_eq!(tijden[1].1.0 - tijden[1].0.0, 15 * 3_600_000_000, "die nacht is een uur korter");
    assert!(weekend.iter().all(|een| een.telefoon == EERSTE));
    for (keren, fout) in [("0", "keren"), ("53", "keren"), ("vaak", "keren")] {
        let wens = WachtdienstWens { keren: Some(keren.into()), rang: Some(Rang::Tweede), ..leeg() };
        let Err(AppFout::Ongeldig(fouten)) = doe(&n.app, 51, IJMOND.vt, WachtDaad::ZetWachtdienst(wens)).await else {
            panic!("{keren} mag")
        };
        assert!(fouten.iter().any(|een| een.veld == fout), "{fouten:?}");
    }
}

fn leeg() -> WachtdienstWens {
    WachtdienstWens {
        van: "2026-05-01 17:00".into(),
        tot: "2026-05-02 09:00".into(),
        naam: "Iemand".into(),
        telefoon: EERSTE.into(),
        ..WachtdienstWens::default()
    }
}
