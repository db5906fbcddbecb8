//! Meeting services that the user tells Dayline of: a company's own Jitsi, Nextcloud or Pexip.
//!
//! A pattern is `https://HOST/REST`. The host is written out, so that no expression can let
//! another one through, however it is written; the rest is a regular expression that has to match
//! all of the path and query. Links pass the gate and come out of wrappings first, as all do. A
//! pattern takes nothing away: it counts where no service that Dayline knows holds the link.
//!
//! One expression for the whole link, as other programs have it, was rejected: an unescaped dot or
//! a missing anchor in it lets strangers' hosts through.

use std::fmt;

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Hir, Look};
use thiserror::Error;
use url::{Host, Url};

use super::recognise::{is_below, meeting_host};

/// The most patterns that are kept.
pub const MOST_PATTERNS: usize = 50;
/// The longest name of a pattern, in characters.
pub const LONGEST_NAME: usize = 60;
/// The longest expression, in bytes.
pub const LONGEST_EXPRESSION: usize = 500;
/// What a compiled expression may take, in bytes.
const COMPILED: usize = 512 * 1024;
/// How deep groups of an expression may stand in each other.
const DEEPEST: u32 = 32;

/// Why a pattern is not taken, in words for the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PatternError {
    /// No name.
    #[error("Give the pattern a name.")]
    Nameless,
    /// Longer than [`LONGEST_NAME`], or with line breaks and other hidden characters.
    #[error("The name is too long, or has hidden characters in it; 60 characters are enough.")]
    Name,
    /// Not `https://…`.
    #[error("A pattern begins with https:// because only secure links are opened.")]
    NotHttps,
    /// No host, or one that is no plain name.
    #[error("Write the host out, such as https://meet.example.org/; only *. may stand before it.")]
    Host,
    /// `*.com` and its like.
    #[error(
        "This would hold the pages of strangers too. Below *. at least the name of a company or organisation has to stand."
    )]
    TooWide,
    /// Nothing after the host, or nothing that a link could have there.
    #[error("Say what follows the host, such as https://meet.example.org/[a-z]+.")]
    Empty,
    /// Longer than [`LONGEST_EXPRESSION`], or too large when compiled.
    #[error("This expression is too long or too large.")]
    TooLarge,
    /// Not a regular expression.
    #[error("What follows the host is no regular expression that can be read.")]
    Unreadable,
    /// More than [`MOST_PATTERNS`].
    #[error("There are 50 patterns already; remove one first.")]
    TooMany,
}

/// One service that the user told of.
#[derive(Clone)]
pub struct Pattern {
    name: String,
    expression: String,
    host: String,
    /// Whether `host` stands for what is below it.
    is_wild: bool,
    rest: Regex,
    /// Whether the fragment is looked at: it is not sent to anybody, but some clients route by it.
    has_fragment: bool,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// Shape: `https://`, a host whose dots may be written `\.` and before which `*.` may stand,
    /// `/`, and a regular expression for the rest of path and query; if it holds a `#`, for the
    /// fragment too. Case counts, as it does in paths. Links have to write a host with other than
    /// ASCII letters in its `xn--` form, for otherwise nobody can tell it from its look-alikes.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn new(name: &str, expression: &str) -> Result<Self, PatternError> {
        let name = name.trim();
        if name.is_empty() {
            return Err(PatternError::Nameless);
        }
        if name.chars().count() > LONGEST_NAME || name.chars().any(crate::gate::is_hidden) {
            return Err(PatternError::Name);
        }
        let expression = expression.trim();
        if expression.len() > LONGEST_EXPRESSION {
            return Err(PatternError::TooLarge);
        }
        let (host, rest) = split(expression)?;
        let (host, is_wild) = match host.strip_prefix("*.") {
            Some(host) => (host, true),
            None => (host.as_str(), false),
        };
        if is_wild && is_public(host) {
            return Err(PatternError::TooWide);
        }
        let host = plain_host(host)?;
        Ok(Self {
            name: name.to_owned(),
            expression: expression.to_owned(),
            rest: compiled(rest)?,
            has_fragment: rest.contains('#'),
            host,
            is_wild,
        })
    }

    /// What the user calls the service.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The expression as it was written.
    pub fn expression(&self) -> &str {
        &self.expression
    }

    /// Whether one of its links may stand in a text, or in a wrapping there. Quick; a text without
    /// one may pass.
    pub fn may_stand_in(&self, text: &str) -> bool {
        // Wrappings write letters and digits as they are.
        let run = self
            .host
            .split(['.', '-'])
            .max_by_key(|run| run.len())
            .unwrap_or_default()
            .as_bytes();
        text.as_bytes()
            .windows(run.len().max(1))
            .any(|window| window.eq_ignore_ascii_case(run))
    }

    /// Whether a link, out of its wrappings, is one of this service by host and expression. That it
    /// is one of a service that Dayline knows is not looked at.
    pub fn holds(&self, url: &Url) -> bool {
        let Some(host) = meeting_host(url) else {
            return false;
        };
        let same_host = if self.is_wild {
            is_below(host, &self.host)
        } else {
            host == self.host
        };
        if !same_host {
            return false;
        }
        let path = url.path();
        let mut rest = path.strip_prefix('/').unwrap_or(path).to_owned();
        for (mark, part) in [
            ('?', url.query()),
            ('#', url.fragment().filter(|_| self.has_fragment)),
        ] {
            if let Some(part) = part {
                rest.push(mark);
                rest.push_str(part);
            }
        }
        // The front page is no meeting, whatever an expression says.
        !rest.trim_matches('/').is_empty() && self.rest.is_match(&rest)
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pattern")
            .field("name", &self.name)
            .field("expression", &self.expression)
            .finish_non_exhaustive()
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.expression) == (&other.name, &other.expression)
    }
}

