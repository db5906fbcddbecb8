//! The ledger in words: what changed about events that were known.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use chrono_tz::Tz;
use dayline_store::{ChangeRow, ChangedField};
use serde::Serialize;

use super::reader_zone;
use crate::{Engine, Error};

/// The most lines that are listed at once.
const MOST_LINES: i32 = 1000;
/// The most characters of a text that a sentence quotes.
const MOST_QUOTED: usize = 80;

/// The ledger, as far as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ChangesView {
    /// The newest first.
    pub items: Vec<ChangeView>,
    /// How many nobody has looked at, listed or not.
    pub unseen: i32,
}

/// One change of one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ChangeView {
    /// Higher for what was noticed later; the key for marking as seen.
    pub id: String,
    /// When it was noticed, RFC 3339 with the offset of the asked zone.
    pub changed_at: String,
    /// Nobody has looked at it.
    pub is_new: bool,
    /// As the event was called before.
    pub title: String,
    /// Where it stood before, in words.
    pub stood: String,
    /// Name of its calendar.
    pub calendar: String,
    /// Address of its account.
    pub account: String,
    /// What changed.
    pub field: ChangedFieldView,
    /// How it was: a time as `start/end`, an answer as `answer address`; `None` if there was none.
    pub before: Option<String>,
    /// How it is now, likewise; a deleted event's status is `deleted`.
    pub after: Option<String>,
    /// What happened, without the title: `moved from … to …`, `cancelled`.
    pub words: String,
}

/// What part of an event changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ChangedFieldView {
    /// When it takes place.
    Time,
    /// How it repeats.
    Recurrence,
    /// Whether it takes place.
    Status,
    /// Its title.
    Title,
    /// Its place.
    Location,
    /// Its description.
    Description,
    /// Its importance.
    Importance,
    /// The own answer.
    Response,
    /// Who is invited, and what they answered.
    Attendee,
    /// The best join link.
    Link,
}

impl From<ChangedField> for ChangedFieldView {
    fn from(field: ChangedField) -> Self {
        match field {
            ChangedField::Time => Self::Time,
            ChangedField::Recurrence => Self::Recurrence,
            ChangedField::Status => Self::Status,
            ChangedField::Title => Self::Title,
            ChangedField::Location => Self::Location,
            ChangedField::Description => Self::Description,
            ChangedField::Importance => Self::Importance,
            ChangedField::Response => Self::Response,
            ChangedField::Attendee => Self::Attendee,
            ChangedField::Link => Self::Link,
        }
    }
}

impl Engine {
    /// What changed about known events of synced calendars, in words, with times in `zone`.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an unknown zone or a limit out of 1 to 1,000.
    pub fn changes(&self, limit: i32, zone: &str) -> Result<ChangesView, Error> {
        let zone = reader_zone(zone)?;
        let asked = u32::try_from(limit)
            .ok()
            .filter(|_| (1..=MOST_LINES).contains(&limit))
            .ok_or_else(|| Error::Invalid(format!("a list has 1 to {MOST_LINES} changes")))?;
        let (rows, unseen) = self
            .store()
            .read(|read| Ok((read.changes(asked)?, read.count_unseen_changes()?)))?;
        Ok(ChangesView {
            items: rows.into_iter().map(|row| change(row, zone)).collect(),
            unseen: i32::try_from(unseen).unwrap_or(i32::MAX),
        })
    }

    /// Marks a change and all before it as seen. What was noticed since stays new.
    ///
    /// # Errors
    /// [`Error::NotFound`] if `through` is no change's id.
    pub fn mark_changes_seen(&self, through: &str) -> Result<(), Error> {
        let through: i64 = through.parse().map_err(|_| Error::NotFound("change"))?;
        let now = self.now();
        self.store()
            .write(|write| write.mark_changes_seen(through, now))?;
        Ok(())
    }
}

fn change(row: ChangeRow, zone: Tz) -> ChangeView {
    ChangeView {
        id: row.id.to_string(),
        changed_at: row
            .changed_at
            .with_timezone(&zone)
            .to_rfc3339_opts(SecondsFormat::Secs, false),
        is_new: row.seen_at.is_none(),
        stood: span_words(&row.stood, zone),
        words: words(row.field, row.before.as_deref(), row.after.as_deref(), zone),
        title: row.title,
        calendar: row.calendar_name,
        account: row.account_email,
        field: row.field.into(),
        before: row.before,
        after: row.after,
    }
}

/// What happened, as a person would say it.
fn words(field: ChangedField, before: Option<&str>, after: Option<&str>, zone: Tz) -> String {
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
fn quoted(text: &str) -> String {
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
fn span_words(text: &str, zone: Tz) -> String {
    Span::parse(text, zone).map_or_else(|| text.to_owned(), |span| span.words())
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

#[cfg(test)]
mod tests;
