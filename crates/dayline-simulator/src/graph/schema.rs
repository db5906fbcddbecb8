//! The vendor's own schema, as a check on what goes in and what comes out.
//!
//! Holds the CSDL of `schema/graph` and compares JSON with one of its types: names, kinds of
//! values, members of enumerations, nulls. What a client may not write although the schema
//! knows it (ids, change keys) is decided where it is written.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use roxmltree::{Document, Node};
use serde_json::{Map, Value};

const SOURCES: [&str; 2] = [
    include_str!("../../schema/graph/v1.0-Prod.calendar.csdl.xml"),
    include_str!("../../schema/graph/supplement.csdl.xml"),
];

static SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::read);

/// Deepest nesting that is looked at.
const DEPTH: usize = 12;

/// The types of the two files by their names without namespace.
#[derive(Debug, Default)]
struct Schema {
    structures: BTreeMap<String, Structure>,
    enumerations: BTreeMap<String, Vec<String>>,
    /// Parameters by action and bound type.
    actions: BTreeMap<(String, String), Vec<Property>>,
}

#[derive(Debug, Default)]
struct Structure {
    base: Option<String>,
    is_open: bool,
    properties: Vec<Property>,
}

/// A property, a navigation or a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Property {
    name: String,
    kind: String,
    is_collection: bool,
    nullable: bool,
    navigates: bool,
}

/// What of a value does not agree with its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// The type has no such property.
    Unknown { name: String, of: String },
    /// No member of the enumeration.
    Member { path: String, value: String },
    /// Another kind of value, or a null where none may be.
    Kind { path: String, expected: String },
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown { name, of } => write!(
                f,
                "The property '{name}' does not exist on type 'microsoft.graph.{of}'. Make sure to only use property names that are defined by the type."
            ),
            Self::Member { value, .. } => write!(f, "Requested value '{value}' was not found."),
            Self::Kind { path, expected } => write!(
                f,
                "Cannot convert the literal of '{path}' to the expected type '{expected}'."
            ),
        }
    }
}

impl Schema {
    fn read() -> Self {
        let mut schema = Self::default();
        for source in SOURCES {
            if let Ok(document) = Document::parse(source) {
                for node in document.root_element().children().filter(Node::is_element) {
                    schema.add(&node);
                }
            }
        }
        schema
    }

    fn add(&mut self, node: &Node<'_, '_>) {
        let name = attribute(node, "Name");
        match node.tag_name().name() {
            "EntityType" | "ComplexType" => {
                let structure = Structure {
                    base: node
                        .attribute("BaseType")
                        .map(|base| local(base).to_owned()),
                    is_open: node.attribute("OpenType") == Some("true"),
                    properties: node
                        .children()
                        .filter_map(|child| property(&child))
                        .collect(),
                };
                self.structures.insert(name, structure);
            }
            "EnumType" => {
                let members = node.children().filter(Node::is_element);
                let members = members.map(|member| attribute(&member, "Name")).collect();
                self.enumerations.insert(name, members);
            }
            "Action" => {
                let mut parameters = node.children().filter_map(|child| property(&child));
                if let Some(bound) = parameters.next() {
                    self.actions
                        .insert((name, bound.kind), parameters.collect());
                }
            }
            _ => {}
        }
    }

    fn find(&self, of: &str, name: &str) -> Option<&Property> {
        let mut at = Some(of);
        while let Some(structure) = at.and_then(|of| self.structures.get(of)) {
            if let Some(found) = structure.properties.iter().find(|one| one.name == name) {
                return Some(found);
            }
            at = structure.base.as_deref();
        }
        None
    }

    fn descends(&self, of: &str, from: &str) -> bool {
        let mut at = Some(of);
        while let Some(name) = at {
            if name == from {
                return true;
            }
            at = self
                .structures
                .get(name)
                .and_then(|one| one.base.as_deref());
        }
        false
    }

    /// The type that an object says it has, if it is one of the expected kind.
    fn stated<'a>(&self, object: &'a Map<String, Value>, expected: &'a str) -> &'a str {
        object
            .get("@odata.type")
            .and_then(Value::as_str)
            .map(local)
            .filter(|stated| self.descends(stated, expected))
            .unwrap_or(expected)
    }

    fn object(&self, object: &Map<String, Value>, of: &str, path: &str, out: &mut Vec<Fault>) {
        let of = self.stated(object, of);
        if path.split('/').count() > DEPTH {
            return;
        }
        let open = self.structures.get(of).is_some_and(|one| one.is_open);
        for (name, value) in object {
            // Annotations belong to the format and not to the type. Events are open types in
            // the schema only for extensions that a tenant has registered.
            if name.contains('@') {
                continue;
            }
            let path = format!("{path}/{name}");
            match self.find(of, name) {
                Some(property) => self.property(property, value, &path, out),
                None if open && self.descends(of, "extension") => {}
                None => out.push(Fault::Unknown {
                    name: name.clone(),
                    of: of.to_owned(),
                }),
            }
        }
    }

    fn property(&self, property: &Property, value: &Value, path: &str, out: &mut Vec<Fault>) {
        let wrong = |expected: String| Fault::Kind {
            path: path.to_owned(),
            expected,
        };
        match (property.is_collection, value) {
            (false, Value::Null) if property.nullable => {}
            (true, Value::Array(items)) => {
                for (at, item) in items.iter().enumerate() {
                    self.one(&property.kind, item, &format!("{path}/{at}"), out);
                }
            }
            (true, _) => out.push(wrong(format!("Collection({})", property.kind))),
            (false, value) => self.one(&property.kind, value, path, out),
        }
    }

