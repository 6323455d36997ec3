//! The content on its way: sent, received, and a spoken confirmation that moves nothing.

use super::{
    Stand,
    accepteer::{eis, is_ontvanger},
};
use crate::{
    besluit::{Context, Uitslag},
    casus::Casus,
    gebeurtenis::Gebeurtenis,
    ids::OverdrachtId,
    weigering::Code,
};

pub(crate) fn verzend_gegevens(casus: &Casus, id: OverdrachtId, context: &Context<'_>) -> Uitslag {
    let overdracht = casus.overdracht(id).ok_or_else(|| context.weiger(Code::Onbekend))?;
    // At a table the content may follow the acceptance.
    eis(
        matches!(overdracht.stand, Stand::Open | Stand::Geaccepteerd(_)),
        Code::OverdrachtNietOpen,
        overdracht,
        context,
    )?;
    Ok(vec![Gebeurtenis::GegevensVerzonden { overdracht: id }])
}

pub(crate) fn bevestig_ontvangst_gegevens(casus: &Casus, id: OverdrachtId, context: &Context<'_>) -> Uitslag {
    let overdracht = casus.overdracht(id).ok_or_else(|| context.weiger(Code::Onbekend))?;
    is_ontvanger(overdracht, context)?;
    eis(overdracht.verzonden.is_some(), Code::GegevensNietOntvangen, overdracht, context)?;
    Ok(vec![Gebeurtenis::GegevensOntvangen { overdracht: id }])
}

/// Spoken first, recorded by the receiver later: until then both sides see the same holder.
pub(crate) fn noteer_mondelinge_bevestiging(casus: &Casus, id: OverdrachtId, context: &Context<'_>) -> Uitslag {
    let overdracht = casus.overdracht(id).ok_or_else(|| context.weiger(Code::Onbekend))?;
    eis(overdracht.stand == Stand::Open, Code::OverdrachtNietOpen, overdracht, context)?;
    Ok(vec![Gebeurtenis::MondelingeBevestigingGenoteerd { overdracht: id }])
}
