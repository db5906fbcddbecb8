//! Who signed in, as the id token says.
//!
//! Its signature is not checked: the token came straight from the token endpoint over TLS, which
//! OpenID Connect Core §3.1.3.7 takes as enough. It is used to name the account, never as proof.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

/// What Dayline reads from an id token.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct IdTokenClaims {
    /// The user's stable id at this provider (for Microsoft: with this client).
    pub sub: Option<String>,
    /// The address, from `email` or else `preferred_username`. May change.
    pub email: Option<String>,
    /// The display name.
    pub name: Option<String>,
    /// Microsoft's tenant.
    pub tid: Option<String>,
}

/// Microsoft's tenant of all personal accounts.
const PERSONAL: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// Whether a tenant holds Microsoft's personal accounts, which share no mailboxes.
pub fn is_personal(tenant: &str) -> bool {
    tenant.eq_ignore_ascii_case(PERSONAL)
}

impl fmt::Debug for IdTokenClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdTokenClaims").finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Payload {
    aud: Option<String>,
    sub: Option<String>,
    email: Option<String>,
    preferred_username: Option<String>,
    name: Option<String>,
    tid: Option<String>,
}

/// Reads the claims; `None` if the token cannot be read or is meant for another client.
pub(crate) fn read_id_token(token: &str, client_id: &str) -> Option<IdTokenClaims> {
    let mut parts = token.split('.');
    let (Some(_), Some(payload), Some(_), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let payload = URL_SAFE_NO_PAD.decode(payload).ok()?;
    let payload: Payload = serde_json::from_slice(&payload).ok()?;
    if payload.aud.as_deref() != Some(client_id) {
        return None;
    }
    Some(IdTokenClaims {
        sub: payload.sub,
        email: payload.email.or(payload.preferred_username),
        name: payload.name,
        tid: payload.tid,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(payload: &str) -> String {
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(payload))
    }

    #[test]
    fn an_id_token_names_the_account() {
        let claims = read_id_token(
            &token(
                r#"{"aud":"me","sub":"s","preferred_username":"ada@example.org","name":"Ada","tid":"t"}"#,
            ),
            "me",
        );
        let expected = IdTokenClaims {
            sub: Some("s".to_owned()),
            email: Some("ada@example.org".to_owned()),
            name: Some("Ada".to_owned()),
            tid: Some("t".to_owned()),
        };
        assert_eq!(claims, Some(expected));
    }

    #[test]
    fn what_is_no_id_token_of_ours_names_nobody() {
        let foreign = token(r#"{"aud":"other","sub":"s"}"#);
        let nobodys = token(r#"{"sub":"s"}"#);
        for text in [
            "",
            ".",
            "..",
            "a.b.c",
            "a.b.c.d",
            &foreign,
            &nobodys,
            &token("[]"),
        ] {
            assert_eq!(read_id_token(text, "me"), None, "{text}");
        }
    }

    #[test]
    fn claims_do_not_show_in_logs() {
        let claims = read_id_token(&token(r#"{"aud":"me","name":"Ada Canary"}"#), "me").unwrap();
        assert!(!format!("{claims:?}").contains("Canary"));
    }
}
