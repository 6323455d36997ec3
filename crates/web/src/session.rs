//! Sessions: the browser holds a random token, the store its hash.

use crate::{DemoAccount, Toestand};
use app::{Actor, AppFout, opslag::SessieRij};
use domain::{ids::MedewerkerId, tijd::Instant};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Without a request for this long a session ends.
pub const STIL_MINUTEN: i64 = 15;
/// After this long a session ends, whatever happens.
pub const DUUR_UREN: i64 = 10;
/// A session is touched in the store at most this often.
const AANRAKEN_SECONDEN: i64 = 60;

const MICROS: i64 = 1_000_000;

/// A signed-in worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ingelogd {
    pub actor: Actor,
    pub naam: String,
    /// What a form must carry to be ours.
    pub csrf: String,
    pub(crate) token: String,
}

/// Signs a demo account in and gives the token for the cookie.
///
/// # Errors
/// No randomness, or the store failed.
pub async fn begin(toestand: &Toestand, account: &DemoAccount) -> Result<String, AppFout> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(|_| AppFout::TeDruk)?;
    let token = app::codec::hex(&bytes);
    let nu = toestand.app.klok().nu();
    let sessie = SessieRij {
        token_hash: hash(&token),
        medewerker: MedewerkerId(account.id.clone()),
        organisatie: account.organisatie.clone(),
        naam: account.naam.clone(),
        begonnen_op: nu,
        laatst_op: nu,
    };
    toestand.app.store().bewaar_sessie(sessie).await?;
    Ok(token)
}

/// The worker behind a token, if the session still runs.
///
/// # Errors
/// The store failed.
pub async fn lees(toestand: &Toestand, token: &str) -> Result<Option<Ingelogd>, AppFout> {
    let token_hash = hash(token);
    let Some(sessie) = toestand.app.store().sessie(&token_hash).await? else { return Ok(None) };
    let nu = toestand.app.klok().nu();
    if verlopen(&sessie, nu) {
        toestand.app.store().verwijder_sessie(&token_hash).await?;
        return Ok(None);
    }
    if nu.0 - sessie.laatst_op.0 > AANRAKEN_SECONDEN * MICROS {
        toestand.app.store().raak_sessie_aan(&token_hash, nu).await?;
    }
    Ok(Some(Ingelogd {
        actor: Actor { medewerker: sessie.medewerker, organisatie: sessie.organisatie },
        naam: sessie.naam,
        csrf: csrf(token),
        token: token.to_owned(),
    }))
}

/// Ends a session.
///
/// # Errors
/// The store failed.
pub async fn eindig(toestand: &Toestand, token: &str) -> Result<(), AppFout> {
    Ok(toestand.app.store().verwijder_sessie(&hash(token)).await?)
}

fn verlopen(sessie: &SessieRij, nu: Instant) -> bool {
    nu.0 - sessie.laatst_op.0 > STIL_MINUTEN * 60 * MICROS || nu.0 - sessie.begonnen_op.0 > DUUR_UREN * 3600 * MICROS
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Bound to the session, so that it needs no storage; it does not give the token away.
fn csrf(token: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(token.as_bytes()) else { return String::new() };
    mac.update(b"csrf");
    app::codec::hex(&mac.finalize().into_bytes())
}

/// Compares without telling by time where two tokens differ.
pub fn csrf_klopt(ingelogd: &Ingelogd, gegeven: &str) -> bool {
    !ingelogd.csrf.is_empty() && bool::from(ingelogd.csrf.as_bytes().ct_eq(gegeven.as_bytes()))
}
