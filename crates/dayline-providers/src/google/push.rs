//! Google's watch channels.
//!
//! # Source
//! Google Calendar, "Push notifications" (updated 2026-04-01). No channel can be renewed and none
//! is ever listed: its end stands in the answer, and its name has to be known to stop it.

use chrono::{DateTime, TimeDelta};
use dayline_model::ProviderCalendarId;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::Google;
use crate::error::ProviderError;
use crate::{Subscription, Webhook};

/// What is asked for. Google gives less where it wants to.
const LIVES: TimeDelta = TimeDelta::days(7);

impl Google {
    pub(super) async fn watch(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        id: &str,
        webhook: &Webhook,
    ) -> Result<Subscription, ProviderError> {
        let url = self
            .client
            .endpoint(&["calendars", calendar.as_str(), "events", "watch"], &[])?;
        let until = self.client.now() + LIVES;
        let body = json!({
            "id": id,
            "type": "web_hook",
            "address": webhook.url.expose_secret(),
            "token": webhook.client_state.expose_secret(),
            "expiration": until.timestamp_millis().to_string(),
        });
        let object = self.client.post(token, &url, &body).await?;
        let text = |name: &str| object.get(name).and_then(Value::as_str);
        let expires_at = text("expiration")
            .and_then(|ms| ms.parse().ok())
            .and_then(DateTime::from_timestamp_millis)
            .ok_or(ProviderError::Unusable {
                what: "a channel without an end",
            })?;
        let resource = text("resourceId").ok_or(ProviderError::Unusable {
            what: "a channel without a resource",
        })?;
        Ok(Subscription {
            id: id.to_owned(),
            resource: Some(resource.to_owned()),
            expires_at,
        })
    }

    pub(super) async fn stop(
        &self,
        token: &SecretString,
        id: &str,
        resource: &str,
    ) -> Result<(), ProviderError> {
        let url = self.client.endpoint(&["channels", "stop"], &[])?;
        let body = json!({"id": id, "resourceId": resource});
        self.client.post_for_nothing(token, &url, &body).await
    }
}
