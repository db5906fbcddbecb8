use chrono::NaiveDate;

use super::*;
use crate::event::*;
use crate::ids::ProviderEventId;
use crate::{gate, html};

mod ical;
mod invitations;
mod order;
mod patterns;
mod services;
mod teams;
mod wrappings;

fn event() -> Event {
    let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
    Event {
        id: ProviderEventId::from("1"),
        ical_uid: None,
        kind: EventKind::Single,
        title: String::new(),
        body: None,
        event_type: crate::EventType::Default,
        location: None,
        places: Vec::new(),
        when: When::AllDay {
            start: day(1),
            end: day(2),
        },
        status: Status::default(),
        show_as: ShowAs::default(),
        sensitivity: Sensitivity::default(),
        response: ParticipationStatus::default(),
        importance: Importance::default(),
        categories: vec![],
        organizer: None,
        attendees: vec![],
        online: None,
        reminders: crate::Reminders::default(),
        color: None,
        has_attachments: false,
        attachments: None,
        html_link: None,
        etag: None,
        raw: None,
    }
}

fn with_text(text: &str) -> Event {
    Event {
        body: Some(Body::Text(text.to_owned())),
        ..event()
    }
}

fn with_html(html: &str) -> Event {
    Event {
        body: Some(Body::Html(html.to_owned())),
        ..event()
    }
}

fn urls(event: &Event) -> Vec<String> {
    candidates(event, Patterns::NONE)
        .into_iter()
        .map(|link| link.url)
        .collect()
}

/// The link alone in a text is found as `wanted`.
#[track_caller]
fn finds(text: &str, service: Service, wanted: &str) {
    let found = candidates(&with_text(text), Patterns::NONE);
    let found: Vec<_> = found
        .iter()
        .map(|link| (link.url.as_str(), link.service))
        .collect();
    assert_eq!(found, [(wanted, service)], "{text}");
}

#[track_caller]
fn same(service: Service, link: &str) {
    finds(link, service, link);
}

#[track_caller]
fn nothing(text: &str) {
    assert_eq!(urls(&with_text(text)), Vec::<String>::new(), "{text}");
}

/// A link as Outlook's filter wraps it.
fn safelink(inner: &str) -> String {
    let coded: String = url::form_urlencoded::byte_serialize(inner.as_bytes()).collect();
    format!(
        "https://eur03.safelinks.protection.outlook.com/ap/t-59584e83/?url={coded}&data=05%7C02&sdata=x%3D&reserved=0"
    )
}

const CLASSIC: &str = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_NzQ5%40thread.v2/0?context=%7b%22Tid%22%3a%221%22%2c%22Oid%22%3a%222%22%7d";
const SHORT: &str = "https://teams.microsoft.com/meet/22792173431568?p=Wi6P69wcXyZ";

#[test]
fn teams_is_known_in_every_form() {
    for link in [
        CLASSIC,
        SHORT,
        "https://teams.live.com/meet/9412345678901?p=abc",
        "https://gov.teams.microsoft.us/l/meetup-join/19%3ameeting_x%40thread.v2/0",
        "https://teams.microsoft.us/meet/123456789?p=x",
        "https://dod.teams.microsoft.us/l/meetup-join/19%3ameeting_x%40thread.v2/0",
        "https://gov.teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0",
        "https://teams.microsoftonline.cn/l/meetup-join/19%3ameeting_x%40thread.v2/0",
        "https://teams.cloud.microsoft/meet/123456789?p=x",
        "https://teams.cloud.microsoft/l/meetup-join/19%3ameeting_x%40thread.v2/0",
        "https://teams.microsoft.com/dl/launcher/launcher.html?url=%2F_%23%2Fl%2Fmeetup-join%2F19%3ameeting_x%40thread.v2%2F0&type=meetup-join",
        "https://teams.microsoft.com/light-meetings/launch?coords=eyJjIjoiMTk6In0&p=abc",
        "https://teams.microsoft.com/_#/l/meetup-join/19:meeting_x@thread.v2/0",
    ] {
        same(Service::MicrosoftTeams, link);
    }
}

