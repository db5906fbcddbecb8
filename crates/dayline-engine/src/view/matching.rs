//! Whether an occurrence is among what an expression of the filter language asks for.
//!
//! The language itself is in `dayline_model::filter`. Here it meets the database: what the
//! database may look for first, the facts that one occurrence has, and those that only the
//! occurrences around it tell, conflicts and copies. These are found only if they are asked for.

mod copies;
mod sets;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use dayline_model::EventId;
use dayline_model::filter::{Expr, Narrow, Provider, Subject, fold};
use dayline_store::{
    CategoryId, OccurrenceFacts, OccurrenceNarrow, OccurrenceRow, Read, StoreError,
};

pub(super) use self::copies::{Copies, Key, copies_of};
use self::sets::Sets;
pub(super) use self::sets::takes_time;

/// An expression, ready to decide about the occurrences of a range.
pub(super) struct Matcher<'a> {
    expression: &'a Expr,
    narrow: Narrow,
    zone: Tz,
    sets: Sets,
    /// Of series, whose people are asked for again and again.
    people: BTreeMap<EventId, Vec<String>>,
}

impl<'a> Matcher<'a> {
    /// Finds out what the expression needs to know about the range as a whole.
    pub(super) fn load(
        read: &Read<'_>,
        expression: &'a Expr,
        zone: Tz,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<Self, StoreError> {
        let mut sets = Sets::default();
        if expression.needs_conflicts() {
            let (first, last) = read.reach(from, until)?;
            sets.add_conflicts(read, first, last)?;
        }
        if expression.needs_copies() {
            sets.add_copies(read, from, until)?;
        }
        Ok(Self {
            expression,
            narrow: expression.narrow(),
            zone,
            sets,
            people: BTreeMap::new(),
        })
    }

    /// Whether the expression leaves this occurrence over.
    pub(super) fn matches(
        &mut self,
        read: &Read<'_>,
        row: &OccurrenceRow,
        facts: &OccurrenceFacts,
    ) -> Result<bool, StoreError> {
        let categories: Vec<String> = row
            .categories
            .iter()
            .map(|(name, _)| name.clone())
            .collect();
        let key = (row.event, row.start);
        let (first_day, last_day) = days(row, self.zone);
        let mut subject = Subject {
            title: &row.title,
            location: row.location.as_deref().unwrap_or_default(),
            people: &[],
            categories: &categories,
            calendar: &row.calendar_name,
            account: &row.account_email,
            provider: row.provider.into(),
            importance: row.importance,
            response: row.response,
            status: row.status,
            show_as: row.show_as,
            first_day,
            last_day,
            is_teams: row.is_teams,
            has_link: row.join_url.is_some(),
            has_attachment: facts.has_attachments,
            has_conflict: self.sets.conflicts.contains(&key),
            is_series: row.series_id.is_some(),
            is_all_day: row.all_day,
            is_private: facts.is_private,
            is_copy: self.sets.copies.contains(&key),
        };
        if !self.expression.needs_people() {
            return Ok(self.expression.matches(&subject));
        }
        // Cheaper than asking for people who do not matter.
        if !self.narrow.admits(&subject) {
            return Ok(false);
        }
        let once;
        let people = if row.series_id.is_some() {
            match self.people.entry(row.event) {
                std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::btree_map::Entry::Vacant(entry) => {
                    entry.insert(read.people(row.event)?)
                }
            }
        } else {
            once = read.people(row.event)?;
            &once
        };
        let people: Vec<&str> = people.iter().map(String::as_str).collect();
        subject.people = &people;
        Ok(self.expression.matches(&subject))
    }
}

/// First and last day of an occurrence in a zone. An end at midnight belongs to the day before.
pub(super) fn days(row: &OccurrenceRow, zone: Tz) -> (NaiveDate, NaiveDate) {
    let day = |time: DateTime<Utc>| {
        if row.all_day {
            time.date_naive()
        } else {
            time.with_timezone(&zone).date_naive()
        }
    };
    let first = day(row.start);
    let last = row
        .end
        .checked_sub_signed(TimeDelta::milliseconds(1))
        .map_or(first, day);
    (first, last.max(first))
}

/// What the database may look for.
pub(super) fn narrowed(read: &Read<'_>, expression: &Expr) -> Result<OccurrenceNarrow, StoreError> {
    let narrow = expression.narrow();
    let calendars = match &narrow.providers {
        Some(providers) => Some(calendars_of(read, providers)?),
        None => None,
    };
    Ok(OccurrenceNarrow {
        calendars,
        importance: narrow.importance,
        responses: narrow.responses,
        statuses: narrow.statuses,
        show_as: narrow.show_as,
        categories: category_ids(read, &narrow.categories)?,
        is_teams: narrow.is_teams,
        has_link: narrow.has_link,
        has_attachments: narrow.has_attachment,
        is_series: narrow.is_series,
        is_all_day: narrow.is_all_day,
        is_private: narrow.is_private,
    })
}

fn calendars_of(
    read: &Read<'_>,
    providers: &[Provider],
) -> Result<Vec<dayline_model::CalendarId>, StoreError> {
    let accounts = read.accounts()?;
    let wanted = accounts
        .iter()
        .filter(|account| providers.contains(&Provider::from(account.provider)));
    let wanted: Vec<_> = wanted.map(|account| account.id).collect();
    let calendars = read.calendars()?.into_iter();
    Ok(calendars
        .filter(|calendar| wanted.contains(&calendar.account))
        .map(|calendar| calendar.id)
        .collect())
}

/// The ids of names that read alike, a list for each set.
fn category_ids(
    read: &Read<'_>,
    sets: &[BTreeSet<String>],
) -> Result<Vec<Vec<CategoryId>>, StoreError> {
    if sets.is_empty() {
        return Ok(Vec::new());
    }
    let mut ids: BTreeMap<String, Vec<CategoryId>> = BTreeMap::new();
    for category in read.categories()? {
        ids.entry(fold(&category.name))
            .or_default()
            .push(category.id);
    }
    let list = |set: &BTreeSet<String>| {
        let found = set.iter().filter_map(|name| ids.get(name)).flatten();
        found.copied().collect()
    };
    Ok(sets.iter().map(list).collect())
}
