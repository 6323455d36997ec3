//! A working agreement as data: every term, criterion, mandatory content and passing moment with its clause.
//!
//! [`Bundel`] is what the engine runs: the national base with a region laid over it and a calendar, resolved, with a
//! hash. Files are read by [`lezen`], laid over each other by [`lagen`], and [`Afspraken`] answers which bundle holds
//! for a municipality on a day. This module knows no file system: text comes in, with the name of its file.

mod beoordelen;
mod beroepskracht;
mod controle;
#[cfg(test)]
mod dekking;
mod documenten;
mod gemeenten;
mod grond;
mod lagen;
mod lezen;
mod maatregelen;
mod melden;
mod overdragen;
mod overeenkomst;
mod partij;
mod plannen;
mod plicht;
mod register;
mod rondom;
mod routes;
mod samenhang;
#[cfg(test)]
mod schema;
mod sluiten;
mod termijn;
mod verschil;
mod vervulling;
mod volgen;

pub use beoordelen::{Criterium, Grondslag, Informatiebron, Oordeel, Oordeelvorm, Vervolgpartij, VolgtUit};
pub use beroepskracht::{Adviesmoment, Adviesregel, Adviesvorm, Meldcodestap};
pub use documenten::{Deel, DeelHoort, Documentdeel, Documentlezer, Documentregel};
pub use gemeenten::GemeenteOp;
pub use grond::{Aandachtspunt, Soort};
pub(crate) use lezen::ontleed;
pub use lezen::{AfspraakBestand, AfspraakFout, Bron, lees_afspraak, lees_kalender};
pub use maatregelen::{Initiatief, Maatregel, Steunvorm, Taxatiepartner};
pub use melden::{IN_WOORDEN, MeldAntwoord, MeldBij, Meldinstrument, Meldkeuze, Meldvraag, ONBEKEND, Tegenantwoord};
pub use overdragen::{AcceptatieNa, Fase, Gespreksmoment, Gesprekspunt, Onderdeel, Ontvangt, Overgang};
pub use overeenkomst::{
    AfspraakAnker, Afspraaktermijn, Contact, Escalatie, MelderSoort, Meldroute, Pakketdeel, Volgorde, Woord,
};
pub use partij::{Doelgroep, Gemeente, Partij, PartijSoort, Regievoorwaarde};
pub use plannen::{Invulling, Plan, Planfase, Planonderdeel};
pub use plicht::{Plicht, Plichtdaad, Plichtgrond};
pub use register::{Afspraken, Bundels, GeldigeBundel};
pub use rondom::{Afscherming, Mijlpaal, Taak, Verwijsindex, Wachtregel};
pub use sluiten::{SluitingRegel, Voorwaarde};
pub use termijn::{Anker, Daad, TermijnRegel, Verval};
pub use verschil::{VeldVerschil, Verschil, VerschilSoort, sectienaam, veldnaam, vergelijk};
pub use volgen::{Dienst, Gevolg, Monitor, Monitoring, Monitoruitkomst, Monitorvraag};

use crate::{
    gebeurtenis::DienstSoort,
    ids::{AfspraakNaam, BundelHash, ClausuleId, OrganisatieId},
    tijd::{Datum, Kalender},
    weigering::Code,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A resolved agreement: base, region and calendar in one, as it is stored and hashed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundel {
    /// The region's agreement, `ijmond`.
    pub afspraak: AfspraakNaam,
    /// The files it was resolved from, base first.
    pub lagen: Vec<Laag>,
    pub kalender: Kalender,
    pub inhoud: Inhoud,
}

/// One edition that a bundle was resolved from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Laag {
    pub afspraak: AfspraakNaam,
    pub editie: String,
    /// Which transcription of this edition, 1 for the first: a fuller one follows under a higher number.
    #[serde(default = "eerste", skip_serializing_if = "is_eerste")]
    pub herziening: u32,
    pub titel: String,
    /// The prefix of this agreement's clause ids, without the hyphen.
    pub voorvoegsel: String,
    /// Title and date of the document, as shown under "Welke versie".
    pub document: String,
    pub geldig_van: Datum,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geldig_tot: Option<Datum>,
    /// The clauses (or gap) that fix edition, parties and start.
    pub clausules: Vec<ClausuleId>,
    /// A local overlay holds in these municipalities only; empty means all of the layers below.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alleen_gemeenten: Vec<String>,
}

