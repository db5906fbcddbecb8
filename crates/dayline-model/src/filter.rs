//! Which events a view shows.
//!
//! [`Expr`] is the filter language that the window, the command line and saved views share:
//! `importance:high category:"Client A" -declined next:14d`. [`parse`] reads it, [`Typing`] helps
//! those who write it, [`Expr::matches`] decides about one [`Subject`], and [`Expr::narrow`] says
//! what a database may look for first.
//!
//! The language, where its short description leaves a choice:
//! - Keys and listed values are read without case. A comma means or, also between bare words and
//!   between dates (`from:a,b` is the earlier one). A comma, a space or a quote that is meant
//!   stands in quotes; inside quotes `\"` is a quote and `\\` a backslash, any other backslash
//!   stands for itself.
//! - `category:` is the whole name; `calendar:`, `account:`, `with:` and bare words are found
//!   anywhere within the text. All compare by [`fold`].
//! - A bare word with a colon is an error, since its key is not known, unless it is an address
//!   (`https://…`) or has no letter before the colon (`10:30`). Quotes always make a bare word.
//! - The bare words `accepted`, `tentative` and `declined` also find the events that were answered
//!   so: `-declined` hides what was declined. In quotes they are words alone.
//! - `answer:none` is whoever was not asked or has not answered, `is:unanswered` only the latter.
//! - An event is within `from:`, `to:` and `next:` if one of its days is. `to:` includes its day,
//!   `next:14d` is today and the thirteen days after it. A weekday is the next one, or today.
//!
//! What is true of a set of events rather than of one, a conflict or a copy, is not found out
//! here: the caller tells it, and [`Expr::needs_conflicts`] says whether it has to.

mod complete;
mod error;
mod expr;
mod narrow;
mod parse;
mod print;
#[cfg(test)]
mod tests;
mod words;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

pub use complete::{Completion, Known, MOST_COMPLETIONS, Typing, Wanted};
pub use error::{FilterError, FilterMistake};
pub use expr::{Expr, Subject};
pub use narrow::Narrow;
pub use parse::{LONGEST, parse};
pub use print::quoted;
pub use words::Provider;

/// A text without what people leave out when they search: case, accents and outer spaces.
///
/// Two texts match if their folds are equal.
pub fn fold(text: &str) -> String {
    let plain = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase);
    // Lower-casing may decompose once more (İ becomes i and a dot).
    let plain: String = plain.filter(|c| !is_combining_mark(*c)).collect();
    plain.trim().replace('ß', "ss")
}
