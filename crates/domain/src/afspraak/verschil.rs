//! What differs between two agreements: two editions of one, or two regions.
//!
//! It compares what the engine runs, entry by entry and field by field, so that a new kind of entry is compared
//! without a word here. What an entry is called is said in [`sectienaam`] and [`veldnaam`].

use super::Bundel;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// One entry that is not the same in both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verschil {
    /// The section of the file: `termijn`.
    pub sectie: String,
    /// The key of the entry: `veiligheidsbeoordeling`.
    pub sleutel: String,
    /// How people know it: its name or question, else the key.
    pub naam: String,
    pub soort: VerschilSoort,
    pub velden: Vec<VeldVerschil>,
    /// The clauses that the old entry cites.
    pub clausules_oud: BTreeSet<String>,
    /// The clauses that the new entry cites.
    pub clausules_nieuw: BTreeSet<String>,
}

/// How an entry differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VerschilSoort {
    Nieuw,
    Vervallen,
    Anders,
}

/// One field that is not the same in both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VeldVerschil {
    /// As in the file, with a dot for what lies inside: `voorwaarden.herstel-begonnen.tekst`.
    pub veld: String,
    pub oud: Option<String>,
    pub nieuw: Option<String>,
}

/// Sections that hold texts of clauses; between two regions they are all different and say nothing.
const TEKSTEN: [&str; 2] = ["clausule", "hiaat"];
/// Fields by which an entry cites.
const CITATEN: [&str; 6] = ["clausule", "clausules", "grond", "hiaat", "ook", "geen_ontvanger"];
/// Fields by which an entry is known.
const NAMEN: [&str; 6] = ["naam", "vraag", "tekst", "stap", "weg", "hier"];

/// Every entry that is not the same in both, in the order of sections and keys.
pub fn vergelijk(oud: &Bundel, nieuw: &Bundel) -> Vec<Verschil> {
    let (links, rechts) = (secties(oud), secties(nieuw));
    let namen: BTreeSet<&String> = links.keys().chain(rechts.keys()).collect();
    let zelfde_afspraak = oud.afspraak == nieuw.afspraak;
    let gevraagd = |sectie: &&&String| zelfde_afspraak || !TEKSTEN.contains(&sectie.as_str());
    let leeg = Map::new();
    namen
        .iter()
        .filter(gevraagd)
        .flat_map(|sectie| {
            let kant = |kant: &BTreeMap<String, Map<String, Value>>| kant.get(*sectie).unwrap_or(&leeg).clone();
            ingangen(sectie, &kant(&links), &kant(&rechts))
        })
        .collect()
}

/// The bundle as sections of entries; the head and the calendar are sections like any other.
fn secties(bundel: &Bundel) -> BTreeMap<String, Map<String, Value>> {
    let als_map = |waarde: Value| match waarde {
        Value::Object(map) => map,
        _ => Map::new(),
    };
    let inhoud = serde_json::to_value(&bundel.inhoud).map(als_map).unwrap_or_default();
    let mut secties: BTreeMap<_, _> = inhoud.into_iter().map(|(naam, waarde)| (naam, als_map(waarde))).collect();
    let kop = bundel.eigen_laag().and_then(|laag| serde_json::to_value(laag).ok());
    secties.insert("editie".into(), kop.map(|kop| Map::from_iter([("kop".to_owned(), kop)])).unwrap_or_default());
    let dagen =
        bundel.kalender.feestdag.iter().filter_map(|dag| Some((dag.naam.clone(), serde_json::to_value(dag).ok()?)));
    secties.insert("kalender".into(), dagen.collect());
    secties
}

fn ingangen(sectie: &str, oud: &Map<String, Value>, nieuw: &Map<String, Value>) -> Vec<Verschil> {
    let sleutels: BTreeSet<&String> = oud.keys().chain(nieuw.keys()).collect();
    let verschil = |sleutel: &&String| {
        let (links, rechts) = (oud.get(*sleutel), nieuw.get(*sleutel));
        let (van, naar) = (links.map(velden).unwrap_or_default(), rechts.map(velden).unwrap_or_default());
        let namen: BTreeSet<&String> = van.keys().chain(naar.keys()).collect();
        let anders = namen.into_iter().filter(|veld| van.get(*veld) != naar.get(*veld));
        let velden: Vec<_> = anders
            .map(|veld| VeldVerschil {
                veld: veld.clone(),
                oud: van.get(veld).cloned(),
                nieuw: naar.get(veld).cloned(),
            })
            .collect();
        let soort = match (links, rechts) {
            (None, _) => VerschilSoort::Nieuw,
            (_, None) => VerschilSoort::Vervallen,
            (Some(_), Some(_)) => VerschilSoort::Anders,
        };
        (!velden.is_empty()).then(|| Verschil {
            sectie: sectie.to_owned(),
            sleutel: (*sleutel).clone(),
            naam: rechts.or(links).and_then(naam).unwrap_or_else(|| (*sleutel).clone()),
            soort,
            velden,
            clausules_oud: links.map(citaten).unwrap_or_default(),
            clausules_nieuw: rechts.map(citaten).unwrap_or_default(),
        })
    };
    sleutels.iter().filter_map(verschil).collect()
}

