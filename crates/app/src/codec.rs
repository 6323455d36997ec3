//! Between recorded events and stored rows: bytes, schema number, hash chain.

use crate::opslag::{EventRij, TOEGANG_KETEN_OUD, TOEGANG_KETENS, ToegangRegel, ToegangRij};
use domain::{
    gebeurtenis::{Gebeurtenis, Vastlegging},
    ids::{CasusId, CommandId, FragmentId, OrganisatieId},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The shape of the body that this release writes.
pub const SCHEMA: u32 = 1;

/// A sealed piece that belongs to an event: the event commits to the hash of its ciphertext.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FragmentVerwijzing {
    pub id: FragmentId,
    /// Hex of SHA-256 over the sealed bytes.
    pub sha256: String,
}

/// The events of one kind of stream. All kinds share one table; the kind stands before the name of each event.
pub trait Gebeurd: Serialize + DeserializeOwned + Clone + Send + Sync {
    /// Empty for a casus.
    const STROOM: &'static str;
}

impl Gebeurd for Gebeurtenis {
    const STROOM: &'static str = "";
}

impl Gebeurd for domain::meldcode::Gebeurtenis {
    const STROOM: &'static str = "meldcode";
}

impl Gebeurd for domain::adviezen::Gebeurtenis {
    const STROOM: &'static str = "advies";
}

impl Gebeurd for domain::samenwerking::Gebeurtenis {
    const STROOM: &'static str = "samenwerking";
}

impl Gebeurd for domain::verzoeken::Gebeurtenis {
    const STROOM: &'static str = "verzoek";
}

impl Gebeurd for domain::verwijsindex::Gebeurtenis {
    const STROOM: &'static str = "signaal";
}

impl Gebeurd for domain::wacht::Gebeurtenis {
    const STROOM: &'static str = "wacht";
}

impl Gebeurd for domain::bijeenkomsten::Gebeurtenis {
    const STROOM: &'static str = "bijeenkomst";
}

/// Of which kind a stream is, by its first event.
pub fn stroomsoort(rijen: &[EventRij]) -> &str {
    rijen.first().map_or("", |rij| soort_en_naam(rij).0)
}

fn soort_en_naam(rij: &EventRij) -> (&str, &str) {
    rij.soort.split_once('/').unwrap_or(("", &rij.soort))
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "G: Gebeurd")]
struct Body<G> {
    gebeurtenis: G,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    fragmenten: Vec<FragmentVerwijzing>,
}

/// A stored row cannot be read: an unknown event of a newer release, or altered bytes. Only that casus fails.
#[derive(Debug, thiserror::Error)]
pub enum CodecFout {
    #[error("event {versie} heeft vorm {schema}; deze versie van Zicht leest tot en met {SCHEMA}")]
    NieuwereVorm { versie: u64, schema: u32 },
    #[error("event {versie} kan niet worden gelezen")]
    Onleesbaar { versie: u64 },
    #[error("een verzegeld stuk hoort niet bij event {versie}")]
    FragmentVreemd { versie: u64 },
    #[error("event {versie} hoort bij een ander soort stroom")]
    AndereStroom { versie: u64 },
    #[error("de keten is gebroken bij event {versie}")]
    KetenGebroken { versie: u64 },
}

