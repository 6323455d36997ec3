//! Files through the application: byte for byte back for who keeps them, and for nobody else; on disk only ciphertext.

use super::{
    Fabriek,
    steun::{Proefklok, app_op},
    verhaal::{IJMOND, Speler, actor, heel_verhaal, melding},
};
use crate::{
    Antwoord, App, AppFout, Wens,
    bijlagen::{BIJLAGE_BYTES_MAX, Inhoud},
    lezen::{CasusBeeld, CasusVraag},
    poorten::Store,
    verzegel::Onderwerp,
    wens::{BestandWens, BijlagenWens},
};
use domain::{gebeurtenis::Openheid, ids::CasusId};
use std::{collections::BTreeSet, sync::Arc};

/// Occurs nowhere else.
const KANARIE: &str = "Kanarie-in-een-bestand-Qzx";

fn bijlagen(soort: &str, bestanden: &[(&str, Vec<u8>)]) -> Wens {
    let bestand =
        |(naam, bytes): &(&str, Vec<u8>)| BestandWens { naam: (*naam).to_owned(), inhoud: Inhoud::from(bytes.clone()) };
    Wens::VoegBijlagenToe(BijlagenWens {
        soort: Some(soort.to_owned()),
        bestanden: bestanden.iter().map(bestand).collect(),
        toelichting: Some("Erbij gedaan.".to_owned()),
    })
}

/// Every byte there is, behind the beginning of a pdf.
fn pdf(aantal: usize) -> Vec<u8> {
    let begin = format!("%PDF-1.7 {KANARIE} ").into_bytes();
    begin.into_iter().chain((0..=u8::MAX).cycle()).take(aantal).collect()
}

async fn kijk(app: &App, casus: CasusId, wie: &str) -> Result<CasusBeeld, AppFout> {
    app.casus(&actor(wie), CasusVraag { casus, stand: None, bekend_op: None }).await
}

/// The names and contents of the files that an organisation can read.
async fn leesbaar(app: &App, casus: CasusId, wie: &str) -> Vec<(String, Vec<u8>)> {
    let beeld = kijk(app, casus, wie).await.unwrap();
    let mut alle = Vec::new();
    for bijlage in app.bijlagen(&beeld) {
        let (bijlage, bytes) = app.bijlage(&actor(wie), &beeld, bijlage.id).await.unwrap();
        alle.push((bijlage.gegevens.naam, bytes));
    }
    alle
}

/// Reported by a school, which adds two files; and what Veilig Thuis keeps for itself.
async fn met_bijlagen(store: Arc<dyn Store>, klok: &Proefklok) -> (App, CasusId) {
    let app = app_op(store, klok, 5).await;
    let mut speler = Speler::new(&app, klok, 1);
    let stappen = [
        (0, IJMOND.school, Wens::Meld(Box::new(melding(IJMOND, Openheid::Open)))),
        (1, IJMOND.school, bijlagen("verslag", &[("map\\Verslag Sam.pdf", pdf(70_000)), ("leeg.txt", b"x".to_vec())])),
        (1, IJMOND.vt, bijlagen("brief", &[("Brief.pdf", pdf(300))])),
    ];
    let casus = speler.speel(&stappen).await;
    (app, casus)
}

