//! The exhaustive model check: one casus, Veilig Thuis, two receivers, two reports, a clock that ticks past the sixth
//! working day, crashes and duplicates. Every transition is made by the real `decide`, `evolve` and `tijdlijn`.
//!
//! Everybody may try everything at every instant, with ids that are fixed beforehand: so a late duplicate of a command,
//! an answer to a withdrawn offer and an act by the wrong party are ordinary attempts in every state.
//!
//! Which states count as one is said in `model_sleutel`.

use super::model_controle::{self, Eigenschap, Overgang};
use super::{
    model_regels::{Wereld, melding_id, overdracht_id},
    model_sleutel::sleutel,
};
use domain::{
    Casus, Commando, Vastlegging, afspraak::Fase, commando::*, gebeurtenis::*, ids::OrganisatieId, overdrachten::Stand,
    tijd::Instant, tijdlijn::Tijdlijn,
};
use stateright::{Model, Property};
use std::{
    collections::BTreeSet,
    hash::{Hash, Hasher},
    sync::Arc,
};

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Door {
    Vt,
    School,
    Huisarts,
    TeamA,
    TeamB,
}

/// One attempt. Numbers name a report or an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Poging {
    Meld(u8),
    ErkenSpoed(u8, Door),
    RondBeoordelingAf(u8, Door),
    Besluit(u8, BesluitKeus, Door),
    BiedAan(u8, Door, Door),
    Verzend(u8),
    Accepteer(u8, Door),
    Weiger(u8, Door),
    TrekIn(u8, Door),
    NoteerMondeling(u8),
    NeemOver(Door),
    HerstelBeoordeling(u8),
    HerstelAcceptatie(u8, Door),
    Sluit(Door),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BesluitKeus {
    Direct,
    Vervolg,
    Geen,
}

/// What can happen next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Actie {
    Tik,
    /// Decided; the process dies before committing and starts again from the log; the client sends it again.
    Doe(Poging),
}

/// A casus at a tick.
#[derive(Clone, Debug)]
pub struct Toestand {
    pub tik: usize,
    pub nu: Instant,
    pub stroom: Arc<Vec<Vastlegging>>,
    pub casus: Arc<Casus>,
    pub lijn: Arc<Tijdlijn>,
    /// Bits of the properties that the transition to here broke.
    pub gebroken: u32,
    sleutel: Arc<Vec<u8>>,
}

impl PartialEq for Toestand {
    fn eq(&self, ander: &Self) -> bool {
        self.sleutel == ander.sleutel
    }
}

impl Hash for Toestand {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.sleutel.hash(hasher);
    }
}

impl Toestand {
    fn nieuw(
        (tik, nu): (usize, Instant),
        stroom: Arc<Vec<Vastlegging>>,
        casus: Casus,
        lijn: Tijdlijn,
        gebroken: u32,
    ) -> Self {
        let sleutel = sleutel(tik, nu, &casus, &lijn, gebroken);
        Self { tik, nu, stroom, casus: Arc::new(casus), lijn: Arc::new(lijn), gebroken, sleutel: Arc::new(sleutel) }
    }
}

impl Wereld {
    pub fn wie(&self, door: Door) -> &OrganisatieId {
        match door {
            Door::Vt => &self.vt,
            Door::School => &self.school,
            Door::Huisarts => &self.huisarts,
            Door::TeamA => &self.regio.teams[0],
            Door::TeamB => &self.regio.teams[1],
        }
    }

    /// Who tries, and the command.
    pub fn commando(&self, stand: &Toestand, poging: Poging) -> (Door, Commando) {
        let overdracht = overdracht_id;
        match poging {
            Poging::Meld(nr) => (if nr == 1 { Door::School } else { Door::Huisarts }, self.meld(stand, nr)),
            Poging::ErkenSpoed(nr, door) => (door, Commando::ErkenSpoed { melding: melding_id(nr) }),
            Poging::RondBeoordelingAf(nr, door) => (door, self.beoordeling(nr)),
            Poging::Besluit(nr, keus, door) => (door, besluit(nr, keus)),
            Poging::BiedAan(nr, naar, door) => (door, self.aanbod(nr, naar)),
            Poging::Verzend(nr) => (Door::Vt, Commando::VerzendGegevens { overdracht: overdracht(nr) }),
            Poging::Accepteer(nr, door) => (door, Commando::AccepteerOverdracht { overdracht: overdracht(nr) }),
            Poging::Weiger(nr, door) => {
                let reden_code = WeigerReden::TeOnveilig;
                (door, Commando::WeigerOverdracht { overdracht: overdracht(nr), reden_code, reden: true })
            }
            Poging::TrekIn(nr, door) => (door, Commando::TrekOverdrachtIn { overdracht: overdracht(nr), reden: true }),
            Poging::NoteerMondeling(nr) => {
                (Door::Vt, Commando::NoteerMondelingeBevestiging { overdracht: overdracht(nr) })
            }
            Poging::NeemOver(door) => (door, Commando::NeemZichtOver { reden: true }),
            Poging::HerstelBeoordeling(nr) => {
                let melding = stand.casus.melding(melding_id(nr));
                let feit = melding.and_then(|melding| melding.beoordeling.as_ref()).map(|gedaan| gedaan.feit.versie);
                (Door::Vt, self.herstel(stand, feit))
            }
            Poging::HerstelAcceptatie(nr, door) => {
                let feit = stand.casus.overdracht(overdracht(nr)).and_then(|over| match &over.stand {
                    Stand::Geaccepteerd(feit) => Some(feit.versie),
                    Stand::Open | Stand::Geweigerd(..) | Stand::Ingetrokken(_) => None,
                });
                (door, self.herstel(stand, feit))
            }
            Poging::Sluit(door) => (door, sluit()),
        }
    }

