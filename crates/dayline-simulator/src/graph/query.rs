//! OData system query options: which ones an endpoint knows, `$select`, `$expand`, pages.
//!
//! Options that Graph does not know at a place are refused and never ignored, so that a wrong
//! request fails where it is made.

use serde_json::{Map, Value};

use super::context::Context;
use super::{filter, schema};
use crate::call::Reply;

const LIST: &[&str] = &[
    "$select", "$filter", "$orderby", "$top", "$skip", "$count", "$expand",
];
const FLAT_LIST: &[&str] = &["$select", "$filter", "$orderby", "$top", "$skip", "$count"];
const VIEW: &[&str] = &[
    "$select",
    "$filter",
    "$orderby",
    "$top",
    "$skip",
    "$count",
    "$expand",
    "startDateTime",
    "endDateTime",
];
const ENTITY: &[&str] = &["$select", "$expand"];
/// Refused by name in the round itself, where the message is the service's own.
const DELTA: &[&str] = &[
    "$select",
    "$filter",
    "$orderby",
    "$top",
    "$expand",
    "$search",
    "$deltatoken",
    "$skiptoken",
    "startDateTime",
    "endDateTime",
];

/// The options of an endpoint; `parts` begins after the user.
fn known(method: &str, parts: &[&str]) -> &'static [&'static str] {
    if method != "GET" {
        return &[];
    }
    match parts {
        [.., "calendarView" | "events", "delta"] => DELTA,
        [.., "calendarView"] | [.., "events", _, "instances"] => VIEW,
        [.., "events" | "attachments"] => LIST,
        [
            ..,
            "calendars" | "calendarGroups" | "calendarPermissions" | "masterCategories",
        ] => FLAT_LIST,
        [.., "extensions"] => &["$select", "$count"],
        _ => ENTITY,
    }
}

/// Refuses options that the endpoint does not know, and ones that come twice.
pub(super) fn check(cx: &Context<'_>, parts: &[&str]) -> Result<(), Box<Reply>> {
    if let Some(name) = missing(cx) {
        let message =
            format!("Could not find a property named '{name}' on type 'microsoft.graph.event'.");
        return Err(Box::new(cx.error(400, "BadRequest", &message)));
    }
    let known = known(cx.call.method.as_str(), parts);
    for (at, (name, _)) in cx.call.query.iter().enumerate() {
        let is = |other: &str| {
            if name.starts_with('$') {
                other == name
            } else {
                other.eq_ignore_ascii_case(name)
            }
        };
        let message = if !known.iter().any(|other| is(other)) {
            format!("The query parameter '{name}' is not supported.")
        } else if cx.call.query.iter().take(at).any(|(other, _)| is(other)) {
            format!(
                "Query option '{name}' was specified more than once, but it must be specified at most once."
            )
        } else {
            continue;
        };
        return Err(Box::new(cx.error(400, "BadRequest", &message)));
    }
    Ok(())
}

/// A property in `$select` or `$expand` that the cloud's schema does not have.
fn missing<'a>(cx: &'a Context<'_>) -> Option<&'a str> {
    let lists = ["$select", "$expand"]
        .into_iter()
        .filter_map(|name| cx.call.param(name));
    let mut names = lists.flat_map(|list| list.split(|c: char| !c.is_alphanumeric()));
    names.find(|name| !cx.call.cloud.knows(name))
}

/// One navigation of an `$expand`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expand {
    pub(super) name: String,
    /// The nested `$filter`, as text.
    pub(super) filter: Option<String>,
    /// The nested `$select`.
    pub(super) select: Option<Vec<String>>,
}

/// Reads an `$expand`: names with options in parentheses.
pub(super) fn parse_expand(text: &str) -> Result<Vec<Expand>, String> {
    split_outside(text, ',')?
        .into_iter()
        .map(|part| {
            let part = part.trim();
            let (name, options) = match part.split_once('(') {
                Some((name, rest)) => (name, rest.strip_suffix(')').ok_or("Unbalanced $expand.")?),
                None => (part, ""),
            };
            let mut expand = Expand {
                name: name.trim().to_owned(),
                filter: None,
                select: None,
            };
            for option in split_outside(options, ';')? {
                match option.trim().split_once('=') {
                    Some(("$filter", value)) => expand.filter = Some(value.to_owned()),
                    Some(("$select", value)) => expand.select = Some(names(value)),
                    None if option.trim().is_empty() => {}
                    _ => return Err(format!("'{option}' is not supported within $expand.")),
                }
            }
            if expand.name.is_empty() {
                return Err("An $expand is empty.".into());
            }
            Ok(expand)
        })
        .collect()
}

