//! Writing what was planned: rows, occurrences, cursor and open questions in one transaction.

mod layout;
mod record;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use dayline_model::{
    AccountId, CalendarId, Event, EventKind, Patterns, ProviderEventId, ProviderKind,
};
use dayline_providers::Change;
use dayline_store::{
    EventCore, FollowUp, FollowUpKind, InstanceRow, Round, StoreError, UpsertOutcome, VisitedSpan,
    Write,
};

pub(super) use self::layout::tzdb;
use super::derive::{derive, fingerprint};
use super::plan::{Known, PagePlan, Removal, UnreadableItem, plan_removal, touches};
use super::projection;
use crate::patterns::PatternCache;

/// The most text of an unreadable item that is kept.
const MOST_RAW: usize = 64 * 1024;

/// How many events that a full round did not list are asked for, before they are believed to be
/// gone: where twenty go into a call, and where each is one.
const FEW_IN_BATCHES: usize = 200;
const FEW: usize = 20;

/// What counts as news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ledger {
    /// Every change: the provider tells of changes alone.
    Changes,
    /// What was known before the round: the provider lists everything.
    Listing,
    /// Nothing: somebody went to days that were not known.
    Silent,
}

/// The calendar that is written to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    pub account: AccountId,
    pub calendar: CalendarId,
    pub provider: ProviderKind,
    pub generation: i64,
    pub ledger: Ledger,
    pub window: (DateTime<Utc>, DateTime<Utc>),
    pub now: DateTime<Utc>,
}

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Applied {
    pub added: u32,
    pub updated: u32,
    pub removed: u32,
    /// First and last instant whose views may look different now.
    pub touched: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

impl Applied {
    pub(super) fn add(&mut self, other: &Self) {
        self.added += other.added;
        self.updated += other.updated;
        self.removed += other.removed;
        if let Some(span) = other.touched {
            self.touch(span);
        }
    }

    fn touch(&mut self, span: (DateTime<Utc>, DateTime<Utc>)) {
        self.touched = Some(
            self.touched
                .map_or(span, |(from, until)| (from.min(span.0), until.max(span.1))),
        );
    }
}

/// What is known about the ids of a page.
pub(super) fn load_known(
    write: &Write<'_>,
    calendar: CalendarId,
    changes: &[Change],
) -> Result<BTreeMap<ProviderEventId, Known>, StoreError> {
    let mut known = BTreeMap::new();
    let mut look_up = |id: &ProviderEventId| -> Result<(), StoreError> {
        if write.find_event(calendar, id)?.is_some() {
            known.insert(id.clone(), Known::Event);
        } else if write.find_instance(calendar, id)?.is_some() {
            known.insert(id.clone(), Known::Instance);
        }
        Ok(())
    };
    for change in changes {
        match change {
            Change::Upsert(event) => {
                if let EventKind::Exception { series, .. } = &event.kind {
                    look_up(series)?;
                }
            }
            Change::Instance(instance) => look_up(&instance.series)?,
            Change::Removed { id, .. } => look_up(id)?,
            Change::Unreadable { .. } => {}
        }
    }
    Ok(known)
}

/// A calendar being written to: collects whose occurrences have to be laid out anew.
pub(super) struct Apply<'a> {
    write: &'a Write<'a>,
    cache: &'a PatternCache,
    /// The user's patterns, as this transaction sees them.
    patterns: Option<Arc<Patterns>>,
    target: Target,
    applied: Applied,
    series: BTreeSet<ProviderEventId>,
    /// With what is known of those that were just written.
    singles: BTreeMap<ProviderEventId, Option<EventCore>>,
    /// What was not known when this began.
    new: BTreeSet<ProviderEventId>,
    /// Whether anything was open about this calendar's events when this began.
    is_open: Option<bool>,
    /// Whether the calendar had any instances when this began.
    has_instances: Option<bool>,
    /// Loaded when the first series is laid out.
    visited: Option<Vec<VisitedSpan>>,
}

impl<'a> Apply<'a> {
    pub(super) fn new(write: &'a Write<'a>, cache: &'a PatternCache, target: Target) -> Self {
        Self {
            write,
            cache,
            patterns: None,
            target,
            applied: Applied::default(),
            series: BTreeSet::new(),
            singles: BTreeMap::new(),
            new: BTreeSet::new(),
            is_open: None,
            has_instances: None,
            visited: None,
        }
    }

