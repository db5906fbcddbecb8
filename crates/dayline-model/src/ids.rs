//! Ids as types, so that an account's id is never taken for an event's.

use serde::{Deserialize, Serialize};

macro_rules! row_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

macro_rules! provider_text {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The provider's text, as given.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }
    };
}

row_id! {
    /// Our id of an account.
    AccountId
}
row_id! {
    /// Our id of a calendar connection.
    CalendarId
}
row_id! {
    /// Our id of an event: a single one, a series master or an exception.
    EventId
}
provider_text! {
    /// A provider's id of a calendar. Opaque and case-sensitive.
    ProviderCalendarId
}
provider_text! {
    /// A provider's id of an event or of an occurrence. Opaque and case-sensitive.
    ProviderEventId
}
provider_text! {
    /// A provider's version mark of an event. Opaque.
    Etag
}

/// A provider of calendars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProviderKind {
    /// Microsoft 365 and Outlook.com, through Microsoft Graph.
    Microsoft,
    /// Google Calendar.
    Google,
}

impl ProviderKind {
    /// Every provider, in the order in which people are offered them.
    pub const ALL: [Self; 2] = [Self::Microsoft, Self::Google];

    /// The word that databases, deep links and commands use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Microsoft => "microsoft",
            Self::Google => "google",
        }
    }

    /// The name that people know.
    pub fn name(self) -> &'static str {
        match self {
            Self::Microsoft => "Microsoft",
            Self::Google => "Google",
        }
    }
}

impl std::fmt::Display for ProviderKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for ProviderKind {
    type Err = UnknownProvider;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(UnknownProvider)
    }
}

/// A word that names no provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such provider; Dayline knows microsoft and google")]
pub struct UnknownProvider;

/// One of the clouds that Microsoft runs apart from one another: accounts, registrations and
/// tokens of one are worth nothing in another. Everybody but Microsoft has the global one alone.
///
/// # Source
/// Microsoft Graph "National cloud deployments". GCC, without "High", is part of the global cloud.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Cloud {
    /// The one that nearly everybody is in.
    #[default]
    Global,
    /// US Government, GCC High.
    UsGovHigh,
    /// US Government, Department of Defense.
    UsGovDod,
    /// China, operated by 21Vianet.
    China,
}

impl Cloud {
    /// Every cloud, the usual one first.
    pub const ALL: [Self; 4] = [Self::Global, Self::UsGovHigh, Self::UsGovDod, Self::China];

    /// The word that databases and commands use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::UsGovHigh => "us-gov-high",
            Self::UsGovDod => "us-gov-dod",
            Self::China => "china",
        }
    }

    /// The name that people in it know.
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "Microsoft 365",
            Self::UsGovHigh => "Microsoft 365 GCC High",
            Self::UsGovDod => "Microsoft 365 DoD",
            Self::China => "Microsoft 365 operated by 21Vianet",
        }
    }
}

impl std::fmt::Display for Cloud {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Cloud {
    type Err = UnknownCloud;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|cloud| cloud.as_str() == text)
            .ok_or(UnknownCloud)
    }
}

/// A word that names no cloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such cloud; Dayline knows global, us-gov-high, us-gov-dod and china")]
pub struct UnknownCloud;
