use super::*;
use crate::{
    afspraak::Bundels,
    proef::{afspraken, t},
};
use uuid::Uuid;

const VT: &str = "veilig-thuis-kennemerland";

fn probeer(staat: &Bijeenkomst, wie: &str, op: &str, commando: &Commando) -> Result<Bijeenkomst, Weigering> {
    let geldig = afspraken().alle().iter().find(|geldig| geldig.bundel.afspraak.als_str() == "ijmond").unwrap();
    let (organisatie, bundels, medewerker) = (OrganisatieId::from(wie), Bundels::default(), MedewerkerId::from("m1"));
    let context = Context {
        nu: t(op),
        gebeurd_op: t(op),
        organisatie: &organisatie,
        medewerker: &medewerker,
        bundel: &geldig.bundel,
        bundel_hash: &geldig.hash,
        bundels: &bundels,
        noemt_melder: false,
    };
    let gebeurtenis = decide(staat, commando, &context)?.remove(0);
    let vastlegging = Vastlegging {
        versie: staat.versie + 1,
        gebeurd_op: t(op),
        vastgelegd_op: t(op),
        medewerker: medewerker.clone(),
        organisatie: organisatie.clone(),
        bundel: geldig.hash.clone(),
        gebeurtenis,
    };
    Ok(evolve(staat.clone(), &vastlegging))
}

fn plan(gemeente: &str, begin: &str) -> Commando {
    Commando::PlanBijeenkomst { gemeente: gemeente.to_owned(), begin: t(begin) }
}

fn houd(voorzitter: &str, aanwezig: &[&str]) -> Commando {
    Commando::HoudBijeenkomst {
        voorzitter: voorzitter.into(),
        aanwezig: aanwezig.iter().map(|naam| OrganisatieId::from(*naam)).collect(),
        functies: [Functie::Gedragswetenschapper].into(),
    }
}

fn gepland() -> Bijeenkomst {
    probeer(&Bijeenkomst::default(), VT, "2026-03-09 10:00", &plan("Beverwijk", "2026-03-10 13:30")).unwrap()
}

#[test]
fn veilig_thuis_nodigt_iedereen_uit_die_aan_die_tafel_zit() {
    let leeg = Bijeenkomst::default();
    let weigering =
        probeer(&leeg, "cjg-kennemerland", "2026-03-09 10:00", &plan("Beverwijk", "2026-03-10 13:30")).unwrap_err();
    assert_eq!((weigering.reden.code, weigering.reden.clausule.als_str()), (Code::NietBevoegd, "HIAAT-46"));
    let elders = probeer(&leeg, VT, "2026-03-09 10:00", &plan("Winterswijk", "2026-03-10 13:30")).unwrap_err();
    assert_eq!(elders.reden.code, Code::Onbekend);
    let voorbij = probeer(&leeg, VT, "2026-03-11 10:00", &plan("Beverwijk", "2026-03-10 13:30")).unwrap_err();
    assert_eq!(voorbij.reden.code, Code::DagVoorbij);
    let genodigd: Vec<_> = gepland().gepland.unwrap().genodigd.into_iter().map(|wie| wie.0).collect();
    assert_eq!(genodigd, ["cjg-kennemerland", "socius", VT]);
    assert_eq!(
        probeer(&gepland(), VT, "2026-03-09 11:00", &plan("Velsen", "2026-03-12 13:30")).unwrap_err().reden.code,
        Code::Onbekend
    );
}

#[test]
fn de_laatste_agenda_geldt_en_noemt_niets_twee_keer() {
    let punt = |nummer: u128| Agendapunt {
        casus: CasusId(Uuid::from_u128(nummer)),
        overdracht: OverdrachtId(Uuid::from_u128(nummer + 100)),
    };
    let zet = |punten: &[Agendapunt]| Commando::ZetAgenda { punten: punten.to_vec() };
    let staat = probeer(&gepland(), VT, "2026-03-09 10:10", &zet(&[punt(1), punt(2)])).unwrap();
    let staat = probeer(&staat, VT, "2026-03-09 10:20", &zet(&[punt(2), punt(1), punt(3)])).unwrap();
    assert_eq!(staat.agenda, [punt(2), punt(1), punt(3)]);
    assert!(probeer(&staat, VT, "2026-03-09 10:30", &zet(&[punt(1), punt(1)])).is_err());
    assert!(probeer(&staat, "socius", "2026-03-09 10:30", &zet(&[])).is_err());
}

#[test]
fn gehouden_is_zij_pas_op_de_dag_zelf_met_de_voorzitter_erbij() {
    let staat = gepland();
    let samen = houd(VT, &[VT, "socius"]);
    let te_vroeg = probeer(&staat, VT, "2026-03-09 15:00", &samen).unwrap_err();
    assert_eq!(te_vroeg.reden.code, Code::TijdstipInDeToekomst);
    for (voorzitter, aanwezig) in [("cjg-kennemerland", &[VT, "socius"][..]), (VT, &[VT]), ("socius", &["socius"])] {
        let weigering = probeer(&staat, VT, "2026-03-10 14:30", &houd(voorzitter, aanwezig)).unwrap_err();
        assert_eq!((weigering.reden.code, weigering.reden.clausule.als_str()), (Code::NietAanTafel, "IJM-3.3.1.g"));
    }
    let gehouden = probeer(&staat, VT, "2026-03-10 14:30", &samen).unwrap();
    assert_eq!(gehouden.gehouden.as_ref().unwrap().aanwezig.len(), 2);
    for te_laat in [samen, Commando::ZetAgenda { punten: Vec::new() }, Commando::ZegBijeenkomstAf { reden: true }] {
        assert_eq!(probeer(&gehouden, VT, "2026-03-10 15:00", &te_laat).unwrap_err().reden.code, Code::AlGekozen);
    }
}

#[test]
fn afzeggen_vraagt_een_reden_en_daarna_is_er_niets_te_houden() {
    let staat = gepland();
    let zonder = probeer(&staat, VT, "2026-03-09 15:00", &Commando::ZegBijeenkomstAf { reden: false }).unwrap_err();
    assert_eq!(zonder.reden.code, Code::RedenOntbreekt);
    let af = probeer(&staat, VT, "2026-03-09 15:00", &Commando::ZegBijeenkomstAf { reden: true }).unwrap();
    assert!(af.afgezegd.is_some());
    assert!(probeer(&af, VT, "2026-03-10 14:30", &houd(VT, &[VT, "socius"])).is_err());
}
