//! Values inside of JSON by their place.

use serde_json::Value;

/// Names and indexes from the outside in.
pub(crate) type Path = Vec<String>;

/// The places of every value that holds no other; of empty lists and objects too.
pub(crate) fn leaves(value: &Value) -> Vec<Path> {
    let mut found = Vec::new();
    walk(value, &mut Vec::new(), &mut found);
    found
}

fn walk(value: &Value, path: &mut Path, found: &mut Vec<Path>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, item)| (index.to_string(), item))
            .collect(),
        Value::Object(object) => object
            .iter()
            .map(|(name, item)| (name.clone(), item))
            .collect(),
        _ => Vec::new(),
    };
    if inner.is_empty() {
        found.push(path.clone());
    }
    for (name, item) in inner {
        path.push(name);
        walk(item, path, found);
        path.pop();
    }
}

/// The value in a place.
pub(crate) fn at<'a>(value: &'a Value, path: &[String]) -> &'a Value {
    value.pointer(&pointer(path)).unwrap()
}

/// The whole with another value in a place.
pub(crate) fn set(value: &Value, path: &[String], inner: Value) -> Value {
    let mut value = value.clone();
    *value.pointer_mut(&pointer(path)).unwrap() = inner;
    value
}

/// The JSON pointer of a place (RFC 6901).
pub(crate) fn pointer(path: &[String]) -> String {
    path.iter().fold(String::new(), |mut pointer, name| {
        pointer.push('/');
        pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
        pointer
    })
}
