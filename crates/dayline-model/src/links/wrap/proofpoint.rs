//! How Proofpoint's URL Defense writes the link that it wraps.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::Url;

use super::{decoded, parameter};

/// Version 2: `-` stands for `%`, and `_` for `/`.
pub(super) fn version2(url: &Url) -> Option<String> {
    decoded(&parameter(url, "u")?.replace('-', "%").replace('_', "/"))
}

/// Version 3: `/v3/__LINK__;BYTES!`, where a `*` in the link stands for the next of the bytes, and
/// `**` with a letter for as many as the letter says.
pub(super) fn version3(url: &Url) -> Option<String> {
    let (_, rest) = url.as_str().split_once("/v3/__")?;
    let (coded, rest) = rest.rsplit_once("__;")?;
    let (bytes, _) = rest.split_once('!')?;
    let bytes = URL_SAFE_NO_PAD.decode(bytes.trim_end_matches('=')).ok()?;
    let mut bytes = std::str::from_utf8(&bytes).ok()?.chars();
    let mut link = String::with_capacity(coded.len());
    let mut chars = coded.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '*' {
            link.push(c);
        } else if chars.next_if_eq(&'*').is_some() {
            let run = run_length(chars.next()?)?;
            for _ in 0..run {
                link.push(bytes.next()?);
            }
        } else {
            link.push(bytes.next()?);
        }
    }
    Some(link)
}

/// Runs begin at two: A is 2, B is 3, and so on through the URL-safe base64 alphabet.
fn run_length(letter: char) -> Option<usize> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    ALPHABET.find(letter).map(|index| index + 2)
}