/// The row for an event, chained to `prev_hash`.
pub fn naar_rij<G: Gebeurd>(
    casus: CasusId,
    vastlegging: &Vastlegging<G>,
    command_id: CommandId,
    fragmenten: Vec<FragmentVerwijzing>,
    prev_hash: &[u8],
) -> EventRij {
    let body = Body { gebeurtenis: vastlegging.gebeurtenis.clone(), fragmenten };
    let waarde = serde_json::to_value(&body.gebeurtenis).unwrap_or_default();
    let naam = waarde.get("soort").and_then(|soort| soort.as_str()).unwrap_or_default();
    let soort = if G::STROOM.is_empty() { naam.to_owned() } else { format!("{}/{naam}", G::STROOM) };
    let mut rij = EventRij {
        casus,
        versie: vastlegging.versie,
        soort,
        schema: SCHEMA,
        gebeurd_op: vastlegging.gebeurd_op,
        vastgelegd_op: vastlegging.vastgelegd_op,
        medewerker: vastlegging.medewerker.clone(),
        organisatie: vastlegging.organisatie.clone(),
        command_id,
        bundel: vastlegging.bundel.clone(),
        prev_hash: prev_hash.to_vec(),
        hash: Vec::new(),
        // Plain data with text keys always serializes.
        body: serde_json::to_vec(&body).unwrap_or_default(),
    };
    rij.hash = event_hash(&rij);
    rij
}

/// The recorded event of a row.
///
/// # Errors
/// [`CodecFout`] when the row is of a newer release or was altered.
pub fn uit_rij<G: Gebeurd>(rij: &EventRij) -> Result<Vastlegging<G>, CodecFout> {
    if rij.schema > SCHEMA {
        return Err(CodecFout::NieuwereVorm { versie: rij.versie, schema: rij.schema });
    }
    if soort_en_naam(rij).0 != G::STROOM {
        return Err(CodecFout::AndereStroom { versie: rij.versie });
    }
    let body: Body<G> = serde_json::from_slice(&rij.body).map_err(|_| CodecFout::Onleesbaar { versie: rij.versie })?;
    Ok(Vastlegging {
        versie: rij.versie,
        gebeurd_op: rij.gebeurd_op,
        vastgelegd_op: rij.vastgelegd_op,
        medewerker: rij.medewerker.clone(),
        organisatie: rij.organisatie.clone(),
        bundel: rij.bundel.clone(),
        gebeurtenis: body.gebeurtenis,
    })
}

/// The part of a body that is alike in all kinds.
#[derive(Deserialize)]
struct Verwijzingen {
    #[serde(default)]
    fragmenten: Vec<FragmentVerwijzing>,
}

/// Refuses content that its event does not commit to: altered, or put with another event.
///
/// # Errors
/// [`CodecFout::FragmentVreemd`] for the first such piece.
pub fn past_bij_events(rijen: &[EventRij], stukken: &[crate::verzegel::Geopend]) -> Result<(), CodecFout> {
    stukken.iter().try_for_each(|stuk| past_bij_event(rijen, stuk.versie, stuk.id, &stuk.sha256))
}

/// The same for one piece, by its id and the hash of its sealed bytes.
///
/// # Errors
/// [`CodecFout::FragmentVreemd`].
pub fn past_bij_event(rijen: &[EventRij], versie: u64, id: FragmentId, sha256: &str) -> Result<(), CodecFout> {
    let rij = rijen.iter().find(|rij| rij.versie == versie);
    let body: Option<Verwijzingen> = rij.and_then(|rij| serde_json::from_slice(&rij.body).ok());
    let past = |verwijzing: &FragmentVerwijzing| verwijzing.id == id && verwijzing.sha256 == sha256;
    if body.is_some_and(|body| body.fragmenten.iter().any(past)) {
        return Ok(());
    }
    Err(CodecFout::FragmentVreemd { versie })
}

/// A whole casus, with its chain checked.
///
/// # Errors
/// The first row that cannot be read or does not fit the chain.
pub fn stroom(rijen: &[EventRij]) -> Result<Vec<Vastlegging>, CodecFout> {
    stroom_van(rijen)
}

/// The same for any kind of stream.
///
/// # Errors
/// The first row that cannot be read, is of another kind, or does not fit the chain.
pub fn stroom_van<G: Gebeurd>(rijen: &[EventRij]) -> Result<Vec<Vastlegging<G>>, CodecFout> {
    let mut vorige: &[u8] = &[];
    let mut stroom = Vec::with_capacity(rijen.len());
    for rij in rijen {
        if rij.prev_hash != vorige || event_hash(rij) != rij.hash {
            return Err(CodecFout::KetenGebroken { versie: rij.versie });
        }
        vorige = &rij.hash;
        stroom.push(uit_rij(rij)?);
    }
    Ok(stroom)
}

