//! What the user chose for the window and for every view: its preferences, and saved views.
//!
//! The window's own preferences are its own: they are kept as the text that it gives. Saved views
//! are shared with the terminal.

use std::collections::BTreeSet;

use chrono_tz::Tz;
use dayline_model::filter::fold;
use dayline_store::Read;

use crate::view::{SavedView, reader_zone};
use crate::{Engine, Error};

const WINDOW: &str = "window";
const VIEWS: &str = "views";

/// How much the window may keep, in bytes.
const MOST_PREFERENCES: usize = 64 * 1024;
/// How many views may be kept.
const MOST_VIEWS: usize = 50;
/// The longest name of a view, in characters.
const LONGEST_NAME: usize = 60;

impl Engine {
    /// What the window stored; `None`: nothing yet.
    pub fn preferences(&self) -> Result<Option<String>, Error> {
        Ok(self.store().read(|read| read.find_setting(WINDOW))?)
    }

    /// Keeps what the window wants to find again, in place of what it kept before.
    ///
    /// # Errors
    /// [`Error::Invalid`] if it is no JSON, or longer than 64 KiB.
    pub fn set_preferences(&self, json: &str) -> Result<(), Error> {
        if json.len() > MOST_PREFERENCES {
            return Err(Error::Invalid(
                "the window's preferences are longer than 64 KiB".to_owned(),
            ));
        }
        if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(json) {
            return Err(Error::Invalid(format!(
                "the window's preferences are no JSON: {error}"
            )));
        }
        Ok(self
            .store()
            .write(|write| write.put_setting(WINDOW, json))?)
    }

    /// The user's saved views, in their order.
    pub fn saved_views(&self) -> Result<Vec<SavedView>, Error> {
        Ok(self.store().read(views)?)
    }

    /// The saved view of a name, without case and accents.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is none.
    pub fn saved_view(&self, name: &str) -> Result<SavedView, Error> {
        let mut views = self.saved_views()?.into_iter();
        views
            .find(|view| fold(&view.name) == fold(name))
            .ok_or(Error::NotFound("view"))
    }

    /// Keeps these views in place of those that were kept before, and gives them as they are kept.
    ///
    /// Shape: names lose spaces around them.
    ///
    /// # Errors
    /// [`Error::Invalid`] for more than 50, for a name that is empty, longer than 60 characters or
    /// there twice (without case and accents), for a shortcut that is no digit from 1 to 9 or is
    /// there twice, and for a filter that cannot be read.
    pub fn set_saved_views(&self, views: Vec<SavedView>) -> Result<Vec<SavedView>, Error> {
        let kept = self.checked(views)?;
        let json = serde_json::to_string(&kept)
            .map_err(|error| Error::Internal(format!("views: {error}")))?;
        self.store()
            .write(|write| write.put_setting(VIEWS, &json))?;
        Ok(kept)
    }

    fn checked(&self, mut views: Vec<SavedView>) -> Result<Vec<SavedView>, Error> {
        let zone = reader_zone(&self.config().zone).unwrap_or(Tz::UTC);
        let refuse = |message: String| Err(Error::Invalid(message));
        if views.len() > MOST_VIEWS {
            return refuse(format!("at most {MOST_VIEWS} views can be kept"));
        }
        let (mut names, mut shortcuts) = (BTreeSet::new(), BTreeSet::new());
        for view in &mut views {
            let name = view.name.trim();
            if name.is_empty() {
                return refuse("a view needs a name".to_owned());
            }
            if name.chars().count() > LONGEST_NAME {
                let message = "the name of a view may have at most";
                return refuse(format!("{message} {LONGEST_NAME} characters"));
            }
            if !names.insert(fold(name)) {
                return refuse(format!("there is a view called {name} already"));
            }
            if let Some(shortcut) = &view.shortcut {
                if !matches!(shortcut.as_bytes(), [b'1'..=b'9']) {
                    return refuse("a shortcut is a digit from 1 to 9".to_owned());
                }
                if !shortcuts.insert(shortcut.clone()) {
                    return refuse(format!(
                        "two views cannot both have the shortcut {shortcut}"
                    ));
                }
            }
            if let Err(error) = self.parse_filter(&view.filter, zone) {
                return refuse(format!("the filter of {name} cannot be read: {error}"));
            }
            view.name = name.to_owned();
        }
        Ok(views)
    }
}

/// Views that no version of Dayline wrote are none.
fn views(read: &Read<'_>) -> Result<Vec<SavedView>, dayline_store::StoreError> {
    let Some(json) = read.find_setting(VIEWS)? else {
        return Ok(Vec::new());
    };
    Ok(serde_json::from_str(&json).unwrap_or_else(|error| {
        tracing::warn!(%error, "saved views cannot be read and are left out");
        Vec::new()
    }))
}
