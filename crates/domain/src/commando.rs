//! What somebody wants to record. Commands carry no names and no texts; whether a text was given is a fact here, the
//! text itself is sealed by the application.

mod diensten;

pub use diensten::*;

use crate::{
    afstemming::Afstemcommando,
    beoordelingen::{Functie, Overleguitkomst, instrument::Triage},
    contact::{Adresbron, Contactweg, Wegstand},
    gebeurtenis::*,
    ids::*,
    maatregelen::{Maatregelcommando, NeemInitiatief},
    meldingen::Meldgegevens,
    overdrachten::BespreekAanTafel,
    plannen::{MaakVeiligheidsafspraak, Plancommando, StelPlanOp},
    tijd::{Datum, Instant},
    verrijking::Bronuitkomst,
};
use std::collections::{BTreeMap, BTreeSet};

/// Every act on a casus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Commando {
    Meld(Meld),
    ErkenSpoed {
        melding: MeldingId,
    },
    WijsSpoedAf {
        melding: MeldingId,
        reden: bool,
    },
    BeantwoordCriteria(BeantwoordCriteria),
    RondBeoordelingAf {
        melding: MeldingId,
        taxatie: Taxatie,
        antwoorden: BeantwoordCriteria,
    },
    BesluitVervolg(BesluitVervolg),
    HoudOverleg(HoudOverleg),
    /// The triage instrument of Veilig Thuis was filled in about a report.
    VulInstrumentIn {
        melding: MeldingId,
        triage: Triage,
    },
    VraagInformatie(VraagInformatie),
    LegInformatieVast {
        verzoek: VerzoekId,
        uitkomst: Bronuitkomst,
    },
    LegContactGezinVast(LegContactGezinVast),
    InformeerGezin {
        wijze: ContactWijze,
    },
    MaakAfspraakGezin,
    KoppelTerugAanMelder {
        melding: MeldingId,
        moment: Option<TerugkoppelingMoment>,
    },
    BiedOverdrachtAan(BiedOverdrachtAan),
    VerzendGegevens {
        overdracht: OverdrachtId,
    },
    BevestigOntvangstGegevens {
        overdracht: OverdrachtId,
    },
    NoteerMondelingeBevestiging {
        overdracht: OverdrachtId,
    },
    AccepteerOverdracht {
        overdracht: OverdrachtId,
    },
    WeigerOverdracht {
        overdracht: OverdrachtId,
        reden_code: WeigerReden,
        reden: bool,
    },
    TrekOverdrachtIn {
        overdracht: OverdrachtId,
        reden: bool,
    },
    DoeTegenvoorstel {
        overdracht: OverdrachtId,
        per: Datum,
        reden: bool,
    },
    AanvaardTegenvoorstel {
        overdracht: OverdrachtId,
    },
    StuurAanbodDoor {
        overdracht: OverdrachtId,
        naar: OrganisatieId,
        reden: bool,
    },
    BespreekAanTafel(BespreekAanTafel),
    WijsMedewerkerToe {
        medewerker: MedewerkerId,
    },
    NeemZichtOver {
        reden: bool,
    },
    LegRegieVast {
        organisatie: Option<OrganisatieId>,
        /// The conditions of the agreement that hold, by key.
        bevestigd: BTreeSet<String>,
    },
    LegIncidentVast,
    HerstelVastlegging {
        versie: u64,
        gebeurd_op: Instant,
        reden: bool,
    },
    SluitCasus(SluitCasus),
    StemInMetSluiting,
    StartDienst(StartDienst),
    RondDienstAf(RondDienstAf),
    HoudHuisbezoek(HoudHuisbezoek),
    HoudWarmeOverdracht(HoudWarmeOverdracht),
    VulInhoudAan {
        overdracht: OverdrachtId,
        onderdelen: BTreeSet<String>,
        reden: bool,
    },
    LegContactveiligheidVast(LegContactveiligheidVast),
    LegAdresVast(LegAdresVast),
    MaakDocument(MaakDocument),
    VerzendDocument {
        document: DocumentId,
        wijze: ContactWijze,
        aan: Option<PersoonId>,
    },
    VoegBijlagenToe {
        soort: String,
        bijlagen: Vec<BijlageId>,
    },
    SpreekDeeltaakAf {
        deeltaak: DeeltaakId,
        organisatie: OrganisatieId,
        tot: Option<Datum>,
    },
    RondDeeltaakAf {
        deeltaak: DeeltaakId,
    },
    PlanMonitormoment {
        datum: Datum,
        reden: bool,
    },
    LegMonitormomentVast(LegMonitormomentVast),
    RondMonitoringAf {
        reden: bool,
    },
    RaadpleegVeiligThuis,
    StelInformerenUit {
        tot: Datum,
        reden: bool,
    },
    LegPlichtVast(LegPlichtVast),
    SchakelCrisisdienstIn {
        organisatie: OrganisatieId,
    },
    MeldCrisisStabiel,
    VerhuisGezin {
        gemeente: String,
        afspraak: AfspraakNaam,
    },
    KiesHuishouden {
        melding: MeldingId,
        keuze: HuishoudenKeuze,
    },
    VerplaatsMelding {
        melding: MeldingId,
        naar: CasusId,
        reden: bool,
    },
    NeemMeldingOp {
        melding: Meld,
        uit: CasusId,
        erna: Erna,
    },
    RondVerplaatsingAf {
        melding: MeldingId,
    },
    VulMeldingAan(VulMeldingAan),
    CorrigeerMelding {
        melding: MeldingId,
    },
    TrekMeldingIn {
        melding: MeldingId,
    },
    BeslisOverIntrekking {
        melding: MeldingId,
        gevolgd: bool,
        reden: bool,
    },
    LegGiVast {
        persoon: PersoonId,
        organisatie: Option<OrganisatieId>,
    },
    LegContactBeroepskrachtVast {
        organisatie: OrganisatieId,
        reden: bool,
    },
    Plan(Plancommando),
    Maatregel(Maatregelcommando),
    Afstemming(Afstemcommando),
}

