//! Mistakes in agreement files: each is told with file, line and what was expected. The invalid files are the real ones
//! with one thing changed.

use super::steun::{afspraakbronnen, kalenderbron};
use domain::afspraak::{AfspraakFout, Afspraken, Bron};

pub(super) const LANDELIJK: usize = 0;
pub(super) const IJMOND: usize = 1;
pub(super) const NOG: usize = 2;
pub(super) const NHN: usize = 3;
pub(super) const ZHZ: usize = 4;

/// The real files, one of them edited.
pub(super) fn met(welke: usize, verander: impl FnOnce(&mut String)) -> Vec<Bron> {
    let mut bronnen = afspraakbronnen();
    verander(&mut bronnen[welke].tekst);
    bronnen
}

pub(super) fn vervang(tekst: &mut String, oud: &str, nieuw: &str) {
    assert!(tekst.contains(oud), "the file no longer holds {oud:?}");
    *tekst = tekst.replacen(oud, nieuw, 1);
}

fn regel_van(bron: &Bron, zoek: &str) -> usize {
    bron.tekst.lines().position(|regel| regel.starts_with(zoek)).expect("the line is there") + 1
}

pub(super) fn fouten(bronnen: &[Bron]) -> Vec<AfspraakFout> {
    let Err(fouten) = Afspraken::laad(&[kalenderbron()], bronnen.to_vec()) else { panic!("had to be refused") };
    fouten
}

/// One of the mistakes names this file, the line that starts with `regel`, and all of these words.
#[track_caller]
pub(super) fn noemt(bronnen: &[Bron], welke: usize, regel: &str, woorden: &[&str]) {
    let bron = &bronnen[welke];
    let nummer = if regel.is_empty() { 1 } else { regel_van(bron, regel) };
    let fouten = fouten(bronnen);
    let gevonden = fouten.iter().any(|fout| {
        fout.bestand == bron.bestand && fout.regel == nummer && woorden.iter().all(|woord| fout.melding.contains(woord))
    });
    let alle: Vec<_> = fouten.iter().map(ToString::to_string).collect();
    assert!(gevonden, "{}:{nummer} {woorden:?} niet in\n{}", bron.bestand, alle.join("\n"));
}

#[test]
fn een_onbekende_sleutel_wordt_genoemd_met_wat_er_wel_kan() {
    let bronnen = met(IJMOND, |tekst| vervang(tekst, "werkdagen = 6", "werkdag = 6"));
    noemt(&bronnen, IJMOND, "werkdag = 6", &["onbekende sleutel `werkdag`", "verwacht werd", "`werkdagen`"]);
    let bronnen = met(NOG, |tekst| tekst.push_str("\n[termijnen.bel]\nnaam = \"Bel\"\n"));
    noemt(&bronnen, NOG, "[termijnen.bel]", &["onbekende sleutel `termijnen`", "`termijn`"]);
    let bronnen = met(IJMOND, |tekst| vervang(tekst, "voorvoegsel = \"IJM\"", "prefix = \"IJM\""));
    noemt(&bronnen, IJMOND, "prefix", &["onbekende sleutel `prefix`", "voorvoegsel"]);
}

#[test]
fn een_onbekende_waarde_wordt_genoemd_met_wat_er_wel_kan() {
    let bronnen = met(IJMOND, |tekst| vervang(tekst, "grens = \"begin\"", "grens = \"ochtend\""));
    noemt(&bronnen, IJMOND, "grens = \"ochtend\"", &["onbekende waarde `ochtend`", "`begin`", "`einde`"]);
    let bronnen = met(IJMOND, |tekst| vervang(tekst, "[regel.contra-indicatie]", "[regel.contraindicatie]"));
    noemt(&bronnen, IJMOND, "[regel.contraindicatie]", &["onbekende waarde `contraindicatie`", "contra-indicatie"]);
    let bronnen = met(IJMOND, |tekst| vervang(tekst, "werkdagen = 6", "werkdagen = \"zes\""));
    noemt(&bronnen, IJMOND, "werkdagen = \"zes\"", &["verkeerde soort waarde", "verwacht werd"]);
}

#[test]
fn een_ontbrekende_regel_wordt_genoemd() {
    let bronnen = met(LANDELIJK, |tekst| {
        vervang(tekst, "[regel.aanbod-al-open]\nsoort = \"dwingend\"\nclausule = \"HIAAT-21\"\n", "");
    });
    noemt(&bronnen, LANDELIJK, "", &["[regel.aanbod-al-open]", "ontbreekt", "geef soort en clausule"]);
    let bronnen = met(LANDELIJK, |tekst| vervang(tekst, "[zicht.overname]\ngrond = \"LND-19.a\"\n", ""));
    noemt(&bronnen, LANDELIJK, "", &["[zicht.overname]", "geef de grond"]);
    let bronnen = met(LANDELIJK, |tekst| {
        vervang(tekst, "[bevoegd.neem-zicht-over]\nwie = \"veilig-thuis\"\nclausule = \"LND-19.a\"\n", "");
    });
    noemt(&bronnen, LANDELIJK, "", &["[bevoegd.neem-zicht-over]", "geef wie en clausule"]);
}

