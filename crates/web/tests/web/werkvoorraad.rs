//! No quiet corner: the row of the worklist says what an organisation must do next or for whom it waits, and so do the
//! list of handovers and the page of an offer, on both sides.

use super::{
    formulieren::{bied_aan, spreek_warm},
    steun::*,
    tegenvoorstel::aangeboden,
};

/// The row of a casus in the worklist of somebody.
async fn rij(p: &mut TestApp, account: &str, casus: &str) -> String {
    let html = p.lees(account, "/werkvoorraad").await.html;
    let rijen = html.split(r#"<tr role="row" class="work__row"#).skip(1);
    let eigen = rijen.map(|rij| rij.split_once("</tr>").unwrap().0).find(|rij| rij.contains(casus));
    tekst(eigen.unwrap_or_else(|| panic!("{account} heeft deze casus niet in de werkvoorraad")))
}

/// A part of the list of handovers, by the id of its heading.
async fn overdrachten(p: &mut TestApp, account: &str, deel: &str) -> String {
    let html = p.lees(account, "/overdrachten").await.html;
    let deel = html.split_once(&format!(r#"id="{deel}""#)).unwrap().1;
    tekst(deel.split_once("</section>").unwrap().0)
}

#[tokio::test]
async fn een_tegenvoorstel_staat_bij_wie_ermee_akkoord_moet_gaan() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = aangeboden(&mut p).await;
    let voor = rij(&mut p, CJG, &casus).await;
    assert!(voor.contains("Overdracht beantwoorden"), "{voor}");
    p.doe(CJG, &casus, "doe-tegenvoorstel", &[("per", "2026-03-10"), ("reden", "Wij zijn vol.")]).await;

    let vt = rij(&mut p, VT, &casus).await;
    assert!(vt.contains("Tegenvoorstel van CJG Kennemerland beantwoorden: vanaf di 10 maart 2026"), "{vt}");
    let cjg = rij(&mut p, CJG, &casus).await;
    assert!(cjg.contains("Wacht op Veilig Thuis Kennemerland, sinds vandaag"), "{cjg}");
    assert!(!cjg.contains("Overdracht beantwoorden"), "{cjg}");

    let vt = overdrachten(&mut p, VT, "te-beantwoorden").await;
    assert!(vt.contains("Tegenvoorstel van CJG Kennemerland: niet nu, maar vanaf di 10 maart 2026"), "{vt}");
    assert!(vt.contains("U bent aan zet"), "{vt}");
    let cjg = overdrachten(&mut p, CJG, "wacht").await;
    assert!(cjg.contains("Wacht op Veilig Thuis Kennemerland") && cjg.contains("vanaf di 10 maart 2026"), "{cjg}");

    let vt = p.overdracht(VT, &casus).await;
    assert!(vt.contains("niet nu, maar vanaf di 10 maart 2026. Reden: Wij zijn vol."), "{vt}");
    assert!(vt.contains("U bent aan zet") && vt.contains("Akkoord met de latere dag"), "{vt}");
    let cjg = p.overdracht(CJG, &casus).await;
    assert!(cjg.contains("U stelde voor: niet nu, maar vanaf di 10 maart 2026"), "{cjg}");
    assert!(cjg.contains("Wacht op Veilig Thuis Kennemerland") && !cjg.contains("Akkoord met de latere dag"), "{cjg}");

    p.doe(VT, &casus, "aanvaard-tegenvoorstel", &[]).await;
    let vt = rij(&mut p, VT, &casus).await;
    assert!(vt.contains("CJG Kennemerland neemt het over vanaf di 10 maart 2026, zoals afgesproken"), "{vt}");
    let cjg = rij(&mut p, CJG, &casus).await;
    assert!(cjg.contains("Overdracht accepteren vanaf di 10 maart 2026, zoals afgesproken"), "{cjg}");
    p.later("2026-03-10 09:00");
    let cjg = rij(&mut p, CJG, &casus).await;
    assert!(cjg.contains("Overdracht accepteren: de afgesproken dag is er"), "{cjg}");
}

#[tokio::test]
async fn een_aanbod_zonder_antwoord_zegt_op_wie_het_wacht_en_hoe_lang_al() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = aangeboden(&mut p).await;
    p.later("2026-03-22 10:00");
    let vt = rij(&mut p, VT, &casus).await;
    assert!(vt.contains("Wacht op CJG Kennemerland, al 20 dagen"), "{vt}");
    let cjg = rij(&mut p, CJG, &casus).await;
    assert!(cjg.contains("Overdracht beantwoorden") && !cjg.contains("Wacht op"), "{cjg}");
    let vt = overdrachten(&mut p, VT, "wacht").await;
    assert!(vt.contains("Geen antwoord, al 20 dagen."), "{vt}");
    let cjg = overdrachten(&mut p, CJG, "te-beantwoorden").await;
    assert!(cjg.contains("U bent aan zet"), "{cjg}");
}

#[tokio::test]
async fn na_het_besluit_zegt_de_rij_dat_een_dienst_moet_beginnen() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.meld("Beverwijk", "Zonder jas.").await;
    p.doe(VT, &casus, "rond-beoordeling-af", &[("taxatie", "structurele-onveiligheid")]).await;
    let vt = rij(&mut p, VT, &casus).await;
    assert!(vt.contains("Beslissen wat er na de beoordeling gebeurt"), "{vt}");
    p.besluit_vervolg(VT, &casus).await;
    let vt = rij(&mut p, VT, &casus).await;
    assert!(vt.contains("Dienst starten: Voorwaarden en Vervolg of Onderzoek"), "{vt}");
    let school = rij(&mut p, SCHOOL, &casus).await;
    assert!(school.contains("Uw melding wordt behandeld") && !school.contains("Dienst"), "{school}");

    let klaar = p.na_dienst(VT, "Velsen", "Nog eens.").await;
    let vt = rij(&mut p, VT, &klaar).await;
    assert!(vt.contains("Voorwaarden en Vervolg is klaar: overdragen of sluiten"), "{vt}");
    assert!(!vt.contains("Dienst starten"), "{vt}");
}

