//! A filter that was understood, and what it says about one occurrence.

use std::cell::OnceCell;

use chrono::NaiveDate;

use super::fold;
use super::words::{Answer, Has, Is, Provider, Unit};
use crate::event::{Importance, ParticipationStatus, ShowAs, Status};

/// What a filter can ask about one occurrence. Texts are as the provider wrote them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject<'a> {
    /// Title.
    pub title: &'a str,
    /// Place; empty if there is none.
    pub location: &'a str,
    /// Names and addresses of organizer and attendees, one after the other in any order.
    /// May be empty if [`Expr::needs_people`] is false.
    pub people: &'a [&'a str],
    /// Category names.
    pub categories: &'a [String],
    /// Name of its calendar.
    pub calendar: &'a str,
    /// Address of its account.
    pub account: &'a str,
    /// Where it comes from.
    pub provider: Provider,
    /// Importance.
    pub importance: Importance,
    /// Own answer.
    pub response: ParticipationStatus,
    /// Status.
    pub status: Status,
    /// Availability.
    pub show_as: ShowAs,
    /// Its first day in the reader's zone.
    pub first_day: NaiveDate,
    /// Its last day in the reader's zone, inclusive: for one that ends at midnight the day before.
    pub last_day: NaiveDate,
    /// A Teams meeting.
    pub is_teams: bool,
    /// It can be joined by a link.
    pub has_link: bool,
    /// It has files.
    pub has_attachment: bool,
    /// It overlaps another event that takes the user's time.
    /// May be false if [`Expr::needs_conflicts`] is false.
    pub has_conflict: bool,
    /// An occurrence or exception of a series.
    pub is_series: bool,
    /// Whole days.
    pub is_all_day: bool,
    /// Private.
    pub is_private: bool,
    /// The same meeting also stands in another calendar.
    /// May be false if [`Expr::needs_copies`] is false.
    pub is_copy: bool,
}

/// A filter: every term holds. Without terms it matches everything.
///
/// Its `Display` is a text that [`parse`](super::parse), on the same day, reads as an equal filter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expr {
    pub(super) terms: Vec<Term>,
}

/// A test, or its opposite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) negated: bool,
    pub(super) test: Test,
}

/// Passed if one of its values fits. Lists hold at least one value, and each value once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Test {
    Importance(Vec<Importance>),
    Category(Vec<Text>),
    Calendar(Vec<Text>),
    Account(Vec<Text>),
    Provider(Vec<Provider>),
    Answer(Vec<Answer>),
    Status(Vec<Status>),
    Show(Vec<ShowAs>),
    With(Vec<Text>),
    Has(Vec<Has>),
    Is(Vec<Is>),
    From(NaiveDate),
    /// Inclusive.
    To(NaiveDate),
    Next(Span),
    /// Bare words and phrases.
    Words(Vec<Word>),
}

/// A value that people write freely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) written: String,
    /// Never empty.
    pub(super) folded: String,
}

/// A bare word or a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: Text,
    /// What it means besides.
    pub(super) answer: Option<Answer>,
}

/// `next:`: some days, weeks or months from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) amount: u32,
    pub(super) unit: Unit,
    pub(super) first: NaiveDate,
    /// The day after the last one.
    pub(super) end: NaiveDate,
}