impl Laag {
    /// `ijmond@2024-07-04`, and with its number when it is a later transcription: `ijmond@2024-07-04.2`.
    pub fn naam(&self) -> String {
        let naam = format!("{}@{}", self.afspraak, self.editie);
        if is_eerste(&self.herziening) { naam } else { format!("{naam}.{}", self.herziening) }
    }
}

fn eerste() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands fields over by reference")]
fn is_eerste(herziening: &u32) -> bool {
    *herziening == eerste()
}

/// Everything that a region may lay over the base, entry by entry: an entry with a known key replaces it.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Inhoud {
    /// The clauses that entries cite, in our own plain words.
    pub clausule: BTreeMap<ClausuleId, Clausule>,
    /// Gaps in the sources and how we read them.
    pub hiaat: BTreeMap<ClausuleId, Hiaat>,
    pub partij: BTreeMap<OrganisatieId, Partij>,
    pub gemeente: BTreeMap<String, Gemeente>,
    pub zicht: BTreeMap<ZichtMoment, ZichtRegel>,
    pub overgang: BTreeMap<String, Overgang>,
    pub onderdeel: BTreeMap<String, Onderdeel>,
    pub criterium: BTreeMap<String, Criterium>,
    /// In what form judgements are reached.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub oordeel: BTreeMap<String, Oordeel>,
    /// Who may be assigned the follow-up.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub vervolgpartij: BTreeMap<String, Vervolgpartij>,
    /// Legal grounds on which information is asked, by key.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub grondslag: BTreeMap<String, Grondslag>,
    /// Of whom Veilig Thuis asks information.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub bron: BTreeMap<String, Informatiebron>,
    pub regel: BTreeMap<Code, Regel>,
    pub bevoegd: BTreeMap<String, Bevoegd>,
    pub termijn: BTreeMap<String, TermijnRegel>,
    pub dienst: BTreeMap<String, Dienst>,
    pub gesprekspunt: BTreeMap<String, Gesprekspunt>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub regievoorwaarde: BTreeMap<String, Regievoorwaarde>,
    pub monitoring: BTreeMap<String, Monitoring>,
    pub monitorvraag: BTreeMap<String, Monitorvraag>,
    pub monitoruitkomst: BTreeMap<String, Monitoruitkomst>,
    /// The kinds of plan that a household can have, by key.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub plan: BTreeMap<String, Plan>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub steunvorm: BTreeMap<String, Steunvorm>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub maatregel: BTreeMap<String, Maatregel>,
    pub sluiting: BTreeMap<String, SluitingRegel>,
    pub aandachtspunt: BTreeMap<String, Aandachtspunt>,
    /// Whom Veilig Thuis must tell what.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub plicht: BTreeMap<String, Plicht>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub afspraaktermijn: BTreeMap<String, Afspraaktermijn>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub escalatie: BTreeMap<String, Escalatie>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub contact: BTreeMap<String, Contact>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub volgorde: BTreeMap<String, Volgorde>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub pakket: BTreeMap<String, Pakketdeel>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub meldroute: BTreeMap<String, Meldroute>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub meldvraag: BTreeMap<String, Meldvraag>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub meldinstrument: BTreeMap<String, Meldinstrument>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub document: BTreeMap<String, Documentregel>,
    /// By Zicht's own word: `zicht-op-veiligheid`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub woord: BTreeMap<String, Woord>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub meldcodestap: BTreeMap<String, Meldcodestap>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub adviesvorm: BTreeMap<String, Adviesvorm>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub advies: BTreeMap<Adviesmoment, Adviesregel>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub mijlpaal: BTreeMap<String, Mijlpaal>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub taak: BTreeMap<String, Taak>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub verwijsindex: BTreeMap<String, Verwijsindex>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub wacht: BTreeMap<String, Wachtregel>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub afscherming: BTreeMap<String, Afscherming>,
    /// The head of a file is read by [`lezen`]; it is no part of what is laid over the base.
    #[serde(skip_serializing, rename = "editie")]
    #[cfg_attr(test, schemars(with = "lezen::Kop"))]
    kop: Kop,
}

