//! `relay-forgeries`: webhooks that look right and are not, as fast as the relay answers them.
//!
//! Each is refused, and none of the honest devices that wait meanwhile hears of it. How fast it
//! goes and what the relay takes in memory are told beside it.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use crate::load::crowd::{Crowd, POLITE};
use crate::load::forger::Forger;
use crate::load::http::Http;
use crate::load::subject::Subject;
use crate::load::{devices, memory, raise_open_files};
use crate::measure::{Sizes, Times};
use crate::report::{Bound, Figure, Unit};

const HONEST: usize = 1_000;
const FORGED: u64 = 1_000_000;
/// Connections that they come on.
const CONNECTIONS: u64 = 4;
/// No frame comes later than this after what it tells of.
const QUIET: Duration = Duration::from_secs(2);

/// Sends a million of them.
pub fn run() -> Result<Vec<Figure>> {
    raise_open_files()?;
    let subject = Subject::start()?;
    let devices = devices::enrol(subject.address, HONEST)?;
    let crowd = Crowd::gather(subject.address, devices::seats(&devices), POLITE)?;
    let before = memory::settled(&[subject.process])?;
    let channels = devices.into_iter().map(|device| device.channel).collect();
    let forger = Forger::new(&subject.keys(), channels)?;
    let begin = Instant::now();
    let (accepted, took) = forge(&subject, &forger)?;
    let lasted = begin.elapsed();
    let frames = crowd.hear_out(QUIET)?.len();
    let after = memory::settled(&[subject.process])?;
    subject.end()?;

    let times = Times::of(took);
    let rate = f64::from(u32::try_from(FORGED)?) / lasted.as_secs_f64();
    let believed = f64::from(u32::try_from(accepted)?) + f64::from(u32::try_from(frames)?);
    let what = format!("{FORGED} forged webhooks, {rate:.0} a second: those believed");
    let sizes = Sizes::of(vec![bytes(before)?, bytes(after)?]);
    Ok(vec![
        Figure::new(what, &times, Unit::Count, believed).bound(Bound::AtMost(0.0), None),
        Figure::new(
            "memory of the relay after them through before",
            &sizes,
            Unit::Ratio,
            bytes(after)? / bytes(before)?,
        ),
    ])
}

fn bytes(size: u64) -> Result<f64> {
    Ok(f64::from(u32::try_from(size)?))
}

/// How many were accepted, and how long each answer took.
fn forge(subject: &Subject, forger: &Forger) -> Result<(u64, Vec<Duration>)> {
    let sender = || -> Result<(u64, Vec<Duration>)> {
        let mut http = Http::new(subject.address);
        let (mut accepted, mut took) = (0, Vec::new());
        for number in 0..FORGED / CONNECTIONS {
            let (path, head, body) = forger.forge(number);
            let sent = Instant::now();
            let answer = http.post(&path, head, body.as_bytes())?;
            took.push(sent.elapsed());
            accepted += u64::from((200..300).contains(&answer.status));
        }
        Ok((accepted, took))
    };
    std::thread::scope(|scope| {
        let senders: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(sender)).collect();
        let (mut accepted, mut took) = (0, Vec::new());
        for sender in senders {
            let (some, times) = sender.join().ok().context("a sender panicked")??;
            accepted += some;
            took.extend(times);
        }
        Ok((accepted, took))
    })
}
