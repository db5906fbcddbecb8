//! The shortest history that still fails.

use crate::history::History;
use crate::life::{Ended, live};

/// How many lives may be spent on it.
const MOST_LIVES: usize = 400;

/// Leaves out whatever the failure of a history does not need.
pub fn shrink(history: &History, failed: Ended) -> (History, Ended) {
    let (mut shortest, mut failed) = (history.clone(), failed);
    // What comes after the failure has nothing to do with it.
    shortest.steps.truncate(failed.steps.max(1));
    let mut lives = 0;
    let mut piece = shortest.steps.len().div_ceil(2);
    while piece > 0 && lives < MOST_LIVES {
        let mut at = 0;
        let mut shorter = false;
        while at < shortest.steps.len() && lives < MOST_LIVES {
            let mut candidate = shortest.clone();
            let end = (at + piece).min(candidate.steps.len());
            candidate.steps.drain(at..end);
            lives += 1;
            let ended = live(&candidate);
            if ended.failure.is_some() {
                candidate.steps.truncate(ended.steps.max(1));
                (shortest, failed) = (candidate, ended);
                shorter = true;
            } else {
                at += piece;
            }
        }
        if !shorter || piece > 1 {
            piece /= 2;
        }
    }
    (shortest, failed)
}
