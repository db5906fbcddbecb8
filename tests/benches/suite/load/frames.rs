//! Just enough WebSocket: short frames of a server in, short frames of a client out.
//!
//! # Source
//! RFC 6455 §5.2.

use anyhow::{Result, bail, ensure};

/// What a server sent.
#[derive(Debug, PartialEq, Eq)]
pub enum Frame {
    /// A text.
    Text(Box<[u8]>),
    /// It wants a sign of life.
    Ping,
    /// It has enough.
    Close,
}

/// A client's answer to a ping without words. A mask of zeros is one.
pub const PONG: [u8; 6] = [0x8a, 0x80, 0, 0, 0, 0];

/// A client's text.
pub fn text(words: &str) -> Result<Vec<u8>> {
    let length = u8::try_from(words.len())?;
    ensure!(length < 126, "longer than a client here has to say");
    let mut frame = vec![0x81, 0x80 | length, 0, 0, 0, 0];
    frame.extend_from_slice(words.as_bytes());
    Ok(frame)
}

/// Takes the first frame out of what was read; `None` if it is not whole yet.
pub fn take(read: &mut Vec<u8>) -> Result<Option<Frame>> {
    let (kind, length, begin) = match read.as_slice() {
        [kind, 126, high, low, ..] => (*kind, usize::from(u16::from_be_bytes([*high, *low])), 4),
        [_, 126, ..] | [] | [_] => return Ok(None),
        [kind, length @ 0..=125, ..] => (*kind, usize::from(*length), 2),
        [_, length, ..] => bail!("a frame whose length begins with {length}"),
    };
    let end = begin + length;
    if read.len() < end {
        return Ok(None);
    }
    let payload = read.get(begin..end).unwrap_or_default().into();
    read.drain(..end);
    match kind {
        0x81 => Ok(Some(Frame::Text(payload))),
        0x88 => Ok(Some(Frame::Close)),
        0x89 => Ok(Some(Frame::Ping)),
        _ => bail!("a frame of kind {kind:#x}"),
    }
}
