//! Each service's links in every dress, and pages of the same hosts that join nothing.

use super::*;

/// A link for each shape of each service, in the form in which the gate gives it.
#[rustfmt::skip]
pub(super) const LINKS: &[(Service, &str)] = &[
    (Service::MicrosoftTeams, CLASSIC),
    (Service::MicrosoftTeams, SHORT),
    (Service::MicrosoftTeams, "https://teams.live.com/meet/9412345678901?p=abcDEF"),
    (Service::MicrosoftTeams, "https://gov.teams.microsoft.us/meet/123456789012?p=abcDEF"),
    (Service::MicrosoftTeams, "https://dod.teams.microsoft.us/l/meetup-join/19%3ameeting_x%40thread.v2/0"),
    (Service::GoogleMeet, "https://meet.google.com/abc-defg-hij"),
    (Service::GoogleMeet, "https://meet.google.com/abc-defg-hij?authuser=0&hs=122"),
    (Service::GoogleMeet, "https://meet.google.com/_meet/abc-defg-hij"),
    (Service::GoogleMeet, "https://meet.google.com/lookup/team-sync"),
    (Service::GoogleMeet, "https://stream.meet.google.com/stream/6f3c2a1b-1111-2222-3333-444455556666"),
    (Service::GoogleMeet, "https://g.co/meet/team-sync"),
    (Service::GoogleMeet, "https://hangouts.google.com/call/AbCdEf"),
    (Service::GoogleMeet, "https://hangouts.google.com/hangouts/_/example.org/team"),
    (Service::GoogleMeet, "https://duo.app.goo.gl/AbC1"),
    (Service::Zoom, "https://zoom.us/j/81234567890?pwd=QWxh"),
    (Service::Zoom, "https://us02web.zoom.us/j/81234567890?pwd=a.B-c_D.1"),
    (Service::Zoom, "https://acme.zoom.us/w/81234567890?tk=abc.def"),
    (Service::Zoom, "https://acme.zoom.us/s/81234567890"),
    (Service::Zoom, "https://acme.zoom.us/my/ann.smith?pwd=x1"),
    (Service::Zoom, "https://app.zoom.us/wc/81234567890/join"),
    (Service::Zoom, "https://zoom.us/wc/join/81234567890"),
    (Service::Zoom, "https://app.zoom.us/wc/81234567890/start"),
    (Service::Zoom, "https://acme.zoomgov.com/j/1612345678"),
    (Service::Zoom, "https://www.zoomgov.com/j/1612345678?pwd=x"),
    (Service::Zoom, "https://zoom.com/j/81234567890"),
    (Service::Zoom, "https://acme.zoom-x.de/j/61234567890"),
    (Service::Zoom, "https://acme.zoom.com.cn/j/61234567890"),
    (Service::Zoom, "https://events.zoom.us/ejl/AbCdEf123"),
    (Service::Zoom, "https://annsmith.zm.page/"),
    (Service::Webex, "https://acme.webex.com/meet/ann"),
    (Service::Webex, "https://acme.webex.com/join/ann"),
    (Service::Webex, "https://acme.webex.com/acme/j.php?MTID=m0123456789abcdef"),
    (Service::Webex, "https://acme.webex.com/acme/onstage/g.php?MTID=e0123456789abcdef"),
    (Service::Webex, "https://acme.webex.com/m/0a1b2c3d-1111-2222-3333-444455556666"),
    (Service::Webex, "https://acme.webex.com/acme/meet/ann"),
    (Service::Webex, "https://acme.webex.com/wbxmjs/joinservice/sites/acme/meeting/download/0a1b2c?MTID=m01"),
    (Service::Webex, "https://acme.webex.com/webappng/sites/acme/meeting/info/0a1b2c3d"),
    (Service::JitsiMeet, "https://meet.jit.si/OurWeeklyRoom"),
    (Service::JitsiMeet, "https://meet.jit.si/acme/OurWeeklyRoom"),
    (Service::JitsiMeet, "https://meet.ffmuc.net/OurRoom"),
    (Service::JitsiMeet, "https://moderated.jitsi.net/0123456789abcdef"),
    (Service::BraveTalk, "https://talk.brave.com/AbCdEfGhIjKl"),
    (Service::KMeet, "https://kmeet.infomaniak.com/abcdefghijkl"),
    (Service::EightByEight, "https://8x8.vc/acme/ann.smith"),
    (Service::EightByEight, "https://8x8.vc/OurRoom"),
    (Service::GoTo, "https://meet.goto.com/123456789"),
    (Service::GoTo, "https://meet.goto.com/acme/weekly"),
    (Service::GoTo, "https://www.gotomeet.me/annsmith"),
    (Service::GoTo, "https://gotomeet.me/annsmith/weekly"),
    (Service::GoTo, "https://global.gotomeeting.com/join/123456789"),
    (Service::GoTo, "https://www.gotomeeting.com/join/123456789"),
    (Service::GoTo, "https://app.gotomeeting.com/?meetingId=123456789"),
    (Service::GoTo, "https://app.goto.com/meeting/123456789"),
    (Service::GoTo, "https://global.gotowebinar.com/join/1234567890123456789/123456789"),
    (Service::Whereby, "https://whereby.com/our-room"),
    (Service::Whereby, "https://acme.whereby.com/our-room0a1b2c"),
    (Service::AmazonChime, "https://chime.aws/1234567890"),
    (Service::AmazonChime, "https://chime.aws/annsmith"),
    (Service::AmazonChime, "https://app.chime.aws/meetings/1234567890"),
    (Service::RingCentral, "https://v.ringcentral.com/join/123456789?pw=0a1b"),
    (Service::RingCentral, "https://meetings.ringcentral.com/j/1491234567"),
    (Service::SlackHuddle, "https://app.slack.com/huddle/T0123ABCD/C0123ABCD"),
    (Service::Discord, "https://discord.gg/AbCdEf12"),
    (Service::Discord, "https://discord.com/channels/123456789012345678/123456789012345679"),
    (Service::Discord, "https://discord.com/invite/AbCdEf12"),
    (Service::Discord, "https://discord.com/events/123456789012345678/123456789012345679"),
    (Service::SkypeForBusiness, "https://meet.lync.com/acme/ann/0A1B2C3D"),
    (Service::Skype, "https://join.skype.com/AbCdEf123456"),
    (Service::FaceTime, "https://facetime.apple.com/join#v=1&p=abc&k=def"),
    (Service::ZohoMeeting, "https://meet.zoho.com/abcd-efg-hij"),
    (Service::ZohoMeeting, "https://meet.zoho.eu/AbCdEf"),
    (Service::ZohoMeeting, "https://meeting.zoho.com/join?key=1234567890"),
    (Service::ZohoMeeting, "https://meeting.zoho.eu/meeting/join?key=1234567890"),
    (Service::ZohoCliq, "https://cliq.zoho.eu/meetings/4a5b6c"),
    (Service::Lark, "https://vc.larksuite.com/j/123456789"),
    (Service::Lark, "https://vc.feishu.cn/j/123456789"),
    (Service::Dialpad, "https://meetings.dialpad.com/annsmith"),
    (Service::Dialpad, "https://meetings.dialpad.com/room/annsmith"),
    (Service::Dialpad, "https://www.uberconference.com/annsmith"),
    (Service::Dialpad, "https://uberconference.com/room/annsmith"),
    (Service::AdobeConnect, "https://acme.adobeconnect.com/weekly/"),
    (Service::Airmeet, "https://www.airmeet.com/e/0a1b2c3d-1111-2222-3333-444455556666"),
    (Service::Around, "https://meet.around.co/r/ann.smith"),
    (Service::Around, "https://meet.around.co/annsmith"),
    (Service::BigBlueButton, "https://demo.bigbluebutton.org/rooms/ann-abc-def-ghi/join"),
    (Service::BigBlueButton, "https://demo.bigbluebutton.org/gl/ann-abc-def"),
    (Service::BlackboardCollaborate, "https://us.bbcollab.com/guest/0a1b2c3d4e5f"),
    (Service::BlackboardCollaborate, "https://eu.bbcollab.com/collab/ui/session/guest/0a1b2c3d4e5f"),
    (Service::BlueJeans, "https://bluejeans.com/123456789"),
    (Service::BlueJeans, "https://bluejeans.com/123456789/1234"),
    (Service::BlueJeans, "https://acme.bluejeans.com/123456789/webrtc"),
    (Service::BlueJeans, "https://primetime.bluejeans.com/a2m/live-event/abcdefgh"),
    (Service::Butter, "https://room.butter.us/acme/weekly"),
    (Service::CalVideo, "https://app.cal.com/video/0a1b2c3d4e5f"),
    (Service::CalVideo, "https://cal.com/video/0a1b2c3d4e5f"),
    (Service::Chorus, "https://go.chorus.ai/1234567"),
    (Service::ClickMeeting, "https://acme.clickmeeting.com/weekly"),
    (Service::CoScreen, "https://join.coscreen.co/weekly/0a1b"),
    (Service::Daily, "https://acme.daily.co/weekly"),
    (Service::Demio, "https://event.demio.com/ref/AbCdEf123"),
    (Service::Demodesk, "https://demodesk.com/meet/ann-smith"),
    (Service::Demodesk, "https://demodesk.com/0a1b2c3d"),
    (Service::DingTalk, "https://meeting.dingtalk.com/j/AbCdEf123"),
    (Service::DoxyMe, "https://doxy.me/drsmith"),
    (Service::DoxyMe, "https://acme.doxy.me/drsmith"),
    (Service::ElementCall, "https://call.element.io/room/#/weekly?roomId=!abc:call.ems.host&password=x"),
    (Service::FreeConferenceCall, "https://join.freeconferencecall.com/annsmith"),
    (Service::FreeConferenceCall, "https://www.freeconferencecall.com/wall/annsmith"),
    (Service::Gather, "https://app.gather.town/app/AbCdEf123/office?spawnToken=x"),
    (Service::Gather, "https://app.v2.gather.town/app/office-0a1b/join"),
    (Service::GlobalMeet, "https://acme.globalmeet.com/annsmith"),
    (Service::Gong, "https://join.gong.io/acme/ann.smith"),
    (Service::Gong, "https://acme.join.gong.io/acme/ann.smith?tkn=x"),
    (Service::Hopin, "https://hopin.com/events/weekly/reception"),
    (Service::Hopin, "https://app.hopin.com/events/weekly/stages/0a1b"),
    (Service::Huddle01, "https://huddle01.app/room/abc-defg-hij"),
    (Service::Jam, "https://jam.systems/weekly"),
    (Service::JioMeet, "https://jiomeetpro.jio.com/shortener?meetingId=1234567890&pwd=x"),
    (Service::JoinMe, "https://join.me/123-456-789"),
    (Service::KonturTalk, "https://acme.ktalk.ru/abcdef123"),
    (Service::Kumospace, "https://www.kumospace.com/ouroffice"),
    (Service::Lifesize, "https://call.lifesizecloud.com/1234567"),
    (Service::LiveKitMeet, "https://meet.livekit.io/rooms/abcd-1234"),
    (Service::Livestorm, "https://app.livestorm.co/p/0a1b2c3d-1111-2222-3333-444455556666/live?s=x"),
    (Service::Livestorm, "https://app.livestorm.com/p/0a1b2c3d"),
    (Service::LiveWebinar, "https://app.livewebinar.com/123-456-789"),
    (Service::Luma, "https://lu.ma/join/g-AbCdEf?pk=x"),
    (Service::Luma, "https://luma.com/join/g-AbCdEf"),
    (Service::Meetecho, "https://meetings.conf.meetecho.com/ietf125/?session=34567"),
    (Service::Messenger, "https://msngr.com/abcdefghij"),
    (Service::Messenger, "https://www.messenger.com/groupcall/LINK:abcdef/"),
    (Service::MiroTalk, "https://p2p.mirotalk.com/join/weekly"),
    (Service::MiroTalk, "https://sfu.mirotalk.com/join?room=weekly"),
    (Service::Ovice, "https://acme.ovice.in/"),
    (Service::Ovice, "https://acme-1.ovice.com/@100,200"),
    (Service::Pexip, "https://pexip.me/meet/acme.ann"),
    (Service::Pop, "https://pop.com/j/123-456-789"),
    (Service::Preply, "https://preply.com/en/classroom/0a1b2c"),
    (Service::Preply, "https://preply.com/ua/chat/t-room/3262947"),
    (Service::GoTo, "https://app.goto.com/meet/123456789"),
    (Service::Livestorm, "https://app.livestorm.co/acme/weekly/live?s=0a1b2c3d"),
    (Service::Gather, "https://gather.town/app/AbCdEf123/office"),
    (Service::SberJazz, "https://salutejazz.ru/abcdef?psw=OBgTRB1"),
    (Service::Ovice, "https://acme.ovice.in/lobby/enter"),
    (Service::ProtonMeet, "https://meet.proton.me/join/id-ABCDEF1234#pwd-abcdef"),
    (Service::ProtonMeet, "https://meet.proton.me/u/0/join/id-ABCDEF1234"),
    (Service::Pumble, "https://meet.pumble.com/abc-defg-hij"),
    (Service::Reclaim, "https://reclaim.ai/z/AbCdEf/Gh1"),
    (Service::Remo, "https://live.remo.co/e/weekly"),
    (Service::Ringover, "https://meet.ringover.io/abc-def-ghi"),
    (Service::Riverside, "https://riverside.fm/studio/anns-studio?t=0a1b"),
    (Service::Riverside, "https://riverside.com/studio/anns-studio"),
    (Service::SberJazz, "https://salutejazz.ru/abc12d?psw=OBgTRB1"),
    (Service::SberJazz, "https://jazz.sber.ru/abc12d?psw=OBgTRB1"),
    (Service::Signal, "https://signal.link/call/#key=bcdf-ghkm"),
    (Service::SpatialChat, "https://spatial.chat/s/weekly"),
    (Service::StarLeaf, "https://meet.starleaf.com/1234567890/app"),
    (Service::StreamYard, "https://streamyard.com/guest/abcdefghij"),
    (Service::StreamYard, "https://streamyard.com/a1b2c3d4e5"),
    (Service::SuitConference, "https://conference.istesuit.com/weekly"),
    (Service::TeamViewerMeeting, "https://go.teamviewer.com/v15/m12345678"),
    (Service::TeamViewerMeeting, "https://go.blizz.com/join/12345678"),
    (Service::Teemyco, "https://app.teemyco.com/room/0a1b2c"),
    (Service::Telegram, "https://t.me/call/AbCdEf123"),
    (Service::TencentMeeting, "https://meeting.tencent.com/dm/AbCdEf12"),
    (Service::TencentMeeting, "https://meeting.tencent.com/p/1234567890"),
    (Service::TencentMeeting, "https://voovmeeting.com/s/AbCdEf12"),
    (Service::Tuple, "https://tuple.app/c/V1StGXR8"),
    (Service::UserZoom, "https://go.userzoom.com/participate/0a1b2c3d-1111"),
    (Service::Venue, "https://app.venue.live/app/weekly"),
    (Service::Vimeo, "https://vimeo.com/event/1234567"),
    (Service::Vimeo, "https://venues.vimeo.com/abcdefg"),
    (Service::VisioLaSuite, "https://visio.numerique.gouv.fr/abc-defg-hij"),
    (Service::VkCalls, "https://vk.com/call/join/AbCdEf-1234_5"),
    (Service::Vonage, "https://meetings.vonage.com/123456789"),
    (Service::Vonage, "https://meetings.vonage.com/?room_token=123456789&participant_token=x"),
    (Service::Vowel, "https://app.vowel.com/#/g/0a1b2c3d"),
    (Service::VSee, "https://vsee.com/c/annsmith"),
    (Service::WhatsApp, "https://call.whatsapp.com/video/AbCdEf123456"),
    (Service::WhatsApp, "https://call.whatsapp.com/voice/AbCdEf123456"),
    (Service::Workplace, "https://acme.workplace.com/groupcall/LINK:abcdef/"),
    (Service::Telemost, "https://telemost.yandex.ru/j/12345678901234"),
    (Service::Telemost, "https://telemost.360.yandex.ru/j/1234567890"),
    (Service::Zep, "https://zep.us/play/AbCdEf"),
    (Service::Zhumu, "https://welink.zhumu.com/j/123456789?pwd=abc"),
];

