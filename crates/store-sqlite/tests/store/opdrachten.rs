//! Requests to the application on the real store: twice, stale, wrong, and what they leave behind.

use super::steun::Opstelling;
use app::{
    Antwoord, AppFout, Opdracht, Wens,
    contract::{rijen::toestand, steun::t, verhaal::*},
    lezen::CasusVraag,
    opslag::Views,
    poorten::Store,
    wens::*,
};
use domain::{
    gebeurtenis::{BesluitSoort, Openheid},
    ids::{CasusId, CommandId, OrganisatieId},
    weigering::Code,
};
use uuid::Uuid;

const PARTIJEN: [&str; 4] = ["veilig-thuis-kennemerland", "cjg-kennemerland", "socius", "basisschool"];

async fn begonnen() -> (Opstelling, CasusId) {
    let o = Opstelling::nieuw().await;
    let casus = Speler::new(&o.app, &o.klok, 1).speel(&heel_verhaal(IJMOND)).await;
    (o, casus)
}

fn opdracht(nummer: u128, casus: Option<CasusId>, wie: &str, wens: Wens) -> Opdracht {
    let id = CommandId(Uuid::from_u128(nummer));
    Opdracht { id, casus, verwacht: None, actor: actor(wie), gebeurd_op: None, wens }
}

/// Everything that all parties have in the store.
async fn gezien(store: &dyn Store, casus: CasusId) -> Vec<String> {
    let mut delen = Vec::new();
    for partij in PARTIJEN {
        delen.push(toestand(store, casus, partij, CommandId(Uuid::nil())).await);
    }
    delen
}

#[tokio::test]
async fn dezelfde_opdracht_twee_keer_heeft_een_gevolg_en_hetzelfde_antwoord() {
    let o = Opstelling::nieuw().await;
    for (regio, zaad) in [(IJMOND, 1), (NOG, 2)] {
        let mut speler = Speler::new(&o.app, &o.klok, zaad);
        for (nummer, (uren, wie, wens)) in heel_verhaal(regio).iter().enumerate() {
            o.klok.vooruit(*uren);
            let vraag = speler.opdracht(nummer, wie, wens);
            let eerste = speler.stap(nummer, wie, wens).await.unwrap();
            assert!(matches!(eerste, Antwoord::Gedaan(_)), "{} {eerste:?}", wens.naam());
            let casus = speler.casus.unwrap();
            let voor = (o.store.laad(casus).await.unwrap(), gezien(&*o.store, casus).await);
            o.klok.vooruit(1);
            assert_eq!(o.app.voer_uit(&vraag).await.unwrap(), eerste);
            assert!((o.store.laad(casus).await.unwrap(), gezien(&*o.store, casus).await) == voor, "{}", wens.naam());
            let anders = Opdracht { casus: Some(casus), gebeurd_op: Some(t("2026-03-02 12:00")), ..vraag };
            let antwoord = o.app.voer_uit(&anders).await;
            assert!(matches!(antwoord, Err(AppFout::OpdrachtHergebruikt)), "{} {antwoord:?}", wens.naam());
            let vreemd = Opdracht { actor: actor("een-buitenstaander"), ..anders };
            let antwoord = o.app.voer_uit(&vreemd).await;
            assert!(matches!(antwoord, Err(AppFout::NietGevonden)), "een vreemde hoort niets: {antwoord:?}");
        }
    }
}

