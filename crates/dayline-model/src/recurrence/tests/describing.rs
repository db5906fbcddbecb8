use super::*;

#[track_caller]
fn says(first: &When, rule: &str, wanted: Option<&str>) {
    assert_eq!(
        describe(&lines(&[rule]), first).as_deref(),
        wanted,
        "{rule}"
    );
}

#[test]
fn a_series_is_said_in_words() {
    let friday = hour("2026-03-27T09:00:00", "Europe/Berlin");
    for (rule, wanted) in [
        ("FREQ=DAILY", "Every day"),
        ("FREQ=DAILY;INTERVAL=3;COUNT=10", "Every 3 days, 10 times"),
        ("FREQ=DAILY;COUNT=1", "Every day, once"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "Every weekday"),
        ("FREQ=WEEKLY", "Every week on Friday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "Every 2 weeks on Friday"),
        (
            "FREQ=WEEKLY;BYDAY=FR,MO,WE",
            "Every week on Monday, Wednesday and Friday",
        ),
        ("FREQ=WEEKLY;BYDAY=FR,TH,WE,TU,MO", "Every weekday"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR",
            "Every 2 weeks on Monday, Tuesday, Wednesday, Thursday and Friday",
        ),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "Every day"),
        ("FREQ=MONTHLY", "Every month on day 27"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "Every month on day 15"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=1,15",
            "Every month on days 1 and 15",
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "Every month on the last day"),
        (
            "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270303T090000Z",
            "Every month on the second Tuesday until 3 March 2027",
        ),
        (
            "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR",
            "Every 3 months on the last Friday",
        ),
        (
            "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2",
            "Every month on the second Tuesday",
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "Every month on the last weekday",
        ),
        (
            "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1",
            "Every month on the first weekend day",
        ),
        ("FREQ=YEARLY", "Every year on 27 March"),
        ("FREQ=YEARLY;BYMONTH=5", "Every year on 27 May"),
        (
            "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24",
            "Every year on 24 December",
        ),
        (
            "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU",
            "Every year on the second Sunday of May",
        ),
        (
            "FREQ=YEARLY;INTERVAL=2;BYMONTH=3,10;BYDAY=-1SU",
            "Every 2 years on the last Sunday of March and October",
        ),
        ("FREQ=HOURLY;INTERVAL=2", "Every 2 hours"),
    ] {
        says(&friday, &format!("RRULE:{rule}"), Some(wanted));
    }
}

#[test]
fn what_cannot_be_said_truly_is_not_said() {
    let first = hour("2026-03-27T09:00:00", "UTC");
    for rule in [
        "FREQ=DAILY;INTERVAL=2;BYDAY=MO",
        "FREQ=DAILY;BYHOUR=9,10",
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=YEARLY;BYYEARDAY=100",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=WEEKLY;BYMONTH=1",
        "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1",
        "FREQ=MONTHLY;BYMONTHDAY=-3",
        "FREQ=NEVER",
        "",
    ] {
        says(&first, &format!("RRULE:{rule}"), None);
    }
    assert_eq!(describe(&lines(&["RDATE:20260101T000000Z"]), &first), None);
    assert_eq!(
        describe(&lines(&["RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"]), &first),
        None
    );
}

#[test]
fn until_is_said_as_the_day_in_the_zone_of_the_series() {
    says(
        &hour("2026-03-27T20:00:00", "America/New_York"),
        "RRULE:FREQ=DAILY;UNTIL=20260402T000000Z",
        Some("Every day until 1 April 2026"),
    );
    says(
        &days("2026-03-27", "2026-03-28"),
        "RRULE:FREQ=DAILY;UNTIL=20260402",
        Some("Every day until 2 April 2026"),
    );
}
