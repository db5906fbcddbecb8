use super::*;

fn at(text: &str) -> NaiveDateTime {
    parse_local(text).unwrap()
}

#[test]
fn utc_is_not_london() {
    assert_eq!(zone("UTC"), Some(Tz::UTC));
    assert_eq!(zone("GMT Standard Time"), Some(Tz::Europe__London));
}

#[test]
fn windows_and_iana_names_mean_the_same_zone() {
    assert_eq!(zone("W. Europe Standard Time"), zone("Europe/Berlin"));
    assert_eq!(zone("Nowhere Standard Time"), None);
}

#[test]
fn a_wall_time_in_a_gap_moves_forward() {
    let gap = instant(at("2026-03-29T02:30:00"), Tz::Europe__Berlin);
    assert_eq!(gap.to_rfc3339(), "2026-03-29T01:30:00+00:00");
}

#[test]
fn a_wall_time_in_a_fold_is_the_earlier_instant() {
    let fold = instant(at("2026-10-25T02:30:00"), Tz::Europe__Berlin);
    assert_eq!(fold.to_rfc3339(), "2026-10-25T00:30:00+00:00");
}

#[test]
fn graph_wall_times_have_seven_fraction_digits() {
    assert_eq!(
        graph_local(at("2026-01-01T09:00:00.0000000")),
        "2026-01-01T09:00:00.0000000"
    );
}

#[test]
fn every_windows_name_has_a_zone() {
    assert_eq!(windows_zones().count(), windows::WINDOWS_ZONES.len());
    assert!(windows::WINDOWS_ZONES.len() > 130);
    assert_eq!(
        zone("Lord Howe Standard Time"),
        Some(Tz::Australia__Lord_Howe)
    );
    assert_eq!(zone("Samoa Standard Time"), Some(Tz::Pacific__Apia));
}
