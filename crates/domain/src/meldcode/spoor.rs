//! What a track has become, which of its steps are done, and what is still to do.

use super::*;
use crate::{
    afspraak::Meldcodestap,
    gebeurtenis::Vastlegging,
    tijd::Instant,
    weigering::{Code, Reden},
};

/// A track as its events made it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spoor {
    pub versie: u64,
    pub laatst_vastgelegd: Option<Instant>,
    pub begin: Option<Begin>,
    pub signalen: Vec<Signaal>,
    pub kindcheck: Option<u32>,
    pub overleggen: Vec<Overleg>,
    pub gesprekken: Vec<Gesprek>,
    /// The last time that was weighed counts.
    pub weging: Option<Gewogen>,
    pub melden: Option<MeldBesluit>,
    pub hulp: Option<Hulp>,
    pub oud_besluit: Option<OudBesluit>,
    /// Whether each attempt to reach the family succeeded, oldest first.
    pub contactpogingen: Vec<bool>,
    pub gemeld_op: Option<Instant>,
    pub gesloten: Option<Sluitreden>,
}

/// How a track began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begin {
    pub op: Instant,
    pub kader: Kadernaam,
    pub client: Client,
    pub afspraak: AfspraakNaam,
    pub veilig_thuis: OrganisatieId,
    pub organisatie: OrganisatieId,
    pub uitvoerder: MedewerkerId,
    pub eindverantwoordelijke: bool,
    pub oude_stap_vijf: bool,
}

/// One signal; fact, interpretation and source are sealed apart from each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signaal {
    pub versie: u64,
    pub datum: Datum,
    pub bron: Signaalbron,
    pub onthulling: bool,
    pub vormen: BTreeSet<BijzondereVorm>,
}

/// One consultation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overleg {
    pub versie: u64,
    pub op: Instant,
    pub met: Overlegpartner,
    pub advies: Option<AdviesId>,
    pub vormen_besproken: bool,
}

/// One talk, or why there was none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gesprek {
    pub versie: u64,
    pub met: BTreeSet<Gesprekspartner>,
    pub gehouden: bool,
}

/// Step 4 as it was done last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gewogen {
    pub versie: u64,
    pub op: Instant,
    pub kader: Kadernaam,
    pub antwoorden: BTreeMap<String, Weegantwoord>,
    pub uitkomst: Uitkomst,
    pub vermoeden: bool,
    pub gevaar: bool,
    pub twijfel: bool,
}

/// The first decision of step 5.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeldBesluit {
    pub versie: u64,
    pub op: Instant,
    pub melden: bool,
    pub door_eindverantwoordelijke: bool,
    pub besproken: bool,
    pub afwijkingen: Vec<Afwijking>,
}

/// One step with its clauses and whether it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stap<'a> {
    pub sleutel: &'a str,
    pub regel: &'a Meldcodestap,
    pub klaar: bool,
}

/// Something that is still to do, by which rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Openstaand {
    pub reden: Reden,
    /// Whether nothing passes it.
    pub dwingend: bool,
}

/// Applies one event. It holds no rule.
#[must_use]
pub fn evolve(mut spoor: Spoor, vastlegging: &Vastlegging<Gebeurtenis>) -> Spoor {
    let (versie, op) = (vastlegging.versie, vastlegging.gebeurd_op);
    spoor.versie = versie;
    spoor.laatst_vastgelegd = Some(vastlegging.vastgelegd_op);
    match vastlegging.gebeurtenis.clone() {
        Gebeurtenis::SpoorBegonnen {
            kader,
            client,
            afspraak,
            veilig_thuis,
            uitvoerder,
            eindverantwoordelijke,
            oude_stap_vijf,
            afwijkingen: _,
        } => {
            let organisatie = vastlegging.organisatie.clone();
            spoor.begin = Some(Begin {
                op,
                kader,
                client,
                afspraak,
                veilig_thuis,
                organisatie,
                uitvoerder,
                eindverantwoordelijke,
                oude_stap_vijf,
            });
        }
        Gebeurtenis::SignaalVastgelegd { datum, bron, onthulling, vormen } => {
            spoor.signalen.push(Signaal { versie, datum, bron, onthulling, vormen });
        }
        Gebeurtenis::KindcheckGedaan { kinderen } => spoor.kindcheck = Some(kinderen),
        Gebeurtenis::OverlegGevoerd { met, advies, vormen_besproken } => {
            spoor.overleggen.push(Overleg { versie, op, met, advies, vormen_besproken });
        }
        Gebeurtenis::GesprekGevoerd { met, gehouden } => spoor.gesprekken.push(Gesprek { versie, met, gehouden }),
        Gebeurtenis::Gewogen { kader, antwoorden, uitkomst, vermoeden, gevaar, twijfel } => {
            spoor.weging = Some(Gewogen { versie, op, kader, antwoorden, uitkomst, vermoeden, gevaar, twijfel });
            // What was decided rested on what was weighed before.
            (spoor.melden, spoor.hulp) = (None, None);
        }
        Gebeurtenis::MeldenBesloten { melden, door_eindverantwoordelijke, besproken, afwijkingen } => {
            spoor.melden = Some(MeldBesluit { versie, op, melden, door_eindverantwoordelijke, besproken, afwijkingen });
        }
        Gebeurtenis::HulpBesloten { hulp } => spoor.hulp = Some(hulp),
        Gebeurtenis::OudBesluitGenomen { besluit, .. } => spoor.oud_besluit = Some(besluit),
        Gebeurtenis::ContactpogingVastgelegd { gelukt, .. } => spoor.contactpogingen.push(gelukt),
        Gebeurtenis::MeldingGedaan => spoor.gemeld_op = Some(op),
        Gebeurtenis::SpoorAfgesloten { reden, .. } => spoor.gesloten = Some(reden),
    }
    spoor
}

