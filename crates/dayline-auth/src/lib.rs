//! OAuth 2.0 for native apps, and the sealing of tokens.
//!
//! Authorization code with PKCE in the system's browser (RFC 8252, RFC 7636): [`begin`] makes the
//! address to open, [`complete`] takes the answer that came back by deep link or by [`Loopback`],
//! [`refresh`] gets the next access token. [`Sealer`] keeps tokens unreadable at rest.
//!
//! It does not store anything: the engine implements [`AttemptStore`] over the database, and
//! keeps what [`Sealer::seal`] gives. It does not open the browser, and it does not decide when
//! a token is refreshed. Embedded web views, the implicit flow and the device code flow are left
//! out: the first two are refused by the providers, the third is easy to phish.
#![warn(missing_docs)]

mod attempt;
mod callback;
pub mod claims;
mod client;
mod endpoints;
mod error;
mod google;
mod identity;
mod issuer;
mod loopback;
mod microsoft;
mod provider;
mod scopes;
mod seal;
mod sign_in;
mod token;
mod transitions;

#[cfg(test)]
mod testing;

pub use self::attempt::{Attempt, AttemptStore, Redirect, StoreFailure};
pub use self::callback::state_hash;
pub use self::client::Client;
pub use self::endpoints::{EndpointError, Endpoints, MicrosoftCloud, MicrosoftClouds};
pub use self::error::{AuthError, CompleteError, Retry};
pub use self::identity::{IdTokenClaims, is_personal};
pub use self::issuer::Issuer;
pub use self::loopback::{Loopback, LoopbackError};
pub use self::provider::admin_consent_url;
pub use self::scopes::opens_shared_mailboxes;
pub use self::seal::{SealError, Sealer, load_sealer};
pub use self::sign_in::{Begun, SignIn, SignedIn, begin, complete};
pub use self::token::{Refresh, Tokens, refresh};
