//! The overdrachtstafel: the agenda, the casus on the table, and both sides that decide.
//!
//! A casus that is not on the table shows its number only, to whoever is not concerned.

use askama::Template;

use super::bijeenkomst::Briefregel;
use super::kader::Kader;
use super::onderdelen::{Clausule, Conflict, Feit, Houder, Icoon, Link, Pil, Status, Weigering, Zichtband};
use super::veld::{Optie, VeldFout};

/// One overdrachtstafel, for one of the sides.
#[derive(Debug, Clone, Template)]
#[template(path = "overdrachtstafel.html")]
pub struct OverdrachtstafelPagina {
    pub kader: Kader,
    /// "Overdrachtstafel Beverwijk".
    pub titel: String,
    /// "Dinsdag 7 april 2026, 13.30 tot 14.30 uur."
    pub inleiding: String,
    /// "13.48 uur".
    pub bijgewerkt: String,
    /// This page again; also asked for by itself every half minute where scripts run.
    pub ververs_href: String,
    /// "2 van 6 klaar".
    pub voortgang: String,
    pub agenda: Vec<Agendapunt>,
    pub op_tafel: Option<OpTafel>,
    pub net_gebeurd: Vec<Voorval>,
    /// Meetings of this table, the latest first.
    pub bijeenkomsten: Vec<Bijeenkomstregel>,
    /// For Veilig Thuis: where one is planned.
    pub plan_href: Option<String>,
    pub fouten: Vec<VeldFout>,
    pub weigering: Option<Weigering>,
    pub conflict: Option<Conflict>,
    pub opdracht: String,
    pub versie: String,
}

/// A casus on the agenda: a number, never a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agendapunt {
    pub nummer: String,
    /// Absent when the reader may not open it.
    pub href: Option<String>,
    pub status: Status,
    /// "geaccepteerd, 13.38 uur".
    pub tekst: String,
    pub gekozen: bool,
}

/// The casus that is discussed now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpTafel {
    pub naam: String,
    /// "Z26-00402 · Beverwijk · 3 personen, 1 kind van 8 jaar · directe overdracht, IJmond § 3.3".
    pub kenmerk: String,
    pub casus_href: Option<String>,
    pub band: Zichtband,
    pub feiten: Vec<Feit>,
    /// "Mag direct worden overgedragen", or what stands in the way.
    pub oordeel: Pil,
    pub oordeel_tekst: String,
    pub clausule: Clausule,
    pub criteria: Vec<TafelCriterium>,
    pub vt: VtKolom,
    pub ontvanger: OntvangerKolom,
    /// What the table decided, the latest first.
    pub gesprekken: Vec<Tafelgesprek>,
    /// For who records it.
    pub besluit_href: Option<String>,
    /// Letters that follow on the decision, for who writes them.
    pub brieven: Vec<Briefregel>,
}

/// One time that the table talked about the casus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tafelgesprek {
    pub besluit: String,
    pub wanneer: String,
    /// What came of it.
    pub gevolg: String,
    pub aan_tafel: String,
    pub reden: String,
    /// What was agreed, in words; both sides keep it.
    pub afspraken: String,
}

/// A meeting of this table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bijeenkomstregel {
    pub link: Link,
    pub pil: Pil,
}

/// A criterion with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TafelCriterium {
    /// "nee", "ja", "niet beantwoord".
    pub antwoord: String,
    /// An answer that stands in the way.
    pub bezwaar: bool,
    pub vraag: String,
}

/// What Veilig Thuis decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VtKolom {
    pub houder: Houder,
    /// Absent while VT has not decided.
    pub besluit: Option<String>,
    pub vastgelegd: String,
    pub opmerking: String,
    /// For VT itself: the way to the form.
    pub actie: Option<VtActie>,
}

/// What VT can do at the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VtActie {
    pub tekst: String,
    pub href: String,
}

/// The side of the receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OntvangerKolom {
    pub houder: Houder,
    pub pil: Option<Pil>,
    pub gevolg: String,
    /// Present for the receiver itself while the offer is open.
    pub antwoord: Option<TafelAntwoord>,
}

/// The forms of the receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TafelAntwoord {
    pub namens: String,
    pub accepteer_actie: String,
    pub weiger_actie: String,
    pub redenen: Vec<Optie>,
    pub toelichting: String,
}

/// Something that just happened at this table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voorval {
    /// "13.46".
    pub tijd: String,
    pub tekst: String,
}

