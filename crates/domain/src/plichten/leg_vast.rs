//! Recording that a duty was done. The terms look for these acts; nothing else meets them.

use super::{plicht::leg_plicht_vast, volgorde};
use crate::{
    beoordelingen::toets,
    besluit::{Context, Uitslag},
    casus::Casus,
    commando::{Commando, LegContactGezinVast},
    contact::tegen_wijze,
    gebeurtenis::{ContactWijze, Gebeurtenis, Openheid, TerugkoppelingMoment},
    ids::{MeldingId, OrganisatieId},
    meldingen::Melding,
    tijd::Datum,
    weigering::Code,
};

/// Records that one of them was done, or put off.
pub(crate) fn vervul(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
    match commando {
        Commando::LegContactGezinVast(contact) => leg_contact_gezin_vast(casus, contact, context),
        Commando::LegContactBeroepskrachtVast { organisatie, reden } => {
            leg_contact_beroepskracht_vast(casus, organisatie, *reden, context)
        }
        Commando::InformeerGezin { wijze } => informeer_gezin(casus, *wijze, context),
        Commando::MaakAfspraakGezin => Ok(maak_afspraak_gezin()),
        Commando::KoppelTerugAanMelder { melding, moment } => {
            koppel_terug_aan_melder(casus, *melding, *moment, context)
        }
        Commando::LegPlichtVast(vast) => leg_plicht_vast(casus, vast, context),
        Commando::StelInformerenUit { tot, reden } => stel_informeren_uit(*tot, *reden, context),
        _ => Err(context.weiger(Code::Onbekend)),
    }
}

fn leg_contact_gezin_vast(casus: &Casus, contact: &LegContactGezinVast, context: &Context<'_>) -> Uitslag {
    let LegContactGezinVast { wijze, gelukt, geinformeerd, teruggekoppeld, persoon, reden } = *contact;
    let mut redenen = volgorde::tegen_gezin(casus, context);
    redenen.extend(tegen_wijze(casus, wijze, persoon, context.bundel));
    let afwijkingen = toets(context.bundel, redenen, reden)?;
    let vast = Gebeurtenis::ContactGezinVastgelegd { wijze, gelukt, teruggekoppeld, persoon, afwijkingen };
    let mut gebeurtenissen = vec![vast];
    if gelukt && geinformeerd {
        gebeurtenissen.push(Gebeurtenis::GezinGeinformeerd { wijze });
    }
    Ok(gebeurtenissen)
}

/// Veilig Thuis spoke with a professional or an institution that is involved.
fn leg_contact_beroepskracht_vast(
    casus: &Casus,
    organisatie: &OrganisatieId,
    reden: bool,
    context: &Context<'_>,
) -> Uitslag {
    let afwijkingen = toets(context.bundel, volgorde::tegen_beroepskracht(casus, organisatie, context), reden)?;
    Ok(vec![Gebeurtenis::ContactBeroepskrachtVastgelegd { organisatie: organisatie.clone(), afwijkingen }])
}

fn informeer_gezin(casus: &Casus, wijze: ContactWijze, context: &Context<'_>) -> Uitslag {
    toets(context.bundel, tegen_wijze(casus, wijze, None, context.bundel).into_iter().collect(), false)?;
    Ok(vec![Gebeurtenis::GezinGeinformeerd { wijze }])
}

fn maak_afspraak_gezin() -> Vec<Gebeurtenis> {
    vec![Gebeurtenis::AfspraakGezinGemaakt]
}

/// Informing the family may wait only for somebody's safety, with the reason on record.
fn stel_informeren_uit(tot: Datum, reden: bool, context: &Context<'_>) -> Uitslag {
    context.eis(reden, Code::RedenOntbreekt)?;
    context.eis(tot.0 >= context.nu.dag(), Code::TijdstipVoorOntvangst)?;
    Ok(vec![Gebeurtenis::InformerenUitgesteld { tot }])
}

fn koppel_terug_aan_melder(
    casus: &Casus,
    melding: MeldingId,
    moment: Option<TerugkoppelingMoment>,
    context: &Context<'_>,
) -> Uitslag {
    let melding = casus.melding(melding).ok_or_else(|| context.weiger(Code::Onbekend))?;
    context.eis(melding.beoordeling.is_some(), Code::BeoordelingNietAfgerond)?;
    // Nobody can be told whom Veilig Thuis does not know either.
    context.eis(melding.openheid != Openheid::Onbekend, Code::Onbekend)?;
    let moment = moment.unwrap_or_else(|| volgend_moment(casus, melding));
    Ok(vec![Gebeurtenis::MelderTeruggekoppeld { melding: melding.id, moment }])
}

/// The feedback that is due next: the first, then the second when there is a service, then the last.
fn volgend_moment(casus: &Casus, melding: &Melding) -> TerugkoppelingMoment {
    let gedaan = |moment| casus.terugkoppelingen.iter().any(|t| t.melding == melding.id && t.moment == moment);
    if !gedaan(TerugkoppelingMoment::Eerste) {
        TerugkoppelingMoment::Eerste
    } else if casus.dienst_na(melding).is_some() && !gedaan(TerugkoppelingMoment::Tweede) {
        TerugkoppelingMoment::Tweede
    } else {
        TerugkoppelingMoment::Eind
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{proef::*, termijnen::Status};

    #[test]
    fn informeren_wordt_alleen_met_een_reden_uitgesteld_en_wat_te_laat_was_blijft_te_laat() {
        // Received on Monday 2 March: the sixth working day ends on the 10th.
        let verhaal = Verhaal::in_regio("ijmond").meld_als("basisschool", Openheid::Open, "2026-03-02 10:00");
        let tot = Datum("2026-03-20".parse().unwrap());
        let uitstel = |reden| Commando::StelInformerenUit { tot, reden };
        let vt = verhaal.op("2026-03-06 09:00").door_vt();
        vt.probeer(&uitstel(false)).geweigerd(Code::RedenOntbreekt);
        let uitgesteld = vt.doe(&uitstel(true));
        assert_eq!(uitgesteld.status("gezin-informeren", "2026-03-20 23:59"), Status::Open);
        assert_eq!(uitgesteld.status("gezin-informeren", "2026-03-21 00:00"), Status::TeLaat);
        let te_laat = verhaal.op("2026-03-11 09:00").door_vt().doe(&uitstel(true));
        assert_eq!(te_laat.status("gezin-informeren", "2026-03-12 00:00"), Status::TeLaat);
    }
}
