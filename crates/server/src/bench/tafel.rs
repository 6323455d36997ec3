//! One measure, and all of them as a table or as JSON.

use super::{Omvang, machine::Machine};
use serde_json::{Value, json};

/// What is promised.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Grens {
    Minstens(f64),
    Hoogstens(f64),
}

/// One measure.
#[derive(Clone, Debug)]
pub struct Meting {
    /// `SQLite`, `PostgreSQL`, or nothing where no store is in play.
    pub opslag: &'static str,
    pub maat: String,
    pub voorwaarden: String,
    /// Absent for what is only told beside another.
    pub grens: Option<Grens>,
    pub cijfer: f64,
    pub eenheid: &'static str,
    /// What was done to measure it, and below how much it says nothing.
    pub werk: u64,
    pub werk_min: u64,
}

impl Meting {
    pub fn gehaald(&self) -> bool {
        match self.grens {
            None => true,
            Some(Grens::Minstens(grens)) => self.cijfer >= grens,
            Some(Grens::Hoogstens(grens)) => self.cijfer <= grens,
        }
    }

    pub fn genoeg_gedaan(&self) -> bool {
        self.werk >= self.werk_min
    }

    fn grens(&self) -> String {
        match self.grens {
            None => String::new(),
            Some(Grens::Minstens(grens)) => format!("≥ {}", getal(grens)),
            Some(Grens::Hoogstens(grens)) => format!("≤ {}", getal(grens)),
        }
    }

    fn oordeel(&self) -> &'static str {
        match self.grens {
            _ if !self.genoeg_gedaan() => "te weinig gedaan",
            None => "",
            Some(_) if self.gehaald() => "ok",
            Some(_) => "niet ok",
        }
    }
}

/// Three figures that count, and thousands apart.
fn getal(waarde: f64) -> String {
    let cijfers = match waarde.abs() {
        grootte if grootte >= 100.0 => 0,
        grootte if grootte >= 10.0 => 1,
        _ => 2,
    };
    let tekst = format!("{waarde:.cijfers$}");
    let (heel, rest) = tekst.split_once('.').map_or((tekst.as_str(), String::new()), |(heel, deel)| {
        (heel, if deel.chars().all(|teken| teken == '0') { String::new() } else { format!(",{deel}") })
    });
    let mut met_punten = String::new();
    for (plaats, teken) in heel.chars().enumerate() {
        if plaats > 0 && (heel.len() - plaats).is_multiple_of(3) {
            met_punten.push('.');
        }
        met_punten.push(teken);
    }
    met_punten + &rest
}

/// The table, as Markdown.
pub fn als_tekst(metingen: &[Meting], machine: &Machine, omvang: Omvang, seconden: f64) -> String {
    let mut rijen = vec![["Maat", "Opslag", "Voorwaarden", "Grens", "Gemeten", "Oordeel"].map(str::to_owned)];
    for meting in metingen {
        rijen.push([
            meting.maat.clone(),
            meting.opslag.to_owned(),
            meting.voorwaarden.clone(),
            meting.grens(),
            format!("{} {}", getal(meting.cijfer), meting.eenheid),
            meting.oordeel().to_owned(),
        ]);
    }
    let breedte = |kolom: usize| {
        let lengtes = rijen.iter().filter_map(|rij| rij.get(kolom)).map(|cel| cel.chars().count());
        lengtes.max().unwrap_or_default()
    };
    let breedtes: Vec<_> = (0..6).map(breedte).collect();
    let mut regels = Vec::new();
    for (nummer, rij) in rijen.iter().enumerate() {
        let cellen: Vec<_> = rij.iter().zip(&breedtes).map(|(cel, breedte)| format!("{cel:<breedte$}")).collect();
        regels.push(format!("| {} |", cellen.join(" | ")));
        if nummer == 0 {
            let streep: Vec<_> = breedtes.iter().map(|breedte| "-".repeat(*breedte)).collect();
            regels.push(format!("| {} |", streep.join(" | ")));
        }
    }
    let vorm = if omvang.kort { "korte vorm: geen oordeel over snelheid" } else { "lange vorm" };
    regels.push(format!("\n{}; {vorm}; {seconden:.0} s.", machine.in_woorden()));
    regels.join("\n")
}

/// The same for machines.
pub fn als_json(metingen: &[Meting], machine: &Machine, omvang: Omvang, seconden: f64) -> Value {
    let een = |meting: &Meting| {
        json!({
            "maat": meting.maat,
            "opslag": meting.opslag,
            "voorwaarden": meting.voorwaarden,
            "grens": meting.grens(),
            "cijfer": meting.cijfer,
            "eenheid": meting.eenheid,
            "gehaald": meting.gehaald(),
            "werk": meting.werk,
            "werk_min": meting.werk_min,
        })
    };
    json!({
        "kort": omvang.kort,
        "seconden": seconden,
        "machine": machine.als_json(),
        "metingen": metingen.iter().map(een).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn een_getal_leest_als_een_getal() {
        for (waarde, tekst) in [
            (0.4, "0,40"),
            (25.0, "25"),
            (17.25, "17,2"),
            (999.6, "1.000"),
            (300_000.0, "300.000"),
            (1_234_567.8, "1.234.568"),
        ] {
            assert_eq!(getal(waarde), tekst);
        }
    }

    #[test]
    fn een_grens_wordt_gehaald_of_niet_en_te_weinig_werk_zegt_niets() {
        let meting = |grens, cijfer, werk| Meting {
            opslag: "",
            maat: "proef".into(),
            voorwaarden: String::new(),
            grens,
            cijfer,
            eenheid: "s",
            werk,
            werk_min: 10,
        };
        assert_eq!(meting(Some(Grens::Minstens(2.0)), 2.0, 10).oordeel(), "ok");
        assert_eq!(meting(Some(Grens::Minstens(2.0)), 1.9, 10).oordeel(), "niet ok");
        assert_eq!(meting(Some(Grens::Hoogstens(2.0)), 2.1, 10).oordeel(), "niet ok");
        assert_eq!(meting(None, 2.1, 10).oordeel(), "");
        assert_eq!(meting(Some(Grens::Hoogstens(2.0)), 1.0, 9).oordeel(), "te weinig gedaan");
    }
}
