//! Random stories: commands in any order at any time, in three regions, with reports that are recorded later than they
//! arrived, acts that are recorded later than they happened, clock changes, holidays and turns of the year.

use super::{
    steun::{Regio, afspraken, gemeten, t},
    verhalen_controle::{Controle, Fout},
    verhalen_vervolg::{self, Vervolg, vervolg},
    zaak::{Wanneer, Zaak, beroepskracht, melding},
};
use domain::{
    Commando,
    afspraak::Fase,
    commando::*,
    gebeurtenis::*,
    ids::{OrganisatieId, OverdrachtId},
    meldingen::Verplaatsing,
    overdrachten::Stand,
    publiek::rol,
    tijd::Instant,
};
use proptest::{
    prelude::*,
    test_runner::{RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner},
};
use std::{cell::Cell, collections::BTreeSet};
use uuid::Uuid;

/// What somebody tries. Numbers choose among what there is.
#[derive(Clone, Debug)]
enum Wat {
    /// What would bring the casus on.
    Volgende {
        team: u8,
    },
    Meld {
        melder: u8,
        openheid: Openheid,
        onderweg: u32,
    },
    Spoed(u8),
    SpoedAf(u8),
    Antwoord(u8, u8, Antwoord),
    Beoordeel(u8),
    Besluit(u8, BesluitSoort),
    Bied {
        team: u8,
        verzonden: bool,
        ontvangen: bool,
    },
    Verzend,
    Ontvang,
    Mondeling,
    Accepteer,
    Weiger,
    TrekIn,
    Contact(bool),
    Informeer,
    Afspraak,
    KoppelTerug(u8),
    NeemOver,
    Regie(bool),
    Incident,
    WijsToe,
    Herstel {
        versie: u8,
        minuten: u32,
    },
    Sluit(SluitingWijze),
    Vervolg(Vervolg),
}

#[derive(Clone, Debug)]
struct Stap {
    /// Minutes after the step before.
    wacht: u32,
    /// Minutes between happening and recording.
    later: u32,
    /// Now and then somebody tries who may not.
    door_ander: Option<u8>,
    wat: Wat,
}

/// Where a story begins: around what makes days and hours uneven.
const BEGIN: &[&str] = &[
    "2025-12-23 16:59",
    "2025-12-31 23:58",
    "2026-03-02 10:00",
    "2026-03-27 23:59",
    "2026-03-29 01:59",
    "2026-04-02 09:00",
    "2026-04-24 12:00",
    "2026-05-13 00:00",
    "2026-10-24 22:30",
    "2026-10-25 02:30",
    "2027-02-28 08:00",
    "2028-02-29 08:00",
];

fn minuten() -> impl Strategy<Value = u32> {
    prop_oneof![
        3 => Just(0u32),
        3 => 1..60u32,
        4 => 60..1440u32,
        3 => 1440..14_400u32,
        1 => 14_400..300_000u32,
    ]
}

