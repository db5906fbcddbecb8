//! What a request head says, and what it gets. Pure.

use url::Url;

use crate::callback::Callback;

const SUCCESS: &str = "You can close this tab and go back to Dayline.";

/// What a connection gets.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reply {
    /// The answer that was waited for.
    Answer(Box<Url>),
    /// Not a request that this listener knows.
    Malformed,
    /// Some other page.
    NotFound,
    /// Not a GET.
    WrongMethod,
    /// Too much of it.
    TooLarge,
}

impl Reply {
    /// The whole HTTP answer. Nothing of the request is in it.
    pub fn to_http(&self) -> String {
        let (status, text) = match self {
            Self::Answer(_) => ("200 OK", SUCCESS),
            Self::Malformed => (
                "400 Bad Request",
                "This is not the answer Dayline waits for.",
            ),
            Self::NotFound => ("404 Not Found", "There is nothing here."),
            Self::WrongMethod => (
                "405 Method Not Allowed",
                "This is not the answer Dayline waits for.",
            ),
            Self::TooLarge => (
                "431 Request Header Fields Too Large",
                "The browser sent more than Dayline reads. Clear the cookies of this address and try again.",
            ),
        };
        let page = format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Dayline</title><p>{text}</p></html>\n"
        );
        let length = page.len();
        format!(
            "HTTP/1.1 {status}\r\n\
             Content-Type: text/html; charset=utf-8\r\n\
             Content-Length: {length}\r\n\
             Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n\
             X-Content-Type-Options: nosniff\r\n\
             Referrer-Policy: no-referrer\r\n\
             Cache-Control: no-store\r\n\
             Connection: close\r\n\r\n{page}"
        )
    }
}

/// Judges a request head that ends with an empty line.
pub(super) fn judge(head: &[u8], host: &str, state_hash: &[u8; 32]) -> Reply {
    let Ok(head) = std::str::from_utf8(head) else {
        return Reply::Malformed;
    };
    let mut lines = head.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (Some(method), Some(target), Some("HTTP/1.1" | "HTTP/1.0"), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Reply::Malformed;
    };
    if !is_for(host, lines) {
        return Reply::Malformed;
    }
    if method != "GET" {
        return Reply::WrongMethod;
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    if path != "/" {
        return Reply::NotFound;
    }
    let Ok(url) = Url::parse(&format!("http://{host}/?{query}")) else {
        return Reply::Malformed;
    };
    match Callback::read(&url) {
        Some(callback) if callback.state_hash == *state_hash => Reply::Answer(Box::new(url)),
        _ => Reply::Malformed,
    }
}

/// True if there is exactly one `Host` header and it names us. A page of another name that
/// points to this machine (DNS rebinding) sends its own.
fn is_for<'a>(host: &str, headers: impl Iterator<Item = &'a str>) -> bool {
    let mut hosts = headers.filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("host").then(|| value.trim())
    });
    matches!((hosts.next(), hosts.next()), (Some(value), None) if value.eq_ignore_ascii_case(host))
}
