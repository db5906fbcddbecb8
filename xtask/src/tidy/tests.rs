//! Each rule is broken once, and kept once where it may look broken.

use super::{Source, check, check_source, has_ending};

fn broken(path: &str, text: &str) -> Vec<String> {
    let text = if has_ending(path, "rs") {
        format!("//! Doc.\n{text}\n")
    } else {
        text.to_owned()
    };
    check_source(&Source {
        path: path.to_owned(),
        text,
    })
}

#[test]
fn each_rule_finds_what_it_forbids() {
    for (path, text, why) in [
        (
            "crates/dayline-engine/src/sync.rs",
            "let q = \"SELECT 1\";",
            "SQL stands",
        ),
        (
            "crates/dayline-model/src/zone/tests.rs",
            "#[ignore]",
            "not run",
        ),
        (
            "crates/dayline-engine/src/sync.rs",
            "tokio::spawn(run());",
            "host::Spawn",
        ),
        (
            "crates/dayline-cli/src/main.rs",
            "let now = Utc::now();",
            "host::Clock",
        ),
        (
            "src-tauri/src/shell.rs",
            "let t = std::time::Instant::now();",
            "host::Clock",
        ),
        (
            "ui/src/views/Details.svelte",
            "<p>{@html body}</p>",
            "SafeHtml.svelte",
        ),
        (
            "ui/src/app.ts",
            "import { invoke } from '@tauri-apps/api/core';",
            "ui/src/ipc",
        ),
    ] {
        let broken = broken(path, text);
        assert_eq!(broken.len(), 1, "{path}: {broken:?}");
        assert!(broken[0].contains(why), "{broken:?}");
    }
}

#[test]
fn the_line_is_named() {
    let broken = broken(
        "crates/dayline-cli/src/main.rs",
        "fn main() {}\nlet now = Utc::now();",
    );
    assert!(
        broken[0].starts_with("crates/dayline-cli/src/main.rs:3: "),
        "{broken:?}"
    );
}

#[test]
fn the_places_that_may_are_left_alone() {
    for (path, text) in [
        ("crates/dayline-store/src/read.rs", "let q = \"SELECT 1\";"),
        ("tests/tests/convergence.rs", "let q = \"SELECT 1\";"),
        ("crates/dayline-host/src/spawn.rs", "tokio::spawn(run());"),
        (
            "crates/dayline-engine/src/sync/tests.rs",
            "tokio::spawn(run());",
        ),
        (
            "crates/dayline-engine/src/a.rs",
            "// never tokio::spawn(run())",
        ),
        (
            "crates/dayline-engine/src/a.rs",
            "#[cfg(test)]\nmod tests {\n    Utc::now();\n}",
        ),
        (
            "crates/dayline-engine/src/a.rs",
            "let t = tokio::time::Instant::now();",
        ),
        ("ui/src/details/SafeHtml.svelte", "{@html clean}"),
        (
            "ui/src/ipc/client.ts",
            "import { invoke } from '@tauri-apps/api/core';",
        ),
    ] {
        assert_eq!(broken(path, text), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn a_module_without_its_purpose_and_a_file_too_long_are_found() {
    let source = Source {
        path: "crates/dayline-model/src/a.rs".into(),
        text: "fn a() {}".into(),
    };
    assert!(check_source(&source)[0].contains("does not begin with //!"));
    let long = "let a = 1;\n".repeat(901);
    assert!(broken("ui/src/long.ts", &long)[0].contains("has 901 lines"));
    assert!(broken("ui/src/ipc/bindings.ts", &long).is_empty());
}

#[test]
fn files_are_found_in_every_folder_but_those_that_are_made() {
    let root = tempfile::tempdir().unwrap();
    for path in [
        "crates/a/src/b/c.rs",
        "ui/src/x.ts",
        "ui/src/dist/y.ts",
        "src-tauri/gen/z.rs",
    ] {
        let path = root.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "import '@tauri-apps/api';\n").unwrap();
    }
    let broken = check(root.path()).unwrap();
    assert_eq!(broken.len(), 2, "{broken:?}");
    assert!(broken[0].starts_with("crates/a/src/b/c.rs"), "{broken:?}");
    assert!(broken[1].starts_with("ui/src/x.ts:1"), "{broken:?}");
}