/// The head of a file, passed over here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
struct Kop;

impl<'de> Deserialize<'de> for Kop {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde::de::IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

/// Where a clause stands and what it says, in plain Dutch; never a quotation.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clausule {
    /// `§ 3.1`, `vraag 25`.
    pub plaats: String,
    pub tekst: String,
}

/// A question that the sources leave open, and our reading.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hiaat {
    /// What the sources do not say.
    pub vraag: String,
    /// How we read it; shown as "onze lezing".
    pub lezing: String,
}

/// The moments at which the zicht line can change hands before and back to Veilig Thuis.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ZichtMoment {
    /// A professional reported openly while nobody held: that organisation holds.
    BeroepskrachtOpen,
    /// Every other reporter while nobody held: Veilig Thuis holds from receipt.
    AndereMelder,
    /// The police reported while nobody held.
    Politie,
    /// Present only where the agreement lets Veilig Thuis hold from receipt of every report.
    ElkeMelding,
    /// Veilig Thuis took note of the urgency.
    Spoed,
    /// The assessment is recorded as done.
    Beoordeling,
    /// The calendar alone.
    Kalender,
    /// Veilig Thuis decided to take over.
    Overname,
    /// A new report ended in "no further steps": the line returns.
    TerugNaGeenStappen,
    /// Veilig Thuis takes zicht back at a moment of monitoring.
    OvernameNaMonitoring,
    /// A report is on its way to another casus: Veilig Thuis holds in both until it is there.
    Verplaatsing,
    /// Who keeps the other domains of life when a local team was involved already.
    Regie,
    /// The crisis service is called in: its own line, beside zicht.
    Crisis,
}

/// What happens to the zicht line at a [`ZichtMoment`].
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZichtRegel {
    /// Clause or gap that becomes the ground of the span.
    pub grond: ClausuleId,
    /// Only for [`ZichtMoment::Kalender`]: counted working days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub werkdagen: Option<i64>,
    /// Only for [`ZichtMoment::Kalender`]: at the begin or after the end of that working day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grens: Option<Grens>,
}

/// Which edge of a day.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grens {
    Begin,
    Einde,
}

/// How a refusal is to be taken in this region, and by which clause.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regel {
    /// Absent: the region has no such rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub soort: Option<Soort>,
    pub clausule: ClausuleId,
}

/// Which organisation may do an act.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bevoegd {
    pub wie: Wie,
    pub clausule: ClausuleId,
}

/// An organisation by its part in the casus.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wie {
    VeiligThuis,
    /// Who holds zicht op veiligheid at that instant.
    Houder,
    HouderOfVeiligThuis,
    /// The receiver of that offer.
    Ontvanger,
    /// Who made that offer.
    Aanbieder,
    /// Any organisation concerned.
    Betrokken,
    /// Who monitors after a handover.
    Monitor,
    /// The crisis service that was called in.
    Crisisdienst,
    /// The municipality; it has no part in a casus, so what it does is recorded by others.
    Gemeente,
}

