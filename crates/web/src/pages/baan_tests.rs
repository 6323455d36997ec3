//! Tests of the swimlane, and the invented story of huishouden Verzinsel that the page samples draw.

use jiff::civil::date;
use jiff::tz::TimeZone;

use super::*;

/// Midnight in Amsterdam plus hours.
pub fn moment(jaar: i16, maand: i8, dag: i8, uur: i64) -> i64 {
    let zone = TimeZone::get("Europe/Amsterdam").unwrap();
    date(jaar, maand, dag).to_zoned(zone).unwrap().timestamp().as_microsecond() + uur * 3_600_000_000
}

fn span(van: i64, tot: Option<i64>, houder: HouderSoort, naam: &str, teksten: [&str; 4]) -> SpanGegevens {
    let [onder, van_tekst, tot_tekst, grond] = teksten.map(str::to_owned);
    let naam = naam.to_owned();
    SpanGegevens { van, tot, houder, naam, onder, verwacht: false, door_overdracht: false, van_tekst, tot_tekst, grond }
}

fn merk(op: i64, soort: MerkSoort, titel: &str, detail: &str, op_tekst: &str) -> MerkGegevens {
    MerkGegevens { op, soort, titel: titel.into(), detail: detail.into(), op_tekst: op_tekst.into() }
}

fn zichtlijn() -> Vec<SpanGegevens> {
    let sep15 = moment(2025, 9, 15, 10);
    let sep19 = moment(2025, 9, 19, 11);
    let dec1 = moment(2025, 12, 1, 11);
    let apr9 = moment(2026, 4, 9, 0);
    let mut socius = span(
        dec1,
        Some(apr9),
        HouderSoort::LokaalTeam,
        "Socius",
        [
            "vanaf 1 dec · warme overdracht bevestigd · IJmond § 3.4.1",
            "ma 1 december 2025, 11.15 uur",
            "uiterlijk do 9 april 2026, 00.00 uur",
            "IJmond § 3.4.1",
        ],
    );
    socius.door_overdracht = true;
    let mut straks = span(
        apr9,
        None,
        HouderSoort::VeiligThuis,
        "uiterlijk vanaf 9 april: Veilig Thuis",
        [
            "of eerder, na de beoordeling · IJmond § 3.1",
            "do 9 april 2026, 00.00 uur",
            "nog niet bekend",
            "IJmond § 3.1",
        ],
    );
    straks.verwacht = true;
    vec![
        span(
            sep15,
            Some(sep19),
            HouderSoort::Melder,
            "school, als melder",
            [
                "vanaf 15 sep · IJmond § 3.1",
                "ma 15 september 2025, 10.05 uur",
                "vr 19 september 2025, 11.30 uur",
                "IJmond § 3.1",
            ],
        ),
        span(
            sep19,
            Some(dec1),
            HouderSoort::VeiligThuis,
            "Veilig Thuis Kennemerland",
            [
                "vanaf 19 sep · IJmond § 3.1",
                "vr 19 september 2025, 11.30 uur",
                "ma 1 december 2025, 11.15 uur",
                "IJmond § 3.1",
            ],
        ),
        socius,
        straks,
    ]
}

/// Regie, monitoring and crisis.
fn andere_lijnen() -> [Vec<SpanGegevens>; 3] {
    let regie = vec![span(
        moment(2025, 10, 20, 9),
        None,
        HouderSoort::Overig,
        "CJG Kennemerland",
        ["vanaf 20 oktober", "ma 20 oktober 2025", "nu", "IJmond § 4.2"],
    )];
    let monitoring = vec![span(
        moment(2025, 12, 1, 11),
        None,
        HouderSoort::VeiligThuis,
        "Veilig Thuis",
        ["vanaf 1 dec", "ma 1 december 2025", "nu", "IJmond § 3.4.5"],
    )];
    let crisis = vec![span(
        moment(2025, 10, 3, 22),
        Some(moment(2025, 10, 6, 22)),
        HouderSoort::Crisis,
        "Crisisdienst",
        [
            "3 okt 22.40 uur tot 6 okt 22.40 uur · IJmond § 3.1",
            "vr 3 oktober 2025, 22.40 uur",
            "ma 6 oktober 2025, 22.40 uur",
            "IJmond § 3.1",
        ],
    )];
    [regie, monitoring, crisis]
}

fn monitormomenten() -> Vec<MerkGegevens> {
    vec![
        merk(moment(2026, 2, 26, 10), MerkSoort::Gedaan, "3 maanden, 26 feb", "", "do 26 februari 2026"),
        merk(moment(2026, 6, 1, 10), MerkSoort::Gepland, "6 maanden, 1 juni", "", "ma 1 juni 2026"),
    ]
}

pub fn verzinsel() -> BanenGegevens {
    let [regie, monitoring, crisis] = andere_lijnen();
    let baan = |soort, spans, merken, leeg: &str| BaanGegevens { soort, spans, merken, leeg: leeg.to_owned() };
    BanenGegevens {
        van: moment(2025, 8, 7, 0),
        tot: moment(2026, 7, 1, 0),
        nu: moment(2026, 4, 7, 9),
        nu_tekst: "vandaag, 7 april".to_owned(),
        beschrijving: "Zicht op veiligheid: de school vanaf 15 september 2025, Veilig Thuis vanaf 19 september, Socius vanaf 1 december. Uiterlijk op 9 april 2026 gaat het naar Veilig Thuis.".to_owned(),
        gebeurtenissen: vec![
            merk(moment(2025, 9, 15, 10), MerkSoort::Melding, "15 sep · melding 1", "school", "ma 15 september 2025, 10.05 uur"),
            merk(moment(2025, 10, 3, 21), MerkSoort::Melding, "3 okt · melding 2 met incident", "politie, spoed", "vr 3 oktober 2025, 21.50 uur"),
            merk(moment(2026, 1, 14, 12), MerkSoort::Incident, "14 jan · incident", "door Socius", "wo 14 januari 2026, 12.00 uur"),
            merk(moment(2026, 3, 30, 10), MerkSoort::Melding, "30 mrt · melding 3", "huisarts", "ma 30 maart 2026, 10.00 uur"),
        ],
        banen: vec![
            baan(BaanSoort::Zicht, zichtlijn(), Vec::new(), ""),
            baan(BaanSoort::Regie, regie, Vec::new(), "niemand (mag leeg zijn)"),
            baan(BaanSoort::Monitoring, monitoring, monitormomenten(), "loopt niet"),
            baan(BaanSoort::Crisis, crisis, Vec::new(), "niet ingezet"),
        ],
    }
}

