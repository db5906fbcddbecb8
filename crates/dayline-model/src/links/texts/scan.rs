//! Reading a description line by line.

use std::borrow::Cow;

use super::lines::{Pair, Value, bare_value, normal, pairs};
use super::numbers::{conference_id, dialled, digits, grouped, telephone};
use super::words::{Label, classify};
use super::{Evidence, MeetingTexts};

/// The longest line that is looked at, in bytes.
const LONGEST_LINE: usize = 2_000;
/// Lines after a meeting's heading or link in which its numbers stand.
const NEAR: usize = 8;
/// Lines after a meeting id in which a passcode with a known label stands.
const PASSCODE_WITHIN: usize = 4;
/// Lines after a telephone number in which the conference id makes sure of it.
const CONFERENCE_WITHIN: usize = 6;
/// Lines after a device's address that are about the device.
const DEVICE_LINES: usize = 2;
const MEETING_ID: std::ops::RangeInclusive<usize> = 9..=17;
/// Digits that a meeting id with an unknown label has at least.
const SUREST: usize = 10;

pub(super) fn read(text: &str, evidence: &Evidence) -> MeetingTexts {
    let mut scan = Scan {
        texts: MeetingTexts::default(),
        evidence,
        label: None,
        near: 0,
        since_id: None,
        unsure_id: None,
        device: 0,
        call: None,
        behind_number: None,
    };
    for line in text.lines() {
        if line.len() > LONGEST_LINE {
            continue;
        }
        let line = normal(line);
        if !line.is_empty() {
            scan.line(&line);
        }
    }
    scan.finish()
}

struct Scan<'a> {
    texts: MeetingTexts,
    evidence: &'a Evidence,
    /// The line before, if it may be the label of this one.
    label: Option<String>,
    /// Lines left that are near a meeting's heading or link.
    near: usize,
    /// Lines since the meeting id.
    since_id: Option<usize>,
    /// Digits behind an unknown label, which are the meeting id if a passcode follows.
    unsure_id: Option<String>,
    /// Lines left that are about a device.
    device: usize,
    /// The first of the telephone numbers before this line, and the lines since the last one.
    call: Option<(String, usize)>,
    /// A conference id behind a number's commas.
    behind_number: Option<String>,
}

