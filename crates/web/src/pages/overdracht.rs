//! One handover: what is it about, what do I get, when does the zicht pass, what follows, and the answer.

use askama::Template;

use super::kader::Kader;
use super::onderdelen::{Clausule, Conflict, Feit, Houder, Icoon, Link, Pil, Status, Weigering};
use super::veld::{Optie, VeldFout};

/// One handover, for the sender, the receiver, or another organisation concerned.
#[derive(Debug, Clone, Template)]
#[template(path = "overdracht.html")]
pub struct OverdrachtPagina {
    pub kader: Kader,
    pub nummer: String,
    pub casus_href: Option<String>,
    /// "Overdracht van huishouden Elders".
    pub titel: String,
    /// By whom, when, after what, which municipality.
    pub inleiding: String,
    pub pil: Pil,
    pub samenvatting: String,
    pub feiten: Vec<Feit>,
    pub document: Option<Link>,
    pub inhoud: Inhoud,
    pub overgang: Overgang,
    pub stand: Stand,
    /// "Vanaf dat moment heeft uw team het zicht op veiligheid."
    pub gevolg: String,
    /// Not now, but from a day on.
    pub tegenvoorstel: Option<Tegenvoorstel>,
    pub plichten: Vec<Plicht>,
    pub antwoord: Antwoord,
    /// What the agreement does not say, such as a term for the answer.
    pub hiaat: Option<Onbenoemd>,
    pub fouten: Vec<VeldFout>,
    pub weigering: Option<Weigering>,
    pub conflict: Option<Conflict>,
    pub opdracht: String,
    pub versie: String,
}

/// What is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inhoud {
    pub clausule: Clausule,
    /// "Compleet: 7 van 7", "Mist 1 van 4".
    pub pil: Pil,
    pub onderdelen: Vec<Onderdeel>,
}

/// One item of the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Onderdeel {
    pub status: Status,
    /// "Compleet", "Ontbreekt", "Niet meegestuurd".
    pub woord: String,
    pub naam: String,
    pub tekst: String,
    /// Lezen, or Waarom?
    pub link: Option<Link>,
}

/// The conditions under which the zicht passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overgang {
    pub clausule: Clausule,
    pub voorwaarden: Vec<Voorwaarde>,
}

/// One condition, met or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voorwaarde {
    pub pil: Pil,
    pub naam: String,
    pub tekst: String,
}

/// Who holds now, and who will after acceptance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    pub nu: Houder,
    pub nu_tekst: String,
    /// Absent once the handover is answered.
    pub straks: Option<Houder>,
    pub straks_kop: String,
    pub straks_tekst: String,
    pub waarom_href: Option<String>,
}

/// The receiver would accept later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tegenvoorstel {
    /// By whom, from which day, and why.
    pub tekst: String,
    /// For who must agree.
    pub akkoord: Option<Link>,
}

/// What the receiver has to do after acceptance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plicht {
    pub titel: String,
    pub tekst: String,
    pub clausule: Clausule,
}

/// A gap and our reading of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Onbenoemd {
    pub titel: String,
    pub lezing: String,
}

/// What the reader can do with this handover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Antwoord {
    /// The receiver: accept or refuse.
    Ontvanger(Box<OntvangerAntwoord>),
    /// The sender: withdraw, and note what was said.
    Zender(Box<ZenderAntwoord>),
    /// Answered, or another's: only the outcome.
    Gesloten(String),
}

/// The forms of the receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OntvangerAntwoord {
    /// "Socius".
    pub namens: String,
    pub accepteer_actie: String,
    pub weiger_actie: String,
    /// The reasons of the agreement; none chosen beforehand.
    pub redenen: Vec<Optie>,
    pub toelichting: String,
    /// "Uitleg voor Veilig Thuis".
    pub toelichting_label: String,
    /// "Veilig Thuis houdt dan het zicht."
    pub weiger_gevolg: String,
}

