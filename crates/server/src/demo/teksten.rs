//! What the made-up stories say. Every name and street shows that it was invented.

use super::toeval::Toeval;
use app::wens::{AdresWens, PersoonWens};
use domain::{gebeurtenis::PersoonRol, tijd::Instant};

const ACHTERNAMEN: &[&str] = &[
    "Verzinsel",
    "Denkbeeld",
    "Luchtkasteel",
    "Sprookjes",
    "Nergenshuizen",
    "Papier",
    "Zogenaamd",
    "Hersenschim",
    "Dagdroom",
    "Fantasia",
    "Schijnbaar",
    "Bedacht",
    "Van Niemandsland",
    "Nooitgedacht",
    "Wolkenveld",
    "Droombeeld",
    "Voorbeeldig",
    "Van Nergens",
    "Fabelman",
    "Toverland",
    "Maneschijn",
    "Oefenhuis",
    "Proefkonijn",
    "Kladblok",
    "Schetsboek",
    "De Legende",
    "Spiegelbeeld",
    "Regenboog",
    "Poppenkast",
    "Verhaaltjes",
    "Hypothese",
    "Van der Fictie",
    "Onbestaand",
    "Gumma",
    "Potlood",
    "Mythe",
    "Luchtspiegel",
    "Zandkasteel",
    "Kartonnen",
    "Ganzenbord",
];
const VOORNAMEN: &[&str] = &[
    "Amira", "Bo", "Cem", "Daan", "Elif", "Fleur", "Guus", "Hanan", "Ivo", "Jip", "Kees", "Lotte", "Milan", "Noa",
    "Omar", "Puck", "Quint", "Roos", "Sam", "Tess", "Umut", "Vera", "Willem", "Xena", "Yara", "Zeno", "Fatima", "Bram",
];
const STRATEN: &[&str] = &[
    "Dromerslaan",
    "Fabelpad",
    "Verzonnenweg",
    "Luchtkasteelplein",
    "Sprookjeshof",
    "Nergensstraat",
    "Papierlaan",
    "Denkbeeldsingel",
    "Maneschijnpad",
    "Zogenaamdstraat",
    "Wolkengracht",
    "Proefdijk",
    "Schetshof",
    "Legendelaan",
];
const POLITIE: &[&str] = &[
    "Melding van ruzie tussen partners. Bij aankomst zat mevrouw op de trap, er lag een kapot bord in de gang. De kinderen sliepen boven.",
    "Buren belden 112 om geschreeuw. Meneer had gedronken en is op straat gezet. Mevrouw wil geen aangifte doen.",
    "Ex-partner stond bij de voordeur en wilde niet weg. De oudste zoon deed open en was erg geschrokken.",
    "Zoon van 19 heeft zijn moeder geduwd na een ruzie over geld. Moeder heeft een blauwe plek op de arm.",
    "Verwarde situatie: beide ouders zeggen dat de ander begon. Een kind van vier stond huilend in de kamer.",
    "Mevrouw kwam zelf aan het bureau. Zij is bang om naar huis te gaan, meneer controleert haar telefoon.",
    "Aangehouden wegens vernieling van de woning. Partner en baby waren aanwezig, beiden niet gewond.",
    "Ruzie bij het ophalen van de kinderen. Ouders schreeuwden en trokken aan de jas van de jongste.",
    "Oudere heer zegt dat zijn dochter zijn pinpas heeft en dat hij geen eten in huis heeft.",
    "Tweede keer deze maand ter plaatse. Er is een gat in de deur geslagen, niemand wil vertellen wat er is gebeurd.",
];
const BEROEP: &[&str] = &[
    "Kind vertelde in de kring dat het thuis 'weer oorlog' was en dat het onder het bed was gaan zitten.",
    "De laatste weken vaak te laat en moe. Vandaag had het kind geen jas en geen eten bij zich.",
    "Moeder vertelde in een gesprek dat zij bang is voor haar man als hij heeft gedronken.",
    "Bij onderzoek blauwe plekken op de bovenarm. De uitleg van vader past daar niet goed bij.",
    "Vader was bij het ophalen zo boos dat een collega ertussen moest gaan staan. Het kind bevroor.",
    "Moeder mist voor de derde keer een controle. Aan de telefoon klonk zij gespannen en fluisterde zij.",
    "Cliënt zegt dat het thuis niet gaat en dat de kinderen alles horen. Er is een keer met een stoel gegooid.",
    "Leerling schreef in een opdracht dat hij liever niet naar huis gaat in het weekend.",
];
const BURGER: &[&str] = &[
    "Ik hoor bijna elke avond geschreeuw en gehuil door de muur. Gisteren hoorde ik een harde klap.",
    "De kinderen staan vaak tot laat alleen buiten. Ik heb ze een keer eten gegeven.",
    "Mijn zus durft niets te zeggen, maar ik zie blauwe plekken en zij mag niet meer alleen op bezoek komen.",
    "De overbuurvrouw van ver in de tachtig wordt afgesnauwd en gaat de deur niet meer uit.",
    "Ik zag dat vader het kind aan de arm de auto in sleurde. Het was niet de eerste keer.",
];
const GESPREK: &[&str] = &[
    "Moeder schrok van de melding, maar wil meedenken. Zij vraagt om hulp bij de ruzies over geld.",
    "Vader vindt de melding overdreven. Hij is wel bereid tot een gesprek met het team.",
    "Beide ouders gesproken. Zij spreken af dat vader bij oplopende ruzie naar zijn broer gaat.",
    "Kort gesprek aan de deur. De oudste was erbij en zei dat het nu rustig is.",
    "Mevrouw wil graag weten wat er met haar gegevens gebeurt. Dat is uitgelegd.",
];
const INCIDENT: &[&str] = &[
    "Nieuwe ruzie, de politie is niet geweest. Moeder en kinderen sliepen een nacht bij oma.",
    "Vader stond ondanks de afspraak toch voor de deur. Hij ging na een kwartier weg.",
    "Er is met een glas gegooid. Niemand is gewond.",
];
const WEIGERING: &[&str] = &[
    "Wij missen wat de school heeft gezien. Zonder dat kunnen wij geen veilige start maken.",
    "Vader heeft vorige week gedreigd. Wij vinden dit te onveilig om zonder Veilig Thuis te beginnen.",
    "Het gezin is al bekend bij de andere partij; die past hier beter.",
];
const INTREKKING: &[&str] = &[
    "De school belde met nieuwe informatie; die moet eerst mee in de overdracht.",
    "Het gezin is tijdelijk bij familie; daarom past een ander team beter.",
];
const BEOORDELING: &[&str] = &[
    "Besproken met een gedragswetenschapper. De zorgen zijn duidelijk, er is geen direct gevaar.",
    "Informatie opgevraagd bij school en huisarts. Het beeld past bij oplopende ruzies.",
    "Er is een steunend netwerk. Ouders erkennen de zorgen voor een deel.",
    "Eerdere melding uit een vorig jaar teruggelezen. Het patroon lijkt zich te herhalen.",
];

