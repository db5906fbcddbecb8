//! Teams's links in every form, and its pages that join nothing.

use super::*;

const HOSTS: [&str; 8] = [
    "teams.microsoft.com",
    "teams.cloud.microsoft",
    "teams.live.com",
    "gov.teams.microsoft.us",
    "teams.microsoft.us",
    "dod.teams.microsoft.us",
    "gov.teams.microsoft.com",
    "teams.microsoftonline.cn",
];

#[test]
fn every_form_joins_on_every_host() {
    for host in HOSTS {
        for path in [
            "l/meetup-join/19%3ameeting_NzQ5%40thread.v2/0?context=%7b%22Tid%22%3a%221%22%2c%22Oid%22%3a%222%22%7d",
            "l/meetup-join/19%3Ameeting_NzQ5%40thread.v2/0",
            "l/meetup-join/19:meeting_NzQ5@thread.v2/0?context=%7B%22Tid%22:%221%22%7D",
            "l/meetup-join/19%3a900876baa3134907b0dcb41a0d220e31%40thread.skype/1501527539926?tenantId=dcd219dd",
            "l/meetup-join/19%3ameeting_NzQ5%40thread.v2/0?context=%7b%22Tid%22%3a%221%22%2c%22IsBroadcastMeeting%22%3atrue%7d",
            "l/meetup-join/19%253ameeting_NzQ5%2540thread.v2/0",
            "meet/22792173431568?p=Wi6P69wcXyZ",
            "meet/22792173431568?p=Wi6P69wcXyZ&anon=true",
            "dl/launcher/launcher.html?url=%2F_%23%2Fl%2Fmeetup-join%2F19%3ameeting_x%40thread.v2%2F0&type=meetup-join&deeplinkId=1",
            "dl/launcher/launcher.html?url=%2F_%23%2Fmeet%2F123456789%3Fp%3Dabc&type=meet",
            "light-meetings/launch?coords=eyJjIjoiMTk6In0&p=abc",
            "_#/l/meetup-join/19:meeting_x@thread.v2/0",
            "_#/meet/123456789?p=abc",
            "v2/?meetingjoin=true#/l/meetup-join/19:meeting_x@thread.v2/0?context=%7b%7d",
            "v2/?meetingjoin=true#/meet/123456789?p=abc",
        ] {
            same(Service::MicrosoftTeams, &format!("https://{host}/{path}"));
        }
    }
}

#[test]
fn what_joins_nothing_joins_nothing_on_any_host() {
    for host in HOSTS {
        for path in [
            "",
            "l/meeting/new?subject=x",
            "l/channel/19%3axyz%40thread.tacv2/General?groupId=1",
            "l/chat/0/0?users=a@b.example",
            "l/chat/19:meeting_x@thread.v2/0",
            "l/team/19%3axyz/conversations",
            "l/message/19:meeting_x@thread.v2/123",
            "l/call/0/0?users=a@b.example",
            "l/app/abc",
            "l/meetup-join/",
            "l/meetup-join/undefined",
            "l/meetup-join/19%3a",
            "l/meetup-join/https%3A%2F%2Fevil.example",
            "l/meetingrecap?driveId=x",
            "meet/22792173431568",
            "meet/22792173431568?p=",
            "meet/22792173431568?q=x",
            "meet/22792173431568/x?p=x",
            "meet/abc?p=x",
            "meet/?p=x",
            "meetingOptions/?organizerId=1&tenantId=2&threadId=19_meeting_x@thread.v2",
            "dl/launcher/launcher.html",
            "dl/launcher/launcher.html?url=https%3A%2F%2Fevil.example%2Fl%2Fmeetup-join%2F19%3ax%40y",
            "dl/launcher/launcher.html?url=%2F%2Fevil.example%2F%23%2Fl%2Fmeetup-join%2F19%3ax%40y",
            "dl/launcher/launcher.html?url=%2F%5Cevil.example%2F%23%2Fl%2Fmeetup-join%2F19%3ax%40y",
            "dl/launcher/launcher.html?url=%2F_%23%2Fl%2Fchat%2F0",
            "dl/launcher/launcher.html?url=javascript%3A%2Fl%2Fmeetup-join%2F19%3ax%40y",
            "dl/launcher/launcher.html?url=%2F_%23%2Fl%2Fmeetup-join%2F19%3ax%40y&url=https%3A%2F%2Fevil.example",
            "dl/launcher/launcher.html?url=%2F%09%2Fevil.example%2F%23%2Fl%2Fmeetup-join%2F19%3ax%40y",
            "dl/launcher/evil.html?url=%2F_%23%2Fl%2Fmeetup-join%2F19%3ax%40y",
            "light-meetings/launch",
            "light-meetings/launch?coords=",
            "_#/l/chat/0",
            "_#/conversations/General",
            "_?l/meetup-join/19:meeting_x@thread.v2/0",
            "v2/",
            "v2/?meetingjoin=true",
            "downloads",
            "help",
        ] {
            nothing(&format!("https://{host}/{path}"));
        }
    }
    for link in [
        "https://dialin.teams.microsoft.com/22f12fa0-499f-435b-bc69-b8de580ba330?id=2425999",
        "https://aka.ms/JoinTeamsMeeting",
        "https://aka.ms/JoinTeamsMeeting?omkt=en-US",
        "https://www.microsoft.com/en-us/microsoft-teams/join-a-meeting",
        "https://support.microsoft.com/teams",
        "https://events.teams.microsoft.com/event/0a1b@2c3d",
        "https://microsoft.com/l/meetup-join/19:meeting_x@thread.v2/0",
        "https://admin.teams.microsoft.com/l/meetup-join/19:meeting_x@thread.v2/0",
        "https://pstnconf.teams.microsoft.com/meet/123456789?p=x",
        "msteams:/l/meetup-join/19:meeting_x@thread.v2/0",
    ] {
        nothing(link);
    }
}

#[test]
fn a_link_that_was_encoded_as_a_whole_is_read() {
    let coded: String = url::form_urlencoded::byte_serialize(SHORT.as_bytes()).collect();
    finds(
        &format!("Join: {coded} now"),
        Service::MicrosoftTeams,
        SHORT,
    );
    let host_only = SHORT.replacen("com/meet/", "com%2Fmeet%2F", 1);
    finds(&host_only, Service::MicrosoftTeams, SHORT);
    // In somebody else's link it is somebody else's.
    nothing(&format!("https://evil.example/?u={coded}"));
    nothing(&format!("?u={coded}"));
}

#[test]
fn one_meeting_in_several_forms_is_one_candidate() {
    let thread = "19:meeting_x@thread.v2";
    let forms = [
        format!("https://teams.microsoft.com/_#/l/meetup-join/{thread}/0"),
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0".to_owned(),
        "https://teams.microsoft.com/dl/launcher/launcher.html?url=%2F_%23%2Fl%2Fmeetup-join%2F19%3ameeting_x%40thread.v2%2F0".to_owned(),
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%22Tid%22%3a%221%22%7d".to_owned(),
    ];
    assert_eq!(urls(&with_text(&forms.join("\n"))), [forms[3].clone()]);
}
