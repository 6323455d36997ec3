//! Agreement mutants: one value of one agreement changed, in memory. A scenario must notice: by a control, by a refusal
//! or by a step that no longer goes through. A file that does not load any more proves nothing and is not counted.

use domain::afspraak::Bron;
use toml::{Table, Value};

/// Texts for people, and where the file itself belongs: no behaviour hangs on them.
const ZONDER_GEVOLG: &[&str] = &[
    "naam",
    "vraag",
    "tekst",
    "titel",
    "plaats",
    "bron",
    "lezing",
    "uitleg",
    "stap",
    "bereikbaar",
    "volgorde",
    "rechtspersoon",
    "deelregio",
    "eerst",
    "dan",
    "behalve",
];
/// Sections that hold texts, dated names, or the head of the file.
const ZONDER_REGELS: &[&str] =
    &["editie", "clausule", "hiaat", "gemeente", "contact", "volgorde", "pakket", "meldroute"];

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// File of the agreement.
    pub bestand: String,
    /// Its name, by which scenarios ask for it.
    pub afspraak: String,
    /// `termijn.contact-gezin.lengte`.
    pub plek: String,
    /// `14 wordt 15`.
    pub wat: String,
    /// The clauses of the changed entry: scenarios that name one of these are played first.
    pub clausules: Vec<String>,
    /// The changed file.
    pub tekst: String,
}

impl Mutant {
    /// `ijmond termijn.contact-gezin.lengte: 14 wordt 15`.
    pub fn naam(&self) -> String {
        format!("{} {}: {}", self.afspraak, self.plek, self.wat)
    }

    /// The name of the changed entry: `contact-gezin` of `termijn.contact-gezin.lengte`.
    pub fn ingang(&self) -> &str {
        self.plek.split('.').nth(1).unwrap_or_default()
    }
}

/// Every mutant of one file, in the order of the file.
pub fn mutanten(bron: &Bron) -> Vec<Mutant> {
    let Ok(tabel) = bron.tekst.parse::<Table>() else { return Vec::new() };
    let afspraak = tabel.get("editie").and_then(|editie| editie.get("afspraak")).and_then(Value::as_str);
    let Some(afspraak) = afspraak.map(str::to_owned) else { return Vec::new() };
    let is_basis = tabel.get("editie").and_then(|editie| editie.get("basis")).is_none();
    let mut alle = Vec::new();
    for (sectie, ingangen) in tabel.iter().filter(|(sectie, _)| !ZONDER_REGELS.contains(&sectie.as_str())) {
        for (naam, ingang) in ingangen.as_table().into_iter().flatten() {
            let mut wegen = Vec::new();
            blaadjes(ingang, &[sectie.clone(), naam.clone()], &mut wegen);
            // What a region took over from the base it can also leave to the base.
            if !is_basis && sectie != "partij" {
                wegen.push((vec![sectie.clone(), naam.clone()], None));
            }
            for (weg, nieuw) in wegen {
                let mut ander = tabel.clone();
                let wat = verander(&mut ander, &weg, nieuw);
                let tekst = toml::to_string(&ander).unwrap_or_default();
                let (bestand, afspraak) = (bron.bestand.clone(), afspraak.clone());
                let clausules = clausules(ingang);
                alle.push(Mutant { bestand, afspraak, plek: weg.join("."), wat, clausules, tekst });
            }
        }
    }
    alle
}

fn clausules(ingang: &Value) -> Vec<String> {
    let namen = ["clausule", "grond", "hiaat"].into_iter().filter_map(|sleutel| ingang.get(sleutel)?.as_str());
    namen.map(str::to_owned).collect()
}

/// A way to a value and what it becomes; no value takes the entry away.
type Wegen = Vec<(Vec<String>, Option<Value>)>;

fn blaadjes(waarde: &Value, weg: &[String], wegen: &mut Wegen) {
    let sleutel = weg.last().map_or("", String::as_str);
    match waarde {
        Value::Table(tabel) => {
            for (naam, waarde) in tabel.iter().filter(|(naam, _)| !ZONDER_GEVOLG.contains(&naam.as_str())) {
                let weg: Vec<_> = weg.iter().cloned().chain([naam.clone()]).collect();
                blaadjes(waarde, &weg, wegen);
            }
        }
        // Clauses that only say where a party stands are no behaviour.
        Value::Array(_) if sleutel == "clausules" => {}
        Value::Array(lijst) => {
            for weglaten in 0..lijst.len() {
                let rest = lijst.iter().enumerate().filter(|(plek, _)| *plek != weglaten).map(|(_, deel)| deel.clone());
                wegen.push((weg.to_vec(), Some(Value::Array(rest.collect()))));
            }
        }
        Value::Integer(getal) => wegen.push((weg.to_vec(), Some(Value::Integer(getal + 1)))),
        Value::Boolean(waarde) => wegen.push((weg.to_vec(), Some(Value::Boolean(!waarde)))),
        Value::String(woord) => {
            wegen.extend(ander_woord(sleutel, woord).map(|ander| (weg.to_vec(), Some(Value::String(ander.into())))));
        }
        Value::Float(_) | Value::Datetime(_) => {}
    }
}