fn wat() -> impl Strategy<Value = Wat> {
    use BesluitSoort::*;
    let openheid =
        prop_oneof![4 => Just(Openheid::Open), 2 => Just(Openheid::Afgeschermd), 1 => Just(Openheid::Onbekend)];
    let antwoord = prop_oneof![4 => Just(Antwoord::Nee), 1 => Just(Antwoord::Ja)];
    let besluit =
        prop_oneof![5 => Just(DirecteOverdracht), 1 => Just(VervolgBijVeiligThuis), 2 => Just(GeenVerdereStappen)];
    let wijze = prop_oneof![Just(SluitingWijze::StabielVeilig), Just(SluitingWijze::Gestopt)];
    let onderweg = prop_oneof![1 => Just(0u32), 1 => minuten()];
    let nr = || 0..4u8;
    prop_oneof![
        20 => (0..2u8).prop_map(|team| Wat::Volgende { team }),
        5 => (0..6u8, openheid, onderweg).prop_map(|(melder, openheid, onderweg)| Wat::Meld { melder, openheid, onderweg }),
        1 => nr().prop_map(Wat::Spoed),
        1 => nr().prop_map(Wat::SpoedAf),
        1 => (nr(), any::<u8>(), antwoord).prop_map(|(nr, welke, antwoord)| Wat::Antwoord(nr, welke, antwoord)),
        6 => nr().prop_map(Wat::Beoordeel),
        6 => (nr(), besluit).prop_map(|(nr, besluit)| Wat::Besluit(nr, besluit)),
        6 => (0..2u8, any::<bool>(), any::<bool>())
            .prop_map(|(team, verzonden, ontvangen)| Wat::Bied { team, verzonden, ontvangen }),
        2 => Just(Wat::Verzend),
        2 => Just(Wat::Ontvang),
        1 => Just(Wat::Mondeling),
        6 => Just(Wat::Accepteer),
        2 => Just(Wat::Weiger),
        1 => Just(Wat::TrekIn),
        2 => any::<bool>().prop_map(Wat::Contact),
        1 => Just(Wat::Informeer),
        1 => Just(Wat::Afspraak),
        1 => nr().prop_map(Wat::KoppelTerug),
        1 => Just(Wat::NeemOver),
        1 => any::<bool>().prop_map(Wat::Regie),
        1 => Just(Wat::Incident),
        1 => Just(Wat::WijsToe),
        2 => (any::<u8>(), minuten()).prop_map(|(versie, minuten)| Wat::Herstel { versie, minuten }),
        1 => wijze.prop_map(Wat::Sluit),
        25 => vervolg().prop_map(Wat::Vervolg),
    ]
}

fn stap() -> impl Strategy<Value = Stap> {
    let later = prop_oneof![3 => Just(0u32), 1 => minuten()];
    let ander = prop_oneof![9 => Just(None), 1 => (0..8u8).prop_map(Some)];
    (minuten(), later, ander, wat()).prop_map(|(wacht, later, door_ander, wat)| Stap { wacht, later, door_ander, wat })
}

fn na(moment: Instant, minuten: u32) -> Instant {
    Instant(moment.0 + i64::from(minuten) * 60_000_000)
}

fn voor(moment: Instant, minuten: u32) -> Instant {
    Instant(moment.0 - i64::from(minuten) * 60_000_000)
}

/// The reporter who must never be named.
pub const SCHUILSCHOOL: &str = "schuilschool";

/// Everybody who could look.
pub fn organisaties(regio: &Regio) -> Vec<OrganisatieId> {
    let vt = regio.geldig_op(t("2026-03-02 10:00")).bundel.veilig_thuis().unwrap().clone();
    let [a, b] = regio.teams.clone();
    let overig = ["basisschool", "huisarts", "kraamzorg", SCHUILSCHOOL, "voorbijganger"].map(OrganisatieId::from);
    [vt, a, b].into_iter().chain(overig).collect()
}

struct Verteller<'a> {
    zaak: Zaak<'a>,
    organisaties: Vec<OrganisatieId>,
}

