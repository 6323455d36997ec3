//! Examples of what follows on the assessment, up to the casus that was seen from first report to stable safety.

use super::{Begin::Dagen, CJG, Voorbeeld, eigen_melder, vb};
use crate::demo::{
    regio::{IJMOND, NHN, NOG, ZHZ},
    verhaal::{Uitkomst, Verhaal},
};
use domain::{
    gebeurtenis::{BesluitSoort, Conclusie, DienstSoort, Openheid, SluitingWijze, Taxatie},
    ids::MeldingId,
    tijd::Instant,
};

const WINTERSWIJK: Option<&str> = Some("lokaal-team-winterswijk");
const DORDRECHT: Option<&str> = Some("jeugdteam-dordrecht");
const KAASMOLEN: Option<&str> = Some("basisschool-de-kaasmolen");

pub const VERVOLG: &[Voorbeeld] = &[
    // From the first report to stable safety.
    vb(&IJMOND, Dagen(495), "Velsen", CJG, hele_weg_met_aanvulling),
    vb(&NOG, Dagen(690), "Winterswijk", WINTERSWIJK, hele_weg_met_terugname),
    vb(&NHN, Dagen(495), "Alkmaar", KAASMOLEN, hele_weg_met_beroepskracht),
    vb(&ZHZ, Dagen(495), "Dordrecht", DORDRECHT, hele_weg),
    // A service that runs.
    vb(&IJMOND, Dagen(22), "Heemskerk", CJG, dienst_loopt),
    vb(&NOG, Dagen(26), "Winterswijk", WINTERSWIJK, onderzoek_loopt),
    vb(&NHN, Dagen(18), "Alkmaar", None, onderzoek_loopt),
    vb(&ZHZ, Dagen(24), "Dordrecht", DORDRECHT, dienst_loopt),
    // An offer after a service.
    vb(&IJMOND, Dagen(62), "Beverwijk", CJG, aanbod_na_dienst_onvolledig),
    vb(&IJMOND, Dagen(70), "Velsen", CJG, geaccepteerd_zonder_inhoud),
    vb(&NOG, Dagen(60), "Winterswijk", WINTERSWIJK, aanbod_na_dienst),
    vb(&NOG, Dagen(66), "Winterswijk", WINTERSWIJK, gesprek_gehouden),
    vb(&ZHZ, Dagen(60), "Dordrecht", DORDRECHT, aanbod_na_dienst),
    vb(&NHN, Dagen(60), "Alkmaar", KAASMOLEN, aanbod_aan_beroepskracht),
    vb(&IJMOND, Dagen(60), "Beverwijk", Some("basisschool-de-duin"), aanbod_aan_beroepskracht),
    // Beside zicht.
    vb(&IJMOND, Dagen(16), "Velsen", None, deeltaak_bij_school),
    vb(&ZHZ, Dagen(16), "Dordrecht", None, deeltaak_bij_jgz),
    vb(&IJMOND, Dagen(9), "Beverwijk", None, crisis),
    vb(&IJMOND, Dagen(3), "Velsen", None, crisis),
    vb(&NOG, Dagen(5), "Apeldoorn", None, informeren_uitgesteld),
    // Monitoring, and what comes after it.
    vb(&IJMOND, Dagen(210), "Beverwijk", CJG, monitoring_te_laat),
    vb(&NOG, Dagen(215), "Winterswijk", WINTERSWIJK, monitoring_te_laat),
    vb(&IJMOND, Dagen(190), "Velsen", CJG, extra_monitormoment),
    vb(&IJMOND, Dagen(120), "Beverwijk", CJG, onderling),
    // Handed over directly where it needs no table.
    vb(&ZHZ, Dagen(12), "Dordrecht", DORDRECHT, super::aanbod_zonder_gegevens),
    vb(&ZHZ, Dagen(30), "Gorinchem", Some("sociaal-team-gorinchem"), super::accepteert_na_ontvangst),
];

/// Reported by a school and kept by Veilig Thuis.
fn bij_veilig_thuis(v: &mut Verhaal<'_>) -> MeldingId {
    let melder = eigen_melder(v, Openheid::Open);
    let melding = v.meld(melder, false, 0);
    v.minuten(15, 60);
    v.wijs_toe_bij_vt();
    v.werkdag(1);
    v.beoordeel(melding, Taxatie::StructureleOnveiligheid, &["structurele-onveiligheid"]);
    v.minuten(10, 40);
    v.vt_spreekt_gezin();
    v.koppel_terug(melding);
    v.besluit(melding, BesluitSoort::VervolgBijVeiligThuis, None);
    melding
}

fn dienst_loopt(v: &mut Verhaal<'_>) {
    met_dienst(v);
}

fn met_dienst(v: &mut Verhaal<'_>) -> MeldingId {
    let melding = bij_veilig_thuis(v);
    v.dagen(3, 5);
    v.start_dienst(DienstSoort::VoorwaardenEnVervolg);
    v.dagen(5, 8);
    v.vt_spreekt_gezin();
    melding
}

fn onderzoek_loopt(v: &mut Verhaal<'_>) {
    bij_veilig_thuis(v);
    v.dagen(3, 5);
    v.start_dienst(DienstSoort::Onderzoek);
}

fn na_dienst(v: &mut Verhaal<'_>) {
    let melding = met_dienst(v);
    v.dagen(20, 26);
    v.rond_dienst_af(Conclusie::Bevestigd);
    v.koppel_terug(melding);
    v.dagen(1, 3);
}

fn aanbod_na_dienst(v: &mut Verhaal<'_>) {
    na_dienst(v);
    v.bied_na_dienst_aan(None);
}

