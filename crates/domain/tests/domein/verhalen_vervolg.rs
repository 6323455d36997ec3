//! What follows on the assessment, for the random stories: services, warm handover, offers between others, tasks,
//! monitoring, crisis, postponement, and a report that is on its way to or from another casus.

use super::zaak::{Zaak, melding};
use domain::{
    Commando,
    afspraak::{Bundel, Fase, Ontvangt},
    commando::*,
    gebeurtenis::*,
    ids::*,
    monitoring::lopend_schema,
    overdrachten::{Stand, fase_nu},
    tijd::{Datum, Instant},
};
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

/// What somebody tries.
#[derive(Clone, Debug)]
pub enum Vervolg {
    Start(DienstSoort),
    RondAf(Option<Conclusie>),
    /// An offer in the situation as it is, with or without everything that belongs to it.
    Bied {
        team: u8,
        compleet: bool,
    },
    /// Who holds offers to another team.
    Onderling {
        team: u8,
    },
    Warm,
    VulAan,
    Deeltaak,
    Plan {
        dagen: u16,
    },
    Moment {
        terug: bool,
    },
    MonitoringKlaar,
    Raadpleeg,
    Uitstel,
    Crisis,
    CrisisStabiel,
    Verplaats(u8),
    NeemOp {
        onderweg: u32,
    },
    VerplaatsingKlaar(u8),
    GeenGezin,
    StemIn,
}

pub fn vervolg() -> impl Strategy<Value = Vervolg> {
    let soort = prop_oneof![Just(DienstSoort::VoorwaardenEnVervolg), Just(DienstSoort::Onderzoek)];
    let conclusie =
        prop_oneof![3 => Just(Some(Conclusie::Bevestigd)), 1 => Just(Some(Conclusie::Weerlegd)), 1 => Just(None)];
    prop_oneof![
        6 => soort.prop_map(Vervolg::Start),
        6 => conclusie.prop_map(Vervolg::RondAf),
        8 => (0..2u8, any::<bool>()).prop_map(|(team, compleet)| Vervolg::Bied { team, compleet }),
        3 => (0..2u8).prop_map(|team| Vervolg::Onderling { team }),
        5 => Just(Vervolg::Warm),
        4 => Just(Vervolg::VulAan),
        1 => Just(Vervolg::Deeltaak),
        2 => (0..500u16).prop_map(|dagen| Vervolg::Plan { dagen }),
        4 => any::<bool>().prop_map(|terug| Vervolg::Moment { terug }),
        1 => Just(Vervolg::MonitoringKlaar),
        1 => Just(Vervolg::Raadpleeg),
        1 => Just(Vervolg::Uitstel),
        1 => Just(Vervolg::Crisis),
        1 => Just(Vervolg::CrisisStabiel),
        2 => (0..4u8).prop_map(Vervolg::Verplaats),
        2 => (0..20_000u32).prop_map(|onderweg| Vervolg::NeemOp { onderweg }),
        4 => (0..4u8).prop_map(Vervolg::VerplaatsingKlaar),
        1 => Just(Vervolg::GeenGezin),
        1 => Just(Vervolg::StemIn),
    ]
}

/// What brings a casus on that Veilig Thuis keeps: a service, then an offer with everything that belongs to it.
pub fn volgende(casus: &domain::Casus, team: u8) -> Option<Vervolg> {
    if casus.lopende_dienst().is_some() {
        return Some(Vervolg::RondAf(Some(Conclusie::Bevestigd)));
    }
    let gehouden = |melding: &domain::meldingen::Melding| {
        melding.besluit.as_ref().is_some_and(|besluit| besluit.soort == BesluitSoort::VervolgBijVeiligThuis)
    };
    match casus.lopend_aanbod() {
        Some(aanbod) if aanbod.overgegaan().is_none() && aanbod.stand != Stand::Open => Some(Vervolg::VulAan),
        Some(aanbod) if aanbod.fase == Fase::NaDienst && aanbod.warm.is_none() => Some(Vervolg::Warm),
        Some(_) => None,
        None if casus.afgeronde_dienst(u64::MAX).is_some() => Some(Vervolg::Bied { team, compleet: team == 1 }),
        None if casus.lopende_meldingen().any(gehouden) => Some(Vervolg::Start(DienstSoort::VoorwaardenEnVervolg)),
        None => None,
    }
}

