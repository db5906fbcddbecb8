//! The token endpoint: a code or a refresh token in, tokens or a refusal out.

mod send;
mod wire;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use dayline_host::{Host, HttpError};
use dayline_model::ProviderKind;
use oauth2::basic::{BasicRevocationErrorResponse, BasicTokenIntrospectionResponse};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, EndpointNotSet, EndpointSet,
    PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, StandardRevocableToken,
    TokenResponse as _, TokenUrl,
};
use secrecy::{ExposeSecret, SecretString};

use self::send::{SendError, sender};
use self::wire::Answer;
pub(crate) use self::wire::{Refusal, tame};
use crate::attempt::Attempt;
use crate::client::Client;
use crate::endpoints::Endpoints;
use crate::error::AuthError;
use crate::issuer::Issuer;
use crate::provider;

/// What an access token lives if the answer does not say.
const DEFAULT_LIFE: Duration = Duration::from_mins(30);
/// What no access token outlives, whatever the answer says.
const LONGEST_LIFE: Duration = Duration::from_hours(24);

/// Tokens of one account.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// The access token. Opaque.
    pub access: SecretString,
    /// The refresh token to keep from now on; it replaces the one before.
    pub refresh: Option<SecretString>,
    /// When the access token ends, by our clock.
    pub expires_at: DateTime<Utc>,
    /// What was granted, in the provider's words.
    pub scopes: Vec<String>,
}

/// What the next access token is asked for with.
#[derive(Debug, Clone, Copy)]
pub struct Refresh<'a> {
    /// Who gave the refresh token.
    pub issuer: Issuer,
    /// The refresh token.
    pub token: &'a SecretString,
    /// What was granted with it, space-separated: an answer that names no scope granted the same.
    pub granted: &'a str,
    /// What the last access token did not prove, as the provider's challenge asked.
    pub claims: Option<&'a str>,
}

/// Gets the next access token.
///
/// Shape: [`Tokens::refresh`] is always filled: with the new refresh token, or with the one that
/// was given if the provider did not rotate it. Store it before the access token is used.
///
/// # Errors
/// [`AuthError::NeedsSignIn`] if the refresh token is of no use any more; [`AuthError::retry`]
/// tells about the others.
/// # Cancel safety
/// None: the provider may have rotated the refresh token. Run it to its end.
pub async fn refresh(
    host: &Host,
    endpoints: &Endpoints,
    client: &Client,
    refresh: &Refresh<'_>,
) -> Result<Tokens, AuthError> {
    let asked_at = host.clock.now();
    let oauth = oauth_client(endpoints, client, refresh.issuer)?;
    let old = RefreshToken::new(refresh.token.expose_secret().to_owned());
    let send = sender(host);
    let mut request = oauth.exchange_refresh_token(&old);
    if let Some(claims) = refresh.claims {
        request = request.add_extra_param("claims", claims.to_owned());
    }
    let answer = request.request_async(&send).await;
    let answer = answer.map_err(|error| explain(refresh.issuer.provider, error))?;
    let granted = refresh.granted.split_whitespace().map(str::to_owned);
    let mut tokens = read_tokens(&answer, granted.collect(), asked_at);
    if tokens.refresh.is_none() {
        tokens.refresh = Some(refresh.token.clone());
    }
    Ok(tokens)
}

/// Redeems an authorization code. Gives the id token as well, if one came.
pub(crate) async fn redeem(
    host: &Host,
    endpoints: &Endpoints,
    client: &Client,
    attempt: &Attempt,
    code: &SecretString,
    code_verifier: &SecretString,
) -> Result<(Tokens, Option<String>), AuthError> {
    let asked_at = host.clock.now();
    let redirect = RedirectUrl::new(attempt.redirect_uri.clone()).map_err(|_| malformed())?;
    let oauth = oauth_client(endpoints, client, attempt.issuer)?.set_redirect_uri(redirect);
    let send = sender(host);
    let answer = oauth
        .exchange_code(AuthorizationCode::new(code.expose_secret().to_owned()))
        .set_pkce_verifier(PkceCodeVerifier::new(
            code_verifier.expose_secret().to_owned(),
        ))
        .request_async(&send)
        .await;
    let answer = answer.map_err(|error| explain(attempt.issuer.provider, error))?;
    let id_token = answer.extra_fields().id_token.clone();
    let tokens = read_tokens(&answer, attempt.scopes.clone(), asked_at);
    Ok((tokens, id_token))
}

