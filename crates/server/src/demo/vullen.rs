//! Fills the database: every step of every story, in the order of time, through the application itself.

use super::{
    klok::Demoklok,
    regio::{self, Regio},
    toeval::Toeval,
    verhaal::{Omgeving, Stap, Verhaal},
    verloop, voorbeelden,
};
use anyhow::{Context, Result, anyhow, bail};
use app::{Antwoord, App, Opdracht, Wens};
use domain::{
    afspraak::{Afspraken, GeldigeBundel},
    ids::CommandId,
    tijd::Instant,
};
use std::collections::HashMap;

/// The stories begin at most so long ago.
const DAGEN_TERUG: i64 = 214;
const MINUUT: i64 = 60_000_000;

/// What was recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Telling {
    pub casussen: usize,
    pub opdrachten: usize,
    pub weigeringen: usize,
}

/// All steps up to `nu`: the examples, and ordinary casussen until there are enough.
///
/// # Errors
/// An agreement of the demo is not in force now.
pub fn plan(afspraken: &Afspraken, aantal: usize, zaad: u64, nu: Instant) -> Result<Vec<Stap>> {
    let omgeving = |regio: &'static Regio| -> Result<Omgeving<'_>> {
        let geldig = geldig(afspraken, regio, nu)?;
        Ok(Omgeving { bundel: &geldig.bundel, regio, nu, zaad })
    };
    let mut verhalen: Vec<Vec<Stap>> = Vec::new();
    for (nummer, voorbeeld) in (0..).zip(voorbeelden::ALLE) {
        verhalen.push(voorbeeld.vertel(omgeving(voorbeeld.regio)?, nummer));
    }
    let gewichten: Vec<_> = regio::ALLE.iter().map(|regio| (regio.gewicht, *regio)).collect();
    let nummers = (1_000..).take(aantal.saturating_sub(verhalen.len()));
    for nummer in nummers {
        let mut t = Toeval::new(zaad, nummer ^ 0xFFFF_0000);
        let regio = t.weeg(&gewichten).copied().unwrap_or(&regio::IJMOND);
        // Not in the last hour: every story has at least its report.
        let begin = Instant(nu.0 - t.tussen(24 * 60 * 4, DAGEN_TERUG * 24 * 60) * MINUUT);
        let mut verhaal = Verhaal::new(omgeving(regio)?, nummer, begin);
        verloop::vertel(&mut verhaal);
        verhalen.push(verhaal.stappen);
    }
    let mut stappen: Vec<_> = verhalen.into_iter().flatten().filter(|stap| stap.op <= nu).collect();
    stappen.sort_by_key(|stap| stap.op);
    Ok(stappen)
}

fn geldig<'a>(afspraken: &'a Afspraken, regio: &Regio, nu: Instant) -> Result<&'a GeldigeBundel> {
    let geldig = afspraken.geldig(&regio.afspraak.into(), nu.dag());
    geldig.ok_or_else(|| anyhow!("de afspraak '{}' geldt niet op {}", regio.afspraak, nu.dag()))
}

/// Executes the steps. `zeg` hears now and then how far it is.
///
/// # Errors
/// A step that was refused though the story did not say so, or the other way round; a fault of the store.
pub async fn vul(app: &App, klok: &Demoklok, stappen: Vec<Stap>, zeg: impl Fn(usize, usize)) -> Result<Telling> {
    let mut telling = Telling::default();
    let mut versies: HashMap<CommandId, u64> = HashMap::new();
    let totaal = stappen.len();
    let mut dag = None;
    for (gedaan, stap) in stappen.into_iter().enumerate() {
        klok.zet(stap.op);
        if dag.replace(stap.op.dag()) != Some(stap.op.dag()) {
            app::jobs::wek(app).await?;
        }
        if gedaan % 250 == 0 {
            zeg(gedaan, totaal);
        }
        let waar = format!("'{}' door {} op {}", stap.wens.naam(), stap.actor.organisatie, stap.op.lokaal());
        voer_uit(app, stap, &mut versies, &mut telling).await.context(waar)?;
    }
    Ok(telling)
}

async fn voer_uit(app: &App, stap: Stap, versies: &mut HashMap<CommandId, u64>, telling: &mut Telling) -> Result<()> {
    let mut wens = stap.wens;
    if let (Wens::HerstelVastlegging(herstel), Some(wat)) = (&mut wens, &stap.herstelt) {
        herstel.versie = versies.get(wat).copied().unwrap_or_default();
    }
    let opdracht = Opdracht {
        id: stap.id,
        casus: stap.casus,
        verwacht: None,
        actor: stap.actor,
        gebeurd_op: stap.gebeurd_op,
        wens,
    };
    telling.opdrachten += 1;
    match (app.voer_uit(&opdracht).await?, stap.weigering) {
        (Antwoord::Gedaan(gedaan), None) => {
            versies.insert(opdracht.id, gedaan.versie);
            telling.casussen += usize::from(stap.casus.is_none());
        }
        (Antwoord::Geweigerd(weigering), Some(code)) if weigering.reden.code.als_str() == code => {
            telling.weigeringen += 1;
        }
        (antwoord, verwacht) => bail!("verwachte weigering: {verwacht:?}, antwoord: {antwoord:?}"),
    }
    Ok(())
}
