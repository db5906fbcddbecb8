//! Days outside of what is synced.
//!
//! Whoever goes there has whole months laid out: at once from the rules of known series, which
//! works offline too, then as the provider lists them. What was fetched is kept; after a day it
//! is fetched again when somebody comes back.
//!
//! Nothing here is asked of a provider unless somebody goes there.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use dayline_model::ProviderKind;
use dayline_store::{CalendarRow, Read, StoreError, VisitedSpan};
use serde::{Deserialize, Serialize};

use crate::engine::Span;
use crate::sync::shown_span;
use crate::view::{VisitProblem, VisitReport};
use crate::{Engine, Error};

/// How long a month stays as it was fetched.
const FRESH: TimeDelta = TimeDelta::days(1);
/// The most that one visit asks for.
const MOST_DAYS: i64 = 3_660;
/// Calendars of people live in between; Graph and Google refuse most of what lies outside.
const FIRST_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 2199;

/// How far a visit goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reach {
    /// Asks the providers.
    Providers,
    /// Lays out what repeats by the rules of known series, and asks nobody.
    Rules,
}

impl Engine {
    /// Brings the days of `[from, until)` that lie outside of what is synced: lays out what
    /// repeats, then, as far as it may reach, fetches what the providers have there. Nothing is
    /// done for days that are synced, or were fetched within a day.
    ///
    /// Shape: an account that cannot be reached is a problem in the report, not an error.
    ///
    /// # Errors
    /// [`Error::Invalid`] for days in the wrong order, or more than ten years of them.
    /// # Cancel safety
    /// What was fetched when it is dropped stays.
    pub async fn visit(
        &self,
        from: NaiveDate,
        until: NaiveDate,
        reach: Reach,
    ) -> Result<VisitReport, Error> {
        let days = (until - from).num_days();
        if days < 1 {
            return Err(Error::Invalid(
                "the last day comes before the first one".to_owned(),
            ));
        }
        if days > MOST_DAYS {
            return Err(Error::Invalid(
                "ask for at most ten years at a time".to_owned(),
            ));
        }
        let now = self.now();
        let missing = self.store().read(|read| {
            read.calendars()?.iter().try_fold(false, |any, calendar| {
                Ok(any || !missing_months(read, calendar, (from, until), now)?.is_empty())
            })
        })?;
        if missing {
            self.visit_with_pen(from, until, reach).await
        } else {
            Ok(VisitReport::default())
        }
    }

