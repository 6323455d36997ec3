//! The shape of a scenario file. Unknown keys are an error with file and line.

use super::documenten::{Gelezen, VerwachtDocument};
pub use super::vorm_rondom::{VerwachtAlarm, VerwachtSignaal, VerwachtVerzoek, VerwachteKalender, VerwachteWacht};
use anyhow::{Result, anyhow};
use domain::{
    afspraak::{Doelgroep, Fase, Gespreksmoment, Gevolg, MeldBij, Oordeelvorm, Planfase},
    gebeurtenis::PersoonRol,
    ids::OrganisatieId,
    tijd::Instant,
};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// A whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    pub titel: String,
    pub afspraak: String,
    /// When given, the edition that must be in force at the first report.
    #[serde(default)]
    pub editie: Option<String>,
    #[serde(default)]
    pub kalender: Option<String>,
    pub gemeente: String,
    pub partijen: BTreeMap<String, Partij>,
    #[serde(default)]
    pub huishouden: Vec<Lid>,
    #[serde(default)]
    pub stap: Vec<Stap>,
    #[serde(default)]
    pub controle: Vec<Controle>,
    /// How the stand-in of a source of information behaves; one that is not named finds nothing.
    #[serde(default)]
    pub bronnen: BTreeMap<String, app::bronnen::Gedrag>,
}

/// Somebody who takes part.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partij {
    #[serde(default)]
    pub soort: Option<String>,
    #[serde(default)]
    pub beroepsgroep: Option<String>,
    #[serde(default)]
    pub organisatie: Option<OrganisatieId>,
}

/// A member of the household.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lid {
    pub id: String,
    pub rol: PersoonRol,
    #[serde(default)]
    pub geboren: Option<toml::value::Datetime>,
    /// The name as it is written in the report; the id when absent.
    #[serde(default)]
    pub naam: Option<String>,
    #[serde(default)]
    pub bsn: Option<String>,
    /// The party that is guardian of this member.
    #[serde(default)]
    pub gezinsvoogd: Option<String>,
}

/// Something that somebody does.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stap {
    pub op: Tijdstip,
    pub door: String,
    /// In which casus, by a name of the file; the one that the file is about when absent. A report opens it. Of an act in
    /// a track of the meldcode or on an advice: which one.
    #[serde(default)]
    pub casus: Option<String>,
    pub doe: String,
    /// Which worker of that organisation, when it matters that there are two.
    #[serde(default)]
    pub medewerker: Option<String>,
    /// A name by which later steps refer to the report or offer that this one made.
    #[serde(default)]
    pub id: Option<String>,
    #[serde(default)]
    pub gebeurd_op: Option<Tijdstip>,
    #[serde(default)]
    pub met: toml::Table,
    /// What the runner must not fill: `reden`, `gezin-geinformeerd`, keys of parts or conditions.
    #[serde(default)]
    pub ontbreekt: Vec<String>,
    #[serde(default)]
    pub weigering: Option<VerwachteWeigering>,
    /// The clauses from which this act deviates with a reason, as it recorded them.
    #[serde(default)]
    pub afwijkingen: Option<Vec<String>>,
    /// `niet-gevonden`: for this party the casus does not exist.
    #[serde(default)]
    pub fout: Option<String>,
}

/// The refusal that a step must meet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachteWeigering {
    pub code: String,
    pub clausule: String,
    #[serde(default)]
    pub mag_met_reden: Option<bool>,
    /// Codes of the further reasons, in order.
    #[serde(default)]
    pub ook: Option<Vec<String>>,
    /// The clauses of those, in the same order.
    #[serde(default)]
    pub ook_clausules: Option<Vec<String>>,
    /// What is missing, as it is named to the worker.
    #[serde(default)]
    pub ontbreekt: Option<Vec<String>>,
}

