//! The receiver accepts, itself: this is where zicht passes.

use super::{Overdracht, Stand};
use crate::{
    afspraak::{AcceptatieNa, Fase, Overgang},
    besluit::{Context, Uitslag},
    casus::Casus,
    gebeurtenis::Gebeurtenis,
    ids::OverdrachtId,
    weigering::{Code, Reden, Weigering},
};

pub(crate) fn accepteer_overdracht(casus: &Casus, id: OverdrachtId, context: &Context<'_>) -> Uitslag {
    let overdracht = open_voor_ontvanger(casus, id, context)?;
    niet_opgeschort(casus, overdracht, context)?;
    let afgesproken = overdracht.tegenvoorstel.as_ref().filter(|voorstel| voorstel.aanvaard.is_some());
    if let Some(voorstel) = afgesproken.filter(|voorstel| context.nu.dag() < voorstel.per.0) {
        let reden = Reden::volgens(context.bundel, Code::NogNietAfgesproken);
        return Err(Weigering::om(reden.met_ontbreekt(vec![voorstel.per.0.to_string()])));
    }
    let gebeurd = |nodig: &AcceptatieNa| match nodig {
        AcceptatieNa::Aanbod => true,
        AcceptatieNa::DocumentVerzonden => overdracht.verzonden.is_some(),
        AcceptatieNa::GegevensOntvangen => overdracht.ontvangen.is_some(),
        AcceptatieNa::WarmeOverdracht => overdracht.warm.is_some(),
    };
    let ontbreekt = overgang_van(overdracht, context)
        .and_then(|overgang| overgang.acceptatie_na.iter().find(|nodig| !gebeurd(nodig)).copied());
    if ontbreekt == Some(AcceptatieNa::WarmeOverdracht) {
        // The clause that asks for the talk, which need not be the one by which zicht passes.
        return Err(Weigering::volgens(context.bundel_bij(&overdracht.feit), Code::GeenWarmeOverdracht));
    }
    eis(ontbreekt.is_none(), Code::GegevensNietOntvangen, overdracht, context)?;
    Ok(vec![Gebeurtenis::OverdrachtGeaccepteerd { overdracht: id }])
}

/// An offer waits while a newer report was not weighed, and while who offered it does not hold.
pub(super) fn niet_opgeschort(casus: &Casus, overdracht: &Overdracht, context: &Context<'_>) -> Result<(), Weigering> {
    let houdt =
        overdracht.fase != Fase::Onderling || context.houder_nu(casus).as_ref() == Some(&overdracht.feit.organisatie);
    eis(houdt && !casus.is_opgeschort(overdracht), Code::OverdrachtOpgeschort, overdracht, context)
}

/// The offer that the receiver answers: there is one, it is for who acts, and nobody answered it yet.
pub(super) fn open_voor_ontvanger<'a>(
    casus: &'a Casus,
    id: OverdrachtId,
    context: &Context<'_>,
) -> Result<&'a Overdracht, Weigering> {
    let overdracht = casus.overdracht(id).ok_or_else(|| context.weiger(Code::Onbekend))?;
    is_ontvanger(overdracht, context)?;
    eis(overdracht.stand == Stand::Open, Code::OverdrachtNietOpen, overdracht, context)?;
    Ok(overdracht)
}

/// The offer of who acts.
pub(super) fn van_aanbieder<'a>(
    casus: &'a Casus,
    id: OverdrachtId,
    context: &Context<'_>,
) -> Result<&'a Overdracht, Weigering> {
    let overdracht = casus.overdracht(id).ok_or_else(|| context.weiger(Code::Onbekend))?;
    eis(overdracht.feit.organisatie == *context.organisatie, Code::NietDeAanbieder, overdracht, context)?;
    Ok(overdracht)
}

/// Only the receiver answers an offer; the clause is the one by which zicht would pass.
pub(super) fn is_ontvanger(overdracht: &Overdracht, context: &Context<'_>) -> Result<(), Weigering> {
    eis(overdracht.naar == *context.organisatie, Code::NietDeOntvanger, overdracht, context)
}

