use std::process::Command;

fn keygen(folder: &tempfile::TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dayline-relay"));
    command
        .arg("keygen")
        .env("DAYLINE_RELAY_KEYS", folder.path().join("keys"));
    command
}

#[test]
fn a_key_is_made_although_the_environment_holds_how_to_serve() {
    let folder = tempfile::tempdir().unwrap();
    let made = keygen(&folder)
        .env("DAYLINE_RELAY_LISTEN", "127.0.0.1:0")
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    assert!(folder.path().join("keys").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_log_that_is_full_ends_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let full = std::fs::File::options().write(true).open("/dev/full");
    let made = keygen(&folder).stderr(full.unwrap()).status().unwrap();
    assert!(made.success(), "{made}");
}
