//! Rosters and alarms of Veilig Thuis Kennemerland.

use super::*;
use crate::{
    afspraak::Bundels,
    proef::{afspraken, t},
};
use uuid::Uuid;

const VT: &str = "veilig-thuis-kennemerland";

fn bundel() -> (Bundel, BundelHash) {
    let geldig = afspraken().alle().iter().find(|geldig| geldig.bundel.afspraak.als_str() == "ijmond").unwrap();
    (Bundel::clone(&geldig.bundel), geldig.hash.clone())
}

fn probeer(staat: &Wacht, wie: &str, op: &str, commando: &Commando) -> Result<Wacht, Weigering> {
    let (bundel, hash) = bundel();
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

fn doe(staat: &Wacht, op: &str, commando: &Commando) -> Wacht {
    probeer(staat, VT, op, commando).unwrap()
}

fn dienst(nummer: u128) -> WachtdienstId {
    WachtdienstId(Uuid::from_u128(nummer))
}

fn zet(rang: Rang, nummer: u128, van: &str, tot: &str) -> Commando {
    Commando::ZetWachtdienst { rang, diensten: vec![(dienst(nummer), t(van), t(tot))], vervangt: None }
}

fn punt(op: &str) -> Spoedpunt {
    let uuid = Uuid::from_u128(99);
    Spoedpunt { alarm: AlarmId(uuid), casus: CasusId(uuid), op: t(op), gezien_op: None }
}

fn verloop(staat: &Wacht, punt: &Spoedpunt) -> Option<Alarmverloop> {
    let (bundel, _) = bundel();
    staat.verloop(regel(&bundel).unwrap(), &bundel.kalender, punt)
}

fn beurten(staat: &Wacht, punt: &Spoedpunt) -> Vec<(Rang, Instant, WachtdienstId)> {
    verloop(staat, punt).unwrap().beurten.into_iter().map(|beurt| (beurt.rang, beurt.op, beurt.dienst)).collect()
}

/// Open from nine to five, and a night with a first and a second.
fn nacht() -> Wacht {
    let opening = Commando::ZetOpening { opening: Opening { van: 9 * 60, tot: 17 * 60 } };
    let staat = doe(&Wacht::default(), "2026-03-02 10:00", &opening);
    let staat = doe(&staat, "2026-03-02 10:01", &zet(Rang::Eerste, 1, "2026-03-02 17:00", "2026-03-03 09:00"));
    doe(&staat, "2026-03-02 10:02", &zet(Rang::Tweede, 2, "2026-03-02 17:00", "2026-03-03 09:00"))
}

#[test]
fn eerst_gaat_het_alarm_naar_de_eerste_en_zonder_antwoord_naar_de_tweede() {
    let (staat, punt) = (nacht(), punt("2026-03-02 22:00"));
    let verwacht = [(Rang::Eerste, t("2026-03-02 22:00"), dienst(1)), (Rang::Tweede, t("2026-03-02 22:15"), dienst(2))];
    assert_eq!(beurten(&staat, &punt), verwacht);
    let is = verloop(&staat, &punt).unwrap();
    assert_eq!(is.stand(t("2026-03-03 08:00")), Stand::NietBevestigd);
    // Nobody ran a job: what had to go still has to.
    assert_eq!(staat.te_verzenden(&is, t("2026-03-02 21:59")), []);
    assert_eq!(staat.te_verzenden(&is, t("2026-03-02 22:00")), [(Rang::Eerste, dienst(1))]);
    let beide = [(Rang::Eerste, dienst(1)), (Rang::Tweede, dienst(2))];
    assert_eq!(staat.te_verzenden(&is, t("2026-03-03 03:00")), beide);
    let bevestigd = doe(&staat, "2026-03-02 22:10", &Commando::BevestigAlarm { punt: punt.clone() });
    assert_eq!(beurten(&bevestigd, &punt), verwacht[..1], "de tweede wordt niet meer gebeld");
    let is = verloop(&bevestigd, &punt).unwrap();
    assert_eq!(
        (is.stand(t("2026-03-02 22:10")), is.bevestigd.clone().unwrap().op),
        (Stand::Bevestigd, t("2026-03-02 22:10"))
    );
    assert_eq!(bevestigd.te_verzenden(&is, t("2026-03-03 03:00")), []);
    let nog_eens = probeer(&bevestigd, VT, "2026-03-02 22:11", &Commando::BevestigAlarm { punt: punt.clone() });
    assert_eq!(nog_eens.unwrap_err().reden.code, Code::AlGekozen);
    let ander = probeer(&staat, "cjg-kennemerland", "2026-03-02 22:11", &Commando::BevestigAlarm { punt });
    assert_eq!(ander.unwrap_err().reden.code, Code::NietBevoegd);
}

#[test]
fn in_kantoortijd_gaat_er_niets_af_tot_het_kantoor_sluit() {
    let staat = nacht();
    let overdag = punt("2026-03-02 16:55");
    let is = verloop(&staat, &overdag).unwrap();
    assert_eq!((is.op, is.stand(t("2026-03-02 16:59"))), (t("2026-03-02 17:00"), Stand::Wacht));
    assert_eq!(beurten(&staat, &overdag)[0], (Rang::Eerste, t("2026-03-02 17:00"), dienst(1)));
    let te_vroeg = probeer(&staat, VT, "2026-03-02 16:59", &Commando::BevestigAlarm { punt: overdag.clone() });
    assert_eq!(te_vroeg.unwrap_err().reden.code, Code::Onbekend);
    let gezien = Spoedpunt { gezien_op: Some(t("2026-03-02 16:58")), ..overdag };
    assert_eq!(verloop(&staat, &gezien), None);
    // Who took note in the casus after it went needs no second call, and the alarm stays visible.
    let later = Spoedpunt { gezien_op: Some(t("2026-03-02 22:05")), ..punt("2026-03-02 22:00") };
    assert_eq!(beurten(&staat, &later).len(), 1);
    assert_eq!(verloop(&staat, &later).unwrap().stand(t("2026-03-02 22:05")), Stand::Gezien);
    // Other opening hours count from when they were recorded.
    let korter = Commando::ZetOpening { opening: Opening { van: 9 * 60, tot: 12 * 60 } };
    let staat = doe(&staat, "2026-03-02 16:57", &korter);
    assert_eq!(verloop(&staat, &punt("2026-03-02 16:55")).unwrap().op, t("2026-03-02 16:57"));
    assert_eq!(staat.opening_op(t("2026-03-02 16:56")), Some(Opening { van: 540, tot: 1020 }));
}

#[test]
fn zonder_rooster_of_openingstijden_staat_er_dat_niemand_dienst_heeft() {
    let (leeg, punt) = (Wacht::default(), punt("2026-03-03 11:00"));
    let is = verloop(&leeg, &punt).unwrap();
    assert_eq!((is.op, is.stand(t("2026-03-03 11:00")), is.beurten), (t("2026-03-03 11:00"), Stand::Niemand, vec![]));
    // Where nobody is first, the second is called at once; and who comes first later is called then.
    let staat = doe(&leeg, "2026-03-02 10:00", &zet(Rang::Tweede, 2, "2026-03-03 08:00", "2026-03-03 20:00"));
    let staat = doe(&staat, "2026-03-02 10:00", &zet(Rang::Eerste, 1, "2026-03-03 17:00", "2026-03-03 20:00"));
    let verwacht = [(Rang::Tweede, t("2026-03-03 11:00"), dienst(2)), (Rang::Eerste, t("2026-03-03 17:00"), dienst(1))];
    assert_eq!(beurten(&staat, &punt), verwacht);
}

#[test]
fn een_gat_staat_er_van_begin_tot_eind_ook_door_middernacht_en_in_het_weekend() {
    let (staat, kalender) = (nacht(), bundel().0.kalender);
    let gat = |rang, van: &str, tot: &str| Gat { rang, van: t(van), tot: t(tot) };
    let gaten = staat.gaten(&kalender, t("2026-03-02 12:00"), t("2026-03-04 12:00"));
    let alleen = [
        gat(Rang::Eerste, "2026-03-03 17:00", "2026-03-04 09:00"),
        gat(Rang::Tweede, "2026-03-03 17:00", "2026-03-04 09:00"),
    ];
    assert_eq!(gaten, alleen);
    // Friday evening to Monday morning is one gap; a holiday is one as well.
    let weekend = staat.gaten(&kalender, t("2026-03-06 12:00"), t("2026-03-09 12:00"));
    assert_eq!(weekend[0], gat(Rang::Eerste, "2026-03-06 17:00", "2026-03-09 09:00"));
    let pasen = staat.gaten(&kalender, t("2026-04-06 08:00"), t("2026-04-07 12:00"));
    assert_eq!(pasen[0], gat(Rang::Eerste, "2026-04-06 08:00", "2026-04-07 09:00"), "tweede paasdag");
    // A quarter of an hour between two shifts is not hidden.
    let staat = doe(&staat, "2026-03-02 13:00", &zet(Rang::Eerste, 3, "2026-03-03 17:15", "2026-03-04 09:00"));
    let gaten = staat.gaten(&kalender, t("2026-03-02 13:00"), t("2026-03-04 12:00"));
    assert_eq!(gaten[0], gat(Rang::Eerste, "2026-03-03 17:00", "2026-03-03 17:15"));
}

#[test]
fn een_dienst_door_de_nacht_van_de_zomertijd_sluit_aan_op_de_volgende() {
    let kalender = bundel().0.kalender;
    for (van, tot, uren) in [("2026-03-28 22:00", "2026-03-29 08:00", 9), ("2026-10-24 22:00", "2026-10-25 08:00", 11)]
    {
        let dag = &tot[..10];
        let staat = doe(&Wacht::default(), "2026-03-02 10:00", &zet(Rang::Eerste, 1, van, tot));
        let staat = doe(&staat, "2026-03-02 10:00", &zet(Rang::Eerste, 2, tot, &format!("{dag} 22:00")));
        assert_eq!(t(tot).0 - t(van).0, uren * 3_600_000_000);
        let gaten = staat.gaten(&kalender, t(van), t(&format!("{dag} 22:00")));
        assert!(gaten.iter().all(|gat| gat.rang == Rang::Tweede), "{gaten:?}");
        // Also where one ends and the next begins in the hour that is skipped, or is there twice.
        let staat = doe(&Wacht::default(), "2026-03-02 10:00", &zet(Rang::Eerste, 1, van, &format!("{dag} 02:30")));
        let staat = doe(&staat, "2026-03-02 10:00", &zet(Rang::Eerste, 2, &format!("{dag} 02:30"), tot));
        let gaten = staat.gaten(&kalender, t(van), t(tot));
        assert!(gaten.iter().all(|gat| gat.rang == Rang::Tweede), "{gaten:?}");
        // Fifteen minutes are fifteen minutes in that night too.
        let staat = doe(&staat, "2026-03-02 10:00", &zet(Rang::Tweede, 3, van, tot));
        let is = beurten(&staat, &punt(&format!("{dag} 01:55")));
        assert_eq!(is[1].1.0 - is[0].1.0, 15 * 60_000_000);
    }
}

#[test]
fn het_rooster_van_het_verleden_verandert_niet() {
    let staat = nacht();
    let om = punt("2026-03-02 22:00");
    let weg = doe(&staat, "2026-03-02 22:05", &Commando::LaatWachtdienstVervallen { dienst: dienst(1) });
    assert_eq!(beurten(&weg, &om)[0].2, dienst(1), "wie dienst had, had dienst");
    assert_eq!(weg.in_dienst(Rang::Eerste, t("2026-03-02 22:06")), None);
    let later = doe(&weg, "2026-03-02 23:00", &zet(Rang::Eerste, 4, "2026-03-02 17:00", "2026-03-03 09:00"));
    assert_eq!(beurten(&later, &om)[0].2, dienst(1));
    assert_eq!(
        later.in_dienst(Rang::Eerste, t("2026-03-02 22:30")),
        None,
        "een dienst telt niet met terugwerkende kracht"
    );
    // What goes late goes to who is on call then.
    let is = verloop(&later, &om).unwrap();
    assert_eq!(later.te_verzenden(&is, t("2026-03-02 23:30"))[0], (Rang::Eerste, dienst(4)));
}

#[test]
fn twee_diensten_tegelijk_en_een_dienst_van_gisteren_worden_geweigerd() {
    let staat = nacht();
    let dubbel = zet(Rang::Eerste, 5, "2026-03-03 08:00", "2026-03-03 10:00");
    let weigering = probeer(&staat, VT, "2026-03-02 11:00", &dubbel).unwrap_err();
    assert_eq!((weigering.reden.code, weigering.reden.clausule.als_str()), (Code::DienstOverlapt, "HIAAT-43"));
    assert_eq!(weigering.reden.ontbreekt, ["2026-03-02 17:00"]);
    let Commando::ZetWachtdienst { rang, diensten, .. } = dubbel else { panic!() };
    let vervang = Commando::ZetWachtdienst { rang, diensten, vervangt: Some(dienst(1)) };
    let vervangen = doe(&staat, "2026-03-02 11:00", &vervang);
    assert_eq!(vervangen.in_dienst(Rang::Eerste, t("2026-03-03 08:30")), Some(dienst(5)));
    let oud = probeer(&staat, VT, "2026-03-04 11:00", &zet(Rang::Eerste, 6, "2026-03-03 17:00", "2026-03-04 09:00"));
    assert_eq!(oud.unwrap_err().reden.code, Code::DagVoorbij);
    let weg = Commando::LaatWachtdienstVervallen { dienst: dienst(1) };
    assert_eq!(probeer(&staat, VT, "2026-03-04 11:00", &weg).unwrap_err().reden.code, Code::Onbekend);
    // The second of a time may be the first of another.
    doe(&staat, "2026-03-02 11:00", &zet(Rang::Tweede, 7, "2026-03-03 09:00", "2026-03-03 17:00"));
}

#[test]
fn wat_misschien_niet_aankwam_gaat_nog_eens_uit_en_heet_nooit_aangekomen() {
    let (staat, punt) = (nacht(), punt("2026-03-02 22:00"));
    let leg = |aankomst| Commando::LegAlarmVast {
        punt: punt.clone(),
        rang: Rang::Eerste,
        dienst: dienst(1),
        aankomst,
        nagebootst: false,
    };
    let staat = doe(&staat, "2026-03-02 22:00", &leg(Aankomst::Onbekend));
    let is = verloop(&staat, &punt).unwrap();
    assert_eq!(is.stand(t("2026-03-02 22:00")), Stand::NietBevestigd);
    assert_eq!(staat.te_verzenden(&is, t("2026-03-02 22:01")), [], "even rust");
    assert_eq!(staat.te_verzenden(&is, t("2026-03-02 22:02")), [(Rang::Eerste, dienst(1))]);
    let staat = doe(&staat, "2026-03-02 22:02", &leg(Aankomst::Onbekend));
    let vol = doe(&staat, "2026-03-02 22:04", &leg(Aankomst::Onbekend));
    assert_eq!(vol.te_verzenden(&is, t("2026-03-02 22:10")), [], "niet zonder eind");
    let aan = doe(&staat, "2026-03-02 22:04", &leg(Aankomst::Aangekomen));
    assert_eq!(aan.te_verzenden(&is, t("2026-03-02 22:10")), []);
    let dubbel = probeer(&aan, VT, "2026-03-02 22:05", &leg(Aankomst::Aangekomen)).unwrap_err();
    assert_eq!(dubbel.reden.code, Code::AlGekozen);
    let soorten: Vec<_> = aan.verzonden_voor(punt.alarm).map(|een| een.aankomst).collect();
    assert_eq!(soorten, [Aankomst::Onbekend, Aankomst::Onbekend, Aankomst::Aangekomen]);
}