#[tokio::test]
async fn een_achterhaalde_versie_geeft_een_conflict_met_alleen_wat_die_organisatie_mag_weten() {
    let (o, casus) = begonnen().await;
    let vraag = |nummer, wie, verwacht| {
        let wens = Wens::WijsMedewerkerToe(ToewijsWens::default());
        Opdracht { verwacht: Some(verwacht), ..opdracht(nummer, Some(casus), wie, wens) }
    };
    let versie = o.store.laad(casus).await.unwrap().last().unwrap().versie;
    let mut gezien = Vec::new();
    for ((nummer, versie), wie) in (900..).zip(versie..).zip([IJMOND.vt, "basisschool", "cjg-kennemerland"]) {
        let Antwoord::Conflict(conflict) = o.app.voer_uit(&vraag(nummer, wie, 1)).await.unwrap() else {
            panic!("{wie} had een conflict moeten krijgen")
        };
        assert_eq!(conflict.versie, versie);
        gezien.push(conflict.veranderd.iter().map(|v| v.soort.clone()).collect::<Vec<_>>());
        let antwoord = o.app.voer_uit(&vraag(nummer, wie, versie)).await.unwrap();
        assert!(matches!(antwoord, Antwoord::Gedaan(_)), "met de goede versie gaat het: {antwoord:?}");
    }
    let [vt, school, team] = gezien.as_slice() else { panic!("drie") };
    assert!(vt.len() > team.len() && team.len() > school.len() && !school.is_empty(), "{gezien:?}");
    for verboden in ["criteria-beantwoord", "vervolg-besloten", "overdracht-aangeboden", "overdracht-geweigerd"] {
        assert!(
            vt.iter().any(|soort| soort == verboden) && !school.iter().any(|soort| soort == verboden),
            "{verboden}"
        );
    }
    assert!(
        !team.iter().any(|soort| soort == "overdracht-geweigerd"),
        "de weigering door een ander gaat dit team niet aan"
    );
}

#[tokio::test]
async fn een_onbekende_gemeente_en_een_onbekende_partij_worden_bij_naam_genoemd() {
    let (o, casus) = begonnen().await;
    let voor = gezien(&*o.store, casus).await;
    let in_gemeente = |gemeente: &str| {
        Wens::Meld(Box::new(MeldWens { gemeente: gemeente.into(), ..melding(IJMOND, Openheid::Open) }))
    };
    for (nummer, (waar, wie)) in (800..).zip([(None, "basisschool"), (Some(casus), IJMOND.vt)]) {
        let antwoord = o.app.voer_uit(&opdracht(nummer, waar, wie, in_gemeente("Atlantis bij de dijk"))).await;
        let Err(AppFout::Ongeldig(fouten)) = antwoord else { panic!("{antwoord:?}") };
        assert!(fouten[0].veld == "gemeente" && fouten[0].melding.contains("Atlantis"), "{fouten:?}");
    }
    let antwoord = o.app.voer_uit(&opdracht(810, Some(casus), IJMOND.vt, aanbod(IJMOND, "niemand-bv"))).await.unwrap();
    let Antwoord::Geweigerd(weigering) = antwoord else { panic!("{antwoord:?}") };
    let redenen = std::iter::once(&weigering.reden).chain(&weigering.ook);
    assert!(
        redenen.clone().any(|r| r.code == Code::NietInTakenpakket && r.ontbreekt == ["niemand-bv"]),
        "{weigering:?}"
    );
    let nergens = opdracht(811, Some(CasusId(Uuid::from_u128(404))), IJMOND.vt, gesprek());
    assert!(matches!(o.app.voer_uit(&nergens).await, Err(AppFout::NietGevonden)));
    assert!(gezien(&*o.store, casus).await == voor);
}

