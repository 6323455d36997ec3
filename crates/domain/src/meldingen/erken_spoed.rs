//! Veilig Thuis takes note of the urgency of a report, or finds it not urgent.

use super::Spoed;
use crate::{
    besluit::{Context, Uitslag},
    casus::Casus,
    gebeurtenis::Gebeurtenis,
    ids::MeldingId,
    weigering::Code,
};

pub(crate) fn erken_spoed(casus: &Casus, melding: MeldingId, context: &Context<'_>) -> Uitslag {
    let melding = casus.melding(melding).ok_or_else(|| context.weiger(Code::Onbekend))?;
    context.eis(!matches!(melding.spoed, Spoed::Erkend(_)), Code::SpoedAlErkend)?;
    context.eis(melding.beoordeling.is_none(), Code::BeoordelingAlAfgerond)?;
    Ok(vec![Gebeurtenis::SpoedErkend { melding: melding.id }])
}

pub(crate) fn wijs_spoed_af(casus: &Casus, melding: MeldingId, reden: bool, context: &Context<'_>) -> Uitslag {
    let melding = casus.melding(melding).ok_or_else(|| context.weiger(Code::Onbekend))?;
    context.eis(!matches!(melding.spoed, Spoed::Erkend(_)), Code::SpoedAlErkend)?;
    context.eis(melding.spoed == Spoed::Gevraagd, Code::Onbekend)?;
    context.eis(reden, Code::RedenOntbreekt)?;
    Ok(vec![Gebeurtenis::SpoedAfgewezen { melding: melding.id }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{commando::Commando, gebeurtenis::Openheid, proef::*};

    #[test]
    fn de_melder_die_spoed_aankruist_blijft_houder_tot_veilig_thuis_er_kennis_van_neemt() {
        let verhaal = Verhaal::in_regio("ijmond").meld_als("basisschool", Openheid::Open, "2026-03-02 10:00");
        assert_eq!(verhaal.houder_op("2026-03-02 10:05").0, "basisschool");
        let melding = verhaal.staat().meldingen[0].id;
        let verhaal = verhaal.op("2026-03-02 10:10").door_vt().doe(&Commando::ErkenSpoed { melding });
        assert_eq!(verhaal.houder_op("2026-03-02 10:10"), ("veilig-thuis-kennemerland".into(), "IJM-3.1.b".into()));
        verhaal.door_vt().probeer(&Commando::ErkenSpoed { melding }).geweigerd(Code::SpoedAlErkend);
    }

    #[test]
    fn alleen_veilig_thuis_erkent_spoed() {
        let verhaal = Verhaal::in_regio("ijmond").meld_als("basisschool", Openheid::Open, "2026-03-02 10:00");
        let melding = verhaal.staat().meldingen[0].id;
        verhaal.door("basisschool").probeer(&Commando::ErkenSpoed { melding }).geweigerd(Code::NietBevoegd);
    }
}