/// The fields of an entry as texts, with a dot for what lies inside.
fn velden(waarde: &Value) -> BTreeMap<String, String> {
    let mut alle = BTreeMap::new();
    verzamel("", waarde, &mut alle);
    alle
}

fn verzamel(pad: &str, waarde: &Value, alle: &mut BTreeMap<String, String>) {
    match waarde {
        Value::Object(map) => {
            for (naam, binnen) in map {
                let pad = if pad.is_empty() { naam.clone() } else { format!("{pad}.{naam}") };
                verzamel(&pad, binnen, alle);
            }
        }
        Value::Null => {}
        Value::Array(lijst) if lijst.is_empty() => {}
        anders => {
            alle.insert(pad.to_owned(), in_tekst(anders));
        }
    }
}

fn in_tekst(waarde: &Value) -> String {
    match waarde {
        Value::String(tekst) => tekst.clone(),
        Value::Bool(true) => "ja".to_owned(),
        Value::Bool(false) => "nee".to_owned(),
        Value::Array(lijst) => lijst.iter().map(in_tekst).collect::<Vec<_>>().join(", "),
        anders => anders.to_string(),
    }
}

fn naam(waarde: &Value) -> Option<String> {
    NAMEN.iter().find_map(|veld| waarde.get(veld)?.as_str()).map(str::to_owned)
}

fn citaten(waarde: &Value) -> BTreeSet<String> {
    let Value::Object(map) = waarde else {
        return BTreeSet::new();
    };
    let mut alle = BTreeSet::new();
    for (veld, binnen) in map {
        match binnen {
            Value::String(id) if CITATEN.contains(&veld.as_str()) => {
                alle.insert(id.clone());
            }
            Value::Array(lijst) if CITATEN.contains(&veld.as_str()) => {
                alle.extend(lijst.iter().filter_map(Value::as_str).map(str::to_owned));
            }
            dieper => alle.extend(citaten(dieper)),
        }
    }
    alle
}

/// What a section is called for people; a section without a name here goes by its own.
pub fn sectienaam(sectie: &str) -> &str {
    match sectie {
        "editie" => "Editie",
        "kalender" => "Kalender",
        "clausule" => "Clausule",
        "hiaat" => "Hiaat",
        "partij" => "Partij",
        "gemeente" => "Gemeente",
        "zicht" => "Begin van het zicht",
        "overgang" => "Overgang van het zicht",
        "onderdeel" => "Onderdeel van een overdracht",
        "criterium" => "Criterium voor directe overdracht",
        "regel" => "Regel",
        "bevoegd" => "Wie mag",
        "termijn" => "Termijn",
        "monitoring" => "Monitoring",
        "monitorvraag" => "Vraag bij het monitoren",
        "monitoruitkomst" => "Uitkomst van het monitoren",
        "plan" => "Plan",
        "steunvorm" => "Steun van Veilig Thuis",
        "maatregel" => "Maatregel",
        "sluiting" => "Einde van een casus",
        "aandachtspunt" => "Aandachtspunt",
        "dienst" => "Dienst",
        "gesprekspunt" => "Gesprekspunt",
        "regievoorwaarde" => "Voorwaarde voor de regie",
        "mijlpaal" => "Stap van het invoeren",
        "taak" => "Taak van Veilig Thuis",
        "verwijsindex" => "Signalen in de verwijsindex",
        "wacht" => "Alarm buiten kantoortijd",
        "afscherming" => "Wat bij inzage wordt gewogen",
        "afspraaktermijn" => "Termijn voor de afspraak zelf",
        "escalatie" => "Opschalen",
        "volgorde" => "Volgorde",
        "pakket" => "Deel van het pakket",
        "contact" => "Contactgegeven",
        "meldroute" => "Weg van een melding",
        "meldvraag" => "Vraag aan de melder",
        "plicht" => "Wie het moet horen",
        "oordeel" => "Hoe een oordeel tot stand komt",
        "vervolgpartij" => "Wie het vervolg kan doen",
        "grondslag" => "Grondslag om informatie te vragen",
        "bron" => "Bron van informatie",
        "meldinstrument" => "Formulier bij een melding",
        "document" => "Document",
        "woord" => "Woord",
        "meldcodestap" => "Stap van de meldcode",
        "adviesvorm" => "Vorm van advies",
        "advies" => "Advies",
        anders => anders,
    }
}