/// The oauth2 crate's client, with our answers and refusals.
pub(crate) type OauthClient = oauth2::Client<
    Refusal,
    Answer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

pub(crate) fn oauth_client(
    endpoints: &Endpoints,
    client: &Client,
    issuer: Issuer,
) -> Result<OauthClient, AuthError> {
    let authorize = provider::authorize_url(endpoints, issuer);
    let token = provider::token_url(endpoints, issuer);
    let oauth = oauth2::Client::new(ClientId::new(client.id.clone()))
        .set_auth_type(AuthType::RequestBody)
        .set_auth_uri(AuthUrl::new(authorize.into()).map_err(|_| malformed())?)
        .set_token_uri(TokenUrl::new(token.into()).map_err(|_| malformed())?);
    Ok(match provider::client_secret(issuer.provider, client) {
        Some(secret) => {
            oauth.set_client_secret(ClientSecret::new(secret.expose_secret().to_owned()))
        }
        None => oauth,
    })
}

/// For addresses that were parsed before and cannot fail again.
pub(crate) fn malformed() -> AuthError {
    AuthError::Rejected {
        code: "malformed_address".to_owned(),
    }
}

fn read_tokens(answer: &Answer, asked: Vec<String>, asked_at: DateTime<Utc>) -> Tokens {
    let life = answer
        .expires_in()
        .unwrap_or(DEFAULT_LIFE)
        .min(LONGEST_LIFE);
    let secret = |text: &str| SecretString::from(text);
    // RFC 6749 §5.1: without `scope`, what was asked for was granted.
    let scopes = match answer.scopes() {
        Some(scopes) => scopes
            .iter()
            .map(|scope| scope.as_str().to_owned())
            .collect(),
        None => asked,
    };
    Tokens {
        access: secret(answer.access_token().secret()),
        refresh: answer
            .refresh_token()
            .filter(|token| !token.secret().is_empty())
            .map(|token| secret(token.secret())),
        expires_at: asked_at + TimeDelta::from_std(life).unwrap_or_default(),
        scopes,
    }
}

fn explain(provider: ProviderKind, error: RequestTokenError<SendError, Refusal>) -> AuthError {
    match error {
        RequestTokenError::ServerResponse(refusal) => {
            let explained = provider::explain(provider, &refusal);
            tracing::warn!(
                provider = provider.as_str(),
                error = refusal.error,
                numbers = ?refusal.numbers,
                trace_id = refusal.trace_id,
                correlation_id = refusal.correlation_id,
                outcome = explained.code(),
                "the token endpoint refused"
            );
            explained
        }
        RequestTokenError::Request(SendError::Busy { after }) => AuthError::Busy { after },
        RequestTokenError::Request(SendError::NetworkLogin) => AuthError::NetworkLogin,
        RequestTokenError::Request(SendError::Http(error)) => match error {
            HttpError::Untrusted => AuthError::NetworkLogin,
            HttpError::Unreachable | HttpError::Timeout | HttpError::Broken => {
                AuthError::Unreachable
            }
            HttpError::TooLarge | HttpError::Invalid(_) | HttpError::Setup(_) => {
                AuthError::UnreadableAnswer
            }
        },
        // These quote the body, which may hold tokens: nothing of them goes on.
        RequestTokenError::Request(SendError::Unreadable)
        | RequestTokenError::Parse(..)
        | RequestTokenError::Other(_) => AuthError::UnreadableAnswer,
    }
}

#[cfg(test)]
mod tests;
