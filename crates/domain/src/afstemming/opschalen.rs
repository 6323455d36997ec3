//! The ladder, step by step, and the municipality.

use super::Afstemgebeurtenis;
use crate::{
    besluit::Context,
    casus::Casus,
    ids::OrganisatieId,
    weigering::{Code, Reden, Weigering},
};

/// A step comes after those before it. What it is about is told with it.
pub(super) fn schaal_op(
    casus: &Casus,
    stap: &str,
    reden: bool,
    context: &Context<'_>,
) -> Result<Vec<Afstemgebeurtenis>, Weigering> {
    let regel = context.bundel.inhoud.escalatie.get(stap).ok_or_else(|| context.weiger(Code::Onbekend))?;
    context.eis(reden, Code::RedenOntbreekt)?;
    let gezet = |sleutel: &str| casus.afstemming.lopende_stappen().any(|(_, eerder)| eerder == sleutel);
    context.eis(!gezet(stap), Code::AlGekozen)?;
    let eerder = context.bundel.inhoud.escalatie.iter();
    let mist: Vec<_> = eerder
        .filter(|(sleutel, ander)| ander.volgorde < regel.volgorde && !gezet(sleutel))
        .map(|(sleutel, _)| sleutel.clone())
        .collect();
    if !mist.is_empty() {
        let reden = Reden::volgens(context.bundel, Code::StapOvergeslagen).met_clausule(&regel.clausule);
        return Err(Weigering::om(reden.met_ontbreekt(mist)));
    }
    let mut gebeurtenissen = vec![Afstemgebeurtenis::Opgeschaald { stap: stap.to_owned() }];
    if regel.naar_gemeente {
        let gemeente = OrganisatieId(format!("gemeente-{}", casus.gemeente.to_lowercase().replace(' ', "-")));
        gebeurtenissen.push(Afstemgebeurtenis::GemeenteGeinformeerd { gemeente });
    }
    Ok(gebeurtenissen)
}

/// Those who decide must have been asked first.
pub(super) fn beslis(casus: &Casus, context: &Context<'_>) -> Result<Afstemgebeurtenis, Weigering> {
    let escalatie = &context.bundel.inhoud.escalatie;
    let mut stappen = casus.afstemming.lopende_stappen().peekable();
    context.eis(stappen.peek().is_some(), Code::Onbekend)?;
    if stappen.any(|(_, stap)| escalatie.get(stap).is_some_and(|regel| regel.beslist)) {
        return Ok(Afstemgebeurtenis::EscalatieBeslist);
    }
    let beslissers: Vec<_> = escalatie.iter().filter(|(_, regel)| regel.beslist).collect();
    let reden = Reden::volgens(context.bundel, Code::StapOvergeslagen);
    let reden = beslissers.first().map_or(reden.clone(), |(_, regel)| reden.met_clausule(&regel.clausule));
    let mist = beslissers.into_iter().map(|(sleutel, _)| sleutel.clone()).collect();
    Err(Weigering::om(reden.met_ontbreekt(mist)))
}

/// The municipality has no account here: whoever hears its answer records it.
pub(super) fn gemeente_antwoordt(casus: &Casus, context: &Context<'_>) -> Result<Afstemgebeurtenis, Weigering> {
    let wacht = casus.afstemming.kennisgevingen.iter().any(|een| een.geantwoord.is_none());
    context.eis(wacht, Code::Onbekend)?;
    Ok(Afstemgebeurtenis::GemeenteGeantwoord)
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use crate::{commando::Commando, proef::*, termijnen::Status};

    fn schaal(stap: &str) -> Commando {
        Commando::Afstemming(Afstemcommando::SchaalOp { stap: stap.into(), reden: true })
    }

    #[test]
    fn de_ladder_gaat_stap_voor_stap_en_de_leidinggevenden_beslissen() {
        let team = overgedragen("ijmond", "cjg-kennemerland").op("2026-04-01 09:00").door("cjg-kennemerland");
        let beslis = Commando::Afstemming(Afstemcommando::LegEscalatiebesluitVast);
        team.probeer(&beslis).geweigerd(Code::Onbekend);
        let weigering = team.probeer(&schaal("leidinggevenden")).geweigerd(Code::StapOvergeslagen);
        assert_eq!(weigering.reden.clausule.als_str(), "IJM-3.8.a");
        assert_eq!(weigering.reden.ontbreekt, ["gedragsdeskundigen"]);
        let een = team.doe(&schaal("gedragsdeskundigen"));
        een.probeer(&schaal("gedragsdeskundigen")).geweigerd(Code::AlGekozen);
        een.probeer(&beslis).geweigerd(Code::StapOvergeslagen);
        let twee = een.door_vt().doe(&schaal("leidinggevenden"));
        let klaar = twee.doe(&beslis);
        // A new matter begins at the first step again.
        klaar.probeer(&schaal("leidinggevenden")).geweigerd(Code::StapOvergeslagen);
    }

    #[test]
    fn de_gemeente_heeft_zes_kalenderweken() {
        let team = overgedragen("ijmond", "cjg-kennemerland").op("2026-04-03 09:00").door("cjg-kennemerland");
        let team = team.doe(&schaal("gedragsdeskundigen")).doe(&schaal("leidinggevenden")).doe(&schaal("gemeente"));
        let termijn = team.termijn("gemeente-antwoord").unwrap();
        assert_eq!((termijn.clausule.als_str(), termijn.wie.als_str()), ("IJM-3.8.b", "gemeente-beverwijk"));
        assert_eq!(team.status("gemeente-antwoord", "2026-05-15 23:59"), Status::Open);
        assert_eq!(team.status("gemeente-antwoord", "2026-05-16 00:00"), Status::TeLaat);
        let antwoord = Commando::Afstemming(Afstemcommando::LegAntwoordGemeenteVast);
        let klaar = team.op("2026-05-01 09:00").door_vt().doe(&antwoord);
        assert_eq!(klaar.status("gemeente-antwoord", "2026-06-01 00:00"), Status::Gehaald);
        klaar.probeer(&antwoord).geweigerd(Code::Onbekend);
    }
}
