//! An RRULE, as far as any of Graph's patterns has a place for its parts.

use std::collections::BTreeMap;

use chrono::Weekday;

use super::NotExpressible;
use super::NotExpressible::{Malformed, Part};

/// A rule as written, as far as any pattern has a place for it.
pub(super) struct Rule {
    pub(super) frequency: String,
    pub(super) interval: u32,
    pub(super) count: Option<u32>,
    pub(super) until: Option<String>,
    pub(super) week_start: Weekday,
    pub(super) days: Vec<(Option<i32>, Weekday)>,
    pub(super) month_days: Vec<i32>,
    pub(super) months: Vec<i32>,
    pub(super) positions: Vec<i32>,
}

impl Rule {
    pub(super) fn read(text: &str) -> Result<Self, NotExpressible> {
        let mut parts = BTreeMap::new();
        for part in text
            .split(';')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            let (key, value) = part.split_once('=').ok_or(Malformed)?;
            let key = key.trim().to_ascii_uppercase();
            let value = value.trim().to_ascii_uppercase();
            if parts.insert(key, value).is_some() {
                return Err(Malformed);
            }
        }
        for unknown in [
            "BYSECOND",
            "BYMINUTE",
            "BYHOUR",
            "BYYEARDAY",
            "BYWEEKNO",
            "RSCALE",
            "SKIP",
        ] {
            if parts.contains_key(unknown) {
                return Err(Part(unknown));
            }
        }
        let mut take = |key: &str| parts.remove(key);
        let rule = Self {
            frequency: take("FREQ").ok_or(Malformed)?,
            interval: take("INTERVAL").map_or(Ok(1), |text| positive(&text))?,
            count: take("COUNT").map(|text| positive(&text)).transpose()?,
            until: take("UNTIL"),
            week_start: take("WKST").map_or(Ok(Weekday::Mon), |text| weekday(&text))?,
            days: list(take("BYDAY").as_deref(), numbered_day)?,
            month_days: list(take("BYMONTHDAY").as_deref(), number)?,
            months: list(take("BYMONTH").as_deref(), number)?,
            positions: list(take("BYSETPOS").as_deref(), number)?,
        };
        if parts.keys().any(|key| !key.starts_with("X-")) {
            return Err(Malformed);
        }
        Ok(rule)
    }

    /// Refuses the parts that are given.
    pub(super) fn without(&self, parts: &[&'static str]) -> Result<(), NotExpressible> {
        let is_given = |part: &str| match part {
            "BYDAY" => !self.days.is_empty(),
            "BYMONTHDAY" => !self.month_days.is_empty(),
            "BYMONTH" => !self.months.is_empty(),
            _ => !self.positions.is_empty(),
        };
        parts
            .iter()
            .find(|part| is_given(part))
            .map_or(Ok(()), |part| Err(Part(part)))
    }
}

fn weekday(text: &str) -> Result<Weekday, NotExpressible> {
    Ok(match text {
        "SU" => Weekday::Sun,
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        _ => return Err(Malformed),
    })
}

fn numbered_day(text: &str) -> Result<(Option<i32>, Weekday), NotExpressible> {
    let at = text.len().checked_sub(2).ok_or(Malformed)?;
    let (position, day) = text.split_at_checked(at).ok_or(Malformed)?;
    let position = match position {
        "" => None,
        position => Some(number(position)?),
    };
    Ok((position, weekday(day)?))
}

fn number(text: &str) -> Result<i32, NotExpressible> {
    let number: i32 = text.parse().map_err(|_| Malformed)?;
    if number == 0 {
        Err(Malformed)
    } else {
        Ok(number)
    }
}

/// Graph's numbers have 32 bits with a sign.
fn positive(text: &str) -> Result<u32, NotExpressible> {
    let number: i32 = text.parse().map_err(|_| Malformed)?;
    u32::try_from(number)
        .ok()
        .filter(|number| *number > 0)
        .ok_or(Malformed)
}

/// The items in their order, each once.
fn list<T: PartialEq>(
    text: Option<&str>,
    read: impl Fn(&str) -> Result<T, NotExpressible>,
) -> Result<Vec<T>, NotExpressible> {
    let mut items = Vec::new();
    for item in text.into_iter().flat_map(|text| text.split(',')) {
        let item = read(item.trim())?;
        if !items.contains(&item) {
            items.push(item);
        }
    }
    Ok(items)
}
