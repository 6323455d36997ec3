//! How an ordinary casus goes, by chance and in the proportions of the region.

use super::{regio::Melder, toeval::Toeval, verhaal::Verhaal};
use domain::{
    gebeurtenis::{BesluitSoort, Openheid, SluitingWijze, Taxatie, WeigerReden},
    ids::MeldingId,
    tijd::Instant,
};
use jiff::ToSpan;

/// Criteria that keep a casus with Veilig Thuis; a region uses those that its agreement knows.
const BLIJFT_OM: &[&str] = &[
    "letsel",
    "wil-geen-hulp",
    "structurele-onveiligheid",
    "nader-onderzoek",
    "acute-psychiatrie",
    "onvoldoende-informatie",
];

/// From the report up to today.
pub fn vertel(v: &mut Verhaal<'_>) {
    let melder = Melder::volgens_verdeling(v.o.regio, &mut v.t);
    if melder.soort == "beroepskracht" {
        v.werkdag(1);
    }
    let acuut = v.t.kans(28);
    let later_vastgelegd = if melder.soort == "politie" && v.t.kans(80) { v.t.tussen(3, 40) } else { 0 };
    let tik = melder.soort == "beroepskracht" && v.t.kans(60);
    let mut meldingen = vec![(v.meld(melder, acuut || tik, later_vastgelegd), melder.openheid)];
    let eerste = meldingen.first().map(|(id, _)| *id);
    if let Some(melding) = eerste.filter(|_| acuut) {
        v.minuten(5, 40);
        v.erken_spoed(melding);
    } else if let Some(melding) = eerste.filter(|_| tik) {
        v.minuten(15, 60);
        v.wijs_spoed_af(melding);
    }
    if v.t.kans(870) {
        v.wijs_toe_bij_vt();
    }
    // A further report while the first is being assessed.
    if v.kans_op_vervolg(130) && !acuut {
        v.minuten(600, 1_600);
        let tweede = Melder::volgens_verdeling(v.o.regio, &mut v.t);
        meldingen.push((v.meld(tweede, false, 0), tweede.openheid));
    }
    let besluit = weeg_en_besluit(v, &meldingen, acuut);
    match besluit {
        BesluitSoort::DirecteOverdracht => draag_over(v),
        BesluitSoort::VervolgBijVeiligThuis => bij_veilig_thuis(v),
        BesluitSoort::GeenVerdereStappen => {}
    }
}

fn weeg_en_besluit(v: &mut Verhaal<'_>, meldingen: &[(MeldingId, Openheid)], acuut: bool) -> BesluitSoort {
    let dagen = [(14, 1), (24, 2), (26, 3), (18, 4), (12, 5), (2, 6), (2, 7), (2, 8)];
    let dag = if acuut { 1 } else { v.t.weeg(&dagen).copied().unwrap_or(3) };
    if dag > 5 {
        v.werkdag(5);
        v.informeer_gezin();
        v.werkdag(dag - 5);
    } else {
        v.werkdag(dag);
    }
    let open = meldingen.iter().all(|(_, openheid)| *openheid == Openheid::Open);
    let besluit = match v.t.weeg(v.o.regio.besluiten).copied() {
        _ if acuut => BesluitSoort::VervolgBijVeiligThuis,
        Some(BesluitSoort::DirecteOverdracht) if open => BesluitSoort::DirecteOverdracht,
        Some(BesluitSoort::GeenVerdereStappen) => BesluitSoort::GeenVerdereStappen,
        _ => BesluitSoort::VervolgBijVeiligThuis,
    };
    let taxatie = match besluit {
        _ if acuut => Taxatie::AcuteOnveiligheid,
        BesluitSoort::DirecteOverdracht => Taxatie::GeenAcuteOnveiligheid,
        BesluitSoort::GeenVerdereStappen => Taxatie::GeenOnveiligheid,
        BesluitSoort::VervolgBijVeiligThuis if v.t.kans(450) => Taxatie::StructureleOnveiligheid,
        BesluitSoort::VervolgBijVeiligThuis => Taxatie::GeenAcuteOnveiligheid,
    };
    let ja = redenen_om_te_houden(&mut v.t, besluit, acuut);
    for (melding, _) in meldingen {
        v.beoordeel(*melding, taxatie, &ja);
    }
    v.minuten(20, 100);
    v.vt_spreekt_gezin();
    koppel_terug(v, meldingen);
    for (melding, _) in meldingen {
        v.besluit(*melding, besluit, None);
    }
    besluit
}

fn redenen_om_te_houden(t: &mut Toeval, besluit: BesluitSoort, acuut: bool) -> Vec<&'static str> {
    match besluit {
        _ if acuut => vec!["directe-interventie", "acuut-structureel-multiproblematiek"],
        BesluitSoort::VervolgBijVeiligThuis => vec![t.kies(BLIJFT_OM)],
        BesluitSoort::DirecteOverdracht | BesluitSoort::GeenVerdereStappen => Vec::new(),
    }
}

fn koppel_terug(v: &mut Verhaal<'_>, meldingen: &[(MeldingId, Openheid)]) {
    let wacht = if v.t.kans(70) { v.t.tussen(3, 6) } else { v.t.tussen(0, 1) };
    v.werkdag(wacht);
    for (melding, openheid) in meldingen {
        if *openheid != Openheid::Onbekend {
            v.koppel_terug(*melding);
        }
    }
}

