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

    /// On which day the period with that index begins.
    pub(super) fn day(&self, index: i64) -> Option<DayNumber> {
        self.start(index).map(|start| days::number(start.date()))
    }

    /// How many days a period has that begins on that day; one if it is shorter than a day.
    pub(super) fn length(&self, day: DayNumber) -> i64 {
        match self.frequency {
            Frequency::Yearly => {
                days::date(day).map_or(0, |date| if date.leap_year() { 366 } else { 365 })
            }
            Frequency::Monthly => {
                days::date(day).map_or(0, |date| i64::from(date.num_days_in_month()))
            }
            Frequency::Weekly => 7,
            _ => 1,
        }
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
