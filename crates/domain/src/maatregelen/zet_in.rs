//! Who takes the initiative for a measure, and what comes before it.

use super::{Maatregelgebeurtenis, NeemInitiatief};
use crate::{
    afspraak::{Initiatief, Maatregel},
    beoordelingen::{heeft_regel, toets},
    besluit::Context,
    casus::Casus,
    weigering::{Code, Reden, Weigering},
};

pub(super) fn neem_initiatief(
    casus: &Casus,
    neem: &NeemInitiatief,
    context: &Context<'_>,
) -> Result<Maatregelgebeurtenis, Weigering> {
    let bundel = context.bundel;
    let regel = bundel.inhoud.maatregel.get(&neem.soort).ok_or_else(|| context.weiger(Code::Onbekend))?;
    let nieuw = casus.maatregelen.ingezet.iter().all(|eerder| eerder.id != neem.maatregel);
    context.eis(nieuw, Code::Onbekend)?;
    let overgedragen = context.houder_nu(casus) != casus.veilig_thuis;
    let mag = if overgedragen { &regel.na_overdracht } else { &regel.voor_overdracht };
    let mut redenen = Vec::new();
    match wie(casus, neem, context) {
        wie if !mag.contains(&wie) => {
            let moet = mag.iter().map(|wie| in_tekst(*wie)).collect();
            let reden = Reden::volgens(bundel, Code::InitiatiefBijAnder).met_clausule(&regel.clausule);
            redenen.push(reden.met_ontbreekt(moet));
        }
        Initiatief::Houder if overgedragen && !neem.eigen_informatie => {
            redenen.push(Reden::volgens(bundel, Code::TeWeinigEigenInformatie).met_clausule(&regel.clausule));
        }
        Initiatief::VeiligThuis | Initiatief::Houder | Initiatief::Samen => {}
    }
    if overgedragen && regel.eerst_steun {
        redenen.extend(eerst_steun(casus, context));
    }
    let zonder = regel.taxatie_met.difference(&neem.taxatie_met).map(|wie| wie.als_str()).collect::<Vec<_>>();
    if !zonder.is_empty() {
        let reden = Reden::volgens(bundel, Code::RisicotaxatieOntbreekt).met_clausule(&regel.clausule);
        redenen.push(reden.met_ontbreekt(zonder));
    }
    Ok(Maatregelgebeurtenis::InitiatiefGenomen {
        maatregel: neem.maatregel,
        maatregel_soort: neem.soort.clone(),
        samen: neem.samen,
        taxatie_met: taxatie(neem, regel),
        afwijkingen: toets(bundel, redenen, neem.reden)?,
    })
}

/// Only what the measure asks for is recorded.
fn taxatie(neem: &NeemInitiatief, regel: &Maatregel) -> std::collections::BTreeSet<super::Taxatiepartner> {
    neem.taxatie_met.intersection(&regel.taxatie_met).copied().collect()
}

fn wie(casus: &Casus, neem: &NeemInitiatief, context: &Context<'_>) -> Initiatief {
    if neem.samen {
        Initiatief::Samen
    } else if casus.veilig_thuis.as_ref() == Some(context.organisatie) {
        Initiatief::VeiligThuis
    } else {
        Initiatief::Houder
    }
}

fn in_tekst(wie: Initiatief) -> String {
    match wie {
        Initiatief::VeiligThuis => "veilig-thuis",
        Initiatief::Houder => "houder",
        Initiatief::Samen => "samen",
    }
    .to_owned()
}

