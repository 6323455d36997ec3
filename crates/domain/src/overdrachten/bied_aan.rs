//! Who holds zicht op veiligheid offers it to one accountable receiver.

use super::Stand;
use crate::{
    afspraak::{Bundel, Doelgroep, Fase, Ontvangt, PartijSoort},
    beoordelingen::{heeft_regel, redenen_uit_criteria, toets},
    besluit::{Context, Uitslag, houdt},
    casus::Casus,
    commando::BiedOverdrachtAan,
    gebeurtenis::{BesluitSoort, Gebeurtenis, Hulpadvies, Openheid, PersoonRol},
    ids::OrganisatieId,
    weigering::{Code, Reden},
};
use std::collections::BTreeSet;

pub(crate) fn bied_overdracht_aan(casus: &Casus, aanbod: &BiedOverdrachtAan, context: &Context<'_>) -> Uitslag {
    let bundel = context.bundel;
    let fase = fase_van(casus, aanbod, context);
    // An id that was offered before would make its answer ambiguous: who accepts what.
    let antwoord_gehad = casus.overdracht(aanbod.overdracht).is_some_and(|eerder| eerder.stand != Stand::Open);
    context.eis(!antwoord_gehad, Code::OverdrachtNietOpen)?;
    let mut redenen = tegen_overdragen(casus, fase, context);
    if fase == Fase::Direct {
        redenen.extend(nieuwe_bezwaren(casus, context));
    }
    redenen.extend(tegen_ontvanger(casus, aanbod, fase, bundel));
    let overgang = bundel.overgang(fase, bundel.soort_van(&aanbod.naar));
    let wacht_op_inhoud = overgang.is_some_and(|overgang| overgang.ook_inhoud);
    let inhoud = Inhoud::van(casus, &aanbod.onderdelen, fase, bundel);
    redenen.extend(inhoud.tegen_wat_meegaat(bundel));
    if !wacht_op_inhoud {
        redenen.extend(inhoud.tegen_wat_ontbreekt(bundel));
    }
    let geinformeerd = aanbod.gezin_geinformeerd || is_geinformeerd(casus);
    // Who decided that telling the family is dangerous has recorded it, with the reason.
    if !geinformeerd && casus.uitstel.is_empty() && heeft_regel(bundel, Code::GezinNietGeinformeerd) {
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
        fase,
        mede_ontvangers: aanbod.mede_ontvangers.clone(),
        oordelen: aanbod.oordelen,
        wacht_op_inhoud,
        naar_afspraak: aanbod.naar_afspraak.clone(),
    }];
    // What was received was sent.
    let verzonden = aanbod.verzonden || aanbod.ontvangen;
    if verzonden {
        gebeurtenissen.push(Gebeurtenis::GegevensVerzonden { overdracht });
    }
    if aanbod.ontvangen {
        gebeurtenissen.push(Gebeurtenis::GegevensOntvangen { overdracht });
        if wacht_op_inhoud && inhoud.is_compleet() {
            gebeurtenissen.push(Gebeurtenis::InhoudCompleet { overdracht });
        }
    }
    if verzonden && overgang.is_some_and(|overgang| overgang.bij_verzending) {
        gebeurtenissen.push(Gebeurtenis::OverdrachtGeaccepteerd { overdracht });
    }
    Ok(gebeurtenissen)
}

/// In what situation this is offered: it follows from who offers, to whom, and whether a service ended.
fn fase_van(casus: &Casus, aanbod: &BiedOverdrachtAan, context: &Context<'_>) -> Fase {
    if casus.veilig_thuis.as_ref() != Some(context.organisatie) {
        Fase::Onderling
    } else if aanbod.naar_afspraak.is_some() {
        Fase::AnderVeiligThuis
    } else {
        fase_nu(casus)
    }
}

