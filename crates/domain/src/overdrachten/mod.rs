//! Handovers: offer, content, acceptance, refusal, withdrawal.

mod aan_zet;
mod accepteer;
mod bied_aan;
mod gegevens;
mod tafel;
mod tegenvoorstel;
mod warm;
mod weiger;

pub use aan_zet::{Zet, aan_zet};
pub use bied_aan::fase_nu;
pub(crate) use tafel::eis_aan_tafel;
pub use tafel::{BespreekAanTafel, Bespreking, Tafelbesluit, tafelpartijen};
pub(crate) use warm::ontbrekende_punten;

use self::{
    accepteer::accepteer_overdracht,
    bied_aan::bied_overdracht_aan,
    gegevens::{bevestig_ontvangst_gegevens, noteer_mondelinge_bevestiging, verzend_gegevens, vul_inhoud_aan},
    tafel::bespreek_aan_tafel,
    tegenvoorstel::{aanvaard_tegenvoorstel, doe_tegenvoorstel, stuur_aanbod_door},
    warm::houd_warme_overdracht,
    weiger::{trek_overdracht_in, weiger_overdracht},
};
use crate::{
    afspraak::{Bundel, Fase},
    besluit::{Context, Uitslag},
    casus::{Casus, Feit},
    commando::Commando,
    gebeurtenis::{Aanwezige, Afwijking, Gebeurtenis, Oordelen, OverdrachtWijze, WeigerReden},
    ids::{AfspraakNaam, OrganisatieId, OverdrachtId},
    tijd::Datum,
    weigering::Code,
};
use std::collections::BTreeSet;

/// The acts on an offer.
pub(crate) fn bij_overdracht(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
    match commando {
        Commando::BiedOverdrachtAan(aanbod) => bied_overdracht_aan(casus, aanbod, context),
        Commando::VerzendGegevens { overdracht } => verzend_gegevens(casus, *overdracht, context),
        Commando::BevestigOntvangstGegevens { overdracht } => bevestig_ontvangst_gegevens(casus, *overdracht, context),
        Commando::NoteerMondelingeBevestiging { overdracht } => {
            noteer_mondelinge_bevestiging(casus, *overdracht, context)
        }
        Commando::AccepteerOverdracht { overdracht } => accepteer_overdracht(casus, *overdracht, context),
        Commando::WeigerOverdracht { overdracht, reden_code, reden } => {
            weiger_overdracht(casus, *overdracht, *reden_code, *reden, context)
        }
        Commando::TrekOverdrachtIn { overdracht, reden } => trek_overdracht_in(casus, *overdracht, *reden, context),
        Commando::DoeTegenvoorstel { overdracht, per, reden } => {
            doe_tegenvoorstel(casus, *overdracht, *per, *reden, context)
        }
        Commando::AanvaardTegenvoorstel { overdracht } => aanvaard_tegenvoorstel(casus, *overdracht, context),
        Commando::StuurAanbodDoor { overdracht, naar, reden } => {
            stuur_aanbod_door(casus, *overdracht, naar, *reden, context)
        }
        Commando::BespreekAanTafel(bespreking) => bespreek_aan_tafel(casus, bespreking, context),
        Commando::HoudWarmeOverdracht(gesprek) => houd_warme_overdracht(casus, gesprek, context),
        Commando::VulInhoudAan { overdracht, onderdelen, reden } => {
            vul_inhoud_aan(casus, *overdracht, onderdelen, *reden, context)
        }
        _ => Err(context.weiger(Code::Onbekend)),
    }
}

/// One offer to one accountable receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdracht {
    pub id: OverdrachtId,
    /// The offer; its bundle decides when zicht passes.
    pub feit: Feit,
    pub naar: OrganisatieId,
    pub wijze: OverdrachtWijze,
    pub onderdelen: BTreeSet<String>,
    pub gezin_geinformeerd: bool,
    pub afwijkingen: Vec<Afwijking>,
    /// The first time; sending or receiving again moves no term.
    pub verzonden: Option<Feit>,
    pub ontvangen: Option<Feit>,
    /// Spoken confirmations that Veilig Thuis noted; they move nothing.
    pub mondeling: Vec<Feit>,
    pub stand: Stand,
    /// In what situation it was offered.
    pub fase: Fase,
    /// Who gets content and a task beside zicht, and never holds.
    pub mede_ontvangers: BTreeSet<OrganisatieId>,
    pub oordelen: Option<Oordelen>,
    /// Zicht passes at the later of acceptance and complete content.
    pub wacht_op_inhoud: bool,
    /// Every mandatory part is with the receiver.
    pub compleet: Option<Feit>,
    pub warm: Option<WarmGesprek>,
    /// The receiver is the Veilig Thuis of this agreement.
    pub naar_afspraak: Option<AfspraakNaam>,
    pub tegenvoorstel: Option<Tegenvoorstel>,
    /// Who fits better, as the receiver said that refused.
    pub doorgestuurd: Option<OrganisatieId>,
    /// Every time that an overdrachtstafel talked about it, oldest first; the last decision holds.
    pub besproken: Vec<Bespreking>,
}