fn host_and_path(link: &str) -> (&str, &str) {
    link.strip_prefix("https://")
        .and_then(|rest| rest.split_once('/'))
        .unwrap()
}

#[test]
fn every_service_has_an_example() {
    for service in Service::ALL {
        assert!(
            *service == Service::Custom || LINKS.iter().any(|(known, _)| known == service),
            "{service:?}"
        );
    }
}

#[test]
fn every_link_is_known_bare_in_prose_behind_html_and_in_a_wrapping() {
    for (service, link) in LINKS {
        for text in [
            (*link).to_owned(),
            format!("Dear all, join at {link}, please.\nSee you!"),
            format!("(<{link}>)"),
            format!("[Join]({link})"),
            format!("[{link}]({link})"),
            format!("<{link}|{link}>"),
            format!("加入会议：{link}。请准时"),
            format!("ссылка «{link}»; **{link}**"),
            format!("'{link}' \"{link}\" `{link}`"),
            safelink(link),
            format!("Join: {}, thanks", safelink(link)),
        ] {
            finds(&text, *service, link);
        }
        let escaped = link.replace('&', "&amp;");
        for html in [
            format!("<p>Hello</p><a href=\"{escaped}\">Join</a>"),
            format!("<div><span>{escaped}</span></div>"),
            format!(
                "<a href='{}'>{escaped}</a>",
                safelink(link).replace('&', "&amp;")
            ),
            format!("<a href=\"{}\">twice</a>", escaped.replace('&', "&amp;")),
        ] {
            let found = candidates(&with_html(&html), Patterns::NONE);
            assert_eq!(found.len(), 1, "{html}: {found:?}");
            assert_eq!((found[0].url.as_str(), found[0].service), (*link, *service));
        }
        let event = Event {
            location: Some(format!("Room 4 / {link}")),
            ..event()
        };
        assert_eq!(urls(&event), [*link]);
    }
}

