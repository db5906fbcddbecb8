//! Microsoft Graph and Google Calendar behind one trait.
#![warn(missing_docs)]
