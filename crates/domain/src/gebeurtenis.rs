//! What happened, as it is stored: ids, kinds, codes and times; no names, no free text, no birth date.

mod wie;

pub use wie::{Contactduur, Melder, Openheid, Persoon, PersoonRol};
mod waarden;

pub use waarden::{
    Aanwezige, Conclusie, DienstSoort, Geweldsaard, HuishoudenKeuze, Hulpadvies, Oordelen, TerugkoppelingMoment,
};

use crate::{
    afspraak::{Documentlezer, Fase},
    beoordelingen::{Functie, Overleguitkomst, instrument::Triage},
    contact::{Adresbron, Contactweg, Wegstand},
    ids::*,
    meldingen::Meldgegevens,
    overdrachten::Tafelbesluit,
    tijd::{Datum, Instant},
    verrijking::Bronuitkomst,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A recorded event with its two times: of a casus, or of another kind of stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vastlegging<G = Gebeurtenis> {
    /// 1 for the first event of the stream.
    pub versie: u64,
    /// When it happened, as claimed by who recorded it. Terms are met by this time.
    pub gebeurd_op: Instant,
    /// When we recorded it; never decreases within a stream. The zicht line runs on this time.
    pub vastgelegd_op: Instant,
    pub medewerker: MedewerkerId,
    pub organisatie: OrganisatieId,
    /// The bundle that was in force for this casus when it was recorded.
    pub bundel: BundelHash,
    pub gebeurtenis: G,
}

/// Every kind of event of a casus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "soort", rename_all = "kebab-case")]
pub enum Gebeurtenis {
    /// A report reached Veilig Thuis. The first one opens the casus.
    MeldingOntvangen {
        melding: MeldingId,
        /// Arrival: end of the call, submission. The only time that may lie before the recording and still count.
        ontvangen_op: Instant,
        melder: Melder,
        openheid: Openheid,
        contact: Contactduur,
        /// The reporter ticked "urgent"; it rings, it does not move the line.
        spoed_gevraagd: bool,
        /// Where the youngest child, else the victim, lives; decides the agreement.
        gemeente: String,
        afspraak: AfspraakNaam,
        veilig_thuis: OrganisatieId,
        personen: Vec<Persoon>,
        /// The casus from which this report was moved here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        verplaatst_uit: Option<CasusId>,
        #[serde(default, skip_serializing_if = "Meldgegevens::is_leeg")]
        gegevens: Meldgegevens,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        afwijkingen: Vec<Afwijking>,
    },
    /// What was asked and told afterwards.
    MeldingAangevuld {
        melding: MeldingId,
        gegevens: Meldgegevens,
        /// Nothing is left to ask.
        compleet: bool,
    },
    /// The reporter put something right; the words are sealed and nothing that was said before goes.
    MeldingGecorrigeerd {
        melding: MeldingId,
    },
    /// The reporter wants to take the report back. It moves nothing: Veilig Thuis decides.
    IntrekkingGevraagd {
        melding: MeldingId,
    },
    OverIntrekkingBeslist {
        melding: MeldingId,
        /// The withdrawal weighs in what follows; a report that was received stays received.
        gevolgd: bool,
    },
    /// Which certified institution is involved with one member of the household; none any more when absent.
    GiVastgelegd {
        persoon: PersoonId,
        organisatie: Option<OrganisatieId>,
    },
    /// Veilig Thuis spoke with a professional or an institution that is involved.
    ContactBeroepskrachtVastgelegd {
        organisatie: OrganisatieId,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        afwijkingen: Vec<Afwijking>,
    },
    SpoedErkend {
        melding: MeldingId,
    },
    SpoedAfgewezen {
        melding: MeldingId,
    },
    CriteriaBeantwoord {
        melding: MeldingId,
        antwoorden: BTreeMap<String, Antwoord>,
    },
    /// What was answered with the triage instrument of Veilig Thuis.
    InstrumentIngevuld {
        melding: MeldingId,
        triage: Triage,
    },
    BeoordelingAfgerond {
        melding: MeldingId,
        taxatie: Taxatie,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        afwijkingen: Vec<Afwijking>,
    },
    VervolgBesloten {
        melding: MeldingId,
        besluit: BesluitSoort,
        voldoende_veilig: Option<bool>,
        afwijkingen: Vec<Afwijking>,
        /// With whom it was decided.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        overleg: BTreeSet<Functie>,
        /// To whom the follow-up goes.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        toewijzing: BTreeSet<String>,
    },
    /// People talked about a report; what was weighed is sealed.
    OverlegGehouden {
        melding: MeldingId,
        functies: BTreeSet<Functie>,
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        organisaties: BTreeSet<OrganisatieId>,
        uitkomst: Overleguitkomst,
    },
    /// Veilig Thuis asked a source about a report. What was asked is sealed; until an answer comes, it is unknown.
    InformatieGevraagd {
        melding: MeldingId,
        verzoek: VerzoekId,
        bron: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        aan: Option<OrganisatieId>,
        /// By which this may be asked without consent.
        grondslag: ClausuleId,
    },
    /// What the source answered; the words are sealed.
    InformatieOntvangen {
        verzoek: VerzoekId,
        uitkomst: Bronuitkomst,
    },
    ContactGezinVastgelegd {
        wijze: ContactWijze,
        gelukt: bool,
        /// What was said was fed back to Veilig Thuis as well.
        #[serde(default, skip_serializing_if = "is_nee")]
        teruggekoppeld: bool,
        /// Whom it was about to reach; the household when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        persoon: Option<PersoonId>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        afwijkingen: Vec<Afwijking>,
    },
    GezinGeinformeerd {
        wijze: ContactWijze,
    },
    AfspraakGezinGemaakt,
    MelderTeruggekoppeld {
        melding: MeldingId,
        #[serde(default, skip_serializing_if = "TerugkoppelingMoment::is_eerste")]
        moment: TerugkoppelingMoment,
    },
    OverdrachtAangeboden {
        overdracht: OverdrachtId,
        naar: OrganisatieId,
        wijze: OverdrachtWijze,
        onderdelen: BTreeSet<String>,
        gezin_geinformeerd: bool,
        afwijkingen: Vec<Afwijking>,
        #[serde(default, skip_serializing_if = "is_direct")]
        fase: Fase,
        /// Others who get content of their own and a task beside zicht; they never hold.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        mede_ontvangers: BTreeSet<OrganisatieId>,
        /// Both judgements on an involved professional who receives.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        oordelen: Option<Oordelen>,
        /// Zicht passes at the later of acceptance and complete content.
        #[serde(default, skip_serializing_if = "is_nee")]
        wacht_op_inhoud: bool,
        /// The agreement of the receiving region, when the receiver is another Veilig Thuis.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        naar_afspraak: Option<AfspraakNaam>,
    },
    /// Parts that were filled after the offer.
    InhoudAangevuld {
        overdracht: OverdrachtId,
        onderdelen: BTreeSet<String>,
    },
    /// Every mandatory part is with the receiver.
    InhoudCompleet {
        overdracht: OverdrachtId,
    },
    /// The talk of family, Veilig Thuis and receiver.
    WarmeOverdrachtGehouden {
        overdracht: OverdrachtId,
        aanwezig: BTreeSet<Aanwezige>,
        punten: BTreeSet<String>,
        afwijkingen: Vec<Afwijking>,
    },
    /// A home visit during a service; what was said is sealed.
    HuisbezoekGehouden {
        dienst: DienstId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        samen_met: Option<OrganisatieId>,
        kinderen_gesproken: bool,
        punten: BTreeSet<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        afwijkingen: Vec<Afwijking>,
    },
    /// The content left for the receiver.
    GegevensVerzonden {
        overdracht: OverdrachtId,
    },
    /// The content reached the receiver.
    GegevensOntvangen {
        overdracht: OverdrachtId,
    },
    /// Veilig Thuis noted who confirmed aloud, and when; it moves nothing.
    MondelingeBevestigingGenoteerd {
        overdracht: OverdrachtId,
    },
    OverdrachtGeaccepteerd {
        overdracht: OverdrachtId,
    },
    OverdrachtGeweigerd {
        overdracht: OverdrachtId,
        reden: WeigerReden,
    },
    OverdrachtIngetrokken {
        overdracht: OverdrachtId,
    },
    /// The receiver would accept from this day on. The holder stays.
    TegenvoorstelGedaan {
        overdracht: OverdrachtId,
        per: Datum,
    },
    /// Who offered agrees to that day.
    TegenvoorstelAanvaard {
        overdracht: OverdrachtId,
    },
    /// The receiver that refused named who fits better. It moves nothing.
    AanbodDoorgestuurd {
        overdracht: OverdrachtId,
        naar: OrganisatieId,
    },
    /// What the overdrachtstafel decided on an offer. It moves nothing: who takes it, accepts it.
    AanTafelBesproken {
        overdracht: OverdrachtId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bijeenkomst: Option<BijeenkomstId>,
        aanwezig: BTreeSet<OrganisatieId>,
        besluit: Tafelbesluit,
    },
    /// Within one organisation: who does it. The organisation holds, not the worker.
    MedewerkerToegewezen {
        organisatie: OrganisatieId,
        medewerker: MedewerkerId,
    },
    ZichtOvergenomen {
        /// Decided at a moment of monitoring.
        #[serde(default, skip_serializing_if = "is_nee")]
        na_monitoring: bool,
    },
    RegieVastgelegd {
        organisatie: Option<OrganisatieId>,
        /// The conditions that held, by key.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        bevestigd: BTreeSet<String>,
    },
    IncidentVastgelegd,
    /// The time at which an earlier recording happened was wrong. The line does not move by it.
    VastleggingHersteld {
        versie: u64,
        gebeurd_op: Instant,
    },
    CasusGesloten {
        wijze: SluitingWijze,
    },
    /// One worker proposed to close in a way that asks for two.
    SluitingVoorgesteld {
        wijze: SluitingWijze,
    },
    DienstGestart {
        dienst: DienstId,
        dienst_soort: DienstSoort,
        keuzecriteria: BTreeSet<String>,
        afwijkingen: Vec<Afwijking>,
    },
    DienstAfgerond {
        dienst: DienstId,
        conclusie: Conclusie,
        /// The same per kind of violence that was looked into.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        per_aard: BTreeMap<Geweldsaard, Conclusie>,
        voorwaarden_gesteld: bool,
        voortijdig: bool,
    },
    /// By which way somebody can be reached without danger; numbers, hours and why are sealed.
    ContactveiligheidVastgelegd {
        persoon: PersoonId,
        wegen: BTreeMap<Contactweg, Wegstand>,
        #[serde(default, skip_serializing_if = "is_nee")]
        huisbezoek_waarschuwing: bool,
    },
    /// Where somebody lives, by whom and as of when; the address is sealed.
    AdresVastgelegd {
        persoon: PersoonId,
        bron: Adresbron,
        datum: Datum,
        #[serde(default, skip_serializing_if = "is_nee")]
        geheim: bool,
    },
    /// A document was written; what it says is sealed, and stays as it is.
    DocumentGemaakt {
        document: DocumentId,
        /// A key of `[document]`.
        document_soort: String,
        lezer: Documentlezer,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        overdracht: Option<OverdrachtId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        melding: Option<MeldingId>,
        onderdelen: BTreeSet<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        afwijkingen: Vec<Afwijking>,
    },
    /// It left for its reader; `naar` is the organisation that gets a copy under its own key.
    DocumentVerzonden {
        document: DocumentId,
        wijze: ContactWijze,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        naar: Option<OrganisatieId>,
    },
    /// Files were added, all of one kind; what they are called and what is in them is sealed.
    BijlagenToegevoegd {
        /// A key of [`crate::bijlagen::soorten`].
        bijlage_soort: String,
        bijlagen: Vec<BijlageId>,
        /// Who reported added them to its report: Veilig Thuis keeps a copy.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        melding: Option<MeldingId>,
    },
    /// Who watches what, until when; the words are sealed.
    DeeltaakAfgesproken {
        deeltaak: DeeltaakId,
        organisatie: OrganisatieId,
        tot: Option<Datum>,
    },
    DeeltaakAfgerond {
        deeltaak: DeeltaakId,
    },
    MonitormomentGepland {
        datum: Datum,
    },
    /// `moment` is the key of the term, or the planned day.
    MonitormomentVastgelegd {
        moment: String,
        antwoorden: BTreeMap<String, Antwoord>,
        uitkomst: String,
        afwijkingen: Vec<Afwijking>,
    },
    MonitoringAfgerond,
    /// The receiver and Veilig Thuis spoke before support ends.
    VeiligThuisGeraadpleegd,
    /// Informing the family waits, for somebody's safety; the reason is sealed.
    InformerenUitgesteld {
        tot: Datum,
    },
    /// Somebody was told what the agreement asks, or was not; the reason is sealed.
    PlichtVastgelegd {
        melding: MeldingId,
        plicht: String,
        gedaan: bool,
    },
    CrisisdienstIngeschakeld {
        organisatie: OrganisatieId,
    },
    CrisisGestabiliseerd,
    GezinVerhuisd {
        gemeente: String,
        afspraak: AfspraakNaam,
    },
    /// Whether this household was known; a person decided it.
    HuishoudenGekozen {
        melding: MeldingId,
        keuze: HuishoudenKeuze,
    },
    VerplaatsingBegonnen {
        melding: MeldingId,
        naar: CasusId,
    },
    /// The report stands in the other casus now.
    MeldingVerplaatst {
        melding: MeldingId,
        naar: CasusId,
    },
    /// Both casussen know of the move.
    VerplaatsingVoltooid {
        melding: MeldingId,
    },
    /// Of the plan of the household; stored by its own name, as every other.
    #[serde(untagged)]
    Plan(crate::plannen::Plangebeurtenis),
    /// Of support and coercion.
    #[serde(untagged)]
    Maatregel(crate::maatregelen::Maatregelgebeurtenis),
    /// Between the parties.
    #[serde(untagged)]
    Afstemming(crate::afstemming::Afstemgebeurtenis),
}

fn is_nee(waarde: &bool) -> bool {
    !waarde
}

fn is_direct(fase: &Fase) -> bool {
    *fase == Fase::Direct
}

/// Answer to a criterion. "Not answered" is the absence of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Antwoord {
    Ja,
    Nee,
}

