//! Fetching days that lie outside of what is synced: one visit at a time, the latest.
//!
//! What is fetched and kept is the engine's business. Giving a visit up means dropping it.

use std::future::Future;

use tokio::sync::watch;

/// Whose turn it is. Visits are counted; one runs as long as none came after it.
#[derive(Debug, Default)]
pub struct Visits {
    turn: watch::Sender<u64>,
}

impl Visits {
    /// Runs `visit` in place of the one that runs; `None` if it was given up before its end.
    ///
    /// # Cancel safety
    /// Dropping this drops `visit`.
    pub async fn run<T>(&self, visit: impl Future<Output = T>) -> Option<T> {
        let mine = self.next();
        let mut turn = self.turn.subscribe();
        tokio::select! {
            biased;
            _ = turn.wait_for(|now| *now != mine) => None,
            ended = visit => Some(ended),
        }
    }

    /// Gives the running visit up, if there is one.
    pub fn cancel(&self) {
        self.next();
    }

    fn next(&self) -> u64 {
        let mut mine = 0;
        self.turn.send_modify(|turn| {
            *turn = turn.wrapping_add(1);
            mine = *turn;
        });
        mine
    }
}

#[cfg(test)]
mod tests;
