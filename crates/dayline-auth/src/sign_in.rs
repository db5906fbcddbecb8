//! A sign-in from its start to its tokens.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dayline_host::{Host, Rng};
use dayline_model::AccountId;
use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};
use secrecy::SecretString;
use url::Url;

use crate::attempt::{Attempt, AttemptStore, LIFETIME, Redirect, hash_state};
use crate::callback::Callback;
use crate::client::Client;
use crate::endpoints::Endpoints;
use crate::error::{AuthError, CompleteError};
use crate::identity::{IdTokenClaims, read_id_token};
use crate::issuer::Issuer;
use crate::provider;
use crate::scopes::{missing_scopes, wanted_scopes};
use crate::seal::Sealer;
use crate::token::{Tokens, malformed, oauth_client, redeem};
use crate::transitions::{Event, State, next};

/// What is to be signed in.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// Whom to ask.
    pub issuer: Issuer,
    /// Whether to ask for the mailboxes of colleagues as well; only work accounts have them.
    pub shared: bool,
    /// What the user has to prove, as the provider asked ([`crate::claims`]).
    pub claims: Option<String>,
    /// How the answer comes back.
    pub redirect: Redirect,
    /// The `login_hint`: the address of the account, if it is known.
    pub hint: Option<String>,
    /// The account to reconnect; `None` to add one.
    pub reauthorize: Option<AccountId>,
}

impl SignIn {
    /// A sign-in that adds an account.
    pub fn new(issuer: impl Into<Issuer>, redirect: Redirect) -> Self {
        Self {
            issuer: issuer.into(),
            shared: false,
            claims: None,
            redirect,
            hint: None,
            reauthorize: None,
        }
    }
}

/// A sign-in that waits for its browser.
#[derive(Clone)]
pub struct Begun {
    /// The attempt, for [`AttemptStore::abandon`] and for telling the UI what became of it.
    pub attempt_id: String,
    /// What to open in the browser. Holds the state: do not log it.
    pub authorize_url: Url,
    /// What [`crate::Loopback::wait`] tells the right answer by.
    pub state_hash: [u8; 32],
}

impl fmt::Debug for Begun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Begun")
            .field("attempt_id", &self.attempt_id)
            .finish_non_exhaustive()
    }
}

/// A sign-in that succeeded.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The attempt that is over.
    pub attempt_id: String,
    /// Who signed the user in.
    pub issuer: Issuer,
    /// The account that was to be reconnected. Compare [`SignedIn::identity`] with it: the user
    /// may have chosen another account in the browser.
    pub reauthorize: Option<AccountId>,
    /// The client id that the tokens belong to; only it can refresh them.
    pub client_id: String,
    /// The tokens. A refresh token is among them.
    pub tokens: Tokens,
    /// Who signed in; `None` if the provider did not say.
    pub identity: Option<IdTokenClaims>,
}

/// Starts a sign-in: keeps an [`Attempt`] for 15 minutes and makes the address to open.
///
/// # Errors
/// [`AuthError::Seal`] or [`AuthError::Store`] if the attempt could not be kept.
/// # Source
/// RFC 6749 §4.1.1, RFC 7636 §4.3, RFC 8252.
pub fn begin(
    host: &Host,
    endpoints: &Endpoints,
    client: &Client,
    sealer: &Sealer,
    attempts: &dyn AttemptStore,
    sign_in: &SignIn,
) -> Result<Begun, AuthError> {
    let issuer = sign_in.issuer;
    let provider = issuer.provider;
    let scopes = wanted_scopes(issuer, sign_in.shared);
    let state = random_text(host.rng.as_ref());
    let verifier = random_text(host.rng.as_ref());
    let id = random_text(host.rng.as_ref());
    let redirect_uri = sign_in.redirect.uri(provider);
    let state_hash = hash_state(&state);

    let redirect = RedirectUrl::new(redirect_uri.clone()).map_err(|_| malformed())?;
    let oauth = oauth_client(endpoints, client, issuer)?.set_redirect_uri(redirect);
    let challenge =
        PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.clone()));
    let mut request = oauth
        .authorize_url(|| CsrfToken::new(state))
        .set_pkce_challenge(challenge)
        .add_scopes(scopes.iter().cloned().map(Scope::new));
    let hint = sign_in.hint.as_deref().filter(|hint| !hint.is_empty());
    for (name, value) in provider::authorize_parameters(provider, hint.is_some()) {
        request = request.add_extra_param(*name, *value);
    }
    if let Some(hint) = hint {
        request = request.add_extra_param("login_hint", hint);
    }
    if let Some(claims) = &sign_in.claims {
        request = request.add_extra_param("claims", claims.clone());
    }
    let (authorize_url, _) = request.url();

    let purpose = Attempt::verifier_purpose(&id);
    attempts.insert(&Attempt {
        issuer,
        scopes,
        redirect_uri,
        state_hash,
        sealed_verifier: sealer.seal(host.rng.as_ref(), &SecretString::from(verifier), &purpose)?,
        client_id: client.id.clone(),
        expires_at: host.clock.now() + LIFETIME,
        reauthorize: sign_in.reauthorize,
        id: id.clone(),
    })?;
    tracing::info!(provider = provider.as_str(), attempt = id, "sign-in begun");
    Ok(Begun {
        attempt_id: id,
        authorize_url,
        state_hash,
    })
}

