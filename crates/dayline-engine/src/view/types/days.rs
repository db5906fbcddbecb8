//! What is told about days besides their occurrences: how full they are, and their clocks.

use serde::{Deserialize, Serialize};

/// Which days to count, in which zone.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CountsQuery {
    /// First day, counted since 1970-01-01.
    pub from_day: i32,
    /// How many days, 1 to 400.
    pub days: i32,
    /// IANA name of the zone in which days begin.
    pub zone: String,
    /// What to leave over, in the filter language; empty: everything.
    pub filter: String,
    /// One meeting in several calendars counts once.
    pub merge_copies: bool,
}

/// How much a filter leaves over of some days, and what else could be filtered for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CountsView {
    /// How many the filter leaves over.
    pub shown: i32,
    /// How many it takes away.
    pub hidden: i32,
    /// Facets of the unfiltered days, for the filter bar.
    pub facets: Facets,
}

/// What can be filtered for, with how many occurrences each has. A meeting in several calendars
/// that counts once has what any of its copies has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Facets {
    /// High importance.
    pub high: i32,
    /// Normal importance.
    pub normal: i32,
    /// Low importance.
    pub low: i32,
    /// Microsoft Teams meetings.
    pub teams: i32,
    /// Can be joined by a link of any service.
    pub link: i32,
    /// Asked, not answered.
    pub unanswered: i32,
    /// Answered with perhaps.
    pub tentative: i32,
    /// Declined.
    pub declined: i32,
    /// Categories by name.
    pub categories: Vec<CategoryFacet>,
}

/// A category with its colour and how often it occurs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CategoryFacet {
    /// Its name.
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
    /// How many occurrences carry it.
    pub count: i32,
}

/// How full a day is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct DayDensity {
    /// How many occurrences touch it.
    pub events: i32,
    /// Minutes of it that timed occurrences take, each minute once; not those that are free,
    /// declined or cancelled.
    pub busy_minutes: i32,
    /// It lies outside of what is synced of some visible calendar, and may hold more.
    pub beyond_synced: bool,
}

/// A moment at which the clock of the asked zone is changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ClockChange {
    /// The day, counted since 1970-01-01, as told before the change.
    pub day: i32,
    /// Minutes since midnight of `day`, as told before the change. 1440 where the hour before
    /// midnight comes twice.
    pub minute: i32,
    /// 60: an hour is left out; -60: an hour comes twice; 1440: a whole day is left out.
    pub shift_minutes: i32,
    /// The zone's short name before it, such as CEST.
    pub before: String,
    /// The zone's short name after it, such as CET.
    pub after: String,
}

/// Another zone beside the shown one, day by day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ZoneLine {
    /// Its IANA name, as asked.
    pub zone: String,
    /// Each of the asked days.
    pub days: Vec<ZoneDay>,
}

/// Another zone at noon of a day of the shown one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ZoneDay {
    /// How far its clocks are ahead of the shown zone's, in minutes.
    pub ahead_minutes: i32,
    /// Its short name, such as CET, or its offset where it has none.
    pub short_name: String,
}

/// Another place of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CopyView {
    /// The key for details and join.
    pub id: String,
    /// Its calendar.
    pub calendar_id: String,
    /// `#rrggbb`: its own colour, else its calendar's.
    pub color: String,
}
