//! What a database can look for before a filter decides.
//!
//! These are necessary conditions, not sufficient ones: everything that a filter matches is
//! admitted, and some of what is admitted does not match. Texts other than categories and
//! whatever is negated stay with [`Expr::matches`].

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::expr::{Expr, Subject, Test};
use super::fold;
use super::words::{Has, Is, Provider};
use crate::event::{Importance, ParticipationStatus, ShowAs, Status};

/// What every match of a filter has in common. The default admits everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Narrow {
    /// One of these; `None` is any, an empty list is impossible. So with the next four.
    pub importance: Option<Vec<Importance>>,
    /// Own answer.
    pub responses: Option<Vec<ParticipationStatus>>,
    /// Status.
    pub statuses: Option<Vec<Status>>,
    /// Availability.
    pub show_as: Option<Vec<ShowAs>>,
    /// Where it comes from.
    pub providers: Option<Vec<Provider>>,
    /// A category out of each of these sets. Names are folded.
    pub categories: Vec<BTreeSet<String>>,
    /// A Teams meeting. `false` asks for nothing; so with the next five.
    pub is_teams: bool,
    /// It can be joined by a link.
    pub has_link: bool,
    /// It has files.
    pub has_attachment: bool,
    /// Part of a series.
    pub is_series: bool,
    /// Whole days.
    pub is_all_day: bool,
    /// Private.
    pub is_private: bool,
    /// On this day or later.
    pub from: Option<NaiveDate>,
    /// Before this day.
    pub end: Option<NaiveDate>,
}

impl Expr {
    /// The conditions that every match meets.
    pub fn narrow(&self) -> Narrow {
        let (from, end) = self.range();
        let mut narrow = Narrow {
            from,
            end,
            ..Narrow::default()
        };
        for term in self.terms.iter().filter(|term| !term.negated) {
            narrow.add(&term.test);
        }
        narrow
    }
}

impl Narrow {
    /// Whether an occurrence meets every condition.
    pub fn admits(&self, subject: &Subject<'_>) -> bool {
        let met = |wanted: bool, is: bool| is || !wanted;
        listed(self.importance.as_ref(), &subject.importance)
            && listed(self.responses.as_ref(), &subject.response)
            && listed(self.statuses.as_ref(), &subject.status)
            && listed(self.show_as.as_ref(), &subject.show_as)
            && listed(self.providers.as_ref(), &subject.provider)
            && self
                .categories
                .iter()
                .all(|set| subject.categories.iter().any(|c| set.contains(&fold(c))))
            && met(self.is_teams, subject.is_teams)
            && met(self.has_link, subject.has_link)
            && met(self.has_attachment, subject.has_attachment)
            && met(self.is_series, subject.is_series)
            && met(self.is_all_day, subject.is_all_day)
            && met(self.is_private, subject.is_private)
            && self.from.is_none_or(|from| subject.last_day >= from)
            && self.end.is_none_or(|end| subject.first_day < end)
    }

    fn add(&mut self, test: &Test) {
        match test {
            Test::Importance(list) => keep(&mut self.importance, list),
            Test::Provider(list) => keep(&mut self.providers, list),
            Test::Status(list) => keep(&mut self.statuses, list),
            Test::Show(list) => keep(&mut self.show_as, list),
            Test::Answer(list) => {
                let statuses: Vec<_> = list
                    .iter()
                    .flat_map(|answer| answer.statuses())
                    .copied()
                    .collect();
                keep(&mut self.responses, &statuses);
            }
            Test::Category(names) => self
                .categories
                .push(names.iter().map(|name| name.folded.clone()).collect()),
            // Of several, one would do; so none is necessary.
            Test::Has(list) => match list.as_slice() {
                [Has::Teams] => self.is_teams = true,
                [Has::Link] => self.has_link = true,
                [Has::Attachment] => self.has_attachment = true,
                _ => {}
            },
            Test::Is(list) => match list.as_slice() {
                [Is::Series] => self.is_series = true,
                [Is::AllDay] => self.is_all_day = true,
                [Is::Private] => self.is_private = true,
                [Is::Unanswered] => {
                    keep(&mut self.responses, &[ParticipationStatus::NeedsAction]);
                }
                _ => {}
            },
            Test::Calendar(_)
            | Test::Account(_)
            | Test::With(_)
            | Test::Words(_)
            | Test::From(_)
            | Test::To(_)
            | Test::Next(_) => {}
        }
    }
}

fn listed<T: PartialEq>(list: Option<&Vec<T>>, value: &T) -> bool {
    list.is_none_or(|list| list.contains(value))
}

/// Both what was asked for before and `list`.
fn keep<T: Copy + PartialEq>(kept: &mut Option<Vec<T>>, list: &[T]) {
    match kept {
        Some(kept) => kept.retain(|value| list.contains(value)),
        None => *kept = Some(list.to_vec()),
    }
}