fn zichtspans(gegevens: &BanenGegevens) -> Vec<(i64, i64, SpanGegevens)> {
    leg_spans(gegevens, &gegevens.banen[0], TIJD_LINKS, TIJD_RECHTS - TIJD_LINKS)
}

#[test]
fn spans_sluiten_aan_en_overlappen_niet() {
    let spans = zichtspans(&verzinsel());
    assert_eq!(spans.len(), 4);
    for paar in spans.windows(2) {
        assert_eq!(paar[0].1, paar[1].0, "de zichtlijn heeft geen gat en geen overlap");
    }
}

#[test]
fn een_span_van_een_minuut_is_nog_te_zien() {
    let mut gegevens = verzinsel();
    let begin = gegevens.banen[0].spans[0].van;
    gegevens.banen[0].spans[0].tot = Some(begin + 60_000_000);
    gegevens.banen[0].spans[1].van = begin + 60_000_000;
    let spans = zichtspans(&gegevens);
    assert_eq!(spans[0].1 - spans[0].0, SPAN_PX_MIN);
    assert!(spans.windows(2).all(|paar| paar[0].1 <= paar[1].0));
}

#[test]
fn korte_spans_aan_het_eind_blijven_binnen_de_as() {
    let mut gegevens = verzinsel();
    let eind = gegevens.tot;
    let voorbeeld = gegevens.banen[0].spans[0].clone();
    gegevens.banen[0].spans = (0..20)
        .map(|index| SpanGegevens { van: eind - 20 + index, tot: Some(eind - 19 + index), ..voorbeeld.clone() })
        .collect();
    let spans = zichtspans(&gegevens);
    assert!(spans.iter().all(|(van, tot, _)| *tot <= TIJD_RECHTS && tot - van >= SPAN_PX_MIN));
    assert!(spans.windows(2).all(|paar| paar[0].1 <= paar[1].0));
}

#[test]
fn verwachte_spans_zijn_herkenbaar_en_beginnen_na_vandaag() {
    let banen = teken(&verzinsel());
    let verwacht: Vec<_> = banen.spans.iter().filter(|span| span.verwacht).collect();
    assert_eq!(verwacht.len(), 1);
    assert!(!verwacht[0].vol);
    assert!(verwacht[0].x >= banen.nu.unwrap().x);
}

#[test]
fn vandaag_staat_op_de_as_of_niet() {
    let mut gegevens = verzinsel();
    assert!(teken(&gegevens).nu.is_some());
    gegevens.nu = gegevens.tot + 1;
    let banen = teken(&gegevens);
    assert!(banen.nu.is_none());
    assert!(banen.staand.nu.is_none());
}

#[test]
fn teksten_kruisen_elkaar_niet() {
    let mut gegevens = verzinsel();
    let dicht = gegevens.gebeurtenissen[0].clone();
    for uur in 1..30 {
        gegevens.gebeurtenissen.push(MerkGegevens { op: dicht.op + uur * 3_600_000_000, ..dicht.clone() });
    }
    let banen = teken(&gegevens);
    let vakken: Vec<Vak> = banen
        .teksten
        .iter()
        .map(|tekst| {
            let breedte = tekst_px(&tekst.tekst, tekst.klasse.contains("bold"));
            let x0 = if tekst.anker == "end" { tekst.x - breedte } else { tekst.x };
            Vak { x0, x1: x0 + breedte, y0: tekst.y - 12, y1: tekst.y + 3 }
        })
        .collect();
    for (index, vak) in vakken.iter().enumerate() {
        assert!(vakken.iter().skip(index + 1).all(|ander| !vak.raakt(*ander)), "{:?}", banen.teksten[index]);
    }
    assert_eq!(banen.gebeurtenissen.len(), 33, "de lijst houdt alles");
}

#[test]
fn de_tabel_zegt_hetzelfde_als_de_tekening() {
    let banen = teken(&verzinsel());
    assert_eq!(banen.rijen.len(), 7);
    assert_eq!(banen.rijen[2].wie, "Socius");
    assert!(banen.rijen[3].verwacht);
}

#[test]
fn de_as_telt_maanden_en_kort_weken() {
    let mut gegevens = verzinsel();
    let maanden = teken(&gegevens).strepen;
    assert_eq!(maanden.first().unwrap().tekst, "sep 2025");
    assert!(maanden.iter().any(|streep| streep.tekst == "jan 2026" && streep.jaar));
    gegevens.van = moment(2026, 3, 10, 0);
    gegevens.tot = moment(2026, 4, 20, 0);
    assert!(teken(&gegevens).strepen.iter().any(|streep| streep.tekst == "6\u{a0}apr"));
}

#[test]
fn een_omgekeerde_as_breekt_niets() {
    let mut gegevens = verzinsel();
    std::mem::swap(&mut gegevens.van, &mut gegevens.tot);
    let _geen_paniek = teken(&gegevens);
}