#[test]
fn een_onvolledige_termijn_of_kalendergrens_wordt_genoemd() {
    let bronnen = met(NOG, |tekst| vervang(tekst, "anker = \"beoordeling-plaatsgevonden\"\n", ""));
    noemt(&bronnen, NOG, "[termijn.bel-gezin]", &["geef anker", "geen = true"]);
    let bronnen = met(IJMOND, |tekst| vervang(tekst, "werkdagen = 6", "werkdagen = 0"));
    noemt(&bronnen, IJMOND, "[zicht.kalender]", &["geef werkdagen (1 tot en met 60)"]);
}

#[test]
fn een_onbekende_gemeente_bij_een_partij_wordt_genoemd() {
    let bronnen = met(IJMOND, |tekst| vervang(tekst, "gemeenten = [\"Heemskerk\"]", "gemeenten = [\"Heemskerke\"]"));
    noemt(&bronnen, IJMOND, "[partij.met-heemskerk]", &["'Heemskerke'", "[gemeente]"]);
}

#[test]
fn een_gemeente_in_twee_regios_wordt_genoemd() {
    let bronnen = met(NOG, |tekst| tekst.push_str("\n[gemeente.Velsen]\nclausules = [\"NOG-0.c\"]\n"));
    noemt(&bronnen, NOG, "[gemeente.Velsen]", &["'Velsen'", "'ijmond'"]);
}

#[test]
fn een_gemeente_die_pas_later_bestaat_hoort_ook_maar_bij_een_regio() {
    let rij = "\n[gemeente.\"Dijk en Waard\"]\nvan = 2022-01-01\nclausules = [\"NOG-0.c\"]\n";
    let bronnen = met(NOG, |tekst| tekst.push_str(rij));
    let fouten = fouten(&bronnen);
    assert!(fouten.iter().any(|fout| fout.melding.contains("'Dijk en Waard'")), "{fouten:?}");
}

#[test]
fn een_verschreven_naam_wordt_niet_stilzwijgend_overgeslagen() {
    let bronnen = met(IJMOND, |tekst| vervang(tekst, "[bevoegd.sluit-casus]", "[bevoegd.sluitcasus]"));
    noemt(&bronnen, IJMOND, "[bevoegd.sluitcasus]", &["onbekende handeling", "sluit-casus"]);
    let bronnen = met(IJMOND, |tekst| vervang(tekst, "[overgang.direct-lokaal-team]", "[overgang.direct-team]"));
    noemt(&bronnen, IJMOND, "[overgang.direct-team]", &["onbekende overgang", "na-dienst-lokaal-team"]);
    let bronnen = met(IJMOND, |tekst| vervang(tekst, "wijzen = [\"overdrachtstafel\"]", "wijzen = [\"tafel\"]"));
    noemt(&bronnen, IJMOND, "[overgang.direct-lokaal-team]", &["onbekende wijze 'tafel'", "overdrachtstafel"]);
}

#[test]
fn een_regio_zonder_veilig_thuis_wordt_genoemd() {
    let bronnen = met(IJMOND, |tekst| vervang(tekst, "soort = \"veilig-thuis\"", "soort = \"anders\""));
    noemt(&bronnen, IJMOND, "", &["geen partij met soort veilig-thuis"]);
}

#[test]
fn een_clausule_die_niet_in_het_register_staat_wordt_genoemd() {
    let bronnen = met(IJMOND, |tekst| vervang(tekst, "grond = \"IJM-3.3.1.b\"", "grond = \"IJM-3.3.9.z\""));
    noemt(&bronnen, IJMOND, "[overgang.direct-lokaal-team]", &["IJM-3.3.9.z", "[clausule] of [hiaat]"]);
    let bronnen = met(NOG, |tekst| vervang(tekst, "hiaat = \"HIAAT-11\"", "hiaat = \"HIAAT-99\""));
    noemt(&bronnen, NOG, "[termijn.bel-gezin]", &["HIAAT-99"]);
}

#[test]
fn ook_een_clausule_in_de_kop_moet_in_het_register_staan() {
    let bronnen = met(NOG, |tekst| {
        vervang(tekst, "clausules = [\"NOG-0.a\", \"NOG-0.e\", \"HIAAT-16\"]", "clausules = [\"NOG-0.x\"]")
    });
    noemt(&bronnen, NOG, "clausules", &["NOG-0.x", "[clausule] of [hiaat]"]);
}

#[test]
fn overlappende_edities_worden_genoemd() {
    let mut bronnen = afspraakbronnen();
    let mut tweede = bronnen[IJMOND].clone();
    tweede.bestand = "afspraken/ijmond/2026-01-01.toml".into();
    vervang(&mut tweede.tekst, "naam = \"2024-07-04\"", "naam = \"2026-01-01\"");
    vervang(&mut tweede.tekst, "geldig_van = 2024-07-04", "geldig_van = 2026-01-01");
    bronnen.push(tweede);
    noemt(&bronnen, bronnen.len() - 1, "geldig_van", &["overlapt", "dezelfde afspraak", &bronnen[IJMOND].bestand]);
}

