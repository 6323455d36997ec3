//! The agreements that the engine runs, readable: which editions there are, and what one of them says.

use askama::Template;

use super::kader::Kader;
use super::onderdelen::{Icoon, Link, Pil};

/// All agreements with their editions.
#[derive(Debug, Clone, Template)]
#[template(path = "afspraken.html")]
pub struct AfsprakenPagina {
    pub kader: Kader,
    pub regios: Vec<AfspraakRegio>,
}

/// The editions of one region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AfspraakRegio {
    pub id: String,
    pub naam: String,
    /// "3 gemeenten, 5 partijen".
    pub kenmerk: String,
    /// Newest first.
    pub edities: Vec<Editie>,
}

/// One edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editie {
    pub link: Link,
    /// "vanaf 4 juli 2024".
    pub geldig: String,
    /// Geldt nu, Verlopen, Gaat in op ….
    pub pil: Pil,
}

/// One edition, readable.
#[derive(Debug, Clone, Template)]
#[template(path = "afspraak.html")]
pub struct AfspraakPagina {
    pub kader: Kader,
    /// "Samenwerkingsafspraken IJmond".
    pub titel: String,
    /// "Versie van 4 juli 2024".
    pub editie: String,
    pub geldig: String,
    pub pil: Pil,
    /// "Vult aan: Landelijk, december 2018".
    pub basis: Option<Link>,
    /// The fingerprint of the edition, shortened.
    pub vingerafdruk: String,
    pub partijen: Vec<String>,
    pub gemeenten: Vec<GemeenteRij>,
    pub overgangen: Vec<OvergangRij>,
    pub termijnen: Vec<TermijnRij>,
    pub criteria: Vec<CriteriumRij>,
    /// Whatever else it says, list by list.
    pub lijsten: Vec<Lijst>,
    /// The agreements with which it can be compared.
    pub vergelijk: Vec<Link>,
    pub clausules: Vec<ClausuleRij>,
    pub hiaten: Vec<HiaatRij>,
}

/// A municipality and who receives there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GemeenteRij {
    pub gemeente: String,
    pub ontvangers: String,
}

/// When the zicht passes, in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OvergangRij {
    pub wanneer: String,
    pub van_naar: String,
    pub plaats: String,
}

/// A term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermijnRij {
    pub naam: String,
    pub lengte: String,
    pub vanaf: String,
    pub wie: String,
    pub plaats: String,
}

/// A criterion and how hard it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriteriumRij {
    pub vraag: String,
    /// "dwingend": refused; "richtlijn": passes with a reason.
    pub soort: String,
    pub plaats: String,
}

/// One more thing that an agreement says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lijst {
    pub id: String,
    pub titel: String,
    pub rijen: Vec<LijstRij>,
}

/// A row of such a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LijstRij {
    pub wat: String,
    pub uitleg: String,
    pub plaats: String,
}

/// Two agreements beside each other.
#[derive(Debug, Clone, Template)]
#[template(path = "afspraak_verschil.html")]
pub struct VerschilPagina {
    pub kader: Kader,
    pub oud: Link,
    pub nieuw: Link,
    pub rijen: Vec<VerschilRij>,
}

/// An entry that is not the same in both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerschilRij {
    /// "Termijn".
    pub wat: String,
    /// "Veiligheidsbeoordeling".
    pub naam: String,
    /// "anders", "alleen in de eerste".
    pub soort: String,
    /// "IJM-3.3.1.b → NOG-1.g".
    pub clausules: String,
    pub velden: Vec<VeldRij>,
}

/// A field that is not the same in both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VeldRij {
    pub veld: String,
    pub oud: String,
    pub nieuw: String,
}

/// A clause in our plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClausuleRij {
    /// "IJM-3.1.e".
    pub id: String,
    /// The anchor on this page: `c-3-1-e`.
    pub anker: String,
    pub tekst: String,
    pub plaats: String,
    /// constitutief, dwingend, richtlijn.
    pub soort: String,
}

