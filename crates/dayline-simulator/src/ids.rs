//! Identifiers in the vendors' shapes, drawn from the caller's randomness.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use chrono_tz::Tz;
use rand::RngCore;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::time::Moment;

const GRAPH_PREFIX: &str = "AAMkAGI";
const GRAPH_IMMUTABLE_PREFIX: &str = "AAkALgA";
const GRAPH_BODY_LEN: usize = 44;

fn bytes<const N: usize>(rng: &mut dyn RngCore) -> [u8; N] {
    let mut out = [0; N];
    rng.fill_bytes(&mut out);
    out
}

/// A version 4 UUID.
pub(crate) fn uuid(rng: &mut dyn RngCore) -> String {
    shape(u128::from_be_bytes(bytes(rng)))
}

fn shape(raw: u128) -> String {
    let value = (raw & !(0xf << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
    let mut text = format!("{value:032x}");
    for at in [20, 16, 12, 8] {
        text.insert(at, '-');
    }
    text
}

/// A UUID that follows from a text.
pub(crate) fn uuid_of(seed: &str) -> String {
    let mut raw = [0; 16];
    for (to, from) in raw.iter_mut().zip(Sha256::digest(seed.as_bytes())) {
        *to = from;
    }
    shape(u128::from_be_bytes(raw))
}

/// An opaque secret of 256 bits.
pub(crate) fn secret(rng: &mut dyn RngCore) -> String {
    URL_SAFE_NO_PAD.encode(bytes::<32>(rng))
}

/// `count` decimal digits without a leading zero.
pub(crate) fn digits(rng: &mut dyn RngCore, count: usize) -> String {
    (0..count)
        .map(|at| {
            let low = u32::from(at == 0);
            char::from_digit(low + rng.next_u32() % (10 - low), 10).unwrap_or('1')
        })
        .collect()
}

/// An Exchange item or folder id.
pub(crate) fn graph(rng: &mut dyn RngCore) -> String {
    format!(
        "{GRAPH_PREFIX}{}AAA=",
        URL_SAFE_NO_PAD.encode(bytes::<33>(rng))
    )
}

/// An Exchange id that follows from a text.
pub(crate) fn graph_of(seed: &str) -> String {
    let mut body = Sha256::digest(seed.as_bytes()).to_vec();
    body.push(0);
    format!("{GRAPH_PREFIX}{}AAA=", URL_SAFE_NO_PAD.encode(body))
}

/// A Google event id: base32hex in lower case, 26 characters.
pub(crate) fn google(rng: &mut dyn RngCore) -> String {
    (0..26)
        .map(|_| char::from_digit(rng.next_u32() % 32, 32).unwrap_or('0'))
        .collect()
}

/// The id of one occurrence of a Graph series: opaque, constant for its original date.
pub(crate) fn graph_occurrence(master: &str, date: NaiveDate) -> String {
    let body = master.strip_suffix("AAA=").unwrap_or(master);
    format!(
        "{body}EAA{}=",
        URL_SAFE_NO_PAD.encode(date.format("%Y%m%d").to_string())
    )
}

/// Splits an occurrence id into its master's id and original date. Also takes the
/// `OID.{master}.{date}` form of `cancelledOccurrences`.
pub(crate) fn split_graph_occurrence(id: &str) -> Option<(String, NaiveDate)> {
    if let Some(rest) = id.strip_prefix("OID.") {
        let (master, date) = rest.rsplit_once('.')?;
        return Some((master.to_owned(), date.parse().ok()?));
    }
    let (body, tail) = id.split_at_checked(GRAPH_PREFIX.len() + GRAPH_BODY_LEN)?;
    let coded = tail.strip_prefix("EAA")?.strip_suffix('=')?;
    let date = String::from_utf8(URL_SAFE_NO_PAD.decode(coded).ok()?).ok()?;
    Some((
        format!("{body}AAA="),
        NaiveDate::parse_from_str(&date, "%Y%m%d").ok()?,
    ))
}

/// The id of an instance of a Google series: observable in answers, opaque by contract.
pub(crate) fn google_instance(master: &str, original: &Moment) -> String {
    match original {
        Moment::Date(date) => format!("{master}_{}", date.format("%Y%m%d")),
        Moment::Local { .. } => {
            format!(
                "{master}_{}",
                original.instant(Tz::UTC).format("%Y%m%dT%H%M%SZ")
            )
        }
    }
}

/// The immutable form of a Graph item id.
pub(crate) fn to_immutable(id: &str) -> String {
    id.replacen(GRAPH_PREFIX, GRAPH_IMMUTABLE_PREFIX, 1)
}

/// Any form of a Graph item id as it is stored.
pub(crate) fn from_immutable(id: &str) -> String {
    id.replacen(GRAPH_IMMUTABLE_PREFIX, GRAPH_PREFIX, 1)
}

/// Packs a cursor into an opaque token.
pub(crate) fn seal<T: Serialize>(cursor: &T) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(cursor).unwrap_or_default())
}

/// Opens a token made by [`seal`]; `None` for anything else.
pub(crate) fn open<T: DeserializeOwned>(token: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token).ok()?).ok()
}

/// A stable pseudo-random order key (FNV-1a), so that lists have an order without meaning.
pub(crate) fn scatter(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn an_occurrence_id_leads_back_to_master_and_date() {
        let master = graph(&mut rand_chacha::ChaCha8Rng::seed_from_u64(1));
        let date = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let id = graph_occurrence(&master, date);
        assert_eq!(split_graph_occurrence(&id), Some((master.clone(), date)));
        assert_eq!(
            split_graph_occurrence(&format!("OID.{master}.2026-11-20")),
            Some((master.clone(), date))
        );
        assert_eq!(split_graph_occurrence(&master), None);
        assert_eq!(from_immutable(&to_immutable(&id)), id);
        assert_ne!(to_immutable(&id), id);
    }

    #[test]
    fn a_uuid_names_its_version_and_variant() {
        let id = uuid(&mut rand_chacha::ChaCha8Rng::seed_from_u64(1));
        assert_eq!(id.len(), 36);
        assert_eq!(id.chars().nth(14), Some('4'));
        assert!(matches!(id.chars().nth(19), Some('8' | '9' | 'a' | 'b')));
    }
}
