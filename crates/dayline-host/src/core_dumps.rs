//! What a crash may leave behind.

/// From now on a crash of this process leaves no image of its memory on the disk: tokens and
/// appointments stand in there. Call it before anything secret is read.
pub fn forbid_core_dumps() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        if let Err(error) = setrlimit(Resource::Core, none) {
            tracing::warn!(%error, "a crash may leave an image of the memory");
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_forbids_core_dumps_has_none_left() {
        forbid_core_dumps();
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
        let line = limits
            .lines()
            .find(|line| line.starts_with("Max core file size"))
            .unwrap();
        let limits: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(limits[4..6], ["0", "0"], "{line}");
    }
}
