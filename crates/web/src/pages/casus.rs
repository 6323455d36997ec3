//! One casus: who watches, what is due, what can I do, who are they, how did it come.

use askama::Template;

use super::baan::Banen;
use super::casus_melding::Meldingen;
use super::casus_vervolg::Vervolg;
use super::herkenning::Herkenning;
use super::kader::Kader;
use super::onderdelen::{Clausule, Houder, Icoon, Keuze, Link, Pil, Zichtband};

/// The page of one casus, for one organisation, at one instant.
#[derive(Debug, Clone, Template)]
#[template(path = "casus.html")]
pub struct CasusPagina {
    pub kader: Kader,
    pub kop: CasusKop,
    /// Set when the page shows the past.
    pub terugblik: Option<Terugblik>,
    /// Other open casussen about the same household.
    pub dubbel: Vec<Link>,
    /// What who goes to the home or makes contact must know first.
    pub veilig_contact: Vec<String>,
    pub tijdreis: Tijdreis,
    pub termijnen: Termijnlijst,
    pub acties: Acties,
    /// What is said when there is nothing to do.
    pub niets_te_doen: String,
    pub kan_niet: Vec<KanNiet>,
    /// Who does it for the own organisation; absent for who does not work on the casus.
    pub toegewezen: Option<Toegewezen>,
    pub huishouden: Huishouden,
    /// Set for Veilig Thuis while nobody chose to which household a report belongs.
    pub herkenning: Option<Herkenning>,
    pub meldingen: Meldingen,
    pub vervolg: Vervolg,
    pub banen: Banen,
    /// Hele casus, 3 maanden, 4 weken.
    pub zoom: Vec<Keuze>,
    /// Newest first.
    pub geschiedenis: Vec<Gebeurtenis>,
    /// Leads to the older part, when there is one.
    pub geschiedenis_meer: Option<Link>,
    pub organisaties: Vec<Betrokkene>,
}

/// The sticky header that every page of a casus has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasusKop {
    /// "Z25-01873".
    pub nummer: String,
    /// "Huishouden Verzinsel".
    pub naam: String,
    /// "Velsen · 4 personen, 2 kinderen".
    pub kenmerk: String,
    /// "Afspraak: IJmond, 4 juli 2024".
    pub afspraak: String,
    pub href: String,
    /// The parts of this casus; empty where there is only the overview.
    pub tabs: Vec<Keuze>,
    pub band: Zichtband,
    pub volgende: Option<VolgendeTermijn>,
}

/// The term that is due first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolgendeTermijn {
    pub naam: String,
    pub pil: Pil,
    /// "wo 8 april, 23.59 uur".
    pub uiterlijk: String,
    pub waarom_href: String,
}

/// The page shows the casus as it stood, and as it was known, at an earlier moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terugblik {
    /// "di 3 maart 2026, 14.00 uur".
    pub stand_op: String,
    /// Set when knowledge of another moment is used.
    pub als_bekend_op: Option<String>,
    pub terug_href: String,
}

/// The form "Stand op een datum"; values as date and time inputs want them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tijdreis {
    pub actie: String,
    pub datum: String,
    pub tijd: String,
    pub bekend_datum: String,
    pub bekend_tijd: String,
    pub fout: Option<String>,
}

/// The running terms, and what became of the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Termijnlijst {
    pub lopend: Vec<Termijn>,
    pub afgesloten: Vec<Termijn>,
}

/// One term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Termijn {
    pub naam: String,
    pub pil: Pil,
    /// "uiterlijk wo 8 april, 23.59 uur"; when met also the day of the act, and the day of recording when that differs.
    pub wanneer: String,
    pub wie: Houder,
    pub clausule: Clausule,
    pub waarom_href: String,
}

/// What the reader may do now, in three groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Acties {
    /// What waits for an answer, most pressing first; the first is the main action.
    pub nu: Vec<Actie>,
    pub vastleggen: Vec<Actie>,
    pub meer: Vec<Actie>,
}

