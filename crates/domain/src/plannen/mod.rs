//! The plan of a household: conditions that Veilig Thuis sets, agreements on who does what where and when, and the plans
//! that lead from direct safety to recovery.
//!
//! A household has one plan. Every organisation writes its own parts of it and replaces only those; what it replaced
//! stays in the history. Whether a condition holds is looked at again and again, and each time stands on record.

mod regels;
mod stel_op;

use crate::{
    afspraak::{Bundels, Planfase},
    besluit::{Context, Uitslag},
    casus::{Casus, Feit},
    gebeurtenis::{Afwijking, Gebeurtenis, als_str},
    ids::{OrganisatieId, PlanId, PlanregelId},
    tijd::{Datum, Instant},
    tijdlijn::tijdlijn,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Acts on the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plancommando {
    StelPlanOp(StelPlanOp),
    EvalueerPlan { plan: PlanId, oordeel: Planoordeel, volgende: Option<Datum> },
    StelVoorwaarde { regel: PlanregelId, uiterlijk: Option<Datum>, met_gezin: bool, reden: bool },
    MaakVeiligheidsafspraak(MaakVeiligheidsafspraak),
    ToetsPlanregel { regel: PlanregelId, naleving: Naleving },
    BeeindigPlanregel { regel: PlanregelId, reden: bool },
}

/// An organisation draws up its part of the plan, or draws it up anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StelPlanOp {
    pub plan: PlanId,
    /// A key of `[plan]`.
    pub soort: String,
    /// Keys of the parts that are written.
    pub onderdelen: BTreeSet<String>,
    /// The day on which its goals must be met.
    pub termijn: Option<Datum>,
    /// The day on which it is looked at again.
    pub evaluatie: Option<Datum>,
    pub met_gezin: bool,
    pub reden: bool,
}

/// Somebody promises something concrete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaakVeiligheidsafspraak {
    pub regel: PlanregelId,
    /// The condition that it works out.
    pub voorwaarde: Option<PlanregelId>,
    /// What of it is filled.
    pub delen: BTreeSet<Afspraakdeel>,
    pub met_gezin: bool,
    pub reden: bool,
}

impl Plancommando {
    /// The name, as in agreements and on the wire.
    pub fn naam(&self) -> &'static str {
        match self {
            Plancommando::StelPlanOp(_) => "stel-plan-op",
            Plancommando::EvalueerPlan { .. } => "evalueer-plan",
            Plancommando::StelVoorwaarde { .. } => "stel-voorwaarde",
            Plancommando::MaakVeiligheidsafspraak(_) => "maak-veiligheidsafspraak",
            Plancommando::ToetsPlanregel { .. } => "toets-planregel",
            Plancommando::BeeindigPlanregel { .. } => "beeindig-planregel",
        }
    }
}

/// What happened to the plan. The words of it are sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "soort", rename_all = "kebab-case")]
pub enum Plangebeurtenis {
    PlanOpgesteld {
        plan: PlanId,
        plan_soort: String,
        onderdelen: BTreeSet<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        termijn: Option<Datum>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evaluatie: Option<Datum>,
        met_gezin: bool,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        afwijkingen: Vec<Afwijking>,
    },
    PlanGeevalueerd {
        plan: PlanId,
        oordeel: Planoordeel,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        volgende: Option<Datum>,
    },
    /// A result that must be reached.
    VoorwaardeGesteld {
        regel: PlanregelId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        uiterlijk: Option<Datum>,
        met_gezin: bool,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        afwijkingen: Vec<Afwijking>,
    },
    /// Who does what, where and when.
    VeiligheidsafspraakGemaakt {
        regel: PlanregelId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        voorwaarde: Option<PlanregelId>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        afwijkingen: Vec<Afwijking>,
    },
    PlanregelGetoetst {
        regel: PlanregelId,
        naleving: Naleving,
    },
    /// It does not hold any more; why is sealed.
    PlanregelBeeindigd {
        regel: PlanregelId,
    },
}