pub async fn een_bestand_komt_byte_voor_byte_terug_bij_wie_het_bewaart_en_bij_niemand_anders(fabriek: &dyn Fabriek) {
    let klok = Proefklok::default();
    let (app, casus) = met_bijlagen(fabriek.leeg().await, &klok).await;
    let van_school = [("Verslag Sam.pdf".to_owned(), pdf(70_000)), ("leeg.txt".to_owned(), b"x".to_vec())];
    assert_eq!(leesbaar(&app, casus, IJMOND.school).await, van_school);
    let van_vt = [van_school.as_slice(), &[("Brief.pdf".to_owned(), pdf(300))]].concat();
    assert_eq!(leesbaar(&app, casus, IJMOND.vt).await, van_vt);
    // What Veilig Thuis keeps does not exist for the school, and nothing exists for who does not know the casus.
    let (van_vt, school) =
        (kijk(&app, casus, IJMOND.vt).await.unwrap(), kijk(&app, casus, IJMOND.school).await.unwrap());
    let brief = app.bijlagen(&van_vt).last().unwrap().id;
    let niet = app.bijlage(&actor(IJMOND.school), &school, brief).await;
    assert!(matches!(niet, Err(AppFout::NietGevonden)), "{niet:?}");
    let regels = app.store().toegang_van(casus, &IJMOND.school.into()).await.unwrap();
    let laatste = &regels.first().unwrap().regel;
    assert_eq!((&*laatste.handeling, &*laatste.uitkomst), ("bekijk-bijlage", "niet-gevonden"));
    assert!(kijk(&app, casus, IJMOND.teams[0]).await.is_err());
}