#[tokio::test]
async fn een_plicht_zonder_termijn_komt_na_de_beoordeling_in_de_plaats_van_kijk_direct() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.meld_met_spoed("Dordrecht", "Zonder jas.").await;
    let vt = rij(&mut p, VT_ZHZ, &casus).await;
    assert!(vt.contains("Melding met spoed: kijk direct"), "{vt}");
    p.doe(VT_ZHZ, &casus, "erken-spoed", &[]).await;
    p.doe(VT_ZHZ, &casus, "rond-beoordeling-af", &[("taxatie", "acute-onveiligheid")]).await;
    let vt = rij(&mut p, VT_ZHZ, &casus).await;
    assert!(vt.contains("Spoed") && !vt.contains("kijk direct"), "{vt}");
    assert!(vt.contains("De Raad voor de Kinderbescherming inlichten"), "{vt}");
    let school = rij(&mut p, SCHOOL, &casus).await;
    assert!(!school.contains("Raad"), "{school}");
    let html = p.lees(VT_ZHZ, &format!("/casussen/{casus}")).await.html;
    let sleutel = html.split_once("leg-plicht-vast?plicht=").unwrap().1.split_once('"').unwrap().0.to_owned();
    let pad = format!("/casussen/{casus}/doe/leg-plicht-vast?plicht={sleutel}");
    let velden = p.lees(VT_ZHZ, &pad).await.html;
    assert!(velden.contains("gedaan"), "{}", tekst(&velden));
    p.doe(VT_ZHZ, &casus, "leg-plicht-vast", &[("plicht", sleutel.as_str()), ("gedaan", "ja")]).await;
    let vt = rij(&mut p, VT_ZHZ, &casus).await;
    assert!(!vt.contains("Raad voor de Kinderbescherming inlichten"), "{vt}");
}

#[tokio::test]
async fn waar_eerst_een_gesprek_moet_zijn_is_wie_aanbood_aan_zet() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.na_dienst(VT_NOG, "Winterswijk", "Zonder jas.").await;
    bied_aan(&mut p, VT_NOG, &casus, TEAM_NOG, &[], &[]).await;
    let vt = rij(&mut p, VT_NOG, &casus).await;
    assert!(vt.contains("Gesprek houden met het gezin en Lokaal team Winterswijk samen"), "{vt}");
    let vt = overdrachten(&mut p, VT_NOG, "te-beantwoorden").await;
    assert!(vt.contains("Houd eerst het gesprek met het gezin en Lokaal team Winterswijk samen."), "{vt}");
    let team = rij(&mut p, TEAM_NOG, &casus).await;
    assert!(team.contains("Wacht op Veilig Thuis") && !team.contains("Overdracht beantwoorden"), "{team}");
    spreek_warm(&mut p, VT_NOG, &casus).await;
    let vt = rij(&mut p, VT_NOG, &casus).await;
    assert!(vt.contains("Wacht op Lokaal team Winterswijk, sinds vandaag"), "{vt}");
    assert!(rij(&mut p, TEAM_NOG, &casus).await.contains("Overdracht beantwoorden"));
}

#[tokio::test]
async fn wie_aan_zet_is_zonder_termijn_heeft_een_eigen_groep_en_een_teller() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.bij_veilig_thuis(VT, "Velsen", "Zelf doen.").await;
    p.doe(VT, &casus, "koppel-terug-aan-melder", &[]).await;
    let html = p.lees(VT, "/werkvoorraad").await.html;
    let groep = html.split_once(r#"id="aan-zet""#).unwrap_or_else(|| panic!("{}", tekst(&html))).1;
    let groep = groep.split_once("</tbody>").unwrap().0;
    assert!(groep.contains(&casus) && tekst(groep).contains("Dienst starten"), "{}", tekst(groep));
    assert!(html.contains(r##"href="#aan-zet">aan zet"##), "{}", tekst(&html));
}
