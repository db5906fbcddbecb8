//! What an event only names and another resource explains: its colour, its label, and the zone of
//! its calendar.
//!
//! Nothing is asked for that no event names. What the account may not see stays unknown; only a
//! failure that may pass holds the events up, for they are not listed again when it has passed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use dayline_model::{Category, ProviderCalendarId, Zone, colors};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

use super::client::Client;
use super::wire;
use crate::error::{ProviderError, Retry};
use crate::http::Asked;
use crate::mapping::one_line;

/// How long the labels of a calendar are believed.
const LABELS_LAST: TimeDelta = TimeDelta::days(1);
/// How long a refusal to tell them is: a user may grant more at any time.
const REFUSAL_LASTS: TimeDelta = TimeDelta::hours(1);

/// The most ids without a label that are remembered. A calendar has at most 200 labels.
const MOST_UNKNOWN: usize = 1000;

/// Colours of events by their id, `#rrggbb`.
type Colors = BTreeMap<String, String>;
/// Labels of one calendar by their id.
type Labels = BTreeMap<String, Label>;

/// An event label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// Its name; a label may have none.
    pub(super) name: Option<String>,
    /// `#rrggbb`.
    pub(super) color: Option<String>,
}

/// What is known beside the events of an answer.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    /// The zone of their calendar.
    pub(super) zone: Option<Zone>,
    /// Colours by `colorId`.
    pub(super) colors: Arc<Colors>,
    /// Labels by `eventLabelId`.
    pub(super) labels: Arc<Labels>,
}

/// What was learned so far.
#[derive(Default)]
pub(super) struct Palette(Mutex<Known>);

#[derive(Default)]
struct Known {
    colors: Option<Arc<Colors>>,
    labels: BTreeMap<ProviderCalendarId, CalendarLabels>,
    zones: BTreeMap<ProviderCalendarId, Zone>,
}

struct CalendarLabels {
    labels: Arc<Labels>,
    /// Ids that events carried and the calendar does not have.
    unknown: BTreeSet<String>,
    is_refused: bool,
    until: DateTime<Utc>,
}

impl Palette {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers the zone of a calendar.
    pub(super) fn put_zone(&self, calendar: &ProviderCalendarId, zone: Zone) {
        self.known().zones.insert(calendar.clone(), zone);
    }

    /// What `items` of `calendar` need to be understood. `zone` is the one of their answer.
    pub(super) async fn context(
        &self,
        client: &Client,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        items: &[Value],
        zone: Option<Zone>,
    ) -> Result<Context, ProviderError> {
        if let Some(zone) = &zone {
            self.put_zone(calendar, zone.clone());
        }
        let zone = zone.or_else(|| self.known().zones.get(calendar).cloned());
        let colors = if ids(items, "colorId").next().is_some() {
            self.colors(client, token).await?
        } else {
            Arc::default()
        };
        let wanted: BTreeSet<&str> = ids(items, "eventLabelId").collect();
        let labels = if wanted.is_empty() {
            Arc::default()
        } else {
            self.labels(client, token, calendar, &wanted).await?
        };
        Ok(Context {
            zone,
            colors,
            labels,
        })
    }

    async fn colors(
        &self,
        client: &Client,
        token: &SecretString,
    ) -> Result<Arc<Colors>, ProviderError> {
        if let Some(colors) = &self.known().colors {
            return Ok(Arc::clone(colors));
        }
        let url = client.endpoint(&["colors"], &[])?;
        let Some(answer) = unless_refused(client.fetch(token, &url, Asked::Plain).await)? else {
            return Ok(Arc::default());
        };
        let answer = wire::Colors::deserialize(&Value::Object(answer.object)).unwrap_or_default();
        let colors: Colors = answer
            .event
            .0
            .into_iter()
            .flatten()
            .filter_map(|(id, color)| {
                let color = color.get("background")?.as_str()?;
                Some((id, colors::normalise(color)?))
            })
            .collect();
        let colors = Arc::new(colors);
        self.known().colors = Some(Arc::clone(&colors));
        Ok(colors)
    }

    async fn labels(
        &self,
        client: &Client,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        wanted: &BTreeSet<&str>,
    ) -> Result<Arc<Labels>, ProviderError> {
        let now = client.now();
        if let Some(known) = self.known().labels.get(calendar)
            && now < known.until
            && (known.is_refused
                || wanted
                    .iter()
                    .all(|id| known.labels.contains_key(*id) || known.unknown.contains(*id)))
        {
            return Ok(Arc::clone(&known.labels));
        }
        let url = client.endpoint(&["calendars", calendar.as_str()], &[])?;
        let answer = unless_refused(client.fetch(token, &url, Asked::Plain).await)?;
        let is_refused = answer.is_none();
        let labels: Labels = answer
            .map(|answer| labels_of(&Value::Object(answer.object)))
            .unwrap_or_default();
        let labels = Arc::new(labels);
        let before = self.known().labels.remove(calendar);
        let before = before
            .filter(|before| now < before.until)
            .map(|before| before.unknown)
            .unwrap_or_default();
        let known = CalendarLabels {
            unknown: wanted
                .iter()
                .map(|id| (*id).to_owned())
                .chain(before)
                .filter(|id| !labels.contains_key(id))
                .take(MOST_UNKNOWN)
                .collect(),
            labels: Arc::clone(&labels),
            is_refused,
            until: now
                + if is_refused {
                    REFUSAL_LASTS
                } else {
                    LABELS_LAST
                },
        };
        self.known().labels.insert(calendar.clone(), known);
        Ok(labels)
    }
}

impl Context {
    /// The named labels that `items` carry, as categories.
    pub(super) fn categories(&self, items: &[Value]) -> Vec<Category> {
        let used: BTreeSet<&str> = ids(items, "eventLabelId").collect();
        used.into_iter()
            .filter_map(|id| self.labels.get(id))
            .filter_map(|label| {
                Some(Category {
                    name: label.name.clone()?,
                    color: label
                        .color
                        .clone()
                        .unwrap_or_else(|| colors::UNKNOWN.to_owned()),
                })
            })
            .collect()
    }
}

fn labels_of(calendar: &Value) -> Labels {
    let labels = calendar
        .get("labelProperties")
        .and_then(|properties| properties.get("eventLabels"))
        .and_then(Value::as_array);
    labels
        .into_iter()
        .flatten()
        .filter_map(|label| wire::EventLabel::deserialize(label).ok())
        .filter_map(|label| {
            Some((
                label.id.0.clone().filter(|id| !id.is_empty())?,
                Label {
                    name: one_line(label.name.as_str()),
                    color: colors::normalise(label.background_color.as_str()),
                },
            ))
        })
        .collect()
}

/// The values of `field` that are there.
fn ids<'a>(items: &'a [Value], field: &'a str) -> impl Iterator<Item = &'a str> {
    items
        .iter()
        .filter_map(move |item| item.get(field)?.as_str())
        .filter(|id| !id.is_empty())
}

/// The answer; `None` if the account may not have it, or if it does not exist.
fn unless_refused<T>(answer: Result<T, ProviderError>) -> Result<Option<T>, ProviderError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if matches!(error.retry(), Retry::Never | Retry::WithFullRound) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests;
