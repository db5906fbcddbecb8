//! What the words of a text are: folded, and alike in the index, in questions and in excerpts.
//!
//! Chinese, Japanese, Korean, Thai and their neighbours are written without spaces, so each of
//! their letters is a word, and a phrase of them finds what stands anywhere within a run. So is
//! each emoji, under a name that the index takes for letters.

use dayline_model::filter::fold;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Folded.
    pub text: String,
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// A letter or sign that is a word of its own, so that nothing can follow within it.
    pub alone: bool,
}

/// The words of a text, in order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Words::default();
    for (start, c) in text.char_indices() {
        words.add(c, start);
    }
    words.close();
    words.found
}

/// A text for the index: its words with spaces between them.
pub(super) fn index_text(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in words(text) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word.text);
    }
    line
}

#[derive(Default)]
struct Words {
    found: Vec<Word>,
    open: Option<Word>,
}

impl Words {
    fn add(&mut self, c: char, start: usize) {
        let end = start + c.len_utf8();
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                self.push(c.to_ascii_lowercase(), start, end);
            } else {
                self.close();
            }
        } else if is_emoji(c) {
            self.close();
            let text = format!("u{:x}", u32::from(c));
            self.found.push(Word {
                text,
                start,
                end,
                alone: true,
            });
        } else if c.is_whitespace() {
            self.close();
        } else if !is_ignored(c) {
            for letter in fold(c.encode_utf8(&mut [0; 4])).chars() {
                if !letter.is_alphanumeric() {
                    self.close();
                } else if is_written_without_spaces(letter) {
                    self.close();
                    self.push(letter, start, end);
                    self.open.iter_mut().for_each(|word| word.alone = true);
                    self.close();
                } else {
                    self.push(letter, start, end);
                }
            }
        }
    }

    fn push(&mut self, letter: char, start: usize, end: usize) {
        let word = self.open.get_or_insert_with(|| Word {
            text: String::new(),
            start,
            end,
            alone: false,
        });
        word.text.push(letter);
        word.end = end;
    }

    fn close(&mut self) {
        self.found.extend(self.open.take());
    }
}

/// Stands within words without being seen: soft hyphen, joiners, variation selectors.
fn is_ignored(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'
    )
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
        // Tones of skin say nothing about what was meant.
        && !matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

/// Han, kana, Hangul (as the fold leaves it), bopomofo, Thai, Lao, Myanmar, Khmer.
fn is_written_without_spaces(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1100}'..='\u{11ff}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3031}'..='\u{3035}'
        | '\u{303b}'..='\u{303c}'
        | '\u{3040}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}
