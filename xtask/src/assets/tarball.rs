//! A package as it arrives: bytes, their integrity, and the few files in it that we want.

use anyhow::{Context, Result, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use sha2::{Digest, Sha512};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// What a tarball may grow to when unpacked; the largest that we use has some five million bytes.
const UNPACKED_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Compares the bytes with the lock's `integrity`; older algorithms in it count for nothing.
pub fn check(package: &str, bytes: &[u8], integrity: &str) -> Result<()> {
    let found = format!("sha512-{}", STANDARD.encode(Sha512::digest(bytes)));
    let mut expected = integrity.split_whitespace().filter(|text| text.starts_with("sha512-")).peekable();
    if expected.peek().is_none() {
        bail!("{package}: package-lock.json has no sha512 in its integrity `{integrity}`");
    }
    // An integrity may carry options after a question mark, which say nothing about the content.
    if expected.any(|text| text.split('?').next() == Some(found.as_str())) {
        return Ok(());
    }
    bail!("{package}: the tarball is not what package-lock.json pins: expected {integrity}, found {found}")
}

/// The wanted files of a tarball, by their path in the package.
pub fn unpack(package: &str, bytes: &[u8], files: &[String]) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut archive = tar::Archive::new(GzDecoder::new(bytes).take(UNPACKED_BYTES_MAX));
    for entry in archive.entries().with_context(|| format!("{package}: not a tarball"))? {
        let mut entry = entry.with_context(|| format!("{package}: broken tarball"))?;
        let path = inner_path(&entry.path().with_context(|| format!("{package}: broken path"))?);
        if entry.header().entry_type().is_file() && files.contains(&path) {
            let mut content = Vec::new();
            entry.read_to_end(&mut content).with_context(|| format!("{package}: {path}"))?;
            found.insert(path, content);
        }
    }
    for file in files {
        ensure!(found.contains_key(file), "{package}: the package has no file `{file}`");
    }
    Ok(found)
}

/// Every package is packed in one folder, mostly but not always called `package`.
fn inner_path(path: &Path) -> String {
    let parts: Vec<_> = path.components().skip(1).map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;

    pub fn pack(files: &[(&str, &str)]) -> Vec<u8> {
        let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        for (path, content) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(content.len() as u64);
            header.set_mode(0o644);
            builder.append_data(&mut header, path, content.as_bytes()).unwrap();
        }
        builder.into_inner().unwrap().finish().unwrap()
    }

    pub fn integrity(bytes: &[u8]) -> String {
        format!("sha512-{}", STANDARD.encode(Sha512::digest(bytes)))
    }

    #[test]
    fn only_the_listed_files_come_out() {
        let bytes = pack(&[("package/dist/a.js", "a"), ("package/b.js", "b")]);
        let files = unpack("p", &bytes, &["dist/a.js".to_owned()]).unwrap();
        assert_eq!(files, BTreeMap::from([("dist/a.js".to_owned(), b"a".to_vec())]));
    }

    #[test]
    fn a_listed_file_that_is_not_there_is_an_error() {
        let fault = unpack("p", &pack(&[("package/b.js", "b")]), &["a.js".to_owned()]).unwrap_err();
        assert_eq!(fault.to_string(), "p: the package has no file `a.js`");
    }

    #[test]
    fn one_changed_byte_is_told_with_package_expected_and_found() {
        let bytes = pack(&[("package/a.js", "a")]);
        let pinned = integrity(&bytes);
        check("p", &bytes, &pinned).unwrap();
        check("p", &bytes, &format!("sha1-AAAA {pinned}?opt")).unwrap();
        let mut other = bytes.clone();
        *other.last_mut().unwrap() ^= 1;
        let fault = check("p", &other, &pinned).unwrap_err().to_string();
        assert!(fault.starts_with("p: ") && fault.contains(&pinned) && fault.contains(&integrity(&other)), "{fault}");
    }

    #[test]
    fn an_integrity_without_sha512_is_refused() {
        assert!(check("p", b"", "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=").is_err());
        assert!(check("p", b"", "").is_err());
    }

    #[test]
    fn a_truncated_tarball_is_an_error() {
        let bytes = pack(&[("package/a.js", "some content")]);
        assert!(unpack("p", bytes.get(..20).unwrap(), &["a.js".to_owned()]).is_err());
    }
}
