//! HTTP by hand: shows headers as they are, and sends what a browser would refuse to send.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

/// Longer than any answer takes; a server that hangs fails the test.
const WACHT_SECONDEN: u64 = 20;

/// A request in the making.
pub struct Verzoek {
    methode: String,
    url: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// An answer, with header names in lower case.
#[derive(Debug)]
pub struct Antwoord {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Verzoek {
    #[must_use]
    pub fn new(methode: &str, url: &str) -> Self {
        Self { methode: methode.into(), url: url.into(), headers: Vec::new(), body: Vec::new() }
    }

    #[must_use]
    pub fn header(mut self, naam: &str, waarde: &str) -> Self {
        self.headers.push((naam.into(), waarde.into()));
        self
    }

    #[must_use]
    pub fn json(self, waarde: &Value) -> Self {
        self.tekst("application/json", &waarde.to_string())
    }

    #[must_use]
    pub fn formulier(self, paren: &[(&str, &str)]) -> Self {
        let paren: Vec<_> = paren.iter().map(|(naam, waarde)| format!("{naam}={}", codeer(waarde))).collect();
        self.tekst("application/x-www-form-urlencoded", &paren.join("&"))
    }

    #[must_use]
    pub fn tekst(mut self, soort: &str, tekst: &str) -> Self {
        self.body = tekst.as_bytes().to_vec();
        self.header("content-type", soort)
    }

    /// Sends it; redirects are shown, not followed.
    ///
    /// # Errors
    /// No connection, or no HTTP came back.
    pub fn stuur(self) -> Result<Antwoord> {
        let zonder = self.url.strip_prefix("http://").context("alleen http")?;
        let (plek, pad) = zonder.split_once('/').unwrap_or((zonder, ""));
        let mut stroom = TcpStream::connect(plek).with_context(|| plek.to_owned())?;
        stroom.set_read_timeout(Some(Duration::from_secs(WACHT_SECONDEN)))?;
        let mut kop = format!("{} /{pad} HTTP/1.1\r\nhost: {plek}\r\nconnection: close\r\n", self.methode);
        for (naam, waarde) in &self.headers {
            kop.push_str(&format!("{naam}: {waarde}\r\n"));
        }
        kop.push_str(&format!("content-length: {}\r\n\r\n", self.body.len()));
        stroom.write_all(kop.as_bytes())?;
        stroom.write_all(&self.body)?;
        lees(&mut stroom)
    }
}

fn lees(stroom: &mut TcpStream) -> Result<Antwoord> {
    let mut bytes = Vec::new();
    let mut deel = [0_u8; 16 * 1024];
    loop {
        let aantal = stroom.read(&mut deel)?;
        bytes.extend(deel.get(..aantal).unwrap_or_default());
        let antwoord = ontleed(&bytes)?;
        match antwoord {
            Some((antwoord, lengte)) if aantal == 0 || lengte.is_some_and(|lengte| antwoord.body.len() >= lengte) => {
                return Ok(antwoord);
            }
            None if aantal == 0 => bail!("de verbinding brak af"),
            _ => {}
        }
    }
}

/// The answer as far as it is there, with the length that it says it has.
fn ontleed(bytes: &[u8]) -> Result<Option<(Antwoord, Option<usize>)>> {
    let tekst = String::from_utf8_lossy(bytes);
    let Some((kop, body)) = tekst.split_once("\r\n\r\n") else { return Ok(None) };
    let mut regels = kop.lines();
    let status = regels.next().and_then(|regel| regel.split(' ').nth(1)).context("geen statusregel")?.parse()?;
    let headers: Vec<_> = regels
        .filter_map(|regel| regel.split_once(':'))
        .map(|(naam, waarde)| (naam.trim().to_lowercase(), waarde.trim().to_owned()))
        .collect();
    let antwoord = Antwoord { status, headers, body: body.to_owned() };
    if antwoord.header("transfer-encoding").is_some() {
        bail!("een antwoord in stukken wordt hier niet gelezen");
    }
    let lengte = antwoord.header("content-length").map(str::parse).transpose()?;
    Ok(Some((antwoord, lengte)))
}

impl Antwoord {
    #[must_use]
    pub fn header(&self, naam: &str) -> Option<&str> {
        self.headers.iter().find(|(bekend, _)| bekend == naam).map(|(_, waarde)| waarde.as_str())
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// It is not.
    pub fn json(&self) -> Result<Value> {
        serde_json::from_str(&self.body).with_context(|| self.body.clone())
    }

    /// The value of the first input with this name.
    #[must_use]
    pub fn invoer(&self, naam: &str) -> Option<&str> {
        let (_, na) = self.body.split_once(&format!("name=\"{naam}\" value=\""))?;
        na.split('"').next()
    }
}

fn codeer(tekst: &str) -> String {
    let veilig = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    tekst
        .bytes()
        .map(|byte| if veilig(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn een_antwoord_wordt_gelezen_ook_als_het_in_delen_komt() {
        assert!(ontleed(b"HTTP/1.1 200 OK\r\nContent-Le").unwrap().is_none());
        let heel = b"HTTP/1.1 409 Conflict\r\nContent-Length: 3\r\nX-A: b\r\n\r\nabc";
        let (antwoord, lengte) = ontleed(heel).unwrap().unwrap();
        assert_eq!((antwoord.status, antwoord.body.as_str(), lengte), (409, "abc", Some(3)));
        assert_eq!(antwoord.header("x-a"), Some("b"));
    }

    #[test]
    fn een_formulier_gaat_zoals_een_browser_het_stuurt() {
        assert_eq!(codeer("Zoë & co"), "Zo%C3%AB%20%26%20co");
    }
}
