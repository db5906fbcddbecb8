//! What is wrong with a filter, and what was probably meant.

use thiserror::Error;

/// Why a text is no filter, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("column {column}: {message}{}", did_you_mean(.suggestion.as_deref()))]
pub struct FilterError {
    /// Where it begins, in characters of the input; the first one is 1.
    pub column: usize,
    /// How many characters are meant; 0 where something is missing.
    pub len: usize,
    /// What is wrong, in a sentence without its full stop.
    pub message: String,
    /// The nearest right key or value, ready to stand there instead.
    pub suggestion: Option<String>,
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
