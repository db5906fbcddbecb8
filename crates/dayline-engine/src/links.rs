//! What Dayline finds in a text or a link, without any event: for programs that ask from outside.
//!
//! It needs no database; the user's patterns count if there is one. Nothing is opened.

use std::path::Path;

use dayline_model::gate;
use dayline_model::links::{Reading, read_text};
use dayline_model::{JoinLink, Patterns};
use dayline_store::{OpenError, Store};

pub use dayline_model::links::TextKind;

use crate::Error;
use crate::error::sentence;
use crate::patterns::PatternCache;
use crate::view::{FoundLink, LinkVerdict, TextReading};

/// Says what links are, by the services that Dayline knows and the user's patterns.
pub struct LinkJudge(std::sync::Arc<Patterns>);

impl LinkJudge {
    /// With the patterns of the database in `folder`, if there is one of this version.
    ///
    /// # Errors
    /// [`Error::Open`] if there is a database that cannot be read, [`Error::Store`] if it fails.
    pub fn of_folder(folder: &Path) -> Result<Self, Error> {
        let patterns = match Store::open_existing(folder) {
            Ok(store) => store.read(|read| PatternCache::default().load(read))?,
            // One that waits for its migration, or that a newer version keeps, is not asked.
            Err(OpenError::Missing(_) | OpenError::Older { .. } | OpenError::Newer { .. }) => {
                std::sync::Arc::default()
            }
            Err(error) => return Err(error.into()),
        };
        Ok(Self(patterns))
    }

    /// What somebody needs to join a meeting, out of one text.
    pub fn read(&self, kind: TextKind, text: &str) -> TextReading {
        let Reading { links, texts } = read_text(kind, text, &self.0);
        TextReading {
            links: links.into_iter().map(found_link).collect(),
            meeting_id: texts.meeting_id,
            passcode: texts.passcode,
            dial_in: texts.dial_in,
            dial_in_url: texts.dial_in_url,
            conference_id: texts.conference_id,
        }
    }

    /// Whose a link is, or why it is not opened.
    pub fn judge(&self, url: &str) -> LinkVerdict {
        let given = url.to_owned();
        match gate::check_join(url, &self.0) {
            Ok((url, service)) => {
                let label = self
                    .0
                    .iter()
                    .find(|pattern| pattern.holds(&url))
                    .filter(|_| service == dayline_model::Service::Custom)
                    .map(|pattern| pattern.name().to_owned());
                LinkVerdict {
                    given,
                    found: Some(found_link(JoinLink {
                        url: url.into(),
                        service,
                        source: "url".to_owned(),
                        label,
                    })),
                    refused: None,
                }
            }
            Err(why) => LinkVerdict {
                given,
                found: None,
                refused: Some(sentence(&why.to_string())),
            },
        }
    }
}

fn found_link(link: JoinLink) -> FoundLink {
    FoundLink {
        url: link.url,
        service: link.service.key().to_owned(),
        name: link
            .label
            .clone()
            .unwrap_or_else(|| link.service.name().to_owned()),
        source: link.source,
        label: link.label,
    }
}
