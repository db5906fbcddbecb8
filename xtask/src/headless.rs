//! A desktop session without a desktop: a virtual display, a session bus and an unlocked keyring,
//! all in a temporary folder that goes with it.
//!
//! It runs the real programs (Xvfb, dbus-daemon, gnome-keyring-daemon), so that what is tested in it
//! meets the Secret Service and the window system that people have. It has no window manager.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::process::{self, Service, say};
use crate::workspace::Workspace;

/// How long one of its programs may take to be ready.
const START: Duration = Duration::from_secs(20);

/// The size of the display, in pixels.
const SCREEN: &str = "1280x800x24";

/// Opens the keyring of this session alone.
const PASSWORD: &[u8] = b"dayline";

/// How the bus starts the keyring again, opened with [`PASSWORD`]: GNOME Keyring 42 may die of a
/// client that is killed while it asks. The system's own way would start a locked one, and whoever
/// asks that waits for a person.
const KEYRING_AGAIN: &str = "[D-BUS Service]
Name=org.freedesktop.secrets
Exec=/bin/sh -c 'printf dayline | gnome-keyring-daemon --unlock --foreground --components=secrets'
";

/// A running session. Dropping it ends its programs and removes its folder.
#[derive(Debug)]
pub struct Session {
    // Dropped from top to bottom: clients before the bus and the display, the folder last.
    _keyring: Service,
    _bus: Service,
    _display: Service,
    variables: BTreeMap<&'static str, OsString>,
    folder: TempDir,
}

impl Session {
    /// Starts display, bus and keyring, and returns once the keyring is open.
    pub fn start() -> Result<Self> {
        say("headless session: starting Xvfb, a session bus and an unlocked keyring");
        let folder = tempfile::Builder::new().prefix("dayline-").tempdir()?;
        let mut variables = folders(folder.path())?;
        let log = |name: &str| log_file(folder.path(), name);

        let (display, number) = start_display(log("xvfb")?)?;
        variables.insert("DISPLAY", format!(":{number}").into());
        let again = folder.path().join("home/.local/share/dbus-1/services");
        fs::create_dir_all(&again)?;
        fs::write(again.join("org.freedesktop.secrets.service"), KEYRING_AGAIN)?;
        let (bus, address) = start_bus(&variables, log("dbus")?)?;
        variables.insert("DBUS_SESSION_BUS_ADDRESS", address.into());
        let keyring = start_keyring(&variables, log("keyring")?)?;
        Ok(Self {
            _keyring: keyring,
            _bus: bus,
            _display: display,
            variables,
            folder,
        })
    }

    /// Makes `command` run inside the session.
    pub fn enter(&self, command: &mut Command) {
        apply(&self.variables, command);
    }

    /// A file for the standard error of `name`, inside the session's folder.
    pub fn log(&self, name: &str) -> Result<(PathBuf, File)> {
        Ok((
            log_path(self.folder.path(), name),
            log_file(self.folder.path(), name)?,
        ))
    }
}

/// `cargo xtask headless`: runs `command` inside a session, told where the programs are.
pub fn run(workspace: &Workspace, command: &[String]) -> Result<ExitCode> {
    let (program, arguments) = command.split_first().context("there is no command")?;
    let session = Session::start()?;
    let mut command = Command::new(program);
    command.args(arguments);
    workspace.point_to_programs(&mut command);
    session.enter(&mut command);
    let status = command
        .status()
        .with_context(|| format!("{program} could not be started"))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// The session's own folders, and what GTK and WebKit need to know on a virtual display.
fn folders(root: &Path) -> Result<BTreeMap<&'static str, OsString>> {
    let mut variables = BTreeMap::new();
    for (name, folder) in [
        ("HOME", "home"),
        ("XDG_RUNTIME_DIR", "run"),
        ("XDG_DATA_HOME", "home/.local/share"),
        ("XDG_STATE_HOME", "home/.local/state"),
        ("XDG_CONFIG_HOME", "home/.config"),
        ("XDG_CACHE_HOME", "home/.cache"),
    ] {
        let path = root.join(folder);
        fs::create_dir_all(&path)?;
        only_for_the_owner(&path)?;
        variables.insert(name, path.into());
    }
    for (name, value) in [
        ("GDK_BACKEND", "x11"),
        ("GSETTINGS_BACKEND", "memory"),
        ("GIO_USE_VFS", "local"),
        ("NO_AT_BRIDGE", "1"),
        ("LIBGL_ALWAYS_SOFTWARE", "1"),
        ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
    ] {
        variables.insert(name, value.into());
    }
    // Cargo and rustup stay where they are although the home folder moves.
    if let Some(home) = std::env::var_os("HOME") {
        for (name, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
            let path = Path::new(&home).join(folder);
            if std::env::var_os(name).is_none() && path.is_dir() {
                variables.insert(name, path.into());
            }
        }
    }
    Ok(variables)
}