#[test]
fn teams_pages_that_join_nothing_are_no_candidates() {
    for link in [
        "https://teams.microsoft.com/l/meeting/new?subject=x",
        "https://teams.microsoft.com/l/channel/19%3axyz/General",
        "https://teams.microsoft.com/l/chat/0/0?users=a@b.example",
        "https://teams.microsoft.com/meet/22792173431568",
        "https://teams.microsoft.com/meet/22792173431568?p=",
        "https://teams.microsoft.com/meet/abc?p=x",
        "https://teams.microsoft.com/meetingOptions/?organizerId=1",
        "https://teams.microsoft.com/l/meetup-join/",
        "https://teams.microsoft.com/dl/launcher/launcher.html?url=https%3A%2F%2Fevil.example",
        "https://dialin.teams.microsoft.com/1234?id=5",
        "https://aka.ms/JoinTeamsMeeting",
        "https://teams.microsoft.com/",
        "http://teams.microsoft.com/meet/22792173431568?p=x",
    ] {
        nothing(link);
    }
}

#[test]
fn other_services_are_known_by_exact_host_and_path() {
    for (service, link) in [
        (Service::GoogleMeet, "https://meet.google.com/abc-defg-hij"),
        (
            Service::GoogleMeet,
            "https://meet.google.com/lookup/team-sync",
        ),
        (Service::Zoom, "https://zoom.us/j/81234567890?pwd=QWxh"),
        (Service::Zoom, "https://us02web.zoom.us/j/81234567890"),
        (Service::Zoom, "https://acme.zoom.us/my/ann.smith"),
        (Service::Zoom, "https://acme.zoomgov.com/j/1612345678"),
        (Service::Zoom, "https://us02web.zoom.us/wc/81234567890/join"),
        (Service::Webex, "https://acme.webex.com/meet/ann"),
        (
            Service::Webex,
            "https://acme.webex.com/acme/j.php?MTID=m0123",
        ),
        (Service::JitsiMeet, "https://meet.jit.si/OurRoom"),
        (
            Service::GoTo,
            "https://global.gotomeeting.com/join/123456789",
        ),
        (Service::GoTo, "https://meet.goto.com/123456789"),
        (Service::Whereby, "https://whereby.com/our-room"),
        (Service::AmazonChime, "https://chime.aws/1234567890"),
        (
            Service::RingCentral,
            "https://v.ringcentral.com/join/123456789",
        ),
        (
            Service::SlackHuddle,
            "https://app.slack.com/huddle/T123/C456",
        ),
        (Service::Discord, "https://discord.com/channels/123/456"),
        (
            Service::FaceTime,
            "https://facetime.apple.com/join#v=1&p=abc",
        ),
    ] {
        same(service, link);
    }
    for link in [
        "https://us02web.zoom.us/u/kabc",
        "https://zoom.us/",
        "https://zoom.us/pricing",
        "https://meet.google.com/",
        "https://meet.google.com/new",
        "https://notzoom.us/j/81234567890",
        "https://zoom.us.evil.example/j/81234567890",
        "https://meet.google.com.evil.example/abc-defg-hij",
        "https://whereby.com/information/pricing",
        "https://www.webex.com/downloads.html",
        "https://127.0.0.1/j/81234567890",
        "https://calendar.google.com/x",
    ] {
        nothing(link);
    }
}