impl Plangebeurtenis {
    /// The rules that were passed with a reason.
    pub fn afwijkingen(&self) -> &[Afwijking] {
        match self {
            Plangebeurtenis::PlanOpgesteld { afwijkingen, .. }
            | Plangebeurtenis::VoorwaardeGesteld { afwijkingen, .. }
            | Plangebeurtenis::VeiligheidsafspraakGemaakt { afwijkingen, .. } => afwijkingen,
            Plangebeurtenis::PlanGeevalueerd { .. }
            | Plangebeurtenis::PlanregelGetoetst { .. }
            | Plangebeurtenis::PlanregelBeeindigd { .. } => &[],
        }
    }
}

/// What was found when a plan was looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Planoordeel {
    Voortzetten,
    /// It is drawn up anew.
    Bijstellen,
    /// Its goals are met.
    DoelenBehaald,
}

/// Whether a condition or agreement was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Naleving {
    Gehouden,
    Deels,
    NietGehouden,
}

/// What makes an agreement concrete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Afspraakdeel {
    Wie,
    Wat,
    Waar,
    Wanneer,
}

impl Afspraakdeel {
    pub const ALLE: [Afspraakdeel; 4] =
        [Afspraakdeel::Wie, Afspraakdeel::Wat, Afspraakdeel::Waar, Afspraakdeel::Wanneer];
}

als_str!(Planoordeel, Naleving, Afspraakdeel);

/// The plan as it stands, with everything that it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plannen {
    /// Every version of every part, oldest first.
    pub versies: Vec<Plan>,
    /// Conditions and agreements, oldest first.
    pub regels: Vec<Planregel>,
}

/// One version of the part of one organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub id: PlanId,
    pub feit: Feit,
    /// A key of `[plan]`.
    pub soort: String,
    pub onderdelen: BTreeSet<String>,
    pub termijn: Option<Datum>,
    pub evaluatie: Option<Datum>,
    pub met_gezin: bool,
    pub afwijkingen: Vec<Afwijking>,
    pub evaluaties: Vec<Evaluatie>,
}

/// It was looked at again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluatie {
    pub feit: Feit,
    pub oordeel: Planoordeel,
    pub volgende: Option<Datum>,
}

/// A condition, or an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planregel {
    pub id: PlanregelId,
    pub feit: Feit,
    pub soort: Regelsoort,
    /// The day by which a condition must be met.
    pub uiterlijk: Option<Datum>,
    pub afwijkingen: Vec<Afwijking>,
    pub toetsen: Vec<Toets>,
    pub beeindigd: Option<Feit>,
}

/// What a line of the plan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Regelsoort {
    Voorwaarde,
    Afspraak { bij: Option<PlanregelId> },
}

/// Somebody looked whether it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toets {
    pub feit: Feit,
    pub naleving: Naleving,
}

impl Plan {
    /// The days on which it is to be looked at, each with what set it.
    pub(crate) fn evaluatiedagen(&self) -> impl Iterator<Item = (&Feit, Datum)> {
        let latere = self.evaluaties.iter().filter_map(|eerder| Some((&eerder.feit, eerder.volgende?)));
        self.evaluatie.map(|dag| (&self.feit, dag)).into_iter().chain(latere)
    }
}

impl Planregel {
    pub fn is_voorwaarde(&self) -> bool {
        self.soort == Regelsoort::Voorwaarde
    }

    pub fn loopt(&self) -> bool {
        self.beeindigd.is_none()
    }

    /// How it was found last.
    pub fn naleving(&self) -> Option<Naleving> {
        self.toetsen.last().map(|toets| toets.naleving)
    }

    /// When it was first found to be kept.
    pub(crate) fn gehaald_op(&self) -> Option<Instant> {
        let gehouden = self.toetsen.iter().filter(|toets| toets.naleving == Naleving::Gehouden);
        gehouden.map(|toets| toets.feit.gebeurd_op).min()
    }
}

impl Plannen {
    pub fn is_leeg(&self) -> bool {
        self.versies.is_empty() && self.regels.is_empty()
    }

    pub fn plan(&self, id: PlanId) -> Option<&Plan> {
        self.versies.iter().find(|plan| plan.id == id)
    }

    pub fn regel(&self, id: PlanregelId) -> Option<&Planregel> {
        self.regels.iter().find(|regel| regel.id == id)
    }

