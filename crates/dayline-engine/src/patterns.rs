//! Meeting services that the user told of: kept, tried out, and looked for in known events.
//!
//! A new pattern counts for events that are known already, and a removed one no more: their links
//! are found anew from what is kept of them, off any sync, in batches that may stop anywhere and
//! go on in any process. What only a provider's own field held, and no service knew, is not kept;
//! the next full round brings it. What a pattern is, the model decides.

use std::sync::{Arc, Mutex};

use dayline_model::links::{Kept, candidates_of_kept, is_given_as_data};
use dayline_model::{
    EventId, MeetingLink, OnlineMeeting, Pattern, PatternError, Patterns, Service, When,
};
use dayline_store::{Derived, LinkSource, PatternRow, Read, StoreError};
use url::Url;

use crate::engine::lock;
use crate::sync::link_row;
use crate::view::{PatternMatch, PatternTrial, PatternView};
use crate::{Engine, EngineEvent, Error};

/// Events that are looked at in one transaction.
const BATCH: u32 = 500;
/// Matches that a trial lists.
const MOST_MATCHES: usize = 200;
/// The setting that tells behind which event links have yet to be found anew.
const REREAD_AFTER: &str = "links.reread_after";

/// The patterns as they were compiled last.
#[derive(Debug, Default)]
pub(crate) struct PatternCache(Mutex<(Vec<PatternRow>, Arc<Patterns>)>);

impl PatternCache {
    /// The patterns as this transaction sees them. One that means nothing to this version is left
    /// out.
    pub(crate) fn load(&self, read: &Read<'_>) -> Result<Arc<Patterns>, StoreError> {
        Ok(self.compiled(read.join_patterns()?))
    }

    fn compiled(&self, rows: Vec<PatternRow>) -> Arc<Patterns> {
        let mut known = lock(&self.0);
        if known.0 != rows {
            let mut patterns = Patterns::default();
            for row in &rows {
                let pushed = Pattern::new(&row.name, &row.expression)
                    .and_then(|pattern| patterns.push(pattern));
                if let Err(error) = pushed {
                    tracing::warn!(%error, "a kept pattern of meeting links is left out");
                }
            }
            *known = (rows, Arc::new(patterns));
        }
        known.1.clone()
    }
}

/// How far finding links anew is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reread {
    /// Events that were looked at.
    pub looked_at: u64,
    /// Those whose links are others now.
    pub changed: u64,
}

/// What a batch did.
enum Batch {
    Done(Reread),
    /// Patterns changed, or another process was faster: look again.
    Overtaken,
    Over,
}

impl Engine {
    /// The user's patterns, in the order in which they are tried.
    pub fn join_patterns(&self) -> Result<Vec<PatternView>, Error> {
        let rows = self.store().read(|read| read.join_patterns())?;
        Ok(rows
            .into_iter()
            .map(|row| PatternView {
                problem: Pattern::new(&row.name, &row.expression)
                    .err()
                    .map(|error| error.to_string()),
                name: row.name,
                expression: row.expression,
            })
            .collect())
    }

    /// Adds a pattern behind the others. [`Self::reread_links`] makes it count for known events.
    ///
    /// # Errors
    /// [`Error::Pattern`] if it is not taken, [`Error::Invalid`] if its name is.
    pub async fn add_join_pattern(&self, name: &str, expression: &str) -> Result<(), Error> {
        let pattern = Pattern::new(name, expression)?;
        let row = PatternRow {
            name: pattern.name().to_owned(),
            expression: pattern.expression().to_owned(),
        };
        let added = self.store().write(|write| {
            if write.join_patterns()?.len() >= dayline_model::links::MOST_PATTERNS {
                return Ok(Err(PatternError::TooMany));
            }
            let added = write.add_join_pattern(&row)?;
            if added {
                write.put_setting(REREAD_AFTER, "0")?;
            }
            Ok(Ok(added))
        })??;
        if !added {
            return Err(Error::Invalid(format!(
                "there is a pattern called {} already",
                row.name
            )));
        }
        self.tell_holder(None).await;
        Ok(())
    }