/// What must be true at an instant.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Controle {
    pub op: Tijdstip,
    #[serde(default)]
    pub als_bekend_op: Option<Tijdstip>,
    /// Of which casus, by a name of the file; the one that the file is about when absent.
    #[serde(default)]
    pub casus: Option<String>,
    /// Who is found for the newest report.
    #[serde(default)]
    pub herken: Option<Herkenning>,
    /// Other open casussen about the same household, by their names in the file, as Veilig Thuis sees them.
    #[serde(default)]
    pub ook_open: Option<Vec<String>>,
    /// A track of the meldcode, as its own organisation sees it.
    #[serde(default)]
    pub meldcode: Option<VerwachtSpoor>,
    /// An advice, as one side sees it.
    #[serde(default)]
    pub advies: Option<VerwachtAdvies>,
    /// The agreement itself, as one of its parties sees it: what it asks of whom, and by when.
    #[serde(default)]
    pub kalender: Option<VerwachteKalender>,
    /// A request about a file, as the organisation that keeps it sees it.
    #[serde(default)]
    pub verzoek: Option<VerwachtVerzoek>,
    /// A signal in the verwijsindex, as who gave it sees it.
    #[serde(default)]
    pub signaal: Option<VerwachtSignaal>,
    /// Who is on call, and how alarms go, as one organisation sees it.
    #[serde(default)]
    pub wacht: Option<VerwachteWacht>,
    /// The party that holds zicht; `niemand` before the first report and after the end.
    #[serde(default)]
    pub zicht: Option<String>,
    #[serde(default)]
    pub grond: Option<String>,
    /// The party that keeps regie on the other domains of life; `niemand`.
    #[serde(default)]
    pub regie: Option<String>,
    #[serde(default)]
    pub regie_grond: Option<String>,
    /// The party that monitors; `niemand`.
    #[serde(default)]
    pub monitoring: Option<String>,
    #[serde(default)]
    pub monitoring_grond: Option<String>,
    /// The crisis service that is responsible beside who holds; `niemand`.
    #[serde(default)]
    pub crisis: Option<String>,
    #[serde(default)]
    pub crisis_grond: Option<String>,
    #[serde(default)]
    pub termijn: Option<VerwachteTermijn>,
    #[serde(default)]
    pub termijnen: Vec<VerwachteTermijn>,
    /// Kinds of terms that do not run and never ran in this casus.
    #[serde(default)]
    pub geen_termijnen: Vec<String>,
    /// Per party what it sees: `casus`, kinds of content, kinds of events.
    #[serde(default)]
    pub ziet: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub ziet_niet: BTreeMap<String, Vec<String>>,
    /// Acts that a party can do now.
    #[serde(default)]
    pub kan: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub kan_niet: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub gesloten: Option<bool>,
    /// The plan, as one party sees it.
    #[serde(default)]
    pub plan: Option<VerwachtPlan>,
    #[serde(default)]
    pub sluiting: Option<VerwachteSluiting>,
    /// Per act the clauses that a worker is asked to keep in mind there, all of them.
    #[serde(default)]
    pub let_op: BTreeMap<String, Vec<String>>,
    /// Per act the clause by which somebody may record it, as the page of that act shows it.
    #[serde(default)]
    pub waarom: BTreeMap<String, String>,
    /// Every way in which Veilig Thuis supports, with its clause.
    #[serde(default)]
    pub steunvormen: Option<BTreeMap<String, String>>,
    /// What is asked before a direct handover, all of it in its order.
    #[serde(default)]
    pub vragen: Vec<VerwachteVraag>,
    /// What a moment of monitoring may lead to, all of it, by key.
    #[serde(default)]
    pub uitkomsten: BTreeMap<String, VerwachteUitkomst>,
    /// Who may receive where the family lives now, in one situation: all parties, each with whom it works for.
    #[serde(default)]
    pub te_kiezen: Vec<VerwachteKeuze>,
    /// What belongs to a handover, and who gets it as the reports stand now.
    #[serde(default)]
    pub gaat_mee: Vec<VerwachteInhoud>,
    /// What a kind of document must hold as the casus stands, by its key.
    #[serde(default)]
    pub documenten: BTreeMap<String, VerwachtDocument>,
    /// What a party reads of a document that was written.
    #[serde(default)]
    pub gelezen: Vec<Gelezen>,
    /// What is talked over at a moment.
    #[serde(default)]
    pub gesprek: Vec<VerwachtGesprek>,
    /// Terms for the agreement itself, not for a casus.
    #[serde(default)]
    pub afspraaktermijnen: Vec<VerwachteAfspraaktermijn>,
    /// What the reporters are still asked.
    #[serde(default)]
    pub meldvragen: Vec<VerwachteVragen>,
    /// What reporters are asked in a situation, by this agreement.
    #[serde(default)]
    pub meldvragenlijst: Vec<VerwachteVragenlijst>,
    /// Every source that may be asked about the newest report, by key.
    #[serde(default)]
    pub bronnen: Option<BTreeMap<String, VerwachteBron>>,
    /// Every duty to tell somebody about the newest report, by key.
    #[serde(default)]
    pub plichten: Option<BTreeMap<String, VerwachtePlicht>>,
    /// In what form the decision on the newest report is reached.
    #[serde(default)]
    pub oordeel: Option<VerwachtOordeel>,
    /// Per decision on the newest report everybody who may do the follow-up, each with the clause.
    #[serde(default)]
    pub vervolgpartijen: BTreeMap<String, BTreeMap<String, String>>,
    /// Whom Veilig Thuis speaks in what order.
    #[serde(default)]
    pub contacten: Option<VerwachteContacten>,
    /// The clauses of what to do when it is not kept, step by step.
    #[serde(default)]
    pub escalatie: Vec<String>,
}

