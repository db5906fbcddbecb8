//! OData system query options on lists: `$select $filter $orderby $top $skip $count`.
//!
//! The filter grammar is the simple part that clients use: comparisons joined by `and`, and
//! `startswith`/`contains`. Anything else is refused rather than guessed.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::context::Context;
use crate::call::Reply;

/// Properties of `event` in the v1.0 CSDL.
const EVENT_PROPERTIES: &[&str] = &[
    "id",
    "categories",
    "changeKey",
    "createdDateTime",
    "lastModifiedDateTime",
    "allowNewTimeProposals",
    "attendees",
    "body",
    "bodyPreview",
    "cancelledOccurrences",
    "end",
    "hasAttachments",
    "hideAttendees",
    "iCalUId",
    "importance",
    "isAllDay",
    "isCancelled",
    "isDraft",
    "isOnlineMeeting",
    "isOrganizer",
    "isReminderOn",
    "location",
    "locations",
    "onlineMeeting",
    "onlineMeetingProvider",
    "onlineMeetingUrl",
    "organizer",
    "originalEndTimeZone",
    "originalStart",
    "originalStartTimeZone",
    "recurrence",
    "reminderMinutesBeforeStart",
    "responseRequested",
    "responseStatus",
    "sensitivity",
    "seriesMasterId",
    "showAs",
    "start",
    "subject",
    "transactionId",
    "type",
    "webLink",
    "attachments",
    "calendar",
    "exceptionOccurrences",
    "extensions",
    "instances",
    "multiValueExtendedProperties",
    "singleValueExtendedProperties",
];

/// Whether the CSDL knows a property of `event`.
pub(super) fn is_event_property(name: &str) -> bool {
    EVENT_PROPERTIES.contains(&name)
}

/// The names in `$select`; `None` if everything is wanted.
pub(super) fn selected(cx: &Context<'_>) -> Option<Vec<String>> {
    let names: Vec<String> = cx
        .call
        .param("$select")?
        .split(',')
        .map(|name| name.trim().split('/').next().unwrap_or_default().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    Some(names)
}

/// Refuses a `$select` of an unknown event property, as the service does.
pub(super) fn check_select(cx: &Context<'_>) -> Result<(), Box<Reply>> {
    for name in selected(cx).unwrap_or_default() {
        if !is_event_property(&name) {
            let message = format!(
                "Could not find a property named '{name}' on type 'Microsoft.OutlookServices.Event'."
            );
            return Err(Box::new(cx.error(400, "RequestBroker--ParseUri", &message)));
        }
    }
    Ok(())
}

/// Leaves only the selected properties; annotations and the id always stay.
pub(super) fn select(cx: &Context<'_>, value: Value) -> Value {
    let Some(names) = selected(cx) else {
        return value;
    };
    let Value::Object(map) = value else {
        return value;
    };
    let kept: Map<String, Value> = map
        .into_iter()
        .filter(|(key, _)| key.starts_with('@') || key == "id" || names.contains(key))
        .collect();
    Value::Object(kept)
}

/// Filters, orders and cuts a list into this request's page.
pub(super) fn page(
    cx: &Context<'_>,
    below: &str,
    mut all: Vec<Value>,
    default_size: usize,
) -> Result<Reply, Box<Reply>> {
    if let Some(filter) = cx.call.param("$filter") {
        let terms = parse_filter(filter).map_err(|message| {
            Box::new(cx.error(
                400,
                "BadRequest",
                &format!("Invalid filter clause: {message}"),
            ))
        })?;
        all.retain(|item| terms.iter().all(|term| term.holds(item)));
    }
    if let Some(order) = cx.call.param("$orderby") {
        sort(&mut all, order);
    }
    let count = all.len();
    let number = |name: &str| -> Result<Option<usize>, Box<Reply>> {
        let Some(text) = cx.call.param(name) else {
            return Ok(None);
        };
        text.parse().map(Some).map_err(|_| {
            let message = format!("Invalid value '{text}' for {name} query option found.");
            Box::new(cx.error(400, "BadRequest", &message))
        })
    };
    let top = number("$top")?;
    if top == Some(0) || top.is_some_and(|top| top > 1000) {
        let message = "The value of '$top' must be between 1 and 1000.";
        return Err(Box::new(cx.error(400, "ErrorInvalidParameter", message)));
    }
    let size = top.or(cx.max_page_size).unwrap_or(default_size);
    let skip = number("$skip")?.unwrap_or(0);
    let next = skip + size;
    let items: Vec<Value> = all
        .into_iter()
        .skip(skip)
        .take(size)
        .map(|item| select(cx, item))
        .collect();
    let link = (next < count).then(|| cx.link_with("$skip", &next.to_string()));
    let below = match selected(cx) {
        Some(names) => format!("{below}({})", names.join(",")),
        None => below.to_owned(),
    };
    let mut body = crate::call::object(cx.collection(&below, items, link));
    if cx.call.param("$count") == Some("true") {
        body.insert("@odata.count".into(), count.into());
    }
    Ok(Reply::json(200, &Value::Object(body)))
}

fn sort(all: &mut [Value], order: &str) {
    let keys: Vec<(String, bool)> = order
        .split(',')
        .map(|key| {
            let mut words = key.split_whitespace();
            let path = words.next().unwrap_or_default().to_owned();
            (
                path,
                words
                    .next()
                    .is_some_and(|word| word.eq_ignore_ascii_case("desc")),
            )
        })
        .collect();
    all.sort_by(|a, b| {
        keys.iter()
            .fold(Ordering::Equal, |found, (path, descending)| {
                found.then_with(|| {
                    let order = compare(at(a, path), at(b, path));
                    if *descending { order.reverse() } else { order }
                })
            })
    });
}

fn at<'a>(item: &'a Value, path: &str) -> &'a Value {
    item.pointer(&format!("/{path}")).unwrap_or(&Value::Null)
}

