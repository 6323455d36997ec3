//! Both stores in step: the same random commands from a seed, the same clock, the same randomness; every answer, every
//! byte of every event, every row of every list must be the same. Another world is begun until the time is up.

use super::steun::vers;
use app::{
    Actor, App, Opdracht, Wens,
    contract::{
        rijen::{alles, werkvraag},
        steun::{Dobbelsteen, Proefklok, app_op},
        storing::Storing,
        verhaal::*,
    },
    lezen::CasusVraag,
    opslag::Batch,
    poorten::{Klok, Store},
};
use domain::{
    gebeurtenis::Openheid,
    ids::{CasusId, CommandId, OrganisatieId},
    tijd::Instant,
};
use proefpostgres::Server;
use std::{fmt::Debug, sync::Arc};
use store_postgres::PostgresStore;
use store_sqlite::SqliteStore;
use uuid::Uuid;

/// How long new worlds are begun; `ZICHT_TEST_SIMULATIE_SECONDEN` asks for longer.
const SECONDEN: u64 = 10;
const STAPPEN: usize = 80;
/// Below this nothing is proved.
const OPDRACHTEN_MIN: u32 = 50;
const VERGELEKEN_MIN: u32 = 300;

/// How much was done.
#[derive(Clone, Copy, Debug, Default)]
struct Telling {
    werelden: u32,
    opdrachten: u32,
    gedaan: u32,
    vergeleken: u32,
}

/// One application on each store; they share the clock and nothing else.
struct Wereld {
    regio: Regio,
    klok: Proefklok,
    apps: [App; 2],
    casussen: Vec<CasusId>,
    /// How far each casus is in the story that leads to two handovers; random steps go in between.
    gevorderd: Vec<usize>,
    vorige: Option<Opdracht>,
    telling: Telling,
}

type Gelijk<T = ()> = Result<T, String>;

/// The next world from a seed. The second store may be spoiled, to see whether that is noticed.
async fn speel(zaad: u64, bederf: Option<fn(&mut Batch)>, telling: &mut Telling) -> Gelijk {
    let map = tempfile::tempdir().unwrap();
    let sqlite = Arc::new(SqliteStore::open(&map.path().join("zicht.db")).await.unwrap());
    let postgres = Arc::new(PostgresStore::open(&Server::gedeeld().url(&vers().await)).await.unwrap());
    let klok = Proefklok::default();
    let poort: Arc<dyn Store> = Arc::<PostgresStore>::clone(&postgres);
    let poort = match bederf {
        Some(bederf) => Arc::new(Storing::new(poort).met_bederf(bederf)),
        None => poort,
    };
    let apps = [app_op(Arc::<SqliteStore>::clone(&sqlite), &klok, zaad).await, app_op(poort, &klok, zaad).await];
    let regio = if zaad.is_multiple_of(2) { IJMOND } else { NOG };
    let mut wereld =
        Wereld { regio, klok, apps, casussen: Vec::new(), gevorderd: Vec::new(), vorige: None, telling: *telling };
    let uitkomst = wereld.leef(&Dobbelsteen::new(zaad)).await;
    *telling = wereld.telling;
    telling.werelden += 1;
    postgres.sluit().await;
    sqlite.sluit().await;
    uitkomst.map_err(|verschil| format!("zaad {zaad}: {verschil}"))
}

impl Wereld {
    async fn leef(&mut self, d: &Dobbelsteen) -> Gelijk {
        for nummer in 0..STAPPEN {
            self.klok.vooruit(i64::try_from(d.onder(30)).unwrap());
            match d.onder(12) {
                0 => self.jobs().await?,
                1 => self.herbouw(d).await?,
                2 | 3 => self.kijk(d).await?,
                _ => self.doe(d, nummer).await?,
            }
        }
        for casus in self.casussen.clone() {
            self.lijnen(casus, d).await?;
        }
        Ok(())
    }

    fn gelijk<T: Debug>(&mut self, wat: &str, [sqlite, postgres]: &[T; 2]) -> Gelijk {
        let (sqlite, postgres) = (format!("{sqlite:#?}"), format!("{postgres:#?}"));
        self.telling.vergeleken += 1;
        if sqlite == postgres {
            return Ok(());
        }
        let verschil = sqlite.lines().zip(postgres.lines()).find(|(een, ander)| een != ander);
        Err(format!("{wat}: {verschil:?}"))
    }