    fn one(&self, kind: &str, value: &Value, path: &str, out: &mut Vec<Fault>) {
        if let Some(members) = self.enumerations.get(kind) {
            match value.as_str() {
                Some(text) if members.iter().any(|member| member == text) => {}
                Some(text) => out.push(Fault::Member {
                    path: path.to_owned(),
                    value: text.to_owned(),
                }),
                None => out.push(kind_fault(path, kind)),
            }
        } else if self.structures.contains_key(kind) {
            match value {
                Value::Object(object) => self.object(object, kind, path, out),
                _ => out.push(kind_fault(path, kind)),
            }
        } else if !primitive(kind, value) {
            out.push(kind_fault(path, kind));
        }
    }
}

fn kind_fault(path: &str, kind: &str) -> Fault {
    Fault::Kind {
        path: path.to_owned(),
        expected: kind.to_owned(),
    }
}

/// Whether a JSON value is one of an `Edm` type. A type of neither file is nobody's value.
fn primitive(kind: &str, value: &Value) -> bool {
    let text = value.as_str();
    match kind {
        "Edm.String" => text.is_some(),
        "Edm.Boolean" => value.is_boolean(),
        "Edm.Int32" => value
            .as_i64()
            .is_some_and(|number| i32::try_from(number).is_ok()),
        "Edm.Double" => value.is_number() || matches!(text, Some("NaN" | "INF" | "-INF")),
        "Edm.DateTimeOffset" => {
            text.is_some_and(|text| chrono::DateTime::parse_from_rfc3339(text).is_ok())
        }
        "Edm.Date" => text.is_some_and(|text| text.parse::<chrono::NaiveDate>().is_ok()),
        "Edm.TimeOfDay" => text.is_some_and(|text| text.parse::<chrono::NaiveTime>().is_ok()),
        "Edm.Guid" => text.is_some_and(is_guid),
        "Edm.Binary" => text.is_some_and(|text| {
            text.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+/=-_".contains(&byte))
        }),
        _ => false,
    }
}

fn is_guid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
}

fn attribute(node: &Node<'_, '_>, name: &str) -> String {
    node.attribute(name).unwrap_or_default().to_owned()
}

/// A type's name without its namespace; `Edm` names keep theirs.
fn local(name: &str) -> &str {
    let name = name.strip_prefix('#').unwrap_or(name);
    name.strip_prefix("microsoft.graph.")
        .or_else(|| name.strip_prefix("graph."))
        .unwrap_or(name)
}

fn property(node: &Node<'_, '_>) -> Option<Property> {
    let navigates = match node.tag_name().name() {
        "Property" | "Parameter" => false,
        "NavigationProperty" => true,
        _ => return None,
    };
    let kind = node.attribute("Type")?;
    let inner = kind
        .strip_prefix("Collection(")
        .and_then(|kind| kind.strip_suffix(')'));
    Some(Property {
        name: attribute(node, "Name"),
        kind: local(inner.unwrap_or(kind)).to_owned(),
        is_collection: inner.is_some(),
        nullable: node.attribute("Nullable") != Some("false"),
        navigates,
    })
}

/// What of `value` does not agree with the type `of`; empty if all does.
pub(super) fn faults(of: &str, value: &Map<String, Value>) -> Vec<Fault> {
    let mut out = Vec::new();
    SCHEMA.object(value, of, "", &mut out);
    out
}

/// What of an action's body does not agree with its parameters. Their first letter may be
/// large or small: the schema writes `Comment`, the reference `comment`.
pub(super) fn action_faults(action: &str, of: &str, body: &Map<String, Value>) -> Vec<Fault> {
    let key = (action.to_owned(), of.to_owned());
    let none = Vec::new();
    let parameters = SCHEMA.actions.get(&key).unwrap_or(&none);
    let mut out = Vec::new();
    for (name, value) in body.iter().filter(|(name, _)| !name.contains('@')) {
        match parameters
            .iter()
            .find(|one| one.name.eq_ignore_ascii_case(name))
        {
            Some(parameter) => SCHEMA.property(parameter, value, name, &mut out),
            None => out.push(Fault::Unknown {
                name: name.clone(),
                of: action.to_owned(),
            }),
        }
    }
    out
}

/// A parameter of an action by its name; the schema begins them with a large letter, the
/// reference pages with a small one.
pub(super) fn parameter<'a>(body: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let found = body.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value)
}

/// Whether a type has a property or navigation of this name.
pub(super) fn knows(of: &str, name: &str) -> bool {
    SCHEMA.find(of, name).is_some()
}

/// Whether a name is a navigation, which comes only when it is expanded.
pub(super) fn navigates(of: &str, name: &str) -> bool {
    SCHEMA.find(of, name).is_some_and(|found| found.navigates)
}

/// Puts `member` into every enumerated property of an object and of what it holds.
pub(super) fn replace_enumerated(of: &str, object: &mut Map<String, Value>, member: &str) {
    for (name, value) in object.iter_mut() {
        let Some(property) = SCHEMA.find(of, name) else {
            continue;
        };
        let values: &mut [Value] = match value {
            Value::Array(items) => items,
            one => std::slice::from_mut(one),
        };
        for value in values {
            if SCHEMA.enumerations.contains_key(&property.kind) && value.is_string() {
                *value = member.into();
            } else if let Value::Object(inner) = value {
                replace_enumerated(&property.kind, inner, member);
            }
        }
    }
}

/// Whether the schema has the structure at all.
#[cfg(test)]
pub(super) fn has_type(of: &str) -> bool {
    SCHEMA.structures.contains_key(of)
}
