//! Which link comes first, and where links end.

use super::*;

fn online(links: &[(&str, &str)]) -> OnlineMeeting {
    OnlineMeeting {
        links: links
            .iter()
            .map(|(source, url)| MeetingLink {
                url: (*url).to_owned(),
                source: (*source).to_owned(),
            })
            .collect(),
        ..OnlineMeeting::default()
    }
}

const ZOOM: &str = "https://zoom.us/j/81234567890";
const ZOOM_COMPLETE: &str = "https://us02web.zoom.us/j/81234567890?pwd=abc";
const MEET: &str = "https://meet.google.com/abc-defg-hij";
const DISCORD: &str = "https://discord.gg/AbCdEf12";
const ROOM: &str = "https://acme.webex.com/meet/ann";

#[test]
fn places_go_before_services_and_services_before_completeness() {
    let event = Event {
        online: Some(online(&[
            ("conferenceData", DISCORD),
            ("locationUri", MEET),
        ])),
        location: Some(format!("{ROOM} {DISCORD} {SHORT}")),
        places: vec![Place {
            uri: Some("https://meet.jit.si/FromThePlace".to_owned()),
            ..Place::default()
        }],
        body: Some(Body::Html(format!(
            "{CLASSIC} <a href=\"{ZOOM_COMPLETE}\">Zoom</a>"
        ))),
        ..event()
    };
    let found: Vec<_> = candidates(&event, Patterns::NONE)
        .into_iter()
        .map(|link| (link.url, link.source))
        .collect();
    let wanted = [
        (DISCORD, "conferenceData"),
        (SHORT, "location"),
        (MEET, "locationUri"),
        ("https://meet.jit.si/FromThePlace", "location"),
        (ROOM, "location"),
        (ZOOM_COMPLETE, "body"),
        (CLASSIC, "body"),
    ]
    .map(|(url, source)| (url.to_owned(), source.to_owned()));
    assert_eq!(found, wanted);
}

#[test]
fn a_meeting_beats_a_room_and_a_room_beats_a_chat() {
    assert_eq!(
        urls(&with_text(&format!("{DISCORD} {ROOM} {MEET}"))),
        [MEET, ROOM, DISCORD]
    );
    for (worse, better) in [
        ("https://zoom.us/my/ann", ZOOM),
        (DISCORD, "https://meet.jit.si/Room"),
        ("https://app.slack.com/huddle/T1/C1", ROOM),
        ("https://zoom.us/j/98765432100", ZOOM_COMPLETE),
        ("https://t.me/call/AbCdEf", "https://whereby.com/our-room"),
    ] {
        assert_eq!(
            urls(&with_text(&format!("{worse} {better}"))),
            [better, worse]
        );
    }
}