/// The situation in which Veilig Thuis would offer to a party of its own region now.
pub fn fase_nu(casus: &Casus) -> Fase {
    if casus.afgeronde_dienst(u64::MAX).is_some() || casus.lopende_dienst().is_some() {
        Fase::NaDienst
    } else {
        Fase::Direct
    }
}

fn tegen_overdragen(casus: &Casus, fase: Fase, context: &Context<'_>) -> Vec<Reden> {
    let mut codes = Vec::new();
    if casus.lopend_aanbod().is_some() {
        codes.push(Code::AanbodAlOpen);
    }
    if casus.wordt_verplaatst() {
        codes.push(Code::MeldingWordtVerplaatst);
    }
    if casus.onbesliste_meldingen().next().is_some() {
        codes.push(Code::MeldingNietBeoordeeld);
    }
    if casus.lopende_dienst().is_some() {
        codes.push(Code::DienstNietAfgerond);
    }
    let besloten = match fase {
        Fase::Direct => is_besloten(casus),
        Fase::NaDienst | Fase::Onderling => true,
        Fase::AnderVeiligThuis => houdt(casus, context),
    };
    if !besloten {
        codes.push(Code::GeenBesluitTotOverdracht);
    }
    codes.into_iter().map(|code| Reden::volgens(context.bundel, code)).collect()
}

/// Whether the decisions on the running reports lead to direct handover.
fn is_besloten(casus: &Casus) -> bool {
    let besluiten: Vec<_> = casus.lopende_meldingen().filter_map(|m| m.besluit.as_ref()).map(|b| b.soort).collect();
    // What Veilig Thuis took on after a passing, it may hand over again.
    (casus.op_zich_genomen() && besluiten.is_empty())
        || besluiten.contains(&BesluitSoort::DirecteOverdracht)
            && !besluiten.contains(&BesluitSoort::VervolgBijVeiligThuis)
}

/// Answers that speak against direct handover and were not passed with a reason at the decision: recorded after it.
fn nieuwe_bezwaren(casus: &Casus, context: &Context<'_>) -> Vec<Reden> {
    let besloten = casus.lopende_meldingen().filter_map(|melding| Some((melding, melding.besluit.as_ref()?)));
    besloten
        .filter(|(_, besluit)| besluit.soort == BesluitSoort::DirecteOverdracht)
        .flat_map(|(melding, besluit)| {
            let bundel = context.bundel_bij(&melding.feit);
            let redenen = redenen_uit_criteria(casus, melding, bundel).into_iter();
            redenen.filter(|reden| !besluit.afwijkingen.iter().any(|afwijking| afwijking.clausule == reden.clausule))
        })
        .collect()
}

fn tegen_ontvanger(casus: &Casus, aanbod: &BiedOverdrachtAan, fase: Fase, bundel: &Bundel) -> Vec<Reden> {
    let mut redenen = Vec::new();
    let partij = bundel.inhoud.partij.get(&aanbod.naar);
    let soort = partij.map_or(PartijSoort::Beroepskracht, |partij| partij.soort);
    match (fase, soort) {
        (Fase::AnderVeiligThuis, _) | (Fase::Onderling, PartijSoort::Beroepskracht) => {}
        (Fase::Direct | Fase::NaDienst, PartijSoort::Beroepskracht) if is_betrokken(casus, aanbod) => {
            redenen.extend(tegen_beroepskracht(aanbod, bundel));
        }
        (Fase::Direct | Fase::NaDienst | Fase::Onderling, _) => {
            if !partij.is_some_and(|partij| partij.ontvangt_in(&casus.gemeente, fase.taak())) {
                redenen
                    .push(Reden::volgens(bundel, Code::NietInTakenpakket).met_ontbreekt(vec![aanbod.naar.0.clone()]));
            }
        }
    }
    let voor_jeugd = partij.is_some_and(|partij| partij.doelgroep == Some(Doelgroep::Jeugd));
    let zonder_kind = !casus.personen.iter().any(|persoon| persoon.rol == PersoonRol::Kind);
    if voor_jeugd && zonder_kind && heeft_regel(bundel, Code::GeenKindBekend) {
        redenen.push(Reden::volgens(bundel, Code::GeenKindBekend));
    }
    if casus.gaat_gewoonlijk_naar(fase, bundel).is_some_and(|eerder| *eerder != aanbod.naar) {
        redenen.push(Reden::volgens(bundel, Code::AnderePartijDanEerder));
    }
    if let Some(overgang) = bundel.overgang(fase, soort) {
        let wijze = aanbod.wijze.als_str();
        if !overgang.wijzen.is_empty() && !overgang.wijzen.contains(&wijze) {
            redenen.push(Reden::volgens(bundel, Code::AndereWijze).met_ontbreekt(overgang.wijzen.clone()));
        }
    }
    redenen
}

