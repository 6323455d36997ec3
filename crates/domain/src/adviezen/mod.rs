//! Advice of Veilig Thuis to a professional: registered on who asks, never on a family.
//!
//! There is no place for a family here: no person, no household, no municipality of theirs, no casus. A report that grows
//! out of it names the number of the advice; the advice does not name the report.

use crate::{
    beoordelingen::{heeft_regel, toets},
    besluit::Context,
    gebeurtenis::{Afwijking, Vastlegging, als_str},
    ids::*,
    tijd::Instant,
    weigering::{Code, Reden, Weigering},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Every kind of event of an advice. The question and the answers are sealed for who asked and for Veilig Thuis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "soort", rename_all = "kebab-case")]
pub enum Gebeurtenis {
    AdviesGevraagd {
        vrager: OrganisatieId,
        /// Who asked, when that worker has an account; the name is sealed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        medewerker: Option<MedewerkerId>,
        veilig_thuis: OrganisatieId,
        afspraak: AfspraakNaam,
        wijze: Wijze,
        /// Keys of `[adviesvorm]`: the support that is asked for.
        vormen: BTreeSet<String>,
        toestemming: Toestemming,
        afwijkingen: Vec<Afwijking>,
    },
    AdviesGegeven {
        /// The support that Veilig Thuis gives or agreed on.
        vormen: BTreeSet<String>,
        /// Nothing more is to come.
        laatste: bool,
    },
    /// Who asked decided to report. The report knows this advice, not the other way round.
    AdviesWerdMelding,
}

/// What somebody wants to do with an advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Commando {
    VraagAdvies(VraagAdvies),
    GeefAdvies { vormen: BTreeSet<String>, laatste: bool },
    MaakMeldingVanAdvies,
}

/// Somebody asks, or Veilig Thuis writes down who asked by phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VraagAdvies {
    pub vrager: OrganisatieId,
    pub medewerker: Option<MedewerkerId>,
    pub wijze: Wijze,
    pub vormen: BTreeSet<String>,
    pub toestemming: Toestemming,
    /// What in the text looks like a name, a number or an address; the texts themselves do not come in here.
    pub noemt: Vec<String>,
    /// The worker looked, and it is none of these.
    pub toch: bool,
}

impl Commando {
    /// The name on the wire, in the access log and in the agreements.
    pub fn naam(&self) -> &'static str {
        match self {
            Commando::VraagAdvies(_) => "vraag-advies",
            Commando::GeefAdvies { .. } => "geef-advies",
            Commando::MaakMeldingVanAdvies => "maak-melding-van-advies",
        }
    }

    /// Every name that [`Self::naam`] can give.
    pub const NAMEN: &'static [&'static str] = &["vraag-advies", "geef-advies", "maak-melding-van-advies"];
}

/// How the question came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wijze {
    Formulier,
    Telefoon,
}

/// Whether the family knows that advice is asked; if not, why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Toestemming {
    Ja,
    /// It was not asked, and no ground is given.
    Nee,
    Geweigerd,
    GevaarVoorKind,
    GevaarVoorBeroepskracht,
    SchaadtVertrouwen,
}

als_str!(Wijze, Toestemming);

/// An advice as its events made it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Advies {
    pub versie: u64,
    pub laatst_vastgelegd: Option<Instant>,
    pub vraag: Option<Vraag>,
    pub antwoorden: Vec<Antwoord>,
    pub afgerond: bool,
    pub werd_melding: Option<Instant>,
}

/// The question, without its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vraag {
    pub op: Instant,
    pub vrager: OrganisatieId,
    pub medewerker: Option<MedewerkerId>,
    pub veilig_thuis: OrganisatieId,
    pub afspraak: AfspraakNaam,
    pub wijze: Wijze,
    pub vormen: BTreeSet<String>,
    pub toestemming: Toestemming,
    pub afwijkingen: Vec<Afwijking>,
}

/// One answer, without its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Antwoord {
    pub versie: u64,
    pub op: Instant,
    pub vormen: BTreeSet<String>,
}

