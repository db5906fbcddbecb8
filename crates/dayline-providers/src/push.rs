//! What providers send by themselves: subscriptions at Graph, watch channels at Google.
//!
//! A subscription says only that something changed. Nothing here asks what.

use chrono::{DateTime, Utc};
use dayline_model::ProviderCalendarId;
use secrecy::SecretString;

/// What a subscription is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watched<'a> {
    /// The events of one calendar.
    Calendar(&'a ProviderCalendarId),
    /// The events of all calendars in the user's own mailbox. Graph only.
    Mailbox,
}

/// Where a provider sends to.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// The address. Whoever knows it together with `client_state` can pretend to be the provider.
    pub url: SecretString,
    /// What the provider repeats in every notice: Graph's `clientState`, Google's channel token.
    pub client_state: SecretString,
}

/// A subscription as its provider knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Its name: Graph gives one, at Google it is ours.
    pub id: String,
    /// Google's name for what is watched, without which nothing can be stopped.
    pub resource: Option<String>,
    /// When it ends by itself.
    pub expires_at: DateTime<Utc>,
}

/// A subscription that the provider lists.
#[derive(Debug, Clone)]
pub struct ListedSubscription {
    /// Its name.
    pub id: String,
    /// Where it sends to.
    pub url: SecretString,
}
