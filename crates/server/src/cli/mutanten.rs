//! Plays agreement mutants: how many of the changed values a scenario notices.

use super::Uitslag;
use crate::{afspraken, scenario};
use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use domain::afspraak::{Afspraken, Bron};
use scenario::{Modus, Mutant, Plekken, Verschil};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::{sync::Semaphore, task::JoinSet, time::Instant};

/// A folder in memory: nothing that is played here has to last.
const IN_HET_GEHEUGEN: &str = "/dev/shm";

/// Mutants that are played at the same time.
const NAAST_ELKAAR: usize = 3;

#[derive(Args)]
pub struct MutantenOpties {
    /// Map met scenario's.
    pad: PathBuf,
    /// Begin na zoveel seconden geen nieuwe mutant meer; zonder deze optie gaat het door tot het einde.
    #[arg(long)]
    seconden: Option<u64>,
    /// Speel per mutant hooguit zoveel scenario's, die er het meest over zeggen eerst.
    #[arg(long)]
    diepte: Option<usize>,
    /// Mislukt als er minder mutanten zijn gespeeld.
    #[arg(long, default_value_t = 1)]
    minimum: usize,
    /// Mislukt als een kleiner deel van de gespeelde mutanten is opgemerkt, in procenten.
    #[arg(long, default_value_t = 0)]
    vangst: usize,
    /// Alleen deze afspraak.
    #[arg(long)]
    afspraak: Option<String>,
    /// Noem elke mutant die niemand opmerkte.
    #[arg(long)]
    uitgebreid: bool,
    /// Bestand met de mutanten waarvan bekend is dat niets ze kan opmerken, elk met de reden erachter na `#`. Mislukt als
    /// er een onopgemerkt blijft die er niet in staat, of een wordt opgemerkt die er wel in staat.
    #[arg(long)]
    bekend: Option<PathBuf>,
    /// Map met afspraken; zonder deze optie de ingebouwde.
    #[arg(long)]
    afspraken: Option<PathBuf>,
}

/// What came of one mutant.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Vangst {
    /// The file is refused: it proves nothing.
    Onleesbaar,
    Opgemerkt(Verschil),
    Onopgemerkt,
}

/// A scenario with the words by which it is chosen first.
struct Spel {
    pad: PathBuf,
    tekst: String,
    afspraak: String,
    /// Clauses that the engine answered with while it was played on the agreements as they are.
    spoor: BTreeSet<String>,
}

impl Spel {
    fn noemt(&self, woord: &str) -> bool {
        self.tekst.contains(woord)
    }

    /// Whether what the mutant changed plays a part here.
    fn raakt(&self, mutant: &Mutant) -> bool {
        mutant.clausules.iter().any(|id| self.spoor.contains(id)) || self.noemt(mutant.ingang())
    }
}

struct Tafel {
    kalenders: Vec<Bron>,
    bronnen: Vec<Bron>,
    spellen: Vec<Spel>,
    werkmap: PathBuf,
    plekken: Plekken,
}