/// "Not now, but from this day on"; the last one counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tegenvoorstel {
    pub feit: Feit,
    pub per: Datum,
    pub aanvaard: Option<Feit>,
}

/// The talk of family, Veilig Thuis and receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WarmGesprek {
    pub feit: Feit,
    pub aanwezig: BTreeSet<Aanwezige>,
    pub punten: BTreeSet<String>,
    pub afwijkingen: Vec<Afwijking>,
}

/// How an offer stands. It never ends by time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stand {
    Open,
    Geaccepteerd(Feit),
    Geweigerd(Feit, WeigerReden),
    Ingetrokken(Feit),
}

impl Overdracht {
    /// What made zicht pass: the acceptance, or the later of acceptance and complete content.
    pub fn overgegaan(&self) -> Option<&Feit> {
        let Stand::Geaccepteerd(acceptatie) = &self.stand else {
            return None;
        };
        if !self.wacht_op_inhoud {
            return Some(acceptatie);
        }
        let compleet = self.compleet.as_ref()?;
        Some(if compleet.versie > acceptatie.versie { compleet } else { acceptatie })
    }

    /// Whether zicht can still pass by it.
    pub fn loopt(&self) -> bool {
        match self.stand {
            Stand::Open => true,
            Stand::Geaccepteerd(_) => self.overgegaan().is_none(),
            Stand::Geweigerd(..) | Stand::Ingetrokken(_) => false,
        }
    }

    /// The same offer, as another agreement lets zicht pass by it.
    pub(crate) fn volgens(mut self, casus: &Casus, bundel: &Bundel) -> Self {
        let Some(overgang) = bundel.overgang(self.fase, bundel.soort_van(&self.naar)) else { return self };
        self.wacht_op_inhoud = overgang.ook_inhoud;
        if self.wacht_op_inhoud && bied_aan::Inhoud::van(casus, &self.onderdelen, self.fase, bundel).is_compleet() {
            self.compleet = self.compleet.or_else(|| self.ontvangen.clone());
        }
        if let (true, Stand::Open, Some(verzonden)) = (overgang.bij_verzending, &self.stand, &self.verzonden) {
            self.stand = Stand::Geaccepteerd(verzonden.clone());
        }
        self
    }

    pub(crate) fn feiten(&self) -> impl Iterator<Item = &Feit> {
        let stand = match &self.stand {
            Stand::Open => None,
            Stand::Geaccepteerd(feit) | Stand::Geweigerd(feit, _) | Stand::Ingetrokken(feit) => Some(feit),
        };
        [Some(&self.feit), self.verzonden.as_ref(), self.ontvangen.as_ref(), stand].into_iter().flatten()
    }

    pub(crate) fn feiten_mut(&mut self) -> impl Iterator<Item = &mut Feit> {
        let stand = match &mut self.stand {
            Stand::Open => None,
            Stand::Geaccepteerd(feit) | Stand::Geweigerd(feit, _) | Stand::Ingetrokken(feit) => Some(feit),
        };
        [Some(&mut self.feit), self.verzonden.as_mut(), self.ontvangen.as_mut(), stand].into_iter().flatten()
    }
}

