//! The content on its way: sent, received, and a spoken confirmation that moves nothing.

use super::{
    Overdracht, Stand,
    accepteer::{eis, is_ontvanger, niet_opgeschort, overgang_van, van_aanbieder},
    bied_aan::Inhoud,
};
use crate::{
    beoordelingen::toets,
    besluit::{Context, Uitslag},
    casus::Casus,
    gebeurtenis::Gebeurtenis,
    ids::OverdrachtId,
    weigering::{Code, Weigering},
};
use std::collections::BTreeSet;

pub(crate) fn verzend_gegevens(casus: &Casus, id: OverdrachtId, context: &Context<'_>) -> Uitslag {
    let overdracht = casus.overdracht(id).ok_or_else(|| context.weiger(Code::Onbekend))?;
    // At a table the content may follow the acceptance.
    eis(
        matches!(overdracht.stand, Stand::Open | Stand::Geaccepteerd(_)),
        Code::OverdrachtNietOpen,
        overdracht,
        context,
    )?;
    let mut gebeurtenissen = vec![Gebeurtenis::GegevensVerzonden { overdracht: id }];
    let gaat_over = overgang_van(overdracht, context).is_some_and(|overgang| overgang.bij_verzending);
    if gaat_over && overdracht.stand == Stand::Open {
        niet_opgeschort(casus, overdracht, context)?;
        gebeurtenissen.push(Gebeurtenis::OverdrachtGeaccepteerd { overdracht: id });
    }
    Ok(gebeurtenissen)
}

pub(crate) fn bevestig_ontvangst_gegevens(casus: &Casus, id: OverdrachtId, context: &Context<'_>) -> Uitslag {
    let overdracht = casus.overdracht(id).ok_or_else(|| context.weiger(Code::Onbekend))?;
    is_ontvanger(overdracht, context)?;
    eis(overdracht.verzonden.is_some(), Code::GegevensNietOntvangen, overdracht, context)?;
    let mut gebeurtenissen = vec![Gebeurtenis::GegevensOntvangen { overdracht: id }];
    gebeurtenissen.extend(compleet(casus, overdracht, &overdracht.onderdelen, context)?);
    Ok(gebeurtenissen)
}

/// Who offered fills what was missing; it goes to the receiver at once when the rest is there.
pub(crate) fn vul_inhoud_aan(
    casus: &Casus,
    id: OverdrachtId,
    nieuw: &BTreeSet<String>,
    reden: bool,
    context: &Context<'_>,
) -> Uitslag {
    let overdracht = van_aanbieder(casus, id, context)?;
    eis(overdracht.loopt(), Code::OverdrachtNietOpen, overdracht, context)?;
    let bundel = context.bundel_bij(&overdracht.feit);
    let alle: BTreeSet<_> = overdracht.onderdelen.union(nieuw).cloned().collect();
    let redenen = Inhoud::van(casus, &alle, overdracht.fase, bundel).tegen_wat_meegaat(bundel);
    toets(bundel, redenen, reden)?;
    let mut gebeurtenissen = vec![Gebeurtenis::InhoudAangevuld { overdracht: id, onderdelen: nieuw.clone() }];
    if overdracht.ontvangen.is_some() {
        gebeurtenissen.extend(compleet(casus, overdracht, &alle, context)?);
    }
    Ok(gebeurtenissen)
}

/// The event that every mandatory part is with the receiver, where zicht waits for it. When the receiver accepted
/// before, zicht passes now: then nothing may stand in the way.
fn compleet(
    casus: &Casus,
    overdracht: &Overdracht,
    onderdelen: &BTreeSet<String>,
    context: &Context<'_>,
) -> Result<Option<Gebeurtenis>, Weigering> {
    let bundel = context.bundel_bij(&overdracht.feit);
    let inhoud = Inhoud::van(casus, onderdelen, overdracht.fase, bundel);
    if !overdracht.wacht_op_inhoud || overdracht.compleet.is_some() || !inhoud.is_compleet() {
        return Ok(None);
    }
    if matches!(overdracht.stand, Stand::Geaccepteerd(_)) {
        niet_opgeschort(casus, overdracht, context)?;
    }
    Ok(Some(Gebeurtenis::InhoudCompleet { overdracht: overdracht.id }))
}

