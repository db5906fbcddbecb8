//! The machine that was measured on, without its name.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Serialize;

/// What times depend on.
#[derive(Debug, Serialize)]
pub struct Machine {
    /// As the system names it.
    cpu: String,
    /// How many the process may use.
    cores: usize,
    /// Memory in MiB; `None` where the system does not tell in a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    memory_mib: Option<u64>,
    /// Operating system and architecture.
    system: String,
    /// The linked SQLite.
    sqlite: &'static str,
    /// `rustc --version`.
    rustc: String,
}

impl Machine {
    /// Asks the system.
    pub fn read() -> Result<Self> {
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let version = Command::new(rustc)
            .arg("--version")
            .output()
            .context("rustc cannot be asked for its version")?;
        ensure!(version.status.success(), "rustc does not tell its version");
        Ok(Self {
            cpu: cpu(),
            cores: std::thread::available_parallelism()?.get(),
            memory_mib: memory(),
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            sqlite: rusqlite::version(),
            rustc: String::from_utf8(version.stdout)?.trim().to_owned(),
        })
    }

    /// In one line.
    pub fn text(&self) -> String {
        let memory = self
            .memory_mib
            .map_or_else(String::new, |mib| format!(", {} GiB", (mib + 512) / 1024));
        format!(
            "{}, {} cores{memory}, {}; SQLite {}, {}",
            self.cpu, self.cores, self.system, self.sqlite, self.rustc
        )
    }
}

fn cpu() -> String {
    let told = std::fs::read_to_string("/proc/cpuinfo")
        .ok()
        .and_then(|text| value_of(&text, "model name"));
    let asked = || {
        let answer = Command::new("sysctl")
            .args(["-n", "machdep.cpu.brand_string"])
            .output()
            .ok()?;
        let text = String::from_utf8(answer.stdout).ok()?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    told.or_else(asked)
        .or_else(|| std::env::var("PROCESSOR_IDENTIFIER").ok())
        .unwrap_or_else(|| "unnamed CPU".to_owned())
}

fn memory() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let total = value_of(&text, "MemTotal")?;
    let kib: u64 = total.split_whitespace().next()?.parse().ok()?;
    Some(kib / 1024)
}

/// The first value of `key` in lines of `key : value`.
fn value_of(text: &str, key: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        (name.trim() == key).then(|| value.trim().to_owned())
    })
}
