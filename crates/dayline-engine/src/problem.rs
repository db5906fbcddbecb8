//! What is wrong with an account, in the user's words.
//!
//! Every failure of a sync ends here: as a state, a code from which the one helpful action follows
//! ([`ErrorCode::remedy`]), and a sentence that says what failed and what still works. It decides
//! nothing about trying again, and knows no account's content.

#[cfg(test)]
mod tests;

use dayline_auth::AuthError;
use dayline_model::ProviderKind;
use dayline_providers::ProviderError;
use dayline_store::{AccountStatus, Problem};

use crate::Error;
use crate::error::sentence;
use crate::view::ErrorCode;

/// What still works, whatever is wrong.
const STILL: &str = "Showing what was synced.";

/// What is wrong with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AccountProblem {
    code: ErrorCode,
    words: String,
    claims: Option<String>,
}

impl AccountProblem {
    /// What `error` means for an account of `provider`.
    pub(crate) fn of(provider: ProviderKind, error: &Error) -> Self {
        let code = error.code();
        let name = provider.name();
        let what = match code {
            ErrorCode::Offline => format!("{name} cannot be reached."),
            ErrorCode::NetworkLogin => {
                "This network wants you to sign in to it first. Open any web page in your browser."
                    .to_owned()
            }
            ErrorCode::NeedsSignIn => "Sign in again to update.".to_owned(),
            ErrorCode::NeedsVerification => {
                "Your organisation asks for one more proof that it is you. Sign in again to give it."
                    .to_owned()
            }
            ErrorCode::NeedsConsent => {
                format!("{name} asks you to allow Dayline once more. Sign in again to do so.")
            }
            ErrorCode::ScopesMissing => {
                "Dayline may not read your calendars any more. Sign in again, and leave every box ticked."
                    .to_owned()
            }
            ErrorCode::NeedsAdmin => {
                "Your organisation wants its administrator to allow Dayline. Send them the link."
                    .to_owned()
            }
            ErrorCode::Throttled => {
                format!("{name} asks to wait. Dayline tries again by itself.")
            }
            ErrorCode::ProviderAnswer if matches!(error, Error::Provider(ProviderError::Server { .. })) => {
                format!("{name} has a problem of its own. Dayline tries again by itself.")
            }
            _ => sentence(&error.to_string()),
        };
        let claims = match error {
            Error::Auth(AuthError::NeedsVerification { claims }) => claims.clone(),
            _ => None,
        };
        Self {
            code,
            words: format!("{what} {STILL}"),
            claims,
        }
    }

    /// As the database keeps it.
    pub(crate) fn row(&self) -> Problem<'_> {
        Problem {
            status: status(self.code),
            code: self.code.word(),
            words: &self.words,
            claims: self.claims.as_deref(),
        }
    }
}

/// How an account with this problem is doing.
pub(crate) fn status(code: ErrorCode) -> AccountStatus {
    match code {
        ErrorCode::Offline | ErrorCode::NetworkLogin => AccountStatus::Offline,
        ErrorCode::NeedsSignIn
        | ErrorCode::NeedsVerification
        | ErrorCode::NeedsConsent
        | ErrorCode::ScopesMissing
        | ErrorCode::NeedsAdmin
        | ErrorCode::WrongAccount
        | ErrorCode::AccountBlocked => AccountStatus::NeedsSignIn,
        _ => AccountStatus::Failing,
    }
}
