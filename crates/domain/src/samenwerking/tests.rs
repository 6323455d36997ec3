//! The calendar of the agreement of Zuid-Holland Zuid, which asks most.

use super::*;
use crate::{
    afspraak::Bundels,
    proef::{afspraken, t},
};

const VT: &str = "veilig-thuis-zuid-holland-zuid";
const RIVAS: &str = "rivas-jeugdgezondheidszorg";

fn bundel(naam: &str) -> (Bundel, BundelHash) {
    let geldig = afspraken().alle().iter().find(|geldig| geldig.bundel.afspraak.als_str() == naam).unwrap();
    (Bundel::clone(&geldig.bundel), geldig.hash.clone())
}

fn doe(staat: &Samenwerking, wie: &str, op: &str, commando: &Commando) -> Result<Samenwerking, Weigering> {
    let (bundel, hash) = bundel("zuid-holland-zuid");
    let (organisatie, nu): (OrganisatieId, _) = (wie.into(), t(op));
    let context = Context {
        nu,
        gebeurd_op: nu,
        organisatie: &organisatie,
        medewerker: &"m1".into(),
        bundel: &bundel,
        bundel_hash: &hash,
        bundels: &Bundels::default(),
        noemt_melder: false,
    };
    let gebeurtenissen = decide(staat, commando, &context)?;
    let vanaf = staat.versie + 1;
    Ok((vanaf..).zip(gebeurtenissen).fold(staat.clone(), |staat, (versie, gebeurtenis)| {
        let vastlegging = Vastlegging {
            versie,
            gebeurd_op: nu,
            vastgelegd_op: nu,
            medewerker: "m1".into(),
            organisatie: organisatie.clone(),
            bundel: hash.clone(),
            gebeurtenis,
        };
        evolve(staat, &vastlegging)
    }))
}

fn contactlijst(staat: &Samenwerking, wie: &str) -> Punt {
    let punten = kalender(&bundel("zuid-holland-zuid").0, staat).into_iter();
    let mut eigen = punten.filter(|punt| punt.soort == PuntSoort::Contactlijst && punt.organisatie == Some(wie.into()));
    eigen.next().unwrap()
}

#[test]
fn elke_organisatie_bevestigt_haar_eigen_lijst_elke_maand() {
    let leeg = Samenwerking::default();
    assert_eq!(contactlijst(&leeg, VT).uiterlijk, t("2017-02-02 00:00"));
    let staat = doe(&leeg, VT, "2026-03-10 09:00", &Commando::BevestigContactlijst).unwrap();
    let (eigen, ander) = (contactlijst(&staat, VT), contactlijst(&staat, RIVAS));
    assert_eq!(eigen.uiterlijk, t("2026-04-11 00:00"));
    assert_eq!(eigen.clausules, ["ZHZ-9.2.j".into()]);
    assert!(!eigen.is_te_laat(t("2026-04-10 23:59")) && eigen.is_te_laat(t("2026-04-11 00:00")));
    assert!(ander.is_te_laat(t("2026-03-10 09:00")) && ander.is_voor(&RIVAS.into()) && !ander.is_voor(&VT.into()));
    // An institution that is only named keeps no list, and who is no party confirms nothing.
    let punten = kalender(&bundel("zuid-holland-zuid").0, &staat);
    assert!(punten.iter().all(|punt| punt.organisatie != Some("jeugdbescherming-west".into())));
    let weigering = doe(&staat, "basisschool", "2026-03-10 09:00", &Commando::BevestigContactlijst).unwrap_err();
    assert_eq!(weigering.reden.code, Code::NietBevoegd);
}

#[test]
fn een_contactpersoon_is_van_de_eigen_organisatie() {
    let contact = ContactId(uuid::Uuid::from_u128(1));
    let staat =
        doe(&Samenwerking::default(), VT, "2026-03-10 09:00", &Commando::ZetContact { contact, vervangt: None });
    let staat = staat.unwrap();
    assert_eq!(staat.versie, 2, "de eerste handeling opent het");
    let weg = Commando::LaatContactVervallen { contact };
    assert_eq!(doe(&staat, RIVAS, "2026-03-11 09:00", &weg).unwrap_err().reden.code, Code::NietBevoegd);
    let nieuw = ContactId(uuid::Uuid::from_u128(2));
    let vervang = Commando::ZetContact { contact: nieuw, vervangt: Some(contact) };
    let staat = doe(&staat, VT, "2026-03-11 09:00", &vervang).unwrap();
    assert!(staat.contacten[&contact].vervallen_op.is_some() && staat.contacten[&nieuw].vervallen_op.is_none());
    assert_eq!(doe(&staat, VT, "2026-03-12 09:00", &weg).unwrap_err().reden.code, Code::Onbekend);
}

#[test]
fn elke_partij_tekent_en_een_mijlpaal_en_de_eerste_evaluatie_zijn_er_een_keer() {
    let teken = |staat: &Samenwerking, wie| doe(staat, wie, "2017-01-10 09:00", &Commando::TekenAfspraak);
    let staat = teken(&teken(&Samenwerking::default(), VT).unwrap(), RIVAS).unwrap();
    assert_eq!(teken(&staat, VT).unwrap_err().reden.code, Code::AlGekozen);
    let punten = kalender(&bundel("zuid-holland-zuid").0, &staat);
    let tekenen = punten.iter().filter(|punt| punt.soort == PuntSoort::Tekenen);
    let (klaar, open): (Vec<_>, Vec<_>) = tekenen.partition(|punt| punt.gedaan_op.is_some());
    assert_eq!((klaar.len(), open.is_empty()), (2, false));
    let evaluatie = Commando::HoudEvaluatie { termijn: "evaluatie-afspraak".into() };
    let staat = doe(&staat, VT, "2017-06-20 09:00", &evaluatie).unwrap();
    assert_eq!(doe(&staat, VT, "2017-06-21 09:00", &evaluatie).unwrap_err().reden.code, Code::AlGekozen);
    let mijlpaal = |naam: &str| Commando::RondMijlpaalAf { mijlpaal: naam.into() };
    assert_eq!(doe(&staat, VT, "2017-06-21 09:00", &mijlpaal("tekenen")).unwrap_err().reden.code, Code::Onbekend);
    let staat = doe(&staat, VT, "2017-06-21 09:00", &mijlpaal("factsheet-maken")).unwrap();
    let punten = kalender(&bundel("zuid-holland-zuid").0, &staat);
    let factsheet = punten.iter().find(|punt| punt.sleutel == "factsheet-maken").unwrap();
    assert!(factsheet.is_te_laat(t("2026-01-01 00:00")) && factsheet.gedaan_op.is_some());
}

#[test]
fn een_evaluatie_die_herhaalt_telt_vanaf_de_vorige() {
    let (ijmond, _) = bundel("ijmond");
    let punt =
        |staat: &Samenwerking| kalender(&ijmond, staat).into_iter().rfind(|punt| punt.soort == PuntSoort::Evaluatie);
    let leeg = Samenwerking::default();
    assert_eq!(punt(&leeg).unwrap().uiterlijk, t("2026-07-05 00:00"));
    let mut staat = leeg;
    staat.evaluaties.insert("evaluatie-afspraak".into(), vec![t("2026-06-01 10:00")]);
    assert_eq!(punt(&staat).unwrap().uiterlijk, t("2028-06-02 00:00"));
    assert_eq!(kalender(&ijmond, &staat).len(), 2);
}
