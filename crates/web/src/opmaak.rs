//! Dutch formatting for what people read: counts, dates, times and initials.
//!
//! Pure functions on civil dates; which instant or time zone is meant is decided by the caller.
//! A no-break space keeps a date on one line, because "8" without "april" is easily misread.

use app::namen::MAANDEN;
use jiff::civil::{Date, Time, Weekday};

/// A space that does not break the line.
pub const VASTE_SPATIE: char = '\u{a0}';

/// The highest number that a counter shows; above it the reader only needs to know that it is a lot.
pub const TELLER_MAX: u64 = 999;

const MAANDEN_KORT: [&str; 12] = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

/// `0` to `999`, then `999+`.
pub fn teller(aantal: u64) -> String {
    if aantal > TELLER_MAX { format!("{TELLER_MAX}+") } else { aantal.to_string() }
}

/// `1 persoon`, `2 personen`: the count and its noun on one line.
pub fn aantal(aantal: u64, enkelvoud: &str, meervoud: &str) -> String {
    let woord = if aantal == 1 { enkelvoud } else { meervoud };
    format!("{}{VASTE_SPATIE}{woord}", teller(aantal))
}

/// `april`.
pub fn maand(datum: Date) -> &'static str {
    naam_uit(&MAANDEN, datum)
}

/// `apr`.
pub fn maand_kort(datum: Date) -> &'static str {
    naam_uit(&MAANDEN_KORT, datum)
}

fn naam_uit(namen: &[&'static str; 12], datum: Date) -> &'static str {
    let index = usize::try_from(datum.month() - 1).unwrap_or(0);
    namen.get(index).copied().unwrap_or("")
}

/// `wo`.
pub fn weekdag_kort(datum: Date) -> &'static str {
    match datum.weekday() {
        Weekday::Monday => "ma",
        Weekday::Tuesday => "di",
        Weekday::Wednesday => "wo",
        Weekday::Thursday => "do",
        Weekday::Friday => "vr",
        Weekday::Saturday => "za",
        Weekday::Sunday => "zo",
    }
}

/// `woensdag`.
pub fn weekdag(datum: Date) -> &'static str {
    match datum.weekday() {
        Weekday::Monday => "maandag",
        Weekday::Tuesday => "dinsdag",
        Weekday::Wednesday => "woensdag",
        Weekday::Thursday => "donderdag",
        Weekday::Friday => "vrijdag",
        Weekday::Saturday => "zaterdag",
        Weekday::Sunday => "zondag",
    }
}

/// `8 april`.
pub fn dag_maand(datum: Date) -> String {
    format!("{}{VASTE_SPATIE}{}", datum.day(), maand(datum))
}

/// `8 apr`.
pub fn dag_maand_kort(datum: Date) -> String {
    format!("{}{VASTE_SPATIE}{}", datum.day(), maand_kort(datum))
}

/// `wo 8 april`; with the year when it is not the year of `vandaag`.
pub fn datum(datum: Date, vandaag: Date) -> String {
    if datum.year() == vandaag.year() {
        format!("{}{VASTE_SPATIE}{}", weekdag_kort(datum), dag_maand(datum))
    } else {
        datum_met_jaar(datum)
    }
}

/// `ma 1 december 2025`.
pub fn datum_met_jaar(datum: Date) -> String {
    format!("{}{VASTE_SPATIE}{}{VASTE_SPATIE}{}", weekdag_kort(datum), dag_maand(datum), datum.year())
}

/// `dinsdag 7 april 2026`.
pub fn datum_lang(datum: Date) -> String {
    format!("{}{VASTE_SPATIE}{}{VASTE_SPATIE}{}", weekdag(datum), dag_maand(datum), datum.year())
}

/// `dinsdag 7 april 2026` for what a date input sends, as text to keep; anything else as it is.
pub fn uit_invoer(datum: &str) -> String {
    let dag = datum.trim().parse::<Date>();
    dag.map_or_else(|_| datum.to_owned(), |dag| datum_lang(dag).replace(VASTE_SPATIE, " "))
}

/// `23.59 uur`.
pub fn tijd(tijd: Time) -> String {
    format!("{:02}.{:02}{VASTE_SPATIE}uur", tijd.hour(), tijd.minute())
}

/// `2026-04-07`, as a date input wants it.
pub fn datum_invoer(datum: Date) -> String {
    format!("{:04}-{:02}-{:02}", datum.year(), datum.month(), datum.day())
}

/// `23:59`, as a time input wants it.
pub fn tijd_invoer(tijd: Time) -> String {
    format!("{:02}:{:02}", tijd.hour(), tijd.minute())
}

/// `NO` for "Nadia Oefenaar": first letter of the first and the last word.
pub fn initialen(naam: &str) -> String {
    let mut woorden = naam.split_whitespace();
    let eerste = woorden.next().and_then(|woord| woord.chars().next());
    let laatste = woorden.next_back().and_then(|woord| woord.chars().next());
    eerste.into_iter().chain(laatste).flat_map(char::to_uppercase).collect()
}

/// With a capital at the begin.
pub fn hoofdletter(tekst: &str) -> String {
    let mut tekens = tekst.chars();
    tekens.next().map(|eerste| eerste.to_uppercase().chain(tekens).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn datums_staan_in_gewoon_nederlands() {
        let dag = date(2026, 4, 8);
        assert_eq!(datum(dag, date(2026, 1, 1)), "wo\u{a0}8\u{a0}april");
        assert_eq!(datum(dag, date(2027, 1, 1)), "wo\u{a0}8\u{a0}april\u{a0}2026");
        assert_eq!(datum_lang(dag), "woensdag\u{a0}8\u{a0}april\u{a0}2026");
        assert_eq!(dag_maand_kort(date(2026, 3, 1)), "1\u{a0}mrt");
        assert_eq!(tijd(time(0, 0, 0, 0)), "00.00\u{a0}uur");
        assert_eq!(uit_invoer("2026-04-08"), "woensdag 8 april 2026");
        assert_eq!(uit_invoer("gisteravond"), "gisteravond");
        assert_eq!(datum_invoer(dag), "2026-04-08");
        assert_eq!(tijd_invoer(time(9, 5, 0, 0)), "09:05");
    }

    #[test]
    fn tellers_stoppen_bij_het_maximum() {
        assert_eq!(teller(999), "999");
        assert_eq!(teller(1000), "999+");
        assert_eq!(aantal(1, "persoon", "personen"), "1\u{a0}persoon");
        assert_eq!(aantal(0, "persoon", "personen"), "0\u{a0}personen");
    }

    #[test]
    fn initialen_van_een_en_van_meer_woorden() {
        assert_eq!(initialen("Nadia Oefenaar"), "NO");
        assert_eq!(initialen("socius"), "S");
        assert_eq!(initialen("Joke van der Test"), "JT");
        assert_eq!(initialen(""), "");
    }
}