impl OverdrachtstafelPagina {
    /// The error at a field of the refusal.
    pub fn fout(&self, naam: &str) -> Option<&str> {
        self.fouten.iter().find(|fout| fout.naam == naam).map(|fout| fout.tekst.as_str())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::kader::{Plek, voorbeelden};
    use crate::pages::onderdelen::{Bandstuk, HouderSoort};

    fn criteria() -> Vec<TafelCriterium> {
        [
            "De melder wil anoniem blijven voor het gezin",
            "De veiligheid wordt acuut bedreigd",
            "Niet zeker genoeg of er geweld of mishandeling is",
            "Het gezin wil geen hulp of bemoeienis",
            "Zichtbaar letsel",
            "Geweld tegen een ongeboren kind",
            "Acute psychiatrie",
            "Eerst expertise van Veilig Thuis nodig",
        ]
        .map(|vraag| TafelCriterium { antwoord: "nee".into(), bezwaar: false, vraag: vraag.into() })
        .to_vec()
    }

    fn op_tafel() -> OpTafel {
        let vt = Houder::new(HouderSoort::VeiligThuis, "Veilig Thuis");
        let socius = Houder::new(HouderSoort::LokaalTeam, "Socius");
        OpTafel {
            naam: "Huishouden Luchtkasteel".into(),
            kenmerk: "Z26-00402 · Beverwijk · 3 personen, 1 kind van 8 jaar · directe overdracht, IJmond § 3.3".into(),
            casus_href: Some("/casus/z26-00402".into()),
            band: Zichtband {
                nu: Bandstuk { houder: vt.clone(), sinds: "sinds do 26 maart, 15.20 uur".into(), grond: "IJmond § 3.1".into(), waarom_href: None },
                straks: Some(Bandstuk { houder: socius.clone(), sinds: "als Socius hier accepteert".into(), grond: "IJmond § 3.3.1".into(), waarom_href: None }),
            },
            feiten: vec![
                Feit::new("Melding", "do 19 maart, basisschool, open. Het kind komt vaak zonder eten op school en is bang om naar huis te gaan. De ouders maken veel ruzie."),
                Feit::new("Veiligheidstaxatie", "Geen acute onveiligheid. Wel zorgen over de dagelijkse verzorging."),
                Feit::new("Gezin", "Op 1 april gebeld door Veilig Thuis. Beide ouders willen hulp."),
                Feit::new("Vraag aan Socius", "Contact met het gezin en samen veiligheidsafspraken maken."),
            ],
            oordeel: Pil::new(Status::Gehaald, "Mag direct worden overgedragen"),
            oordeel_tekst: "alle 8 vragen zijn met nee beantwoord".into(),
            clausule: Clausule::new("IJmond § 3.2"),
            criteria: criteria(),
            vt: VtKolom {
                houder: vt,
                besluit: Some("Overdragen aan Socius".into()),
                vastgelegd: "Vastgelegd om 13.46 uur door Nadia Oefenaar, met Hanna Schets als tweede.".into(),
                opmerking: "Alleen Socius kan accepteren. Tot dan houdt Veilig Thuis het zicht.".into(),
                actie: None,
            },
            ontvanger: OntvangerKolom {
                houder: socius,
                pil: Some(Pil::new(Status::AanZet, "U bent aan zet")),
                gevolg: "Vanaf uw akkoord heeft Socius het zicht op veiligheid. Contact met het gezin: uiterlijk di 21 april.".into(),
                antwoord: Some(TafelAntwoord {
                    namens: "Socius".into(),
                    accepteer_actie: "/overdrachtstafel/beverwijk/z26-00402/accepteer".into(),
                    weiger_actie: "/overdrachtstafel/beverwijk/z26-00402/weiger".into(),
                    redenen: vec![Optie::new("werkgebied", "Het gezin woont niet in ons werkgebied"), Optie::new("ander-team", "Een ander team past beter")],
                    toelichting: String::new(),
                }),
            },
            gesprekken: vec![Tafelgesprek {
                besluit: "Socius pakt de casus op".into(),
                wanneer: "di 7 april, 13.46 uur".into(),
                gevolg: "Wacht tot Socius zelf accepteert. Tot dan gaat het zicht niet over.".into(),
                aan_tafel: "Socius, Veilig Thuis".into(),
                reden: String::new(),
                afspraken: "Socius belt moeder deze week. Veilig Thuis stuurt morgen de brief.".into(),
            }],
            besluit_href: None,
            brieven: Vec::new(),
        }
    }

    pub fn voorbeeld() -> OverdrachtstafelPagina {
        let punt = |nummer: &str, status, tekst: &str, gekozen| Agendapunt {
            nummer: nummer.into(),
            href: Some(format!("/overdrachtstafel/beverwijk/{nummer}")),
            status,
            tekst: tekst.into(),
            gekozen,
        };
        let mut gesloten = punt("Z26-00457", Status::KanNiet, "niet compleet, kan nog niet", false);
        gesloten.href = None;
        let voorval = |tijd: &str, tekst: &str| Voorval { tijd: tijd.into(), tekst: tekst.into() };
        OverdrachtstafelPagina {
            kader: voorbeelden::lokaal_team(Plek::Overdrachtstafel),
            titel: "Overdrachtstafel Beverwijk".into(),
            inleiding: "Dinsdag 7 april 2026, 13.30 tot 14.30 uur. Voorzitter: Nadia Oefenaar, Veilig Thuis.".into(),
            bijgewerkt: "13.48 uur".into(),
            ververs_href: "/overdrachtstafel/beverwijk/Z26-00402".into(),
            voortgang: "2 van 6 klaar".into(),
            agenda: vec![
                punt("Z26-00441", Status::Gehaald, "geaccepteerd, 13.38 uur", false),
                punt("Z26-00415", Status::Geweigerd, "geweigerd, 13.44 uur", false),
                punt("Z26-00402", Status::AanZet, "nu op tafel", true),
                gesloten,
                punt("Z26-00463", Status::Volgt, "volgt", false),
            ],
            op_tafel: Some(op_tafel()),
            net_gebeurd: vec![
                voorval("13.46", "Veilig Thuis besloot: overdragen aan Socius"),
                voorval("13.44", "CJG weigerde Z26-00415. Veilig Thuis houdt het zicht"),
                voorval("13.38", "Socius accepteerde Z26-00441"),
            ],
            bijeenkomsten: vec![Bijeenkomstregel {
                link: Link::new("di 7 april, 13.30 uur", "/overdrachtstafel/bijeenkomsten/1"),
                pil: Pil::new(Status::Volgt, "Gepland"),
            }],
            plan_href: None,
            fouten: Vec::new(),
            weigering: None,
            conflict: None,
            opdracht: "0198-voorbeeld".into(),
            versie: "17".into(),
        }
    }

    /// The side of Veilig Thuis, before its decision.
    pub fn voorbeeld_vt() -> OverdrachtstafelPagina {
        let mut pagina = voorbeeld();
        pagina.kader = voorbeelden::veilig_thuis(Plek::Overdrachtstafel);
        if let Some(tafel) = &mut pagina.op_tafel {
            tafel.band.straks = None;
            tafel.vt.besluit = None;
            tafel.vt.vastgelegd = "Veilig Thuis heeft nog niet besloten.".into();
            tafel.vt.actie = Some(VtActie {
                tekst: "Aanbieden aan Socius".into(),
                href: "/casus/z26-00402/handeling/bied-overdracht-aan".into(),
            });
            tafel.ontvanger.pil = None;
            tafel.ontvanger.gevolg = "Socius kan antwoorden zodra Veilig Thuis heeft aangeboden.".into();
            tafel.ontvanger.antwoord = None;
            tafel.criteria[4].antwoord = "niet beantwoord".into();
            tafel.criteria[4].bezwaar = true;
            tafel.oordeel = Pil::new(Status::KanNiet, "Kan nog niet");
            tafel.oordeel_tekst = "1 van de 8 vragen is nog niet beantwoord".into();
        }
        pagina
    }

    #[test]
    fn op_de_agenda_staan_geen_namen() {
        let html = voorbeeld().render().unwrap();
        let agenda = html.split_once("id=\"agenda\"").unwrap().1.split_once("</section>").unwrap().0;
        assert!(agenda.contains("Z26-00402"));
        assert!(!agenda.contains("Luchtkasteel"));
    }

    #[test]
    fn alleen_de_ontvanger_kan_accepteren() {
        assert!(voorbeeld().render().unwrap().contains("Accepteren namens Socius"));
        let vt = voorbeeld_vt().render().unwrap();
        assert!(!vt.contains("Accepteren namens"));
        assert!(vt.contains("Aanbieden aan Socius"));
    }
}
