//! Google's discovery document: which parameters and members a method knows, and of what type.
//!
//! Requests are held against it before a handler sees them, answers in tests. It knows shapes,
//! not rules: what an event may be is decided in `write`.
//!
//! # Source
//! Discovery document of calendar v3, revision 20261030 (google-api-python-client 2.202.0).

use std::sync::OnceLock;

use chrono::{DateTime, NaiveDate};
use serde_json::{Map, Value};

use super::errors;
use crate::call::{Call, Reply};

const DOCUMENT: &str = include_str!(
    "../../../../tests/fixtures/providers/google/discovery_calendar_v3_rev20261030.json"
);

/// Query parameters of every Google API that the document does not list.
const COMMON: [&str; 5] = [
    "access_token",
    "callback",
    "$.xgafv",
    "uploadType",
    "upload_protocol",
];

/// What is wrong with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Problem {
    /// The schema has no such member.
    Unknown,
    /// The value is of another type.
    Type,
    /// The text is no date, the number too large.
    Format,
    /// The text is none of the documented values.
    Value,
}

/// One thing that a schema does not allow, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    /// The member's path, such as `attendees/0/email`.
    pub(super) at: String,
    pub(super) problem: Problem,
}

/// The whole document.
pub(super) fn document() -> &'static Value {
    static PARSED: OnceLock<Value> = OnceLock::new();
    PARSED.get_or_init(|| serde_json::from_str(DOCUMENT).unwrap_or_default())
}

fn member<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    value.get(name)
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The method that answers `verb` at a path after `/calendar/v3`.
pub(super) fn method(verb: &str, parts: &[&str]) -> Option<&'static Value> {
    let resources = document().get("resources")?.as_object()?;
    let fits = |method: &&Value| {
        let path: Vec<&str> = text(method, "path").split('/').collect();
        text(method, "httpMethod") == verb
            && path.len() == parts.len()
            && path
                .iter()
                .zip(parts)
                .all(|(known, part)| known.starts_with('{') || known == part)
    };
    let all = || {
        resources
            .values()
            .filter_map(|resource| resource.get("methods")?.as_object())
            .flat_map(Map::values)
    };
    // `…/events/import` is a method of its own, not the event `import`.
    let literal = |method: &&Value| text(method, "path").matches('{').count();
    all().filter(fits).min_by_key(literal)
}

