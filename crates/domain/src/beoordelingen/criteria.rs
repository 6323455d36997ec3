//! Answers to the criteria: facts of their own, recorded before, with or after the assessment.

use crate::{
    besluit::{Context, Uitslag},
    casus::Casus,
    commando::BeantwoordCriteria,
    gebeurtenis::{Antwoord, Gebeurtenis},
    meldingen::Melding,
    weigering::{Code, Weigering},
};

pub(crate) fn beantwoord_criteria(casus: &Casus, antwoorden: &BeantwoordCriteria, context: &Context<'_>) -> Uitslag {
    let melding = casus.melding(antwoorden.melding).ok_or_else(|| context.weiger(Code::Onbekend))?;
    context.eis(!antwoorden.antwoorden.is_empty(), Code::Onbekend)?;
    gebeurtenis(melding, antwoorden, context).map(|gebeurtenis| gebeurtenis.into_iter().collect())
}

/// The event for these answers, or none when there are none.
pub(super) fn gebeurtenis(
    melding: &Melding,
    antwoorden: &BeantwoordCriteria,
    context: &Context<'_>,
) -> Result<Option<Gebeurtenis>, Weigering> {
    // A report is assessed by the agreement that was in force when it was received.
    let bundel = context.bundel_bij(&melding.feit);
    let bekend = antwoorden.antwoorden.keys().all(|sleutel| bundel.inhoud.criterium.contains_key(sleutel));
    context.eis(bekend, Code::Onbekend)?;
    let ja_wordt_nee = antwoorden.antwoorden.iter().any(|(sleutel, antwoord)| {
        *antwoord == Antwoord::Nee && melding.antwoorden.get(sleutel) == Some(&Antwoord::Ja)
    });
    context.eis(!ja_wordt_nee || antwoorden.reden, Code::WijzigingZonderReden)?;
    Ok((!antwoorden.antwoorden.is_empty())
        .then(|| Gebeurtenis::CriteriaBeantwoord { melding: melding.id, antwoorden: antwoorden.antwoorden.clone() }))
}
