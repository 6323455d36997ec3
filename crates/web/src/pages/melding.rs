//! The report form of a professional, on one page; it works without script and comes back with what was typed.
//!
//! Title, tab and address are neutral: somebody may look over the shoulder.

use askama::Template;

use super::kader::Gebruiker;
use super::onderdelen::Weigering;
use super::veld::{Optie, Veld, VeldFout, Waarden};

/// The number of persons that fit in one form; more can be told in the text.
pub const PERSONEN_MAX: usize = 6;

/// The report form.
#[derive(Debug, Clone, Template)]
#[template(path = "melding.html")]
pub struct MeldingPagina {
    /// Present when somebody is signed in; a report by phone is written down by a VT worker.
    pub gebruiker: Option<Gebruiker>,
    pub csrf: String,
    pub demo: bool,
    pub actie: String,
    /// Made with the form, so that sending it twice gives one report.
    pub opdracht: String,
    /// An empty page with a neutral title.
    pub snel_weg_href: String,
    pub terug_href: Option<String>,
    pub delen: Vec<MeldingDeel>,
    pub personen: Vec<PersoonRij>,
    pub bevestiging: Veld,
    /// By which agreement the questions were asked; with another municipality there may be more.
    pub vragen_van: String,
    /// Why the form is here again although nothing is wrong with it.
    pub let_op: Option<String>,
    pub fouten: Vec<VeldFout>,
    pub weigering: Option<Weigering>,
}

/// A group of questions under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeldingDeel {
    pub id: &'static str,
    pub titel: &'static str,
    pub uitleg: &'static str,
    pub velden: Vec<Veld>,
}

/// The questions about one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersoonRij {
    /// From 1; the field names start with `persoon<nummer>_`.
    pub nummer: usize,
    pub velden: Vec<Veld>,
    /// The first row, and each row with something in it, is open.
    pub open: bool,
}

impl MeldingPagina {
    /// The form with these municipalities to choose from (code, name), the questions of an agreement, and institutions
    /// that can be somebody's guardian, filled with what came in.
    pub fn new(
        csrf: String,
        gemeenten: &[(String, String)],
        vragen: Vec<MeldingDeel>,
        instellingen: &[Optie],
        waarden: &Waarden,
        fouten: Vec<VeldFout>,
    ) -> Self {
        let vul =
            |velden: Vec<Veld>| -> Vec<Veld> { velden.into_iter().map(|veld| veld.vul(waarden, &fouten)).collect() };
        let delen =
            delen(gemeenten, vragen).into_iter().map(|deel| MeldingDeel { velden: vul(deel.velden), ..deel }).collect();
        let personen = (1..=PERSONEN_MAX).map(|nummer| persoon(nummer, instellingen, waarden, &fouten)).collect();
        let bevestiging =
            Veld::vinkje("gecontroleerd", "Ik heb gecontroleerd wat ik heb ingevuld").vul(waarden, &fouten);
        Self {
            gebruiker: None,
            csrf,
            demo: false,
            actie: "/melden".to_owned(),
            opdracht: String::new(),
            snel_weg_href: "/weg".to_owned(),
            terug_href: None,
            delen,
            personen,
            bevestiging,
            vragen_van: String::new(),
            let_op: None,
            fouten,
            weigering: None,
        }
    }
}

/// The groups of questions, still without answers.
fn delen(gemeenten: &[(String, String)], vragen: Vec<MeldingDeel>) -> Vec<MeldingDeel> {
    let eerst = [
        MeldingDeel { id: "over-u", titel: "Over u", uitleg: "", velden: vragen_melder() },
        MeldingDeel {
            id: "gevaar",
            titel: "Is er nu gevaar?",
            uitleg: "Bij direct gevaar: bel eerst 112.",
            velden: vec![Veld::rondjes("spoed", "Is iemand nu in gevaar?", ja_nee_onbekend())],
        },
        MeldingDeel {
            id: "zelf",
            titel: "Wat zag of hoorde u zelf?",
            uitleg: "Schrijf op wat u weet. Feiten helpen het meest: wat gebeurde er, wanneer en waar? U hoeft niets te bewijzen.",
            velden: vec![
                Veld::datum("zelf_datum", "Wanneer was dat?")
                    .hint("Weet u de dag niet zeker? Kies de dag die er het dichtst bij ligt."),
                Veld::tekstvak("zelf_tekst", "Wat zag of hoorde u?", 6)
                    .hint("Alleen feiten. Schrijf niet op wat u ervan vindt."),
            ],
        },
        MeldingDeel {
            id: "anderen",
            titel: "Wat hoorde u van anderen?",
            uitleg: "Schrijf erbij van wie. Vraag die persoon ook om zelf te melden.",
            velden: vec![
                Veld::tekst("anderen_bron", "Van wie heeft u dit gehoord?")
                    .hint("Naam, of wat deze persoon doet. Bijvoorbeeld: juf van groep 4.")
                    .optioneel(),
                Veld::tekstvak("anderen_tekst", "Wat vertelde deze persoon?", 4).optioneel(),
            ],
        },
    ];
    let huishouden = MeldingDeel {
        id: "huishouden",
        titel: "Om welk gezin of huishouden gaat het?",
        uitleg: "",
        velden: vragen_huishouden(gemeenten),
    };
    eerst.into_iter().chain(vragen).chain([huishouden]).collect()
}

