//! What was found, as a list.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use dayline_model::{CalendarId, Status};
use dayline_store::{FoundEvent, Hits, NearestOccurrence, Read, StoreError};
use serde::{Deserialize, Serialize};

use super::{
    ImportanceView, ProviderKind, ResponseView, StatusView, WhenView, reader_zone, today_in_utc,
};
use crate::search::{Field, Question, Texts, find_excerpt};
use crate::sync::shown_span;
use crate::{Engine, Error};

/// The most hits that one search returns.
const MOST_ITEMS: i32 = 500;
/// Of more hits only the newest are looked at.
const MOST_RANKED: u32 = 1000;
/// Hits whose occurrences are looked up, if fewer are asked for.
const LOOKED_UP: usize = 200;
/// Batches of events that a search puts into the index before it answers.
const BATCHES_BEFORE: u32 = 4;

/// What to look for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SearchQuery {
    /// Words that all have to be there, each as the beginning of a word; `"a phrase"`; `-word`
    /// leaves out. Everything else is text.
    pub text: String,
    /// IANA name of the zone in which times are told.
    pub zone: String,
    /// How many to return, 1 to 500.
    pub limit: i32,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SearchResults {
    /// The best ones first; of equally good ones the nearest to now.
    pub items: Vec<SearchItem>,
    /// There are more than were asked for.
    pub more: bool,
    /// How many more; `None` if they are too many to be counted.
    pub more_count: Option<i32>,
    /// Events that are not searched yet, since they are still to be indexed.
    pub indexing: i32,
}

/// An event or a series that was found, with one occurrence: the one that runs or comes next,
/// else the last one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SearchItem {
    /// The key for details; `None` if the event lies outside of the days that are synced.
    pub occurrence_id: Option<String>,
    /// Title; empty if it has none.
    pub title: String,
    /// Start: RFC 3339 with the offset of the asked zone, or a date for all-day.
    pub start: String,
    /// End, exclusive: likewise.
    pub end: String,
    /// Whole days.
    pub all_day: bool,
    /// First day in the asked zone, counted since 1970-01-01.
    pub day: i32,
    /// How many days it touches, at least 1.
    pub days: i32,
    /// Minutes since midnight of `day`; 0 for all-day.
    pub start_minute: i32,
    /// Minutes since midnight of the last day; 1440 for all-day.
    pub end_minute: i32,
    /// Part of a series.
    pub recurring: bool,
    /// Place.
    pub location: Option<String>,
    /// Name or address of the organizer.
    pub organizer: Option<String>,
    /// Our id of its calendar.
    pub calendar_id: String,
    /// Name of its calendar.
    pub calendar: String,
    /// `#rrggbb` of its calendar.
    pub color: String,
    /// Address of its account.
    pub account: String,
    /// The account's provider.
    pub provider: ProviderKind,
    /// Importance.
    pub importance: ImportanceView,
    /// State.
    pub status: StatusView,
    /// Own answer.
    pub response: ResponseView,
    /// Where it was found.
    pub field: SearchField,
    /// The words around what was found, as plain text in one line.
    pub excerpt: String,
}

/// A text of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum SearchField {
    /// Title.
    Title,
    /// Location and places.
    Place,
    /// Names and addresses of organizer and attendees.
    People,
    /// Description.
    Body,
}

/// Now, for times and for dates.
#[derive(Debug, Clone, Copy)]
struct Now {
    instant: DateTime<Utc>,
    /// The reader's date, as if in UTC.
    today: DateTime<Utc>,
}

/// A hit that can be shown.
struct Shown {
    rank: i64,
    event: FoundEvent,
    occurrence: Option<NearestOccurrence>,
}

impl Shown {
    fn span(&self) -> (DateTime<Utc>, DateTime<Utc>) {
        self.occurrence
            .as_ref()
            .map_or((self.event.start, self.event.end), |occurrence| {
                (occurrence.start, occurrence.end)
            })
    }

    /// Over or not, then how far away.
    fn distance(&self, now: Now) -> (bool, i64) {
        let now = if self.event.all_day {
            now.today
        } else {
            now.instant
        };
        let (start, end) = self.span();
        let away = start.signed_duration_since(now).num_milliseconds();
        if end <= now {
            (true, away.saturating_abs())
        } else {
            (false, away.max(0))
        }
    }
}

impl Engine {
    /// Finds events of synced calendars by their words, without a network.
    ///
    /// Shape: up to 1,000 hits are put in order by how well they fit (title, then place and
    /// people, then description); of more than that the newest on this computer are looked at,
    /// and those with everything in the title come first. Equally good ones are in order of their
    /// distance from now. A series is one hit. What was deleted is never found.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a text without words, an unknown zone, or a limit out of bounds.
    pub async fn search(&self, query: &SearchQuery) -> Result<SearchResults, Error> {
        if !(1..=MOST_ITEMS).contains(&query.limit) {
            return Err(Error::Invalid(format!(
                "a search returns 1 to {MOST_ITEMS} events"
            )));
        }
        let zone = reader_zone(&query.zone)?;
        if query.text.trim().is_empty() {
            return Err(Error::Invalid(
                "a search needs at least one word to look for".to_owned(),
            ));
        }
        let question = Question::parse(&query.text);
        if question.only_leaves_out() {
            return Err(Error::Invalid(
                "a search needs at least one word to look for, beside those it leaves out"
                    .to_owned(),
            ));
        }
        let indexing = self.index_some(BATCHES_BEFORE).await?;
        let indexing = i32::try_from(indexing).unwrap_or(i32::MAX);
        let now = Now {
            instant: self.now(),
            today: today_in_utc(self.now(), zone),
        };
        let limit = usize::try_from(query.limit).unwrap_or_default();
        let found = self.store().read(|read| match question.for_index() {
            Some(text) => find(read, &question, &text, now, limit),
            None => Ok(Found::default()),
        })?;
        let items = found.shown.iter().map(|(shown, texts)| {
            let excerpt = find_excerpt(&question, texts);
            item(shown, excerpt, zone)
        });
        Ok(SearchResults {
            items: items.collect(),
            more: found.more,
            more_count: found.more_count,
            indexing,
        })
    }
}

