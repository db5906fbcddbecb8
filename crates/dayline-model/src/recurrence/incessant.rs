//! Rules that nobody means: every second or every minute, for ever.
//!
//! Expanding one costs as much as a thousand meetings and shows nothing that a person could use.

/// Whether a rule, as it is written, repeats more than a hundred times on each day without end.
///
/// Only what can be told without expanding: a rule with a BY-part, a COUNT or an UNTIL may be
/// sparse, and is not called incessant.
pub fn is_incessant(lines: &[String]) -> bool {
    lines.iter().any(|line| {
        let upper = line.to_ascii_uppercase();
        let Some(rule) = upper.strip_prefix("RRULE:") else {
            return false;
        };
        let part = |name: &str| {
            rule.split(';')
                .filter_map(|part| part.split_once('='))
                .find(|(key, _)| key.trim() == name)
                .map(|(_, value)| value.trim())
        };
        let seconds: u64 = match part("FREQ") {
            Some("SECONDLY") => 1,
            Some("MINUTELY") => 60,
            _ => return false,
        };
        let interval: u64 = match part("INTERVAL") {
            Some(text) => text.parse().unwrap_or(u64::MAX),
            None => 1,
        };
        let is_limited = rule.split(';').any(|part| {
            part.starts_with("BY") || part.starts_with("COUNT") || part.starts_with("UNTIL")
        });
        !is_limited && seconds.saturating_mul(interval.max(1)) < 86_400 / 100
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_never_rests_is_incessant() {
        for (rule, expected) in [
            ("RRULE:FREQ=SECONDLY", true),
            ("rrule:freq=minutely;interval=5", true),
            ("RRULE:FREQ=MINUTELY;INTERVAL=15", false),
            ("RRULE:FREQ=MINUTELY;INTERVAL=1440", false),
            ("RRULE:FREQ=SECONDLY;BYHOUR=9;BYMINUTE=0;BYSECOND=0", false),
            ("RRULE:FREQ=SECONDLY;COUNT=3", false),
            ("RRULE:FREQ=MINUTELY;UNTIL=20261120T100000Z", false),
            ("RRULE:FREQ=HOURLY", false),
            ("RRULE:FREQ=SECONDLY;INTERVAL=nonsense", false),
            ("EXRULE:FREQ=SECONDLY", false),
            ("", false),
        ] {
            assert_eq!(is_incessant(&[rule.to_owned()]), expected, "{rule}");
        }
    }
}