impl Casus {
    /// Where Veilig Thuis hands over after a new report: to who got the family the last time, unless that party has no
    /// such task here any more or refused since.
    pub fn gaat_gewoonlijk_naar(&self, fase: Fase, bundel: &Bundel) -> Option<&OrganisatieId> {
        if !matches!(fase, Fase::Direct | Fase::NaDienst) {
            return None;
        }
        let (eerder, overgegaan) = self.laatste_overgang()?;
        self.lopende_meldingen().next()?;
        let partij = bundel.inhoud.partij.get(&eerder.naar)?;
        let weigerde = self.overdrachten.iter().any(|later| {
            later.naar == eerder.naar
                && later.feit.versie > overgegaan.versie
                && matches!(later.stand, Stand::Geweigerd(..))
        });
        (!weigerde && partij.ontvangt_in(&self.gemeente, fase.taak())).then_some(&eerder.naar)
    }
}

/// A professional who reported openly, or of whom both judgements are on record; any other is no party here.
fn is_betrokken(casus: &Casus, aanbod: &BiedOverdrachtAan) -> bool {
    let meldde = casus.eigen_meldingen().any(|melding| melding.melder.organisatie() == Some(&aanbod.naar));
    meldde || aanbod.oordelen.is_some()
}

/// A professional who reported or helps receives when both judge that it can be done; on "extend" Veilig Thuis stays.
fn tegen_beroepskracht(aanbod: &BiedOverdrachtAan, bundel: &Bundel) -> Vec<Reden> {
    let Some(oordelen) = aanbod.oordelen else {
        return vec![Reden::volgens(bundel, Code::OordeelOntbreekt)];
    };
    let mut redenen = Vec::new();
    if !(oordelen.kan && oordelen.wil && oordelen.in_staat) {
        redenen.push(Reden::volgens(bundel, Code::NietInStaat));
    }
    if oordelen.advies == Hulpadvies::Uitbreiden {
        redenen.push(Reden::volgens(bundel, Code::AdviesIsUitbreiden));
    }
    redenen
}

/// What goes along with a handover, against what the agreement asks for.
pub(super) struct Inhoud {
    pub ontbreekt: Vec<String>,
    mag_niet_mee: Vec<String>,
    /// Goes along only when needed, with the reason.
    alleen_indien_nodig: Vec<String>,
}

impl Inhoud {
    pub fn van(casus: &Casus, onderdelen: &BTreeSet<String>, fase: Fase, bundel: &Bundel) -> Self {
        let open = casus.lopende_meldingen().all(|melding| melding.openheid == Openheid::Open);
        let mut inhoud = Self { ontbreekt: Vec::new(), mag_niet_mee: Vec::new(), alleen_indien_nodig: Vec::new() };
        for (sleutel, onderdeel) in bundel.onderdelen(fase) {
            let naam = || sleutel.to_owned();
            match (onderdeel.ontvanger, onderdelen.contains(sleutel)) {
                (Ontvangt::Ja, false) => inhoud.ontbreekt.push(naam()),
                (Ontvangt::AlleenBijOpenMelding, false) if open => inhoud.ontbreekt.push(naam()),
                (Ontvangt::AlleenBijOpenMelding | Ontvangt::BijOpenMeldingIndienNodig, true) if !open => {
                    inhoud.mag_niet_mee.push(naam());
                }
                (Ontvangt::BijOpenMeldingIndienNodig, true) => inhoud.alleen_indien_nodig.push(naam()),
                (Ontvangt::Ja | Ontvangt::Nee | Ontvangt::AlleenBijOpenMelding, _)
                | (Ontvangt::BijOpenMeldingIndienNodig, false) => {}
            }
        }
        inhoud
    }

