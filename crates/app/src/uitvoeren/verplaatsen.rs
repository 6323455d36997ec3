//! Moving a report to another casus: one act, two streams. The first step is the worker's; the others follow from it,
//! now or, after a failure, when the clock takes it up again. Each has an id of its own that follows from the first, so
//! that however often it is tried it has one effect.

use super::{Antwoord, App, AppFout, Geladen, Opdracht, POGINGEN_MAX, context};
use crate::{
    Actor,
    poorten::StoreFout,
    verzegel::{Onderwerp, Tekst},
    wens::{VeldFout, VerplaatsWens, Wens},
};
use domain::{
    Commando,
    commando::{Erna, Meld},
    decide,
    gebeurtenis::Gebeurtenis,
    ids::*,
    meldingen::{Intrekking, Melding, Spoed, Verplaatsing},
    weigering::Weigering,
};

/// One step that follows from the start of a move.
struct Stap {
    casus: CasusId,
    id: CommandId,
    commando: Commando,
    teksten: Vec<Tekst>,
}

/// The other casus that is named exists, is another one, belongs to this Veilig Thuis, and for a move is open.
pub(super) async fn eis_andere_casus(app: &App, id: CasusId, opdracht: &Opdracht) -> Result<(), AppFout> {
    let (veld, naar, moet_open) = match &opdracht.wens {
        Wens::VerplaatsMelding(wens) => ("naar", wens.naar, true),
        Wens::KiesHuishouden(wens) => ("casus", wens.casus, false),
        _ => return Ok(()),
    };
    let Some(naar) = naar else { return Ok(()) };
    let ander = app.laad(naar).await?.casus;
    let eigen = naar != id && ander.veilig_thuis.as_ref() == Some(&opdracht.actor.organisatie);
    if eigen && !(moet_open && ander.sluiting.is_some()) {
        return Ok(());
    }
    let melding = "Kies een andere casus van uw organisatie die nog open is.";
    Err(AppFout::Ongeldig(vec![VeldFout { veld: veld.into(), melding: melding.into() }]))
}

/// Finishes every move that began in this casus.
///
/// # Errors
/// When the store fails, or the other casus cannot take the report: the move stays half done, and visible.
pub(crate) async fn maak_af(app: &App, uit: CasusId) -> Result<(), AppFout> {
    let geladen = app.laad(uit).await?;
    let begin = |melding: &Melding| match &melding.verplaatsing {
        Verplaatsing::Onderweg { feit, naar } => Some((melding.clone(), feit.versie, *naar)),
        Verplaatsing::Geen | Verplaatsing::Weg { .. } => None,
    };
    for (melding, versie, naar) in geladen.casus.meldingen.iter().filter_map(begin) {
        let begonnen = geladen.stroom.iter().find(|vastlegging| vastlegging.versie == versie);
        let rij = geladen.rijen.iter().find(|rij| rij.versie == versie);
        if let (Some(begonnen), Some(rij)) = (begonnen, rij) {
            let actor = Actor { medewerker: begonnen.medewerker.clone(), organisatie: begonnen.organisatie.clone() };
            let stap = |rol: &str| CommandId(rij.command_id.afgeleid(rol));
            let (commando, teksten) = opname(app, uit, &geladen, &melding).await?;
            let rond_af = || Commando::RondVerplaatsingAf { melding: melding.id };
            let stappen = [
                Stap { casus: naar, id: stap("neem-op"), commando, teksten },
                Stap { casus: uit, id: stap("weg"), commando: rond_af(), teksten: Vec::new() },
                Stap { casus: naar, id: stap("voltooid"), commando: rond_af(), teksten: Vec::new() },
            ];
            for stap in stappen {
                zet(app, &actor, &stap).await?;
            }
            app.herbouw_herkenning(uit).await?;
        }
    }
    Ok(())
}