#[test]
fn of_one_meeting_the_complete_link_is_kept() {
    for (links, wanted) in [
        (vec![ZOOM, ZOOM_COMPLETE], vec![ZOOM_COMPLETE]),
        (vec![ZOOM_COMPLETE, ZOOM], vec![ZOOM_COMPLETE]),
        (
            vec![ZOOM, "https://app.zoom.us/wc/81234567890/join?pwd=abc"],
            vec!["https://app.zoom.us/wc/81234567890/join?pwd=abc"],
        ),
        (
            vec![MEET, "https://meet.google.com/ABC-defg-hij?authuser=1"],
            vec![MEET],
        ),
        (
            vec![MEET, "https://meet.google.com/_meet/abc-defg-hij"],
            vec![MEET],
        ),
        (
            vec![
                "https://meet.jit.si/Room",
                "https://meet.jit.si/Room?jwt=abc",
            ],
            vec!["https://meet.jit.si/Room?jwt=abc"],
        ),
        (
            vec![
                "https://meet.jit.si/Room#config.prejoin=false",
                "https://meet.jit.si/Room",
            ],
            vec!["https://meet.jit.si/Room#config.prejoin=false"],
        ),
        (
            vec![
                "https://acme.webex.com/acme/j.php?MTID=m1",
                "https://acme.webex.com/acme/j.php?MTID=m2",
            ],
            vec![
                "https://acme.webex.com/acme/j.php?MTID=m1",
                "https://acme.webex.com/acme/j.php?MTID=m2",
            ],
        ),
        (
            vec![
                "https://meeting.zoho.com/join?key=1",
                "https://meeting.zoho.com/join?key=2",
            ],
            vec![
                "https://meeting.zoho.com/join?key=1",
                "https://meeting.zoho.com/join?key=2",
            ],
        ),
        (
            vec![
                "https://zoomgov.com/j/1612345678",
                "https://zoom.us/j/1612345678",
            ],
            vec![
                "https://zoomgov.com/j/1612345678",
                "https://zoom.us/j/1612345678",
            ],
        ),
        (
            vec![
                "https://salutejazz.ru/abc12d",
                "https://salutejazz.ru/abc12d?psw=x",
            ],
            vec!["https://salutejazz.ru/abc12d?psw=x"],
        ),
        (
            vec![
                "https://meet.proton.me/join/id-A1",
                "https://meet.proton.me/join/id-A1#pwd-x",
            ],
            vec!["https://meet.proton.me/join/id-A1#pwd-x"],
        ),
        (
            vec![
                "https://facetime.apple.com/join#v=1&p=a&k=b",
                "https://facetime.apple.com/join#v=1&p=c&k=d",
            ],
            vec![
                "https://facetime.apple.com/join#v=1&p=a&k=b",
                "https://facetime.apple.com/join#v=1&p=c&k=d",
            ],
        ),
        (
            vec![
                "https://teams.microsoft.com/meet/1?p=x",
                "https://teams.microsoft.com/meet/12?p=x",
            ],
            vec![
                "https://teams.microsoft.com/meet/1?p=x",
                "https://teams.microsoft.com/meet/12?p=x",
            ],
        ),
    ] {
        assert_eq!(urls(&with_text(&links.join(" "))), wanted, "{links:?}");
    }
    // It stays where the meeting was found first.
    let event = Event {
        online: Some(online(&[("conferenceData", ZOOM)])),
        location: Some(MEET.to_owned()),
        body: Some(Body::Text(ZOOM_COMPLETE.to_owned())),
        ..event()
    };
    assert_eq!(urls(&event), [ZOOM_COMPLETE, MEET]);
}

#[test]
fn properties_of_icalendar_stand_between_data_and_place() {
    let event = Event {
        online: Some(online(&[
            ("DESCRIPTION", "https://zoom.us/j/1000000001"),
            ("X-ALT-DESC", "https://zoom.us/j/1000000002"),
            ("URL", "https://zoom.us/j/1000000003"),
            ("LOCATION", "https://zoom.us/j/1000000004"),
            ("CONFERENCE", "https://zoom.us/j/1000000005"),
            ("X-GOOGLE-CONFERENCE", "https://zoom.us/j/1000000006"),
            ("onlineMeeting", "https://zoom.us/j/1000000007"),
        ])),
        ..event()
    };
    let last: Vec<String> = urls(&event)
        .iter()
        .map(|url| url.chars().last().unwrap().to_string())
        .collect();
    assert_eq!(last.join(""), "7564321");
}

