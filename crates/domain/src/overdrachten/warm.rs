//! The warm handover: family, Veilig Thuis and receiver talk together.

use super::accepteer::eis;
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
    let bundel = context.bundel_bij(&overdracht.feit);
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
    redenen.extend(ontbrekende_punten(bundel, &momenten, |sleutel| gesprek.punten.contains(sleutel)));
    redenen
}

/// Each topic of the agreement for these moments that was not talked over, by the clause of that topic.
pub(crate) fn ontbrekende_punten(
    bundel: &Bundel,
    momenten: &[Gespreksmoment],
    besproken: impl Fn(&str) -> bool,
) -> Vec<Reden> {
    if !heeft_regel(bundel, Code::GesprekspuntOntbreekt) {
        return Vec::new();
    }
    let punten = momenten.iter().flat_map(|moment| bundel.gesprekspunten(*moment));
    let open = punten.filter(|(sleutel, _)| !besproken(sleutel));
    open.map(|(sleutel, punt)| {
        let reden = Reden::volgens(bundel, Code::GesprekspuntOntbreekt).met_clausule(&punt.clausule);
        reden.met_ontbreekt(vec![sleutel.to_owned()])
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{commando::Commando, gebeurtenis::DienstSoort, proef::*};

    #[test]
    fn na_een_dienst_gaat_het_zicht_in_nog_over_bij_de_bevestiging_in_het_gesprek() {
        let team = "lokaal-team-winterswijk";
        let verhaal = na_dienst("noord-oost-gelderland", DienstSoort::VoorwaardenEnVervolg);
        let verhaal = verhaal.op("2026-04-08 10:00").door_vt();
        let verhaal = verhaal.doe(&verhaal.aanbod(team));
        let overdracht = verhaal.staat().overdrachten[0].id;
        let accepteer = Commando::AccepteerOverdracht { overdracht };
        let weigering = verhaal.door(team).probeer(&accepteer).geweigerd(Code::GeenWarmeOverdracht);
        assert_eq!(weigering.reden.clausule.als_str(), "NOG-3.b");
        let verhaal = verhaal.doe(&warm(&verhaal, overdracht)).op("2026-04-08 11:00").door(team).doe(&accepteer);
        assert_eq!(verhaal.houder_op("2026-04-08 11:00"), (team.into(), "NOG-3.b".into()));
    }

    #[test]
    fn zonder_gezin_of_zonder_een_punt_gaat_het_alleen_met_een_reden() {
        let verhaal = na_dienst("ijmond", DienstSoort::Onderzoek).op("2026-04-08 10:00").door_vt();
        let verhaal = verhaal.doe(&verhaal.aanbod("cjg-kennemerland"));
        let overdracht = verhaal.staat().overdrachten[0].id;
        let Commando::HoudWarmeOverdracht(mut gesprek) = warm(&verhaal, overdracht) else { unreachable!() };
        gesprek.aanwezig.remove(&Aanwezige::Gezin);
        gesprek.punten.remove("plan");
        let weigering =
            verhaal.probeer(&Commando::HoudWarmeOverdracht(gesprek.clone())).geweigerd(Code::GezinNietAanwezig);
        assert_eq!(weigering.reden.clausule.als_str(), "IJM-3.4.2.a");
        assert!(weigering.mag_met_reden);
        assert_eq!(weigering.ook[0].ontbreekt, ["plan"]);
        gesprek.reden = true;
        let verhaal = verhaal.doe(&Commando::HoudWarmeOverdracht(gesprek));
        assert_eq!(verhaal.staat().overdrachten[0].warm.as_ref().unwrap().afwijkingen.len(), 2);
    }
}
