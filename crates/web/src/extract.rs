//! What a handler takes from a request: who is signed in, and a form that is ours.

use crate::{
    Toestand,
    pages::veld::Waarden,
    problem::{Problem, WebFout},
    session::{self, Ingelogd},
};
use app::{
    bijlagen::{BIJLAGE_BYTES_MAX, BIJLAGEN_MAX},
    wens::BestandWens,
};
use axum::{
    extract::{
        FromRequest, FromRequestParts, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use percent_encoding::percent_decode_str;

/// Largest form in bytes.
pub const FORMULIER_BYTES_MAX: usize = 512 * 1024;
/// Largest form in bytes of somebody without an account.
pub const BURGERFORMULIER_BYTES_MAX: usize = 96 * 1024;
/// Largest form with files in bytes: as many as go along at once, and what is said about them.
pub const BESTANDSFORMULIER_BYTES_MAX: usize = BIJLAGEN_MAX * BIJLAGE_BYTES_MAX + FORMULIER_BYTES_MAX;
/// Name of the session cookie.
pub const COOKIE: &str = "zicht_sessie";

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, naam: &str) -> Option<String> {
    let regels = headers.get_all(header::COOKIE).iter().filter_map(|waarde| waarde.to_str().ok());
    regels
        .flat_map(|regel| regel.split(';'))
        .filter_map(|paar| paar.trim().split_once('='))
        .find(|(sleutel, _)| *sleutel == naam)
        .map(|(_, waarde)| waarde.to_owned())
}

impl FromRequestParts<Toestand> for Ingelogd {
    type Rejection = WebFout;

    async fn from_request_parts(parts: &mut Parts, toestand: &Toestand) -> Result<Self, Self::Rejection> {
        let Some(token) = cookie(&parts.headers, COOKIE) else { return Err(WebFout::NietAangemeld) };
        session::lees(toestand, &token).await?.ok_or(WebFout::NietAangemeld)
    }
}

/// A worker who uses the JSON interface with a bearer token.
pub struct MetToken(pub Ingelogd);

impl FromRequestParts<Toestand> for MetToken {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, toestand: &Toestand) -> Result<Self, Self::Rejection> {
        let waarde = parts.headers.get(header::AUTHORIZATION).and_then(|waarde| waarde.to_str().ok());
        let Some(token) = waarde.and_then(|waarde| waarde.strip_prefix("Bearer ")) else {
            return Err(Problem::niet_aangemeld());
        };
        let sessie = session::lees(toestand, token.trim()).await.map_err(Problem::from)?;
        sessie.map(MetToken).ok_or_else(Problem::niet_aangemeld)
    }
}

/// The pairs of a form that was sent by one of our own pages, for this session.
pub struct Formulier {
    pub ingelogd: Ingelogd,
    pub waarden: Waarden,
}

impl FromRequest<Toestand> for Formulier {
    type Rejection = WebFout;

    async fn from_request(request: Request, toestand: &Toestand) -> Result<Self, Self::Rejection> {
        let (mut parts, body) = request.into_parts();
        let ingelogd = Ingelogd::from_request_parts(&mut parts, toestand).await?;
        eigen_herkomst(&parts.headers)?;
        let bytes = axum::body::to_bytes(body, FORMULIER_BYTES_MAX).await.map_err(|_| WebFout::TeGroot)?;
        let waarden = Waarden::new(paren(&bytes));
        if !session::csrf_klopt(&ingelogd, waarden.een("csrf").unwrap_or_default()) {
            return Err(WebFout::Verlopen);
        }
        Ok(Self { ingelogd, waarden })
    }
}

/// The pairs and the files of a form that was sent by one of our own pages, for this session.
#[derive(Default)]
pub struct Bestandsformulier {
    pub waarden: Waarden,
    /// In the order in which they came. Of one that is too large only so much that this can be seen.
    pub bestanden: Vec<BestandWens>,
    /// All together was more than one form may be; what came before is there.
    pub te_groot: bool,
}

impl Bestandsformulier {
    /// Reads a form, after it was looked at whether this worker may send it at all: until then not a byte is kept.
    ///
    /// # Errors
    /// [`WebFout::Verlopen`] when it is not a form of this session, [`WebFout::TeGroot`] when not even that could be seen,
    /// [`WebFout::Ongeldig`] when it cannot be read.
    pub async fn lees(request: Request, wie: &Ingelogd) -> Result<Self, WebFout> {
        eigen_herkomst(request.headers())?;
        let mut multipart = Multipart::from_request(request, &()).await.map_err(|_| WebFout::Ongeldig)?;
        let (mut gelezen, mut paren) = (Self::default(), Vec::new());
        loop {
            let deel = match multipart.next_field().await {
                Ok(Some(deel)) => deel,
                Ok(None) => break,
                Err(fout) => {
                    gelezen.te_groot = is_te_groot(&fout)?;
                    break;
                }
            };
            let naam = deel.name().unwrap_or_default().to_owned();
            let bestandsnaam = deel.file_name().map(str::to_owned);
            // The fields that make it ours come first.
            if bestandsnaam.is_some() && !is_van_ons(&paren, wie) {
                return Err(WebFout::Verlopen);
            }
            let grens = match &bestandsnaam {
                Some(_) if gelezen.bestanden.len() > BIJLAGEN_MAX => 0,
                Some(_) => BIJLAGE_BYTES_MAX + 1,
                None => FORMULIER_BYTES_MAX,
            };
            let (bytes, heel) = lees_deel(deel, grens).await?;
            match bestandsnaam {
                // A browser sends a nameless file where none was chosen.
                Some(bestandsnaam) if bestandsnaam.is_empty() && bytes.is_empty() => {}
                Some(naam) => gelezen.bestanden.push(BestandWens { naam, inhoud: bytes.into() }),
                None => paren.push((naam, String::from_utf8_lossy(&bytes).into_owned())),
            }
            if !heel {
                gelezen.te_groot = true;
                break;
            }
        }
        if !is_van_ons(&paren, wie) {
            // Refused before the first field could be read.
            return Err(if gelezen.te_groot { WebFout::TeGroot } else { WebFout::Verlopen });
        }
        gelezen.waarden = Waarden::new(paren);
        Ok(gelezen)
    }
}

