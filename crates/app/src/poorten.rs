//! The ports: everything that the application needs from outside.

use crate::{
    herkenning::{Gevonden, Huishouden, Zoekgeheim, Zoekvraag},
    opslag::*,
};
use async_trait::async_trait;
use domain::{
    ids::{CasusId, CommandId, FragmentId, OrganisatieId},
    tijd::Instant,
};

/// What time it is.
pub trait Klok: Send + Sync {
    fn nu(&self) -> Instant;
}

/// Random bytes from the operating system.
pub trait Toeval: Send + Sync {
    /// # Errors
    /// The source of randomness failed; nothing may be sealed then.
    fn vul(&self, bytes: &mut [u8]) -> Result<(), SleutelFout>;
}

/// The key port: wraps organisation keys under a key-encryption key that never leaves it.
pub trait Sleutelbeheer: Send + Sync {
    /// The epoch under which new keys are wrapped.
    fn epoch(&self) -> u32;

    /// Wraps a key under the current epoch; `context` is bound to it.
    ///
    /// # Errors
    /// The key device refused.
    fn verpak(&self, sleutel: &[u8; 32], context: &[u8]) -> Result<Vec<u8>, SleutelFout>;

    /// Unwraps a key of an epoch.
    ///
    /// # Errors
    /// The epoch was destroyed, the bytes were altered, or the key device refused.
    fn pak_uit(&self, epoch: u32, verpakt: &[u8], context: &[u8]) -> Result<[u8; 32], SleutelFout>;
}

/// The key port failed. No key, name or text is ever in the message.
#[derive(Debug, thiserror::Error)]
#[error("sleutelbeheer: {0}")]
pub struct SleutelFout(pub String);

/// The store failed. The cause is for the log; it holds no content.
#[derive(Debug, thiserror::Error)]
pub enum StoreFout {
    /// Somebody else committed this version first.
    #[error("versie bestaat al")]
    Conflict,
    #[error("opslag: {0}")]
    Fout(String),
}

/// Whether a worker may act for an organisation on a casus; no clauses, those are the domain's.
pub trait Toegang: Send + Sync {
    fn mag(&self, vraag: &crate::toegang::Vraag<'_>) -> bool;
}

/// Recognition: finds who was reported before within one organisation. It never decides and never merges.
#[async_trait]
pub trait Herkenning: Send + Sync {
    /// What is kept to find this household again. The rows are written in the commit of the report.
    fn indexeer(
        &self,
        eigenaar: &OrganisatieId,
        geheim: &Zoekgeheim,
        casus: CasusId,
        huishouden: &Huishouden,
    ) -> Vec<ZoeksleutelRij>;

    /// Who in other casussen of the same owner may be one of these persons.
    async fn zoek(&self, store: &dyn Store, vraag: Zoekvraag<'_>) -> Result<Gevonden, StoreFout>;
}

/// The database. One write, `commit`, in one transaction (`commit_velen` for a great many); one named read per list.
#[async_trait]
pub trait Store: Send + Sync {
    /// From which shape to which the database was brought when it was opened.
    fn schema(&self) -> Schema;

    /// Whether a batch must have its rows of lists. Not so where many follow each other and only the last would stay.
    fn wil_lijsten(&self) -> bool {
        true
    }

    /// The events of a stream, in order; empty when it does not exist.
    async fn laad(&self, casus: CasusId) -> Result<Vec<EventRij>, StoreFout>;

    /// Both of a stream at one moment: its events, and what this command did on it before.
    async fn laad_bij_opdracht(
        &self,
        casus: CasusId,
        id: CommandId,
    ) -> Result<(Vec<EventRij>, Option<OpdrachtRij>), StoreFout>;

    /// A command that was carried out on this stream before.
    async fn opdracht(&self, casus: CasusId, id: CommandId) -> Result<Option<OpdrachtRij>, StoreFout>;

    /// Writes everything of one change, or nothing.
    async fn commit(&self, batch: Batch) -> Result<(), StoreFout>;

    /// Writes the changes of many casussen, in this order, in one transaction: all of it, or nothing. What stands there
    /// afterwards is what [`Self::commit`] of each would have left.
    async fn commit_velen(&self, batches: Vec<Batch>) -> Result<(), StoreFout>;

    /// After the last of many: does at once what [`Self::commit_velen`] put off, so that nobody waits for it later.
    async fn na_velen(&self) -> Result<(), StoreFout>;

