//! How a series repeats, for a window that has its own words for it.

use chrono::Weekday;
use dayline_model::recurrence::{DayKind, On, Pattern, Unit};
use serde::Serialize;

use crate::view::day_number;

/// How a series repeats, where one sentence can say it. Exclusions are not part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SeriesView {
    /// What is counted.
    pub unit: SeriesUnit,
    /// Every so many of them.
    pub interval: u32,
    /// On which days of them; none where the unit says it.
    pub on: Option<SeriesDays>,
    /// In which months, 1 to 12; empty: in all.
    pub months: Vec<u32>,
    /// The last day on which it may take place, counted since 1970-01-01.
    pub until_day: Option<i32>,
    /// How often it takes place.
    pub count: Option<u32>,
}

/// What a series counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum SeriesUnit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

/// Days of a week, a month or a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SeriesDays {
    /// From Monday to Friday.
    Workdays,
    /// Days of the week.
    Weekdays {
        /// From Monday on, 0 = Sunday.
        weekdays: Vec<u32>,
    },
    /// Days of the month.
    Dates {
        /// Ascending.
        dates: Vec<u32>,
    },
    /// The last day of the month.
    LastDate,
    /// The nth of a weekday, or each.
    Ranked {
        /// As they were written.
        days: Vec<RankedDay>,
    },
    /// The nth of some days.
    Nth {
        /// 1 to 5, from the end -1 to -3.
        rank: i32,
        /// Which days are counted.
        of: SeriesDayKind,
    },
}

/// The nth of a weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RankedDay {
    /// 1 to 5, from the end -1 to -3; each of them without one.
    pub rank: Option<i32>,
    /// 0 = Sunday.
    pub weekday: u32,
}

/// Days that are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum SeriesDayKind {
    /// Any day.
    Day,
    /// From Monday to Friday.
    Workday,
    /// Saturday or Sunday.
    WeekendDay,
}

impl From<Pattern> for SeriesView {
    fn from(pattern: Pattern) -> Self {
        Self {
            unit: match pattern.unit {
                Unit::Second => SeriesUnit::Second,
                Unit::Minute => SeriesUnit::Minute,
                Unit::Hour => SeriesUnit::Hour,
                Unit::Day => SeriesUnit::Day,
                Unit::Week => SeriesUnit::Week,
                Unit::Month => SeriesUnit::Month,
                Unit::Year => SeriesUnit::Year,
            },
            interval: pattern.interval,
            on: pattern.on.map(SeriesDays::from),
            months: pattern.months,
            until_day: pattern.until.map(day_number),
            count: pattern.count,
        }
    }
}

impl From<On> for SeriesDays {
    fn from(days: On) -> Self {
        let number = |day: Weekday| day.num_days_from_sunday();
        match days {
            On::Workdays => Self::Workdays,
            On::Weekdays(days) => Self::Weekdays {
                weekdays: days.into_iter().map(number).collect(),
            },
            On::Dates(dates) => Self::Dates { dates },
            On::LastDate => Self::LastDate,
            On::Ranked(days) => Self::Ranked {
                days: days
                    .into_iter()
                    .map(|(rank, day)| RankedDay {
                        rank,
                        weekday: number(day),
                    })
                    .collect(),
            },
            On::Nth(rank, kind) => Self::Nth {
                rank,
                of: match kind {
                    DayKind::Day => SeriesDayKind::Day,
                    DayKind::Workday => SeriesDayKind::Workday,
                    DayKind::WeekendDay => SeriesDayKind::WeekendDay,
                },
            },
        }
    }
}