/// Another word of the same kind.
fn ander_woord(sleutel: &str, woord: &str) -> Option<&'static str> {
    Some(match (sleutel, woord) {
        ("clausule" | "grond" | "hiaat", "HIAAT-19") => "HIAAT-7",
        ("clausule" | "grond" | "hiaat", _) => "HIAAT-19",
        ("soort", "dwingend") => "richtlijn",
        ("soort", "richtlijn" | "richtlijn-samen") => "dwingend",
        ("eenheid", "werkdag") => "dag",
        ("eenheid", "dag") => "werkdag",
        ("eenheid", "week") => "maand",
        ("eenheid", "maand") => "week",
        ("eenheid", "uur") => "dag",
        ("grens", "begin") => "einde",
        ("grens", "einde") => "begin",
        ("wie", "veilig-thuis") => "ontvanger",
        ("wie", "ontvanger" | "ontvanger-indien-nodig" | "houder" | "monitor" | "aanbieder" | "betrokken") => {
            "veilig-thuis"
        }
        ("ontvanger" | "gezin", "ja") => "nee",
        ("ontvanger" | "gezin", _) => "ja",
        ("acceptatie_na", "aanbod") => "gegevens-ontvangen",
        ("acceptatie_na", _) => "aanbod",
        ("anker", "ontvangst-melding") => "beoordeling-plaatsgevonden",
        ("anker", "beoordeling-plaatsgevonden" | "eerste-terugkoppeling" | "brief-gezin") => "ontvangst-melding",
        ("anker", "gegevens-ontvangen") => "document-verzonden",
        ("anker", "document-verzonden") => "gegevens-ontvangen",
        ("anker", "zicht-overgegaan") => "gegevens-ontvangen",
        ("anker", "warme-overdracht") => "zicht-overgegaan",
        ("vervuld_door", "contact-gezin-teruggekoppeld") => "contact-gezin",
        ("vervuld_door", "contact-gezin") => "afspraak-gezin",
        ("vervuld_door", "melder-teruggekoppeld") => "tweede-terugkoppeling",
        ("vervuld_door", "tweede-terugkoppeling" | "eind-terugkoppeling") => "melder-teruggekoppeld",
        ("gevolg", "voortzetten") => "terugname",
        ("gevolg", _) => "voortzetten",
        ("moment", "vooraf") => "huisbezoek",
        ("moment", "gesprek") => "huisbezoek",
        ("volgt_uit", "melder-niet-open") => "melder-afgeschermd",
        ("doelgroep", "jeugd") => "alle",
        _ => return None,
    })
}

/// Changes the value at the end of a way, or takes it out, and says what was done.
fn verander(tabel: &mut Table, weg: &[String], nieuw: Option<Value>) -> String {
    let Some((laatste, ervoor)) = weg.split_last() else { return String::new() };
    let mut hier = tabel;
    for naam in ervoor {
        match hier.get_mut(naam).and_then(Value::as_table_mut) {
            Some(dieper) => hier = dieper,
            None => return String::new(),
        }
    }
    match nieuw {
        Some(nieuw) => {
            let was = hier.insert(laatste.clone(), nieuw.clone());
            was.map_or_else(String::new, |was| format!("{was} wordt {nieuw}"))
        }
        None => {
            hier.remove(laatste);
            "weg".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proef(inhoud: &str) -> Vec<Mutant> {
        let tekst = format!("[editie]\nafspraak = \"hier\"\nbasis = \"landelijk\"\n{inhoud}");
        mutanten(&Bron { bestand: "hier.toml".into(), tekst })
    }

    #[test]
    fn elk_getal_elke_clausule_en_elke_ingang_verandert_een_keer() {
        let alle =
            proef("[termijn.contact]\nnaam = \"Contact\"\nclausule = \"IJM-1\"\nlengte = 14\neenheid = \"dag\"\n");
        let wat: Vec<_> = alle.iter().map(|mutant| (mutant.plek.as_str(), mutant.wat.as_str())).collect();
        assert_eq!(
            wat,
            [
                ("termijn.contact.clausule", "\"IJM-1\" wordt \"HIAAT-19\""),
                ("termijn.contact.eenheid", "\"dag\" wordt \"werkdag\""),
                ("termijn.contact.lengte", "14 wordt 15"),
                ("termijn.contact", "weg"),
            ]
        );
        assert!(alle.iter().all(|mutant| mutant.clausules == ["IJM-1"]));
        // Only that one value is another one.
        let gewijzigd: Table = alle[2].tekst.parse().unwrap();
        assert_eq!(gewijzigd["termijn"]["contact"]["lengte"].as_integer(), Some(15));
        assert_eq!(gewijzigd["termijn"]["contact"]["eenheid"].as_str(), Some("dag"));
    }

    #[test]
    fn een_tekst_voor_mensen_is_geen_gedrag() {
        assert_eq!(proef("[clausule.\"IJM-1\"]\ntekst = \"Zo is het.\"\n"), []);
    }
}