impl Eq for Pattern {}

/// The user's patterns in their order: the first one that holds a link names it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Patterns(Vec<Pattern>);

impl Patterns {
    /// No patterns; the same as the default.
    pub const NONE: &'static Self = &Self(Vec::new());

    /// Patterns in this order.
    ///
    /// # Errors
    /// [`PatternError::TooMany`].
    pub fn new(patterns: Vec<Pattern>) -> Result<Self, PatternError> {
        if patterns.len() > MOST_PATTERNS {
            return Err(PatternError::TooMany);
        }
        Ok(Self(patterns))
    }

    /// Puts one behind the others.
    ///
    /// # Errors
    /// [`PatternError::TooMany`].
    pub fn push(&mut self, pattern: Pattern) -> Result<(), PatternError> {
        if self.0.len() >= MOST_PATTERNS {
            return Err(PatternError::TooMany);
        }
        self.0.push(pattern);
        Ok(())
    }

    /// Each one, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Pattern> {
        self.0.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first pattern that holds a link.
    pub(crate) fn find(&self, url: &Url) -> Option<&Pattern> {
        self.0.iter().find(|pattern| pattern.holds(url))
    }
}

/// The host in lower case with plain dots, and what follows its slash.
fn split(expression: &str) -> Result<(String, &str), PatternError> {
    let scheme = expression
        .get(..8)
        .filter(|scheme| scheme.eq_ignore_ascii_case("https://"))
        .ok_or(PatternError::NotHttps)?;
    let after = expression.get(scheme.len()..).unwrap_or_default();
    let (host, rest) = after.split_once('/').unwrap_or((after, ""));
    let host = host.trim_end_matches('\\').replace("\\.", ".");
    if host.is_empty() {
        return Err(PatternError::Host);
    }
    if rest.is_empty() {
        // A wrong host is the greater mistake, so it is named first.
        plain_host(host.strip_prefix("*.").unwrap_or(&host))?;
        return Err(PatternError::Empty);
    }
    Ok((host.to_lowercase(), rest))
}

/// A name of two labels or more, as the gate will see it; no address, port or user name.
fn plain_host(host: &str) -> Result<String, PatternError> {
    let is_plain = host
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
        && host.contains('.')
        && host
            .split('.')
            .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
    let url = Url::parse(&format!("https://{host}/")).map_err(|_| PatternError::Host)?;
    match url.host() {
        Some(Host::Domain(host)) if is_plain => Ok(host.to_owned()),
        _ => Err(PatternError::Host),
    }
}

/// Whether anybody can have a name below this one.
///
/// The list of public suffixes would be surer and is 200 KB; these are the ones that people meet.
fn is_public(domain: &str) -> bool {
    const SECOND: [&str; 18] = [
        "ac", "asso", "co", "com", "edu", "ed", "gob", "go", "gov", "gouv", "gv", "mil", "ne",
        "net", "nom", "or", "org", "sch",
    ];
    const HOSTING: [&str; 24] = [
        "amazonaws.com",
        "appspot.com",
        "azurewebsites.net",
        "blogspot.com",
        "cloudfront.net",
        "duckdns.org",
        "dyndns.org",
        "firebaseapp.com",
        "fly.dev",
        "github.io",
        "gitlab.io",
        "herokuapp.com",
        "netlify.app",
        "ngrok-free.app",
        "ngrok.app",
        "ngrok.io",
        "onrender.com",
        "pages.dev",
        "railway.app",
        "run.app",
        "trycloudflare.com",
        "vercel.app",
        "web.app",
        "workers.dev",
    ];
    match domain.split('.').collect::<Vec<_>>().as_slice() {
        [only] => only.chars().all(char::is_alphanumeric) && !only.is_empty(),
        [second, country] if country.len() == 2 && SECOND.contains(second) => true,
        _ => HOSTING.contains(&domain),
    }
}

/// The expression, tied to both ends of what it is matched with.
fn compiled(rest: &str) -> Result<Regex, PatternError> {
    let parsed = regex_syntax::ParserBuilder::new()
        .nest_limit(DEEPEST)
        .build()
        .parse(rest)
        .map_err(|_| PatternError::Unreadable)?;
    let lengths = parsed.properties();
    if lengths.minimum_len().is_none() || lengths.maximum_len() == Some(0) {
        return Err(PatternError::Empty);
    }
    // Tied as it was understood, not as it was written: a comment or a group that closes too early
    // cannot reach the ends.
    let tied = Hir::concat(vec![Hir::look(Look::Start), parsed, Hir::look(Look::End)]).to_string();
    RegexBuilder::new(&tied)
        .size_limit(COMPILED)
        .dfa_size_limit(COMPILED)
        .nest_limit(DEEPEST + 4)
        .build()
        .map_err(|why| match why {
            regex::Error::CompiledTooBig(_) => PatternError::TooLarge,
            _ => PatternError::Unreadable,
        })
}