/// The report as it was recorded, with its content, for the other casus.
async fn opname(
    app: &App,
    uit: CasusId,
    geladen: &Geladen,
    melding: &Melding,
) -> Result<(Commando, Vec<Tekst>), AppFout> {
    let ontvangen = geladen.stroom.iter().find(|vastlegging| vastlegging.versie == melding.feit.versie);
    let Some(Gebeurtenis::MeldingOntvangen { gemeente, personen, veilig_thuis, .. }) =
        ontvangen.map(|vastlegging| &vastlegging.gebeurtenis)
    else {
        return Err(AppFout::NietGevonden);
    };
    let Melding { aanvullingen, correcties, .. } = melding;
    let later = aanvullingen.iter().chain(correcties).map(|feit| feit.versie);
    let versies: Vec<_> = std::iter::once(melding.feit.versie).chain(later).collect();
    let mut teksten = Vec::new();
    // Who reported openly has a copy of its own report, which moves along.
    for eigenaar in std::iter::once(veilig_thuis).chain(melding.melder.organisatie()) {
        let open = app.open_stukken(uit, &geladen.rijen, eigenaar).await?;
        teksten.extend(open.into_iter().filter(|stuk| versies.contains(&stuk.versie)).filter_map(|stuk| {
            let onderwerp = Onderwerp::uit_tekst(&stuk.onderwerp)?;
            Some(Tekst { eigenaar: eigenaar.clone(), onderwerp, soort: stuk.soort, inhoud: stuk.inhoud })
        }));
    }
    let erna = Erna {
        compleet: melding.compleet.is_some(),
        ingetrokken: melding.intrekking.as_ref().is_some_and(Intrekking::wacht),
    };
    let melding = Meld {
        melding: melding.id,
        ontvangen_op: melding.ontvangen_op,
        melder: melding.melder.clone(),
        openheid: melding.openheid,
        contact: melding.contact,
        spoed_gevraagd: melding.spoed != Spoed::NietGevraagd,
        gemeente: gemeente.clone(),
        personen: personen.clone(),
        gegevens: melding.gegevens.clone(),
        zonder_bron: false,
        reden: false,
    };
    Ok((Commando::NeemMeldingOp { melding, uit, erna }, teksten))
}

/// Carries out one step, once.
async fn zet(app: &App, actor: &Actor, stap: &Stap) -> Result<(), AppFout> {
    for _ in 0..POGINGEN_MAX {
        match probeer(app, actor, stap).await {
            Err(AppFout::Store(StoreFout::Conflict)) => {}
            anders => return anders,
        }
    }
    Err(AppFout::TeDruk)
}

async fn probeer(app: &App, actor: &Actor, stap: &Stap) -> Result<(), AppFout> {
    if app.store().opdracht(stap.casus, stap.id).await?.is_some() {
        return Ok(());
    }
    let geladen = app.laad(stap.casus).await?;
    let nu = app.nu_voor(&geladen.casus);
    let geldig = app.geldig(&geladen.casus, &geladen.casus.gemeente, nu)?;
    let bundels = app.bundels();
    let context = context(nu, actor, geldig, &bundels);
    let gebeurtenissen = decide(&geladen.casus, &stap.commando, &context).map_err(geweigerd)?;
    let opdracht = Opdracht {
        id: stap.id,
        casus: Some(stap.casus),
        verwacht: None,
        actor: actor.clone(),
        gebeurd_op: None,
        wens: Wens::VerplaatsMelding(VerplaatsWens::default()),
    };
    let besluit = (gebeurtenissen, stap.teksten.clone());
    match app.leg_besluit_vast(stap.casus, &opdracht, geladen, &context, besluit).await?.0 {
        Antwoord::Gedaan(_) => Ok(()),
        Antwoord::Geweigerd(weigering) => Err(geweigerd(weigering)),
        Antwoord::Conflict(_) => Err(AppFout::TeDruk),
    }
}

fn geweigerd(weigering: Weigering) -> AppFout {
    AppFout::Verplaatsing(weigering.reden.code.uitleg())
}
