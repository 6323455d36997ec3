//! Terms, as an agreement has them: anchor, length, who must act, and the act that meets them.

use super::{Fase, PartijSoort, Wie};
use crate::{
    ids::ClausuleId,
    tijd::{Eenheid, Instant, Kalender, Telling},
};
use serde::{Deserialize, Serialize};

/// The instant from which a term runs.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Anker {
    OntvangstMelding,
    BeoordelingPlaatsgevonden,
    GegevensOntvangen,
    DocumentVerzonden,
    ZichtOvergegaan,
    /// The talk of family, Veilig Thuis and receiver.
    WarmeOverdracht,
    /// The first feedback to the reporter, given or due.
    EersteTerugkoppeling,
    /// Veilig Thuis has nothing more to do in the casus.
    EindeBetrokkenheid,
    /// A letter to the family after the decision to hand over.
    BriefGezin,
    CrisisBegonnen,
    /// A day that was planned for monitoring.
    MonitormomentGepland,
    /// The day by which a safety condition must be met.
    VoorwaardeUiterlijk,
    /// The day on which a plan is looked at again.
    EvaluatieAfgesproken,
    /// An incident after a plan was made.
    IncidentNaPlan,
    /// The municipality was told that the agreements are not kept.
    GemeenteGeinformeerd,
    /// The receiver recorded an incident while the casus was monitored.
    IncidentTijdensMonitoring,
}

/// The act that meets a term.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Daad {
    BeoordelingAfgerond,
    GezinGeinformeerd,
    MelderTeruggekoppeld,
    ContactGezin,
    AfspraakGezin,
    OverdrachtGeaccepteerd,
    /// The moment of monitoring that carries the key of the term.
    Monitormoment,
    TweedeTerugkoppeling,
    EindTerugkoppeling,
    GegevensVerzonden,
    /// Contact with the family that was fed back to Veilig Thuis as well.
    ContactGezinTeruggekoppeld,
    CrisisGestabiliseerd,
    /// Somebody of the organisation does it.
    MedewerkerToegewezen,
    /// The safety condition was looked at and is met.
    VoorwaardeGehaald,
    /// The plan was looked at again, or drawn up anew.
    PlanHerzien,
    /// The municipality said what it does.
    GemeenteGeantwoord,
    VeiligThuisGeraadpleegd,
}

/// What makes a term lapse.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verval {
    Weigering,
    Intrekking,
    EindeMonitoring,
}

/// A term of the agreement, or (`geen`) the statement that there is none.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermijnRegel {
    /// As shown: `Veiligheidsbeoordeling`.
    pub naam: String,
    pub clausule: ClausuleId,
    /// The gap that says how the clause is read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hiaat: Option<ClausuleId>,
    /// No such term here; answered with the clause.
    #[serde(default)]
    pub geen: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anker: Option<Anker>,
    #[serde(default)]
    pub lengte: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eenheid: Option<Eenheid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wie: Option<Wie>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vervuld_door: Option<Daad>,
    #[serde(default)]
    pub vervalt_bij: Vec<Verval>,
    /// Kinds of receivers for whom it holds; empty means all.
    #[serde(default)]
    pub ontvangers: Vec<PartijSoort>,
    /// Situations of handover for which it holds; empty means every one.
    #[serde(default)]
    pub fasen: Vec<Fase>,
    /// The parties strive for it; it is no must. Shown as such.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub streven: bool,
    /// A moment instead of a bound: not before the day, late after it plus the tolerance.
    #[serde(default)]
    pub moment: bool,
    /// Tolerance after a moment, in working days.
    #[serde(default)]
    pub speling_werkdagen: i64,
    /// How many working days before its day a moment may be done.
    #[serde(default)]
    pub eerder_werkdagen: i64,
    /// Not for reporters whom Veilig Thuis does not know either.
    #[serde(default)]
    pub niet_bij_onbekende_melder: bool,
}

impl TermijnRegel {
    /// The due instant from an anchor; `None` where the agreement has no such term.
    pub fn tel(&self, kalender: &Kalender, anker: Instant) -> Option<Telling> {
        self.eenheid.filter(|_| !self.geen).map(|eenheid| kalender.tel(anker, self.lengte, eenheid))
    }

    /// The same without how it was counted.
    pub fn uiterlijk(&self, kalender: &Kalender, anker: Instant) -> Option<Instant> {
        self.eenheid.filter(|_| !self.geen).map(|eenheid| kalender.uiterlijk(anker, self.lengte, eenheid))
    }
}
