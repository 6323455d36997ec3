//! The binary `zicht`: settings, wiring and the command line. The only place that knows which store is behind the port.

/// A line on standard output. Who closed it, as `head` does, has read enough: the rest is not written.
macro_rules! zeg {
    ($($tekst:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($tekst)*);
    }};
}

mod afspraken;
mod bench;
mod cli;
mod config;
mod demo;
mod kaders;
mod klok;
mod scenario;
mod start;
mod voortgang;

use clap::{Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode};

/// A fifth of the time of a page went to the allocator of the system; SQLite uses this one too.
#[global_allocator]
static GEHEUGEN: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Zicht: wie heeft het zicht op veiligheid, vanaf wanneer, en door welke afspraak.
#[derive(Parser)]
#[command(version, about)]
struct Opdrachtregel {
    #[command(subcommand)]
    wat: Wat,
}

#[derive(Subcommand)]
enum Wat {
    /// Start de toepassing met een configuratiebestand.
    Serve {
        /// Pad van het configuratiebestand (TOML).
        #[arg(long, env = "ZICHT_CONFIG", default_value = "zicht.toml")]
        config: PathBuf,
        /// De opslag: sqlite:PAD of postgres://gebruiker@server/database. Zonder deze optie die uit de configuratie.
        #[arg(long, value_name = "ADRES", env = "ZICHT_OPSLAG", hide_env_values = true)]
        opslag: Option<String>,
    },
    /// Start een oefenomgeving met verzonnen casussen, alleen bereikbaar vanaf deze computer.
    Demo(demo::DemoOpties),
    /// Wie had op een moment het zicht op veiligheid, en door welke afspraak?
    ZichtOp(cli::ZichtOpOpties),
    /// Lijsten opnieuw opbouwen.
    #[command(subcommand)]
    Views(cli::ViewsOpdracht),
    /// Breng de opslag in de vorm van deze versie.
    Migrate(cli::Opslagkeuze),
    /// Meet wat is beloofd: opdrachten, pagina's, rekenen, starten, geheugen, scenario's.
    Bench(bench::BenchOpties),
    /// Werkafspraken controleren en bekijken.
    #[command(subcommand)]
    Afspraak(cli::AfspraakOpdracht),
    /// Scenario's afspelen tegen de echte toepassing.
    #[command(subcommand)]
    Scenario(cli::ScenarioOpdracht),
}

#[tokio::main]
async fn main() -> ExitCode {
    let regel = Opdrachtregel::parse();
    start::log();
    let uitkomst = match regel.wat {
        Wat::Serve { config, opslag } => start::serve(&config, opslag.as_deref()).await,
        Wat::Demo(opties) => demo::demo(opties).await,
        Wat::ZichtOp(opties) => cli::zicht_op(&opties).await,
        Wat::Bench(opties) => bench::bench(&opties).await,
        Wat::Views(opdracht) => cli::views(&opdracht).await,
        Wat::Migrate(keuze) => cli::migrate(&keuze).await,
        Wat::Afspraak(opdracht) => cli::afspraak(&opdracht).await,
        Wat::Scenario(opdracht) => cli::scenario(&opdracht).await,
    };
    match uitkomst {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(fout) => {
            cli::zeg_fout(&format!("{fout:#}"));
            ExitCode::FAILURE
        }
    }
}