impl Verteller<'_> {
    fn melding(&self, nr: u8) -> domain::ids::MeldingId {
        let meldingen = &self.zaak.casus.meldingen;
        // Mostly the last report, which is the one to work on.
        let plek = if nr == 0 { 0 } else { meldingen.len().saturating_sub(usize::from(nr)) };
        meldingen.get(plek).map_or(domain::ids::MeldingId(Uuid::nil()), |melding| melding.id)
    }

    fn aanbod(&self) -> (OverdrachtId, Option<&OrganisatieId>) {
        let laatste = self.zaak.casus.overdrachten.last();
        (laatste.map_or(OverdrachtId(Uuid::nil()), |over| over.id), laatste.map(|over| &over.naar))
    }

    /// The command, and who would properly give it.
    fn commando(&self, wat: &Wat, nu: Instant) -> (Commando, OrganisatieId) {
        let vt = self.zaak.vt(nu);
        let (overdracht, ontvanger) = self.aanbod();
        let ontvanger = ontvanger.unwrap_or(&vt).clone();
        match wat {
            Wat::Volgende { team } => self.commando(&self.volgende(*team), nu),
            Wat::Meld { melder, openheid, onderweg } => self.meld(*melder, *openheid, voor(nu, *onderweg), vt),
            Wat::Spoed(nr) => (Commando::ErkenSpoed { melding: self.melding(*nr) }, vt),
            Wat::SpoedAf(nr) => (Commando::WijsSpoedAf { melding: self.melding(*nr), reden: true }, vt),
            Wat::Antwoord(nr, welke, antwoord) => (self.antwoord(*nr, *welke, *antwoord, nu), vt),
            Wat::Beoordeel(nr) => (self.beoordeling(*nr, nu), vt),
            Wat::Besluit(nr, besluit) => {
                let melding = self.melding(*nr);
                let keus = BesluitVervolg {
                    melding,
                    besluit: *besluit,
                    voldoende_veilig: Some(true),
                    overleg: Default::default(),
                    toewijzing: Default::default(),
                    reden: true,
                };
                (Commando::BesluitVervolg(keus), vt)
            }
            Wat::Bied { team, verzonden, ontvangen } => (self.bied(*team, *verzonden, *ontvangen, nu), vt),
            Wat::Verzend => (Commando::VerzendGegevens { overdracht }, vt),
            Wat::Ontvang => (Commando::BevestigOntvangstGegevens { overdracht }, ontvanger),
            Wat::Mondeling => (Commando::NoteerMondelingeBevestiging { overdracht }, vt),
            Wat::Accepteer => (Commando::AccepteerOverdracht { overdracht }, ontvanger),
            Wat::Weiger => {
                let reden_code = WeigerReden::Anders;
                (Commando::WeigerOverdracht { overdracht, reden_code, reden: true }, ontvanger)
            }
            Wat::TrekIn => (Commando::TrekOverdrachtIn { overdracht, reden: true }, vt),
            Wat::Contact(gelukt) => {
                let wijze = ContactWijze::Telefoon;
                let door = if *gelukt { vt } else { ontvanger };
                let contact = LegContactGezinVast {
                    wijze,
                    gelukt: true,
                    geinformeerd: *gelukt,
                    teruggekoppeld: false,
                    persoon: None,
                    reden: false,
                };
                (Commando::LegContactGezinVast(contact), door)
            }
            Wat::Informeer => (Commando::InformeerGezin { wijze: ContactWijze::Brief }, vt),
            Wat::Afspraak => (Commando::MaakAfspraakGezin, ontvanger),
            Wat::KoppelTerug(nr) => (Commando::KoppelTerugAanMelder { melding: self.melding(*nr), moment: None }, vt),
            Wat::NeemOver => (Commando::NeemZichtOver { reden: true }, vt),
            Wat::Regie(leeg) => {
                let organisatie = (!leeg).then_some(ontvanger);
                (Commando::LegRegieVast { organisatie, bevestigd: BTreeSet::new() }, vt)
            }
            Wat::Incident => (Commando::LegIncidentVast, ontvanger),
            Wat::WijsToe => (Commando::WijsMedewerkerToe { medewerker: "m2".into() }, ontvanger),
            Wat::Herstel { versie, minuten } => self.herstel(*versie, *minuten, vt),
            Wat::Sluit(wijze) => self.sluit(*wijze, nu, vt),
            Wat::Vervolg(wat) => verhalen_vervolg::commando(&self.zaak, wat, nu),
        }
    }

    /// Assess, decide, offer, send, accept.
    fn volgende(&self, team: u8) -> Wat {
        let casus = &self.zaak.casus;
        let lopend: Vec<_> = casus.lopende_meldingen().collect();
        let nummer = |id| {
            let plek = casus.meldingen.iter().position(|melding| melding.id == id).unwrap_or(0);
            u8::try_from(casus.meldingen.len() - plek).unwrap()
        };
        if casus.meldingen.is_empty() {
            return Wat::Meld { melder: 2, openheid: Openheid::Open, onderweg: 0 };
        }
        if let Some(melding) = lopend.iter().find(|melding| melding.beoordeling.is_none()) {
            return Wat::Beoordeel(nummer(melding.id));
        }
        if let Some(melding) = lopend.iter().find(|melding| melding.besluit.is_none()) {
            let open = melding.openheid == Openheid::Open;
            let besluit = match (open, team) {
                (true, 0) => BesluitSoort::DirecteOverdracht,
                (true, _) => BesluitSoort::VervolgBijVeiligThuis,
                (false, _) => BesluitSoort::GeenVerdereStappen,
            };
            return Wat::Besluit(nummer(melding.id), besluit);
        }
        if let Some(wat) = verhalen_vervolg::volgende(casus, team) {
            return Wat::Vervolg(wat);
        }
        match casus.open_aanbod() {
            Some(aanbod) if aanbod.verzonden.is_none() => Wat::Verzend,
            Some(aanbod) if aanbod.ontvangen.is_none() => Wat::Ontvang,
            Some(_) => Wat::Accepteer,
            None if lopend.is_empty() => Wat::Contact(false),
            None => Wat::Bied { team, verzonden: team == 0, ontvangen: false },
        }
    }

    fn meld(&self, melder: u8, openheid: Openheid, op: Instant, vt: OrganisatieId) -> (Commando, OrganisatieId) {
        let nummer = u8::try_from(self.zaak.casus.meldingen.len() + 1).unwrap();
        let (melder, eigen) = match (melder, openheid) {
            (0, _) => (Melder::Burger, None),
            (1, _) => (Melder::Politie, None),
            (_, Openheid::Open) => {
                let naam = ["basisschool", "huisarts", "kraamzorg"][usize::from(melder) % 3];
                (beroepskracht(naam), Some(naam.into()))
            }
            _ => (beroepskracht(SCHUILSCHOOL), None),
        };
        // A shielded report is recorded by Veilig Thuis; so is what arrived earlier than it was recorded.
        (melding(&self.zaak.regio, nummer, melder, openheid, op), eigen.unwrap_or(vt))
    }

    fn antwoord(&self, nr: u8, welke: u8, antwoord: Antwoord, nu: Instant) -> Commando {
        let criteria = self.zaak.geldig(nu).bundel.criteria();
        let sleutel = criteria[usize::from(welke) % criteria.len()].0.to_owned();
        Commando::BeantwoordCriteria(BeantwoordCriteria {
            melding: self.melding(nr),
            antwoorden: [(sleutel, antwoord)].into(),
            reden: true,
        })
    }

    fn beoordeling(&self, nr: u8, nu: Instant) -> Commando {
        let melding = self.melding(nr);
        let criteria = self.zaak.geldig(nu).bundel.criteria().into_iter();
        let antwoorden = criteria.map(|(sleutel, _)| (sleutel.to_owned(), Antwoord::Nee)).collect();
        let antwoorden = BeantwoordCriteria { melding, antwoorden, reden: true };
        Commando::RondBeoordelingAf { melding, taxatie: Taxatie::GeenAcuteOnveiligheid, antwoorden }
    }

    fn bied(&self, team: u8, verzonden: bool, ontvangen: bool, nu: Instant) -> Commando {
        let onderdelen = self
            .zaak
            .geldig(nu)
            .bundel
            .onderdelen(Fase::Direct)
            .iter()
            .map(|(sleutel, _)| (*sleutel).to_owned())
            .collect();
        let tafel = self.zaak.regio.naam == "ijmond";
        Commando::BiedOverdrachtAan(BiedOverdrachtAan {
            overdracht: OverdrachtId(Uuid::from_u128(1000 + self.zaak.casus.versie as u128)),
            naar: self.zaak.regio.teams[usize::from(team) % 2].clone(),
            wijze: if tafel { OverdrachtWijze::Overdrachtstafel } else { OverdrachtWijze::Digitaal },
            onderdelen,
            gezin_geinformeerd: true,
            verzonden,
            ontvangen,
            reden: true,
            mede_ontvangers: BTreeSet::new(),
            oordelen: None,
            naar_afspraak: None,
        })
    }

    fn herstel(&self, versie: u8, minuten: u32, vt: OrganisatieId) -> (Commando, OrganisatieId) {
        let versie = u64::from(versie) % self.zaak.casus.versie.max(1) + 1;
        let (wie, op) = match self.zaak.casus.feit(versie) {
            Some(feit) => (feit.organisatie.clone(), voor(feit.vastgelegd_op, minuten)),
            None => (vt, Instant(0)),
        };
        (Commando::HerstelVastlegging { versie, gebeurd_op: op, reden: true }, wie)
    }

    fn sluit(&self, wijze: SluitingWijze, nu: Instant, vt: OrganisatieId) -> (Commando, OrganisatieId) {
        let bundel = &self.zaak.geldig(nu).bundel;
        let regel = bundel.inhoud.sluiting.get(&wijze.als_str());
        let bevestigd = regel.map(|regel| regel.voorwaarden.keys().cloned().collect()).unwrap_or_default();
        let houder = self.zaak.lijn().houder_op(nu).cloned().unwrap_or(vt);
        (Commando::SluitCasus(SluitCasus { wijze, bevestigd, reden: false }), houder)
    }

    /// Whether the access port would let this organisation through: it has a part in the casus, or it reports.
    /// The shielded reporter never records under its own name: that would write the name into the log.
    fn mag_erbij(&self, door: &OrganisatieId, commando: &Commando) -> bool {
        match commando {
            _ if door.als_str() == SCHUILSCHOOL => false,
            Commando::Meld(meld) => meld.melder.organisatie().is_none_or(|melder| melder == door) || self.is_vt(door),
            _ => rol(&self.zaak.casus, door).is_some(),
        }
    }

    fn is_vt(&self, door: &OrganisatieId) -> bool {
        self.organisaties.first() == Some(door)
    }
}

