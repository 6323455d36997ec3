//! Planted faults. Each wraps one of the real functions, or alters the agreement; the model check must find each, by a
//! property that is named beforehand. Product code stays as it is.

use super::{
    model_controle::Eigenschap::{self, *},
    model_regels::{Regels, Uitslag, Wereld},
    steun::gemeten,
};
use domain::{
    Casus, Commando, Context, Gebeurtenis, Vastlegging,
    afspraak::{Bundels, Grens, ZichtMoment},
    casus, decide,
    gebeurtenis::{BesluitSoort, SluitingWijze},
    ids::OrganisatieId,
    overdrachten::{Overdracht, Stand},
    tijd::Instant,
    tijdlijn::{Tijdlijn, tijdlijn},
};
use stateright::{Checker, HasDiscoveries, Model};

type Beslis = fn(&Casus, &Commando, &Context<'_>) -> Uitslag;
type Vouw = fn(Casus, &Vastlegging) -> Casus;
type Teken = fn(&Casus, &Bundels) -> Tijdlijn;

fn beslis(decide: Beslis) -> Regels {
    Regels { decide, ..Regels::ECHT }
}

fn vouw(evolve: Vouw) -> Regels {
    Regels { evolve, ..Regels::ECHT }
}

fn teken(tijdlijn: Teken) -> Regels {
    Regels { tijdlijn, ..Regels::ECHT }
}

/// Runs until the first broken property, which must be one of those expected.
#[track_caller]
fn gevangen(naam: &str, wereld: Wereld, verwacht: &[Eigenschap]) {
    let (controle, seconden) =
        gemeten(|| wereld.checker().threads(1).finish_when(HasDiscoveries::AnyFailures).spawn_bfs().join());
    let gebroken: Vec<_> = controle.discoveries().into_keys().filter(|naam| !naam.starts_with("soms")).collect();
    println!(
        "mutant {naam}: gevangen door {gebroken:?} na {} toestanden, {seconden:.2} s",
        controle.unique_state_count()
    );
    let door_verwachte = verwacht.iter().any(|eigenschap| gebroken.contains(&eigenschap.naam()));
    assert!(door_verwachte, "{naam}: gevonden {gebroken:?}, verwacht een van {verwacht:?}");
}

fn ijmond(naam: &str, regels: Regels, verwacht: &[Eigenschap]) {
    gevangen(naam, Wereld::ijmond().met_regels(regels), verwacht);
}

fn nog(naam: &str, regels: Regels, verwacht: &[Eigenschap]) {
    gevangen(naam, Wereld::nog().met_regels(regels), verwacht);
}

/// Decides as if somebody else asked.
fn als(organisatie: &OrganisatieId, casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
    decide(casus, commando, &Context { organisatie, ..*context })
}

/// The offer that a command wants to accept.
fn te_accepteren<'a>(casus: &'a Casus, commando: &Commando) -> Option<&'a Overdracht> {
    match commando {
        Commando::AccepteerOverdracht { overdracht } => casus.overdracht(*overdracht),
        _ => None,
    }
}

fn met_overdrachten(casus: &Casus, verander: impl Fn(&mut Overdracht)) -> Casus {
    let mut casus = casus.clone();
    casus.overdrachten.iter_mut().for_each(verander);
    casus
}

#[test]
fn accepteren_zonder_aanbod() {
    // Whoever says that it accepts, accepts; the log makes an offer of it.
    fn zegt_ja(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
        match commando {
            Commando::AccepteerOverdracht { overdracht } if casus.overdracht(*overdracht).is_none() => {
                Ok(vec![Gebeurtenis::OverdrachtGeaccepteerd { overdracht: *overdracht }])
            }
            _ => decide(casus, commando, context),
        }
    }
    ijmond("accepteren zonder aanbod", beslis(zegt_ja), &[Acceptatie]);
    nog("accepteren zonder aanbod", beslis(zegt_ja), &[Acceptatie]);
}

#[test]
fn het_zicht_gaat_over_bij_het_aanbod() {
    fn bij_aanbod(casus: &Casus, bundels: &Bundels) -> Tijdlijn {
        let casus = met_overdrachten(casus, |over| {
            if over.stand == Stand::Open {
                over.stand = Stand::Geaccepteerd(over.feit.clone());
            }
        });
        tijdlijn(&casus, bundels)
    }
    ijmond("overgang bij aanbod", teken(bij_aanbod), &[VerschuiftNiets, TeamDoorAcceptatie]);
    nog("overgang bij aanbod", teken(bij_aanbod), &[VerschuiftNiets, TeamDoorAcceptatie]);
}

