//! Teams meetings: links, dial-in data and the block in the invitation's body.
//!
//! The short link is the default for scheduled meetings since January 2026 (MC772556); the
//! classic one names thread, tenant and organiser.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use rand::RngCore;
use serde_json::{Value, json};

use crate::cloud::Cloud;
use crate::ids;

/// A generated meeting.
pub(crate) struct Meeting {
    /// `onlineMeetingInfo`.
    pub(crate) info: Value,
    /// The block that Outlook appends to the body.
    pub(crate) block: String,
}

/// Which kind of join link to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkForm {
    Short,
    Classic,
}

/// A new meeting of an organiser.
pub(crate) fn meeting(
    form: LinkForm,
    cloud: Cloud,
    tenant: &str,
    organizer: &str,
    rng: &mut dyn RngCore,
) -> Meeting {
    let meeting_id = ids::digits(rng, 14);
    let passcode: String = ids::secret(rng)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(8)
        .collect();
    let conference = ids::digits(rng, 9);
    let host = cloud.teams();
    let join = match form {
        LinkForm::Short => {
            let hash: String = ids::secret(rng)
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .take(20)
                .collect();
            format!("https://{host}/meet/{meeting_id}?p={hash}")
        }
        LinkForm::Classic => {
            let thread = STANDARD_NO_PAD.encode(ids::uuid(rng));
            format!(
                "https://{host}/l/meetup-join/19%3ameeting_{thread}%40thread.v2/0?context=%7b%22Tid%22%3a%22{tenant}%22%2c%22Oid%22%3a%22{organizer}%22%7d"
            )
        }
    };
    let toll = "+49 69 1234 5678";
    let dial: String = toll.chars().filter(|c| !c.is_whitespace()).collect();
    let info = json!({
        "joinUrl": join,
        "conferenceId": conference,
        "tollNumber": toll,
        "tollFreeNumbers": ["+49 800 123 4567"],
        "quickDial": format!("{dial},,{conference}#"),
        "phones": [{"number": toll, "type": "other"}],
    });
    Meeting {
        block: block(&join, &meeting_id, &passcode, toll, &conference),
        info,
    }
}

fn grouped(digits: &str) -> String {
    let chars: Vec<char> = digits.chars().collect();
    let groups: Vec<String> = chars
        .chunks(3)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}

fn block(join: &str, meeting_id: &str, passcode: &str, toll: &str, conference: &str) -> String {
    let line = "_".repeat(80);
    let href = join.replace('&', "&amp;");
    let dial: String = toll.chars().filter(|c| !c.is_whitespace()).collect();
    format!(
        "<div style=\"width:100%\"><span style=\"white-space:nowrap; color:#5F5F5F; opacity:.36\">{line}</span></div>\r\n\
<div class=\"me-email-text\" lang=\"en-GB\" style=\"max-width:1024px; color:#242424; font-family:'Segoe UI','Helvetica Neue',Helvetica,Arial,sans-serif\">\r\n\
<div style=\"margin-bottom:24px\"><span style=\"font-size:24px; font-weight:700\">Microsoft Teams meeting</span></div>\r\n\
<div style=\"margin-bottom:6px\"><a class=\"me-email-headline\" href=\"{href}\" id=\"meet_invite_block.action.join_link\" style=\"font-size:20px; color:#5B5FC7\">Join the meeting now</a></div>\r\n\
<div style=\"margin-bottom:6px\"><span style=\"font-size:14px; color:#616161\">Meeting ID: </span><span style=\"font-size:14px; color:#242424\">{}</span></div>\r\n\
<div style=\"margin-bottom:32px\"><span style=\"font-size:14px; color:#616161\">Passcode: </span><span style=\"font-size:14px; color:#242424\">{passcode}</span></div>\r\n\
<div style=\"margin-bottom:4px\"><span style=\"font-size:16px; font-weight:600\">Dial in by phone</span></div>\r\n\
<div style=\"margin-bottom:6px\"><a href=\"tel:{dial},,{conference}\" style=\"font-size:14px; color:#5B5FC7\">{toll},,{conference}#</a> <span style=\"font-size:14px; color:#616161\">Germany, Frankfurt am Main</span></div>\r\n\
<div style=\"margin-bottom:12px\"><a href=\"https://dialin.teams.microsoft.com/local?id={conference}\" style=\"font-size:12px; color:#5B5FC7\">Find a local number</a></div>\r\n\
<div style=\"margin-bottom:24px\"><span style=\"font-size:14px; color:#616161\">Phone conference ID: </span><span style=\"font-size:14px; color:#242424\">{}#</span></div>\r\n\
<div style=\"margin-top:20px; font-size:12px; color:#616161\">For organizers: <a href=\"https://teams.microsoft.com/meetingOptions/?language=en-GB\">Meeting options</a> | <a href=\"https://dialin.teams.microsoft.com/usp/pstnconferencing\">Reset dial-in PIN</a></div>\r\n\
</div>\r\n\
<div style=\"width:100%\"><span style=\"white-space:nowrap; color:#5F5F5F; opacity:.36\">{line}</span></div>\r\n",
        grouped(meeting_id),
        grouped(conference),
    )
}

/// `html` with the block before its end.
pub(crate) fn append(html: &str, block: &str) -> String {
    match html
        .rfind("</body>")
        .and_then(|at| html.split_at_checked(at))
    {
        Some((before, after)) => format!("{before}{block}{after}"),
        None => format!("{html}{block}"),
    }
}

/// Whether a body still holds the join link. Writing a body without it disables the online
/// meeting (Graph `event: update`).
pub(crate) fn holds_link(html: &str, join: &str) -> bool {
    html.replace("&amp;", "&").contains(join)
}
