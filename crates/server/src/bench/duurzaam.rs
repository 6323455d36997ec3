//! Durable commands beside what the database alone does with the same rows.

use super::{
    Omvang,
    opslag::Proefopslag,
    tafel::{Grens, Meting},
};
use crate::{afspraken::laad_of_meld, klok::VasteKlok, voortgang::stopwatch};
use anyhow::{Context, Result, bail, ensure};
use app::{
    Actor, Antwoord, App, Opdracht, Wens,
    kladblok::{Kladblok, Reeks},
    opslag::Batch,
    wens::{ContactWens, MeldWens, MelderWens, PersoonWens},
};
use domain::{
    gebeurtenis::{ContactWijze, Contactduur, Openheid, PersoonRol},
    ids::{CasusId, CommandId},
    tijd::Instant,
};
use std::{
    fs::File,
    os::unix::fs::FileExt,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::task::JoinSet;
use uuid::Uuid;

/// Events in a stream before the command.
const EVENTS: u64 = 20;
/// Clients side by side, and what is promised for them.
const KLANTEN: [(usize, f64); 2] = [(1, 0.4), (16, 0.5)];
/// Commands below which a ratio says nothing.
const OPDRACHTEN_MIN: u64 = 80;
/// Casussen whose preparation goes into the store together.
const PER_STAPEL: usize = 100;

/// How often the disk alone can say that something is on it.
///
/// # Errors
/// The folder cannot be written.
pub fn fdatasync(map: &Path, omvang: Omvang) -> Result<Meting> {
    const BLOK: [u8; 4096] = [7; 4096];
    let mut bestand = tempfile::Builder::new().prefix("zicht-bench-").tempfile_in(map)?;
    let schijf: &mut File = bestand.as_file_mut();
    let begin = stopwatch();
    for nummer in 0..u64::try_from(omvang.syncs)? {
        schijf.write_all_at(&BLOK, nummer % 256 * 4096)?;
        schijf.sync_data()?;
    }
    let seconden = begin.elapsed().as_secs_f64();
    Ok(Meting {
        opslag: "",
        maat: "fdatasync".into(),
        voorwaarden: "4 KiB schrijven en wachten op de schijf, een draad; ter vergelijking".into(),
        grens: None,
        cijfer: f64::from(u32::try_from(omvang.syncs)?) / seconden,
        eenheid: "per s",
        werk: u64::try_from(omvang.syncs)?,
        werk_min: 50,
    })
}

/// A command and the casus on which it is carried out, or the rows that it would write.
enum Werk {
    Opdracht(Box<Opdracht>),
    Kaal(Box<Batch>, u64),
}

/// # Errors
/// The store failed, or a command was refused.
pub async fn meet(proef: &Arc<Proefopslag>, omvang: Omvang) -> Result<Vec<Meting>> {
    let klok = VasteKlok::default();
    let nu = Instant::uit_lokaal(jiff::civil::date(2026, 4, 7).at(10, 0, 0, 0));
    klok.zet(nu);
    let afspraken = laad_of_meld(None)?;
    let kladblok = Arc::new(Kladblok::new(proef.poort()));
    let klad: Arc<dyn app::poorten::Store> = Arc::<Kladblok>::clone(&kladblok);
    let op_papier = proef.app(klad, Arc::new(klok.clone()), &afspraken).await?;
    let app = Arc::new(proef.app(proef.poort(), Arc::new(klok), &afspraken).await?);
    let mut voorraad = Voorraad { proef, kladblok, op_papier, geteld: 0, casussen: 0 };
    let mut metingen = Vec::new();
    for (klanten, grens) in KLANTEN {
        let (mut echt, mut kaal) = (Duration::ZERO, Duration::ZERO);
        for _ in 0..omvang.rondes {
            let (opdrachten, rijen) = voorraad.maak(omvang.opdrachten).await?;
            // One after the other in turns, so that both meet the same disk.
            echt += duur(proef, &app, opdrachten, klanten).await?;
            kaal += duur(proef, &app, rijen, klanten).await?;
        }
        let gedaan = u32::try_from(omvang.opdrachten * omvang.rondes)?;
        let per_seconde = |tijd: Duration| f64::from(gedaan) / tijd.as_secs_f64();
        let meting = |maat: &str, grens, cijfer, eenheid| Meting {
            opslag: proef.naam(),
            maat: format!("{maat}, {klanten} {}", if klanten == 1 { "klant" } else { "klanten" }),
            voorwaarden: String::new(),
            grens,
            cijfer,
            eenheid,
            werk: u64::from(gedaan),
            werk_min: OPDRACHTEN_MIN,
        };
        metingen.push(Meting {
            voorwaarden: format!(
                "opdracht tegen kale rijen, na {EVENTS} events gelezen; {gedaan} van elk, om en om; verzegeld, gelogd, \
                 op schijf"
            ),
            ..meting(
                "duurzame opdracht / kale schrijver",
                Some(Grens::Minstens(grens)),
                kaal.div_duration_f64(echt),
                "",
            )
        });
        metingen.push(meting("duurzame opdrachten", None, per_seconde(echt), "per s"));
        metingen.push(meting("kale schrijver", None, per_seconde(kaal), "per s"));
    }
    Ok(metingen)
}

/// How long so many clients need for it together.
async fn duur(proef: &Arc<Proefopslag>, app: &Arc<App>, werk: Vec<Werk>, klanten: usize) -> Result<Duration> {
    let werk = Arc::new((werk, AtomicUsize::new(0)));
    let begin = stopwatch();
    let mut samen = JoinSet::new();
    for _ in 0..klanten {
        samen.spawn(een_klant(Arc::clone(proef), Arc::clone(app), Arc::clone(&werk)));
    }
    while let Some(klaar) = samen.join_next().await {
        klaar??;
    }
    Ok(begin.elapsed())
}

async fn een_klant(proef: Arc<Proefopslag>, app: Arc<App>, werk: Arc<(Vec<Werk>, AtomicUsize)>) -> Result<()> {
    let (lijst, volgende) = &*werk;
    while let Some(werk) = lijst.get(volgende.fetch_add(1, Ordering::Relaxed)) {
        match werk {
            Werk::Opdracht(opdracht) => {
                uitgevoerd(app.voer_uit(opdracht).await?)?;
            }
            Werk::Kaal(batch, volgnummer) => {
                let gelezen = proef.kaal(batch, *volgnummer).await?;
                ensure!(gelezen as u64 >= EVENTS, "te korte stroom: {gelezen}");
            }
        }
    }
    Ok(())
}

/// Casussen with a stream of the right length, made by the application on paper and stored in piles.
struct Voorraad<'a> {
    proef: &'a Proefopslag,
    kladblok: Arc<Kladblok>,
    op_papier: App,
    geteld: u64,
    casussen: usize,
}

