//! "Waarom?": why a term falls on that day or why this organisation holds; first one sentence, then the counting.

use askama::Template;

use super::casus::CasusKop;
use super::kader::Kader;
use super::onderdelen::{Clausule, Feit, Icoon, Pil};

/// The explanation of one term or one holder.
#[derive(Debug, Clone, Template)]
#[template(path = "waarom.html")]
pub struct WaaromPagina {
    pub kader: Kader,
    pub kop: CasusKop,
    /// The other terms of the casus, to go on from here.
    pub termijnen: Vec<TermijnLink>,
    pub afgesloten: Vec<TermijnLink>,
    /// The answer as a sentence: "De veiligheidsbeoordeling moet uiterlijk woensdag 8 april klaar zijn".
    pub antwoord: String,
    /// How it comes to that, in one or two sentences.
    pub uitleg: String,
    /// Absent when nothing is counted in days.
    pub telling: Option<Telling>,
    pub regel: Regel,
    /// What follows when it is not done in time, or what ends the holder's time.
    pub gevolg: Option<Regel>,
    pub hiaten: Vec<Lezing>,
    /// Geldige versie, waarom deze, kalender, wie moet het doen.
    pub versie: Vec<Feit>,
    /// "LND-3.d"; only shown here.
    pub clausule_ids: Vec<String>,
}

/// A term in the list at the side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermijnLink {
    pub naam: String,
    pub pil: Pil,
    pub wanneer: String,
    pub href: String,
    pub gekozen: bool,
}

/// The days, counted one by one, in whole weeks from Monday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// In words, for those who do not see the calendar well.
    pub samenvatting: String,
    /// Seven days each.
    pub weken: Vec<Vec<Dag>>,
}

/// One day of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dag {
    /// "8 april".
    pub datum: String,
    pub soort: DagSoort,
    /// "werkdag 5", "Goede Vrijdag", "weekend"; empty outside the count.
    pub kop: String,
    /// "uiterlijk 23.59 uur", "telt niet mee".
    pub tekst: String,
    pub vandaag: bool,
}

/// What a day does in the count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DagSoort {
    /// The day of the anchor: day 0.
    Begin,
    Telt,
    TeltNiet,
    Laatste,
    Gevolg,
    Buiten,
}

impl DagSoort {
    pub const fn klasse(self) -> &'static str {
        match self {
            Self::Begin => "begin",
            Self::Telt => "counts",
            Self::TeltNiet => "skipped",
            Self::Laatste => "last",
            Self::Gevolg => "after",
            Self::Buiten => "outside",
        }
    }
}

/// A rule in our plain words, with where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regel {
    pub titel: String,
    pub tekst: String,
    /// "Landelijke vragen en antwoorden voor professionals, december 2018, vraag 3".
    pub bron: String,
    pub clausule: Clausule,
}

