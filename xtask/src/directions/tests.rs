//! Each rule is broken once, on a small made-up graph.

use super::{Graph, Kind, Metadata, RULES, check};

/// A workspace that keeps every rule.
fn sound() -> Graph {
    let mut graph = Graph {
        members: RULES.iter().map(|rule| rule.krate.to_owned()).collect(),
        ..Graph::default()
    };
    for rule in RULES {
        for known in rule.may_know {
            graph.add(rule.krate, known, Kind::Used);
        }
    }
    graph.add("dayline-store", "rusqlite", Kind::Used);
    graph.add("dayline", "tauri", Kind::Used);
    graph.add("tauri", "wry", Kind::Used);
    graph.add("dayline-engine", "dayline-simulator", Kind::Tests);
    graph
}

/// Adds one edge to a sound workspace and returns what is said about it.
fn with_edge(from: &str, to: &str, kind: Kind) -> Vec<String> {
    let mut graph = sound();
    graph.add(from, to, kind);
    check(&graph)
}

#[test]
fn a_workspace_as_planned_passes() {
    assert_eq!(check(&sound()), Vec::<String>::new());
}

#[test]
fn every_shortcut_between_crates_is_named_with_its_reason() {
    for (from, to, why) in [
        ("dayline-host", "dayline-model", "world outside"),
        ("dayline-model", "dayline-host", "pure"),
        ("dayline-store", "dayline-providers", "never meet"),
        ("dayline-store", "dayline-auth", "never meet"),
        ("dayline-auth", "dayline-store", "as a trait"),
        ("dayline-providers", "dayline-store", "never meet"),
        ("dayline-providers", "dayline-auth", "never meet"),
        (
            "dayline-engine",
            "dayline-simulator",
            "without the simulator",
        ),
        ("dayline-simulator", "dayline-model", "providers' documents"),
        ("dayline-cli", "dayline-store", "only translates"),
        ("dayline", "dayline-auth", "only translates"),
        ("xtask", "dayline-host", "in seconds"),
        ("dayline-e2e", "dayline-store", "as its users do"),
    ] {
        let broken = with_edge(from, to, Kind::Used);
        assert_eq!(broken.len(), 1, "{from} -> {to}: {broken:?}");
        assert!(
            broken[0].starts_with(&format!("{from} depends on {to}: ")),
            "{broken:?}"
        );
        assert!(broken[0].contains(why), "{broken:?}");
    }
}

#[test]
fn tests_may_use_more_but_not_in_crates_that_are_strangers() {
    assert!(with_edge("dayline-providers", "dayline-simulator", Kind::Tests).is_empty());
    for (from, to) in [
        ("dayline-simulator", "dayline-providers"),
        ("dayline-model", "dayline-host"),
        ("xtask", "dayline-cli"),
    ] {
        let broken = with_edge(from, to, Kind::Tests);
        assert_eq!(broken.len(), 1, "{from} -> {to}: {broken:?}");
        assert!(broken[0].contains("in its tests"), "{broken:?}");
    }
}

#[test]
fn a_window_below_the_shell_is_found_through_other_packages() {
    let mut graph = sound();
    graph.add("dayline-cli", "some-plugin", Kind::Used);
    graph.add("some-plugin", "tauri", Kind::Used);
    let broken = check(&graph);
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert!(
        broken[0].starts_with("dayline-cli is built from tauri"),
        "{broken:?}"
    );
}

#[test]
fn sql_outside_the_store_is_found() {
    let broken = with_edge("dayline-engine", "rusqlite", Kind::Used);
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert!(
        broken[0].starts_with("dayline-engine depends on rusqlite"),
        "{broken:?}"
    );
}

#[test]
fn a_new_crate_needs_a_rule() {
    let mut graph = sound();
    graph.members.insert("dayline-extra".to_owned());
    let broken = check(&graph);
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert!(
        broken[0].starts_with("dayline-extra has no rule"),
        "{broken:?}"
    );
}

#[test]
fn the_kinds_of_cargo_metadata_are_told_apart() {
    let metadata: Metadata = serde_json::from_value(serde_json::json!({
        "packages": [
            { "id": "path+a", "name": "dayline-model" },
            { "id": "path+b", "name": "dayline-host" },
            { "id": "registry+c", "name": "url" },
        ],
        "workspace_members": ["path+a", "path+b"],
        "resolve": { "nodes": [
            { "id": "path+a", "deps": [
                { "pkg": "registry+c", "dep_kinds": [{ "kind": null }] },
                { "pkg": "path+b", "dep_kinds": [{ "kind": "dev" }, { "kind": "build" }] },
            ]},
        ]},
    }))
    .unwrap();
    let graph = metadata.into_graph();
    assert_eq!(graph.members.len(), 2);
    assert_eq!(
        graph.direct("dayline-model").collect::<Vec<_>>(),
        ["dayline-host", "url"]
    );
    assert_eq!(
        graph.in_tests("dayline-model").collect::<Vec<_>>(),
        ["dayline-host"]
    );
}
