//! Which service a link belongs to, and whether it joins a meeting there.
//!
//! A host counts only if it is exactly one of the [`table`], or below one with a dot between. Of
//! those hosts a path counts only if it has the shape of a meeting: sign-in, prices, downloads,
//! help, recordings and registrations join nothing. Servers that anybody can run, such as
//! Nextcloud Talk, are for the user's own patterns.

mod own;
mod shape;
mod table;

use url::{Host, Url};

use super::Service;
use table::TABLE;

pub(crate) use own::code as is_meet_code;
pub(crate) use shape::is_digits;

/// How sure it is that a link joins the very meeting that an event is about; later is surer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Confidence {
    /// A place to talk, which may be there for other reasons.
    Chat,
    /// A room that somebody has for all meetings.
    Room,
    /// A meeting.
    Meeting,
}

/// What a link joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Recognised {
    pub(crate) service: Service,
    pub(crate) confidence: Confidence,
}

/// Some pages of some hosts.
struct Row {
    service: Service,
    confidence: Confidence,
    hosts: Hosts,
    paths: Paths,
}

enum Hosts {
    /// These alone.
    These(&'static [&'static str]),
    /// A domain and everything below it.
    Under(&'static [&'static str]),
    /// What customers have below a domain: not the domain itself, nor `www`, `help` and their like.
    Accounts(&'static [&'static str]),
}

enum Paths {
    /// One of these, in the language of [`shape::matches`].
    Shapes(&'static [&'static str]),
    /// Told by a function, from the link and the parts of its path.
    Own(fn(&Url, &[&str]) -> bool),
}

/// The longest host name there is (RFC 1035 §2.3.4).
const LONGEST_HOST: usize = 253;
/// A meeting's path has fewer parts than this.
const MOST_PARTS: usize = 24;

/// The service whose meeting a link joins; `None` for any other page, of the same host too.
pub(crate) fn recognise(url: &Url) -> Option<Recognised> {
    let host = meeting_host(url)?;
    let mut parts = None;
    for row in TABLE {
        if !row.hosts.holds(host) {
            continue;
        }
        let parts = parts.get_or_insert_with(|| {
            url.path()
                .split('/')
                .filter(|part| !part.is_empty())
                .take(MOST_PARTS)
                .collect::<Vec<_>>()
        });
        if row.paths.hold(url, parts) {
            return Some(Recognised {
                service: row.service,
                confidence: row.confidence,
            });
        }
    }
    None
}

/// The host of a link that may be one of a meeting at all: a name, by `https`, at the usual port.
pub(crate) fn meeting_host(url: &Url) -> Option<&str> {
    if url.scheme() != "https" || url.port().is_some() {
        return None;
    }
    match url.host() {
        Some(Host::Domain(host)) if host.len() <= LONGEST_HOST => Some(host),
        _ => None,
    }
}

/// Whether `host` is below `domain`, with a dot between.
pub(crate) fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|left| left.len() > 1 && left.ends_with('.'))
}

impl Hosts {
    fn holds(&self, host: &str) -> bool {
        match self {
            Self::These(hosts) => hosts.contains(&host),
            Self::Under(domains) => domains
                .iter()
                .any(|domain| host == *domain || is_below(host, domain)),
            Self::Accounts(domains) => {
                domains.iter().any(|domain| is_below(host, domain))
                    && host
                        .split('.')
                        .next()
                        .is_some_and(|account| !shape::is_page_host(account))
            }
        }
    }
}

impl Paths {
    fn hold(&self, url: &Url, parts: &[&str]) -> bool {
        match self {
            Self::Shapes(shapes) => shapes.iter().any(|shape| shape::matches(shape, url, parts)),
            Self::Own(joins) => joins(url, parts),
        }
    }
}
