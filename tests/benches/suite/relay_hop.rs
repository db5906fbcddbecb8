//! `relay-hop`: from a webhook to the frame at its device, 1,000 a second over 10,000 sockets.
//!
//! The same generator sends the same bodies at the same pace to nchan's publisher, and its
//! subscriber gets them. Each device is told in turn, so that nothing waits for what was said
//! before. A time begins when the request is written, or when it was due if its sender still
//! waited for an answer, and ends when the frame was read. Every webhook has to bring one frame.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

use crate::load::crowd::{Crowd, Heard, POLITE};
use crate::load::nchan::{self, Nchan};
use crate::load::senders::{Connection, Pace, Post, Sent, send};
use crate::load::subject::Subject;
use crate::load::{DEVICES, devices, raise_open_files};
use crate::measure::{Pair, Times, in_turn};
use crate::report::{Bound, Figure, Unit};

const ROUNDS: u32 = 5;
const PACE: Pace = Pace {
    rate: 1_000,
    senders: 4,
    connection: Connection::Kept,
};
/// What is sent first warms both sides, and is not counted.
const WARM: Duration = Duration::from_secs(2);
/// How long is measured.
const MEASURED: Duration = Duration::from_secs(10);

/// Measures both in turn.
pub fn run() -> Result<Vec<Figure>> {
    let open_files = raise_open_files()?;
    let rounds = in_turn(ROUNDS, relay, || peer(open_files))?;
    let pair = |at: f64| {
        let times = |round: &(Times, Times)| (round.0.quantile(at), round.1.quantile(at));
        Pair::of(&rounds.iter().map(times).collect::<Vec<_>>())
    };
    let (p50, p99) = (pair(0.5), pair(0.99));
    let count = rounds.first().map_or(0, |round| round.0.len());
    let what = |which| {
        format!(
            "{which} of {count} webhooks to their frames, {} a second, {DEVICES} sockets",
            PACE.rate
        )
    };
    Ok(vec![
        Figure::ratio(what("p99"), &p99, 1.5, 1.0),
        Figure::new(what("median"), &p50.ours, Unit::Ratio, p50.ratio)
            .against(&p50.peer)
            .wished(Some(Bound::AtMost(0.8))),
    ])
}

fn relay() -> Result<Times> {
    let subject = Subject::start()?;
    let devices = devices::enrol(subject.address, DEVICES)?;
    let crowd = Crowd::gather(subject.address, devices::seats(&devices), POLITE)?;
    let hops = hops(&crowd, subject.address, &devices::posts(&devices))?;
    drop(crowd);
    subject.end()?;
    Ok(hops)
}

fn peer(open_files: u64) -> Result<Times> {
    let nchan = Nchan::start(open_files)?;
    let crowd = Crowd::gather(nchan.address, nchan::seats(DEVICES), POLITE)?;
    hops(&crowd, nchan.address, &nchan::posts(DEVICES))
}

fn hops(crowd: &Crowd, server: std::net::SocketAddr, posts: &[Post]) -> Result<Times> {
    let begin = std::time::Instant::now();
    let sent = send(server, posts, PACE, |due| due > begin + WARM + MEASURED)?;
    let heard = crowd.hear(sent.len())?;
    let more = crowd.hear_out(Duration::from_secs(1))?;
    ensure!(more.is_empty(), "{} frames too many", more.len());
    let mut hops = Vec::new();
    for (sent, took) in matched(&sent, &heard)? {
        if sent.at > begin + WARM {
            hops.push(took);
        }
    }
    Ok(Times::of(hops))
}

/// Each webhook with the time that its frame took: what came first to a device was sent first.
fn matched<'a>(sent: &'a [Sent], heard: &[Heard]) -> Result<Vec<(&'a Sent, Duration)>> {
    let mut frames = vec![std::collections::VecDeque::new(); DEVICES];
    for frame in heard {
        frames
            .get_mut(frame.seat)
            .context("a seat")?
            .push_back(frame.at);
    }
    sent.iter()
        .map(|sent| {
            let frames = frames.get_mut(sent.seat).context("a seat")?;
            let at = frames.pop_front().context("a webhook without a frame")?;
            let took = at.checked_duration_since(sent.at);
            Ok((sent, took.context("a frame before its webhook")?))
        })
        .collect()
}