/// Plays mutants until they are done or the time is over.
///
/// # Errors
/// A folder or agreement that cannot be read.
pub async fn mutanten(opties: &MutantenOpties) -> Uitslag {
    let (kalenders, bronnen) = afspraken::bronnen(opties.afspraken.as_deref())?;
    let geheugen = Path::new(IN_HET_GEHEUGEN);
    let werkmap = if geheugen.is_dir() { geheugen.to_owned() } else { std::env::temp_dir() };
    let echt = Afspraken::laad(&kalenders, bronnen.clone());
    let echt = echt.map_err(|fouten| anyhow!("de afspraken zelf kloppen niet: {} fouten", fouten.len()))?;
    let plekken = Plekken::new(None);
    let spellen = spellen(&opties.pad, &echt, &werkmap, &plekken).await?;
    let tafel = Arc::new(Tafel { kalenders, bronnen, spellen, werkmap, plekken });
    let mut alle: Vec<_> = tafel.bronnen.iter().flat_map(scenario::mutanten).collect();
    alle.retain(|mutant| opties.afspraak.as_ref().is_none_or(|naam| *naam == mutant.afspraak));
    alle.retain(|mutant| speelt_mee(mutant, &tafel.spellen));
    // Mixed, and always in the same order: a short run takes some of everything.
    alle.sort_by_cached_key(|mutant| roer(&mutant.naam()));
    let totaal = alle.len();
    let begin = Instant::now();
    let grens = opties.seconden.map(|seconden| begin + Duration::from_secs(seconden));
    let plaatsen = Arc::new(Semaphore::new(NAAST_ELKAAR));
    let mut spelen = JoinSet::new();
    let diepte = opties.diepte.unwrap_or(usize::MAX);
    for mutant in alle {
        let plaats = Arc::clone(&plaatsen).acquire_owned().await?;
        if grens.is_some_and(|grens| Instant::now() >= grens) {
            break;
        }
        let tafel = Arc::clone(&tafel);
        spelen.spawn(async move {
            let vangst = speel(&mutant, &tafel, diepte).await;
            drop(plaats);
            (mutant, vangst)
        });
    }
    let mut uitkomsten = Vec::new();
    while let Some(uitkomst) = spelen.join_next().await {
        uitkomsten.push(uitkomst?);
    }
    let verklaard = opties.bekend.as_deref().map(|bestand| klopt_met_bekend(&uitkomsten, bestand)).transpose()?;
    Ok(vertel(&uitkomsten, totaal, begin.elapsed(), opties) && verklaard.unwrap_or(true))
}

/// Holds what nobody noticed against the list of what nobody can notice.
fn klopt_met_bekend(uitkomsten: &[(Mutant, Vangst)], bestand: &Path) -> Result<bool> {
    let tekst = fs::read_to_string(bestand).with_context(|| bestand.display().to_string())?;
    let regels = tekst.lines().filter(|regel| !regel.starts_with('#'));
    let bekend: BTreeSet<&str> = regels.filter_map(|regel| Some(regel.split_once("  # ")?.0)).collect();
    let mut klopt = true;
    for (mutant, vangst) in uitkomsten {
        let naam = mutant.naam();
        match (vangst, bekend.contains(naam.as_str())) {
            (Vangst::Onopgemerkt, false) => {
                klopt = false;
                zeg!("onverklaard  {naam}");
            }
            (Vangst::Opgemerkt(_), true) => {
                klopt = false;
                zeg!("toch opgemerkt, haal uit de lijst  {naam}");
            }
            _ => {}
        }
    }
    Ok(klopt)
}

fn vertel(uitkomsten: &[(Mutant, Vangst)], totaal: usize, duur: Duration, opties: &MutantenOpties) -> bool {
    let tel = |welke: &dyn Fn(&Vangst) -> bool| uitkomsten.iter().filter(|(_, vangst)| welke(vangst)).count();
    let onleesbaar = tel(&|vangst| *vangst == Vangst::Onleesbaar);
    let gemist: Vec<_> = uitkomsten.iter().filter(|(_, vangst)| *vangst == Vangst::Onopgemerkt).collect();
    let controle = tel(&|vangst| matches!(vangst, Vangst::Opgemerkt(Verschil::Controle(_))));
    let weigering = tel(&|vangst| matches!(vangst, Vangst::Opgemerkt(Verschil::Weigering(_))));
    let toch = tel(&|vangst| matches!(vangst, Vangst::Opgemerkt(Verschil::TochGeweigerd(_))));
    let gespeeld = uitkomsten.len() - onleesbaar;
    let opgemerkt = controle + weigering + toch;
    let procent = (opgemerkt * 100).checked_div(gespeeld).unwrap_or_default();
    if opties.uitgebreid {
        let mut regels: Vec<_> = gemist.iter().map(|(mutant, _)| mutant.naam()).collect();
        regels.sort();
        regels.iter().for_each(|regel| zeg!("onopgemerkt  {regel}"));
    }
    let mut per_afspraak: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (mutant, vangst) in uitkomsten.iter().filter(|(_, vangst)| *vangst != Vangst::Onleesbaar) {
        let stand = per_afspraak.entry(&mutant.afspraak).or_default();
        stand.0 += 1;
        stand.1 += usize::from(matches!(vangst, Vangst::Opgemerkt(_)));
    }
    for (naam, (gespeeld, opgemerkt)) in per_afspraak {
        zeg!("{naam:<22} {opgemerkt:>4} van {gespeeld:>4} opgemerkt");
    }
    zeg!(
        "{opgemerkt} van {gespeeld} mutanten opgemerkt ({procent} %): door een controle {controle}, een weigering \
         {weigering}, een stap die niet meer lukt {toch}; {} onopgemerkt, {onleesbaar} niet te laden, {} van {totaal} \
         bekeken, {:.0} s",
        gemist.len(),
        uitkomsten.len(),
        duur.as_secs_f64()
    );
    if gespeeld < opties.minimum {
        zeg!("te weinig gespeeld: minstens {}", opties.minimum);
    }
    if procent < opties.vangst {
        zeg!("te weinig opgemerkt: minstens {} %", opties.vangst);
    }
    gespeeld >= opties.minimum && procent >= opties.vangst
}

