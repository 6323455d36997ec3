//! The crisis service: a line of its own beside zicht, until the crisis is stable.

use super::Crisis;
use crate::{
    besluit::{Context, Uitslag},
    casus::Casus,
    gebeurtenis::Gebeurtenis,
    ids::OrganisatieId,
    weigering::Code,
};

pub(crate) fn schakel_crisisdienst_in(casus: &Casus, organisatie: &OrganisatieId, context: &Context<'_>) -> Uitslag {
    context.eis(lopend(casus).is_none(), Code::CrisisLooptAl)?;
    Ok(vec![Gebeurtenis::CrisisdienstIngeschakeld { organisatie: organisatie.clone() }])
}

/// The crisis service itself says so, or Veilig Thuis for it.
pub(crate) fn meld_crisis_stabiel(casus: &Casus, context: &Context<'_>) -> Uitslag {
    let crisis = lopend(casus).ok_or_else(|| context.weiger(Code::Onbekend))?;
    let mag = crisis.organisatie == *context.organisatie || casus.veilig_thuis.as_ref() == Some(context.organisatie);
    context.eis_bevoegd(mag, "meld-crisis-stabiel")?;
    Ok(vec![Gebeurtenis::CrisisGestabiliseerd])
}

fn lopend(casus: &Casus) -> Option<&Crisis> {
    casus.crises.iter().find(|crisis| crisis.gestabiliseerd.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{commando::Commando, gebeurtenis::Openheid, proef::*, termijnen::Status};

    #[test]
    fn na_72_uur_klinkt_een_signaal_en_de_crisisdienst_blijft_tot_het_stabiel_is() {
        let verhaal = Verhaal::in_regio("ijmond").meld_als("burger", Openheid::Open, "2026-03-27 22:00");
        let inschakelen = Commando::SchakelCrisisdienstIn { organisatie: "crisisdienst".into() };
        let verhaal = verhaal.op("2026-03-27 23:00").door_vt().doe(&inschakelen);
        verhaal.probeer(&inschakelen).geweigerd(Code::CrisisLooptAl);
        // The clock went forward on 29 March: 72 hours later it is midnight.
        assert_eq!(verhaal.status("crisis-signaal", "2026-03-30 23:59"), Status::Open);
        assert_eq!(verhaal.status("crisis-signaal", "2026-03-31 00:00"), Status::TeLaat);
        let lijn = verhaal.tijdlijn();
        assert_eq!((lijn.crisis[0].tot, lijn.crisis[0].grond.als_str()), (None, "IJM-3.1.c"));
        assert_eq!(verhaal.houder_op("2026-03-30 12:00").0, "veilig-thuis-kennemerland");
        verhaal.door("socius").probeer(&Commando::MeldCrisisStabiel).geweigerd(Code::NietBevoegd);
        let verhaal = verhaal.op("2026-04-01 09:00").door("crisisdienst").doe(&Commando::MeldCrisisStabiel);
        assert_eq!(verhaal.tijdlijn().crisis[0].tot, Some(t("2026-04-01 09:00")));
        assert_eq!(verhaal.status("crisis-signaal", "2026-05-01 00:00"), Status::GehaaldTeLaat);
    }
}