    /// Removes a pattern. From then on nothing of it is opened; [`Self::reread_links`] takes its
    /// links out of known events.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is none of that name.
    pub async fn remove_join_pattern(&self, name: &str) -> Result<(), Error> {
        let removed = self.store().write(|write| {
            let removed = write.remove_join_pattern(name.trim())?;
            if removed {
                write.put_setting(REREAD_AFTER, "0")?;
            }
            Ok(removed)
        })?;
        if !removed {
            return Err(Error::NotFound("pattern"));
        }
        self.tell_holder(None).await;
        Ok(())
    }

    /// What an expression would hold among the links of known events.
    ///
    /// # Errors
    /// [`Error::Pattern`] if it is not taken.
    /// # Cancel safety
    /// It only reads, a batch at a time.
    pub async fn try_join_pattern(&self, expression: &str) -> Result<PatternTrial, Error> {
        let pattern = Pattern::new("?", expression)?;
        let patterns = Patterns::new(vec![pattern.clone()])?;
        let mut trial = PatternTrial::default();
        let mut after = EventId(0);
        loop {
            let sources = self.store().read(|read| read.link_sources(after, BATCH))?;
            let Some(last) = sources.last() else {
                break;
            };
            after = last.event;
            for source in &sources {
                trial.looked_at += 1;
                if may_hold(source, &patterns) {
                    self.add_matches(source, &pattern, &patterns, &mut trial)?;
                }
            }
            tokio::task::yield_now().await;
        }
        Ok(trial)
    }

    fn add_matches(
        &self,
        source: &LinkSource,
        pattern: &Pattern,
        patterns: &Patterns,
        trial: &mut PatternTrial,
    ) -> Result<(), Error> {
        for link in found(source, patterns) {
            let is_held = Url::parse(&link.url).is_ok_and(|url| pattern.holds(&url));
            if !is_held {
                continue;
            }
            trial.count += 1;
            if trial.matches.len() >= MOST_MATCHES {
                continue;
            }
            let Some(event) = self.store().read(|read| read.load_event(source.event))? else {
                continue;
            };
            trial.matches.push(PatternMatch {
                title: event.title,
                date: first_day(&event.core.when),
                link: link.url,
                known_as: (link.service != Service::Custom).then(|| link.service.name().to_owned()),
            });
        }
        Ok(())
    }

    /// Brings the links of known events to the patterns as they are now, if these changed since it
    /// was done last. Any process may do it; two at once share the work.
    ///
    /// Shape: `progress` hears after each batch how far it is.
    ///
    /// # Errors
    /// [`Error::Store`]; what is done so far stays.
    /// # Cancel safety
    /// Each batch is a transaction of its own, and the next call goes on behind the last one.
    pub async fn reread_links(&self, progress: impl Fn(Reread)) -> Result<Reread, Error> {
        let mut sum = Reread::default();
        loop {
            match self.reread_batch()? {
                Batch::Done(done) => {
                    sum.looked_at += done.looked_at;
                    sum.changed += done.changed;
                    progress(sum);
                }
                Batch::Overtaken => {}
                Batch::Over => break,
            }
            tokio::task::yield_now().await;
        }
        if sum.changed > 0 {
            self.tell(EngineEvent::everything());
            self.tell_holder(None).await;
        }
        Ok(sum)
    }

    /// Goes on with what another process began, when a sync has ended and told how it went.
    pub(crate) async fn reread_after_sync(&self) {
        if let Err(error) = self.reread_links(|_| ()).await {
            tracing::warn!(%error, "links of the user's patterns are not up to date");
        }
    }

