//! Who signs people in: a provider, and for Microsoft one of its clouds.

use dayline_model::{Cloud, ProviderKind};

/// An authorization server with the calendars behind it. Clients, tokens and accounts of one are
/// worth nothing at another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Issuer {
    /// Whose it is.
    pub provider: ProviderKind,
    /// Which of its clouds; all but Microsoft have the global one alone.
    pub cloud: Cloud,
}

impl Issuer {
    /// Every issuer.
    pub const ALL: [Self; 5] = [
        Self::microsoft(Cloud::Global),
        Self::microsoft(Cloud::UsGovHigh),
        Self::microsoft(Cloud::UsGovDod),
        Self::microsoft(Cloud::China),
        Self::GOOGLE,
    ];

    /// Google.
    pub const GOOGLE: Self = Self {
        provider: ProviderKind::Google,
        cloud: Cloud::Global,
    };

    /// One of Microsoft's clouds.
    pub const fn microsoft(cloud: Cloud) -> Self {
        Self {
            provider: ProviderKind::Microsoft,
            cloud,
        }
    }

    /// The issuer of `provider` in `cloud`; `None` if it has no such cloud.
    pub fn find(provider: ProviderKind, cloud: Cloud) -> Option<Self> {
        let issuer = Self { provider, cloud };
        Self::ALL.contains(&issuer).then_some(issuer)
    }

    /// The name that people know.
    pub fn name(self) -> &'static str {
        match self.cloud {
            Cloud::Global => self.provider.name(),
            cloud => cloud.name(),
        }
    }
}

impl From<ProviderKind> for Issuer {
    fn from(provider: ProviderKind) -> Self {
        Self {
            provider,
            cloud: Cloud::Global,
        }
    }
}
