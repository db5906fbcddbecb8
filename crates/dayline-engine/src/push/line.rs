//! The socket to the relay: one for all subscriptions, opened again whenever it breaks.

use std::time::Duration;

use dayline_host::SocketError;
use dayline_relay_protocol::{
    FromDevice, FromRelay, Hello, Hint, HintKind, LONGEST_RELAY_FRAME, Reason, VERSION,
};
use dayline_store::{Generation, PushState};

use super::device::RelayError;
use super::plan::REMOVED;
use super::position::{self, Heard};
use crate::engine::lock;
use crate::{Engine, EngineEvent, Error, Pen};

/// How often the relay's address is looked up, which another process may have changed.
const LOOK: Duration = Duration::from_secs(15);
/// Waits between two attempts grow from this, with full jitter.
const FIRST_WAIT_MS: u64 = 1_000;
/// And up to this.
const LONGEST_WAIT_MS: u64 = 300_000;
/// A relay that says nothing that makes sense is left alone for so long.
const AFTER_NONSENSE: Duration = Duration::from_mins(10);
/// A device that another process uses as well waits for so long, lest both fight for the place.
const AFTER_REPLACED: Duration = Duration::from_mins(5);

/// Why a connection ended.
enum End {
    /// It broke, or could not be made.
    Broken(RelayError),
    /// The relay asked to come back after so many milliseconds.
    Told(u64),
    Replaced,
    /// The relay does not know this computer any more.
    Unknown,
}

impl Engine {
    /// Hears of changes for as long as the pen is held.
    pub(crate) async fn run_push(&self, pen: &Pen) {
        loop {
            let Some(base) = self.relay_or_none() else {
                self.wait_for_relay().await;
                continue;
            };
            tokio::select! {
                biased;
                () = self.until_moved(&base) => {}
                () = self.keep_subscriptions(pen.generation(), &base) => {}
                () = self.hold_the_line(pen.generation(), &base) => {}
            }
            self.push().set_connected(false, None);
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
            let end = match self.one_line(generation, base, &mut failures).await {
                Ok(end) => end,
                Err(error) => {
                    tracing::warn!(code = ?error.code(), "no line to the relay");
                    End::Broken(RelayError::Unreachable)
                }
            };
            let (wait, problem) = match end {
                End::Told(ms) => (Duration::from_millis(ms.min(LONGEST_WAIT_MS)), None),
                End::Replaced => (
                    AFTER_REPLACED,
                    Some("another Dayline with a copy of this data is connected".to_owned()),
                ),
                End::Unknown => {
                    if let Err(error) = self.forget_device() {
                        tracing::warn!(code = ?error.code(), "the relay's secret stays");
                    }
                    self.push().look();
                    (self.next_wait(&mut failures), None)
                }
                End::Broken(RelayError::NotARelay) => {
                    (AFTER_NONSENSE, Some(RelayError::NotARelay.to_string()))
                }
                End::Broken(error) => (self.next_wait(&mut failures), Some(error.to_string())),
            };
            let was_up = lock(&self.push().state).connected;
            self.push().set_connected(false, problem);
            if was_up {
                tracing::info!("the line to the relay broke");
                self.tell(EngineEvent::AccountsChanged);
            }
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

    async fn one_line(
        &self,
        generation: Generation,
        base: &str,
        failures: &mut u32,
    ) -> Result<End, Error> {
        let relay = match self.relay(base).await? {
            Ok(relay) => relay,
            Err(RelayError::Unknown) => return Ok(End::Unknown),
            Err(error) => return Ok(End::Broken(error)),
        };
        let (url, headers) = relay.socket();
        let mut socket = match self.host().http.open_socket(&url, headers).await {
            Ok(socket) => socket,
            Err(SocketError::Refused(401)) => return Ok(End::Unknown),
            Err(SocketError::Refused(500..=599)) => return Ok(End::Broken(RelayError::Busy)),
            Err(SocketError::Refused(_)) => return Ok(End::Broken(RelayError::NotARelay)),
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
        loop {
            let text = match socket.next().await {
                Ok(Some(text)) => text,
                Ok(None) => return Ok(End::Broken(RelayError::Unreachable)),
                Err(error) => return Ok(End::Broken(error.into())),
            };
            if text.len() > LONGEST_RELAY_FRAME {
                return Ok(End::Broken(RelayError::NotARelay));
            }
            // A frame that a later relay has is not for us.
            let Ok(frame) = serde_json::from_str::<FromRelay>(&text) else {
                continue;
            };
            if let FromRelay::Welcome(welcome) = &frame {
                if welcome.version != VERSION {
                    return Ok(End::Broken(RelayError::NotARelay));
                }
                *failures = 0;
                self.push().set_connected(true, None);
                tracing::info!("the line to the relay is up");
                self.tell(EngineEvent::AccountsChanged);
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
            Heard::Nonsense => return Ok(Some(End::Broken(RelayError::NotARelay))),
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
                Reason::Draining => End::Told(bye.retry_after_ms),
                Reason::Replaced => End::Replaced,
                Reason::Revoked => End::Unknown,
                Reason::Protocol => End::Broken(RelayError::NotARelay),
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
        self.push().look();
        Ok(())
    }

    fn take_hint(&self, generation: Generation, hint: &Hint) -> Result<(), Error> {
        let now = self.now();
        let Some((row, calendars)) = self.calendars_of_channel(&hint.channel.0)? else {
            // Of a subscription that is over, or made up.
            return Ok(());
        };
        self.store().write_held(generation, |write| {
            write.note_push(&hint.channel.0, now)?;
            if hint.kind == HintKind::Removed {
                write.set_push_state(row.id, PushState::Inactive, Some(REMOVED), now)?;
            }
            Ok(())
        })?;
        match hint.kind {
            HintKind::Changed | HintKind::Missed => self.push().hint(calendars),
            HintKind::Removed => {
                self.push().hint(calendars);
                self.push().look();
            }
            HintKind::Reauthorize => self.push().rearm([row.account]),
        }
        Ok(())
    }
}