/// Outcome of the veiligheidstaxatie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Taxatie {
    GeenOnveiligheid,
    GeenAcuteOnveiligheid,
    StructureleOnveiligheid,
    AcuteOnveiligheid,
}

/// What the assessment leads to.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BesluitSoort {
    DirecteOverdracht,
    VervolgBijVeiligThuis,
    GeenVerdereStappen,
}

/// How the family was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContactWijze {
    Telefoon,
    Huisbezoek,
    Brief,
    BeveiligdeMail,
    OpKantoor,
    /// A message on a machine: nobody was spoken.
    Voicemail,
}

/// How a handover is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OverdrachtWijze {
    Overdrachtstafel,
    Telefoon,
    Digitaal,
    /// In person, with the family.
    Gesprek,
}

/// Why a receiver refuses; the text that goes with it is sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WeigerReden {
    BuitenWerkgebied,
    AnderTeamPastBeter,
    InformatieOntbreekt,
    TeOnveilig,
    Anders,
}

/// A rule that was passed with a reason; the reason itself is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Afwijking {
    pub code: crate::weigering::Code,
    pub clausule: ClausuleId,
}

/// How a casus ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SluitingWijze {
    StabielVeilig,
    /// Help not wanted or no contact, no new concerns, after a direct handover.
    Gestopt,
    GeenVerdereStappen,
    /// An investigation found no violence or abuse.
    GeenHgKm,
    /// The household has no living or traceable members.
    GeenGezin,
    /// The only report belonged to another casus.
    Verplaatst,
}

macro_rules! als_str {
    ($($type:ty),+ $(,)?) => {$(
        impl $type {
            /// The code as it stands in data and on the wire.
            pub fn als_str(self) -> String {
                // A unit variant serializes to one string.
                serde_json::to_value(self).ok().and_then(|waarde| waarde.as_str().map(str::to_owned)).unwrap_or_default()
            }
        }
    )+};
}
pub(crate) use als_str;
als_str!(
    Openheid,
    Contactduur,
    PersoonRol,
    Antwoord,
    Taxatie,
    BesluitSoort,
    ContactWijze,
    OverdrachtWijze,
    WeigerReden,
    SluitingWijze,
    TerugkoppelingMoment,
    DienstSoort,
    Conclusie,
    Geweldsaard,
    Aanwezige,
    Hulpadvies
);
