//! The browser's answer: what it says, and whether it belongs to an attempt.

use std::fmt;

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use url::Url;

use crate::attempt::{Attempt, hash_state};
use crate::endpoints::Endpoints;
use crate::error::AuthError;
use crate::provider;
use crate::token::{Refusal, tame};
use crate::transitions::Event;

/// Longer answers are no answers.
const MAX_LENGTH: usize = 8 * 1024;

/// The parameters of an authorization response (RFC 6749 §4.1.2, RFC 9207).
pub(crate) struct Callback {
    /// The hash of `state`, under which the attempt is found.
    pub state_hash: [u8; 32],
    outcome: Outcome,
    iss: Option<String>,
}

enum Outcome {
    Code(SecretString),
    Refused(Refusal),
}

/// Names the attempt that `callback` would answer; `None` if it could belong to none.
///
/// To look the attempt up before anything else is done for a link that anybody may have sent.
/// The answer itself is judged by [`crate::complete`] alone.
pub fn state_hash(callback: &Url) -> Option<[u8; 32]> {
    Callback::read(callback).map(|answer| answer.state_hash)
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callback").finish_non_exhaustive()
    }
}

impl Callback {
    /// Reads an answer; `None` if it is none that could belong to any attempt.
    ///
    /// Shape: `state` once, and either `code` or `error`, once. Other parameters are ignored,
    /// for providers add their own.
    pub fn read(url: &Url) -> Option<Self> {
        if url.as_str().len() > MAX_LENGTH {
            return None;
        }
        let (mut state, mut code, mut error, mut iss, mut description) =
            (None, None, None, None, None);
        for (name, value) in url.query_pairs() {
            let place = match name.as_ref() {
                "state" => &mut state,
                "code" => &mut code,
                "error" => &mut error,
                "iss" => &mut iss,
                "error_description" => &mut description,
                _ => continue,
            };
            if place.replace(value.into_owned()).is_some() {
                return None;
            }
        }
        let outcome = match (code, error) {
            (Some(code), None) if !code.is_empty() => Outcome::Code(SecretString::from(code)),
            (None, Some(error)) => Outcome::Refused(Refusal {
                error: tame(&error),
                numbers: aadsts_numbers(&description.unwrap_or_default()),
                ..Refusal::default()
            }),
            _ => return None,
        };
        Some(Self {
            state_hash: hash_state(&state?),
            outcome,
            iss,
        })
    }

    /// Judges the answer against the attempt that its state named.
    pub fn judge(
        self,
        url: &Url,
        attempt: &Attempt,
        endpoints: &Endpoints,
        now: DateTime<Utc>,
    ) -> Event {
        let right_issuer = self
            .iss
            .is_none_or(|iss| provider::is_issuer(endpoints, attempt.issuer, &iss));
        if !same_address(url, &attempt.redirect_uri) || !right_issuer {
            return Event::Failed(AuthError::InvalidCallback);
        }
        if now >= attempt.expires_at {
            return Event::Failed(AuthError::Expired);
        }
        match self.outcome {
            Outcome::Code(code) => Event::CodeArrived(code),
            Outcome::Refused(refusal) => {
                Event::Failed(provider::explain(attempt.issuer.provider, &refusal))
            }
        }
    }
}

/// Whether `url` is the redirect that was sent, but for its query.
fn same_address(url: &Url, redirect_uri: &str) -> bool {
    let Ok(redirect) = Url::parse(redirect_uri) else {
        return false;
    };
    let bare = |url: &Url| {
        (
            url.scheme().to_owned(),
            url.username().to_owned(),
            url.password().map(str::to_owned),
            url.host_str().map(str::to_owned),
            url.port_or_known_default(),
            url.path().to_owned(),
        )
    };
    bare(url) == bare(&redirect) && url.fragment().is_none_or(str::is_empty)
}

/// Microsoft's numbers. On the way through the browser they come in the description only.
fn aadsts_numbers(description: &str) -> Vec<u32> {
    description
        .split("AADSTS")
        .skip(1)
        .filter_map(|rest| {
            let end = rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            rest.get(..end)?.parse().ok()
        })
        .take(4)
        .collect()
}

#[cfg(test)]
mod tests;