fn aanbod_na_dienst_onvolledig(v: &mut Verhaal<'_>) {
    na_dienst(v);
    v.bied_na_dienst_aan(Some("consequenties"));
}

fn gesprek_gehouden(v: &mut Verhaal<'_>) {
    aanbod_na_dienst(v);
    v.werkdag(3);
    v.spreek_warm();
    v.minuten(20, 60);
    v.bevestig_ontvangst();
}

fn geaccepteerd_zonder_inhoud(v: &mut Verhaal<'_>) {
    aanbod_na_dienst_onvolledig(v);
    v.werkdag(3);
    v.spreek_warm();
    v.minuten(20, 60);
    v.bevestig_ontvangst();
    v.accepteer();
}

/// With a receiver that is no party of the agreement: a professional who reported.
fn aanbod_aan_beroepskracht(v: &mut Verhaal<'_>) {
    na_dienst(v);
    v.bied_beroepskracht_aan();
}

/// Accepted after the talk and with all content; gives when zicht passed.
fn overgedragen_na_dienst(v: &mut Verhaal<'_>) -> Instant {
    gesprek_gehouden(v);
    v.accepteer();
    bij_team(v)
}

fn bij_team(v: &mut Verhaal<'_>) -> Instant {
    let over = v.op;
    v.minuten(20, 60);
    v.wijs_toe_bij_team();
    v.werkdag(2);
    v.team_spreekt_gezin(true);
    over
}

/// Three months, an incident, twelve months, a talk with Veilig Thuis, and the end.
fn tot_stabiel_veilig(v: &mut Verhaal<'_>, over: Instant) {
    v.maanden_na(over, 3);
    v.monitor(Uitkomst::Voortzetten);
    v.dagen(20, 30);
    v.incident(true);
    v.werkdag(1);
    v.team_spreekt_gezin(true);
    v.maanden_na(over, 12);
    v.monitor(Uitkomst::Voortzetten);
    v.dagen(2, 4);
    v.raadpleeg();
    v.werkdag(1);
    v.sluit(SluitingWijze::StabielVeilig, true);
}

/// The last part of the content comes a day after the acceptance: only then zicht passes.
fn hele_weg_met_aanvulling(v: &mut Verhaal<'_>) {
    geaccepteerd_zonder_inhoud(v);
    v.werkdag(1);
    v.vul_aan("consequenties");
    let over = bij_team(v);
    tot_stabiel_veilig(v, over);
}

fn hele_weg(v: &mut Verhaal<'_>) {
    let over = overgedragen_na_dienst(v);
    tot_stabiel_veilig(v, over);
}

/// Zicht comes back at three months, and goes over once more.
fn hele_weg_met_terugname(v: &mut Verhaal<'_>) {
    let over = overgedragen_na_dienst(v);
    v.maanden_na(over, 3);
    v.monitor(Uitkomst::Terugname);
    v.werkdag(2);
    v.vt_spreekt_gezin();
    v.start_dienst(DienstSoort::VoorwaardenEnVervolg);
    v.dagen(30, 40);
    v.rond_dienst_af(Conclusie::Bevestigd);
    v.werkdag(2);
    v.bied_na_dienst_aan(None);
    v.werkdag(2);
    v.spreek_warm();
    v.bevestig_ontvangst();
    v.accepteer();
    let over = bij_team(v);
    tot_stabiel_veilig(v, over);
}

/// The school that reported also helps: it receives zicht, with both judgements on record.
fn hele_weg_met_beroepskracht(v: &mut Verhaal<'_>) {
    aanbod_aan_beroepskracht(v);
    v.werkdag(2);
    v.spreek_warm();
    v.bevestig_ontvangst();
    v.accepteer();
    let over = bij_team(v);
    tot_stabiel_veilig(v, over);
}

fn deeltaak_bij_school(v: &mut Verhaal<'_>) {
    bij_veilig_thuis(v);
    v.werkdag(2);
    let (_, school) = v.o.regio.eigen_melder;
    v.spreek_deeltaak_af(school, "Let erop hoe het kind op maandag binnenkomt; bel bij zorgen dezelfde dag.", Some(90));
}

fn deeltaak_bij_jgz(v: &mut Verhaal<'_>) {
    bij_veilig_thuis(v);
    v.werkdag(2);
    v.spreek_deeltaak_af(
        "rivas-jeugdgezondheidszorg",
        "Volgt groei en slaap van de jongste tot het consult.",
        Some(60),
    );
}

fn crisis(v: &mut Verhaal<'_>) {
    let melding = v.meld(super::Melder::POLITIE, true, 0);
    v.minuten(4, 9);
    v.erken_spoed(melding);
    v.wijs_toe_bij_vt();
    v.minuten(10, 30);
    v.schakel_crisisdienst_in("crisisdienst-kennemerland");
    v.dagen(4, 5);
    v.meld_crisis_stabiel();
}

fn informeren_uitgesteld(v: &mut Verhaal<'_>) {
    v.meld(super::Melder::POLITIE, false, 0);
    v.werkdag(1);
    v.stel_informeren_uit(21);
}

/// The moment of three months has not been recorded.
fn monitoring_te_laat(v: &mut Verhaal<'_>) {
    overgedragen_na_dienst(v);
}

fn extra_monitormoment(v: &mut Verhaal<'_>) {
    let over = overgedragen_na_dienst(v);
    v.maanden_na(over, 3);
    v.monitor(Uitkomst::Voortzetten);
    v.plan_monitormoment(60);
}

/// The youth team hands over to the team for adults.
fn onderling(v: &mut Verhaal<'_>) {
    overgedragen_na_dienst(v);
    v.dagen(14, 20);
    v.bied_onderling_aan("socius");
}