    fn meld(&self, stand: &Toestand, nr: u8) -> Commando {
        let melder = if nr == 1 { &self.school } else { &self.huisarts };
        Commando::Meld(Meld {
            melding: melding_id(nr),
            ontvangen_op: self.tikken[stand.tik],
            melder: Melder::Beroepskracht { organisatie: Some(melder.clone()), beroepsgroep: "onderwijs".into() },
            openheid: Openheid::Open,
            contact: Contactduur::Doorlopend,
            spoed_gevraagd: false,
            gemeente: self.regio.gemeente.into(),
            personen: Vec::new(),
            gegevens: Default::default(),
            zonder_bron: false,
            reden: false,
        })
    }

    fn beoordeling(&self, nr: u8) -> Commando {
        let antwoorden = self.bundel.bundel.criteria().into_iter();
        Commando::RondBeoordelingAf {
            melding: melding_id(nr),
            taxatie: Taxatie::GeenAcuteOnveiligheid,
            antwoorden: BeantwoordCriteria {
                melding: melding_id(nr),
                antwoorden: antwoorden.map(|(sleutel, _)| (sleutel.to_owned(), Antwoord::Nee)).collect(),
                reden: true,
            },
        }
    }

    /// The first offer goes along with its content; the second one is sent later, by an act of its own.
    fn aanbod(&self, nr: u8, naar: Door) -> Commando {
        let tafel = self.regio.naam == "ijmond";
        Commando::BiedOverdrachtAan(BiedOverdrachtAan {
            overdracht: overdracht_id(nr),
            naar: self.wie(naar).clone(),
            wijze: if tafel { OverdrachtWijze::Overdrachtstafel } else { OverdrachtWijze::Telefoon },
            onderdelen: self
                .bundel
                .bundel
                .onderdelen(Fase::Direct)
                .iter()
                .map(|(sleutel, _)| (*sleutel).to_owned())
                .collect(),
            gezin_geinformeerd: true,
            verzonden: nr == 1,
            ontvangen: false,
            reden: false,
            mede_ontvangers: BTreeSet::new(),
            oordelen: None,
            naar_afspraak: None,
        })
    }

    fn herstel(&self, stand: &Toestand, versie: Option<u64>) -> Commando {
        let eerste = stand.casus.meldingen.iter().map(|melding| melding.ontvangen_op).min();
        Commando::HerstelVastlegging {
            versie: versie.unwrap_or(u64::MAX),
            gebeurd_op: eerste.unwrap_or(self.tikken[stand.tik]),
            reden: true,
        }
    }
}

fn besluit(nr: u8, keus: BesluitKeus) -> Commando {
    Commando::BesluitVervolg(BesluitVervolg {
        melding: melding_id(nr),
        besluit: match keus {
            BesluitKeus::Direct => BesluitSoort::DirecteOverdracht,
            BesluitKeus::Vervolg => BesluitSoort::VervolgBijVeiligThuis,
            BesluitKeus::Geen => BesluitSoort::GeenVerdereStappen,
        },
        voldoende_veilig: Some(true),
        overleg: Default::default(),
        toewijzing: Default::default(),
        reden: true,
    })
}

fn sluit() -> Commando {
    Commando::SluitCasus(SluitCasus {
        wijze: SluitingWijze::Gestopt,
        bevestigd: ["geen-hulp-of-contact".into(), "geen-nieuwe-zorgen".into()].into(),
        reden: false,
    })
}

