//! What the providers' own calendars hold, asked of their interfaces without any of Dayline's code.

use anyhow::{Context as _, Result};
use chrono::{DateTime, SecondsFormat, Utc};
use http::Method;
use serde_json::Value;

use crate::simulator::Simulator;

/// One occurrence as people see it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shown {
    /// When it begins: an instant in UTC, or a date.
    pub start: String,
    /// When it ends, exclusive.
    pub end: String,
    /// What it is called.
    pub title: String,
    /// The calendar that it is in.
    pub calendar: String,
    /// The provider of that calendar.
    pub provider: String,
}

/// What takes place in both accounts from the day `from` to before the day `until`, sorted.
///
/// # Errors
/// A provider does not answer, or not as its documents say.
pub async fn calendars(simulator: &Simulator, from: &str, until: &str) -> Result<Vec<Shown>> {
    let mut all = graph(simulator, from, until).await?;
    all.extend(google(simulator, from, until).await?);
    all.sort();
    Ok(all)
}

/// What an agenda of Dayline's lists, in the same form.
///
/// # Errors
/// It lacks a time.
pub fn of_agenda(items: &[Value]) -> Result<Vec<Shown>> {
    let mut all: Vec<Shown> = items
        .iter()
        .map(|item| {
            Ok(Shown {
                start: instant(&text(item, "start")?)?,
                end: instant(&text(item, "end")?)?,
                title: text(item, "title")?,
                calendar: text(item, "calendar")?,
                provider: text(item, "provider")?,
            })
        })
        .collect::<Result<_>>()?;
    all.sort();
    Ok(all)
}

async fn graph(simulator: &Simulator, from: &str, until: &str) -> Result<Vec<Shown>> {
    let mut all = Vec::new();
    for calendar in pages(simulator, "microsoft", "me/calendars?$top=100").await? {
        let (id, name) = (text(&calendar, "id")?, text(&calendar, "name")?);
        let path = format!(
            "me/calendars/{id}/calendarView?startDateTime={from}T00:00:00Z&endDateTime={until}T00:00:00Z&$top=500"
        );
        for event in pages(simulator, "microsoft", &path).await? {
            let whole_days = event.get("isAllDay").is_some_and(|flag| flag == true);
            let time = |member: &str| -> Result<String> {
                let time = event.get(member).context("an event without a time")?;
                let wall = text(time, "dateTime")?;
                if whole_days {
                    return Ok(wall.get(..10).unwrap_or(&wall).to_owned());
                }
                instant(&format!("{}Z", wall.trim_end_matches('Z')))
            };
            all.push(Shown {
                start: time("start")?,
                end: time("end")?,
                title: text(&event, "subject")?,
                calendar: name.clone(),
                provider: "microsoft".to_owned(),
            });
        }
    }
    Ok(all)
}

async fn google(simulator: &Simulator, from: &str, until: &str) -> Result<Vec<Shown>> {
    let mut all = Vec::new();
    for calendar in pages(simulator, "google", "users/me/calendarList?maxResults=250").await? {
        let (id, name) = (text(&calendar, "id")?, text(&calendar, "summary")?);
        let id: String = url::form_urlencoded::byte_serialize(id.as_bytes()).collect();
        let path = format!(
            "calendars/{id}/events?singleEvents=true&timeMin={from}T00:00:00Z&timeMax={until}T00:00:00Z&maxResults=2500"
        );
        for event in pages(simulator, "google", &path).await? {
            let time = |member: &str| -> Result<String> {
                let time = event.get(member).context("an event without a time")?;
                match time.get("date").and_then(Value::as_str) {
                    Some(date) => Ok(date.to_owned()),
                    None => instant(&text(time, "dateTime")?),
                }
            };
            all.push(Shown {
                start: time("start")?,
                end: time("end")?,
                title: text(&event, "summary").unwrap_or_default(),
                calendar: name.clone(),
                provider: "google".to_owned(),
            });
        }
    }
    Ok(all)
}

/// All items of a list, page by page.
async fn pages(simulator: &Simulator, provider: &str, path: &str) -> Result<Vec<Value>> {
    let mut items = Vec::new();
    let mut next = Some(path.to_owned());
    while let Some(path_of_page) = next.take() {
        let page = simulator
            .api(provider, Method::GET, &path_of_page, Value::Null)
            .await?;
        let list = page.get("value").or_else(|| page.get("items"));
        let list = list
            .and_then(Value::as_array)
            .context("a page is no list")?;
        items.extend(list.iter().cloned());
        if let Some(link) = page.get("@odata.nextLink").and_then(Value::as_str) {
            let (_, rest) = link.split_once("/v1.0/").context("a link elsewhere")?;
            next = Some(rest.to_owned());
        } else if let Some(token) = page.get("nextPageToken").and_then(Value::as_str) {
            let token: String = url::form_urlencoded::byte_serialize(token.as_bytes()).collect();
            next = Some(format!("{path}&pageToken={token}"));
        }
    }
    Ok(items)
}

fn text(value: &Value, member: &str) -> Result<String> {
    let text = value.get(member).and_then(Value::as_str);
    Ok(text
        .with_context(|| format!("no {member} in {value}"))?
        .to_owned())
}

/// An instant in UTC in one spelling; a date stays as it is.
fn instant(text: &str) -> Result<String> {
    if text.len() == 10 {
        return Ok(text.to_owned());
    }
    let instant = DateTime::parse_from_rfc3339(text).with_context(|| text.to_owned())?;
    Ok(instant
        .with_timezone(&Utc)
        .to_rfc3339_opts(SecondsFormat::Secs, true))
}
