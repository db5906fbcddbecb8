//! The generator of load that the relay and its peer are measured with, in a process of its own.
//!
//! It speaks HTTP and WebSocket by hand, so that what is measured is the server and not a client:
//! senders are threads that block, and all sockets are read by one thread more. Both servers get
//! the same requests, the same number of sockets and the same pace.

pub mod crowd;
pub mod devices;
pub mod forger;
pub mod frames;
pub mod http;
pub mod memory;
pub mod nchan;
pub mod senders;
pub mod subject;

use anyhow::Result;

/// Devices that are connected at once.
pub const DEVICES: usize = 10_000;
/// Files that the generator and each server need for them, with room for requests.
const FILES: u64 = 30_000;

/// Lets this process, and what it starts, hold as many files open as 10,000 sockets need.
///
/// # Errors
/// The system does not let it.
#[cfg(unix)]
pub fn raise_open_files() -> Result<u64> {
    use anyhow::Context as _;
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let sockets = u64::try_from(DEVICES)? + 2_000;
    let limit = getrlimit(Resource::Nofile);
    let maximum = limit.maximum.unwrap_or(u64::MAX);
    // Whoever may raise the maximum raises it; the others have what there is.
    let wide = Rlimit {
        current: Some(FILES),
        maximum: Some(maximum.max(FILES)),
    };
    if setrlimit(Resource::Nofile, wide).is_ok() {
        return Ok(FILES);
    }
    let open = maximum.min(FILES);
    anyhow::ensure!(
        open >= sockets,
        "{DEVICES} sockets do not fit: the limit of open files is {open} (ulimit -Hn)"
    );
    let all = Rlimit {
        current: Some(open),
        maximum: limit.maximum,
    };
    setrlimit(Resource::Nofile, all).context("the limit of open files cannot be raised")?;
    Ok(open)
}

/// Nothing is known of other systems' limits.
#[cfg(not(unix))]
pub fn raise_open_files() -> Result<u64> {
    anyhow::bail!("servers are measured on Linux only")
}
