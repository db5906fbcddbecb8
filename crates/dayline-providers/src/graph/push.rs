//! Graph's subscriptions.
//!
//! # Source
//! Graph, `subscription` resource (page of 2026-09-17) and "Change notifications for Outlook
//! resources": at most 10,080 minutes; `lifecycleNotificationUrl` only at creation.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value, json};

use super::mailbox::Place;
use super::{Graph, batch};
use crate::error::ProviderError;
use crate::{ListedSubscription, Subscription, Watched, Webhook};

/// A little less than the longest life, since Graph counts from its own clock.
const LIVES: TimeDelta = TimeDelta::minutes(10_080 - 60);

impl Graph {
    pub(super) async fn create_subscription(
        &self,
        token: &SecretString,
        watched: Watched<'_>,
        webhook: &Webhook,
    ) -> Result<Subscription, ProviderError> {
        let url = self.client.endpoint(&["subscriptions"], &[])?;
        let expires_at = self.client.now() + LIVES;
        let body = json!({
            "changeType": "created,updated,deleted",
            "notificationUrl": webhook.url.expose_secret(),
            "lifecycleNotificationUrl": webhook.url.expose_secret(),
            "resource": resource(watched)?,
            "expirationDateTime": written(expires_at),
            "clientState": webhook.client_state.expose_secret(),
        });
        let answer = self.client.post(token, &url, &body).await?;
        subscription(&answer.object)
    }

    pub(super) async fn renew_subscriptions(
        &self,
        token: &SecretString,
        ids: &[String],
    ) -> Result<Vec<Result<Subscription, ProviderError>>, ProviderError> {
        let body = json!({"expirationDateTime": written(self.client.now() + LIVES)});
        let mut patches = Vec::with_capacity(ids.len());
        for id in ids {
            patches.push((self.client.endpoint(&["subscriptions", id], &[])?, &body));
        }
        let answers = batch::patch(&self.client, token, &patches).await?;
        Ok(answers
            .into_iter()
            .map(|answer| subscription(&answer?))
            .collect())
    }

    pub(super) async fn delete_subscription(
        &self,
        token: &SecretString,
        id: &str,
    ) -> Result<(), ProviderError> {
        let url = self.client.endpoint(&["subscriptions", id], &[])?;
        self.client.delete(token, &url).await
    }

    pub(super) async fn list_subscriptions(
        &self,
        token: &SecretString,
    ) -> Result<Vec<ListedSubscription>, ProviderError> {
        let url = self.client.endpoint(&["subscriptions"], &[])?;
        let items = self.client.fetch_all(token, url).await?;
        let listed = items.iter().filter_map(|item| {
            Some(ListedSubscription {
                id: item.get("id")?.as_str()?.to_owned(),
                url: item.get("notificationUrl")?.as_str()?.to_owned().into(),
            })
        });
        Ok(listed.collect())
    }
}

/// Nobody may subscribe to somebody else's mailbox with a user's rights.
fn resource(watched: Watched<'_>) -> Result<String, ProviderError> {
    match watched {
        Watched::Mailbox => Ok("/me/events".to_owned()),
        Watched::Calendar(calendar) => match Place::of(calendar) {
            Place::Own { calendar } => Ok(format!("/me/calendars/{calendar}/events")),
            Place::Theirs { .. } => Err(ProviderError::Forbidden {
                reason: "ExtensionError".to_owned(),
            }),
        },
    }
}

fn written(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn subscription(object: &Map<String, Value>) -> Result<Subscription, ProviderError> {
    let text = |name| object.get(name).and_then(Value::as_str);
    let expires_at = text("expirationDateTime")
        .and_then(|time| DateTime::parse_from_rfc3339(time).ok())
        .ok_or(ProviderError::Unusable {
            what: "a subscription without an end",
        })?;
    Ok(Subscription {
        id: text("id")
            .ok_or(ProviderError::Unusable {
                what: "a subscription without an id",
            })?
            .to_owned(),
        resource: None,
        expires_at: expires_at.to_utc(),
    })
}
