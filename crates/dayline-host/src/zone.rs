//! The zone of the user's place.

use chrono_tz::Tz;

/// The zone that `TZ` names, else the system's; UTC if neither tells one. An IANA name.
pub fn system_zone() -> String {
    if let Some(zone) = std::env::var("TZ").ok().and_then(|value| named_by(&value)) {
        return zone.name().to_owned();
    }
    iana_time_zone::get_timezone().unwrap_or_else(|error| {
        tracing::warn!(%error, "the system names no time zone");
        "UTC".to_owned()
    })
}

/// The zone in a value of `TZ`: `Asia/Kolkata` or `:Asia/Kolkata`. None for rules such as
/// `EST5EDT,M3.2.0`, paths, and what nobody knows: these are left to the system.
fn named_by(value: &str) -> Option<Tz> {
    value.strip_prefix(':').unwrap_or(value).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_name_of_a_zone_counts() {
        assert_eq!(named_by("Asia/Kolkata"), Some(Tz::Asia__Kolkata));
        assert_eq!(
            named_by(":Australia/Lord_Howe"),
            Some(Tz::Australia__Lord_Howe)
        );
        for other in [
            "",
            ":",
            "EST5EDT,M3.2.0,M11.1.0",
            "/etc/localtime",
            "Mars/Olympus",
        ] {
            assert_eq!(named_by(other), None, "{other}");
        }
    }
}
