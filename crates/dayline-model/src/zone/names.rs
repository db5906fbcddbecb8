//! From a name to its meaning.

use chrono::{NaiveDate, Offset, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};

use super::windows::{DISPLAY, WINDOWS};

/// No real name is longer.
const LONGEST: usize = 256;

/// Fixed offsets that are not whole hours, in minutes east, by a place that keeps them today.
static ODD_OFFSETS: &[(i32, Tz)] = &[
    (-570, Tz::Pacific__Marquesas),
    (-210, Tz::America__St_Johns),
    (210, Tz::Asia__Tehran),
    (270, Tz::Asia__Kabul),
    (330, Tz::Asia__Kolkata),
    (345, Tz::Asia__Kathmandu),
    (390, Tz::Asia__Yangon),
    (525, Tz::Australia__Eucla),
    (570, Tz::Australia__Darwin),
    (630, Tz::Australia__Lord_Howe),
    (765, Tz::Pacific__Chatham),
];

pub(super) fn meaning(name: &str) -> Option<Tz> {
    let name = name.trim().trim_matches('"');
    if name.is_empty() || name.len() > LONGEST {
        return None;
    }
    if is_utc(name) {
        return Some(Tz::UTC);
    }
    name.parse()
        .ok()
        .or_else(|| windows(name))
        .or_else(|| iana(name))
        .or_else(|| offset(name))
        .or_else(|| display(name))
}

fn is_utc(name: &str) -> bool {
    [
        "UTC",
        "Z",
        "Etc/UTC",
        "tzone://Microsoft/Utc",
        "Coordinated Universal Time",
        "(UTC) Coordinated Universal Time",
    ]
    .iter()
    .any(|utc| utc.eq_ignore_ascii_case(name))
}

fn windows(name: &str) -> Option<Tz> {
    let wanted = name.to_ascii_lowercase();
    let index = WINDOWS
        .binary_search_by(|(id, _)| id.to_ascii_lowercase().as_str().cmp(&wanted))
        .ok()?;
    WINDOWS.get(index)?.1.parse().ok()
}

/// An IANA name in another case, or after a vendor's prefix (`/freeassociation.sourceforge.net/Europe/Berlin`).
fn iana(name: &str) -> Option<Tz> {
    let same_case = TZ_VARIANTS
        .iter()
        .find(|tz| tz.name().eq_ignore_ascii_case(name));
    same_case.copied().or_else(|| {
        let mut parts = name.strip_prefix('/')?.rsplit('/');
        let (city, area) = (parts.next()?, parts.next()?);
        let short = format!("{area}/{city}");
        let long = parts.next().map(|region| format!("{region}/{short}"));
        long.and_then(|long| long.parse().ok())
            .or_else(|| short.parse().ok())
    })
}

/// `+02:00`, `-0330`, `UTC+2`, `GMT-03:30`.
fn offset(name: &str) -> Option<Tz> {
    let digits = ["UTC", "GMT"]
        .iter()
        .find_map(|prefix| {
            let (head, tail) = name.split_at_checked(prefix.len())?;
            head.eq_ignore_ascii_case(prefix).then_some(tail)
        })
        .unwrap_or(name);
    fixed(minutes(digits.trim())?)
}

/// Minutes east of an offset such as `+2`, `+02:00`, `-0330`, with the typographic minus too.
fn minutes(text: &str) -> Option<i32> {
    let (sign, rest) = if let Some(rest) = text.strip_prefix('+') {
        (1, rest)
    } else {
        (
            -1,
            text.strip_prefix('-')
                .or_else(|| text.strip_prefix('\u{2212}'))?,
        )
    };
    let (hours, rest) = match rest.split_once(':') {
        Some(parts) => parts,
        None if rest.len() == 4 => rest.split_at_checked(2)?,
        None => (rest, "0"),
    };
    let number = |text: &str| {
        let plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<i32>().ok()).flatten()
    };
    let (hours, rest) = (number(hours)?, number(rest)?);
    (hours <= 14 && rest < 60).then_some(sign * (hours * 60 + rest))
}

fn fixed(minutes: i32) -> Option<Tz> {
    if minutes == 0 {
        return Some(Tz::UTC);
    }
    if minutes % 60 != 0 {
        return ODD_OFFSETS
            .iter()
            .find(|(offset, _)| *offset == minutes)
            .map(|(_, tz)| *tz);
    }
    // POSIX signs: Etc/GMT-2 lies two hours east.
    let sign = if minutes > 0 { '-' } else { '+' };
    format!("Etc/GMT{sign}{}", minutes.abs() / 60).parse().ok()
}

/// `(UTC+01:00) Amsterdam, Berlin, Bern`: the first city that is known and keeps that offset at
/// some time of the year, else the offset.
fn display(name: &str) -> Option<Tz> {
    let (prefix, places) = name.strip_prefix('(')?.split_once(')')?;
    let prefix = prefix.trim();
    let zone = prefix
        .get(..3)
        .filter(|zone| zone.eq_ignore_ascii_case("UTC") || zone.eq_ignore_ascii_case("GMT"))?;
    let digits = prefix.strip_prefix(zone)?.trim();
    let east = if digits.is_empty() {
        0
    } else {
        minutes(digits)?
    };
    let places = places.trim().to_lowercase();
    std::iter::once(places.as_str())
        .chain(places.split([',', ':']).map(str::trim))
        .filter_map(place)
        .find(|tz| keeps(*tz, east))
        .or_else(|| fixed(east))
}

fn place(lower: &str) -> Option<Tz> {
    if lower.is_empty() {
        return None;
    }
    let listed = DISPLAY
        .iter()
        .find(|(display, _)| *display == lower)
        .and_then(|(_, iana)| iana.parse().ok());
    listed.or_else(|| {
        let city = lower.replace(' ', "_");
        let ends = |tz: &&Tz| {
            tz.name()
                .rsplit('/')
                .next()
                .is_some_and(|last| last.eq_ignore_ascii_case(&city))
        };
        TZ_VARIANTS.iter().find(ends).copied()
    })
}

fn keeps(tz: Tz, east: i32) -> bool {
    [1, 7].iter().any(|month| {
        NaiveDate::from_ymd_opt(2025, *month, 1)
            .and_then(|day| day.and_hms_opt(12, 0, 0))
            .is_some_and(|noon| {
                tz.offset_from_utc_datetime(&noon).fix().local_minus_utc() == east * 60
            })
    })
}