#[test]
fn de_afzender_accepteert() {
    fn door_afzender(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
        match te_accepteren(casus, commando) {
            Some(over) if over.feit.organisatie == *context.organisatie => als(&over.naar, casus, commando, context),
            _ => decide(casus, commando, context),
        }
    }
    ijmond("afzender accepteert", beslis(door_afzender), &[Acceptatie, TeamDoorAcceptatie]);
}

#[test]
fn een_derde_accepteert() {
    fn door_derde(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
        match te_accepteren(casus, commando) {
            Some(over) if over.feit.organisatie != *context.organisatie => als(&over.naar, casus, commando, context),
            _ => decide(casus, commando, context),
        }
    }
    ijmond("derde accepteert", beslis(door_derde), &[Acceptatie, TeamDoorAcceptatie]);
    nog("derde accepteert", beslis(door_derde), &[Acceptatie, TeamDoorAcceptatie]);
}

#[test]
fn een_tweede_melding_geeft_het_zicht_terug_aan_de_melder() {
    fn begint_opnieuw(mut casus: Casus, vastlegging: &Vastlegging) -> Casus {
        if matches!(vastlegging.gebeurtenis, Gebeurtenis::MeldingOntvangen { .. }) {
            casus.meldingen.iter_mut().for_each(|melding| melding.beoordeling = None);
        }
        casus::evolve(casus, vastlegging)
    }
    ijmond("tweede melding geeft terug", vouw(begint_opnieuw), &[NaMelding, Verleden]);
}

#[test]
fn de_grens_ligt_een_werkdag_te_laat_of_te_vroeg() {
    for werkdagen in [5, 7] {
        let wereld = Wereld::ijmond().met_bundel(|bundel| {
            bundel.inhoud.zicht.get_mut(&ZichtMoment::Kalender).unwrap().werkdagen = Some(werkdagen);
        });
        gevangen(&format!("grens op werkdag {werkdagen}"), wereld, &[Kalender]);
    }
    let wereld = Wereld::ijmond().met_bundel(|bundel| {
        bundel.inhoud.zicht.get_mut(&ZichtMoment::Kalender).unwrap().grens = Some(Grens::Einde);
    });
    gevangen("grens aan het einde van de dag", wereld, &[Kalender]);
    let wereld =
        Wereld::ijmond().met_bundel(|bundel| bundel.kalender.feestdag.retain(|dag| dag.naam != "Bevrijdingsdag"));
    gevangen("5 mei telt als werkdag", wereld, &[Kalender]);
    let wereld = Wereld::nog().met_bundel(|bundel| {
        bundel.inhoud.zicht.remove(&ZichtMoment::ElkeMelding);
    });
    gevangen("NOG zonder regie vanaf de melding", wereld, &[Kalender, NaMelding]);
}

#[test]
fn een_herstel_schuift_de_lijn_terug() {
    fn met_terugwerkende_kracht(mut casus: Casus, vastlegging: &Vastlegging) -> Casus {
        if let Gebeurtenis::VastleggingHersteld { versie, gebeurd_op } = vastlegging.gebeurtenis {
            let feiten = casus.meldingen.iter_mut().filter_map(|melding| melding.beoordeling.as_mut());
            for beoordeling in feiten.filter(|beoordeling| beoordeling.feit.versie == versie) {
                beoordeling.feit.vastgelegd_op = gebeurd_op;
            }
        }
        casus::evolve(casus, vastlegging)
    }
    ijmond("herstel schuift terug", vouw(met_terugwerkende_kracht), &[Verleden, VerschuiftNiets]);
}

#[test]
fn een_weigering_laat_het_zicht_overgaan() {
    fn weigering_als_ja(casus: Casus, vastlegging: &Vastlegging) -> Casus {
        let mut anders = vastlegging.clone();
        if let Gebeurtenis::OverdrachtGeweigerd { overdracht, .. } = vastlegging.gebeurtenis {
            anders.gebeurtenis = Gebeurtenis::OverdrachtGeaccepteerd { overdracht };
        }
        casus::evolve(casus, &anders)
    }
    ijmond("weigering laat overgaan", vouw(weigering_als_ja), &[VerschuiftNiets, TeamDoorAcceptatie]);
    nog("weigering laat overgaan", vouw(weigering_als_ja), &[VerschuiftNiets, TeamDoorAcceptatie]);
}

