//! Conditions and agreements: set, kept or not, ended.

use super::{Afspraakdeel, MaakVeiligheidsafspraak, Naleving, Plangebeurtenis, Planregel, stel_op};
use crate::{
    beoordelingen::{heeft_regel, toets},
    besluit::Context,
    casus::Casus,
    ids::PlanregelId,
    tijd::Datum,
    weigering::{Code, Reden, Weigering},
};

/// A result that must be reached, and by when.
pub(super) fn stel_voorwaarde(
    casus: &Casus,
    regel: PlanregelId,
    uiterlijk: Option<Datum>,
    (met_gezin, reden): (bool, bool),
    context: &Context<'_>,
) -> Result<Plangebeurtenis, Weigering> {
    context.eis(casus.plannen.regel(regel).is_none(), Code::Onbekend)?;
    if let Some(dag) = uiterlijk {
        stel_op::niet_voorbij(dag, context)?;
    }
    let redenen = stel_op::zonder_gezin(context.bundel, met_gezin).into_iter().collect();
    let afwijkingen = toets(context.bundel, redenen, reden)?;
    Ok(Plangebeurtenis::VoorwaardeGesteld { regel, uiterlijk, met_gezin, afwijkingen })
}

/// Who does what, where and when; for a condition that holds, or by itself.
pub(super) fn maak_afspraak(
    casus: &Casus,
    afspraak: &MaakVeiligheidsafspraak,
    context: &Context<'_>,
) -> Result<Plangebeurtenis, Weigering> {
    let bundel = context.bundel;
    context.eis(casus.plannen.regel(afspraak.regel).is_none(), Code::Onbekend)?;
    if let Some(voorwaarde) = afspraak.voorwaarde {
        context.eis(lopende(casus, voorwaarde, context)?.is_voorwaarde(), Code::Onbekend)?;
    }
    let ontbreekt = Afspraakdeel::ALLE.iter().filter(|deel| !afspraak.delen.contains(deel));
    let ontbreekt: Vec<_> = ontbreekt.map(|deel| deel.als_str()).collect();
    let mut redenen = Vec::new();
    if !ontbreekt.is_empty() && heeft_regel(bundel, Code::AfspraakNietConcreet) {
        redenen.push(Reden::volgens(bundel, Code::AfspraakNietConcreet).met_ontbreekt(ontbreekt));
    }
    redenen.extend(stel_op::zonder_gezin(bundel, afspraak.met_gezin));
    Ok(Plangebeurtenis::VeiligheidsafspraakGemaakt {
        regel: afspraak.regel,
        voorwaarde: afspraak.voorwaarde,
        afwijkingen: toets(bundel, redenen, afspraak.reden)?,
    })
}

pub(super) fn toets_regel(
    casus: &Casus,
    regel: PlanregelId,
    naleving: Naleving,
    context: &Context<'_>,
) -> Result<Plangebeurtenis, Weigering> {
    lopende(casus, regel, context)?;
    Ok(Plangebeurtenis::PlanregelGetoetst { regel, naleving })
}

pub(super) fn beeindig(
    casus: &Casus,
    regel: PlanregelId,
    reden: bool,
    context: &Context<'_>,
) -> Result<Plangebeurtenis, Weigering> {
    let gevonden = lopende(casus, regel, context)?;
    // Who set a condition decides that it is needed no more; an agreement ends by whoever may make one.
    let mag = !gevonden.is_voorwaarde() || casus.veilig_thuis.as_ref() == Some(context.organisatie);
    if !mag {
        let stellen = context.bundel.inhoud.bevoegd.get("stel-voorwaarde");
        let weigering = Reden::volgens(context.bundel, Code::NietBevoegd);
        return Err(Weigering::om(match stellen {
            Some(stellen) => weigering.met_clausule(&stellen.clausule),
            None => weigering,
        }));
    }
    context.eis(reden, Code::RedenOntbreekt)?;
    Ok(Plangebeurtenis::PlanregelBeeindigd { regel })
}

