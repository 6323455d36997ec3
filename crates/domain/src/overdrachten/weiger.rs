//! The ends of an offer other than acceptance: the receiver refuses, or Veilig Thuis withdraws. The holder stays.

use super::accepteer::{eis, open_voor_ontvanger, van_aanbieder};
use crate::{
    besluit::{Context, Uitslag},
    casus::Casus,
    gebeurtenis::{Gebeurtenis, WeigerReden},
    ids::OverdrachtId,
    weigering::Code,
};

pub(crate) fn weiger_overdracht(
    casus: &Casus,
    id: OverdrachtId,
    reden_code: WeigerReden,
    reden: bool,
    context: &Context<'_>,
) -> Uitslag {
    open_voor_ontvanger(casus, id, context)?;
    context.eis(reden, Code::RedenOntbreekt)?;
    Ok(vec![Gebeurtenis::OverdrachtGeweigerd { overdracht: id, reden: reden_code }])
}

pub(crate) fn trek_overdracht_in(casus: &Casus, id: OverdrachtId, reden: bool, context: &Context<'_>) -> Uitslag {
    let overdracht = van_aanbieder(casus, id, context)?;
    // Also what was accepted and waits for its content: zicht has not passed yet.
    eis(overdracht.loopt(), Code::OverdrachtNietOpen, overdracht, context)?;
    context.eis(reden, Code::RedenOntbreekt)?;
    Ok(vec![Gebeurtenis::OverdrachtIngetrokken { overdracht: id }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{commando::Commando, proef::*, termijnen::Status};

    #[test]
    fn na_weigering_houdt_veilig_thuis_het_zicht_en_kan_niemand_meer_accepteren() {
        let verhaal = klaar_voor_overdracht("ijmond");
        let verhaal = verhaal.clone().op("2026-03-10 10:30").door_vt().doe(&verhaal.aanbod("cjg-kennemerland"));
        let overdracht = verhaal.staat().overdrachten[0].id;
        let weiger = |reden| Commando::WeigerOverdracht { overdracht, reden_code: WeigerReden::TeOnveilig, reden };
        let team = verhaal.door("cjg-kennemerland");
        team.probeer(&weiger(false)).geweigerd(Code::RedenOntbreekt);
        let geweigerd = team.doe(&weiger(true));
        assert_eq!(geweigerd.houder_op("2026-06-01 00:00").0, "veilig-thuis-kennemerland");
        geweigerd.probeer(&Commando::AccepteerOverdracht { overdracht }).geweigerd(Code::OverdrachtNietOpen);
    }

    #[test]
    fn wat_al_te_laat_was_blijft_te_laat_na_een_weigering() {
        let verhaal = klaar_voor_overdracht("ijmond").op("2026-03-10 10:30").door_vt();
        let verhaal = verhaal.doe(&verhaal.aanbod("cjg-kennemerland"));
        let overdracht = verhaal.staat().overdrachten[0].id;
        let weiger = Commando::WeigerOverdracht { overdracht, reden_code: WeigerReden::Anders, reden: true };
        let op = |dag: &str| verhaal.op(dag).door("cjg-kennemerland").doe(&weiger);
        assert_eq!(op("2026-03-24 23:59").status("contact-gezin", "2026-05-01 00:00"), Status::Vervallen);
        assert_eq!(op("2026-03-25 00:00").status("contact-gezin", "2026-05-01 00:00"), Status::TeLaat);
    }

    #[test]
    fn een_ingetrokken_aanbod_kan_niet_worden_geaccepteerd() {
        let verhaal = klaar_voor_overdracht("ijmond");
        let verhaal = verhaal.clone().op("2026-03-10 10:30").door_vt().doe(&verhaal.aanbod("cjg-kennemerland"));
        let overdracht = verhaal.staat().overdrachten[0].id;
        let verhaal = verhaal.doe(&Commando::TrekOverdrachtIn { overdracht, reden: true });
        let accepteer = Commando::AccepteerOverdracht { overdracht };
        verhaal.door("cjg-kennemerland").probeer(&accepteer).geweigerd(Code::OverdrachtNietOpen);
    }
}
