//! What happened in a life: the faults that took effect, the story, and the mark of all of it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use crate::fault::Fault;

/// Written by whatever goes wrong, read by the life that it happens in. Cloning shares it.
#[derive(Debug, Clone, Default)]
pub struct Journal(Arc<Mutex<Pages>>);

#[derive(Debug, Default)]
struct Pages {
    fired: BTreeMap<Fault, u64>,
    story: Vec<String>,
    trace: Sha256,
}

impl Journal {
    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A fault took effect.
    pub fn count(&self, fault: Fault) {
        *self.pages().fired.entry(fault).or_default() += 1;
    }

    /// A line of the story.
    pub fn tell(&self, line: String) {
        self.pages().story.push(line);
    }

    /// Adds something to the trace.
    pub fn mark(&self, bytes: impl AsRef<[u8]>) {
        self.pages().trace.update(bytes);
    }

    /// How often each class took effect.
    pub fn fired(&self) -> BTreeMap<Fault, u64> {
        self.pages().fired.clone()
    }

    /// The story since the last time.
    pub fn story(&self) -> Vec<String> {
        std::mem::take(&mut self.pages().story)
    }

    /// The mark of everything that happened so far.
    pub fn trace(&self) -> [u8; 32] {
        self.pages().trace.clone().finalize().into()
    }
}
