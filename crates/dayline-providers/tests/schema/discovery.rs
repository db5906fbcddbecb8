//! Google's discovery document, as far as an event needs it, and an event made from it.

use serde_json::{Map, Value, json};

use crate::paths::Path;

const TEXT: &str = include_str!(
    "../../../../tests/fixtures/providers/google/discovery_calendar_v3_rev20261030.json"
);

/// The document.
pub(crate) struct Schema(Value);

impl Schema {
    pub(crate) fn read() -> Self {
        Self(serde_json::from_str(TEXT).unwrap())
    }

    fn named(&self, name: &str) -> &Value {
        &self.0["schemas"][name]
    }

    /// An event with every property that the schema names.
    pub(crate) fn event(&self) -> Value {
        self.value(self.named("Event"), "", "")
    }

    fn value(&self, schema: &Value, property: &str, place: &str) -> Value {
        if let Some(name) = schema["$ref"].as_str() {
            return self.value(self.named(name), property, place);
        }
        let date = if property == "end" || place.contains(".end.") {
            "2026-07-02"
        } else {
            "2026-07-01"
        };
        match (schema["type"].as_str(), schema["format"].as_str()) {
            (Some("object"), _) => self.object(schema, place),
            (Some("array"), _) => {
                let item = |number: u8| {
                    self.value(&schema["items"], property, &format!("{place}{number}"))
                };
                json!([item(1), item(2)])
            }
            (Some("boolean"), _) => json!(true),
            (Some("integer"), _) => json!(7),
            (_, Some("date")) => json!(date),
            (_, Some("date-time")) => json!(format!("{date}T09:00:00Z")),
            _ if property == "timeZone" => json!("Europe/Berlin"),
            (Some("any"), _) => json!({"any": "thing"}),
            _ => match words(schema).first() {
                Some(word) => json!(word),
                None => json!(format!("text of {place}")),
            },
        }
    }

    fn object(&self, schema: &Value, place: &str) -> Value {
        let mut object = Map::new();
        for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
            let value = self.value(inner, name, &format!("{place}.{name}"));
            object.insert(name.clone(), value);
        }
        if schema["additionalProperties"].is_object() {
            object.insert("key".to_owned(), json!(format!("value of {place}")));
        }
        Value::Object(object)
    }

    /// The words that may stand in a place of an event.
    pub(crate) fn words_at(&self, path: &Path) -> Option<Vec<String>> {
        let mut schema = self.named("Event");
        for name in path {
            if let Some(reference) = schema["$ref"].as_str() {
                schema = self.named(reference);
            }
            schema = if name.parse::<usize>().is_ok() {
                &schema["items"]
            } else {
                &schema["properties"][name]
            };
        }
        Some(words(schema)).filter(|words| !words.is_empty())
    }
}

/// The words that a description lists, each in quotes behind a dash.
fn words(schema: &Value) -> Vec<String> {
    let description = schema["description"].as_str().unwrap_or_default();
    description
        .lines()
        .filter_map(|line| {
            let (word, _) = line.trim().strip_prefix("- \"")?.split_once('"')?;
            Some(word.to_owned())
        })
        .collect()
}
