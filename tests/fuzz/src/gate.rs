//! The gate: what it lets through is what it judged, and nothing that acts.

use dayline_model::gate::{self, LONGEST_LINK};
use dayline_model::{Patterns, Service};
use url::Url;

use crate::text;

/// Every line is a link.
pub(crate) fn check(input: &[u8]) {
    for link in text(input).split('\n') {
        check_link(link);
    }
}

fn check_link(link: &str) {
    let web = gate::check_web(link);
    let open = gate::check_link(link);
    if let Ok(url) = &web {
        assert_eq!(url.scheme(), "https", "only secure pages are pages");
        assert_eq!(open.as_ref(), Ok(url), "a page is a link");
    }
    if let Ok(url) = &open {
        assert_sound(url);
        assert_eq!(
            gate::check_link(url.as_str()).as_ref(),
            Ok(url),
            "what was judged is what is opened"
        );
    }
    if let Ok((url, service)) = gate::check_join(link, Patterns::NONE) {
        assert_ne!(service, Service::Custom, "nobody told of a service");
        assert_sound(&url);
        assert!(web.is_ok(), "a meeting's link is a page");
        assert_eq!(
            gate::check_join(url.as_str(), Patterns::NONE),
            Ok((url, service)),
            "a link out of its wrappings is the same meeting"
        );
    }
}

/// What any link that is opened is like.
fn assert_sound(url: &Url) {
    let written = url.as_str();
    assert!(
        matches!(url.scheme(), "https" | "mailto" | "tel"),
        "the scheme is known"
    );
    assert!(written.len() <= LONGEST_LINK, "it is not too long");
    assert!(
        written.bytes().all(|byte| byte.is_ascii_graphic()),
        "nothing in it is hidden or ends a word"
    );
    assert!(
        url.scheme() != "https" || !written.contains(['"', '<', '>']),
        "nothing in a page's address ends a quote"
    );
    assert_eq!(Url::parse(written).as_ref(), Ok(url), "it parses the same");
    assert!(
        url.username().is_empty() && url.password().is_none(),
        "no user name makes one host look like another"
    );
    if url.scheme() == "https" {
        let host = url.host_str().unwrap_or_default();
        assert!(!host.is_empty(), "a page has a host");
        assert!(!host.starts_with('-'), "a host is no option");
    }
}