    /// Sealed content that an organisation owns in a casus.
    async fn fragmenten(&self, casus: CasusId, eigenaar: &OrganisatieId) -> Result<Vec<FragmentRij>, StoreFout>;

    /// A sealed file that an organisation owns in a casus, by its subject.
    async fn bijlage(
        &self,
        casus: CasusId,
        eigenaar: &OrganisatieId,
        onderwerp: &str,
    ) -> Result<Option<FragmentRij>, StoreFout>;

    /// Both of a casus at one moment: the wrapped data keys of all owners, and per owner the newest fragment of a kind.
    async fn sleutels_en_nieuwste(
        &self,
        casus: CasusId,
        soort: &str,
    ) -> Result<(Vec<DatasleutelRij>, Vec<(OrganisatieId, FragmentId)>), StoreFout>;

    /// Wrapped data keys of an organisation in a casus.
    async fn datasleutels(&self, casus: CasusId, eigenaar: &OrganisatieId) -> Result<Vec<DatasleutelRij>, StoreFout>;

    async fn organisatiesleutel(&self, organisatie: &OrganisatieId)
    -> Result<Option<OrganisatiesleutelRij>, StoreFout>;

    /// Adds a wrapped organisation key; the first one written stays.
    async fn bewaar_organisatiesleutel(&self, rij: OrganisatiesleutelRij) -> Result<(), StoreFout>;

    /// Every bundle by which something was ever decided.
    async fn bundels(&self) -> Result<Vec<BundelRij>, StoreFout>;

