//! Drawing up a part of the plan, and looking at it again.

use super::{Plangebeurtenis, Planoordeel, StelPlanOp};
use crate::{
    afspraak::{Bundel, Invulling, Planonderdeel},
    beoordelingen::{heeft_regel, toets},
    besluit::{Context, is_een_van},
    casus::Casus,
    ids::PlanId,
    tijd::Datum,
    weigering::{Code, Reden, Weigering},
};

pub(super) fn stel_plan_op(
    casus: &Casus,
    op: &StelPlanOp,
    context: &Context<'_>,
) -> Result<Plangebeurtenis, Weigering> {
    let bundel = context.bundel;
    let regel = bundel.inhoud.plan.get(&op.soort).ok_or_else(|| context.weiger(Code::Onbekend))?;
    let bekend = op.onderdelen.iter().all(|sleutel| regel.onderdelen.contains_key(sleutel));
    context.eis(bekend && casus.plannen.plan(op.plan).is_none(), Code::Onbekend)?;
    for dag in op.termijn.iter().chain(&op.evaluatie) {
        niet_voorbij(*dag, context)?;
    }
    let mut redenen = Vec::new();
    if !is_een_van(regel.opsteller, casus, context) {
        redenen.push(Reden::volgens(bundel, Code::NietBevoegd).met_clausule(&regel.clausule));
    }
    for (sleutel, deel) in regel.delen().into_iter().filter(|(sleutel, deel)| !is_er(casus, op, sleutel, deel)) {
        let reden = Reden::volgens(bundel, Code::PlanonderdeelOntbreekt).met_clausule(&deel.clausule);
        redenen.push(reden.met_ontbreekt(vec![sleutel.to_owned()]));
    }
    redenen.extend(zonder_gezin(bundel, op.met_gezin));
    Ok(Plangebeurtenis::PlanOpgesteld {
        plan: op.plan,
        plan_soort: op.soort.clone(),
        onderdelen: op.onderdelen.clone(),
        termijn: op.termijn,
        evaluatie: op.evaluatie,
        met_gezin: op.met_gezin,
        afwijkingen: toets(bundel, redenen, op.reden)?,
    })
}

/// A part can be there in words, or by what stands in the plan already.
fn is_er(casus: &Casus, op: &StelPlanOp, sleutel: &str, deel: &Planonderdeel) -> bool {
    match deel.invulling {
        Invulling::Woorden => op.onderdelen.contains(sleutel),
        Invulling::Afspraken => casus.plannen.lopende_regels().any(|regel| !regel.is_voorwaarde()),
        Invulling::Termijn => op.termijn.is_some(),
        Invulling::Evaluatie => op.evaluatie.is_some(),
    }
}

pub(super) fn zonder_gezin(bundel: &Bundel, met_gezin: bool) -> Option<Reden> {
    (!met_gezin && heeft_regel(bundel, Code::ZonderGezin)).then(|| Reden::volgens(bundel, Code::ZonderGezin))
}

/// A day that is still to come, or today.
pub(super) fn niet_voorbij(dag: Datum, context: &Context<'_>) -> Result<(), Weigering> {
    context.eis(dag.0 >= context.nu.dag(), Code::DagVoorbij)
}

