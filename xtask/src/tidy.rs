//! The order of the house that no compiler keeps: what may stand in which file.
//!
//! The rules look at text, line by line, and pass over comments. They are there to make a shortcut
//! visible, not to make it impossible.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

mod rules;

use rules::{LONGEST_FILE, RULES, Rule};

/// The folders that are looked at.
const FOLDERS: &[&str] = &["crates", "src-tauri", "tests", "xtask", "ui/src"];

/// A source file as the rules see it.
struct Source {
    /// From the root of the checkout, with forward slashes.
    path: String,
    text: String,
}

/// Says in one sentence each what is out of place under `root`.
pub fn check(root: &Path) -> Result<Vec<String>> {
    let mut broken = Vec::new();
    for folder in FOLDERS {
        let mut files = Vec::new();
        collect(&root.join(folder), &mut files)?;
        files.sort();
        for file in files {
            let path = file.strip_prefix(root).unwrap_or(&file).to_string_lossy();
            let path = path.replace('\\', "/");
            let text = fs::read_to_string(&file).with_context(|| path.clone())?;
            broken.extend(check_source(&Source { path, text }));
        }
    }
    Ok(broken)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        // A folder that is not there yet holds nothing wrong.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| folder.display().to_string()),
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let made = matches!(name.as_ref(), "node_modules" | "target" | "gen" | "dist");
        let source = [".rs", ".ts", ".svelte", ".css"]
            .iter()
            .any(|ending| name.ends_with(ending));
        if entry.file_type()?.is_dir() {
            if !made {
                collect(&entry.path(), files)?;
            }
        } else if source {
            files.push(entry.path());
        }
    }
    Ok(())
}

fn check_source(source: &Source) -> Vec<String> {
    let mut broken = Vec::new();
    let path = &source.path;
    if has_ending(path, "rs") && !rules::is_test(path) && !source.text.starts_with("//!") {
        broken.push(format!(
            "{path} does not begin with //!: say what the module is for"
        ));
    }
    let length = source.text.lines().count();
    let generated = path.ends_with("/bindings.ts");
    if length > LONGEST_FILE && !generated {
        broken.push(format!(
            "{path} has {length} lines: over {LONGEST_FILE} hide two files"
        ));
    }
    let concerned = |rule: &&Rule| rule.concerns(path) && !rule.is_moot_in(&source.text);
    for rule in RULES.iter().filter(concerned) {
        broken.extend(check_rule(source, rule));
    }
    broken
}

fn check_rule(source: &Source, rule: &Rule) -> Option<String> {
    let lines = source.text.lines().enumerate();
    let mut lines = lines.take_while(|(_, line)| rule.in_tests || !begins_tests(line));
    let (number, _) = lines.find(|(_, line)| !is_comment(line) && rule.finds(line))?;
    Some(format!("{}:{}: {}", source.path, number + 1, rule.why))
}

/// Whether the file's name ends in `.ending`.
fn has_ending(path: &str, ending: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|found| found == ending)
}

/// `mod tests {` at the end of a file, with the tests inside.
fn begins_tests(line: &str) -> bool {
    line.trim_end() == "mod tests {"
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("//") || line.starts_with("<!--")
}

#[cfg(test)]
mod tests;
