//! How a sign-in goes on once its browser has answered. Pure.
//!
//! The only state in which a token request is made is [`State::Redeeming`], and the only way
//! into it is a code that arrived while waiting. Everything else ends the attempt.

use secrecy::SecretString;

use crate::error::AuthError;
use crate::sign_in::SignedIn;

/// Where a sign-in stands.
#[derive(Debug)]
pub(crate) enum State {
    /// The browser is open; the attempt is not consumed or has just been.
    Waiting,
    /// The attempt is consumed; its code is being redeemed.
    Redeeming(SecretString),
    /// Done.
    SignedIn(Box<SignedIn>),
    /// Over.
    Failed(AuthError),
}

/// What happens to a sign-in.
#[derive(Debug)]
pub(crate) enum Event {
    /// The browser brought a code by the right door and in time.
    CodeArrived(SecretString),
    /// The token endpoint gave tokens.
    TokensArrived(Box<SignedIn>),
    /// The user, the provider, the network or the clock ended it.
    Failed(AuthError),
}

/// The state after `event`.
///
/// Shape: the end states stay as they are, whatever comes; what does not fit ends the attempt.
pub(crate) fn next(state: State, event: Event) -> State {
    match (state, event) {
        (State::Waiting, Event::CodeArrived(code)) => State::Redeeming(code),
        (State::Redeeming(_), Event::TokensArrived(signed_in)) => State::SignedIn(signed_in),
        (State::Waiting | State::Redeeming(_), Event::Failed(error)) => State::Failed(error),
        // Tokens without a code, or a second code: nobody asked for them.
        (State::Waiting, Event::TokensArrived(_))
        | (State::Redeeming(_), Event::CodeArrived(_)) => State::Failed(AuthError::InvalidCallback),
        (end @ (State::SignedIn(_) | State::Failed(_)), _) => end,
    }
}

#[cfg(test)]
mod tests;
