//! The warm handover: family, Veilig Thuis and receiver talk together.

use super::accepteer::{bundel_van, eis};
use crate::{
    afspraak::{Bundel, Gespreksmoment},
    beoordelingen::{heeft_regel, toets},
    besluit::{Context, Uitslag},
    casus::Casus,
    commando::HoudWarmeOverdracht,
    gebeurtenis::{Aanwezige, Gebeurtenis},
    weigering::{Code, Reden},
};

pub(crate) fn houd_warme_overdracht(casus: &Casus, gesprek: &HoudWarmeOverdracht, context: &Context<'_>) -> Uitslag {
    let overdracht = casus.overdracht(gesprek.overdracht).ok_or_else(|| context.weiger(Code::Onbekend))?;
    eis(overdracht.loopt(), Code::OverdrachtNietOpen, overdracht, context)?;
    let bundel = bundel_van(overdracht, context);
    let bekend = gesprek.punten.iter().all(|punt| bundel.inhoud.gesprekspunt.contains_key(punt));
    context.eis(bekend, Code::Onbekend)?;
    let afwijkingen = toets(bundel, redenen_tegen(gesprek, bundel), gesprek.reden)?;
    Ok(vec![Gebeurtenis::WarmeOverdrachtGehouden {
        overdracht: overdracht.id,
        aanwezig: gesprek.aanwezig.clone(),
        punten: gesprek.punten.clone(),
        afwijkingen,
    }])
}

fn redenen_tegen(gesprek: &HoudWarmeOverdracht, bundel: &Bundel) -> Vec<Reden> {
    let mut redenen = Vec::new();
    let allen = [Aanwezige::Gezin, Aanwezige::VeiligThuis, Aanwezige::Ontvanger];
    let weg: Vec<_> = allen.iter().filter(|wie| !gesprek.aanwezig.contains(wie)).map(|wie| wie.als_str()).collect();
    if !weg.is_empty() && heeft_regel(bundel, Code::GezinNietAanwezig) {
        redenen.push(Reden::volgens(bundel, Code::GezinNietAanwezig).met_ontbreekt(weg));
    }
    let momenten = [Gespreksmoment::Vooraf, Gespreksmoment::Gesprek];
    for (sleutel, punt) in momenten.into_iter().flat_map(|moment| bundel.gesprekspunten(moment)) {
        if !gesprek.punten.contains(sleutel) && heeft_regel(bundel, Code::GesprekspuntOntbreekt) {
            let reden = Reden::volgens(bundel, Code::GesprekspuntOntbreekt).met_clausule(&punt.clausule);
            redenen.push(reden.met_ontbreekt(vec![sleutel.to_owned()]));
        }
    }
    redenen
}