/// SHA-256 over every column of a row in a fixed order, each with its length, so that no two rows share an encoding.
pub fn event_hash(rij: &EventRij) -> Vec<u8> {
    let mut som = Sha256::new();
    for deel in [
        rij.prev_hash.as_slice(),
        rij.casus.0.as_bytes(),
        &rij.versie.to_be_bytes(),
        rij.soort.as_bytes(),
        &rij.schema.to_be_bytes(),
        &rij.gebeurd_op.0.to_be_bytes(),
        &rij.vastgelegd_op.0.to_be_bytes(),
        rij.medewerker.0.as_bytes(),
        rij.organisatie.0.as_bytes(),
        rij.command_id.0.as_bytes(),
        rij.bundel.0.as_bytes(),
        &rij.body,
    ] {
        voeg_toe(&mut som, deel);
    }
    som.finalize().to_vec()
}

/// To which chain of the access log of its organisation a line is added. The lines about a casus stand in one chain, and
/// so do those of one worker that are about no casus; it follows from what the line says and gives away nothing more.
pub fn toegang_keten(regel: &ToegangRegel) -> u8 {
    let gespreid = match regel.casus {
        // Made by a hash, so its last byte is as even as any.
        Some(casus) => casus.0.as_bytes().last().copied(),
        None => Sha256::digest(regel.medewerker.0.as_bytes()).last().copied(),
    };
    gespreid.unwrap_or_default() % TOEGANG_KETENS
}

/// A line of the access log, bound to the line before it and to its chain: a line that is put in another chain does not
/// fit there. The chain from before there were several has no number in it.
pub fn toegang_hash(keten: u8, prev_hash: &[u8], versie: u64, regel: &ToegangRegel) -> Vec<u8> {
    let mut som = Sha256::new();
    let casus = regel.casus.map(|casus| casus.0.into_bytes());
    // One byte, where the old shape begins with a hash or with nothing.
    if keten != TOEGANG_KETEN_OUD {
        voeg_toe(&mut som, &[keten]);
    }
    for deel in [
        prev_hash,
        &versie.to_be_bytes(),
        &regel.op.0.to_be_bytes(),
        regel.medewerker.0.as_bytes(),
        regel.organisatie.0.as_bytes(),
        casus.as_ref().map_or(&[], |bytes| bytes.as_slice()),
        regel.handeling.as_bytes(),
        regel.uitkomst.as_bytes(),
    ] {
        voeg_toe(&mut som, deel);
    }
    som.finalize().to_vec()
}

/// Where chains of the access log end: per organisation and chain the last number and its hash.
pub type Koppen = BTreeMap<(OrganisatieId, u8), (u64, Vec<u8>)>;

/// Links lines to the ends of their chains, in the order in which they are given. A chain that has no end begins here.
pub fn rijg_toegang<'a>(regels: impl IntoIterator<Item = &'a ToegangRegel>, mut koppen: Koppen) -> Vec<ToegangRij> {
    let gerijgd = regels.into_iter().map(|regel| {
        let keten = toegang_keten(regel);
        let (hoogste, kop) = koppen.entry((regel.organisatie.clone(), keten)).or_default();
        *hoogste += 1;
        let hash = toegang_hash(keten, kop, *hoogste, regel);
        let prev_hash = std::mem::replace(kop, hash.clone());
        ToegangRij { regel: regel.clone(), keten, versie: *hoogste, prev_hash, hash }
    });
    gerijgd.collect()
}

fn voeg_toe(som: &mut Sha256, deel: &[u8]) {
    som.update((deel.len() as u64).to_be_bytes());
    som.update(deel);
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    let cijfer = |vier: u8| char::from_digit(u32::from(vier), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [cijfer(byte >> 4), cijfer(byte & 0xf)]).collect()
}