/// Somebody spoke with the family, or tried to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegContactGezinVast {
    pub wijze: ContactWijze,
    pub gelukt: bool,
    /// In this talk the family was told of the report and of what follows.
    pub geinformeerd: bool,
    /// What was said was fed back to Veilig Thuis as well.
    pub teruggekoppeld: bool,
    /// Whom it was about to reach; the household when absent.
    pub persoon: Option<PersoonId>,
    pub reden: bool,
}

/// By which way somebody can be reached without danger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegContactveiligheidVast {
    pub persoon: PersoonId,
    pub wegen: BTreeMap<Contactweg, Wegstand>,
    /// There is a warning for who goes to the home.
    pub huisbezoek_waarschuwing: bool,
}

/// Where somebody lives, from whom it is known and as of which day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegAdresVast {
    pub persoon: PersoonId,
    pub bron: Adresbron,
    pub datum: Datum,
    pub geheim: bool,
}

/// Veilig Thuis asked the reporter what was not told at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VulMeldingAan {
    pub melding: MeldingId,
    pub gegevens: Meldgegevens,
    /// Nothing is left to ask, or the reporter cannot be reached.
    pub compleet: bool,
    pub reden: bool,
}

/// Somebody writes a document: a letter, a document of a handover, a copy for the dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaakDocument {
    pub document: DocumentId,
    /// A key of `[document]`.
    pub soort: String,
    /// The handover that it is about, for a document of a handover.
    pub overdracht: Option<OverdrachtId>,
    /// The report that it is about, for a document to a reporter.
    pub melding: Option<MeldingId>,
    /// Keys of the parts that are filled.
    pub onderdelen: BTreeSet<String>,
    /// Keys of the parts in whose text a reporter is named whom the family may not know.
    pub noemt_melder: BTreeSet<String>,
    pub reden: bool,
}

/// A moment of monitoring took place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegMonitormomentVast {
    /// The key of the term, or the planned day; the next one that is open when absent.
    pub moment: Option<String>,
    pub antwoorden: BTreeMap<String, Antwoord>,
    /// A key of `[monitoruitkomst]`.
    pub uitkomst: String,
    pub reden: bool,
}

/// A report reaches Veilig Thuis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meld {
    pub melding: MeldingId,
    pub ontvangen_op: Instant,
    pub melder: Melder,
    pub openheid: Openheid,
    pub contact: Contactduur,
    pub spoed_gevraagd: bool,
    pub gemeente: String,
    pub personen: Vec<Persoon>,
    pub gegevens: Meldgegevens,
    /// What others said is in it, without who they are.
    pub zonder_bron: bool,
    pub reden: bool,
}

