//! The report form of a citizen: no account, no script, a neutral title, plain words, and a way out.

use askama::Template;

use super::kader::Gebruiker;
use super::melding::{MeldingDeel, PersoonRij, persoon};
use super::veld::{Optie, Veld, VeldFout, Waarden};

/// The number of persons that fit in the form of a citizen.
pub const PERSONEN_MAX: usize = 4;

/// The form.
#[derive(Debug, Clone, Template)]
#[template(path = "burger.html")]
pub struct BurgerPagina {
    /// Nobody signs in here.
    pub gebruiker: Option<Gebruiker>,
    pub demo: bool,
    pub snel_weg_href: String,
    /// Made with the form, so that sending it twice gives one report.
    pub opdracht: String,
    pub delen: Vec<MeldingDeel>,
    pub personen: Vec<PersoonRij>,
    pub fouten: Vec<VeldFout>,
}

/// What happens after it was sent. It says nothing of what was sent, so it can stay open.
#[derive(Debug, Clone, Template)]
#[template(path = "burger_verstuurd.html")]
pub struct BurgerVerstuurdPagina {
    pub gebruiker: Option<Gebruiker>,
    pub demo: bool,
    pub snel_weg_href: String,
    /// Veilig Thuis knows who reported, and can call.
    pub bekend: bool,
}

impl BurgerPagina {
    /// The form with these municipalities to choose from, filled with what came in.
    pub fn new(gemeenten: Vec<Optie>, waarden: &Waarden, fouten: Vec<VeldFout>) -> Self {
        let vul =
            |velden: Vec<Veld>| -> Vec<Veld> { velden.into_iter().map(|veld| veld.vul(waarden, &fouten)).collect() };
        let delen = delen(gemeenten).into_iter().map(|deel| MeldingDeel { velden: vul(deel.velden), ..deel }).collect();
        let lid = |nummer| {
            let mut rij = persoon(nummer, &[], waarden, &fouten);
            rij.velden.retain(|veld| !veld.naam.ends_with("_bsn") && !veld.naam.ends_with("_gezinsvoogd"));
            rij
        };
        Self {
            gebruiker: None,
            demo: false,
            snel_weg_href: "/weg".to_owned(),
            opdracht: String::new(),
            delen,
            personen: (1..=PERSONEN_MAX).map(lid).collect(),
            fouten,
        }
    }
}