/// What the reporter of one report is still asked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachteVragen {
    /// The name of the step that made it.
    pub melding: String,
    /// Questions without an answer, all of them, each with its clause.
    #[serde(default)]
    pub open: BTreeMap<String, String>,
    /// It came by phone and was not completed.
    #[serde(default)]
    pub na_telefoon: bool,
    /// By which clause it is to be completed.
    #[serde(default)]
    pub clausule: Option<String>,
    /// Assessments that go with it, each with its clause.
    #[serde(default)]
    pub bijgevoegd: BTreeMap<String, String>,
}

/// A duty to tell somebody.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachtePlicht {
    /// `open` when absent, `gedaan`, `niet-gedaan`.
    #[serde(default)]
    pub stand: Option<String>,
    /// By which it must, then those that say what it holds.
    pub clausules: Vec<String>,
    /// The kind of the term by which it is due.
    #[serde(default)]
    pub termijn: Option<String>,
    /// What is told, when a scenario asks for it.
    #[serde(default)]
    pub moet: Option<Vec<String>>,
    /// What is not told, when a scenario asks for it.
    #[serde(default)]
    pub niet: Option<Vec<String>>,
}

/// How a judgement is reached.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachtOordeel {
    pub vorm: Oordeelvorm,
    pub clausule: String,
}

/// A source of information.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachteBron {
    /// `niet-gevraagd` when absent, `onbekend` without an answer, `gevonden`, `niets-gevonden`.
    #[serde(default)]
    pub stand: Option<String>,
    /// By which it is asked, then those that say the same.
    pub clausules: Vec<String>,
    /// By which it may be asked without consent.
    pub grondslag: String,
}

/// What a reporter is asked when all this holds, and nothing else does.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachteVragenlijst {
    pub bij: BTreeSet<MeldBij>,
    /// All questions, each with its clause.
    #[serde(default)]
    pub vragen: BTreeMap<String, String>,
    /// What can be chosen, of each question with a choice.
    #[serde(default)]
    pub keuzes: BTreeMap<String, Vec<String>>,
    /// Assessments that may go with it, each with its clause; not looked at when absent.
    #[serde(default)]
    pub instrumenten: Option<BTreeMap<String, String>>,
}

/// Whom Veilig Thuis speaks: `gezin` and parties, each with whether it was spoken.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachteContacten {
    /// Absent: no order holds here.
    #[serde(default)]
    pub clausule: Option<String>,
    #[serde(default)]
    pub gesproken: BTreeMap<String, bool>,
}

/// What a track of the meldcode must show.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachtSpoor {
    /// By its name in the file; the one without a name when absent.
    #[serde(default)]
    pub naam: String,
    pub door: String,
    /// The steps that are done, in order.
    #[serde(default)]
    pub klaar: Option<Vec<String>>,
    /// Per step every clause that is shown with it.
    #[serde(default)]
    pub stappen: BTreeMap<String, Vec<String>>,
    /// Codes of what is still to do, with the clause of each.
    #[serde(default)]
    pub openstaand: Option<BTreeMap<String, String>>,
    /// What was weighed: `melden`, `hulp-en-volgen`, `afsluiten`.
    #[serde(default)]
    pub uitkomst: Option<String>,
    #[serde(default)]
    pub gesloten: Option<bool>,
    /// Parties for which it does not exist.
    #[serde(default)]
    pub onbekend_voor: Vec<String>,
    /// What may stand in a file that parents can read; nothing else of it.
    #[serde(default)]
    pub dossier_van_ouders: Option<Vec<String>>,
}

/// What an advice must show.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachtAdvies {
    #[serde(default)]
    pub naam: String,
    pub door: String,
    /// Per moment the clause by which it goes the way it does; these and no others.
    #[serde(default)]
    pub regels: Option<BTreeMap<String, String>>,
    /// Per way of support its clause; these and no others.
    #[serde(default)]
    pub vormen: Option<BTreeMap<String, String>>,
    #[serde(default)]
    pub antwoorden: Option<usize>,
    /// Per number to call its clause; these and no others.
    #[serde(default)]
    pub bellen: Option<BTreeMap<String, String>>,
    #[serde(default)]
    pub onbekend_voor: Vec<String>,
}

/// The parts of a handover in one situation, by key and in their order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachteInhoud {
    pub fase: Fase,
    pub ontvanger: Vec<String>,
    pub gezin: Vec<String>,
    /// The clauses that ask for these parts, each once.
    pub clausules: BTreeSet<String>,
}