/// Takes the browser's answer and trades it for tokens.
///
/// The attempt is consumed before the token request, so that an answer that comes twice, at once
/// or after a restart, is redeemed once at most. An answer that belongs to no attempt causes no
/// request at all.
///
/// # Errors
/// [`CompleteError`] with the attempt's id once it is known: it is over then, and the user starts
/// again.
/// # Cancel safety
/// None: the attempt may be consumed. Dropping it means that the user starts again.
/// # Source
/// RFC 6749 §4.1.2 and §10.12, RFC 9207 §2.4, RFC 9700 §2.1.
pub async fn complete(
    host: &Host,
    endpoints: &Endpoints,
    client_for: &(dyn Fn(Issuer) -> Option<Client> + Send + Sync),
    sealer: &Sealer,
    attempts: &dyn AttemptStore,
    callback: &Url,
) -> Result<SignedIn, CompleteError> {
    let unknown = |error| CompleteError {
        attempt_id: None,
        error,
    };
    let answer = Callback::read(callback).ok_or_else(|| unknown(AuthError::InvalidCallback))?;
    let now = host.clock.now();
    let attempt = attempts
        .consume(&answer.state_hash, now)
        .map_err(|failure| unknown(failure.into()))?
        .ok_or_else(|| unknown(AuthError::InvalidCallback))?;

    let mut state = next(
        State::Waiting,
        answer.judge(callback, &attempt, endpoints, now),
    );
    loop {
        state = match state {
            State::Redeeming(code) => {
                let result = trade(host, endpoints, client_for, sealer, &attempt, &code).await;
                let event = match result {
                    Ok(signed_in) => Event::TokensArrived(Box::new(signed_in)),
                    Err(error) => Event::Failed(error),
                };
                next(State::Redeeming(code), event)
            }
            State::SignedIn(signed_in) => {
                tracing::info!(
                    provider = attempt.issuer.provider.as_str(),
                    attempt = attempt.id,
                    "signed in"
                );
                return Ok(*signed_in);
            }
            State::Failed(error) => {
                tracing::warn!(
                    provider = attempt.issuer.provider.as_str(),
                    attempt = attempt.id,
                    outcome = error.code(),
                    "sign-in failed"
                );
                return Err(CompleteError {
                    attempt_id: Some(attempt.id),
                    error,
                });
            }
            // No event leads back to it; if one did, there would be nothing to wait for.
            State::Waiting => State::Failed(AuthError::InvalidCallback),
        };
    }
}

async fn trade(
    host: &Host,
    endpoints: &Endpoints,
    client_for: &(dyn Fn(Issuer) -> Option<Client> + Send + Sync),
    sealer: &Sealer,
    attempt: &Attempt,
    code: &SecretString,
) -> Result<SignedIn, AuthError> {
    let issuer = attempt.issuer;
    let client = client_for(issuer).ok_or(AuthError::NotConfigured(issuer))?;
    // Somebody changed the settings meanwhile; the code belongs to the client that asked.
    if client.id != attempt.client_id {
        return Err(AuthError::Expired);
    }
    let purpose = Attempt::verifier_purpose(&attempt.id);
    let verifier = sealer.open(&attempt.sealed_verifier, &purpose)?;
    let (tokens, id_token) = redeem(host, endpoints, &client, attempt, code, &verifier).await?;
    let mut missing = missing_scopes(issuer.provider, &tokens.scopes);
    if tokens.refresh.is_none() {
        // Without it the account would go silent within the hour.
        missing.push("offline_access".to_owned());
    }
    if !missing.is_empty() {
        return Err(AuthError::ScopesMissing { missing });
    }
    Ok(SignedIn {
        attempt_id: attempt.id.clone(),
        issuer,
        reauthorize: attempt.reauthorize,
        identity: id_token.and_then(|token| read_id_token(&token, &client.id)),
        client_id: client.id,
        tokens,
    })
}

/// 256 random bits in 43 characters that need no escaping.
fn random_text(rng: &dyn Rng) -> String {
    let mut bytes = [0; 32];
    rng.fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests;
