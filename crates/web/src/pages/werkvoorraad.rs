//! The worklist: what has to happen, most urgent first.

use askama::Template;

use super::kader::Kader;
use super::onderdelen::{Bladeren, Houder, Icoon, Keuze, Link, Pil, Status};
use super::veld::Optie;

/// The worklist of one person or one organisation.
#[derive(Debug, Clone, Template)]
#[template(path = "werkvoorraad.html")]
pub struct WerkvoorraadPagina {
    pub kader: Kader,
    /// "Dinsdag 7 april 2026."
    pub vandaag: String,
    /// The next overdrachtstafel, when there is one today.
    pub tafel: Option<Tafelbericht>,
    /// Alleen mijn zaken, hele organisatie.
    pub bereik: Vec<Keuze>,
    pub filters: Filters,
    pub tellers: Vec<Teller>,
    /// "14 casussen, dringendste eerst".
    pub samenvatting: String,
    /// In fixed order; empty groups are left out.
    pub groepen: Vec<Groep>,
    pub bladeren: Option<Bladeren>,
}

/// "Vandaag om 13.30 uur: overdrachtstafel Beverwijk, 6 casussen."
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tafelbericht {
    pub voor: String,
    pub link: Link,
    pub na: String,
}

/// The filter form; sent with GET, so that a filtered list has an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    pub houder: Vec<Optie>,
    pub gemeente: Vec<Optie>,
    /// Kept when the filter is changed: the chosen range.
    pub bereik: String,
    /// Set when a filter is on: the address without it.
    pub wis_href: Option<String>,
}

/// A counter above the list; leads to its group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teller {
    pub status: Status,
    /// Already capped.
    pub aantal: String,
    pub woord: String,
    /// `#spoed`; absent when there is nothing to go to.
    pub href: Option<String>,
}

/// Rows that are due in the same period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Groep {
    /// `spoed`, `te-laat`, `vandaag`, `deze-week`, `later`, `aan-zet`, `zonder-termijn`.
    pub id: String,
    pub titel: String,
    /// "2 · termijn is voorbij".
    pub uitleg: String,
    pub rijen: Vec<Rij>,
}

/// One thing to do on one casus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rij {
    pub pil: Pil,
    /// "wo 8 april", "tot 23.59 uur".
    pub uiterlijk: String,
    pub waarom_href: Option<String>,
    pub wat: String,
    /// What is to be done or waited for besides.
    pub ook: Vec<String>,
    pub toelichting: String,
    pub nummer: String,
    pub href: String,
    pub huishouden: String,
    /// "Velsen · 3 personen, 1 kind".
    pub kenmerk: String,
    pub houder: Houder,
    /// Who is expected to hold next.
    pub straks: Option<Houder>,
    /// "sinds 27 maart, uiterlijk tot morgen, 00.00 uur".
    pub sinds: String,
    /// Accepted, and nobody of the own organisation has taken it up.
    pub niet_toegewezen: bool,
    /// Another casus about the same household is open as well.
    pub dubbel: bool,
}

