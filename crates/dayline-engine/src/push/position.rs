//! Whether something was missed: a device that is not where it was left has to look everywhere.

use dayline_relay_protocol::{FromRelay, Position};

/// What a frame means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heard {
    /// Nothing is new.
    Nothing,
    /// Something was missed: look at everything that is pushed, and at the subscriptions.
    Everything,
    /// This, and nothing was missed before it.
    Frame(FromRelay),
    /// This, and something was missed before it.
    FrameAndEverything(FromRelay),
    /// The relay broke the protocol.
    Nonsense,
}

/// Takes a frame in. `last` is where the device is, and is moved.
pub(super) fn take(last: &mut Option<Position>, frame: FromRelay) -> Heard {
    match frame {
        FromRelay::Welcome(welcome) => {
            let heard = if last.as_ref() == Some(&welcome.position) {
                Heard::Nothing
            } else {
                Heard::Everything
            };
            *last = Some(welcome.position);
            heard
        }
        FromRelay::Missed(position) => {
            *last = Some(position);
            Heard::Everything
        }
        FromRelay::Hint(ref hint) => {
            let Some(before) = last.replace(hint.position.clone()) else {
                return Heard::Nonsense;
            };
            let follows = before.epoch == hint.position.epoch
                && before.sequence.checked_add(1) == Some(hint.position.sequence);
            if follows {
                Heard::Frame(frame)
            } else {
                Heard::FrameAndEverything(frame)
            }
        }
        FromRelay::Bye(_) => Heard::Frame(frame),
    }
}

#[cfg(test)]
mod tests {
    use dayline_relay_protocol::{ChannelId, Hint, HintKind, Welcome};

    use super::*;

    fn at(epoch: &str, sequence: u64) -> Position {
        Position {
            epoch: epoch.into(),
            sequence,
        }
    }

    fn welcome(position: Position) -> FromRelay {
        FromRelay::Welcome(Welcome {
            version: 1,
            position,
        })
    }

    fn hint(position: Position) -> FromRelay {
        FromRelay::Hint(Hint {
            channel: ChannelId("c".into()),
            kind: HintKind::Changed,
            position,
        })
    }

    #[test]
    fn whoever_is_not_where_he_was_left_looks_everywhere() {
        for (last, frame, expected) in [
            (None, welcome(at("a", 0)), Heard::Everything),
            (Some(at("a", 3)), welcome(at("a", 3)), Heard::Nothing),
            (Some(at("a", 3)), welcome(at("a", 4)), Heard::Everything),
            (Some(at("a", 3)), welcome(at("a", 2)), Heard::Everything),
            (Some(at("a", 3)), welcome(at("b", 3)), Heard::Everything),
            (
                Some(at("a", 3)),
                hint(at("a", 4)),
                Heard::Frame(hint(at("a", 4))),
            ),
            (
                Some(at("a", 3)),
                hint(at("a", 5)),
                Heard::FrameAndEverything(hint(at("a", 5))),
            ),
            (
                Some(at("a", 3)),
                hint(at("a", 3)),
                Heard::FrameAndEverything(hint(at("a", 3))),
            ),
            (
                Some(at("a", 3)),
                hint(at("b", 4)),
                Heard::FrameAndEverything(hint(at("b", 4))),
            ),
            (
                Some(at("a", u64::MAX)),
                hint(at("a", 0)),
                Heard::FrameAndEverything(hint(at("a", 0))),
            ),
            (None, hint(at("a", 1)), Heard::Nonsense),
            (
                Some(at("a", 3)),
                FromRelay::Missed(at("a", 4)),
                Heard::Everything,
            ),
        ] {
            let mut position = last.clone();
            assert_eq!(
                take(&mut position, frame.clone()),
                expected,
                "{last:?} {frame:?}"
            );
        }
    }
}
