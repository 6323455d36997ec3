//! Whether a text looks as if it names somebody: a warning to who asks advice, never a judgement. It sees what has the
//! shape of a name, a citizen service number, an address or a telephone number; it cannot see who is meant.

use std::collections::BTreeSet;

/// What a text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kenmerk {
    Naam,
    Bsn,
    Adres,
    Telefoon,
}

impl Kenmerk {
    pub fn als_str(self) -> &'static str {
        match self {
            Kenmerk::Naam => "naam",
            Kenmerk::Bsn => "bsn",
            Kenmerk::Adres => "adres",
            Kenmerk::Telefoon => "telefoon",
        }
    }
}

/// Capitals that name nobody of a family.
const GEEN_NAAM: &[&str] = &[
    "veilig",
    "thuis",
    "nederland",
    "nederlands",
    "nederlandse",
    "raad",
    "kinderbescherming",
    "meldcode",
    "turks",
    "turkse",
    "marokkaans",
    "marokkaanse",
    "syrisch",
    "syrische",
    "pools",
    "poolse",
    "engels",
    "engelse",
    "kerst",
    "pasen",
    "sinterklaas",
    "ramadan",
    "whatsapp",
    "facebook",
    "instagram",
    "snapchat",
    "tiktok",
    "kompaan",
    "politie",
    "jeugdteam",
    "cjg",
    "jgz",
];
/// After these a name follows.
const AANKONDIGING: &[&str] = &["mevrouw", "meneer", "mw", "dhr", "familie", "gezin", "heet", "genaamd", "naam"];
/// First names that are seen at the begin of a sentence, where every word has a capital.
const VOORNAMEN: &[&str] = &[
    "fien", "sam", "noah", "emma", "liam", "julia", "sem", "mila", "lucas", "tess", "daan", "sophie", "finn", "zoe",
    "zoë", "levi", "sara", "luuk", "nora", "mees", "eva", "james", "anna", "milan", "lotte", "noud", "saar", "thomas",
    "lisa", "mohammed", "mohamed", "fatima", "ahmed", "yusuf", "ali", "aylin", "jan", "piet", "kees", "maria", "johan",
    "peter", "mark", "linda", "sandra", "kim", "bas", "tim", "jeroen", "esther", "monique", "marieke", "ingrid",
    "willem", "hans",
];
const STRAATEINDEN: &[&str] = &[
    "straat",
    "laan",
    "weg",
    "plein",
    "gracht",
    "kade",
    "dijk",
    "hof",
    "pad",
    "singel",
    "dreef",
    "steeg",
    "plantsoen",
];

/// What the text looks like; empty when nothing stands out.
pub fn lijkt_op(tekst: &str) -> BTreeSet<Kenmerk> {
    let mut gezien = BTreeSet::new();
    let woorden: Vec<&str> = tekst.split_whitespace().collect();
    for (index, ruw) in woorden.iter().enumerate() {
        let vorige = index.checked_sub(1).and_then(|vorige| woorden.get(vorige)).copied();
        let volgende = woorden.get(index + 1).copied().unwrap_or_default();
        if is_naam(ruw, vorige) {
            gezien.insert(Kenmerk::Naam);
        }
        if is_adres(ruw, volgende) {
            gezien.insert(Kenmerk::Adres);
        }
    }
    for cijfers in cijferreeksen(tekst) {
        if cijfers.len() == 9 && elfproef(&cijfers) {
            gezien.insert(Kenmerk::Bsn);
        } else if cijfers.len() == 10 && cijfers.first() == Some(&0) {
            gezien.insert(Kenmerk::Telefoon);
        }
    }
    gezien
}

fn kaal(woord: &str) -> &str {
    woord.trim_matches(|teken: char| !teken.is_alphanumeric())
}

