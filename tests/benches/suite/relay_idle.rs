//! `relay-idle`: what a device that waits costs the relay in memory.
//!
//! Both servers are started anew each round. What is counted is how much the proportional share of
//! a server's processes grew from its start to 10,000 open sockets, when nothing moves any more.
//! The relay's devices have enrolled meanwhile and said hello; nchan's only subscribe. What nginx
//! sets aside at its start for connections is not counted, and the kernel's buffers on neither side.

use anyhow::Result;

use crate::load::crowd::{Crowd, POLITE};
use crate::load::nchan::{self, Nchan};
use crate::load::subject::Subject;
use crate::load::{DEVICES, devices, memory, raise_open_files};
use crate::measure::{Sizes, in_turn, ratio};
use crate::report::{Bound, Figure, Unit};

const ROUNDS: u32 = 3;

/// Measures 10,000 sockets on either.
pub fn run() -> Result<Vec<Figure>> {
    let open_files = raise_open_files()?;
    let rounds = in_turn(ROUNDS, relay, || peer(open_files))?;
    let ours = Sizes::of(rounds.iter().map(|round| round.0).collect());
    let peers = Sizes::of(rounds.iter().map(|round| round.1).collect());
    let what = format!("{DEVICES} sockets that wait, memory of each");
    Ok(vec![
        Figure::new(what, &ours, Unit::Ratio, ratio(rounds.into_iter()))
            .against(&peers)
            .bound(Bound::AtMost(0.5), Some(Bound::AtMost(0.25))),
    ])
}

fn relay() -> Result<f64> {
    let subject = Subject::start()?;
    let before = memory::settled(&[subject.process])?;
    let devices = devices::enrol(subject.address, DEVICES)?;
    let crowd = Crowd::gather(subject.address, devices::seats(&devices), POLITE)?;
    let with = memory::settled(&[subject.process])?;
    drop(crowd);
    subject.end()?;
    each(before, with)
}

fn peer(open_files: u64) -> Result<f64> {
    let nchan = Nchan::start(open_files)?;
    let processes = nchan.processes()?;
    let before = memory::settled(&processes)?;
    let crowd = Crowd::gather(nchan.address, nchan::seats(DEVICES), POLITE)?;
    let with = memory::settled(&processes)?;
    drop(crowd);
    each(before, with)
}

fn each(before: u64, with: u64) -> Result<f64> {
    let grown = u32::try_from(with.saturating_sub(before))?;
    let devices = u32::try_from(DEVICES)?;
    Ok(f64::from(grown) / f64::from(devices))
}