fn draag_over(v: &mut Verhaal<'_>) {
    let dagen = v.t.tussen(0, 2);
    v.werkdag(dagen);
    let ontvangen = v.t.kans(600);
    v.bied_aan(ontvangen, None);
    match v.t.tussen(0, 99) {
        0..84 => neem_aan(v, ontvangen),
        84..93 => {
            v.werkdag(1);
            let reden = v.t.kies(&[Some(WeigerReden::InformatieOntbreekt), Some(WeigerReden::AnderTeamPastBeter)]);
            v.weiger(reden.unwrap_or(WeigerReden::Anders));
            v.werkdag(1);
            v.ander_team();
            v.bied_aan(true, None);
            neem_aan(v, true);
        }
        _ => {
            v.werkdag(1);
            v.trek_in();
            v.werkdag(2);
            v.bied_aan(true, None);
            neem_aan(v, true);
        }
    }
}

fn neem_aan(v: &mut Verhaal<'_>, gegevens_ontvangen: bool) {
    let dagen = if v.t.kans(60) { v.t.tussen(6, 8) } else { v.t.tussen(0, 3) };
    v.werkdag(dagen);
    if !gegevens_ontvangen && v.t.kans(880) {
        v.bevestig_ontvangst();
    }
    v.accepteer();
    if v.t.kans(150) {
        v.leg_regie_vast();
    }
    bij_team(v);
}

fn bij_team(v: &mut Verhaal<'_>) {
    if v.t.kans(880) {
        v.minuten(5, 200);
        v.wijs_toe_bij_team();
    }
    let dagen = if v.t.kans(80) { v.t.tussen(7, 9) } else { v.t.tussen(1, 2) };
    v.werkdag(dagen);
    v.maak_afspraak();
    if v.t.kans(300) {
        v.werkdag(1);
        v.team_spreekt_gezin(false);
    }
    let dagen = if v.t.kans(70) { v.t.tussen(9, 14) } else { v.t.tussen(1, 4) };
    v.werkdag(dagen);
    v.team_spreekt_gezin(true);
    if v.kans_op_vervolg(320) {
        v.dagen(8, 70);
        if tweede_melding_bij_team(v) {
            return bij_veilig_thuis(v);
        }
    }
    if v.t.kans(90) {
        v.dagen(10, 60);
        v.incident(true);
        if v.t.kans(350) {
            v.werkdag(1);
            v.neem_over();
            return bij_veilig_thuis(v);
        }
    }
    let kan_stoppen = v.o.bundel.inhoud.sluiting.contains_key("gestopt") && v.geen_lopende_melding();
    if kan_stoppen && v.t.kans(220) {
        v.dagen(25, 60);
        return v.sluit(SluitingWijze::Gestopt, true);
    }
    sluit_stabiel(v, true);
}

/// Whether zicht is with Veilig Thuis after it.
fn tweede_melding_bij_team(v: &mut Verhaal<'_>) -> bool {
    let melder = Melder::volgens_verdeling(v.o.regio, &mut v.t);
    let melding = v.meld(melder, false, 0);
    let dagen = v.t.tussen(1, 5);
    v.werkdag(dagen);
    let blijft = v.t.kans(350);
    let (taxatie, besluit) = if blijft {
        (Taxatie::StructureleOnveiligheid, BesluitSoort::VervolgBijVeiligThuis)
    } else {
        (Taxatie::GeenAcuteOnveiligheid, BesluitSoort::GeenVerdereStappen)
    };
    v.beoordeel(melding, taxatie, &[]);
    v.vt_spreekt_gezin();
    koppel_terug(v, &[(melding, melder.openheid)]);
    v.besluit(melding, besluit, None);
    blijft
}

fn bij_veilig_thuis(v: &mut Verhaal<'_>) {
    for _ in 0..v.t.tussen(1, 3) {
        v.dagen(6, 25);
        v.vt_spreekt_gezin();
    }
    if v.kans_op_vervolg(300) {
        v.dagen(5, 50);
        let melder = Melder::volgens_verdeling(v.o.regio, &mut v.t);
        let melding = v.meld(melder, false, 0);
        let dagen = v.t.tussen(1, 5);
        v.werkdag(dagen);
        v.beoordeel(melding, Taxatie::GeenAcuteOnveiligheid, &[]);
        v.vt_spreekt_gezin();
        koppel_terug(v, &[(melding, melder.openheid)]);
        v.besluit(melding, BesluitSoort::GeenVerdereStappen, None);
    }
    if v.t.kans(100) {
        v.dagen(5, 40);
        v.incident(false);
    }
    sluit_stabiel(v, false);
}

fn sluit_stabiel(v: &mut Verhaal<'_>, bij_team: bool) {
    if v.t.kans(700) {
        let vanaf = v.laatste_onrust().dag().saturating_add(6.months());
        v.op = v.op.max(Instant::begin_van(vanaf));
        v.dagen(0, 12);
        v.sluit(SluitingWijze::StabielVeilig, bij_team);
    }
}
