//! OAuth 2.0 for native apps, and the sealing of tokens.
#![warn(missing_docs)]