#[test]
fn wrappings_are_taken_off() {
    let safe = safelink;
    for inner in [CLASSIC, SHORT] {
        finds(&safe(inner), Service::MicrosoftTeams, inner);
        finds(&safe(&safe(&safe(inner))), Service::MicrosoftTeams, inner);
    }
    finds(
        "https://www.google.com/url?q=https://zoom.us/j/81234567890?pwd%3Dabc&sa=D&source=calendar&usg=x",
        Service::Zoom,
        "https://zoom.us/j/81234567890?pwd=abc",
    );
    finds(
        "https://visit.teams.microsoft.com/webrtc-svc/?JoinWebUrl=https%3A%2F%2Fteams.microsoft.com%2Fmeet%2F123456789%3Fp%3Dx",
        Service::MicrosoftTeams,
        "https://teams.microsoft.com/meet/123456789?p=x",
    );
    finds(
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__zoom.us_j_81234567890-3Fpwd-3Dabc&d=DwMFaQ&c=x",
        Service::Zoom,
        "https://zoom.us/j/81234567890?pwd=abc",
    );
    // The starred bytes are `%` and `%`, and a run of two.
    finds(
        "https://urldefense.com/v3/__https://teams.microsoft.com/l/meetup-join/19*3ameeting_x*40thread.v2/0__;JSU!!abc!def$",
        Service::MicrosoftTeams,
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0",
    );
    nothing("https://eur03.safelinks.protection.outlook.com/?data=1");
    nothing(
        "https://safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fzoom.us%2Fj%2F81234567890",
    );
    nothing(&safe("https://evil.example/meet/1?p=x"));
    nothing(&safe("http://zoom.us/j/81234567890"));
    nothing(&(0..9).fold(SHORT.to_owned(), |inner, _| safe(&inner)));
    nothing("https://urldefense.com/v3/__https://zoom.us/j/1*2__;!!x$");
    nothing("https://urldefense.com/v3/__https://zoom.us/j/1**é__;JSU!!x$");
}

#[test]
fn punctuation_around_a_link_does_not_belong_to_it() {
    for text in [
        "Join <https://zoom.us/j/81234567890>.",
        "(https://zoom.us/j/81234567890)",
        "at https://zoom.us/j/81234567890, then",
        "“https://zoom.us/j/81234567890”",
        "https://zoom.us/j/81234567890!\nhttps://zoom.us/j/81234567890",
        "[link](https://zoom.us/j/81234567890).",
        "HTTPS://ZOOM.us/j/81234567890",
    ] {
        finds(text, Service::Zoom, "https://zoom.us/j/81234567890");
    }
}

#[test]
fn the_best_link_comes_first_and_each_once() {
    let event = Event {
        online: Some(OnlineMeeting {
            links: vec![MeetingLink {
                url: SHORT.to_owned(),
                source: "onlineMeeting".to_owned(),
            }],
            is_teams: true,
            ..OnlineMeeting::default()
        }),
        location: Some(format!(
            "Room 1; {SHORT} or https://meet.google.com/abc-defg-hij"
        )),
        body: Some(Body::Html(format!(
            "<p>https://meet.jit.si/Text</p><a href='https://zoom.us/j/81234567890'>Zoom</a> <a href=\"{CLASSIC}\">Join</a> <a>none</a>"
        ))),
        ..self::event()
    };
    let found: Vec<_> = candidates(&event, Patterns::NONE)
        .into_iter()
        .map(|link| (link.service.name(), link.source))
        .collect();
    assert_eq!(
        found,
        [
            ("Microsoft Teams", "onlineMeeting"),
            ("Google Meet", "location"),
            ("Zoom", "body"),
            ("Microsoft Teams", "body"),
            ("Jitsi Meet", "body"),
        ]
        .map(|(name, source)| (name, source.to_owned()))
    );
}

