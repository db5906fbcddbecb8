//! `relay-burst`: 10,000 notifications for one device within a second.
//!
//! However many there are, the device has to hear only that there is something; and it has to hear
//! that after the last one was accepted, or it would not look for what that one tells of.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use dayline_relay_protocol::FromRelay;

use crate::load::crowd::{Crowd, POLITE};
use crate::load::senders::{Connection, Pace, send};
use crate::load::subject::Subject;
use crate::load::{devices, raise_open_files};
use crate::measure::Times;
use crate::report::{Bound, Figure, Unit};

const ROUNDS: u32 = 5;
const NOTIFICATIONS: u32 = 10_000;
const PACE: Pace = Pace {
    rate: NOTIFICATIONS,
    senders: 4,
    connection: Connection::Kept,
};
/// A machine that takes longer cannot send so much.
const LONGEST: Duration = Duration::from_millis(1_500);
/// No frame comes later than this after the last one.
const QUIET: Duration = Duration::from_secs(2);

/// One burst.
struct Burst {
    /// How long it took to send.
    sent: Duration,
    /// Frames that came of it.
    frames: u32,
    /// From the last notification to the last frame.
    last: Duration,
}

/// Measures bursts for one device.
pub fn run() -> Result<Vec<Figure>> {
    raise_open_files()?;
    let bursts = (0..ROUNDS).map(|_| burst()).collect::<Result<Vec<_>>>()?;
    let most = bursts.iter().map(|burst| burst.frames).max();
    let most = most.context("no burst")?;
    let longest = bursts.iter().map(|burst| burst.sent).max();
    let last = Times::of(bursts.iter().map(|burst| burst.last).collect());
    let what = format!(
        "{NOTIFICATIONS} for one device within {:.2} s: {most} frames, and from the last \
         notification to the last frame",
        longest.unwrap_or_default().as_secs_f64()
    );
    let value = f64::from(most) / f64::from(NOTIFICATIONS);
    Ok(vec![
        Figure::new(what, &last, Unit::Ratio, value)
            .bound(Bound::AtMost(0.01), Some(Bound::AtMost(0.001))),
    ])
}

fn burst() -> Result<Burst> {
    let subject = Subject::start()?;
    let devices = devices::enrol(subject.address, 1)?;
    let crowd = Crowd::gather(subject.address, devices::seats(&devices), POLITE)?;
    let begin = Instant::now();
    let end = begin + Duration::from_secs(1);
    let posts = devices::posts(&devices);
    let sent = send(subject.address, &posts, PACE, |due| due >= end)?;
    let took = begin.elapsed();
    ensure!(
        sent.len().abs_diff(usize::try_from(NOTIFICATIONS)?) <= 4,
        "{} were sent",
        sent.len()
    );
    ensure!(
        took < LONGEST,
        "the burst took {took:?}: this machine is too busy for it"
    );
    let heard = crowd.hear_out(QUIET)?;
    for (place, frame) in heard.iter().enumerate() {
        let FromRelay::Hint(hint) = serde_json::from_slice(&frame.text)? else {
            anyhow::bail!("no hint but {}", String::from_utf8_lossy(&frame.text));
        };
        ensure!(
            hint.position.sequence == u64::try_from(place)? + 1,
            "a hint was left out"
        );
    }
    // The last one was accepted between its sending and its answer.
    let last = sent.iter().map(|sent| sent.answered).max();
    let last_sent = sent.iter().map(|sent| sent.at).max();
    let (last, last_sent) = (
        last.context("nothing sent")?,
        last_sent.context("nothing sent")?,
    );
    let last_heard = heard.last().context("no frame came")?.at;
    ensure!(
        last_heard > last_sent,
        "no frame came after the last notification"
    );
    drop(crowd);
    subject.end()?;
    Ok(Burst {
        sent: took,
        frames: u32::try_from(heard.len())?,
        last: last_heard.saturating_duration_since(last),
    })
}
