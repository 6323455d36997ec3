//! Casussen that are always there, so that every situation can be seen whatever chance gives.

mod vervolg;

use super::{
    regio::{IJMOND, Melder, NHN, NOG, Regio},
    teksten::Huishouden,
    verhaal::{Omgeving, Stap, Verhaal},
};
use domain::{
    gebeurtenis::{BesluitSoort, Openheid, SluitingWijze, Taxatie, WeigerReden},
    ids::MeldingId,
    tijd::{Instant, Kalender},
};
use jiff::{ToSpan, civil::Date};

/// When an example begins, seen from today.
#[derive(Clone, Copy, Debug)]
pub enum Begin {
    /// In office hours, so many working days ago.
    Werkdagen(i64),
    /// In office hours, so many calendar days ago.
    Dagen(i64),
    /// So many minutes before now, at whatever hour.
    Minuten(i64),
    /// On the day from which the n-th working day is today (or the next working day).
    Vandaag(i64),
    /// On the day from which the n-th working day is the first working day after today.
    Morgen(i64),
}

/// One example.
pub struct Voorbeeld {
    pub regio: &'static Regio,
    begin: Begin,
    gemeente: &'static str,
    team: Option<&'static str>,
    verhaal: fn(&mut Verhaal<'_>),
}

impl Voorbeeld {
    /// Tells it.
    pub fn vertel(&self, o: Omgeving<'_>, nummer: u64) -> Vec<Stap> {
        let begin = self.begin.instant(&o.bundel.kalender, o.nu);
        let mut verhaal = Verhaal::new(o, nummer, begin).in_gemeente(self.gemeente);
        if let Some(team) = self.team {
            verhaal = verhaal.met_team(team);
        }
        if !matches!(self.begin, Begin::Minuten(_)) {
            verhaal.werkdag(0);
        }
        (self.verhaal)(&mut verhaal);
        verhaal.stappen
    }
}

impl Begin {
    fn instant(self, kalender: &Kalender, nu: Instant) -> Instant {
        let vandaag = nu.dag();
        let dag = match self {
            Begin::Minuten(minuten) => return Instant(nu.0 - minuten * 60_000_000),
            Begin::Dagen(dagen) => vandaag.saturating_sub(dagen.days()),
            Begin::Werkdagen(dagen) => werkdag_geleden(kalender, vandaag, dagen),
            Begin::Vandaag(n) => werkdag_geleden(kalender, vandaag_of_later(kalender, vandaag), n),
            Begin::Morgen(n) => werkdag_geleden(kalender, kalender.werkdag_na(vandaag, 1), n),
        };
        Instant::begin_van(dag)
    }
}

fn vandaag_of_later(kalender: &Kalender, dag: Date) -> Date {
    if kalender.is_werkdag(dag) { dag } else { kalender.werkdag_na(dag, 1) }
}

/// The n-th working day before `dag`.
fn werkdag_geleden(kalender: &Kalender, dag: Date, n: i64) -> Date {
    let mut loper = dag;
    let mut geteld = 0;
    while geteld < n {
        let Ok(gisteren) = loper.yesterday() else { return loper };
        loper = gisteren;
        geteld += i64::from(kalender.is_werkdag(loper));
    }
    loper
}

const fn vb(
    regio: &'static Regio,
    begin: Begin,
    gemeente: &'static str,
    team: Option<&'static str>,
    verhaal: fn(&mut Verhaal<'_>),
) -> Voorbeeld {
    Voorbeeld { regio, begin, gemeente, team, verhaal }
}

use Begin::{Dagen, Minuten, Morgen, Vandaag, Werkdagen};

const CJG: Option<&str> = Some("cjg-kennemerland");
const SOCIUS: Option<&str> = Some("socius");
const MET: Option<&str> = Some("met-heemskerk");

/// Every example.
pub fn alle() -> impl Iterator<Item = &'static Voorbeeld> {
    ALLE.iter().chain(vervolg::VERVOLG)
}

const ALLE: &[Voorbeeld] = &[
    // The calendar, and what is due.
    vb(&IJMOND, Morgen(6), "Velsen", None, school_houdt_zicht),
    vb(&IJMOND, Vandaag(5), "Heemskerk", None, school_houdt_zicht),
    vb(&IJMOND, Morgen(5), "Beverwijk", None, politie_wacht),
    vb(&IJMOND, Werkdagen(2), "Velsen", None, school_houdt_zicht),
    vb(&IJMOND, Werkdagen(8), "Velsen", None, politie_wacht),
    vb(&IJMOND, Werkdagen(9), "Beverwijk", None, school_houdt_zicht),
    vb(&IJMOND, Werkdagen(7), "Heemskerk", None, zonder_terugkoppeling),
    vb(&NOG, Vandaag(5), "Winterswijk", None, huisarts_meldt),
    vb(&NOG, Werkdagen(8), "Apeldoorn", None, politie_wacht),
    vb(&NOG, Werkdagen(6), "Zutphen", None, zonder_terugkoppeling),
    vb(&NOG, Werkdagen(9), "Winterswijk", None, gezin_niet_gebeld),
    vb(&NHN, Morgen(6), "Alkmaar", None, school_houdt_zicht),
    vb(&NHN, Vandaag(5), "Alkmaar", None, school_houdt_zicht),
    vb(&NHN, Werkdagen(9), "Hoorn", None, politie_wacht),
    vb(&NHN, Werkdagen(2), "Schagen", None, politie_wacht),
    vb(&NHN, Werkdagen(7), "Alkmaar", None, zonder_terugkoppeling),
    // Urgency.
    vb(&IJMOND, Minuten(55), "Beverwijk", None, spoed_gevraagd),
    vb(&IJMOND, Minuten(160), "Velsen", None, spoed_erkend),
    vb(&NOG, Minuten(35), "Apeldoorn", None, spoed_gevraagd),
    vb(&NHN, Minuten(120), "Alkmaar", None, spoed_erkend),
    // Reporters whom the family may not know, or nobody knows.
    vb(&IJMOND, Werkdagen(3), "Velsen", None, afgeschermde_school),
    vb(&IJMOND, Werkdagen(4), "Heemskerk", None, onbekende_burger),
    vb(&NOG, Werkdagen(4), "Lochem", None, onbekende_burger),
    vb(&NOG, Werkdagen(3), "Apeldoorn", None, afgeschermde_school),
    vb(&NHN, Werkdagen(3), "Alkmaar", None, afgeschermde_school),
    // Offers that wait: at every table, for every team.
    vb(&IJMOND, Werkdagen(4), "Beverwijk", CJG, aanbod_wacht),
    vb(&IJMOND, Werkdagen(3), "Beverwijk", CJG, aanbod_zonder_gegevens),
    vb(&IJMOND, Werkdagen(5), "Beverwijk", SOCIUS, aanbod_wacht),
    vb(&IJMOND, Werkdagen(4), "Velsen", CJG, aanbod_van_school),
    vb(&IJMOND, Werkdagen(3), "Velsen", SOCIUS, aanbod_wacht),
    vb(&IJMOND, Werkdagen(6), "Velsen", SOCIUS, aanbod_zonder_gegevens),
    vb(&IJMOND, Werkdagen(4), "Heemskerk", CJG, aanbod_wacht),
    vb(&IJMOND, Werkdagen(5), "Heemskerk", MET, aanbod_wacht),
    vb(&IJMOND, Werkdagen(3), "Heemskerk", MET, aanbod_zonder_gegevens),
    vb(&NOG, Werkdagen(3), "Winterswijk", None, aanbod_wacht),
    vb(&NOG, Werkdagen(5), "Winterswijk", None, aanbod_mondeling),
    vb(&NOG, Werkdagen(10), "Winterswijk", None, aanbod_wacht),
    vb(&NOG, Werkdagen(3), "Apeldoorn", None, aanbod_wacht),
    vb(&NOG, Werkdagen(7), "Apeldoorn", None, aanbod_wacht),
    vb(&NOG, Werkdagen(9), "Apeldoorn", None, aanbod_wacht),
    // Offers that did not go well.
    vb(&IJMOND, Werkdagen(6), "Velsen", CJG, geweigerd),
    vb(&IJMOND, Werkdagen(5), "Beverwijk", SOCIUS, geweigerd),
    vb(&NOG, Werkdagen(6), "Winterswijk", None, geweigerd),
    vb(&IJMOND, Werkdagen(8), "Heemskerk", CJG, ingetrokken_en_opnieuw),
    vb(&NOG, Werkdagen(8), "Apeldoorn", None, ingetrokken_en_opnieuw),
    vb(&IJMOND, Werkdagen(5), "Beverwijk", CJG, opgeschort),
    vb(&NOG, Werkdagen(5), "Winterswijk", None, opgeschort),
    // With a team.
    vb(&IJMOND, Werkdagen(5), "Velsen", CJG, niet_toegewezen),
    vb(&IJMOND, Werkdagen(6), "Beverwijk", SOCIUS, niet_toegewezen),
    vb(&IJMOND, Werkdagen(5), "Heemskerk", MET, niet_toegewezen),
    vb(&NOG, Werkdagen(6), "Winterswijk", None, niet_toegewezen),
    vb(&NOG, Werkdagen(6), "Apeldoorn", None, niet_toegewezen),
    vb(&IJMOND, Werkdagen(15), "Beverwijk", CJG, contact_vandaag),
    vb(&IJMOND, Werkdagen(15), "Velsen", SOCIUS, contact_vandaag),
    vb(&IJMOND, Werkdagen(16), "Heemskerk", MET, contact_vandaag),
    vb(&IJMOND, Werkdagen(13), "Velsen", CJG, contact_morgen),
    vb(&IJMOND, Werkdagen(8), "Beverwijk", SOCIUS, toegewezen_zonder_contact),
    vb(&IJMOND, Dagen(24), "Heemskerk", MET, toegewezen_zonder_contact),
    vb(&NOG, Werkdagen(14), "Apeldoorn", None, toegewezen_zonder_contact),
    vb(&NOG, Dagen(40), "Winterswijk", None, richtlijn_met_reden),
    vb(&NOG, Dagen(9), "Apeldoorn", None, richtlijn_met_reden),
    vb(&NOG, Dagen(60), "Winterswijk", None, regie_bij_team),
    vb(&IJMOND, Dagen(75), "Velsen", CJG, overgenomen),
    vb(&NOG, Dagen(80), "Apeldoorn", None, overgenomen),
    vb(&IJMOND, Dagen(55), "Beverwijk", CJG, nieuwe_melding_terug_naar_team),
    vb(&IJMOND, Dagen(35), "Velsen", SOCIUS, nieuwe_melding_bij_team),
    // Corrected, or recorded later.
    vb(&IJMOND, Dagen(30), "Heemskerk", None, hersteld),
    vb(&NOG, Dagen(25), "Winterswijk", None, later_vastgelegd),
    vb(&IJMOND, Dagen(12), "Velsen", None, later_vastgelegd),
    // Closed.
    vb(&IJMOND, Dagen(90), "Beverwijk", SOCIUS, gestopt),
    vb(&IJMOND, Dagen(208), "Velsen", CJG, stabiel_veilig),
    vb(&NOG, Dagen(210), "Winterswijk", None, stabiel_veilig),
    vb(&NHN, Dagen(30), "Alkmaar", None, geen_stappen),
    vb(&IJMOND, Dagen(20), "Heemskerk", None, geen_stappen),
    // One family in three casussen: closed, open, and a new report that somebody must decide on.
    vb(&IJMOND, Dagen(190), "Velsen", None, bekend_gezin_lang_geleden),
    vb(&IJMOND, Dagen(21), "Velsen", None, bekend_gezin_loopt),
    vb(&IJMOND, Minuten(25), "Velsen", None, bekend_gezin_opnieuw),
];

fn bekend_gezin_lang_geleden(v: &mut Verhaal<'_>) {
    v.huis = Huishouden::bekend(0);
    geen_stappen(v);
}

fn bekend_gezin_loopt(v: &mut Verhaal<'_>) {
    v.huis = Huishouden::bekend(1);
    zonder_terugkoppeling(v);
}

fn bekend_gezin_opnieuw(v: &mut Verhaal<'_>) {
    v.huis = Huishouden::bekend(2);
    v.meld(Melder::POLITIE, false, 0);
}

fn eigen_melder(v: &Verhaal<'_>, openheid: Openheid) -> Melder {
    Melder::beroep(v.o.regio.eigen_melder, openheid)
}

fn school_houdt_zicht(v: &mut Verhaal<'_>) {
    let melder = eigen_melder(v, Openheid::Open);
    v.meld(melder, false, 0);
    v.minuten(20, 60);
    v.wijs_toe_bij_vt();
}

fn huisarts_meldt(v: &mut Verhaal<'_>) {
    school_houdt_zicht(v);
}

fn politie_wacht(v: &mut Verhaal<'_>) {
    v.meld(Melder::POLITIE, false, 0);
    v.minuten(20, 60);
    v.wijs_toe_bij_vt();
    v.werkdag(3);
    v.informeer_gezin();
}

/// Up to and including the assessment and the talk with the family.
fn beoordeeld(v: &mut Verhaal<'_>, melder: Melder) -> MeldingId {
    let melding = v.meld(melder, false, 0);
    v.minuten(15, 60);
    v.wijs_toe_bij_vt();
    v.werkdag(1);
    v.beoordeel(melding, Taxatie::GeenAcuteOnveiligheid, &[]);
    v.minuten(10, 40);
    v.vt_spreekt_gezin();
    melding
}

fn zonder_terugkoppeling(v: &mut Verhaal<'_>) {
    let melder = eigen_melder(v, Openheid::Open);
    let melding = beoordeeld(v, melder);
    v.besluit(melding, BesluitSoort::VervolgBijVeiligThuis, None);
}

fn gezin_niet_gebeld(v: &mut Verhaal<'_>) {
    let melding = v.meld(Melder::POLITIE, false, 0);
    v.werkdag(1);
    v.beoordeel(melding, Taxatie::GeenAcuteOnveiligheid, &[]);
    v.koppel_terug(melding);
    v.informeer_gezin();
}

fn spoed_gevraagd(v: &mut Verhaal<'_>) {
    let melder = eigen_melder(v, Openheid::Open);
    v.meld(melder, true, 0);
}

fn spoed_erkend(v: &mut Verhaal<'_>) {
    let melder = eigen_melder(v, Openheid::Open);
    let melding = v.meld(melder, true, 0);
    v.minuten(4, 9);
    v.erken_spoed(melding);
    v.wijs_toe_bij_vt();
}

fn afgeschermde_school(v: &mut Verhaal<'_>) {
    let melder = eigen_melder(v, Openheid::Afgeschermd);
    let melding = beoordeeld(v, melder);
    v.koppel_terug(melding);
}

fn onbekende_burger(v: &mut Verhaal<'_>) {
    let melding = beoordeeld(v, Melder::burger(Openheid::Onbekend));
    v.besluit(melding, BesluitSoort::VervolgBijVeiligThuis, None);
}

/// Two working days from the report to the decision; the offer comes next.
fn klaar_voor_aanbod(v: &mut Verhaal<'_>, melder: Melder) {
    let melding = beoordeeld(v, melder);
    v.koppel_terug(melding);
    v.besluit(melding, BesluitSoort::DirecteOverdracht, None);
    v.minuten(15, 60);
}

fn aanbod_wacht(v: &mut Verhaal<'_>) {
    klaar_voor_aanbod(v, Melder::POLITIE);
    v.bied_aan(true, None);
}

fn aanbod_zonder_gegevens(v: &mut Verhaal<'_>) {
    klaar_voor_aanbod(v, Melder::POLITIE);
    v.bied_aan(false, None);
}

fn accepteert_na_ontvangst(v: &mut Verhaal<'_>) {
    aanbod_zonder_gegevens(v);
    v.werkdag(1);
    v.bevestig_ontvangst();
    v.accepteer();
    v.wijs_toe_bij_team();
}

fn aanbod_van_school(v: &mut Verhaal<'_>) {
    let melder = eigen_melder(v, Openheid::Open);
    klaar_voor_aanbod(v, melder);
    v.bied_aan(true, None);
}

fn aanbod_mondeling(v: &mut Verhaal<'_>) {
    aanbod_wacht(v);
    v.werkdag(1);
    v.noteer_mondeling();
}

fn geweigerd(v: &mut Verhaal<'_>) {
    aanbod_wacht(v);
    v.werkdag(2);
    v.weiger(WeigerReden::InformatieOntbreekt);
}

fn ingetrokken_en_opnieuw(v: &mut Verhaal<'_>) {
    aanbod_wacht(v);
    v.werkdag(1);
    v.trek_in();
    v.werkdag(2);
    v.bied_aan(true, None);
}

fn opgeschort(v: &mut Verhaal<'_>) {
    aanbod_wacht(v);
    v.werkdag(1);
    v.meld(Melder::POLITIE, false, 0);
    v.werkdag(1);
    v.accepteer_vergeefs();
}

fn overgedragen(v: &mut Verhaal<'_>) {
    aanbod_wacht(v);
    v.werkdag(1);
    v.accepteer();
}

fn niet_toegewezen(v: &mut Verhaal<'_>) {
    overgedragen(v);
}

/// The content came when the offer was made, so that the term of the team is the one that shows.
fn toegewezen_zonder_contact(v: &mut Verhaal<'_>) {
    overgedragen(v);
    v.minuten(30, 90);
    v.wijs_toe_bij_team();
    v.werkdag(2);
    v.team_spreekt_gezin(false);
}

/// The content came fourteen days ago, whatever day that was: the term of the team ends today.
fn contact_vandaag(v: &mut Verhaal<'_>) {
    gegevens_kwamen(v, 14);
}

fn contact_morgen(v: &mut Verhaal<'_>) {
    gegevens_kwamen(v, 13);
}

fn gegevens_kwamen(v: &mut Verhaal<'_>, dagen: i64) {
    aanbod_zonder_gegevens(v);
    v.minuten(10, 30);
    v.accepteer();
    v.wijs_toe_bij_team();
    v.op = v.op.max(Instant::begin_van(v.o.nu.dag().saturating_sub(dagen.days())).plus_uren(11));
    v.bevestig_ontvangst();
}

fn gesproken(v: &mut Verhaal<'_>) {
    overgedragen(v);
    v.minuten(30, 90);
    v.wijs_toe_bij_team();
    v.werkdag(1);
    v.maak_afspraak();
    v.werkdag(2);
    v.team_spreekt_gezin(true);
}

/// First refused, then passed with a reason: an injury, and no talk with the family yet.
fn richtlijn_met_reden(v: &mut Verhaal<'_>) {
    let melding = v.meld(Melder::POLITIE, false, 0);
    v.wijs_toe_bij_vt();
    v.werkdag(1);
    v.beoordeel(melding, Taxatie::GeenAcuteOnveiligheid, &["letsel"]);
    v.koppel_terug(melding);
    v.besluit(melding, BesluitSoort::DirecteOverdracht, None);
    v.geweigerd("contra-indicatie");
    v.minuten(20, 60);
    let reden =
        "Het team kent het gezin goed en kan vandaag nog langsgaan; het letsel is oud en besproken met de arts.";
    v.besluit(melding, BesluitSoort::DirecteOverdracht, Some(reden));
    v.werkdag(1);
    v.bied_aan(true, Some("Het gezin is nog niet bereikt; het team gaat zelf langs en vertelt het dan."));
    v.werkdag(1);
    v.accepteer();
    v.wijs_toe_bij_team();
    v.werkdag(1);
    v.maak_afspraak();
}

fn regie_bij_team(v: &mut Verhaal<'_>) {
    gesproken(v);
    v.leg_regie_vast();
}

fn overgenomen(v: &mut Verhaal<'_>) {
    gesproken(v);
    v.dagen(20, 30);
    v.incident(true);
    v.werkdag(1);
    v.neem_over();
    v.werkdag(2);
    v.vt_spreekt_gezin();
}

fn nieuwe_melding_bij_team(v: &mut Verhaal<'_>) {
    gesproken(v);
    v.dagen(12, 16);
    v.meld(Melder::POLITIE, false, 0);
}

fn nieuwe_melding_terug_naar_team(v: &mut Verhaal<'_>) {
    gesproken(v);
    v.dagen(12, 16);
    let melding = v.meld(Melder::POLITIE, false, 0);
    v.werkdag(3);
    v.beoordeel(melding, Taxatie::GeenAcuteOnveiligheid, &[]);
    v.vt_spreekt_gezin();
    v.koppel_terug(melding);
    v.besluit(melding, BesluitSoort::GeenVerdereStappen, None);
}

/// The assessment seemed late; it was recorded late.
fn hersteld(v: &mut Verhaal<'_>) {
    let melding = v.meld(Melder::POLITIE, false, 0);
    v.wijs_toe_bij_vt();
    v.werkdag(3);
    v.informeer_gezin();
    v.werkdag(4);
    let beoordeling = v.beoordeel(melding, Taxatie::StructureleOnveiligheid, &["structurele-onveiligheid"]);
    v.koppel_terug(melding);
    v.besluit(melding, BesluitSoort::VervolgBijVeiligThuis, None);
    v.werkdag(1);
    v.herstel(beoordeling, 24 * 6);
}

/// A report of the weekend and a talk of yesterday, recorded today.
fn later_vastgelegd(v: &mut Verhaal<'_>) {
    let melding = v.meld(Melder::POLITIE, false, 38);
    v.werkdag(1);
    v.beoordeel(melding, Taxatie::GeenAcuteOnveiligheid, &["nader-onderzoek"]);
    v.koppel_terug(melding);
    v.werkdag(2);
    v.gebeurde_al(20);
    v.vt_spreekt_gezin();
    v.besluit(melding, BesluitSoort::VervolgBijVeiligThuis, None);
}

fn gestopt(v: &mut Verhaal<'_>) {
    gesproken(v);
    v.dagen(30, 40);
    v.sluit(SluitingWijze::Gestopt, true);
}

fn stabiel_veilig(v: &mut Verhaal<'_>) {
    gesproken(v);
    let vanaf = v.laatste_onrust().dag().saturating_add(6.months());
    v.op = Instant::begin_van(vanaf);
    v.werkdag(1);
    v.sluit(SluitingWijze::StabielVeilig, true);
}

fn geen_stappen(v: &mut Verhaal<'_>) {
    let melding = beoordeeld(v, Melder::POLITIE);
    v.koppel_terug(melding);
    v.besluit(melding, BesluitSoort::GeenVerdereStappen, None);
}
