//! What is wrong with a filter, and what was probably meant.

use thiserror::Error;

use super::parse::LONGEST;

/// Why a text is no filter, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("column {column}: {mistake}{}", did_you_mean(.suggestion.as_deref()))]
pub struct FilterError {
    /// Where it begins, in characters of the input; the first one is 1.
    pub column: usize,
    /// How many characters are meant; 0 where something is missing.
    pub len: usize,
    /// What is wrong.
    pub mistake: FilterMistake,
    /// The nearest right key or value, ready to stand there instead.
    pub suggestion: Option<String>,
}

/// What is wrong with a filter. Reads as a sentence without its full stop; what was written stands in
/// it shortened.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FilterMistake {
    /// It is longer than [`LONGEST`].
    #[error("a filter may have at most {LONGEST} bytes")]
    TooLong,
    /// A minus at its end.
    #[error("nothing follows the minus")]
    MinusAtEnd,
    /// A minus before a space.
    #[error("a minus stands right before what it leaves out; quotes make it a word")]
    MinusApart,
    /// Two of them.
    #[error("one minus is enough")]
    MinusTwice,
    /// A colon with no key.
    #[error("nothing stands before the colon")]
    NoKey,
    /// A key that the language does not have.
    #[error("there is no key \"{0}\"")]
    UnknownKey(String),
    /// An importance that is none.
    #[error("there is no importance \"{0}\"")]
    UnknownImportance(String),
    /// A provider that the language does not have.
    #[error("there is no provider \"{0}\"")]
    UnknownProvider(String),
    /// An answer that is none.
    #[error("there is no answer \"{0}\"")]
    UnknownAnswer(String),
    /// A status that is none.
    #[error("there is no status \"{0}\"")]
    UnknownStatus(String),
    /// An availability that is none.
    #[error("there is no availability \"{0}\"")]
    UnknownShow(String),
    /// What `has:` does not know.
    #[error("has: knows no \"{0}\"")]
    UnknownHas(String),
    /// What `is:` does not know.
    #[error("is: knows no \"{0}\"")]
    UnknownIs(String),
    /// Two quotes and nothing between them.
    #[error("nothing stands between the quotes")]
    EmptyQuotes,
    /// Where a word would stand is none.
    #[error("a word is missing here")]
    NoWord,
    /// This key has no value.
    #[error("the value of \"{0}\" is missing")]
    NoValue(&'static str),
    /// A comma at the end of a list.
    #[error("a value is missing after the comma")]
    NothingAfterComma,
    /// Letters right behind a closing quote.
    #[error("after a closing quote comes a space or a comma")]
    AfterQuote,
    /// A quote inside a word.
    #[error("a quote stands at the beginning of a value; inside one it is \\\"")]
    QuoteInside,
    /// A quote that is not closed.
    #[error("this quote is not closed")]
    QuoteOpen,
    /// A value of signs that no title is searched for.
    #[error("there is no letter to look for")]
    NoLetter,
    /// Digits that are no day of the calendar.
    #[error("\"{0}\" is no day of the calendar; write it like 2026-11-20")]
    NoSuchDay(String),
    /// A word that names no day.
    #[error("there is no day \"{0}\"")]
    UnknownDay(String),
    /// A span of no days.
    #[error("that is no day at all")]
    NoDays,
    /// A span that no calendar reaches.
    #[error("that is further than the calendar goes")]
    TooFar,
    /// What is no span.
    #[error("\"{0}\" is no number of days, weeks or months")]
    NoSpan(String),
}

fn did_you_mean(suggestion: Option<&str>) -> String {
    suggestion.map_or(String::new(), |word| format!("; did you mean \"{word}\"?"))
}

/// More of a word is not compared: no right word is that long.
const MOST_COMPARED: usize = 24;

/// The right word that is nearest to `word`: one that it begins, else the one with the fewest
/// letters left out, put in, changed or swapped with their neighbour. The first of several.
pub(super) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word
        .chars()
        .flat_map(char::to_lowercase)
        .take(MOST_COMPARED)
        .collect();
    known.min_by_key(|known| {
        let known: Vec<char> = known.chars().collect();
        if word.len() > 1 && known.starts_with(&word) {
            0
        } else {
            distance(&word, &known)
        }
    })
}

/// Optimal string alignment: Levenshtein's distance, where swapped neighbours cost one.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut last_a = None;
    for (row, &here) in a.iter().enumerate() {
        let mut line = vec![row + 1];
        let mut last_b = None;
        for (column, &there) in b.iter().enumerate() {
            let cost = |line: &[usize], at: usize| line.get(at).copied().unwrap_or(usize::MAX - 1);
            let mut best = (cost(&above, column) + usize::from(here != there))
                .min(cost(&above, column + 1) + 1)
                .min(cost(&line, column) + 1);
            if last_a == Some(there)
                && last_b == Some(here)
                && let Some(swapped) = column.checked_sub(1)
            {
                best = best.min(cost(&before, swapped) + 1);
            }
            line.push(best);
            last_b = Some(there);
        }
        before = std::mem::replace(&mut above, line);
        last_a = Some(here);
    }
    above.last().copied().unwrap_or(0)
}