impl Bundel {
    /// The canonical bytes that are stored and hashed: JSON with sorted keys.
    pub fn bytes(&self) -> Vec<u8> {
        // Maps with text keys and plain values always serialize.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// SHA-256 of [`Self::bytes`].
    pub fn hash(&self) -> BundelHash {
        use sha2::{Digest, Sha256};
        let som = Sha256::digest(self.bytes());
        BundelHash(som.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// `landelijk@2019-01-01 + ijmond@2024-07-04 + nederland@2019-01-01`: the name under which its content is fixed.
    pub fn naam(&self) -> String {
        let lagen = self.lagen.iter().map(Laag::naam);
        let kalender = format!("{}@{}", self.kalender.kalender, self.kalender.editie);
        lagen.chain([kalender]).collect::<Vec<_>>().join(" + ")
    }

    /// The region's own layer.
    pub fn eigen_laag(&self) -> Option<&Laag> {
        self.lagen.last()
    }

    /// The agreement of the region that this bundle belongs to: its own, or the one that a local overlay lies on.
    pub fn regio(&self) -> &AfspraakNaam {
        let boven_de_basis = self.lagen.iter().find(|laag| !self.is_basis(laag));
        boven_de_basis.map_or(&self.afspraak, |laag| &laag.afspraak)
    }

    /// Whether this is a region itself and no local overlay.
    pub fn is_regio(&self) -> bool {
        *self.regio() == self.afspraak
    }

    fn is_basis(&self, laag: &Laag) -> bool {
        self.lagen.len() > 1 && self.lagen.first().is_some_and(|eerste| eerste.afspraak == laag.afspraak)
    }

    /// The Veilig Thuis organisation of this agreement.
    pub fn veilig_thuis(&self) -> Option<&OrganisatieId> {
        self.inhoud.partij.iter().find(|(_, partij)| partij.soort == PartijSoort::VeiligThuis).map(|(id, _)| id)
    }

    /// The passing rule for a situation and a kind of receiver: the one that names the kind, else the general.
    pub fn overgang(&self, fase: Fase, ontvanger: PartijSoort) -> Option<&Overgang> {
        let eigen = self.inhoud.overgang.get(&format!("{}-{}", fase.als_str(), ontvanger.als_str()));
        eigen.or_else(|| self.inhoud.overgang.get(fase.als_str()))
    }

    /// The kind of an organisation under this agreement.
    pub fn soort_van(&self, organisatie: &OrganisatieId) -> PartijSoort {
        self.inhoud.partij.get(organisatie).map_or(PartijSoort::Beroepskracht, |partij| partij.soort)
    }

    /// The rule for a service; absent when the region does not have it.
    pub fn dienst(&self, soort: DienstSoort) -> Option<&Dienst> {
        self.inhoud.dienst.get(&soort.als_str())
    }

    /// The criteria in the order in which they are asked.
    pub fn criteria(&self) -> Vec<(&str, &Criterium)> {
        let mut alle: Vec<_> = self.inhoud.criterium.iter().map(|(sleutel, item)| (sleutel.as_str(), item)).collect();
        alle.sort_by_key(|(_, item)| item.volgorde);
        alle
    }

    /// What is weighed when somebody asks to read a file, in order.
    pub fn afschermingen(&self) -> Vec<(&str, &Afscherming)> {
        let mut alle: Vec<_> = self.inhoud.afscherming.iter().map(|(sleutel, deel)| (sleutel.as_str(), deel)).collect();
        alle.sort_by_key(|(_, deel)| deel.volgorde);
        alle
    }

    /// Of whom Veilig Thuis asks information, in the order in which it is shown.
    pub fn bronnen(&self) -> Vec<(&str, &Informatiebron)> {
        let mut alle: Vec<_> = self.inhoud.bron.iter().map(|(sleutel, bron)| (sleutel.as_str(), bron)).collect();
        alle.sort_by_key(|(_, bron)| bron.volgorde);
        alle
    }

    /// The parts that belong to a handover in a situation, in the order in which they are shown.
    pub fn onderdelen(&self, fase: Fase) -> Vec<(&str, &Onderdeel)> {
        let hoort = |item: &Onderdeel| item.fasen.is_empty() || item.fasen.contains(&fase);
        let alle = self.inhoud.onderdeel.iter().filter(|(_, item)| hoort(item));
        let mut alle: Vec<_> = alle.map(|(sleutel, item)| (sleutel.as_str(), item)).collect();
        alle.sort_by_key(|(_, item)| item.volgorde);
        alle
    }

    /// What to keep in mind at an act, in the order of the clauses.
    pub fn aandachtspunten<'a>(&'a self, handeling: &'a str) -> impl Iterator<Item = &'a ClausuleId> {
        let bij_deze = move |punt: &&Aandachtspunt| punt.bij.iter().any(|naam| naam == handeling);
        let volgorde = self.inhoud.volgorde.values();
        let volgorde = volgorde.filter(move |regel| regel.bij.iter().any(|naam| naam == handeling));
        let punten = self.inhoud.aandachtspunt.values().filter(bij_deze).map(|punt| &punt.clausule);
        punten.chain(volgorde.map(|regel| &regel.clausule))
    }

    /// The way that a report of this kind of reporter goes on a day, when that is not straight to Veilig Thuis.
    pub fn meldroute(&self, melder: MelderSoort, dag: jiff::civil::Date) -> Option<&Meldroute> {
        self.inhoud.meldroute.values().find(|route| route.melder == melder && route.geldt_op(dag))
    }

    /// The same agreement on a casus on which both sides agreed to deviate from these rules.
    pub(crate) fn met_afgesproken(&self, wijkt_af: impl Fn(Code) -> bool) -> Self {
        let mut samen = self.clone();
        for (code, regel) in &mut samen.inhoud.regel {
            if regel.soort == Some(Soort::RichtlijnSamen) && wijkt_af(*code) {
                regel.soort = Some(Soort::Richtlijn);
            }
        }
        samen
    }

    /// What must be true before this party has regie, by key.
    pub fn regievoorwaarden(&self, partij: &OrganisatieId) -> impl Iterator<Item = (&String, &Regievoorwaarde)> {
        let soort = self.soort_van(partij);
        self.inhoud.regievoorwaarde.iter().filter(move |(_, eis)| eis.partijen.contains(&soort))
    }

    /// What is talked over at a moment, in order.
    pub fn gesprekspunten(&self, moment: Gespreksmoment) -> Vec<(&str, &Gesprekspunt)> {
        let alle = self.inhoud.gesprekspunt.iter().filter(|(_, punt)| punt.moment == moment);
        let mut alle: Vec<_> = alle.map(|(sleutel, punt)| (sleutel.as_str(), punt)).collect();
        alle.sort_by_key(|(_, punt)| punt.volgorde);
        alle
    }

    /// The questions of monitoring in the order in which they are asked.
    pub fn monitorvragen(&self) -> Vec<(&str, &Monitorvraag)> {
        let alle = self.inhoud.monitorvraag.iter().map(|(sleutel, vraag)| (sleutel.as_str(), vraag));
        let mut alle: Vec<_> = alle.collect();
        alle.sort_by_key(|(_, vraag)| vraag.volgorde);
        alle
    }

    /// Parties that can receive in a municipality in this situation.
    pub fn ontvangers(&self, gemeente: &str, fase: Fase) -> Vec<(&OrganisatieId, &Partij)> {
        self.inhoud.partij.iter().filter(|(_, partij)| partij.ontvangt_in(gemeente, fase.taak())).collect()
    }

    /// Whether a clause is the region's own and not the base's; gaps belong to nobody.
    pub fn is_eigen(&self, clausule: &ClausuleId) -> bool {
        let rest = self.eigen_laag().and_then(|laag| clausule.0.strip_prefix(laag.voorvoegsel.as_str()));
        rest.is_some_and(|rest| rest.starts_with('-'))
    }
}
