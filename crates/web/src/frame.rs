//! The frame of a page behind sign-in, filled: navigation with counts, what is urgent or late, who I am.

use crate::{
    Toestand, opmaak,
    pages::{
        kader::{Alarm, Gebruiker, Kader, Plek},
        onderdelen::{Flits, Houder, HouderSoort},
    },
    session::Ingelogd,
};
use app::{AppFout, opslag::WerkTellingen};
use domain::{afspraak::PartijSoort, ids::OrganisatieId};

/// Where the page polls or swaps by itself.
pub const HTMX: &str = "/static/extern/htmx.org/dist/htmx.min.js";

/// Fills the frame.
///
/// # Errors
/// The store failed.
pub async fn kader(toestand: &Toestand, wie: &Ingelogd, actief: Option<Plek>) -> Result<Kader, AppFout> {
    let tellingen = toestand.app.store().werk_tellingen(toestand.app.werkvraag(&wie.actor)).await?;
    kader_met(toestand, wie, actief, &tellingen).await
}

/// The same for who counted the work of the whole organisation already.
///
/// # Errors
/// The store failed.
pub async fn kader_met(
    toestand: &Toestand,
    wie: &Ingelogd,
    actief: Option<Plek>,
    tellingen: &WerkTellingen,
) -> Result<Kader, AppFout> {
    let app = &toestand.app;
    let wachten = app.store().wachtende_overdrachten(&wie.actor.organisatie).await?;
    let gebruiker = gebruiker(toestand, wie);
    Ok(Kader {
        actief,
        navigatie: Kader::hoofdnavigatie(u64::from(wachten), gebruiker.soort),
        spoed: alarm(tellingen.spoed, "spoed", "/werkvoorraad#spoed"),
        te_laat: alarm(tellingen.te_laat, "te laat", "/werkvoorraad#te-laat"),
        gebruiker: Some(gebruiker),
        csrf: wie.csrf.clone(),
        demo: toestand.is_demo(),
        verhaal: toestand.instellingen.verhaal.is_some(),
        script: None,
        flits: None,
    })
}

fn alarm(aantal: u32, woord: &str, href: &str) -> Option<Alarm> {
    (aantal > 0).then(|| Alarm { tekst: format!("{} {woord}", opmaak::teller(u64::from(aantal))), href: href.into() })
}

/// Who I am working as.
pub fn gebruiker(toestand: &Toestand, wie: &Ingelogd) -> Gebruiker {
    let functie = toestand.account(wie.actor.medewerker.als_str()).map(|account| account.functie.clone());
    Gebruiker {
        initialen: opmaak::initialen(&wie.naam),
        naam: wie.naam.clone(),
        rol: functie.unwrap_or_else(|| "medewerker".to_owned()),
        organisatie: toestand.app.naam_van(&wie.actor.organisatie),
        soort: soort_van(toestand, &wie.actor.organisatie),
    }
}

/// Whether somebody works for a Veilig Thuis.
pub fn is_veilig_thuis(toestand: &Toestand, wie: &Ingelogd) -> bool {
    soort_van(toestand, &wie.actor.organisatie) == HouderSoort::VeiligThuis
}

/// The kind of an organisation: a party of an agreement, else somebody who reports.
pub fn soort_van(toestand: &Toestand, organisatie: &OrganisatieId) -> HouderSoort {
    let afspraken = toestand.app.afspraken().alle().iter();
    let partij = afspraken.filter_map(|geldig| geldig.bundel.inhoud.partij.get(organisatie)).next();
    match partij.map(|partij| partij.soort) {
        Some(PartijSoort::VeiligThuis) => HouderSoort::VeiligThuis,
        Some(PartijSoort::LokaalTeam | PartijSoort::Jeugdgezondheidszorg) => HouderSoort::LokaalTeam,
        Some(
            PartijSoort::Gemeente
            | PartijSoort::GecertificeerdeInstelling
            | PartijSoort::Crisisdienst
            | PartijSoort::Politie
            | PartijSoort::RaadVoorDeKinderbescherming
            | PartijSoort::Anders,
        ) => HouderSoort::Overig,
        Some(PartijSoort::Beroepskracht) | None => HouderSoort::Melder,
    }
}

/// An organisation as holder, by the name that people know.
pub fn houder(toestand: &Toestand, organisatie: &OrganisatieId) -> Houder {
    Houder::new(soort_van(toestand, organisatie), toestand.app.naam_van(organisatie))
}

/// All groups together.
pub fn totaal(tellingen: &WerkTellingen) -> u64 {
    let WerkTellingen { spoed, te_laat, vandaag, deze_week, later, aan_zet, zonder_termijn } = *tellingen;
    [spoed, te_laat, vandaag, deze_week, later, aan_zet, zonder_termijn].into_iter().map(u64::from).sum()
}

/// The message after an act, by the name of the act in the address: no personal data travels.
pub fn flits(gedaan: Option<&str>) -> Option<Flits> {
    crate::handlers::handeling::vastgelegd(gedaan?).map(Flits::gelukt)
}