/// What came after a report that moves: it moves along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erna {
    /// It was completed with the reporter.
    pub compleet: bool,
    /// The reporter wants to take it back, and Veilig Thuis has not decided.
    pub ingetrokken: bool,
}

/// Answers to the criteria of direct handover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeantwoordCriteria {
    pub melding: MeldingId,
    pub antwoorden: BTreeMap<String, Antwoord>,
    pub reden: bool,
}

/// What follows on the assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BesluitVervolg {
    pub melding: MeldingId,
    pub besluit: BesluitSoort,
    pub voldoende_veilig: Option<bool>,
    /// With whom it was decided, when it was talked over on the spot.
    pub overleg: BTreeSet<Functie>,
    /// To whom the follow-up goes, by key of `[vervolgpartij]`.
    pub toewijzing: BTreeSet<String>,
    pub reden: bool,
}

/// A duty to tell somebody was done, or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegPlichtVast {
    pub melding: MeldingId,
    /// A key of `[plicht]`.
    pub plicht: String,
    pub gedaan: bool,
    pub reden: bool,
}

/// People talked about a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoudOverleg {
    pub melding: MeldingId,
    pub functies: BTreeSet<Functie>,
    pub organisaties: BTreeSet<OrganisatieId>,
    pub uitkomst: Overleguitkomst,
}

/// Veilig Thuis asks a source about a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VraagInformatie {
    pub melding: MeldingId,
    pub verzoek: VerzoekId,
    /// A key of `[bron]`.
    pub bron: String,
    /// Who is asked, of a source that is asked by name.
    pub aan: Option<OrganisatieId>,
}

/// Veilig Thuis offers zicht op veiligheid to one accountable receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BiedOverdrachtAan {
    pub overdracht: OverdrachtId,
    pub naar: OrganisatieId,
    pub wijze: OverdrachtWijze,
    /// Keys of the parts that are filled.
    pub onderdelen: BTreeSet<String>,
    pub gezin_geinformeerd: bool,
    /// The content goes along at once.
    pub verzonden: bool,
    /// The receiver has it at once, as at the table.
    pub ontvangen: bool,
    pub reden: bool,
    pub mede_ontvangers: BTreeSet<OrganisatieId>,
    pub oordelen: Option<Oordelen>,
    /// The agreement whose Veilig Thuis the receiver is, if it is another region's.
    pub naar_afspraak: Option<AfspraakNaam>,
}

/// The casus ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SluitCasus {
    pub wijze: SluitingWijze,
    /// Keys of the conditions that are confirmed.
    pub bevestigd: BTreeSet<String>,
    pub reden: bool,
}

