//! A worker decides to which household a report belongs; nothing is ever merged by itself.

use crate::{
    besluit::{Context, Uitslag},
    casus::Casus,
    gebeurtenis::{Gebeurtenis, HuishoudenKeuze},
    ids::MeldingId,
    weigering::Code,
};

/// A choice can be made again: what was decided before stays in the log, the last one counts.
pub(crate) fn kies_huishouden(
    casus: &Casus,
    melding: MeldingId,
    keuze: HuishoudenKeuze,
    context: &Context<'_>,
) -> Uitslag {
    context.eis(casus.eigen_meldingen().any(|eigen| eigen.id == melding), Code::Onbekend)?;
    let laatste = casus.huishoudens.iter().rfind(|(_, eerder, _)| *eerder == melding);
    context.eis(laatste.is_none_or(|(_, _, eerder)| *eerder != keuze), Code::AlGekozen)?;
    Ok(vec![Gebeurtenis::HuishoudenGekozen { melding, keuze }])
}
