//! The one gate that every link passes before anything outside Dayline sees it.
//!
//! A link comes from whoever can send an invitation. It is parsed as browsers parse it (WHATWG),
//! judged, and handed on in its serialised form, so that what was judged is what is opened. The
//! gate opens nothing itself and rewrites nothing.

#[cfg(test)]
mod tests;

use percent_encoding::percent_decode_str;
use thiserror::Error;
use url::Url;

use crate::links::{self, Patterns, Service};

/// The longest link that is looked at, in bytes; neither what is written nor what is opened is longer.
pub const LONGEST_LINK: usize = 8 * 1024;
/// The longest mail link, in bytes: addresses and a subject, not a mail that others wrote.
const LONGEST_MAIL: usize = 2 * 1024;
/// The longest telephone link, in bytes.
const LONGEST_NUMBER: usize = 100;
/// What a mail link may say beside the address (RFC 6068 §2 asks programs to be wary of others).
const MAIL_FIELDS: [&str; 7] = [
    "to",
    "cc",
    "bcc",
    "subject",
    "body",
    "in-reply-to",
    "keywords",
];

/// Why a link is not opened, in words for the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refused {
    /// Not a URL.
    #[error("This is not a link that can be opened.")]
    Unreadable,
    /// Longer than [`LONGEST_LINK`].
    #[error("This link is too long to be opened safely.")]
    TooLong,
    /// A scheme other than those allowed here; plain `http` too.
    #[error("This kind of link is not opened; only secure web links are.")]
    Scheme,
    /// `https://user@host/`: mostly used to make one host look like another.
    #[error("This link carries a user name, which can hide where it leads.")]
    UserInfo,
    /// Control, bidirectional or invisible characters.
    #[error("This link contains hidden characters.")]
    HiddenCharacters,
    /// Begins with a dash, which a program may take for an option.
    #[error("This link begins with a dash, which is not a link.")]
    LeadingDash,
    /// A mail link that asks for an attachment, or a telephone link that is not a number.
    #[error("This link asks for more than an address or a number.")]
    Extras,
    /// A web link, but not one of a meeting service that Dayline knows.
    #[error("This is not a link of a meeting service that Dayline knows.")]
    NotAMeeting,
}

/// Lets a web page through: `https`, a host, no user name, nothing hidden.
///
/// # Errors
/// The reason for refusing. Plain `http` is refused, on loopback too.
pub fn check_web(url: &str) -> Result<Url, Refused> {
    let url = parse(url)?;
    if url.scheme() == "https" {
        Ok(url)
    } else {
        Err(Refused::Scheme)
    }
}

/// Lets through what the user may open by an explicit click: `https`, `mailto` and `tel`.
///
/// # Errors
/// The reason for refusing. A `mailto` that attaches files or brings a long text along and a `tel`
/// that is not a number are refused.
pub fn check_link(url: &str) -> Result<Url, Refused> {
    let url = parse(url)?;
    let sound = match url.scheme() {
        "https" => true,
        "mailto" => is_plain_mail(&url),
        "tel" => is_number(&url),
        _ => return Err(Refused::Scheme),
    };
    if sound { Ok(url) } else { Err(Refused::Extras) }
}

fn is_plain_mail(url: &Url) -> bool {
    // Programs decode an address before they hand it on, some of them to a command line.
    let Ok(addresses) = percent_decode_str(url.path()).decode_utf8() else {
        return false;
    };
    let is_quoted = |text: &str| {
        text.split('\'')
            .skip(1)
            .any(|after| !after.starts_with(char::is_alphanumeric))
    };
    url.as_str().len() <= LONGEST_MAIL
        && !addresses
            .split(',')
            .any(|address| address.trim_start().starts_with('-'))
        && !addresses.contains(['"', '`', '\\', '<', '>', ' ', ';', '|', '=', '&', '?'])
        && !is_quoted(&addresses)
        && url.query_pairs().all(|(key, value)| {
            MAIL_FIELDS
                .iter()
                .any(|field| key.eq_ignore_ascii_case(field))
                && !value.to_ascii_lowercase().contains("attachment=")
        })
}

/// All that follows the scheme: a `#` of a number looks like a fragment.
fn is_number(url: &Url) -> bool {
    let number = url.as_str().strip_prefix("tel:").unwrap_or_default();
    number.len() <= LONGEST_NUMBER
        && number.bytes().any(|byte| byte.is_ascii_digit())
        && number
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"+-.()*#,;".contains(&byte))
}

/// Lets a meeting link through, out of any wrapping, and names its service.
///
/// A link that one of `patterns` holds and no service does is one of [`Service::Custom`].
///
/// # Errors
/// The reason for refusing: [`Refused::NotAMeeting`] if host and path are not those of a known
/// service exactly, or if the host is not written as it is.
pub fn check_join(url: &str, patterns: &Patterns) -> Result<(Url, Service), Refused> {
    let url = links::unwrap(check_as_written(url)?)?;
    let joined = links::judge(&url, patterns).ok_or(Refused::NotAMeeting)?;
    Ok((url, joined.service))
}

/// [`check_web`], for links whose host matters: it has to be written as it is.
///
/// A browser reads `https:\\zoom.us`, `https:zoom。us` and `https://ｚoom.us` as one host, and other
/// programs do not. No service writes its links like that.
pub(crate) fn check_as_written(text: &str) -> Result<Url, Refused> {
    let url = check_web(text)?;
    let text = text.trim_matches(' ');
    let host = url.host_str().unwrap_or_default();
    let written = text
        .split_at_checked("https://".len())
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("https://"))
        .and_then(|(_, rest)| rest.split_at_checked(host.len()));
    let is_host = written.is_some_and(|(written, rest)| {
        written.eq_ignore_ascii_case(host)
            && (rest.is_empty() || rest.starts_with(['/', '?', '#', ':']))
    });
    if is_host && !text.contains('\\') {
        Ok(url)
    } else {
        Err(Refused::NotAMeeting)
    }
}

fn parse(text: &str) -> Result<Url, Refused> {
    if text.len() > LONGEST_LINK {
        return Err(Refused::TooLong);
    }
    if text.chars().any(is_hidden) {
        return Err(Refused::HiddenCharacters);
    }
    let text = text.trim_matches(' ');
    if text.starts_with('-') {
        return Err(Refused::LeadingDash);
    }
    let url = Url::parse(text).map_err(|_| Refused::Unreadable)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refused::UserInfo);
    }
    if url.scheme() == "https" {
        let host = url
            .host_str()
            .filter(|host| !host.is_empty())
            .ok_or(Refused::Unreadable)?;
        if host.split('.').any(|label| label.starts_with('-')) {
            return Err(Refused::LeadingDash);
        }
        // The URL standard leaves quotes, dollar signs and semicolons in a host as they are; no
        // name has them, and a program behind a shell would read them.
        if !host.bytes().all(is_of_host) {
            return Err(Refused::Unreadable);
        }
    } else if percent_decode_str(url.as_str()).any(|byte| byte < 0x20 || byte == 0x7f) {
        // In a mail address an encoded line break would start a header of its own.
        return Err(Refused::HiddenCharacters);
    }
    // Letters grow when they are encoded, and what is let through has to pass the gate again.
    if url.as_str().len() > LONGEST_LINK {
        return Err(Refused::TooLong);
    }
    Ok(url)
}

/// What names and addresses of hosts consist of, those of IPv6 with their brackets.
fn is_of_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte)
}

/// Characters that make a text look like another one: controls, bidirectional marks, and what has
/// no width.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}
