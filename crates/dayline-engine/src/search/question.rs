//! What a search asks for, and how the index is asked.
//!
//! Words are all wanted, each as the beginning of a word; `"quoted phrases"` as they stand; a
//! minus before either leaves events out. There is no other syntax: whatever else people type is
//! text. The index's own language is only ever given letters and digits inside of quotes, so no
//! text can be a mistake in it, or say more than it should.

use super::words::{Word, words};

/// Words beyond these narrow nothing down any further.
const MOST_WORDS: usize = 64;

/// A search that was understood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Question {
    /// All of these.
    pub(super) wanted: Vec<Phrase>,
    /// None of these.
    pub(super) unwanted: Vec<Phrase>,
}

/// Words that follow one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Folded; never empty.
    pub words: Vec<String>,
    /// The last word may go on.
    pub is_prefix: bool,
}

impl Question {
    /// Understands any text.
    pub(crate) fn parse(text: &str) -> Self {
        let mut question = Self::default();
        let mut rest = text.trim_start();
        let mut room = MOST_WORDS;
        while !rest.is_empty() && room > 0 {
            let (is_unwanted, after) = match rest.strip_prefix('-') {
                Some(after) if !after.starts_with(char::is_whitespace) => (true, after),
                _ => (false, rest),
            };
            let (part, is_whole, after) = next_part(after);
            rest = after.trim_start();
            let Some(phrase) = Phrase::new(part, is_whole, room) else {
                continue;
            };
            room = room.saturating_sub(phrase.words.len());
            if is_unwanted {
                question.unwanted.push(phrase);
            } else {
                question.wanted.push(phrase);
            }
        }
        question
    }

    /// Whether it only says what to leave out.
    pub(crate) fn only_leaves_out(&self) -> bool {
        self.wanted.is_empty() && !self.unwanted.is_empty()
    }

    /// The question in the index's language; `None` if no word is wanted.
    pub(crate) fn for_index(&self) -> Option<String> {
        if self.wanted.is_empty() {
            return None;
        }
        let list = |phrases: &[Phrase], between: &str| {
            let written: Vec<String> = phrases.iter().map(Phrase::for_index).collect();
            written.join(between)
        };
        let wanted = list(&self.wanted, " ");
        if self.unwanted.is_empty() {
            return Some(wanted);
        }
        Some(format!("({wanted}) NOT ({})", list(&self.unwanted, " OR ")))
    }

    /// Whether a text has all that is wanted.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        let words = words(text);
        self.wanted
            .iter()
            .all(|phrase| phrase.find_in(&words).is_some())
    }
}

impl Phrase {
    fn new(text: &str, is_whole: bool, room: usize) -> Option<Self> {
        let found = words(text);
        let is_cut = found.len() > room;
        // Whatever follows a letter that is a word of its own is a word of its own too.
        let is_prefix = !is_whole && !is_cut && found.last().is_some_and(|word| !word.alone);
        let words: Vec<String> = found.into_iter().take(room).map(|word| word.text).collect();
        (!words.is_empty()).then_some(Self { words, is_prefix })
    }

    fn for_index(&self) -> String {
        let star = if self.is_prefix { "*" } else { "" };
        format!("\"{}\"{star}", self.words.join(" "))
    }

    /// The first place in a text's words where it stands, from byte to byte.
    pub(super) fn find_in(&self, text: &[Word]) -> Option<(usize, usize)> {
        let (last, before) = self.words.split_last()?;
        text.windows(self.words.len()).find_map(|run| {
            let (end, begin) = run.split_last()?;
            let is_same = begin.iter().map(|word| &word.text).eq(before)
                && (end.text == *last || (self.is_prefix && end.text.starts_with(last.as_str())));
            is_same.then_some((run.first()?.start, end.end))
        })
    }
}

/// The next word or phrase, whether it was closed by a quote, and what follows.
fn next_part(text: &str) -> (&str, bool, &str) {
    if let Some(quoted) = text.strip_prefix(is_quote) {
        return match quoted.split_once(is_quote) {
            Some((phrase, rest)) => (phrase, true, rest),
            // Still being typed.
            None => (quoted, false, ""),
        };
    }
    match text.split_once(char::is_whitespace) {
        Some((word, rest)) => (word, false, rest),
        None => (text, false, ""),
    }
}

/// Straight, or as keyboards and texts bend them.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}
