//! What somebody asks, as it comes over the wire: the same words in the JSON interface, the scenarios and the forms.
//! A wish holds texts; [`Wens::ontleed`] parts it into a command without content and the content to seal.

macro_rules! wens {
    ($($(#[$doc:meta])* $naam:ident { $($(#[$velddoc:meta])* $veld:ident: $type:ty),* $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct $naam { $($(#[$velddoc])* pub $veld: $type),* }
    )+};
}

mod contact;
/// The wishes about the plan.
macro_rules! van_plan {
    () => {
        Wens::StelPlanOp(_)
            | Wens::EvalueerPlan(_)
            | Wens::StelVoorwaarde(_)
            | Wens::MaakVeiligheidsafspraak(_)
            | Wens::ToetsPlanregel(_)
            | Wens::BeeindigPlanregel(_)
    };
}

/// The wishes about what the parties do together.
macro_rules! van_samenwerking {
    () => {
        Wens::BiedSteun(_)
            | Wens::BespreekDwang(_)
            | Wens::NeemInitiatief(_)
            | Wens::LegAntwoordMaatregelVast(_)
            | Wens::SchaalOp(_)
            | Wens::LegEscalatiebesluitVast(_)
            | Wens::LegAntwoordGemeenteVast(_)
            | Wens::StelAfwijkingVoor(_)
            | Wens::BeantwoordAfwijking(_)
    };
}

mod bijlage;
mod document;
mod informatie;
mod meld;
mod plan;
mod samen;
mod tafel;
mod teksten;
mod vervolg;
mod vragen;

pub use bijlage::{BestandWens, BijlagenWens, KIES_OPNIEUW};
pub use contact::{PersoonsadresWens, VeiligheidWens};
pub use document::{DocumentVerzendWens, DocumentWens};
pub use informatie::{InformatieVraagWens, InformatieWens, OverlegWens, TriageWens};
pub use meld::{MeldWens, MelderWens, PersoonWens};
pub use plan::*;
pub use samen::*;
pub use tafel::{TafelWens, Tafelkeuze};
pub(crate) use teksten::DOCUMENTDEEL;
pub use vervolg::*;
pub use vragen::{ANTWOORDEN_MAX, InstrumentWens};

use domain::{
    afspraak::{Afspraken, Bundel},
    beoordelingen::{Functie, instrument::Instrumenten},
    casus::Casus,
    commando::*,
    gebeurtenis::*,
    ids::*,
    tijd::Instant,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use strum::AsRefStr;

pub use crate::herkenning::AdresWens;
use crate::{Actor, verzegel::Tekst};

/// Longest text in one field, in characters.
pub const TEKST_TEKENS_MAX: usize = 20_000;
/// Longest code or id, in characters.
pub const CODE_TEKENS_MAX: usize = 64;
/// Most members of one household in one report.
pub const PERSONEN_MAX: usize = 20;

/// Every act, with its content. References to a report or an offer may be left out when there is one that is meant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, AsRefStr)]
#[serde(tag = "doe", content = "met", rename_all = "kebab-case", deny_unknown_fields)]
#[strum(serialize_all = "kebab-case")]
pub enum Wens {
    Meld(Box<MeldWens>),
    ErkenSpoed(MeldingVerwijzing),
    WijsSpoedAf(MeldingVerwijzing),
    BeantwoordCriteria(CriteriaWens),
    RondBeoordelingAf(BeoordelingWens),
    BesluitVervolg(BesluitWens),
    VulInstrumentIn(TriageWens),
    HoudOverleg(OverlegWens),
    VraagInformatie(InformatieVraagWens),
    LegInformatieVast(InformatieWens),
    LegContactGezinVast(ContactWens),
    InformeerGezin(InformeerWens),
    MaakAfspraakGezin(Toelichting),
    KoppelTerugAanMelder(TerugkoppelWens),
    BiedOverdrachtAan(AanbodWens),
    VerzendGegevens(OverdrachtVerwijzing),
    BevestigOntvangstGegevens(OverdrachtVerwijzing),
    NoteerMondelingeBevestiging(MondelingWens),
    AccepteerOverdracht(OverdrachtVerwijzing),
    WeigerOverdracht(WeigerWens),
    TrekOverdrachtIn(OverdrachtVerwijzing),
    DoeTegenvoorstel(TegenvoorstelWens),
    AanvaardTegenvoorstel(OverdrachtVerwijzing),
    StuurAanbodDoor(DoorstuurWens),
    BespreekAanTafel(TafelWens),
    WijsMedewerkerToe(ToewijsWens),
    NeemZichtOver(Toelichting),
    LegRegieVast(RegieWens),
    LegIncidentVast(Toelichting),
    HerstelVastlegging(HerstelWens),
    SluitCasus(SluitWens),
    StemInMetSluiting(Toelichting),
    StartDienst(DienstWens),
    RondDienstAf(DienstAfWens),
    HoudHuisbezoek(HuisbezoekWens),
    HoudWarmeOverdracht(WarmWens),
    VulInhoudAan(AanvulWens),
    LegContactveiligheidVast(VeiligheidWens),
    LegAdresVast(PersoonsadresWens),
    MaakDocument(DocumentWens),
    VerzendDocument(DocumentVerzendWens),
    VoegBijlagenToe(BijlagenWens),
    SpreekDeeltaakAf(DeeltaakWens),
    RondDeeltaakAf(DeeltaakVerwijzing),
    PlanMonitormoment(PlanWens),
    LegMonitormomentVast(MonitorWens),
    RondMonitoringAf(Toelichting),
    RaadpleegVeiligThuis(Toelichting),
    StelInformerenUit(UitstelWens),
    LegPlichtVast(PlichtWens),
    SchakelCrisisdienstIn(CrisisWens),
    MeldCrisisStabiel(Toelichting),
    VerhuisGezin(VerhuisWens),
    KiesHuishouden(HuishoudenWens),
    VerplaatsMelding(VerplaatsWens),
    VulMeldingAan(MeldAanvulWens),
    CorrigeerMelding(CorrectieWens),
    TrekMeldingIn(MeldingVerwijzing),
    BeslisOverIntrekking(IntrekkingWens),
    LegGiVast(GiWens),
    LegContactBeroepskrachtVast(BeroepskrachtWens),
    StelPlanOp(PlanOpstelWens),
    EvalueerPlan(PlanEvaluatieWens),
    StelVoorwaarde(VoorwaardeWens),
    MaakVeiligheidsafspraak(VeiligheidsafspraakWens),
    ToetsPlanregel(ToetsWens),
    BeeindigPlanregel(PlanregelVerwijzing),
    BiedSteun(SteunWens),
    BespreekDwang(DwangWens),
    NeemInitiatief(InitiatiefWens),
    LegAntwoordMaatregelVast(MaatregelAntwoordWens),
    SchaalOp(EscalatieWens),
    LegEscalatiebesluitVast(Toelichting),
    LegAntwoordGemeenteVast(Toelichting),
    StelAfwijkingVoor(AfwijkingWens),
    BeantwoordAfwijking(AfwijkingAntwoordWens),
}

wens! {
    /// A report, the only running one when absent.
    MeldingVerwijzing { melding: Option<MeldingId>, reden: Option<String> }
    /// Answers by key; `overige` answers the rest of the agreement's list.
    CriteriaWens { melding: Option<MeldingId>, antwoorden: BTreeMap<String, Antwoord>, reden: Option<String> }
    BeoordelingWens {
        melding: Option<MeldingId>,
        taxatie: Option<Taxatie>,
        contra_indicaties: BTreeMap<String, Antwoord>,
        reden: Option<String>,
        toelichting: Option<String>,
    }
    BesluitWens {
        melding: Option<MeldingId>,
        besluit: Option<BesluitSoort>,
        voldoende_veilig: Option<bool>,
        /// With whom it was decided, when it was talked over on the spot.
        overleg: BTreeSet<Functie>,
        /// To whom the follow-up goes, by key of `[vervolgpartij]`.
        toewijzing: BTreeSet<String>,
        reden: Option<String>,
    }
    ContactWens {
        wijze: Option<ContactWijze>,
        gelukt: bool,
        geinformeerd: bool,
        /// What was said was fed back to Veilig Thuis.
        teruggekoppeld: bool,
        /// Whom it was about to reach.
        persoon: Option<PersoonId>,
        reden: Option<String>,
        toelichting: Option<String>,
    }
    InformeerWens { wijze: Option<ContactWijze>, toelichting: Option<String> }
    /// Parts by key with their text; in scenarios the runner fills them.
    AanbodWens {
        naar: Option<OrganisatieId>,
        wijze: Option<OverdrachtWijze>,
        inhoud: BTreeMap<String, String>,
        gezin_geinformeerd: bool,
        verzonden: bool,
        gegevens_ontvangen: bool,
        /// Others who get a part of the content and a task beside zicht: their parts, by key.
        mede_ontvangers: BTreeMap<OrganisatieId, BTreeSet<String>>,
        /// Both judgements on a professional who reported or helps.
        oordelen: Option<Oordelen>,
        reden: Option<String>,
    }
    /// An offer, the open one when absent.
    OverdrachtVerwijzing { overdracht: Option<OverdrachtId>, reden: Option<String> }
    MondelingWens { overdracht: Option<OverdrachtId>, naar: Option<OrganisatieId>, wie: Option<String> }
    WeigerWens { overdracht: Option<OverdrachtId>, reden_code: Option<WeigerReden>, reden: Option<String> }
    ToewijsWens { medewerker: Option<MedewerkerId> }
    /// A free text that goes with the act.
    Toelichting { reden: Option<String>, toelichting: Option<String> }
    /// `bevestigd`: the conditions of the agreement that hold, by key.
    RegieWens { organisatie: Option<OrganisatieId>, bevestigd: BTreeSet<String>, toelichting: Option<String> }
    HerstelWens { versie: u64, gebeurd_op: String, reden: Option<String> }
    SluitWens {
        wijze: Option<SluitingWijze>,
        bevestigd: BTreeSet<String>,
        reden: Option<String>,
        toelichting: Option<String>,
    }
}

/// A field that is missing or cannot be read; told beside the field, nothing of what was typed is lost.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{veld}: {melding}")]
pub struct VeldFout {
    pub veld: String,
    pub melding: String,
}

pub(crate) type Ontleed = Result<(Commando, Vec<Tekst>), Vec<VeldFout>>;

/// What a wish is parted in the light of.
pub(crate) struct Omgeving<'a> {
    pub casus: &'a Casus,
    pub bundel: &'a Bundel,
    pub afspraken: &'a Afspraken,
    pub actor: &'a Actor,
    pub command_id: CommandId,
    pub nu: Instant,
    pub instrumenten: &'a Instrumenten,
    /// By what a reporter would be known whom the family may not know; looked up only where a text may name one.
    pub verzwegen: &'a crate::documenten::Verzwegen,
}

fn fout(veld: &str, melding: &str) -> Vec<VeldFout> {
    vec![VeldFout { veld: veld.to_owned(), melding: melding.to_owned() }]
}

fn nodig<T: Clone>(veld: &str, waarde: &Option<T>) -> Result<T, Vec<VeldFout>> {
    waarde.clone().ok_or_else(|| fout(veld, "Kies of vul dit in."))
}

fn te_lang(veld: &str) -> Vec<VeldFout> {
    fout(veld, &format!("De tekst is te lang (meer dan {TEKST_TEKENS_MAX} tekens)."))
}

/// Whether this can be a code or an id, which stands in the log as it is, and no text, which may not.
pub(crate) fn is_code(tekst: &str) -> bool {
    (1..=CODE_TEKENS_MAX).contains(&tekst.len())
        && tekst.bytes().all(|teken| teken.is_ascii_alphanumeric() || b"-_.:@".contains(&teken))
}

fn eis_code(veld: &str, tekst: &str) -> Result<(), Vec<VeldFout>> {
    if is_code(tekst) { Ok(()) } else { Err(fout(veld, "Kies dit uit de lijst.")) }
}

fn gevuld(tekst: &Option<String>) -> bool {
    tekst.as_ref().is_some_and(|tekst| !tekst.trim().is_empty())
}

/// Local time without zone, `2026-03-02T10:15` or with seconds.
pub fn lees_tijdstip(veld: &str, tekst: &str) -> Result<Instant, Vec<VeldFout>> {
    let lokaal = tekst.trim().replace(' ', "T").parse::<jiff::civil::DateTime>();
    lokaal.map(Instant::uit_lokaal).map_err(|_| fout(veld, "Vul een datum en tijd in, bijvoorbeeld 2026-03-02 10:15."))
}

impl Wens {
    /// The name of the act, as it stands on the wire.
    pub fn naam(&self) -> String {
        self.as_ref().to_owned()
    }

    /// Parts a wish into a command and the content that goes with it.
    pub(crate) fn ontleed(&self, o: &Omgeving<'_>) -> Ontleed {
        let teksten = self.teksten(o);
        let mis = o.verzwegen.fouten(&teksten, o.actor);
        if !mis.is_empty() {
            return Err(mis);
        }
        let lange = teksten.iter().find(|tekst| tekst.inhoud.chars().count() > TEKST_TEKENS_MAX);
        if let Some(tekst) = lange {
            return Err(te_lang(&tekst.soort));
        }
        if let Wens::Meld(wens) = self {
            return meld::meld(wens, o);
        }
        Ok((self.commando(o)?, teksten))
    }

    /// Every act has its place: the assessment, what is recorded beside it, handovers, and what follows.
    fn commando(&self, o: &Omgeving<'_>) -> Result<Commando, Vec<VeldFout>> {
        match self {
            Wens::Meld(_)
            | Wens::ErkenSpoed(_)
            | Wens::WijsSpoedAf(_)
            | Wens::BeantwoordCriteria(_)
            | Wens::RondBeoordelingAf(_)
            | Wens::BesluitVervolg(_) => self.beoordeling(o),
            Wens::VraagInformatie(_) | Wens::LegInformatieVast(_) | Wens::HoudOverleg(_) | Wens::VulInstrumentIn(_) => {
                self.informatie(o)
            }
            Wens::LegContactGezinVast(_)
            | Wens::InformeerGezin(_)
            | Wens::MaakAfspraakGezin(_)
            | Wens::KoppelTerugAanMelder(_)
            | Wens::WijsMedewerkerToe(_)
            | Wens::NeemZichtOver(_)
            | Wens::LegRegieVast(_)
            | Wens::LegIncidentVast(_)
            | Wens::HerstelVastlegging(_)
            | Wens::SluitCasus(_) => self.vastlegging(o),
            Wens::BiedOverdrachtAan(_)
            | Wens::VerzendGegevens(_)
            | Wens::BevestigOntvangstGegevens(_)
            | Wens::NoteerMondelingeBevestiging(_)
            | Wens::AccepteerOverdracht(_)
            | Wens::WeigerOverdracht(_)
            | Wens::TrekOverdrachtIn(_)
            | Wens::DoeTegenvoorstel(_)
            | Wens::AanvaardTegenvoorstel(_)
            | Wens::StuurAanbodDoor(_) => self.overdracht(o),
            Wens::BespreekAanTafel(wens) => tafel::bespreking(wens, o),
            Wens::StartDienst(_)
            | Wens::RondDienstAf(_)
            | Wens::HoudHuisbezoek(_)
            | Wens::HoudWarmeOverdracht(_)
            | Wens::VulInhoudAan(_)
            | Wens::SpreekDeeltaakAf(_)
            | Wens::RondDeeltaakAf(_) => self.vervolg(o),
            Wens::MaakDocument(_) | Wens::VerzendDocument(_) => self.document(o),
            Wens::VoegBijlagenToe(_) => self.bijlage(o),
            Wens::LegContactveiligheidVast(_) | Wens::LegAdresVast(_) => self.contact(o),
            Wens::PlanMonitormoment(_)
            | Wens::LegMonitormomentVast(_)
            | Wens::RondMonitoringAf(_)
            | Wens::RaadpleegVeiligThuis(_)
            | Wens::StelInformerenUit(_)
            | Wens::LegPlichtVast(_)
            | Wens::SchakelCrisisdienstIn(_)
            | Wens::MeldCrisisStabiel(_)
            | Wens::VerhuisGezin(_)
            | Wens::KiesHuishouden(_)
            | Wens::VerplaatsMelding(_)
            | Wens::StemInMetSluiting(_) => self.volgen(o),
            Wens::VulMeldingAan(_)
            | Wens::CorrigeerMelding(_)
            | Wens::TrekMeldingIn(_)
            | Wens::BeslisOverIntrekking(_)
            | Wens::LegGiVast(_)
            | Wens::LegContactBeroepskrachtVast(_) => self.na_melding(o),
            van_plan!() => self.plan(o),
            van_samenwerking!() => self.samen(o),
        }
    }

    fn beoordeling(&self, o: &Omgeving<'_>) -> Result<Commando, Vec<VeldFout>> {
        Ok(match self {
            Wens::ErkenSpoed(wens) => Commando::ErkenSpoed { melding: o.melding(wens.melding)? },
            Wens::WijsSpoedAf(wens) => {
                Commando::WijsSpoedAf { melding: o.melding(wens.melding)?, reden: gevuld(&wens.reden) }
            }
            Wens::BeantwoordCriteria(wens) => {
                Commando::BeantwoordCriteria(o.antwoorden(wens.melding, &wens.antwoorden, &wens.reden)?)
            }
            Wens::RondBeoordelingAf(wens) => Commando::RondBeoordelingAf {
                melding: o.melding(wens.melding)?,
                taxatie: nodig("taxatie", &wens.taxatie)?,
                antwoorden: o.antwoorden(wens.melding, &wens.contra_indicaties, &wens.reden)?,
            },
            Wens::BesluitVervolg(wens) => Commando::BesluitVervolg(BesluitVervolg {
                melding: o.melding(wens.melding)?,
                besluit: nodig("besluit", &wens.besluit)?,
                voldoende_veilig: wens.voldoende_veilig,
                overleg: wens.overleg.clone(),
                toewijzing: wens.toewijzing.clone(),
                reden: gevuld(&wens.reden),
            }),
            _ => return Err(fout("doe", "Deze handeling hoort niet bij de beoordeling.")),
        })
    }

    fn vastlegging(&self, o: &Omgeving<'_>) -> Result<Commando, Vec<VeldFout>> {
        Ok(match self {
            Wens::LegContactGezinVast(wens) => Commando::LegContactGezinVast(LegContactGezinVast {
                wijze: nodig("wijze", &wens.wijze)?,
                gelukt: wens.gelukt,
                geinformeerd: wens.geinformeerd,
                teruggekoppeld: wens.teruggekoppeld,
                persoon: wens.persoon,
                reden: gevuld(&wens.reden),
            }),
            Wens::InformeerGezin(wens) => Commando::InformeerGezin { wijze: nodig("wijze", &wens.wijze)? },
            Wens::MaakAfspraakGezin(_) => Commando::MaakAfspraakGezin,
            Wens::KoppelTerugAanMelder(wens) => {
                Commando::KoppelTerugAanMelder { melding: o.melding(wens.melding)?, moment: wens.moment }
            }
            Wens::WijsMedewerkerToe(wens) => {
                let medewerker = wens.medewerker.as_ref().unwrap_or(&o.actor.medewerker);
                eis_code("medewerker", medewerker.als_str())?;
                Commando::WijsMedewerkerToe { medewerker: medewerker.clone() }
            }
            Wens::NeemZichtOver(wens) => Commando::NeemZichtOver { reden: gevuld(&wens.reden) },
            Wens::LegRegieVast(wens) => {
                wens.organisatie.iter().try_for_each(|org| eis_code("organisatie", org.als_str()))?;
                Commando::LegRegieVast { organisatie: wens.organisatie.clone(), bevestigd: wens.bevestigd.clone() }
            }
            Wens::LegIncidentVast(_) => Commando::LegIncidentVast,
            Wens::HerstelVastlegging(wens) => Commando::HerstelVastlegging {
                versie: wens.versie,
                gebeurd_op: lees_tijdstip("gebeurd_op", &wens.gebeurd_op)?,
                reden: gevuld(&wens.reden),
            },
            Wens::SluitCasus(wens) => Commando::SluitCasus(SluitCasus {
                wijze: nodig("wijze", &wens.wijze)?,
                bevestigd: wens.bevestigd.clone(),
                reden: gevuld(&wens.reden),
            }),
            _ => return Err(fout("doe", "Deze handeling is geen vastlegging.")),
        })
    }

    fn overdracht(&self, o: &Omgeving<'_>) -> Result<Commando, Vec<VeldFout>> {
        Ok(match self {
            Wens::BiedOverdrachtAan(wens) => Commando::BiedOverdrachtAan(BiedOverdrachtAan {
                overdracht: OverdrachtId(o.command_id.afgeleid("overdracht")),
                naar: nodig("naar", &wens.naar)?,
                wijze: nodig("wijze", &wens.wijze)?,
                onderdelen: vervolg::gevulde(&wens.inhoud),
                gezin_geinformeerd: wens.gezin_geinformeerd,
                verzonden: wens.verzonden,
                ontvangen: wens.gegevens_ontvangen,
                reden: gevuld(&wens.reden),
                mede_ontvangers: wens.mede_ontvangers.keys().cloned().collect(),
                oordelen: wens.oordelen,
                naar_afspraak: o.ander_veilig_thuis(wens.naar.as_ref()),
            }),
            Wens::VerzendGegevens(wens) => Commando::VerzendGegevens { overdracht: o.overdracht(wens.overdracht)? },
            Wens::BevestigOntvangstGegevens(wens) => {
                Commando::BevestigOntvangstGegevens { overdracht: o.overdracht(wens.overdracht)? }
            }
            Wens::NoteerMondelingeBevestiging(wens) => {
                Commando::NoteerMondelingeBevestiging { overdracht: o.overdracht(wens.overdracht)? }
            }
            Wens::AccepteerOverdracht(wens) => {
                Commando::AccepteerOverdracht { overdracht: o.overdracht(wens.overdracht)? }
            }
            Wens::WeigerOverdracht(wens) => Commando::WeigerOverdracht {
                overdracht: o.overdracht(wens.overdracht)?,
                reden_code: wens.reden_code.unwrap_or(WeigerReden::Anders),
                reden: gevuld(&wens.reden),
            },
            Wens::TrekOverdrachtIn(wens) => {
                Commando::TrekOverdrachtIn { overdracht: o.overdracht(wens.overdracht)?, reden: gevuld(&wens.reden) }
            }
            Wens::DoeTegenvoorstel(wens) => Commando::DoeTegenvoorstel {
                overdracht: o.overdracht(wens.overdracht)?,
                per: vervolg::dag("per", &wens.per)?,
                reden: gevuld(&wens.reden),
            },
            Wens::AanvaardTegenvoorstel(wens) => {
                Commando::AanvaardTegenvoorstel { overdracht: o.overdracht(wens.overdracht)? }
            }
            Wens::StuurAanbodDoor(wens) => Commando::StuurAanbodDoor {
                overdracht: o.overdracht(wens.overdracht)?,
                naar: vervolg::organisatie("naar", &wens.naar)?,
                reden: gevuld(&wens.reden),
            },
            _ => return Err(fout("doe", "Deze handeling is geen overdracht.")),
        })
    }
}

impl Omgeving<'_> {
    /// The agreement of another region, when its Veilig Thuis is meant.
    fn ander_veilig_thuis(&self, naar: Option<&OrganisatieId>) -> Option<AfspraakNaam> {
        let ander = naar.filter(|naar| self.casus.veilig_thuis.as_ref() != Some(naar))?;
        let mut alle = self.afspraken.alle().iter();
        alle.find(|geldig| geldig.bundel.veilig_thuis() == Some(ander)).map(|geldig| geldig.bundel.afspraak.clone())
    }

    /// The Veilig Thuis of this casus, or of the agreement when there is no casus yet.
    fn veilig_thuis(&self) -> Option<&OrganisatieId> {
        self.casus.veilig_thuis.as_ref().or_else(|| self.bundel.veilig_thuis())
    }

    fn melding(&self, genoemd: Option<MeldingId>) -> Result<MeldingId, Vec<VeldFout>> {
        genoemd
            .or_else(|| self.casus.bedoelde_melding().map(|melding| melding.id))
            .ok_or_else(|| fout("melding", "Er is geen melding om dit bij vast te leggen."))
    }

    fn overdracht(&self, genoemd: Option<OverdrachtId>) -> Result<OverdrachtId, Vec<VeldFout>> {
        genoemd
            .or_else(|| self.casus.open_aanbod().or(self.casus.overdrachten.last()).map(|overdracht| overdracht.id))
            .ok_or_else(|| fout("overdracht", "Er is geen aanbod om dit bij vast te leggen."))
    }

    /// Fills `overige` with the items of the agreement that are not named.
    fn antwoorden(
        &self,
        melding: Option<MeldingId>,
        gegeven: &BTreeMap<String, Antwoord>,
        reden: &Option<String>,
    ) -> Result<BeantwoordCriteria, Vec<VeldFout>> {
        let melding = self.melding(melding)?;
        let mut antwoorden = gegeven.clone();
        if let Some(overige) = antwoorden.remove("overige") {
            for sleutel in self.bundel.inhoud.criterium.keys() {
                antwoorden.entry(sleutel.clone()).or_insert(overige);
            }
        }
        Ok(BeantwoordCriteria { melding, antwoorden, reden: gevuld(reden) })
    }
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn een_handeling_heet_zoals_op_de_draad() {
        let wensen = [
            Wens::Meld(Box::default()),
            Wens::VoegBijlagenToe(BijlagenWens::default()),
            Wens::BiedOverdrachtAan(AanbodWens::default()),
        ];
        for wens in wensen {
            assert_eq!(serde_json::to_value(&wens).unwrap()["doe"], wens.naam());
        }
    }
}