/// A gap in the sources, and how we read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lezing {
    /// "HIAAT-7".
    pub id: String,
    pub wat_ontbreekt: String,
    pub lezing: String,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::casus::tests::kop;
    use crate::pages::kader::{Plek, voorbeelden};
    use crate::pages::onderdelen::Status;

    fn weken() -> Vec<Vec<Dag>> {
        let dag = |datum: &str, soort, kop: &str, tekst: &str| Dag {
            datum: datum.into(),
            soort,
            kop: kop.into(),
            tekst: tekst.into(),
            vandaag: datum == "7 april",
        };
        let telt_niet = "telt niet mee";
        vec![
            vec![
                dag("30 maart", DagSoort::Begin, "dag 0", "melding, 10.00 uur"),
                dag("31 maart", DagSoort::Telt, "werkdag 1", ""),
                dag("1 april", DagSoort::Telt, "werkdag 2", ""),
                dag("2 april", DagSoort::Telt, "werkdag 3", ""),
                dag("3 april", DagSoort::TeltNiet, "Goede Vrijdag", telt_niet),
                dag("4 april", DagSoort::TeltNiet, "weekend", telt_niet),
                dag("5 april", DagSoort::TeltNiet, "weekend", telt_niet),
            ],
            vec![
                dag("6 april", DagSoort::TeltNiet, "Tweede Paasdag", telt_niet),
                dag("7 april", DagSoort::Telt, "werkdag 4", ""),
                dag("8 april", DagSoort::Laatste, "werkdag 5", "uiterlijk 23.59 uur"),
                dag("9 april", DagSoort::Gevolg, "werkdag 6", "zicht naar Veilig Thuis, 00.00 uur"),
                dag("10 april", DagSoort::Buiten, "", ""),
                dag("11 april", DagSoort::Buiten, "weekend", ""),
                dag("12 april", DagSoort::Buiten, "weekend", ""),
            ],
        ]
    }

    pub fn voorbeeld() -> WaaromPagina {
        let termijn = |naam: &str, pil, wanneer: &str, gekozen| TermijnLink {
            naam: naam.into(),
            pil,
            wanneer: wanneer.into(),
            href: "/casus/z25-01873/waarom/termijn/2".into(),
            gekozen,
        };
        let regel = |titel: &str, tekst: &str, bron: &str, plaats: &str| Regel {
            titel: titel.into(),
            tekst: tekst.into(),
            bron: bron.into(),
            clausule: Clausule::new(plaats).met_link("/afspraken/ijmond/2024-07-04#c-3-1"),
        };
        WaaromPagina {
            kader: voorbeelden::veilig_thuis(Plek::Werkvoorraad),
            kop: kop(),
            termijnen: vec![
                termijn("Veiligheidsbeoordeling", Pil::new(Status::DezeWeek, "Morgen"), "uiterlijk wo 8 april, 23.59 uur", true),
                termijn("Terugkoppeling aan de melder", Pil::new(Status::DezeWeek, "Morgen"), "uiterlijk wo 8 april", false),
                termijn("Gezin informeren", Pil::new(Status::DezeWeek, "Over 2 dagen"), "uiterlijk do 9 april", false),
            ],
            afgesloten: vec![
                termijn("Monitormoment 3 maanden", Pil::new(Status::Gehaald, "Gehaald"), "do 26 februari", false),
                termijn("Tweede terugkoppeling", Pil::new(Status::GehaaldTeLaat, "3 dagen te laat"), "ma 1 december, uiterlijk vr 28 november", false),
            ],
            antwoord: "De veiligheidsbeoordeling moet uiterlijk woensdag 8 april klaar zijn".into(),
            uitleg: "De melding kwam binnen op maandag 30 maart om 10.00 uur. Veilig Thuis heeft dan 5 werkdagen. Goede Vrijdag, het weekend en Tweede Paasdag tellen niet mee.".into(),
            telling: Some(Telling { samenvatting: "Van 30 maart tot en met 8 april: 5 werkdagen, 4 dagen tellen niet mee.".into(), weken: weken() }),
            regel: regel("De regel", "Veilig Thuis rondt de veiligheidsbeoordeling af binnen 5 werkdagen na ontvangst van de melding.", "Landelijke vragen en antwoorden voor professionals, december 2018, vraag 3", "Landelijk, vraag 3"),
            gevolg: Some(regel("Als het dan niet klaar is", "Op donderdag 9 april om 00.00 uur gaat het zicht op veiligheid toch over van Socius naar Veilig Thuis. De termijn blijft zichtbaar als te laat.", "Samenwerkingsafspraken IJmond, 4 juli 2024, paragraaf 3.1", "IJmond § 3.1")),
            hiaten: vec![Lezing { id: "HIAAT-7".into(), wat_ontbreekt: "De teksten zeggen niet welke dagen geen werkdag zijn en hoe laat de laatste dag stopt.".into(), lezing: "de algemeen erkende feestdagen tellen niet mee, en de dag loopt tot 23.59 uur.".into() }],
            versie: vec![
                Feit::new("Geldige versie", "Landelijk van december 2018 en IJmond van 4 juli 2024"),
                Feit::new("Waarom deze", "Zij golden toen de melding binnenkwam. Een nieuwe versie verandert deze termijn niet."),
                Feit::new("Kalender", "Nederland 2026"),
                Feit::new("Wie moet het doen", "Veilig Thuis Kennemerland"),
            ],
            clausule_ids: vec!["LND-3.d".into(), "IJM-3.1.e".into(), "LND-25.a".into()],
        }
    }

    #[test]
    fn antwoordt_eerst_en_telt_dan_dag_voor_dag() {
        let html = voorbeeld().render().unwrap();
        let antwoord = html.find("moet uiterlijk woensdag 8 april klaar zijn").unwrap();
        assert!(antwoord < html.find("werkdag 5").unwrap());
        assert!(html.contains("Goede Vrijdag"));
        assert!(html.contains("Dit is onze lezing, niet de tekst van de partijen."));
        assert!(html.contains("LND-3.d"));
        assert_eq!(html.matches("<td role=\"cell\"").count(), 14);
    }

    #[test]
    fn zonder_telling_geen_kalender() {
        let mut pagina = voorbeeld();
        pagina.telling = None;
        assert!(!pagina.render().unwrap().contains("Zo is geteld"));
    }
}