    /// A command: a new one, the one before once more, or the number of the one before for something else.
    async fn doe(&mut self, d: &Dobbelsteen, nummer: usize) -> Gelijk {
        let opdracht = match (&self.vorige, d.onder(8)) {
            (Some(vorige), 0) => vorige.clone(),
            (Some(vorige), 1) => {
                let id = vorige.id;
                Opdracht { id, ..self.verzin(d, nummer) }
            }
            _ => self.verzin(d, nummer),
        };
        let antwoorden = [self.apps[0].voer_uit(&opdracht).await, self.apps[1].voer_uit(&opdracht).await];
        self.telling.opdrachten += 1;
        self.gelijk(&format!("antwoord op {}", opdracht.wens.naam()), &antwoorden)?;
        if let [Ok(app::Antwoord::Gedaan(gedaan)), _] = &antwoorden {
            self.telling.gedaan += 1;
            if !self.casussen.contains(&gedaan.casus) {
                self.casussen.push(gedaan.casus);
                self.gevorderd.push(0);
            }
        }
        let (casus, wie) = (opdracht.casus, opdracht.actor.organisatie.clone());
        self.vorige = Some(opdracht);
        let Some(casus) = casus else { return Ok(()) };
        let [een, ander] = &self.apps;
        let events = [een.store().laad(casus).await, ander.store().laad(casus).await];
        self.gelijk("events", &events)?;
        if d.onder(6) == 0 { self.rijen(casus, &wie).await } else { Ok(()) }
    }

    fn verzin(&mut self, d: &Dobbelsteen, nummer: usize) -> Opdracht {
        let (wie, wens, casus) = if self.casussen.is_empty() || d.onder(10) == 0 {
            let openheid = *d.kies(&[Openheid::Open, Openheid::Afgeschermd]);
            (self.regio.school, Wens::Meld(Box::new(melding(self.regio, openheid))), None)
        } else {
            let welke = d.onder(self.casussen.len());
            self.gevorderd[welke] += usize::from(d.onder(3) > 0);
            let volgende = heel_verhaal(self.regio).into_iter().nth(self.gevorderd[welke]);
            let (wie, wens) = match volgende {
                Some((_, wie, wens)) if d.onder(3) > 0 => (wie, wens),
                _ => willekeurige_stap(self.regio, &self.klok, d),
            };
            (wie, wens, Some(self.casussen[welke]))
        };
        let wie = if d.onder(20) == 0 { "een-vreemde" } else { wie };
        Opdracht {
            id: CommandId(CommandId(Uuid::from_u128(1)).afgeleid(&format!("{nummer}-{}", d.gooi()))),
            casus,
            verwacht: (d.onder(9) == 0).then(|| d.gooi() % 6),
            actor: actor(wie),
            gebeurd_op: (d.onder(6) == 0).then(|| self.klok.nu().plus_uren(-30)),
            wens,
        }
    }

    async fn jobs(&mut self) -> Gelijk {
        let gerinkeld = [app::jobs::wek(&self.apps[0]).await, app::jobs::wek(&self.apps[1]).await];
        self.gelijk("wekkers", &gerinkeld)?;
        for wie in self.partijen() {
            let [een, ander] = &self.apps;
            let signalen = [een.store().signalen(&wie, 1_000).await, ander.store().signalen(&wie, 1_000).await];
            self.gelijk("signalen", &signalen)?;
        }
        Ok(())
    }

    async fn herbouw(&mut self, d: &Dobbelsteen) -> Gelijk {
        if self.casussen.is_empty() {
            return Ok(());
        }
        let casus = *d.kies(&self.casussen);
        let herbouwd = [self.apps[0].herbouw_views(casus).await, self.apps[1].herbouw_views(casus).await];
        self.gelijk("views opnieuw", &herbouwd)?;
        self.rijen(casus, &self.regio.vt.into()).await
    }

    /// Pages, as somebody sees them.
    async fn kijk(&mut self, d: &Dobbelsteen) -> Gelijk {
        let wie = actor(d.kies(&self.partijen()).als_str());
        let casus = if self.casussen.is_empty() { None } else { Some(*d.kies(&self.casussen)) };
        let [een, ander] = &self.apps;
        let gezien = [gezien(een, &wie, self.regio, casus).await, gezien(ander, &wie, self.regio, casus).await];
        self.gelijk("wat iemand ziet", &gezien)
    }

    /// Everything of a casus that an organisation can get out of a store: events, keys, content, lists, access log.
    async fn rijen(&mut self, casus: CasusId, wie: &OrganisatieId) -> Gelijk {
        let opdracht = self.vorige.as_ref().map_or(CommandId(Uuid::nil()), |vorige| vorige.id);
        let [een, ander] = self.apps.each_ref().map(|app| alles(app.store(), casus, wie.als_str(), opdracht));
        let rijen = [een.await, ander.await].map(|tekst| tekst.lines().map(str::to_owned).collect::<Vec<_>>());
        self.gelijk("rijen", &rijen)
    }

    /// Holder and late terms at the bounds of what was stored and at random instants, worklists of every party.
    async fn lijnen(&mut self, casus: CasusId, d: &Dobbelsteen) -> Gelijk {
        let nu = self.klok.nu();
        let mut momenten = vec![Instant(i64::MIN), nu, Instant(i64::MAX)];
        momenten.extend((0..4).map(|_| nu.plus_uren(i64::try_from(d.onder(3_000)).unwrap() - 1_500)));
        let wekkers = self.apps[0].store().wekkers(Instant(i64::MAX), 1_000).await.unwrap();
        momenten.extend(wekkers.iter().flat_map(|wekker| [wekker.op, Instant(wekker.op.0 - 1)]).take(6));
        self.rijen(casus, d.kies(&self.partijen())).await?;
        for wie in self.partijen() {
            for op in &momenten {
                let mut gezien = Vec::new();
                for app in &self.apps {
                    let houder = app.store().houder_op(casus, *op).await;
                    let laat = app.store().te_laat(casus, &wie, *op).await;
                    let telling = app.store().werk_tellingen(werkvraag(wie.als_str(), op.0)).await;
                    gezien.push((houder, laat, telling));
                }
                let gezien: [_; 2] = gezien.try_into().unwrap();
                self.gelijk(&format!("{wie} op {op:?}"), &gezien)?;
            }
        }
        Ok(())
    }

