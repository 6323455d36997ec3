//! What was put in place, and for which pins: the second run reads this instead of the network.

use super::{BROWSER_TEST_FOLDER, Files, PRODUCT_FOLDER};
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Outside the embedded folder, since everything in there is served.
const STAMP_FILE: &str = "target/xtask-assets.json";

#[derive(Serialize, Deserialize)]
pub struct Stamp {
    pins: String,
    /// SHA-256 by path, so that a damaged file is fetched again.
    files: BTreeMap<PathBuf, String>,
}

/// Changes whenever the table or the lock does.
pub fn pins(package_json: &str, package_lock: &str) -> String {
    digest(format!("{}\n{package_json}\n{package_lock}", package_json.len()).as_bytes())
}

impl Stamp {
    pub fn of(pins: &str, files: &Files) -> Self {
        let files = files.iter().map(|(path, content)| (path.clone(), digest(content))).collect();
        Self { pins: pins.to_owned(), files }
    }

    /// A stamp that cannot be read counts as none: the cure is the same.
    pub fn load(root: &Path) -> Option<Self> {
        let text = std::fs::read_to_string(root.join(STAMP_FILE)).ok()?;
        serde_json::from_str(&text).ok()
    }

    pub fn save(&self, root: &Path) -> Result<()> {
        let path = root.join(STAMP_FILE);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&path, serde_json::to_string_pretty(self)?).context(STAMP_FILE)
    }

    /// Whether the folders hold exactly these files, with exactly this content.
    pub fn holds(&self, root: &Path, pins: &str) -> bool {
        let mut present = Vec::new();
        for folder in [PRODUCT_FOLDER, BROWSER_TEST_FOLDER] {
            present.extend(files_below(root, Path::new(folder)).unwrap_or_default());
        }
        self.pins == pins
            && present.len() == self.files.len()
            && self.files.iter().all(|(path, hash)| digest_of(&root.join(path)).as_deref() == Some(hash))
    }
}

/// All files below a folder, as paths from the root; a folder that does not exist has none.
pub fn files_below(root: &Path, folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let Ok(entries) = std::fs::read_dir(root.join(folder)) else {
        return Ok(files);
    };
    for entry in entries {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            files.extend(files_below(root, &path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

fn digest_of(path: &Path) -> Option<String> {
    std::fs::read(path).ok().map(|content| digest(&content))
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
