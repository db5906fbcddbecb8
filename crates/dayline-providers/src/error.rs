//! Why a provider gave no answer, and what the caller may do about it.
//!
//! No variant carries content: neither titles nor people nor addresses nor a server's prose. A
//! code that a server sent is cut down to letters, digits and a few signs before it gets here.

use std::time::Duration;

use dayline_host::HttpError;

/// The least wait after a failure for which nobody named a time.
const SHORT: Duration = Duration::from_secs(10);
/// The least wait after being told to slow down without a time.
const THROTTLED: Duration = Duration::from_secs(30);
/// The least wait after an answer that made no sense: a captive portal, a proxy, an outage.
const NONSENSE: Duration = Duration::from_mins(1);

/// What a provider refused, or why it could not be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// There is no way to the provider.
    #[error("the calendar service cannot be reached")]
    Unreachable,
    /// The provider stopped answering.
    #[error("the calendar service did not answer in time")]
    Timeout,
    /// The answer broke off on its way.
    #[error("the connection to the calendar service broke off")]
    Broken,
    /// Somebody else answered in the provider's place: the sign-in page of a hotel, or a proxy.
    #[error("this network wants you to sign in to it first; open any web page in your browser")]
    NetworkLogin,
    /// The token is not accepted: HTTP 401, or a Conditional Access challenge.
    #[error("the calendar service asks you to sign in again")]
    Unauthorized {
        /// The `claims` of a Conditional Access challenge, as in the header. Goes into the next
        /// authorization request.
        claims: Option<String>,
    },
    /// Too many requests: HTTP 429, HTTP 503 with `Retry-After`, Google's 403 for rates.
    #[error("the calendar service asks to slow down")]
    Throttled {
        /// The wait that the provider asked for, at most one hour.
        retry_after: Option<Duration>,
    },
    /// The provider has a problem of its own.
    #[error("the calendar service has a problem (HTTP {status})")]
    Server {
        /// HTTP status, 5xx.
        status: u16,
    },
    /// The cursor is worth nothing any more.
    #[error("the calendar service asks to list the calendar anew")]
    CursorGone,
    /// What was asked for does not exist, or not for this account.
    #[error("the calendar service does not know it any more")]
    NotFound,
    /// The account may not do this.
    #[error("{}", refusal(reason))]
    Forbidden {
        /// The provider's code.
        reason: String,
    },
    /// A success that cannot be used. Never to be taken for an empty list.
    #[error("the calendar service gave an answer that makes no sense ({what})")]
    Unusable {
        /// What is wrong with it.
        what: &'static str,
    },
    /// The answer is larger than Dayline reads. The same request would be answered alike; one for
    /// a smaller page may not.
    #[error("the calendar service gave an answer that is too large to be read")]
    TooLarge,
    /// A link in an answer leads away from the provider. It was not followed.
    #[error("the calendar service pointed to a foreign address")]
    ForeignLink,
    /// Any other refusal.
    #[error("the calendar service refused the request (HTTP {status}, {code})")]
    Rejected {
        /// HTTP status.
        status: u16,
        /// The provider's code.
        code: String,
    },
}

/// Whether the same request may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Not as it is.
    Never,
    /// Not before this time has passed; a caller that fails again waits longer.
    After(Duration),
    /// Once there is a network.
    WhenOnline,
    /// With a new token; if a fresh one was refused too, once the user has signed in.
    AfterSignIn,
    /// As the first request of a full round.
    WithFullRound,
}

/// Why the account may not do it, in words.
fn refusal(reason: &str) -> String {
    match reason {
        "MailboxNotEnabledForRESTAPI" | "MailboxNotSupportedForRESTAPI" => {
            "this account has no mailbox that Dayline could read".to_owned()
        }
        "notACalendarUser" => {
            "this account has no Google calendar yet; open Google Calendar once to get one"
                .to_owned()
        }
        "accessNotConfigured" | "SERVICE_DISABLED" => {
            "the Google Calendar API is not turned on in the project that Dayline is registered in"
                .to_owned()
        }
        "domainPolicy" => {
            "your organisation's administrator does not allow apps to read calendars".to_owned()
        }
        _ => format!("the account has no right to read it, or not any more ({reason})"),
    }
}

impl ProviderError {
    /// Whether the same request may be sent again.
    pub fn retry(&self) -> Retry {
        match self {
            Self::Unreachable | Self::NetworkLogin => Retry::WhenOnline,
            Self::Timeout | Self::Broken | Self::Server { .. } => Retry::After(SHORT),
            Self::Unauthorized { .. } => Retry::AfterSignIn,
            Self::Throttled { retry_after } => Retry::After(retry_after.unwrap_or(THROTTLED)),
            Self::CursorGone => Retry::WithFullRound,
            Self::Unusable { .. } => Retry::After(NONSENSE),
            Self::NotFound
            | Self::Forbidden { .. }
            | Self::TooLarge
            | Self::ForeignLink
            | Self::Rejected { .. } => Retry::Never,
        }
    }

    /// A word for logs and for the health page; constant per variant.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::NetworkLogin => "network_login",
            Self::Timeout => "timeout",
            Self::Broken => "broken",
            Self::Unauthorized { .. } => "unauthorized",
            Self::Throttled { .. } => "throttled",
            Self::Server { .. } => "server",
            Self::CursorGone => "cursor_gone",
            Self::NotFound => "not_found",
            Self::Forbidden { .. } => "forbidden",
            Self::Unusable { .. } => "unusable",
            Self::TooLarge => "too_large",
            Self::ForeignLink => "foreign_link",
            Self::Rejected { .. } => "rejected",
        }
    }
}

impl From<HttpError> for ProviderError {
    fn from(error: HttpError) -> Self {
        match error {
            HttpError::Unreachable => Self::Unreachable,
            HttpError::Untrusted => Self::NetworkLogin,
            HttpError::Timeout => Self::Timeout,
            HttpError::Broken => Self::Broken,
            HttpError::TooLarge => Self::TooLarge,
            HttpError::Invalid(_) => Self::Unusable {
                what: "the request cannot be sent",
            },
            HttpError::Setup(_) => Self::Unusable {
                what: "secure connections cannot be set up",
            },
        }
    }
}

#[cfg(test)]
mod tests;