/// The forms of the sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZenderAntwoord {
    pub ontvanger: String,
    pub trek_in_actie: String,
    pub reden: String,
    /// Absent where the agreement knows no spoken confirmation.
    pub mondeling: Option<Mondeling>,
}

/// The note that somebody of the receiver said yes; it moves nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mondeling {
    pub actie: String,
    /// "Mila Maquette zei ja op di 7 april, 10.15 uur", once noted.
    pub genoteerd: Option<String>,
    pub wie: String,
    pub datum: String,
    pub tijd: String,
}

impl OverdrachtPagina {
    /// The error at a field, for the forms at the side.
    pub fn fout(&self, naam: &str) -> Option<&str> {
        self.fouten.iter().find(|fout| fout.naam == naam).map(|fout| fout.tekst.as_str())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::kader::{Plek, voorbeelden};
    use crate::pages::onderdelen::HouderSoort;

    fn inhoud() -> Inhoud {
        let deel = |status, woord: &str, naam: &str, tekst: &str, link: &str| Onderdeel {
            status,
            woord: woord.into(),
            naam: naam.into(),
            tekst: tekst.into(),
            link: Some(Link::new(link, "/overdrachten/z26-00233/document")),
        };
        Inhoud {
            clausule: Clausule::new("IJmond § 3.4.4"),
            pil: Pil::new(Status::Gehaald, "Compleet: 7 van 7"),
            onderdelen: vec![
                deel(
                    Status::Gehaald,
                    "Compleet",
                    "Inhoud van de melding",
                    "Melding van 22 januari, met wat de school zelf zag en wat Pim vertelde.",
                    "Lezen",
                ),
                deel(
                    Status::NietMeegestuurd,
                    "Niet meegestuurd",
                    "Gegevens van de melder",
                    "Niet meegestuurd, en dat mag: u heeft contact met de melder niet nodig voor uw taak.",
                    "Waarom?",
                ),
                deel(
                    Status::Gehaald,
                    "Compleet",
                    "Conclusie van Veilig Thuis",
                    "Er is huiselijk geweld tussen de ouders. De kinderen waren getuige.",
                    "Lezen",
                ),
                deel(
                    Status::Gehaald,
                    "Compleet",
                    "Veiligheidsvoorwaarden, afspraken en plan",
                    "4 voorwaarden, 3 afspraken met het gezin, veiligheidsplan van 26 maart.",
                    "Lezen",
                ),
                deel(
                    Status::Gehaald,
                    "Compleet",
                    "Gevolgen als de veiligheid niet herstelt",
                    "Eerst overleg met Veilig Thuis. Daarna samen naar de Beschermingstafel.",
                    "Lezen",
                ),
                deel(
                    Status::Gehaald,
                    "Compleet",
                    "Wie maakt welk plan",
                    "Socius maakt met het gezin het ondersteuningsplan en het herstelplan.",
                    "Lezen",
                ),
                deel(
                    Status::Gehaald,
                    "Compleet",
                    "Hoe Veilig Thuis monitort",
                    "Veilig Thuis belt na 3 en na 12 maanden met het gezin en met u.",
                    "Lezen",
                ),
            ],
        }
    }

    fn plichten() -> Vec<Plicht> {
        let plicht = |titel: &str, tekst: &str, plaats: &str| Plicht {
            titel: titel.into(),
            tekst: tekst.into(),
            clausule: Clausule::new(plaats),
        };
        vec![
            plicht(
                "Contact met het gezin, uiterlijk di 21 april 2026",
                "14 dagen na ontvangst van de gegevens, vandaag. Deze termijn geldt zodra u accepteert.",
                "IJmond § 3.4.3",
            ),
            plicht(
                "Uw team houdt een actueel beeld van de veiligheid",
                "Tot het stabiel veilig is: 6 maanden geen incidenten, risico’s hanteerbaar, herstel begonnen.",
                "IJmond § 4.1",
            ),
            plicht(
                "Veilig Thuis monitort op 7 juli 2026 en 7 april 2027",
                "Stopt u eerder met hulp? Overleg dan eerst met Veilig Thuis.",
                "IJmond § 3.4.5",
            ),
        ]
    }

    fn ontvanger() -> OntvangerAntwoord {
        OntvangerAntwoord {
            namens: "Socius".into(),
            accepteer_actie: "/overdrachten/z26-00233/accepteer".into(),
            weiger_actie: "/overdrachten/z26-00233/weiger".into(),
            redenen: vec![
                Optie::new("werkgebied", "Het gezin woont niet in ons werkgebied"),
                Optie::new("ander-team", "Een ander team past beter"),
                Optie::new("informatie", "Er ontbreekt informatie"),
                Optie::new("onveilig", "De onveiligheid is te groot voor ons team"),
            ],
            toelichting: String::new(),
            toelichting_label: "Uitleg voor Veilig Thuis".into(),
            weiger_gevolg: "Veilig Thuis houdt dan het zicht.".into(),
        }
    }

    pub fn voorbeeld() -> OverdrachtPagina {
        let voorwaarde = |pil, naam: &str, tekst: &str| Voorwaarde { pil, naam: naam.into(), tekst: tekst.into() };
        OverdrachtPagina {
            kader: voorbeelden::lokaal_team(Plek::Overdrachten),
            nummer: "Z26-00233".into(),
            casus_href: Some("/casus/z26-00233".into()),
            titel: "Overdracht van huishouden Elders".into(),
            inleiding: "Na Voorwaarden & Vervolg. Aangeboden door Nadia Oefenaar, Veilig Thuis Kennemerland, vandaag om 09.40 uur. Gemeente Beverwijk.".into(),
            pil: Pil::new(Status::AanZet, "U bent aan zet"),
            samenvatting: "Op 22 januari meldde de school ruzie met slaan tussen de ouders. De twee kinderen waren erbij. Veilig Thuis stelde voorwaarden en het gezin werkte mee. De directe onveiligheid is gestopt. Nu moet het stabiel veilig worden.".into(),
            feiten: vec![
                Feit::new("Huishouden", "Els Elders (34), Daan Elders (38), Pim (11) en Roos (7)"),
                Feit::new("Warm overgedragen", "do 2 april, 14.00 uur, met gezin, Veilig Thuis en u"),
                Feit::new("Gezin weet ervan", "Ja, en het gezin krijgt een eigen versie van dit document"),
                Feit::new("Afspraak", "IJmond, versie van 4 juli 2024, paragraaf 3.4"),
            ],
            document: Some(Link::new("Hele overdrachtsdocument", "/overdrachten/z26-00233/document")),
            inhoud: inhoud(),
            overgang: Overgang {
                clausule: Clausule::new("IJmond § 3.4.1"),
                voorwaarden: vec![
                    voorwaarde(Pil::new(Status::Gehaald, "Gedaan"), "De gegevens zijn overgedragen", "Vandaag om 09.40 uur, na het gesprek met het gezin op 2 april."),
                    voorwaarde(Pil::new(Status::AanZet, "U bent aan zet"), "Uw team bevestigt dat het de casus accepteert", "Pas als beide gedaan zijn, gaat het zicht over."),
                ],
            },
            stand: Stand {
                nu: Houder::new(HouderSoort::VeiligThuis, "Veilig Thuis"),
                nu_tekst: "heeft het zicht sinds 29 januari, tot u accepteert".into(),
                straks: Some(Houder::new(HouderSoort::LokaalTeam, "Socius")),
                straks_kop: "Als u accepteert".into(),
                straks_tekst: "direct, op dat moment · IJmond § 3.4.1".into(),
                waarom_href: Some("/overdrachten/z26-00233/waarom".into()),
            },
            gevolg: "Vanaf dat moment heeft uw team het zicht op veiligheid.".into(),
            tegenvoorstel: None,
            plichten: plichten(),
            antwoord: Antwoord::Ontvanger(Box::new(ontvanger())),
            hiaat: Some(Onbenoemd { titel: "De afspraak noemt geen termijn voor uw antwoord.".into(), lezing: "wij herinneren u en Veilig Thuis elke werkdag.".into() }),
            fouten: Vec::new(),
            weigering: None,
            conflict: None,
            opdracht: "0198-voorbeeld".into(),
            versie: "31".into(),
        }
    }

    /// The same handover as the sender sees it.
    pub fn voorbeeld_zender() -> OverdrachtPagina {
        let mut pagina = voorbeeld();
        pagina.kader = voorbeelden::veilig_thuis(Plek::Overdrachten);
        pagina.pil = Pil::new(Status::AanZet, "U bent aan zet");
        pagina.inhoud.pil = Pil::new(Status::Deels, "Mist 1 van 7");
        let ontbreekt = &mut pagina.inhoud.onderdelen[5];
        (ontbreekt.status, ontbreekt.woord) = (Status::Volgt, "Ontbreekt".into());
        ontbreekt.tekst = "Ontbreekt: nog niet ingevuld door Veilig Thuis.".into();
        pagina.stand.nu_tekst = "heeft het zicht sinds 29 januari, tot Socius accepteert".into();
        pagina.stand.straks_kop = "Als Socius accepteert".into();
        pagina.gevolg = "Tot Socius accepteert, houdt Veilig Thuis het zicht op veiligheid.".into();
        pagina.tegenvoorstel = Some(Tegenvoorstel {
            tekst: "Tegenvoorstel van Socius: niet nu, maar vanaf di 14 april. Reden: Wij zijn vol.".into(),
            akkoord: Some(Link::new("Akkoord met de latere dag", "/casus/z26-00233/doe/aanvaard-tegenvoorstel")),
        });
        pagina.antwoord = Antwoord::Zender(Box::new(ZenderAntwoord {
            ontvanger: "Socius".into(),
            trek_in_actie: "/overdrachten/z26-00233/trek-in".into(),
            reden: String::new(),
            mondeling: Some(Mondeling {
                actie: "/overdrachten/z26-00233/mondeling".into(),
                datum: "2026-04-07".into(),
                ..Mondeling::default()
            }),
        }));
        pagina.fouten = vec![VeldFout::new("intrek_reden", "Schrijf op waarom u de overdracht intrekt")];
        pagina
    }

    #[test]
    fn de_ontvanger_ziet_gevolg_en_plichten_voor_de_knop() {
        let html = voorbeeld().render().unwrap();
        let knop = html.find("Accepteren namens Socius").unwrap();
        assert!(html.find("Vanaf dat moment heeft uw team").unwrap() < knop);
        assert!(html.find("uiterlijk di 21 april").unwrap() < knop);
        assert!(!html.contains(" checked"), "geen reden van weigering vooraf gekozen");
    }

    #[test]
    fn de_zender_kan_intrekken_en_niet_accepteren() {
        let html = voorbeeld_zender().render().unwrap();
        assert!(!html.contains("Accepteren namens"));
        assert!(html.contains("Overdracht intrekken"));
        assert!(html.contains("Deze notitie verandert niet wie het zicht heeft"));
        assert!(html.contains(r#"id="fout-intrek_reden""#));
    }

    #[test]
    fn na_het_antwoord_is_er_geen_formulier_meer() {
        let mut pagina = voorbeeld();
        pagina.antwoord = Antwoord::Gesloten("Socius accepteerde op di 7 april om 10.12 uur.".into());
        let html = pagina.render().unwrap();
        assert!(html.contains("Socius accepteerde"));
        assert_eq!(html.matches("<form").count(), 1, "alleen afmelden");
    }
}
