//! Links that mail filters and web pages wrap around others, where the other one can be read.
//!
//! A filter that keeps the target to itself (Mimecast's short links, Barracuda's newer ones) is
//! not asked: nothing here fetches anything. What comes out is judged like any other link.

mod proofpoint;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::percent_decode_str;
use url::{Host, Url};

use super::recognise::is_below;
use crate::gate::{self, Refused};

/// Wrappings that are taken off before a link is refused.
const DEEPEST: usize = 8;

/// Takes off all wrappings. What is inside passes the gate anew each time.
pub(crate) fn unwrap(mut url: Url) -> Result<Url, Refused> {
    for _ in 0..DEEPEST {
        let Some(inner) = inner(&url) else {
            return Ok(url);
        };
        url = gate::check_as_written(&inner)?;
    }
    if inner(&url).is_some() {
        Err(Refused::NotAMeeting)
    } else {
        Ok(url)
    }
}

/// Where the link inside stands.
enum Inside {
    /// In the first of these query parameters that is filled.
    Parameter(&'static [&'static str]),
    /// The same, in base64.
    Base64(&'static str),
    /// As the part of the path that follows this one, encoded.
    After(&'static str),
    /// As the last part of the path, encoded.
    Last,
    /// Between two runs of three underscores.
    Underscores,
    /// As Proofpoint's versions have it.
    Proofpoint(fn(&Url) -> Option<String>),
}

use Inside::{After, Base64, Last, Parameter, Proofpoint, Underscores};

/// Hosts, how the path begins, and where the link is.
#[rustfmt::skip]
const WRAPPERS: &[(&[&str], &str, Inside)] = &[
    (&["visit.teams.microsoft.com"], "/", Parameter(&["JoinWebUrl"])),
    (&["statics.teams.cdn.office.net"], "/evergreen-assets/safelinks/", Parameter(&["url"])),
    (GOOGLE, "/url", Parameter(&["q", "url"])),
    (&["meet.google.com"], "/linkredirect", Parameter(&["dest"])),
    (&["www.youtube.com"], "/redirect", Parameter(&["q"])),
    (&["urldefense.proofpoint.com"], "/v1/", Parameter(&["u"])),
    (&["urldefense.proofpoint.com"], "/v2/", Proofpoint(proofpoint::version2)),
    (&["urldefense.com", "urldefense.proofpoint.com", "urldefense.us"], "/v3/", Proofpoint(proofpoint::version3)),
    (&["linkprotect.cudasvc.com"], "/url", Parameter(&["a"])),
    (&["slack-redir.net"], "/link", Parameter(&["url"])),
    (&["www.linkedin.com", "linkedin.com"], "/safety/go", Parameter(&["url"])),
    (&["www.linkedin.com", "linkedin.com"], "/redir/", Parameter(&["url"])),
    (&["l.facebook.com", "lm.facebook.com", "l.messenger.com"], "/l.php", Parameter(&["u"])),
    (&["l.instagram.com"], "/", Parameter(&["u"])),
    (&["l.wl.co"], "/l", Parameter(&["u"])),
    (&["vk.com", "away.vk.com"], "/away.php", Parameter(&["to"])),
    (&["duckduckgo.com"], "/l/", Parameter(&["uddg"])),
    (&["secure-web.cisco.com"], "/", Last),
    (&["protect.fireeye.com", "protect2.fireeye.com"], "/", Parameter(&["u"])),
    (&["clicktime.symantec.com"], "/", Parameter(&["u"])),
    (&["link.edgepilot.com"], "/s/", Parameter(&["u"])),
    (&["antiphishing.vadesecure.com"], "/", Parameter(&["u"])),
    (&["checkpoint.url-protection.com"], "/v1/", Parameter(&["o"])),
    (&["url.avanan.click", "protect.checkpoint.com"], "/v2/", Underscores),
];

/// The same for everything below a domain, where filters have a host per region or customer.
#[rustfmt::skip]
const REGIONAL: &[(&[&str], &str, Inside)] = &[
    (&[
        "safelinks.protection.outlook.com",
        "safelinks.protection.office365.us",
        "safelinks.protection.partner.outlook.cn",
    ], "/", Parameter(&["url"])),
    (&["trendmicro.com"], "/wis/clicktime/", Parameter(&["url"])),
    (&["protection.sophos.com"], "/", Base64("u")),
    (&["awstrack.me"], "/L0/", After("L0")),
    (&["govdelivery.com"], "/CL0/", After("CL0")),
];

const GOOGLE: &[&str] = &[
    "google.com",
    "www.google.com",
    "www.google.at",
    "www.google.be",
    "www.google.ca",
    "www.google.ch",
    "www.google.co.in",
    "www.google.co.jp",
    "www.google.co.uk",
    "www.google.com.au",
    "www.google.com.br",
    "www.google.com.mx",
    "www.google.com.tr",
    "www.google.cz",
    "www.google.de",
    "www.google.dk",
    "www.google.es",
    "www.google.fi",
    "www.google.fr",
    "www.google.ie",
    "www.google.it",
    "www.google.nl",
    "www.google.no",
    "www.google.pl",
    "www.google.pt",
    "www.google.se",
];

fn inner(url: &Url) -> Option<String> {
    let Some(Host::Domain(host)) = url.host() else {
        return None;
    };
    let exact = WRAPPERS
        .iter()
        .filter(|(hosts, _, _)| hosts.contains(&host));
    let regional = REGIONAL
        .iter()
        .filter(|(domains, _, _)| domains.iter().any(|domain| is_below(host, domain)));
    exact
        .chain(regional)
        .filter(|(_, begin, _)| begins(url.path(), begin))
        .find_map(|(_, _, inside)| inside.read(url))
        .filter(|inner| !inner.is_empty())
}

/// Whether a path is `begin` or goes on from there with a new part.
fn begins(path: &str, begin: &str) -> bool {
    path.strip_prefix(begin)
        .is_some_and(|rest| begin.ends_with('/') || rest.is_empty() || rest.starts_with('/'))
}

impl Inside {
    fn read(&self, url: &Url) -> Option<String> {
        match self {
            Self::Parameter(names) => names.iter().find_map(|name| parameter(url, name)),
            Self::Base64(name) => {
                let coded = parameter(url, name)?;
                let coded = coded.trim_end_matches('=');
                let bytes = URL_SAFE_NO_PAD
                    .decode(coded)
                    .or_else(|_| STANDARD_NO_PAD.decode(coded));
                String::from_utf8(bytes.ok()?).ok()
            }
            Self::After(part) => {
                let mut parts = url.path_segments()?;
                parts.find(|found| found == part)?;
                decoded(parts.next()?)
            }
            Self::Last => {
                let last = url.path_segments()?.next_back()?;
                decoded(last).filter(|text| text.contains("://"))
            }
            Self::Underscores => {
                let (_, rest) = url.as_str().split_once("/___")?;
                rest.split_once("___").map(|(link, _)| link.to_owned())
            }
            Self::Proofpoint(read) => read(url),
        }
    }
}

pub(super) fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs()
        .find(|(key, value)| key.eq_ignore_ascii_case(name) && !value.is_empty())
        .map(|(_, value)| value.into_owned())
}

fn decoded(text: &str) -> Option<String> {
    percent_decode_str(text)
        .decode_utf8()
        .ok()
        .map(std::borrow::Cow::into_owned)
}
