//! Moving a report that stands in the wrong casus. Three steps in two streams: it leaves, it arrives, both know.
//! Until the last one Veilig Thuis holds in both casussen.

use super::{Verplaatsing, meld::ontvangen};
use crate::{
    besluit::{Context, Uitslag},
    casus::Casus,
    commando::Meld,
    gebeurtenis::{Gebeurtenis, SluitingWijze},
    ids::{CasusId, MeldingId},
    weigering::Code,
};

/// The report leaves this casus.
pub(crate) fn verplaats_melding(
    casus: &Casus,
    melding: MeldingId,
    naar: CasusId,
    reden: bool,
    context: &Context<'_>,
) -> Uitslag {
    let melding = casus.melding(melding).ok_or_else(|| context.weiger(Code::Onbekend))?;
    let onderweg = matches!(melding.verplaatsing, Verplaatsing::Onderweg { .. } | Verplaatsing::Weg { .. });
    context.eis(!onderweg, Code::MeldingWordtVerplaatst)?;
    // What was decided on a report belongs to the casus in which it was decided.
    context.eis(melding.besluit.is_none(), Code::BesluitAlGenomen)?;
    context.eis(reden, Code::RedenOntbreekt)?;
    Ok(vec![Gebeurtenis::VerplaatsingBegonnen { melding: melding.id, naar }])
}

/// The report arrives in this casus, with its original time of arrival.
pub(crate) fn neem_melding_op(casus: &Casus, melding: &Meld, uit: CasusId, context: &Context<'_>) -> Uitslag {
    context.eis(casus.melding(melding.melding).is_none(), Code::MeldingWordtVerplaatst)?;
    ontvangen(melding, Some(uit), context)
}

/// This casus knows that the report arrived: here it is gone, or done.
pub(crate) fn rond_verplaatsing_af(casus: &Casus, melding: MeldingId, context: &Context<'_>) -> Uitslag {
    let melding = casus.melding(melding).ok_or_else(|| context.weiger(Code::Onbekend))?;
    match &melding.verplaatsing {
        Verplaatsing::Onderweg { naar, .. } => {
            let mut gebeurtenissen = vec![Gebeurtenis::MeldingVerplaatst { melding: melding.id, naar: *naar }];
            if casus.eigen_meldingen().all(|eigen| eigen.id == melding.id) {
                gebeurtenissen.push(Gebeurtenis::CasusGesloten { wijze: SluitingWijze::Verplaatst });
            }
            Ok(gebeurtenissen)
        }
        Verplaatsing::Aangekomen { voltooid: None, .. } => {
            Ok(vec![Gebeurtenis::VerplaatsingVoltooid { melding: melding.id }])
        }
        Verplaatsing::Geen | Verplaatsing::Weg { .. } | Verplaatsing::Aangekomen { voltooid: Some(_), .. } => {
            Err(context.weiger(Code::Onbekend))
        }
    }
}
