//! What a line of the ledger says, as a person would say it.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use dayline_store::ChangedField;

use crate::view::WhenView;

/// The most characters of a text that a sentence quotes.
const MOST_QUOTED: usize = 80;

/// What happened, as a person would say it.
pub(super) fn words(
    field: ChangedField,
    before: Option<&str>,
    after: Option<&str>,
    zone: Tz,
) -> String {
    let replaced = |what: &str| match (before, after) {
        (Some(before), Some(after)) => {
            format!(
                "{what} changed from {} to {}",
                quoted(before),
                quoted(after)
            )
        }
        (None, Some(after)) => format!("{what} added: {}", quoted(after)),
        (Some(before), None) => format!("{what} removed: {}", quoted(before)),
        (None, None) => format!("{what} changed"),
    };
    match field {
        ChangedField::Time => match (before, after) {
            (Some(before), Some(after)) => moved(before, after, zone),
            _ => "moved".to_owned(),
        },
        ChangedField::Recurrence => match (before, after) {
            (None, Some(_)) => "became a series".to_owned(),
            (Some(_), None) => "no longer repeats".to_owned(),
            _ => "repeats otherwise".to_owned(),
        },
        ChangedField::Status => match after {
            Some("deleted") => "deleted".to_owned(),
            Some("cancelled") => "cancelled".to_owned(),
            Some("tentative") => "no longer certain".to_owned(),
            _ if before == Some("cancelled") => "takes place after all".to_owned(),
            _ => "confirmed".to_owned(),
        },
        ChangedField::Title => match after {
            Some(after) if !after.is_empty() => format!("now called {}", quoted(after)),
            _ => "has no title any more".to_owned(),
        },
        ChangedField::Location => replaced("place"),
        ChangedField::Description => match (before, after) {
            (None, Some(_)) => "description added".to_owned(),
            (Some(_), None) => "description removed".to_owned(),
            _ => "description changed".to_owned(),
        },
        ChangedField::Importance => format!("importance is now {}", after.unwrap_or("normal")),
        ChangedField::Response => format!("your answer: {}", answer(after.unwrap_or("none"))),
        ChangedField::Attendee => attendee(before, after),
        ChangedField::Link => match (before, after) {
            (None, Some(_)) => "join link added".to_owned(),
            (Some(_), None) => "join link removed".to_owned(),
            _ => "join link changed".to_owned(),
        },
    }
}

fn answer(word: &str) -> &'static str {
    match word {
        "accepted" => "accepted",
        "tentative" => "tentative",
        "declined" => "declined",
        "organizer" => "organizer",
        _ => "none yet",
    }
}

/// Who came, went or answered: both are `answer address`.
fn attendee(before: Option<&str>, after: Option<&str>) -> String {
    let parts = |line: &str| match line.split_once(' ') {
        Some((answer, who)) => (answer.to_owned(), who.to_owned()),
        None => (String::new(), line.to_owned()),
    };
    match (before.map(parts), after.map(parts)) {
        (None, Some((answer, who))) => match answer.as_str() {
            "accepted" | "tentative" | "declined" => {
                format!("{who} invited, {}", answered(&answer))
            }
            _ => format!("{who} invited"),
        },
        (Some((_, who)), None) => format!("{who} no longer invited"),
        (_, Some((answer, who))) => format!("{who} {}", answered(&answer)),
        (None, None) => "guests changed".to_owned(),
    }
}

fn answered(word: &str) -> &'static str {
    match word {
        "accepted" => "accepted",
        "tentative" => "may come",
        "declined" => "declined",
        "organizer" => "organises it",
        _ => "has not answered yet",
    }
}

/// A text of somebody else's inside of a sentence: one line, in quotes, not too long.
pub(super) fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST_QUOTED) {
        Some((end, _)) => format!("“{}…”", line.get(..end).unwrap_or_default()),
        None => format!("“{line}”"),
    }
}

fn moved(before: &str, after: &str, zone: Tz) -> String {
    match (Span::parse(before, zone), Span::parse(after, zone)) {
        (Some(old), Some(new)) if old.starts() == new.starts() => {
            format!("now ends {}", new.ends_after(&old))
        }
        (Some(old), Some(new)) => format!("moved from {} to {}", old.words(), new.words()),
        _ => "moved".to_owned(),
    }
}

/// Where something stands, in words of a zone; as it is written if it is not understood.
pub(super) fn span_words(text: &str, zone: Tz) -> String {
    Span::parse(text, zone).map_or_else(|| text.to_owned(), |span| span.words())
}

/// Where something stands, in a zone; `None` if it is not understood.
pub(super) fn span_when(text: &str, zone: Tz) -> Option<WhenView> {
    Some(Span::parse(text, zone)?.when())
}

/// Whose answer a change of guests is about.
pub(super) fn person<'a>(before: Option<&'a str>, after: Option<&'a str>) -> Option<&'a str> {
    let line = after.or(before)?;
    Some(line.split_once(' ').map_or(line, |(_, who)| who))
}

/// A `start/end` of the ledger.
enum Span {
    /// First day and last day.
    Days(NaiveDate, NaiveDate),
    Times(DateTime<Tz>, DateTime<Tz>),
}

impl Span {
    fn parse(text: &str, zone: Tz) -> Option<Self> {
        let (start, end) = text.split_once('/')?;
        if let (Ok(first), Ok(after)) = (start.parse::<NaiveDate>(), end.parse::<NaiveDate>()) {
            let last = after.pred_opt().unwrap_or(after).max(first);
            return Some(Self::Days(first, last));
        }
        let instant = |text: &str| {
            let parsed: DateTime<Utc> = text.parse().ok()?;
            Some(parsed.with_timezone(&zone))
        };
        Some(Self::Times(instant(start)?, instant(end)?))
    }

    fn when(&self) -> WhenView {
        let midnight = |date: NaiveDate| date.and_time(NaiveTime::MIN).and_utc();
        match self {
            Self::Days(first, last) => {
                let after = last.succ_opt().unwrap_or(*last);
                WhenView::of((midnight(*first), midnight(after)), true, Tz::UTC)
            }
            Self::Times(start, end) => {
                WhenView::of((start.to_utc(), end.to_utc()), false, start.timezone())
            }
        }
    }

    fn starts(&self) -> String {
        match self {
            Self::Days(first, _) => first.to_string(),
            Self::Times(start, _) => start.format("%Y-%m-%d %H:%M").to_string(),
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Days(first, last) if first == last => first.to_string(),
            Self::Days(first, last) => format!("{first} to {last}"),
            Self::Times(start, end) if start.date_naive() == end.date_naive() => {
                format!("{}–{}", self.starts(), end.format("%H:%M"))
            }
            Self::Times(_, end) => {
                format!("{} to {}", self.starts(), end.format("%Y-%m-%d %H:%M"))
            }
        }
    }

    /// The end alone, of something that began as `old` did.
    fn ends_after(&self, old: &Self) -> String {
        match (old, self) {
            (Self::Times(_, old), Self::Times(start, end)) => {
                let is_one_day = start.date_naive() == end.date_naive()
                    && start.date_naive() == old.date_naive();
                let form = if is_one_day {
                    "%H:%M"
                } else {
                    "%Y-%m-%d %H:%M"
                };
                format!("{}, not {}", end.format(form), old.format(form))
            }
            (Self::Days(_, old), Self::Days(_, last)) => format!("{last}, not {old}"),
            _ => self.words(),
        }
    }
}
