//! Tables of filters with their canonical text or their error, and properties of all filters.

mod completing;
mod properties;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::event::{Importance, ParticipationStatus, ShowAs, Status};

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

#[test]
fn fold_leaves_out_case_and_accents() {
    for (given, wanted) in [
        ("Éclair", "eclair"),
        ("E\u{301}CLAIR", "eclair"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("İstanbul", "istanbul"),
        ("ﬁn", "fin"),
        (" Ω ", "ω"),
        ("日本", "日本"),
    ] {
        assert_eq!(fold(given), wanted);
    }
}

proptest::proptest! {
    #[test]
    fn folding_twice_changes_nothing(text in "\\PC*") {
        let once = fold(&text);
        proptest::prop_assert_eq!(fold(&once), once);
    }
}

/// A Friday.
const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();

fn expr(text: &str) -> Expr {
    parse(text, TODAY).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A meeting today that every test changes as it needs.
fn meeting() -> Subject<'static> {
    Subject {
        title: "Budget review",
        location: "Café Größe",
        people: &["Zoë Smith", "zoe@example.com", "Bob"],
        categories: &[],
        calendar: "Team Büro",
        account: "me@example.com",
        provider: Provider::Microsoft,
        importance: Importance::Normal,
        response: ParticipationStatus::Accepted,
        status: Status::Confirmed,
        show_as: ShowAs::Busy,
        first_day: TODAY,
        last_day: TODAY,
        is_teams: false,
        has_link: false,
        has_attachment: false,
        has_conflict: false,
        is_series: false,
        is_all_day: false,
        is_private: false,
        is_copy: false,
    }
}

#[test]
fn a_filter_has_one_canonical_text() {
    for (text, canonical) in [
        ("", ""),
        (" \t\n ", ""),
        (
            "importance:high category:\"Client A\" -declined has:teams next:14d",
            "importance:high category:\"Client A\" -declined has:teams next:14d",
        ),
        ("IMPORTANCE:High,low,HIGH", "importance:low,high"),
        ("importance:\"high\"", "importance:high"),
        ("category:\"A\",b,a", "category:A,b"),
        ("category:\"a,b\"", "category:\"a,b\""),
        ("category:-x,a:b", "category:-x,a:b"),
        (
            r#"category:"say \"hi\" \\ \n" with:c:\dir"#,
            r#"category:"say \"hi\" \ \n" with:c:\dir"#,
        ),
        (r#"category:"ends \\""#, r#"category:"ends \\""#),
        (
            "calendar:Büro account:ME@example.com",
            "calendar:Büro account:ME@example.com",
        ),
        (
            "provider:ics,caldav,google,microsoft",
            "provider:microsoft,google,caldav,ics",
        ),
        (
            "answer:organizer,none,declined",
            "answer:declined,none,organizer",
        ),
        (
            "status:cancelled show:elsewhere,oof,free",
            "status:cancelled show:free,oof,elsewhere",
        ),
        (
            "has:conflict,teams is:copy,series",
            "has:teams,conflict is:series,copy",
        ),
        ("-is:allday is:private", "-is:allday is:private"),
        ("is:private  is:private", "is:private"),
        ("from:today to:tomorrow", "from:2026-11-20 to:2026-11-21"),
        ("from:YESTERDAY to:friday", "from:2026-11-19 to:2026-11-20"),
        ("from:thu to:Saturday", "from:2026-11-26 to:2026-11-21"),
        ("from:2026-12-01,2026-11-30", "from:2026-11-30"),
        ("to:2026-12-01,2026-11-30", "to:2026-12-01"),
        ("next:14D next:2w next:3m", "next:14d next:2w next:3m"),
        ("next:1w,10d", "next:10d"),
        (
            "budget,\"annual review\" -\"a  b\"",
            "budget,\"annual review\" -\"a  b\"",
        ),
        (
            "\"-minus\" \"key:value\" \"10:30\"",
            "\"-minus\" \"key:value\" 10:30",
        ),
        (
            "10:30 https://example.com/a:b?c=d",
            "10:30 https://example.com/a:b?c=d",
        ),
        ("a,-b,c:d", "a,-b,c:d"),
        ("declined \"declined\" declined", "declined \"declined\""),
        ("-Accepted,\"tentative\"", "-Accepted,\"tentative\""),
        ("日本 -ÉCLAIR", "日本 -ÉCLAIR"),
        ("a\u{a0}b\u{3000}c", "a b c"),
    ] {
        let read = expr(text);
        assert_eq!(read.to_string(), canonical, "{text}");
        assert_eq!(expr(canonical), read, "{text}");
    }
}

#[test]
fn a_mistake_is_told_with_its_place_and_what_was_meant() {
    for (text, column, len, suggestion, words) in [
        (
            "importance:hgih",
            12,
            4,
            "high",
            "there is no importance \"hgih\"",
        ),
        (
            "Büro importance:low,hi",
            21,
            2,
            "high",
            "there is no importance \"hi\"",
        ),
        (
            "importance:\"very high\"",
            12,
            11,
            "high",
            "there is no importance \"very high\"",
        ),
        (
            "importence:high",
            1,
            10,
            "importance",
            "there is no key \"importence\"",
        ),
        (
            "-Catgory:x",
            2,
            7,
            "category",
            "there is no key \"Catgory\"",
        ),
        ("é imp:high", 3, 3, "importance", "there is no key \"imp\""),
        ("form:today", 1, 4, "from", "there is no key \"form\""),
        ("mailto:a@b", 1, 6, "with", "there is no key \"mailto\""),
        ("q3:review", 1, 2, "is", "there is no key \"q3\""),
        (
            "provider:gogle",
            10,
            5,
            "google",
            "there is no provider \"gogle\"",
        ),
        (
            "answer:acepted",
            8,
            7,
            "accepted",
            "there is no answer \"acepted\"",
        ),
        (
            "status:canceled",
            8,
            8,
            "cancelled",
            "there is no status \"canceled\"",
        ),
        ("show:out", 6, 3, "oof", "there is no availability \"out\""),
        ("has:teems", 5, 5, "teams", "has: knows no \"teems\""),
        ("is:all-day", 4, 7, "allday", "is: knows no \"all-day\""),
        ("is:serie", 4, 5, "series", "is: knows no \"serie\""),
        (
            "from:2026-02-30",
            6,
            10,
            "2026-02-28",
            "\"2026-02-30\" is no day",
        ),
        ("to:2026-2-3", 4, 8, "2026-02-03", "\"2026-2-3\" is no day"),
        (
            "from:2026-13-01",
            6,
            10,
            "2026-12-01",
            "\"2026-13-01\" is no day",
        ),
        ("to:20261120", 4, 8, "", "\"20261120\" is no day"),
        ("to:0000-01-01", 4, 10, "", "\"0000-01-01\" is no day"),
        ("from:2026-11-20x", 6, 11, "", "\"2026-11-20x\" is no day"),
        (
            "from:tomorow",
            6,
            7,
            "tomorrow",
            "there is no day \"tomorow\"",
        ),
        (
            "from:wensday",
            6,
            7,
            "wednesday",
            "there is no day \"wensday\"",
        ),
        ("next:0d", 6, 2, "1d", "that is no day at all"),
        ("next:14", 6, 2, "14d", "\"14\" is no number of days"),
        ("next:2years", 6, 6, "24m", "\"2years\" is no number"),
        ("next:-1d", 6, 3, "14d", "\"-1d\" is no number"),
        (
            "next:4000000000d",
            6,
            11,
            "",
            "further than the calendar goes",
        ),
        (
            "next:99999999999999999999d",
            6,
            21,
            "",
            "further than the calendar goes",
        ),
        ("next:100000m", 6, 7, "", "further than the calendar goes"),
        (
            "importance:",
            12,
            0,
            "",
            "the value of \"importance\" is missing",
        ),
        (
            "importance: high",
            12,
            0,
            "",
            "the value of \"importance\" is missing",
        ),
        ("importance:high,", 17, 0, "", "missing after the comma"),
        (
            "importance:,high",
            12,
            0,
            "",
            "the value of \"importance\" is missing",
        ),
        ("a ,b", 3, 0, "", "a word is missing"),
        ("hello, world", 7, 0, "", "missing after the comma"),
        (
            "category:\"\"",
            10,
            2,
            "",
            "nothing stands between the quotes",
        ),
        ("category:\" \"", 10, 3, "", "there is no letter"),
        ("\u{301}", 1, 1, "", "there is no letter"),
        (":x", 1, 1, "", "nothing stands before the colon"),
        (
            "é category:\"open \\\" x",
            12,
            1,
            "",
            "this quote is not closed",
        ),
        ("\"open\\", 1, 1, "", "this quote is not closed"),
        ("5\"disk", 2, 1, "", "a quote stands at the beginning"),
        ("\"a\"b", 4, 1, "", "after a closing quote"),
        ("a -", 3, 1, "", "nothing follows the minus"),
        ("a - b", 3, 1, "", "right before what it leaves out"),
        ("--a", 1, 2, "", "one minus is enough"),
    ] {
        let error = parse(text, TODAY).expect_err(text);
        let told = (error.column, error.len, error.suggestion.as_deref());
        let wanted = (
            column,
            len,
            Some(suggestion).filter(|word| !word.is_empty()),
        );
        assert_eq!(told, wanted, "{text}: {error}");
        assert!(error.mistake.to_string().contains(words), "{text}: {error}");
    }
}

#[test]
fn an_error_reads_as_a_sentence() {
    let told = |text| parse(text, TODAY).unwrap_err().to_string();
    assert_eq!(
        told("importance:hgih"),
        "column 12: there is no importance \"hgih\"; did you mean \"high\"?"
    );
    assert_eq!(told("\"a"), "column 1: this quote is not closed");
    let long = format!("{}:x", "k".repeat(100));
    assert!(told(&long).len() < 120, "{}", told(&long));
}

#[test]
fn the_longest_filter_is_read_and_the_next_longer_one_refused() {
    assert!(parse(&"a".repeat(LONGEST), TODAY).is_ok());
    for (text, column, len) in [
        ("a".repeat(LONGEST + 1), LONGEST + 1, 1),
        ("é".repeat(LONGEST), LONGEST / 2 + 1, LONGEST / 2),
        (format!("a{}", "é".repeat(LONGEST / 2)), LONGEST / 2 + 1, 1),
        ("\"".repeat(10_000_000), LONGEST + 1, 10_000_000 - LONGEST),
    ] {
        let error = parse(&text, TODAY).unwrap_err();
        assert_eq!((error.column, error.len), (column, len));
    }
}

#[test]
fn each_key_decides_by_its_own_fact() {
    type Change = fn(&mut Subject<'static>);
    let with = |change: Change| {
        let mut subject = meeting();
        change(&mut subject);
        subject
    };
    // Which filter, an event that it finds, and one that it does not.
    let table: &[(&str, Change, Change)] = &[
        (
            "importance:high,low",
            |s| s.importance = Importance::Low,
            |_| {},
        ),
        (
            "provider:google,ics",
            |s| s.provider = Provider::Ics,
            |_| {},
        ),
        (
            "answer:accepted",
            |_| {},
            |s| s.response = ParticipationStatus::None,
        ),
        (
            "answer:none",
            |s| s.response = ParticipationStatus::NeedsAction,
            |_| {},
        ),
        (
            "answer:none",
            |s| s.response = ParticipationStatus::None,
            |_| {},
        ),
        (
            "answer:organizer",
            |s| s.response = ParticipationStatus::Organizer,
            |_| {},
        ),
        ("status:tentative", |s| s.status = Status::Tentative, |_| {}),
        ("show:oof", |s| s.show_as = ShowAs::OutOfOffice, |_| {}),
        (
            "show:elsewhere",
            |s| s.show_as = ShowAs::WorkingElsewhere,
            |_| {},
        ),
        ("has:teams", |s| s.is_teams = true, |s| s.has_link = true),
        (
            "has:link,attachment",
            |s| s.has_attachment = true,
            |s| s.is_teams = true,
        ),
        ("has:conflict", |s| s.has_conflict = true, |_| {}),
        ("is:series", |s| s.is_series = true, |_| {}),
        ("is:allday", |s| s.is_all_day = true, |_| {}),
        ("is:private", |s| s.is_private = true, |_| {}),
        ("is:copy", |s| s.is_copy = true, |_| {}),
        ("-is:copy", |_| {}, |s| s.is_copy = true),
        (
            "is:unanswered",
            |s| s.response = ParticipationStatus::NeedsAction,
            |s| s.response = ParticipationStatus::None,
        ),
        ("calendar:buro", |_| {}, |s| s.calendar = "Team"),
        ("account:@EXAMPLE", |_| {}, |s| s.account = "me@other.com"),
        ("with:zoe", |_| {}, |s| s.people = &["Bob"]),
        (
            "with:\"zoe smith\",eve",
            |_| {},
            |s| s.people = &["Zoë", "Smith"],
        ),
        ("with:budget,review,cafe,bob", |_| {}, |s| s.people = &[]),
        ("BUDGET", |_| {}, |s| s.title = "Bud get"),
        ("cafe", |_| {}, |s| s.location = ""),
        ("grosse", |_| {}, |s| s.location = "gross"),
        (
            "zoe@example.com",
            |_| {},
            |s| s.people = &["zoe", "example.com"],
        ),
        ("\"get rev\"", |_| {}, |s| s.title = "review budget"),
        (
            "-declined",
            |_| {},
            |s| s.response = ParticipationStatus::Declined,
        ),
        ("-declined", |_| {}, |s| s.title = "Declined"),
        (
            "-\"declined\"",
            |s| s.response = ParticipationStatus::Declined,
            |s| s.title = "declined",
        ),
        (
            "tentative",
            |s| s.response = ParticipationStatus::Tentative,
            |_| {},
        ),
        ("budget review", |_| {}, |s| s.title = "Budget"),
        ("budget,retro", |_| {}, |s| s.title = "Standup"),
    ];
    for (text, found, left_out) in table {
        let expr = expr(text);
        assert!(expr.matches(&with(*found)), "{text} finds it");
        assert!(!expr.matches(&with(*left_out)), "{text} leaves it out");
    }
}

#[test]
fn a_category_is_its_whole_name() {
    let categories = names(&["Client Ä", "Büro"]);
    let subject = Subject {
        categories: &categories,
        ..meeting()
    };
    for (text, found) in [
        ("category:\"client a\"", true),
        ("category:client", false),
        ("category:other,BURO", true),
        ("category:buro category:\"CLIENT A\"", true),
        ("category:buro -category:\"CLIENT A\"", false),
        ("client", false),
    ] {
        assert_eq!(expr(text).matches(&subject), found, "{text}");
    }
}

#[test]
fn days_are_found_from_their_first_to_their_last() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    // Which filter, its range, and whether it finds 18 to 20, 20, 21, and 3 December.
    for (text, from, end, found) in [
        ("from:today", "2026-11-20", "", [true, true, true, true]),
        (
            "from:tomorrow",
            "2026-11-21",
            "",
            [false, false, true, true],
        ),
        ("to:today", "", "2026-11-21", [true, true, false, false]),
        (
            "to:2026-11-18",
            "",
            "2026-11-19",
            [true, false, false, false],
        ),
        (
            "next:1d",
            "2026-11-20",
            "2026-11-21",
            [true, true, false, false],
        ),
        (
            "next:13d",
            "2026-11-20",
            "2026-12-03",
            [true, true, true, false],
        ),
        (
            "next:2w",
            "2026-11-20",
            "2026-12-04",
            [true, true, true, true],
        ),
        (
            "next:1m to:2026-11-25",
            "2026-11-20",
            "2026-11-26",
            [true, true, true, false],
        ),
        (
            "from:tomorrow from:2026-01-01",
            "2026-11-21",
            "",
            [false, false, true, true],
        ),
        (
            "from:tomorrow to:today",
            "2026-11-21",
            "2026-11-21",
            [false; 4],
        ),
        ("-from:tomorrow", "", "", [true, true, false, false]),
        ("-next:2d", "", "", [false, false, false, true]),
    ] {
        let expr = expr(text);
        let range = |text: &str| Some(text).filter(|text| !text.is_empty()).map(day);
        assert_eq!(expr.range(), (range(from), range(end)), "{text}");
        let subjects = [
            ("2026-11-18", "2026-11-20"),
            ("2026-11-20", "2026-11-20"),
            ("2026-11-21", "2026-11-21"),
            ("2026-12-03", "2026-12-03"),
        ];
        let matches = subjects.map(|(first, last)| {
            let (first_day, last_day) = (day(first), day(last));
            expr.matches(&Subject {
                first_day,
                last_day,
                ..meeting()
            })
        });
        assert_eq!(matches, found, "{text}");
    }
}

#[test]
fn months_end_where_the_calendar_ends_them() {
    let january = NaiveDate::from_ymd_opt(2027, 1, 31).unwrap();
    let february = NaiveDate::from_ymd_opt(2027, 2, 28);
    assert_eq!(parse("next:1m", january).unwrap().range().1, february);
}

#[test]
fn what_is_costly_is_asked_for_only_if_it_is_used() {
    for (text, conflicts, copies, people) in [
        ("importance:high category:x", false, false, false),
        ("has:teams,conflict", true, false, false),
        ("-is:copy", false, true, false),
        ("with:zoe", false, false, true),
        ("word", false, false, true),
    ] {
        let expr = expr(text);
        let needs = (
            expr.needs_conflicts(),
            expr.needs_copies(),
            expr.needs_people(),
        );
        assert_eq!(needs, (conflicts, copies, people), "{text}");
    }
}

#[test]
fn a_database_hears_what_is_necessary_and_nothing_that_is_not() {
    let narrow = |text| expr(text).narrow();
    for text in [
        "",
        "-importance:high",
        "has:teams,link",
        "is:series,copy",
        "declined",
        "with:x",
    ] {
        assert_eq!(narrow(text), Narrow::default(), "{text}");
    }
    let all = narrow(
        "importance:high,low importance:high,normal answer:none status:confirmed show:busy \
         provider:google category:\"Büro\",b category:c has:teams is:series is:allday next:1d",
    );
    assert_eq!(all.importance, Some(vec![Importance::High]));
    let unanswered = vec![ParticipationStatus::None, ParticipationStatus::NeedsAction];
    assert_eq!(all.responses, Some(unanswered));
    assert_eq!(all.statuses, Some(vec![Status::Confirmed]));
    assert_eq!(all.show_as, Some(vec![ShowAs::Busy]));
    assert_eq!(all.providers, Some(vec![Provider::Google]));
    let sets = [&["buro", "b"][..], &["c"][..]];
    let sets = sets.map(|set| set.iter().map(|&name| name.to_owned()).collect());
    assert_eq!(all.categories, sets);
    assert!(all.is_teams && all.is_series && all.is_all_day);
    assert!(!(all.has_link || all.has_attachment || all.is_private));
    assert_eq!((all.from, all.end), (Some(TODAY), TODAY.succ_opt()));
    let never = narrow("importance:high importance:low");
    assert_eq!(never.importance, Some(vec![]));
    assert!(!never.admits(&meeting()));
}