fn delen(gemeenten: Vec<Optie>) -> Vec<MeldingDeel> {
    let gevaar = vec![Optie::new("ja", "Ja"), Optie::new("nee", "Nee"), Optie::new("weet-niet", "Dat weet ik niet")];
    vec![
        MeldingDeel {
            id: "gevaar",
            titel: "Is er nu gevaar?",
            uitleg: "Is iemand nu in gevaar? Bel 112. Wacht niet op dit formulier.",
            velden: vec![Veld::rondjes("spoed", "Is iemand nu in gevaar?", gevaar)],
        },
        MeldingDeel {
            id: "zelf",
            titel: "Wat zag of hoorde u zelf?",
            uitleg: "U hoeft niets te bewijzen. Schrijf op wat er gebeurde.",
            velden: vec![
                Veld::tekstvak("zelf_tekst", "Wat zag of hoorde u?", 6),
                Veld::tekst("zelf_datum", "Wanneer was dat?").hint("Bijvoorbeeld: gisteravond.").optioneel(),
            ],
        },
        MeldingDeel {
            id: "anderen",
            titel: "Hoorde u iets van een ander?",
            uitleg: "",
            velden: vec![
                Veld::tekst("anderen_bron", "Van wie?").hint("Bijvoorbeeld: de buurvrouw.").optioneel(),
                Veld::tekstvak("anderen_tekst", "Wat vertelde die persoon?", 3).optioneel(),
            ],
        },
        MeldingDeel {
            id: "wie",
            titel: "Over wie gaat het?",
            uitleg: "",
            velden: vec![
                Veld::keuzelijst("gemeente", "In welke gemeente wonen zij?", "Kies een gemeente", gemeenten)
                    .hint("Weet u het niet zeker? Kies de gemeente die u denkt."),
                Veld::tekst("adres_straat", "Straat").optioneel(),
                Veld::tekst_smal("adres_huisnummer", "Huisnummer").optioneel(),
                Veld::tekst_smal("adres_postcode", "Postcode").optioneel(),
                Veld::tekst("adres_plaats", "Woonplaats").optioneel(),
            ],
        },
        MeldingDeel {
            id: "u",
            titel: "Wie bent u?",
            uitleg: "U kiest zelf wat u vertelt.",
            velden: vec![
                Veld::rondjes(
                    "openheid",
                    "Wie mag weten dat u meldt?",
                    vec![
                        Optie::new("open", "Veilig Thuis en het gezin").hint("Het gezin hoort uw naam."),
                        Optie::new("afgeschermd", "Alleen Veilig Thuis").hint("Het gezin hoort uw naam niet."),
                        Optie::new("onbekend", "Niemand")
                            .hint("Veilig Thuis kan u dan niet bellen. U hoort niet wat er gebeurt."),
                    ],
                ),
                Veld::tekst("melder_naam", "Uw naam").hint("Niet nodig als niemand het mag weten.").optioneel(),
                Veld::tekst_smal("melder_telefoon", "Uw telefoonnummer")
                    .hint("Dan kan Veilig Thuis u bellen als er nog vragen zijn.")
                    .optioneel(),
                Veld::rondjes(
                    "contact",
                    "Ziet u deze mensen vaker?",
                    vec![Optie::new("doorlopend", "Ja"), Optie::new("eenmalig", "Nee, of bijna nooit")],
                )
                .optioneel(),
            ],
        },
    ]
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub fn voorbeeld() -> BurgerPagina {
        let getypt = [("zelf_tekst", "Ik hoor elke avond geschreeuw."), ("openheid", "afgeschermd")];
        let waarden = Waarden::new(getypt.map(|(naam, waarde)| (naam.to_owned(), waarde.to_owned())).to_vec());
        let fouten = vec![VeldFout::new("gemeente", "Kies een gemeente.")];
        let mut pagina = BurgerPagina::new(vec![Optie::new("Velsen", "Velsen")], &waarden, fouten);
        pagina.opdracht = "0198-voorbeeld".into();
        pagina
    }

    pub fn voorbeeld_verstuurd() -> BurgerVerstuurdPagina {
        BurgerVerstuurdPagina { gebruiker: None, demo: true, snel_weg_href: "/weg".into(), bekend: false }
    }

    #[test]
    fn de_titel_verraadt_niets_en_de_nummers_en_de_uitgang_staan_er() {
        for html in [voorbeeld().render().unwrap(), voorbeeld_verstuurd().render().unwrap()] {
            let titel = html.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0;
            assert!(!titel.contains("Zicht") && !titel.contains("Veilig") && !titel.contains("eld"), "{titel}");
            assert!(html.contains("tel:112") && html.contains("tel:08002000"), "{html}");
            assert!(html.contains(r#"href="/weg" rel="noreferrer""#));
            assert!(!html.contains("<script") && !html.contains("beroepskracht"), "{html}");
        }
    }

    #[test]
    fn wat_getypt_was_staat_er_nog_en_de_browser_vult_niets_aan() {
        let html = voorbeeld().render().unwrap();
        assert!(html.contains("Ik hoor elke avond geschreeuw.") && html.contains(r##"href="#veld-gemeente""##));
        let velden = html.matches("<input class").count() + html.matches("<textarea").count();
        assert_eq!(html.matches(r#"autocomplete="off""#).count(), velden + 1);
        assert!(!html.contains("burgerservicenummer") && !html.contains("_bsn") && !html.contains("gezinsvoogd"));
    }
}