#[test]
fn hosts_count_in_any_case_and_paths_as_they_are() {
    for (service, link) in LINKS {
        let (host, path) = host_and_path(link);
        let shouted = format!("HTTPS://{}/{path}", host.to_uppercase());
        finds(&shouted, *service, link);
    }
}

#[test]
fn a_host_counts_only_as_a_whole() {
    for (_, link) in LINKS {
        let (host, path) = host_and_path(link);
        for wrong in [
            format!("https://{host}.evil.example/{path}"),
            format!("https://{host}evil.example/{path}"),
            format!("https://evil.example/{host}/{path}"),
            format!("https://evil.example/?u={host}/{path}"),
            format!("https://evil.example/#{link}"),
            format!("https://{host}@evil.example/{path}"),
            format!("https://x-{host}./{path}"),
            format!("https://{host}:8443/{path}"),
            format!("http://{host}/{path}"),
            format!("https://user@{host}/{path}"),
            format!("ftp://{host}/{path}"),
            format!("{host}/{path}"),
        ] {
            nothing(&wrong);
        }
    }
}

#[test]
fn a_front_page_joins_nothing() {
    for (service, link) in LINKS {
        // There the host itself is somebody's room.
        if matches!(service, Service::Ovice | Service::Zoom if link.ends_with('/') || link.contains("ovice"))
        {
            continue;
        }
        let (host, _) = host_and_path(link);
        for page in [
            "",
            "/",
            "/robots.txt",
            "/favicon.ico",
            "/login",
            "/pricing/plans.html",
            "/#",
            "/?lang=en",
        ] {
            nothing(&format!("https://{host}{page}"));
        }
    }
}