fn lopende<'a>(casus: &'a Casus, regel: PlanregelId, context: &Context<'_>) -> Result<&'a Planregel, Weigering> {
    let gevonden = casus.plannen.regel(regel).ok_or_else(|| context.weiger(Code::Onbekend))?;
    context.eis(gevonden.loopt(), Code::PlanregelVoorbij)?;
    Ok(gevonden)
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use crate::{commando::Commando, proef::*, termijnen::Status, weigering::Code};
    use uuid::Uuid;

    fn voorwaarde(uiterlijk: Option<&str>) -> Commando {
        Commando::Plan(Plancommando::StelVoorwaarde {
            regel: PlanregelId(Uuid::from_u128(1)),
            uiterlijk: uiterlijk.map(|dag| Datum(dag.parse().unwrap())),
            met_gezin: true,
            reden: false,
        })
    }

    fn toets(naleving: Naleving) -> Commando {
        Commando::Plan(Plancommando::ToetsPlanregel { regel: PlanregelId(Uuid::from_u128(1)), naleving })
    }

    fn afspraak(delen: &[Afspraakdeel], voorwaarde: Option<u128>) -> MaakVeiligheidsafspraak {
        MaakVeiligheidsafspraak {
            regel: PlanregelId(Uuid::from_u128(2)),
            voorwaarde: voorwaarde.map(|id| PlanregelId(Uuid::from_u128(id))),
            delen: delen.iter().copied().collect(),
            met_gezin: true,
            reden: false,
        }
    }

    fn gesteld() -> Verhaal {
        let vt = na_dienst("ijmond", crate::gebeurtenis::DienstSoort::VoorwaardenEnVervolg).op("2026-04-02 09:00");
        vt.door_vt().doe(&voorwaarde(Some("2026-05-01")))
    }

    #[test]
    fn een_voorwaarde_stelt_veilig_thuis_en_zij_is_gehaald_als_iemand_zag_dat_het_zo_is() {
        let team = overgedragen("ijmond", "cjg-kennemerland").op("2026-04-02 09:00").door("cjg-kennemerland");
        let weigering = team.probeer(&voorwaarde(None)).geweigerd(Code::NietBevoegd);
        assert_eq!(weigering.reden.clausule.als_str(), "IJM-B2.i");
        let vt = gesteld();
        assert_eq!(vt.status("voorwaarde-gehaald", "2026-05-01 23:59"), Status::Open);
        assert_eq!(vt.status("voorwaarde-gehaald", "2026-05-02 00:00"), Status::TeLaat);
        let deels = vt.op("2026-04-10 09:00").doe(&toets(Naleving::Deels));
        assert_eq!(deels.status("voorwaarde-gehaald", "2026-05-02 00:00"), Status::TeLaat);
        assert_eq!(deels.staat().plannen.fase(), Planfase::DirecteVeiligheid);
        let gehaald = deels.op("2026-04-20 09:00").doe(&toets(Naleving::Gehouden));
        assert_eq!(gehaald.status("voorwaarde-gehaald", "2026-05-02 00:00"), Status::Gehaald);
        assert_eq!(gehaald.staat().plannen.fase(), Planfase::StabieleVeiligheid);
        // What was reached once can be lost again: the term stays met, the phase does not.
        let weer = gehaald.op("2026-06-20 09:00").doe(&toets(Naleving::NietGehouden));
        assert_eq!(weer.staat().plannen.fase(), Planfase::DirecteVeiligheid);
        assert_eq!(weer.status("voorwaarde-gehaald", "2026-07-02 00:00"), Status::Gehaald);
    }

    #[test]
    fn een_afspraak_zegt_wie_wat_waar_en_wanneer() {
        let vt = gesteld();
        let maak = |afspraak| Commando::Plan(Plancommando::MaakVeiligheidsafspraak(afspraak));
        let weigering = vt
            .probeer(&maak(afspraak(&[Afspraakdeel::Wie, Afspraakdeel::Wat], Some(1))))
            .geweigerd(Code::AfspraakNietConcreet);
        assert_eq!(weigering.reden.clausule.als_str(), "IJM-B2.a");
        assert_eq!(weigering.reden.ontbreekt, ["waar", "wanneer"]);
        vt.probeer(&maak(afspraak(&Afspraakdeel::ALLE, Some(77)))).geweigerd(Code::Onbekend);
        vt.probeer(&maak(afspraak(&Afspraakdeel::ALLE, Some(1)))).toegestaan();
    }

    #[test]
    fn wat_voorbij_is_wordt_niet_meer_getoetst_en_vraagt_niets_meer() {
        let vt = gesteld();
        let beeindig =
            |reden| Commando::Plan(Plancommando::BeeindigPlanregel { regel: PlanregelId(Uuid::from_u128(1)), reden });
        vt.probeer(&beeindig(false)).geweigerd(Code::RedenOntbreekt);
        let klaar = vt.op("2026-04-10 09:00").doe(&beeindig(true));
        klaar.probeer(&toets(Naleving::Gehouden)).geweigerd(Code::PlanregelVoorbij);
        assert_eq!(klaar.status("voorwaarde-gehaald", "2026-06-01 00:00"), Status::Vervallen);
    }
}
