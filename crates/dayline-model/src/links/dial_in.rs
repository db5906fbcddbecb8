//! Links that help to join by telephone: never a way to join by themselves.

use url::Url;

use super::recognise::{is_below, is_meet_code, meeting_host};
use crate::gate;

/// Whether a page lists the numbers of a meeting.
pub(super) fn is_page(url: &Url) -> bool {
    let Some(host) = meeting_host(url) else {
        return false;
    };
    let parts: Vec<&str> = url
        .path()
        .split('/')
        .filter(|part| !part.is_empty())
        .take(6)
        .collect();
    let is_zoom = ["zoom.us", "zoom.com", "zoomgov.com", "zoom.com.cn"]
        .iter()
        .any(|domain| host == *domain || is_below(host, domain));
    match (host, parts.as_slice()) {
        // `usp` is where organisers reset their PIN.
        (
            "dialin.teams.microsoft.com" | "dialin.teams.microsoft.us" | "dialin.lync.com",
            [conference, ..],
        ) => *conference != "usp",
        ("tel.meet", [code, ..]) | ("meet.google.com", ["tel", code]) => is_meet_code(code),
        ("chime.aws", ["dialinnumbers"])
        | ("meet.jit.si" | "8x8.vc", [.., "static", "dialInInfo.html"]) => true,
        (_, ["u", _] | ["zoomconference", ..]) => is_zoom,
        (_, path) => {
            is_below(host, "webex.com") && path.iter().any(|part| part.starts_with("globalcallin"))
        }
    }
}

/// A telephone link that dials the conference id too; a number alone may be anybody's.
pub(super) fn call(link: &str) -> Option<String> {
    let number = link
        .split_at_checked("tel:".len())
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("tel:"))
        .map(|(_, number)| number)?;
    if !(number.contains(",,") || number.contains(';')) {
        return None;
    }
    gate::check_link(link).ok().map(Into::into)
}

/// A page or number that a provider gave: the number without the blanks that some write in it.
pub(super) fn given(url: &str) -> Option<String> {
    if gate::check_link(url).is_ok() {
        return Some(url.to_owned());
    }
    let number = url.replace(' ', "");
    let is_number = number.starts_with("tel:") && gate::check_link(&number).is_ok();
    is_number.then_some(number)
}