impl Expr {
    /// Whether it has no terms, and so matches everything.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// What both leave over.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        for term in other.terms {
            self.add(term);
        }
        self
    }

    /// A term that is there already is kept once.
    pub(super) fn add(&mut self, term: Term) {
        if !self.terms.contains(&term) {
            self.terms.push(term);
        }
    }

    /// Whether an occurrence is among what is asked for.
    pub fn matches(&self, subject: &Subject<'_>) -> bool {
        let folds = Folds::of(subject);
        self.terms
            .iter()
            .all(|term| term.test.passes(&folds) != term.negated)
    }

    /// The days that matches have at least one of: from the first to before the second.
    ///
    /// Shape: `None` where there is no limit. Both are equal if no day fits.
    /// Units: days in the reader's zone; an event that began earlier may still run.
    pub fn range(&self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let (mut from, mut end): (Option<NaiveDate>, Option<NaiveDate>) = (None, None);
        for term in self.terms.iter().filter(|term| !term.negated) {
            let (later, earlier) = match &term.test {
                Test::From(day) => (Some(*day), None),
                Test::To(day) => (None, day.succ_opt()),
                Test::Next(span) => (Some(span.first), Some(span.end)),
                _ => continue,
            };
            from = from.max(later);
            end = match (end, earlier) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        // A span that begins after its end holds no day.
        (from, end.max(from.filter(|_| end.is_some())))
    }

    /// Whether [`Subject::has_conflict`] matters.
    pub fn needs_conflicts(&self) -> bool {
        self.tests()
            .any(|test| matches!(test, Test::Has(list) if list.contains(&Has::Conflict)))
    }

    /// Whether [`Subject::is_copy`] matters.
    pub fn needs_copies(&self) -> bool {
        self.tests()
            .any(|test| matches!(test, Test::Is(list) if list.contains(&Is::Copy)))
    }

    /// Whether [`Subject::people`] matters.
    pub fn needs_people(&self) -> bool {
        self.tests()
            .any(|test| matches!(test, Test::With(_) | Test::Words(_)))
    }

    fn tests(&self) -> impl Iterator<Item = &Test> {
        self.terms.iter().map(|term| &term.test)
    }
}

/// A subject, and its texts folded when they are first needed.
struct Folds<'a> {
    subject: &'a Subject<'a>,
    texts: OnceCell<[String; 2]>,
    people: OnceCell<Vec<String>>,
}

impl<'a> Folds<'a> {
    fn of(subject: &'a Subject<'a>) -> Self {
        Self {
            subject,
            texts: OnceCell::new(),
            people: OnceCell::new(),
        }
    }

    fn in_texts(&self, text: &Text) -> bool {
        self.texts
            .get_or_init(|| [fold(self.subject.title), fold(self.subject.location)])
            .iter()
            .any(|whole| whole.contains(&text.folded))
    }

    fn in_people(&self, text: &Text) -> bool {
        self.people
            .get_or_init(|| self.subject.people.iter().map(|one| fold(one)).collect())
            .iter()
            .any(|whole| whole.contains(&text.folded))
    }
}

impl Test {
    fn passes(&self, folds: &Folds<'_>) -> bool {
        let subject = folds.subject;
        let within = |whole: &str, texts: &[Text]| {
            let whole = fold(whole);
            texts.iter().any(|text| whole.contains(&text.folded))
        };
        match self {
            Self::Importance(list) => list.contains(&subject.importance),
            Self::Category(names) => subject.categories.iter().any(|category| {
                let category = fold(category);
                names.iter().any(|name| name.folded == category)
            }),
            Self::Calendar(names) => within(subject.calendar, names),
            Self::Account(names) => within(subject.account, names),
            Self::Provider(list) => list.contains(&subject.provider),
            Self::Answer(list) => list
                .iter()
                .any(|answer| answer.statuses().contains(&subject.response)),
            Self::Status(list) => list.contains(&subject.status),
            Self::Show(list) => list.contains(&subject.show_as),
            Self::With(names) => names.iter().any(|name| folds.in_people(name)),
            Self::Has(list) => list.iter().any(|has| match has {
                Has::Teams => subject.is_teams,
                Has::Link => subject.has_link,
                Has::Attachment => subject.has_attachment,
                Has::Conflict => subject.has_conflict,
            }),
            Self::Is(list) => list.iter().any(|is| match is {
                Is::Series => subject.is_series,
                Is::AllDay => subject.is_all_day,
                Is::Private => subject.is_private,
                Is::Copy => subject.is_copy,
                Is::Unanswered => subject.response == ParticipationStatus::NeedsAction,
            }),
            Self::From(day) => subject.last_day >= *day,
            Self::To(day) => subject.first_day <= *day,
            Self::Next(span) => subject.last_day >= span.first && subject.first_day < span.end,
            Self::Words(words) => words.iter().any(|word| {
                word.answer
                    .is_some_and(|answer| answer.statuses().contains(&subject.response))
                    || folds.in_texts(&word.text)
                    || folds.in_people(&word.text)
            }),
        }
    }
}
