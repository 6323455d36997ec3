//! The days of a count as whole weeks, Monday to Sunday.

use super::lengte;
use crate::{
    opmaak,
    pages::waarom::{Dag, DagSoort, Telling},
};
use domain::tijd::{Eenheid, Instant, Kalender, TelDag, TelSoort};
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

/// Weeks that are drawn at most; a longer count is told in words only.
const WEKEN_MAX: usize = 10;
const TELT_NIET: &str = "telt niet mee";

/// A count with what is around it.
pub(super) struct Telraam<'a> {
    pub dagen: &'a [TelDag],
    pub eenheid: Option<Eenheid>,
    pub anker: Instant,
    /// `melding`.
    pub anker_woord: &'a str,
    /// The instant at which the calendar moves zicht, and to whom.
    pub gevolg: Option<(Instant, &'a str)>,
    pub kalender: &'a Kalender,
    pub vandaag: Date,
}

impl Telraam<'_> {
    /// The calendar; nothing when no days are counted one by one, or too many to look at.
    pub fn telling(&self) -> Option<Telling> {
        let (eerste, laatste) = (self.dagen.first()?.datum, self.dagen.last()?.datum);
        let eind = self.gevolg.map_or(laatste, |(grens, _)| laatste.max(grens.dag()));
        let mut maandag = eerste.saturating_sub(i64::from(eerste.weekday().to_monday_zero_offset()).days());
        let mut weken = Vec::new();
        while maandag <= eind {
            if weken.len() == WEKEN_MAX {
                return None;
            }
            let week: Vec<_> = (0..7).map(|dag: i64| self.dag(maandag.saturating_add(dag.days()), laatste)).collect();
            weken.push(week);
            maandag = maandag.saturating_add(1.week());
        }
        Some(Telling { samenvatting: self.samenvatting(eerste, laatste), weken })
    }

    fn samenvatting(&self, eerste: Date, laatste: Date) -> String {
        let telt = self.dagen.iter().filter(|dag| matches!(dag.soort, TelSoort::Telt(_))).count();
        let niet = self.dagen.len().saturating_sub(telt).saturating_sub(1);
        let telt = lengte(i64::try_from(telt).unwrap_or(i64::MAX), self.eenheid);
        let rest = match niet {
            0 => String::new(),
            1 => format!(" 1 dag {TELT_NIET}."),
            _ => format!(" {niet} dagen tellen niet mee."),
        };
        format!("Van {} tot en met {}: {telt}.{rest}", opmaak::dag_maand(eerste), opmaak::dag_maand(laatste))
    }

    fn dag(&self, datum: Date, laatste: Date) -> Dag {
        let geteld = self.dagen.iter().find(|dag| dag.datum == datum).map(|dag| &dag.soort);
        let (soort, kop, tekst) = match (geteld, self.gevolg) {
            (Some(TelSoort::Telt(n)), _) if datum == laatste => (
                DagSoort::Laatste,
                self.kop_van(*n),
                format!("uiterlijk {}", opmaak::tijd(jiff::civil::time(23, 59, 0, 0))),
            ),
            (Some(TelSoort::Telt(n)), _) => (DagSoort::Telt, self.kop_van(*n), String::new()),
            (Some(TelSoort::Anker), _) => {
                let tijd = opmaak::tijd(self.anker.lokaal().time());
                (DagSoort::Begin, "dag 0".to_owned(), format!("{}, {tijd}", self.anker_woord))
            }
            (Some(TelSoort::Weekend), _) => (DagSoort::TeltNiet, "weekend".to_owned(), TELT_NIET.to_owned()),
            (Some(TelSoort::Feestdag(naam)), _) => (DagSoort::TeltNiet, naam.clone(), TELT_NIET.to_owned()),
            (None, Some((grens, naar))) if grens.dag() == datum => {
                let tijd = opmaak::tijd(grens.lokaal().time());
                (DagSoort::Gevolg, self.gewone_kop(datum, laatste), format!("zicht naar {naar}, {tijd}"))
            }
            (None, _) => (DagSoort::Buiten, self.bijzonder(datum), String::new()),
        };
        Dag { datum: opmaak::dag_maand(datum), soort, kop, tekst, vandaag: datum == self.vandaag }
    }

    fn kop_van(&self, n: i64) -> String {
        if self.eenheid == Some(Eenheid::Werkdag) { format!("werkdag {n}") } else { format!("dag {n}") }
    }

    /// The head of the first day after the count: the next working day by number, else what makes it none.
    fn gewone_kop(&self, datum: Date, laatste: Date) -> String {
        let geteld = self.dagen.iter().filter(|dag| matches!(dag.soort, TelSoort::Telt(_))).count();
        let volgende = i64::try_from(geteld).unwrap_or_default().saturating_add(1);
        let is_volgende = self.eenheid == Some(Eenheid::Werkdag) && self.kalender.werkdag_na(laatste, 1) == datum;
        if is_volgende { self.kop_van(volgende) } else { self.bijzonder(datum) }
    }

    fn bijzonder(&self, datum: Date) -> String {
        match self.kalender.feestdag(datum) {
            Some(naam) => naam.to_owned(),
            None if matches!(datum.weekday(), Weekday::Saturday | Weekday::Sunday) => "weekend".to_owned(),
            None => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handlers::overdracht::testhulp::{bundel, op};
    use jiff::civil::date;

    /// The count of an assessment of which the report arrived at `anker`.
    fn telling(anker: &str, lengte: i64, eenheid: Eenheid, gevolg: Option<&str>) -> Option<Telling> {
        let kalender = bundel("Velsen").kalender.clone();
        let anker = op(anker);
        let dagen = kalender.tel(anker, lengte, eenheid).dagen;
        let raam = Telraam {
            dagen: &dagen,
            eenheid: Some(eenheid),
            anker,
            anker_woord: "melding",
            gevolg: gevolg.map(|grens| (op(grens), "Veilig Thuis")),
            kalender: &kalender,
            vandaag: date(2026, 4, 7),
        };
        raam.telling()
    }

    fn kort(dag: &Dag) -> String {
        format!("{} {} {}", dag.datum, dag.kop, dag.tekst).replace('\u{a0}', " ").trim().to_owned()
    }

    #[test]
    fn rond_pasen_staan_alle_dagen_er_met_wat_ze_doen() {
        let telling = telling("2026-03-30T10:00:00", 5, Eenheid::Werkdag, Some("2026-04-09T00:00:00")).unwrap();
        assert_eq!(telling.weken.len(), 2);
        assert!(telling.weken.iter().all(|week| week.len() == 7));
        let dagen: Vec<_> = telling.weken.iter().flatten().collect();
        assert_eq!(kort(dagen[0]), "30 maart dag 0 melding, 10.00 uur");
        assert_eq!(kort(dagen[4]), "3 april Goede Vrijdag telt niet mee");
        assert_eq!(kort(dagen[6]), "5 april weekend telt niet mee");
        assert_eq!(kort(dagen[7]), "6 april Tweede Paasdag telt niet mee");
        assert_eq!(kort(dagen[9]), "8 april werkdag 5 uiterlijk 23.59 uur");
        assert_eq!(dagen[9].soort, DagSoort::Laatste);
        assert_eq!(kort(dagen[10]), "9 april werkdag 6 zicht naar Veilig Thuis, 00.00 uur");
        assert_eq!((dagen[11].soort, dagen[11].kop.as_str()), (DagSoort::Buiten, ""));
        assert_eq!(dagen.iter().filter(|dag| dag.vandaag).count(), 1);
        let tekst = telling.samenvatting.replace('\u{a0}', " ");
        assert_eq!(tekst, "Van 30 maart tot en met 8 april: 5 werkdagen. 4 dagen tellen niet mee.");
    }

    #[test]
    fn een_gevolg_na_het_weekend_krijgt_een_week_erbij() {
        let telling = telling("2026-03-06T10:00:00", 5, Eenheid::Werkdag, Some("2026-03-16T00:00:00")).unwrap();
        assert_eq!(telling.weken.len(), 3);
        assert_eq!(kort(&telling.weken[2][0]), "16 maart werkdag 6 zicht naar Veilig Thuis, 00.00 uur");
    }

    #[test]
    fn gewone_dagen_tellen_ook_in_het_weekend() {
        let telling = telling("2026-04-07T13:48:00", 14, Eenheid::Dag, None).unwrap();
        let dagen: Vec<_> = telling.weken.iter().flatten().collect();
        assert!(dagen.iter().all(|dag| dag.soort != DagSoort::TeltNiet));
        let laatste = dagen.iter().find(|dag| dag.soort == DagSoort::Laatste).unwrap();
        assert_eq!(kort(laatste), "21 april dag 14 uiterlijk 23.59 uur");
    }

    #[test]
    fn zonder_dagen_of_met_te_veel_is_er_geen_kalender() {
        assert!(telling("2026-04-07T13:48:00", 3, Eenheid::Maand, None).is_none());
        assert!(telling("2026-04-07T13:48:00", 72, Eenheid::Uur, None).is_none());
        assert!(telling("2026-04-07T13:48:00", 100, Eenheid::Dag, None).is_none());
    }
}