fn ja_nee_onbekend() -> Vec<Optie> {
    vec![Optie::new("ja", "Ja"), Optie::new("nee", "Nee"), Optie::new("weet-niet", "Dat weet ik niet")]
}

fn vragen_melder() -> Vec<Veld> {
    let beroepen = [
        ("onderwijs", "Onderwijs of kinderopvang"),
        ("gezondheidszorg", "Gezondheidszorg"),
        ("jeugdgezondheidszorg", "Jeugdgezondheidszorg"),
        ("jeugdhulp", "Jeugdhulp"),
        ("maatschappelijke-ondersteuning", "Maatschappelijke ondersteuning"),
        ("politie", "Politie"),
        ("anders", "Anders"),
    ];
    let gronden = [
        ("veiligheid-gezin", "Het gevaar voor iemand in het gezin wordt anders groter"),
        ("veiligheid-melder", "Ik of mijn collega's lopen anders gevaar"),
        ("relatie", "Anders gaat het contact met het kind of de volwassene verloren"),
    ];
    let opties = |paren: &[(&str, &str)]| paren.iter().map(|(waarde, tekst)| Optie::new(*waarde, *tekst)).collect();
    vec![
        Veld::tekst("melder_naam", "Uw naam"),
        Veld::tekst("melder_functie", "Uw functie en organisatie"),
        Veld::keuzelijst("melder_beroep", "In welk beroep werkt u?", "Maak een keuze", opties(&beroepen)),
        Veld::tekst_smal("melder_telefoon", "Telefoonnummer").hint("Hierop belt Veilig Thuis u over deze melding."),
        Veld::rondjes(
            "openheid",
            "Mag het gezin weten dat u meldt?",
            vec![
                Optie::new("open", "Ja, ik meld open").hint("Het gezin hoort dat u meldt en wat u schrijft."),
                Optie::new("afgeschermd", "Nee, het gezin mag niet weten dat ik meld")
                    .hint("Veilig Thuis weet wel wie u bent. Dat kan alleen met een reden."),
            ],
        ),
        Veld::rondjes("afgeschermd_grond", "Waarom mag het gezin dit niet weten?", opties(&gronden))
            .hint("Alleen invullen als het gezin niet mag weten dat u meldt.")
            .optioneel(),
        Veld::rondjes(
            "contact",
            "Welk contact heeft u met het gezin?",
            vec![
                Optie::new("eenmalig", "Eenmalig of kort").hint("Bijvoorbeeld op de spoedeisende hulp."),
                Optie::new("doorlopend", "Doorlopend").hint("U ziet het gezin vaker, en ook hierna."),
            ],
        ),
    ]
}

fn vragen_huishouden(gemeenten: &[(String, String)]) -> Vec<Veld> {
    let opties = gemeenten.iter().map(|(code, naam)| Optie::new(code, naam)).collect();
    vec![
        Veld::keuzelijst("gemeente", "In welke gemeente woont het jongste kind?", "Kies een gemeente", opties)
            .hint("Is er geen kind? Kies dan de gemeente waar het slachtoffer woont."),
        Veld::tekst("adres_straat", "Straat").optioneel(),
        Veld::tekst_smal("adres_huisnummer", "Huisnummer").optioneel(),
        Veld::tekst_smal("adres_toevoeging", "Toevoeging").hint("Bijvoorbeeld: A of 2 hoog.").optioneel(),
        Veld::tekst_smal("adres_postcode", "Postcode")
            .hint("Bijvoorbeeld: 1970 AA. Met postcode en huisnummer ziet Veilig Thuis of dit adres al bekend is.")
            .optioneel(),
        Veld::tekst("adres_plaats", "Woonplaats").optioneel(),
    ]
}