    /// Applies a page's plan, without its cursor.
    pub(super) fn page(&mut self, plan: &PagePlan) -> Result<(), StoreError> {
        for event in &plan.upserts {
            self.upsert(event)?;
        }
        for instance in &plan.instances {
            self.put_instance(instance)?;
        }
        for id in &plan.removals {
            self.remove(id)?;
        }
        for question in &plan.follow_ups {
            if !self.is_over(question, &plan.upserts)? {
                self.write.put_follow_up(self.target.calendar, question)?;
            }
        }
        for item in &plan.unreadable {
            self.set_aside(item)?;
        }
        Ok(())
    }

    /// Whether a question is about the instances of a series that has none in the window.
    fn is_over(&self, question: &FollowUp, upserts: &[Event]) -> Result<bool, StoreError> {
        let master = upserts.iter().find(|event| event.id == question.event);
        let Some(master) = master.filter(|_| question.kind == FollowUpKind::Instances) else {
            return Ok(false);
        };
        Ok(projection::never_repeats_in(master, self.target.window)
            && self
                .write
                .instances(self.target.calendar, &question.event)?
                .iter()
                .all(|instance| !touches((instance.start, instance.end), self.target.window)))
    }

    fn put_instance(&mut self, instance: &InstanceRow) -> Result<(), StoreError> {
        let calendar = self.target.calendar;
        // What was an exception is like its series again.
        if let Some(event) = self.write.find_event(calendar, &instance.id)?
            && !matches!(event.kind, EventKind::SeriesMaster { .. })
        {
            self.take_out(&instance.id)?;
        }
        if self
            .write
            .put_instance(calendar, instance, self.target.generation)?
        {
            // Its series is what people count; an occurrence is no event of its own.
            self.series.insert(instance.series.clone());
            self.applied.touch((instance.start, instance.end));
        }
        Ok(())
    }

    fn patterns(&mut self) -> Result<Arc<Patterns>, StoreError> {
        if let Some(patterns) = &self.patterns {
            return Ok(patterns.clone());
        }
        let patterns = self.cache.load(self.write)?;
        Ok(self.patterns.insert(patterns).clone())
    }

    pub(super) fn upsert(&mut self, event: &Event) -> Result<(), StoreError> {
        let Target {
            calendar,
            account,
            generation,
            now,
            ..
        } = self.target;
        let patterns = self.patterns()?;
        let derived = derive(event, &patterns);
        let mark = fingerprint(event, &derived);
        let before = self.write.find_event(calendar, &event.id)?;
        let news = self.before(before.as_ref(), event, mark)?;
        let outcome = if before.is_some() {
            self.write
                .upsert_event(calendar, account, event, &derived, mark, generation, now)?
        } else {
            UpsertOutcome::Added(
                self.write
                    .insert_event(calendar, account, event, &derived, mark, generation, now)?,
            )
        };
        self.close(&event.id)?;
        if !outcome.changed() {
            return Ok(());
        }
        if let Some(row) = news {
            self.record(&row, event, &derived)?;
        }
        self.ask_for_attachments(event)?;
        if let Some(before) = &before {
            self.applied.updated += 1;
            self.touch_event(before.id)?;
            // An exception may have been moved to another series, a single event turned into one.
            self.note(&before.provider_id, &before.kind);
            if matches!(before.kind, EventKind::SeriesMaster { .. })
                && !matches!(event.kind, EventKind::SeriesMaster { .. })
            {
                self.end_series(&event.id)?;
            }
            self.ask_for_instances(event)?;
        } else {
            self.applied.added += 1;
            self.new.insert(event.id.clone());
            // An exception may have taken the place of a plain instance.
            if self.has_instances()?
                && let Some(instance) = self.write.find_instance(calendar, &event.id)?
            {
                self.write.remove_instance(calendar, &event.id)?;
                self.series.insert(instance.series);
                self.applied.touch((instance.start, instance.end));
            }
        }
        self.note(&event.id, &event.kind);
        if let Some(single) = self.singles.get_mut(&event.id) {
            *single = Some(EventCore {
                id: outcome.id(),
                provider_id: event.id.clone(),
                kind: event.kind.clone(),
                when: event.when.clone(),
                status: event.status,
                fingerprint: mark,
                first_generation: before.map_or(generation, |before| before.first_generation),
            });
        }
        Ok(())
    }

    /// Whether the calendar had any instances when this began.
    fn has_instances(&mut self) -> Result<bool, StoreError> {
        let known = match self.has_instances {
            Some(known) => known,
            None => self.write.has_instances(self.target.calendar)?,
        };
        self.has_instances = Some(known);
        Ok(known)
    }