/// A gap in the sources that this edition fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HiaatRij {
    pub id: String,
    pub wat_ontbreekt: String,
    pub lezing: String,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::kader::{Plek, voorbeelden};
    use crate::pages::onderdelen::Status;

    pub fn voorbeeld_lijst() -> AfsprakenPagina {
        let editie = |tekst: &str, geldig: &str, pil| Editie {
            link: Link::new(tekst, "/afspraken/ijmond/2024-07-04"),
            geldig: geldig.into(),
            pil,
        };
        let geldt = || Pil::new(Status::Gehaald, "Geldt nu");
        AfsprakenPagina {
            kader: voorbeelden::veilig_thuis(Plek::Afspraken),
            regios: vec![
                AfspraakRegio {
                    id: "landelijk".into(),
                    naam: "Landelijk".into(),
                    kenmerk: "de basis van elke regio".into(),
                    edities: vec![editie(
                        "Vragen en antwoorden voor professionals, december 2018",
                        "vanaf 1 januari 2019",
                        geldt(),
                    )],
                },
                AfspraakRegio {
                    id: "ijmond".into(),
                    naam: "IJmond".into(),
                    kenmerk: "3 gemeenten, 5 partijen".into(),
                    edities: vec![
                        editie("Samenwerkingsafspraken, versie van 4 juli 2024", "vanaf 4 juli 2024", geldt()),
                        editie(
                            "Samenwerkingsafspraken, eerdere versie",
                            "tot 4 juli 2024",
                            Pil::new(Status::Vervallen, "Verlopen"),
                        ),
                    ],
                },
            ],
        }
    }

    fn overgangen() -> Vec<OvergangRij> {
        vec![
            OvergangRij {
                wanneer: "De veiligheidsbeoordeling is gedaan, uiterlijk bij het begin van de 6e werkdag".into(),
                van_naar: "van de melder naar Veilig Thuis".into(),
                plaats: "§ 3.1".into(),
            },
            OvergangRij {
                wanneer: "De casus is geaccepteerd aan de overdrachtstafel".into(),
                van_naar: "van Veilig Thuis naar het lokale team".into(),
                plaats: "§ 3.3.1".into(),
            },
        ]
    }

    fn termijnen() -> Vec<TermijnRij> {
        vec![
            TermijnRij {
                naam: "Veiligheidsbeoordeling".into(),
                lengte: "5 werkdagen".into(),
                vanaf: "ontvangst van de melding".into(),
                wie: "Veilig Thuis".into(),
                plaats: "§ 3.3.1".into(),
            },
            TermijnRij {
                naam: "Contact met het gezin".into(),
                lengte: "14 dagen".into(),
                vanaf: "ontvangst van de gegevens".into(),
                wie: "lokaal team".into(),
                plaats: "§ 3.3.2".into(),
            },
        ]
    }

    fn clausules() -> Vec<ClausuleRij> {
        let clausule = |id: &str, anker: &str, tekst: &str, plaats: &str, soort: &str| ClausuleRij {
            id: id.into(),
            anker: anker.into(),
            tekst: tekst.into(),
            plaats: plaats.into(),
            soort: soort.into(),
        };
        vec![
            clausule(
                "IJM-3.1.b",
                "c-3-1-b",
                "Vanaf het moment dat Veilig Thuis weet dat een melding spoed heeft, is Veilig Thuis verantwoordelijk.",
                "§ 3.1",
                "constitutief",
            ),
            clausule(
                "IJM-3.1.e",
                "c-3-1-e",
                "Anders is Veilig Thuis verantwoordelijk vanaf de veiligheidsbeoordeling, en in elk geval vanaf de 6e werkdag.",
                "§ 3.1",
                "constitutief",
            ),
        ]
    }

    pub fn voorbeeld() -> AfspraakPagina {
        AfspraakPagina {
            kader: voorbeelden::veilig_thuis(Plek::Afspraken),
            titel: "Samenwerkingsafspraken IJmond".into(),
            editie: "Versie van 4 juli 2024".into(),
            geldig: "Geldig vanaf 4 juli 2024, zonder einddatum.".into(),
            pil: Pil::new(Status::Gehaald, "Geldt nu"),
            basis: Some(Link::new("Landelijk, december 2018", "/afspraken/landelijk/2018-12")),
            vingerafdruk: "3f9a 11c2 70de".into(),
            partijen: [
                "Veilig Thuis Kennemerland",
                "CJG Kennemerland",
                "Sociaal Team Beverwijk",
                "MET Heemskerk",
                "Sociaal Wijkteam Velsen",
            ]
            .map(str::to_owned)
            .to_vec(),
            gemeenten: vec![
                GemeenteRij { gemeente: "Beverwijk".into(), ontvangers: "Socius, CJG Kennemerland".into() },
                GemeenteRij { gemeente: "Heemskerk".into(), ontvangers: "MET Heemskerk, CJG Kennemerland".into() },
            ],
            overgangen: overgangen(),
            termijnen: termijnen(),
            criteria: vec![CriteriumRij {
                vraag: "De melder wil anoniem blijven voor het gezin".into(),
                soort: "dwingend".into(),
                plaats: "§ 3.2".into(),
            }],
            lijsten: vec![Lijst {
                id: "opschalen".into(),
                titel: "Als het niet lukt".into(),
                rijen: vec![LijstRij {
                    wat: "Leg het voor aan gedragsdeskundigen".into(),
                    uitleg: "de medewerkers die er samen niet uitkomen".into(),
                    plaats: "§ 3.8".into(),
                }],
            }],
            vergelijk: vec![Link::new("Noord Oost Gelderland", "/afspraken/ijmond/2024-07-04/verschil/nog/2019")],
            clausules: clausules(),
            hiaten: vec![HiaatRij {
                id: "HIAAT-7".into(),
                wat_ontbreekt: "De tekst zegt niet welke dagen geen werkdag zijn.".into(),
                lezing: "de algemeen erkende feestdagen tellen niet mee.".into(),
            }],
        }
    }

    pub fn voorbeeld_verschil() -> VerschilPagina {
        VerschilPagina {
            kader: voorbeelden::veilig_thuis(Plek::Afspraken),
            oud: Link::new("IJmond, versie van 4 juli 2024", "/afspraken/ijmond/2024-07-04"),
            nieuw: Link::new("Noord Oost Gelderland, versie 2019", "/afspraken/noord-oost-gelderland/2019"),
            rijen: vec![VerschilRij {
                wat: "Termijn".into(),
                naam: "Veiligheidsbeoordeling".into(),
                soort: "anders".into(),
                clausules: "IJM-3.3.1.e → LND-3.d".into(),
                velden: vec![VeldRij { veld: "lengte".into(), oud: "5".into(), nieuw: "8".into() }],
            }],
        }
    }

    #[test]
    fn een_verschil_noemt_oud_nieuw_en_clausules_en_geen_verschil_heet_zo() {
        let html = voorbeeld_verschil().render().unwrap();
        assert!(html.contains("<td>5</td><td>8</td>") && html.contains("IJM-3.3.1.e → LND-3.d"), "{html}");
        let geen = VerschilPagina { rijen: Vec::new(), ..voorbeeld_verschil() }.render().unwrap();
        assert!(geen.contains("Er is geen verschil."));
    }

    #[test]
    fn een_afspraak_is_te_lezen_en_aan_te_wijzen() {
        let html = voorbeeld().render().unwrap();
        assert!(html.contains(r#"id="c-3-1-e""#));
        assert!(html.contains("5 werkdagen"));
        assert!(html.contains("Dit is onze lezing, niet de tekst van de partijen."));
        assert!(html.contains("In onze eigen woorden"));
    }

    #[test]
    fn de_lijst_zegt_welke_versie_nu_geldt() {
        let html = voorbeeld_lijst().render().unwrap();
        assert!(html.contains("Geldt nu") && html.contains("Verlopen"));
    }
}
