//! The token endpoint: a code or a refresh token in, tokens or a refusal out.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use dayline_host::{Host, Http, HttpError};
use dayline_model::ProviderKind;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{Response, StatusCode};
use oauth2::basic::{
    BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, EndpointNotSet, EndpointSet,
    ErrorResponse, ExtraTokenFields, HttpRequest, HttpResponse, PkceCodeVerifier, RedirectUrl,
    RefreshToken, RequestTokenError, StandardRevocableToken, StandardTokenResponse,
    TokenResponse as _, TokenUrl,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::client::Client;
use crate::endpoints::Endpoints;
use crate::error::AuthError;
use crate::provider;
use crate::scopes::wanted_scopes;

/// What an access token lives if the answer does not say.
const DEFAULT_LIFE: Duration = Duration::from_secs(30 * 60);
/// What no access token outlives, whatever the answer says.
const LONGEST_LIFE: Duration = Duration::from_secs(24 * 60 * 60);
/// The longest pause that a `Retry-After` may ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(60 * 60);

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
    provider: ProviderKind,
    refresh_token: &SecretString,
) -> Result<Tokens, AuthError> {
    let asked_at = host.clock.now();
    let oauth = oauth_client(endpoints, client, provider)?;
    let old = RefreshToken::new(refresh_token.expose_secret().to_owned());
    let send = sender(host);
    let answer = oauth
        .exchange_refresh_token(&old)
        .request_async(&send)
        .await;
    let answer = answer.map_err(|error| explain(provider, error))?;
    let mut tokens = read_tokens(&answer, provider, asked_at);
    if tokens.refresh.is_none() {
        tokens.refresh = Some(refresh_token.clone());
    }
    Ok(tokens)
}

/// Redeems an authorization code. Gives the id token as well, if one came.
pub(crate) async fn redeem(
    host: &Host,
    endpoints: &Endpoints,
    client: &Client,
    provider: ProviderKind,
    redirect_uri: &str,
    code: &SecretString,
    code_verifier: &SecretString,
) -> Result<(Tokens, Option<String>), AuthError> {
    let asked_at = host.clock.now();
    let redirect = RedirectUrl::new(redirect_uri.to_owned()).map_err(|_| malformed())?;
    let oauth = oauth_client(endpoints, client, provider)?.set_redirect_uri(redirect);
    let send = sender(host);
    let answer = oauth
        .exchange_code(AuthorizationCode::new(code.expose_secret().to_owned()))
        .set_pkce_verifier(PkceCodeVerifier::new(
            code_verifier.expose_secret().to_owned(),
        ))
        .request_async(&send)
        .await;
    let answer = answer.map_err(|error| explain(provider, error))?;
    let id_token = answer.extra_fields().id_token.clone();
    Ok((read_tokens(&answer, provider, asked_at), id_token))
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
    provider: ProviderKind,
) -> Result<OauthClient, AuthError> {
    let authorize = provider::authorize_url(endpoints, provider);
    let token = provider::token_url(endpoints, provider);
    let oauth = oauth2::Client::new(ClientId::new(client.id.clone()))
        .set_auth_type(AuthType::RequestBody)
        .set_auth_uri(AuthUrl::new(authorize.into()).map_err(|_| malformed())?)
        .set_token_uri(TokenUrl::new(token.into()).map_err(|_| malformed())?);
    Ok(match provider::client_secret(provider, client) {
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

type Answer = StandardTokenResponse<OpenIdFields, BasicTokenType>;

/// What OpenID Connect adds to a token answer.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct OpenIdFields {
    #[serde(skip_serializing)]
    id_token: Option<String>,
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

/// A server's word, safe to show and to log: ASCII letters, digits, `_`, `-` and `.`, at most 64.
pub(crate) fn tame(text: &str) -> String {
    let fits = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    text.chars().filter(fits).take(64).collect()
}

fn read_tokens(answer: &Answer, provider: ProviderKind, asked_at: DateTime<Utc>) -> Tokens {
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
        None => wanted_scopes(provider)
            .iter()
            .map(|scope| (*scope).to_owned())
            .collect(),
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

/// Why the request brought nothing that OAuth knows.
#[derive(Debug, thiserror::Error)]
enum SendError {
    #[error(transparent)]
    Http(#[from] HttpError),
    #[error("the server asks for patience")]
    Busy { after: Option<Duration> },
    #[error("the answer is not JSON")]
    Unreadable,
}

/// Lets the oauth2 crate send through [`Host::http`].
fn sender(
    host: &Host,
) -> impl Fn(
    HttpRequest,
) -> std::pin::Pin<Box<dyn Future<Output = Result<HttpResponse, SendError>> + Send>> {
    let host = host.clone();
    move |request| {
        let host = host.clone();
        Box::pin(async move { send(&host, request).await })
    }
}

async fn send(host: &Host, request: HttpRequest) -> Result<HttpResponse, SendError> {
    let http: &Arc<dyn Http> = &host.http;
    let response = http.send(request.map(Bytes::from)).await?;
    let status = response.status();
    if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() {
        return Err(SendError::Busy {
            after: retry_after(&response, host.clock.now()),
        });
    }
    // A captive portal answers with a redirect or with HTML.
    if status.is_redirection() || !is_json(&response) {
        return Err(SendError::Unreadable);
    }
    Ok(response.map(Vec::from))
}

fn is_json(response: &Response<Bytes>) -> bool {
    let Some(Ok(kind)) = response
        .headers()
        .get(CONTENT_TYPE)
        .map(http::HeaderValue::to_str)
    else {
        return false;
    };
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

/// RFC 9110 §10.2.3: seconds, or a date.
fn retry_after(response: &Response<Bytes>, now: DateTime<Utc>) -> Option<Duration> {
    let text = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim();
    let pause = match text.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let until = DateTime::parse_from_rfc2822(text).ok()?;
            until
                .with_timezone(&Utc)
                .signed_duration_since(now)
                .to_std()
                .unwrap_or_default()
        }
    };
    Some(pause.min(LONGEST_PAUSE))
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
        RequestTokenError::Request(SendError::Http(error)) => match error {
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
