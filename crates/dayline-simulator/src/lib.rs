//! Microsoft Graph, Google Calendar and their sign-in, simulated from the vendors documents.
#![warn(missing_docs)]
