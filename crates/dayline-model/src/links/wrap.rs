//! Links that mail filters and web pages wrap around others.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE;
use url::{Host, Url};

use crate::gate::{self, Refused};

/// Wrappings that are taken off before a link is refused.
const DEEPEST: usize = 8;

/// Takes off all wrappings. What is inside passes the gate anew each time.
pub(crate) fn unwrap(mut url: Url) -> Result<Url, Refused> {
    for _ in 0..DEEPEST {
        let Some(inner) = inner(&url) else {
            return Ok(url);
        };
        url = gate::check_web(&inner)?;
    }
    if inner(&url).is_some() {
        Err(Refused::NotAMeeting)
    } else {
        Ok(url)
    }
}

fn inner(url: &Url) -> Option<String> {
    let Some(Host::Domain(host)) = url.host() else {
        return None;
    };
    let param = |name: &str| {
        url.query_pairs()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
            .filter(|value| !value.is_empty())
    };
    match host {
        "google.com" | "www.google.com" if url.path() == "/url" => {
            param("q").or_else(|| param("url"))
        }
        "visit.teams.microsoft.com" => param("JoinWebUrl"),
        "urldefense.proofpoint.com" if url.path().starts_with("/v2/") => proofpoint2(&param("u")?),
        "urldefense.com" | "urldefense.proofpoint.com" | "urldefense.us" => {
            proofpoint3(url.as_str())
        }
        "l.facebook.com" if url.path() == "/l.php" => param("u"),
        _ if host.ends_with(".safelinks.protection.outlook.com")
            || host.ends_with(".safelinks.protection.office365.us") =>
        {
            param("url")
        }
        _ => None,
    }
}

/// Version 2: `-` stands for `%`, and `_` for `/`.
fn proofpoint2(coded: &str) -> Option<String> {
    let coded = coded.replace('-', "%").replace('_', "/");
    percent_encoding::percent_decode_str(&coded)
        .decode_utf8()
        .ok()
        .map(std::borrow::Cow::into_owned)
}

/// Version 3: `/v3/__LINK__;BYTES!`, where a `*` in the link stands for the next of the bytes, and
/// `**` with a letter for as many as the letter says.
fn proofpoint3(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("/v3/__")?;
    let (coded, rest) = rest.rsplit_once("__;")?;
    let (bytes, _) = rest.split_once('!')?;
    let padded = format!("{bytes}{}", "=".repeat((4 - bytes.len() % 4) % 4));
    let bytes = URL_SAFE.decode(padded).ok()?;
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
