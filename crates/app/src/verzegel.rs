//! Sealing: content is encrypted per (casus, owner organisation, subject). Destroying the data key destroys the content.
//!
//! Key-encryption key (behind the key port) wraps organisation keys; an organisation key wraps data keys; a data key
//! seals fragments. What is bound to each ciphertext: fragment, casus, organisation, subject and kind.

use crate::{
    bijlagen::Inhoud,
    codec::hex,
    herkenning::Zoekgeheim,
    opslag::{DatasleutelRij, FragmentRij, OrganisatiesleutelRij},
    poorten::{SleutelFout, Sleutelbeheer, Store, StoreFout, Toeval},
};
use aes_gcm_siv::{
    Aes256GcmSiv, Nonce,
    aead::{Aead, KeyInit, Payload},
};
use domain::ids::{BijlageId, CasusId, FragmentId, OrganisatieId, PersoonId};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};
use zeroize::Zeroizing;

const NONCE_BYTES: usize = 12;

/// About whom or what a fragment speaks; each has a data key of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Onderwerp {
    Persoon(PersoonId),
    Huishouden,
    Melder,
    /// One file, so that one can be destroyed and the others stay.
    Bijlage(BijlageId),
}

impl Onderwerp {
    /// As stored.
    pub fn als_tekst(&self) -> String {
        match self {
            Onderwerp::Persoon(id) => format!("persoon:{id}"),
            Onderwerp::Huishouden => "huishouden".to_owned(),
            Onderwerp::Melder => "melder".to_owned(),
            Onderwerp::Bijlage(id) => format!("bijlage:{id}"),
        }
    }

    /// The subject that is stored so.
    pub fn uit_tekst(tekst: &str) -> Option<Self> {
        match tekst {
            "huishouden" => Some(Onderwerp::Huishouden),
            "melder" => Some(Onderwerp::Melder),
            _ => match tekst.split_once(':')? {
                ("persoon", id) => id.parse().ok().map(Onderwerp::Persoon),
                ("bijlage", id) => id.parse().ok().map(Onderwerp::Bijlage),
                _ => None,
            },
        }
    }
}

/// Content before it is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tekst {
    pub eigenaar: OrganisatieId,
    pub onderwerp: Onderwerp,
    /// `melding-inhoud`, `persoon`, `reden`, `onderdeel:inhoud-melding`, …
    pub soort: String,
    pub inhoud: String,
}

/// A file before it is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bestand {
    pub eigenaar: OrganisatieId,
    pub bijlage: BijlageId,
    pub inhoud: Inhoud,
}

/// The kind under which a file is sealed.
const BESTAND: &str = "bestand";

/// Anything before it is sealed.
pub struct Stuk<'a> {
    eigenaar: &'a OrganisatieId,
    onderwerp: Onderwerp,
    soort: &'a str,
    inhoud: &'a [u8],
}

impl<'a> From<&'a Tekst> for Stuk<'a> {
    fn from(tekst: &'a Tekst) -> Self {
        let Tekst { eigenaar, onderwerp, soort, inhoud } = tekst;
        Self { eigenaar, onderwerp: *onderwerp, soort, inhoud: inhoud.as_bytes() }
    }
}

impl<'a> From<&'a Bestand> for Stuk<'a> {
    fn from(bestand: &'a Bestand) -> Self {
        let Bestand { eigenaar, bijlage, inhoud } = bestand;
        Self { eigenaar, onderwerp: Onderwerp::Bijlage(*bijlage), soort: BESTAND, inhoud: inhoud.bytes() }
    }
}

/// Content after it was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Geopend {
    pub id: FragmentId,
    /// Of the sealed bytes, as the event that it belongs to must have it.
    pub sha256: String,
    pub onderwerp: String,
    pub soort: String,
    /// The event that it belongs to.
    pub versie: u64,
    pub inhoud: String,
}

