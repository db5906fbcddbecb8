//! What a device may say on its socket: a state machine without sockets and clocks.

use dayline_relay_protocol::{FromDevice, Hello, Position, Reason, VERSION};

/// So many messages are free at once; a device has nothing to say but hello and signs of life.
const BURST: u32 = 20;
/// And one more for each so many milliseconds.
const ONE_EACH_MS: u64 = 3_000;

/// A message of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message<'a> {
    /// Text.
    Text(&'a str),
    /// Ping or pong.
    SignOfLife,
    /// Anything else.
    Other,
}

/// A socket whose device has not said hello yet.
#[derive(Debug, Default)]
pub struct Unidentified {
    budget: Budget,
}

/// A socket in use.
#[derive(Debug)]
pub struct Identified {
    budget: Budget,
}

/// What the first messages led to.
#[derive(Debug)]
pub enum Step {
    /// Nothing yet.
    Wait(Unidentified),
    /// The device is here, and was left there.
    Welcome(Identified, Option<Position>),
}

impl Unidentified {
    /// Takes a message in, so many milliseconds after the socket opened.
    ///
    /// # Errors
    /// Why the socket has to be closed.
    pub fn take(mut self, message: Message<'_>, elapsed_ms: u64) -> Result<Step, Reason> {
        self.budget.spend(elapsed_ms)?;
        match message {
            Message::SignOfLife => Ok(Step::Wait(self)),
            Message::Other => Err(Reason::Protocol),
            Message::Text(text) => match serde_json::from_str(text) {
                Ok(FromDevice::Hello(Hello { version, last })) if version == VERSION => {
                    let identified = Identified {
                        budget: self.budget,
                    };
                    Ok(Step::Welcome(identified, last))
                }
                _ => Err(Reason::Protocol),
            },
        }
    }
}

impl Identified {
    /// Takes a message in, so many milliseconds after the socket opened.
    ///
    /// # Errors
    /// Why the socket has to be closed.
    pub fn take(&mut self, message: Message<'_>, elapsed_ms: u64) -> Result<(), Reason> {
        self.budget.spend(elapsed_ms)?;
        match message {
            Message::SignOfLife => Ok(()),
            Message::Text(_) | Message::Other => Err(Reason::Protocol),
        }
    }
}

#[derive(Debug, Default)]
struct Budget {
    spent: u32,
    refilled_ms: u64,
}

impl Budget {
    fn spend(&mut self, elapsed_ms: u64) -> Result<(), Reason> {
        let refills = elapsed_ms.saturating_sub(self.refilled_ms) / ONE_EACH_MS;
        self.refilled_ms = self
            .refilled_ms
            .saturating_add(refills.saturating_mul(ONE_EACH_MS));
        self.spent = self
            .spent
            .saturating_sub(u32::try_from(refills).unwrap_or(u32::MAX));
        if self.spent >= BURST {
            return Err(Reason::Protocol);
        }
        self.spent += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