impl Commando {
    /// The name in the API, the audit trail, the agreements (`[bevoegd.*]`) and the scenarios.
    pub fn naam(&self) -> &'static str {
        match self {
            Commando::Meld(_) => "meld",
            Commando::ErkenSpoed { .. } => "erken-spoed",
            Commando::WijsSpoedAf { .. } => "wijs-spoed-af",
            Commando::BeantwoordCriteria(_) => "beantwoord-criteria",
            Commando::RondBeoordelingAf { .. } => "rond-beoordeling-af",
            Commando::BesluitVervolg(_) => "besluit-vervolg",
            Commando::HoudOverleg(_) => "houd-overleg",
            Commando::VulInstrumentIn { .. } => "vul-instrument-in",
            Commando::VraagInformatie(_) => "vraag-informatie",
            Commando::LegInformatieVast { .. } => "leg-informatie-vast",
            Commando::LegContactGezinVast(_) => "leg-contact-gezin-vast",
            Commando::InformeerGezin { .. } => "informeer-gezin",
            Commando::MaakAfspraakGezin => "maak-afspraak-gezin",
            Commando::KoppelTerugAanMelder { .. } => "koppel-terug-aan-melder",
            Commando::BiedOverdrachtAan(_) => "bied-overdracht-aan",
            Commando::VerzendGegevens { .. } => "verzend-gegevens",
            Commando::BevestigOntvangstGegevens { .. } => "bevestig-ontvangst-gegevens",
            Commando::NoteerMondelingeBevestiging { .. } => "noteer-mondelinge-bevestiging",
            Commando::AccepteerOverdracht { .. } => "accepteer-overdracht",
            Commando::WeigerOverdracht { .. } => "weiger-overdracht",
            Commando::TrekOverdrachtIn { .. } => "trek-overdracht-in",
            Commando::DoeTegenvoorstel { .. } => "doe-tegenvoorstel",
            Commando::AanvaardTegenvoorstel { .. } => "aanvaard-tegenvoorstel",
            Commando::StuurAanbodDoor { .. } => "stuur-aanbod-door",
            Commando::BespreekAanTafel(_) => "bespreek-aan-tafel",
            Commando::WijsMedewerkerToe { .. } => "wijs-medewerker-toe",
            Commando::NeemZichtOver { .. } => "neem-zicht-over",
            Commando::LegRegieVast { .. } => "leg-regie-vast",
            Commando::LegIncidentVast => "leg-incident-vast",
            Commando::HerstelVastlegging { .. } => "herstel-vastlegging",
            Commando::SluitCasus(_) => "sluit-casus",
            Commando::StemInMetSluiting => "stem-in-met-sluiting",
            Commando::StartDienst(_) => "start-dienst",
            Commando::RondDienstAf(_) => "rond-dienst-af",
            Commando::HoudHuisbezoek(_) => "houd-huisbezoek",
            Commando::HoudWarmeOverdracht(_) => "houd-warme-overdracht",
            Commando::VulInhoudAan { .. } => "vul-inhoud-aan",
            Commando::LegContactveiligheidVast(_) => "leg-contactveiligheid-vast",
            Commando::LegAdresVast(_) => "leg-adres-vast",
            Commando::MaakDocument(_) => "maak-document",
            Commando::VerzendDocument { .. } => "verzend-document",
            Commando::VoegBijlagenToe { .. } => "voeg-bijlagen-toe",
            Commando::SpreekDeeltaakAf { .. } => "spreek-deeltaak-af",
            Commando::RondDeeltaakAf { .. } => "rond-deeltaak-af",
            Commando::PlanMonitormoment { .. } => "plan-monitormoment",
            Commando::LegMonitormomentVast(_) => "leg-monitormoment-vast",
            Commando::RondMonitoringAf { .. } => "rond-monitoring-af",
            Commando::RaadpleegVeiligThuis => "raadpleeg-veilig-thuis",
            Commando::StelInformerenUit { .. } => "stel-informeren-uit",
            Commando::LegPlichtVast(_) => "leg-plicht-vast",
            Commando::SchakelCrisisdienstIn { .. } => "schakel-crisisdienst-in",
            Commando::MeldCrisisStabiel => "meld-crisis-stabiel",
            Commando::VerhuisGezin { .. } => "verhuis-gezin",
            Commando::KiesHuishouden { .. } => "kies-huishouden",
            Commando::VerplaatsMelding { .. } => "verplaats-melding",
            Commando::NeemMeldingOp { .. } => "neem-melding-op",
            Commando::RondVerplaatsingAf { .. } => "rond-verplaatsing-af",
            Commando::VulMeldingAan(_) => "vul-melding-aan",
            Commando::CorrigeerMelding { .. } => "corrigeer-melding",
            Commando::TrekMeldingIn { .. } => "trek-melding-in",
            Commando::BeslisOverIntrekking { .. } => "beslis-over-intrekking",
            Commando::LegGiVast { .. } => "leg-gi-vast",
            Commando::LegContactBeroepskrachtVast { .. } => "leg-contact-beroepskracht-vast",
            Commando::Plan(commando) => commando.naam(),
            Commando::Maatregel(commando) => commando.naam(),
            Commando::Afstemming(commando) => commando.naam(),
        }
    }

    /// The same act with a reason, where a guideline asks for one: both sides of the casus agreed on it before.
    pub(crate) fn met_reden(&self) -> Self {
        let mut zelfde = self.clone();
        match &mut zelfde {
            Commando::BesluitVervolg(BesluitVervolg { reden, .. })
            | Commando::LegContactGezinVast(LegContactGezinVast { reden, .. })
            | Commando::LegContactBeroepskrachtVast { reden, .. }
            | Commando::BiedOverdrachtAan(BiedOverdrachtAan { reden, .. })
            | Commando::VulInhoudAan { reden, .. }
            | Commando::HoudHuisbezoek(HoudHuisbezoek { reden, .. })
            | Commando::HoudWarmeOverdracht(HoudWarmeOverdracht { reden, .. })
            | Commando::StartDienst(StartDienst { reden, .. })
            | Commando::PlanMonitormoment { reden, .. }
            | Commando::LegMonitormomentVast(LegMonitormomentVast { reden, .. })
            | Commando::RondMonitoringAf { reden }
            | Commando::SluitCasus(SluitCasus { reden, .. })
            | Commando::Maatregel(Maatregelcommando::NeemInitiatief(NeemInitiatief { reden, .. }))
            | Commando::Plan(
                Plancommando::StelPlanOp(StelPlanOp { reden, .. })
                | Plancommando::StelVoorwaarde { reden, .. }
                | Plancommando::MaakVeiligheidsafspraak(MaakVeiligheidsafspraak { reden, .. }),
            ) => *reden = true,
            _ => {}
        }
        zelfde
    }

    /// The offer that an act is about, where its sender must be who made it.
    pub fn overdracht(&self) -> Option<OverdrachtId> {
        match self {
            Commando::VerzendGegevens { overdracht }
            | Commando::NoteerMondelingeBevestiging { overdracht }
            | Commando::TrekOverdrachtIn { overdracht, .. }
            | Commando::AanvaardTegenvoorstel { overdracht }
            | Commando::VulInhoudAan { overdracht, .. } => Some(*overdracht),
            _ => None,
        }
    }

    /// Every name that [`Self::naam`] can give; each needs a `[bevoegd.<naam>]` in the base.
    pub const NAMEN: &'static [&'static str] = &[
        "meld",
        "erken-spoed",
        "wijs-spoed-af",
        "beantwoord-criteria",
        "rond-beoordeling-af",
        "besluit-vervolg",
        "houd-overleg",
        "vul-instrument-in",
        "vraag-informatie",
        "leg-informatie-vast",
        "leg-contact-gezin-vast",
        "informeer-gezin",
        "maak-afspraak-gezin",
        "koppel-terug-aan-melder",
        "bied-overdracht-aan",
        "verzend-gegevens",
        "bevestig-ontvangst-gegevens",
        "noteer-mondelinge-bevestiging",
        "accepteer-overdracht",
        "weiger-overdracht",
        "trek-overdracht-in",
        "doe-tegenvoorstel",
        "aanvaard-tegenvoorstel",
        "stuur-aanbod-door",
        "bespreek-aan-tafel",
        "wijs-medewerker-toe",
        "neem-zicht-over",
        "leg-regie-vast",
        "leg-incident-vast",
        "herstel-vastlegging",
        "sluit-casus",
        "stem-in-met-sluiting",
        "start-dienst",
        "rond-dienst-af",
        "houd-huisbezoek",
        "houd-warme-overdracht",
        "vul-inhoud-aan",
        "leg-contactveiligheid-vast",
        "leg-adres-vast",
        "maak-document",
        "verzend-document",
        "voeg-bijlagen-toe",
        "spreek-deeltaak-af",
        "rond-deeltaak-af",
        "plan-monitormoment",
        "leg-monitormoment-vast",
        "rond-monitoring-af",
        "raadpleeg-veilig-thuis",
        "stel-informeren-uit",
        "leg-plicht-vast",
        "schakel-crisisdienst-in",
        "meld-crisis-stabiel",
        "verhuis-gezin",
        "kies-huishouden",
        "verplaats-melding",
        "neem-melding-op",
        "rond-verplaatsing-af",
        "vul-melding-aan",
        "corrigeer-melding",
        "trek-melding-in",
        "beslis-over-intrekking",
        "leg-gi-vast",
        "leg-contact-beroepskracht-vast",
        "stel-plan-op",
        "evalueer-plan",
        "stel-voorwaarde",
        "maak-veiligheidsafspraak",
        "toets-planregel",
        "beeindig-planregel",
        "bied-steun",
        "bespreek-dwang",
        "neem-initiatief",
        "leg-antwoord-maatregel-vast",
        "schaal-op",
        "leg-escalatiebesluit-vast",
        "leg-antwoord-gemeente-vast",
        "stel-afwijking-voor",
        "beantwoord-afwijking",
    ];
}
