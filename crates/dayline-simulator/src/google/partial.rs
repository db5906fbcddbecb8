//! `fields=`: partial answers, the part of the grammar that clients use:
//! `a,b/c,items(id,start/dateTime)` and `*`.

use serde_json::{Map, Value};

use crate::call::Reply;

/// Thins a JSON answer to the named fields.
pub(super) fn apply(reply: Reply, fields: &str) -> Reply {
    let Ok(body) = serde_json::from_slice::<Value>(&reply.body) else {
        return reply;
    };
    let thin = thin(&body, fields);
    Reply {
        body: thin.to_string().into(),
        ..reply
    }
}

fn thin(value: &Value, fields: &str) -> Value {
    match value {
        Value::Array(list) => list.iter().map(|one| thin(one, fields)).collect(),
        Value::Object(map) => {
            let mut out = Map::new();
            for field in split(fields) {
                let (name, below) = head(field);
                if name == "*" {
                    out.extend(map.clone());
                } else if let Some(found) = map.get(name) {
                    let kept = if below.is_empty() {
                        found.clone()
                    } else {
                        thin(found, below)
                    };
                    out.insert(name.to_owned(), kept);
                }
            }
            Value::Object(out)
        }
        other => other.clone(),
    }
}

/// Splits at commas outside parentheses.
fn split(fields: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_i32;
    fields
        .split(move |c: char| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            c == ',' && depth == 0
        })
        .map(str::trim)
        .filter(|field| !field.is_empty())
}

/// The first name of a field, and what is wanted below it.
fn head(field: &str) -> (&str, &str) {
    let open = field.find('(').unwrap_or(field.len());
    match field.find('/') {
        Some(slash) if slash < open => field.split_once('/').unwrap_or((field, "")),
        _ => match field.split_once('(') {
            Some((name, rest)) => (name, rest.strip_suffix(')').unwrap_or(rest)),
            None => (field, ""),
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_keep_what_they_name() {
        let body =
            json!({"kind": "k", "items": [{"id": "a", "start": {"date": "d", "x": 1}, "y": 2}]});
        assert_eq!(
            thin(&body, "items(id,start/date),etag"),
            json!({"items": [{"id": "a", "start": {"date": "d"}}]})
        );
        assert_eq!(thin(&body, "items/id"), json!({"items": [{"id": "a"}]}));
        assert_eq!(thin(&body, "*"), body);
    }
}