/// The name of the schema that a method takes (`request`) or gives (`response`).
pub(super) fn schema_of(method: &'static Value, side: &str) -> Option<&'static str> {
    method.get(side)?.get("$ref")?.as_str()
}

/// What a value has that the named schema does not allow.
pub(super) fn findings(schema: &str, value: &Value) -> Vec<Finding> {
    let mut found = Vec::new();
    match document().pointer(&format!("/schemas/{schema}")) {
        Some(schema) => walk(schema, value, "", &mut found),
        None => note(&mut found, schema, Problem::Unknown),
    }
    found
}

fn note(found: &mut Vec<Finding>, at: &str, problem: Problem) {
    found.push(Finding {
        at: at.trim_start_matches('/').to_owned(),
        problem,
    });
}

fn walk(schema: &Value, value: &Value, at: &str, found: &mut Vec<Finding>) {
    if let Some(name) = member(schema, "$ref").and_then(Value::as_str) {
        match document().pointer(&format!("/schemas/{name}")) {
            Some(target) => walk(target, value, at, found),
            None => note(found, at, Problem::Unknown),
        }
        return;
    }
    match (text(schema, "type"), value) {
        ("any", _) | ("boolean", Value::Bool(_)) | ("number", Value::Number(_)) => {}
        ("string", Value::String(text)) => string(schema, text, at, found),
        ("integer", Value::Number(number)) => {
            let fits = number
                .as_i64()
                .is_some_and(|number| i32::try_from(number).is_ok());
            if !fits {
                note(found, at, Problem::Format);
            }
        }
        ("array", Value::Array(items)) => {
            if let Some(schema) = member(schema, "items") {
                for (index, item) in items.iter().enumerate() {
                    walk(schema, item, &format!("{at}/{index}"), found);
                }
            }
        }
        ("object", Value::Object(map)) => object(schema, map, at, found),
        _ => note(found, at, Problem::Type),
    }
}

fn object(schema: &Value, map: &Map<String, Value>, at: &str, found: &mut Vec<Finding>) {
    let known = member(schema, "properties");
    let others = member(schema, "additionalProperties");
    for (name, value) in map {
        let at = format!("{at}/{name}");
        match known.and_then(|known| known.get(name)).or(others) {
            Some(schema) => walk(schema, value, &at, found),
            None => note(found, &at, Problem::Unknown),
        }
    }
}

fn string(schema: &Value, value: &str, at: &str, found: &mut Vec<Finding>) {
    let fits = match text(schema, "format") {
        "date" => value.parse::<NaiveDate>().is_ok(),
        "date-time" => DateTime::parse_from_rfc3339(value).is_ok(),
        _ => true,
    };
    if !fits {
        note(found, at, Problem::Format);
    }
    let values = documented_values(schema);
    if !values.is_empty() && !values.contains(&value) {
        note(found, at, Problem::Value);
    }
}

/// The values of an enum, or those that a description lists as `- "value" - meaning`.
fn documented_values(schema: &Value) -> Vec<&str> {
    if let Some(list) = member(schema, "enum").and_then(Value::as_array) {
        return list.iter().filter_map(Value::as_str).collect();
    }
    let description = text(schema, "description");
    let Some((before, list)) = description.split_once("ossible value") else {
        return Vec::new();
    };
    // "Some of the possible values" are not all of them.
    if before.contains("Some of the") {
        return Vec::new();
    }
    list.split("- \"")
        .skip(1)
        .filter_map(|row| row.split_once('"'))
        .map(|(value, _)| value)
        .collect()
}

/// Refuses a request whose parameters or body the document does not allow.
///
/// Members that no schema knows are passed over as Google does; with `strict` they are refused.
pub(super) fn refuse(call: &Call, parts: &[&str], strict: bool) -> Option<Reply> {
    let method = method(call.method.as_str(), parts)?;
    refuse_query(call, method).or_else(|| refuse_body(call, method, strict))
}

fn refuse_query(call: &Call, method: &'static Value) -> Option<Reply> {
    let own = member(method, "parameters");
    let common = document().get("parameters");
    let find = |name: &str| {
        let known = own.and_then(|own| own.get(name));
        known.or_else(|| common.and_then(|common| common.get(name)))
    };
    for (name, value) in &call.query {
        if COMMON.contains(&name.as_str()) {
            continue;
        }
        let Some(parameter) = find(name).filter(|one| text(one, "location") == "query") else {
            let message = format!(
                "Invalid JSON payload received. Unknown name \"{name}\": Cannot bind query parameter. Field '{name}' could not be found in request message."
            );
            return Some(errors::error(400, "badRequest", &message));
        };
        if let Some(message) = wrong_parameter(parameter, value) {
            return Some(errors::error_at(
                400,
                "invalidParameter",
                &message,
                "parameter",
                name,
            ));
        }
    }
    let required = own.and_then(Value::as_object)?.iter().find(|(name, one)| {
        text(one, "location") == "query"
            && one.get("required").is_some_and(|required| required == true)
            && call.param(name).is_none()
    });
    required.map(|(name, _)| {
        let message = format!("Required parameter: {name}");
        errors::error_at(400, "required", &message, "parameter", name)
    })
}

/// Why a value does not fit its parameter. Instants are judged by their handlers.
fn wrong_parameter(parameter: &Value, value: &str) -> Option<String> {
    let bound = |name: &str| text(parameter, name).parse::<i64>().ok();
    match text(parameter, "type") {
        "boolean" if !matches!(value, "true" | "false") => Some(format!(
            "Invalid boolean value: '{value}'. Value must be 'true' or 'false'."
        )),
        "integer" => {
            let low = bound("minimum").unwrap_or(i64::from(i32::MIN));
            let high = bound("maximum").unwrap_or(i64::from(i32::MAX));
            let fits = value
                .parse::<i64>()
                .is_ok_and(|value| (low..=high).contains(&value));
            (!fits).then(|| {
                format!("Invalid value '{value}'. Values must be within the range: [{low}, {high}]")
            })
        }
        "string" => {
            let allowed = member(parameter, "enum").and_then(Value::as_array)?;
            let allowed: Vec<&str> = allowed.iter().filter_map(Value::as_str).collect();
            (!allowed.contains(&value)).then(|| {
                format!(
                    "Invalid string value: '{value}'. Allowed values: [{}]",
                    allowed.join(", ")
                )
            })
        }
        _ => None,
    }
}

fn refuse_body(call: &Call, method: &'static Value, strict: bool) -> Option<Reply> {
    let schema = schema_of(method, "request")?;
    let Some(body) = call.object() else {
        return Some(errors::bad_json());
    };
    let findings = findings(schema, &without_nulls(&Value::Object(body)));
    findings.iter().find_map(|finding| {
        let at = finding.at.replace('/', ".");
        match finding.problem {
            Problem::Type => Some(errors::invalid(&format!("Invalid value at '{at}'"))),
            // A wall time without an offset is fine beside a `timeZone`; other texts are rules.
            Problem::Format if at.ends_with("ateTime") => None,
            Problem::Format | Problem::Value => {
                Some(errors::invalid(&format!("Invalid value for: {at}")))
            }
            Problem::Unknown if strict => {
                let message = format!(
                    "Invalid JSON payload received. Unknown name \"{at}\": Cannot find field."
                );
                Some(errors::error(400, "badRequest", &message))
            }
            Problem::Unknown => None,
        }
    })
}

/// The request without the members that its schema does not name, which are not kept.
pub(super) fn known_part(call: &Call, parts: &[&str]) -> Call {
    let pruned = method(call.method.as_str(), parts)
        .and_then(|method| schema_of(method, "request"))
        .and_then(|schema| document().pointer(&format!("/schemas/{schema}")))
        .zip(call.object())
        .map(|(schema, body)| pruned(schema, &Value::Object(body)));
    match pruned {
        Some(body) => Call {
            body: body.to_string().into(),
            ..call.clone()
        },
        None => call.clone(),
    }
}

fn pruned(schema: &Value, value: &Value) -> Value {
    if let Some(name) = member(schema, "$ref").and_then(Value::as_str) {
        let target = document().pointer(&format!("/schemas/{name}"));
        return target.map_or_else(|| value.clone(), |target| pruned(target, value));
    }
    match value {
        Value::Object(map) => {
            let known = member(schema, "properties");
            let others = member(schema, "additionalProperties");
            if known.is_none() && others.is_none() {
                return value.clone();
            }
            map.iter()
                .filter_map(|(name, value)| {
                    let schema = known.and_then(|known| known.get(name)).or(others)?;
                    Some((name.clone(), pruned(schema, value)))
                })
                .collect()
        }
        Value::Array(items) => match member(schema, "items") {
            Some(schema) => items.iter().map(|item| pruned(schema, item)).collect(),
            None => value.clone(),
        },
        other => other.clone(),
    }
}

/// The value without members that are `null`, at any depth: `null` clears and has no type.
pub(super) fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(map) => map
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name.clone(), without_nulls(value)))
            .collect(),
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests;