#[tokio::test]
async fn wat_te_lang_is_of_geen_code_is_komt_terug_als_fout_bij_het_veld() {
    let o = Opstelling::nieuw().await;
    let lang = || Some("é".repeat(TEKST_TEKENS_MAX + 1));
    let basis = || melding(IJMOND, Openheid::Open);
    let met_melder = |verander: &dyn Fn(&mut MelderWens)| {
        let mut wens = basis();
        verander(&mut wens.melder);
        wens
    };
    let mut te_lange_naam = basis();
    te_lange_naam.huishouden[0].naam = lang();
    let gevallen = [
        ("van_anderen", MeldWens { van_anderen: lang(), ..basis() }),
        ("inschatting", MeldWens { inschatting: lang(), ..basis() }),
        ("eigen_hulp", MeldWens { eigen_hulp: lang(), ..basis() }),
        ("adres", MeldWens { adres: lang(), ..basis() }),
        ("huishoudnaam", MeldWens { huishoudnaam: lang(), ..basis() }),
        ("huishouden", te_lange_naam),
        ("melder", met_melder(&|melder| melder.naam = lang())),
        ("melder", met_melder(&|melder| melder.beroepsgroep = Some("juf Anja van groep 3".into()))),
        ("melder", met_melder(&|melder| melder.organisatie = Some("een andere school".into()))),
        ("melder", met_melder(&|melder| melder.organisatie = Some("andere-school".into()))),
    ];
    for (nummer, (veld, wens)) in (1..).zip(gevallen) {
        let antwoord = o.app.voer_uit(&opdracht(nummer, None, "basisschool", Wens::Meld(Box::new(wens)))).await;
        let Err(AppFout::Ongeldig(fouten)) = antwoord else { panic!("{veld}: {antwoord:?}") };
        assert_eq!(fouten[0].veld, veld);
    }
    let precies = MeldWens { van_anderen: Some("é".repeat(TEKST_TEKENS_MAX)), ..basis() };
    let antwoord = o.app.voer_uit(&opdracht(99, None, "basisschool", Wens::Meld(Box::new(precies)))).await;
    assert!(matches!(antwoord, Ok(Antwoord::Gedaan(_))), "de grens zelf mag: {antwoord:?}");
    // At intake Veilig Thuis records for whoever called.
    let namens = Wens::Meld(Box::new(met_melder(&|melder| melder.organisatie = Some("andere-school".into()))));
    assert!(matches!(o.app.voer_uit(&opdracht(100, None, IJMOND.vt, namens)).await, Ok(Antwoord::Gedaan(_))));
}

#[tokio::test]
async fn herbouwde_views_zijn_de_geschreven_views() {
    let o = Opstelling::nieuw().await;
    for (regio, zaad) in [(IJMOND, 1), (NOG, 2)] {
        let casus = Speler::new(&o.app, &o.klok, zaad).speel(&heel_verhaal(regio)).await;
        let voor = gezien(&*o.store, casus).await;
        o.app.herbouw_views(casus).await.unwrap();
        assert!(gezien(&*o.store, casus).await == voor);
        o.store.vervang_views(casus, Views::default()).await.unwrap();
        assert!(gezien(&*o.store, casus).await != voor, "de vergelijking ziet een verschil");
        o.app.herbouw_views(casus).await.unwrap();
        assert!(gezien(&*o.store, casus).await == voor);
    }
}

#[tokio::test]
async fn na_een_herstart_is_alles_er_nog() {
    let (o, casus) = begonnen().await;
    let vraag = CasusVraag { casus, stand: None, bekend_op: None };
    let voor = gezien(&*o.store, casus).await;
    let stukken = o.app.casus(&actor(IJMOND.vt), vraag).await.unwrap().stukken;
    let o = o.herstart("sleutels").await;
    assert!(gezien(&*o.store, casus).await == voor);
    assert_eq!(o.app.casus(&actor(IJMOND.vt), vraag).await.unwrap().stukken, stukken);
    assert!(stukken.len() > 20);
    let antwoord = o.app.voer_uit(&opdracht(77, Some(casus), IJMOND.vt, gesprek())).await;
    assert!(matches!(antwoord, Ok(Antwoord::Gedaan(_))));
}

