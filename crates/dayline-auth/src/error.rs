//! Why a sign-in or a refresh failed, in the user's words.

use std::time::Duration;

use dayline_model::ProviderKind;

use crate::attempt::StoreFailure;
use crate::issuer::Issuer;
use crate::loopback::LoopbackError;
use crate::scopes;
use crate::seal::SealError;

/// When it makes sense to try again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Not before somebody changed something.
    Never,
    /// After this time at the earliest.
    After(Duration),
    /// As soon as the network is back.
    WhenOnline,
    /// After the user has signed in again.
    AfterSignIn,
}

/// How long to wait when a provider says "later" without saying when.
const DEFAULT_PAUSE: Duration = Duration::from_secs(30);

/// Why there are no tokens. Its text is meant for the user and holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuthError {
    /// The user said no.
    #[error("You did not allow Dayline to read your calendar. Nothing was connected")]
    Denied,
    /// The browser's answer came too late.
    #[error("The sign-in took too long and has ended. Start it again")]
    Expired,
    /// An answer that nobody asked for, that came twice, or that came in by another door.
    #[error("Dayline received a sign-in answer that it did not ask for, and ignored it")]
    InvalidCallback,
    /// The client's registration at the provider is wrong.
    #[error("{} does not accept how Dayline is registered ({code}). {advice}", provider.name())]
    Misconfigured {
        /// Who refused.
        provider: ProviderKind,
        /// The provider's code.
        code: String,
        /// What to change in the registration.
        advice: &'static str,
    },
    /// This build carries no client id for the provider, and none was entered.
    #[error("Dayline has no client id for {}. Enter one in the settings", .0.name())]
    NotConfigured(Issuer),
    /// The refresh token is of no use any more.
    #[error("The sign-in has ended. Sign in again to go on")]
    NeedsSignIn,
    /// The provider wants to know more before it gives the next token: a second factor, a managed
    /// device, or what a Conditional Access policy names.
    #[error("Your organisation asks for one more proof that it is you. Sign in again to give it")]
    NeedsVerification {
        /// The `claims` to send with the next authorization request, as JSON.
        claims: Option<String>,
    },
    /// The user, or their organisation, has taken back what was allowed, or more is needed.
    #[error("Dayline needs your permission once more. Sign in again to give it")]
    NeedsConsent,
    /// The organisation wants its administrator to agree first.
    #[error("Your organisation wants its administrator to allow Dayline first. Send them the link")]
    NeedsAdminApproval,
    /// The account cannot be used with this registration or does not exist.
    #[error(
        "This account cannot be used here ({code}): it belongs to another organisation or to another of Microsoft's clouds, or does not exist. Choose another one"
    )]
    WrongAccount {
        /// The provider's code.
        code: String,
    },
    /// The account is locked, disabled, or its password has expired.
    #[error("The account is locked or its password has expired. Sign in at the provider first")]
    AccountBlocked,
    /// The user signed in, but left out a permission.
    #[error(
        "Dayline may not read {}. Sign in again, and leave every box ticked",
        scopes::in_words(missing)
    )]
    ScopesMissing {
        /// What is missing, in the provider's words.
        missing: Vec<String>,
    },
    /// The provider cannot be reached.
    #[error("The sign-in service could not be reached")]
    Unreachable,
    /// The provider asked for patience.
    #[error("The sign-in service is busy. Try again in a moment")]
    Busy {
        /// How long it asked to wait, if it said so.
        after: Option<Duration>,
    },
    /// Somebody else answered in the provider's place: the sign-in page of a hotel, or a proxy.
    #[error("This network wants you to sign in to it first. Open any web page in your browser")]
    NetworkLogin,
    /// The answer makes no sense.
    #[error("The sign-in service gave an answer that makes no sense. Try again later")]
    UnreadableAnswer,
    /// Another refusal.
    #[error("The sign-in was refused ({code})")]
    Rejected {
        /// The provider's code.
        code: String,
    },
    /// The key for stored sign-ins is not at hand, or they are damaged.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreFailure),
    /// The listener for the browser's answer failed.
    #[error(transparent)]
    Loopback(#[from] LoopbackError),
}

impl AuthError {
    /// When it makes sense to try again.
    pub fn retry(&self) -> Retry {
        match self {
            Self::Unreachable | Self::NetworkLogin | Self::UnreadableAnswer => Retry::WhenOnline,
            Self::Busy { after } => Retry::After(after.unwrap_or(DEFAULT_PAUSE)),
            Self::Denied
            | Self::Expired
            | Self::NeedsSignIn
            | Self::NeedsVerification { .. }
            | Self::NeedsConsent
            | Self::NeedsAdminApproval
            | Self::WrongAccount { .. }
            | Self::AccountBlocked
            | Self::ScopesMissing { .. } => Retry::AfterSignIn,
            Self::InvalidCallback
            | Self::Misconfigured { .. }
            | Self::NotConfigured(_)
            | Self::Rejected { .. }
            | Self::Seal(_)
            | Self::Store(_)
            | Self::Loopback(_) => Retry::Never,
        }
    }

    /// A constant word for logs, audit rows and the UI's table.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Expired => "expired",
            Self::InvalidCallback => "invalid_callback",
            Self::Misconfigured { .. } => "misconfigured",
            Self::NotConfigured(_) => "not_configured",
            Self::NeedsSignIn => "needs_sign_in",
            Self::NeedsVerification { .. } => "needs_verification",
            Self::NeedsConsent => "needs_consent",
            Self::NetworkLogin => "network_login",
            Self::NeedsAdminApproval => "needs_admin_approval",
            Self::WrongAccount { .. } => "wrong_account",
            Self::AccountBlocked => "account_blocked",
            Self::ScopesMissing { .. } => "scopes_missing",
            Self::Unreachable => "unreachable",
            Self::Busy { .. } => "busy",
            Self::UnreadableAnswer => "unreadable_answer",
            Self::Rejected { .. } => "rejected",
            Self::Seal(_) => "seal",
            Self::Store(_) => "store",
            Self::Loopback(_) => "loopback",
        }
    }
}

/// A failed [`complete`](crate::complete), with the attempt that it ended, if there was one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{error}")]
pub struct CompleteError {
    /// The attempt that is over; `None` if the answer belonged to none.
    pub attempt_id: Option<String>,
    /// Why.
    #[source]
    pub error: AuthError,
}

impl From<CompleteError> for AuthError {
    fn from(failed: CompleteError) -> Self {
        failed.error
    }
}
