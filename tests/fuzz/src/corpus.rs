//! The inputs that are kept: a folder per target, and answers of providers that are there already.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::Target;

/// What a target begins with. Also read by `cargo xtask fuzz`.
const TABLE: &str = include_str!("../targets.json");

/// Every target of the table and the folders of `tests/fixtures` that it reads as well.
pub fn table() -> Vec<(String, Vec<String>)> {
    let table: Value = serde_json::from_str(TABLE).unwrap();
    let fixtures = |value: &Value| serde_json::from_value(value["fixtures"].clone()).unwrap();
    let rows = table.as_array().unwrap().iter();
    rows.map(|row| (row["name"].as_str().unwrap().to_owned(), fixtures(row)))
        .collect()
}

/// The inputs of `target` and where they are, in the order of their names.
///
/// Shape: its own folder comes first; empty if there is none.
pub fn inputs(target: &Target) -> Vec<(PathBuf, Vec<u8>)> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixtures = table().into_iter().find(|(name, _)| name == target.name);
    let fixtures = fixtures.into_iter().flat_map(|(_, folders)| folders);
    let mut folders = vec![here.join("corpus").join(target.name)];
    folders.extend(fixtures.map(|folder| here.join("../fixtures").join(folder)));
    folders.iter().flat_map(|folder| files(folder)).collect()
}

/// The files of a folder but for what stands beside the answers: indexes, notes and schemas.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        !matches!(name.as_ref(), "INDEX.json" | "DISCOVERY.md") && !name.starts_with("discovery_")
    });
    paths.sort();
    let read = |path: PathBuf| (path.clone(), fs::read(path).unwrap());
    paths.into_iter().map(read).collect()
}