impl Scan<'_> {
    fn line(&mut self, line: &str) {
        self.age();
        if is_fence(line) || (self.evidence.has_link && line.contains("://")) {
            self.near = NEAR;
        }
        if is_fence(line) {
            // What was before is another part, such as a signature.
            self.call = None;
        }
        // Numbers in links are no values.
        let line = &*without_links(line);
        if let Some(found) = dialled(line) {
            let conference = found.conference.to_owned();
            self.texts
                .dial_in
                .get_or_insert_with(|| format!("{},,{conference}#", found.number));
            self.behind_number.get_or_insert(conference);
            self.call = None;
            let (before, after) = (found.before.to_owned(), found.after.to_owned());
            self.values(before.trim());
            self.values(after.trim());
            return;
        }
        if let Some((number, after)) = telephone(line) {
            let is_next = matches!(&self.call, Some((_, 1)));
            match &mut self.call {
                Some((_, age)) if is_next => *age = 0,
                call => *call = Some((number.to_owned(), 0)),
            }
            if let Some(id) = conference_id(after) {
                self.conference(id);
            }
            self.label = None;
            return;
        }
        self.values(line);
    }

    fn age(&mut self) {
        self.near = self.near.saturating_sub(1);
        self.since_id = self.since_id.map(|lines| lines + 1);
        self.device = self.device.saturating_sub(1);
        self.call = self
            .call
            .take()
            .map(|(number, lines)| (number, lines + 1))
            .filter(|(_, lines)| *lines <= CONFERENCE_WITHIN);
    }

    /// The labels and values of a line, or a value whose label is the line before.
    fn values(&mut self, line: &str) {
        if line.is_empty() {
            return;
        }
        let label = self.label.take();
        let found = pairs(line);
        if found.is_empty() {
            match (bare_value(line), label) {
                (Some(value), Some(label)) if has_sense(value) => self.pair(Pair {
                    label: &label,
                    value,
                }),
                (Some(value @ Value::Number { has_hash: true, .. }), None) => {
                    self.pair(Pair { label: "", value });
                }
                _ => self.without_colon(line),
            }
            return;
        }
        for pair in found {
            if pair.value == Value::None {
                self.label = Some(pair.label.to_owned());
            } else {
                self.pair(pair);
            }
        }
    }

    /// `Meeting ID 812 3456 7890`, or a line that is the label of the next one.
    fn without_colon(&mut self, line: &str) {
        let begin = line.find(|c: char| c.is_ascii_digit());
        if let Some((label, number)) = begin.and_then(|begin| line.split_at_checked(begin))
            && let Some(value @ Value::Number { digits, .. }) = bare_value(number)
            && !label.trim().is_empty()
            && grouped(digits, MEETING_ID).is_some()
            && (self.is_in_link(digits) || classify(label) == Label::MeetingId)
        {
            self.pair(Pair { label, value });
        }
        self.unsure_id = None;
        if line.chars().count() <= 60 {
            self.label = Some(line.to_owned());
        }
    }

    fn pair(&mut self, Pair { label, value }: Pair<'_>) {
        if is_address(value) {
            // The key of a device's tenant.
            self.device = DEVICE_LINES + 1;
            self.unsure_id = None;
            return;
        }
        match value {
            Value::Number {
                digits,
                has_hash: true,
                ..
            } => {
                if let Some(id) = grouped(digits, 6..=12)
                    && self.is_conference(label)
                {
                    self.conference(id);
                }
            }
            Value::Number {
                digits, is_last, ..
            } if grouped(digits, MEETING_ID).is_some() => {
                self.long_number(classify(label), digits, is_last);
            }
            _ => self.passcode(label, value),
        }
    }

    /// Whether a number with a `#` may be that of a conference.
    fn is_conference(&self, label: &str) -> bool {
        match classify(label) {
            Label::Device | Label::Foreign => false,
            Label::MeetingId | Label::Telephone => true,
            Label::Passcode | Label::Unknown => {
                self.evidence.has_link
                    || self.near > 0
                    || self.call.is_some()
                    || self.texts.dial_in.is_some()
                    || self.texts.meeting_id.is_some()
                    || says_conference(label)
            }
        }
    }

    /// A number as long as a meeting's id.
    fn long_number(&mut self, kind: Label, number: &str, is_last: bool) {
        let Some(id) = grouped(number, MEETING_ID) else {
            return;
        };
        let plain = digits(number);
        let plain_length = plain.len();
        let is_known = self.evidence.ids.contains(&plain)
            || self.texts.meeting_id.as_deref().map(digits) == Some(plain);
        // The same number once more, after telephone numbers, is what one presses.
        if is_known
            && (kind == Label::Passcode
                || (kind == Label::Unknown && self.texts.meeting_id.is_some()))
            && let Some((call, _)) = self.call.take()
        {
            self.texts.dial_in.get_or_insert(call);
            self.texts.conference_id.get_or_insert(id);
            return;
        }
        if self.texts.meeting_id.is_some() {
            if is_known && let Some((call, _)) = self.call.take() {
                self.texts.dial_in.get_or_insert(call);
            }
            return;
        }
        if is_known || (kind == Label::MeetingId && self.device == 0 && is_last) {
            self.accept(id);
        } else if kind == Label::Passcode && self.since_id.is_some() {
            self.texts.passcode.get_or_insert(number.to_owned());
        } else if kind == Label::Unknown
            && self.device == 0
            && is_last
            && plain_length >= SUREST
            && (self.near > 0 || self.evidence.has_link)
        {
            self.unsure_id.get_or_insert(id);
        }
    }

    fn accept(&mut self, id: String) {
        self.texts.meeting_id = Some(id);
        self.since_id = Some(0);
        self.unsure_id = None;
    }

    fn passcode(&mut self, label: &str, value: Value<'_>) {
        let follows = self.unsure_id.is_some();
        let is_near = self.since_id.is_some_and(|lines| lines <= PASSCODE_WITHIN);
        if !(follows || is_near) {
            return;
        }
        let (word, is_last) = match value {
            Value::Number {
                digits, is_last, ..
            } => (digits, is_last),
            Value::Word { word, is_last } => (word, is_last),
            Value::None => return,
        };
        // In a text without lines more words follow; then it has to look like a code.
        if self.texts.passcode.is_some() || !(is_last || is_made_up(word)) {
            self.unsure_id = None;
            return;
        }
        let sound = match classify(label) {
            Label::Passcode => is_code(word),
            Label::Unknown => {
                is_last
                    && (follows || self.since_id.is_some_and(|lines| lines <= 2))
                    && is_made_up(word)
            }
            _ => false,
        };
        if !sound {
            self.unsure_id = None;
            return;
        }
        if let Some(id) = self.unsure_id.take() {
            self.accept(id);
        }
        self.texts.passcode = Some(word.to_owned());
    }

    fn conference(&mut self, id: String) {
        self.texts.conference_id.get_or_insert(id);
        if let Some((call, _)) = self.call.take() {
            self.texts.dial_in.get_or_insert(call);
        }
        self.unsure_id = None;
    }

    fn is_in_link(&self, number: &str) -> bool {
        self.evidence.ids.contains(&digits(number))
    }

    fn finish(mut self) -> MeetingTexts {
        self.texts.conference_id = self.texts.conference_id.or(self.behind_number);
        // Other things have passwords too.
        self.texts.passcode = self
            .texts
            .passcode
            .filter(|_| self.texts.meeting_id.is_some());
        self.texts
    }
}