pub(super) fn persoon(nummer: usize, instellingen: &[Optie], waarden: &Waarden, fouten: &[VeldFout]) -> PersoonRij {
    let rollen = [
        ("kind", "Kind"),
        ("ongeboren-kind", "Ongeboren kind"),
        ("ouder", "Ouder of verzorger"),
        ("partner", "Partner"),
        ("ex-partner", "Ex-partner"),
        ("oudere", "Oudere"),
        ("anders", "Anders"),
    ];
    let naam = |veld: &str| format!("persoon{nummer}_{veld}");
    let rollen = rollen.iter().map(|(waarde, tekst)| Optie::new(*waarde, *tekst)).collect();
    let velden: Vec<Veld> = vec![
        Veld::keuzelijst(naam("rol"), "Wie is dit?", "Maak een keuze", rollen),
        Veld::tekst(naam("naam"), "Naam"),
        Veld::datum(naam("geboortedatum"), "Geboortedatum").optioneel(),
        Veld::tekst_smal(naam("bsn"), "Burgerservicenummer").hint("Negen cijfers. Alleen als u het weet.").optioneel(),
        Veld::keuzelijst(
            naam("gezinsvoogd"),
            "Heeft deze persoon een gezinsvoogd of casemanager?",
            "Nee, of dat weet ik niet",
            instellingen.to_vec(),
        )
        .hint("Van een gecertificeerde instelling.")
        .optioneel(),
    ];
    let velden: Vec<Veld> = velden.into_iter().map(|veld| veld.vul(waarden, fouten)).collect();
    let ingevuld = velden
        .iter()
        .any(|veld| veld.fout.is_some() || waarden.een(&veld.naam).is_some_and(|waarde| !waarde.trim().is_empty()));
    PersoonRij { nummer, velden, open: nummer == 1 || ingevuld }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::kader::{Plek, voorbeelden};

    fn gemeenten() -> Vec<(String, String)> {
        vec![
            ("GM0375".into(), "Beverwijk".into()),
            ("GM0396".into(), "Heemskerk".into()),
            ("GM0453".into(), "Velsen".into()),
        ]
    }

    fn vragen() -> Vec<MeldingDeel> {
        let velden = vec![Veld::tekstvak("vraag_inschatting", "Hoe veilig is het nu, volgens u?", 3).optioneel()];
        vec![MeldingDeel { id: "inschatting", titel: "Wat denkt u zelf?", uitleg: "", velden }]
    }

    pub fn voorbeeld() -> MeldingPagina {
        let getypt = [
            ("openheid", "open"),
            ("spoed", "nee"),
            ("zelf_datum", "2026-03-27"),
            ("zelf_tekst", "Fien kwam om 08.35 uur alleen op school, zonder jas en zonder eten."),
            ("anderen_tekst", "In het weekend was er ruzie in huis. Fien zat toen boven op de trap."),
            ("gemeente", "GM0453"),
            ("persoon1_rol", "kind"),
            ("persoon1_naam", "Fien Voorbeeld"),
            ("persoon2_naam", "Sam Voorbeeld"),
        ];
        let waarden = Waarden::new(getypt.map(|(naam, waarde)| (naam.to_owned(), waarde.to_owned())).to_vec());
        let fouten = vec![
            VeldFout::new("anderen_bron", "Vul in van wie u dit heeft gehoord"),
            VeldFout::new("persoon2_rol", "Kies wie persoon 2 is"),
        ];
        let mut pagina = MeldingPagina::new("voorbeeld-csrf".into(), &gemeenten(), vragen(), &[], &waarden, fouten);
        pagina.gebruiker = voorbeelden::veilig_thuis(Plek::Melden).gebruiker;
        pagina.demo = true;
        pagina.opdracht = "0198-voorbeeld".into();
        pagina.terug_href = Some("/werkvoorraad".into());
        pagina
    }

    #[test]
    fn de_titel_verraadt_niets() {
        let html = voorbeeld().render().unwrap();
        let titel = html.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0;
        assert!(!titel.contains("Zicht") && !titel.contains("Veilig") && !titel.contains("eld"), "{titel}");
        assert!(html.contains("Snel weg"));
        assert!(html.contains("112") && html.contains("0800-2000"));
    }

    #[test]
    fn alles_wat_getypt_was_staat_er_nog() {
        let html = voorbeeld().render().unwrap();
        assert!(html.contains("zonder jas en zonder eten."));
        assert!(html.contains(r#"value="GM0453" selected"#));
        assert!(html.contains(r##"href="#veld-anderen_bron""##));
        assert!(html.contains("<details class=\"disclosure person\" open>"));
    }

    #[test]
    fn een_leeg_formulier_kiest_niets_vooraf() {
        let html = MeldingPagina::new(String::new(), &gemeenten(), vragen(), &[], &Waarden::default(), Vec::new())
            .render()
            .unwrap();
        assert!(!html.contains(" checked"));
        assert!(!html.contains(" selected"));
    }
}
