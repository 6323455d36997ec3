//! Names as people write them: of an organisation that no agreement names, and of a day.

use domain::ids::OrganisatieId;
use jiff::civil::Date;

/// The months, from January.
pub const MAANDEN: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

/// Words that keep their small letter inside a name.
const TUSSENWOORDEN: &[&str] = &["aan", "bij", "den", "der", "en", "in", "op", "te", "van", "voor"];

/// `Basisschool De Duin` for `basisschool-de-duin`.
pub(crate) fn uit_id(organisatie: &OrganisatieId) -> String {
    let woord = |(plek, woord): (usize, &str)| {
        let klein = plek > 0 && TUSSENWOORDEN.contains(&woord);
        let mut tekens = woord.chars();
        match tekens.next().filter(|_| !klein) {
            Some(eerste) => eerste.to_uppercase().chain(tekens).collect(),
            None => woord.to_owned(),
        }
    };
    organisatie.0.split('-').enumerate().map(woord).collect::<Vec<_>>().join(" ")
}

/// `4 november 2025`.
pub(crate) fn dag(dag: Date) -> String {
    let maand = usize::try_from(dag.month() - 1).ok().and_then(|index| MAANDEN.get(index)).copied();
    format!("{} {} {}", dag.day(), maand.unwrap_or_default(), dag.year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn een_naam_uit_een_id_heeft_hoofdletters_waar_namen_die_hebben() {
        for (id, naam) in [
            ("basisschool-de-duin", "Basisschool De Duin"),
            ("huisarts-van-den-berg", "Huisarts van den Berg"),
            ("politie", "Politie"),
            ("", ""),
        ] {
            assert_eq!(uit_id(&id.into()), naam);
        }
        assert_eq!(dag(date(2025, 11, 4)), "4 november 2025");
    }
}
