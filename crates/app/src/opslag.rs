//! The rows that pass through the store port. Plain data; the store knows no rule about them.

use crate::{Actor, stap::Stap};
use domain::{ids::*, tijd::Instant};

/// One event as stored. `hash` covers `prev_hash`, the columns and the stored bytes of `body`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRij {
    pub casus: CasusId,
    pub versie: u64,
    pub soort: String,
    /// Shape of `body`.
    pub schema: u32,
    pub gebeurd_op: Instant,
    pub vastgelegd_op: Instant,
    pub medewerker: MedewerkerId,
    pub organisatie: OrganisatieId,
    pub command_id: CommandId,
    pub bundel: BundelHash,
    pub prev_hash: Vec<u8>,
    pub hash: Vec<u8>,
    pub body: Vec<u8>,
}

/// A command that was carried out: resending it has no second effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpdrachtRij {
    pub id: CommandId,
    /// Keyed digest of what was asked: the same id with another question is a mistake of the sender.
    pub digest: Vec<u8>,
    pub eerste_versie: u64,
    pub laatste_versie: u64,
}

/// Sealed content of one organisation about one subject, belonging to one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FragmentRij {
    pub id: FragmentId,
    pub casus: CasusId,
    pub eigenaar: OrganisatieId,
    pub onderwerp: String,
    pub soort: String,
    pub versie: u64,
    pub verzegeld: Vec<u8>,
}

/// A data key, wrapped by the key of its organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatasleutelRij {
    pub casus: CasusId,
    pub eigenaar: OrganisatieId,
    pub onderwerp: String,
    pub verpakt: Vec<u8>,
}

/// An organisation key, wrapped by the key-encryption key of an epoch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisatiesleutelRij {
    pub organisatie: OrganisatieId,
    pub epoch: u32,
    pub verpakt: Vec<u8>,
}

/// A code by which a person or household of a casus is found again; made under a key of its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoeksleutelRij {
    pub eigenaar: OrganisatieId,
    /// What the code was made of; see [`crate::herkenning::Grond`].
    pub soort: String,
    pub sleutel: Vec<u8>,
    pub casus: CasusId,
    /// [`HUISHOUDEN`] where it is about the household as a whole.
    pub persoon: PersoonId,
}

/// Stands for the household as a whole where a row speaks of no one person.
pub const HUISHOUDEN: PersoonId = PersoonId(uuid::Uuid::nil());

/// A resolved agreement, kept for as long as events name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundelRij {
    pub hash: BundelHash,
    pub naam: String,
    pub bytes: Vec<u8>,
}

/// What is written to the access log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToegangRegel {
    pub op: Instant,
    pub medewerker: MedewerkerId,
    pub organisatie: OrganisatieId,
    /// Absent for lists.
    pub casus: Option<CasusId>,
    /// What was done: `bekijk-casus`, or the name of a command.
    pub handeling: String,
    /// `toegestaan`, `geweigerd` with a code, `niet-gevonden`.
    pub uitkomst: String,
}

impl ToegangRegel {
    pub(crate) fn van(
        actor: &Actor,
        casus: Option<CasusId>,
        handeling: impl Into<String>,
        uitkomst: impl Into<String>,
        op: Instant,
    ) -> Self {
        Self {
            op,
            medewerker: actor.medewerker.clone(),
            organisatie: actor.organisatie.clone(),
            casus,
            handeling: handeling.into(),
            uitkomst: uitkomst.into(),
        }
    }
}

/// Chains of the access log per organisation. Who adds to a chain waits until the line before is on disk, so one chain
/// would put all workers of an organisation in one queue.
pub const TOEGANG_KETENS: u8 = 64;

/// The chain of the lines from when an organisation had one. Nothing is added to it.
pub const TOEGANG_KETEN_OUD: u8 = 64;

/// A line of the access log with its place in one of the chains of its organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToegangRij {
    pub regel: ToegangRegel,
    /// Which chain: below [`TOEGANG_KETENS`], or [`TOEGANG_KETEN_OUD`].
    pub keten: u8,
    /// From 1 up, without a gap within the chain.
    pub versie: u64,
    pub prev_hash: Vec<u8>,
    pub hash: Vec<u8>,
}