/// Spoken first, recorded by the receiver later: until then both sides see the same holder.
pub(crate) fn noteer_mondelinge_bevestiging(casus: &Casus, id: OverdrachtId, context: &Context<'_>) -> Uitslag {
    let overdracht = casus.overdracht(id).ok_or_else(|| context.weiger(Code::Onbekend))?;
    eis(overdracht.stand == Stand::Open, Code::OverdrachtNietOpen, overdracht, context)?;
    Ok(vec![Gebeurtenis::MondelingeBevestigingGenoteerd { overdracht: id }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commando::Commando,
        gebeurtenis::{DienstSoort, Openheid},
        proef::*,
        termijnen::Status,
    };

    #[test]
    fn na_een_dienst_gaat_het_zicht_in_ijmond_over_bij_de_laatste_van_inhoud_en_acceptatie() {
        let verhaal = na_dienst("ijmond", DienstSoort::VoorwaardenEnVervolg).op("2026-04-08 10:00").door_vt();
        let Commando::BiedOverdrachtAan(mut aanbod) = verhaal.aanbod("cjg-kennemerland") else { unreachable!() };
        aanbod.onderdelen.remove("consequenties");
        let overdracht = aanbod.overdracht;
        let verhaal = verhaal.doe(&Commando::BiedOverdrachtAan(aanbod));
        let accepteer = Commando::AccepteerOverdracht { overdracht };
        let verhaal = verhaal.op("2026-04-08 11:00").door("cjg-kennemerland").doe(&accepteer);
        assert_eq!(verhaal.houder_op("2026-05-01 00:00").0, "veilig-thuis-kennemerland");
        verhaal.door_vt().probeer(&verhaal.door_vt().aanbod("socius")).geweigerd(Code::AanbodAlOpen);
        let onderdelen = ["consequenties".to_owned()].into();
        let vul_aan = Commando::VulInhoudAan { overdracht, onderdelen, reden: false };
        verhaal.probeer(&vul_aan).geweigerd(Code::NietBevoegd);
        let verhaal = verhaal.op("2026-04-09 09:00").door_vt().doe(&vul_aan);
        assert_eq!(verhaal.houder_op("2026-04-09 08:59").0, "veilig-thuis-kennemerland");
        assert_eq!(verhaal.houder_op("2026-04-09 09:00"), ("cjg-kennemerland".into(), "IJM-3.4.1.b".into()));
    }

    #[test]
    fn wat_het_zicht_laat_overgaan_wacht_ook_op_een_nieuwe_melding() {
        let verhaal = na_dienst("ijmond", DienstSoort::VoorwaardenEnVervolg).op("2026-04-08 10:00").door_vt();
        let Commando::BiedOverdrachtAan(mut aanbod) = verhaal.aanbod("cjg-kennemerland") else { unreachable!() };
        aanbod.onderdelen.remove("consequenties");
        let overdracht = aanbod.overdracht;
        let verhaal = verhaal.doe(&Commando::BiedOverdrachtAan(aanbod));
        let verhaal = verhaal.door("cjg-kennemerland").doe(&Commando::AccepteerOverdracht { overdracht });
        let verhaal = verhaal.meld_als("huisarts", Openheid::Open, "2026-04-08 12:00").door_vt();
        let onderdelen = ["consequenties".to_owned()].into();
        let vul_aan = Commando::VulInhoudAan { overdracht, onderdelen, reden: false };
        verhaal.probeer(&vul_aan).geweigerd(Code::OverdrachtOpgeschort);
        // Zicht has not passed: Veilig Thuis may still withdraw.
        verhaal.probeer(&Commando::TrekOverdrachtIn { overdracht, reden: true }).toegestaan();
    }

    #[test]
    fn gegevens_van_de_melder_gaan_na_een_dienst_alleen_mee_als_dat_nodig_is() {
        let verhaal = na_dienst("ijmond", DienstSoort::VoorwaardenEnVervolg).op("2026-04-08 10:00").door_vt();
        let Commando::BiedOverdrachtAan(mut aanbod) = verhaal.aanbod("cjg-kennemerland") else { unreachable!() };
        aanbod.onderdelen.insert("melder-na-dienst".into());
        let weigering =
            verhaal.probeer(&Commando::BiedOverdrachtAan(aanbod.clone())).geweigerd(Code::MelderAlleenIndienNodig);
        assert_eq!(weigering.reden.clausule.als_str(), "IJM-3.4.4.a");
        aanbod.reden = true;
        verhaal.probeer(&Commando::BiedOverdrachtAan(aanbod)).toegestaan();
    }

    #[test]
    fn gegevens_mogen_na_de_acceptatie_komen_en_tellen_de_eerste_keer() {
        let verhaal = klaar_voor_overdracht("ijmond").op("2026-03-10 10:30").door_vt();
        let Commando::BiedOverdrachtAan(mut aanbod) = verhaal.aanbod("cjg-kennemerland") else { unreachable!() };
        (aanbod.verzonden, aanbod.ontvangen) = (false, false);
        let verhaal = verhaal.doe(&Commando::BiedOverdrachtAan(aanbod));
        let overdracht = verhaal.staat().overdrachten[0].id;
        let ontvangen = Commando::BevestigOntvangstGegevens { overdracht };
        let verhaal = verhaal
            .op("2026-03-10 11:00")
            .door("cjg-kennemerland")
            .doe(&Commando::AccepteerOverdracht { overdracht })
            .op("2026-03-11 09:00")
            .door_vt()
            .doe(&Commando::VerzendGegevens { overdracht })
            .op("2026-03-12 09:00")
            .door("cjg-kennemerland")
            .doe(&ontvangen)
            .op("2026-03-16 09:00")
            .doe(&ontvangen);
        assert_eq!(verhaal.status("contact-gezin", "2026-03-26 23:59"), Status::Open);
        assert_eq!(verhaal.status("contact-gezin", "2026-03-27 00:00"), Status::TeLaat);
    }
}
