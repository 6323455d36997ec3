//! A casus under construction: its log, and the agreements by which it runs.

use super::steun::{Regio, t};
use domain::{
    Casus, Commando, Context, Gebeurtenis, Vastlegging, Weigering,
    afspraak::{Afspraken, Bundels, GeldigeBundel},
    casus::evolve,
    commando::Meld,
    decide,
    gebeurtenis::*,
    ids::{MeldingId, OrganisatieId},
    tijd::Instant,
    tijdlijn::{Tijdlijn, tijdlijn},
};
use uuid::Uuid;

#[derive(Clone)]
pub struct Zaak<'a> {
    pub regio: Regio,
    pub afspraken: &'a Afspraken,
    pub bundels: Bundels,
    pub stroom: Vec<Vastlegging>,
    pub casus: Casus,
}

/// When and by whom.
#[derive(Clone, Copy, Debug)]
pub struct Wanneer<'a> {
    pub nu: Instant,
    pub gebeurd_op: Instant,
    pub door: &'a OrganisatieId,
}

impl<'a> Zaak<'a> {
    pub fn nieuw(regio: &Regio, afspraken: &'a Afspraken) -> Self {
        Self {
            regio: regio.clone(),
            afspraken,
            bundels: afspraken.bundels(),
            stroom: Vec::new(),
            casus: Casus::default(),
        }
    }

    pub fn geldig(&self, nu: Instant) -> &'a GeldigeBundel {
        self.afspraken.geldig(&self.regio.naam.into(), nu.dag()).unwrap()
    }

    pub fn vt(&self, nu: Instant) -> OrganisatieId {
        self.geldig(nu).bundel.veilig_thuis().unwrap().clone()
    }

    pub fn lijn(&self) -> Tijdlijn {
        tijdlijn(&self.casus, &self.bundels)
    }

    /// What the rules say, without recording it.
    pub fn probeer(&self, commando: &Commando, wanneer: Wanneer<'_>) -> Result<Vec<Gebeurtenis>, Weigering> {
        let geldig = self.geldig(wanneer.nu);
        let context = Context {
            nu: wanneer.nu,
            gebeurd_op: wanneer.gebeurd_op,
            organisatie: wanneer.door,
            medewerker: &"m1".into(),
            bundel: &geldig.bundel,
            bundel_hash: &geldig.hash,
            bundels: &self.bundels,
            noemt_melder: false,
        };
        decide(&self.casus, commando, &context)
    }

    /// Records what the rules lead to; how many events.
    pub fn doe(&mut self, commando: &Commando, wanneer: Wanneer<'_>) -> Result<usize, Weigering> {
        let gebeurtenissen = self.probeer(commando, wanneer)?;
        let aantal = gebeurtenissen.len();
        for gebeurtenis in gebeurtenissen {
            let vastlegging = Vastlegging {
                versie: self.casus.versie + 1,
                gebeurd_op: wanneer.gebeurd_op,
                vastgelegd_op: wanneer.nu,
                medewerker: "m1".into(),
                organisatie: wanneer.door.clone(),
                bundel: self.geldig(wanneer.nu).hash.clone(),
                gebeurtenis,
            };
            self.casus = evolve(std::mem::take(&mut self.casus), &vastlegging);
            self.stroom.push(vastlegging);
        }
        Ok(aantal)
    }

    /// A report by a professional, recorded when it arrives.
    pub fn meld(&self, nummer: u8, melder: &str, openheid: Openheid, op: &str) -> Self {
        let mut zaak = self.clone();
        let commando = melding(&zaak.regio, nummer, beroepskracht(melder), openheid, t(op));
        let door = melder.into();
        let wanneer = Wanneer { nu: t(op), gebeurd_op: t(op), door: &door };
        zaak.doe(&commando, wanneer).expect("a report is taken");
        zaak
    }
}

pub fn beroepskracht(organisatie: &str) -> Melder {
    Melder::Beroepskracht { organisatie: Some(organisatie.into()), beroepsgroep: "onderwijs".into() }
}

pub fn melding(regio: &Regio, nummer: u8, melder: Melder, openheid: Openheid, ontvangen_op: Instant) -> Commando {
    Commando::Meld(Meld {
        melding: MeldingId(Uuid::from_u128(u128::from(nummer))),
        ontvangen_op,
        melder,
        openheid,
        contact: Contactduur::Doorlopend,
        spoed_gevraagd: nummer.is_multiple_of(2),
        gemeente: regio.gemeente.into(),
        personen: Vec::new(),
        gegevens: Default::default(),
        zonder_bron: false,
        reden: false,
    })
}
