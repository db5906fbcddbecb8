//! Which links lead to the same meeting, and which of them is the complete one.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use url::Url;

use super::Service;
use super::recognise::is_digits;

/// Parameters that let somebody in.
const SECRETS: [&str; 9] = [
    "pwd", "p", "passcode", "password", "pw", "psw", "passwd", "tk", "jwt",
];
/// Parameters that tell who comes, from where, or how the page should look.
const DECORATIONS: [&str; 26] = [
    "anon",
    "authuser",
    "context",
    "deeplinkid",
    "fbclid",
    "from",
    "gclid",
    "hs",
    "ijt",
    "launchagent",
    "lang",
    "language",
    "omn",
    "pli",
    "prefer",
    "ref",
    "referrer",
    "source",
    "src",
    "suppressprompt",
    "tenantid",
    "type",
    "uname",
    "username",
    "email",
    "zc",
];

/// A text that is the same for links to the same meeting.
pub(super) fn meeting(url: &Url, service: Service) -> String {
    let number = || {
        url.path_segments()
            .into_iter()
            .flatten()
            .find(|part| is_digits(part) && part.len() >= 9)
    };
    let host = url.host_str().unwrap_or_default();
    let known = match service {
        Service::MicrosoftTeams => thread(url).or_else(|| short_id(url)),
        Service::Zoom => number().map(|id| {
            // Both clouds number their meetings themselves.
            let cloud = if host.ends_with("zoomgov.com") {
                "gov"
            } else {
                ""
            };
            format!("{cloud}{id}")
        }),
        Service::GoogleMeet if host == "meet.google.com" => url
            .path_segments()
            .and_then(|mut parts| parts.rfind(|part| !part.is_empty()))
            .map(str::to_ascii_lowercase),
        // What its parameters mean, only the user knows.
        Service::Custom => Some(url.as_str().to_owned()),
        _ => None,
    };
    match known {
        Some(id) => format!("{} {id}", service.key()),
        None => plain(url),
    }
}

/// What [`completeness`] of a link with a passcode is at least.
pub(super) const WITH_SECRET: u8 = 2;

/// How much of what it takes to get in a link has in it; more is better.
pub(super) fn completeness(url: &Url) -> u8 {
    let mut complete = 0;
    for (key, value) in url.query_pairs() {
        if value.is_empty() {
            continue;
        }
        let is = |names: &[&str]| names.iter().any(|name| key.eq_ignore_ascii_case(name));
        if is(&SECRETS) {
            complete |= WITH_SECRET;
        } else if is(&["context", "tenantid"]) {
            complete |= 1;
        }
    }
    // Proton's passcode, Element's and others' stand behind the hash.
    let in_fragment = url
        .fragment()
        .is_some_and(|fragment| fragment.contains("pwd") || fragment.contains("password="));
    if in_fragment {
        complete | WITH_SECRET
    } else {
        complete
    }
}

/// Scheme, host, path, and what of the query tells meetings apart.
fn plain(url: &Url) -> String {
    let mut text = format!(
        "{}{}",
        url.host_str().unwrap_or_default(),
        url.path().trim_end_matches('/')
    );
    for (key, value) in url.query_pairs() {
        let is = |names: &[&str]| names.iter().any(|name| key.eq_ignore_ascii_case(name));
        if !(is(&DECORATIONS) || is(&SECRETS) || key.starts_with("utm_")) {
            for part in ["&", &key, "=", &value] {
                text.push_str(part);
            }
        }
    }
    let fragment = url.fragment().unwrap_or_default();
    let is_told = !["", "success"].contains(&fragment)
        && !["config.", "userInfo.", "interfaceConfig.", "pwd"]
            .iter()
            .any(|begin| fragment.starts_with(begin));
    if is_told {
        text.push('#');
        text.push_str(fragment);
    }
    text
}

/// The thread of a classic link, wherever in the link it stands.
fn thread(url: &Url) -> Option<String> {
    let text = decoded(url.as_str());
    let text = decoded(&text).into_owned();
    let (_, rest) = text.split_once("/meetup-join/")?;
    let end = rest.find(['/', '?', '#', '&']).unwrap_or(rest.len());
    rest.get(..end).map(str::to_owned)
}

/// The digits of a short link.
fn short_id(url: &Url) -> Option<String> {
    let text = decoded(url.as_str());
    let (_, rest) = text.split_once("/meet/")?;
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    rest.get(..end)
        .filter(|id| !id.is_empty())
        .map(str::to_owned)
}

fn decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}