#[test]
fn een_ingetrokken_of_geweigerd_aanbod_wordt_alsnog_geaccepteerd() {
    fn alsof_open(casus: &Casus, welke: fn(&Stand) -> bool) -> Casus {
        met_overdrachten(casus, |over| {
            if welke(&over.stand) {
                over.stand = Stand::Open;
            }
        })
    }
    fn ingetrokken(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
        let alsof = te_accepteren(casus, commando).map(|_| alsof_open(casus, |s| matches!(s, Stand::Ingetrokken(_))));
        decide(alsof.as_ref().unwrap_or(casus), commando, context)
    }
    fn geweigerd(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
        let alsof = te_accepteren(casus, commando).map(|_| alsof_open(casus, |s| matches!(s, Stand::Geweigerd(..))));
        decide(alsof.as_ref().unwrap_or(casus), commando, context)
    }
    ijmond("ingetrokken aanbod geaccepteerd", beslis(ingetrokken), &[Acceptatie]);
    ijmond("geweigerd aanbod geaccepteerd", beslis(geweigerd), &[Acceptatie]);
}

#[test]
fn er_staan_twee_aanbiedingen_open() {
    fn zonder_te_kijken(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
        let zonder = Casus { overdrachten: Vec::new(), ..casus.clone() };
        let gezien = if matches!(commando, Commando::BiedOverdrachtAan(_)) { &zonder } else { casus };
        decide(gezien, commando, context)
    }
    ijmond("twee open aanbiedingen", beslis(zonder_te_kijken), &[EenAanbod, Herhaald]);
}

#[test]
fn de_beoordeling_geeft_veilig_thuis_geen_aanspraak() {
    let wereld = Wereld::ijmond().met_bundel(|bundel| {
        bundel.inhoud.zicht.remove(&ZichtMoment::Beoordeling);
    });
    gevangen("geen aanspraak bij beoordeling", wereld, &[NaBeoordeling]);
    let wereld = Wereld::ijmond().met_bundel(|bundel| {
        bundel.inhoud.zicht.remove(&ZichtMoment::Spoed);
    });
    gevangen("geen aanspraak bij spoed", wereld, &[NaBeoordeling]);
}

#[test]
fn een_opgeschort_aanbod_wordt_geaccepteerd() {
    fn ziet_alleen_de_eerste(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
        let Some(over) = te_accepteren(casus, commando) else {
            return decide(casus, commando, context);
        };
        let mut alsof = casus.clone();
        alsof.meldingen.retain(|melding| melding.feit.versie < over.feit.versie);
        decide(&alsof, commando, context)
    }
    ijmond("opgeschort aanbod geaccepteerd", beslis(ziet_alleen_de_eerste), &[Acceptatie]);
    nog("opgeschort aanbod geaccepteerd", beslis(ziet_alleen_de_eerste), &[Acceptatie]);
}

#[test]
fn er_zit_een_gat_tussen_twee_spans() {
    fn met_gat(casus: &Casus, bundels: &Bundels) -> Tijdlijn {
        let mut lijn = tijdlijn(casus, bundels);
        for span in lijn.zicht.iter_mut().skip(1) {
            span.van = Instant(span.van.0 + 1);
        }
        lijn
    }
    ijmond("een microseconde zonder houder", teken(met_gat), &[EenHouder]);
    fn zonder_laatste(casus: &Casus, bundels: &Bundels) -> Tijdlijn {
        let mut lijn = tijdlijn(casus, bundels);
        if casus.laatste_overgang().is_some() {
            lijn.zicht.pop();
        }
        lijn
    }
    nog("houder kwijt na acceptatie", teken(zonder_laatste), &[EenHouder]);
}

