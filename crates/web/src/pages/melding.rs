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
    /// Veilig Thuis writes down what a reporter tells.
    pub voor_een_ander: bool,
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

/// Who fills the form in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invuller {
    /// Who reports.
    Melder,
    /// A worker of Veilig Thuis, who writes down what a reporter tells.
    VeiligThuis,
}

impl Invuller {
    /// The words for who reports, or the words about who reports.
    pub fn kies<T>(self, melder: T, veilig_thuis: T) -> T {
        match self {
            Invuller::Melder => melder,
            Invuller::VeiligThuis => veilig_thuis,
        }
    }
}

/// Why a family may not know who reports: code, as a reporter says it, and as others say it.
const GRONDEN: [(&str, &str, &str); 3] = [
    (
        "veiligheid-gezin",
        "Het gevaar voor iemand in het gezin wordt anders groter",
        "Het gevaar voor iemand in het gezin wordt anders groter",
    ),
    ("veiligheid-melder", "Ik of mijn collega's lopen anders gevaar", "De melder of collega's lopen anders gevaar"),
    (
        "relatie",
        "Anders gaat het contact met het kind of de volwassene verloren",
        "Anders gaat het contact met het kind of de volwassene verloren",
    ),
];

/// The words to keep for a ground that was chosen.
pub fn grond_in_woorden(code: &str) -> Option<&'static str> {
    GRONDEN.iter().find(|(eigen, ..)| *eigen == code).map(|(_, _, tekst)| *tekst)
}

