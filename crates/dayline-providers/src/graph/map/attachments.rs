//! Graph's attachments: files, items and links to files in the cloud.

use dayline_model::Attachment;
use serde::Deserialize;
use serde_json::Value;

use super::super::wire;
use crate::mapping::{MOST_ATTACHMENTS, one_line};

/// What is attached, without the pictures that a description shows.
pub(in super::super) fn attachments(items: &[Value]) -> Vec<Attachment> {
    items
        .iter()
        .filter_map(|item| wire::Attachment::deserialize(item).ok())
        .filter(|item| !is_picture_of_the_text(item))
        .take(MOST_ATTACHMENTS)
        .map(|item| Attachment {
            name: one_line(item.name.as_str()).unwrap_or_default(),
            url: item.source_url.text(),
            media_type: item.content_type.text(),
            size: item.size.0,
        })
        .collect()
}

/// Outlook marks some links as inline that are attached like any other.
fn is_picture_of_the_text(item: &wire::Attachment) -> bool {
    item.is_inline.is_true()
        && item.content_type.as_str().starts_with("image/")
        && !item.kind.as_str().ends_with("referenceAttachment")
}

#[cfg(test)]
mod tests;
