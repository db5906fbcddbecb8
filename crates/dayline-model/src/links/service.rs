//! The meeting services by name. How each one's links look is in `recognise`.

use serde::{Deserialize, Serialize};

macro_rules! services {
    ($($(#[$doc:meta])* $variant:ident $key:literal $name:literal;)*) => {
        /// A service that holds online meetings.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Service {
            $($(#[$doc])* #[serde(rename = $key)] $variant,)*
        }

        impl Service {
            /// Every service.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name for people.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Its name for storage; never changes.
            pub fn key(&self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }
        }
    };
}

services! {
    /// Microsoft Teams, in every cloud, for work and for private use.
    MicrosoftTeams "teams" "Microsoft Teams";
    /// Google Meet, and what became of Hangouts and Duo.
    GoogleMeet "meet" "Google Meet";
    /// Zoom, in every cloud.
    Zoom "zoom" "Zoom";
    /// Cisco Webex.
    Webex "webex" "Webex";
    /// meet.jit.si and other public servers that run Jitsi Meet.
    JitsiMeet "jitsi" "Jitsi Meet";
    /// 8x8.
    EightByEight "8x8" "8x8";
    /// GoTo Meeting and GoTo Webinar.
    GoTo "goto" "GoTo";
    /// Whereby.
    Whereby "whereby" "Whereby";
    /// Amazon Chime.
    AmazonChime "chime" "Amazon Chime";
    /// RingCentral.
    RingCentral "ringcentral" "RingCentral";
    /// A huddle in Slack.
    SlackHuddle "slack" "Slack huddle";
    /// A voice channel in Discord.
    Discord "discord" "Discord";
    /// Skype for Business Online.
    SkypeForBusiness "skype-business" "Skype for Business";
    /// FaceTime.
    FaceTime "facetime" "FaceTime";
    /// Zoho Meeting.
    ZohoMeeting "zoho" "Zoho Meeting";
    /// Lark and Feishu.
    Lark "lark" "Lark";
    /// Dialpad, and UberConference before it.
    Dialpad "dialpad" "Dialpad";
    /// Skype for private use.
    Skype "skype" "Skype";
    /// Adobe Connect.
    AdobeConnect "adobe-connect" "Adobe Connect";
    /// Airmeet.
    Airmeet "airmeet" "Airmeet";
    /// Around.
    Around "around" "Around";
    /// Public servers that run BigBlueButton.
    BigBlueButton "bigbluebutton" "BigBlueButton";
    /// Blackboard Collaborate.
    BlackboardCollaborate "bbcollab" "Blackboard Collaborate";
    /// BlueJeans.
    BlueJeans "bluejeans" "BlueJeans";
    /// Brave Talk.
    BraveTalk "brave-talk" "Brave Talk";
    /// Butter.
    Butter "butter" "Butter";
    /// Cal Video.
    CalVideo "cal-video" "Cal Video";
    /// Chorus.
    Chorus "chorus" "Chorus";
    /// ClickMeeting.
    ClickMeeting "clickmeeting" "ClickMeeting";
    /// CoScreen.
    CoScreen "coscreen" "CoScreen";
    /// Daily.
    Daily "daily" "Daily";
    /// Demio.
    Demio "demio" "Demio";
    /// Demodesk.
    Demodesk "demodesk" "Demodesk";
    /// DingTalk.
    DingTalk "dingtalk" "DingTalk";
    /// Doxy.me.
    DoxyMe "doxy-me" "Doxy.me";
    /// Element Call.
    ElementCall "element-call" "Element Call";
    /// FreeConferenceCall.com.
    FreeConferenceCall "freeconferencecall" "FreeConferenceCall";
    /// Gather.
    Gather "gather" "Gather";
    /// GlobalMeet.
    GlobalMeet "globalmeet" "GlobalMeet";
    /// Gong.
    Gong "gong" "Gong";
    /// Hopin, now RingCentral Events.
    Hopin "hopin" "Hopin";
    /// Huddle01.
    Huddle01 "huddle01" "Huddle01";
    /// Jam.
    Jam "jam" "Jam";
    /// JioMeet.
    JioMeet "jiomeet" "JioMeet";
    /// join.me.
    JoinMe "join-me" "join.me";
    /// kMeet of Infomaniak.
    KMeet "kmeet" "kMeet";
    /// Kontur Talk.
    KonturTalk "kontur-talk" "Kontur Talk";
    /// Kumospace.
    Kumospace "kumospace" "Kumospace";
    /// Lifesize.
    Lifesize "lifesize" "Lifesize";
    /// LiveKit Meet.
    LiveKitMeet "livekit" "LiveKit Meet";
    /// Livestorm.
    Livestorm "livestorm" "Livestorm";
    /// LiveWebinar.
    LiveWebinar "livewebinar" "LiveWebinar";
    /// Luma's own video meetings; its event pages join nothing.
    Luma "luma" "Luma";
    /// Meetecho, where the IETF meets.
    Meetecho "meetecho" "Meetecho";
    /// Messenger calls and rooms.
    Messenger "messenger" "Messenger";
    /// MiroTalk.
    MiroTalk "mirotalk" "MiroTalk";
    /// oVice.
    Ovice "ovice" "oVice";
    /// pexip.me.
    Pexip "pexip" "Pexip";
    /// Pop.
    Pop "pop" "Pop";
    /// Preply's classroom.
    Preply "preply" "Preply";
    /// Proton Meet.
    ProtonMeet "proton-meet" "Proton Meet";
    /// Pumble.
    Pumble "pumble" "Pumble";
    /// Zoom links of Reclaim.
    Reclaim "reclaim" "Reclaim";
    /// Remo.
    Remo "remo" "Remo";
    /// Ringover.
    Ringover "ringover" "Ringover";
    /// Riverside.
    Riverside "riverside" "Riverside";
    /// SberJazz.
    SberJazz "sberjazz" "SberJazz";
    /// Signal call links.
    Signal "signal" "Signal";
    /// SpatialChat.
    SpatialChat "spatialchat" "SpatialChat";
    /// StarLeaf.
    StarLeaf "starleaf" "StarLeaf";
    /// StreamYard.
    StreamYard "streamyard" "StreamYard";
    /// Suit Conference.
    SuitConference "suit" "Suit Conference";
    /// TeamViewer Meeting, and Blizz before it.
    TeamViewerMeeting "teamviewer" "TeamViewer Meeting";
    /// Teemyco.
    Teemyco "teemyco" "Teemyco";
    /// Telegram calls and video chats.
    Telegram "telegram" "Telegram";
    /// Tencent Meeting and VooV.
    TencentMeeting "tencent" "Tencent Meeting";
    /// Tuple.
    Tuple "tuple" "Tuple";
    /// UserZoom sessions.
    UserZoom "userzoom" "UserZoom";
    /// Venue.
    Venue "venue" "Venue";
    /// Vimeo's live events.
    Vimeo "vimeo" "Vimeo";
    /// Visio of La Suite numérique.
    VisioLaSuite "visio" "Visio";
    /// VK calls.
    VkCalls "vk-calls" "VK Calls";
    /// Vonage Meetings.
    Vonage "vonage" "Vonage";
    /// Vowel.
    Vowel "vowel" "Vowel";
    /// VSee.
    VSee "vsee" "VSee";
    /// WhatsApp call links.
    WhatsApp "whatsapp" "WhatsApp";
    /// Calls in Workplace from Meta.
    Workplace "workplace" "Workplace";
    /// Yandex Telemost.
    Telemost "telemost" "Yandex Telemost";
    /// ZEP.
    Zep "zep" "ZEP";
    /// Zhumu.
    Zhumu "zhumu" "Zhumu";
    /// Meetings in Zoho Cliq.
    ZohoCliq "zoho-cliq" "Zoho Cliq";
    /// A service that the user told Dayline of, by a [`Pattern`](super::Pattern).
    Custom "custom" "Own pattern";
}

impl Service {
    /// Whether it is Microsoft Teams.
    pub fn is_teams(&self) -> bool {
        *self == Self::MicrosoftTeams
    }

    /// The service of a [`Service::key`].
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|service| service.key() == key)
            .copied()
    }
}