#[tokio::test]
async fn twee_meldingen_kunnen_op_hetzelfde_moment_zijn_ontvangen() {
    let o = Opstelling::nieuw().await;
    let wens = Wens::Meld(Box::new(MeldWens {
        ontvangen_op: Some("2026-03-02 09:15".into()),
        spoed: true,
        ..melding(IJMOND, Openheid::Open)
    }));
    let Ok(Antwoord::Gedaan(eerste)) = o.app.voer_uit(&opdracht(1, None, IJMOND.vt, wens.clone())).await else {
        panic!("de eerste")
    };
    let antwoord = o.app.voer_uit(&opdracht(2, Some(eerste.casus), IJMOND.vt, wens)).await;
    assert!(matches!(antwoord, Ok(Antwoord::Gedaan(_))), "{antwoord:?}");
    o.klok.vooruit(24 * 30);
    let gerinkeld = app::jobs::wek(&o.app).await.unwrap();
    assert_eq!(app::jobs::wek(&o.app).await.unwrap(), 0, "elk rinkelt een keer");
    assert!(gerinkeld >= 6, "beide meldingen rinkelen: {gerinkeld}");
}

#[tokio::test]
async fn hetzelfde_opdrachtnummer_in_twee_casussen_is_twee_opdrachten() {
    let o = Opstelling::nieuw().await;
    let stappen: Vec<_> = heel_verhaal(IJMOND).into_iter().take(5).collect();
    let mut casussen = Vec::new();
    for zaad in [1, 2] {
        casussen.push(Speler::new(&o.app, &o.klok, zaad).speel(&stappen).await);
    }
    for casus in &casussen {
        let antwoord = o.app.voer_uit(&opdracht(50, Some(*casus), IJMOND.vt, aanbod(IJMOND, "socius"))).await;
        assert!(matches!(antwoord, Ok(Antwoord::Gedaan(_))), "{antwoord:?}");
    }
    assert_eq!(o.store.overdrachten(&"socius".into(), 10).await.unwrap().len(), 2);
}

#[tokio::test]
async fn de_ontvanger_krijgt_van_elk_gegeven_het_nieuwste() {
    for zaad in 1..=6 {
        let o = Opstelling::nieuw().await;
        let eerste = (0, "basisschool", Wens::Meld(Box::new(melding(IJMOND, Openheid::Open))));
        let verhuisd = MeldWens {
            adres: Some("Nieuwe Kade 2".into()),
            huishoudnaam: Some("De Wit".into()),
            ..melding(IJMOND, Openheid::Open)
        };
        let mut stappen = vec![eerste, (1, IJMOND.vt, Wens::Meld(Box::new(verhuisd)))];
        for _ in 0..2 {
            stappen.extend([
                (1, IJMOND.vt, beoordeling()),
                (1, IJMOND.vt, gesprek()),
                (1, IJMOND.vt, besluit(BesluitSoort::DirecteOverdracht)),
            ]);
        }
        stappen.push((1, IJMOND.vt, aanbod(IJMOND, "socius")));
        let casus = Speler::new(&o.app, &o.klok, zaad).speel(&stappen).await;
        let beeld = o.app.casus(&actor("socius"), CasusVraag { casus, stand: None, bekend_op: None }).await.unwrap();
        assert_eq!(beeld.adres.as_deref(), Some("Nieuwe Kade 2"));
        assert_eq!(beeld.huishoudnaam.as_deref(), Some("De Wit"));
        assert!(!beeld.stukken.iter().any(|stuk| stuk.inhoud == "Dorpsstraat 1"), "het oude adres gaat niet mee");
    }
}

#[tokio::test]
async fn een_casus_houdt_zijn_nummer_ook_als_een_latere_melding_eerder_was_ontvangen() {
    let o = Opstelling::nieuw().await;
    o.klok.zet(t("2026-01-02 10:00"));
    let vraag = opdracht(1, None, "basisschool", Wens::Meld(Box::new(melding(IJMOND, Openheid::Open))));
    let eerste = o.app.voer_uit(&vraag).await.unwrap();
    let Antwoord::Gedaan(gedaan) = &eerste else { panic!("{eerste:?}") };
    let vorig_jaar = MeldWens { ontvangen_op: Some("2025-12-31 23:00".into()), ..melding(IJMOND, Openheid::Open) };
    let tweede = opdracht(2, Some(gedaan.casus), IJMOND.vt, Wens::Meld(Box::new(vorig_jaar)));
    let Ok(Antwoord::Gedaan(tweede)) = o.app.voer_uit(&tweede).await else { panic!("de tweede melding") };
    assert_eq!(tweede.nummer, gedaan.nummer);
    assert_eq!(o.app.voer_uit(&vraag).await.unwrap(), eerste);
    let rij = &o.app.werkblad(&actor(IJMOND.vt), o.app.werkvraag(&actor(IJMOND.vt))).await.unwrap().rijen[0];
    assert_eq!(rij.rij.rij.nummer, gedaan.nummer);
}

