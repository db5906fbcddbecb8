//! What somebody needs to join by typing or by telephone.
//!
//! Labels are in the organiser's language, so values are recognised by their shape; a few labels
//! help where shapes are not enough.

use serde::{Deserialize, Serialize};

use crate::event::{Body, Event};
use crate::html;

/// Numbers and codes of an online meeting, as text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MeetingTexts {
    /// Meeting id, with its spaces.
    pub meeting_id: Option<String>,
    /// Passcode.
    pub passcode: Option<String>,
    /// A number to dial, with the conference id behind commas where the invitation gives it so.
    pub dial_in: Option<String>,
    /// Conference id of the telephone conference, without its `#`.
    pub conference_id: Option<String>,
}

/// The numbers and codes of an event: those that the provider gave as data, else those that the
/// description shows.
pub fn meeting_texts(event: &Event) -> MeetingTexts {
    meeting_texts_in(event, super::read(event).as_ref())
}

/// The same, of an event whose description in HTML was read.
pub(super) fn meeting_texts_in(event: &Event, reading: Option<&html::Reading>) -> MeetingTexts {
    let shown = match (&event.body, reading) {
        (Some(Body::Text(body)), _) => read(html::capped(body)),
        (_, Some(reading)) => read(&reading.text),
        _ => MeetingTexts::default(),
    };
    let Some(online) = &event.online else {
        return shown;
    };
    let given = |text: &Option<String>| {
        text.as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    MeetingTexts {
        meeting_id: given(&online.meeting_id).or(shown.meeting_id),
        passcode: given(&online.passcode).or(shown.passcode),
        dial_in: given(&online.dial_in).or(shown.dial_in),
        conference_id: given(&online.conference_id).or(shown.conference_id),
    }
}

fn read(text: &str) -> MeetingTexts {
    let mut texts = MeetingTexts::default();
    let mut after_id = false;
    let mut behind_number = None;
    for line in text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && line.len() <= 400)
    {
        if let Some((number, conference)) = telephone(line) {
            texts.dial_in.get_or_insert(number);
            behind_number = behind_number.or(conference);
            continue;
        }
        if let Some(id) = conference_id(line) {
            texts.conference_id.get_or_insert(id);
            continue;
        }
        // Both values below stand behind a label.
        if !line.contains([':', '：']) {
            after_id = false;
            continue;
        }
        // The passcode may follow on the same line.
        let (line, same_line) = split_passcode(line);
        if texts.meeting_id.is_none()
            && let Some(id) = meeting_id(line)
        {
            texts.meeting_id = Some(id);
            texts.passcode = texts.passcode.or_else(|| same_line.and_then(passcode));
            after_id = true;
            continue;
        }
        if texts.passcode.is_none() && (after_id || same_line.is_some()) {
            texts.passcode = same_line.or(Some(line)).and_then(passcode);
        }
        after_id = false;
    }
    texts.conference_id = texts.conference_id.or(behind_number);
    // Other things have passwords too.
    texts.passcode = texts.passcode.filter(|_| texts.meeting_id.is_some());
    texts
}

const PASSCODE_LABELS: [&str; 12] = [
    "passcode",
    "password",
    "kenncode",
    "kennwort",
    "passwort",
    "code secret",
    "mot de passe",
    "código de acceso",
    "contraseña",
    "wachtwoordcode",
    "codice di accesso",
    "senha",
];

/// A line, cut where a passcode's label begins.
fn split_passcode(line: &str) -> (&str, Option<&str>) {
    // Lower-casing ASCII alone keeps every byte in its place.
    let lower = line.to_ascii_lowercase();
    let cut = PASSCODE_LABELS
        .iter()
        .filter_map(|label| lower.find(label))
        .min();
    match cut.and_then(|at| line.split_at_checked(at)) {
        Some((head, tail)) => (head.trim_end(), Some(tail)),
        None => (line, None),
    }
}

/// `Label: code`: one word of letters and digits.
fn passcode(line: &str) -> Option<String> {
    let (_, value) = line.split_once([':', '：'])?;
    let value = value.trim();
    let sound = (3..=32).contains(&value.len())
        && !value.contains(char::is_whitespace)
        && !value.contains("//");
    sound.then(|| value.to_owned())
}

/// `Label: 227 921 734 315 68`: nine to fifteen digits in groups.
fn meeting_id(line: &str) -> Option<String> {
    let (_, value) = line.split_once([':', '：'])?;
    let value = value.trim();
    let groups: Vec<&str> = value
        .split([' ', '\u{a0}', '-'])
        .filter(|group| !group.is_empty())
        .collect();
    let in_groups = groups.len() > 1 && groups.iter().all(|group| (1..=4).contains(&group.len()));
    let digits: usize = groups.iter().map(|group| group.len()).sum();
    let sound = value
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_digit())
        && groups
            .iter()
            .all(|group| group.bytes().all(|byte| byte.is_ascii_digit()))
        && (in_groups || groups.len() == 1)
        && (9..=15).contains(&digits);
    sound.then(|| groups.join(" "))
}

/// `766 918 553#`, alone or behind a label: six to twelve digits in groups, then `#`.
fn conference_id(line: &str) -> Option<String> {
    let (head, _) = line.split_once('#')?;
    let start = head.rfind(|c: char| !(c.is_ascii_digit() || c == ' ' || c == '\u{a0}'));
    let value = start.and_then(|at| head.get(at..)).map_or(head, |tail| {
        tail.trim_start_matches(|c: char| !c.is_ascii_digit())
    });
    let groups: Vec<&str> = value
        .split([' ', '\u{a0}'])
        .filter(|group| !group.is_empty())
        .collect();
    let digits: usize = groups.iter().map(|group| group.len()).sum();
    ((6..=12).contains(&digits)).then(|| groups.join(" "))
}

/// `+1 323-849-4874,,766918553#`: a number with its country code, and the conference id if it
/// follows behind commas.
fn telephone(line: &str) -> Option<(String, Option<String>)> {
    let plus = line.find('+')?;
    let (before, rest) = line.split_at_checked(plus)?;
    // A number opens its line, or follows a short label such as `(US)` or `Phone:`.
    if before.contains("//") || before.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let end = rest
        .find(|c: char| !(c.is_ascii_digit() || "+-.() \u{a0},#*".contains(c)))
        .unwrap_or(rest.len());
    let run = rest.get(..end)?;
    let (number, extension) = match run.split_once(",,") {
        Some((number, tail)) => (
            number,
            Some(tail.split_once('#').map_or(tail, |(digits, _)| digits)),
        ),
        None => (run.split(['#', ',', '*']).next().unwrap_or(run), None),
    };
    let number = number
        .trim_end_matches(|c: char| !c.is_ascii_digit())
        .trim();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    if !(7..=15).contains(&digits) {
        return None;
    }
    match extension
        .map(|id| id.trim_matches([',', ' ', '*']))
        .filter(|id| (4..=12).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit()))
    {
        Some(id) => Some((format!("{number},,{id}#"), Some(id.to_owned()))),
        None => Some((
            number.to_owned(),
            conference_id(rest.get(end..).unwrap_or("")),
        )),
    }
}