    pub fn is_compleet(&self) -> bool {
        self.ontbreekt.is_empty()
    }

    pub fn tegen_wat_meegaat(&self, bundel: &Bundel) -> Vec<Reden> {
        let mut redenen = Vec::new();
        if !self.mag_niet_mee.is_empty() {
            redenen.push(Reden::volgens(bundel, Code::MelderAfgeschermd).met_ontbreekt(self.mag_niet_mee.clone()));
        }
        if !self.alleen_indien_nodig.is_empty() && heeft_regel(bundel, Code::MelderAlleenIndienNodig) {
            let reden = Reden::volgens(bundel, Code::MelderAlleenIndienNodig);
            redenen.push(reden.met_ontbreekt(self.alleen_indien_nodig.clone()));
        }
        redenen
    }

    /// The rule of a region is about the list that the region made, by the clause of what is missing from it. What only
    /// the base asks for, as to another Veilig Thuis, no clause of the region makes mandatory.
    fn tegen_wat_ontbreekt(&self, bundel: &Bundel) -> Option<Reden> {
        let van_wie = |sleutel: &&String| bundel.inhoud.onderdeel.get(*sleutel).map(|deel| &deel.clausule);
        let is_eigen = |sleutel: &&String| van_wie(sleutel).is_some_and(|clausule| bundel.is_eigen(clausule));
        let eigen: Vec<&String> = self.ontbreekt.iter().filter(is_eigen).collect();
        let clausule = eigen.first().and_then(van_wie).filter(|_| heeft_regel(bundel, Code::InhoudOntbreekt))?;
        let reden = Reden::volgens(bundel, Code::InhoudOntbreekt).met_clausule(clausule);
        Some(reden.met_ontbreekt(eigen.into_iter().cloned().collect()))
    }
}