#[derive(Default)]
struct Found {
    shown: Vec<(Shown, Texts)>,
    more: bool,
    more_count: Option<i32>,
}

fn find(
    read: &Read<'_>,
    question: &Question,
    text: &str,
    now: Now,
    limit: usize,
) -> Result<Found, StoreError> {
    let (hits, mut is_all) = match read.search(text, MOST_RANKED)? {
        Hits::All(hits) => {
            let best = hits.first().map_or(0.0, |hit| hit.rank);
            let hits = hits.into_iter();
            let ranks = hits.map(|hit| (hit.event, rank(hit.rank, best)));
            (ranks.collect(), true)
        }
        Hits::Newest(newest) => {
            let ranks = newest.into_iter();
            let mut hits: Vec<_> = ranks
                .map(|(event, title)| (event, i64::from(!question.is_in(&title))))
                .collect();
            hits.sort_by_key(|(_, rank)| *rank);
            (hits, false)
        }
    };
    let looked_up = limit.saturating_mul(2).max(LOOKED_UP);
    is_all &= hits.len() <= looked_up;
    let mut series: BTreeMap<(CalendarId, String), Shown> = BTreeMap::new();
    let mut shown: Vec<Shown> = Vec::new();
    for (event, rank) in hits.into_iter().take(looked_up) {
        let Some(event) = read.find_found(event)? else {
            continue;
        };
        let occurrence = read.nearest_occurrence(event.event, now.instant, now.today)?;
        if !event.is_connected || (occurrence.is_none() && !is_elsewhere(&event)) {
            continue;
        }
        let mut hit = Shown {
            rank,
            event,
            occurrence,
        };
        let Some(id) = hit.event.series_id.clone() else {
            shown.push(hit);
            continue;
        };
        match series.entry((hit.event.calendar, id)) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(hit);
            }
            std::collections::btree_map::Entry::Occupied(mut entry) => {
                let known = entry.get_mut();
                hit.rank = hit.rank.min(known.rank);
                known.rank = hit.rank;
                if nearness(&hit, now) < nearness(known, now) {
                    *known = hit;
                }
            }
        }
    }
    shown.extend(series.into_values());
    shown.sort_by_key(|hit| (hit.rank, hit.distance(now), hit.event.event));
    let more = shown.len().saturating_sub(limit);
    shown.truncate(limit);
    let mut with_texts = Vec::with_capacity(shown.len());
    for hit in shown {
        if let Some(source) = read.find_search_source(hit.event.event)? {
            with_texts.push((hit, Texts::of(source)));
        }
    }
    Ok(Found {
        shown: with_texts,
        more: more > 0 || !is_all,
        more_count: is_all.then(|| i32::try_from(more).unwrap_or(i32::MAX)),
    })
}

/// How far a fit is from the best one, in steps that people would not tell apart: the words of a
/// small collection stand in most of its events, so the numbers themselves can be tiny.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a share of one is a small number, and the cast keeps within bounds"
)]
fn rank(fit: f64, best: f64) -> i64 {
    ((1.0 - fit / best) * 1000.0).round() as i64
}

/// Which occurrence of a series to show: one that is laid out, then by distance.
fn nearness(hit: &Shown, now: Now) -> (bool, (bool, i64)) {
    (hit.occurrence.is_none(), hit.distance(now))
}

/// Whether an event without occurrences lies outside of the days that are laid out. Inside of
/// them it has none because they were deleted.
fn is_elsewhere(event: &FoundEvent) -> bool {
    event.status != Status::Cancelled
        && event.window.is_none_or(|window| {
            let (from, until) = shown_span(window);
            event.start < from || event.start >= until
        })
}

fn item(shown: &Shown, (field, excerpt): (Field, String), zone: Tz) -> SearchItem {
    let event = &shown.event;
    let (start, end) = shown.span();
    let tell = |time: DateTime<Utc>| {
        if event.all_day {
            time.date_naive().to_string()
        } else {
            time.with_timezone(&zone)
                .to_rfc3339_opts(SecondsFormat::AutoSi, false)
        }
    };
    let when = WhenView::of((start, end), event.all_day, zone);
    SearchItem {
        occurrence_id: shown
            .occurrence
            .as_ref()
            .map(|occurrence| format!("{}/{}", event.calendar, occurrence.instance_id)),
        title: event.title.clone(),
        start: tell(start),
        end: tell(end),
        all_day: event.all_day,
        day: when.day,
        days: when.days,
        start_minute: when.start_minute,
        end_minute: when.end_minute,
        recurring: event.series_id.is_some(),
        location: event.location.clone(),
        organizer: event.organizer.clone(),
        calendar_id: event.calendar.to_string(),
        calendar: event.calendar_name.clone(),
        color: event.calendar_color.clone(),
        account: event.account_email.clone(),
        provider: event.provider.into(),
        importance: event.importance.into(),
        status: event.status.into(),
        response: event.response.into(),
        field: field.into(),
        excerpt,
    }
}

impl From<Field> for SearchField {
    fn from(field: Field) -> Self {
        match field {
            Field::Title => Self::Title,
            Field::Place => Self::Place,
            Field::People => Self::People,
            Field::Body => Self::Body,
        }
    }
}
