//! The household moved house: the agreement follows the municipality, running terms keep their bundle.

use crate::{
    besluit::{Context, Uitslag},
    casus::Casus,
    gebeurtenis::Gebeurtenis,
    ids::AfspraakNaam,
    weigering::Code,
};

pub(crate) fn verhuis_gezin(casus: &Casus, gemeente: &str, afspraak: &AfspraakNaam, context: &Context<'_>) -> Uitslag {
    context.eis(casus.gemeente != gemeente, Code::AlGekozen)?;
    Ok(vec![Gebeurtenis::GezinVerhuisd { gemeente: gemeente.to_owned(), afspraak: afspraak.clone() }])
}
