//! The rules themselves.

/// The most lines that a file may have.
pub const LONGEST_FILE: usize = 900;

/// A text that may stand in some places only.
pub struct Rule {
    /// Endings of the files it concerns.
    files: &'static [&'static str],
    /// Any of these in a line breaks the rule…
    texts: &'static [&'static str],
    /// …unless the file's path contains one of these…
    allowed_in: &'static [&'static str],
    /// …or the file contains one of these, which give the text another meaning.
    unless_file_has: &'static [&'static str],
    /// Whether tests keep the rule as well.
    pub in_tests: bool,
    /// What to say when it is broken.
    pub why: &'static str,
}

impl Rule {
    /// Whether the rule is about the file at `path`.
    pub fn concerns(&self, path: &str) -> bool {
        let named = self.files.iter().any(|ending| path.ends_with(ending));
        let allowed = self.allowed_in.iter().any(|place| path.contains(place));
        // The rules name what they forbid.
        let ours = path.starts_with("xtask/src/tidy");
        named && !allowed && !ours && (self.in_tests || !is_test(path))
    }

    /// Whether `text`, the whole file, gives what is forbidden another meaning.
    pub fn is_moot_in(&self, text: &str) -> bool {
        self.unless_file_has
            .iter()
            .any(|other| text.contains(other))
    }

    /// Whether `line` breaks the rule.
    pub fn finds(&self, line: &str) -> bool {
        self.texts.iter().any(|text| line.contains(text))
    }
}

/// Whether the file at `path` holds nothing but tests.
pub fn is_test(path: &str) -> bool {
    path.starts_with("tests/")
        || path.contains("/tests/")
        || path.ends_with("/tests.rs")
        || path.ends_with("_tests.rs")
        || path.ends_with(".test.ts")
}

pub const RULES: &[Rule] = &[
    Rule {
        files: &[".rs"],
        texts: &["SELECT ", "INSERT INTO", "DELETE FROM", "CREATE TABLE"],
        unless_file_has: &[],
        allowed_in: &["crates/dayline-store/"],
        in_tests: false,
        why: "SQL stands in dayline-store alone",
    },
    Rule {
        files: &[".rs"],
        texts: &["#[ignore"],
        unless_file_has: &[],
        allowed_in: &[],
        in_tests: true,
        why: "a test that is not run tests nothing",
    },
    Rule {
        files: &[".rs"],
        texts: &["tokio::spawn(", "thread::spawn(", "task::spawn("],
        unless_file_has: &[],
        allowed_in: &[
            "crates/dayline-host/",
            "crates/dayline-relay/",
            "crates/dayline-simulator/",
            "xtask/",
        ],
        in_tests: false,
        why: "tasks are started through host::Spawn, which names them and sees them end",
    },
    Rule {
        files: &[".rs"],
        texts: &["Utc::now()", "Local::now()", "SystemTime::now()"],
        unless_file_has: &[],
        allowed_in: &[
            "crates/dayline-host/",
            "crates/dayline-relay/",
            "crates/dayline-simulator/",
            "xtask/",
        ],
        in_tests: false,
        why: "time comes from host::Clock, so that a test can set it",
    },
    Rule {
        files: &[".rs"],
        texts: &["Instant::now()"],
        // Tokio's instant stands still in tests that pause it.
        unless_file_has: &["tokio::time::Instant", "tokio::time::{"],
        // The start of the process is measured before there is a clock to ask.
        allowed_in: &[
            "crates/dayline-host/",
            "crates/dayline-relay/",
            "crates/dayline-simulator/",
            "src-tauri/src/main.rs",
            "xtask/",
        ],
        in_tests: false,
        why: "time comes from host::Clock, so that a test can set it",
    },
    Rule {
        files: &[".svelte"],
        texts: &["{@html"],
        unless_file_has: &[],
        allowed_in: &["/SafeHtml.svelte"],
        in_tests: true,
        why: "HTML of events is shown by SafeHtml.svelte alone",
    },
    Rule {
        files: &[".ts", ".svelte"],
        texts: &["'@tauri-apps", "\"@tauri-apps"],
        unless_file_has: &[],
        allowed_in: &["ui/src/ipc/"],
        in_tests: true,
        why: "only ui/src/ipc talks to the shell",
    },
];
