//! The JSON Schema of an agreement file, for editors that check while somebody writes. It is made from the types that
//! read the files, stands in `docs/afspraak.schema.json`, and a test keeps it current.

use super::{AcceptatieNa, Inhoud, ZichtMoment};
use crate::{commando::Commando, weigering::Code};
use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Value, json};

const BESTAND: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/afspraak.schema.json");
const OPGESLAGEN: &str = include_str!("../../../../docs/afspraak.schema.json");

/// One word or a list of words.
pub(super) fn een_of_meer(generator: &mut SchemaGenerator) -> Schema {
    let een = generator.subschema_for::<AcceptatieNa>();
    schemars::json_schema!({ "anyOf": [een.clone(), { "type": "array", "items": een, "minItems": 1 }] })
}

fn schema() -> Value {
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Inhoud>();
    let mut schema = serde_json::to_value(schema).unwrap();
    zonder_standaardwaarden(&mut schema);
    schema["title"] = json!("Werkafspraak");
    schema["description"] = json!("Een bestand met een werkafspraak, zoals Zicht die uitvoert.");
    schema["required"] = json!(["editie"]);
    // Keys that are no free choice.
    let codes: Vec<_> = Code::ALLE.iter().map(|code| code.als_str()).collect();
    for (sectie, namen) in [("regel", json!(codes)), ("bevoegd", json!(Commando::NAMEN))] {
        schema["properties"][sectie]["propertyNames"] = json!({ "enum": namen });
    }
    let mut moment = serde_json::to_value(schemars::schema_for!(ZichtMoment)).unwrap();
    moment.as_object_mut().unwrap().remove("$schema");
    schema["properties"]["zicht"]["propertyNames"] = moment;
    for sectie in ["clausule", "hiaat"] {
        schema["properties"][sectie]["propertyNames"] = json!({ "pattern": "^[A-Z]+-" });
    }
    schema
}

/// Default values of whole sections say nothing to a writer.
fn zonder_standaardwaarden(waarde: &mut Value) {
    match waarde {
        Value::Object(map) => {
            map.remove("default");
            map.values_mut().for_each(zonder_standaardwaarden);
        }
        Value::Array(lijst) => lijst.iter_mut().for_each(zonder_standaardwaarden),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn tekst() -> String {
    format!("{}\n", serde_json::to_string_pretty(&schema()).unwrap())
}

fn als_json(toml: &str) -> Value {
    fn waarde(toml: toml::Value) -> Value {
        match toml {
            toml::Value::String(tekst) => json!(tekst),
            toml::Value::Integer(getal) => json!(getal),
            toml::Value::Float(getal) => json!(getal),
            toml::Value::Boolean(ja) => json!(ja),
            toml::Value::Datetime(datum) => json!(datum.to_string()),
            toml::Value::Array(lijst) => lijst.into_iter().map(waarde).collect(),
            toml::Value::Table(tabel) => {
                Value::Object(tabel.into_iter().map(|(sleutel, binnen)| (sleutel, waarde(binnen))).collect())
            }
        }
    }
    waarde(toml::Value::Table(toml.parse().unwrap()))
}

fn bestanden() -> Vec<(&'static str, Value)> {
    crate::proef::AFSPRAAKTEKSTEN.iter().map(|(naam, tekst)| (*naam, als_json(tekst))).collect()
}

#[test]
#[ignore = "writes docs/afspraak.schema.json; run it when the shape of an agreement changed"]
fn schrijf_het_schema() {
    std::fs::write(BESTAND, tekst()).unwrap();
}

#[test]
fn het_opgeslagen_schema_is_bij() {
    assert!(OPGESLAGEN == tekst(), "cargo test -p domain schrijf_het_schema -- --ignored");
}

#[test]
fn alle_bestanden_voldoen_aan_het_schema() {
    let keurder = jsonschema::validator_for(&schema()).unwrap();
    let bestanden = bestanden();
    assert_eq!(bestanden.len(), 5);
    for (naam, bestand) in bestanden {
        let fouten: Vec<_> =
            keurder.iter_errors(&bestand).map(|fout| format!("{} {fout}", fout.instance_path())).collect();
        assert!(fouten.is_empty(), "{naam}: {fouten:?}");
    }
}

/// A schema that lets everything through would pass the test above as well.
#[test]
fn wat_de_lader_weigert_om_zijn_vorm_weigert_het_schema_ook() {
    let keurder = jsonschema::validator_for(&schema()).unwrap();
    let (_, goed) = bestanden().swap_remove(1);
    type Bederf = (&'static str, fn(&mut Value));
    let bederf: [Bederf; 7] = [
        ("an unknown section", |b| b["termijnen"] = json!({})),
        ("an unknown field", |b| b["zicht"]["kalender"]["werkdag"] = json!(6)),
        ("an unknown word", |b| b["zicht"]["kalender"]["grens"] = json!("ochtend")),
        ("a number as text", |b| b["zicht"]["kalender"]["werkdagen"] = json!("zes")),
        ("an unknown rule", |b| b["regel"]["contraindicatie"] = b["regel"]["contra-indicatie"].clone()),
        ("a date that is none", |b| b["editie"]["geldig_van"] = json!("juli 2024")),
        ("no head", |b| {
            b.as_object_mut().unwrap().remove("editie");
        }),
    ];
    assert!(keurder.is_valid(&goed));
    for (wat, bederf) in bederf {
        let mut slecht = goed.clone();
        bederf(&mut slecht);
        assert!(!keurder.is_valid(&slecht), "{wat}");
    }
}
