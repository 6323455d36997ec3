//! When the parties do not agree: the ladder of who takes it up, the municipality that is told, and deviations from the
//! agreement on this casus that both accept.

mod afwijken;
mod opschalen;

use crate::{
    besluit::{Context, Uitslag},
    casus::{Casus, Feit},
    gebeurtenis::Gebeurtenis,
    ids::{AfwijkingId, OrganisatieId},
    tijd::Datum,
    weigering::{Code, Weigering},
};
pub use afwijken::{Ingang, ingangen};
use serde::{Deserialize, Serialize};

/// Acts between the parties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Afstemcommando {
    /// `stap`: a key of `[escalatie]`. With what it is about.
    SchaalOp {
        stap: String,
        reden: bool,
    },
    /// The managers decided.
    LegEscalatiebesluitVast,
    LegAntwoordGemeenteVast,
    StelAfwijkingVoor {
        afwijking: AfwijkingId,
        ingang: Ingang,
        uiterlijk: Option<Datum>,
        reden: bool,
    },
    BeantwoordAfwijking {
        afwijking: AfwijkingId,
        akkoord: bool,
        reden: bool,
    },
}

impl Afstemcommando {
    /// The name, as in agreements and on the wire.
    pub fn naam(&self) -> &'static str {
        match self {
            Afstemcommando::SchaalOp { .. } => "schaal-op",
            Afstemcommando::LegEscalatiebesluitVast => "leg-escalatiebesluit-vast",
            Afstemcommando::LegAntwoordGemeenteVast => "leg-antwoord-gemeente-vast",
            Afstemcommando::StelAfwijkingVoor { .. } => "stel-afwijking-voor",
            Afstemcommando::BeantwoordAfwijking { .. } => "beantwoord-afwijking",
        }
    }
}

/// What happened between the parties. What it is about is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "soort", rename_all = "kebab-case")]
pub enum Afstemgebeurtenis {
    Opgeschaald {
        stap: String,
    },
    /// The municipality was told that the agreements are not kept; nothing of the family goes along.
    GemeenteGeinformeerd {
        gemeente: OrganisatieId,
    },
    EscalatieBeslist,
    GemeenteGeantwoord,
    AfwijkingVoorgesteld {
        afwijking: AfwijkingId,
        ingang: Ingang,
        aan: OrganisatieId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        uiterlijk: Option<Datum>,
    },
    AfwijkingBeantwoord {
        afwijking: AfwijkingId,
        akkoord: bool,
    },
}

/// What stands between the parties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Afstemming {
    /// Steps of the ladder with when the matter was decided, oldest first.
    pub stappen: Vec<(Feit, String)>,
    pub besluiten: Vec<Feit>,
    pub kennisgevingen: Vec<Kennisgeving>,
    pub afwijkingen: Vec<Voorstel>,
}

/// The municipality was told, and said what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kennisgeving {
    pub feit: Feit,
    pub gemeente: OrganisatieId,
    pub geantwoord: Option<Feit>,
}

/// One side wants to do it differently on this casus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voorstel {
    pub id: AfwijkingId,
    pub feit: Feit,
    pub ingang: Ingang,
    /// Who must accept.
    pub aan: OrganisatieId,
    /// The day that a term gets instead.
    pub uiterlijk: Option<Datum>,
    pub antwoord: Option<(Feit, bool)>,
}

impl Voorstel {
    /// When both had accepted.
    pub fn aanvaard(&self) -> Option<&Feit> {
        self.antwoord.as_ref().filter(|(_, akkoord)| *akkoord).map(|(feit, _)| feit)
    }
}

impl Afstemming {
    /// The steps of the matter that is not decided yet.
    pub fn lopende_stappen(&self) -> impl Iterator<Item = &(Feit, String)> {
        let na = self.besluiten.last().map_or(0, |feit| feit.versie);
        self.stappen.iter().filter(move |(feit, _)| feit.versie > na)
    }