    /// The state of an event is known now: nobody has to ask for it, and it can be read.
    fn close(&mut self, event: &ProviderEventId) -> Result<(), StoreError> {
        let calendar = self.target.calendar;
        let is_open = match self.is_open {
            Some(is_open) => is_open,
            None => *self.is_open.insert(self.write.is_anything_open(calendar)?),
        };
        if is_open {
            let answered = FollowUp::new(event, FollowUpKind::Event);
            self.write.remove_follow_up(calendar, &answered)?;
            self.write.release_quarantined(calendar, event)?;
        }
        Ok(())
    }

    /// A full round lists all instances, but those of a series that changes while it runs lie on
    /// pages before and after the change. Graph only, since other series are expanded here.
    fn ask_for_instances(&self, event: &Event) -> Result<(), StoreError> {
        let is_master = matches!(event.kind, EventKind::SeriesMaster { .. });
        if !is_master || self.target.provider != ProviderKind::Microsoft {
            return Ok(());
        }
        self.write
            .distrust_visited(self.target.calendar, &event.id)?;
        // Exceptions that no listing of the window tells of may have gone with the old pattern.
        for exception in self.write.exceptions(self.target.calendar, &event.id)? {
            if !touches(projection::span(&exception.when), self.target.window) {
                let question = FollowUp::new(&exception.provider_id, FollowUpKind::Event);
                self.write.put_follow_up(self.target.calendar, &question)?;
            }
        }
        let question = FollowUp::new(&event.id, FollowUpKind::Instances);
        self.write.put_follow_up(self.target.calendar, &question)
    }

    /// Where a provider says only that something is attached, it has to be asked what.
    fn ask_for_attachments(&self, event: &Event) -> Result<(), StoreError> {
        if !event.has_attachments || event.attachments.is_some() {
            return Ok(());
        }
        let question = FollowUp::new(&event.id, FollowUpKind::Attachments);
        self.write.put_follow_up(self.target.calendar, &question)
    }

    /// Removes what hung on a series that is none any more. Google says nowhere whether it lets go
    /// of the exceptions, so each has to be asked for.
    fn end_series(&mut self, id: &ProviderEventId) -> Result<(), StoreError> {
        let calendar = self.target.calendar;
        for exception in self.write.exceptions(calendar, id)? {
            if self.target.provider == ProviderKind::Google {
                let question = FollowUp::new(&exception.provider_id, FollowUpKind::Event);
                self.write.put_follow_up(calendar, &question)?;
            } else {
                self.take_out(&exception.provider_id)?;
            }
        }
        self.write.remove_instances_of(calendar, id)
    }

    /// Removes what is gone at its provider.
    pub(super) fn remove(&mut self, id: &ProviderEventId) -> Result<(), StoreError> {
        let calendar = self.target.calendar;
        if let Some(event) = self.write.find_event(calendar, id)? {
            self.record_deleted(&event)?;
        } else if let Some(instance) = self.write.find_instance(calendar, id)? {
            self.record_deleted_instance(&instance)?;
        }
        self.take_out(id)
    }

    /// Removes what is not inside of the window any more, and may be elsewhere for all that is
    /// known. What a visit found outside of it stays until the next one.
    pub(super) fn leave_window(&mut self, id: &ProviderEventId) -> Result<(), StoreError> {
        let (calendar, window) = (self.target.calendar, self.target.window);
        let span = if let Some(event) = self.write.find_event(calendar, id)? {
            if let EventKind::SeriesMaster { .. } = event.kind {
                self.instances(id, &PagePlan::default())?;
                let is_elsewhere = !self.write.instances(calendar, id)?.is_empty()
                    || !self.write.exceptions(calendar, id)?.is_empty();
                return if is_elsewhere {
                    Ok(())
                } else {
                    self.remove(id)
                };
            }
            projection::span(&event.when)
        } else if let Some(instance) = self.write.find_instance(calendar, id)? {
            (instance.start, instance.end)
        } else {
            return Ok(());
        };
        if touches(span, window) {
            self.remove(id)?;
        }
        Ok(())
    }

    fn take_out(&mut self, id: &ProviderEventId) -> Result<(), StoreError> {
        let calendar = self.target.calendar;
        if let Some(event) = self.write.find_event(calendar, id)? {
            self.touch_event(event.id)?;
            for exception in self.write.exceptions(calendar, id)? {
                self.touch_event(exception.id)?;
            }
            self.write.remove_event(calendar, id)?;
            self.applied.removed += 1;
            if let EventKind::Exception { series, .. } = event.kind {
                self.series.insert(series);
            }
        }
        if let Some(instance) = self.write.find_instance(calendar, id)? {
            self.write.remove_instance(calendar, id)?;
            self.applied.removed += 1;
            self.applied.touch((instance.start, instance.end));
            self.series.insert(instance.series);
        }
        Ok(())
    }

