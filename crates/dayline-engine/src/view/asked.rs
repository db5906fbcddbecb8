//! Which occurrences are asked for: some days of a zone, and what a filter leaves over of them.

use chrono::{Datelike as _, NaiveDate, NaiveTime};
use chrono_tz::Tz;
use dayline_model::filter::Expr;
use dayline_store::{OccurrenceFacts, OccurrenceRow, Read, StoreError};

use super::matching::{Matcher, narrowed};
use super::{WhenView, date_of, day_number, reader_zone, start_of_day};
use crate::engine::Span;
use crate::{Engine, Error};

/// The longest range that is placed in one go: a year with its weeks on either side.
const MOST_DAYS: i32 = 400;

/// What is asked for.
pub(super) struct Asked {
    pub(super) first: NaiveDate,
    /// The day after the last one.
    pub(super) after: NaiveDate,
    pub(super) zone: Tz,
    pub(super) filter: Expr,
}

impl Asked {
    /// # Errors
    /// [`Error::Invalid`] for an unknown zone, and for days that are too many or too far away;
    /// [`Error::Filter`] for a filter that cannot be read.
    pub(super) fn read(
        engine: &Engine,
        (from_day, days): (i32, i32),
        zone: &str,
        filter: &str,
    ) -> Result<Self, Error> {
        let zone = reader_zone(zone)?;
        let (first, after) = asked_days(from_day, days)?;
        Ok(Self {
            first,
            after,
            zone,
            filter: engine.parse_filter(filter, zone)?,
        })
    }

    /// The days by their numbers, half-open.
    pub(super) fn days(&self) -> std::ops::Range<i32> {
        day_number(self.first)..day_number(self.after)
    }

    /// From the first to the last instant at which something may be among the days. Dates of
    /// all-day events are kept as if in UTC.
    pub(super) fn span(&self) -> Span {
        let midnight = |date: NaiveDate| date.and_time(NaiveTime::MIN).and_utc();
        (
            start_of_day(self.first, self.zone).min(midnight(self.first)),
            start_of_day(self.after, self.zone).max(midnight(self.after)),
        )
    }

    /// When something is; `None` if it touches none of the days.
    pub(super) fn place(&self, span: Span, all_day: bool) -> Option<WhenView> {
        let when = WhenView::of(span, all_day, self.zone);
        let days = self.days();
        (when.day < days.end && when.day + when.days > days.start).then_some(when)
    }

    /// Shows what the filter leaves over to `visit`, in no order.
    pub(super) fn visit(
        &self,
        read: &Read<'_>,
        mut visit: impl FnMut(OccurrenceRow, WhenView),
    ) -> Result<(), StoreError> {
        let (from, until) = self.span();
        if self.filter.is_empty() {
            for row in read.occurrences(from, until)? {
                if let Some(when) = self.place((row.start, row.end), row.all_day) {
                    visit(row, when);
                }
            }
            return Ok(());
        }
        let narrow = narrowed(read, &self.filter)?;
        let mut matcher = Matcher::load(read, &self.filter, self.zone, (from, until))?;
        let look = |row: OccurrenceRow, facts: &OccurrenceFacts| {
            if let Some(when) = self.place((row.start, row.end), row.all_day)
                && matcher.matches(read, &row, facts)?
            {
                visit(row, when);
            }
            Ok(())
        };
        read.visit_occurrences(from, until, &narrow, look)
    }
}

/// The first day, and the day after the last one.
pub(super) fn asked_days(from_day: i32, days: i32) -> Result<(NaiveDate, NaiveDate), Error> {
    if !(1..=MOST_DAYS).contains(&days) {
        return Err(Error::Invalid(format!("a range has 1 to {MOST_DAYS} days")));
    }
    let (first, after) = (date_of(from_day)?, date_of(from_day.saturating_add(days))?);
    if first.year() < 1 || after.year() > 9999 {
        return Err(Error::Invalid("these days are out of range".to_owned()));
    }
    Ok((first, after))
}
