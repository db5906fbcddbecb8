//! Claims challenges: what a provider wants proved before it gives the next token.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Map, Value};

/// Longer ones do not fit into the address of a browser.
const LONGEST: usize = 4 * 1024;

/// The `claims` parameter that a challenge asks for, as compact JSON. It comes as JSON from the
/// token endpoint and in base64 in a header; anything else is none.
///
/// # Source
/// Microsoft "Claims challenges, claims requests and client capabilities"; OpenID Connect Core
/// §5.5.
pub fn read(challenge: &str) -> Option<String> {
    if challenge.len() > LONGEST {
        return None;
    }
    let json = if challenge.trim_start().starts_with('{') {
        challenge.as_bytes().to_vec()
    } else {
        decode(challenge.trim())?
    };
    let claims: Map<String, Value> = serde_json::from_slice(&json).ok()?;
    (!claims.is_empty()).then(|| Value::Object(claims).to_string())
}

/// Both alphabets, with padding or without.
fn decode(text: &str) -> Option<Vec<u8>> {
    let lax = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    [&alphabet::STANDARD, &alphabet::URL_SAFE]
        .into_iter()
        .find_map(|alphabet| GeneralPurpose::new(alphabet, lax).decode(text).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_is_read_as_json_and_in_base64() {
        let json = r#"{"access_token":{"nbf":{"essential":true,"value":"1795160000"}}}"#;
        let cases = [
            json,
            "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNzk1MTYwMDAwIn19fQ==",
            "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNzk1MTYwMDAwIn19fQ",
        ];
        for challenge in cases {
            assert_eq!(read(challenge).as_deref(), Some(json), "{challenge}");
        }
    }

    #[test]
    fn what_is_no_challenge_asks_for_nothing() {
        let long = format!("{{\"a\":\"{}\"}}", "x".repeat(LONGEST));
        for challenge in ["", "{", "[]", "{}", "bm90IGpzb24=", "%%%", "null", &long] {
            assert_eq!(read(challenge), None, "{challenge}");
        }
    }
}
