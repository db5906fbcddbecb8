//! The socket to the relay: one for all subscriptions, opened again whenever it breaks.

use std::pin::pin;
use std::time::Duration;

use dayline_host::{HttpError, SocketError};
use dayline_relay_protocol::{
    FromDevice, FromRelay, Hello, Hint, HintKind, LONGEST_RELAY_FRAME, Reason, VERSION,
};
use dayline_store::{Generation, PushState};
use tokio::time::Instant;

use super::device::{LOOK, RelayProblem};
use super::plan::REMOVED;
use super::position::{self, Heard};
use crate::{Engine, Error, Pen};

/// Waits between two attempts grow from this, with full jitter.
const FIRST_WAIT_MS: u64 = 1_000;
/// And up to this.
const LONGEST_WAIT_MS: u64 = 300_000;
/// A relay that says nothing that makes sense is left alone for so long.
const AFTER_NONSENSE: Duration = Duration::from_mins(10);
/// A device that another process uses as well waits for so long, lest both fight for the place.
const AFTER_REPLACED: Duration = Duration::from_mins(5);

/// A relay answers hello within this.
const WELCOMED_WITHIN: Duration = Duration::from_secs(30);
/// A line that lasted for so long was a good one.
const WENT_WELL: Duration = Duration::from_mins(1);
/// So many frames may come at once,
const BURST: u64 = 1_000;
/// and so many more in a second.
const MOST_A_SECOND: u64 = 50;

/// Why a connection ended.
enum End {
    /// It broke, could not be made, or was taken over.
    Broken(RelayProblem),
    /// The relay asked to come back after so many milliseconds.
    Told(u64),
    /// The relay does not know this computer any more.
    Unknown,
}

impl Engine {
    /// Hears of changes for as long as the pen is held.
    pub(crate) async fn run_push(&self, pen: &Pen) {
        loop {
            let Some(base) = self.relay_or_none() else {
                self.end_what_is_left(pen.generation()).await;
                self.wait_for_relay().await;
                continue;
            };
            tokio::select! {
                biased;
                () = self.until_moved(&base) => {}
                () = self.keep_subscriptions(pen.generation(), &base) => {}
                () = self.hold_the_line(pen.generation(), &base) => {}
            }
            self.set_connected(false, None);
        }
    }

    fn relay_or_none(&self) -> Option<String> {
        // Sample data has no providers that could tell of anything.
        if self.config().sample {
            return None;
        }
        self.relay_url().ok().flatten()
    }

