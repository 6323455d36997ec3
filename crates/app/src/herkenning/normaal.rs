//! One way of writing: the same name, address or number gives the same characters, however it was typed.
//!
//! What it does not know: keys, casussen, likeness. Two names that differ by a letter are two names here.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Digits of a citizen service number.
const BSN_CIJFERS: usize = 9;

/// Words before a surname, each as it is kept.
const TUSSENVOEGSELS: &[(&str, &str)] = &[
    ("van", "van"),
    ("vd", "van de"),
    ("vdr", "van de"),
    ("von", "von"),
    ("de", "de"),
    ("der", "de"),
    ("den", "de"),
    ("ter", "ter"),
    ("ten", "ten"),
    ("te", "te"),
    ("het", "t"),
    ("t", "t"),
    ("op", "op"),
    ("in", "in"),
    ("aan", "aan"),
    ("bij", "bij"),
    ("uit", "uit"),
    ("over", "over"),
    ("la", "la"),
    ("le", "le"),
    ("du", "du"),
    ("da", "da"),
    ("dos", "dos"),
    ("di", "di"),
    ("el", "el"),
    ("al", "al"),
    ("bin", "bin"),
    ("ben", "ben"),
    ("v", "van"),
    ("d", "de"),
    ("s", "s"),
];

/// Of these a capital makes a given name or an initial.
const ALLEEN_KLEIN: &[&str] = &["v", "d", "t", "s", "el", "al", "bin", "ben", "bij", "uit", "over", "aan", "di", "da"];

/// What people type when they do not know.
const GEEN_NAAM: &[&str] = &["onbekend", "bekend", "nn", "xx", "geen", "naam", "achternaam", "naamloos"];

/// A citizen service number that passes its check, as nine digits; spaces and dots between them do not matter.
pub fn bsn(tekst: &str) -> Option<String> {
    let zonder: String = tekst.chars().filter(|teken| !teken.is_whitespace() && !".-".contains(*teken)).collect();
    if !zonder.bytes().all(|teken| teken.is_ascii_digit()) || !(BSN_CIJFERS - 1..=BSN_CIJFERS).contains(&zonder.len()) {
        return None;
    }
    let cijfers = format!("{zonder:0>BSN_CIJFERS$}");
    let gewichten = [9, 8, 7, 6, 5, 4, 3, 2, -1];
    let som: i32 = cijfers.bytes().zip(gewichten).map(|(teken, gewicht)| i32::from(teken - b'0') * gewicht).sum();
    // Nine noughts pass the check and belong to nobody.
    (som % 11 == 0 && cijfers.bytes().any(|teken| teken != b'0')).then_some(cijfers)
}

/// A Dutch postcode, `1970AA`.
pub fn postcode(tekst: &str) -> Option<String> {
    let code: String =
        tekst.chars().filter(|teken| !teken.is_whitespace()).flat_map(char::to_uppercase).take(7).collect();
    let (cijfers, letters) = code.split_at_checked(4)?;
    let goed = cijfers.bytes().all(|teken| teken.is_ascii_digit())
        && !cijfers.starts_with('0')
        && letters.len() == 2
        && letters.bytes().all(|teken| teken.is_ascii_uppercase());
    goed.then_some(code)
}

/// A house number and its addition: `12`, `a` and `12 A`, nothing are the same.
pub fn huisnummer(nummer: &str, toevoeging: &str) -> Option<(u32, String)> {
    let nummer = nummer.trim();
    let einde = nummer.find(|teken: char| !teken.is_ascii_digit()).unwrap_or(nummer.len());
    let (cijfers, rest) = nummer.split_at_checked(einde)?;
    let getal: u32 = cijfers.parse().ok().filter(|getal| *getal > 0)?;
    let toevoeging = [rest, toevoeging].concat();
    Some((getal, toevoeging.chars().filter(|teken| teken.is_alphanumeric()).flat_map(char::to_uppercase).collect()))
}

