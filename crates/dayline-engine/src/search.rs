//! Finding events by their words: the index is kept off the sync path, and asked in plain text.
//!
//! `words` says what the words of a text are, `question` what a search asks for, `excerpt` where
//! it was found. How hits become a list is in `view/search.rs`.

mod excerpt;
mod question;
mod words;

use std::collections::BTreeSet;

use dayline_model::{Body, html};
use dayline_store::{SearchSource, SearchText};

pub(crate) use self::excerpt::{Field, find_excerpt};
pub(crate) use self::question::Question;
use self::words::index_text;
use crate::{Engine, Error};

/// Events that go into the index in one transaction while somebody waits for an answer.
const BATCH: u32 = 200;
/// And while nobody does: each transaction costs a segment of the index, which is merged later.
const LARGE_BATCH: u32 = 1_000;
/// The most text of a description that is searched.
const MOST_BODY: usize = 256 * 1024;

/// The texts of an event in which it can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Texts {
    /// Title.
    pub title: String,
    /// Place, and what else is known about it.
    pub place: String,
    /// Names and addresses.
    pub people: String,
    /// Description without its markup.
    pub body: String,
}

impl Texts {
    pub(crate) fn of(source: SearchSource) -> Self {
        let body = match source.body {
            Some(Body::Html(text)) => html::to_text(&text),
            Some(Body::Text(text)) => text,
            None => String::new(),
        };
        let end = body.floor_char_boundary(MOST_BODY);
        Self {
            title: source.title,
            place: joined(source.places),
            people: joined(source.people),
            body: body.get(..end).unwrap_or_default().to_owned(),
        }
    }
}

/// Each text once, in a line.
fn joined(texts: Vec<String>) -> String {
    let mut seen = BTreeSet::new();
    let mut line = String::new();
    for text in texts {
        if seen.contains(&text) {
            continue;
        }
        if !line.is_empty() {
            line.push_str(", ");
        }
        line.push_str(&text);
        seen.insert(text);
    }
    line
}

fn ready(source: SearchSource) -> SearchText {
    let (event, fingerprint) = (source.event, source.fingerprint);
    let texts = Texts::of(source);
    SearchText {
        event,
        fingerprint,
        title: index_text(&texts.title),
        place: index_text(&texts.place),
        people: index_text(&texts.people),
        body: index_text(&texts.body),
    }
}

impl Engine {
    /// Brings the index of words up to date, a batch of events at a time, and lets other work go
    /// on between them. Any process may do it; two at once do no harm. Returns how many events
    /// are left.
    ///
    /// # Errors
    /// [`Error::Store`]; what is done so far stays.
    /// # Cancel safety
    /// Each batch is a transaction of its own.
    pub async fn index_events(&self) -> Result<i64, Error> {
        while self.index_batch(LARGE_BATCH)? {
            tokio::task::yield_now().await;
        }
        self.count_unindexed()
    }

    /// Brings the index up to date when a sync has ended and told how it went. A search does
    /// without for now if it fails.
    pub(crate) async fn index_after_sync(&self) {
        if let Err(error) = self.index_events().await {
            tracing::warn!(%error, "the search index is not up to date");
        }
    }

    /// Indexes `most` batches at most. Returns how many events are left.
    pub(crate) async fn index_some(&self, most: u32) -> Result<i64, Error> {
        for _ in 0..most {
            if !self.index_batch(BATCH)? {
                break;
            }
            tokio::task::yield_now().await;
        }
        self.count_unindexed()
    }

    fn count_unindexed(&self) -> Result<i64, Error> {
        Ok(self.store().read(|read| read.count_search_pending())?)
    }

    /// True if something was done, so that more may be left.
    fn index_batch(&self, most: u32) -> Result<bool, Error> {
        let pending = self.store().read(|read| read.pending_search(most))?;
        if pending.is_empty() {
            return Ok(false);
        }
        let texts: Vec<SearchText> = pending.into_iter().map(ready).collect();
        self.store().write(|write| write.index_events(&texts))?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests;