    /// Of every part, the version that its organisation wrote last.
    pub fn geldend(&self) -> impl Iterator<Item = &Plan> {
        self.versies.iter().filter(|plan| self.opvolger(plan).is_none())
    }

    fn opvolger(&self, plan: &Plan) -> Option<&Plan> {
        self.versies.iter().find(|later| {
            later.feit.versie > plan.feit.versie
                && later.soort == plan.soort
                && later.feit.organisatie == plan.feit.organisatie
        })
    }

    /// Conditions and agreements that hold.
    pub fn lopende_regels(&self) -> impl Iterator<Item = &Planregel> {
        self.regels.iter().filter(|regel| regel.loopt())
    }

    /// In which phase the household is: directly safe once every condition is kept, in recovery once that is planned.
    pub fn fase(&self) -> Planfase {
        let mut voorwaarden = self.lopende_regels().filter(|regel| regel.is_voorwaarde()).peekable();
        let veilig =
            voorwaarden.peek().is_some() && voorwaarden.all(|regel| regel.naleving() == Some(Naleving::Gehouden));
        match self.geldend().any(|plan| plan.soort == "herstelplan") {
            true if veilig => Planfase::Herstel,
            _ if veilig => Planfase::StabieleVeiligheid,
            _ => Planfase::DirecteVeiligheid,
        }
    }

    /// Incidents that this version of a part has to answer: those that came while it was the last one, each instant once.
    pub(crate) fn incidenten_na<'a>(&self, plan: &Plan, incidenten: &'a [Feit]) -> Vec<&'a Feit> {
        let tot = self.opvolger(plan).map_or(u64::MAX, |later| later.feit.versie);
        let mut na: Vec<_> = incidenten.iter().filter(|feit| (plan.feit.versie..tot).contains(&feit.versie)).collect();
        na.dedup_by_key(|feit| feit.vastgelegd_op);
        na
    }

    /// The first look at this part after a version: by evaluating it, or by drawing it up anew, which whoever holds now
    /// may do with the part of whoever held before.
    pub(crate) fn herzien_na<'a>(&'a self, plan: &'a Plan, na: u64, houder: &OrganisatieId) -> Option<&'a Feit> {
        let anders = self.versies.iter().filter(|later| later.soort == plan.soort);
        let anders =
            anders.filter(|later| later.feit.organisatie == plan.feit.organisatie || later.feit.organisatie == *houder);
        let geevalueerd = plan.evaluaties.iter().map(|evaluatie| &evaluatie.feit);
        let alle = anders.map(|later| &later.feit).chain(geevalueerd);
        alle.filter(|feit| feit.versie > na).min_by_key(|feit| feit.versie)
    }

    pub(crate) fn feiten(&self) -> impl Iterator<Item = &Feit> {
        let plannen = self.versies.iter().flat_map(|plan| plan.evaluaties.iter().map(|evaluatie| &evaluatie.feit));
        let regels = self.regels.iter().flat_map(|regel| regel.toetsen.iter().map(|toets| &toets.feit));
        plannen.chain(regels)
    }

    pub(crate) fn feiten_mut(&mut self) -> impl Iterator<Item = &mut Feit> {
        let plannen = self.versies.iter_mut().flat_map(|plan| &mut plan.evaluaties).map(|een| &mut een.feit);
        let regels = self.regels.iter_mut().flat_map(|regel| &mut regel.toetsen).map(|een| &mut een.feit);
        plannen.chain(regels)
    }

    fn bij_regel(&mut self, id: PlanregelId, verander: impl FnOnce(&mut Planregel)) {
        if let Some(regel) = self.regels.iter_mut().find(|regel| regel.id == id) {
            verander(regel);
        }
    }
}

/// Who saw to the plan, one after the other: whoever held zicht, up to the last that was recorded.
pub(crate) struct Houders(Vec<(Instant, OrganisatieId)>);