#[test]
fn other_pages_of_the_same_hosts_join_nothing() {
    for link in NOT_JOINING {
        nothing(link);
        nothing(&safelink(link));
        assert_eq!(
            urls(&with_html(&format!("<a href=\"{link}\">{link}</a>"))),
            Vec::<String>::new(),
            "{link}"
        );
    }
}

#[rustfmt::skip]
const NOT_JOINING: &[&str] = &[
    "https://meet.google.com/new", "https://meet.google.com/landing", "https://meet.google.com/abc-defg",
    "https://meet.google.com/abc-defg-hij/extra", "https://meet.google.com/tel/abc-defg-hij",
    "https://meet.google.com/ab1-defg-hij", "https://tel.meet/abc-defg-hij?pin=123",
    "https://hangouts.google.com/", "https://hangouts.google.com/webchat/start",
    "https://calendar.google.com/calendar/event?eid=x", "https://g.co/kgs/abc",
    "https://zoom.us/rec/share/abc", "https://zoom.us/rec/play/abc.def", "https://zoom.us/profile",
    "https://zoom.us/download", "https://zoom.us/meeting/register/tJ0abc", "https://zoom.us/webinar/register/WN_abc",
    "https://us02web.zoom.us/u/kabc123", "https://zoom.us/zoomconference?m=abc", "https://zoom.us/meeting/81234567890",
    "https://zoom.us/support", "https://support.zoom.us/hc/en-us", "https://zoom.us/join", "https://zoom.us/test",
    "https://zoom.us/signin", "https://zoom.us/my/", "https://zoom.us/j/", "https://zoom.us/j/abc",
    "https://zoom.us/docs/doc/abc", "https://explore.zoom.us/en/products", "https://zoom.us/wc/leave",
    "https://acme.zoom.us/meeting/attendee/abc/ics", "https://events.zoom.us/ev/AbC",
    "https://www.webex.com/downloads.html", "https://help.webex.com/en-us/article/abc", "https://acme.webex.com/acme/j.php",
    "https://acme.webex.com/acme/k2/j.php?MTID=x", "https://acme.webex.com/acme/ldr.php?RCID=x",
    "https://acme.webex.com/recordingservice/sites/acme/recording/0a1b/playback", "https://acme.webex.com/acme/globalcallin.php?MTID=x",
    "https://acme.webex.com/webappng/sites/acme/dashboard", "https://acme.webex.com/weblink/register/abc",
    "https://acme.webex.com/webappng/sites/acme/meeting/home", "https://acme.webex.com/meet",
    "https://meet.jit.si/static/dialInInfo.html", "https://meet.jit.si/libs/app.bundle.min.js", "https://meet.jit.si/sounds/ring.mp3",
    "https://jitsi.org/downloads", "https://8x8.vc/static/oauth.html", "https://www.8x8.com/products",
    "https://www.goto.com/meeting", "https://support.goto.com/meeting/help", "https://www.gotomeeting.com/pricing",
    "https://global.gotomeeting.com/join", "https://attendee.gotowebinar.com/register/1234567890",
    "https://register.gotowebinar.com/register/1234567890", "https://global.gotomeeting.com/install",
    "https://whereby.com/information/pricing", "https://whereby.com/user/login", "https://whereby.com/blog",
    "https://docs.whereby.com/overview", "https://whereby.com/en", "https://www.whereby.com/information",
    "https://chime.aws/dialinnumbers/", "https://chime.aws/download", "https://aws.amazon.com/chime",
    "https://www.ringcentral.com/pricing.html", "https://app.ringcentral.com/messages/123", "https://v.ringcentral.com/join",
    "https://app.slack.com/client/T0123/C0123", "https://acme.slack.com/archives/C0123/p123", "https://app.slack.com/huddle/T0123",
    "https://discord.com/login", "https://discord.com/download", "https://discord.com/channels/@me", "https://support.discord.com/hc",
    "https://www.skype.com/en/get-skype", "https://meet.lync.com/", "https://facetime.apple.com/", "https://facetime.apple.com/join",
    "https://support.apple.com/facetime", "https://www.zoho.com/meeting/pricing.html", "https://meeting.zoho.com/meeting/login.do",
    "https://meeting.zoho.com/join", "https://cliq.zoho.com/company/123/chats/456", "https://www.larksuite.com/download",
    "https://vc.feishu.cn/", "https://www.dialpad.com/pricing/", "https://www.uberconference.com/login",
    "https://www.adobeconnect.com/meeting", "https://acme.adobeconnect.com/system/login", "https://acme.adobeconnect.com/admin/home",
    "https://help.clickmeeting.com/hc", "https://clickmeeting.com/pricing", "https://blog.clickmeeting.com/weekly",
    "https://www.daily.co/pricing", "https://docs.daily.co/reference", "https://daily.co/weekly", "https://dashboard.daily.co/rooms",
    "https://doxy.me/en/pricing", "https://doxy.me/sign-in", "https://help.doxy.me/article", "https://doxy.me/en",
    "https://bluejeans.com/", "https://www.bluejeans.com/downloads", "https://support.bluejeans.com/s/",
    "https://us.bbcollab.com/recording/0a1b", "https://us.bbcollab.com/collab/ui/session/playback/load/0a1b",
    "https://app.cal.com/ann/30min", "https://cal.com/ann/30min", "https://calendly.com/ann/30min", "https://cal.com/pricing",
    "https://my.demio.com/ref/AbC", "https://event.demio.com/", "https://demodesk.com/pricing", "https://demodesk.com/integrations",
    "https://app.gather.town/get-started", "https://www.gather.town/pricing", "https://hopin.com/events/weekly",
    "https://hopin.com/events/weekly/registration", "https://hopin.com/explore", "https://www.freeconferencecall.com/login",
    "https://www.kumospace.com/pricing", "https://www.kumospace.com/blog", "https://lu.ma/weekly", "https://lu.ma/event/evt-abc",
    "https://app.livestorm.co/acme/weekly", "https://livestorm.co/pricing", "https://www.messenger.com/t/123",
    "https://www.facebook.com/events/123", "https://proton.me/meet/download", "https://meet.proton.me/dashboard",
    "https://riverside.fm/pricing", "https://riverside.fm/dashboard/studios", "https://streamyard.com/pricing", "https://streamyard.com/resources",
    "https://t.me/ann", "https://t.me/joinchat/AbC", "https://meeting.tencent.com/download", "https://meeting.tencent.com/user-center/x",
    "https://meeting.tencent.com/crm/abc", "https://tuple.app/pricing", "https://tuple.app/docs", "https://vimeo.com/123456789",
    "https://vimeo.com/showcase/1234567", "https://www.youtube.com/watch?v=abc", "https://youtu.be/abc", "https://www.youtube.com/live/abc",
    "https://vk.com/call", "https://vk.com/ann", "https://wa.me/491701234567", "https://call.whatsapp.com/",
    "https://telemost.yandex.ru/", "https://telemost.yandex.ru/download", "https://signal.link/call/", "https://signal.group/#abc",
    "https://www.ovice.com/pricing", "https://www.airmeet.com/hub/", "https://preply.com/en/online/german-tutors",
    "https://www.teamviewer.com/download", "https://go.teamviewer.com/", "https://pop.com/pricing", "https://reclaim.ai/pricing",
    "https://event.on24.com/wcc/r/123/abc", "https://www.linkedin.com/events/123", "https://www.eventbrite.com/e/123",
    "https://www.microsoft.com/microsoft-teams/download-app", "https://go.microsoft.com/fwlink/?linkid=123",
    "https://zep.us/pricing", "https://jam.systems/", "https://join.me/pricing", "https://meet.goto.com/",
];
