//! Some days of all visible calendars, placed for a grid.

use std::cmp::Reverse;

use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use dayline_model::colors::UNKNOWN;
use dayline_model::links::Service;
use dayline_store::{OccurrenceRow, SpanRow};

use super::asked::Asked;
use super::matching::{Copies, Key};
use super::when::minute_of;
use super::zones::{clock_changes, zone_mark};
use super::{
    CategoryView, ClockView, CopyView, OccurrenceView, RangeQuery, RangeView, WhenView, day_number,
    occurrence_id, reader_zone,
};
use crate::{Engine, Error};

impl Engine {
    /// The occurrences that touch the asked days, placed in the asked zone.
    ///
    /// Shape: with `merge_copies`, a meeting that stands in several visible calendars comes once,
    /// if any of its copies passes the filter: as the best of those that pass, with all others as
    /// its `copies`. What a copy is, and which one is the best, is one rule
    /// (`view/matching/copies.rs`). So `calendar:work` shows a meeting as it stands there, also if
    /// the user answered it elsewhere, and what a filter shows does not depend on which copy would
    /// have come without it.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an unknown zone, or more than 400 days; [`Error::Filter`] for a
    /// filter that cannot be read.
    pub fn range(&self, query: &RangeQuery) -> Result<RangeView, Error> {
        let days = (query.from_day, query.days);
        let asked = Asked::read(self, days, &query.zone, &query.filter)?;
        let now = self.now();
        let (mut rows, copies, beyond_synced) = self.store().read(|read| {
            let mut rows = Vec::new();
            asked.visit(read, |row, when| rows.push((row, when)))?;
            let (from, until) = asked.span();
            let copies = if query.merge_copies {
                Copies::load(read, from, until)?
            } else {
                Copies::default()
            };
            let beyond_synced = Self::is_beyond(read, asked.first, asked.after, now)?;
            Ok((rows, copies, beyond_synced))
        })?;
        copies.merge(&mut rows, |(row, _)| key(row));
        let mut occurrences: Vec<OccurrenceView> = rows
            .into_iter()
            .map(|(row, when)| {
                let copies = copies.others(key(&row)).map(copy_view).collect();
                OccurrenceView {
                    copies,
                    ..occurrence_at(row, &when, asked.zone)
                }
            })
            .collect();
        occurrences.sort_by(|a, b| order(a).cmp(&order(b)));
        Ok(RangeView {
            from_day: query.from_day,
            days: query.days,
            clock: clock_in(now, asked.zone),
            occurrences,
            beyond_synced,
            clock_changes: clock_changes(asked.zone, asked.first, asked.after),
        })
    }

    /// Now, in a zone.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an unknown zone.
    pub fn clock(&self, zone: &str) -> Result<ClockView, Error> {
        Ok(clock_in(self.now(), reader_zone(zone)?))
    }
}

pub(super) fn clock_in(now: DateTime<Utc>, zone: Tz) -> ClockView {
    let local = now.with_timezone(&zone).naive_local();
    ClockView {
        day: day_number(local.date()),
        minute: minute_of(local),
    }
}

/// By day, whole days first, then by start as the clock tells it, longest first.
fn order(view: &OccurrenceView) -> impl Ord + '_ {
    (
        (view.day, !view.all_day, view.start_minute, &view.start_utc),
        Reverse((view.days, view.end_minute)),
        &view.title,
        &view.id,
    )
}

fn key(row: &OccurrenceRow) -> Key {
    (row.event, row.start)
}

fn copy_view(span: &SpanRow) -> CopyView {
    CopyView {
        id: format!("{}/{}", span.calendar, span.instance_id),
        calendar_id: span.calendar.to_string(),
        color: span.color.clone(),
    }
}

/// An occurrence as lists and grids show it.
pub(super) fn occurrence_view(row: &OccurrenceRow, zone: Tz) -> OccurrenceView {
    let when = WhenView::of((row.start, row.end), row.all_day, zone);
    occurrence_at(row.clone(), &when, zone)
}

fn occurrence_at(row: OccurrenceRow, when: &WhenView, zone: Tz) -> OccurrenceView {
    let instant = |time: DateTime<Utc>| {
        (!row.all_day).then(|| time.to_rfc3339_opts(SecondsFormat::Secs, true))
    };
    OccurrenceView {
        id: occurrence_id(&row),
        calendar_id: row.calendar.to_string(),
        title: row.title,
        day: when.day,
        days: when.days,
        start_minute: when.start_minute,
        end_minute: when.end_minute,
        all_day: row.all_day,
        start_utc: instant(row.start),
        end_utc: instant(row.end),
        color: row
            .own_color
            .as_ref()
            .unwrap_or(&row.calendar_color)
            .clone(),
        importance: row.importance.into(),
        status: row.status.into(),
        response: row.response.into(),
        show_as: row.show_as.into(),
        categories: categories_of(row.categories),
        recurring: row.series_id.is_some(),
        teams: row.is_teams,
        join_service: row.join_service.as_deref().map(service_name),
        location: row.location,
        copies: Vec::new(),
        zone_mark: (!row.all_day).then(|| zone_mark(zone, row.start)).flatten(),
    }
}

fn categories_of(categories: Vec<(String, Option<String>)>) -> Vec<CategoryView> {
    categories
        .into_iter()
        .map(|(name, color)| CategoryView {
            name,
            color: color.unwrap_or_else(|| UNKNOWN.to_owned()),
        })
        .collect()
}

/// The name that people know a service by.
pub(super) fn service_name(key: &str) -> String {
    Service::from_key(key).map_or_else(|| key.to_owned(), |service| service.name().to_owned())
}

#[cfg(test)]
mod tests;
