//! Every service's hosts, and the shapes of the links that join there.
//!
//! Where two rows hold a link the first one counts. `{id}` and its like are explained at
//! [`super::shape::matches`].
//!
//! # Source
//! Microsoft Learn on Teams's clouds; the services' own invitations and help pages (2026-11).

#![allow(
    clippy::enum_glob_use,
    reason = "every service is named once in a table"
)]

use super::Confidence::{Chat, Meeting, Room};
use super::Hosts::{Accounts, These, Under};
use super::Paths::{Own, Shapes};
use super::own::{joins_meet, joins_teams, joins_visio, joins_webex};
use super::{Confidence, Hosts, Paths, Row};
use crate::links::Service::{self, *};

const fn row(service: Service, confidence: Confidence, hosts: Hosts, paths: Paths) -> Row {
    Row {
        service,
        confidence,
        hosts,
        paths,
    }
}

const ZOOM: Hosts = Under(&[
    "zoom.us",
    "zoom.com",
    "zoomgov.com",
    "zoom.com.cn",
    "zoom-x.de",
]);

#[rustfmt::skip]
pub(super) const TABLE: &[Row] = &[
    row(MicrosoftTeams, Meeting, These(&[
        "teams.microsoft.com", "teams.cloud.microsoft", "teams.live.com",
        "gov.teams.microsoft.us", "teams.microsoft.us", "dod.teams.microsoft.us",
        "gov.teams.microsoft.com", "teams.microsoftonline.cn",
    ]), Own(joins_teams)),

    row(GoogleMeet, Meeting, These(&["meet.google.com"]), Own(joins_meet)),
    row(GoogleMeet, Meeting, These(&["stream.meet.google.com"]), Shapes(&["stream/{any}"])),
    row(GoogleMeet, Room, These(&["g.co"]), Shapes(&["meet/{room}"])),
    row(GoogleMeet, Room, These(&["hangouts.google.com"]),
        Shapes(&["call/{any}", "hangouts/_/{any}/{rest}", "group/{any}"])),
    row(GoogleMeet, Room, These(&["duo.app.goo.gl"]), Shapes(&["{room}"])),

    // A page where one registers is no way in: the link to join comes by mail afterwards.
    row(Zoom, Meeting, ZOOM, Shapes(&[
        "j/{id}", "s/{id}", "w/{id}", "e/{id}",
        "wc/{id}/join", "wc/{id}/start", "wc/join/{id}", "launch/jc/{id}",
    ])),
    row(Zoom, Room, ZOOM, Shapes(&["my/{room}", "wc/my/{room}"])),
    row(Zoom, Meeting, These(&["events.zoom.us"]), Shapes(&["ejl/{any}"])),
    row(Zoom, Room, Accounts(&["zm.page"]), Shapes(&["", "{room}"])),

    row(Webex, Meeting, Under(&["webex.com"]), Own(joins_webex)),
    row(Webex, Room, Under(&["webex.com"]),
        Shapes(&["meet/{any}/{rest}", "join/{any}/{rest}", "m/{any}", "{any}/meet/{any}", "{any}/m/{any}"])),

    row(JitsiMeet, Meeting, These(&[
        "meet.jit.si", "moderated.jitsi.net", "meet.ffmuc.net", "meet.systemli.org", "meet.golem.de",
        "meet.mayfirst.org", "meet.element.io", "calls.disroot.org", "fairmeeting.net",
        "framatalk.org", "jitsi.belnet.be", "jitsi.debian.social", "jitsi.riot.im",
        "vc.autistici.org", "webconf.numerique.gouv.fr",
    ]), Shapes(&["{room}", "{room}/{any}"])),
    row(BraveTalk, Meeting, These(&["talk.brave.com"]), Shapes(&["{room}"])),
    row(KMeet, Meeting, These(&["kmeet.infomaniak.com"]), Shapes(&["{room}"])),
    row(EightByEight, Meeting, These(&["8x8.vc"]), Shapes(&["{room}", "{room}/{any}"])),

    row(GoTo, Meeting, These(&["meet.goto.com"]), Shapes(&["{room}", "{room}/{any}"])),
    row(GoTo, Room, These(&["gotomeet.me", "www.gotomeet.me"]), Shapes(&["{room}", "{room}/{any}"])),
    row(GoTo, Meeting, Under(&["gotomeeting.com"]),
        Shapes(&["join/{id}/{rest}", "meeting/join/{id}/{rest}", "?meetingId"])),
    row(GoTo, Meeting, These(&["app.goto.com"]), Shapes(&["meeting/{any}/{rest}", "meet/{any}"])),
    row(GoTo, Meeting, These(&["global.gotowebinar.com"]),
        Shapes(&["join/{id}/{rest}", "ojoin/{any}/{rest}", "eojoin/{any}/{rest}"])),

    row(Whereby, Room, These(&["whereby.com", "www.whereby.com"]), Shapes(&["{room}"])),
    row(Whereby, Room, Accounts(&["whereby.com"]), Shapes(&["{room}"])),
    row(AmazonChime, Meeting, These(&["chime.aws"]), Shapes(&["{id}", "{room}"])),
    row(AmazonChime, Meeting, These(&["app.chime.aws"]), Shapes(&["meetings/{any}/{rest}"])),
    row(RingCentral, Meeting, These(&["v.ringcentral.com"]), Shapes(&["join/{any}/{rest}"])),
    row(RingCentral, Meeting, These(&["meetings.ringcentral.com", "webinar.ringcentral.com"]),
        Shapes(&["j/{any}/{rest}"])),
    row(SlackHuddle, Chat, These(&["app.slack.com"]), Shapes(&["huddle/{any}/{any}/{rest}"])),
    row(Discord, Chat, These(&["discord.gg"]), Shapes(&["{room}"])),
    row(Discord, Chat, These(&[
        "discord.com", "www.discord.com", "canary.discord.com", "ptb.discord.com", "discordapp.com",
    ]), Shapes(&["channels/{any}/{any}", "invite/{any}", "events/{id}/{id}"])),
    row(SkypeForBusiness, Meeting, These(&["meet.lync.com"]), Shapes(&["{room}/{rest}"])),
    row(Skype, Meeting, These(&["join.skype.com"]), Shapes(&["{room}", "meet/{any}"])),
    row(FaceTime, Meeting, These(&["facetime.apple.com"]), Shapes(&["join#v="])),

    row(ZohoMeeting, Meeting, These(&[
        "meet.zoho.com", "meet.zoho.eu", "meet.zoho.in", "meet.zoho.com.au", "meet.zoho.jp",
    ]), Shapes(&["{room}"])),
    row(ZohoMeeting, Meeting, These(&[
        "meeting.zoho.com", "meeting.zoho.eu", "meeting.zoho.in", "meeting.zoho.com.au", "meeting.zoho.jp",
    ]), Shapes(&["join?key", "meeting/join?key", "meeting/{any}/join?key"])),
    row(ZohoCliq, Chat, These(&["cliq.zoho.com", "cliq.zoho.eu", "cliq.zoho.in"]),
        Shapes(&["meetings/{any}/{rest}"])),
    row(Lark, Meeting, These(&["vc.larksuite.com", "vc.feishu.cn"]), Shapes(&["j/{any}"])),
    row(Dialpad, Room, These(&["meetings.dialpad.com"]), Shapes(&["{room}", "room/{room}"])),
    row(Dialpad, Room, These(&["uberconference.com", "www.uberconference.com"]),
        Shapes(&["{room}", "room/{room}"])),

    row(AdobeConnect, Room, Accounts(&["adobeconnect.com"]), Shapes(&["{room}"])),
    row(Airmeet, Meeting, These(&["www.airmeet.com", "airmeet.com"]), Shapes(&["e/{any}", "event/{any}/{rest}"])),
    row(Around, Room, These(&["meet.around.co", "around.co"]), Shapes(&["r/{room}"])),
    row(Around, Room, These(&["meet.around.co"]), Shapes(&["{room}"])),
    row(BigBlueButton, Room, These(&["demo.bigbluebutton.org"]),
        Shapes(&["rooms/{any}/join", "gl/{any}", "b/{any}"])),
    row(BigBlueButton, Room, These(&["lecture.senfcall.de"]), Shapes(&["{code}"])),
    row(BlackboardCollaborate, Meeting, Under(&["bbcollab.com", "bbcollab.cloud"]), Shapes(&[
        "guest/{any}", "invite/{any}", "launch/{any}",
        "collab/ui/session/guest/{any}/{rest}", "collab/ui/session/join/{any}/{rest}",
    ])),
    row(BlueJeans, Meeting, Under(&["bluejeans.com"]), Shapes(&["{id}", "{id}/{any}", "{id}/{id}/{any}"])),
    row(BlueJeans, Meeting, These(&["primetime.bluejeans.com"]), Shapes(&["a2m/live-event/{any}"])),
    row(Butter, Room, These(&["room.butter.us"]), Shapes(&["{room}", "{room}/{any}"])),
    row(CalVideo, Meeting, These(&["app.cal.com", "cal.com"]), Shapes(&["video/{any}"])),
    row(Chorus, Meeting, These(&["go.chorus.ai"]), Shapes(&["{room}"])),
    row(ClickMeeting, Room, Accounts(&["clickmeeting.com"]), Shapes(&["{room}"])),
    row(CoScreen, Meeting, These(&["join.coscreen.co"]), Shapes(&["{room}/{rest}"])),
    row(Daily, Room, Accounts(&["daily.co"]), Shapes(&["{room}"])),
    row(Demio, Meeting, These(&["event.demio.com"]), Shapes(&["ref/{any}", "join/{any}"])),
    row(Demodesk, Meeting, These(&["demodesk.com"]), Shapes(&["meet/{any}", "{code}"])),
    row(DingTalk, Meeting, These(&["meeting.dingtalk.com"]), Shapes(&["j/{any}"])),
    row(DoxyMe, Room, These(&["doxy.me", "www.doxy.me"]), Shapes(&["{room}"])),
    row(DoxyMe, Room, Accounts(&["doxy.me"]), Shapes(&["{room}"])),
    row(ElementCall, Meeting, These(&["call.element.io"]), Shapes(&["room/{rest}#/", "room/{rest}#?", "{room}"])),
    row(FreeConferenceCall, Room, These(&["join.freeconferencecall.com"]), Shapes(&["{room}"])),
    row(FreeConferenceCall, Room, These(&["www.freeconferencecall.com"]), Shapes(&["wall/{room}"])),
    row(Gather, Room, These(&["gather.town", "app.gather.town", "app.v2.gather.town"]), Shapes(&["app/{any}/{any}"])),
    row(GlobalMeet, Room, Accounts(&["globalmeet.com"]), Shapes(&["{room}"])),
    row(Gong, Meeting, Under(&["join.gong.io"]), Shapes(&["{room}/{rest}"])),
    row(Hopin, Meeting, These(&["hopin.com", "app.hopin.com", "events.ringcentral.com"]), Shapes(&[
        "events/{any}/reception", "events/{any}/stages/{rest}",
        "events/{any}/sessions/{rest}", "events/{any}/network",
    ])),
    row(Huddle01, Meeting, These(&["huddle01.app", "huddle01.com"]), Shapes(&["room/{any}/{rest}"])),
    row(Jam, Room, These(&["jam.systems"]), Shapes(&["{room}"])),
    row(JioMeet, Meeting, These(&["jiomeetpro.jio.com", "jiomeet.jio.com"]), Shapes(&["{any}?meetingId"])),
    row(JoinMe, Room, These(&["join.me", "www.join.me"]), Shapes(&["{room}"])),
    row(KonturTalk, Room, Accounts(&["ktalk.ru"]), Shapes(&["{room}"])),
    row(Kumospace, Room, These(&["kumospace.com", "www.kumospace.com", "app.kumospace.com"]),
        Shapes(&["{room}", "{room}/{any}"])),
    row(Lifesize, Meeting, These(&["call.lifesizecloud.com", "call.lifesize.com"]),
        Shapes(&["{id}/{rest}", "otm/{id}"])),
    row(LiveKitMeet, Meeting, These(&["meet.livekit.io", "meet-staging.livekit.io"]), Shapes(&["rooms/{any}"])),
    row(Livestorm, Meeting, These(&["app.livestorm.co", "app.livestorm.com"]), Shapes(&["p/{any}/{rest}", "{room}/{any}/live?s"])),
    row(LiveWebinar, Meeting, These(&["app.livewebinar.com"]), Shapes(&["{code}"])),
    row(Luma, Meeting, These(&["lu.ma", "luma.com"]), Shapes(&["join/{any}"])),
    row(Meetecho, Meeting, These(&["meetings.conf.meetecho.com"]), Shapes(&["{room}/{rest}"])),
    row(Messenger, Chat, These(&["msngr.com"]), Shapes(&["{room}"])),
    row(Messenger, Chat, These(&["www.messenger.com", "messenger.com", "www.facebook.com", "m.facebook.com"]),
        Shapes(&["groupcall/{any}/{rest}"])),
    row(MiroTalk, Meeting, These(&["p2p.mirotalk.com", "sfu.mirotalk.com", "c2c.mirotalk.com", "bro.mirotalk.com"]),
        Shapes(&["join/{any}", "join?room"])),
    row(Ovice, Room, Accounts(&["ovice.in", "ovice.com"]), Shapes(&["", "{room}/{rest}"])),
    row(Pexip, Room, These(&["pexip.me"]), Shapes(&["meet/{any}"])),
    row(Pop, Meeting, These(&["pop.com"]), Shapes(&["j/{any}"])),
    row(Preply, Room, These(&["preply.com"]), Shapes(&[
        "classroom/{any}/{rest}", "{any}/classroom/{any}/{rest}", "{any}/chat/t-room/{any}",
    ])),
    row(ProtonMeet, Meeting, These(&["meet.proton.me"]), Shapes(&["join/{any}", "guest/join/{any}", "u/{id}/join/{any}"])),
    row(Pumble, Meeting, These(&["meet.pumble.com"]), Shapes(&["{room}"])),
    row(Reclaim, Meeting, These(&["reclaim.ai"]), Shapes(&["z/{any}/{rest}"])),
    row(Remo, Room, These(&["live.remo.co"]), Shapes(&["e/{any}"])),
    row(Ringover, Meeting, These(&["meet.ringover.com", "meet.ringover.io"]), Shapes(&["{room}"])),
    row(Riverside, Room, These(&["riverside.fm", "riverside.com", "www.riverside.fm"]), Shapes(&["studio/{any}"])),
    row(SberJazz, Meeting, These(&["salutejazz.ru", "jazz.sber.ru", "jazz.sberbank.ru"]),
        Shapes(&["{code}", "{room}?psw", "calls/{any}"])),
    row(Signal, Chat, These(&["signal.link"]), Shapes(&["call#key="])),
    row(SpatialChat, Room, These(&["spatial.chat", "app.spatial.chat"]), Shapes(&["s/{any}"])),
    row(StarLeaf, Meeting, These(&["meet.starleaf.com"]), Shapes(&["{id}/{rest}"])),
    row(StreamYard, Meeting, These(&["streamyard.com", "www.streamyard.com"]), Shapes(&["guest/{any}", "{code}"])),
    row(SuitConference, Meeting, Under(&["conference.istesuit.com"]), Shapes(&["{room}/{rest}"])),
    row(TeamViewerMeeting, Meeting, These(&["go.teamviewer.com", "go.blizz.com", "meeting.teamviewer.com"]),
        Shapes(&["join/{any}", "{room}/{code}"])),
    row(Teemyco, Room, These(&["app.teemyco.com"]), Shapes(&["room/{any}/{rest}"])),
    row(Telegram, Chat, These(&["t.me"]),
        Shapes(&["call/{any}", "{room}?videochat", "{room}?voicechat", "{room}?livestream"])),
    row(TencentMeeting, Meeting, These(&["meeting.tencent.com", "voovmeeting.com", "www.voovmeeting.com"]),
        Shapes(&["dm/{any}", "dw/{any}", "s/{any}"])),
    row(TencentMeeting, Room, These(&["meeting.tencent.com", "voovmeeting.com", "www.voovmeeting.com"]),
        Shapes(&["p/{any}"])),
    row(Tuple, Room, These(&["tuple.app"]), Shapes(&["c/{any}"])),
    row(UserZoom, Meeting, These(&["go.userzoom.com"]), Shapes(&["participate/{any}"])),
    row(Venue, Meeting, These(&["app.venue.live"]), Shapes(&["app/{any}/{rest}"])),
    row(Vimeo, Meeting, These(&["vimeo.com"]), Shapes(&["event/{id}", "event/{id}/{any}"])),
    row(Vimeo, Meeting, These(&["venues.vimeo.com"]), Shapes(&["{room}/{rest}"])),
    row(VisioLaSuite, Meeting, These(&["visio.numerique.gouv.fr"]), Own(joins_visio)),
    row(VkCalls, Meeting, These(&["vk.com", "m.vk.com", "vk.ru", "vk.me"]), Shapes(&["call/join/{any}"])),
    row(Vonage, Meeting, These(&["meetings.vonage.com"]), Shapes(&["{id}", "?room_token"])),
    row(Vowel, Meeting, Under(&["vowel.com"]), Shapes(&["#/g/"])),
    row(VSee, Room, These(&["vsee.com", "my.vsee.com"]), Shapes(&["c/{any}"])),
    row(WhatsApp, Chat, These(&["call.whatsapp.com"]), Shapes(&["video/{any}", "voice/{any}"])),
    row(Workplace, Chat, Under(&["workplace.com"]), Shapes(&["groupcall/{any}/{rest}"])),
    row(Telemost, Meeting, These(&["telemost.yandex.ru", "telemost.yandex.com", "telemost.360.yandex.ru"]),
        Shapes(&["j/{id}"])),
    row(Zep, Room, These(&["zep.us"]), Shapes(&["play/{any}"])),
    row(Zhumu, Meeting, These(&["welink.zhumu.com", "zhumu.com", "www.zhumu.com"]), Shapes(&["j/{id}"])),
];
