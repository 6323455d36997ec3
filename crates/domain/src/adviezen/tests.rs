//! The rules of an advice, by the real agreements.

use super::*;
use crate::proef::{afspraken, t};

const ZHZ: &str = "zuid-holland-zuid";

fn context_bij<T>(regio: &str, organisatie: &str, doe: impl FnOnce(&Context<'_>) -> T) -> T {
    let nu = t("2026-03-02 10:00");
    let geldig = afspraken().geldig(&regio.into(), nu.dag()).unwrap();
    let bundels = afspraken().bundels();
    doe(&Context {
        nu,
        gebeurd_op: nu,
        organisatie: &organisatie.into(),
        medewerker: &"m1".into(),
        bundel: &geldig.bundel,
        bundel_hash: &geldig.hash,
        bundels: &bundels,
        noemt_melder: false,
    })
}

fn vraag(vrager: &str) -> VraagAdvies {
    VraagAdvies {
        vrager: vrager.into(),
        medewerker: None,
        wijze: Wijze::Formulier,
        vormen: ["meedenken".to_owned()].into(),
        toestemming: Toestemming::Ja,
        noemt: Vec::new(),
        toch: false,
    }
}

fn beslis(regio: &str, door: &str, advies: &Advies, commando: &Commando) -> Result<Vec<Gebeurtenis>, Weigering> {
    context_bij(regio, door, |context| decide(advies, commando, context))
}

fn na(advies: Advies, gebeurtenissen: Vec<Gebeurtenis>) -> Advies {
    let op = t("2026-03-02 10:00");
    gebeurtenissen.into_iter().fold(advies, |advies, gebeurtenis| {
        let vastlegging = Vastlegging {
            versie: advies.versie + 1,
            gebeurd_op: op,
            vastgelegd_op: op,
            medewerker: "m1".into(),
            organisatie: "jgz".into(),
            bundel: "b".into(),
            gebeurtenis,
        };
        evolve(advies, &vastlegging)
    })
}

fn gevraagd(regio: &str) -> Advies {
    let gebeurtenissen = beslis(regio, "jgz", &Advies::default(), &Commando::VraagAdvies(vraag("jgz"))).unwrap();
    na(Advies::default(), gebeurtenissen)
}

fn code_en_clausule(weigering: &Weigering) -> (Code, &str) {
    (weigering.reden.code, weigering.reden.clausule.als_str())
}

#[test]
fn een_advies_staat_op_naam_van_wie_het_vraagt() {
    let advies = gevraagd(ZHZ);
    let vraag = advies.vraag.unwrap();
    assert_eq!((vraag.vrager.als_str(), vraag.veilig_thuis.als_str()), ("jgz", "veilig-thuis-zuid-holland-zuid"));
}

#[test]
fn alleen_veilig_thuis_neemt_een_vraag_van_een_ander_op_en_alleen_per_telefoon() {
    let per_telefoon = VraagAdvies { wijze: Wijze::Telefoon, ..vraag("jgz") };
    let vt = "veilig-thuis-zuid-holland-zuid";
    beslis(ZHZ, vt, &Advies::default(), &Commando::VraagAdvies(per_telefoon.clone())).unwrap();
    for (door, vraag) in [("school", per_telefoon), (vt, vraag("jgz"))] {
        let weigering = beslis(ZHZ, door, &Advies::default(), &Commando::VraagAdvies(vraag)).unwrap_err();
        assert_eq!(code_en_clausule(&weigering), (Code::NietUwAdvies, "HIAAT-31"));
    }
}

#[test]
fn zonder_toestemming_hoort_er_een_grond_bij_waar_dat_is_afgesproken() {
    let zonder = Commando::VraagAdvies(VraagAdvies { toestemming: Toestemming::Nee, ..vraag("jgz") });
    let weigering = beslis(ZHZ, "jgz", &Advies::default(), &zonder).unwrap_err();
    assert_eq!(code_en_clausule(&weigering), (Code::GeenToestemming, "ZHZ-9.1.b"));
    let gevaar = Commando::VraagAdvies(VraagAdvies { toestemming: Toestemming::GevaarVoorKind, ..vraag("jgz") });
    beslis(ZHZ, "jgz", &Advies::default(), &gevaar).unwrap();
    // Elsewhere the family need not know.
    beslis("noord-holland-noord", "jgz", &Advies::default(), &zonder).unwrap();
}

#[test]
fn wat_op_gegevens_van_het_gezin_lijkt_waarschuwt_en_houdt_niet_tegen() {
    for (regio, clausule) in [(ZHZ, "ZHZ-9.1.c"), ("noord-holland-noord", "NHN-1.a"), ("ijmond", "HIAAT-31")] {
        let mut met_naam = VraagAdvies { noemt: vec!["naam".to_owned()], ..vraag("jgz") };
        let poging = Commando::VraagAdvies(met_naam.clone());
        let weigering = beslis(regio, "jgz", &Advies::default(), &poging).unwrap_err();
        assert_eq!(code_en_clausule(&weigering), (Code::NoemtGegevens, clausule));
        assert!(weigering.mag_met_reden && weigering.reden.ontbreekt == ["naam"]);
        met_naam.toch = true;
        let gebeurtenissen = beslis(regio, "jgz", &Advies::default(), &Commando::VraagAdvies(met_naam)).unwrap();
        let advies = na(Advies::default(), gebeurtenissen);
        assert_eq!(advies.vraag.unwrap().afwijkingen.len(), 1, "dat het toch ging, blijft staan");
    }
}

#[test]
fn een_vorm_van_steun_staat_in_de_afspraak() {
    let vormen = ["veiligheidsplan".to_owned()].into();
    let wens = Commando::VraagAdvies(VraagAdvies { vormen, ..vraag("jgz") });
    beslis(ZHZ, "jgz", &Advies::default(), &wens).unwrap();
    let onbekend = VraagAdvies { vormen: ["huisbezoek".to_owned()].into(), ..vraag("jgz") };
    let weigering = beslis(ZHZ, "jgz", &Advies::default(), &Commando::VraagAdvies(onbekend)).unwrap_err();
    assert_eq!(code_en_clausule(&weigering), (Code::OnbekendeAdviesvorm, "ZHZ-9.1.e"));
    assert_eq!(weigering.reden.ontbreekt, ["huisbezoek"]);
}

#[test]
fn veilig_thuis_geeft_advies_en_wie_vroeg_beslist_of_het_een_melding_wordt() {
    let advies = gevraagd(ZHZ);
    let vt = "veilig-thuis-zuid-holland-zuid";
    let geef = Commando::GeefAdvies { vormen: ["samen-eerste-gesprek".to_owned()].into(), laatste: true };
    assert_eq!(beslis(ZHZ, "jgz", &advies, &geef).unwrap_err().reden.code, Code::NietUwAdvies);
    let gegeven = beslis(ZHZ, vt, &advies, &geef).unwrap();
    let advies = na(advies, gegeven);
    assert_eq!(code_en_clausule(&beslis(ZHZ, vt, &advies, &geef).unwrap_err()), (Code::AdviesGesloten, "HIAAT-31"));
    let melding = Commando::MaakMeldingVanAdvies;
    assert_eq!(beslis(ZHZ, vt, &advies, &melding).unwrap_err().reden.code, Code::NietUwAdvies);
    let werd = beslis(ZHZ, "jgz", &advies, &melding).unwrap();
    assert!(na(advies, werd).werd_melding.is_some());
}

/// Only names of organisations, workers, forms and codes: nothing by which a family could be found.
#[test]
fn een_advies_heeft_geen_plaats_voor_een_gezin() {
    let gebeurtenissen = beslis(ZHZ, "jgz", &Advies::default(), &Commando::VraagAdvies(vraag("jgz"))).unwrap();
    let json = serde_json::to_value(&gebeurtenissen[0]).unwrap();
    let velden: Vec<_> = json.as_object().unwrap().keys().cloned().collect();
    let mogen = ["afspraak", "afwijkingen", "soort", "toestemming", "veilig_thuis", "vormen", "vrager", "wijze"];
    assert_eq!(velden, mogen);
}