/// Every attempt that is made in every state. Ids are fixed, so each is also a duplicate of itself later on.
fn pogingen() -> Vec<Poging> {
    use Door::*;
    let mut alle = vec![Poging::NeemOver(Vt), Poging::NeemOver(TeamA)];
    for nr in [1, 2] {
        alle.extend([
            Poging::Meld(nr),
            Poging::ErkenSpoed(nr, Vt),
            Poging::ErkenSpoed(nr, School),
            Poging::RondBeoordelingAf(nr, Vt),
            Poging::RondBeoordelingAf(nr, TeamA),
            Poging::Besluit(nr, BesluitKeus::Direct, Vt),
            Poging::Besluit(nr, BesluitKeus::Vervolg, Vt),
            Poging::Besluit(nr, BesluitKeus::Geen, Vt),
            Poging::BiedAan(nr, TeamA, Vt),
            Poging::BiedAan(nr, TeamB, Vt),
            Poging::BiedAan(nr, TeamB, TeamA),
            Poging::Verzend(nr),
            Poging::NoteerMondeling(nr),
            Poging::HerstelBeoordeling(nr),
        ]);
        alle.extend([TeamA, TeamB, Vt, School].map(|door| Poging::Accepteer(nr, door)));
        alle.extend([TeamA, TeamB, Vt].map(|door| Poging::Weiger(nr, door)));
        alle.extend([Vt, TeamA].map(|door| Poging::TrekIn(nr, door)));
        alle.extend([TeamA, TeamB].map(|door| Poging::HerstelAcceptatie(nr, door)));
    }
    alle.extend([Vt, School, TeamA, TeamB].map(Poging::Sluit));
    alle
}

impl Model for Wereld {
    type State = Toestand;
    type Action = Actie;

    fn init_states(&self) -> Vec<Toestand> {
        let leeg = Casus::default();
        let lijn = self.lijn(&leeg);
        vec![Toestand::nieuw((0, self.tikken[0]), Arc::default(), leeg, lijn, 0)]
    }

    fn actions(&self, stand: &Toestand, acties: &mut Vec<Actie>) {
        if stand.gebroken != 0 {
            return; // The shortest way to a broken property is enough.
        }
        if stand.casus.versie == 0 {
            return acties.push(Actie::Doe(Poging::Meld(1)));
        }
        if stand.tik + 1 < self.tikken.len() {
            acties.push(Actie::Tik);
        }
        acties.extend(pogingen().into_iter().map(Actie::Doe));
    }

    fn next_state(&self, voor: &Toestand, actie: Actie) -> Option<Toestand> {
        let nu = self.tikken[voor.tik];
        match actie {
            Actie::Tik => {
                let mut na = Toestand::nieuw(
                    (voor.tik + 1, self.tikken[voor.tik + 1]),
                    voor.stroom.clone(),
                    (*voor.casus).clone(),
                    self.lijn(&voor.casus),
                    0,
                );
                na = model_controle::oordeel(self, Overgang { voor, na, gedaan: None });
                Some(na)
            }
            Actie::Doe(poging) => {
                let (door, commando) = self.commando(voor, poging);
                let verloren = self.decide(&voor.casus, &commando, self.wie(door), nu).ok()?;
                let herstart = voor.stroom.iter().fold(Casus::default(), self.regels.evolve);
                let gebeurtenissen = self.decide(&herstart, &commando, self.wie(door), nu).ok()?;
                let zelfde =
                    herstart == *voor.casus && self.lijn(&herstart) == *voor.lijn && verloren == gebeurtenissen;
                let nieuw = self.vastleggingen(&voor.casus, gebeurtenissen, self.wie(door), nu);
                let casus = nieuw.iter().fold((*voor.casus).clone(), self.regels.evolve);
                let mut stroom = (*voor.stroom).clone();
                stroom.extend(nieuw.iter().cloned());
                let lijn = self.lijn(&casus);
                let na = Toestand::nieuw((voor.tik, nu), Arc::new(stroom), casus, lijn, 0);
                let gedaan = Some((poging, door, &nieuw[..]));
                let na = model_controle::oordeel(self, Overgang { voor, na, gedaan });
                Some(if zelfde { na } else { na.met_gebroken(1 << Eigenschap::Herstart as u32) })
            }
        }
    }

    fn properties(&self) -> Vec<Property<Self>> {
        model_controle::eigenschappen()
    }
}

impl Toestand {
    /// The same state, with what is broken in it.
    pub fn met_gebroken(self, gebroken: u32) -> Self {
        let sleutel = Arc::new(sleutel(self.tik, self.nu, &self.casus, &self.lijn, gebroken));
        Self { gebroken, sleutel, ..self }
    }
}
