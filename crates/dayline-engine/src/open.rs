//! Opening links outside of Dayline: by event and index, through the gate, never by URL from a page.

use dayline_model::Patterns;
use dayline_model::gate;
use dayline_store::EventRow;
use url::Url;

use crate::view::{attachment_link, body_html, shown_places};
use crate::{Engine, Error};

/// An event's join links that pass the gate as it is now, best first, with the name that people
/// know each one's service by.
pub(crate) fn join_links(event: &EventRow, patterns: &Patterns) -> Vec<(Url, String)> {
    event
        .derived
        .links
        .iter()
        .filter_map(|link| {
            let (url, service) = gate::check_join(&link.url, patterns).ok()?;
            let name = link.label.as_deref().unwrap_or_else(|| service.name());
            Some((url, name.to_owned()))
        })
        .collect()
}

impl Engine {
    /// Opens join candidate `index` of an occurrence.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such occurrence or candidate.
    pub async fn join(&self, occurrence_id: &str, index: usize) -> Result<(), Error> {
        let url = self.join_link(occurrence_id, index)?;
        Ok(self.host().opener.open(&url).await?)
    }

    /// Join candidate `index` of an occurrence, checked.
    ///
    /// # Errors
    /// As [`Engine::join`].
    pub fn join_link(&self, occurrence_id: &str, index: usize) -> Result<Url, Error> {
        let (_, event) = self.load_occurrence(occurrence_id)?;
        let (url, _) = join_links(&event, &*self.patterns()?)
            .into_iter()
            .nth(index)
            .ok_or(Error::NotFound("meeting link"))?;
        Ok(url)
    }

    /// Opens an event's page at its provider.
    ///
    /// # Errors
    /// [`Error::NotFound`] if it has none, [`Error::Link`] if the gate refuses it.
    pub async fn open_event_page(&self, occurrence_id: &str) -> Result<(), Error> {
        let (_, event) = self.load_occurrence(occurrence_id)?;
        let link = event.html_link.ok_or(Error::NotFound("event page"))?;
        Ok(self.host().opener.open(&gate::check_web(&link)?).await?)
    }

    /// Opens a link of an event's description, counted in the order of the sanitised HTML.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such link, [`Error::Link`] if the gate refuses it.
    pub async fn open_description_link(
        &self,
        occurrence_id: &str,
        index: usize,
    ) -> Result<(), Error> {
        let (_, event) = self.load_occurrence(occurrence_id)?;
        let html = event.body.as_ref().map(body_html).unwrap_or_default();
        let link = dayline_model::html::hrefs(&html)
            .into_iter()
            .nth(index)
            .ok_or(Error::NotFound("link"))?;
        Ok(self.host().opener.open(&gate::check_link(&link)?).await?)
    }

    /// Opens the link of a place, counted as in [`crate::view::DetailsView::places`].
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such place, or none that may be opened.
    pub async fn open_place(&self, occurrence_id: &str, index: usize) -> Result<(), Error> {
        let (_, event) = self.load_occurrence(occurrence_id)?;
        let link = shown_places(&event)
            .into_iter()
            .nth(index)
            .and_then(|(_, link)| link)
            .ok_or(Error::NotFound("place"))?;
        Ok(self.host().opener.open(&link).await?)
    }

    /// Opens an attachment, counted as in [`crate::view::DetailsView::attachments`].
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such attachment, or none that may be opened.
    pub async fn open_attachment(&self, occurrence_id: &str, index: usize) -> Result<(), Error> {
        let (_, event) = self.load_occurrence(occurrence_id)?;
        let link = event
            .attachments
            .get(index)
            .and_then(attachment_link)
            .ok_or(Error::NotFound("attachment"))?;
        Ok(self.host().opener.open(&link).await?)
    }
}
