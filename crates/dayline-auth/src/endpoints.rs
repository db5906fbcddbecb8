//! Where the providers live.
//!
//! The addresses are part of the program, not of any server's answer: that is what keeps one
//! provider from sending Dayline's codes to another. Only builds with the feature
//! `dev-endpoints` take them from the environment.

use dayline_model::Cloud;
use url::Url;

/// The base addresses of the providers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints {
    /// Microsoft's clouds.
    pub microsoft: MicrosoftClouds,
    /// Google's authorization endpoint.
    pub google_auth: Url,
    /// Google's token endpoint.
    pub google_token: Url,
    /// Google's Calendar API, with its version.
    pub google_api: Url,
}

/// Where each of Microsoft's clouds lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MicrosoftClouds {
    /// The one that nearly everybody is in.
    pub global: MicrosoftCloud,
    /// GCC High.
    pub us_gov_high: MicrosoftCloud,
    /// The Department of Defense.
    pub us_gov_dod: MicrosoftCloud,
    /// 21Vianet.
    pub china: MicrosoftCloud,
}

/// Where one of Microsoft's clouds lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MicrosoftCloud {
    /// Its sign-in, without tenant.
    pub authority: Url,
    /// Its Graph, with the version.
    pub graph: Url,
}

impl MicrosoftClouds {
    /// One cloud.
    pub fn of(&self, cloud: Cloud) -> &MicrosoftCloud {
        match cloud {
            Cloud::Global => &self.global,
            Cloud::UsGovHigh => &self.us_gov_high,
            Cloud::UsGovDod => &self.us_gov_dod,
            Cloud::China => &self.china,
        }
    }

    /// All clouds by what `make` gives for each; `None` if it gives none for one.
    fn try_each(make: impl Fn(Cloud) -> Option<MicrosoftCloud>) -> Option<Self> {
        Some(Self {
            global: make(Cloud::Global)?,
            us_gov_high: make(Cloud::UsGovHigh)?,
            us_gov_dod: make(Cloud::UsGovDod)?,
            china: make(Cloud::China)?,
        })
    }
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
    /// apps"; Microsoft Graph "National cloud deployments"; the Calendar API's discovery document, revision 20261030.
    pub fn production() -> Self {
        Self {
            microsoft: MicrosoftClouds {
                global: cloud(
                    "https://login.microsoftonline.com/",
                    "https://graph.microsoft.com/v1.0",
                ),
                us_gov_high: cloud(
                    "https://login.microsoftonline.us/",
                    "https://graph.microsoft.us/v1.0",
                ),
                us_gov_dod: cloud(
                    "https://login.microsoftonline.us/",
                    "https://dod-graph.microsoft.us/v1.0",
                ),
                china: cloud(
                    "https://login.chinacloudapi.cn/",
                    "https://microsoftgraph.chinacloudapi.cn/v1.0",
                ),
            },
            google_auth: fixed("https://accounts.google.com/o/oauth2/v2/auth"),
            google_token: fixed("https://oauth2.googleapis.com/token"),
            google_api: fixed("https://www.googleapis.com/calendar/v3"),
        }
    }

    /// All providers at one origin, as dayline-simulator serves them: each by its usual path, and a
    /// national cloud below a path of its own. For sample data, tests and benchmarks.
    ///
    /// Shape: `None` if `origin` is no address that others can be made from.
    pub fn simulated(origin: &Url) -> Option<Self> {
        let at = |path: &str| origin.join(path).ok();
        let clouds = MicrosoftClouds::try_each(|cloud| {
            let prefix = match cloud {
                Cloud::Global => String::new(),
                cloud => format!("{cloud}/"),
            };
            Some(MicrosoftCloud {
                authority: at(&format!("/{prefix}"))?,
                graph: at(&format!("/{prefix}v1.0"))?,
            })
        });
        Some(Self {
            microsoft: clouds?,
            google_auth: at("/o/oauth2/v2/auth")?,
            google_token: at("/token")?,
            google_api: at("/calendar/v3")?,
        })
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
        let choose_cloud = |cloud| {
            let (authority, graph) = variables(cloud);
            let real = production.microsoft.of(cloud);
            Ok(MicrosoftCloud {
                authority: choose(authority, real.authority.clone())?,
                graph: choose(graph, real.graph.clone())?,
            })
        };
        Ok(Self {
            microsoft: MicrosoftClouds {
                global: choose_cloud(Cloud::Global)?,
                us_gov_high: choose_cloud(Cloud::UsGovHigh)?,
                us_gov_dod: choose_cloud(Cloud::UsGovDod)?,
                china: choose_cloud(Cloud::China)?,
            },
            google_auth: choose("DAYLINE_GOOGLE_AUTH_URL", production.google_auth)?,
            google_token: choose("DAYLINE_GOOGLE_TOKEN_URL", production.google_token)?,
            google_api: choose("DAYLINE_GOOGLE_API_URL", production.google_api)?,
        })
    }
}

/// The variables that name a cloud's sign-in and its Graph.
#[cfg(feature = "dev-endpoints")]
pub(crate) fn variables(cloud: Cloud) -> (&'static str, &'static str) {
    match cloud {
        Cloud::Global => ("DAYLINE_MICROSOFT_AUTHORITY", "DAYLINE_GRAPH_URL"),
        Cloud::UsGovHigh => (
            "DAYLINE_MICROSOFT_AUTHORITY_US_GOV_HIGH",
            "DAYLINE_GRAPH_URL_US_GOV_HIGH",
        ),
        Cloud::UsGovDod => (
            "DAYLINE_MICROSOFT_AUTHORITY_US_GOV_DOD",
            "DAYLINE_GRAPH_URL_US_GOV_DOD",
        ),
        Cloud::China => (
            "DAYLINE_MICROSOFT_AUTHORITY_CHINA",
            "DAYLINE_GRAPH_URL_CHINA",
        ),
    }
}

fn cloud(authority: &str, graph: &str) -> MicrosoftCloud {
    MicrosoftCloud {
        authority: fixed(authority),
        graph: fixed(graph),
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