#[test]
fn de_kalendergrens_hangt_af_van_een_taak_die_draait() {
    // The boundary counts only once something was recorded after it.
    fn wacht_op_taak(casus: &Casus, bundels: &Bundels) -> Tijdlijn {
        let mut lijn = tijdlijn(casus, bundels);
        let gedraaid = casus.laatst_vastgelegd;
        lijn.zicht.retain(|span| gedraaid.is_some_and(|op| span.van <= op));
        if let Some(laatste) = lijn.zicht.last_mut().filter(|_| casus.sluiting.is_none()) {
            laatste.tot = None;
        }
        lijn
    }
    ijmond("kalender hangt van een taak af", teken(wacht_op_taak), &[Kalender]);
}

#[test]
fn een_dubbele_acceptatie_geeft_het_zicht_terug_aan_veilig_thuis() {
    fn tweede_keer_terug(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
        match te_accepteren(casus, commando) {
            Some(over) if over.naar == *context.organisatie && matches!(over.stand, Stand::Geaccepteerd(_)) => {
                Ok(vec![Gebeurtenis::ZichtOvergenomen { na_monitoring: false }])
            }
            _ => decide(casus, commando, context),
        }
    }
    ijmond("dubbele acceptatie geeft terug", beslis(tweede_keer_terug), &[Herhaald]);
    nog("dubbele acceptatie geeft terug", beslis(tweede_keer_terug), &[Herhaald]);
}

#[test]
fn de_acceptatie_telt_vanaf_het_aanbod() {
    fn teruggedateerd(casus: &Casus, bundels: &Bundels) -> Tijdlijn {
        let casus = met_overdrachten(casus, |over| {
            let aangeboden_op = over.feit.vastgelegd_op;
            if let Stand::Geaccepteerd(feit) = &mut over.stand {
                feit.vastgelegd_op = aangeboden_op;
            }
        });
        tijdlijn(&casus, bundels)
    }
    ijmond("acceptatie teruggedateerd", teken(teruggedateerd), &[Verleden]);
    nog("acceptatie teruggedateerd", teken(teruggedateerd), &[Verleden]);
}

#[test]
fn de_acceptatie_gaat_verloren() {
    fn vergeet(casus: Casus, vastlegging: &Vastlegging) -> Casus {
        let mut anders = vastlegging.clone();
        if let Gebeurtenis::OverdrachtGeaccepteerd { overdracht } = vastlegging.gebeurtenis {
            anders.gebeurtenis = Gebeurtenis::MondelingeBevestigingGenoteerd { overdracht };
        }
        casus::evolve(casus, &anders)
    }
    ijmond("acceptatie verloren", vouw(vergeet), &[NaAcceptatie]);
}

#[test]
fn wie_niet_houdt_sluit_de_casus() {
    fn als_houder(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
        match (commando, casus.laatste_overgang()) {
            (Commando::SluitCasus(_), Some((over, _))) => als(&over.naar, casus, commando, context),
            _ => decide(casus, commando, context),
        }
    }
    ijmond("een ander sluit", beslis(als_houder), &[Sluiting]);
}

#[test]
fn geen_verdere_stappen_sluit_ook_wat_een_team_had() {
    fn sluit_altijd(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
        let mut gebeurtenissen = decide(casus, commando, context)?;
        let geen = matches!(commando, Commando::BesluitVervolg(b) if b.besluit == BesluitSoort::GeenVerdereStappen);
        if geen && gebeurtenissen.len() == 1 {
            gebeurtenissen.push(Gebeurtenis::CasusGesloten { wijze: SluitingWijze::GeenVerdereStappen });
        }
        Ok(gebeurtenissen)
    }
    nog("geen stappen sluit altijd", beslis(sluit_altijd), &[NaGeenStappen]);
}

#[test]
fn na_een_crash_beslist_het_proces_anders() {
    // What was decided but never committed stays in memory: a refusal that nobody recorded.
    fn onthoudt(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
        static GEZIEN: std::sync::Mutex<Vec<OrganisatieId>> = std::sync::Mutex::new(Vec::new());
        let gebeurtenissen = decide(casus, commando, context)?;
        let Commando::AccepteerOverdracht { .. } = commando else {
            return Ok(gebeurtenissen);
        };
        let mut gezien = GEZIEN.lock().unwrap();
        gezien.push(context.organisatie.clone());
        Ok(if gezien.len().is_multiple_of(2) {
            vec![Gebeurtenis::ZichtOvergenomen { na_monitoring: false }]
        } else {
            gebeurtenissen
        })
    }
    ijmond("onthoudt wat niet is vastgelegd", beslis(onthoudt), &[Herstart]);
}
