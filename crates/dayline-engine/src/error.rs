//! What can go wrong, told by what the caller should do, in the user's words.

use std::time::Duration;

use dayline_auth::{AuthError, CompleteError, Issuer, SealError};
use dayline_host::{KeyringError, OpenError as LinkOpenError};
use dayline_model::PatternError;
use dayline_model::filter::FilterError;
use dayline_model::gate::Refused;
use dayline_providers::ProviderError;
use dayline_store::{OpenError, StoreError};

use crate::view::{ErrorCode, IpcError};

/// Why the engine did not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Sign-in, refresh or the sealing of tokens failed.
    #[error(transparent)]
    Auth(#[from] AuthError),
    /// A provider gave no usable answer.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The sealing key does not open something, so that it cannot be replaced.
    #[error(
        "{0} cannot be opened with the key in the keyring, so the key was not replaced. Sign in again or remove the account; nothing was changed"
    )]
    Shut(String),
    /// A link must not be opened.
    #[error("{0}")]
    Link(#[from] Refused),
    /// A pattern of meeting links is not taken.
    #[error(transparent)]
    Pattern(#[from] PatternError),
    /// A filter cannot be read.
    #[error(transparent)]
    Filter(#[from] FilterError),
    /// The system could not open a link.
    #[error(transparent)]
    Opener(#[from] LinkOpenError),
    /// What was asked for does not exist any more.
    #[error("there is no such {0}, or not any more")]
    NotFound(&'static str),
    /// The caller's input makes no sense.
    #[error("{0}")]
    Invalid(String),
    /// Another Dayline holds the lease and did not answer.
    #[error("another Dayline is at work; {0}")]
    Busy(String),
    /// The other Dayline that was asked failed, in its words.
    #[error("{}", .0.message)]
    Elsewhere(Box<IpcError>),
    /// Something inside failed.
    #[error("something went wrong inside of Dayline: {0}")]
    Internal(String),
}

impl From<CompleteError> for Error {
    fn from(error: CompleteError) -> Self {
        Self::Auth(error.error)
    }
}

impl From<SealError> for Error {
    fn from(error: SealError) -> Self {
        Self::Auth(AuthError::Seal(error))
    }
}

impl Error {
    /// No client id for this provider.
    pub(crate) fn not_configured(issuer: Issuer) -> Self {
        Self::Auth(AuthError::NotConfigured(issuer))
    }

    /// What it asks of the reader.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Open(OpenError::Newer { .. }) => ErrorCode::DatabaseNewer,
            Self::Open(OpenError::Damaged(_)) | Self::Store(StoreError::Damaged) => {
                ErrorCode::DatabaseDamaged
            }
            Self::Open(OpenError::Folder { .. }) | Self::Store(StoreError::Disk) => ErrorCode::Disk,
            Self::Open(OpenError::Missing(_)) | Self::NotFound(_) => ErrorCode::NotFound,
            Self::Open(_) | Self::Store(_) | Self::Internal(_) => ErrorCode::Internal,
            Self::Auth(error) => auth_code(error),
            Self::Provider(error) => provider_code(error),
            Self::Link(_) | Self::Opener(_) => ErrorCode::LinkRefused,
            Self::Invalid(_) | Self::Pattern(_) | Self::Filter(_) => ErrorCode::Invalid,
            Self::Shut(_) => ErrorCode::NeedsSignIn,
            Self::Busy(_) => ErrorCode::Throttled,
            Self::Elsewhere(error) => error.code,
        }
    }

    /// When to try again, where that is known.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Provider(error) => match error.retry() {
                dayline_providers::Retry::After(wait) => Some(wait),
                _ => None,
            },
            Self::Auth(error) => match error.retry() {
                dayline_auth::Retry::After(wait) => Some(wait),
                _ => None,
            },
            _ => None,
        }
    }
}