    async fn wait_for_relay(&self) {
        tokio::select! {
            biased;
            () = self.push().moved.notified() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }

    async fn until_moved(&self, base: &str) {
        while self.relay_or_none().as_deref() == Some(base) {
            tokio::select! {
                biased;
                () = self.push().moved.notified() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    async fn hold_the_line(&self, generation: Generation, base: &str) {
        let mut failures = 0_u32;
        loop {
            let begun = Instant::now();
            let ended = self.one_line(generation, base).await;
            if begun.elapsed() > WENT_WELL {
                failures = 0;
            }
            let end = match ended {
                Ok(end) => end,
                Err(error) => {
                    tracing::warn!(code = ?error.code(), "no line to the relay");
                    End::Broken(RelayProblem::Unreachable)
                }
            };
            let (wait, problem) = match end {
                End::Told(ms) => {
                    let asked = Duration::from_millis(ms.min(LONGEST_WAIT_MS));
                    (asked.max(self.next_wait(&mut failures)), None)
                }
                End::Unknown => {
                    if let Err(error) = self.forget_device() {
                        tracing::warn!(code = ?error.code(), "the relay's secret stays");
                    }
                    self.push().look();
                    (self.next_wait(&mut failures), None)
                }
                End::Broken(problem) => {
                    let wait = match problem {
                        RelayProblem::NotARelay => AFTER_NONSENSE,
                        RelayProblem::Replaced => AFTER_REPLACED,
                        _ => self.next_wait(&mut failures),
                    };
                    (wait, Some(problem))
                }
            };
            tracing::info!(?problem, "no line to the relay");
            self.set_connected(false, problem);
            tokio::time::sleep(wait).await;
        }
    }

    /// Full jitter: relays that come back are not run over.
    fn next_wait(&self, failures: &mut u32) -> Duration {
        let most = FIRST_WAIT_MS
            .saturating_mul(2_u64.saturating_pow(*failures))
            .min(LONGEST_WAIT_MS);
        *failures = failures.saturating_add(1);
        Duration::from_millis(self.host().rng.below(most))
    }

    async fn one_line(&self, generation: Generation, base: &str) -> Result<End, Error> {
        let relay = match self.relay(base).await? {
            Ok(relay) => relay,
            Err(RelayProblem::Unknown) => return Ok(End::Unknown),
            Err(error) => return Ok(End::Broken(error)),
        };
        let (url, headers) = relay.socket();
        let mut socket = match self.host().http.open_socket(&url, headers).await {
            Ok(socket) => socket,
            Err(SocketError::Refused(401)) => return Ok(End::Unknown),
            Err(SocketError::Refused(500..=599)) => return Ok(End::Broken(RelayProblem::Busy)),
            Err(SocketError::Refused(_)) => return Ok(End::Broken(RelayProblem::NotARelay)),
            Err(SocketError::Http(error)) => return Ok(End::Broken(error.into())),
        };
        let mut position = self.last_position()?;
        let hello = FromDevice::Hello(Hello {
            version: VERSION,
            last: position.clone(),
        });
        let hello =
            serde_json::to_string(&hello).map_err(|error| Error::Internal(error.to_string()))?;
        if let Err(error) = socket.send(hello).await {
            return Ok(End::Broken(error.into()));
        }
        let opened = Instant::now();
        let mut welcomed = false;
        let mut frames = 0_u64;
        let mut other_device = pin!(self.until_other_device(&relay));
        loop {
            let next = async {
                if welcomed {
                    return socket.next().await;
                }
                let welcome = tokio::time::timeout(WELCOMED_WITHIN, socket.next());
                welcome.await.unwrap_or(Err(HttpError::Timeout))
            };
            let next = tokio::select! {
                biased;
                () = &mut other_device => return Ok(End::Told(0)),
                next = next => next,
            };
            let text = match next {
                Ok(Some(text)) => text,
                Ok(None) => return Ok(End::Broken(RelayProblem::Unreachable)),
                Err(error) => return Ok(End::Broken(error.into())),
            };
            // A relay rests between its frames, and joins those of one channel.
            frames += 1;
            let most = BURST + MOST_A_SECOND.saturating_mul(opened.elapsed().as_secs());
            if text.len() > LONGEST_RELAY_FRAME || frames > most {
                return Ok(End::Broken(RelayProblem::NotARelay));
            }
            // A frame that a later relay has is not for us.
            let Ok(frame) = serde_json::from_str::<FromRelay>(&text) else {
                continue;
            };
            if let FromRelay::Welcome(welcome) = &frame {
                if welcome.version != VERSION || std::mem::replace(&mut welcomed, true) {
                    return Ok(End::Broken(RelayProblem::NotARelay));
                }
                self.set_connected(true, None);
                tracing::info!("the line to the relay is up");
            }
            let before = position.clone();
            let heard = position::take(&mut position, frame);
            if let Some(end) = self.hear(generation, heard)? {
                return Ok(end);
            }
            // Kept after what it stands for is noted: a crash in between looks once too often.
            if let Some(position) = position
                .as_ref()
                .filter(|now| before.as_ref() != Some(*now))
            {
                self.keep_position(position)?;
            }
        }
    }

    fn hear(&self, generation: Generation, heard: Heard) -> Result<Option<End>, Error> {
        let frame = match heard {
            Heard::Nothing => return Ok(None),
            Heard::Nonsense => return Ok(Some(End::Broken(RelayProblem::NotARelay))),
            Heard::Everything => {
                self.look_everywhere()?;
                return Ok(None);
            }
            Heard::FrameAndEverything(frame) => {
                self.look_everywhere()?;
                frame
            }
            Heard::Frame(frame) => frame,
        };
        match frame {
            FromRelay::Bye(bye) => Ok(Some(match bye.reason {
                // Revoked is the secret of this socket; the one that is kept may be newer, and if it
                // is not, a 401 will say so.
                Reason::Draining | Reason::Revoked => End::Told(bye.retry_after_ms),
                Reason::Replaced => End::Broken(RelayProblem::Replaced),
                Reason::Protocol => End::Broken(RelayProblem::NotARelay),
            })),
            FromRelay::Hint(hint) => {
                self.take_hint(generation, &hint)?;
                Ok(None)
            }
            FromRelay::Welcome(_) | FromRelay::Missed(_) => Ok(None),
        }
    }

    /// Something was missed, and only the providers know what.
    fn look_everywhere(&self) -> Result<(), Error> {
        self.push().hint(self.pushed_calendars()?);
        // To renew one is how to hear whether it lives.
        self.rearm_push();
        Ok(())
    }

    fn take_hint(&self, generation: Generation, hint: &Hint) -> Result<(), Error> {
        let now = self.now();
        let Some((row, calendars)) = self.calendars_of_channel(&hint.channel.0)? else {
            // Of a subscription that is over, or made up.
            return Ok(());
        };
        let is_gone = hint.kind == HintKind::Removed
            && row.state == PushState::Active
            && self.push().believes_removal(row.account);
        self.store().write_held(generation, |write| {
            write.note_push(&hint.channel.0, now)?;
            if is_gone {
                write.set_push_state(row.id, PushState::Inactive, Some(REMOVED), now)?;
            }
            Ok(())
        })?;
        match hint.kind {
            HintKind::Changed => {
                self.push().told(&calendars);
                self.push().hint(calendars);
            }
            HintKind::Missed => self.push().hint(calendars),
            HintKind::Removed => {
                self.push().hint(calendars);
                // Where it is not believed, a renewal tells.
                self.push().rearm([row.account]);
            }
            HintKind::Reauthorize => self.push().rearm([row.account]),
        }
        Ok(())
    }
}