/// A household with who lives there.
#[derive(Clone, Debug)]
pub struct Huishouden {
    pub naam: &'static str,
    pub adres: String,
    /// The same in its parts, when the reporter gave a postcode.
    pub woonadres: Option<AdresWens>,
    pub leden: Vec<PersoonWens>,
}

impl Huishouden {
    /// Makes one up. Everybody was born in a year before `begin`.
    pub fn verzin(t: &mut Toeval, gemeente: &str, begin: Instant) -> Self {
        let naam = t.kies(ACHTERNAMEN);
        let jaar = i64::from(begin.dag().year());
        let mut leden = Vec::new();
        let mut voornaam = t.tussen(0, 100);
        let mut lid = |t: &mut Toeval, rol, jong: i64, oud: i64| {
            let geboren = format!("{}-{:02}-{:02}", jaar - t.tussen(jong, oud), t.tussen(1, 12), t.tussen(1, 28));
            // Never two of one name in a household.
            voornaam = (voornaam + t.tussen(1, 5)) % (i64::try_from(VOORNAMEN.len()).unwrap_or(1));
            let voornaam =
                usize::try_from(voornaam).ok().and_then(|index| VOORNAMEN.get(index)).copied().unwrap_or("Bo");
            leden.push(PersoonWens {
                rol,
                naam: Some(format!("{voornaam} {naam}")),
                geboren: Some(geboren).filter(|_| !t.kans(120)),
                bsn: None,
                gezinsvoogd: None,
                bekend_als: None,
            });
        };
        match t.tussen(0, 9) {
            0 => {
                lid(t, PersoonRol::Partner, 24, 60);
                lid(t, PersoonRol::Partner, 24, 60);
            }
            1 => {
                lid(t, PersoonRol::Grootouder, 74, 92);
                lid(t, PersoonRol::Anders, 40, 60);
            }
            soort => {
                lid(t, PersoonRol::Ouder, 24, 48);
                if soort > 4 {
                    lid(t, PersoonRol::Ouder, 24, 50);
                }
                for _ in 0..t.tussen(1, 3) {
                    lid(t, PersoonRol::Kind, 1, 16);
                }
            }
        }
        let (straat, nummer) = (t.kies(STRATEN), t.tussen(1, 240));
        let adres = format!("{straat} {nummer}, {gemeente}");
        // Half of the reporters know the postcode; a street has one.
        let cijfers = straat.bytes().fold(1_000, |som, teken| som + 31 * i64::from(teken)).rem_euclid(9_000) + 1_000;
        let woonadres = (nummer % 2 == 0).then(|| adres_met_postcode(straat, nummer, cijfers, gemeente));
        Self { naam, adres, woonadres, leden }
    }

