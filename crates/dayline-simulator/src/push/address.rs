//! Where a vendor may send to.

use url::{Host, Url};

/// Whether push may go to an address: HTTPS, as both vendors want it.
///
/// Plain HTTP is taken too if the address is on this machine's loopback, which no vendor could
/// reach: tests have their webhooks there.
pub(super) fn is_allowed(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else {
        return false;
    };
    if address.parse::<http::Uri>().is_err() {
        return false;
    }
    match url.scheme() {
        "https" => url.host().is_some(),
        "http" => match url.host() {
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
            None => false,
        },
        _ => false,
    }
}

/// The endpoint that an address belongs to: scheme, host and port.
pub(super) fn endpoint(address: &str) -> String {
    Url::parse(address).map_or_else(
        |_| address.to_owned(),
        |url| url.origin().ascii_serialization(),
    )
}
