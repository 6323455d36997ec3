//! Other answers to an offer than yes or no: "not now, but from Tuesday", and "another team fits better". The holder
//! stays: zicht passes by an acceptance and by nothing else.

use super::{
    Overdracht, Stand,
    accepteer::{eis, open_voor_ontvanger, van_aanbieder},
};
use crate::{
    afspraak::Fase,
    besluit::{Context, Uitslag},
    casus::Casus,
    gebeurtenis::{Gebeurtenis, WeigerReden},
    ids::{OrganisatieId, OverdrachtId},
    tijd::Datum,
    weigering::{Code, Reden, Weigering},
};

/// The receiver would accept from a day on; that day is a working day, or nobody is there to do it.
pub(crate) fn doe_tegenvoorstel(
    casus: &Casus,
    id: OverdrachtId,
    per: Datum,
    reden: bool,
    context: &Context<'_>,
) -> Uitslag {
    open_voor_ontvanger(casus, id, context)?;
    context.eis(reden, Code::RedenOntbreekt)?;
    eis_komende_werkdag(per, context)?;
    Ok(vec![Gebeurtenis::TegenvoorstelGedaan { overdracht: id, per }])
}

/// A working day after today; the refusal names the first one that can be.
pub(super) fn eis_komende_werkdag(dag: Datum, context: &Context<'_>) -> Result<(), Weigering> {
    let (kalender, vandaag) = (&context.bundel.kalender, context.nu.dag());
    if dag.0 > vandaag && kalender.is_werkdag(dag.0) {
        return Ok(());
    }
    let eerste = kalender.werkdag_na(dag.0.max(vandaag), 1);
    let reden = Reden::volgens(context.bundel, Code::GeenDagOmTeBeginnen);
    Err(Weigering::om(reden.met_ontbreekt(vec![eerste.to_string()])))
}

/// Who offered agrees to the day; until it the receiver cannot accept, and who holds goes on.
pub(crate) fn aanvaard_tegenvoorstel(casus: &Casus, id: OverdrachtId, context: &Context<'_>) -> Uitslag {
    let overdracht = van_aanbieder(casus, id, context)?;
    let wacht = overdracht.tegenvoorstel.as_ref().is_some_and(|voorstel| voorstel.aanvaard.is_none());
    eis(overdracht.stand == Stand::Open && wacht, Code::OverdrachtNietOpen, overdracht, context)?;
    Ok(vec![Gebeurtenis::TegenvoorstelAanvaard { overdracht: id }])
}

/// The receiver refuses and names who fits better. It moves nothing: who offered decides and offers anew.
pub(crate) fn stuur_aanbod_door(
    casus: &Casus,
    id: OverdrachtId,
    naar: &OrganisatieId,
    reden: bool,
    context: &Context<'_>,
) -> Uitslag {
    let overdracht = open_voor_ontvanger(casus, id, context)?;
    context.eis(reden, Code::RedenOntbreekt)?;
    eis_past_in_takenpakket(casus, overdracht, naar, context)?;
    Ok(vec![
        Gebeurtenis::OverdrachtGeweigerd { overdracht: id, reden: WeigerReden::AnderTeamPastBeter },
        Gebeurtenis::AanbodDoorgestuurd { overdracht: id, naar: naar.clone() },
    ])
}