    /// Brings a series' instances to a fresh listing of them.
    pub(super) fn instances(
        &mut self,
        series: &ProviderEventId,
        plan: &PagePlan,
    ) -> Result<(), StoreError> {
        let calendar = self.target.calendar;
        let listed: BTreeSet<&ProviderEventId> = plan
            .upserts
            .iter()
            .map(|event| &event.id)
            .chain(plan.instances.iter().map(|instance| &instance.id))
            .chain(plan.unreadable.iter().filter_map(|item| item.id.as_ref()))
            .collect();
        for instance in self.write.instances(calendar, series)? {
            if !listed.contains(&instance.id)
                && touches((instance.start, instance.end), self.target.window)
            {
                self.remove(&instance.id)?;
            }
        }
        for exception in self.write.exceptions(calendar, series)? {
            let span = projection::span(&exception.when);
            if !listed.contains(&exception.provider_id) && touches(span, self.target.window) {
                self.remove(&exception.provider_id)?;
            }
        }
        self.page(plan)?;
        self.series.insert(series.clone());
        Ok(())
    }

    /// Removes what a full round did not list, or asks for it, unless that has to be confirmed
    /// first.
    pub(super) fn end_of_listing(&mut self, round: Round) -> Result<Removal, StoreError> {
        // Whether a series stands inside of the window is told by its occurrences.
        self.lay_out()?;
        let calendar = self.target.calendar;
        let unlisted = self.write.unlisted_events(calendar)?;
        let before = usize::try_from(self.write.count_before_round(calendar)?).unwrap_or(0);
        if plan_removal(round, before, unlisted.len()) == Removal::ListAgain {
            return Ok(Removal::ListAgain);
        }
        // It may have been moved out of the window since. Of many that would cost too many calls.
        let few = match self.target.provider {
            ProviderKind::Microsoft => FEW_IN_BATCHES,
            ProviderKind::Google => FEW,
        };
        let asks = unlisted.len() <= few;
        for id in unlisted {
            if asks {
                let question = FollowUp::new(&id, FollowUpKind::Event);
                self.write.put_follow_up(calendar, &question)?;
            } else {
                self.remove(&id)?;
            }
        }
        for instance in self.write.remove_unlisted_instances(calendar)? {
            self.record_deleted_instance(&instance)?;
            self.applied.touch((instance.start, instance.end));
            if self.series.insert(instance.series) {
                self.applied.removed += 1;
            }
        }
        Ok(Removal::Believe)
    }

    /// Notes every event of the calendar, as if it had changed.
    pub(super) fn everything(&mut self) -> Result<(), StoreError> {
        for (id, kind) in self.write.event_kinds(self.target.calendar)? {
            self.note(&id, &kind);
        }
        Ok(())
    }

    /// Notes every series of the calendar, since there are other days to lay out.
    pub(super) fn all_series(&mut self) -> Result<(), StoreError> {
        self.visited = None;
        self.series
            .extend(self.write.masters(self.target.calendar)?);
        Ok(())
    }

    /// Lays out the occurrences of everything that changed, and tells what was done.
    pub(super) fn finish(mut self) -> Result<Applied, StoreError> {
        self.lay_out()?;
        Ok(self.applied)
    }

    fn note(&mut self, id: &ProviderEventId, kind: &EventKind) {
        match kind {
            EventKind::Single => {
                self.singles.insert(id.clone(), None);
            }
            EventKind::SeriesMaster { .. } => {
                self.series.insert(id.clone());
            }
            EventKind::Exception { series, .. } => {
                self.series.insert(series.clone());
            }
        }
    }

    fn set_aside(&mut self, item: &UnreadableItem) -> Result<(), StoreError> {
        let Target {
            calendar,
            generation,
            now,
            ..
        } = self.target;
        let end = item.raw.floor_char_boundary(MOST_RAW);
        let raw = item.raw.get(..end).unwrap_or_default();
        let id = match &item.id {
            Some(id) => {
                // What was readable before stays as it was, and is not taken for deleted.
                self.write.keep_event(calendar, id, generation)?;
                id.0.clone()
            }
            None => format!("without-id:{:016x}", text_mark(raw)),
        };
        self.write.quarantine(calendar, &id, raw, &item.reason, now)
    }
}

fn text_mark(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
