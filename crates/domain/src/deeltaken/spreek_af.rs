//! Agreeing on a task beside zicht, and ending it.

use crate::{
    besluit::{Context, Uitslag},
    casus::Casus,
    gebeurtenis::Gebeurtenis,
    ids::{DeeltaakId, OrganisatieId},
    tijd::Datum,
    weigering::Code,
};

pub(crate) fn spreek_deeltaak_af(
    casus: &Casus,
    deeltaak: DeeltaakId,
    organisatie: &OrganisatieId,
    tot: Option<Datum>,
    context: &Context<'_>,
) -> Uitslag {
    context.eis(casus.deeltaken.iter().all(|eerder| eerder.id != deeltaak), Code::Onbekend)?;
    context.eis(tot.is_none_or(|tot| tot.0 > context.nu.dag()), Code::TijdstipVoorOntvangst)?;
    Ok(vec![Gebeurtenis::DeeltaakAfgesproken { deeltaak, organisatie: organisatie.clone(), tot }])
}

/// Who has the task says that it is done, or who holds.
pub(crate) fn rond_deeltaak_af(casus: &Casus, deeltaak: DeeltaakId, context: &Context<'_>) -> Uitslag {
    let gevonden = casus.deeltaken.iter().find(|eerder| eerder.id == deeltaak);
    let gevonden = gevonden.ok_or_else(|| context.weiger(Code::Onbekend))?;
    context.eis(gevonden.afgerond.is_none(), Code::AlGekozen)?;
    let houder = crate::tijdlijn::tijdlijn(casus, context.bundels);
    let mag = gevonden.organisatie == *context.organisatie || houder.houder_op(context.nu) == Some(context.organisatie);
    context.eis(mag, Code::NietBevoegd)?;
    Ok(vec![Gebeurtenis::DeeltaakAfgerond { deeltaak }])
}