fn is_van_ons(paren: &[(String, String)], wie: &Ingelogd) -> bool {
    let csrf = paren.iter().find(|(naam, _)| naam == "csrf");
    csrf.is_some_and(|(_, csrf)| session::csrf_klopt(wie, csrf))
}

/// A part up to a limit, and whether it could be read to its end; what is over the limit is read and dropped.
async fn lees_deel(mut deel: Field<'_>, bytes_max: usize) -> Result<(Vec<u8>, bool), WebFout> {
    let mut bytes = Vec::new();
    loop {
        match deel.chunk().await {
            Ok(Some(stuk)) => {
                let ruimte = bytes_max - bytes.len();
                bytes.extend_from_slice(stuk.get(..ruimte).unwrap_or(stuk.as_ref()));
            }
            Ok(None) => return Ok((bytes, true)),
            Err(fout) => return is_te_groot(&fout).map(|_| (bytes, false)),
        }
    }
}

/// The body is over the limit of its address; anything else is a form that cannot be read.
fn is_te_groot(fout: &MultipartError) -> Result<bool, WebFout> {
    if fout.status() == StatusCode::PAYLOAD_TOO_LARGE { Ok(true) } else { Err(WebFout::Ongeldig) }
}

/// A form before somebody is signed in: no session to bind it to, so only its origin is checked.
pub struct OpenFormulier(pub Waarden);

/// The form of somebody without an account, who may send less at once.
pub struct BurgerFormulier(pub Waarden);

impl FromRequest<Toestand> for BurgerFormulier {
    type Rejection = WebFout;

    async fn from_request(request: Request, _toestand: &Toestand) -> Result<Self, Self::Rejection> {
        open_formulier(request, BURGERFORMULIER_BYTES_MAX).await.map(Self)
    }
}

impl FromRequest<Toestand> for OpenFormulier {
    type Rejection = WebFout;

    async fn from_request(request: Request, _toestand: &Toestand) -> Result<Self, Self::Rejection> {
        open_formulier(request, FORMULIER_BYTES_MAX).await.map(Self)
    }
}

async fn open_formulier(request: Request, bytes_max: usize) -> Result<Waarden, WebFout> {
    let (parts, body) = request.into_parts();
    eigen_herkomst(&parts.headers)?;
    let bytes = axum::body::to_bytes(body, bytes_max).await.map_err(|_| WebFout::TeGroot)?;
    Ok(Waarden::new(paren(&bytes)))
}

/// Browsers say where a request comes from; another site's form is refused.
fn eigen_herkomst(headers: &HeaderMap) -> Result<(), WebFout> {
    let herkomst = headers.get("sec-fetch-site").and_then(|waarde| waarde.to_str().ok());
    match herkomst {
        None | Some("same-origin" | "none") => Ok(()),
        Some(_) => Err(WebFout::Verlopen),
    }
}

/// The pairs of an `application/x-www-form-urlencoded` text, in order.
pub fn paren(bytes: &[u8]) -> Vec<(String, String)> {
    let tekst = String::from_utf8_lossy(bytes);
    let lees = |deel: &str| percent_decode_str(&deel.replace('+', " ")).decode_utf8_lossy().into_owned();
    tekst
        .split('&')
        .filter(|paar| !paar.is_empty())
        .map(|paar| {
            let (naam, waarde) = paar.split_once('=').unwrap_or((paar, ""));
            (lees(naam), lees(waarde))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn een_formulier_wordt_gelezen_zoals_een_browser_het_stuurt() {
        assert_eq!(
            paren(b"naam=Zo%C3%AB+Verzinsel&leeg=&kaal"),
            [("naam".into(), "Zoë Verzinsel".into()), ("leeg".into(), String::new()), ("kaal".into(), String::new())]
        );
    }

    #[test]
    fn het_juiste_koekje_wordt_gevonden() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a=1; zicht_sessie=abc; b=2".parse().unwrap());
        assert_eq!(cookie(&headers, COOKIE).as_deref(), Some("abc"));
        assert_eq!(cookie(&headers, "sessie"), None);
    }
}
