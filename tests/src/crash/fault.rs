//! What befalls a program: a signal or an error at one of its calls to the kernel.

use std::fmt;

/// The calls by which a program changes what lies on the disk, or tells somebody something.
pub const CALLS: &[&str] = &[
    "pwrite64",
    "fsync",
    "fdatasync",
    "ftruncate",
    "unlink",
    "rename",
    "mkdir",
    "write",
];

/// Calls that only files get. `write` also wakes threads and fills sockets, which no full disk
/// touches.
pub const DISK_CALLS: &[&str] = &[
    "pwrite64",
    "fsync",
    "fdatasync",
    "ftruncate",
    "unlink",
    "rename",
];

/// What happens at the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Harm {
    /// The program is killed before the call is made.
    Kill,
    /// From this call on the disk is full.
    NoSpace,
    /// This one call fails as on a broken disk.
    BadDisk,
}

/// A harm at the n-th call of a kind, counted by each thread for itself: the first that gets there
/// is hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// What happens.
    pub harm: Harm,
    /// The kernel's name of the call.
    pub call: &'static str,
    /// Which of these calls, from 1.
    pub nth: usize,
}

impl Fault {
    /// The tracer's arguments, without those of the program.
    pub fn arguments(self) -> Vec<String> {
        let Self { harm, call, nth } = self;
        let (harm, quick) = match harm {
            // strace sends no signal where seccomp stops the program.
            Harm::Kill => (format!("signal=SIGKILL:when={nth}"), None),
            // Only calls of this kind stop the program, so the others cost nothing.
            Harm::NoSpace => (format!("error=ENOSPC:when={nth}+"), Some("--seccomp-bpf")),
            Harm::BadDisk => (format!("error=EIO:when={nth}"), Some("--seccomp-bpf")),
        };
        let trace = format!("trace={call}");
        let inject = format!("inject={call}:{harm}");
        let rest = ["-f", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject];
        quick.into_iter().chain(rest).map(str::to_owned).collect()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { harm, call, nth } = self;
        match harm {
            Harm::Kill => write!(f, "killed at {call} {nth}"),
            Harm::NoSpace => write!(f, "a full disk from {call} {nth} on"),
            Harm::BadDisk => write!(f, "a disk error at {call} {nth}"),
        }
    }
}

/// At most `most` numbers from 1 to `count`, evenly spread, the first and the last among them.
pub fn spread(count: usize, most: usize) -> Vec<usize> {
    if count <= most {
        return (1..=count).collect();
    }
    match most {
        0 => Vec::new(),
        1 => vec![1],
        _ => (0..most)
            .map(|step| 1 + step * (count - 1) / (most - 1))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chosen_points_are_spread_from_the_first_to_the_last() {
        assert_eq!(spread(0, 3), [] as [usize; 0]);
        assert_eq!(spread(2, 3), [1, 2]);
        assert_eq!(spread(101, 3), [1, 51, 101]);
        assert_eq!(spread(9, 1), [1]);
        assert_eq!(spread(9, 0), [] as [usize; 0]);
    }
}
