//! Notifications at a steady pace, whatever becomes of those before.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use super::devices::{HEAD, STATE, notification};
use super::http::Http;

/// Where one notification goes.
pub struct Post {
    /// The path.
    pub path: String,
    /// The status of a server that took it.
    pub taken: u16,
}

/// How fast they are sent, and over what.
#[derive(Clone, Copy)]
pub struct Pace {
    /// In a second, all senders together.
    pub rate: u32,
    /// Senders; each waits for an answer before it sends the next.
    pub senders: u32,
    /// Whether a sender keeps its connection.
    pub connection: Connection,
}

/// Over what a notification is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Connection {
    /// The one of those before.
    Kept,
    /// One of its own.
    New,
}

/// A notification that was taken.
#[derive(Clone, Copy)]
pub struct Sent {
    /// The place of its post.
    pub seat: usize,
    /// When it was sent; when it should have been if its sender still waited then.
    pub at: Instant,
    /// When the answer was here.
    pub answered: Instant,
}

impl Sent {
    /// How long the answer took.
    pub fn took(&self) -> Duration {
        self.answered - self.at
    }
}

/// Sends to one post after the other, and from the first again, until the time of the next one is
/// `over`. Gives them in the order in which they were due.
///
/// # Errors
/// One was not taken.
pub fn send(
    server: SocketAddr,
    posts: &[Post],
    pace: Pace,
    over: impl Fn(Instant) -> bool + Sync,
) -> Result<Vec<Sent>> {
    ensure!(!posts.is_empty(), "nobody to send to");
    let begin = Instant::now();
    let mut sent: Vec<(u32, Sent)> = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..pace.senders)
            .map(|first| {
                let over = &over;
                scope.spawn(move || sender(server, posts, pace, first, begin, over))
            })
            .collect();
        let mut all = Vec::new();
        for sender in senders {
            let sent = sender.join().ok().context("a sender panicked")?;
            all.extend(sent?);
        }
        anyhow::Ok(all)
    })?;
    sent.sort_unstable_by_key(|(number, _)| *number);
    Ok(sent.into_iter().map(|(_, sent)| sent).collect())
}

fn sender(
    server: SocketAddr,
    posts: &[Post],
    pace: Pace,
    first: u32,
    begin: Instant,
    over: &(impl Fn(Instant) -> bool + Sync),
) -> Result<Vec<(u32, Sent)>> {
    let body = notification(STATE);
    let mut http = Http::new(server);
    let mut all = Vec::new();
    let mut number = first;
    loop {
        let due = begin + Duration::from_secs(1) * number / pace.rate;
        if over(due) {
            return Ok(all);
        }
        let early = due.saturating_duration_since(Instant::now());
        // Who is late tells of its wait as well: what waited meanwhile waited in it.
        let at = if early.is_zero() {
            due
        } else {
            std::thread::sleep(early);
            Instant::now()
        };
        if pace.connection == Connection::New {
            http = Http::new(server);
        }
        let seat = usize::try_from(number)? % posts.len();
        let post = posts.get(seat).context("a post")?;
        let answer = http.post(&post.path, HEAD, body.as_bytes())?;
        let answered = Instant::now();
        ensure!(
            answer.status == post.taken,
            "a notification was answered {}",
            answer.status
        );
        all.push((number, Sent { seat, at, answered }));
        number += pace.senders;
    }
}
