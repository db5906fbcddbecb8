//! What a page means for the rows that are known. Pure: nothing here reads or writes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use dayline_model::{Event, EventKind, ProviderEventId, ProviderKind, Status};
use dayline_providers::{Change, Instance};
use dayline_store::{FollowUp, FollowUpKind, InstanceRow, Round};

use super::projection::span;

/// A full round that would remove more rows than this, and more than the share below, is held
/// until a second listing says the same.
const GUARD_ROWS: usize = 20;
/// One in so many.
const GUARD_SHARE: usize = 5;

/// What is known about an id before a page is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// An event.
    Event,
    /// An occurrence of a series.
    Instance,
}

/// What a page is part of.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageContext {
    pub provider: ProviderKind,
    pub round: Round,
}

/// What has to be done for a page.
#[derive(Debug, Default, PartialEq)]
pub(super) struct PagePlan {
    /// Events to keep, one an id.
    pub upserts: Vec<Event>,
    /// Instances to keep, one an id.
    pub instances: Vec<InstanceRow>,
    /// Ids to remove, whatever they are.
    pub removals: Vec<ProviderEventId>,
    /// What has to be asked before the round ends.
    pub follow_ups: BTreeSet<FollowUp>,
    /// Items to set aside.
    pub unreadable: Vec<UnreadableItem>,
}

/// An item that nobody could read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UnreadableItem {
    pub id: Option<ProviderEventId>,
    pub raw: String,
    pub reason: String,
}

/// Decides what a page means.
///
/// An id may come several times; the last word counts. A tombstone that may only mean that the
/// event left the window is a question: the event has to be read by its id.
pub(super) fn plan_page(
    context: PageContext,
    changes: Vec<Change>,
    known: &BTreeMap<ProviderEventId, Known>,
) -> PagePlan {
    let mut plan = PagePlan::default();
    let mut last: BTreeMap<ProviderEventId, Change> = BTreeMap::new();
    let mut order = Vec::new();
    for change in changes {
        match change_id(&change) {
            Some(id) => {
                if last.insert(id.clone(), change).is_none() {
                    order.push(id);
                }
            }
            None => {
                if let Change::Unreadable { id, raw, reason } = change {
                    plan.unreadable.push(UnreadableItem { id, raw, reason });
                }
            }
        }
    }
    let upserted: BTreeSet<ProviderEventId> = last
        .iter()
        .filter(|(_, change)| matches!(change, Change::Upsert(_)))
        .map(|(id, _)| id.clone())
        .collect();
    let is_known_event =
        |id: &ProviderEventId| upserted.contains(id) || matches!(known.get(id), Some(Known::Event));
    for id in order {
        let Some(change) = last.remove(&id) else {
            continue;
        };
        match change {
            Change::Upsert(event) => {
                plan.follow_ups
                    .extend(questions_about(context, &event, &is_known_event));
                plan.upserts.push(*event);
            }
            Change::Instance(instance) => {
                if !is_known_event(&instance.series) {
                    plan.follow_ups
                        .insert(FollowUp::new(&instance.series, FollowUpKind::Event));
                }
                plan.instances.push(instance_row(instance));
            }
            Change::Removed { id, certain } => {
                if !known.contains_key(&id) {
                    // Nobody saw it, so nobody misses it.
                } else if certain {
                    plan.removals.push(id);
                } else {
                    plan.follow_ups
                        .insert(FollowUp::new(&id, FollowUpKind::Event));
                }
            }
            Change::Unreadable { id, raw, reason } => {
                plan.unreadable.push(UnreadableItem { id, raw, reason });
            }
        }
    }
    plan
}

/// Whether a span touches a half-open window; one without length does where it stands.
pub(super) fn touches(
    span: (DateTime<Utc>, DateTime<Utc>),
    window: (DateTime<Utc>, DateTime<Utc>),
) -> bool {
    span.0 < window.1 && (span.1 > window.0 || span.0 >= window.0)
}

pub(super) fn instance_row(instance: Instance) -> InstanceRow {
    let (start, end) = span(&instance.when);
    InstanceRow {
        id: instance.id,
        series: instance.series,
        all_day: matches!(instance.when, dayline_model::When::AllDay { .. }),
        start,
        end,
    }
}

fn change_id(change: &Change) -> Option<ProviderEventId> {
    match change {
        Change::Upsert(event) => Some(event.id.clone()),
        Change::Instance(instance) => Some(instance.id.clone()),
        Change::Removed { id, .. } => Some(id.clone()),
        Change::Unreadable { id, .. } => id.clone(),
    }
}

fn questions_about(
    context: PageContext,
    event: &Event,
    is_known: &impl Fn(&ProviderEventId) -> bool,
) -> Option<FollowUp> {
    match &event.kind {
        // Graph leaves no trace of an occurrence that was deleted but its master's coming again.
        // A full round lists all instances itself.
        EventKind::SeriesMaster { .. }
            if context.provider == ProviderKind::Microsoft && context.round == Round::Delta =>
        {
            Some(FollowUp::new(&event.id, FollowUpKind::Instances))
        }
        EventKind::Exception { series, .. }
            if event.status != Status::Cancelled && !is_known(series) =>
        {
            Some(FollowUp::new(series, FollowUpKind::Event))
        }
        _ => None,
    }
}

/// What to do with the rows that a full round did not list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Removal {
    /// They are gone.
    Believe,
    /// List everything a second time first.
    ListAgain,
}

/// Decides whether a full round is believed that would remove `unlisted` of the `before` rows
/// that stood in its window when it began.
pub(super) fn plan_removal(round: Round, before: usize, unlisted: usize) -> Removal {
    let all = unlisted > 0 && unlisted >= before;
    let many = unlisted > GUARD_ROWS && unlisted * GUARD_SHARE > before;
    if round == Round::Full && (all || many) {
        Removal::ListAgain
    } else {
        Removal::Believe
    }
}

#[cfg(test)]
mod tests;
