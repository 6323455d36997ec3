//! The instants from which the terms of a casus run.

use super::{Bron, Planpunt};
use crate::{
    afspraak::{Anker, Bundels},
    casus::{Casus, Feit},
    gebeurtenis::{BesluitSoort, ContactWijze, TerugkoppelingMoment},
    ids::{BundelHash, OrganisatieId},
    meldingen::Melding,
    monitoring::Schema,
    plannen,
    tijd::Instant,
};

/// One anchor: what happened when, the bundle in force then, and to what it belongs.
pub(super) struct Geankerd<'a> {
    pub anker: Anker,
    pub op: Instant,
    pub bundel: &'a BundelHash,
    pub bron: Bron<'a>,
}

pub(super) fn ankers<'a>(
    casus: &'a Casus,
    bundels: &'a Bundels,
    schemas: &'a [Schema],
    houders: Option<&'a plannen::Houders>,
) -> Vec<Geankerd<'a>> {
    let mut alle = Vec::new();
    let mut zet = |anker: Anker, op: Instant, feit: &'a Feit, bron: Bron<'a>| {
        alle.push(Geankerd { anker, op, bundel: &feit.bundel, bron });
    };
    for melding in &casus.meldingen {
        let bron = Bron::Melding(melding);
        zet(Anker::OntvangstMelding, melding.ontvangen_op, &melding.feit, bron);
        if let Some(feit) = melding.beoordeling.as_ref().map(|beoordeling| &beoordeling.feit) {
            zet(Anker::BeoordelingPlaatsgevonden, feit.gebeurd_op, feit, bron);
            zet(Anker::EersteTerugkoppeling, eerste_terugkoppeling(casus, melding, bundels, feit), feit, bron);
        }
        if let Some(feit) = brief_gezin(casus, melding) {
            zet(Anker::BriefGezin, feit.gebeurd_op, feit, bron);
        }
        if let Some(feit) = einde_betrokkenheid(casus, melding, schemas) {
            zet(Anker::EindeBetrokkenheid, feit.vastgelegd_op, feit, bron);
        }
    }
    for overdracht in &casus.overdrachten {
        let schema = schemas.iter().find(|schema| schema.overdracht == overdracht.id);
        let bron = Bron::Overdracht(overdracht, schema);
        if let Some(feit) = &overdracht.verzonden {
            zet(Anker::DocumentVerzonden, feit.gebeurd_op, feit, bron);
        }
        if let Some(feit) = &overdracht.ontvangen {
            zet(Anker::GegevensOntvangen, feit.gebeurd_op, feit, bron);
        }
        if let Some(feit) = overdracht.overgegaan() {
            // Zicht passes when it is recorded; so does what is counted from it.
            zet(Anker::ZichtOvergegaan, feit.vastgelegd_op, feit, bron);
            if let Some(warm) = &overdracht.warm {
                zet(Anker::WarmeOverdracht, warm.feit.gebeurd_op, &warm.feit, bron);
            }
        }
        for incident in schema.into_iter().flat_map(|schema| incidenten_van(casus, &overdracht.naar, schema)) {
            zet(Anker::IncidentTijdensMonitoring, incident.vastgelegd_op, incident, bron);
        }
    }
    for crisis in &casus.crises {
        zet(Anker::CrisisBegonnen, crisis.feit.gebeurd_op, &crisis.feit, Bron::Crisis(crisis));
    }
    for gepland in &casus.monitoring.gepland {
        let loopt =
            |schema: &&Schema| schema.van <= gepland.feit.vastgelegd_op && schema.vanaf_versie <= gepland.feit.versie;
        if let Some(schema) = schemas.iter().rfind(loopt) {
            let op = Instant::begin_van(gepland.datum.0);
            zet(Anker::MonitormomentGepland, op, &gepland.feit, Bron::Gepland(gepland.datum, schema));
        }
    }
    alle.extend(casus.afstemming.kennisgevingen.iter().map(|een| Geankerd {
        anker: Anker::GemeenteGeinformeerd,
        op: een.feit.gebeurd_op,
        bundel: &een.feit.bundel,
        bron: Bron::Gemeente(een),
    }));
    alle.extend(houders.into_iter().flat_map(|houders| in_plannen(casus, bundels, houders)));
    alle
}

/// What the receiver recorded while this stretch of monitoring ran.
fn incidenten_van<'a>(casus: &'a Casus, wie: &OrganisatieId, schema: &Schema) -> impl Iterator<Item = &'a Feit> {
    casus.incidenten.iter().filter(move |incident| {
        incident.organisatie == *wie
            && incident.versie >= schema.vanaf_versie
            && schema.tot.is_none_or(|tot| incident.vastgelegd_op < tot)
    })
}