pub(crate) fn auth_code(error: &AuthError) -> ErrorCode {
    match error {
        AuthError::Denied => ErrorCode::SignInDenied,
        AuthError::Expired => ErrorCode::SignInExpired,
        AuthError::InvalidCallback => ErrorCode::SignInInvalid,
        AuthError::NotConfigured(_) => ErrorCode::NotConfigured,
        AuthError::NeedsSignIn | AuthError::Seal(SealError::Damaged) => ErrorCode::NeedsSignIn,
        AuthError::NeedsVerification { .. } => ErrorCode::NeedsVerification,
        AuthError::NeedsConsent => ErrorCode::NeedsConsent,
        AuthError::ScopesMissing { .. } => ErrorCode::ScopesMissing,
        AuthError::NeedsAdminApproval => ErrorCode::NeedsAdmin,
        AuthError::WrongAccount { .. } => ErrorCode::WrongAccount,
        AuthError::AccountBlocked => ErrorCode::AccountBlocked,
        AuthError::Misconfigured { .. } => ErrorCode::Misconfigured,
        AuthError::NetworkLogin => ErrorCode::NetworkLogin,
        AuthError::Unreachable => ErrorCode::Offline,
        AuthError::Busy { .. } => ErrorCode::Throttled,
        AuthError::Seal(SealError::Keyring(_) | SealError::KeyMissing) => ErrorCode::Keyring,
        AuthError::Store(_) => ErrorCode::Internal,
        AuthError::UnreadableAnswer | AuthError::Rejected { .. } | AuthError::Loopback(_) => {
            ErrorCode::SignInFailed
        }
    }
}

fn provider_code(error: &ProviderError) -> ErrorCode {
    match error {
        ProviderError::Unreachable | ProviderError::Timeout | ProviderError::Broken => {
            ErrorCode::Offline
        }
        ProviderError::NetworkLogin => ErrorCode::NetworkLogin,
        ProviderError::Unauthorized { .. } => ErrorCode::NeedsSignIn,
        ProviderError::Forbidden { reason } => match reason.as_str() {
            "insufficientPermissions" | "ACCESS_TOKEN_SCOPE_INSUFFICIENT" => {
                ErrorCode::ScopesMissing
            }
            "accessNotConfigured" | "SERVICE_DISABLED" => ErrorCode::Misconfigured,
            "domainPolicy" => ErrorCode::NeedsAdmin,
            _ => ErrorCode::NoAccess,
        },
        ProviderError::Throttled { .. } => ErrorCode::Throttled,
        ProviderError::NotFound => ErrorCode::NotFound,
        ProviderError::Server { .. }
        | ProviderError::CursorGone
        | ProviderError::Unusable { .. }
        | ProviderError::TooLarge
        | ProviderError::ForeignLink
        | ProviderError::Rejected { .. } => ErrorCode::ProviderAnswer,
    }
}

impl From<&Error> for IpcError {
    fn from(error: &Error) -> Self {
        Self {
            code: error.code(),
            remedy: error.code().remedy(),
            message: sentence(&error.to_string()),
            retry_after_ms: error
                .retry_after()
                .map(|wait| i32::try_from(wait.as_millis()).unwrap_or(i32::MAX)),
        }
    }
}

impl From<Error> for IpcError {
    fn from(error: Error) -> Self {
        match error {
            Error::Elsewhere(error) => *error,
            error => Self::from(&error),
        }
    }
}

/// Error texts start small and end without a stop; people read sentences.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    // A stop would become part of a link.
    let ends_in_link = text
        .rsplit_once(' ')
        .is_some_and(|(_, word)| word.starts_with("http"));
    let end = if ends_in_link || text.ends_with(['.', '?']) {
        ""
    } else {
        "."
    };
    format!("{}{}{end}", first.to_uppercase(), letters.as_str())
}

/// Why the keyring cannot be used, as a sentence.
pub(crate) fn keyring_sentence(error: &KeyringError) -> String {
    sentence(&error.to_string())
}
