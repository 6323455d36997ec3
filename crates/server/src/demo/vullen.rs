//! Fills the database: every step of every story, in the order of time, through the application itself.

use super::{
    klok::Demoklok,
    regio::{self, Regio},
    toeval::Toeval,
    verhaal::{Omgeving, Stap, Verhaal},
    verloop, voorbeelden,
};
use anyhow::{Context, Result, anyhow, bail};
use app::{Antwoord, App, Opdracht, Wens, kladblok::Reeks};
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
    /// Of what was recorded in piles.
    pub events: usize,
}

/// All steps up to `nu`: the examples, and ordinary casussen until there are enough.
///
/// # Errors
/// An agreement of the demo is not in force now.
pub fn plan(afspraken: &Afspraken, aantal: usize, zaad: u64, nu: Instant) -> Result<Vec<Stap>> {
    let omgeving = |regio: &'static Regio| -> Result<Omgeving<'_>> {
        let geldig = geldig(afspraken, regio, nu)?;
        Ok(Omgeving { bundel: &geldig.bundel, regio, nu, zaad, vervolg: 1_000 })
    };
    let mut verhalen: Vec<Vec<Stap>> = Vec::new();
    for (nummer, voorbeeld) in (0..).zip(voorbeelden::alle()) {
        verhalen.push(voorbeeld.vertel(omgeving(voorbeeld.regio)?, nummer));
    }
    let gewichten: Vec<_> = regio::ALLE.iter().map(|regio| (regio.gewicht, *regio)).collect();
    let mut nummer = 1_000;
    while verhalen.len() < aantal {
        nummer += 1;
        let mut t = Toeval::new(zaad, nummer + 2_000_000);
        let regio = t.weeg(&gewichten).copied().unwrap_or(&regio::IJMOND);
        // Not in the last hour: every story has at least its report.
        let begin = Instant(nu.0 - t.tussen(24 * 60 * 4, DAGEN_TERUG * 24 * 60) * MINUUT);
        let mut verhaal = Verhaal::new(omgeving(regio)?, nummer, begin);
        verloop::vertel(&mut verhaal);
        let nieuw = verhaal.na_sluiting(nummer + 1_000_000).filter(|_| t.kans(600));
        verhalen.push(verhaal.stappen);
        // A household that is known from a casus that was closed.
        if let Some(mut nieuw) = nieuw.filter(|_| verhalen.len() < aantal) {
            verloop::vertel(&mut nieuw);
            verhalen.push(nieuw.stappen);
        }
    }
    let mut stappen: Vec<_> = verhalen.into_iter().flatten().filter(|stap| stap.op <= nu).collect();
    stappen.sort_by_key(|stap| stap.op);
    Ok(stappen)
}

pub(super) fn geldig<'a>(afspraken: &'a Afspraken, regio: &Regio, nu: Instant) -> Result<&'a GeldigeBundel> {
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
        voer_uit(app, None, stap, &mut versies, &mut telling).await.context(waar)?;
    }
    Ok(telling)
}

/// Executes one step, at once or in a series.
///
/// # Errors
/// A step that was refused though the story did not say so, or the other way round; a fault of the store.
pub async fn voer_uit(
    app: &App,
    reeks: Option<&mut Reeks>,
    stap: Stap,
    versies: &mut HashMap<CommandId, u64>,
    telling: &mut Telling,
) -> Result<()> {
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
    let antwoord = match reeks {
        Some(reeks) => app.voer_uit_in(reeks, &opdracht).await?,
        None => app.voer_uit(&opdracht).await?,
    };
    match (antwoord, stap.weigering) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{afspraken::laad_of_meld, start::stel_samen};
    use domain::gebeurtenis::Openheid;
    use std::sync::Arc;

    fn op(lokaal: &str) -> Instant {
        Instant::uit_lokaal(lokaal.parse().unwrap())
    }

    /// A weekend night, the first minutes of a working day after Easter, the last day of a year.
    #[tokio::test]
    async fn geen_stap_wordt_geweigerd_die_het_verhaal_niet_weigert() {
        for (zaad, nu) in [(1, "2026-03-28T23:50"), (2, "2026-04-07T00:02"), (3, "2026-12-31T17:00")] {
            let afspraken = laad_of_meld(None).unwrap();
            let map = tempfile::tempdir().unwrap();
            let klok = Arc::new(Demoklok::new());
            let stappen = plan(&afspraken, 120, zaad, op(nu)).unwrap();
            let (db, sleutels) = (map.path().join("zicht.db"), map.path().join("sleutels"));
            let samen = stel_samen(&db, &sleutels, Arc::<Demoklok>::clone(&klok), afspraken).await.unwrap();
            let telling = vul(&samen.app, &klok, stappen, |_, _| {}).await.unwrap();
            assert_eq!(telling.casussen, 120);
            assert!(telling.weigeringen >= 3, "{telling:?}");
            samen.store.sluit().await;
        }
    }

    #[test]
    fn hetzelfde_zaad_vertelt_hetzelfde_en_niets_in_de_toekomst() {
        let afspraken = laad_of_meld(None).unwrap();
        let nu = op("2026-04-07T10:00");
        let rij = |zaad| {
            let stappen = plan(&afspraken, 200, zaad, nu).unwrap();
            assert!(stappen.iter().all(|stap| stap.op <= nu && stap.gebeurd_op.is_none_or(|op| op <= stap.op)));
            stappen.into_iter().map(|stap| (stap.op, stap.id, format!("{:?}", stap.wens))).collect::<Vec<_>>()
        };
        assert_eq!(rij(1), rij(1));
        assert_ne!(rij(1), rij(2));
    }

    #[test]
    fn de_verdeling_lijkt_op_die_van_het_land() {
        let afspraken = laad_of_meld(None).unwrap();
        let stappen = plan(&afspraken, 3_000, 7, op("2026-04-07T10:00")).unwrap();
        let meldingen: Vec<_> = stappen
            .iter()
            .filter_map(|stap| match &stap.wens {
                Wens::Meld(meld) => Some((stap, meld)),
                _ => None,
            })
            .collect();
        let deel = |filter: &dyn Fn(&Stap, &app::wens::MeldWens) -> bool| {
            meldingen.iter().filter(|(stap, meld)| filter(stap, meld)).count() * 1_000 / meldingen.len()
        };
        let politie = deel(&|_, meld| meld.melder.soort == "politie");
        let burgers = deel(&|_, meld| meld.melder.soort == "burger");
        let vervolg = deel(&|stap, _| stap.casus.is_some());
        let ijmond = deel(&|_, meld| ["Beverwijk", "Heemskerk", "Velsen"].contains(&meld.gemeente.as_str()));
        let onbekend = deel(&|_, meld| meld.openheid == Some(Openheid::Onbekend));
        assert!((630..700).contains(&politie), "politie {politie}");
        assert!((60..100).contains(&burgers), "burgers {burgers}");
        assert!((220..330).contains(&vervolg), "vervolgmeldingen {vervolg}");
        assert!((400..500).contains(&ijmond), "IJmond {ijmond}");
        assert!(onbekend > 5, "onbekende melders {onbekend}");
    }
}