    /// Proposals that wait for an answer.
    pub fn open(&self) -> impl Iterator<Item = &Voorstel> {
        self.afwijkingen.iter().filter(|voorstel| voorstel.antwoord.is_none())
    }

    /// Whether both sides agreed that this rule does not hold on this casus.
    pub fn wijkt_af(&self, code: Code) -> bool {
        let aanvaard = self.afwijkingen.iter().filter(|voorstel| voorstel.aanvaard().is_some());
        aanvaard.into_iter().any(|voorstel| voorstel.ingang == Ingang::Regel(code))
    }

    /// Whether everything that refuses is a guideline from which both sides agreed to deviate.
    pub(crate) fn gaat_voor(&self, weigering: &Weigering) -> bool {
        let mut redenen = std::iter::once(&weigering.reden).chain(&weigering.ook);
        redenen.all(|reden| reden.soort.is_richtlijn() && self.wijkt_af(reden.code))
    }

    /// The last other day for a term on which both agreed.
    pub(crate) fn andere_termijn(&self, soort: &str) -> Option<(&Feit, Datum)> {
        let van_soort = |voorstel: &&Voorstel| matches!(&voorstel.ingang, Ingang::Termijn(eigen) if eigen == soort);
        let mut alle = self.afwijkingen.iter().rev().filter(van_soort);
        alle.find_map(|voorstel| Some((voorstel.aanvaard()?, voorstel.uiterlijk?)))
    }
}

pub(crate) fn decide(casus: &Casus, commando: &Afstemcommando, context: &Context<'_>) -> Uitslag {
    let gebeurtenissen = match commando {
        Afstemcommando::SchaalOp { stap, reden } => opschalen::schaal_op(casus, stap, *reden, context)?,
        Afstemcommando::LegEscalatiebesluitVast => vec![opschalen::beslis(casus, context)?],
        Afstemcommando::LegAntwoordGemeenteVast => vec![opschalen::gemeente_antwoordt(casus, context)?],
        Afstemcommando::StelAfwijkingVoor { afwijking, ingang, uiterlijk, reden } => {
            vec![afwijken::stel_voor(casus, *afwijking, (ingang, *uiterlijk), *reden, context)?]
        }
        Afstemcommando::BeantwoordAfwijking { afwijking, akkoord, reden } => {
            vec![afwijken::beantwoord(casus, *afwijking, *akkoord, *reden, context)?]
        }
    };
    Ok(gebeurtenissen.into_iter().map(Gebeurtenis::Afstemming).collect())
}

pub(crate) fn evolve(afstemming: &mut Afstemming, feit: Feit, gebeurtenis: &Afstemgebeurtenis) {
    match gebeurtenis {
        Afstemgebeurtenis::Opgeschaald { stap } => afstemming.stappen.push((feit, stap.clone())),
        Afstemgebeurtenis::GemeenteGeinformeerd { gemeente } => {
            afstemming.kennisgevingen.push(Kennisgeving { feit, gemeente: gemeente.clone(), geantwoord: None });
        }
        Afstemgebeurtenis::EscalatieBeslist => afstemming.besluiten.push(feit),
        Afstemgebeurtenis::GemeenteGeantwoord => {
            if let Some(eerste) = afstemming.kennisgevingen.iter_mut().find(|een| een.geantwoord.is_none()) {
                eerste.geantwoord = Some(feit);
            }
        }
        Afstemgebeurtenis::AfwijkingVoorgesteld { afwijking, ingang, aan, uiterlijk } => {
            afstemming.afwijkingen.push(Voorstel {
                id: *afwijking,
                feit,
                ingang: ingang.clone(),
                aan: aan.clone(),
                uiterlijk: *uiterlijk,
                antwoord: None,
            });
        }
        Afstemgebeurtenis::AfwijkingBeantwoord { afwijking, akkoord } => {
            if let Some(voorstel) = afstemming.afwijkingen.iter_mut().find(|eerder| eerder.id == *afwijking) {
                voorstel.antwoord.get_or_insert((feit, *akkoord));
            }
        }
    }
}