/// Three regions, so that the chain of one access log is not all that is measured.
const REGIOS: [(&str, &str); 3] = [
    ("Beverwijk", "veilig-thuis-kennemerland"),
    ("Winterswijk", "veilig-thuis-noord-oost-gelderland"),
    ("Alkmaar", "veilig-thuis-noord-holland-noord"),
];

impl Voorraad<'_> {
    /// So many commands, and the rows of as many others.
    async fn maak(&mut self, aantal: usize) -> Result<(Vec<Werk>, Vec<Werk>)> {
        let (mut opdrachten, mut rijen, mut stapel) = (Vec::new(), Vec::new(), Vec::new());
        for nummer in 0..aantal * 2 {
            let mut reeks = Reeks::default();
            let (casus, actor) = self.casus(&mut reeks).await?;
            let opdracht = self.opdracht(Some(casus), &actor, gesprek());
            stapel.extend(self.kladblok.neem_batches());
            if nummer % 2 == 0 {
                opdrachten.push(Werk::Opdracht(Box::new(opdracht)));
            } else {
                uitgevoerd(self.op_papier.voer_uit_in(&mut reeks, &opdracht).await?)?;
                let batch = self.kladblok.neem().batches.pop().context("een opdracht zonder rijen")?;
                rijen.push(Werk::Kaal(Box::new(batch), self.geteld));
            }
            self.kladblok.neem();
            if nummer % PER_STAPEL == PER_STAPEL - 1 || nummer + 1 == aantal * 2 {
                self.proef.poort().commit_velen(std::mem::take(&mut stapel)).await?;
            }
        }
        Ok((opdrachten, rijen))
    }

    /// A report, and contacts until the stream is long enough.
    async fn casus(&mut self, reeks: &mut Reeks) -> Result<(CasusId, Actor)> {
        let (gemeente, vt) = REGIOS.get(self.casussen % REGIOS.len()).copied().unwrap_or_default();
        self.casussen += 1;
        let actor = Actor { medewerker: "meting".into(), organisatie: vt.into() };
        let opdracht = self.opdracht(None, &actor, melding(gemeente));
        let casus = app::casus_van(opdracht.id);
        let mut versie = uitgevoerd(self.op_papier.voer_uit_in(reeks, &opdracht).await?)?;
        while versie < EVENTS {
            let opdracht = self.opdracht(Some(casus), &actor, gesprek());
            versie = uitgevoerd(self.op_papier.voer_uit_in(reeks, &opdracht).await?)?;
        }
        Ok((casus, actor))
    }

    fn opdracht(&mut self, casus: Option<CasusId>, actor: &Actor, wens: Wens) -> Opdracht {
        self.geteld += 1;
        let id = CommandId(CommandId(Uuid::from_u128(u128::from(self.geteld))).afgeleid("bench"));
        Opdracht { id, casus, verwacht: None, actor: actor.clone(), gebeurd_op: None, wens }
    }
}

fn uitgevoerd(antwoord: Antwoord) -> Result<u64> {
    match antwoord {
        Antwoord::Gedaan(gedaan) => Ok(gedaan.versie),
        anders => bail!("een opdracht van de meting ging niet door: {anders:?}"),
    }
}

fn melding(gemeente: &str) -> Wens {
    Wens::Meld(Box::new(MeldWens {
        gemeente: gemeente.to_owned(),
        openheid: Some(Openheid::Open),
        contact: Some(Contactduur::Eenmalig),
        inhoud: "Geluidsoverlast en geschreeuw; de buren belden.".to_owned(),
        melder: MelderWens { soort: "politie".to_owned(), naam: Some("Agent Meting".into()), ..MelderWens::default() },
        huishoudnaam: Some("Meting".to_owned()),
        adres: Some("Metingstraat 1".to_owned()),
        huishouden: vec![
            persoon(PersoonRol::Kind, "Sam Meting", "2017-05-11"),
            persoon(PersoonRol::Ouder, "Robin Meting", "1990-01-02"),
        ],
        ..MeldWens::default()
    }))
}

fn persoon(rol: PersoonRol, naam: &str, geboren: &str) -> PersoonWens {
    PersoonWens {
        rol,
        naam: Some(naam.to_owned()),
        geboren: Some(geboren.to_owned()),
        bsn: None,
        gezinsvoogd: None,
        bekend_als: None,
    }
}

fn gesprek() -> Wens {
    Wens::LegContactGezinVast(ContactWens {
        wijze: Some(ContactWijze::Telefoon),
        gelukt: true,
        geinformeerd: false,
        teruggekoppeld: false,
        persoon: None,
        toelichting: Some("Moeder gesproken; het gaat rustig, oma past op de kinderen.".to_owned()),
        reden: None,
    })
}
