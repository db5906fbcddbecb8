//! iCalendar as programs write it.

use super::*;

fn found(lines: &str) -> Vec<(String, String)> {
    ical_links(lines, Patterns::NONE)
        .into_iter()
        .map(|link| (link.source, link.url))
        .collect()
}

#[track_caller]
fn gives(lines: &str, wanted: &[(&str, &str)]) {
    let wanted: Vec<_> = wanted
        .iter()
        .map(|(source, url)| ((*source).to_owned(), (*url).to_owned()))
        .collect();
    assert_eq!(found(lines), wanted, "{lines}");
}

const MEET: &str = "https://meet.google.com/abc-defg-hij";

#[test]
fn properties_made_for_meetings_give_their_links() {
    for name in [
        "X-MICROSOFT-SKYPETEAMSMEETINGURL",
        "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
        "X-MS-OLK-MWSURL",
        "X-GOOGLE-CONFERENCE",
        "CONFERENCE",
        "URL",
        "LOCATION",
        "DESCRIPTION",
        "X-ALT-DESC",
    ] {
        gives(&format!("{name}:{SHORT}"), &[(name, SHORT)]);
        gives(
            &format!("{}:{SHORT}\r\n", name.to_lowercase()),
            &[(name, SHORT)],
        );
        gives(
            &format!("{name};X-A=\"b:c;d\";X-B=e: {SHORT}\r\n"),
            &[(name, SHORT)],
        );
    }
    for line in [
        "X-MICROSOFT-ONLINEMEETINGCONFLINK:conf:sip:ann@example.com;gruu;opaque=app:conf:focus:id:0A1B",
        "X-MICROSOFT-ONLINEMEETINGCONFLINK:sip:ann@example.com",
        "CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+1-412-555-0123,,,654321",
        "CONFERENCE;VALUE=URI;FEATURE=CHAT:https://meet.google.com/abc-defg-hij",
        "CONFERENCE;VALUE=URI;FEATURE=FEED:https://meet.google.com/abc-defg-hij",
        "CONFERENCE;VALUE=URI;FEATURE=CHAT:xmpp:room@example.com",
        "URL:http://zoom.us/j/81234567890",
        "URL:javascript:alert(1)",
        "ATTACH:https://zoom.us/j/81234567890",
        "SUMMARY:https://zoom.us/j/81234567890",
        "COMMENT:https://zoom.us/j/81234567890",
        "X-OTHER:https://zoom.us/j/81234567890",
        "X-ALT-DESC;FMTTYPE=text/rtf:https://zoom.us/j/81234567890",
        "LOCATION:https://evil.example/j/81234567890",
        "DESCRIPTION;X=https://zoom.us/j/81234567890",
        "https://zoom.us/j/81234567890",
        "",
        ":",
        ";",
        "BEGIN:VEVENT\nBEGIN:VALARM\nDESCRIPTION:https://zoom.us/j/81234567890\nEND:VALARM\nEND:VEVENT",
        "BEGIN:VCALENDAR\nURL:https://zoom.us/j/81234567890\nEND:VCALENDAR",
        "BEGIN:VTODO\nURL:https://zoom.us/j/81234567890\nEND:VTODO",
    ] {
        gives(line, &[]);
    }
}