/// Goals that are met ask for no further look; else the next day may be set at once.
pub(super) fn evalueer_plan(
    casus: &Casus,
    plan: PlanId,
    oordeel: Planoordeel,
    volgende: Option<Datum>,
    context: &Context<'_>,
) -> Result<Plangebeurtenis, Weigering> {
    let geldend = casus.plannen.geldend().any(|eerder| eerder.id == plan);
    context.eis(geldend, Code::Onbekend)?;
    if let Some(dag) = volgende {
        niet_voorbij(dag, context)?;
    }
    Ok(Plangebeurtenis::PlanGeevalueerd { plan, oordeel, volgende })
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use crate::{commando::Commando, proef::*, termijnen::Status, weigering::Code};
    use uuid::Uuid;

    fn dag(tekst: &str) -> Datum {
        Datum(tekst.parse().unwrap())
    }

    fn plan(verhaal: &Verhaal, soort: &str) -> StelPlanOp {
        let regel = &verhaal.bundel().inhoud.plan[soort];
        StelPlanOp {
            plan: PlanId(Uuid::from_u128(900 + verhaal.stroom().len() as u128)),
            soort: soort.into(),
            onderdelen: regel.onderdelen.keys().cloned().collect(),
            termijn: Some(dag("2026-09-01")),
            evaluatie: Some(dag("2026-06-01")),
            met_gezin: true,
            reden: false,
        }
    }

    fn stel_op(plan: StelPlanOp) -> Commando {
        Commando::Plan(Plancommando::StelPlanOp(plan))
    }

    fn afspraak(verhaal: &Verhaal) -> Commando {
        Commando::Plan(Plancommando::MaakVeiligheidsafspraak(MaakVeiligheidsafspraak {
            regel: PlanregelId(Uuid::from_u128(800 + verhaal.stroom().len() as u128)),
            voorwaarde: None,
            delen: Afspraakdeel::ALLE.into(),
            met_gezin: true,
            reden: false,
        }))
    }

    fn team() -> Verhaal {
        overgedragen("ijmond", "cjg-kennemerland").op("2026-04-01 09:00").door("cjg-kennemerland")
    }

    #[test]
    fn wat_in_het_plan_hoort_is_er_in_woorden_of_doordat_het_er_al_staat() {
        let team = team();
        let volledig = plan(&team, "ondersteuningsplan");
        let weigering = team.probeer(&stel_op(volledig.clone())).geweigerd(Code::PlanonderdeelOntbreekt);
        assert_eq!((weigering.reden.clausule.als_str(), weigering.mag_met_reden), ("IJM-4.2.a", false));
        assert_eq!(weigering.reden.ontbreekt, ["afspraken"]);
        let team = team.doe(&afspraak(&team));
        team.probeer(&stel_op(volledig.clone())).toegestaan();
        let mut zonder = volledig.clone();
        zonder.onderdelen.remove("gevolgen");
        zonder.reden = true;
        let weigering = team.probeer(&stel_op(zonder)).geweigerd(Code::PlanonderdeelOntbreekt);
        assert_eq!(weigering.reden.ontbreekt, ["gevolgen"]);
        let geen_dag = StelPlanOp { evaluatie: None, ..volledig.clone() };
        let weigering = team.probeer(&stel_op(geen_dag)).geweigerd(Code::PlanonderdeelOntbreekt);
        assert_eq!(weigering.reden.ontbreekt, ["evaluatie"]);
        let gisteren = StelPlanOp { evaluatie: Some(dag("2026-03-31")), ..volledig };
        team.probeer(&stel_op(gisteren)).geweigerd(Code::DagVoorbij);
    }

    #[test]
    fn elk_schrijft_het_eigen_deel_en_alleen_wie_het_opstelt() {
        let team = team();
        let team = team.doe(&afspraak(&team));
        let vt = team.door_vt();
        let weigering = vt.probeer(&stel_op(plan(&vt, "ondersteuningsplan"))).geweigerd(Code::NietBevoegd);
        assert_eq!(weigering.reden.clausule.als_str(), "IJM-4.2.b");
        let vt = vt.doe(&stel_op(plan(&vt, "veiligheidsplan")));
        let beide = vt.door("cjg-kennemerland").doe(&stel_op(plan(&vt.door("cjg-kennemerland"), "veiligheidsplan")));
        assert_eq!(beide.staat().plannen.geldend().count(), 2);
        let nieuwer = beide.doe(&stel_op(plan(&beide, "veiligheidsplan")));
        assert_eq!((nieuwer.staat().plannen.geldend().count(), nieuwer.staat().plannen.versies.len()), (2, 3));
    }

    #[test]
    fn zonder_gezin_alleen_met_een_reden() {
        let team = team();
        let team = team.doe(&afspraak(&team));
        let mut alleen = StelPlanOp { met_gezin: false, ..plan(&team, "veiligheidsplan") };
        let weigering = team.probeer(&stel_op(alleen.clone())).geweigerd(Code::ZonderGezin);
        assert_eq!((weigering.reden.clausule.als_str(), weigering.mag_met_reden), ("IJM-1.2.b", true));
        alleen.reden = true;
        team.probeer(&stel_op(alleen)).toegestaan();
    }

    #[test]
    fn een_evaluatie_heeft_een_dag_en_een_nieuwe_na_de_vorige() {
        let team = team();
        let team = team.doe(&afspraak(&team));
        let team = team.doe(&stel_op(plan(&team, "veiligheidsplan")));
        assert_eq!(team.status("evaluatie-plan", "2026-06-01 23:59"), Status::Open);
        assert_eq!(team.status("evaluatie-plan", "2026-06-02 00:00"), Status::TeLaat);
        assert_eq!(team.termijn("evaluatie-plan").unwrap().wie, "cjg-kennemerland".into());
        let plan = team.staat().plannen.versies[0].id;
        let volgende = Some(dag("2026-08-01"));
        let kijk = |oordeel, volgende| Commando::Plan(Plancommando::EvalueerPlan { plan, oordeel, volgende });
        let gedaan = team.op("2026-05-28 09:00").doe(&kijk(Planoordeel::Voortzetten, None));
        assert_eq!(gedaan.status("evaluatie-plan", "2026-07-01 00:00"), Status::Gehaald);
        let weer = gedaan.op("2026-05-29 09:00").doe(&kijk(Planoordeel::Voortzetten, volgende));
        assert_eq!(weer.status("evaluatie-plan", "2026-08-01 23:59"), Status::Open);
        assert_eq!(weer.status("evaluatie-plan", "2026-08-02 00:00"), Status::TeLaat);
    }

    #[test]
    fn na_een_incident_wordt_het_veiligheidsplan_aangescherpt_door_wie_het_zicht_heeft() {
        let team = team();
        let team = team.doe(&afspraak(&team));
        let team = team.doe(&stel_op(plan(&team, "veiligheidsplan"))).op("2026-05-06 20:00");
        assert!(team.termijn("plan-na-incident").is_none());
        let incident = team.doe(&Commando::LegIncidentVast);
        let termijn = incident.termijn("plan-na-incident").unwrap();
        assert_eq!((termijn.clausule.als_str(), termijn.wie.als_str()), ("LND-19.a", "cjg-kennemerland"));
        assert_eq!(incident.status("plan-na-incident", "2026-05-13 23:59"), Status::Open);
        assert_eq!(incident.status("plan-na-incident", "2026-05-15 00:00"), Status::TeLaat);
        let over = incident.op("2026-05-07 09:00").door_vt().doe(&Commando::NeemZichtOver { reden: true });
        assert_eq!(over.termijn("plan-na-incident").unwrap().wie.als_str(), "veilig-thuis-kennemerland");
        let nieuw = plan(&over, "veiligheidsplan");
        let scherper = over.op("2026-05-08 09:00").doe(&stel_op(nieuw));
        assert_eq!(scherper.status("plan-na-incident", "2026-06-01 00:00"), Status::Gehaald);
    }
}