    /// Whether part of `[from, until)` lies outside of what the providers of visible calendars
    /// have listed.
    pub(crate) fn is_beyond(
        read: &Read<'_>,
        from: NaiveDate,
        until: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        if is_inside_all(read, from, until)? {
            return Ok(false);
        }
        for calendar in read.calendars()? {
            if calendar.is_visible
                && !missing_months(read, &calendar, (from, until), now)?.is_empty()
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Which of the days `[from, until)` lie, wholly or in part, outside of what the providers of
    /// visible calendars have listed.
    pub(crate) fn days_beyond(
        read: &Read<'_>,
        from: NaiveDate,
        until: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<BTreeSet<NaiveDate>, StoreError> {
        let mut beyond = BTreeSet::new();
        if is_inside_all(read, from, until)? {
            return Ok(beyond);
        }
        let mut spans = BTreeSet::new();
        for calendar in read.calendars()?.iter().filter(|one| one.is_visible) {
            let missing = missing_months(read, calendar, (from, until), now)?;
            if let Some(window) = window_of(read, calendar)? {
                let shown = shown_span(window);
                spans.extend(missing.into_iter().flat_map(|month| outside(month, shown)));
            }
        }
        for day in from.iter_days().take_while(|day| *day < until) {
            let (start, end) = (midnight(day), midnight(day) + TimeDelta::days(1));
            if spans.iter().any(|span| span.0 < end && start < span.1) {
                beyond.insert(day);
            }
        }
        Ok(beyond)
    }
}

/// Whether the days lie inside of what was listed of every calendar: so it is of nearly all days
/// that somebody looks at, and those windows are few.
fn is_inside_all(read: &Read<'_>, from: NaiveDate, until: NaiveDate) -> Result<bool, StoreError> {
    let is_inside = |window: Span| {
        let (start, end) = shown_span(window);
        start <= midnight(from) && midnight(until) <= end
    };
    Ok(read.synced_windows()?.into_iter().all(is_inside))
}

/// What was listed of a calendar; `None` while it is not synced, or not listed yet.
fn window_of(read: &Read<'_>, calendar: &CalendarRow) -> Result<Option<Span>, StoreError> {
    if !calendar.is_connected {
        return Ok(None);
    }
    Ok(read.find_round(calendar.id)?.and_then(|state| state.window))
}

/// The parts of a month before and after a window.
fn outside(month: Span, window: Span) -> impl Iterator<Item = Span> {
    let before = (month.0, month.1.min(window.0));
    let after = (month.0.max(window.1), month.1);
    [before, after]
        .into_iter()
        .filter(|(from, until)| from < until)
}

/// What has to be done for a calendar before its part of `[from, until)` can be trusted.
///
/// Shape: months in order, each once; none for a calendar that is not synced or has not been
/// listed at all yet, since its first round comes anyway.
pub(crate) fn missing_months(
    read: &Read<'_>,
    calendar: &CalendarRow,
    (from, until): (NaiveDate, NaiveDate),
    now: DateTime<Utc>,
) -> Result<Vec<Span>, StoreError> {
    let Some(window) = window_of(read, calendar)? else {
        return Ok(Vec::new());
    };
    let shown = shown_span(window);
    let wanted = (midnight(from), midnight(until));
    if shown.0 <= wanted.0 && wanted.1 <= shown.1 {
        return Ok(Vec::new());
    }
    let fresh = |month: &VisitedSpan| {
        month
            .fetched_at
            .is_some_and(|at| at <= now && now - at < FRESH)
    };
    let visited = read.visited_spans(calendar.id)?;
    let is_known = |month: &Span| {
        let inside = shown.0 <= month.0 && month.1 <= shown.1;
        // Of a month that the window cuts, the inner part needs no visit.
        let inner = wanted.0.max(month.0) >= shown.0 && wanted.1.min(month.1) <= shown.1;
        inside
            || inner
            || visited
                .iter()
                .any(|known| known.from == month.0 && fresh(known))
    };
    Ok(months(from, until)
        .into_iter()
        .filter(|month| !is_known(month))
        .collect())
}

/// Which parts of months a provider has to be asked for, run by run. Google lists everything
/// that lies ahead of its window's start, so there only the layout is missing.
pub(crate) fn runs_to_fetch(months: &[Span], provider: ProviderKind, window: Span) -> Vec<Span> {
    let ends = match provider {
        ProviderKind::Microsoft => window.1,
        ProviderKind::Google => DateTime::<Utc>::MAX_UTC,
    };
    let mut runs: Vec<Span> = Vec::new();
    for month in months {
        for (from, until) in outside(*month, (window.0, ends)) {
            match runs.last_mut() {
                // A year at most in one listing.
                Some(run) if run.1 == from && from - run.0 < TimeDelta::days(360) => run.1 = until,
                _ => runs.push((from, until)),
            }
        }
    }
    runs
}

/// The months that hold `[from, until)`, in UTC; a day wider, for readers in other zones are
/// ahead of it or behind.
fn months(from: NaiveDate, until: NaiveDate) -> Vec<Span> {
    let clamp = |date: NaiveDate| {
        let first = NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1).unwrap_or(date);
        let last = NaiveDate::from_ymd_opt(LAST_YEAR, 12, 31).unwrap_or(date);
        date.clamp(first, last)
    };
    let first = clamp(from.pred_opt().unwrap_or(from));
    let last = clamp(until);
    let mut spans = Vec::new();
    let mut month = first.with_day(1);
    while let Some(start) = month.filter(|start| *start <= last) {
        let next = start.checked_add_months(Months::new(1));
        if let Some(next) = next {
            spans.push((midnight(start), midnight(next)));
        }
        month = next;
    }
    spans
}

fn midnight(date: NaiveDate) -> DateTime<Utc> {
    date.and_time(NaiveTime::MIN).and_utc()
}

/// A problem of one account.
pub(crate) fn problem(account: &str, error: &Error) -> VisitProblem {
    VisitProblem {
        account: account.to_owned(),
        code: error.code(),
        message: crate::error::sentence(&error.to_string()),
    }
}

#[cfg(test)]
mod tests;
