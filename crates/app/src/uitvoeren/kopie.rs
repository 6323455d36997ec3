//! What others need to know of a household is copied under their own key, and stays as it was.

use crate::{
    App, AppFout,
    opslag::EventRij,
    verzegel::{Geopend, Onderwerp, Tekst},
    wens::{DOCUMENTDEEL, plantekst, regeltekst},
};
use domain::{Casus, Gebeurtenis, Vastlegging, ids::*};
use std::collections::BTreeMap;

/// Enough to visit and to write.
const GEZIN: &[&str] = &[
    "huishoudnaam",
    "adres",
    "persoon-naam",
    "persoon-geboren",
    "contact-nummer",
    "contact-wanneer",
    "contact-toelichting",
    "contact-huisbezoek",
];
/// Enough to know whom a task beside zicht is about.
const NAMEN: &[&str] = &["huishoudnaam", "persoon-naam"];

/// The copies that go with what is recorded now.
pub(super) async fn voor_ontvangers(
    app: &App,
    id: CasusId,
    casus: &Casus,
    vastleggingen: &[Vastlegging],
    rijen: &[EventRij],
) -> Result<Vec<Tekst>, AppFout> {
    let mut kopieen = Vec::new();
    for vastlegging in vastleggingen {
        for (naar, soorten) in ontvangers(&vastlegging.gebeurtenis) {
            let open = app.open_stukken(id, rijen, &vastlegging.organisatie).await?;
            let mee = |soort: &str| soorten.contains(&soort);
            if let Gebeurtenis::OverdrachtAangeboden { naar: ontvanger, .. } = &vastlegging.gebeurtenis
                && ontvanger == naar
            {
                let plan = geldend_plan(casus);
                let in_plan = |soort: &str| mee(soort) || plan.iter().any(|begin| soort.starts_with(begin));
                kopieen.extend(kopie(open, naar, in_plan));
            } else {
                kopieen.extend(kopie(open, naar, mee));
            }
        }
        kopieen.extend(van_document(app, id, casus, vastlegging, rijen).await?);
    }
    // A secret address goes to nobody else, in whatever it was written.
    let geheim = app.geheime_adressen(id, casus, rijen).await?;
    kopieen.retain(|tekst| !geheim.staat_in(&tekst.inhoud));
    Ok(kopieen)
}

/// A document that is sent to an organisation is that organisation's from then on, as it was written.
async fn van_document(
    app: &App,
    id: CasusId,
    casus: &Casus,
    vastlegging: &Vastlegging,
    rijen: &[EventRij],
) -> Result<Vec<Tekst>, AppFout> {
    let Gebeurtenis::DocumentVerzonden { document, naar: Some(naar), .. } = &vastlegging.gebeurtenis else {
        return Ok(Vec::new());
    };
    let gemaakt = casus.documenten.iter().find(|eerder| eerder.id == *document).map(|eerder| eerder.feit.versie);
    let open = app.open_stukken(id, rijen, &vastlegging.organisatie).await?;
    let woorden = open.into_iter().filter(|stuk| Some(stuk.versie) == gemaakt && stuk.soort.starts_with(DOCUMENTDEEL));
    Ok(woorden
        .filter_map(|stuk| {
            let onderwerp = Onderwerp::uit_tekst(&stuk.onderwerp)?;
            Some(Tekst { eigenaar: naar.clone(), onderwerp, soort: stuk.soort, inhoud: stuk.inhoud })
        })
        .collect())
}

/// What the texts of the plan as it stands begin with: who receives works by it and types nothing again.
fn geldend_plan(casus: &Casus) -> Vec<String> {
    let delen = casus.plannen.geldend().map(|plan| plantekst(plan.id, ""));
    let regels = casus.plannen.lopende_regels().map(|regel| regeltekst(regel.id, ""));
    delen.chain(regels).collect()
}

fn ontvangers(gebeurtenis: &Gebeurtenis) -> Vec<(&OrganisatieId, &'static [&'static str])> {
    match gebeurtenis {
        Gebeurtenis::OverdrachtAangeboden { naar, mede_ontvangers, .. } => {
            std::iter::once(naar).chain(mede_ontvangers).map(|org| (org, GEZIN)).collect()
        }
        Gebeurtenis::CrisisdienstIngeschakeld { organisatie } => vec![(organisatie, GEZIN)],
        Gebeurtenis::DeeltaakAfgesproken { organisatie, .. } => vec![(organisatie, NAMEN)],
        _ => Vec::new(),
    }
}

/// Of what was sealed more than once, an address for instance, only the newest goes along: in the copy all have the
/// same version, so nothing would tell them apart.
fn kopie(open: Vec<Geopend>, naar: &OrganisatieId, mee: impl Fn(&str) -> bool) -> Vec<Tekst> {
    let mut nieuwste = BTreeMap::new();
    for stuk in open.into_iter().filter(|stuk| mee(&stuk.soort)) {
        nieuwste.insert((stuk.onderwerp.clone(), stuk.soort.clone()), stuk);
    }
    let kopieen = nieuwste.into_values().filter_map(|stuk| {
        let onderwerp = Onderwerp::uit_tekst(&stuk.onderwerp)?;
        Some(Tekst { eigenaar: naar.clone(), onderwerp, soort: stuk.soort, inhoud: stuk.inhoud })
    });
    kopieen.collect()
}