#[test]
fn an_event_is_read_whole_folded_and_escaped() {
    let text = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nURL:https://example.com/cal\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nEND:VTIMEZONE\r\n\
         BEGIN:VEVENT\r\nSUMMARY:Weekly\r\nLOCATION:Room 1\\; https://zoom.us/j/812345\r\n 67890?pwd=a\\,b\r\n\
         DESCRIPTION:Join:\\nhttps://meet.jit.si/Ou\r\n\trRoom\\n\\nMeeting ID: 227 921 734 31\r\n 5 68\\nPasscode: Wi6P69wc\\n\r\n\
         X-ALT-DESC;FMTTYPE=text/html:<html><body><a href=\"https://whereby.com/our\r\n -room\">x</a></body></html>\r\n\
         CONFERENCE;VALUE=URI;FEATURE=VIDEO,MODERATOR:https://meet.google.com/mod-erat-ors\r\n\
         CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=\"Web: all\":{MEET}\r\n\
         CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+1-412-555-0123\\,\\,654321\r\n\
         X-MICROSOFT-SKYPETEAMSMEETINGURL:{SHORT}\r\n\
         BEGIN:VALARM\r\nDESCRIPTION:https://zoom.us/j/99999999999\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    );
    gives(
        &text,
        &[
            ("CONFERENCE", MEET),
            ("X-MICROSOFT-SKYPETEAMSMEETINGURL", SHORT),
            ("CONFERENCE", "https://meet.google.com/mod-erat-ors"),
            ("LOCATION", "https://zoom.us/j/81234567890?pwd=a,b"),
            ("X-ALT-DESC", "https://whereby.com/our-room"),
            ("DESCRIPTION", "https://meet.jit.si/OurRoom"),
        ],
    );
    let reading = read_text(TextKind::ICalendar, &text, Patterns::NONE);
    let links: Vec<&str> = reading.links.iter().map(|link| link.url.as_str()).collect();
    assert_eq!(
        links,
        [
            SHORT,
            MEET,
            "https://meet.google.com/mod-erat-ors",
            "https://zoom.us/j/81234567890?pwd=a,b",
            "https://whereby.com/our-room",
            "https://meet.jit.si/OurRoom",
        ]
    );
    let texts = reading.texts;
    assert_eq!(texts.meeting_id.as_deref(), Some("227 921 734 315 68"));
    assert_eq!(texts.passcode.as_deref(), Some("Wi6P69wc"));
    assert_eq!(texts.dial_in.as_deref(), Some("+1-412-555-0123,,654321"));
    assert_eq!(
        texts.dial_in_url.as_deref(),
        Some("tel:+1-412-555-0123,,654321")
    );
}

#[test]
fn numbers_given_as_properties_are_told() {
    let texts = read_text(
        TextKind::ICalendar,
        "X-MICROSOFT-ONLINEMEETINGCONFERENCEID:896679561\nX-MICROSOFT-ONLINEMEETINGTOLLNUMBER:+49 69 1234567",
        Patterns::NONE,
    )
    .texts;
    assert_eq!(texts.conference_id.as_deref(), Some("896679561"));
    assert_eq!(texts.dial_in.as_deref(), Some("+49 69 1234567"));
}

#[test]
fn several_events_are_read_all() {
    let text = "BEGIN:VEVENT\nDESCRIPTION:https://zoom.us/j/1000000001\nEND:VEVENT\nBEGIN:VEVENT\nDESCRIPTION:https://zoom.us/j/1000000002\nEND:VEVENT\n";
    assert_eq!(
        found(text)
            .into_iter()
            .map(|(_, url)| url)
            .collect::<Vec<_>>(),
        [
            "https://zoom.us/j/1000000001",
            "https://zoom.us/j/1000000002"
        ]
    );
}

/// The same property a hundred thousand times, each with another link.
fn numbered(name: &str) -> String {
    use std::fmt::Write;
    let mut text = String::new();
    for number in 0..100_000 {
        writeln!(text, "{name}:https://zoom.us/j/{number:010}").unwrap();
    }
    text
}

#[test]
fn hostile_calendars_are_read_within_bounds() {
    let begun = std::time::Instant::now();
    for text in [
        "BEGIN:VEVENT\n".repeat(300_000),
        "END:VEVENT\n".repeat(300_000),
        format!(
            "DESCRIPTION:{}",
            "https://zoom.us/j/81234567890 ".repeat(100_000)
        ),
        format!("DESCRIPTION:{}", "\\".repeat(4_000_000)),
        format!("DESCRIPTION:\r\n{}", " x\r\n".repeat(1_000_000)),
        "DESCRIPTION:https://zoom.us/j/81234567890\n".repeat(100_000),
        format!("URL:https://zoom.us/j/1?{}", "x".repeat(1_000_000)),
        numbered("URL"),
        numbered("LOCATION"),
        format!(
            "CONFERENCE;FEATURE={}:https://zoom.us/j/1",
            "VIDEO,".repeat(500_000)
        ),
        format!("X{}:x", ";A=\"".repeat(1_000_000)),
        "é".repeat(3_000_000),
    ] {
        assert!(ical_links(&text, Patterns::NONE).len() <= 48);
        let reading = read_text(TextKind::ICalendar, &text, Patterns::NONE);
        assert!(reading.links.len() <= 16);
    }
    assert!(begun.elapsed().as_secs() < 40, "{:?}", begun.elapsed());
}
