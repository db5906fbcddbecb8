//! Microsoft's CSDL, as far as an event needs it, and an event made from it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::paths::Path;

const TEXT: &str =
    include_str!("../../../dayline-simulator/schema/graph/v1.0-Prod.calendar.csdl.xml");

/// Types by their names.
pub(crate) struct Schema {
    types: BTreeMap<String, Type>,
    enums: BTreeMap<String, Vec<String>>,
}

#[derive(Default)]
struct Type {
    base: Option<String>,
    properties: Vec<(String, String)>,
}

impl Schema {
    /// Reads the extract, in which every element stands on a line of its own.
    pub(crate) fn read() -> Self {
        let mut schema = Self {
            types: BTreeMap::new(),
            enums: BTreeMap::new(),
        };
        let mut current = String::new();
        for line in TEXT.lines() {
            for element in line.split('<').skip(1) {
                let name = attribute(element, "Name");
                match (element.split_whitespace().next(), name) {
                    (Some("EntityType" | "ComplexType"), Some(name)) => {
                        let base = attribute(element, "BaseType");
                        let base = base.map(|base| base.trim_start_matches("graph.").to_owned());
                        let new = Type {
                            base,
                            properties: Vec::new(),
                        };
                        schema.types.insert(name.clone(), new);
                        current = name;
                    }
                    (Some("EnumType"), Some(name)) => {
                        schema.enums.insert(name.clone(), Vec::new());
                        current = name;
                    }
                    (Some("Property"), Some(name)) => {
                        let of = attribute(element, "Type").unwrap();
                        if let Some(owner) = schema.types.get_mut(&current) {
                            owner.properties.push((name, of));
                        }
                    }
                    (Some("Member"), Some(name)) => {
                        schema.enums.get_mut(&current).unwrap().push(name);
                    }
                    _ => {}
                }
            }
        }
        schema
    }

    /// The properties of a type and of those that it extends.
    fn properties(&self, name: &str) -> Vec<(String, String)> {
        let found = self.types.get(name).unwrap();
        let mut properties = match &found.base {
            Some(base) => self.properties(base),
            None => Vec::new(),
        };
        properties.extend(found.properties.clone());
        properties
    }

    /// An event with every property that the schema names.
    pub(crate) fn event(&self) -> Value {
        let mut event = self.object("event", "");
        event["start"] = json!({"dateTime": "2026-07-01T09:00:00.0000000", "timeZone": "UTC"});
        event["end"] = json!({"dateTime": "2026-07-02T09:00:00.0000000", "timeZone": "UTC"});
        event["@odata.etag"] = json!("W/\"etag\"");
        event["isAllDay"] = json!(false);
        event["type"] = json!("singleInstance");
        event
    }

    fn object(&self, name: &str, place: &str) -> Value {
        let properties = self.properties(name).into_iter();
        let object: Map<String, Value> = properties
            .map(|(property, of)| {
                let value = self.value(&of, &property, &format!("{place}.{property}"));
                (property, value)
            })
            .collect();
        Value::Object(object)
    }

    fn value(&self, of: &str, property: &str, place: &str) -> Value {
        if let Some(inner) = of.strip_prefix("Collection(") {
            let inner = inner.trim_end_matches(')');
            let item = |number: u8| self.value(inner, property, &format!("{place}{number}"));
            return json!([item(1), item(2)]);
        }
        match of {
            "Edm.String" if property.ends_with("TimeZone") => json!("Europe/Berlin"),
            "Edm.String" if property == "timeZone" => json!("UTC"),
            "Edm.String" if property == "dateTime" => json!("2026-07-01T09:00:00.0000000"),
            "Edm.String" => json!(format!("text of {place}")),
            "Edm.Boolean" => json!(true),
            "Edm.Int32" => json!(7),
            "Edm.Double" => json!(1.5),
            "Edm.DateTimeOffset" => json!("2026-07-01T08:00:00Z"),
            "Edm.Date" if property == "endDate" => json!("2026-12-30"),
            "Edm.Date" => json!("2026-07-01"),
            of => {
                let name = of.trim_start_matches("graph.");
                match self.enums.get(name) {
                    Some(words) => json!(words.first().unwrap()),
                    None => self.object(name, place),
                }
            }
        }
    }

    /// The words that may stand in a place of an event.
    pub(crate) fn words_at(&self, path: &Path) -> Option<&[String]> {
        let mut of = "event".to_owned();
        for name in path {
            if name.parse::<usize>().is_ok() {
                continue;
            }
            let properties = self.types.get(&of).map(|_| self.properties(&of))?;
            let (_, next) = properties.into_iter().find(|(known, _)| known == name)?;
            let one = next.trim_start_matches("Collection(");
            let one = one.trim_end_matches(')').trim_start_matches("graph.");
            one.clone_into(&mut of);
        }
        self.enums.get(&of).map(Vec::as_slice)
    }
}

fn attribute(element: &str, name: &str) -> Option<String> {
    let (_, rest) = element.split_once(&format!(" {name}=\""))?;
    Some(rest.split_once('"')?.0.to_owned())
}
