//! What a device has to make of what it heard, worked out a second time and without its code.

use serde_json::Value;

/// No frame of a relay is longer, in bytes.
const LONGEST: usize = 4096;

/// What a device was told to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Everything that its providers tell of.
    Everything,
    /// What belongs to this channel.
    Channel(String),
}

/// Where a device is.
#[derive(Debug, Default)]
pub(super) struct Ear {
    position: Option<(String, u64)>,
    is_welcomed: bool,
}

impl Ear {
    /// A device that says hello.
    pub(super) fn of(hello: &Value) -> Self {
        Self {
            position: position(&hello["last"]),
            is_welcomed: false,
        }
    }

    pub(super) fn is_welcomed(&self) -> bool {
        self.is_welcomed
    }

    /// Epoch and number of the next frame that misses nothing.
    pub(super) fn next(&self) -> (String, u64) {
        let (epoch, sequence) = self.position.clone().unwrap_or_default();
        (epoch, sequence.saturating_add(1))
    }

    /// Takes a frame in.
    pub(super) fn hear(&mut self, text: &str) -> Vec<Told> {
        let frame: Value = serde_json::from_str(text).unwrap_or_default();
        let Some(now) = position(&frame).filter(|_| text.len() <= LONGEST) else {
            return Vec::new();
        };
        match frame["type"].as_str() {
            Some("welcome") if frame["version"] == 1 && !self.is_welcomed => {
                self.is_welcomed = true;
                let before = self.position.replace(now);
                let stayed = before == self.position;
                if stayed {
                    Vec::new()
                } else {
                    vec![Told::Everything]
                }
            }
            Some("missed") => {
                self.position = Some(now);
                vec![Told::Everything]
            }
            Some("hint") => self.hint(&frame, now),
            _ => Vec::new(),
        }
    }

    fn hint(&mut self, frame: &Value, now: (String, u64)) -> Vec<Told> {
        let (Some(channel), Some(kind)) = (frame["channel"].as_str(), frame["kind"].as_str())
        else {
            return Vec::new();
        };
        if ![
            super::CHANGED,
            super::MISSED,
            super::REMOVED,
            super::REAUTHORIZE,
        ]
        .contains(&kind)
        {
            return Vec::new();
        }
        let mut told = Vec::new();
        if self.next() != now {
            told.push(Told::Everything);
        }
        self.position = Some(now);
        if kind != super::REAUTHORIZE {
            told.push(Told::Channel(channel.to_owned()));
        }
        told
    }
}

fn position(value: &Value) -> Option<(String, u64)> {
    Some((
        value["epoch"].as_str()?.to_owned(),
        value["sequence"].as_u64()?,
    ))
}