impl MeldingPagina {
    /// The form with these municipalities to choose from (code, name), the questions of an agreement, and institutions
    /// that can be somebody's guardian, filled with what came in.
    pub fn new(
        csrf: String,
        invuller: Invuller,
        gemeenten: &[(String, String)],
        vragen: Vec<MeldingDeel>,
        instellingen: &[Optie],
        waarden: &Waarden,
        fouten: Vec<VeldFout>,
    ) -> Self {
        let vul =
            |velden: Vec<Veld>| -> Vec<Veld> { velden.into_iter().map(|veld| veld.vul(waarden, &fouten)).collect() };
        let delen = delen(invuller, gemeenten, vragen)
            .into_iter()
            .map(|deel| MeldingDeel { velden: vul(deel.velden), ..deel })
            .collect();
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
            voor_een_ander: invuller == Invuller::VeiligThuis,
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
fn delen(invuller: Invuller, gemeenten: &[(String, String)], vragen: Vec<MeldingDeel>) -> Vec<MeldingDeel> {
    let eerst = [
        MeldingDeel {
            id: "over-u",
            titel: invuller.kies("Over u", "Over de melder"),
            uitleg: "",
            velden: vragen_melder(invuller),
        },
        MeldingDeel {
            id: "gevaar",
            titel: "Is er nu gevaar?",
            uitleg: "Bij direct gevaar: bel eerst 112.",
            velden: vec![Veld::rondjes("spoed", "Is iemand nu in gevaar?", ja_nee_onbekend())],
        },
        gezien(invuller),
        van_anderen(invuller),
    ];
    let huishouden = MeldingDeel {
        id: "huishouden",
        titel: "Om welk gezin of huishouden gaat het?",
        uitleg: "",
        velden: vragen_huishouden(gemeenten),
    };
    eerst.into_iter().chain(vragen).chain([huishouden]).collect()
}

fn gezien(invuller: Invuller) -> MeldingDeel {
    MeldingDeel {
        id: "zelf",
        titel: invuller.kies("Wat zag of hoorde u zelf?", "Wat zag of hoorde de melder zelf?"),
        uitleg: invuller.kies(
            "Schrijf op wat u weet. Feiten helpen het meest: wat gebeurde er, wanneer en waar? U hoeft niets te bewijzen.",
            "Schrijf op wat de melder vertelt. Feiten helpen het meest: wat gebeurde er, wanneer en waar?",
        ),
        velden: vec![
            Veld::datum("zelf_datum", "Wanneer was dat?").hint(invuller.kies(
                "Weet u de dag niet zeker? Kies de dag die er het dichtst bij ligt.",
                "Weet de melder de dag niet zeker? Kies de dag die er het dichtst bij ligt.",
            )),
            Veld::tekstvak("zelf_tekst", invuller.kies("Wat zag of hoorde u?", "Wat zag of hoorde de melder?"), 6)
                .hint(invuller.kies(
                    "Alleen feiten. Schrijf niet op wat u ervan vindt.",
                    "Alleen feiten. Schrijf niet op wat de melder ervan vindt.",
                )),
        ],
    }
}

fn van_anderen(invuller: Invuller) -> MeldingDeel {
    MeldingDeel {
        id: "anderen",
        titel: invuller.kies("Wat hoorde u van anderen?", "Wat hoorde de melder van anderen?"),
        uitleg: invuller.kies(
            "Schrijf erbij van wie. Vraag die persoon ook om zelf te melden.",
            "Schrijf erbij van wie. Vraag de melder om die persoon ook zelf te laten melden.",
        ),
        velden: vec![
            Veld::tekst(
                "anderen_bron",
                invuller.kies("Van wie heeft u dit gehoord?", "Van wie heeft de melder dit gehoord?"),
            )
            .hint("Naam, of wat deze persoon doet. Bijvoorbeeld: juf van groep 4.")
            .optioneel(),
            Veld::tekstvak("anderen_tekst", "Wat vertelde deze persoon?", 4).optioneel(),
        ],
    }
}

fn ja_nee_onbekend() -> Vec<Optie> {
    vec![Optie::new("ja", "Ja"), Optie::new("nee", "Nee"), Optie::new("weet-niet", "Dat weet ik niet")]
}

fn vragen_melder(invuller: Invuller) -> Vec<Veld> {
    let beroepen = [
        ("onderwijs", "Onderwijs of kinderopvang"),
        ("gezondheidszorg", "Gezondheidszorg"),
        ("jeugdgezondheidszorg", "Jeugdgezondheidszorg"),
        ("jeugdhulp", "Jeugdhulp"),
        ("maatschappelijke-ondersteuning", "Maatschappelijke ondersteuning"),
        ("politie", "Politie"),
        ("anders", "Anders"),
    ];
    let beroepen = beroepen.map(|(waarde, tekst)| Optie::new(waarde, tekst)).to_vec();
    let beroep = invuller.kies("In welk beroep werkt u?", "In welk beroep werkt de melder?");
    vec![
        Veld::tekst("melder_naam", invuller.kies("Uw naam", "Naam van de melder")),
        Veld::tekst("melder_functie", invuller.kies("Uw functie en organisatie", "Functie van de melder")),
        Veld::keuzelijst("melder_beroep", beroep, "Maak een keuze", beroepen),
        Veld::tekst_smal("melder_telefoon", invuller.kies("Telefoonnummer", "Telefoonnummer van de melder")).hint(
            invuller
                .kies("Hierop belt Veilig Thuis u over deze melding.", "Hierop belt u de melder over deze melding."),
        ),
        openheid(invuller),
        gronden(invuller),
        contact(invuller),
    ]
}

fn openheid(invuller: Invuller) -> Veld {
    let open = invuller.kies(
        ("Ja, ik meld open", "Het gezin hoort dat u meldt en wat u schrijft."),
        ("Ja, de melder meldt open", "Het gezin hoort wie er meldt en wat die vertelt."),
    );
    let gesloten = invuller.kies(
        (
            "Nee, het gezin mag niet weten dat ik meld",
            "Veilig Thuis weet wel wie u bent. Dat kan alleen met een reden.",
        ),
        (
            "Nee, het gezin mag niet weten wie er meldt",
            "Veilig Thuis weet wel wie de melder is. Dat kan alleen met een reden.",
        ),
    );
    let vraag = invuller.kies("Mag het gezin weten dat u meldt?", "Mag het gezin weten wie er meldt?");
    Veld::rondjes(
        "openheid",
        vraag,
        vec![Optie::new("open", open.0).hint(open.1), Optie::new("afgeschermd", gesloten.0).hint(gesloten.1)],
    )
}

fn gronden(invuller: Invuller) -> Veld {
    let opties = GRONDEN.map(|(code, zelf, ander)| Optie::new(code, invuller.kies(zelf, ander)));
    Veld::rondjes("afgeschermd_grond", "Waarom mag het gezin dit niet weten?", opties.to_vec())
        .hint(invuller.kies(
            "Alleen invullen als het gezin niet mag weten dat u meldt.",
            "Alleen invullen als het gezin niet mag weten wie er meldt.",
        ))
        .optioneel()
}

fn contact(invuller: Invuller) -> Veld {
    let vaker =
        invuller.kies("U ziet het gezin vaker, en ook hierna.", "De melder ziet het gezin vaker, en ook hierna.");
    Veld::rondjes(
        "contact",
        invuller.kies("Welk contact heeft u met het gezin?", "Welk contact heeft de melder met het gezin?"),
        vec![
            Optie::new("eenmalig", "Eenmalig of kort").hint("Bijvoorbeeld op de spoedeisende hulp."),
            Optie::new("doorlopend", "Doorlopend").hint(vaker),
        ],
    )
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
        let mut pagina = MeldingPagina::new(
            "voorbeeld-csrf".into(),
            Invuller::Melder,
            &gemeenten(),
            vragen(),
            &[],
            &waarden,
            fouten,
        );
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
        let html = MeldingPagina::new(
            String::new(),
            Invuller::Melder,
            &gemeenten(),
            vragen(),
            &[],
            &Waarden::default(),
            Vec::new(),
        )
        .render()
        .unwrap();
        assert!(!html.contains(" checked"));
        assert!(!html.contains(" selected"));
    }
    #[test]
    fn wie_voor_een_ander_opschrijft_wordt_niet_zelf_aangesproken() {
        let blad = |invuller| {
            MeldingPagina::new(String::new(), invuller, &[], Vec::new(), &[], &Waarden::default(), Vec::new())
                .render()
                .unwrap()
        };
        let (zelf, ander) = (blad(Invuller::Melder), blad(Invuller::VeiligThuis));
        for woorden in
            ["Uw naam", "Uw functie", "dat u meldt", "u zelf", "Wat zag of hoorde u?", "ik meld", "belt Veilig Thuis u"]
        {
            assert!(zelf.contains(woorden), "{woorden}");
            assert!(!ander.contains(woorden), "{woorden}");
        }
        for woorden in ["Naam van de melder", "Mag het gezin weten wie er meldt?", "Een melding opschrijven"] {
            assert!(ander.contains(woorden) && !zelf.contains(woorden), "{woorden}");
        }
    }
}