/// The command, and who would properly give it.
pub fn commando(zaak: &Zaak<'_>, wat: &Vervolg, nu: Instant) -> (Commando, OrganisatieId) {
    let casus = &zaak.casus;
    let vt = casus.veilig_thuis.clone().unwrap_or_else(|| zaak.vt(nu));
    let bundel = &zaak.geldig(nu).bundel;
    let houder = zaak.lijn().houder_op(nu).cloned().unwrap_or_else(|| vt.clone());
    let monitor = || lopend_schema(casus, &zaak.bundels).map_or_else(|| houder.clone(), |schema| schema.wie);
    let nieuw = Uuid::from_u128(5000 + u128::from(casus.versie));
    let keuze = |nr: u8| {
        let plek = usize::from(nr) % casus.meldingen.len().max(1);
        casus.meldingen.get(plek).map_or(MeldingId(Uuid::nil()), |melding| melding.id)
    };
    let aanbod = casus.lopend_aanbod().map_or(OverdrachtId(Uuid::nil()), |aanbod| aanbod.id);
    let dag = |dagen: i64| Datum(nu.dag().checked_add(jiff::Span::new().days(dagen)).unwrap());
    match wat {
        Vervolg::Start(soort) => (start(bundel, DienstId(nieuw), *soort), vt),
        Vervolg::RondAf(conclusie) => (rond_af(casus, *conclusie), vt),
        Vervolg::Bied { team, compleet } => (bied(zaak, bundel, fase_nu(casus), *team, *compleet), vt),
        Vervolg::Onderling { team } => (bied(zaak, bundel, Fase::Onderling, *team, true), houder),
        Vervolg::Warm => (warm(bundel, aanbod), vt),
        Vervolg::VulAan => {
            let fase = casus.lopend_aanbod().map_or(Fase::Direct, |aanbod| aanbod.fase);
            (Commando::VulInhoudAan { overdracht: aanbod, onderdelen: delen(bundel, fase), reden: true }, vt)
        }
        Vervolg::Deeltaak => {
            let organisatie = "sportclub".into();
            (Commando::SpreekDeeltaakAf { deeltaak: DeeltaakId(nieuw), organisatie, tot: None }, houder)
        }
        Vervolg::Plan { dagen } => {
            (Commando::PlanMonitormoment { datum: dag(i64::from(*dagen)), reden: true }, monitor())
        }
        Vervolg::Moment { terug } => (moment(bundel, *terug), monitor()),
        Vervolg::MonitoringKlaar => (Commando::RondMonitoringAf { reden: true }, monitor()),
        Vervolg::Raadpleeg => (Commando::RaadpleegVeiligThuis, vt),
        Vervolg::Uitstel => (Commando::StelInformerenUit { tot: dag(9), reden: true }, vt),
        Vervolg::Crisis => (Commando::SchakelCrisisdienstIn { organisatie: "crisisdienst".into() }, vt),
        Vervolg::CrisisStabiel => (Commando::MeldCrisisStabiel, vt),
        Vervolg::Verplaats(nr) => {
            let naar = CasusId(Uuid::from_u128(9));
            (Commando::VerplaatsMelding { melding: keuze(*nr), naar, reden: true }, vt)
        }
        Vervolg::NeemOp { onderweg } => {
            let op = Instant(nu.0 - i64::from(*onderweg) * 60_000_000);
            let nummer = u8::try_from(casus.meldingen.len() + 1).unwrap();
            let Commando::Meld(melding) = melding(&zaak.regio, nummer, Melder::Burger, Openheid::Open, op) else {
                unreachable!()
            };
            (Commando::NeemMeldingOp { melding, uit: CasusId(Uuid::from_u128(9)), erna: Erna::default() }, vt)
        }
        Vervolg::VerplaatsingKlaar(nr) => (Commando::RondVerplaatsingAf { melding: keuze(*nr) }, vt),
        Vervolg::GeenGezin => {
            let bevestigd = ["nagegaan".to_owned()].into();
            let sluit = SluitCasus { wijze: SluitingWijze::GeenGezin, bevestigd, reden: true };
            (Commando::SluitCasus(sluit), houder)
        }
        Vervolg::StemIn => (Commando::StemInMetSluiting, houder),
    }
}