/// One question before a direct handover.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachteVraag {
    pub criterium: String,
    /// The clause that asks it, then those that say the same.
    pub clausules: Vec<String>,
    /// The list that it stands for is open.
    #[serde(default)]
    pub open_lijst: bool,
}

/// One outcome of a moment of monitoring.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachteUitkomst {
    pub clausule: String,
    pub gevolg: Gevolg,
}

/// Who may be chosen in one situation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachteKeuze {
    pub fase: Fase,
    /// By id, with whom it works for.
    pub partijen: BTreeMap<String, Doelgroep>,
}

/// The points of a talk, by key and in their order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachtGesprek {
    pub moment: Gespreksmoment,
    pub punten: Vec<String>,
    pub clausules: BTreeSet<String>,
}

/// A term for the agreement itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachteAfspraaktermijn {
    pub soort: String,
    /// From when it runs; the begin of the edition when absent.
    #[serde(default)]
    pub anker: Option<Tijdstip>,
    pub uiterlijk: toml::value::Datetime,
    pub clausule: String,
    #[serde(default)]
    pub hiaat: Option<String>,
    /// Again after every time.
    #[serde(default)]
    pub herhaalt: bool,
}

/// What the plan must show.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachtPlan {
    pub door: String,
    #[serde(default)]
    pub fase: Option<Planfase>,
    /// Per kind who wrote a part of it that stands, all of them.
    #[serde(default)]
    pub delen: Option<BTreeMap<String, BTreeSet<String>>>,
    /// Conditions and agreements by the names of their steps: how each was found last, `open` or `beeindigd`.
    #[serde(default)]
    pub regels: BTreeMap<String, String>,
    /// The kinds of which this party writes a part, each with its clause.
    #[serde(default)]
    pub schrijft: Option<BTreeMap<String, String>>,
    /// Per kind what must be in it, each with its clause.
    #[serde(default)]
    pub onderdelen: BTreeMap<String, BTreeMap<String, String>>,
    /// Per kind the phases through which it runs.
    #[serde(default)]
    pub fasen: BTreeMap<String, Vec<Planfase>>,
    /// Whether it can read the words of everything that stands.
    #[serde(default)]
    pub leest: Option<bool>,
}

/// In what way the casus ended.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachteSluiting {
    pub wijze: String,
    #[serde(default)]
    pub clausule: Option<String>,
}

/// What recognition answers a party.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Herkenning {
    pub door: String,
    /// Best first; with none, nothing is found.
    #[serde(default)]
    pub kandidaten: Vec<Kandidaat>,
    /// `niet-gevonden`: for this party there is nothing to search.
    #[serde(default)]
    pub fout: Option<String>,
}

/// A casus that is found, by its name in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kandidaat {
    pub casus: String,
    /// Of all its persons and the household together.
    pub gronden: Vec<String>,
    #[serde(default)]
    pub gesloten: bool,
}

/// One term.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachteTermijn {
    pub soort: String,
    /// The first day on which it can be met, for a moment.
    #[serde(default)]
    pub vanaf: Option<toml::value::Datetime>,
    /// The last day; or, with a time, the exact bound.
    #[serde(default)]
    pub uiterlijk: Option<toml::value::Datetime>,
    pub status: String,
    pub clausule: String,
    /// The gap in the sources that was filled for it.
    #[serde(default)]
    pub hiaat: Option<String>,
    /// Of which report or offer, by the name of its step; the newest when absent.
    #[serde(default)]
    pub bij: Option<String>,
    #[serde(default)]
    pub wie: Option<String>,
}

/// Local time in the Netherlands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tijdstip(pub Instant);

impl<'de> Deserialize<'de> for Tijdstip {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tekst = toml::value::Datetime::deserialize(deserializer)?.to_string();
        let lokaal: jiff::civil::DateTime = tekst
            .parse()
            .map_err(|_| serde::de::Error::custom(format!("'{tekst}' is geen lokale datum en tijd zonder zone")))?;
        Ok(Self(Instant::uit_lokaal(lokaal)))
    }
}

/// Reads a file.
///
/// # Errors
/// The first mistake, with file and line.
pub fn lees(pad: &Path) -> Result<Scenario> {
    lees_tekst(&fs::read_to_string(pad)?, &pad.display().to_string())
}

/// The same of a text, known by a name.
///
/// # Errors
/// The first mistake, with name and line.
pub fn lees_tekst(tekst: &str, naam: &str) -> Result<Scenario> {
    toml::from_str(tekst).map_err(|fout| {
        let byte = fout.span().map_or(0, |plek| plek.start);
        let regel = tekst.as_bytes().iter().take(byte).filter(|teken| **teken == b'\n').count() + 1;
        anyhow!("{naam}:{regel}: {}", fout.message())
    })
}
