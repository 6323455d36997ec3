//! Working days against a second calculation, written from the semantics (section 3) and sharing nothing with the first
//! one: another algorithm for Easter, day numbers instead of a calendar library, and the clock change from its rule.

use super::steun::kalenderbron;
use domain::{
    afspraak::lees_kalender,
    tijd::{Eenheid, Instant},
};
use jiff::civil::Date;

/// Days since 1970-01-01.
type Dagnummer = i64;

fn schrikkeljaar(jaar: i64) -> bool {
    (jaar % 4 == 0 && jaar % 100 != 0) || jaar % 400 == 0
}

fn maandlengte(jaar: i64, maand: i64) -> i64 {
    match maand {
        2 => 28 + i64::from(schrikkeljaar(jaar)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Counts year by year and month by month.
fn dagnummer(jaar: i64, maand: i64, dag: i64) -> Dagnummer {
    let jaren: i64 = (1970..jaar).map(|jaar| 365 + i64::from(schrikkeljaar(jaar))).sum();
    let maanden: i64 = (1..maand).map(|maand| maandlengte(jaar, maand)).sum();
    jaren + maanden + dag - 1
}

/// 0 for Sunday; 1970-01-01 was a Thursday.
fn weekdag(dag: Dagnummer) -> i64 {
    (dag + 4).rem_euclid(7)
}

/// Easter Sunday by the algorithm of Oudin (1940).
fn paaszondag(jaar: i64) -> Dagnummer {
    let eeuw = jaar / 100;
    let n = jaar - 19 * (jaar / 19);
    let k = (eeuw - 17) / 25;
    let mut i = eeuw - eeuw / 4 - (eeuw - k) / 3 + 19 * n + 15;
    i -= 30 * (i / 30);
    i -= (i / 28) * (1 - (i / 28) * (29 / (i + 1)) * ((21 - n) / 11));
    let mut j = jaar + jaar / 4 + i + 2 - eeuw + eeuw / 4;
    j -= 7 * (j / 7);
    let l = i - j;
    let maand = 3 + (l + 40) / 44;
    dagnummer(jaar, maand, l + 28 - 31 * (maand / 4))
}

fn vrije_dagen(jaar: i64) -> Vec<Dagnummer> {
    let pasen = paaszondag(jaar);
    let koningsdag = dagnummer(jaar, 4, 27);
    vec![
        dagnummer(jaar, 1, 1),
        pasen - 2,
        pasen + 1,
        if weekdag(koningsdag) == 0 { koningsdag - 1 } else { koningsdag },
        dagnummer(jaar, 5, 5),
        pasen + 39,
        pasen + 50,
        dagnummer(jaar, 12, 25),
        dagnummer(jaar, 12, 26),
    ]
}

/// Midnight in the Netherlands at the begin of a day, in microseconds: an hour before midnight UTC, two in summer time,
/// which runs from the last Sunday of March to the last Sunday of October.
fn middernacht(jaar: i64, dag: Dagnummer) -> Instant {
    let laatste_zondag = |maand| {
        let laatste = dagnummer(jaar, maand, 31);
        laatste - weekdag(laatste)
    };
    let zomertijd = dag > laatste_zondag(3) && dag <= laatste_zondag(10);
    Instant((dag * 24 - if zomertijd { 2 } else { 1 }) * 3_600_000_000)
}

/// Every day of 2015 to 2060 with its year, and whether it is a working day.
fn dagen() -> Vec<(i64, Dagnummer, Date, bool)> {
    let mut alle = Vec::new();
    for jaar in 2015..=2060 {
        let vrij = vrije_dagen(jaar);
        for maand in 1..=12 {
            for dag in 1..=maandlengte(jaar, maand) {
                let nummer = dagnummer(jaar, maand, dag);
                let werkdag = !matches!(weekdag(nummer), 0 | 6) && !vrij.contains(&nummer);
                let datum =
                    Date::new(i16::try_from(jaar).unwrap(), i8::try_from(maand).unwrap(), i8::try_from(dag).unwrap());
                alle.push((jaar, nummer, datum.unwrap(), werkdag));
            }
        }
    }
    alle
}

#[test]
fn werkdagen_en_uiterste_momenten_zijn_die_van_een_tweede_berekening() {
    let kalender = lees_kalender(&kalenderbron()).unwrap();
    let dagen = dagen();
    let mut vergeleken = 0;
    for (index, (jaar, nummer, datum, werkdag)) in dagen.iter().enumerate() {
        assert_eq!(kalender.is_werkdag(*datum), *werkdag, "{datum}");
        assert_eq!(Instant::begin_van(*datum), middernacht(*jaar, *nummer), "{datum}");
        let daarna: Vec<_> = dagen[index + 1..].iter().take(40).collect();
        let werkdagen: Vec<_> = daarna.iter().filter(|(_, _, _, werkdag)| *werkdag).collect();
        for n in [1usize, 5, 6, 10] {
            let Some((_, _, verwacht, _)) = werkdagen.get(n - 1) else { continue };
            let telt = i64::try_from(n).unwrap();
            assert_eq!(kalender.werkdag_na(*datum, telt), *verwacht, "{n} werkdagen na {datum}");
            let volgende = daarna.iter().find(|(_, _, dag, _)| dag > verwacht);
            let Some((jaar_erna, nummer_erna, ..)) = volgende else { continue };
            for uur in [0, 12, 23] {
                let anker = Instant::uit_lokaal(datum.at(uur, 59, 59, 0));
                let uiterlijk = kalender.uiterlijk(anker, telt, Eenheid::Werkdag);
                assert_eq!(uiterlijk, middernacht(*jaar_erna, *nummer_erna), "{n} werkdagen na {datum} {uur}.59");
                vergeleken += 1;
            }
        }
    }
    println!("kalender: {} dagen, {vergeleken} termijnen vergeleken met een tweede berekening", dagen.len());
    assert!(dagen.len() > 16_000 && vergeleken > 190_000, "{vergeleken}");
}

#[test]
fn een_vergeten_of_verschoven_feestdag_valt_op() {
    let echt = lees_kalender(&kalenderbron()).unwrap();
    let dagen = dagen();
    let klopt = |kalender: &domain::tijd::Kalender| {
        dagen.iter().all(|(_, _, datum, werkdag)| kalender.is_werkdag(*datum) == *werkdag)
    };
    assert!(klopt(&echt));
    // Easter Sunday and Whit Sunday are no working days by being Sundays; so is King's Day when it falls on one, and the
    // Saturday to which it then moves.
    let telt_mee = echt.feestdag.iter().filter(|dag| !matches!(dag.pasen, Some(0 | 49)));
    for feestdag in telt_mee {
        let mut zonder = echt.clone();
        zonder.feestdag.retain(|dag| dag.naam != feestdag.naam);
        assert!(!klopt(&zonder), "zonder {}", feestdag.naam);
    }
}