#[test]
fn links_in_html_are_found_through_entities() {
    let found = urls(&with_html(&format!(
        "<table><tr><td><a href=\"{}\">x</a></td></tr></table>",
        CLASSIC.replace('%', "&#37;")
    )));
    assert_eq!(found, [CLASSIC]);
    let found = urls(&with_html(
        "<p>https://zoom.us/j/81234567890?a=1&amp;pwd=x</p>",
    ));
    assert_eq!(found, ["https://zoom.us/j/81234567890?a=1&pwd=x"]);
    let found = urls(&with_html(
        "<script>https://zoom.us/j/81234567890</script><!-- https://zoom.us/j/81234567891 -->",
    ));
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_link_in_googles_own_block_counts() {
    let block = "-::~:~::~:~:~:~::~:~::-\nJoin: https://meet.google.com/abc-defg-hij\n-::~:~::~:~:~:~::~:~::-";
    assert_eq!(
        urls(&with_text(block)),
        ["https://meet.google.com/abc-defg-hij"]
    );
    assert_eq!(
        urls(&with_html(block)),
        ["https://meet.google.com/abc-defg-hij"]
    );
}

#[test]
fn a_flood_of_links_is_capped_and_cheap() {
    use std::fmt::Write;
    let mut text = String::new();
    for number in 0..30_000 {
        write!(text, "https://zoom.us/j/{:010} ", number + 1_000_000).unwrap();
    }
    let begun = std::time::Instant::now();
    assert_eq!(urls(&with_text(&text)).len(), 16);
    assert_eq!(
        urls(&with_text(&"https://evil.example/ ".repeat(30_000))),
        Vec::<String>::new()
    );
    assert_eq!(
        urls(&with_text(&"https://".repeat(100_000))),
        Vec::<String>::new()
    );
    assert_eq!(
        urls(&with_text(&format!("https://a{}", ")".repeat(500_000)))),
        Vec::<String>::new()
    );
    assert!(begun.elapsed().as_secs() < 8, "{:?}", begun.elapsed());
}

#[test]
fn a_service_is_stored_by_its_key() {
    let mut keys = std::collections::BTreeSet::new();
    for service in Service::ALL {
        assert_eq!(Service::from_key(service.key()), Some(*service));
        assert_eq!(
            serde_json::to_string(service).unwrap(),
            format!("\"{}\"", service.key())
        );
        assert!(keys.insert(service.key()));
    }
    assert_eq!(Service::from_key("Teams"), None);
    assert!(Service::MicrosoftTeams.is_teams() && !Service::Zoom.is_teams());
}

#[track_caller]
fn texts(body: &str, wanted: [Option<&str>; 4]) {
    assert_eq!(values(&meeting_texts(&with_text(body))), wanted, "{body}");
}

/// Meeting id, passcode, number to dial, conference id.
fn values(texts: &MeetingTexts) -> [Option<&str>; 4] {
    [
        &texts.meeting_id,
        &texts.passcode,
        &texts.dial_in,
        &texts.conference_id,
    ]
    .map(|text| text.as_deref())
}

#[test]
fn the_numbers_of_an_invitation_are_read_by_their_shape() {
    texts(
        "________________________________\nMicrosoft Teams meeting\nJoin: https://teams.microsoft.com/meet/22792173431568?p=Wi6\n\
         Meeting ID: 227 921 734 315 68\nPasscode: Wi6P69wc\n________________________________\nDial in by phone\n\
         +1 323-849-4874,,766918553# United States, Los Angeles\nFind a local number\nPhone conference ID: 766 918 553#\n\
         Join on a video conferencing device\nTenant key: x@t.plcm.vc\nVideo ID: 116 123 456 7\nFor organizers: Meeting options | Reset dial-in PIN",
        [
            Some("227 921 734 315 68"),
            Some("Wi6P69wc"),
            Some("+1 323-849-4874,,766918553#"),
            Some("766 918 553"),
        ],
    );
    texts(
        "Microsoft Teams-Besprechung\nBesprechungs-ID: 227 921 734 315 68\nPasscode: ab3XY9\nPer Telefon\n+49 69 1234567,,766918553# Germany\nTelefonkonferenz-ID: 766 918 553#",
        [
            Some("227 921 734 315 68"),
            Some("ab3XY9"),
            Some("+49 69 1234567,,766918553#"),
            Some("766 918 553"),
        ],
    );
    texts(
        "Join Microsoft Teams Meeting\n+1 323-555-0199   United States, Los Angeles (Toll)\nConference ID: 291 633 251#\nLocal numbers | Reset PIN",
        [None, None, Some("+1 323-555-0199"), Some("291 633 251")],
    );
    texts(
        "Meeting ID: 812 3456 7890 Passcode: 123456\nOne tap mobile\n+16699009128,,81234567890#,,,,*123456# US (San Jose)",
        [
            Some("812 3456 7890"),
            Some("123456"),
            Some("+16699009128,,81234567890#"),
            Some("81234567890"),
        ],
    );
    texts(
        "Join by phone\n(US) +1 234-567-8901 PIN: 123 456 789#",
        [None, None, Some("+1 234-567-8901"), Some("123 456 789")],
    );
}

#[test]
fn ordinary_text_holds_no_numbers() {
    for text in [
        "",
        "Agenda: 1. Budget 2. Plans",
        "Order: 12345",
        "Call me at 10:30",
        "2 + 2 = 4",
        "Date: 2026-03-10",
        "C# and F#",
        "https://example.com/?a=+1234567890",
        "Password policy: to be discussed with all of us",
        "Wi-Fi password: hunter22",
        "See: https://example.com/Passcode:abc def",
    ] {
        texts(text, [None; 4]);
    }
}

#[test]
fn data_of_the_provider_goes_before_text() {
    let mut event = with_html(
        "<div>Meeting ID: 227 921 734 315 68</div><div>Passcode: Wi6P69wc</div><div>Phone conference ID: 766 918 553#</div>",
    );
    event.online = Some(OnlineMeeting {
        conference_id: Some("111222333".to_owned()),
        dial_in: Some(" +1 555 0100 ".to_owned()),
        passcode: Some(" ".to_owned()),
        ..OnlineMeeting::default()
    });
    let found = meeting_texts(&event);
    assert_eq!(found.meeting_id.as_deref(), Some("227 921 734 315 68"));
    assert_eq!(found.passcode.as_deref(), Some("Wi6P69wc"));
    assert_eq!(found.dial_in.as_deref(), Some("+1 555 0100"));
    assert_eq!(found.conference_id.as_deref(), Some("111222333"));
}

proptest::proptest! {
    #[test]
    fn every_candidate_passes_the_gate_unchanged(text in "(https://(zoom.us|teams.microsoft.com|www.google.com|x.safelinks.protection.outlook.com)/(j/|meet/|url\\?q=|\\?url=)?[a-z0-9%?=&/:.()]{0,30} ?){1,4}") {
        for link in candidates(&with_text(&text), Patterns::NONE) {
            let (url, service) = gate::check_join(&link.url, Patterns::NONE).unwrap();
            proptest::prop_assert_eq!((url.as_str(), service), (link.url.as_str(), link.service));
        }
        let _ = meeting_texts(&with_text(&text));
    }

    #[test]
    fn any_text_of_any_kind_is_read(text in "(\\PC|\n|https://zoom\\.us/j/1234567890|Meeting ID: |: |#|<a href=\"){0,60}") {
        for kind in [TextKind::Text, TextKind::Html, TextKind::ICalendar] {
            for link in read_text(kind, &text, Patterns::NONE).links {
                proptest::prop_assert!(gate::check_join(&link.url, Patterns::NONE).is_ok());
            }
        }
    }

    #[test]
    fn any_text_is_read(text in "[-+0-9 #,:().*A-Za-zé\n\u{a0}]{0,120}") {
        let _ = meeting_texts(&with_text(&text));
    }
}
#[test]
fn hostile_texts_are_read_within_bounds() {
    let begun = std::time::Instant::now();
    for part in [
        "a: ",
        "a: b\n",
        "Meeting ID: 123 456 789\n",
        "+1 ",
        "+1 323 849 4874\n",
        "a\n",
        "1#\n",
        "1,,12345\n",
        ",,1",
        "_",
        "会议：",
        "会议：\n",
        "番号 ID：123 456 789\n",
        "https://zoom.us/j/1234567890 ",
        "https://zoom.us/j/1,",
        "https://(",
        "https://zoom.us/&#38;",
        "https%3A%2F%2F",
        "%3A%2F%2F",
        "://",
        "&amp;",
    ] {
        let text = part.repeat(html::LONGEST / part.len());
        for kind in [TextKind::Text, TextKind::Html] {
            let reading = read_text(kind, &text, Patterns::NONE);
            assert!(reading.links.len() <= 16);
        }
    }
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}