impl Acties {
    pub fn is_empty(&self) -> bool {
        self.nu.is_empty() && self.vastleggen.is_empty() && self.meer.is_empty()
    }
}

/// To whom the casus is assigned within the own organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toegewezen {
    /// "Toegewezen aan Nadia Oefenaar".
    pub tekst: String,
    /// To take it over, or to take it up.
    pub doen: Option<Link>,
}

/// Something that the reader may do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actie {
    pub tekst: String,
    pub href: String,
    pub icoon: Icoon,
}

/// Something that cannot be done now, why, and when it can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KanNiet {
    pub titel: String,
    pub reden: String,
    pub clausule: Clausule,
    /// A guideline can be passed with a reason: the way to the form.
    pub toch_href: Option<String>,
}

/// Who lives where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Huishouden {
    pub adres: Option<String>,
    pub thuis: Vec<Lid>,
    /// Living elsewhere.
    pub elders: Vec<Lid>,
    /// Other casussen with the same persons, as far as the reader may know.
    pub ook_in: Vec<Link>,
    /// Set when the content was destroyed or was never given: said as it is, not "geen gegevens".
    pub niet_beschikbaar: Option<String>,
}

/// A member of the household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lid {
    pub naam: String,
    /// "37 jaar, moeder".
    pub kenmerk: String,
    pub kind: bool,
}

/// One line of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gebeurtenis {
    pub icoon: Icoon,
    /// "ma 30 maart, 10.00 uur".
    pub gebeurd: String,
    /// Set when it was recorded at another moment than it happened.
    pub vastgelegd: Option<String>,
    pub wat: String,
    pub toelichting: Option<String>,
    /// The organisation; a person only where the reader may see one.
    pub door: String,
    pub clausule: Option<Clausule>,
    /// Where who recorded it can mend when it happened.
    pub herstel_href: Option<String>,
}

