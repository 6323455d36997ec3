//! Veilig Thuis offers zicht op veiligheid to one accountable receiver.

use super::{FASE_DIRECT, Stand};
use crate::{
    afspraak::{Bundel, Ontvangt, PartijSoort, TAAK_DIRECT},
    beoordelingen::{heeft_regel, redenen_uit_criteria, toets},
    besluit::{Context, Uitslag},
    casus::Casus,
    commando::BiedOverdrachtAan,
    gebeurtenis::{BesluitSoort, Gebeurtenis, Openheid},
    weigering::{Code, Reden},
};

pub(crate) fn bied_overdracht_aan(casus: &Casus, aanbod: &BiedOverdrachtAan, context: &Context<'_>) -> Uitslag {
    let bundel = context.bundel;
    // An id that was offered before would make its answer ambiguous: who accepts what.
    let antwoord_gehad = casus.overdracht(aanbod.overdracht).is_some_and(|eerder| eerder.stand != Stand::Open);
    context.eis(!antwoord_gehad, Code::OverdrachtNietOpen)?;
    let mut redenen = tegen_overdragen(casus, bundel);
    redenen.extend(nieuwe_bezwaren(casus, context));
    redenen.extend(tegen_ontvanger(casus, aanbod, bundel));
    redenen.extend(tegen_inhoud(casus, aanbod, bundel));
    let geinformeerd = aanbod.gezin_geinformeerd || is_geinformeerd(casus);
    if !geinformeerd && heeft_regel(bundel, Code::GezinNietGeinformeerd) {
        redenen.push(Reden::volgens(bundel, Code::GezinNietGeinformeerd));
    }
    let afwijkingen = toets(bundel, redenen, aanbod.reden)?;
    let overdracht = aanbod.overdracht;
    let mut gebeurtenissen = vec![Gebeurtenis::OverdrachtAangeboden {
        overdracht,
        naar: aanbod.naar.clone(),
        wijze: aanbod.wijze,
        onderdelen: aanbod.onderdelen.clone(),
        gezin_geinformeerd: geinformeerd,
        afwijkingen,
    }];
    if aanbod.verzonden || aanbod.ontvangen {
        gebeurtenissen.push(Gebeurtenis::GegevensVerzonden { overdracht });
    }
    if aanbod.ontvangen {
        gebeurtenissen.push(Gebeurtenis::GegevensOntvangen { overdracht });
    }
    Ok(gebeurtenissen)
}

fn tegen_overdragen(casus: &Casus, bundel: &Bundel) -> Vec<Reden> {
    let mut codes = Vec::new();
    if casus.open_aanbod().is_some() {
        codes.push(Code::AanbodAlOpen);
    }
    if casus.onbesliste_meldingen().next().is_some() {
        codes.push(Code::MeldingNietBeoordeeld);
    }
    let besluiten: Vec<_> = casus.lopende_meldingen().filter_map(|m| m.besluit.as_ref()).map(|b| b.soort).collect();
    // What Veilig Thuis took over after a passing, it may hand over again.
    let overgenomen =
        casus.overnames.last().map(|feit| feit.versie) > casus.laatste_overgang().map(|(_, feit)| feit.versie);
    let mag_over = (overgenomen && besluiten.is_empty())
        || besluiten.contains(&BesluitSoort::DirecteOverdracht)
            && !besluiten.contains(&BesluitSoort::VervolgBijVeiligThuis);
    if !mag_over {
        codes.push(Code::GeenBesluitTotOverdracht);
    }
    codes.into_iter().map(|code| Reden::volgens(bundel, code)).collect()
}

/// Answers that speak against direct handover and were not passed with a reason at the decision: recorded after it.
fn nieuwe_bezwaren(casus: &Casus, context: &Context<'_>) -> Vec<Reden> {
    let besloten = casus.lopende_meldingen().filter_map(|melding| Some((melding, melding.besluit.as_ref()?)));
    besloten
        .filter(|(_, besluit)| besluit.soort == BesluitSoort::DirecteOverdracht)
        .flat_map(|(melding, besluit)| {
            let bundel = context.bundels.uit(&melding.feit.bundel).unwrap_or(context.bundel);
            let redenen = redenen_uit_criteria(casus, melding, bundel).into_iter();
            redenen.filter(|reden| !besluit.afwijkingen.iter().any(|afwijking| afwijking.clausule == reden.clausule))
        })
        .collect()
}

fn tegen_ontvanger(casus: &Casus, aanbod: &BiedOverdrachtAan, bundel: &Bundel) -> Vec<Reden> {
    let mut redenen = Vec::new();
    let partij = bundel.inhoud.partij.get(&aanbod.naar);
    if !partij.is_some_and(|partij| partij.ontvangt_in(&casus.gemeente, TAAK_DIRECT)) {
        redenen.push(Reden::volgens(bundel, Code::NietInTakenpakket).met_ontbreekt(vec![aanbod.naar.0.clone()]));
    }
    let soort = partij.map_or(PartijSoort::Anders, |partij| partij.soort);
    if let Some(overgang) = bundel.overgang(FASE_DIRECT, soort) {
        let wijze = aanbod.wijze.als_str();
        if !overgang.wijzen.is_empty() && !overgang.wijzen.contains(&wijze) {
            redenen.push(Reden::volgens(bundel, Code::AndereWijze).met_ontbreekt(overgang.wijzen.clone()));
        }
    }
    redenen
}