#[test]
fn een_tweede_bestand_met_de_naam_van_een_editie_wordt_genoemd() {
    // They follow each other in time, so nothing overlaps.
    let mut bronnen = met(IJMOND, |tekst| {
        vervang(tekst, "geldig_van = 2024-07-04", "geldig_van = 2024-07-04\ngeldig_tot = 2026-01-01")
    });
    let mut tweede = afspraakbronnen().swap_remove(IJMOND);
    tweede.bestand = "afspraken/ijmond/2026-01-01.toml".into();
    vervang(&mut tweede.tekst, "geldig_van = 2024-07-04", "geldig_van = 2026-01-01");
    bronnen.push(tweede);
    noemt(&bronnen, bronnen.len() - 1, "naam", &["ijmond@2024-07-04", "staat al in", &bronnen[IJMOND].bestand]);
    vervang(&mut bronnen.last_mut().unwrap().tekst, "naam = \"2024-07-04\"", "naam = \"2026-01-01\"");
    Afspraken::laad(&[kalenderbron()], bronnen).expect("with a name of its own it is an edition");
}

#[test]
fn een_tweede_kalender_met_dezelfde_naam_wordt_genoemd() {
    let mut tweede = kalenderbron();
    tweede.bestand = "kalender/tweede.toml".into();
    let fouten = Afspraken::laad(&[kalenderbron(), tweede.clone()], afspraakbronnen()).unwrap_err();
    let regel = regel_van(&tweede, "kalender");
    let genoemd = |fout: &AfspraakFout| {
        (fout.bestand.as_str(), fout.regel) == ("kalender/tweede.toml", regel) && fout.melding.contains("staat al in")
    };
    assert!(fouten.iter().any(genoemd), "{fouten:?}");
}

#[test]
fn een_overgang_waarvoor_geen_partij_de_taak_heeft_wordt_genoemd() {
    let bronnen = met(ZHZ, |tekst| {
        *tekst = tekst.replace("\"overdracht-na-dienst\"", "\"onderling\"");
        assert!(tekst.contains("[overgang.na-dienst]"), "the region says how zicht passes after a service");
    });
    noemt(&bronnen, ZHZ, "[overgang.na-dienst]", &["geen enkele partij heeft de taak overdracht-na-dienst"]);
}

#[test]
fn een_editie_die_nooit_geldt_wordt_genoemd() {
    let bronnen = met(IJMOND, |tekst| {
        vervang(tekst, "geldig_van = 2024-07-04", "geldig_van = 2024-07-04\ngeldig_tot = 2024-07-04");
    });
    noemt(&bronnen, IJMOND, "geldig_van", &["geen dag", "geldig_tot"]);
    // A region from before its base has no day either.
    let bronnen = met(LANDELIJK, |tekst| {
        vervang(tekst, "geldig_van = 2019-01-01", "geldig_van = 2019-01-01\ngeldig_tot = 2020-01-01")
    });
    noemt(&bronnen, IJMOND, "geldig_van", &["geen dag"]);
}

#[test]
fn een_basis_in_een_kring_wordt_genoemd() {
    let bronnen = met(IJMOND, |tekst| vervang(tekst, "basis = \"landelijk\"", "basis = \"ijmond\""));
    noemt(&bronnen, IJMOND, "basis", &["'ijmond'", "kring"]);
    let mut bronnen = met(IJMOND, |tekst| vervang(tekst, "basis = \"landelijk\"", "basis = \"noord-oost-gelderland\""));
    vervang(&mut bronnen[NOG].tekst, "basis = \"landelijk\"", "basis = \"ijmond\"");
    noemt(&bronnen, IJMOND, "basis", &["kring"]);
    noemt(&bronnen, NOG, "basis", &["kring"]);
}

#[test]
fn een_onbekende_basis_of_kalender_wordt_genoemd() {
    let bronnen = met(IJMOND, |tekst| vervang(tekst, "basis = \"landelijk\"", "basis = \"nationaal\""));
    noemt(&bronnen, IJMOND, "basis", &["'nationaal' is onbekend"]);
    let bronnen = met(LANDELIJK, |tekst| vervang(tekst, "kalender = \"nederland\"", "kalender = \"belgie\""));
    noemt(&bronnen, LANDELIJK, "kalender", &["'belgie' is onbekend"]);
}

#[test]
fn een_toml_fout_en_een_feestdag_zonder_dag_worden_genoemd() {
    let bronnen = met(IJMOND, |tekst| vervang(tekst, "werkdagen = 6", "werkdagen = = 6"));
    noemt(&bronnen, IJMOND, "werkdagen = = 6", &[]);
    let mut kalender = kalenderbron();
    vervang(&mut kalender.tekst, "pasen = -2\n", "");
    let Err(fouten) = Afspraken::laad(std::slice::from_ref(&kalender), afspraakbronnen()) else {
        panic!("had to be refused")
    };
    assert_eq!(fouten[0].regel, regel_van(&kalender, "naam = \"Goede Vrijdag\""));
    assert!(fouten[0].melding.contains("precies één"), "{}", fouten[0]);
}
