//! Where the providers live.
//!
//! The addresses are part of the program, not of any server's answer: that is what keeps one
//! provider from sending Dayline's codes to another. Only builds with the feature
//! `dev-endpoints` take them from the environment.

use url::Url;

/// The base addresses of the providers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints {
    /// Microsoft's sign-in, without tenant.
    pub microsoft_authority: Url,
    /// Microsoft Graph, with its version.
    pub graph: Url,
    /// Google's authorization endpoint.
    pub google_auth: Url,
    /// Google's token endpoint.
    pub google_token: Url,
    /// Google's Calendar API, with its version.
    pub google_api: Url,
}

/// Why an address from the environment cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{variable} must be an http or https address without query, fragment or user name")]
pub struct EndpointError {
    /// The variable's name.
    pub variable: &'static str,
}

impl Endpoints {
    /// The real providers.
    ///
    /// # Source
    /// Microsoft "OAuth 2.0 authorization code flow"; Google "OAuth 2.0 for mobile and desktop
    /// apps"; the Calendar API's discovery document, revision 20261030.
    pub fn production() -> Self {
        Self {
            microsoft_authority: fixed("https://login.microsoftonline.com/"),
            graph: fixed("https://graph.microsoft.com/v1.0"),
            google_auth: fixed("https://accounts.google.com/o/oauth2/v2/auth"),
            google_token: fixed("https://oauth2.googleapis.com/token"),
            google_api: fixed("https://www.googleapis.com/calendar/v3"),
        }
    }

    /// The real providers, or those that the environment names in a development build.
    ///
    /// # Errors
    /// [`EndpointError`] if a variable holds something else than a plain address.
    #[cfg(not(feature = "dev-endpoints"))]
    pub fn from_environment() -> Result<Self, EndpointError> {
        Ok(Self::production())
    }

    /// The real providers, or those that the environment names in a development build.
    ///
    /// # Errors
    /// [`EndpointError`] if a variable holds something else than a plain address.
    #[cfg(feature = "dev-endpoints")]
    pub fn from_environment() -> Result<Self, EndpointError> {
        Self::from_variables(|name| std::env::var(name).ok())
    }

    #[cfg(feature = "dev-endpoints")]
    fn from_variables(
        lookup: impl Fn(&'static str) -> Option<String>,
    ) -> Result<Self, EndpointError> {
        let choose = |variable: &'static str, default: Url| match lookup(variable) {
            None => Ok(default),
            Some(text) => plain(&text).ok_or(EndpointError { variable }),
        };
        let production = Self::production();
        Ok(Self {
            microsoft_authority: choose(
                "DAYLINE_MICROSOFT_AUTHORITY",
                production.microsoft_authority,
            )?,
            graph: choose("DAYLINE_GRAPH_URL", production.graph)?,
            google_auth: choose("DAYLINE_GOOGLE_AUTH_URL", production.google_auth)?,
            google_token: choose("DAYLINE_GOOGLE_TOKEN_URL", production.google_token)?,
            google_api: choose("DAYLINE_GOOGLE_API_URL", production.google_api)?,
        })
    }
}

fn fixed(text: &str) -> Url {
    #[expect(clippy::expect_used, reason = "a constant address, parsed by a test")]
    Url::parse(text).expect("a constant address parses")
}

#[cfg(feature = "dev-endpoints")]
fn plain(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    plain.then_some(url)
}

#[cfg(test)]
mod tests;