    /// The family that is there three times, each time written in another way: what recognition is shown by.
    pub fn bekend(spelling: usize) -> Self {
        let lid = |rol, naam: &str, geboren: &str, bsn: Option<&str>| PersoonWens {
            rol,
            naam: Some(naam.to_owned()),
            geboren: Some(geboren.to_owned()),
            bsn: bsn.map(str::to_owned),
            gezinsvoogd: None,
            bekend_als: None,
        };
        let (moeder, kind) = match spelling {
            0 => ("Mirte van den Nooitgedacht", "Bo Elderman-van Nergens"),
            1 => ("Nooitgedacht, Mirte v.d.", "Bo Elderman - van Nergens"),
            _ => ("M. VAN DER NOOITGEDACHT", "Elderman van Nergens, Bo"),
        };
        // Nobody has a number that begins with 9999.
        let bsn = Some("999990019").filter(|_| spelling > 0);
        let leden =
            vec![lid(PersoonRol::Ouder, moeder, "1988-04-05", bsn), lid(PersoonRol::Kind, kind, "2017-05-11", None)];
        let woonadres = (spelling > 0).then(|| adres_met_postcode("Dromerslaan", 12, 1_970, "Velsen"));
        Self { naam: "Nooitgedacht", adres: "Dromerslaan 12, Velsen".to_owned(), woonadres, leden }
    }

    /// Whether a child lives here: decides for whom the team must work.
    pub fn met_kind(&self) -> bool {
        self.leden.iter().any(|lid| lid.rol == PersoonRol::Kind)
    }
}

/// No postcode in the country ends on these letters.
fn adres_met_postcode(straat: &str, nummer: i64, cijfers: i64, plaats: &str) -> AdresWens {
    AdresWens {
        straat: Some(straat.to_owned()),
        huisnummer: Some(nummer.to_string()),
        toevoeging: None,
        postcode: Some(format!("{cijfers} SS")),
        plaats: Some(plaats.to_owned()),
    }
}

macro_rules! uit_lijst {
    ($($naam:ident: $lijst:ident),+ $(,)?) => {$(
        pub fn $naam(t: &mut Toeval) -> String {
            t.kies($lijst).to_owned()
        }
    )+};
}
uit_lijst!(
    van_politie: POLITIE,
    van_beroepskracht: BEROEP,
    van_burger: BURGER,
    gesprek: GESPREK,
    incident: INCIDENT,
    weigering: WEIGERING,
    intrekking: INTREKKING,
    beoordeling: BEOORDELING,
);

/// A made-up worker who reports.
pub fn meldernaam(t: &mut Toeval) -> String {
    format!("{} {}", t.kies(VOORNAMEN), t.kies(ACHTERNAMEN))
}
