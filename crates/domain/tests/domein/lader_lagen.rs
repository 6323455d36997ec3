//! Layers and editions: what a region replaces, what it inherits, and what a later edition leaves alone.

use super::steun::{Regio, afspraakbronnen, afspraken, kalenderbron, t};
use super::zaak::Zaak;
use domain::{
    afspraak::{Afspraken, Bron, Bundel},
    gebeurtenis::Openheid,
    termijnen::{Bij, termijnen},
};

fn bundel(afspraken: &Afspraken, naam: &str) -> Bundel {
    let geldig = afspraken.geldig(&naam.into(), t("2026-03-02 10:00").dag()).unwrap();
    (*geldig.bundel).clone()
}

fn vervang(tekst: &mut String, oud: &str, nieuw: &str) {
    assert!(tekst.contains(oud), "the file no longer holds {oud:?}");
    *tekst = tekst.replacen(oud, nieuw, 1);
}

#[test]
fn een_ingang_van_de_regio_vervangt_en_de_rest_komt_uit_de_basis() {
    let (ijmond, nhn) = (bundel(afspraken(), "ijmond"), bundel(afspraken(), "noord-holland-noord"));
    let grond = |bundel: &Bundel, moment| bundel.inhoud.zicht[&moment].grond.0.clone();
    use domain::afspraak::ZichtMoment::*;
    assert_eq!((grond(&ijmond, Spoed), grond(&nhn, Spoed)), ("IJM-3.1.b".into(), "LND-25.a".into()));
    assert_eq!((grond(&ijmond, AndereMelder), grond(&nhn, AndereMelder)), ("HIAAT-1".into(), "HIAAT-1".into()));
    assert_eq!(ijmond.inhoud.termijn["gezin-informeren"], nhn.inhoud.termijn["gezin-informeren"]);
    assert_ne!(ijmond.inhoud.termijn["veiligheidsbeoordeling"], nhn.inhoud.termijn["veiligheidsbeoordeling"]);
    // Of the six national grounds IJmond words two itself; the other four bind it from the base.
    let landelijk = ijmond.inhoud.criterium.values().filter(|criterium| criterium.clausule.als_str() == "LND-25.b");
    assert_eq!(landelijk.count(), 4);
    // An entry is replaced as a whole: what the region leaves out of it is not inherited.
    let kalender = &bundel(afspraken(), "noord-oost-gelderland").inhoud.zicht[&Kalender];
    assert_eq!((kalender.werkdagen, kalender.grond.als_str()), (Some(5), "LND-25.a"));
}

/// IJmond with a second edition from 1 April 2026 in which the assessment may take 8 working days and the boundary
/// lies on the 9th.
fn met_tweede_editie() -> Afspraken {
    let mut bronnen = afspraakbronnen();
    let mut tweede = bronnen[1].clone();
    vervang(&mut bronnen[1].tekst, "geldig_van = 2024-07-04", "geldig_van = 2024-07-04\ngeldig_tot = 2026-04-01");
    tweede.bestand = "afspraken/ijmond/2026-04-01.toml".into();
    vervang(&mut tweede.tekst, "naam = \"2024-07-04\"", "naam = \"2026-04-01\"");
    vervang(&mut tweede.tekst, "geldig_van = 2024-07-04", "geldig_van = 2026-04-01");
    vervang(&mut tweede.tekst, "werkdagen = 6", "werkdagen = 9");
    vervang(&mut tweede.tekst, "lengte = 5\n", "lengte = 8\n");
    bronnen.push(tweede);
    Afspraken::laad(&[kalenderbron()], bronnen).unwrap()
}

#[test]
fn een_latere_editie_verschuift_geen_lopende_termijn_en_geen_grens() {
    let afspraken = met_tweede_editie();
    let ijmond = Regio::ijmond();
    let voor = Zaak::nieuw(&ijmond, &afspraken).meld(1, "basisschool", Openheid::Open, "2026-03-31 10:00");
    let na = Zaak::nieuw(&ijmond, &afspraken).meld(1, "basisschool", Openheid::Open, "2026-04-01 10:00");
    let uiterlijk = |zaak: &Zaak| {
        let alle = termijnen(&zaak.casus, &zaak.bundels);
        alle.into_iter().find(|termijn| termijn.soort == "veiligheidsbeoordeling").unwrap().uiterlijk
    };
    // Working days after 31 March: 1, 2, (3, 6 holidays) 7, 8, 9 April.
    assert_eq!(uiterlijk(&voor), t("2026-04-10 00:00"));
    assert_eq!(voor.lijn().zicht[1].van, t("2026-04-10 00:00"));
    // After 1 April: 2, 7, 8, 9, 10, 13, 14, 15, 16.
    assert_eq!(uiterlijk(&na), t("2026-04-16 00:00"));
    assert_eq!(na.lijn().zicht[1].van, t("2026-04-16 00:00"));
    // A second report under the new edition has its own term, and leaves the first one alone.
    let beide = voor.meld(2, "huisarts", Openheid::Open, "2026-04-02 10:00");
    let alle = termijnen(&beide.casus, &beide.bundels);
    let van = |nr: usize| {
        let bij = Bij::Melding(beide.casus.meldingen[nr].id);
        let mut eigen = alle.iter().filter(|termijn| termijn.soort == "veiligheidsbeoordeling" && termijn.bij == bij);
        eigen.next().unwrap().uiterlijk
    };
    assert_eq!(van(0), t("2026-04-10 00:00"));
    assert_eq!(van(1), t("2026-04-17 00:00"));
    assert_eq!(beide.lijn().zicht[1].van, t("2026-04-10 00:00"));
}

#[test]
fn dezelfde_bestanden_geven_dezelfde_bundel_en_een_andere_waarde_een_andere() {
    let hashes = |bronnen: Vec<Bron>| -> Vec<_> {
        let afspraken = Afspraken::laad(&[kalenderbron()], bronnen).unwrap();
        afspraken.alle().iter().map(|geldig| geldig.hash.clone()).collect()
    };
    let echt = hashes(afspraakbronnen());
    assert_eq!(echt, hashes(afspraakbronnen()));
    let mut anders = afspraakbronnen();
    vervang(&mut anders[1].tekst, "werkdagen = 6", "werkdagen = 7");
    let anders = hashes(anders);
    let verschil: Vec<_> = echt.iter().zip(&anders).map(|(een, ander)| een != ander).collect();
    assert_eq!(verschil, [false, true, false, false, false], "alleen IJmond verandert");
    let commentaar =
        afspraakbronnen().into_iter().map(|bron| Bron { tekst: format!("# Toelichting.\n{}", bron.tekst), ..bron });
    assert_eq!(echt, hashes(commentaar.collect()), "commentaar is geen afspraak");
}