fn tegen_inhoud(casus: &Casus, aanbod: &BiedOverdrachtAan, bundel: &Bundel) -> Vec<Reden> {
    let open = casus.lopende_meldingen().all(|melding| melding.openheid == Openheid::Open);
    let mut ontbreekt = Vec::new();
    let mut mag_niet_mee = Vec::new();
    for (sleutel, onderdeel) in bundel.onderdelen() {
        let aanwezig = aanbod.onderdelen.contains(sleutel);
        let mee = match onderdeel.ontvanger {
            Ontvangt::Ja => true,
            Ontvangt::Nee => false,
            Ontvangt::AlleenBijOpenMelding => open,
        };
        if mee && !aanwezig {
            ontbreekt.push(sleutel.to_owned());
        }
        if aanwezig && onderdeel.ontvanger == Ontvangt::AlleenBijOpenMelding && !open {
            mag_niet_mee.push(sleutel.to_owned());
        }
    }
    let mut redenen = Vec::new();
    if !mag_niet_mee.is_empty() {
        redenen.push(Reden::volgens(bundel, Code::MelderAfgeschermd).met_ontbreekt(mag_niet_mee));
    }
    if !ontbreekt.is_empty() && heeft_regel(bundel, Code::InhoudOntbreekt) {
        redenen.push(Reden::volgens(bundel, Code::InhoudOntbreekt).met_ontbreekt(ontbreekt));
    }
    redenen
}

fn is_geinformeerd(casus: &Casus) -> bool {
    let vanaf = casus.lopende_meldingen().map(|melding| melding.feit.versie).min();
    vanaf.is_some_and(|vanaf| casus.geinformeerd.iter().any(|feit| feit.versie > vanaf))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commando::Commando,
        gebeurtenis::{Antwoord, OverdrachtWijze},
        proef::*,
    };

    #[test]
    fn ijmond_draagt_alleen_aan_de_overdrachtstafel_over() {
        let verhaal = klaar_voor_overdracht("ijmond");
        let Commando::BiedOverdrachtAan(mut aanbod) = verhaal.aanbod("cjg-kennemerland") else { unreachable!() };
        aanbod.wijze = OverdrachtWijze::Telefoon;
        verhaal.door_vt().probeer(&Commando::BiedOverdrachtAan(aanbod)).geweigerd(Code::AndereWijze);
    }

    #[test]
    fn een_aanbod_dat_is_beantwoord_wordt_niet_onder_hetzelfde_nummer_herhaald() {
        let verhaal = klaar_voor_overdracht("ijmond");
        let aanbod = verhaal.aanbod("cjg-kennemerland");
        let verhaal = verhaal.door_vt().doe(&aanbod);
        let overdracht = verhaal.staat().overdrachten[0].id;
        verhaal.probeer(&aanbod).geweigerd(Code::AanbodAlOpen);
        let ingetrokken = verhaal.doe(&Commando::TrekOverdrachtIn { overdracht, reden: true });
        ingetrokken.probeer(&aanbod).geweigerd(Code::OverdrachtNietOpen);
    }

    #[test]
    fn een_team_zonder_deze_taak_ontvangt_niet() {
        let verhaal = klaar_voor_overdracht("ijmond");
        let weigering =
            verhaal.door_vt().probeer(&verhaal.aanbod("sociaal-team-beverwijk")).geweigerd(Code::NietInTakenpakket);
        assert_eq!(weigering.reden.clausule.als_str(), "IJM-1.1.a");
    }

    #[test]
    fn wat_ontbreekt_wordt_genoemd_en_er_is_maar_een_aanbod_tegelijk() {
        let verhaal = klaar_voor_overdracht("ijmond");
        let Commando::BiedOverdrachtAan(mut aanbod) = verhaal.aanbod("cjg-kennemerland") else { unreachable!() };
        aanbod.onderdelen.remove("inhoud-melding");
        let weigering =
            verhaal.door_vt().probeer(&Commando::BiedOverdrachtAan(aanbod)).geweigerd(Code::InhoudOntbreekt);
        assert_eq!(weigering.reden.ontbreekt, ["inhoud-melding"]);
        let verhaal = verhaal.clone().door_vt().doe(&verhaal.aanbod("cjg-kennemerland"));
        verhaal.door_vt().probeer(&verhaal.aanbod("socius")).geweigerd(Code::AanbodAlOpen);
    }

    #[test]
    fn een_bezwaar_van_na_het_besluit_houdt_het_aanbod_tegen() {
        let verhaal = klaar_voor_overdracht("ijmond").antwoord("letsel", Antwoord::Ja);
        let weigering = verhaal.door_vt().probeer(&verhaal.aanbod("cjg-kennemerland")).geweigerd(Code::ContraIndicatie);
        assert_eq!(weigering.reden.clausule.als_str(), "IJM-3.2.e");
    }

    #[test]
    fn wat_veilig_thuis_heeft_overgenomen_mag_het_opnieuw_aanbieden() {
        let verhaal = overgedragen("ijmond", "cjg-kennemerland").op("2026-05-06 08:00").door_vt();
        verhaal.probeer(&verhaal.aanbod("socius")).geweigerd(Code::GeenBesluitTotOverdracht);
        let verhaal = verhaal.doe(&Commando::NeemZichtOver { reden: true });
        verhaal.probeer(&verhaal.aanbod("socius")).toegestaan();
    }
}