#[cfg(unix)]
fn only_for_the_owner(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(fs::set_permissions(
        folder,
        fs::Permissions::from_mode(0o700),
    )?)
}

#[cfg(not(unix))]
fn only_for_the_owner(_folder: &Path) -> Result<()> {
    Ok(())
}

fn apply(variables: &BTreeMap<&'static str, OsString>, command: &mut Command) {
    for outer in [
        "WAYLAND_DISPLAY",
        "SESSION_MANAGER",
        "XAUTHORITY",
        "GNOME_KEYRING_CONTROL",
    ] {
        command.env_remove(outer);
    }
    command.envs(variables);
}

fn log_path(root: &Path, name: &str) -> PathBuf {
    root.join(format!("{name}.log"))
}

fn log_file(root: &Path, name: &str) -> Result<File> {
    let path = log_path(root, name);
    File::create(&path).with_context(|| format!("{} cannot be written", path.display()))
}

/// Xvfb on a display that it chooses itself.
fn start_display(log: File) -> Result<(Service, String)> {
    let mut command = Command::new("Xvfb");
    command.args([
        "-displayfd",
        "1",
        "-screen",
        "0",
        SCREEN,
        "-nolisten",
        "tcp",
        "-noreset",
    ]);
    let mut display = Service::spawn("Xvfb", &command, Stdio::null(), log.into())?;
    let number = first_line(&mut display, "Xvfb")?;
    Ok((display, number))
}

/// A session bus whose activated services see the session's folders.
fn start_bus(variables: &BTreeMap<&'static str, OsString>, log: File) -> Result<(Service, String)> {
    let mut command = Command::new("dbus-daemon");
    command.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
    if let Some(folder) = variables.get("XDG_RUNTIME_DIR") {
        let mut address = OsString::from("--address=unix:path=");
        address.push(Path::new(folder).join("bus"));
        command.arg(address);
    }
    apply(variables, &mut command);
    let mut bus = Service::spawn("dbus-daemon", &command, Stdio::null(), log.into())?;
    let address = first_line(&mut bus, "dbus-daemon")?;
    Ok((bus, address))
}

/// A keyring that is created, unlocked, and answers on the bus.
fn start_keyring(variables: &BTreeMap<&'static str, OsString>, log: File) -> Result<Service> {
    let mut command = Command::new("gnome-keyring-daemon");
    command.args(["--unlock", "--foreground", "--components=secrets"]);
    apply(variables, &mut command);
    let mut keyring = Service::spawn("gnome-keyring-daemon", &command, Stdio::piped(), log.into())?;
    // Closing the pipe ends the password.
    keyring.stdin()?.write_all(PASSWORD)?;
    let deadline = Instant::now() + START;
    while !unlocked(variables) {
        if let Some(status) = keyring.ended()? {
            bail!("gnome-keyring-daemon ended at once ({status})");
        }
        if Instant::now() > deadline {
            bail!("the keyring was not open after {} s", START.as_secs());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(keyring)
}

/// Whether the keyring's default collection is there and open.
fn unlocked(variables: &BTreeMap<&'static str, OsString>) -> bool {
    const SERVICE: &str = "org.freedesktop.secrets";
    // Asking for the owner first keeps the bus from starting a second, locked daemon.
    ask_bus(
        variables,
        "org.freedesktop.DBus",
        &[
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus.NameHasOwner",
            &format!("string:{SERVICE}"),
        ],
    )
    .is_some_and(|answer| answer.contains("boolean true"))
        && ask_bus(
            variables,
            SERVICE,
            &[
                "/org/freedesktop/secrets/aliases/default",
                "org.freedesktop.DBus.Properties.Get",
                "string:org.freedesktop.Secret.Collection",
                "string:Locked",
            ],
        )
        .is_some_and(|answer| answer.contains("boolean false"))
}

fn ask_bus(
    variables: &BTreeMap<&'static str, OsString>,
    destination: &str,
    message: &[&str],
) -> Option<String> {
    let mut command = Command::new("dbus-send");
    command.args(["--session", "--print-reply", "--reply-timeout=2000"]);
    command.arg(format!("--dest={destination}")).args(message);
    apply(variables, &mut command);
    process::output("dbus-send", &mut command).ok()
}

/// What a program prints when it is ready.
fn first_line(service: &mut Service, name: &str) -> Result<String> {
    let line = service
        .lines()?
        .recv_timeout(START)
        .ok()
        .filter(|line| !line.is_empty());
    line.with_context(|| format!("{name} did not start"))
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
