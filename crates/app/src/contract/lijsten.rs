//! Lists, alarms, sessions and the access log.

use super::{Fabriek, rijen::*, steun::Dobbelsteen};
use crate::{
    opslag::*,
    poorten::Store,
    stap::{Rang, Stap},
};
use domain::{ids::*, tijd::Instant};
use std::sync::Arc;
use uuid::Uuid;

const NU: i64 = 1000;

/// Row and holder at [`NU`], as written.
type Geschreven = Vec<(CasusRij, Option<&'static str>)>;

async fn vul_werkvoorraad(store: &dyn Store, aantal: u128, d: &Dobbelsteen) -> Geschreven {
    let mut geschreven = Vec::new();
    for nummer in 1..=aantal {
        let mut bouw = Bouw::nieuw(store, nummer * 7919 % 1009).await;
        let rij = willekeurig(&bouw, ORG, d);
        let houder = *d.kies(&[Some(ORG), Some("team"), None]);
        let mut views = bouw.views();
        views.casus = vec![rij.clone(), willekeurig(&bouw, "team", d)];
        // The bounds of the span lie exactly at the instant that is asked.
        views.spans = match houder {
            Some(houder) => vec![bouw.span(0, 1, Some(NU), "school"), bouw.span(1, NU, None, houder)],
            None => vec![bouw.span(0, 1, Some(NU), ORG)],
        };
        store.vervang_views(bouw.casus, views).await.unwrap();
        geschreven.push((rij, houder));
    }
    geschreven
}

fn past(rij: &CasusRij, houder: Option<&str>, vraag: &WerkVraag) -> bool {
    !rij.gesloten
        && vraag.medewerker.as_ref().is_none_or(|m| rij.toegewezen_aan.as_ref() == Some(m))
        && vraag.gemeente.as_ref().is_none_or(|g| rij.gemeente == *g)
        && vraag.houder.as_ref().is_none_or(|h| houder == Some(h.als_str()))
}

fn tel(rijen: &[&CasusRij], vraag: &WerkVraag) -> WerkTellingen {
    let mut t = WerkTellingen::default();
    for rij in rijen {
        let vak = match rij.termijn_uiterlijk {
            _ if rij.spoed => &mut t.spoed,
            None if Stap::hoogste(&rij.stappen) == Rang::AanZet => &mut t.aan_zet,
            None => &mut t.zonder_termijn,
            Some(op) if op <= vraag.nu => &mut t.te_laat,
            Some(op) if op <= vraag.eind_vandaag => &mut t.vandaag,
            Some(op) if op <= vraag.eind_week => &mut t.deze_week,
            Some(_) => &mut t.later,
        };
        *vak += 1;
    }
    t
}

pub async fn de_werkvoorraad_is_wat_de_rijen_zeggen_bij_elke_combinatie_van_filters(fabriek: &dyn Fabriek) {
    let (store, d) = (fabriek.leeg().await, Dobbelsteen::new(3));
    let geschreven = vul_werkvoorraad(&*store, 130, &d).await;
    let mut gezien = 0;
    let mut combinaties = 0;
    for medewerker in [None, Some("m1"), Some("niemand")] {
        for gemeente in [None, Some("Velsen"), Some("Súdwest-Fryslân"), Some("velsen")] {
            for houder in [None, Some(ORG), Some("team"), Some("school")] {
                let vraag = WerkVraag {
                    medewerker: medewerker.map(MedewerkerId::from),
                    gemeente: gemeente.map(str::to_owned),
                    houder: houder.map(OrganisatieId::from),
                    ..werkvraag(ORG, NU)
                };
                let mut verwacht: Vec<_> =
                    geschreven.iter().filter(|(rij, houder)| past(rij, *houder, &vraag)).map(|(rij, _)| rij).collect();
                verwacht.sort_by_key(|rij| {
                    let uiterlijk = rij.termijn_uiterlijk.unwrap_or(Instant(i64::MAX));
                    (!rij.spoed, uiterlijk, Stap::hoogste(&rij.stappen), rij.casus)
                });
                let alles = bladzij_voor_bladzij(&*store, &vraag).await;
                assert_eq!(alles.iter().map(|werk| &werk.rij).collect::<Vec<_>>(), verwacht, "{vraag:?}");
                assert_eq!(store.werk_tellingen(vraag.clone()).await.unwrap(), tel(&verwacht, &vraag), "{vraag:?}");
                houders_kloppen(&alles, &geschreven);
                gezien += alles.len();
                combinaties += 1;
            }
        }
    }
    println!("{combinaties} combinaties van filters, {gezien} rijen vergeleken");
    assert!(combinaties == 48 && gezien > 300, "te weinig om iets te bewijzen: {gezien}");
}

async fn bladzij_voor_bladzij(store: &dyn Store, vraag: &WerkVraag) -> Vec<WerkRij> {
    const BLADZIJ: u32 = 7;
    let mut alles = Vec::new();
    for bladzij in 0.. {
        let vraag = WerkVraag { overslaan: bladzij * BLADZIJ, maximum: BLADZIJ, ..vraag.clone() };
        let deel = store.werkvoorraad(vraag).await.unwrap();
        assert!(deel.len() <= BLADZIJ as usize);
        if deel.is_empty() {
            break;
        }
        alles.extend(deel);
    }
    alles
}

fn houders_kloppen(gezien: &[WerkRij], geschreven: &Geschreven) {
    for werk in gezien {
        let (_, houder) = geschreven.iter().find(|(rij, _)| rij.casus == werk.rij.casus).unwrap();
        assert_eq!(werk.houder, houder.map(OrganisatieId::from));
        assert_eq!(werk.houder_sinds, houder.map(|_| Instant(NU)));
        assert_eq!(werk.straks, None, "er komt niets na de laatste");
    }
}

pub async fn een_gesloten_casus_staat_niet_in_de_werkvoorraad(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let mut bouw = Bouw::nieuw(&*store, 1).await;
    let mut views = bouw.views();
    views.spans = vec![bouw.span(0, 100, Some(200), "school"), bouw.span(1, 200, None, ORG)];
    store.vervang_views(bouw.casus, views.clone()).await.unwrap();
    let open = store.werkvoorraad(werkvraag(ORG, 150)).await.unwrap();
    let wie = |werk: &WerkRij| (werk.houder.clone(), werk.houder_sinds, werk.straks.clone(), werk.straks_op);
    assert_eq!(
        wie(&open[0]),
        (Some("school".into()), Some(Instant(100)), Some(ORG.into()), Some(Instant(200))),
        "wie nu houdt en wie straks"
    );
    let leeg = WerkVraag { maximum: 0, ..werkvraag(ORG, 150) };
    assert!(store.werkvoorraad(leeg).await.unwrap().is_empty(), "een bladzij van nul rijen is leeg");
    views.casus[0].gesloten = true;
    views.casus[0].spoed = true;
    store.vervang_views(bouw.casus, views).await.unwrap();
    assert!(store.werkvoorraad(werkvraag(ORG, 150)).await.unwrap().is_empty());
    assert_eq!(store.werk_tellingen(werkvraag(ORG, 150)).await.unwrap(), WerkTellingen::default());
}

pub async fn de_naam_in_de_werkvoorraad_is_van_de_eigen_organisatie(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let mut bouw = Bouw::nieuw(&*store, 1).await;
    let mut batch = bouw.batch(1);
    let fragment = batch.fragmenten[0].clone();
    let naam = Some(fragment.id);
    batch.views.casus = vec![
        CasusRij { naam, ..bouw.casus_rij(ORG) },
        // A row that points at the fragment of another: nothing of it comes along.
        CasusRij { naam, ..bouw.casus_rij("team") },
        CasusRij { naam: Some(FragmentId(Uuid::from_u128(404))), ..bouw.casus_rij("school") },
    ];
    let sleutel = batch.datasleutels[0].clone();
    store.commit(batch).await.unwrap();
    let naam_van = async |org: &str| store.werkvoorraad(werkvraag(org, 150)).await.unwrap()[0].naam.clone();
    assert_eq!(naam_van(ORG).await, Some((fragment, sleutel)));
    assert_eq!(naam_van("team").await, None);
    assert_eq!(naam_van("school").await, None);
}

pub async fn een_telling_stopt_bij_haar_grens(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    // One casus with a row per organisation cannot fill one worklist, so many casussen: small ones.
    for nummer in 1..=u128::from(TELLING_MAX) + 5 {
        let bouw = Bouw::van(nummer);
        let views = Views { casus: vec![bouw.casus_rij(ORG)], ..Views::default() };
        store.vervang_views(bouw.casus, views).await.unwrap();
    }
    let telling = store.werk_tellingen(werkvraag(ORG, 150)).await.unwrap();
    assert_eq!(telling, WerkTellingen { te_laat: TELLING_MAX, ..WerkTellingen::default() });
}

pub async fn overdrachten_staan_open_eerst_en_nieuwste_eerst(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let mut geschreven = Vec::new();
    for (nummer, stand) in ["open", "geweigerd", "opgeschort", "geaccepteerd", "ingetrokken", "open"].iter().enumerate()
    {
        let mut bouw = Bouw::nieuw(&*store, nummer as u128 + 1).await;
        let mut views = bouw.views();
        let rij = &mut views.overdrachten[0];
        (rij.stand, rij.aangeboden_op) = ((*stand).to_owned(), Instant(50 + (nummer as i64 % 4)));
        rij.gemeente = if nummer < 4 { "Beverwijk" } else { "Velsen" }.to_owned();
        rij.wijze = if nummer == 1 { "telefoon" } else { "overdrachtstafel" }.to_owned();
        (rij.beslist_op, rij.uiterlijk) = ((nummer == 1).then_some(Instant(60)), Some(Instant(70)));
        // The first waits for an answer, the last for who offered it, the others for nobody of these two.
        rij.aan_zet = [Some("team"), None, Some("vt"), None, None, Some(ORG)][nummer].map(OrganisatieId::from);
        rij.zet = rij.aan_zet.is_some().then(|| "gesprek".to_owned());
        rij.per = (nummer == 5).then_some(Instant(90));
        geschreven.push(rij.clone());
        // The same offer in the list of who offered it.
        views.overdrachten.push(OverdrachtRij { organisatie: ORG.into(), ..geschreven[nummer].clone() });
        // And at the table, in that of somebody whose offer it is not.
        views.overdrachten.push(OverdrachtRij { organisatie: "derde".into(), ..geschreven[nummer].clone() });
        store.vervang_views(bouw.casus, views).await.unwrap();
    }
    geschreven.sort_by_key(|rij| {
        let open = rij.stand == "open" || rij.stand == "opgeschort";
        (!open, -rij.aangeboden_op.0, rij.overdracht)
    });
    assert_eq!(store.overdrachten(&"team".into(), 100).await.unwrap(), geschreven);
    assert_eq!(store.overdrachten(&"team".into(), 2).await.unwrap(), geschreven[..2]);
    assert_eq!(store.overdrachten(&ORG.into(), 100).await.unwrap().len(), 6);
    for (organisatie, wachten) in [("team", 1), (ORG, 1), ("derde", 0), ("school", 0)] {
        let geteld = store.wachtende_overdrachten(&organisatie.into()).await.unwrap();
        assert_eq!(geteld, wachten, "{organisatie}: een aanbod wacht op wie aan zet is");
    }
    assert!(store.overdrachten(&"school".into(), 100).await.unwrap().is_empty());
    let tafel = store.tafel("Beverwijk", &"team".into()).await.unwrap();
    let verwacht: Vec<_> =
        geschreven.iter().filter(|rij| rij.gemeente == "Beverwijk" && rij.wijze == "overdrachtstafel").collect();
    assert_eq!(tafel.iter().collect::<Vec<_>>(), verwacht);
    assert!(store.tafel("Beverwijk", &"school".into()).await.unwrap().is_empty());
    assert_eq!(store.tafel("Beverwijk", &"derde".into()).await.unwrap().len(), verwacht.len());
    assert!(store.overdrachten(&"derde".into(), 100).await.unwrap().is_empty());
}

pub async fn een_wekker_rinkelt_een_keer(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let mut bouw = Bouw::nieuw(&*store, 1).await;
    let mut views = bouw.views();
    views.wekkers = vec![bouw.wekker("laat", 300), bouw.wekker("vroeg", 100), bouw.wekker("midden", 200)];
    store.vervang_views(bouw.casus, views.clone()).await.unwrap();
    let sleutels = async |nu: i64, maximum: u32| {
        let wekkers = store.wekkers(Instant(nu), maximum).await.unwrap();
        wekkers.into_iter().map(|wekker| wekker.sleutel).collect::<Vec<_>>()
    };
    assert!(sleutels(99, 10).await.is_empty());
    assert_eq!(sleutels(100, 10).await, ["vroeg"]);
    assert_eq!(sleutels(999, 10).await, ["vroeg", "midden", "laat"]);
    assert_eq!(sleutels(999, 2).await, ["vroeg", "midden"]);
    let taken: Vec<_> = (0..4)
        .map(|_| {
            let (store, wekker) = (Arc::clone(&store), views.wekkers[1].clone());
            tokio::spawn(async move { store.laat_rinkelen(&wekker, Instant(400)).await })
        })
        .collect();
    for taak in taken {
        taak.await.unwrap().unwrap();
    }
    assert_eq!(sleutels(999, 10).await, ["midden", "laat"]);
    // Views that are rebuilt, or moved, do not make it ring again.
    views.wekkers[1].op = Instant(150);
    store.vervang_views(bouw.casus, views.clone()).await.unwrap();
    assert_eq!(sleutels(999, 10).await, ["midden", "laat"]);
    store.laat_rinkelen(&views.wekkers[2], Instant(500)).await.unwrap();
    store.vervang_views(bouw.casus, Views::default()).await.unwrap();
    let signalen = store.signalen(&ORG.into(), 10).await.unwrap();
    let namen: Vec<_> = signalen.iter().map(|signaal| (signaal.sleutel.as_str(), signaal.op.0)).collect();
    assert_eq!(namen, [("midden", 200), ("vroeg", 100)], "nieuwste eerst; wat rinkelde blijft");
    assert_eq!(store.signalen(&ORG.into(), 1).await.unwrap().len(), 1);
    assert!(store.signalen(&"team".into(), 10).await.unwrap().is_empty());
}

pub async fn een_casus_wordt_op_zijn_nummer_gevonden(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    for (id, nummer) in [(3, "Z26-AAAAAAA"), (1, "Z26-BBBBBBB"), (2, "Z26-AAAAAAA")] {
        let mut bouw = Bouw::nieuw(&*store, id).await;
        let mut views = bouw.views();
        // Two organisations have the same casus in their lists.
        views.casus = vec![bouw.casus_rij(ORG), bouw.casus_rij("team")];
        views.casus.iter_mut().for_each(|rij| rij.nummer = nummer.into());
        store.vervang_views(bouw.casus, views).await.unwrap();
    }
    let gevonden = async |nummer: &str| {
        let ids = store.casussen_met_nummer(nummer).await.unwrap();
        ids.into_iter().map(|id| id.0.as_u128()).collect::<Vec<_>>()
    };
    assert_eq!(gevonden("Z26-BBBBBBB").await, [1]);
    assert_eq!(gevonden("Z26-AAAAAAA").await, [2, 3], "een nummer is geen sleutel");
    assert!(gevonden("z26-bbbbbbb").await.is_empty());
    assert!(gevonden("").await.is_empty());
}

pub async fn streams_komen_er_bladzij_voor_bladzij_elk_een_keer_uit(fabriek: &dyn Fabriek) {
    let (store, d) = (fabriek.leeg().await, Dobbelsteen::new(5));
    assert!(store.streams(None, 10).await.unwrap().is_empty());
    assert_eq!(store.aantal_streams().await.unwrap(), 0);
    let mut geschreven = Vec::new();
    for _ in 0..23 {
        let mut bouw = Bouw::nieuw(&*store, d.uuid().as_u128() >> 40).await;
        store.commit(bouw.batch(1 + d.onder(3))).await.unwrap();
        geschreven.push(bouw.casus);
    }
    geschreven.sort();
    assert_eq!(store.aantal_streams().await.unwrap(), geschreven.len() as u64, "elke stroom telt een keer");
    for bladzij in [1, 4, 23, 100] {
        let mut gezien: Vec<CasusId> = Vec::new();
        loop {
            let deel = store.streams(gezien.last().copied(), bladzij).await.unwrap();
            if deel.is_empty() {
                break;
            }
            assert!(deel.len() <= bladzij as usize);
            gezien.extend(deel);
        }
        assert_eq!(gezien, geschreven);
    }
}

pub async fn een_sessie_wordt_bewaard_aangeraakt_en_verwijderd(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let sessie = |token: u8| SessieRij {
        token_hash: vec![token; 32],
        medewerker: "m1".into(),
        organisatie: ORG.into(),
        naam: "Ñoor 👩".into(),
        begonnen_op: Instant(i64::MIN),
        laatst_op: Instant(5),
    };
    assert_eq!(store.sessie(&[1; 32]).await.unwrap(), None);
    store.bewaar_sessie(sessie(1)).await.unwrap();
    store.bewaar_sessie(sessie(2)).await.unwrap();
    assert!(store.bewaar_sessie(sessie(1)).await.is_err(), "een token is van een sessie");
    store.raak_sessie_aan(&[1; 32], Instant(i64::MAX)).await.unwrap();
    let aangeraakt = SessieRij { laatst_op: Instant(i64::MAX), ..sessie(1) };
    assert_eq!(store.sessie(&[1; 32]).await.unwrap(), Some(aangeraakt));
    assert_eq!(store.sessie(&[2; 32]).await.unwrap(), Some(sessie(2)));
    assert_eq!(store.sessie(&[1; 31]).await.unwrap(), None, "een deel van een token is geen token");
    store.verwijder_sessie(&[1; 32]).await.unwrap();
    store.verwijder_sessie(&[1; 32]).await.unwrap();
    store.raak_sessie_aan(&[1; 32], Instant(9)).await.unwrap();
    assert_eq!(store.sessie(&[1; 32]).await.unwrap(), None, "aanraken brengt geen sessie terug");
    assert!(store.sessie(&[2; 32]).await.unwrap().is_some());
}

pub async fn eigen_stromen_staan_op_volgorde_en_alleen_in_de_lijst_van_hun_organisatie_en_soort(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let mut geschreven = Vec::new();
    for (nummer, aan_zet, gesloten, laatst_op) in
        [(1, false, false, 30), (2, true, false, 10), (3, false, true, 99), (4, false, false, 40), (5, true, false, 20)]
    {
        let mut bouw = Bouw::nieuw(&*store, nummer).await;
        let rij = EigenRij { aan_zet, gesloten, laatst_op: Instant(laatst_op), ..bouw.eigen(ORG, "advies") };
        let elders = EigenRij { aan_zet: true, ander: None, medewerker: None, ..bouw.eigen("school", "advies") };
        let mut batch = bouw.batch(1);
        batch.views = Views { eigen: vec![rij.clone(), elders], ..Views::default() };
        store.commit(batch).await.unwrap();
        geschreven.push(rij);
    }
    let lees = async |org: &str, soort: &str, maximum: u32| store.eigen(&org.into(), soort, maximum).await.unwrap();
    let nummers = |rijen: &[EigenRij]| rijen.iter().map(|rij| rij.stroom.0.as_u128()).collect::<Vec<_>>();
    let gezien = lees(ORG, "advies", 10).await;
    assert_eq!(nummers(&gezien), [5, 2, 4, 1, 3], "aan zet, dan open, dan de nieuwste");
    assert!(gezien.iter().all(|rij| geschreven.contains(rij)), "elke kolom komt eruit zoals hij erin ging");
    assert_eq!(nummers(&lees(ORG, "advies", 2).await), [5, 2]);
    assert_eq!(lees("school", "advies", 10).await.len(), 5);
    assert!(lees(ORG, "meldcode", 10).await.is_empty() && lees("team", "advies", 10).await.is_empty());
    assert!(store.werkvoorraad(werkvraag(ORG, 250)).await.unwrap().is_empty(), "geen ervan is een casus");
    let weg = geschreven[4].stroom;
    store.vervang_views(weg, Views::default()).await.unwrap();
    assert_eq!(nummers(&lees(ORG, "advies", 10).await), [2, 4, 1, 3]);
}

pub async fn wie_een_eigen_stroom_van_een_soort_heeft_is_een_keer_genoemd(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    for (nummer, organisatie, soort) in
        [(1, "vt", "wacht"), (2, "crisisdienst", "wacht"), (3, "school", "advies"), (4, "vt", "wacht")]
    {
        let mut bouw = Bouw::nieuw(&*store, nummer).await;
        let rij = bouw.eigen(organisatie, soort);
        let mut batch = bouw.batch(1);
        batch.views = Views { eigen: vec![rij], ..Views::default() };
        store.commit(batch).await.unwrap();
    }
    assert_eq!(store.organisaties_met("wacht").await.unwrap(), ["crisisdienst".into(), "vt".into()]);
    assert!(store.organisaties_met("signaal").await.unwrap().is_empty());
}
