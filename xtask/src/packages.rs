//! What the machine itself must have: system packages, Node, rustfmt and clippy.
//!
//! On Debian and Ubuntu what is missing is installed. Elsewhere it is named, and the task ends.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::process::{self, say};
use crate::which;

/// Node must be at least this (the UI's build tool asks for it).
const NODE: (u32, u32) = (20, 19);

/// How to see that something is there on a system without dpkg.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Probe {
    /// One of these programs is in the search path.
    Program(&'static [&'static str]),
    /// pkg-config knows the library.
    Library(&'static str),
    /// Python can make an environment of its own.
    PythonVenv,
    /// The file is there.
    File(&'static str),
}

/// A Debian package and what it is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Package {
    name: &'static str,
    probe: Probe,
}

const fn program(name: &'static str, programs: &'static [&'static str]) -> Package {
    Package {
        name,
        probe: Probe::Program(programs),
    }
}

/// To build and start the app.
const BUILD: &[Package] = &[
    program("build-essential", &["cc"]),
    program("pkg-config", &["pkg-config", "pkgconf"]),
    Package {
        name: "libwebkit2gtk-4.1-dev",
        probe: Probe::Library("webkit2gtk-4.1"),
    },
    // The deep link dayline:// is registered with these.
    program("xdg-utils", &["xdg-mime"]),
    program("desktop-file-utils", &["update-desktop-database"]),
];

/// A display, a session bus and a keyring of its own, and pictures of it.
const HEADLESS: &[Package] = &[
    program("xvfb", &["Xvfb"]),
    program("dbus", &["dbus-daemon"]),
    program("gnome-keyring", &["gnome-keyring-daemon"]),
    program("imagemagick", &["import"]),
];

/// To test in Chromium and in the real window, and to kill programs in the middle of their work.
const TEST: &[Package] = &[
    program("webkit2gtk-driver", &["WebKitWebDriver"]),
    program("libglib2.0-bin", &["gio"]),
    program("procps", &["kill"]),
    program("strace", &["strace"]),
    program("nats-server", &["nats-server"]),
    program("chromium", CHROMIUM),
    Package {
        name: "python3-venv",
        probe: Probe::PythonVenv,
    },
    // Pictures of the window in Arabic.
    Package {
        name: "fonts-noto-ui-core",
        probe: Probe::File("/usr/share/fonts/truetype/noto/NotoSansArabicUI-Regular.ttf"),
    },
];

/// What the relay is measured against.
const PEERS: &[Package] = &[
    program("nginx", &["nginx"]),
    Package {
        name: "libnginx-mod-nchan",
        probe: Probe::File("/usr/lib/nginx/modules/ngx_nchan_module.so"),
    },
];

/// The names under which systems know Chromium.
const CHROMIUM: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// What a task is about to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Build the app and start it on the display that is there.
    Window,
    /// Build the app and start it on a display of its own.
    Headless,
    /// Run every test.
    Tests,
    /// Measure with a keyring beside it.
    Keyring,
    /// Measure against other servers.
    Peers,
}

impl Need {
    fn packages(self) -> Vec<Package> {
        let groups: &[&[Package]] = match self {
            Self::Window => &[BUILD],
            Self::Headless => &[BUILD, HEADLESS],
            Self::Tests => &[BUILD, HEADLESS, TEST],
            Self::Keyring => &[HEADLESS],
            Self::Peers => &[PEERS],
        };
        groups.concat()
    }

    /// Whether the UI is built for it.
    fn node(self) -> bool {
        match self {
            Self::Window | Self::Headless | Self::Tests => true,
            Self::Keyring | Self::Peers => false,
        }
    }
}

/// Makes sure that everything for `need` is installed.
///
/// # Errors
/// Says what to install if it cannot be installed from here.
pub fn ensure(need: Need) -> Result<()> {
    ensure_system(need)?;
    if need.node() { ensure_node() } else { Ok(()) }
}

/// The Chromium to test with.
pub fn chromium() -> Option<std::path::PathBuf> {
    CHROMIUM.iter().find_map(|name| which(name))
}

fn ensure_system(need: Need) -> Result<()> {
    if cfg!(windows) {
        // Without the MSVC build tools xtask would not have been linked.
        say("Windows: the WebView2 runtime is expected (part of Windows 10 and later)");
        return Ok(());
    }
    if cfg!(target_os = "macos") {
        let tools = Command::new("xcode-select").arg("-p").output();
        if tools.is_ok_and(|output| output.status.success()) {
            return Ok(());
        }
        bail!(
            "the Xcode command line tools are missing; install them with: xcode-select --install"
        );
    }
    let wanted = need.packages();
    if which("dpkg-query").is_some() && which("apt-get").is_some() {
        return install(need, &missing_on_debian(&wanted)?);
    }
    let missing: Vec<&str> = wanted
        .iter()
        .filter(|package| !present(package.probe))
        .map(|package| package.name)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    bail!(
        "this is not Debian or Ubuntu, so nothing was installed. Install what these Debian packages \
         hold and try again: {}",
        missing.join(" ")
    )
}