impl Rij {
    /// Urgent and late rows carry a line at the side as well.
    pub const fn klasse(&self) -> &'static str {
        match self.pil.status {
            Status::Spoed => "row--urgent",
            Status::TeLaat => "row--late",
            _ => "",
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::kader::{Plek, voorbeelden};
    use crate::pages::onderdelen::HouderSoort;

    fn houder(letter: char) -> Houder {
        match letter {
            'v' => Houder::new(HouderSoort::VeiligThuis, "Veilig Thuis"),
            's' => Houder::new(HouderSoort::LokaalTeam, "Socius"),
            'm' => Houder::new(HouderSoort::Melder, "Melder"),
            _ => Houder::new(HouderSoort::LokaalTeam, "MET Heemskerk"),
        }
    }

    /// Per row: group, pill, due, what, explanation, number, household, facts, holder letters, since.
    const RIJEN: &str = "\
spoed|Spoed|sinds 08.17 uur|Acute onveiligheid: handel nu|crisisdienst tot vr 10 april, 08.31 uur|Z26-00612|Denkbeeld|Velsen · 3 personen, 1 kind|v|sinds vandaag, 08.31 uur (spoed)
te-laat|Te laat|was do 2 april|Veiligheidsbeoordeling|gestart, tweede beoordelaar ontbreekt|Z26-00548|Van Schijn|Beverwijk · 5 personen, 3 kinderen|v|sinds vandaag, 00.00 uur (6e werkdag)
te-laat|Te laat|was vr 3 april|Tweede terugkoppeling|aan de melder, 10 weken na 23 januari|Z26-00317|Van Papier|Heemskerk · 2 personen|v|sinds 22 januari
vandaag|Vandaag|tot 23.59 uur|Veiligheidsbeoordeling|5e werkdag na melding van vr 27 maart|Z26-00561|De Fabel|Velsen · 4 personen, 2 kinderen|mv|sinds 27 maart, uiterlijk tot morgen, 00.00 uur
vandaag|Vandaag|13.30 uur|Overdrachtstafel Beverwijk|directe overdracht aan Socius|Z26-00402|Luchtkasteel|Beverwijk · 3 personen, 1 kind|vs|sinds 26 maart, tot Socius accepteert
vandaag|Vandaag|tot 23.59 uur|Monitoren na 3 maanden|bellen met gezin en MET Heemskerk|Z25-01690|Van Droom|Heemskerk · 4 personen, 2 kinderen|h|sinds 7 januari
deze-week|Morgen|wo 8 april|Veiligheidsbeoordeling|nieuwe melding in een lopende casus|Z25-01873|Verzinsel|Velsen · 4 personen, 2 kinderen|sv|sinds 1 december, uiterlijk tot do 9 april
deze-week|Over 2 dagen|do 9 april|Betrokkenen informeren|6e werkdag na de melding|Z26-00489|Sprookjes|Velsen · 2 personen|v|sinds 30 maart
later|Later|wo 15 april|Contact van Socius met het gezin|14 dagen na ontvangst gegevens|Z26-00455|Misschien|Beverwijk · 4 personen, 2 kinderen|s|sinds 1 april";

    fn rij(status: Status, velden: &[&str]) -> Rij {
        let tekst = |index: usize| velden[index].to_owned();
        let mut houders = velden[8].chars().map(houder);
        Rij {
            pil: Pil::new(status, velden[1]),
            uiterlijk: tekst(2),
            waarom_href: Some(format!("/casus/{}/waarom/termijn/1", velden[5])),
            wat: tekst(3),
            ook: if velden[5] == "Z26-00402" { vec!["Wacht op Socius, al 12 dagen".into()] } else { Vec::new() },
            toelichting: tekst(4),
            nummer: tekst(5),
            href: format!("/casus/{}", velden[5]),
            huishouden: tekst(6),
            kenmerk: tekst(7),
            houder: houders.next().unwrap(),
            straks: houders.next(),
            sinds: tekst(9),
            niet_toegewezen: velden[5] == "Z25-01690",
            dubbel: velden[5] == "Z25-01690",
        }
    }

    fn groepen() -> Vec<Groep> {
        let groepen = [
            ("spoed", Status::Spoed, "Spoed", "1 · direct"),
            ("te-laat", Status::TeLaat, "Te laat", "2 · termijn is voorbij"),
            ("vandaag", Status::Vandaag, "Vandaag", "3 · di 7 april"),
            ("deze-week", Status::DezeWeek, "Deze week", "2 · wo 8 tot en met zo 12 april"),
            ("later", Status::Later, "Later", "1 · na 12 april"),
        ];
        let rijen: Vec<Vec<&str>> = RIJEN.lines().map(|regel| regel.split('|').collect()).collect();
        groepen
            .map(|(id, status, titel, uitleg)| Groep {
                id: id.into(),
                titel: titel.into(),
                uitleg: uitleg.into(),
                rijen: rijen.iter().filter(|velden| velden[0] == id).map(|velden| rij(status, velden)).collect(),
            })
            .to_vec()
    }

    pub fn voorbeeld() -> WerkvoorraadPagina {
        let teller = |status, aantal: &str, woord: &str, href: &str| Teller {
            status,
            aantal: aantal.into(),
            woord: woord.into(),
            href: Some(href.into()),
        };
        let optie = |waarde: &str, tekst: &str| Optie::new(waarde, tekst);
        WerkvoorraadPagina {
            kader: voorbeelden::veilig_thuis(Plek::Werkvoorraad),
            vandaag: "Dinsdag 7 april 2026.".into(),
            tafel: Some(Tafelbericht {
                voor: "Vandaag om 13.30 uur:".into(),
                link: Link::new("overdrachtstafel Beverwijk", "/overdrachtstafel/beverwijk"),
                na: ", 6 casussen.".into(),
            }),
            bereik: vec![
                Keuze::new("Alleen mijn zaken", "/werkvoorraad?bereik=mij", true).met_aantal(9),
                Keuze::new("Hele organisatie", "/werkvoorraad?bereik=organisatie", false).met_aantal(3480),
            ],
            filters: Filters {
                houder: vec![
                    optie("veilig-thuis", "Veilig Thuis"),
                    optie("lokaal-team", "Lokaal team"),
                    optie("melder", "Melder"),
                ],
                gemeente: vec![
                    optie("beverwijk", "Beverwijk"),
                    optie("velsen", "Velsen"),
                    optie("heemskerk", "Heemskerk"),
                ],
                bereik: "mij".into(),
                wis_href: None,
            },
            tellers: vec![
                teller(Status::Spoed, "1", "spoed", "#spoed"),
                teller(Status::TeLaat, "2", "te laat", "#te-laat"),
                teller(Status::Vandaag, "3", "vandaag", "#vandaag"),
                teller(Status::DezeWeek, "2", "deze week", "#deze-week"),
                teller(Status::AanZet, "4", "aan zet", "/werkvoorraad?blad=3#aan-zet"),
                teller(Status::Later, "999+", "later", "#later"),
            ],
            samenvatting: "9 casussen, dringendste eerst".into(),
            groepen: groepen(),
            bladeren: Some(Bladeren {
                tekst: "1 tot en met 9 van 9".into(),
                vorige: None,
                volgende: Some("/werkvoorraad?pagina=2".into()),
            }),
        }
    }

    #[test]
    fn toont_groepen_termijnen_en_wie_straks_houdt() {
        let html = voorbeeld().render().unwrap();
        assert!(html.contains("<title>Werkvoorraad · Zicht</title>"));
        assert!(html.contains(r#"id="te-laat""#));
        assert!(html.contains("Zicht gaat naar"));
        assert!(html.contains("Nog niemand"));
        assert!(html.contains("999+"));
    }

    #[test]
    fn een_lege_lijst_zegt_dat_hij_leeg_is() {
        let mut pagina = voorbeeld();
        pagina.groepen.clear();
        assert!(pagina.render().unwrap().contains("Er is nu niets te doen"));
    }
}
