//! The token endpoint's answers, as they are sent.

use std::fmt;

use oauth2::basic::BasicTokenType;
use oauth2::{ErrorResponse, ExtraTokenFields, StandardTokenResponse};
use serde::{Deserialize, Serialize};

/// A successful answer.
pub(crate) type Answer = StandardTokenResponse<OpenIdFields, BasicTokenType>;

/// What OpenID Connect adds to a token answer.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct OpenIdFields {
    #[serde(skip_serializing)]
    pub(super) id_token: Option<String>,
}

impl ExtraTokenFields for OpenIdFields {}

impl fmt::Debug for OpenIdFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenIdFields").finish_non_exhaustive()
    }
}

/// An OAuth error answer (RFC 6749 §5.2) with the vendors' additions.
///
/// Descriptions are not kept: they may quote the user or the request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Refusal {
    /// OAuth's word, or Google's.
    #[serde(deserialize_with = "word")]
    pub error: String,
    /// Microsoft's AADSTS numbers.
    #[serde(default, rename = "error_codes")]
    pub numbers: Vec<u32>,
    /// Microsoft's word behind the word.
    #[serde(default, deserialize_with = "optional_word")]
    pub suberror: Option<String>,
    /// What Microsoft wants proved, as JSON.
    #[serde(default, deserialize_with = "claims")]
    pub claims: Option<String>,
    /// What Microsoft's support asks for.
    #[serde(default, deserialize_with = "optional_word")]
    pub trace_id: Option<String>,
    /// What Microsoft's support asks for.
    #[serde(default, deserialize_with = "optional_word")]
    pub correlation_id: Option<String>,
}

impl ErrorResponse for Refusal {}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.error)
    }
}

fn word<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer).map(|text| tame(&text))
}

fn optional_word<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    Option::<String>::deserialize(deserializer).map(|text| text.map(|text| tame(&text)))
}

fn claims<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<serde_json::Value>::deserialize(deserializer)?
        .and_then(|claims| crate::claims::read(claims.as_str()?)))
}

/// A server's word, safe to show and to log: ASCII letters, digits, `_`, `-` and `.`, at most 64.
pub(crate) fn tame(text: &str) -> String {
    let fits = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    text.chars().filter(fits).take(64).collect()
}