fn compare(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::String(a), Value::String(b)) => a.cmp(b),
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Number(a), Value::Number(b)) => a
            .as_f64()
            .partial_cmp(&b.as_f64())
            .unwrap_or(Ordering::Equal),
        _ => a.is_null().cmp(&b.is_null()).reverse(),
    }
}

/// One condition of a `$filter`.
#[derive(Debug, PartialEq)]
enum Term {
    Compare {
        path: String,
        operator: String,
        value: Value,
    },
    Function {
        name: String,
        path: String,
        value: String,
    },
}

impl Term {
    fn holds(&self, item: &Value) -> bool {
        match self {
            Self::Compare {
                path,
                operator,
                value,
            } => {
                let found = at(item, path);
                let order = compare(found, value);
                match operator.as_str() {
                    "eq" => found == value || same_time(path, order),
                    "ne" => found != value,
                    "ge" => order != Ordering::Less,
                    "gt" => order == Ordering::Greater,
                    "le" => order != Ordering::Greater,
                    _ => order == Ordering::Less,
                }
            }
            Self::Function { name, path, value } => {
                let found = at(item, path).as_str().unwrap_or_default().to_lowercase();
                let value = value.to_lowercase();
                if name == "startswith" {
                    found.starts_with(&value)
                } else {
                    found.contains(&value)
                }
            }
        }
    }
}

fn same_time(path: &str, order: Ordering) -> bool {
    path.ends_with("dateTime") && order == Ordering::Equal
}

fn parse_filter(filter: &str) -> Result<Vec<Term>, String> {
    filter
        .split(" and ")
        .map(|term| parse_term(term.trim()))
        .collect()
}

fn parse_term(term: &str) -> Result<Term, String> {
    if let Some((name, inner)) = term.strip_suffix(')').and_then(|open| open.split_once('(')) {
        let (path, value) = inner.split_once(',').ok_or_else(|| term.to_owned())?;
        let value = quoted(value.trim()).ok_or_else(|| term.to_owned())?;
        if matches!(name, "startswith" | "contains") {
            return Ok(Term::Function {
                name: name.into(),
                path: path.trim().into(),
                value,
            });
        }
        return Err(term.to_owned());
    }
    let mut words = term.splitn(3, ' ');
    let (Some(path), Some(operator), Some(raw)) = (words.next(), words.next(), words.next()) else {
        return Err(term.to_owned());
    };
    if !matches!(operator, "eq" | "ne" | "ge" | "gt" | "le" | "lt") {
        return Err(term.to_owned());
    }
    let raw = raw.trim();
    let value = match (quoted(raw), raw) {
        (Some(text), _) => normal_time(path, text),
        (None, "true") => Value::Bool(true),
        (None, "false") => Value::Bool(false),
        (None, "null") => Value::Null,
        (None, number) => match number.parse::<i64>() {
            Ok(number) => number.into(),
            // Unquoted instants, as in `lastModifiedDateTime ge 2026-01-01T00:00:00Z`.
            Err(_) => Value::String(number.to_owned()),
        },
    };
    Ok(Term::Compare {
        path: path.into(),
        operator: operator.into(),
        value,
    })
}

/// Wall times compare as text, so both sides need seven fraction digits.
fn normal_time(path: &str, text: String) -> Value {
    if path.ends_with("dateTime")
        && let Some(local) = crate::time::parse_local(text.trim_end_matches('Z'))
    {
        return crate::time::graph_local(local).into();
    }
    text.into()
}

fn quoted(text: &str) -> Option<String> {
    let inner = text.strip_prefix('\'')?.strip_suffix('\'')?;
    Some(inner.replace("''", "'"))
}
