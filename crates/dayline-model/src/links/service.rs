//! The meeting services, and how each one's links look.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

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
    /// Google Meet.
    GoogleMeet "meet" "Google Meet";
    /// Zoom.
    Zoom "zoom" "Zoom";
    /// Cisco Webex.
    Webex "webex" "Webex";
    /// meet.jit.si.
    JitsiMeet "jitsi" "Jitsi Meet";
    /// 8x8.
    EightByEight "8x8" "8x8";
    /// GoTo Meeting.
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
    /// Dialpad.
    Dialpad "dialpad" "Dialpad";
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

/// The service whose meeting a link joins; `None` for any other page, of the same host too.
pub(crate) fn recognise(url: &Url) -> Option<Service> {
    if url.scheme() != "https" || url.port().is_some() {
        return None;
    }
    let Some(Host::Domain(host)) = url.host() else {
        return None;
    };
    let path: Vec<&str> = url
        .path()
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    let path = path.as_slice();
    let under = |domain: &str| {
        host.strip_suffix(domain)
            .is_some_and(|left| left.is_empty() || left.ends_with('.'))
    };
    match host {
        "teams.microsoft.com"
        | "gov.teams.microsoft.com"
        | "gov.teams.microsoft.us"
        | "teams.microsoft.us"
        | "dod.teams.microsoft.us"
        | "teams.microsoftonline.cn"
        | "teams.cloud.microsoft"
        | "teams.live.com" => joins_teams(url, path).then_some(Service::MicrosoftTeams),
        "meet.google.com" => joins_meet(path).then_some(Service::GoogleMeet),
        "g.co" => matches!(path, ["meet", _]).then_some(Service::GoogleMeet),
        "meet.jit.si" => matches!(path, [_] | [_, _]).then_some(Service::JitsiMeet),
        "8x8.vc" => matches!(path, [_] | [_, _]).then_some(Service::EightByEight),
        "meet.goto.com" | "gotomeet.me" | "www.gotomeet.me" => {
            matches!(path, [_] | [_, _]).then_some(Service::GoTo)
        }
        "global.gotomeeting.com" => {
            matches!(path, ["join", id, ..] if digits(id)).then_some(Service::GoTo)
        }
        "app.goto.com" => matches!(path, ["meeting", _, ..]).then_some(Service::GoTo),
        "chime.aws" => matches!(path, [_]).then_some(Service::AmazonChime),
        "app.chime.aws" => matches!(path, ["meetings", _, ..]).then_some(Service::AmazonChime),
        "v.ringcentral.com" => matches!(path, ["join", _, ..]).then_some(Service::RingCentral),
        "meetings.ringcentral.com" => matches!(path, ["j", _, ..]).then_some(Service::RingCentral),
        "app.slack.com" => matches!(path, ["huddle", _, _, ..]).then_some(Service::SlackHuddle),
        "discord.gg" => matches!(path, [_]).then_some(Service::Discord),
        "discord.com" => {
            matches!(path, ["channels", _, _] | ["invite", _]).then_some(Service::Discord)
        }
        "meet.lync.com" | "join.skype.com" => {
            (!path.is_empty()).then_some(Service::SkypeForBusiness)
        }
        "facetime.apple.com" => matches!(path, ["join", ..]).then_some(Service::FaceTime),
        "meet.zoho.com" | "meet.zoho.eu" => matches!(path, [_]).then_some(Service::ZohoMeeting),
        "vc.larksuite.com" | "vc.feishu.cn" => matches!(path, ["j", _]).then_some(Service::Lark),
        "meetings.dialpad.com" => matches!(path, [_] | ["room", _]).then_some(Service::Dialpad),
        _ if under("zoom.us") || under("zoom.com") || under("zoomgov.com") => {
            joins_zoom(path).then_some(Service::Zoom)
        }
        _ if under("webex.com") => joins_webex(url, path).then_some(Service::Webex),
        _ if under("whereby.com") => joins_whereby(path).then_some(Service::Whereby),
        _ => None,
    }
}

fn joins_teams(url: &Url, path: &[&str]) -> bool {
    let query = |name: &str| {
        url.query_pairs()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    };
    let filled = |name: &str| query(name).is_some_and(|value| !value.is_empty());
    match path {
        ["l", "meetup-join", thread, ..] => !thread.is_empty(),
        // Without its passcode a short link asks for one, so it joins nothing.
        ["meet", id] => digits(id) && filled("p"),
        ["dl", "launcher", "launcher.html"] => query("url").is_some_and(|inner| {
            let inner = inner.trim_start_matches("/_#");
            inner.starts_with("/l/meetup-join/") || inner.starts_with("/meet/")
        }),
        ["light-meetings", "launch"] => filled("coords"),
        // The web client's own address: the route stands behind the hash.
        ["_"] => url
            .fragment()
            .is_some_and(|route| route.starts_with("/l/meetup-join/")),
        _ => false,
    }
}

fn joins_meet(path: &[&str]) -> bool {
    let code = |text: &str| {
        let parts: Vec<&str> = text.split('-').collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        lengths == [3, 4, 3]
            && parts
                .iter()
                .all(|part| part.bytes().all(|byte| byte.is_ascii_alphabetic()))
    };
    match path {
        [text] => code(text),
        ["lookup", name] => !name.is_empty(),
        _ => false,
    }
}

fn joins_zoom(path: &[&str]) -> bool {
    match path {
        ["j" | "s" | "w" | "e", id] | ["wc", id, "join" | "start"] | ["wc", "join", id] => {
            digits(id)
        }
        ["my", name] => !name.is_empty(),
        _ => false,
    }
}

fn joins_webex(url: &Url, path: &[&str]) -> bool {
    match path {
        ["meet" | "join" | "m" | "wbxmjs", _, ..]
        | [_, "meet" | "m", _]
        | ["webappng", "sites", _, "meeting", ..] => true,
        [_, "j.php"] => url.query().is_some_and(|query| query.contains("MTID=")),
        _ => false,
    }
}

fn joins_whereby(path: &[&str]) -> bool {
    const PAGES: [&str; 8] = [
        "blog",
        "information",
        "pricing",
        "user",
        "org",
        "product",
        "login",
        "signup",
    ];
    matches!(path, [room] if !PAGES.contains(room))
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.len() <= 24 && text.bytes().all(|byte| byte.is_ascii_digit())
}
