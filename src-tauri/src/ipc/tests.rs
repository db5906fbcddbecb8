use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;
use specta_typescript::Typescript;

use super::builder;
use crate::command_names::COMMANDS;

fn own(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn json(path: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(own(path)).unwrap()).unwrap()
}

/// What the generator writes now. It refuses 64-bit integers, which JavaScript cannot hold.
fn generate() -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bindings.ts");
    builder().export(Typescript::default(), &file).unwrap();
    std::fs::read_to_string(file).unwrap()
}

#[test]
fn bindings_are_current() {
    let path = own("../ui/src/ipc/bindings.ts");
    let generated = generate();
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        std::fs::write(&path, &generated).unwrap();
    }
    let checked_in = std::fs::read_to_string(&path).unwrap();
    assert!(
        checked_in == generated,
        "ui/src/ipc/bindings.ts is not what the commands say; run `cargo xtask codegen`"
    );
}

#[test]
fn what_has_a_handler_is_listed_and_granted_and_nothing_else() {
    let generated = generate();
    let handled: BTreeSet<&str> = generated
        .split("__TAURI_INVOKE(\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let listed: BTreeSet<&str> = COMMANDS.iter().copied().collect();
    assert_eq!(handled, listed, "handlers and the list of the build script");

    let capability = json("capabilities/main.json");
    let granted: BTreeSet<&str> = capability["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one.as_str().unwrap())
        .collect();
    let expected: BTreeSet<String> = COMMANDS
        .iter()
        .map(|name| format!("allow-{}", name.replace('_', "-")))
        .chain(
            [
                "core:event:allow-listen",
                "core:event:allow-unlisten",
                "core:webview:allow-set-webview-zoom",
            ]
            .into_iter()
            .map(str::to_owned),
        )
        .collect();
    assert_eq!(granted, expected.iter().map(String::as_str).collect());
    assert!(
        capability.get("remote").is_none(),
        "no remote page may call"
    );
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
}

#[test]
fn the_page_may_load_nothing_but_itself() {
    let security = &json("tauri.conf.json")["app"]["security"];
    assert_eq!(
        security["csp"],
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src ipc: http://ipc.localhost; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'"
    );
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(security["capabilities"], serde_json::json!(["main"]));
    assert_eq!(json("tauri.conf.json")["app"]["withGlobalTauri"], false);
}
