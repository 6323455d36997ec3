//! The binary as a process, and a browser of a few lines.

use std::{
    io::{BufRead, BufReader, Lines, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

/// A running `zicht`; it ends with this value.
pub struct Zicht {
    kind: Child,
    regels: Lines<BufReader<ChildStdout>>,
}

/// What came back: status, head, body.
pub struct Antwoord {
    pub status: u16,
    pub kop: String,
    pub inhoud: String,
}

impl Zicht {
    pub fn start(argumenten: &[&str]) -> Self {
        let mut kind = Command::new(env!("CARGO_BIN_EXE_zicht"))
            .args(argumenten)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let uit = kind.stdout.take().unwrap();
        Self { kind, regels: BufReader::new(uit).lines() }
    }

    /// Lines up to the one that gives the address, and the address.
    pub fn wacht_op_adres(&mut self) -> (Vec<String>, String) {
        let mut gezien = Vec::new();
        for regel in self.regels.by_ref() {
            let regel = regel.unwrap();
            if let Some((_, rest)) = regel.split_once("http://") {
                return (gezien, rest.split_whitespace().next().unwrap().to_owned());
            }
            gezien.push(regel);
        }
        panic!("geen adres: {gezien:?}");
    }
}

impl Drop for Zicht {
    fn drop(&mut self) {
        let _ = self.kind.kill();
        let _ = self.kind.wait();
    }
}

/// Runs to the end: whether it succeeded, and what it said on standard error.
pub fn draai(argumenten: &[&str]) -> (bool, String) {
    let uit = Command::new(env!("CARGO_BIN_EXE_zicht")).args(argumenten).output().unwrap();
    (uit.status.success(), String::from_utf8(uit.stderr).unwrap())
}

/// Runs to the end: whether it succeeded, and what it said on standard output and on standard error.
pub fn draai_alles(argumenten: &[&str]) -> (bool, String, String) {
    let uit = Command::new(env!("CARGO_BIN_EXE_zicht")).args(argumenten).output().unwrap();
    let tekst = |bytes| String::from_utf8(bytes).unwrap();
    (uit.status.success(), tekst(uit.stdout), tekst(uit.stderr))
}

pub fn tekst(pad: &Path) -> &str {
    pad.to_str().unwrap()
}

/// One request on a connection of its own.
pub fn vraag(adres: &str, methode: &str, pad: &str, koekje: &str, formulier: &str) -> Antwoord {
    let mut lijn = TcpStream::connect(adres).unwrap();
    let lengte = formulier.len();
    write!(
        lijn,
        "{methode} {pad} HTTP/1.1\r\nHost: {adres}\r\nConnection: close\r\nCookie: {koekje}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {lengte}\r\n\r\n{formulier}"
    )
    .unwrap();
    let mut alles = String::new();
    lijn.read_to_string(&mut alles).unwrap();
    let (kop, inhoud) = alles.split_once("\r\n\r\n").unwrap();
    let status = kop.split_whitespace().nth(1).unwrap().parse().unwrap();
    Antwoord { status, kop: kop.to_lowercase(), inhoud: inhoud.to_owned() }
}

/// Signs in with a demo account and gives the cookie.
pub fn meld_aan(adres: &str, account: &str) -> String {
    let antwoord = vraag(adres, "POST", "/aanmelden", "", &format!("account={account}"));
    assert_eq!(antwoord.status, 303, "{}", antwoord.inhoud);
    let koekje = antwoord.kop.split("set-cookie: ").nth(1).unwrap();
    koekje.split(';').next().unwrap().to_owned()
}