/// How much was done.
#[derive(Default)]
pub struct Teller {
    verhalen: Cell<usize>,
    gebeurtenissen: Cell<usize>,
    geweigerd: Cell<usize>,
    te_laat_vastgelegd: Cell<usize>,
    overgangen: Cell<usize>,
    na_dienst: Cell<usize>,
    onderling: Cell<usize>,
    verplaatst: Cell<usize>,
    gesloten: Cell<usize>,
}

fn meer(teller: &Cell<usize>, aantal: usize) {
    teller.set(teller.get() + aantal);
}

fn vertel(regio: &Regio, begin: Instant, stappen: &[Stap], controle: &Controle, teller: &Teller) -> Result<(), Fout> {
    let zaak = Zaak::nieuw(regio, afspraken());
    let mut verteller = Verteller { zaak, organisaties: organisaties(regio) };
    let mut nu = begin;
    for stap in stappen {
        nu = na(nu, stap.wacht);
        let (commando, eigenlijk) = verteller.commando(&stap.wat, nu);
        let door = match stap.door_ander {
            Some(ander) => verteller.organisaties[usize::from(ander) % verteller.organisaties.len()].clone(),
            None => eigenlijk,
        };
        if !verteller.mag_erbij(&door, &commando) {
            continue;
        }
        let wanneer = Wanneer { nu, gebeurd_op: voor(nu, stap.later), door: &door };
        let was = verteller.zaak.clone();
        match verteller.zaak.doe(&commando, wanneer) {
            Ok(aantal) => {
                meer(&teller.gebeurtenissen, aantal);
                controle.stap(&was, &verteller.zaak, &commando, wanneer)?;
                let late_melding = matches!(&commando, Commando::Meld(meld) if meld.ontvangen_op < nu);
                meer(&teller.te_laat_vastgelegd, usize::from(late_melding));
            }
            Err(weigering) => {
                meer(&teller.geweigerd, 1);
                controle.weigering(&was, &verteller.zaak, &commando, wanneer, &weigering)?;
            }
        }
    }
    controle.geheel(&verteller.zaak, &verteller.organisaties)?;
    let overdrachten = verteller.zaak.casus.overdrachten.iter();
    meer(&teller.overgangen, overdrachten.filter(|over| matches!(over.stand, Stand::Geaccepteerd(_))).count());
    let in_fase = |fase: Fase| {
        let alle = verteller.zaak.casus.overdrachten.iter();
        alle.filter(|over| over.fase == fase && over.overgegaan().is_some()).count()
    };
    meer(&teller.na_dienst, in_fase(Fase::NaDienst));
    meer(&teller.onderling, in_fase(Fase::Onderling));
    let verplaatst = verteller
        .zaak
        .casus
        .meldingen
        .iter()
        .filter(|m| m.verplaatsing != Verplaatsing::Geen || m.aankomst.is_some())
        .count();
    meer(&teller.verplaatst, verplaatst);
    meer(&teller.gesloten, usize::from(verteller.zaak.casus.sluiting.is_some()));
    meer(&teller.verhalen, 1);
    Ok(())
}