/// Another party than the receiver, that has this task in this municipality.
pub(super) fn eis_past_in_takenpakket(
    casus: &Casus,
    overdracht: &Overdracht,
    naar: &OrganisatieId,
    context: &Context<'_>,
) -> Result<(), Weigering> {
    let bundel = context.bundel_bij(&overdracht.feit);
    let taak = if overdracht.fase == Fase::AnderVeiligThuis { Fase::Direct } else { overdracht.fase }.taak();
    let partij = bundel.inhoud.partij.get(naar).filter(|_| *naar != overdracht.naar);
    if partij.is_some_and(|partij| partij.ontvangt_in(&casus.gemeente, taak)) {
        return Ok(());
    }
    Err(Weigering::om(Reden::volgens(bundel, Code::NietInTakenpakket).met_ontbreekt(vec![naar.0.clone()])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{commando::Commando, proef::*, termijnen::Status};

    /// Offered on Tuesday 10 March.
    fn aangeboden() -> (Verhaal, OverdrachtId) {
        let verhaal = klaar_voor_overdracht("ijmond");
        let verhaal = verhaal.clone().op("2026-03-10 10:30").door_vt().doe(&verhaal.aanbod("cjg-kennemerland"));
        let id = verhaal.staat().overdrachten[0].id;
        (verhaal, id)
    }

    fn voorstel(overdracht: OverdrachtId, per: &str) -> Commando {
        Commando::DoeTegenvoorstel { overdracht, per: Datum(per.parse().unwrap()), reden: true }
    }

    #[test]
    fn niet_nu_maar_vanaf_dinsdag_en_veilig_thuis_houdt_tot_dan() {
        let (verhaal, overdracht) = aangeboden();
        let team = verhaal.door("cjg-kennemerland");
        for (dag, eerste) in [("2026-03-10", "2026-03-11"), ("2026-03-14", "2026-03-16"), ("2026-04-06", "2026-04-07")]
        {
            let weigering = team.probeer(&voorstel(overdracht, dag)).geweigerd(Code::GeenDagOmTeBeginnen);
            assert_eq!(weigering.reden.ontbreekt, [eerste], "{dag}");
        }
        let gedaan = team.doe(&voorstel(overdracht, "2026-03-17"));
        assert_eq!(gedaan.houder_op("2026-03-17 12:00").0, "veilig-thuis-kennemerland");
        let aanvaard = gedaan.door_vt().doe(&Commando::AanvaardTegenvoorstel { overdracht });
        aanvaard.door_vt().probeer(&Commando::AanvaardTegenvoorstel { overdracht }).geweigerd(Code::OverdrachtNietOpen);
        let accepteer = Commando::AccepteerOverdracht { overdracht };
        aanvaard
            .op("2026-03-16 16:00")
            .door("cjg-kennemerland")
            .probeer(&accepteer)
            .geweigerd(Code::NogNietAfgesproken);
        let over = aanvaard.op("2026-03-17 09:00").door("cjg-kennemerland").doe(&accepteer);
        assert_eq!(over.houder_op("2026-03-17 08:59").0, "veilig-thuis-kennemerland");
        assert_eq!(over.houder_op("2026-03-17 09:00").0, "cjg-kennemerland");
    }

    #[test]
    fn wie_doorstuurt_verplaatst_niets_en_noemt_wie_het_kan() {
        let (verhaal, overdracht) = aangeboden();
        let door = |naar: &str| Commando::StuurAanbodDoor { overdracht, naar: naar.into(), reden: true };
        let team = verhaal.door("cjg-kennemerland");
        for naar in ["cjg-kennemerland", "basisschool", "veilig-thuis-kennemerland"] {
            team.probeer(&door(naar)).geweigerd(Code::NietInTakenpakket);
        }
        verhaal.door("socius").probeer(&door("socius")).geweigerd(Code::NietDeOntvanger);
        let anders = team.doe(&door("socius"));
        assert_eq!(anders.houder_op("2026-03-11 12:00").0, "veilig-thuis-kennemerland");
        assert_eq!(anders.staat().overdrachten[0].doorgestuurd, Some("socius".into()));
    }

    #[test]
    fn wie_het_zicht_kreeg_wijst_iemand_toe_en_anders_is_dat_te_laat() {
        let (verhaal, overdracht) = aangeboden();
        let over = verhaal.door("cjg-kennemerland").doe(&Commando::AccepteerOverdracht { overdracht });
        assert_eq!(over.status("medewerker-toewijzen", "2026-03-11 23:59"), Status::Open);
        assert_eq!(over.status("medewerker-toewijzen", "2026-03-12 00:00"), Status::TeLaat);
        let toewijzen = Commando::WijsMedewerkerToe { medewerker: "jet".into() };
        let toegewezen = over.op("2026-03-11 09:00").door("cjg-kennemerland").doe(&toewijzen);
        assert_eq!(toegewezen.status("medewerker-toewijzen", "2026-03-12 00:00"), Status::Gehaald);
        // Somebody of Veilig Thuis is nobody of the team.
        let vt = over.op("2026-03-11 09:00").door_vt().doe(&toewijzen);
        assert_eq!(vt.status("medewerker-toewijzen", "2026-03-12 00:00"), Status::TeLaat);
    }
}
