//! Whom Veilig Thuis speaks first when a report comes in while others already help: the institution where there is one,
//! then the family, then who helps.

use crate::{
    afspraak::Bundel,
    beoordelingen::heeft_regel,
    besluit::Context,
    casus::Casus,
    ids::{ClausuleId, OrganisatieId},
    meldingen::Melding,
    weigering::{Code, Reden},
};

/// The order as it stands for the newest report that nobody decided on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contactvolgorde<'a> {
    /// Certified institutions that are involved, each with whether it was spoken.
    pub instellingen: Vec<(OrganisatieId, bool)>,
    pub gezin_gesproken: bool,
    /// Who helps: to whom zicht passed last, when that is somebody else.
    pub hulpverlener: Option<(OrganisatieId, bool)>,
    pub clausule: &'a ClausuleId,
}

impl Contactvolgorde<'_> {
    /// The institutions that must be spoken before anybody else.
    fn eerst(&self) -> Vec<String> {
        self.instellingen.iter().filter(|(_, gesproken)| !gesproken).map(|(gi, _)| gi.0.clone()).collect()
    }
}

/// The order of contacts, while a report lies on a casus in which others already help and where the agreement has one.
pub fn contactvolgorde<'a>(casus: &Casus, bundel: &'a Bundel) -> Option<Contactvolgorde<'a>> {
    let clausule = &bundel.inhoud.regel.get(&Code::AndereVolgorde)?.clausule;
    let melding = casus.onbesliste_meldingen().last().filter(|_| heeft_regel(bundel, Code::AndereVolgorde))?;
    let na = |versie: u64| versie > melding.feit.versie;
    let gesproken = |organisatie: &OrganisatieId| {
        casus.contacten_beroepskracht.iter().any(|(feit, met)| met == organisatie && na(feit.versie))
    };
    let mut instellingen: Vec<_> = casus.personen.iter().filter_map(|lid| lid.gi.clone()).collect();
    instellingen.sort();
    instellingen.dedup();
    let instellingen: Vec<_> = instellingen.into_iter().map(|gi| (gi.clone(), gesproken(&gi))).collect();
    let hulpverlener = hulpverlener(casus, melding);
    if instellingen.is_empty() && hulpverlener.is_none() {
        return None;
    }
    let eigen = |feit: &crate::casus::Feit| Some(&feit.organisatie) == casus.veilig_thuis.as_ref();
    Some(Contactvolgorde {
        instellingen,
        gezin_gesproken: casus.contacten.iter().any(|c| c.gelukt && eigen(&c.feit) && na(c.feit.versie)),
        hulpverlener: hulpverlener.map(|wie| (wie.clone(), gesproken(wie))),
        clausule,
    })
}

/// To whom zicht passed last before this report.
fn hulpverlener<'a>(casus: &'a Casus, melding: &Melding) -> Option<&'a OrganisatieId> {
    let (overdracht, _) = casus.laatste_overgang().filter(|(_, feit)| feit.versie < melding.feit.versie)?;
    Some(&overdracht.naar).filter(|naar| casus.veilig_thuis.as_ref() != Some(naar))
}

/// With an institution involved, it is spoken before the family, to settle whether the family is called at all.
pub(super) fn tegen_gezin(casus: &Casus, context: &Context<'_>) -> Vec<Reden> {
    if casus.veilig_thuis.as_ref() != Some(context.organisatie) {
        return Vec::new();
    }
    let volgorde = contactvolgorde(casus, context.bundel);
    let eerst = volgorde.map(|volgorde| volgorde.eerst()).unwrap_or_default();
    reden(eerst, context).into_iter().collect()
}

/// A professional is spoken after the family; when an institution was spoken, as was settled with it.
pub(super) fn tegen_beroepskracht(casus: &Casus, met: &OrganisatieId, context: &Context<'_>) -> Vec<Reden> {
    let Some(volgorde) = contactvolgorde(casus, context.bundel) else { return Vec::new() };
    if volgorde.instellingen.iter().any(|(gi, _)| gi == met) {
        return Vec::new();
    }
    let mut eerst = volgorde.eerst();
    if volgorde.instellingen.is_empty() && !volgorde.gezin_gesproken {
        eerst.push("gezin".to_owned());
    }
    reden(eerst, context).into_iter().collect()
}

