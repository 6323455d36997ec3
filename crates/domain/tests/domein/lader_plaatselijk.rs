//! A dated local overlay: a third layer that holds in some municipalities of a region, for some time.

use super::steun::{afspraakbronnen, kalenderbron, t};
use domain::{
    afspraak::{AfspraakFout, Afspraken, Bron, ZichtMoment},
    ids::AfspraakNaam,
};

/// Velsen agrees for 2026 that the boundary lies on the 4th working day.
fn velsen() -> Bron {
    Bron {
        bestand: "afspraken/ijmond-velsen/2026.toml".into(),
        tekst: r#"
[editie]
afspraak = "ijmond-velsen"
naam = "2026"
titel = "Velsen"
voorvoegsel = "VLS"
document = "Proef"
geldig_van = 2026-01-01
geldig_tot = 2027-01-01
clausules = ["VLS-1"]
basis = "ijmond"
alleen_gemeenten = ["Velsen"]

[zicht.kalender]
grond = "VLS-1"
werkdagen = 4
grens = "begin"

[clausule."VLS-1"]
plaats = "1"
tekst = "Proef."
"#
        .into(),
    }
}

fn laad(bron: Bron) -> Result<Afspraken, Vec<AfspraakFout>> {
    let mut bronnen = afspraakbronnen();
    bronnen.push(bron);
    Afspraken::laad(&[kalenderbron()], bronnen)
}

fn met(oud: &str, nieuw: &str) -> Bron {
    let mut bron = velsen();
    assert!(bron.tekst.contains(oud));
    bron.tekst = bron.tekst.replacen(oud, nieuw, 1);
    bron
}

#[track_caller]
fn geweigerd(bron: Bron, regel: &str, woorden: &[&str]) {
    let nummer = bron.tekst.lines().position(|lijn| lijn.starts_with(regel)).expect("the line is there") + 1;
    let Err(fouten) = laad(bron) else { panic!("had to be refused") };
    let gevonden = fouten.iter().any(|fout| {
        fout.bestand.contains("velsen")
            && fout.regel == nummer
            && woorden.iter().all(|woord| fout.melding.contains(woord))
    });
    assert!(gevonden, "{nummer} {woorden:?} niet in {fouten:?}");
}

#[test]
fn een_plaatselijke_laag_geldt_in_haar_gemeente_en_haar_tijd() {
    let afspraken = laad(velsen()).unwrap();
    let dag = |tekst: &str| t(tekst).dag();
    let werkdagen = |gemeente: &str, op: &str| {
        let geldig = afspraken.voor_gemeente(gemeente, dag(op)).unwrap();
        geldig.bundel.inhoud.zicht[&ZichtMoment::Kalender].werkdagen.unwrap()
    };
    assert_eq!(werkdagen("Velsen", "2025-12-31 23:59"), 6);
    assert_eq!(werkdagen("Velsen", "2026-01-01 00:00"), 4);
    assert_eq!(werkdagen("Velsen", "2026-12-31 23:59"), 4);
    assert_eq!(werkdagen("Velsen", "2027-01-01 00:00"), 6);
    assert_eq!(werkdagen("Beverwijk", "2026-06-01 10:00"), 6);
    let bundel = &afspraken.voor_gemeente("Velsen", dag("2026-06-01 10:00")).unwrap().bundel;
    assert_eq!(
        bundel.naam(),
        "landelijk@2019-01-01 + ijmond@2024-07-04 + ijmond-velsen@2026 + nederland@2019-01-01"
            .replace("landelijk@2019-01-01", &laagnaam(&afspraken, "landelijk"))
            .replace("ijmond@2024-07-04", &laagnaam(&afspraken, "ijmond"))
    );
    // What it does not name comes from the region, with the region's own clause.
    assert_eq!(bundel.inhoud.zicht[&ZichtMoment::Spoed].grond.als_str(), "IJM-3.1.b");
}

fn laagnaam(afspraken: &Afspraken, naam: &str) -> String {
    let bundel = &afspraken.alle().iter().find(|geldig| geldig.bundel.afspraak.als_str() == naam).unwrap().bundel;
    bundel.eigen_laag().unwrap().naam()
}