fn start(bundel: &Bundel, dienst: DienstId, soort: DienstSoort) -> Commando {
    let regel = &bundel.inhoud.dienst[&soort.als_str()];
    let keuzecriteria = regel.keuzecriteria.keys().cloned().collect();
    Commando::StartDienst(StartDienst { dienst, soort, keuzecriteria, reden: true })
}

fn rond_af(casus: &domain::Casus, conclusie: Option<Conclusie>) -> Commando {
    Commando::RondDienstAf(RondDienstAf {
        dienst: casus.lopende_dienst().map_or(DienstId(Uuid::nil()), |dienst| dienst.id),
        conclusie,
        per_aard: Default::default(),
        voorwaarden_gesteld: conclusie == Some(Conclusie::Bevestigd),
        voortijdig: conclusie.is_none(),
        reden: true,
    })
}

fn delen(bundel: &Bundel, fase: Fase) -> BTreeSet<String> {
    let alle = bundel.onderdelen(fase).into_iter().filter(|(_, deel)| deel.ontvanger == Ontvangt::Ja);
    alle.map(|(sleutel, _)| sleutel.to_owned()).collect()
}

fn bied(zaak: &Zaak<'_>, bundel: &Bundel, fase: Fase, team: u8, compleet: bool) -> Commando {
    let naar = zaak.regio.teams[usize::from(team) % 2].clone();
    let overgang = bundel.overgang(fase, bundel.soort_van(&naar));
    let tafel = overgang.is_some_and(|overgang| !overgang.wijzen.is_empty());
    let mut onderdelen = delen(bundel, fase);
    if !compleet {
        onderdelen.pop_last();
    }
    Commando::BiedOverdrachtAan(BiedOverdrachtAan {
        overdracht: OverdrachtId(Uuid::from_u128(1000 + u128::from(zaak.casus.versie))),
        naar,
        wijze: if tafel { OverdrachtWijze::Overdrachtstafel } else { OverdrachtWijze::Gesprek },
        onderdelen,
        gezin_geinformeerd: true,
        verzonden: true,
        ontvangen: true,
        reden: true,
        mede_ontvangers: BTreeSet::new(),
        oordelen: None,
        naar_afspraak: None,
    })
}

fn warm(bundel: &Bundel, overdracht: OverdrachtId) -> Commando {
    Commando::HoudWarmeOverdracht(HoudWarmeOverdracht {
        overdracht,
        aanwezig: [Aanwezige::Gezin, Aanwezige::VeiligThuis, Aanwezige::Ontvanger].into(),
        punten: bundel.inhoud.gesprekspunt.keys().cloned().collect(),
        reden: true,
    })
}

fn moment(bundel: &Bundel, terug: bool) -> Commando {
    let antwoorden = bundel.inhoud.monitorvraag.keys().map(|sleutel| (sleutel.clone(), Antwoord::Ja));
    Commando::LegMonitormomentVast(LegMonitormomentVast {
        moment: None,
        antwoorden: antwoorden.collect(),
        uitkomst: if terug { "terugname" } else { "voortzetten" }.into(),
        reden: true,
    })
}
