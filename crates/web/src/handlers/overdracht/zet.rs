//! Who must act on an offer that has not ended, and the day that the receiver proposed instead of now.

use super::Aanbod;
use crate::{
    handlers::stap::dag,
    pages::{onderdelen::Link, overdracht::Tegenvoorstel},
};
use domain::{
    ids::OrganisatieId,
    overdrachten::{Zet, aan_zet as wie_is_aan_zet},
    tijd::Instant,
};

pub(super) fn aan_zet<'a>(aanbod: &Aanbod<'a>) -> Option<(&'a OrganisatieId, Zet)> {
    wie_is_aan_zet(&aanbod.beeld.staat, aanbod.overdracht, Some(&aanbod.bundel))
}

/// While the offer is open: what was proposed, by whom it waits, and for the sender the way to agree.
pub(super) fn tegenvoorstel(aanbod: &Aanbod<'_>) -> Option<Tegenvoorstel> {
    let voorstel = aanbod.overdracht.tegenvoorstel.as_ref().filter(|_| aanbod.is_open())?;
    let per = dag(Instant::begin_van(voorstel.per.0));
    let (zender, ontvanger) = (aanbod.zender(), aanbod.ontvanger());
    if voorstel.aanvaard.is_some() {
        let tekst = match aanbod.is_ontvanger() {
            true => format!("Afgesproken: u accepteert vanaf {per}."),
            false => format!("Afgesproken: {ontvanger} accepteert vanaf {per}."),
        };
        return Some(Tegenvoorstel { tekst, akkoord: None });
    }
    let reden = aanbod.reden(voorstel.feit.versie).map(|reden| format!(" Reden: {reden}")).unwrap_or_default();
    let is_zender = aanbod.overdracht.feit.organisatie == aanbod.wie.actor.organisatie;
    let akkoord = is_zender.then(|| {
        let href = format!("/casussen/{}/doe/aanvaard-tegenvoorstel", aanbod.beeld.id);
        Link::new("Akkoord met de latere dag", href)
    });
    let tekst = match aanbod.is_ontvanger() {
        true => format!("U stelde voor: niet nu, maar vanaf {per}. {zender} moet daar nog mee akkoord gaan."),
        false => format!("Tegenvoorstel van {ontvanger}: niet nu, maar vanaf {per}.{reden}"),
    };
    Some(Tegenvoorstel { tekst, akkoord })
}
