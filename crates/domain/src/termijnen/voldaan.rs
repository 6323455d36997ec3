//! Which act meets a term, and what makes it lapse.

use super::{Bron, Geankerd, Planpunt};
use crate::{
    afspraak::{Daad, TermijnRegel, Verval},
    casus::{Casus, Feit},
    gebeurtenis::TerugkoppelingMoment,
    ids::OrganisatieId,
    meldingen::{Melding, Verplaatsing},
    overdrachten::{Overdracht, Stand},
    tijd::Instant,
};

/// The first act of the right kind, by the right organisation, at or after the anchor.
pub(super) fn voldaan_op(
    casus: &Casus,
    soort: &str,
    regel: &TermijnRegel,
    geankerd: &Geankerd<'_>,
    vanaf: Option<Instant>,
    wie: &OrganisatieId,
) -> Option<Instant> {
    let eerste = |feiten: &mut dyn Iterator<Item = &Feit>| {
        let vroegst = vanaf.unwrap_or(geankerd.op);
        feiten.filter(|feit| feit.organisatie == *wie && feit.gebeurd_op >= vroegst).map(|feit| feit.gebeurd_op).min()
    };
    match (regel.vervuld_door?, geankerd.bron) {
        (Daad::GezinGeinformeerd, _) => eerste(&mut casus.geinformeerd.iter().map(|informatie| &informatie.feit)),
        // Who was assigned before zicht passed, is there when it does.
        (Daad::MedewerkerToegewezen, _) => {
            let toegewezen = casus.toewijzingen.iter().filter(|(_, organisatie, _)| organisatie == wie);
            toegewezen.map(|(feit, ..)| feit.gebeurd_op.max(geankerd.op)).min()
        }
        (Daad::AfspraakGezin, _) => eerste(&mut casus.afspraken_gezin.iter()),
        (Daad::ContactGezin, _) => {
            eerste(&mut casus.contacten.iter().filter(|contact| contact.gelukt).map(|contact| &contact.feit))
        }
        (Daad::ContactGezinTeruggekoppeld, _) => {
            let gelukt = casus.contacten.iter().filter(|contact| contact.gelukt && contact.teruggekoppeld);
            eerste(&mut gelukt.map(|contact| &contact.feit))
        }
        (Daad::Monitormoment, Bron::Overdracht(..)) => eerste(&mut momenten(casus, soort)),
        (Daad::Monitormoment, Bron::Gepland(datum, _)) => eerste(&mut momenten(casus, &datum.0.to_string())),
        (Daad::VeiligThuisGeraadpleegd, Bron::Overdracht(..)) => eerste(&mut casus.raadplegingen.iter()),
        (daad, Bron::Melding(melding)) => van_melding(casus, daad, melding, geankerd, wie),
        (daad, Bron::Overdracht(overdracht, _)) => van_overdracht(daad, overdracht),
        (Daad::CrisisGestabiliseerd, Bron::Crisis(crisis)) => {
            crisis.gestabiliseerd.as_ref().map(|feit| feit.gebeurd_op)
        }
        (Daad::VoorwaardeGehaald, Bron::Plan(Planpunt::Voorwaarde(regel), _)) => regel.gehaald_op(),
        (Daad::PlanHerzien, Bron::Plan(Planpunt::Herziening(plan, na), _)) => {
            casus.plannen.herzien_na(plan, na, wie).map(|feit| feit.gebeurd_op)
        }
        (Daad::GemeenteGeantwoord, Bron::Gemeente(kennisgeving)) => {
            kennisgeving.geantwoord.as_ref().map(|feit| feit.gebeurd_op)
        }
        (_, Bron::Crisis(_) | Bron::Gepland(..) | Bron::Plan(..) | Bron::Gemeente(_)) => None,
    }
}

fn momenten<'a>(casus: &'a Casus, sleutel: &str) -> impl Iterator<Item = &'a Feit> {
    casus.monitoring.momenten.iter().filter(move |moment| moment.moment == sleutel).map(|moment| &moment.feit)
}

fn van_melding(
    casus: &Casus,
    daad: Daad,
    melding: &Melding,
    geankerd: &Geankerd<'_>,
    wie: &OrganisatieId,
) -> Option<Instant> {
    let teruggekoppeld = |moment: TerugkoppelingMoment| {
        let gedaan = casus.terugkoppelingen.iter().filter(|gedaan| gedaan.melding == melding.id);
        let gedaan = gedaan.filter(|gedaan| gedaan.moment == moment && gedaan.feit.organisatie == *wie);
        gedaan.map(|gedaan| gedaan.feit.gebeurd_op).filter(|op| *op >= geankerd.op).min()
    };
    match daad {
        Daad::BeoordelingAfgerond => melding.beoordeling.as_ref().map(|beoordeling| beoordeling.feit.gebeurd_op),
        Daad::MelderTeruggekoppeld => teruggekoppeld(TerugkoppelingMoment::Eerste),
        Daad::TweedeTerugkoppeling => teruggekoppeld(TerugkoppelingMoment::Tweede),
        Daad::EindTerugkoppeling => teruggekoppeld(TerugkoppelingMoment::Eind),
        // The copy goes the same day as the letter, before or after it.
        Daad::GegevensVerzonden => {
            let besluit = melding.besluit.as_ref()?.feit.versie;
            let verzonden = casus.overdrachten.iter().filter_map(|overdracht| overdracht.verzonden.as_ref());
            verzonden.filter(|feit| feit.versie > besluit).map(|feit| feit.gebeurd_op).min()
        }
        _ => None,
    }
}

fn van_overdracht(daad: Daad, overdracht: &Overdracht) -> Option<Instant> {
    match (daad, &overdracht.stand) {
        (Daad::OverdrachtGeaccepteerd, Stand::Geaccepteerd(feit)) => Some(feit.gebeurd_op),
        (Daad::GegevensVerzonden, _) => overdracht.verzonden.as_ref().map(|feit| feit.gebeurd_op),
        _ => None,
    }
}

/// When the ground for a term fell away, where its row says that it lapses then.
pub(super) fn vervallen_op(casus: &Casus, regel: &TermijnRegel, bron: Bron<'_>) -> Option<Instant> {
    let vervalt = |verval: Verval| regel.vervalt_bij.contains(&verval);
    match bron {
        Bron::Overdracht(overdracht, schema) => match &overdracht.stand {
            Stand::Geweigerd(feit, _) if vervalt(Verval::Weigering) => Some(feit.vastgelegd_op),
            Stand::Ingetrokken(feit) if vervalt(Verval::Intrekking) => Some(feit.vastgelegd_op),
            _ => schema.and_then(|schema| schema.tot).filter(|_| vervalt(Verval::EindeMonitoring)),
        },
        Bron::Gepland(_, schema) => schema.tot.filter(|_| vervalt(Verval::EindeMonitoring)),
        // A report that stands in another casus has its terms there, from its arrival.
        Bron::Melding(melding) => match &melding.verplaatsing {
            Verplaatsing::Weg { feit, .. } => Some(feit.vastgelegd_op),
            Verplaatsing::Geen | Verplaatsing::Onderweg { .. } => None,
        },
        Bron::Plan(Planpunt::Voorwaarde(regel), _) if regel.beeindigd.is_some() => {
            regel.beeindigd.as_ref().map(|feit| feit.vastgelegd_op)
        }
        Bron::Crisis(_) | Bron::Plan(..) | Bron::Gemeente(_) => {
            casus.sluiting.as_ref().map(|sluiting| sluiting.feit.vastgelegd_op)
        }
    }
}