    fn partijen(&self) -> [OrganisatieId; 4] {
        [self.regio.vt, self.regio.teams[0], self.regio.teams[1], self.regio.school].map(OrganisatieId::from)
    }
}

/// Lists and pages as a worker gets them, with their content opened.
async fn gezien(app: &App, wie: &Actor, regio: Regio, casus: Option<CasusId>) -> Vec<String> {
    let werk = app.werkblad(wie, app.werkvraag(wie)).await.map(|blad| {
        let rijen: Vec<_> = blad.rijen.into_iter().map(|werk| (werk.rij, werk.huishoudnaam)).collect();
        (rijen, blad.tellingen)
    });
    let in_lijst = |lijst: Vec<app::lezen::OverdrachtInLijst>| -> Vec<_> {
        lijst.into_iter().map(|aanbod| (aanbod.rij, aanbod.huishoudnaam)).collect()
    };
    let lijst = app.overdrachten(wie, 50).await.map(in_lijst);
    let tafel = app.tafel(wie, regio.gemeente).await.map(in_lijst);
    let mut delen = vec![format!("{werk:?}"), format!("{lijst:?}"), format!("{tafel:?}")];
    if let Some(casus) = casus {
        let vraag = CasusVraag { casus, stand: None, bekend_op: None };
        let beeld = app.casus(wie, vraag).await;
        delen.push(match beeld {
            Ok(b) => format!("{:?} {:?} {:?} {:?} {:?}", b.staat, b.lijn, b.termijnen, b.personen, b.geschiedenis),
            Err(fout) => format!("{fout:?}"),
        });
    }
    delen
}

#[expect(clippy::disallowed_methods, reason = "a stopwatch on a test")]
fn begin() -> std::time::Instant {
    std::time::Instant::now()
}

#[tokio::test]
async fn beide_opslagen_antwoorden_in_de_pas_hetzelfde() {
    let gevraagd = std::env::var_os("ZICHT_TEST_SIMULATIE_SECONDEN").and_then(|tekst| tekst.into_string().ok());
    let seconden = gevraagd.and_then(|tekst| tekst.parse().ok()).unwrap_or(SECONDEN);
    let (begonnen, mut telling) = (begin(), Telling::default());
    for zaad in 1.. {
        speel(zaad, None, &mut telling).await.unwrap();
        if begonnen.elapsed().as_secs() >= seconden {
            break;
        }
    }
    println!("{telling:?} in {:.1} s", begonnen.elapsed().as_secs_f64());
    assert!(telling.opdrachten >= OPDRACHTEN_MIN && telling.gedaan >= OPDRACHTEN_MIN / 4, "te weinig: {telling:?}");
    assert!(telling.vergeleken >= VERGELEKEN_MIN, "te weinig vergeleken: {telling:?}");
}

type Bederf = (&'static str, fn(&mut Batch));

/// What a store could do wrong and still answer.
const BEDERF: &[Bederf] = &[
    ("een rij van de werkvoorraad weg", |b| drop(b.views.casus.pop())),
    ("een termijn weg", |b| drop(b.views.termijnen.pop())),
    ("een span een microseconde later", |b| b.views.spans.iter_mut().for_each(|span| span.van.0 += 1)),
    ("een termijn een microseconde later", |b| b.views.termijnen.iter_mut().for_each(|t| t.uiterlijk.0 += 1)),
    ("een stuk weg", |b| drop(b.fragmenten.pop())),
    ("een wekker weg", |b| drop(b.views.wekkers.pop())),
    ("een byte van een event", |b| b.events[0].body[0] ^= 1),
    ("een andere uitkomst in het logboek", |b| b.toegang.uitkomst.push('!')),
    ("een andere digest", |b| b.opdracht.digest[0] ^= 1),
    ("een aanbod weg", |b| drop(b.views.overdrachten.pop())),
];
/// Worlds in which a planted fault must have shown.
const WERELDEN_MAX: u64 = 6;

#[tokio::test]
async fn een_opslag_die_iets_anders_doet_valt_op() {
    for (wat, bederf) in BEDERF {
        let mut telling = Telling::default();
        let mut gezien = None;
        for zaad in 1..=WERELDEN_MAX {
            gezien = speel(zaad, Some(*bederf), &mut telling).await.err();
            if gezien.is_some() {
                break;
            }
        }
        let gezien = gezien.unwrap_or_else(|| panic!("{wat} viel in {WERELDEN_MAX} werelden niet op"));
        let begin: String = gezien.chars().take(90).collect();
        println!("{wat}: na {} opdrachten, {begin}", telling.opdrachten);
    }
}