fn is_geinformeerd(casus: &Casus) -> bool {
    let vanaf = casus.lopende_meldingen().map(|melding| melding.feit.versie).min();
    vanaf.is_none_or(|vanaf| casus.geinformeerd.iter().any(|informatie| informatie.feit.versie > vanaf))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commando::Commando,
        gebeurtenis::{Antwoord, DienstSoort, Oordelen, OverdrachtWijze},
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
    fn een_team_voor_jeugd_krijgt_een_huishouden_zonder_kind_alleen_met_een_reden() {
        let huisarts = Verhaal::in_regio("ijmond").op("2026-03-02 10:00").door("huisarts");
        let mut melding = huisarts.melding("huisarts", Openheid::Open, "2026-03-02 10:00");
        if let Commando::Meld(meld) = &mut melding {
            meld.personen.iter_mut().for_each(|persoon| persoon.rol = PersoonRol::Ouder);
        }
        let gemeld = huisarts.doe(&melding).op("2026-03-04 10:00");
        let verhaal = gemeld.rond_laatste_beoordeling_af_en_besluit_direct().op("2026-03-10 10:00").door_vt();
        let Commando::BiedOverdrachtAan(mut jeugd) = verhaal.aanbod("cjg-kennemerland") else { unreachable!() };
        let weigering = verhaal.probeer(&Commando::BiedOverdrachtAan(jeugd.clone())).geweigerd(Code::GeenKindBekend);
        assert_eq!((weigering.reden.clausule.als_str(), weigering.mag_met_reden), ("IJM-1.1.a", true));
        verhaal.probeer(&verhaal.aanbod("socius")).toegestaan();
        jeugd.reden = true;
        verhaal.probeer(&Commando::BiedOverdrachtAan(jeugd)).toegestaan();
    }

    #[test]
    fn een_nieuwe_melding_gaat_naar_wie_het_gezin_de_vorige_keer_kreeg() {
        let verhaal = overgedragen("ijmond", "cjg-kennemerland")
            .meld_als("huisarts", Openheid::Open, "2026-04-15 09:00")
            .op("2026-04-17 09:00")
            .rond_laatste_beoordeling_af_en_besluit_direct()
            .door_vt();
        let Commando::BiedOverdrachtAan(mut ander) = verhaal.aanbod("socius") else { unreachable!() };
        let weigering =
            verhaal.probeer(&Commando::BiedOverdrachtAan(ander.clone())).geweigerd(Code::AnderePartijDanEerder);
        assert_eq!((weigering.reden.clausule.als_str(), weigering.mag_met_reden), ("LND-10.b", true));
        verhaal.probeer(&verhaal.aanbod("cjg-kennemerland")).toegestaan();
        ander.reden = true;
        verhaal.probeer(&Commando::BiedOverdrachtAan(ander)).toegestaan();
        // The first handover goes to anybody who has the task.
        let eerste = klaar_voor_overdracht("ijmond").door_vt();
        eerste.probeer(&eerste.aanbod("socius")).toegestaan();
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

    fn aan_melder(verhaal: &Verhaal, oordelen: Option<Oordelen>) -> Commando {
        let Commando::BiedOverdrachtAan(mut aanbod) = verhaal.aanbod("basisschool") else { unreachable!() };
        (aanbod.oordelen, aanbod.wijze) = (oordelen, OverdrachtWijze::Telefoon);
        Commando::BiedOverdrachtAan(aanbod)
    }

    #[test]
    fn een_beroepskracht_die_meldde_ontvangt_als_beide_oordelen_goed_zijn() {
        let verhaal = klaar_voor_overdracht("ijmond").door_vt();
        let goed = Oordelen { advies: Hulpadvies::Bijstellen, kan: true, wil: true, in_staat: true };
        let weigering = verhaal.probeer(&aan_melder(&verhaal, None)).geweigerd(Code::OordeelOntbreekt);
        assert_eq!(weigering.reden.clausule.als_str(), "LND-20.a");
        let niet_in_staat = Oordelen { in_staat: false, ..goed };
        let weigering = verhaal.probeer(&aan_melder(&verhaal, Some(niet_in_staat))).geweigerd(Code::NietInStaat);
        assert_eq!(weigering.reden.clausule.als_str(), "LND-17.a");
        let uitbreiden = Oordelen { advies: Hulpadvies::Uitbreiden, ..goed };
        let weigering = verhaal.probeer(&aan_melder(&verhaal, Some(uitbreiden))).geweigerd(Code::AdviesIsUitbreiden);
        assert_eq!(weigering.reden.clausule.als_str(), "LND-9.b");
        let verhaal = verhaal.doe(&aan_melder(&verhaal, Some(goed)));
        let overdracht = verhaal.staat().overdrachten[0].id;
        let verhaal = verhaal.op("2026-03-06 09:00").door("basisschool");
        let verhaal = verhaal.doe(&Commando::AccepteerOverdracht { overdracht });
        assert_eq!(verhaal.houder_op("2026-03-06 09:00"), ("basisschool".into(), "HIAAT-3".into()));
    }

    #[test]
    fn wie_het_zicht_heeft_draagt_het_over_aan_een_ander_en_niet_als_veilig_thuis_het_overnam() {
        let team = overgedragen("ijmond", "cjg-kennemerland").op("2026-04-01 09:00").door("cjg-kennemerland");
        let verhaal = team.doe(&team.aanbod("socius"));
        let overdracht = verhaal.staat().overdrachten[1].id;
        let accepteer = Commando::AccepteerOverdracht { overdracht };
        let overgenomen = verhaal.door_vt().doe(&Commando::NeemZichtOver { reden: true });
        overgenomen.door("socius").probeer(&accepteer).geweigerd(Code::OverdrachtOpgeschort);
        let verhaal = verhaal.op("2026-04-02 09:00").door("socius").doe(&accepteer);
        assert_eq!(verhaal.houder_op("2026-04-02 09:00"), ("socius".into(), "IJM-4.1.c".into()));
    }

    #[test]
    fn na_overdracht_aan_een_ander_veilig_thuis_geldt_daar_de_eigen_afspraak() {
        let verhaal = klaar_voor_overdracht("ijmond").door_vt();
        let Commando::BiedOverdrachtAan(mut aanbod) = verhaal.aanbod("veilig-thuis-noord-holland-noord") else {
            unreachable!()
        };
        aanbod.naar_afspraak = Some("noord-holland-noord".into());
        aanbod.wijze = OverdrachtWijze::Digitaal;
        let alle = verhaal.bundel().onderdelen(Fase::AnderVeiligThuis);
        aanbod.onderdelen = alle.into_iter().map(|(sleutel, _)| sleutel.to_owned()).collect();
        let overdracht = aanbod.overdracht;
        let verhaal = verhaal.doe(&Commando::BiedOverdrachtAan(aanbod));
        let nieuw = "veilig-thuis-noord-holland-noord";
        let verhaal = verhaal.op("2026-03-06 09:00").door(nieuw).doe(&Commando::AccepteerOverdracht { overdracht });
        assert_eq!(verhaal.houder_op("2026-03-06 08:59").0, "veilig-thuis-kennemerland");
        assert_eq!(verhaal.houder_op("2026-03-06 09:00"), (nieuw.into(), "HIAAT-3".into()));
        let casus = verhaal.staat();
        assert_eq!(casus.afspraak, Some("noord-holland-noord".into()));
        assert_eq!(casus.veilig_thuis_bij(1), Some(&"veilig-thuis-kennemerland".into()));
        // Its own reports come later; what the first one weighed it knows as it was handed over.
        let verhaal = verhaal.meld_als("huisarts", Openheid::Open, "2026-05-01 09:00");
        assert_eq!(verhaal.houder_op("2026-06-01 00:00").0, nieuw);
    }

    #[test]
    fn naar_een_ander_veilig_thuis_geldt_de_lijst_voor_lokale_teams_niet() {
        let verhaal = klaar_voor_overdracht("ijmond");
        let Commando::BiedOverdrachtAan(mut aanbod) = verhaal.aanbod("veilig-thuis-noord-holland-noord") else {
            unreachable!()
        };
        aanbod.onderdelen.clear();
        aanbod.wijze = OverdrachtWijze::Telefoon;
        aanbod.naar_afspraak = Some("noord-holland-noord".into());
        verhaal.door_vt().probeer(&Commando::BiedOverdrachtAan(aanbod)).toegestaan();
    }

    #[test]
    fn na_een_dienst_ontbreekt_iets_door_de_clausule_van_die_lijst() {
        let verhaal = na_dienst("noord-oost-gelderland", DienstSoort::Onderzoek).door_vt();
        let Commando::BiedOverdrachtAan(mut aanbod) = verhaal.aanbod("lokaal-team-winterswijk") else { unreachable!() };
        aanbod.onderdelen.remove("consequenties");
        let weigering = verhaal.probeer(&Commando::BiedOverdrachtAan(aanbod)).geweigerd(Code::InhoudOntbreekt);
        assert_eq!(weigering.reden.clausule.als_str(), "NOG-3.c");
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
