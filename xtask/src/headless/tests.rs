//! Folders and variables of a session.

use std::process::Command;

use super::{apply, folders};

#[test]
fn a_session_lives_in_private_folders_of_its_own() {
    use std::os::unix::fs::PermissionsExt as _;

    let root = tempfile::tempdir().unwrap();
    let variables = folders(root.path()).unwrap();
    for name in [
        "HOME",
        "XDG_RUNTIME_DIR",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
    ] {
        let folder = std::path::Path::new(&variables[name]);
        assert!(folder.starts_with(root.path()), "{name}");
        let mode = std::fs::metadata(folder).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{name}");
    }
}

#[test]
fn a_command_inside_does_not_see_the_desktop_outside() {
    let root = tempfile::tempdir().unwrap();
    let mut command = Command::new("true");
    command.env("WAYLAND_DISPLAY", "wayland-0");
    apply(&folders(root.path()).unwrap(), &mut command);
    let wayland = command
        .get_envs()
        .find(|(name, _)| *name == "WAYLAND_DISPLAY");
    assert_eq!(wayland.map(|(_, value)| value), Some(None));
}
