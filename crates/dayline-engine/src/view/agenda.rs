//! Occurrences as a list, for the terminal.

use std::cmp::Reverse;

use chrono::{Days, NaiveDate, SecondsFormat};
use chrono_tz::Tz;
use dayline_model::filter::{Expr, FilterError};
use dayline_store::OccurrenceRow;
use serde::Serialize;

use super::asked::Asked;
use super::matching::days;
use super::range::service_name;
use super::{ImportanceView, ProviderKind, ResponseView, StatusView, occurrence_id};
use crate::{Engine, Error};

/// How many days follow the first one where nobody says how long.
const MORE_DAYS: Days = Days::new(6);

/// Which days to list.
#[derive(Debug, Clone)]
pub struct AgendaQuery {
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub to: NaiveDate,
    /// The zone in which days begin and times are told.
    pub zone: Tz,
    /// What to leave over; the default is everything.
    pub filter: Expr,
}

/// One occurrence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgendaItem {
    /// Stable while the occurrence exists; the key for its thread.
    pub id: String,
    /// Title; empty if it has none.
    pub title: String,
    /// Start: RFC 3339 with the offset of the asked zone, or a date for all-day.
    pub start: String,
    /// End, exclusive: likewise.
    pub end: String,
    /// Whole days.
    pub all_day: bool,
    /// Name of its calendar.
    pub calendar: String,
    /// Address of its account.
    pub account: String,
    /// The account's provider.
    pub provider: ProviderKind,
    /// Importance.
    pub importance: ImportanceView,
    /// Names of its categories.
    pub categories: Vec<String>,
    /// State.
    pub status: StatusView,
    /// Own answer.
    pub response: ResponseView,
    /// Part of a series.
    pub recurring: bool,
    /// The provider's id of the series.
    pub series_id: Option<String>,
    /// A Microsoft Teams meeting.
    pub teams: bool,
    /// The best join link.
    pub join_url: Option<String>,
    /// The service that it opens.
    pub join_service: Option<String>,
    /// PSTN conference id.
    pub conference_id: Option<String>,
    /// Dial-in page.
    pub dial_in_url: Option<String>,
    /// Place.
    pub location: Option<String>,
    /// Name or address of the organizer.
    pub organizer: Option<String>,
    /// The event's page at the provider.
    pub html_link: Option<String>,
}

impl Engine {
    /// Understands an expression of the filter language, whose days count from today in `zone`.
    ///
    /// # Errors
    /// What is wrong, where, and what was probably meant.
    pub fn parse_filter(&self, text: &str, zone: Tz) -> Result<Expr, FilterError> {
        dayline_model::filter::parse(text, self.today(zone))
    }

    /// Today in a zone.
    pub fn today(&self, zone: Tz) -> NaiveDate {
        self.now().with_timezone(&zone).date_naive()
    }

    /// The occurrences of visible calendars that touch the asked days.
    ///
    /// Shape: by day, whole days first, then by start, longest first; empty if there are none.
    ///
    /// # Errors
    /// [`Error::Invalid`] if the last day comes before the first.
    pub fn agenda(&self, query: &AgendaQuery) -> Result<Vec<AgendaItem>, Error> {
        let after = query
            .to
            .succ_opt()
            .filter(|after| *after > query.from)
            .ok_or_else(|| Error::Invalid("the last day comes before the first one".to_owned()))?;
        let asked = Asked {
            first: query.from,
            after,
            zone: query.zone,
            filter: query.filter.clone(),
        };
        let mut rows: Vec<OccurrenceRow> = Vec::new();
        self.store()
            .read(|read| asked.visit(read, |row, _| rows.push(row)))?;
        rows.sort_by_cached_key(|row| {
            (
                days(row, query.zone).0,
                !row.all_day,
                row.start,
                Reverse(row.end),
                row.calendar,
                row.instance_id.clone(),
            )
        });
        Ok(rows.into_iter().map(|row| item(row, query.zone)).collect())
    }
}

/// The days to list where not both are given: those that the filter names, else seven from
/// today on. What is given counts.
///
/// Shape: a filter that only says `to:` a day before today gets the seven days that end
/// with it. First day and last day, included; the last may come before the first if that is what
/// was asked for.
pub fn agenda_days(
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    filter: &Expr,
    today: NaiveDate,
) -> (NaiveDate, NaiveDate) {
    let (named_from, named_end) = filter.range();
    let named_to = named_end.and_then(|end| end.pred_opt());
    let last = to.or(named_to);
    let first = from.or(named_from).unwrap_or_else(|| match last {
        Some(last) if last < today => last.checked_sub_days(MORE_DAYS).unwrap_or(last),
        _ => today,
    });
    let last = last.unwrap_or_else(|| first.checked_add_days(MORE_DAYS).unwrap_or(first));
    (first, last)
}

pub(super) fn item(row: OccurrenceRow, zone: Tz) -> AgendaItem {
    let tell = |time: chrono::DateTime<chrono::Utc>| {
        if row.all_day {
            time.date_naive().to_string()
        } else {
            time.with_timezone(&zone)
                .to_rfc3339_opts(SecondsFormat::AutoSi, false)
        }
    };
    AgendaItem {
        id: occurrence_id(&row),
        start: tell(row.start),
        end: tell(row.end),
        all_day: row.all_day,
        provider: row.provider.into(),
        importance: row.importance.into(),
        categories: row.categories.into_iter().map(|(name, _)| name).collect(),
        status: row.status.into(),
        response: row.response.into(),
        recurring: row.series_id.is_some(),
        series_id: row.series_id,
        teams: row.is_teams,
        join_service: row.join_service.as_deref().map(service_name),
        join_url: row.join_url,
        conference_id: row.conference_id,
        dial_in_url: row.dial_in_url,
        title: row.title,
        calendar: row.calendar_name,
        account: row.account_email,
        location: row.location,
        organizer: row.organizer,
        html_link: row.html_link,
    }
}

#[cfg(test)]
mod tests;
