//! Secrets that are recognised wherever they turn up, in whatever spelling.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// From this length on a part of a secret is one as well.
const LONG: usize = 32;

/// Texts to look for.
#[derive(Debug, Clone, Default)]
pub struct Canaries {
    /// What each spelling is.
    spellings: BTreeMap<Vec<u8>, String>,
}

impl Canaries {
    /// One secret under a name.
    pub fn of(name: &str, secret: &[u8]) -> Self {
        let mut canaries = Self::default();
        canaries.add(name, secret);
        canaries
    }

    /// Adds a secret under a name that tells what it is. Adding it twice does nothing.
    pub fn add(&mut self, name: &str, secret: &[u8]) {
        let mut spellings = vec![secret.to_vec()];
        let hex = secret.iter().fold(String::new(), |mut hex, byte| {
            // A string takes everything.
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        spellings.push(hex.to_ascii_uppercase().into());
        spellings.push(hex.into());
        for alphabet in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
            // Without the last sign, which depends on what follows.
            let mut coded = alphabet.encode(secret);
            coded.pop();
            spellings.push(coded.into());
        }
        // As Rust prints bytes.
        let listed: Vec<String> = secret.iter().map(u8::to_string).collect();
        spellings.push(listed.join(", ").into());
        if let Ok(text) = std::str::from_utf8(secret) {
            spellings.push(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
            let form: String = url::form_urlencoded::byte_serialize(secret).collect();
            spellings.push(form.replace('+', "%20").into());
            spellings.push(form.into());
            if secret.len() >= LONG
                && let Some(end) = secret.get(secret.len() / 2..)
            {
                spellings.push(end.to_vec());
            }
        }
        for spelling in spellings {
            self.spellings
                .entry(spelling)
                .or_insert_with(|| name.to_owned());
        }
    }

    /// The names of those that are in `bytes`.
    ///
    /// # Errors
    /// There is nothing to look for.
    pub fn find(&self, bytes: &[u8]) -> Result<BTreeSet<String>> {
        let spellings: Vec<String> = self
            .spellings
            .keys()
            .map(|spelling| {
                spelling.iter().fold(String::new(), |mut text, byte| {
                    let _ = write!(text, "\\x{byte:02x}");
                    text
                })
            })
            .collect();
        anyhow::ensure!(!spellings.is_empty(), "there is nothing to look for");
        let pattern = format!("(?-u:{})", spellings.join("|"));
        let pattern = regex::bytes::RegexBuilder::new(&pattern)
            .size_limit(64 * 1024 * 1024)
            .build()?;
        let found = pattern.find_iter(bytes);
        Ok(found
            .filter_map(|one| self.spellings.get(one.as_bytes()).cloned())
            .collect())
    }

    /// Where they are in the files of a folder, packed ones unpacked: a line each.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn find_in(&self, folder: &Path) -> Result<Vec<String>> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            let (kind, path) = (entry.file_type()?, entry.path());
            if kind.is_dir() {
                found.extend(self.find_in(&path)?);
            } else if kind.is_file() {
                let names = self.find(&contents(&path)?)?;
                found.extend(
                    names
                        .iter()
                        .map(|name| format!("{}: {name}", path.display())),
                );
            }
        }
        found.sort();
        Ok(found)
    }
}

/// What a file holds; a packed one is unpacked.
fn contents(path: &Path) -> Result<Vec<u8>> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    if path.extension().is_some_and(|ending| ending == "gz") {
        let mut unpacked = Vec::new();
        flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_end(&mut unpacked)?;
        return Ok(unpacked);
    }
    Ok(bytes)
}