/// The surname in a full name, in one way of writing; nothing when there is only a given name or no name at all.
///
/// `Jan van den Berg`, `Berg, Jan van den` and `j. v.d. BERG` all give `van de berg`.
pub fn achternaam(naam: &str) -> Option<String> {
    let naam = naam.replace(" - ", "-");
    let achternaam: Vec<String> = match naam.split_once(',') {
        Some((achter, voor)) => {
            let voor: Vec<_> = woorden(voor).collect();
            let eigen = voor.iter().rev().take_while(|woord| tussenvoegsel(woord).is_some()).count();
            let voorvoegsels = voor.get(voor.len() - eigen..).unwrap_or_default();
            voorvoegsels.iter().flat_map(|woord| delen(woord)).chain(woorden(achter).flat_map(|w| delen(&w))).collect()
        }
        None => {
            let woorden: Vec<_> = woorden(&naam).collect();
            let begin = (1..woorden.len()).find(|plek| begint_achternaam(&woorden, *plek))?;
            woorden.get(begin..)?.iter().flat_map(|woord| delen(woord)).collect()
        }
    };
    let onbekend = achternaam.iter().any(|deel| GEEN_NAAM.contains(&deel.as_str()));
    let letters = achternaam.last().map_or(0, |laatste| laatste.chars().filter(|teken| teken.is_alphabetic()).count());
    (!onbekend && letters >= 2).then(|| achternaam.join(" "))
}

/// A surname begins at its first tussenvoegsel, at the first half of a double name, else at the last word.
fn begint_achternaam(woorden: &[String], plek: usize) -> bool {
    let Some(woord) = woorden.get(plek) else { return false };
    let half_dubbel = woord.rsplit_once('-').is_some_and(|(_, rest)| tussenvoegsel(rest).is_some());
    plek + 1 == woorden.len() || tussenvoegsel(woord).is_some() || half_dubbel
}

/// Words as typed, with `v.d.` and `J.P.` taken apart.
fn woorden(tekst: &str) -> impl Iterator<Item = String> {
    let zonder_punt = tekst.replace('.', " ");
    let woorden: Vec<_> = zonder_punt
        .split_whitespace()
        .map(|woord| woord.chars().filter(|teken| teken.is_alphanumeric() || *teken == '-').collect::<String>())
        .filter(|woord| woord.chars().any(char::is_alphanumeric))
        .collect();
    woorden.into_iter()
}

fn tussenvoegsel(woord: &str) -> Option<&'static str> {
    let (klein, vast) = TUSSENVOEGSELS.iter().find(|(vorm, _)| *vorm == plat(woord))?;
    let hoofdletter = woord.chars().next().is_some_and(char::is_uppercase);
    (!hoofdletter || !ALLEEN_KLEIN.contains(klein)).then_some(*vast)
}

/// The parts of a double name apart, each in plain letters; tussenvoegsels as they are kept.
fn delen(woord: &str) -> Vec<String> {
    let delen = woord.split('-').filter(|deel| !deel.is_empty());
    delen.map(|deel| tussenvoegsel(deel).map_or_else(|| plat(deel), str::to_owned)).collect()
}