/// What the plan asks for: conditions by their day, evaluations on theirs, and a look at what an incident changed.
fn in_plannen<'a>(casus: &'a Casus, bundels: &'a Bundels, houders: &'a plannen::Houders) -> Vec<Geankerd<'a>> {
    let mut alle = Vec::new();
    let mut zet = |anker: Anker, op: Instant, feit: &'a Feit, punt: Planpunt<'a>| {
        alle.push(Geankerd { anker, op, bundel: &feit.bundel, bron: Bron::Plan(punt, houders) });
    };
    for regel in &casus.plannen.regels {
        if let Some(dag) = regel.uiterlijk {
            let op = Instant::begin_van(dag.0);
            zet(Anker::VoorwaardeUiterlijk, op, &regel.feit, Planpunt::Voorwaarde(regel));
        }
    }
    for plan in &casus.plannen.versies {
        for (feit, dag) in plan.evaluatiedagen() {
            let op = Instant::begin_van(dag.0);
            zet(Anker::EvaluatieAfgesproken, op, feit, Planpunt::Herziening(plan, feit.versie));
        }
        let soort = bundels.uit(&plan.feit.bundel).and_then(|bundel| bundel.inhoud.plan.get(&plan.soort));
        if soort.is_some_and(|soort| soort.bij_incident) {
            for incident in casus.plannen.incidenten_na(plan, &casus.incidenten) {
                let punt = Planpunt::Herziening(plan, incident.versie);
                zet(Anker::IncidentNaPlan, incident.vastgelegd_op, incident, punt);
            }
        }
    }
    alle
}

/// The first feedback counts from when it was given, but no later than when it was due.
fn eerste_terugkoppeling(casus: &Casus, melding: &Melding, bundels: &Bundels, beoordeling: &Feit) -> Instant {
    let gegeven = casus.terugkoppelingen.iter().filter(|t| t.melding == melding.id);
    let gegeven = gegeven.filter(|t| t.moment == TerugkoppelingMoment::Eerste).map(|t| t.feit.gebeurd_op).min();
    let uiterlijk = bundels.uit(&beoordeling.bundel).and_then(|bundel| {
        let regels = bundel.inhoud.termijn.values();
        let mut eerste = regels.filter(|regel| regel.anker == Some(Anker::BeoordelingPlaatsgevonden));
        let eerste = eerste.find(|regel| regel.vervuld_door == Some(crate::afspraak::Daad::MelderTeruggekoppeld))?;
        eerste.uiterlijk(&bundel.kalender, beoordeling.gebeurd_op)
    });
    // The last instant at which it was still in time lies on the day from which the weeks are counted.
    let uiterlijk = uiterlijk.map_or(beoordeling.gebeurd_op, Instant::net_ervoor);
    gegeven.map_or(uiterlijk, |gegeven| gegeven.min(uiterlijk))
}

/// The first letter to the family after the decision to hand over directly.
fn brief_gezin<'a>(casus: &'a Casus, melding: &Melding) -> Option<&'a Feit> {
    let besluit = melding.besluit.as_ref().filter(|besluit| besluit.soort == BesluitSoort::DirecteOverdracht)?;
    let brieven = casus.geinformeerd.iter().filter(|informatie| informatie.wijze == ContactWijze::Brief);
    brieven.map(|informatie| &informatie.feit).find(|feit| feit.versie > besluit.feit.versie)
}

/// Veilig Thuis has nothing more to do for this report: zicht passed and it does not monitor, its monitoring ended, or
/// the casus did.
fn einde_betrokkenheid<'a>(casus: &'a Casus, melding: &Melding, schemas: &[Schema]) -> Option<&'a Feit> {
    let vt = casus.veilig_thuis_bij(melding.feit.versie)?;
    let overgangen = casus.overdrachten.iter().filter(|overdracht| {
        let schema = schemas.iter().find(|schema| schema.overdracht == overdracht.id);
        overdracht.feit.organisatie == *vt && schema.is_none_or(|schema| schema.wie != *vt)
    });
    overgangen
        .filter_map(|overdracht| overdracht.overgegaan())
        .chain(&casus.monitoring.afgerond)
        .chain(casus.sluiting.as_ref().map(|sluiting| &sluiting.feit))
        .filter(|feit| feit.versie > melding.feit.versie)
        .min_by_key(|feit| feit.versie)
}