fn reden(eerst: Vec<String>, context: &Context<'_>) -> Option<Reden> {
    (!eerst.is_empty()).then(|| Reden::volgens(context.bundel, Code::AndereVolgorde).met_ontbreekt(eerst))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commando::{Commando, LegContactGezinVast},
        gebeurtenis::{ContactWijze, Openheid},
        proef::*,
    };

    fn gezin(reden: bool) -> Commando {
        Commando::LegContactGezinVast(LegContactGezinVast {
            wijze: ContactWijze::Telefoon,
            gelukt: true,
            geinformeerd: false,
            teruggekoppeld: false,
            persoon: None,
            reden,
        })
    }

    fn beroepskracht(organisatie: &str) -> Commando {
        Commando::LegContactBeroepskrachtVast { organisatie: organisatie.into(), reden: false }
    }

    fn lopend_traject(regio: &str, team: &str) -> Verhaal {
        let verhaal = overgedragen(regio, team).meld_als("huisarts", Openheid::Open, "2026-04-15 09:00");
        verhaal.op("2026-04-15 10:00").door_vt()
    }

    fn met_instelling(verhaal: &Verhaal) -> Verhaal {
        let persoon = verhaal.staat().personen[0].id;
        verhaal.doe(&Commando::LegGiVast { persoon, organisatie: Some("william-schrikker-groep".into()) })
    }

    #[test]
    fn eerst_het_gezin_en_dan_wie_al_helpt() {
        let verhaal = lopend_traject("ijmond", "cjg-kennemerland");
        let weigering = verhaal.probeer(&beroepskracht("cjg-kennemerland")).geweigerd(Code::AndereVolgorde);
        assert_eq!((weigering.reden.clausule.als_str(), weigering.mag_met_reden), ("IJM-3.7.a", true));
        assert_eq!(weigering.reden.ontbreekt, ["gezin"]);
        let gesproken = verhaal.doe(&gezin(false)).doe(&beroepskracht("cjg-kennemerland"));
        let casus = gesproken.staat();
        let geldig = afspraken().geldig(&"ijmond".into(), "2026-04-15".parse().unwrap()).unwrap();
        let volgorde = contactvolgorde(&casus, &geldig.bundel).unwrap();
        assert!(volgorde.gezin_gesproken);
        assert_eq!(volgorde.hulpverlener, Some(("cjg-kennemerland".into(), true)));
    }

    #[test]
    fn met_een_instelling_eerst_die_en_daarna_zoals_afgesproken() {
        let verhaal = met_instelling(&lopend_traject("ijmond", "cjg-kennemerland"));
        let weigering = verhaal.probeer(&gezin(false)).geweigerd(Code::AndereVolgorde);
        assert_eq!(weigering.reden.ontbreekt, ["william-schrikker-groep"]);
        verhaal.probeer(&beroepskracht("cjg-kennemerland")).geweigerd(Code::AndereVolgorde);
        verhaal.probeer(&gezin(true)).toegestaan();
        let gesproken = verhaal.doe(&beroepskracht("william-schrikker-groep"));
        gesproken.probeer(&gezin(false)).toegestaan();
        gesproken.probeer(&beroepskracht("cjg-kennemerland")).toegestaan();
    }

    #[test]
    fn een_team_spreekt_het_gezin_wanneer_het_wil_en_elders_is_er_geen_volgorde() {
        let verhaal = met_instelling(&lopend_traject("ijmond", "cjg-kennemerland"));
        verhaal.door("cjg-kennemerland").probeer(&gezin(false)).toegestaan();
        let elders = met_instelling(&lopend_traject("noord-oost-gelderland", "lokaal-team-winterswijk"));
        elders.probeer(&gezin(false)).toegestaan();
        elders.probeer(&beroepskracht("lokaal-team-winterswijk")).toegestaan();
    }

    #[test]
    fn zonder_wie_al_helpt_is_er_geen_volgorde() {
        let verhaal = Verhaal::in_regio("ijmond").meld_als("huisarts", Openheid::Open, "2026-03-02 10:00");
        verhaal.op("2026-03-02 11:00").door_vt().probeer(&beroepskracht("cjg-kennemerland")).toegestaan();
    }
}
