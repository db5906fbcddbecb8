//! Occurrences as a list, for the terminal.

use chrono::{NaiveDate, SecondsFormat};
use chrono_tz::Tz;
use dayline_model::Filter;
use serde::Serialize;

use super::range::service_name;
use super::{
    FilterQuery, ImportanceView, ProviderKind, ResponseView, StatusView, passes, start_of_day,
};
use crate::{Engine, Error};

/// Which days to list.
#[derive(Debug, Clone)]
pub struct AgendaQuery {
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub to: NaiveDate,
    /// The zone in which days begin and times are told.
    pub zone: Tz,
    /// What to leave over.
    pub filter: FilterQuery,
}

/// One occurrence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgendaItem {
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
    /// The occurrences of visible calendars that touch the asked days.
    ///
    /// Shape: by start, then longest first; empty if there are none.
    ///
    /// # Errors
    /// [`Error::Invalid`] if the last day comes before the first.
    pub fn agenda(&self, query: &AgendaQuery) -> Result<Vec<AgendaItem>, Error> {
        let after = query
            .to
            .succ_opt()
            .filter(|after| *after > query.from)
            .ok_or_else(|| Error::Invalid("the last day comes before the first one".to_owned()))?;
        let filter = Filter::from(&query.filter);
        let (from, until) = (
            start_of_day(query.from, query.zone),
            start_of_day(after, query.zone),
        );
        let midnight = |date: NaiveDate| date.and_time(chrono::NaiveTime::MIN).and_utc();
        let rows = self.store().read(|read| {
            read.occurrences(from.min(midnight(query.from)), until.max(midnight(after)))
        })?;
        let inside = rows.into_iter().filter(|row| {
            let (from, until) = if row.all_day {
                (midnight(query.from), midnight(after))
            } else {
                (from, until)
            };
            row.start < until && (row.end > from || row.start >= from)
        });
        Ok(inside
            .filter(|row| passes(&filter, row))
            .map(|row| {
                let tell = |time: chrono::DateTime<chrono::Utc>| {
                    if row.all_day {
                        time.date_naive().to_string()
                    } else {
                        time.with_timezone(&query.zone)
                            .to_rfc3339_opts(SecondsFormat::AutoSi, false)
                    }
                };
                AgendaItem {
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
            })
            .collect())
    }
}
