//! What a request asks for.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{Method, Request};
use url::Url;
use url::form_urlencoded;

use crate::world::network::ORIGIN;

/// How a page is asked for under another name.
const ALIAS: &str = "again-";

/// Who is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Service {
    Graph,
    Google,
    /// Either authorization server.
    Auth,
}

/// A request as the weather sees it.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) service: Service,
    pub(super) method: Method,
    pub(super) target: String,
    /// A page of a calendar's events.
    pub(super) is_page: bool,
    /// A page of what changed since a cursor.
    pub(super) is_delta: bool,
    /// The first page of a listing.
    pub(super) begins: bool,
    pub(super) at_home: bool,
    pub(super) bearer: Option<String>,
    pub(super) refresh_token: Option<String>,
}

impl Asked {
    pub(super) fn of(request: &Request<Bytes>) -> Self {
        let uri = request.uri();
        let (path, query) = (uri.path(), uri.query().unwrap_or_default());
        let service = if path.starts_with("/v1.0") {
            Service::Graph
        } else if path.starts_with("/calendar/v3") {
            Service::Google
        } else {
            Service::Auth
        };
        let is_page = match service {
            Service::Graph => path.contains("calendarView/delta"),
            Service::Google => path.ends_with("/events"),
            Service::Auth => false,
        };
        let is_delta = is_page && (query.contains("deltatoken=") || query.contains("syncToken="));
        let goes_on = ["skiptoken=", "pageToken="]
            .iter()
            .any(|token| query.contains(token));
        let bearer = request.headers().get("authorization").and_then(|value| {
            let text = value.to_str().ok()?;
            Some(text.strip_prefix("Bearer ")?.to_owned())
        });
        let refresh_token = (service == Service::Auth).then(|| {
            form_urlencoded::parse(request.body())
                .find(|(name, _)| name == "refresh_token")
                .map(|(_, value)| value.into_owned())
        });
        Self {
            service,
            method: request.method().clone(),
            target: uri.to_string(),
            is_page: is_page && request.method() == Method::GET,
            is_delta,
            begins: !goes_on,
            at_home: uri.to_string().starts_with(ORIGIN),
            bearer,
            refresh_token: refresh_token.flatten(),
        }
    }

    /// The token that says whose request it is.
    pub(super) fn token(&self) -> Option<&String> {
        self.bearer.as_ref().or(self.refresh_token.as_ref())
    }

    /// A short name for stories.
    pub(super) fn name(&self) -> String {
        let path = self.target.strip_prefix(ORIGIN).unwrap_or(&self.target);
        let path = path.split('?').next().unwrap_or_default();
        let tail: String = path.chars().take(70).collect();
        let delta = if self.is_delta { " (delta)" } else { "" };
        format!("{} {tail}{delta}", self.method)
    }
}

/// Another name for a page, which it goes by in `aliases` from now on: a link of Graph's or a
/// page token of Google's.
pub(super) fn alias(
    service: Service,
    request: &Request<Bytes>,
    aliases: &mut BTreeMap<String, String>,
) -> String {
    let name = format!("{ALIAS}{}", aliases.len());
    aliases.insert(name.clone(), request.uri().to_string());
    match service {
        Service::Google => name,
        Service::Graph | Service::Auth => format!("{ORIGIN}/v1.0/{name}"),
    }
}

/// The request under its own name.
pub(super) fn under_own_name(
    mut request: Request<Bytes>,
    aliases: &BTreeMap<String, String>,
) -> Request<Bytes> {
    let Ok(url) = Url::parse(&request.uri().to_string()) else {
        return request;
    };
    let by_path = url.path_segments().and_then(|mut parts| parts.next_back());
    let by_token = url
        .query_pairs()
        .find(|(name, _)| name == "pageToken")
        .map(|(_, value)| value.into_owned());
    let own = by_path
        .and_then(|name| aliases.get(name))
        .or_else(|| aliases.get(&by_token?));
    if let Some(own) = own {
        *request.uri_mut() = own.parse().unwrap();
    }
    request
}