pub(crate) fn evolve(overdrachten: &mut Vec<Overdracht>, feit: Feit, gebeurtenis: &Gebeurtenis) {
    let mut bij = |id: &OverdrachtId, verander: &dyn Fn(&mut Overdracht, Feit)| {
        if let Some(overdracht) = overdrachten.iter_mut().find(|overdracht| overdracht.id == *id) {
            verander(overdracht, feit.clone());
        }
    };
    match gebeurtenis {
        Gebeurtenis::GegevensVerzonden { overdracht } => bij(overdracht, &|o, feit| {
            o.verzonden.get_or_insert(feit);
        }),
        Gebeurtenis::GegevensOntvangen { overdracht } => bij(overdracht, &|o, feit| {
            o.ontvangen.get_or_insert(feit);
        }),
        Gebeurtenis::MondelingeBevestigingGenoteerd { overdracht } => {
            bij(overdracht, &|o, feit| o.mondeling.push(feit))
        }
        Gebeurtenis::OverdrachtGeaccepteerd { overdracht } => {
            bij(overdracht, &|o, feit| o.stand = Stand::Geaccepteerd(feit));
        }
        Gebeurtenis::OverdrachtGeweigerd { overdracht, reden } => {
            bij(overdracht, &|o, feit| o.stand = Stand::Geweigerd(feit, *reden));
        }
        Gebeurtenis::OverdrachtIngetrokken { overdracht } => {
            bij(overdracht, &|o, feit| o.stand = Stand::Ingetrokken(feit));
        }
        Gebeurtenis::TegenvoorstelGedaan { overdracht, per } => {
            bij(overdracht, &|o, feit| o.tegenvoorstel = Some(Tegenvoorstel { feit, per: *per, aanvaard: None }));
        }
        Gebeurtenis::TegenvoorstelAanvaard { overdracht } => bij(overdracht, &|o, feit| {
            if let Some(voorstel) = o.tegenvoorstel.as_mut() {
                voorstel.aanvaard.get_or_insert(feit);
            }
        }),
        Gebeurtenis::AanbodDoorgestuurd { overdracht, naar } => {
            bij(overdracht, &|o, _| o.doorgestuurd = Some(naar.clone()));
        }
        Gebeurtenis::AanTafelBesproken { overdracht, bijeenkomst, aanwezig, besluit } => {
            bij(overdracht, &|o, feit| {
                let (aanwezig, besluit) = (aanwezig.clone(), besluit.clone());
                o.besproken.push(Bespreking { feit, bijeenkomst: *bijeenkomst, aanwezig, besluit });
            });
        }
        Gebeurtenis::InhoudAangevuld { overdracht, onderdelen } => {
            bij(overdracht, &|o, _| o.onderdelen.extend(onderdelen.iter().cloned()));
        }
        Gebeurtenis::InhoudCompleet { overdracht } => bij(overdracht, &|o, feit| {
            o.compleet.get_or_insert(feit);
        }),
        Gebeurtenis::WarmeOverdrachtGehouden { overdracht, aanwezig, punten, afwijkingen } => {
            bij(overdracht, &|o, feit| {
                let (aanwezig, punten) = (aanwezig.clone(), punten.clone());
                o.warm = Some(WarmGesprek { feit, aanwezig, punten, afwijkingen: afwijkingen.clone() });
            });
        }
        Gebeurtenis::OverdrachtAangeboden { .. } => overdrachten.extend(nieuw(feit, gebeurtenis)),
        _ => {}
    }
}

fn nieuw(feit: Feit, gebeurtenis: &Gebeurtenis) -> Option<Overdracht> {
    let Gebeurtenis::OverdrachtAangeboden {
        overdracht,
        naar,
        wijze,
        onderdelen,
        gezin_geinformeerd,
        afwijkingen,
        fase,
        mede_ontvangers,
        oordelen,
        wacht_op_inhoud,
        naar_afspraak,
    } = gebeurtenis
    else {
        return None;
    };
    Some(Overdracht {
        id: *overdracht,
        feit,
        naar: naar.clone(),
        wijze: *wijze,
        onderdelen: onderdelen.clone(),
        gezin_geinformeerd: *gezin_geinformeerd,
        afwijkingen: afwijkingen.clone(),
        verzonden: None,
        ontvangen: None,
        mondeling: Vec::new(),
        stand: Stand::Open,
        fase: *fase,
        mede_ontvangers: mede_ontvangers.clone(),
        oordelen: *oordelen,
        wacht_op_inhoud: *wacht_op_inhoud,
        compleet: None,
        warm: None,
        naar_afspraak: naar_afspraak.clone(),
        tegenvoorstel: None,
        doorgestuurd: None,
        besproken: Vec::new(),
    })
}