    fn reread_batch(&self) -> Result<Batch, Error> {
        let (place, rows, sources) = self.store().read(|read| {
            let Some(place) = read.find_setting(REREAD_AFTER)? else {
                return Ok((None, Vec::new(), Vec::new()));
            };
            let after = EventId(place.parse().unwrap_or(0));
            let sources = read.link_sources(after, BATCH)?;
            Ok((Some(place), read.join_patterns()?, sources))
        })?;
        if place.is_none() {
            return Ok(Batch::Over);
        }
        let patterns = self.pattern_cache().compiled(rows.clone());
        let changes: Vec<(&LinkSource, Derived)> = sources
            .iter()
            .filter_map(|source| Some((source, reread(source, &patterns)?)))
            .collect();
        let done = self.store().write(|write| {
            if write.find_setting(REREAD_AFTER)? != place || write.join_patterns()? != rows {
                return Ok(Batch::Overtaken);
            }
            let mut done = Reread {
                looked_at: sources.len().try_into().unwrap_or(u64::MAX),
                changed: 0,
            };
            for (source, derived) in &changes {
                done.changed += u64::from(write.put_links(source, derived)?);
            }
            match sources.last() {
                Some(last) => write.put_setting(REREAD_AFTER, &last.event.to_string())?,
                None => write.remove_setting(REREAD_AFTER)?,
            }
            Ok(Batch::Done(done))
        })?;
        Ok(done)
    }

    /// The patterns as they are now.
    pub(crate) fn patterns(&self) -> Result<Arc<Patterns>, Error> {
        let cache = self.pattern_cache();
        Ok(self.store().read(|read| cache.load(read))?)
    }
}

/// Whether a link of one of the patterns may stand in an event's texts.
fn may_hold(source: &LinkSource, patterns: &Patterns) -> bool {
    let body = source.body.as_ref().map(|body| match body {
        dayline_model::Body::Html(text) | dayline_model::Body::Text(text) => text,
    });
    let links = source.derived.links.iter().map(|link| &link.url);
    body.into_iter()
        .chain(&source.location)
        .chain(&source.places)
        .chain(links)
        .any(|text| patterns.iter().any(|pattern| pattern.may_stand_in(text)))
}

/// The links of an event as it is kept.
fn found(source: &LinkSource, patterns: &Patterns) -> Vec<dayline_model::JoinLink> {
    let links = source.derived.links.iter();
    let online = OnlineMeeting {
        links: links
            .filter(|link| is_given_as_data(&link.source))
            .map(|link| MeetingLink {
                url: link.url.clone(),
                source: link.source.clone(),
            })
            .collect(),
        ..OnlineMeeting::default()
    };
    let places: Vec<&str> = source.places.iter().map(String::as_str).collect();
    let kept = Kept {
        online: Some(&online),
        location: source.location.as_deref(),
        places: &places,
        body: source.body.as_ref(),
    };
    candidates_of_kept(&kept, patterns)
}

/// The links of an event by these patterns; `None` if they are those that it has. What no pattern
/// has to do with stays as it is.
fn reread(source: &LinkSource, patterns: &Patterns) -> Option<Derived> {
    let before = &source.derived;
    let had_own = before.links.iter().any(|link| link.label.is_some());
    if !had_own && !may_hold(source, patterns) {
        return None;
    }
    let links = found(source, patterns);
    if !had_own && links.iter().all(|link| link.label.is_none()) {
        return None;
    }
    let is_teams = |key: &str| Service::from_key(key).is_some_and(|service| service.is_teams());
    // Kept as one bit: by its best link, or because its provider says so.
    let provider_says = before.is_teams
        && (before
            .links
            .first()
            .is_none_or(|link| !is_teams(&link.service))
            || before
                .links
                .iter()
                .any(|link| is_given_as_data(&link.source) && is_teams(&link.service)));
    let derived = Derived {
        is_teams: provider_says || links.first().is_some_and(|link| link.service.is_teams()),
        links: links.into_iter().map(link_row).collect(),
        ..before.clone()
    };
    (derived != *before).then_some(derived)
}

/// The day on which something takes place first, where it takes place.
fn first_day(when: &When) -> String {
    match when {
        When::AllDay { start, .. } => start.to_string(),
        When::Timed { start, .. } => start.zone.local(start.utc()).date().to_string(),
    }
}