/// What a field is called for people.
pub fn veldnaam(veld: &str) -> String {
    let naam = match veld {
        "soort" => "hoe hard",
        "vervuld_door" => "gehaald door",
        "geldig_van" => "geldig vanaf",
        "geldig_tot" => "geldig tot",
        "acceptatie_na" => "accepteren kan na",
        "maanden_zonder_incident" => "maanden zonder incident",
        "vervalt_bij" => "vervalt bij",
        "volgt_uit" => "volgt uit",
        "opgegaan_in" => "opgegaan in",
        anders => {
            return anders.rsplit_once('.').map_or_else(
                || anders.replace('_', " "),
                |(voor, veld)| format!("{}: {}", voor.replace(['_', '.', '-'], " "), veldnaam(veld)),
            );
        }
    };
    naam.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proef::afspraken;

    fn bundel(naam: &str) -> Bundel {
        let alle = afspraken().alle().iter();
        (*alle
            .filter(|geldig| geldig.bundel.afspraak.als_str() == naam)
            .max_by_key(|geldig| geldig.van)
            .unwrap()
            .bundel)
            .clone()
    }

    #[test]
    fn een_afspraak_verschilt_niet_van_zichzelf() {
        for geldig in afspraken().alle() {
            assert_eq!(vergelijk(&geldig.bundel, &geldig.bundel), []);
        }
    }

    #[test]
    fn een_andere_waarde_komt_als_enige_verschil_met_oud_en_nieuw() {
        let oud = bundel("ijmond");
        let mut nieuw = oud.clone();
        nieuw.inhoud.termijn.get_mut("veiligheidsbeoordeling").unwrap().lengte = 8;
        let verschillen = vergelijk(&oud, &nieuw);
        let [verschil] = verschillen.as_slice() else { panic!("{verschillen:?}") };
        assert_eq!((verschil.sectie.as_str(), verschil.sleutel.as_str()), ("termijn", "veiligheidsbeoordeling"));
        assert_eq!((verschil.naam.as_str(), verschil.soort), ("Veiligheidsbeoordeling", VerschilSoort::Anders));
        let veld = VeldVerschil { veld: "lengte".into(), oud: Some("5".into()), nieuw: Some("8".into()) };
        assert_eq!(verschil.velden, [veld]);
        assert!(verschil.clausules_nieuw.contains("IJM-3.3.1.e"), "{verschil:?}");
    }

    #[test]
    fn wat_erbij_komt_en_wat_weg_is_heet_zo() {
        let oud = bundel("ijmond");
        let mut nieuw = oud.clone();
        let sluiting = nieuw.inhoud.sluiting.get_mut("stabiel-veilig").unwrap();
        sluiting.voorwaarden.remove("herstel-begonnen");
        nieuw.inhoud.criterium.remove("letsel");
        nieuw.kalender.feestdag.pop();
        let soorten: Vec<_> =
            vergelijk(&oud, &nieuw).into_iter().map(|verschil| (verschil.sectie, verschil.soort)).collect();
        assert_eq!(
            soorten,
            [
                ("criterium".into(), VerschilSoort::Vervallen),
                ("kalender".into(), VerschilSoort::Vervallen),
                ("sluiting".into(), VerschilSoort::Anders)
            ]
        );
        let terug = vergelijk(&nieuw, &oud);
        assert_eq!(terug[0].soort, VerschilSoort::Nieuw);
        assert!(terug[2].velden.iter().all(|veld| veld.oud.is_none()), "{terug:?}");
    }

    #[test]
    fn tussen_regios_tellen_de_teksten_van_clausules_niet() {
        let verschillen = vergelijk(&bundel("ijmond"), &bundel("noord-oost-gelderland"));
        assert!(!verschillen.iter().any(|verschil| TEKSTEN.contains(&verschil.sectie.as_str())));
        let overgang = verschillen.iter().find(|een| een.sectie == "overgang" && een.sleutel == "direct-lokaal-team");
        let overgang = overgang.unwrap();
        assert!(overgang.clausules_oud.contains("IJM-3.3.1.b") && overgang.clausules_nieuw.contains("NOG-1.g"));
    }

    #[test]
    fn een_veld_binnen_een_ander_heet_naar_beide() {
        assert_eq!(veldnaam("lengte"), "lengte");
        assert_eq!(veldnaam("acceptatie_na"), "accepteren kan na");
        assert_eq!(veldnaam("voorwaarden.herstel-begonnen.tekst"), "voorwaarden herstel begonnen: tekst");
    }
}
