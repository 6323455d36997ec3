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
    context.eis(mag, Code::NietBevoegd)?;
    Ok(vec![Gebeurtenis::CrisisGestabiliseerd])
}

fn lopend(casus: &Casus) -> Option<&Crisis> {
    casus.crises.iter().find(|crisis| crisis.gestabiliseerd.is_none())
}
