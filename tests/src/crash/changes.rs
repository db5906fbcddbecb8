//! What other devices do to both calendars after the first sync.

use anyhow::{Context as _, Result};
use chrono::{Days, Utc};
use http::Method;
use serde_json::{Value, json};

use crate::simulator::Simulator;

/// How many events are made at each provider.
const NEW: u32 = 6;

/// Makes, changes and deletes events at both providers.
///
/// # Errors
/// A provider refuses.
pub async fn make(simulator: &Simulator) -> Result<()> {
    let google = format!("calendars/{}/events", simulator.email("google")?);
    let date = Utc::now().date_naive() + Days::new(3);
    for number in 0..NEW {
        let event = |title: &str| {
            let time = |minute: u32| json!({ "dateTime": format!("{date}T{:02}:{minute:02}:00", 8 + number), "timeZone": "UTC" });
            json!({ title: format!("Made elsewhere {number}"), "start": time(0), "end": time(30) })
        };
        simulator
            .api("microsoft", Method::POST, "me/events", event("subject"))
            .await?;
        simulator
            .api("google", Method::POST, &google, event("summary"))
            .await?;
    }
    for (provider, events, list, title) in [
        ("microsoft", "me/events", "value", "subject"),
        ("google", google.as_str(), "items", "summary"),
    ] {
        let page = simulator
            .api(provider, Method::GET, events, Value::Null)
            .await?;
        let items = page.get(list).and_then(Value::as_array);
        let items = items.context("no list")?;
        let single = |item: &&Value| {
            item.get("recurrence").is_none_or(Value::is_null)
                && item.get("recurringEventId").is_none()
                && item.get("organizer").is_some()
                && item.get(title).is_some()
        };
        let ids: Vec<&str> = items
            .iter()
            .filter(single)
            .filter_map(|item| item.get("id")?.as_str())
            .collect();
        let [changed, deleted, ..] = ids[..] else {
            anyhow::bail!("{provider} has too few single events");
        };
        let body = json!({ title: "Renamed elsewhere" });
        let path = format!("{events}/{changed}");
        simulator.api(provider, Method::PATCH, &path, body).await?;
        let path = format!("{events}/{deleted}");
        simulator
            .api(provider, Method::DELETE, &path, Value::Null)
            .await?;
    }
    Ok(())
}