/// Runs stories from a fixed seed, so that what fails once fails always.
fn vertel_veel(verhalen: u32, controle: &Controle) -> (Result<(), String>, Teller) {
    let teller = Teller::default();
    let regio = prop_oneof![3 => Just(Regio::ijmond()), 3 => Just(Regio::nog()), 1 => Just(Regio::nhn())];
    let strategie = (regio, 0..BEGIN.len(), prop::collection::vec(stap(), 1..60));
    let config = ProptestConfig { cases: verhalen, failure_persistence: None, ..ProptestConfig::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let uitkomst = TestRunner::new_with_rng(config, rng).run(&strategie, |(regio, begin, stappen)| {
        vertel(&regio, t(BEGIN[begin]), &stappen, controle, &teller).map_err(TestCaseError::fail)
    });
    let uitkomst = uitkomst.map_err(|fout| match fout {
        TestError::Fail(reden, (regio, begin, stappen)) => {
            format!("{reden}\nin {} vanaf {}:\n{stappen:#?}", regio.naam, BEGIN[begin])
        }
        TestError::Abort(reden) => reden.to_string(),
    });
    (uitkomst, teller)
}

#[test]
fn in_elk_verhaal_klopt_de_lijn_blijft_het_verleden_en_ziet_niemand_te_veel() {
    let ((uitkomst, teller), seconden) = gemeten(|| vertel_veel(1_200, &Controle::ECHT));
    println!(
        "verhalen: {} verhalen, {} gebeurtenissen, {} weigeringen, {} overgangen, {} late meldingen, {} sluitingen, {} na een dienst, {} onderling, {} verplaatst, {seconden:.1} s",
        teller.verhalen.get(),
        teller.gebeurtenissen.get(),
        teller.geweigerd.get(),
        teller.overgangen.get(),
        teller.te_laat_vastgelegd.get(),
        teller.gesloten.get(),
        teller.na_dienst.get(),
        teller.onderling.get(),
        teller.verplaatst.get(),
    );
    assert!(uitkomst.is_ok(), "{}", uitkomst.unwrap_err());
    assert!(teller.gebeurtenissen.get() > 8_000 && teller.geweigerd.get() > 8_000);
    assert!(teller.na_dienst.get() > 40 && teller.verplaatst.get() > 200);
    assert!(teller.overgangen.get() > 150 && teller.te_laat_vastgelegd.get() > 400 && teller.gesloten.get() > 80);
}

#[test]
fn een_ingebouwde_fout_wordt_in_de_verhalen_gevonden() {
    for (naam, controle, woord) in Controle::mutanten() {
        let (uitkomst, teller) = vertel_veel(800, &controle);
        let fout = uitkomst.expect_err(naam);
        println!("verhalen, mutant {naam}: gevangen na {} verhalen", teller.verhalen.get());
        assert!(fout.contains(woord), "{naam}: {fout}");
    }
}