pub async fn van_een_bestand_staat_geen_letter_leesbaar_in_de_rijen(fabriek: &dyn Fabriek) {
    let klok = Proefklok::default();
    let store = fabriek.leeg().await;
    let (app, casus) = met_bijlagen(Arc::clone(&store), &klok).await;
    let bevat = |bytes: &[u8], tekst: &str| bytes.windows(tekst.len()).any(|deel| deel == tekst.as_bytes());
    let mut eigen_sleutels = BTreeSet::new();
    for wie in [IJMOND.vt, IJMOND.school] {
        let sleutels = store.datasleutels(casus, &wie.into()).await.unwrap();
        for bijlage in app.bijlagen(&kijk(&app, casus, wie).await.unwrap()) {
            let onderwerp = Onderwerp::Bijlage(bijlage.id).als_tekst();
            let rij = store.bijlage(casus, &wie.into(), &onderwerp).await.unwrap().unwrap();
            assert!(!bevat(&rij.verzegeld, KANARIE) && !bevat(&rij.verzegeld, "%PDF"), "{wie}");
            let sleutel = sleutels.iter().find(|sleutel| sleutel.onderwerp == onderwerp).unwrap();
            eigen_sleutels.insert(sleutel.verpakt.clone());
            // The planted fault: the same look finds it in what is not sealed.
            let open = app.verzegelaar().open_bytes(&*store, &rij, sleutel).await.unwrap();
            assert!(open == b"x" || bevat(&open, KANARIE) && bevat(&open, "%PDF"), "{wie}");
        }
        for rij in store.fragmenten(casus, &wie.into()).await.unwrap() {
            assert!(!bevat(&rij.verzegeld, "Verslag") && !bevat(&rij.verzegeld, "pdf"), "{wie} {}", rij.soort);
        }
    }
    assert_eq!(eigen_sleutels.len(), 5, "elk bestand heeft bij elk die het bewaart een eigen sleutel");
    // In the events stands that there are files, of which kind, and to which bytes they commit.
    let events: Vec<_> = store.laad(casus).await.unwrap().into_iter().map(|event| event.body).collect();
    assert!(events.iter().any(|body| bevat(body, r#""bijlage_soort":"verslag""#)));
    for geheim in ["Sam", "pdf", "70000", KANARIE] {
        assert!(!events.iter().any(|body| bevat(body, geheim)), "{geheim}");
    }
}

pub async fn een_bestand_mag_zo_groot_zijn_als_het_mag_en_niet_groter(fabriek: &dyn Fabriek) {
    let klok = Proefklok::default();
    let (app, casus) = met_bijlagen(fabriek.leeg().await, &klok).await;
    let mut speler = Speler { casus: Some(casus), ..Speler::new(&app, &klok, 2) };
    let precies = pdf(BIJLAGE_BYTES_MAX);
    let gedaan = speler.stap(1, IJMOND.vt, &bijlagen("anders", &[("groot.pdf", precies.clone())])).await;
    assert!(matches!(gedaan, Ok(Antwoord::Gedaan(_))), "{gedaan:?}");
    let (naam, bytes) = leesbaar(&app, casus, IJMOND.vt).await.pop().unwrap();
    assert!(naam == "groot.pdf" && bytes == precies);
    for (soort, bestanden) in [
        ("anders", vec![("groot.pdf", pdf(BIJLAGE_BYTES_MAX + 1))]),
        ("anders", vec![("programma.pdf", b"MZ\x90\0".to_vec())]),
        ("anders", vec![("leeg.pdf", Vec::new())]),
        ("anders", vec![("goed.pdf", pdf(100)), ("fout.pdf", b"\0".to_vec())]),
        ("anders", vec![("een.pdf", pdf(100)); 11]),
        ("anders", Vec::new()),
        ("geen soort!", vec![("een.pdf", pdf(100))]),
    ] {
        let fout = speler.stap(2, IJMOND.vt, &bijlagen(soort, &bestanden)).await;
        assert!(matches!(fout, Err(AppFout::Ongeldig(_))), "{soort}: {fout:?}");
    }
    assert_eq!(leesbaar(&app, casus, IJMOND.vt).await.len(), 4, "van wat niet kan, blijft niets");
}

pub async fn dezelfde_opdracht_met_een_ander_bestand_is_een_vergissing(fabriek: &dyn Fabriek) {
    let klok = Proefklok::default();
    let (app, casus) = met_bijlagen(fabriek.leeg().await, &klok).await;
    let mut speler = Speler { casus: Some(casus), ..Speler::new(&app, &klok, 2) };
    let eerste = bijlagen("foto", &[("een.pdf", pdf(200))]);
    for _ in 0..2 {
        let gedaan = speler.stap(1, IJMOND.vt, &eerste).await;
        assert!(matches!(gedaan, Ok(Antwoord::Gedaan(_))), "{gedaan:?}");
    }
    let anders = speler.stap(1, IJMOND.vt, &bijlagen("foto", &[("een.pdf", pdf(201))])).await;
    assert!(matches!(anders, Err(AppFout::OpdrachtHergebruikt)), "{anders:?}");
    assert_eq!(leesbaar(&app, casus, IJMOND.vt).await.len(), 4);
}

/// What a team in whose dossier something stands adds, stays there when the casus is offered on.
pub async fn bij_een_overdracht_gaan_bestanden_niet_vanzelf_mee(fabriek: &dyn Fabriek) {
    let klok = Proefklok::default();
    let app = app_op(fabriek.leeg().await, &klok, 5).await;
    let mut speler = Speler::new(&app, &klok, 1);
    let mut stappen = heel_verhaal(IJMOND);
    stappen.insert(1, (0, IJMOND.school, bijlagen("verslag", &[("Verslag.pdf", pdf(500))])));
    let casus = speler.speel(&stappen).await;
    let [team, geweigerd] = IJMOND.teams;
    assert_eq!(leesbaar(&app, casus, IJMOND.vt).await.len(), 1);
    assert!(leesbaar(&app, casus, team).await.is_empty());
    let eigen = speler.stap(100, team, &bijlagen("verslag", &[("Eigen verslag.pdf", pdf(500))])).await;
    assert!(matches!(eigen, Ok(Antwoord::Gedaan(_))), "{eigen:?}");
    assert_eq!(leesbaar(&app, casus, team).await, [("Eigen verslag.pdf".to_owned(), pdf(500))]);
    assert_eq!(leesbaar(&app, casus, IJMOND.vt).await.len(), 1);
    // Who refused the offer does not know the casus any more.
    let buiten = speler.stap(101, geweigerd, &bijlagen("verslag", &[("Verslag.pdf", pdf(500))])).await;
    assert!(matches!(buiten, Err(AppFout::NietGevonden)), "{buiten:?}");
}