/// One change: all of it is written in one transaction, or nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    pub casus: CasusId,
    pub events: Vec<EventRij>,
    pub opdracht: OpdrachtRij,
    pub fragmenten: Vec<FragmentRij>,
    /// Sealed files: kept apart, because one is only read when it is asked for.
    pub bijlagen: Vec<FragmentRij>,
    pub datasleutels: Vec<DatasleutelRij>,
    pub views: Views,
    /// Added to what the casus is found by already; a row that is there stays.
    pub zoeksleutels: Vec<ZoeksleutelRij>,
    pub toegang: ToegangRegel,
}

/// Everything that is derived from a casus: replaced as a whole, rebuilt by the same function.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Views {
    pub casus: Vec<CasusRij>,
    pub spans: Vec<SpanRij>,
    pub termijnen: Vec<TermijnRij>,
    pub overdrachten: Vec<OverdrachtRij>,
    pub wekkers: Vec<WekkerRij>,
    pub verbanden: Vec<VerbandRij>,
    pub eigen: Vec<EigenRij>,
}

/// A casus as one organisation has it in its lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CasusRij {
    pub casus: CasusId,
    pub organisatie: OrganisatieId,
    pub nummer: String,
    pub rol: String,
    pub gemeente: String,
    pub personen: u32,
    pub kinderen: u32,
    pub toegewezen_aan: Option<MedewerkerId>,
    /// Urgent and not yet decided.
    pub spoed: bool,
    pub gesloten: bool,
    /// The next open term on which this organisation must act.
    pub termijn_soort: Option<String>,
    pub termijn_naam: Option<String>,
    pub termijn_uiterlijk: Option<Instant>,
    /// What it must do besides, or waits for; what weighs most first.
    pub stappen: Vec<Stap>,
    pub ontvangen_op: Instant,
    pub laatst_op: Instant,
    /// The part of the name of the household that this organisation may see, sealed; found by owner and kind.
    pub naam: Option<FragmentId>,
}

/// A stretch of the zicht line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpanRij {
    pub casus: CasusId,
    pub volgnummer: u32,
    pub van: Instant,
    pub tot: Option<Instant>,
    pub houder: OrganisatieId,
    pub grond: ClausuleId,
}

/// A term as stored; no status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermijnRij {
    pub casus: CasusId,
    pub volgnummer: u32,
    pub soort: String,
    pub clausule: ClausuleId,
    pub wie: OrganisatieId,
    pub anker: Instant,
    pub uiterlijk: Instant,
    pub voldaan_op: Option<Instant>,
    pub vervallen_op: Option<Instant>,
}

/// An offer in the lists of one organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverdrachtRij {
    pub casus: CasusId,
    /// Whose list it is.
    pub organisatie: OrganisatieId,
    pub overdracht: OverdrachtId,
    pub nummer: String,
    pub van: OrganisatieId,
    pub naar: OrganisatieId,
    pub gemeente: String,
    pub wijze: String,
    /// `open`, `opgeschort`, `geaccepteerd`, `geweigerd`, `ingetrokken`.
    pub stand: String,
    pub compleet: bool,
    pub aangeboden_op: Instant,
    pub beslist_op: Option<Instant>,
    /// When an answer is due, where the agreement has a term for it.
    pub uiterlijk: Option<Instant>,
    /// Who must act, as far as whose list it is may know; nobody once it ended.
    pub aan_zet: Option<OrganisatieId>,
    /// How: `wegen`, `tegenvoorstel`, `versturen`, `gesprek`, `antwoord`, `afgesproken`, `aanvullen`.
    pub zet: Option<String>,
    /// The begin of the day that the receiver proposed to begin on.
    pub per: Option<Instant>,
}

/// A casus that is about the same household as another one, as this organisation decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerbandRij {
    pub casus: CasusId,
    pub organisatie: OrganisatieId,
    pub ander: CasusId,
}