impl Spoor {
    /// The track of a stream.
    pub fn uit(stroom: &[Vastlegging<Gebeurtenis>]) -> Self {
        stroom.iter().fold(Self::default(), evolve)
    }

    /// Whether Veilig Thuis was consulted, since an instant when one is given.
    pub fn sprak_veilig_thuis(&self, sinds: Option<Instant>) -> bool {
        let met_vt = |overleg: &&Overleg| overleg.met == Overlegpartner::VeiligThuis;
        self.overleggen.iter().filter(met_vt).any(|overleg| sinds.is_none_or(|sinds| overleg.op >= sinds))
    }

    /// Special forms of violence of which a signal speaks.
    pub fn bijzondere_vormen(&self) -> BTreeSet<BijzondereVorm> {
        self.signalen.iter().flat_map(|signaal| signaal.vormen.iter().copied()).collect()
    }

    /// Attempts in a row that did not succeed, up to now.
    pub fn vergeefs(&self) -> usize {
        self.contactpogingen.iter().rev().take_while(|gelukt| !**gelukt).count()
    }

    /// Whether the decision of step 5 is to report.
    pub fn besloot_te_melden(&self) -> bool {
        self.melden.as_ref().is_some_and(|besluit| besluit.melden) || self.oud_besluit == Some(OudBesluit::Melden)
    }

    fn is_klaar(&self, sleutel: &str) -> bool {
        let overlegd = |overleg: &Overleg| overleg.met != Overlegpartner::GeenCollega;
        match sleutel {
            "signalen" => !self.signalen.is_empty(),
            "overleg" => self.overleggen.iter().any(overlegd),
            "gesprek" => !self.gesprekken.is_empty(),
            "wegen" => self.weging.is_some(),
            "beslissen" => (self.melden.is_some() && self.hulp.is_some()) || self.oud_besluit.is_some(),
            _ => false,
        }
    }

    /// The steps in their order, each with its clauses.
    pub fn stappen<'a>(&self, bundel: &'a Bundel) -> Vec<Stap<'a>> {
        let alle = bundel.inhoud.meldcodestap.iter();
        let mut stappen: Vec<_> =
            alle.map(|(sleutel, regel)| Stap { sleutel, regel, klaar: self.is_klaar(sleutel) }).collect();
        stappen.sort_by_key(|stap| stap.regel.volgorde);
        stappen
    }

    /// What is still to do, by the rules of this agreement; nothing once it is closed.
    pub fn openstaand(&self, bundel: &Bundel) -> Vec<Openstaand> {
        if self.begin.is_none() || self.gesloten.is_some() {
            return Vec::new();
        }
        let mut codes = besluit::voor_het_besluit(self);
        if self.melden.is_some() && self.hulp.is_none() {
            codes.push(Code::EerstBesluitOverMelden);
        }
        codes.extend(besluit::contact_ontbreekt(self).then_some(Code::ContactVeiligThuisOntbreekt));
        besluit::met_regel(bundel, codes)
            .into_iter()
            .map(|reden| Openstaand { dwingend: !reden.soort.is_richtlijn(), reden })
            .collect()
    }
}