fn is_naam(ruw: &str, vorige: Option<&str>) -> bool {
    let woord = kaal(ruw);
    let klein = woord.to_lowercase();
    let mut tekens = woord.chars();
    let hoofdletter = tekens.next().is_some_and(char::is_uppercase);
    // An abbreviation is all capitals; a name goes on in small letters.
    let gaat_klein_verder = woord.chars().count() >= 2 && tekens.all(|teken| teken.is_lowercase() || teken == '-');
    if !hoofdletter || !gaat_klein_verder || GEEN_NAAM.contains(&klein.as_str()) {
        return false;
    }
    let begin_van_zin = vorige.is_none_or(|vorige| vorige.ends_with(['.', '!', '?', ':']));
    let aangekondigd = vorige.is_some_and(|vorige| AANKONDIGING.contains(&kaal(vorige).to_lowercase().as_str()));
    aangekondigd || !begin_van_zin || VOORNAMEN.contains(&klein.as_str())
}

/// A postcode, or a street with a number.
fn is_adres(ruw: &str, volgende: &str) -> bool {
    let (woord, erna) = (kaal(ruw), kaal(volgende));
    let (cijfers, letters) =
        woord.split_at(woord.len().min(4).min(woord.find(|t: char| !t.is_ascii_digit()).unwrap_or(4)));
    let postcode = |letters: &str| letters.len() == 2 && letters.chars().all(|letter| letter.is_ascii_uppercase());
    let is_postcode = cijfers.len() == 4 && (postcode(letters) || (letters.is_empty() && postcode(erna)));
    let klein = woord.to_lowercase();
    let straat = STRAATEINDEN.iter().any(|einde| klein.ends_with(einde));
    is_postcode || (straat && erna.starts_with(|teken: char| teken.is_ascii_digit()))
}

/// Digits that stand together, dots, dashes and spaces in between left out.
fn cijferreeksen(tekst: &str) -> Vec<Vec<u32>> {
    let mut reeksen = vec![Vec::new()];
    for teken in tekst.chars() {
        match (teken.to_digit(10), reeksen.last_mut()) {
            (Some(cijfer), Some(reeks)) => reeks.push(cijfer),
            (None, Some(reeks)) if !reeks.is_empty() && !matches!(teken, ' ' | '.' | '-') => reeksen.push(Vec::new()),
            _ => {}
        }
    }
    reeksen
}

/// Nine digits that weigh to a multiple of eleven, the last one counted down.
fn elfproef(cijfers: &[u32]) -> bool {
    let som: i64 =
        (2..=9i64).rev().chain([-1]).zip(cijfers).map(|(gewicht, cijfer)| gewicht * i64::from(*cijfer)).sum();
    som % 11 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ziet(tekst: &str) -> Vec<&'static str> {
        lijkt_op(tekst).into_iter().map(Kenmerk::als_str).collect()
    }

    #[test]
    fn wat_op_een_naam_lijkt_valt_op_ook_aan_het_begin_van_een_zin() {
        for tekst in
            ["Het gaat om Jayden uit groep 4.", "Fien komt zonder jas.", "De moeder heet Ayse", "gezin Bedacht"]
        {
            assert_eq!(ziet(tekst), ["naam"], "{tekst}");
        }
    }

    #[test]
    fn een_nummer_of_adres_valt_op() {
        assert_eq!(ziet("haar nummer is 111222333"), ["bsn"]);
        assert_eq!(ziet("haar nummer is 111.222.333"), ["bsn"]);
        assert_eq!(ziet("op 1970 AA ergens"), ["adres"]);
        assert_eq!(ziet("op 1970AA ergens"), ["adres"]);
        assert_eq!(ziet("in de dromerslaan 3"), ["adres"]);
        assert_eq!(ziet("bel 06-12345678"), ["telefoon"]);
    }

    #[test]
    fn een_gewone_vraag_geeft_geen_waarschuwing() {
        let vraag = "Een leerling van 7 komt al weken moe op school. Moet ik eerst met de ouders praten? De IB'er en \
                     de JGZ zijn op de hoogte. Kan Veilig Thuis meedenken over het gesprek op 12 maart 2026?";
        assert_eq!(ziet(vraag), [""; 0]);
        assert_eq!(ziet("111222334 is geen goed nummer"), [""; 0]);
        assert_eq!(ziet(""), [""; 0]);
    }
}