/// Sealing failed; nothing is written then.
#[derive(Debug, thiserror::Error)]
pub enum VerzegelFout {
    #[error(transparent)]
    Sleutel(#[from] SleutelFout),
    #[error(transparent)]
    Store(#[from] StoreFout),
    #[error("een verzegeld stuk is veranderd of de sleutel past niet")]
    NietTeOpenen,
}

type Sleutel = Zeroizing<[u8; 32]>;

/// Seals and opens, with organisation keys kept in memory while the process runs.
pub struct Verzegelaar {
    beheer: Arc<dyn Sleutelbeheer>,
    toeval: Arc<dyn Toeval>,
    organisaties: Mutex<HashMap<OrganisatieId, Arc<Sleutel>>>,
}

impl Verzegelaar {
    pub fn new(beheer: Arc<dyn Sleutelbeheer>, toeval: Arc<dyn Toeval>) -> Self {
        Self { beheer, toeval, organisaties: Mutex::default() }
    }

    /// The key of an organisation; made and stored when it has none.
    async fn organisatiesleutel(&self, store: &dyn Store, org: &OrganisatieId) -> Result<Arc<Sleutel>, VerzegelFout> {
        let bekend = self.organisaties.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get(org).cloned();
        if let Some(sleutel) = bekend {
            return Ok(sleutel);
        }
        let rij = match store.organisatiesleutel(org).await? {
            Some(rij) => rij,
            None => {
                let nieuw = self.nieuwe_sleutel()?;
                let verpakt = self.beheer.verpak(&nieuw, org.0.as_bytes())?;
                let epoch = self.beheer.epoch();
                let rij = OrganisatiesleutelRij { organisatie: org.clone(), epoch, verpakt };
                store.bewaar_organisatiesleutel(rij).await?;
                // Somebody may have been first: what is stored counts.
                store.organisatiesleutel(org).await?.ok_or(VerzegelFout::NietTeOpenen)?
            }
        };
        let sleutel = Arc::new(Zeroizing::new(self.beheer.pak_uit(rij.epoch, &rij.verpakt, org.0.as_bytes())?));
        let mut bekend = self.organisaties.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        bekend.insert(org.clone(), Arc::clone(&sleutel));
        Ok(sleutel)
    }

    fn nieuwe_sleutel(&self) -> Result<Sleutel, SleutelFout> {
        let mut sleutel = Zeroizing::new([0u8; 32]);
        self.toeval.vul(sleutel.as_mut_slice())?;
        Ok(sleutel)
    }

    fn sluit(&self, sleutel: &Sleutel, klaar: &[u8], aad: &[u8]) -> Result<Vec<u8>, VerzegelFout> {
        let mut nonce = [0u8; NONCE_BYTES];
        self.toeval.vul(&mut nonce)?;
        let cijfer = Aes256GcmSiv::new(&(**sleutel).into());
        let gesloten = cijfer.encrypt(&Nonce::from(nonce), Payload { msg: klaar, aad });
        let gesloten = gesloten.map_err(|_| VerzegelFout::NietTeOpenen)?;
        Ok([nonce.as_slice(), &gesloten].concat())
    }

    /// Seals what belongs to one event. The data keys of the casus are reused; new ones are returned with the
    /// fragments.
    ///
    /// # Errors
    /// When a key cannot be had; nothing was written then, except perhaps a new organisation key.
    pub async fn verzegel(
        &self,
        store: &dyn Store,
        casus: CasusId,
        versie: u64,
        bestaand: &[DatasleutelRij],
        stukken: &[(FragmentId, Stuk<'_>)],
    ) -> Result<(Vec<FragmentRij>, Vec<DatasleutelRij>), VerzegelFout> {
        let mut sleutels: HashMap<(OrganisatieId, String), Sleutel> = HashMap::new();
        let mut nieuw = Vec::new();
        let mut fragmenten = Vec::with_capacity(stukken.len());
        for (id, stuk) in stukken {
            let plek = (stuk.eigenaar.clone(), stuk.onderwerp.als_tekst());
            if !sleutels.contains_key(&plek) {
                let (sleutel, rij) = self.datasleutel(store, casus, bestaand, (&plek.0, &plek.1)).await?;
                nieuw.extend(rij);
                sleutels.insert(plek.clone(), sleutel);
            }
            let Some(sleutel) = sleutels.get(&plek) else { continue };
            let aad = fragment_aad(*id, casus, &plek.0, &plek.1, stuk.soort);
            fragmenten.push(FragmentRij {
                id: *id,
                casus,
                eigenaar: plek.0,
                onderwerp: plek.1,
                soort: stuk.soort.to_owned(),
                versie,
                verzegeld: self.sluit(sleutel, stuk.inhoud, &aad)?,
            });
        }
        Ok((fragmenten, nieuw))
    }

    async fn datasleutel(
        &self,
        store: &dyn Store,
        casus: CasusId,
        bestaand: &[DatasleutelRij],
        (eigenaar, onderwerp): (&OrganisatieId, &str),
    ) -> Result<(Sleutel, Option<DatasleutelRij>), VerzegelFout> {
        let org = self.organisatiesleutel(store, eigenaar).await?;
        let aad = sleutel_aad(casus, eigenaar, onderwerp);
        if let Some(rij) = bestaand.iter().find(|rij| rij.eigenaar == *eigenaar && rij.onderwerp == onderwerp) {
            return Ok((open_sleutel(&org, &rij.verpakt, &aad)?, None));
        }
        let sleutel = self.nieuwe_sleutel()?;
        let verpakt = self.sluit(&org, sleutel.as_slice(), &aad)?;
        let rij = DatasleutelRij { casus, eigenaar: eigenaar.clone(), onderwerp: onderwerp.to_owned(), verpakt };
        Ok((sleutel, Some(rij)))
    }

    /// Opens everything that an organisation owns in a casus.
    ///
    /// # Errors
    /// When a key is missing for a fragment that is there, or bytes were altered.
    pub async fn open_alles(
        &self,
        store: &dyn Store,
        casus: CasusId,
        eigenaar: &OrganisatieId,
    ) -> Result<Vec<Geopend>, VerzegelFout> {
        let fragmenten = store.fragmenten(casus, eigenaar).await?;
        if fragmenten.is_empty() {
            return Ok(Vec::new());
        }
        let rijen = store.datasleutels(casus, eigenaar).await?;
        let mut open = Vec::with_capacity(fragmenten.len());
        for fragment in fragmenten {
            let rij = rijen.iter().find(|rij| rij.onderwerp == fragment.onderwerp).ok_or(VerzegelFout::NietTeOpenen)?;
            open.push(self.open(store, &fragment, rij).await?);
        }
        Ok(open)
    }

    /// Opens one text with its wrapped data key.
    ///
    /// # Errors
    /// When the key does not fit or bytes were altered.
    pub async fn open(
        &self,
        store: &dyn Store,
        fragment: &FragmentRij,
        rij: &DatasleutelRij,
    ) -> Result<Geopend, VerzegelFout> {
        let klaar = self.open_bytes(store, fragment, rij).await?;
        Ok(Geopend {
            id: fragment.id,
            sha256: sha256(&fragment.verzegeld),
            onderwerp: fragment.onderwerp.clone(),
            soort: fragment.soort.clone(),
            versie: fragment.versie,
            inhoud: String::from_utf8(klaar).map_err(|_| VerzegelFout::NietTeOpenen)?,
        })
    }

    /// The same for what is no text.
    ///
    /// # Errors
    /// When the key does not fit or bytes were altered.
    pub async fn open_bytes(
        &self,
        store: &dyn Store,
        fragment: &FragmentRij,
        rij: &DatasleutelRij,
    ) -> Result<Vec<u8>, VerzegelFout> {
        let org = self.organisatiesleutel(store, &fragment.eigenaar).await?;
        let sleutel_aad = sleutel_aad(fragment.casus, &fragment.eigenaar, &fragment.onderwerp);
        let sleutel = open_sleutel(&org, &rij.verpakt, &sleutel_aad)?;
        let aad = fragment_aad(fragment.id, fragment.casus, &fragment.eigenaar, &fragment.onderwerp, &fragment.soort);
        ontsluit(&sleutel, &fragment.verzegeld, &aad)
    }

    /// A digest that only somebody with the organisation's key can compute, so that it gives away nothing.
    ///
    /// # Errors
    /// When the organisation key cannot be had.
    pub async fn digest(&self, store: &dyn Store, org: &OrganisatieId, bytes: &[u8]) -> Result<Vec<u8>, VerzegelFout> {
        let sleutel = self.organisatiesleutel(store, org).await?;
        let afgeleid = Sha256::new_with_prefix(b"opdracht").chain_update(sleutel.as_slice()).finalize();
        let mut mac =
            <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&afgeleid).map_err(|_| VerzegelFout::NietTeOpenen)?;
        mac.update(bytes);
        Ok(mac.finalize().into_bytes().to_vec())
    }
}

impl Verzegelaar {
    /// The key under which an organisation's search index is made: derived, so that it cannot open what is sealed.
    ///
    /// # Errors
    /// When the organisation key cannot be had.
    pub async fn zoekgeheim(&self, store: &dyn Store, org: &OrganisatieId) -> Result<Zoekgeheim, VerzegelFout> {
        let sleutel = self.organisatiesleutel(store, org).await?;
        let mut geheim = Zeroizing::new([0u8; 32]);
        let afleiding = Hkdf::<Sha256>::new(None, sleutel.as_slice());
        let gelukt = afleiding.expand(b"zicht zoeksleutel 1", geheim.as_mut_slice());
        gelukt.map_err(|_| VerzegelFout::NietTeOpenen)?;
        Ok(Zoekgeheim(geheim))
    }
}

/// The hash to which an event commits.
pub fn sha256(verzegeld: &[u8]) -> String {
    hex(&Sha256::digest(verzegeld))
}

fn open_sleutel(org: &Sleutel, verpakt: &[u8], aad: &[u8]) -> Result<Sleutel, VerzegelFout> {
    let klaar = Zeroizing::new(ontsluit(org, verpakt, aad)?);
    let bytes: [u8; 32] = klaar.as_slice().try_into().map_err(|_| VerzegelFout::NietTeOpenen)?;
    Ok(Zeroizing::new(bytes))
}

fn ontsluit(sleutel: &Sleutel, verzegeld: &[u8], aad: &[u8]) -> Result<Vec<u8>, VerzegelFout> {
    let (nonce, rest) = verzegeld.split_at_checked(NONCE_BYTES).ok_or(VerzegelFout::NietTeOpenen)?;
    let nonce: [u8; NONCE_BYTES] = nonce.try_into().map_err(|_| VerzegelFout::NietTeOpenen)?;
    let cijfer = Aes256GcmSiv::new(&(**sleutel).into());
    cijfer.decrypt(&Nonce::from(nonce), Payload { msg: rest, aad }).map_err(|_| VerzegelFout::NietTeOpenen)
}

fn sleutel_aad(casus: CasusId, eigenaar: &OrganisatieId, onderwerp: &str) -> Vec<u8> {
    aad(&[b"datasleutel", casus.0.as_bytes(), eigenaar.0.as_bytes(), onderwerp.as_bytes()])
}

fn fragment_aad(id: FragmentId, casus: CasusId, eigenaar: &OrganisatieId, onderwerp: &str, soort: &str) -> Vec<u8> {
    aad(&[
        b"fragment",
        id.0.as_bytes(),
        casus.0.as_bytes(),
        eigenaar.0.as_bytes(),
        onderwerp.as_bytes(),
        soort.as_bytes(),
    ])
}

/// Length before content, so that no two contexts share an encoding.
fn aad(delen: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for deel in delen {
        bytes.extend((deel.len() as u64).to_be_bytes());
        bytes.extend_from_slice(deel);
    }
    bytes
}