#[test]
fn a_link_ends_where_its_reader_would_end_it() {
    for text in [
        "ZOOM.",
        "ZOOM,",
        "ZOOM;",
        "ZOOM:",
        "ZOOM!",
        "ZOOM?",
        "ZOOM…",
        "ZOOM...",
        "(ZOOM)",
        "(ZOOM).",
        "(see ZOOM)",
        "[ZOOM]",
        "{ZOOM}",
        "<ZOOM>",
        "\"ZOOM\"",
        "'ZOOM'",
        "“ZOOM”",
        "„ZOOM“",
        "«ZOOM»",
        "‹ZOOM›",
        "‘ZOOM’",
        "「ZOOM」",
        "『ZOOM』",
        "【ZOOM】",
        "《ZOOM》",
        "（ZOOM）",
        "`ZOOM`",
        "*ZOOM*",
        "**ZOOM**",
        "_ZOOM_",
        "~ZOOM~",
        "> ZOOM",
        "[join](ZOOM)",
        "[join](ZOOM \"title\")",
        "[ZOOM](ZOOM)",
        "![x](ZOOM)",
        "<ZOOM|join>",
        "ZOOM|join",
        "Join<ZOOM>",
        "Join:ZOOM",
        "URL=ZOOM",
        "会议：ZOOM。",
        "会议链接ZOOM请准时参加",
        "参加はこちらZOOMです",
        "회의ZOOM입니다",
        "ลิงก์ZOOMครับ",
        "ссылка:ZOOM;",
        "الرابط: ZOOM، شكرا",
        "ZOOM\u{a0}x",
        "ZOOM\u{3000}x",
        "ZOOM\u{2028}x",
        "ZOOM\tx",
        "ZOOM\r\nx",
        "ZOOM,ZOOM",
        "ZOOM;ZOOM",
        "ZOOM\\nPasscode: 1",
        "ZOOM&gt;",
        "&lt;ZOOM&gt;",
        "ZOOM&nbsp;x",
        "ZOOM)x",
        "ZOOM]x",
        "href='ZOOM'>x",
        "href=\"ZOOM\">x",
        "ZOOM<br>",
        "ZOOM\u{200b}",
        "x\u{200b}ZOOM",
        "ZOOM–now",
        "•ZOOM•",
        "→ZOOM",
    ] {
        for link in [ZOOM, ZOOM_COMPLETE] {
            let text = text.replace("ZOOM", link);
            assert_eq!(urls(&with_text(&text)), [link], "{text}");
        }
    }
}

#[test]
fn what_belongs_to_a_link_stays() {
    for link in [
        "https://zoom.us/j/81234567890?pwd=abc_",
        "https://zoom.us/j/81234567890?pwd=ab.c-d~e*f.1",
        "https://zoom.us/j/81234567890?pwd=QWxh=",
        "https://meet.jit.si/Room_(2)",
        "https://meet.jit.si/Room/",
        "https://teams.microsoft.com/l/meetup-join/19:meeting_x@thread.v2/0?context={%22Tid%22:%221%22}",
    ] {
        assert_eq!(urls(&with_text(link)), [link]);
        assert_eq!(urls(&with_text(&format!("at {link} now"))), [link]);
    }
}

#[test]
fn entities_that_were_written_twice_are_undone() {
    finds(
        "https://zoom.us/j/81234567890?a=1&amp;pwd=x",
        Service::Zoom,
        "https://zoom.us/j/81234567890?a=1&pwd=x",
    );
    finds(
        "https://zoom.us/j/81234567890?pwd&#61;x&#x26;a=1",
        Service::Zoom,
        "https://zoom.us/j/81234567890?pwd=x&a=1",
    );
    nothing("https://evil.example&#47;zoom.us/j/81234567890");
}

#[test]
fn other_schemes_never_count() {
    for text in [
        "http://zoom.us/j/81234567890",
        "xhttps://zoom.us/j/81234567890",
        "view-source:http://zoom.us/j/81234567890",
        "ms-word:ofe|u|http://zoom.us/j/81234567890",
        "svn+https://zoom.us/j/81234567890",
        "zoommtg://zoom.us/join?confno=81234567890",
        "zoomus://zoom.us/join?confno=81234567890",
        "msteams://teams.microsoft.com/l/meetup-join/19:meeting_x@thread.v2/0",
        "zoom.us/j/81234567890",
        "www.zoom.us/j/81234567890",
        "//zoom.us/j/81234567890",
    ] {
        nothing(text);
        assert_eq!(
            urls(&with_html(&format!("<a href=\"{text}\">x</a>"))),
            Vec::<String>::new()
        );
    }
}
