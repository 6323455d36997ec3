//! "Kennen we dit gezin?": casussen in which the persons of a report may occur, and the choice of the worker.

use askama::Template;

use super::casus::CasusKop;
use super::kader::Kader;
use super::onderdelen::{Conflict, Houder, Icoon, Link, Weigering};
use super::veld::{Veld, VeldFout};

/// The part that stands on the page of a casus, and on a page of its own when a form comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Herkenning {
    /// "Melding van ma 30 maart, 10.00 uur".
    pub melding: String,
    /// Best first.
    pub kandidaten: Vec<Kandidaat>,
    /// What else there is to know of the search: nothing found, nothing to search by, more than is shown.
    pub opmerkingen: Vec<String>,
    pub keuze: Keuze,
}

/// A casus in which the same persons may occur.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kandidaat {
    /// "Z25-01873".
    pub casus: Link,
    pub gesloten: bool,
    /// "laatste melding 3 oktober 2025".
    pub laatste: String,
    pub houder: Option<Houder>,
    pub overeenkomsten: Vec<Overeenkomst>,
}

/// What is the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overeenkomst {
    /// "Mirte Verzinsel", or "Het huishouden".
    pub wie: String,
    /// "zelfde BSN", "zelfde achternaam en geboortedatum", "zelfde adres".
    pub wat: Vec<String>,
}

/// The form of the choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keuze {
    pub actie: String,
    pub csrf: String,
    pub opdracht: String,
    pub versie: String,
    /// The only choice there is, when nothing was found.
    pub vast: Option<String>,
    pub velden: Vec<Veld>,
    pub knop: String,
}

/// The page on which a choice comes back that was not complete, or was refused.
#[derive(Debug, Clone, Template)]
#[template(path = "huishouden.html")]
pub struct HuishoudenPagina {
    pub kader: Kader,
    pub kop: CasusKop,
    pub herkenning: Herkenning,
    pub fouten: Vec<VeldFout>,
    pub weigering: Option<Weigering>,
    pub conflict: Option<Conflict>,
    pub terug_href: String,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::casus::tests::kop;
    use crate::pages::kader::{Plek, voorbeelden};
    use crate::pages::onderdelen::HouderSoort;
    use crate::pages::veld::Optie;

    pub fn herkenning() -> Herkenning {
        let overeenkomst = |wie: &str, wat: &[&str]| Overeenkomst {
            wie: wie.into(),
            wat: wat.iter().map(|wat| (*wat).to_owned()).collect(),
        };
        let keuzes = vec![
            Optie::new("zelfde:z25-01873", "Dezelfde casus: Z25-01873")
                .hint("Deze melding gaat naar die casus. Deze casus sluit."),
            Optie::new("bekend:z25-01873", "Bekend gezin, eigen casus: Z25-01873")
                .hint("Beide casussen blijven open. Dat valt op tot er een sluit."),
            Optie::new("bekend:z19-00204", "Bekend gezin, eigen casus: Z19-00204")
                .hint("Die casus blijft gesloten. Deze verwijst ernaar."),
            Optie::new("nieuw", "Nieuw gezin"),
        ];
        Herkenning {
            melding: "Melding van ma 30 maart, 10.00 uur".into(),
            kandidaten: vec![
                Kandidaat {
                    casus: Link::new("Z25-01873", "/casus/z25-01873"),
                    gesloten: false,
                    laatste: "laatste melding vr 3 oktober 2025".into(),
                    houder: Some(Houder::new(HouderSoort::LokaalTeam, "Socius")),
                    overeenkomsten: vec![
                        overeenkomst("Mirte Verzinsel", &["zelfde BSN", "zelfde achternaam en geboortedatum"]),
                        overeenkomst("Het huishouden", &["zelfde adres"]),
                    ],
                },
                Kandidaat {
                    casus: Link::new("Z19-00204", "/casus/z19-00204"),
                    gesloten: true,
                    laatste: "laatste melding di 5 maart 2019".into(),
                    houder: None,
                    overeenkomsten: vec![overeenkomst("Bo Elderman", &["zelfde achternaam en geboortedatum"])],
                },
            ],
            opmerkingen: vec!["Er wonden veel gezinnen op dit adres. Op het adres is niet gezocht.".into()],
            keuze: Keuze {
                actie: "/casus/z26-00001/huishouden".into(),
                csrf: "voorbeeld-csrf".into(),
                opdracht: "0198-voorbeeld".into(),
                versie: "1".into(),
                vast: None,
                velden: vec![
                    Veld::rondjes("huishouden", "Uw besluit", keuzes),
                    Veld::tekstvak("huishouden_reden", "Waarom?", 2)
                        .hint("Nodig als de melding naar een andere casus gaat.")
                        .optioneel(),
                ],
                knop: "Besluit vastleggen".into(),
            },
        }
    }

    pub fn voorbeeld() -> HuishoudenPagina {
        let fout = VeldFout::new("huishouden", "Kies wat u besluit.");
        let mut herkenning = herkenning();
        let waarden = crate::pages::veld::Waarden::default();
        let vul = |veld: Veld| veld.vul(&waarden, std::slice::from_ref(&fout));
        herkenning.keuze.velden = herkenning.keuze.velden.into_iter().map(vul).collect();
        HuishoudenPagina {
            kader: voorbeelden::veilig_thuis(Plek::Werkvoorraad),
            kop: kop(),
            herkenning,
            fouten: vec![fout],
            weigering: None,
            conflict: None,
            terug_href: "/casus/z26-00001".into(),
        }
    }

    #[test]
    fn elke_kandidaat_zegt_waarom_en_of_hij_open_is() {
        let html = voorbeeld().render().unwrap();
        assert!(html.contains("zelfde BSN") && html.contains("zelfde adres"));
        assert!(html.contains("Open casus") && html.contains("Gesloten casus"));
        assert!(html.contains("U beslist. Er wordt niets automatisch samengevoegd."));
        assert!(html.contains("Op het adres is niet gezocht."));
    }

    #[test]
    fn is_er_niets_gevonden_dan_is_er_een_knop_en_geen_keuze() {
        let mut pagina = voorbeeld();
        pagina.fouten.clear();
        let keuze = Keuze { vast: Some("nieuw".into()), velden: Vec::new(), ..herkenning().keuze };
        pagina.herkenning = Herkenning { kandidaten: Vec::new(), keuze, ..herkenning() };
        let html = pagina.render().unwrap();
        assert!(html.contains(r#"<input type="hidden" name="huishouden" value="nieuw">"#));
        assert!(!html.contains(r#"type="radio""#) && !html.contains("candidate"));
    }

    #[test]
    fn niets_is_vooraf_gekozen() {
        let html = voorbeeld().render().unwrap();
        assert!(!html.contains(" checked"));
        assert!(html.contains(r#"name="huishouden" value="nieuw""#));
    }
}