/// Splits outside of parentheses and quotes.
fn split_outside(text: &str, separator: char) -> Result<Vec<&str>, String> {
    let (mut depth, mut quoted) = (0_i32, false);
    let parts = text
        .split(|c: char| {
            quoted ^= c == '\'';
            match c {
                _ if quoted => {}
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            c == separator && depth == 0 && !quoted
        })
        .collect();
    if depth == 0 && !quoted {
        Ok(parts)
    } else {
        Err("Unbalanced parentheses or quotes.".into())
    }
}

fn names(list: &str) -> Vec<String> {
    list.split(',')
        .map(|name| name.trim().split('/').next().unwrap_or_default().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// The names in `$select`; `None` if everything is wanted.
pub(super) fn selected(cx: &Context<'_>) -> Option<Vec<String>> {
    let list = names(cx.call.param("$select")?);
    (!list.iter().any(|name| name == "*")).then_some(list)
}

fn unknown_property(cx: &Context<'_>, name: &str, of: &str) -> Reply {
    let message =
        format!("Could not find a property named '{name}' on type 'microsoft.graph.{of}'.");
    cx.error(400, "RequestBroker--ParseUri", &message)
}

/// Refuses a `$select` of a property, or an `$expand` of a navigation, that the type has not.
pub(super) fn check_names(cx: &Context<'_>, of: &str) -> Result<(), Box<Reply>> {
    for name in selected(cx).unwrap_or_default() {
        if !schema::knows(of, &name) {
            return Err(Box::new(unknown_property(cx, &name, of)));
        }
    }
    for expand in &cx.expand {
        // `microsoft.graph.itemattachment/item` names a subtype first.
        let cast = expand.name.to_ascii_lowercase();
        if cast == "microsoft.graph.itemattachment/item" && of == "attachment" {
            continue;
        }
        if !schema::navigates(of, &expand.name) {
            return Err(Box::new(unknown_property(cx, &expand.name, of)));
        }
    }
    Ok(())
}

/// Leaves only the selected properties; annotations, the id and what was expanded stay.
pub(super) fn select(cx: &Context<'_>, value: Value) -> Value {
    let Some(names) = selected(cx) else {
        return value;
    };
    let Value::Object(map) = value else {
        return value;
    };
    let kept: Map<String, Value> = map
        .into_iter()
        .filter(|(key, _)| {
            key.contains('@')
                || key == "id"
                || names.contains(key)
                || cx.expand.iter().any(|one| one.name == *key)
        })
        .collect();
    Value::Object(kept)
}

/// A list before its page is cut: what it holds, and how one item becomes JSON.
pub(super) struct Listing<'a, T> {
    /// The path in `@odata.context`.
    pub(super) below: String,
    /// The items' type in the schema.
    pub(super) of: &'a str,
    /// All items.
    pub(super) items: Vec<T>,
    /// Items of a page, if the client does not say.
    pub(super) page: usize,
    /// Items that are added to the last page as they are.
    pub(super) trailing: Vec<Value>,
}

impl<'a, T> Listing<'a, T> {
    pub(super) fn new(below: impl Into<String>, of: &'a str, items: Vec<T>, page: usize) -> Self {
        Self {
            below: below.into(),
            of,
            items,
            page,
            trailing: Vec::new(),
        }
    }
}

/// Filters, orders and cuts a list into this request's page.
pub(super) fn page<T>(
    cx: &Context<'_>,
    list: Listing<'_, T>,
    render: impl Fn(&T) -> Value,
) -> Result<Reply, Box<Reply>> {
    let bad = |message: String| Box::new(cx.error(400, "BadRequest", &message));
    let condition = match cx.call.param("$filter") {
        None => None,
        Some(text) => {
            Some(filter::parse(text).map_err(|why| bad(format!("Invalid filter clause: {why}")))?)
        }
    };
    let keys = match cx.call.param("$orderby") {
        None => Vec::new(),
        Some(text) => filter::parse_order(text).map_err(bad)?,
    };
    let ordered = keys.iter().filter_map(|key| key.pointer.split('/').nth(1));
    let filtered = condition.iter().flat_map(filter::Filter::properties);
    for name in ordered.chain(filtered) {
        if !schema::knows(list.of, name) {
            return Err(Box::new(unknown_property(cx, name, list.of)));
        }
    }
    let (size, skip) = window(cx, list.page)?;
    let next = skip.saturating_add(size);
    // Rendering is the dear part: without a condition only the page itself is rendered.
    let (items, count): (Vec<Value>, usize) = if condition.is_none() && keys.is_empty() {
        let count = list.items.len();
        let cut = list.items.iter().skip(skip).take(size);
        (cut.map(&render).collect(), count)
    } else {
        let mut all: Vec<Value> = list.items.iter().map(&render).collect();
        if let Some(condition) = &condition {
            all.retain(|item| condition.holds(item));
        }
        filter::sort(&mut all, &keys);
        let count = all.len();
        (all.into_iter().skip(skip).take(size).collect(), count)
    };
    let mut items: Vec<Value> = items.into_iter().map(|item| select(cx, item)).collect();
    let link = (next < count).then(|| cx.link_with("$skip", &next.to_string()));
    if link.is_none() {
        items.extend(list.trailing);
    }
    let below = match selected(cx) {
        Some(names) => format!("{}({})", list.below, names.join(",")),
        None => list.below,
    };
    let mut body = crate::call::object(cx.collection(&below, items, link));
    match cx.call.param("$count") {
        Some("true") => {
            body.insert("@odata.count".into(), count.into());
        }
        None | Some("false") => {}
        Some(other) => {
            return Err(bad(format!(
                "Invalid value '{other}' for $count query option found."
            )));
        }
    }
    Ok(Reply::json(200, &Value::Object(body)))
}

/// Size and beginning of the page.
fn window(cx: &Context<'_>, default: usize) -> Result<(usize, usize), Box<Reply>> {
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
    let size = top.or(cx.max_page_size).unwrap_or(default).clamp(1, 1000);
    Ok((size, number("$skip")?.unwrap_or(0)))
}