/// A stream that is no casus, a track of the meldcode or an advice, in the list of one organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EigenRij {
    /// Streams of all kinds have ids of one shape.
    pub stroom: CasusId,
    /// Whose list it is.
    pub organisatie: OrganisatieId,
    /// `meldcode`, `advies`.
    pub soort: String,
    pub nummer: String,
    /// What is to be done next, or how it ended: a code of its kind.
    pub stand: String,
    /// The profession, or the ways of support.
    pub kenmerk: String,
    /// The other party of an advice.
    pub ander: Option<OrganisatieId>,
    pub medewerker: Option<MedewerkerId>,
    /// Whether this organisation must do something.
    pub aan_zet: bool,
    pub gesloten: bool,
    pub begonnen_op: Instant,
    pub laatst_op: Instant,
}

/// Something that the clock must trigger, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WekkerRij {
    pub casus: CasusId,
    pub op: Instant,
    /// `zicht-naar-vt`, `termijn-te-laat`, `spoed-gevraagd`.
    pub soort: String,
    /// Tells apart alarms of one kind; with casus and kind the key of the effect.
    pub sleutel: String,
    /// Who is told.
    pub organisatie: OrganisatieId,
}

/// Which part of the worklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WerkVraag {
    pub organisatie: OrganisatieId,
    pub nu: Instant,
    /// Excluded end of today and of this week, Europe/Amsterdam.
    pub eind_vandaag: Instant,
    pub eind_week: Instant,
    pub medewerker: Option<MedewerkerId>,
    pub gemeente: Option<String>,
    /// Only casussen that this organisation holds now.
    pub houder: Option<OrganisatieId>,
    pub overslaan: u32,
    pub maximum: u32,
}

/// A row of the worklist, with who holds now and who is expected next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WerkRij {
    pub rij: CasusRij,
    pub houder: Option<OrganisatieId>,
    pub houder_sinds: Option<Instant>,
    pub houder_grond: Option<ClausuleId>,
    pub straks: Option<OrganisatieId>,
    pub straks_op: Option<Instant>,
    /// A fragment and its wrapped data key: the name of the household.
    pub naam: Option<(FragmentRij, DatasleutelRij)>,
}

/// Counters of the worklist, each capped at [`TELLING_MAX`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WerkTellingen {
    pub spoed: u32,
    pub te_laat: u32,
    pub vandaag: u32,
    pub deze_week: u32,
    pub later: u32,
    /// Without a term, and this organisation must act.
    pub aan_zet: u32,
    pub zonder_termijn: u32,
}

/// Counting stops here and is shown as "999+".
pub const TELLING_MAX: u32 = 1000;

/// How a message stands before it was dealt with.
pub const BERICHT_ONTVANGEN: &str = "ontvangen";

/// A message of another system. Which casus it was about stands nowhere: it is computed with the key of the sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BerichtRij {
    pub afzender: OrganisatieId,
    /// The sender's own number.
    pub bericht: String,
    pub soort: String,
    /// Made with the key of the sender, to tell a message that comes again from another under the same number.
    pub digest: Vec<u8>,
    pub ontvangen_op: Instant,
    /// Whom it was for, when that could be told.
    pub veilig_thuis: Option<OrganisatieId>,
    /// `ontvangen`, `opgenomen` or `geweigerd`.
    pub stand: String,
    /// The code of the refusal.
    pub reden: Option<String>,
}

/// How many messages of a sender came in and ended alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BerichtTelling {
    pub afzender: OrganisatieId,
    pub soort: String,
    pub stand: String,
    pub aantal: u64,
}

/// A session: the token itself is never stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessieRij {
    pub token_hash: Vec<u8>,
    pub medewerker: MedewerkerId,
    pub organisatie: OrganisatieId,
    pub naam: String,
    pub begonnen_op: Instant,
    pub laatst_op: Instant,
}

/// A place in the feed of all events. What it counts is the store's own; after a restore from a backup a reader of the
/// feed begins anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FeedPlek {
    /// 0 where there is one writer.
    pub transactie: u64,
    pub positie: u64,
}

/// An event in the feed of all streams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedRij {
    pub plek: FeedPlek,
    pub event: EventRij,
}

/// A claim on a job: who does it, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRij {
    pub naam: String,
    pub houder: String,
    pub tot: Instant,
}

/// The number of the last migration before and after a store was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schema {
    /// 0 for a database that was new.
    pub van: i64,
    pub naar: i64,
}
