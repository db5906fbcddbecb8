//! The periods of a rule: every INTERVAL-th year, month, week, day, hour, minute or second,
//! counted from the one that DTSTART lies in.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::days::{self, DayNumber};
use super::rule::{Frequency, Rule};

/// Where a rule's periods begin.
#[derive(Debug, Clone, Copy)]
pub(super) struct Periods {
    frequency: Frequency,
    interval: i64,
    /// The beginning of DTSTART's own period; for years and months its midnight.
    anchor: NaiveDateTime,
}

impl Periods {
    /// The periods of a rule whose DTSTART is `start`.
    pub(super) fn new(rule: &Rule, start: NaiveDateTime) -> Self {
        let (date, time) = (start.date(), start.time());
        let anchor = match rule.frequency {
            Frequency::Weekly => midnight(
                date.week(rule.week_start)
                    .checked_first_day()
                    .unwrap_or(date),
            ),
            Frequency::Hourly => date.and_hms_opt(time.hour(), 0, 0).unwrap_or(start),
            Frequency::Minutely => date
                .and_hms_opt(time.hour(), time.minute(), 0)
                .unwrap_or(start),
            Frequency::Secondly => start,
            _ => midnight(date),
        };
        Self {
            frequency: rule.frequency,
            interval: rule.interval.into(),
            anchor,
        }
    }

    /// When the period with that index begins; `None` after the year 9999.
    pub(super) fn start(&self, index: i64) -> Option<NaiveDateTime> {
        let units = index.checked_mul(self.interval)?;
        let date = self.anchor.date();
        let period = match self.frequency {
            Frequency::Yearly => midnight(NaiveDate::from_ymd_opt(
                i32::try_from(i64::from(date.year()).checked_add(units)?).ok()?,
                1,
                1,
            )?),
            Frequency::Monthly => {
                let month =
                    (i64::from(date.year()) * 12 + i64::from(date.month0())).checked_add(units)?;
                let (year, month0) = (month.div_euclid(12), month.rem_euclid(12));
                midnight(NaiveDate::from_ymd_opt(
                    i32::try_from(year).ok()?,
                    u32::try_from(month0).ok()? + 1,
                    1,
                )?)
            }
            _ => {
                let seconds = units.checked_mul(self.unit_seconds())?;
                self.anchor
                    .checked_add_signed(TimeDelta::try_seconds(seconds)?)?
            }
        };
        (period.year() <= 9999).then_some(period)
    }

    /// The first day of the period with that index, and the day after its last; for a period that
    /// is shorter than a day, that day. `None` after the year 9999.
    pub(super) fn days(&self, index: i64) -> Option<(DayNumber, DayNumber)> {
        const LAST_YEAR: i64 = 9999;
        let units = index.checked_mul(self.interval)?;
        let date = self.anchor.date();
        let year = i64::from(date.year());
        let (first, end) = match self.frequency {
            Frequency::Yearly => {
                let year = year.checked_add(units).filter(|year| *year <= LAST_YEAR)?;
                (days::new_year(year), days::new_year(year + 1))
            }
            Frequency::Monthly => {
                let month = (year * 12 + i64::from(date.month0()))
                    .checked_add(units)
                    .filter(|month| *month <= LAST_YEAR * 12 + 11)?;
                (days::month_first(month), days::month_first(month + 1))
            }
            Frequency::Weekly => {
                let first = units.checked_mul(7)?.checked_add(days::number(date))?;
                (first, first.checked_add(7)?)
            }
            Frequency::Daily => {
                let first = units.checked_add(days::number(date))?;
                (first, first.checked_add(1)?)
            }
            _ => {
                let first = days::number(self.start(index)?.date());
                (first, first + 1)
            }
        };
        (first < days::new_year(LAST_YEAR + 1)).then_some((first, end))
    }

    /// How many units of which a day has `in_day` lie before the first period.
    pub(super) fn anchor_unit(&self, in_day: i64) -> i64 {
        let second = i64::from(self.anchor.time().num_seconds_from_midnight());
        days::number(self.anchor.date()) * in_day + second * in_day / 86_400
    }

    /// How many of the periods can be left out without missing anything from `low` on.
    pub(super) fn before(&self, low: NaiveDateTime) -> i64 {
        let units = match self.frequency {
            Frequency::Yearly => i64::from(low.year()) - i64::from(self.anchor.year()),
            Frequency::Monthly => {
                (i64::from(low.year()) - i64::from(self.anchor.year())) * 12
                    + i64::from(low.month0())
                    - i64::from(self.anchor.month0())
            }
            _ => (low - self.anchor).num_seconds() / self.unit_seconds(),
        };
        (units / self.interval).max(0)
    }

    /// How many periods lie between two times that are `seconds` apart, rounded up.
    pub(super) fn in_seconds(&self, seconds: i64) -> Option<i64> {
        let step = self.unit_seconds().checked_mul(self.interval)?;
        Some((seconds + step - 1) / step)
    }

    fn unit_seconds(&self) -> i64 {
        match self.frequency {
            Frequency::Secondly => 1,
            Frequency::Minutely => 60,
            Frequency::Hourly => 3_600,
            Frequency::Weekly => 7 * 86_400,
            _ => 86_400,
        }
    }
}

fn midnight(date: NaiveDate) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN)
}