/// `Conference ID`, `Konferenz-ID`, `PIN` and the like, where nothing else speaks of a meeting.
fn says_conference(label: &str) -> bool {
    let label = label.to_lowercase();
    ["conf", "konf", "pin", "конф"]
        .iter()
        .any(|stem| label.contains(stem))
}

fn without_links(line: &str) -> Cow<'_, str> {
    if !line.contains("://") {
        return Cow::Borrowed(line);
    }
    let words: Vec<&str> = line
        .split(' ')
        .filter(|word| !word.contains("://"))
        .collect();
    Cow::Owned(words.join(" "))
}

/// A line of underscores or the like, with which Teams and others set their part apart.
fn is_fence(line: &str) -> bool {
    line.len() >= 10
        && line
            .chars()
            .all(|c| matches!(c, '_' | '-' | '=' | '*' | '~' | '.'))
}

/// Whether a value of its own line may belong to the label before.
fn has_sense(value: Value<'_>) -> bool {
    match value {
        Value::Number { .. } => true,
        Value::Word { word, .. } => is_code(word),
        Value::None => false,
    }
}

/// `name@host.example`.
fn is_address(value: Value<'_>) -> bool {
    matches!(value, Value::Word { word, .. }
    if word.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && host.bytes().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')
        })
    }))
}

/// What a passcode with a known label may be.
fn is_code(word: &str) -> bool {
    (3..=64).contains(&word.chars().count())
        && !word.contains("//")
        && !word.contains(char::is_whitespace)
}

/// What somebody's generator made: no word of a language, no time, no date and no number of a room.
fn is_made_up(word: &str) -> bool {
    let has = |is: fn(char) -> bool| word.chars().any(is);
    let is_mixed =
        has(|c| c.is_ascii_lowercase()) && word.chars().skip(1).any(|c| c.is_ascii_uppercase());
    let has_both = has(|c| c.is_ascii_digit()) && has(|c| c.is_ascii_alphabetic());
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
    is_code(word)
        && word.is_ascii()
        && !word.contains([':', '/', '@'])
        && (4..=32).contains(&word.len())
        && (is_mixed || has_both || (is_number && (6..=10).contains(&word.len())))
}