/// An organisation concerned, and its part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Betrokkene {
    pub houder: Houder,
    pub rol: String,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::kader::{Plek, voorbeelden};
    use crate::pages::onderdelen::{Bandstuk, Flits, HouderSoort, Status};
    use crate::pages::{baan, casus_melding, casus_vervolg};

    fn vt() -> Houder {
        Houder::new(HouderSoort::VeiligThuis, "Veilig Thuis")
    }

    fn socius() -> Houder {
        Houder::new(HouderSoort::LokaalTeam, "Socius")
    }

    /// Huishouden Verzinsel on Tuesday 7 April 2026.
    pub fn kop() -> CasusKop {
        CasusKop {
            nummer: "Z25-01873".into(),
            naam: "Huishouden Verzinsel".into(),
            kenmerk: "Velsen · 4 personen, 2 kinderen".into(),
            afspraak: "Afspraak: IJmond, 4 juli 2024".into(),
            href: "/casus/z25-01873".into(),
            tabs: vec![
                Keuze::new("Overzicht", "/casus/z25-01873", false),
                Keuze::new("Plan", "/casus/z25-01873/plan", true),
            ],
            band: Zichtband {
                nu: Bandstuk {
                    houder: socius(),
                    sinds: "sinds ma 1 december 2025, 11.15 uur".into(),
                    grond: "na warme overdracht, IJmond § 3.4.1".into(),
                    waarom_href: Some("/casus/z25-01873/waarom/zicht".into()),
                },
                straks: Some(Bandstuk {
                    houder: vt(),
                    sinds: "uiterlijk do 9 april, 00.00 uur".into(),
                    grond: "of eerder, als de beoordeling klaar is, IJmond § 3.1".into(),
                    waarom_href: Some("/casus/z25-01873/waarom/straks".into()),
                }),
            },
            volgende: Some(VolgendeTermijn {
                naam: "Veiligheidsbeoordeling".into(),
                pil: Pil::new(Status::DezeWeek, "Morgen"),
                uiterlijk: "wo 8 april, 23.59 uur".into(),
                waarom_href: "/casus/z25-01873/waarom/termijn/1".into(),
            }),
        }
    }

    fn termijn(naam: &str, pil: Pil, wanneer: &str, wie: Houder, clausule: Clausule) -> Termijn {
        let waarom_href = "/casus/z25-01873/waarom/termijn/1".into();
        Termijn { naam: naam.into(), pil, wanneer: wanneer.into(), wie, clausule, waarom_href }
    }

    fn termijnen() -> Termijnlijst {
        Termijnlijst {
            lopend: vec![
                termijn(
                    "Veiligheidsbeoordeling van melding 3",
                    Pil::new(Status::DezeWeek, "Morgen"),
                    "uiterlijk wo 8 april, 23.59 uur",
                    vt(),
                    Clausule::new("Landelijk, vraag 3"),
                ),
                termijn(
                    "Terugkoppeling aan de melder",
                    Pil::new(Status::DezeWeek, "Morgen"),
                    "direct na de beoordeling, uiterlijk wo 8 april",
                    vt(),
                    Clausule::new("Landelijk, vraag 4"),
                ),
                termijn(
                    "Gezin informeren over melding 3",
                    Pil::new(Status::DezeWeek, "Over 2 dagen"),
                    "uiterlijk do 9 april, 23.59 uur",
                    vt(),
                    Clausule::new("Landelijk, vraag 4").als_onze_lezing(),
                ),
                termijn(
                    "Extra monitormoment, 6 maanden",
                    Pil::new(Status::Later, "1 juni"),
                    "afgesproken op 26 februari",
                    vt(),
                    Clausule::new("IJmond § 3.4.5"),
                ),
            ],
            afgesloten: vec![
                termijn(
                    "Monitormoment 3 maanden",
                    Pil::new(Status::Gehaald, "Gehaald"),
                    "do 26 februari, uiterlijk zo 1 maart",
                    vt(),
                    Clausule::new("IJmond § 3.4.5"),
                ),
                termijn(
                    "Tweede terugkoppeling",
                    Pil::new(Status::GehaaldTeLaat, "3 dagen te laat"),
                    "ma 1 december, uiterlijk vr 28 november",
                    vt(),
                    Clausule::new("Landelijk, vraag 8"),
                ),
                termijn(
                    "Contact van Socius met het gezin",
                    Pil::new(Status::Vervallen, "Vervallen"),
                    "vervallen door een nieuwe overdracht",
                    socius(),
                    Clausule::new("IJmond § 3.4.3"),
                ),
            ],
        }
    }

    fn kan_niet() -> Vec<KanNiet> {
        let reden = |titel: &str, reden: &str, plaats: &str, toch: Option<&str>| KanNiet {
            titel: titel.into(),
            reden: reden.into(),
            clausule: Clausule::new(plaats).met_link("/afspraken/ijmond/2024-07-04#c-3-3"),
            toch_href: toch.map(str::to_owned),
        };
        vec![
            reden(
                "Direct overdragen aan een lokaal team",
                "De beoordeling is nog niet klaar. 5 van de 8 vragen zijn beantwoord.",
                "IJmond § 3.3",
                None,
            ),
            reden(
                "Casus sluiten",
                "Nog geen 6 maanden zonder incident. Het laatste was op 14 januari. Kan op zijn vroegst op 14 juli.",
                "IJmond § 4.1",
                None,
            ),
            reden(
                "Monitoring stoppen",
                "Loopt volgens de afspraak tot 1 december 2026.",
                "IJmond § 3.4.5",
                Some("/casus/z25-01873/handeling/monitoring-stoppen"),
            ),
        ]
    }

    fn geschiedenis() -> Vec<Gebeurtenis> {
        let regel = |icoon, gebeurd: &str, wat: &str, door: &str, plaats: Option<&str>| Gebeurtenis {
            icoon,
            gebeurd: gebeurd.into(),
            vastgelegd: None,
            wat: wat.into(),
            toelichting: None,
            door: door.into(),
            clausule: plaats.map(Clausule::new),
            herstel_href: None,
        };
        vec![
            Gebeurtenis {
                vastgelegd: Some("di 31 maart, 14.20 uur".into()),
                toelichting: Some("Zij zag op 30 maart een blauwe plek.".into()),
                herstel_href: Some("/casussen/1/doe/herstel-vastlegging:4".into()),
                ..regel(Icoon::Telefoon, "di 31 maart, 11.30 uur", "Huisarts gebeld", "Veilig Thuis", None)
            },
            regel(
                Icoon::Vlag,
                "ma 30 maart, 10.00 uur",
                "Melding 3 ontvangen, van een huisarts",
                "Veilig Thuis",
                Some("IJmond § 3.1"),
            ),
            regel(
                Icoon::CirkelVink,
                "do 26 februari, 14.00 uur",
                "Monitormoment na 3 maanden gedaan",
                "Veilig Thuis",
                Some("IJmond § 3.4.5"),
            ),
            Gebeurtenis {
                vastgelegd: Some("do 15 januari, 09.05 uur".into()),
                ..regel(Icoon::Driehoek, "wo 14 januari, 19.30 uur", "Incident vastgelegd", "Socius", None)
            },
            regel(
                Icoon::AanZet,
                "ma 1 december 2025, 11.15 uur",
                "Socius accepteerde de overdracht: het zicht op veiligheid ging over",
                "Socius",
                Some("IJmond § 3.4.1"),
            ),
            regel(
                Icoon::Document,
                "vr 19 september 2025, 11.30 uur",
                "Veiligheidsbeoordeling van melding 1 klaar: dienst Voorwaarden & Vervolg",
                "Veilig Thuis",
                Some("IJmond § 3.1"),
            ),
            regel(
                Icoon::Vlag,
                "ma 15 september 2025, 10.05 uur",
                "Melding 1 ontvangen, van een school",
                "Veilig Thuis",
                Some("IJmond § 3.1"),
            ),
        ]
    }

    pub fn voorbeeld() -> CasusPagina {
        let lid = |naam: &str, kenmerk: &str, kind| Lid { naam: naam.into(), kenmerk: kenmerk.into(), kind };
        let actie = |icoon, tekst: &str| Actie {
            tekst: tekst.into(),
            href: "/casus/z25-01873/handeling/rond-beoordeling-af".into(),
            icoon,
        };
        CasusPagina {
            kader: voorbeelden::veilig_thuis(Plek::Werkvoorraad),
            kop: kop(),
            terugblik: None,
            veilig_contact: vec!["Fien: niet via voicemail inspreken.".into()],
            dubbel: vec![Link::new("casus Z26-00417", "/casus/z26-00417")],
            tijdreis: Tijdreis {
                actie: "/casus/z25-01873".into(),
                datum: "2026-04-07".into(),
                tijd: "09:00".into(),
                ..Tijdreis::default()
            },
            termijnen: termijnen(),
            acties: Acties {
                nu: vec![
                    actie(Icoon::Vink, "Veiligheidsbeoordeling afronden"),
                    actie(Icoon::CirkelVink, "Monitormoment vastleggen"),
                ],
                vastleggen: vec![
                    actie(Icoon::Driehoek, "Incident vastleggen"),
                    actie(Icoon::Telefoon, "Contact met het gezin vastleggen"),
                ],
                meer: vec![actie(Icoon::Bliksem, "Crisisdienst inschakelen")],
            },
            niets_te_doen: "Uw organisatie kan nu niets vastleggen.".into(),
            kan_niet: kan_niet(),
            toegewezen: Some(Toegewezen {
                tekst: "Toegewezen aan Ruben Proefman".into(),
                doen: Some(Link::new("Overnemen", "/casus/z25-01873/doe/wijs-medewerker-toe")),
            }),
            huishouden: Huishouden {
                adres: Some("Dromerslaan 12, Velsen".into()),
                thuis: vec![
                    lid("Mirthe Verzinsel", "37 jaar, moeder", false),
                    lid("Joost Denkbaar", "41 jaar, partner", false),
                    lid("Bo Elderman", "9 jaar, kind", true),
                    lid("Lot Denkbaar", "4 jaar, kind", true),
                ],
                elders: vec![lid("Ties Elderman", "40 jaar, vader van Bo, heeft gezag", false)],
                ook_in: vec![Link::new("casus Z19-00204, gesloten in 2020", "/casus/z19-00204")],
                niet_beschikbaar: None,
            },
            herkenning: Some(crate::pages::herkenning::tests::herkenning()),
            meldingen: casus_melding::tests::voorbeeld(),
            vervolg: casus_vervolg::tests::voorbeeld(),
            banen: baan::teken(&baan::tests::verzinsel()),
            zoom: vec![
                Keuze::new("Hele casus", "?zoom=alles#banen", true),
                Keuze::new("3 maanden", "?zoom=3-maanden#banen", false),
                Keuze::new("4 weken", "?zoom=4-weken#banen", false),
            ],
            geschiedenis: geschiedenis(),
            geschiedenis_meer: Some(Link::new("Oudere gebeurtenissen", "?geschiedenis=2#geschiedenis")),
            organisaties: vec![
                Betrokkene { houder: socius(), rol: "zicht op veiligheid".into() },
                Betrokkene { houder: vt(), rol: "monitoring, beoordeelt melding 3".into() },
                Betrokkene {
                    houder: Houder::new(HouderSoort::Overig, "CJG Kennemerland"),
                    rol: "regie overige leefgebieden".into(),
                },
            ],
        }
    }

    /// The same casus, looking back to 3 March.
    pub fn voorbeeld_terugblik() -> CasusPagina {
        let mut pagina = voorbeeld();
        pagina.terugblik = Some(Terugblik {
            stand_op: "di 3 maart 2026, 14.00 uur".into(),
            als_bekend_op: Some("wo 4 maart 2026, 09.00 uur".into()),
            terug_href: "/casus/z25-01873".into(),
        });
        pagina.kader.flits = Some(Flits {
            gelukt: true,
            titel: "Incident vastgelegd".into(),
            tekst: Some("Socius en Veilig Thuis zien het meteen.".into()),
        });
        pagina.acties = Acties::default();
        pagina.huishouden.niet_beschikbaar = Some("De gegevens van dit huishouden zijn op 1 maart vernietigd. Wat er gebeurde, is nog te zien; over wie het ging niet.".into());
        pagina
    }

    #[test]
    fn toont_wie_zicht_heeft_en_waarom() {
        let html = voorbeeld().render().unwrap();
        assert!(html.contains("Zicht op veiligheid: <strong>Socius</strong>"));
        assert!(html.contains("Straks: <strong>Veilig Thuis</strong>"));
        assert!(html.contains("<title>Casus · Zicht</title>"));
        assert_eq!(html.matches("<h1").count(), 1);
        assert!(html.contains("<caption"));
        assert!(html.contains(r#"role="img""#));
        assert!(!html.contains("style="));
    }

    #[test]
    fn wat_nu_moet_staat_voor_de_rest() {
        let html = voorbeeld().render().unwrap();
        let plaats = |tekst: &str| html.find(tekst).unwrap();
        assert!(plaats("Nu te doen") < plaats("Veiligheidsbeoordeling afronden</a>"));
        assert!(plaats("Monitormoment vastleggen") < plaats("<h3 class=\"actions__title\">Vastleggen"));
        assert!(plaats("<h3 class=\"actions__title\">Vastleggen") < plaats("Crisisdienst inschakelen"));
    }

    #[test]
    fn beide_tijden_staan_er_als_ze_verschillen() {
        let html = voorbeeld().render().unwrap();
        assert!(html.contains("vastgelegd di 31 maart, 14.20 uur"));
    }

    #[test]
    fn wie_terugkijkt_kan_niets_doen_en_weet_het() {
        let html = voorbeeld_terugblik().render().unwrap();
        assert!(html.contains("U kijkt terug"));
        assert!(html.contains("als bekend op wo 4 maart 2026"));
        assert!(!html.contains("Veiligheidsbeoordeling afronden"));
    }
}
