//! What a server takes in memory: the proportional share of its processes.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// Memory that does not change within this stands still.
const STILL: Duration = Duration::from_secs(2);
/// So much of it may change all the same.
const NOISE: u64 = 64 * 1024;
/// It stands still within this.
const PATIENCE: Duration = Duration::from_mins(1);

/// Waits until what the processes take stands still; tells how many bytes.
pub fn settled(processes: &[u32]) -> Result<u64> {
    let patience = Instant::now() + PATIENCE;
    let mut last = share(processes)?;
    loop {
        std::thread::sleep(STILL);
        let now = share(processes)?;
        if now.abs_diff(last) <= NOISE {
            return Ok(now);
        }
        if Instant::now() > patience {
            bail!("the memory of the server does not settle: {last}, then {now} bytes");
        }
        last = now;
    }
}

fn share(processes: &[u32]) -> Result<u64> {
    let mut sum = 0;
    for process in processes {
        let text = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup"))
            .context("the memory of a process cannot be read; this needs Linux")?;
        let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        let kib: u64 = number.context("no Pss")?.parse()?;
        sum += kib * 1024;
    }
    Ok(sum)
}

/// A process and those that it started.
pub fn family(parent: u32) -> Result<Vec<u32>> {
    let children = std::fs::read_to_string(format!("/proc/{parent}/task/{parent}/children"))
        .context("the children of a process cannot be listed; this needs Linux")?;
    let mut all = vec![parent];
    for child in children.split_whitespace() {
        all.push(child.parse()?);
    }
    Ok(all)
}