    /// Rows with one of these codes, each with its kind, of other casussen of this owner; of every code at most so
    /// many, in order of casus and person.
    async fn zoek_sleutels(
        &self,
        eigenaar: &OrganisatieId,
        sleutels: &[(&'static str, Vec<u8>)],
        niet: CasusId,
        maximum_per_sleutel: u32,
    ) -> Result<Vec<ZoeksleutelRij>, StoreFout>;

    /// By what a casus is found, in order of kind, code and person.
    async fn zoeksleutels(&self, casus: CasusId, eigenaar: &OrganisatieId) -> Result<Vec<ZoeksleutelRij>, StoreFout>;

    /// Replaces everything by which an owner finds a casus; by nothing, and it is not found any more.
    async fn vervang_zoeksleutels(
        &self,
        casus: CasusId,
        eigenaar: &OrganisatieId,
        rijen: Vec<ZoeksleutelRij>,
    ) -> Result<(), StoreFout>;

    /// Adds a bundle; a known hash stays as it is.
    async fn bewaar_bundel(&self, rij: BundelRij) -> Result<(), StoreFout>;

    /// Appends a line to the access log of an organisation, chained to the line before.
    async fn schrijf_toegang(&self, regel: ToegangRegel) -> Result<(), StoreFout> {
        self.schrijf_toegang_velen(vec![regel]).await
    }

    /// The same for several lines at once: all of them or none.
    async fn schrijf_toegang_velen(&self, regels: Vec<ToegangRegel>) -> Result<(), StoreFout>;

    /// The access log of a casus within an organisation, newest first.
    async fn toegang_van(&self, casus: CasusId, organisatie: &OrganisatieId) -> Result<Vec<ToegangRij>, StoreFout>;

    /// The worklist, most urgent first.
    async fn werkvoorraad(&self, vraag: WerkVraag) -> Result<Vec<WerkRij>, StoreFout>;

    /// How many casussen stand in each group of the worklist.
    async fn werk_tellingen(&self, vraag: WerkVraag) -> Result<WerkTellingen, StoreFout>;

    /// Of these casussen the pairs that are about one household while both stand open in the lists of the organisation,
    /// in order; whichever of the two was decided on.
    async fn dubbel_open(
        &self,
        organisatie: &OrganisatieId,
        casussen: &[CasusId],
    ) -> Result<Vec<VerbandRij>, StoreFout>;

    /// Other casussen that are about the same household as this one, open or not, whichever of the two was decided on.
    async fn verbanden(&self, casus: CasusId, organisatie: &OrganisatieId) -> Result<Vec<CasusId>, StoreFout>;

    /// Handovers that an organisation offered or was offered, newest first.
    async fn overdrachten(&self, organisatie: &OrganisatieId, maximum: u32) -> Result<Vec<OverdrachtRij>, StoreFout>;

    /// How many offers wait for an answer of this organisation, capped at [`TELLING_MAX`].
    async fn wachtende_overdrachten(&self, organisatie: &OrganisatieId) -> Result<u32, StoreFout>;

    /// Open offers at the table of a municipality, for an organisation that may sit at it.
    async fn tafel(&self, gemeente: &str, organisatie: &OrganisatieId) -> Result<Vec<OverdrachtRij>, StoreFout>;

    /// Streams of one kind that are no casus, in the list of this organisation: what waits for it first, then what is not
    /// closed, then the newest.
    async fn eigen(&self, organisatie: &OrganisatieId, soort: &str, maximum: u32) -> Result<Vec<EigenRij>, StoreFout>;

    /// Every organisation that has a stream of one kind in its list, by its code.
    async fn organisaties_met(&self, soort: &str) -> Result<Vec<OrganisatieId>, StoreFout>;

    /// The holder at an instant, answered by the stored spans.
    async fn houder_op(&self, casus: CasusId, op: Instant) -> Result<Option<(OrganisatieId, String)>, StoreFout>;

    /// Kinds of terms that are late at an instant for an organisation, answered by the stored terms.
    async fn te_laat(&self, casus: CasusId, organisatie: &OrganisatieId, nu: Instant)
    -> Result<Vec<String>, StoreFout>;

    /// Every casus with this number, as the views have it.
    async fn casussen_met_nummer(&self, nummer: &str) -> Result<Vec<CasusId>, StoreFout>;

    /// Casussen whose views must be rebuilt, a page at a time in order of id.
    async fn streams(&self, na: Option<CasusId>, maximum: u32) -> Result<Vec<CasusId>, StoreFout>;

    /// How many streams there are.
    async fn aantal_streams(&self) -> Result<u64, StoreFout>;

    /// Replaces all view rows of a casus; nothing else.
    async fn vervang_views(&self, casus: CasusId, views: Views) -> Result<(), StoreFout>;

    /// Alarms that the clock must trigger by now and that have not rung.
    async fn wekkers(&self, nu: Instant, maximum: u32) -> Result<Vec<WekkerRij>, StoreFout>;

    /// Rings an alarm: once, however often it is called.
    async fn laat_rinkelen(&self, wekker: &WekkerRij, nu: Instant) -> Result<(), StoreFout>;

    /// Alarms that rang for an organisation and that nobody has taken note of.
    async fn signalen(&self, organisatie: &OrganisatieId, maximum: u32) -> Result<Vec<WekkerRij>, StoreFout>;

    /// Takes a job, or keeps it: `false` when another holds it beyond `nu`.
    async fn neem_job(&self, job: JobRij, nu: Instant) -> Result<bool, StoreFout>;

    /// Gives a job back, so that another need not wait; nothing when somebody else holds it.
    async fn laat_job_los(&self, naam: &str, houder: &str) -> Result<(), StoreFout>;

    /// Events of all streams after a place, the events of a stream in order. Who goes on where the answer ended misses
    /// none and gets none twice, also while others write.
    async fn feed(&self, na: FeedPlek, maximum: u32) -> Result<Vec<FeedRij>, StoreFout>;

    /// The shape in which the views are written.
    async fn views_vorm(&self) -> Result<u32, StoreFout>;

    /// From here on the views have this shape; never back to an older one.
    async fn zet_views_vorm(&self, vorm: u32) -> Result<(), StoreFout>;

    /// Adds a message of another system; one with the same number of that sender stays as it is.
    async fn neem_bericht_aan(&self, rij: BerichtRij) -> Result<(), StoreFout>;

    async fn bericht(&self, afzender: &OrganisatieId, bericht: &str) -> Result<Option<BerichtRij>, StoreFout>;

    /// Says how a message ended, once: what has ended stays as it is.
    async fn rond_bericht_af(
        &self,
        afzender: &OrganisatieId,
        bericht: &str,
        stand: &str,
        reden: Option<&str>,
    ) -> Result<(), StoreFout>;

    /// Messages that this organisation sent or received in [van, tot), counted by sender, kind and how they stand.
    async fn bericht_tellingen(
        &self,
        organisatie: &OrganisatieId,
        van: Instant,
        tot: Instant,
    ) -> Result<Vec<BerichtTelling>, StoreFout>;

    async fn bewaar_sessie(&self, sessie: SessieRij) -> Result<(), StoreFout>;

    async fn sessie(&self, token_hash: &[u8]) -> Result<Option<SessieRij>, StoreFout>;

    async fn raak_sessie_aan(&self, token_hash: &[u8], laatst: Instant) -> Result<(), StoreFout>;

    async fn verwijder_sessie(&self, token_hash: &[u8]) -> Result<(), StoreFout>;
}
