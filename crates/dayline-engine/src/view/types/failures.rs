//! What goes wrong, and what helps.

use serde::{Deserialize, Serialize};

/// What went wrong, told apart by what it asks of the reader; see [`ErrorCode::remedy`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The provider cannot be reached.
    Offline,
    /// The network wants somebody to sign in to it first, or stands between us and the provider.
    NetworkLogin,
    /// The user has to sign in again.
    NeedsSignIn,
    /// The user has to sign in again and prove more than the last time.
    NeedsVerification,
    /// The user has to allow Dayline once more.
    NeedsConsent,
    /// The user signed in, but left out a permission.
    ScopesMissing,
    /// An administrator of the user's organisation has to allow Dayline.
    NeedsAdmin,
    /// The account cannot be used here: another organisation's, another cloud's, or unknown.
    WrongAccount,
    /// The account is locked or disabled, or its password has expired.
    AccountBlocked,
    /// The provider does not accept how Dayline is registered there.
    Misconfigured,
    /// The account has no right to it, or not any more.
    NoAccess,
    /// The user said no, or closed the browser.
    SignInDenied,
    /// The sign-in took longer than 15 minutes or was replaced.
    SignInExpired,
    /// The answer to a sign-in did not belong to one.
    SignInInvalid,
    /// The provider refused the sign-in or answered something unreadable.
    SignInFailed,
    /// No client id for this provider yet.
    NotConfigured,
    /// The operating system's keyring is missing or locked.
    Keyring,
    /// The provider asks to wait.
    Throttled,
    /// The provider answered something that cannot be used.
    ProviderAnswer,
    /// The database is damaged.
    DatabaseDamaged,
    /// The database is from a newer version.
    DatabaseNewer,
    /// The disk is full or cannot be written.
    Disk,
    /// What was asked for does not exist any more.
    NotFound,
    /// A link that must not be opened.
    LinkRefused,
    /// The caller's input makes no sense.
    Invalid,
    /// A fault of Dayline's.
    Internal,
}

impl ErrorCode {
    /// Every code.
    pub const ALL: [Self; 26] = [
        Self::Offline,
        Self::NetworkLogin,
        Self::NeedsSignIn,
        Self::NeedsVerification,
        Self::NeedsConsent,
        Self::ScopesMissing,
        Self::NeedsAdmin,
        Self::WrongAccount,
        Self::AccountBlocked,
        Self::Misconfigured,
        Self::NoAccess,
        Self::SignInDenied,
        Self::SignInExpired,
        Self::SignInInvalid,
        Self::SignInFailed,
        Self::NotConfigured,
        Self::Keyring,
        Self::Throttled,
        Self::ProviderAnswer,
        Self::DatabaseDamaged,
        Self::DatabaseNewer,
        Self::Disk,
        Self::NotFound,
        Self::LinkRefused,
        Self::Invalid,
        Self::Internal,
    ];

    /// The word by which databases and JSON name it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::NetworkLogin => "network_login",
            Self::NeedsSignIn => "needs_sign_in",
            Self::NeedsVerification => "needs_verification",
            Self::NeedsConsent => "needs_consent",
            Self::ScopesMissing => "scopes_missing",
            Self::NeedsAdmin => "needs_admin",
            Self::WrongAccount => "wrong_account",
            Self::AccountBlocked => "account_blocked",
            Self::Misconfigured => "misconfigured",
            Self::NoAccess => "no_access",
            Self::SignInDenied => "sign_in_denied",
            Self::SignInExpired => "sign_in_expired",
            Self::SignInInvalid => "sign_in_invalid",
            Self::SignInFailed => "sign_in_failed",
            Self::NotConfigured => "not_configured",
            Self::Keyring => "keyring",
            Self::Throttled => "throttled",
            Self::ProviderAnswer => "provider_answer",
            Self::DatabaseDamaged => "database_damaged",
            Self::DatabaseNewer => "database_newer",
            Self::Disk => "disk",
            Self::NotFound => "not_found",
            Self::LinkRefused => "link_refused",
            Self::Invalid => "invalid",
            Self::Internal => "internal",
        }
    }

    /// The code of a [`word`](Self::word); `None` for one that no version wrote.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.word() == word)
    }

    /// The one action that helps.
    pub fn remedy(self) -> Remedy {
        match self {
            Self::NeedsSignIn
            | Self::NeedsVerification
            | Self::NeedsConsent
            | Self::ScopesMissing
            | Self::AccountBlocked => Remedy::SignIn,
            Self::NeedsAdmin => Remedy::AskAdmin,
            Self::WrongAccount => Remedy::ChooseAccount,
            Self::Misconfigured | Self::NotConfigured => Remedy::CheckRegistration,
            Self::Throttled => Remedy::Wait,
            Self::Offline
            | Self::NetworkLogin
            | Self::SignInDenied
            | Self::SignInExpired
            | Self::SignInInvalid
            | Self::SignInFailed
            | Self::Keyring
            | Self::ProviderAnswer
            | Self::Disk
            | Self::Internal => Remedy::TryAgain,
            Self::NoAccess
            | Self::DatabaseDamaged
            | Self::DatabaseNewer
            | Self::NotFound
            | Self::LinkRefused
            | Self::Invalid => Remedy::Nothing,
        }
    }
}

/// What can be done about a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// Sign the account in again.
    SignIn,
    /// Send an administrator the address at which they allow Dayline.
    AskAdmin,
    /// Sign in with another account.
    ChooseAccount,
    /// Look at how Dayline is registered at the provider.
    CheckRegistration,
    /// Do the same again.
    TryAgain,
    /// Nothing: Dayline tries again by itself.
    Wait,
    /// Nothing here.
    Nothing,
}

/// A failure as it crosses to the window.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct IpcError {
    /// What went wrong.
    pub code: ErrorCode,
    /// The one thing that helps.
    pub remedy: Remedy,
    /// What happened, in the user's words.
    pub message: String,
    /// When to try again, where that is known.
    pub retry_after_ms: Option<i32>,
}
