//! What the vendors send, and what of it a device is told.
//!
//! Pure: bytes in, [`Notice`]s out. All that a vendor says about people and events (tenant, ids,
//! resource, sender) is passed over while it is read: it is never kept in a value.

pub mod google;
pub mod microsoft;

use dayline_relay_protocol::HintKind;

use crate::seal::StateHash;

/// One thing that a vendor says.
#[derive(Debug, Clone, Copy)]
pub struct Notice {
    /// What it knows, to be held against the channel.
    pub state: StateHash,
    /// What the device should do; `None` for a greeting that means nothing.
    pub kind: Option<HintKind>,
}

/// The kinds that those notices ask for which know the client state, each once.
///
/// `None` if nothing here was sent by the vendor that the channel was made for.
pub fn believed(notices: &[Notice], state: StateHash) -> Option<Vec<HintKind>> {
    let mut kinds = Vec::new();
    let mut any = false;
    for notice in notices {
        if !notice.state.is(state) {
            continue;
        }
        any = true;
        if let Some(kind) = notice.kind
            && !kinds.contains(&kind)
        {
            kinds.push(kind);
        }
    }
    any.then_some(kinds)
}

#[cfg(test)]
mod tests;
