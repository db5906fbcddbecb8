//! Some days of all visible calendars, placed for a grid.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, Timelike, Utc};
use chrono_tz::Tz;
use dayline_model::colors::UNKNOWN;
use dayline_model::links::Service;
use dayline_model::{Filter, Importance};
use dayline_store::OccurrenceRow;

use super::{
    CategoryFacet, CategoryView, ClockView, Facets, OccurrenceView, RangeQuery, RangeView, date_of,
    day_number, occurrence_id, passes, reader_zone, start_of_day,
};
use crate::{Engine, Error};

/// The longest range that is placed in one go.
const MOST_DAYS: i32 = 62;

/// Where an occurrence stands in a zone.
struct Place {
    day: i32,
    days: i32,
    start_minute: i32,
    end_minute: i32,
}

impl Engine {
    /// The occurrences that touch the asked days, placed in the asked zone.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an unknown zone, or more than 62 days.
    pub fn range(&self, query: &RangeQuery) -> Result<RangeView, Error> {
        if !(1..=MOST_DAYS).contains(&query.days) {
            return Err(Error::Invalid(format!("a range has 1 to {MOST_DAYS} days")));
        }
        let zone = reader_zone(&query.zone)?;
        let first = date_of(query.from_day)?;
        let after = date_of(query.from_day.saturating_add(query.days))?;
        let from = start_of_day(first, zone);
        let until = start_of_day(after, zone);
        let now = self.now();
        let midnight = |date: NaiveDate| date.and_time(NaiveTime::MIN).and_utc();
        let (rows, beyond_synced) = self.store().read(|read| {
            Ok((
                // Dates are kept as if in UTC.
                read.occurrences(from.min(midnight(first)), until.max(midnight(after)))?,
                Self::is_beyond(read, first, after, now)?,
            ))
        })?;
        let filter = Filter::from(&query.filter);
        let mut view = RangeView {
            from_day: query.from_day,
            days: query.days,
            clock: clock_in(now, zone),
            occurrences: Vec::new(),
            hidden_by_filter: 0,
            facets: Facets::default(),
            beyond_synced,
        };
        let mut categories: BTreeMap<String, CategoryFacet> = BTreeMap::new();
        for row in rows {
            let place = place(&row, zone);
            if place.day >= query.from_day + query.days || place.day + place.days <= query.from_day
            {
                continue;
            }
            count(&mut view.facets, &mut categories, &row);
            if passes(&filter, &row) {
                view.occurrences.push(occurrence_at(row, &place));
            } else {
                view.hidden_by_filter += 1;
            }
        }
        view.facets.categories = categories.into_values().collect();
        view.occurrences.sort_by(|a, b| {
            (
                a.day,
                !a.all_day,
                a.start_minute,
                std::cmp::Reverse((a.days, a.end_minute)),
            )
                .cmp(&(
                    b.day,
                    !b.all_day,
                    b.start_minute,
                    std::cmp::Reverse((b.days, b.end_minute)),
                ))
                .then_with(|| a.title.cmp(&b.title))
                .then_with(|| a.id.cmp(&b.id))
        });
        Ok(view)
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

fn minute_of(time: NaiveDateTime) -> i32 {
    i32::try_from(time.hour() * 60 + time.minute()).unwrap_or_default()
}

fn place(row: &OccurrenceRow, zone: Tz) -> Place {
    if row.all_day {
        let first = day_number(row.start.date_naive());
        let after = day_number(row.end.date_naive());
        return Place {
            day: first,
            days: (after - first).max(1),
            start_minute: 0,
            end_minute: 1440,
        };
    }
    let start = row.start.with_timezone(&zone).naive_local();
    let end = row.end.with_timezone(&zone).naive_local().max(start);
    let day = day_number(start.date());
    let mut last = day_number(end.date());
    let mut end_minute = minute_of(end);
    // An end at midnight belongs to the day before it.
    if end_minute == 0 && last > day {
        last -= 1;
        end_minute = 1440;
    }
    Place {
        day,
        days: last - day + 1,
        start_minute: minute_of(start),
        end_minute,
    }
}

fn count(
    facets: &mut Facets,
    categories: &mut BTreeMap<String, CategoryFacet>,
    row: &OccurrenceRow,
) {
    match row.importance {
        Importance::High => facets.high += 1,
        Importance::Normal => facets.normal += 1,
        Importance::Low => facets.low += 1,
    }
    facets.teams += i32::from(row.is_teams);
    for (name, color) in &row.categories {
        let facet = categories
            .entry(dayline_model::filter::fold(name))
            .or_insert_with(|| CategoryFacet {
                name: name.clone(),
                color: color.clone().unwrap_or_else(|| UNKNOWN.to_owned()),
                count: 0,
            });
        facet.count += 1;
    }
}

/// An occurrence as lists and grids show it.
pub(super) fn occurrence_view(row: &OccurrenceRow, zone: Tz) -> OccurrenceView {
    occurrence_at(row.clone(), &place(row, zone))
}

fn occurrence_at(row: OccurrenceRow, place: &Place) -> OccurrenceView {
    let instant = |time: DateTime<Utc>| {
        (!row.all_day).then(|| time.to_rfc3339_opts(SecondsFormat::Secs, true))
    };
    OccurrenceView {
        id: occurrence_id(&row),
        calendar_id: row.calendar.to_string(),
        title: row.title,
        day: place.day,
        days: place.days,
        start_minute: place.start_minute,
        end_minute: place.end_minute,
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
