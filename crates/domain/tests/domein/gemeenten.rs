//! Which municipality a name stands for on a day, and which party serves it then.

use super::steun::{afspraken, t};
use domain::afspraak::GemeenteOp;

/// Organisations for youth health care, which work in every municipality of the region.
const JGZ: usize = 2;

fn op(naam: &str, dag: &str) -> Option<GemeenteOp<'static>> {
    afspraken().gemeente_op(naam, t(&format!("{dag} 12:00")).dag())
}

#[test]
fn een_opgegane_gemeente_leidt_naar_de_nieuwe_vanaf_de_dag_zelf() {
    for oud in ["Heerhugowaard", "Langedijk"] {
        let voor = op(oud, "2021-12-31").unwrap();
        assert_eq!((voor.naam, voor.via.len()), (oud, 0));
        let na = op(oud, "2022-01-01").unwrap();
        assert_eq!((na.naam, na.via.as_slice()), ("Dijk en Waard", [oud].as_slice()));
        assert_eq!(na.bundel.unwrap().bundel.afspraak.als_str(), "noord-holland-noord");
    }
    assert!(op("Dijk en Waard", "2021-12-31").is_none());
    let voorgangers: Vec<_> = afspraken().voorgangers("Dijk en Waard").into_iter().collect();
    assert_eq!(voorgangers, ["Heerhugowaard", "Langedijk"]);
    assert!(op("Nergenshuizen", "2022-01-01").is_none());
}

#[test]
fn een_gemeente_noemt_wie_er_ontvangt() {
    let ids = |naam: &str, dag: &str| -> Vec<&str> {
        op(naam, dag).unwrap().partijen.into_iter().map(|(id, _)| id.als_str()).collect()
    };
    assert_eq!(ids("Heemskerk", "2026-03-02"), ["cjg-kennemerland", "met-heemskerk"]);
    assert_eq!(ids("Texel", "2026-03-02"), [""; 0]);
}

#[test]
fn de_gemeenten_van_zuid_holland_zuid_volgen_de_herindeling_van_2019() {
    let opgegaan = [
        ("Hoeksche Waard", vec!["Binnenmaas", "Cromstrijen", "Korendijk", "Oud-Beijerland", "Strijen"]),
        ("Molenlanden", vec!["Giessenlanden", "Molenwaard"]),
    ];
    for (nieuw, oude) in opgegaan {
        assert_eq!(afspraken().voorgangers(nieuw).into_iter().collect::<Vec<_>>(), oude);
        for oud in oude {
            let voor = op(oud, "2018-12-31").unwrap();
            assert_eq!((voor.naam, voor.partijen.len()), (oud, 1 + JGZ), "{oud}");
            assert!(voor.bundel.is_none(), "the base is not in force yet");
            let na = op(oud, "2019-01-01").unwrap();
            assert_eq!(na.naam, nieuw);
            assert_eq!(na.bundel.unwrap().bundel.afspraak.als_str(), "zuid-holland-zuid");
            let namen: Vec<_> = na.partijen.iter().map(|(_, partij)| partij.naam.as_str()).collect();
            assert!(namen.iter().any(|naam| naam.ends_with(oud)), "{oud}: {namen:?}");
        }
    }
    assert_eq!(op("Hoeksche Waard", "2026-03-02").unwrap().partijen.len(), 5 + JGZ);
    assert!(op("Hoeksche Waard", "2018-12-31").is_none());
    // Gone to a municipality that is party to no agreement here.
    for oud in ["Leerdam", "Zederik"] {
        let na = op(oud, "2019-01-01").unwrap();
        assert_eq!((na.naam, na.bundel.is_none(), na.partijen.len()), ("Vijfheerenlanden", true, 0));
        assert_eq!(op(oud, "2017-01-01").unwrap().partijen.len(), 1 + JGZ);
        assert!(op(oud, "2016-12-31").unwrap().partijen.is_empty(), "the agreement does not hold yet");
    }
}

#[test]
fn een_nieuwe_melding_uit_een_oude_gemeente_heeft_geen_afspraak_en_haar_casus_wel() {
    let dag = t("2026-03-02 10:00").dag();
    assert!(afspraken().voor_gemeente("Binnenmaas", dag).is_none());
    let casus = afspraken().voor_casus(&"zuid-holland-zuid".into(), "Binnenmaas", dag);
    assert_eq!(casus.unwrap().bundel.afspraak.als_str(), "zuid-holland-zuid");
}