/// Refuses under the clause by which zicht would pass.
pub(super) fn eis(voldaan: bool, code: Code, overdracht: &Overdracht, context: &Context<'_>) -> Result<(), Weigering> {
    if voldaan {
        return Ok(());
    }
    let reden = Reden::volgens(context.bundel_bij(&overdracht.feit), code);
    Err(Weigering::om(match overgang_van(overdracht, context) {
        Some(overgang) => reden.met_clausule(&overgang.grond),
        None => reden,
    }))
}

/// The rule by which zicht passes: of the agreement that was in force at the offer.
pub(super) fn overgang_van<'a>(overdracht: &Overdracht, context: &Context<'a>) -> Option<&'a Overgang> {
    let bundel = context.bundel_bij(&overdracht.feit);
    bundel.overgang(overdracht.fase, bundel.soort_van(&overdracht.naar))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commando::Commando,
        gebeurtenis::{DienstSoort, Openheid},
        proef::*,
    };

    #[test]
    fn zicht_gaat_over_bij_acceptatie_en_niet_bij_het_aanbod() {
        let verhaal = klaar_voor_overdracht("ijmond");
        let verhaal = verhaal.clone().op("2026-03-10 10:30").door_vt().doe(&verhaal.aanbod("cjg-kennemerland"));
        let overdracht = verhaal.staat().overdrachten[0].id;
        let accepteer = Commando::AccepteerOverdracht { overdracht };
        assert_eq!(verhaal.houder_op("2026-03-10 10:59").0, "veilig-thuis-kennemerland");
        verhaal.clone().door_vt().probeer(&accepteer).geweigerd(Code::NietDeOntvanger);
        verhaal.clone().door("socius").probeer(&accepteer).geweigerd(Code::NietDeOntvanger);
        let verhaal = verhaal.op("2026-03-10 11:00").door("cjg-kennemerland").doe(&accepteer);
        assert_eq!(verhaal.houder_op("2026-03-10 11:00"), ("cjg-kennemerland".into(), "IJM-3.3.1.b".into()));
        verhaal.probeer(&accepteer).geweigerd(Code::OverdrachtNietOpen);
    }

    #[test]
    fn zonder_gesprek_wordt_geweigerd_door_de_clausule_die_het_gesprek_vraagt() {
        for (regio, team, clausule) in [
            ("noord-oost-gelderland", "lokaal-team-winterswijk", "NOG-3.b"),
            ("zuid-holland-zuid", "jeugdteam-dordrecht", "ZHZ-9.2.e"),
        ] {
            let verhaal = na_dienst(regio, DienstSoort::Onderzoek).door_vt();
            let verhaal = verhaal.doe(&verhaal.aanbod(team));
            let overdracht = verhaal.staat().overdrachten[0].id;
            let accepteer = Commando::AccepteerOverdracht { overdracht };
            let weigering = verhaal.door(team).probeer(&accepteer).geweigerd(Code::GeenWarmeOverdracht);
            assert_eq!(weigering.reden.clausule.als_str(), clausule);
        }
    }

    #[test]
    fn een_nieuwe_melding_schort_het_aanbod_op_tot_veilig_thuis_haar_heeft_gewogen() {
        let verhaal = klaar_voor_overdracht("ijmond");
        let verhaal = verhaal.clone().op("2026-03-10 10:30").door_vt().doe(&verhaal.aanbod("cjg-kennemerland"));
        let overdracht = verhaal.staat().overdrachten[0].id;
        let accepteer = Commando::AccepteerOverdracht { overdracht };
        let verhaal = verhaal.meld_als("huisarts", Openheid::Open, "2026-03-10 10:45");
        let weigering =
            verhaal.clone().door("cjg-kennemerland").probeer(&accepteer).geweigerd(Code::OverdrachtOpgeschort);
        assert_eq!(weigering.reden.clausule.als_str(), "IJM-3.3.1.b");
        let verhaal = verhaal.op("2026-03-11 09:00").rond_laatste_beoordeling_af_en_besluit_direct();
        verhaal.door("cjg-kennemerland").probeer(&accepteer).toegestaan();
    }
}
