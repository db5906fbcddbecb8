//! `relay-storm`: 10,000 devices come back at once, and vendors go on sending meanwhile.
//!
//! All sockets are closed and opened again, none waiting for another, as when a network or a proxy
//! was away for a moment. What counts is how long webhooks wait for their answers from the moment
//! the sockets close until the last device is welcome: on connections that are kept, and on new
//! ones, which have to get in among those of the devices. Graph calls an answer after three
//! seconds late.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use crate::load::crowd::{Crowd, POLITE};
use crate::load::senders::{Connection, Pace, Post, Sent, send};
use crate::load::subject::Subject;
use crate::load::{DEVICES, devices, raise_open_files};
use crate::measure::Times;
use crate::report::{Bound, Figure};

const ROUNDS: u32 = 3;
/// Fewer answers in a round are no measure.
const FEWEST: usize = 100;

/// Webhooks go on at this pace over either kind of connection.
const fn pace(connection: Connection) -> Pace {
    Pace {
        rate: 500,
        senders: 4,
        connection,
    }
}

/// One storm: how long answers took meanwhile, and how long until the last device was back.
struct Storm {
    kept: Vec<Duration>,
    new: Vec<Duration>,
    lasted: Duration,
}

/// Measures storms.
pub fn run() -> Result<Vec<Figure>> {
    raise_open_files()?;
    let storms = (0..ROUNDS).map(|_| storm()).collect::<Result<Vec<_>>>()?;
    let lasted = Times::of(storms.iter().map(|storm| storm.lasted).collect());
    let all =
        |of: fn(&Storm) -> &Vec<Duration>| Times::of(storms.iter().flat_map(of).copied().collect());
    let figure = |connections: &str, times: &Times| {
        let count = times.len();
        let what = format!(
            "p99 of {count} answers on {connections} connections while {DEVICES} devices come back"
        );
        Figure::time(what, times, 0.99).bound(Bound::AtMost(3_000.0), Some(Bound::AtMost(50.0)))
    };
    Ok(vec![
        figure("kept", &all(|storm| &storm.kept)),
        figure("new", &all(|storm| &storm.new)),
        Figure::time("from the first goodbye to the last welcome", &lasted, 0.5),
    ])
}

fn storm() -> Result<Storm> {
    let subject = Subject::start()?;
    let devices = devices::enrol(subject.address, DEVICES)?;
    let posts = devices::posts(&devices);
    let crowd = Crowd::gather(subject.address, devices::seats(&devices), POLITE)?;
    let is_over = AtomicBool::new(false);
    let server = subject.address;
    let storm = std::thread::scope(|scope| {
        let senders = [Connection::Kept, Connection::New].map(|connection| {
            let (posts, is_over) = (&posts, &is_over);
            scope.spawn(move || sending(server, posts, connection, is_over))
        });
        let begin = Instant::now();
        drop(crowd);
        let back = Crowd::gather(server, devices::seats(&devices), DEVICES);
        let end = Instant::now();
        is_over.store(true, Ordering::Release);
        let mut answers = Vec::new();
        for sender in senders {
            let sent = sender.join().ok().context("a sender panicked")??;
            let meanwhile = sent.iter().filter(|sent| (begin..=end).contains(&sent.at));
            answers.push(meanwhile.map(Sent::took).collect::<Vec<_>>());
        }
        drop(back.context("after the storm")?);
        let [kept, new] = answers
            .try_into()
            .ok()
            .context("two kinds of connections")?;
        anyhow::Ok(Storm {
            kept,
            new,
            lasted: end - begin,
        })
    })?;
    for answers in [&storm.kept, &storm.new] {
        ensure!(
            answers.len() >= FEWEST,
            "only {} answers within the {:?} that the storm lasted",
            answers.len(),
            storm.lasted
        );
    }
    subject.end()?;
    Ok(storm)
}

fn sending(
    server: std::net::SocketAddr,
    posts: &[Post],
    connection: Connection,
    is_over: &AtomicBool,
) -> Result<Vec<Sent>> {
    send(server, posts, pace(connection), |_| {
        is_over.load(Ordering::Acquire)
    })
}
