//! Veilig Thuis ends a service, with the conclusion that the agreement asks for.

use super::start::regel_van;
use crate::{
    besluit::{Context, Uitslag},
    casus::Casus,
    commando::RondDienstAf,
    gebeurtenis::{Conclusie, Gebeurtenis},
    weigering::{Code, Reden, Weigering},
};

pub(crate) fn rond_dienst_af(casus: &Casus, rond_af: &RondDienstAf, context: &Context<'_>) -> Uitslag {
    let dienst = casus.lopende_dienst().filter(|dienst| dienst.id == rond_af.dienst);
    let dienst = dienst.ok_or_else(|| context.weiger(Code::Onbekend))?;
    let bundel = context.bundels.uit(&dienst.gestart.bundel).unwrap_or(context.bundel);
    let regel = regel_van(bundel, dienst.soort);
    context.eis(!rond_af.voortijdig || rond_af.reden, Code::RedenOntbreekt)?;
    let verplicht = regel.is_some_and(|regel| regel.conclusie_verplicht) && !rond_af.voortijdig;
    let conclusie = rond_af.conclusie.or(rond_af.voortijdig.then_some(Conclusie::NietOnderzocht));
    match conclusie {
        Some(conclusie) if !(verplicht && conclusie == Conclusie::NietOnderzocht) => {
            Ok(vec![Gebeurtenis::DienstAfgerond {
                dienst: dienst.id,
                conclusie,
                voorwaarden_gesteld: rond_af.voorwaarden_gesteld,
                voortijdig: rond_af.voortijdig,
            }])
        }
        Some(_) | None => {
            let reden = Reden::volgens(bundel, Code::ConclusieOntbreekt);
            let clausule = regel.map(|regel| &regel.clausule);
            Err(Weigering::om(match clausule {
                Some(clausule) => reden.met_clausule(clausule),
                None => reden,
            }))
        }
    }
}