impl Houders {
    /// `None` when there is no plan, or nobody ever held.
    pub(crate) fn van(casus: &Casus, bundels: &Bundels) -> Option<Self> {
        if casus.plannen.is_leeg() {
            return None;
        }
        let nu = casus.laatst_vastgelegd?;
        let spans = tijdlijn(casus, bundels).zicht.into_iter().filter(|span| span.van <= nu);
        let houders: Vec<_> = spans.filter_map(|span| Some((span.van, span.houder?))).collect();
        (!houders.is_empty()).then_some(Self(houders))
    }

    /// Who holds now, or held last.
    pub(crate) fn laatste(&self) -> Option<&OrganisatieId> {
        self.0.last().map(|(_, houder)| houder)
    }

    /// Who held at an instant, or last before it.
    pub(crate) fn op(&self, op: Instant) -> Option<&OrganisatieId> {
        let ervoor = self.0.iter().take_while(|(van, _)| *van <= op);
        ervoor.last().or(self.0.first()).map(|(_, houder)| houder)
    }
}

pub(crate) fn decide(casus: &Casus, commando: &Plancommando, context: &Context<'_>) -> Uitslag {
    let gebeurtenis = match commando {
        Plancommando::StelPlanOp(op) => stel_op::stel_plan_op(casus, op, context)?,
        Plancommando::EvalueerPlan { plan, oordeel, volgende } => {
            stel_op::evalueer_plan(casus, *plan, *oordeel, *volgende, context)?
        }
        Plancommando::StelVoorwaarde { regel, uiterlijk, met_gezin, reden } => {
            regels::stel_voorwaarde(casus, *regel, *uiterlijk, (*met_gezin, *reden), context)?
        }
        Plancommando::MaakVeiligheidsafspraak(afspraak) => regels::maak_afspraak(casus, afspraak, context)?,
        Plancommando::ToetsPlanregel { regel, naleving } => regels::toets_regel(casus, *regel, *naleving, context)?,
        Plancommando::BeeindigPlanregel { regel, reden } => regels::beeindig(casus, *regel, *reden, context)?,
    };
    Ok(vec![Gebeurtenis::Plan(gebeurtenis)])
}

pub(crate) fn evolve(plannen: &mut Plannen, feit: Feit, gebeurtenis: &Plangebeurtenis) {
    match gebeurtenis {
        Plangebeurtenis::PlanOpgesteld { plan, plan_soort, onderdelen, termijn, evaluatie, met_gezin, afwijkingen } => {
            plannen.versies.push(Plan {
                id: *plan,
                feit,
                soort: plan_soort.clone(),
                onderdelen: onderdelen.clone(),
                termijn: *termijn,
                evaluatie: *evaluatie,
                met_gezin: *met_gezin,
                afwijkingen: afwijkingen.clone(),
                evaluaties: Vec::new(),
            })
        }
        Plangebeurtenis::PlanGeevalueerd { plan, oordeel, volgende } => {
            if let Some(gevonden) = plannen.versies.iter_mut().find(|eerder| eerder.id == *plan) {
                gevonden.evaluaties.push(Evaluatie { feit, oordeel: *oordeel, volgende: *volgende });
            }
        }
        Plangebeurtenis::VoorwaardeGesteld { regel, uiterlijk, afwijkingen, .. } => plannen.regels.push(Planregel {
            id: *regel,
            feit,
            soort: Regelsoort::Voorwaarde,
            uiterlijk: *uiterlijk,
            afwijkingen: afwijkingen.clone(),
            toetsen: Vec::new(),
            beeindigd: None,
        }),
        Plangebeurtenis::VeiligheidsafspraakGemaakt { regel, voorwaarde, afwijkingen } => {
            plannen.regels.push(Planregel {
                id: *regel,
                feit,
                soort: Regelsoort::Afspraak { bij: *voorwaarde },
                uiterlijk: None,
                afwijkingen: afwijkingen.clone(),
                toetsen: Vec::new(),
                beeindigd: None,
            });
        }
        Plangebeurtenis::PlanregelGetoetst { regel, naleving } => {
            plannen.bij_regel(*regel, |regel| regel.toetsen.push(Toets { feit, naleving: *naleving }));
        }
        Plangebeurtenis::PlanregelBeeindigd { regel } => {
            plannen.bij_regel(*regel, |regel| regel.beeindigd = Some(feit));
        }
    }
}