#[tokio::test]
async fn terugkijken_geeft_niemand_meer_te_zien_dan_nu() {
    let o = Opstelling::nieuw().await;
    // The team reported openly, was offered the casus, and refused: it is a reporter again.
    let van_team = MeldWens {
        melder: MelderWens { organisatie: Some("socius".into()), ..melding(IJMOND, Openheid::Open).melder },
        ..melding(IJMOND, Openheid::Open)
    };
    let mut stappen: Vec<_> = heel_verhaal(IJMOND).into_iter().take(6).collect();
    stappen[0] = (0, "socius", Wens::Meld(Box::new(van_team)));
    let mut speler = Speler::new(&o.app, &o.klok, 1);
    let casus = speler.speel(&stappen).await;
    let toen = app::poorten::Klok::nu(&o.klok);
    let soorten = async |stand| {
        let beeld = o.app.casus(&actor("socius"), CasusVraag { casus, stand, bekend_op: None }).await.unwrap();
        beeld.geschiedenis.iter().map(|regel| regel.soort.clone()).collect::<Vec<_>>()
    };
    assert!(soorten(None).await.contains(&"criteria-beantwoord".to_owned()), "zolang het aanbod staat");
    o.klok.vooruit(1);
    speler.stap(6, "socius", &weigering()).await.unwrap();
    let (nu, terug) = (soorten(None).await, soorten(Some(toen)).await);
    assert!(!nu.contains(&"criteria-beantwoord".to_owned()), "{nu:?}");
    assert!(terug.iter().all(|soort| nu.contains(soort)), "terugkijkend {terug:?}, nu {nu:?}");
}

#[test]
fn de_partijen_zijn_die_van_de_regio() {
    let van_regio = [IJMOND.vt, IJMOND.teams[0], IJMOND.teams[1], IJMOND.school].map(OrganisatieId::from);
    assert_eq!(van_regio, PARTIJEN.map(OrganisatieId::from));
}

#[tokio::test]
async fn wie_mee_aan_tafel_zit_ziet_het_nummer_tot_er_een_antwoord_is_en_geen_naam() {
    let o = Opstelling::nieuw().await;
    let stappen: Vec<_> = heel_verhaal(IJMOND).into_iter().take(6).collect();
    let mut speler = Speler::new(&o.app, &o.klok, 9);
    let casus = speler.speel(&stappen).await;
    let (eigen, ander) = (actor("socius"), actor("cjg-kennemerland"));
    let eigen_rij = &o.app.tafel(&eigen, "Beverwijk").await.unwrap()[0];
    assert!(eigen_rij.huishoudnaam.is_some());
    let aan_tafel = o.app.tafel(&ander, "Beverwijk").await.unwrap();
    assert_eq!(aan_tafel.len(), 1);
    assert_eq!((&aan_tafel[0].rij.nummer, &aan_tafel[0].huishoudnaam), (&eigen_rij.rij.nummer, &None));
    assert!(o.app.overdrachten(&ander, 10).await.unwrap().is_empty());
    let vraag = CasusVraag { casus, stand: None, bekend_op: None };
    assert!(matches!(o.app.casus(&ander, vraag).await, Err(AppFout::NietGevonden)));
    let antwoord = speler.stap(7, "socius", &weigering()).await.unwrap();
    assert!(matches!(antwoord, Antwoord::Gedaan(_)), "{antwoord:?}");
    assert!(o.app.tafel(&ander, "Beverwijk").await.unwrap().is_empty());
}