async fn spellen(pad: &Path, afspraken: &Afspraken, werkmap: &Path, plekken: &Plekken) -> Result<Vec<Spel>> {
    let mut spellen = Vec::new();
    for pad in scenario::bestanden(pad)? {
        let tekst = fs::read_to_string(&pad).with_context(|| pad.display().to_string())?;
        let afspraak = tekst.lines().find_map(|regel| regel.strip_prefix("afspraak = "));
        let afspraak = afspraak.map(|naam| naam.trim_matches('"').to_owned()).unwrap_or_default();
        let verslag = scenario::speel_in(werkmap, &pad, &[Modus::Gewoon], afspraken, plekken).await;
        let spoor = verslag.with_context(|| pad.display().to_string())?.dekking.gegeven;
        spellen.push(Spel { pad, tekst, afspraak, spoor });
    }
    if spellen.is_empty() {
        bail!("geen scenario's in {}", pad.display());
    }
    Ok(spellen)
}

/// Twenty teams that differ in their name only are one piece of behaviour: those of which somebody tells a story count.
fn speelt_mee(mutant: &Mutant, spellen: &[Spel]) -> bool {
    let mut weg = mutant.plek.split('.');
    let partij = weg.next().filter(|sectie| *sectie == "partij").and_then(|_| weg.next());
    partij.is_none_or(|partij| spellen.iter().any(|spel| spel.tekst.contains(&format!("\"{partij}\""))))
}

/// Plays the scenarios in which the changed entry plays a part until one sees a difference.
async fn speel(mutant: &Mutant, tafel: &Tafel, diepte: usize) -> Vangst {
    let vervang = |bron: &Bron| {
        let tekst = if bron.bestand == mutant.bestand { mutant.tekst.clone() } else { bron.tekst.clone() };
        Bron { bestand: bron.bestand.clone(), tekst }
    };
    let Ok(afspraken) = Afspraken::laad(&tafel.kalenders, tafel.bronnen.iter().map(vervang).collect()) else {
        return Vangst::Onleesbaar;
    };
    let basis = mutant.afspraak == "landelijk";
    let mut spellen: Vec<_> = tafel.spellen.iter().filter(|spel| basis || spel.afspraak == mutant.afspraak).collect();
    spellen.retain(|spel| spel.raakt(mutant));
    spellen.sort_by_cached_key(|spel| {
        let clausule = mutant.clausules.iter().any(|id| spel.tekst.contains(&format!("\"{id}\"")));
        let ingang = spel.noemt(mutant.ingang());
        // Of those that say as much about it the shortest is over soonest.
        (!(clausule && ingang), !clausule, !ingang, spel.tekst.len())
    });
    for spel in spellen.into_iter().take(diepte) {
        if let Err(fout) =
            scenario::speel_in(&tafel.werkmap, &spel.pad, &[Modus::Gewoon], &afspraken, &tafel.plekken).await
            && let Some(verschil) = fout.downcast_ref::<Verschil>()
        {
            return Vangst::Opgemerkt(verschil.clone());
        }
    }
    Vangst::Onopgemerkt
}

/// A fixed order without a pattern (FNV-1a).
fn roer(tekst: &str) -> u64 {
    tekst.bytes().fold(0xcbf2_9ce4_8422_2325, |som, teken| (som ^ u64::from(teken)).wrapping_mul(0x0100_0000_01b3))
}
