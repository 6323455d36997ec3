//! One GET with npm's proxy and certificates, tried a bounded number of times.

use super::npmrc::Npmrc;
use anyhow::{Context, Result, anyhow, bail, ensure};
use std::path::Path;
use std::time::Duration;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Error, Proxy};

const ATTEMPTS_MAX: u32 = 4;
const PAUSE_FIRST_MS: u64 = 500;
const TIMEOUT_S: u64 = 60;
const TARBALL_BYTES_MAX: u64 = 64 * 1024 * 1024;

pub struct Downloader {
    agent: Agent,
    pause_first: Duration,
}

impl Downloader {
    pub fn new(npmrc: &Npmrc) -> Result<Self> {
        let tls = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&roots(npmrc)?)).build();
        let mut config = Agent::config_builder().tls_config(tls).timeout_global(Some(Duration::from_secs(TIMEOUT_S)));
        // Without a setting of npm's, the usual proxy variables of the environment hold.
        if let Some(address) = npmrc.get("https-proxy").or_else(|| npmrc.get("proxy")) {
            config = config.proxy(Some(proxy(address, npmrc.get("noproxy"))?));
        }
        Ok(Self { agent: config.build().new_agent(), pause_first: Duration::from_millis(PAUSE_FIRST_MS) })
    }

    pub fn get(&self, address: &str) -> Result<Vec<u8>> {
        let mut pause = self.pause_first;
        for attempt in 1..=ATTEMPTS_MAX {
            match self.get_once(address) {
                Ok(bytes) => return Ok(bytes),
                Err(fault) if attempt < ATTEMPTS_MAX && may_pass(&fault) => {
                    eprintln!("{address}: {fault}; attempt {attempt} of {ATTEMPTS_MAX}");
                    wait(pause);
                    pause *= 2;
                }
                Err(fault) => return Err(anyhow!(fault).context(format!("{address} (attempt {attempt})"))),
            }
        }
        bail!("{address}: no attempt was made")
    }

    fn get_once(&self, address: &str) -> Result<Vec<u8>, Error> {
        self.agent.get(address).call()?.body_mut().with_config().limit(TARBALL_BYTES_MAX).read_to_vec()
    }
}

/// Whether trying again can help: a refusal by the server is final, a busy server or a broken line is not.
fn may_pass(fault: &Error) -> bool {
    match fault {
        Error::StatusCode(status) => matches!(status, 408 | 425 | 429) || *status >= 500,
        Error::Io(_) | Error::Timeout(_) | Error::HostNotFound | Error::ConnectionFailed | Error::Protocol(_) => true,
        _ => false,
    }
}

/// npm's `cafile` replaces the system's certificates, as it does in npm; a file that is not there counts as not set.
fn roots(npmrc: &Npmrc) -> Result<Vec<Certificate<'static>>> {
    if let Some(file) = npmrc.get("cafile").map(Path::new).filter(|file| file.is_file()) {
        return roots_of_file(file);
    }
    let system = rustls_native_certs::load_native_certs();
    let roots: Vec<_> = system.certs.iter().map(|der| Certificate::from_der(der).to_owned()).collect();
    ensure!(!roots.is_empty(), "this system has no certificates to trust; install ca-certificates");
    Ok(roots)
}

fn roots_of_file(file: &Path) -> Result<Vec<Certificate<'static>>> {
    let pem = std::fs::read(file).with_context(|| format!("cafile {}", file.display()))?;
    let mut roots = Vec::new();
    for item in parse_pem(&pem) {
        if let PemItem::Certificate(root) = item.with_context(|| format!("cafile {}", file.display()))? {
            roots.push(root);
        }
    }
    ensure!(!roots.is_empty(), "cafile {} holds no certificate", file.display());
    Ok(roots)
}

/// The address of a proxy may hold a password, so a fault does not repeat it.
fn proxy(address: &str, exceptions: Option<&str>) -> Result<Proxy> {
    let plain = Proxy::new(address).map_err(|_| anyhow!("npm's proxy setting is not an address"))?;
    let Some(exceptions) = exceptions else { return Ok(plain) };
    let mut builder = Proxy::builder(plain.protocol()).host(plain.host()).port(plain.port());
    if let Some(name) = plain.username() {
        builder = builder.username(name);
    }
    if let Some(password) = plain.password() {
        builder = builder.password(password);
    }
    for expression in exceptions.split(',').map(str::trim).filter(|text| !text.is_empty()) {
        builder = builder.no_proxy(expression);
    }
    builder.build().map_err(|_| anyhow!("npm's noproxy setting is not a list of hosts"))
}

#[expect(clippy::disallowed_methods, reason = "a tool that gives a busy server time; nothing of the product waits so")]
fn wait(pause: Duration) {
    std::thread::sleep(pause);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpListener;

    /// Answers each connection with the next of the given answers, and ends.
    fn serve(answers: Vec<&'static str>) -> (String, std::thread::JoinHandle<usize>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/p/-/p-1.tgz", listener.local_addr().unwrap());
        let thread = std::thread::spawn(move || {
            let count = answers.len();
            for answer in answers {
                let (mut stream, _) = listener.accept().unwrap();
                let _ = stream.read(&mut [0; 4096]).unwrap();
                stream.write_all(answer.as_bytes()).unwrap();
            }
            count
        });
        (address, thread)
    }

    fn impatient() -> Downloader {
        let mut downloader = Downloader::new(&Npmrc::default()).unwrap();
        downloader.agent = Agent::config_builder().proxy(None).build().new_agent();
        downloader.pause_first = Duration::from_millis(1);
        downloader
    }

    const BUSY: &str = "HTTP/1.1 503 Busy\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    const CUT: &str = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\nconnection: close\r\n\r\nfou";
    const GOOD: &str = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\nconnection: close\r\n\r\nfour";
    const GONE: &str = "HTTP/1.1 404 Gone\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

    #[test]
    fn a_busy_server_and_a_broken_line_are_tried_again() {
        let (address, thread) = serve(vec![BUSY, CUT, GOOD]);
        assert_eq!(impatient().get(&address).unwrap(), b"four");
        assert_eq!(thread.join().unwrap(), 3);
    }

    #[test]
    fn a_refusal_is_final() {
        let (address, thread) = serve(vec![GONE]);
        let fault = impatient().get(&address).unwrap_err();
        assert!(format!("{fault:#}").contains("404") && format!("{fault:#}").contains("attempt 1"), "{fault:#}");
        thread.join().unwrap();
    }

    #[test]
    fn the_attempts_are_bounded() {
        let (address, thread) = serve(vec![BUSY; 4]);
        let fault = impatient().get(&address).unwrap_err();
        assert!(format!("{fault:#}").contains("attempt 4"), "{fault:#}");
        thread.join().unwrap();
    }

    #[test]
    fn a_broken_proxy_setting_does_not_repeat_itself() {
        let fault = proxy("http://user:secret@[", None).unwrap_err().to_string();
        assert!(!fault.contains("secret"), "{fault}");
        assert!(proxy("http://user:secret@proxy.example:3128", Some("localhost, .example")).is_ok());
    }
}