/// Applies one event. It holds no rule.
#[must_use]
pub fn evolve(mut advies: Advies, vastlegging: &Vastlegging<Gebeurtenis>) -> Advies {
    let (versie, op) = (vastlegging.versie, vastlegging.gebeurd_op);
    advies.versie = versie;
    advies.laatst_vastgelegd = Some(vastlegging.vastgelegd_op);
    match vastlegging.gebeurtenis.clone() {
        Gebeurtenis::AdviesGevraagd {
            vrager,
            medewerker,
            veilig_thuis,
            afspraak,
            wijze,
            vormen,
            toestemming,
            afwijkingen,
        } => {
            advies.vraag =
                Some(Vraag { op, vrager, medewerker, veilig_thuis, afspraak, wijze, vormen, toestemming, afwijkingen });
        }
        Gebeurtenis::AdviesGegeven { vormen, laatste } => {
            advies.antwoorden.push(Antwoord { versie, op, vormen });
            advies.afgerond |= laatste;
        }
        Gebeurtenis::AdviesWerdMelding => advies.werd_melding = Some(op),
    }
    advies
}

impl Advies {
    /// The advice of a stream.
    pub fn uit(stroom: &[Vastlegging<Gebeurtenis>]) -> Self {
        stroom.iter().fold(Self::default(), evolve)
    }
}

/// Decides a command on an advice: the events that it leads to, or why not.
///
/// # Errors
/// A [`Weigering`] with code, clause and whether a reason passes it. Nothing has changed then.
pub fn decide(advies: &Advies, commando: &Commando, context: &Context<'_>) -> Result<Vec<Gebeurtenis>, Weigering> {
    context.eis(context.gebeurd_op <= context.nu, Code::TijdstipInDeToekomst)?;
    Ok(vec![match (commando, &advies.vraag) {
        (Commando::VraagAdvies(vraag), None) => vraag_advies(vraag, context)?,
        (Commando::GeefAdvies { vormen, laatste }, Some(vraag)) => {
            context.eis(*context.organisatie == vraag.veilig_thuis, Code::NietUwAdvies)?;
            context.eis(!advies.afgerond, Code::AdviesGesloten)?;
            bekend(vormen, context)?;
            Gebeurtenis::AdviesGegeven { vormen: vormen.clone(), laatste: *laatste }
        }
        (Commando::MaakMeldingVanAdvies, Some(vraag)) => {
            context.eis(*context.organisatie == vraag.vrager, Code::NietUwAdvies)?;
            Gebeurtenis::AdviesWerdMelding
        }
        (Commando::VraagAdvies(_), Some(_)) | (_, None) => return Err(context.weiger(Code::Onbekend)),
    }])
}

fn bekend(vormen: &BTreeSet<String>, context: &Context<'_>) -> Result<(), Weigering> {
    let alle = &context.bundel.inhoud.adviesvorm;
    let onbekend: Vec<_> = vormen.iter().filter(|vorm| !alle.contains_key(*vorm)).cloned().collect();
    if onbekend.is_empty() {
        return Ok(());
    }
    Err(Weigering::om(Reden::volgens(context.bundel, Code::OnbekendeAdviesvorm).met_ontbreekt(onbekend)))
}

fn vraag_advies(vraag: &VraagAdvies, context: &Context<'_>) -> Result<Gebeurtenis, Weigering> {
    let veilig_thuis = context.bundel.veilig_thuis().cloned().ok_or_else(|| context.weiger(Code::Onbekend))?;
    bekend(&vraag.vormen, context)?;
    // Only Veilig Thuis writes down what somebody else asks.
    let neemt_op = *context.organisatie == veilig_thuis && vraag.wijze == Wijze::Telefoon;
    context.eis(vraag.vrager == *context.organisatie || neemt_op, Code::NietUwAdvies)?;
    let mut redenen = Vec::new();
    if vraag.toestemming == Toestemming::Nee && heeft_regel(context.bundel, Code::GeenToestemming) {
        redenen.push(Reden::volgens(context.bundel, Code::GeenToestemming));
    }
    if !vraag.noemt.is_empty() && heeft_regel(context.bundel, Code::NoemtGegevens) {
        redenen.push(Reden::volgens(context.bundel, Code::NoemtGegevens).met_ontbreekt(vraag.noemt.clone()));
    }
    Ok(Gebeurtenis::AdviesGevraagd {
        vrager: vraag.vrager.clone(),
        medewerker: vraag.medewerker.clone(),
        veilig_thuis,
        afspraak: context.bundel.afspraak.clone(),
        wijze: vraag.wijze,
        vormen: vraag.vormen.clone(),
        toestemming: vraag.toestemming,
        afwijkingen: toets(context.bundel, redenen, vraag.toch)?,
    })
}

#[cfg(test)]
mod tests;
