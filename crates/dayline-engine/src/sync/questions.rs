//! What pages leave open, and how it is answered.
//!
//! A question is written with the page that raised it and closed with its answer, each in one
//! transaction; so a crash loses none.

use std::collections::{BTreeMap, BTreeSet};

use dayline_model::{EventKind, ProviderEventId};
use dayline_providers::{Change, ProviderError, SyncWindow};
use dayline_store::{FollowUp, FollowUpKind, Round};

use super::apply::{Apply, Ledger, load_known};
use super::calendar::{CalendarSync, RangePages};
use super::plan::{PageContext, PagePlan, plan_page};
use crate::Error;

/// An answer may raise new questions, but not for ever.
const MOST_PASSES: u32 = 4;
/// How many events are asked for at once; what a Graph batch takes.
const BATCH: usize = 20;
/// For how many events a sync asks what is attached to them. The next one goes on.
const MOST_ATTACHMENTS: usize = 100;

impl CalendarSync<'_> {
    /// Answers what pages left open, and what answers leave open in turn. What is attached to
    /// events is asked for apart ([`Self::ask_for_attachments`]).
    pub(super) async fn answer_questions(&mut self) -> Result<(), Error> {
        let mut doubtful: BTreeSet<ProviderEventId> = BTreeSet::new();
        for _ in 0..MOST_PASSES {
            let questions = self
                .engine
                .store()
                .read(|read| read.follow_ups(self.calendar.id))?;
            let of = |kind| {
                let asked = questions.iter().filter(move |one| one.kind == kind);
                asked.map(|one| one.event.clone()).collect::<Vec<_>>()
            };
            let (events, series) = (of(FollowUpKind::Event), of(FollowUpKind::Instances));
            if events.is_empty() && series.is_empty() {
                return Ok(());
            }
            let mut refused = None;
            for batch in events.chunks(BATCH) {
                refused = refused.or(self.answer_about_events(batch).await?);
            }
            for series in series {
                let question = FollowUp::new(&series, FollowUpKind::Instances);
                match self.answer_about_instances(&question).await {
                    // Perhaps it is no series any more: what it is instead has to be asked.
                    Err(Error::Provider(ProviderError::Rejected { .. }))
                        if doubtful.insert(question.event.clone()) =>
                    {
                        self.ask_for_event_instead(&question)?;
                    }
                    // One event that its provider will not tell of does not hold up the others.
                    Err(error) if is_of_one_event(&error) => refused = refused.or(Some(error)),
                    answered => answered?,
                }
            }
            if let Some(error) = refused {
                return Err(error);
            }
        }
        Ok(())
    }

    /// Reads events by their ids. Gives the refusal of one of them, if there was any.
    async fn answer_about_events(
        &mut self,
        asked: &[ProviderEventId],
    ) -> Result<Option<Error>, Error> {
        let events = self.still_missed(asked)?;
        if events.is_empty() {
            return Ok(None);
        }
        let calendar = &self.calendar.calendar.id;
        let batch = &events;
        let answers =
            self.caller
                .call(|provider, token| async move {
                    provider.fetch_events(&token, calendar, batch).await
                })
                .await?;
        let mut answers: BTreeMap<ProviderEventId, Option<Change>> = answers.into_iter().collect();
        let mut refused = None;
        for event in events {
            let question = FollowUp::new(&event, FollowUpKind::Event);
            let answer = match answers.remove(&question.event) {
                Some(answer) => Ok(answer),
                // Refused for itself: alone it tells why.
                None => self.fetch_event(&question.event).await,
            };
            match answer {
                Ok(change) => {
                    self.apply_answer(&question, change.map(|change| vec![change]))?;
                }
                // A series that nobody knows here, and that its provider does not know either.
                Err(Error::Provider(
                    ProviderError::Rejected { .. } | ProviderError::Forbidden { .. },
                )) if !self.is_known(&question.event)? => self.apply_answer(&question, None)?,
                Err(error) if is_of_one_event(&error) => refused = refused.or(Some(error)),
                Err(error) => return Err(error),
            }
        }
        Ok(refused)
    }

    /// Those that are still known, or whose occurrences wait for them; questions about others are
    /// closed, since they went with their series.
    fn still_missed(&self, asked: &[ProviderEventId]) -> Result<Vec<ProviderEventId>, Error> {
        let calendar = self.calendar.id;
        self.write(|write| {
            let mut missed = Vec::new();
            for event in asked {
                let is_missed = write.find_event(calendar, event)?.is_some()
                    || write.find_instance(calendar, event)?.is_some()
                    || !write.instances(calendar, event)?.is_empty()
                    || !write.exceptions(calendar, event)?.is_empty();
                if is_missed {
                    missed.push(event.clone());
                } else {
                    let question = FollowUp::new(event, FollowUpKind::Event);
                    write.remove_follow_up(calendar, &question)?;
                }
            }
            Ok(missed)
        })
    }

    fn is_known(&self, event: &ProviderEventId) -> Result<bool, Error> {
        let calendar = self.calendar.id;
        Ok(self.engine.store().read(|read| {
            Ok(read.find_event(calendar, event)?.is_some()
                || read.find_instance(calendar, event)?.is_some())
        })?)
    }

    async fn fetch_event(&self, event: &ProviderEventId) -> Result<Option<Change>, Error> {
        let calendar = &self.calendar.calendar.id;
        self.caller
            .call(|provider, token| async move {
                provider.fetch_event(&token, calendar, event).await
            })
            .await
    }

    async fn answer_about_instances(&mut self, question: &FollowUp) -> Result<(), Error> {
        let Some((from, until)) = self.state()?.window else {
            return Ok(());
        };
        let window = SyncWindow { from, until };
        let (calendar, series) = (&self.calendar.calendar.id, &question.event);
        let changes = self
            .caller
            .call(|provider, token| async move {
                provider
                    .fetch_instances(&token, calendar, series, window)
                    .await
            })
            .await?;
        let changes = match changes {
            None if self.hides_private_events() => {
                Some(self.list_instances(&question.event, window).await?)
            }
            changes => changes,
        };
        self.apply_answer(question, changes)
    }

    /// Whether events are listed here that nobody but their owner finds by their ids.
    fn hides_private_events(&self) -> bool {
        self.calendar.calendar.delegate_email.is_some()
    }

    /// What the calendar's list tells of a series.
    async fn list_instances(
        &self,
        series: &ProviderEventId,
        window: SyncWindow,
    ) -> Result<Vec<Change>, Error> {
        let mut instances = Vec::new();
        let mut pages = RangePages::new(window);
        while let Some(page) = self.next_range_page(&mut pages).await? {
            let of_series = page.changes.into_iter().filter(|change| match change {
                Change::Instance(instance) => instance.series == *series,
                Change::Upsert(event) => matches!(
                    &event.kind,
                    EventKind::Exception { series: of, .. } if of == series
                ),
                // Perhaps one of the series: then it is not taken for gone.
                Change::Unreadable { id, .. } => id.is_some(),
                Change::Removed { .. } => false,
            });
            instances.extend(of_series);
        }
        Ok(instances)
    }

    fn ask_for_event_instead(&self, question: &FollowUp) -> Result<(), Error> {
        let event = FollowUp::new(&question.event, FollowUpKind::Event);
        self.write(|write| {
            write.remove_follow_up(self.calendar.id, question)?;
            write.put_follow_up(self.calendar.id, &event)
        })
    }

    fn apply_answer(
        &mut self,
        question: &FollowUp,
        answer: Option<Vec<Change>>,
    ) -> Result<(), Error> {
        let state = self.state()?;
        let Some(window) = state.window else {
            return Ok(());
        };
        let target = self.target(window, state.generation, Ledger::Changes);
        let context = PageContext {
            provider: target.provider,
            round: Round::Delta,
        };
        // What only its occurrences name is not gone: it was never here, and they stand for
        // themselves.
        let is_known = self.is_known(&question.event)?;
        let applied = self.write(|write| {
            // Before the answer is applied, for it may ask the same again about something newer.
            write.remove_follow_up(target.calendar, question)?;
            let mut apply = Apply::new(write, self.engine.pattern_cache(), target);
            match answer {
                None if is_known && self.hides_private_events() => {
                    apply.leave_window(&question.event)?;
                }
                None if is_known => apply.remove(&question.event)?,
                None => {}
                Some(changes) => {
                    let known = load_known(write, target.calendar, &changes)?;
                    let plan = plan_page(context, changes, &known);
                    if question.kind == FollowUpKind::Instances {
                        apply.instances(&question.event, &without_question(plan, question))?;
                    } else {
                        apply.page(&plan)?;
                    }
                }
            }
            apply.finish()
        })?;
        self.note(&applied);
        Ok(())
    }

    /// Asks what is attached to events of which that is not known yet. A refusal of one does not
    /// hold up the others.
    pub(super) async fn ask_for_attachments(&mut self) -> Result<(), Error> {
        let questions = self
            .engine
            .store()
            .read(|read| read.follow_ups(self.calendar.id))?;
        let questions = questions
            .iter()
            .filter(|question| question.kind == FollowUpKind::Attachments)
            .take(MOST_ATTACHMENTS);
        for question in questions {
            let (calendar, event) = (&self.calendar.calendar.id, &question.event);
            let asked = self
                .caller
                .call(|provider, token| async move {
                    provider.fetch_attachments(&token, calendar, event).await
                })
                .await;
            let attachments = match asked {
                Ok(attachments) => attachments.unwrap_or_default(),
                // Perhaps it tells another time.
                Err(Error::Provider(ProviderError::Server { .. })) => continue,
                Err(error) if is_of_one_event(&error) => Vec::new(),
                Err(error) => return Err(error),
            };
            let target = self.calendar.id;
            self.write(|write| {
                if let Some(known) = write.find_event(target, event)? {
                    write.put_attachments(known.id, &attachments)?;
                }
                write.remove_follow_up(target, question)
            })?;
        }
        Ok(())
    }
}

/// Whether a provider's refusal is about the event that was asked for, rather than about asking.
fn is_of_one_event(error: &Error) -> bool {
    matches!(
        error,
        Error::Provider(
            ProviderError::Forbidden { .. }
                | ProviderError::Rejected { .. }
                | ProviderError::Unusable { .. }
                | ProviderError::TooLarge
                | ProviderError::Server { .. }
        )
    )
}

/// A listing of instances may carry its own master; that must not ask for the listing again.
fn without_question(mut plan: PagePlan, question: &FollowUp) -> PagePlan {
    plan.follow_ups.remove(question);
    plan
}
