//! Links whose looks no shape tells: those of Teams, Meet and Webex.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use url::{Url, form_urlencoded};

use super::shape::{is_digits, is_filled};

/// Whether a link of one of Teams's hosts joins.
///
/// Opening a channel, a chat or the options of a meeting joins nothing; nor does a short link
/// without its passcode, which would only ask for one.
pub(super) fn joins_teams(url: &Url, path: &[&str]) -> bool {
    match path {
        ["dl", "launcher", "launcher.html"] => {
            // Of two addresses nobody knows which one the launcher takes.
            let mut inner = url
                .query_pairs()
                .filter(|(key, _)| key.eq_ignore_ascii_case("url"));
            inner.next().is_some_and(|(_, inner)| joins_by_hash(&inner)) && inner.next().is_none()
        }
        ["light-meetings", "launch"] => is_filled(url, "coords"),
        ["convene", "townhalls"] => is_filled(url, "eventId"),
        // The web client's own addresses: the route stands behind the hash.
        [] | ["_" | "v2"] => url.fragment().is_some_and(joins_by_route),
        _ => joins_by_path(path, url.query()),
    }
}

/// `/_#/l/meetup-join/…`, as the launcher is told where to go. Nothing but a path of the same
/// host, so that the launcher leads nowhere else.
fn joins_by_hash(inner: &str) -> bool {
    let is_path = inner.starts_with('/')
        && !inner.starts_with("//")
        // Browsers leave out tabs and line breaks, and read `\` as a slash.
        && !inner.contains(|c: char| c == '\\' || c.is_control());
    is_path && joins_by_route(inner.split_once('#').map_or(inner, |(_, route)| route))
}

fn joins_by_route(route: &str) -> bool {
    let (path, query) = route
        .split_once('?')
        .map_or((route, None), |(path, query)| (path, Some(query)));
    let parts: Vec<&str> = path
        .split('/')
        .filter(|part| !part.is_empty())
        .take(8)
        .collect();
    route.starts_with('/') && joins_by_path(&parts, query)
}

fn joins_by_path(path: &[&str], query: Option<&str>) -> bool {
    match path {
        [l, join, thread, ..]
            if l.eq_ignore_ascii_case("l") && join.eq_ignore_ascii_case("meetup-join") =>
        {
            is_thread(thread)
        }
        [meet, id] if meet.eq_ignore_ascii_case("meet") => {
            is_digits(id)
                && form_urlencoded::parse(query.unwrap_or_default().as_bytes())
                    .any(|(key, value)| key == "p" && !value.is_empty())
        }
        _ => false,
    }
}

/// `19:meeting_…@thread.v2`, encoded or not, or encoded twice by a program that meant well.
fn is_thread(text: &str) -> bool {
    let once = decoded(text);
    let thread = if once.contains('%') {
        decoded(&once).into_owned()
    } else {
        once.into_owned()
    };
    thread
        .strip_prefix("19:")
        .is_some_and(|name| !name.is_empty() && !name.starts_with('@'))
}

pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

/// Meet's links are a code of three, four and three letters, or a name that an organisation gave.
pub(super) fn joins_meet(_: &Url, path: &[&str]) -> bool {
    match path {
        [text] | ["_meet", text] => code(text),
        ["lookup", name] => !name.is_empty(),
        _ => false,
    }
}

/// `abc-defg-hij`.
pub(crate) fn code(text: &str) -> bool {
    text.len() == 12
        && text.bytes().enumerate().all(|(at, byte)| match at {
            3 | 8 => byte == b'-',
            _ => byte.is_ascii_alphabetic(),
        })
}

/// `visio.numerique.gouv.fr/abc-defg-hij`.
pub(super) fn joins_visio(_: &Url, path: &[&str]) -> bool {
    matches!(path, [text] if code(text))
}

/// Meetings of Webex; somebody's personal room is another row of the table.
pub(super) fn joins_webex(url: &Url, path: &[&str]) -> bool {
    match path {
        ["wbxmjs", "joinservice", _, ..]
        | [
            "webappng",
            "sites",
            _,
            "meeting" | "webinar",
            "info" | "download" | "join",
            _,
            ..,
        ] => true,
        [_, "j.php"] | [_, "onstage", "g.php"] => is_filled(url, "MTID"),
        _ => false,
    }
}