/// Small letters without marks; `ij` and `y` are one letter.
pub(crate) fn plat(tekst: &str) -> String {
    let mut plat = String::with_capacity(tekst.len());
    for teken in tekst.nfkd().filter(|teken| !is_combining_mark(*teken)).flat_map(char::to_lowercase) {
        match teken {
            'ß' => plat.push_str("ss"),
            'æ' => plat.push_str("ae"),
            'œ' => plat.push_str("oe"),
            'ø' => plat.push('o'),
            'ł' => plat.push('l'),
            'đ' | 'ð' => plat.push('d'),
            'ı' => plat.push('i'),
            teken if is_combining_mark(teken) => {}
            teken => plat.push(teken),
        }
    }
    plat.replace("ij", "y")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn een_achternaam_is_hoe_ook_getypt_dezelfde() {
        let gelijk: &[(&str, &[&str])] = &[
            (
                "van de berg",
                &["Jan van den Berg", "Berg, Jan van den", "j. v.d. BERG", "J.P. vd Berg", "Jan VAN DER Berg"],
            ),
            (
                "van arkel de greef",
                &["Heleen van Arkel-de Greef", "Van Arkel de Greef, Heleen", "H. van Arkel - de Greef"],
            ),
            ("bakker de vries", &["Anna Bakker-de Vries", "Bakker-de Vries, Anna", "Bakker de Vries, A."]),
            ("jansen", &["Anne-Marie Jansen", "Jansen, Anne-Marie", "D. JANSEN", "Ben Jansen"]),
            ("garcia", &["José García", "GARCIA, Jose", "Jose Garci\u{301}a"]),
            ("yzendyk", &["Bo IJzendijk", "Bo Ĳzendĳk", "Bo Yzendyk", "Bo IJzendÿk"]),
            ("van t hof", &["Sam van 't Hof", "Sam van ’t Hof", "Hof, Sam van 't"]),
            ("lozinski", &["Ola Łoziński", "Lozinski, Ola"]),
        ];
        for (verwacht, namen) in gelijk {
            for naam in *namen {
                assert_eq!(achternaam(naam).as_deref(), Some(*verwacht), "{naam}");
            }
        }
    }

    #[test]
    fn wie_geen_achternaam_heeft_krijgt_er_geen() {
        for naam in ["", " ", "Bo", "niet bekend", "Naam onbekend", "Jan Onbekend", "N.N.", "?", "- -", "J. B.", ","] {
            assert_eq!(achternaam(naam), None, "{naam}");
        }
    }

    #[test]
    fn een_andere_achternaam_blijft_een_andere() {
        let anders = ["Jan Berg", "Jan van den Berg", "Jan van den Bergh", "Jan ter Berg", "Jan Bergen"];
        let mut gezien: Vec<_> = anders.iter().map(|naam| achternaam(naam).unwrap()).collect();
        gezien.sort();
        gezien.dedup();
        assert_eq!(gezien.len(), anders.len());
    }

    #[test]
    fn een_bsn_doorstaat_de_elfproef_en_een_ander_getal_niet() {
        assert_eq!(bsn("111222333").as_deref(), Some("111222333"));
        assert_eq!(bsn(" 1112.22.333 ").as_deref(), Some("111222333"));
        assert_eq!(bsn("10000008").as_deref(), Some("010000008"), "een nul voorop mag weg");
        for fout in
            ["", "111222334", "111222323", "000000000", "1112223333", "1234567", "11122233a", "一一一二二二三三三"]
        {
            assert_eq!(bsn(fout), None, "{fout}");
        }
    }

    #[test]
    fn een_adres_is_hoe_ook_getypt_hetzelfde() {
        for code in ["1970AA", "1970 aa", " 1970  Aa "] {
            assert_eq!(postcode(code).as_deref(), Some("1970AA"));
        }
        for fout in ["", "970AA", "0970AA", "1970A", "1970AAA", "19700A", "1970ÀA", "AA1970"] {
            assert_eq!(postcode(fout), None, "{fout}");
        }
        for (nummer, toevoeging) in [("12", "a"), ("12A", ""), ("012 ", "A"), ("12-a", ""), ("12 A", " ")] {
            assert_eq!(huisnummer(nummer, toevoeging), Some((12, "A".into())), "{nummer} {toevoeging}");
        }
        assert_ne!(huisnummer("12", "1"), huisnummer("121", ""));
        for fout in ["", "a", "0", "-1", "99999999999"] {
            assert_eq!(huisnummer(fout, ""), None, "{fout}");
        }
    }

    proptest! {
        #[test]
        fn niets_wat_getypt_wordt_breekt_het(naam in ".{0,60}", nummer in ".{0,12}") {
            if let Some(gevonden) = achternaam(&naam) {
                prop_assert!(!gevonden.chars().any(|teken| teken.is_ascii_uppercase() || teken == '-'), "{}", gevonden);
                prop_assert!(!gevonden.trim().is_empty());
            }
            let _ = (bsn(&nummer), postcode(&nummer), huisnummer(&nummer, &naam));
        }

        /// One digit that is wrong, or two neighbours that changed places, never passes.
        #[test]
        fn een_tikfout_in_een_bsn_valt_op(getal in 1u32..99_999_999, plek in 0usize..9, ander in 1u8..10) {
            let basis = format!("{getal:08}");
            let som: i32 = basis.bytes().zip([9, 8, 7, 6, 5, 4, 3, 2]).map(|(t, g)| i32::from(t - b'0') * g).sum();
            prop_assume!(som % 11 < 10);
            let goed = format!("{basis}{}", som % 11);
            prop_assert_eq!(bsn(&goed), Some(goed.clone()));
            let mut fout = goed.clone().into_bytes();
            fout[plek] = b'0' + (fout[plek] - b'0' + ander) % 10;
            prop_assert_eq!(bsn(&String::from_utf8(fout).unwrap()), None);
            let mut ruil = goed.clone().into_bytes();
            ruil.swap(plek.min(7), plek.min(7) + 1);
            if ruil != goed.as_bytes() {
                prop_assert_eq!(bsn(&String::from_utf8(ruil).unwrap()), None);
            }
        }
    }
}
