//! What an input is taken for, and what is said about it.

use std::path::PathBuf;

use super::*;

fn options(file: Option<&str>) -> CheckLinks {
    CheckLinks {
        text: false,
        html: false,
        ics: false,
        lines: false,
        url: Vec::new(),
        file: file.map(PathBuf::from),
    }
}

#[test]
fn an_input_is_read_as_it_was_said_else_as_it_looks() {
    let said = CheckLinks {
        text: true,
        ..options(Some("mail.html"))
    };
    for (options, text, expected) in [
        (options(None), "Join us", TextKind::Text),
        (
            options(None),
            "\u{feff}BEGIN:VCALENDAR\r\n",
            TextKind::ICalendar,
        ),
        (options(None), " <!DOCTYPE html><p>", TextKind::Html),
        (options(Some("a.ICS")), "", TextKind::ICalendar),
        (options(Some("a.htm")), "", TextKind::Html),
        (options(Some("a.eml")), "<p>", TextKind::Text),
        (said, "<html>", TextKind::Text),
    ] {
        assert_eq!(kind(&options, text), expected, "{options:?} {text:?}");
    }
}

#[test]
fn a_reading_without_a_database_names_links_and_numbers() {
    let folder = std::env::temp_dir().join("dayline-no-such-folder");
    let judge = LinkJudge::of_folder(&folder).expect("no patterns");
    let text = "Join: https://us02web.zoom.us/j/1234567890?pwd=abc\nMeeting ID: 123 456 7890\nPasscode: 4711";
    assert_eq!(
        shown(&judge.read(TextKind::Text, text)),
        "Zoom  https://us02web.zoom.us/j/1234567890?pwd=abc  [body]\nmeeting id: 123 456 7890\npasscode: 4711\n"
    );
    assert_eq!(
        shown(&judge.read(TextKind::Text, "no")),
        "Nothing to join by."
    );
    for (link, expected) in [
        (
            "https://meet.google.com/abc-defg-hij",
            "Google Meet  https://meet.google.com/abc-defg-hij\n",
        ),
        (
            "https://zoom.us.evil.example/j/1",
            "https://zoom.us.evil.example/j/1  This is not a link of a meeting service that Dayline knows.\n",
        ),
        (
            "https://zoom.us/\u{1b}[2J",
            "https://zoom.us/\u{fffd}[2J  This link contains hidden characters.\n",
        ),
    ] {
        assert_eq!(verdict(&judge.judge(link)), expected);
    }
}
