//! The acts on the plan, as they would be done properly.

use domain::{
    Casus, Commando, Context,
    afspraak::Plan,
    decide,
    ids::{PlanId, PlanregelId},
    plannen::*,
    tijd::Datum,
};
use uuid::Uuid;

pub(super) fn proef(naam: &str, casus: &Casus, context: &Context<'_>) -> Option<Commando> {
    let nieuw = PlanregelId(Uuid::nil());
    let lopende = || casus.plannen.lopende_regels().map(|regel| regel.id);
    Some(Commando::Plan(match naam {
        "stel-voorwaarde" => {
            Plancommando::StelVoorwaarde { regel: nieuw, uiterlijk: None, met_gezin: true, reden: false }
        }
        "maak-veiligheidsafspraak" => Plancommando::MaakVeiligheidsafspraak(MaakVeiligheidsafspraak {
            regel: nieuw,
            voorwaarde: None,
            delen: Afspraakdeel::ALLE.into(),
            met_gezin: true,
            reden: false,
        }),
        "toets-planregel" => Plancommando::ToetsPlanregel { regel: lopende().next()?, naleving: Naleving::Gehouden },
        "beeindig-planregel" => {
            // Whoever may end only agreements, ends one of those.
            let afspraken = casus.plannen.lopende_regels().filter(|regel| !regel.is_voorwaarde());
            let regel = afspraken.map(|regel| regel.id).chain(lopende()).next()?;
            Plancommando::BeeindigPlanregel { regel, reden: true }
        }
        "stel-plan-op" => return volledig(opstelbaar(casus, context).first()?, context),
        "evalueer-plan" => Plancommando::EvalueerPlan {
            plan: casus.plannen.geldend().next()?.id,
            oordeel: Planoordeel::Voortzetten,
            volgende: None,
        },
        _ => return None,
    }))
}

/// The kinds of plan that this organisation draws up, in their order.
pub(in crate::lezen) fn opstelbaar(casus: &Casus, context: &Context<'_>) -> Vec<String> {
    let mut alle: Vec<_> = context.bundel.inhoud.plan.iter().collect();
    alle.sort_by_key(|(_, plan)| plan.volgorde);
    let mag = |soort: &str| {
        let commando = volledig(soort, context);
        commando.is_some_and(|commando| match decide(casus, &commando, context) {
            Ok(_) => true,
            Err(weigering) => weigering.reden.code == domain::weigering::Code::PlanonderdeelOntbreekt,
        })
    };
    alle.into_iter().map(|(soort, _)| soort.clone()).filter(|soort| mag(soort)).collect()
}

fn volledig(soort: &str, context: &Context<'_>) -> Option<Commando> {
    let plan: &Plan = context.bundel.inhoud.plan.get(soort)?;
    let dag = Some(Datum(context.nu.dag()));
    Some(Commando::Plan(Plancommando::StelPlanOp(StelPlanOp {
        plan: PlanId(Uuid::nil()),
        soort: soort.to_owned(),
        onderdelen: plan.onderdelen.keys().cloned().collect(),
        termijn: dag,
        evaluatie: dag,
        met_gezin: true,
        reden: true,
    })))
}