#[test]
fn een_casus_gaat_mee_met_de_laag_en_erna_weer_terug() {
    let afspraken = laad(velsen()).unwrap();
    let regio: AfspraakNaam = "ijmond".into();
    let laag: AfspraakNaam = "ijmond-velsen".into();
    let naam = |afspraak: &AfspraakNaam, gemeente: &str, op: &str| {
        afspraken.voor_casus(afspraak, gemeente, t(op).dag()).map(|geldig| geldig.bundel.afspraak.0.clone())
    };
    // It came in before the overlay, and is handled by it while it holds.
    assert_eq!(naam(&regio, "Velsen", "2026-03-02 10:00").unwrap(), "ijmond-velsen");
    // It came in under the overlay, which has ended: the region's own agreement takes over.
    assert_eq!(naam(&laag, "Velsen", "2027-03-02 10:00").unwrap(), "ijmond");
    assert_eq!(naam(&laag, "Beverwijk", "2026-03-02 10:00").unwrap(), "ijmond");
    assert_eq!(naam(&"noord-holland-noord".into(), "Alkmaar", "2026-03-02 10:00").unwrap(), "noord-holland-noord");
    assert!(naam(&"verzonnen".into(), "Alkmaar", "2026-03-02 10:00").is_none());
}

#[test]
fn een_laag_over_een_vreemde_gemeente_wordt_genoemd() {
    let bron = met("alleen_gemeenten = [\"Velsen\"]", "alleen_gemeenten = [\"Zutphen\"]");
    geweigerd(bron, "alleen_gemeenten", &["'Zutphen'", "hoort niet bij"]);
}

#[test]
fn twee_lagen_over_dezelfde_gemeente_tegelijk_worden_genoemd() {
    let mut bronnen = afspraakbronnen();
    let mut tweede = velsen();
    tweede.bestand = "afspraken/ijmond-velsen-twee/2026.toml".into();
    tweede.tekst = tweede.tekst.replace("ijmond-velsen", "ijmond-velsen-twee").replace("VLS", "VLT");
    tweede.tekst.push_str("[gemeente.Velsen]\nclausules = [\"VLT-1\"]\n");
    bronnen.extend([velsen(), tweede]);
    let Err(fouten) = Afspraken::laad(&[kalenderbron()], bronnen) else { panic!("had to be refused") };
    assert!(fouten.iter().any(|fout| fout.melding.contains("'Velsen' hoort ook bij 'ijmond-velsen'")), "{fouten:?}");
}

#[test]
fn een_laag_mag_haar_eigen_clausule_en_die_eronder_noemen_maar_geen_andere() {
    assert!(laad(met("grond = \"VLS-1\"", "grond = \"IJM-3.1.e\"")).is_ok());
    geweigerd(met("grond = \"VLS-1\"", "grond = \"NOG-5.a\""), "[zicht.kalender]", &["NOG-5.a", "andere afspraak"]);
}

#[test]
fn een_kring_van_lagen_wordt_genoemd() {
    let mut bronnen = afspraakbronnen();
    bronnen.push(velsen());
    let ijmond = &mut bronnen[1];
    ijmond.tekst = ijmond.tekst.replacen("basis = \"landelijk\"", "basis = \"ijmond-velsen\"", 1);
    let Err(fouten) = Afspraken::laad(&[kalenderbron()], bronnen) else { panic!("had to be refused") };
    assert!(fouten.iter().any(|fout| fout.bestand.contains("velsen") && fout.melding.contains("kring")), "{fouten:?}");
}

#[test]
fn een_tweede_overschrijving_van_dezelfde_editie_heet_anders() {
    let afspraken = laad(met("naam = \"2026\"", "naam = \"2026\"\nherziening = 2")).unwrap();
    let naam =
        |afspraken: &Afspraken| afspraken.voor_gemeente("Velsen", t("2026-06-01 10:00").dag()).unwrap().bundel.naam();
    assert!(naam(&afspraken).contains("ijmond-velsen@2026.2"), "{}", naam(&afspraken));
    let eerste = laad(velsen()).unwrap();
    assert!(!naam(&eerste).contains("ijmond-velsen@2026."));
    // The first transcription keeps the bytes that it had before it could have a number.
    let geldig = eerste.voor_gemeente("Velsen", t("2026-06-01 10:00").dag()).unwrap();
    let eigen = geldig.bundel.lagen.last().unwrap();
    assert!(!serde_json::to_string(eigen).unwrap().contains("herziening"));
}