fn missing_on_debian(wanted: &[Package]) -> Result<Vec<&'static str>> {
    // It fails when it knows a package not at all, and lists the others all the same.
    let output = Command::new("dpkg-query")
        .args(["-W", "-f", "${db:Status-Status} ${Package}\n"])
        .args(wanted.iter().map(|package| package.name))
        .output()
        .context("dpkg-query could not be started")?;
    let installed = installed_packages(&String::from_utf8_lossy(&output.stdout));
    Ok(wanted
        .iter()
        .filter(|package| !installed.contains(package.name))
        // Chromium and Python come from many places: any is good.
        .filter(|package| {
            !matches!(package.name, "chromium" | "python3-venv") || !present(package.probe)
        })
        .map(|package| package.name)
        .collect())
}

/// The packages that dpkg-query lists as installed.
fn installed_packages(listing: &str) -> BTreeSet<String> {
    listing
        .lines()
        .filter_map(|line| line.strip_prefix("installed "))
        .map(|name| name.trim().to_owned())
        .collect()
}

fn install(need: Need, missing: &[&'static str]) -> Result<()> {
    if missing.is_empty() {
        say("system packages: all there");
        return Ok(());
    }
    say(format!("system packages: installing {}", missing.join(" ")));
    let by_hand = format!(
        "install them by hand: apt-get update && apt-get install --no-install-recommends {}",
        missing.join(" ")
    );
    process::run("apt-get update", as_root()?.args(APT).arg("update")).context(by_hand.clone())?;
    let mut install = as_root()?;
    if need == Need::Peers {
        install.args(["sh", "-c", WITHOUT_SERVICES, "sh"]);
    }
    install
        .args(APT)
        .args(["install", "-y", "--no-install-recommends"])
        .args(missing);
    process::run("apt-get install", &mut install).context(by_hand)
}

/// apt-get that waits for others.
const APT: [&str; 4] = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"];

/// Runs the rest of the command line under a policy that starts no service, unless the system has
/// a policy of its own: nginx would take port 80.
///
/// # Source
/// Debian, /usr/share/doc/init-system-helpers/README.policy-rc.d.gz (read 2026-11-29).
const WITHOUT_SERVICES: &str = r#"
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 1' HUP INT TERM
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod 755 "$policy"
fi
"$@"
"#;

/// A command line as root that asks nothing.
fn as_root() -> Result<Command> {
    let root = process::output("id", Command::new("id").arg("-u"))? == "0";
    let mut command = if root {
        Command::new("env")
    } else if which("sudo").is_some() {
        let mut sudo = Command::new("sudo");
        sudo.arg("env");
        sudo
    } else {
        bail!("not root, and there is no sudo");
    };
    command.arg("DEBIAN_FRONTEND=noninteractive");
    Ok(command)
}

fn present(probe: Probe) -> bool {
    match probe {
        Probe::Program(names) => names.iter().any(|name| which(name).is_some()),
        Probe::Library(name) => Command::new("pkg-config")
            .args(["--exists", name])
            .status()
            .is_ok_and(|status| status.success()),
        Probe::PythonVenv => Command::new("python3")
            .args(["-c", "import ensurepip, venv"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success()),
        Probe::File(path) => std::path::Path::new(path).is_file(),
    }
}

fn ensure_node() -> Result<()> {
    let (major, minor) = NODE;
    let advice = format!(
        "install Node.js {major}.{minor} or newer with npm (https://nodejs.org, or your system's \
         packages) and try again"
    );
    let version = process::output("node", Command::new("node").arg("--version"))
        .with_context(|| advice.clone())?;
    let found =
        parse_version(&version).with_context(|| format!("Node says {version}; {advice}"))?;
    anyhow::ensure!(found >= NODE, "Node {version} is too old; {advice}");
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    process::output("npm", Command::new(npm).arg("--version")).context(advice)?;
    Ok(())
}

/// Major and minor of `v20.19.1`.
fn parse_version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.trim().strip_prefix('v')?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// Makes sure that rustfmt and clippy are there.
pub fn ensure_rust_components(cargo: impl Fn() -> Command) -> Result<()> {
    for (tool, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        process::output(component, cargo().args([tool, "--version"])).with_context(|| {
            format!("{component} is missing; install it with: rustup component add {component}")
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