/// Since zicht passed, Veilig Thuis supported, and then coercion was talked over.
fn eerst_steun(casus: &Casus, context: &Context<'_>) -> Vec<Reden> {
    let sinds = casus.laatste_overgang().map_or(0, |(_, feit)| feit.versie);
    let gesteund = casus.maatregelen.steun.iter().any(|(feit, _)| feit.versie > sinds);
    let besproken = casus.maatregelen.besproken.iter().any(|(feit, _)| feit.versie > sinds);
    let mist = [(Code::SteunNietGeprobeerd, gesteund), (Code::DwangNietBesproken, besproken)];
    let mist = mist.into_iter().filter(|(code, gedaan)| !gedaan && heeft_regel(context.bundel, *code));
    mist.map(|(code, _)| Reden::volgens(context.bundel, code)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use crate::{commando::Commando, proef::*};
    use uuid::Uuid;

    fn neem(soort: &str) -> NeemInitiatief {
        NeemInitiatief {
            maatregel: MaatregelId(Uuid::from_u128(1)),
            soort: soort.into(),
            samen: false,
            eigen_informatie: true,
            taxatie_met: BTreeSet::new(),
            reden: false,
        }
    }

    fn commando(neem: NeemInitiatief) -> Commando {
        Commando::Maatregel(Maatregelcommando::NeemInitiatief(neem))
    }

    fn na_steun(verhaal: &Verhaal) -> Verhaal {
        let steun = Maatregelcommando::BiedSteun { vorm: "casusconsultatie".into() };
        let met = [Dwangpartner::VeiligThuis, Dwangpartner::LokaalTeam].into();
        let verhaal = verhaal.door_vt().doe(&Commando::Maatregel(steun));
        verhaal.doe(&Commando::Maatregel(Maatregelcommando::BespreekDwang { met }))
    }

    #[test]
    fn tot_de_overdracht_veilig_thuis_daarna_het_team_of_samen() {
        let vt = klaar_voor_overdracht("ijmond").door_vt();
        vt.probeer(&commando(neem("vtb"))).toegestaan();
        let over = overgedragen("ijmond", "cjg-kennemerland").op("2026-04-01 09:00");
        let over = na_steun(&over);
        let weigering = over.probeer(&commando(neem("vtb"))).geweigerd(Code::InitiatiefBijAnder);
        assert_eq!((weigering.reden.clausule.als_str(), weigering.mag_met_reden), ("IJM-3.6.a", true));
        assert_eq!(weigering.reden.ontbreekt, ["houder", "samen"]);
        over.probeer(&commando(NeemInitiatief { samen: true, ..neem("vtb") })).toegestaan();
        let team = over.door("cjg-kennemerland");
        team.probeer(&commando(neem("vtb"))).toegestaan();
        let weet_weinig = NeemInitiatief { eigen_informatie: false, ..neem("vtb") };
        team.probeer(&commando(weet_weinig)).geweigerd(Code::TeWeinigEigenInformatie);
    }

    #[test]
    fn eerst_steun_en_dan_het_gesprek_over_dwang() {
        let team = overgedragen("ijmond", "cjg-kennemerland").op("2026-04-01 09:00").door("cjg-kennemerland");
        let weigering = team.probeer(&commando(neem("vto"))).geweigerd(Code::SteunNietGeprobeerd);
        assert_eq!(weigering.reden.clausule.als_str(), "IJM-3.5.a");
        assert_eq!(weigering.ook[0].code, Code::DwangNietBesproken);
        assert_eq!(weigering.ook[0].clausule.als_str(), "IJM-3.5.b");
        na_steun(&team).door("cjg-kennemerland").probeer(&commando(neem("vto"))).toegestaan();
    }

    #[test]
    fn een_huisverbod_vraagt_de_risicotaxatie_met_beiden() {
        let vt = klaar_voor_overdracht("zuid-holland-zuid").door_vt();
        let half = NeemInitiatief { taxatie_met: [Taxatiepartner::Slachtoffer].into(), ..neem("tijdelijk-huisverbod") };
        let weigering = vt.probeer(&commando(half)).geweigerd(Code::RisicotaxatieOntbreekt);
        assert_eq!((weigering.reden.clausule.als_str(), weigering.mag_met_reden), ("ZHZ-8.1.k", false));
        assert_eq!(weigering.reden.ontbreekt, ["pleger"]);
        let beiden = [Taxatiepartner::Slachtoffer, Taxatiepartner::Pleger].into();
        vt.probeer(&commando(NeemInitiatief { taxatie_met: beiden, ..neem("tijdelijk-huisverbod") })).toegestaan();
    }
}
