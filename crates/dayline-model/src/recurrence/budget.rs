//! How much work an expansion may do.

use super::RecurrenceError;

/// What is left: one step for each period that is searched and for each time that is found;
/// counting without listing costs a step for some periods at once.
pub(super) struct Budget(u32);

impl Default for Budget {
    fn default() -> Self {
        Self(100_000)
    }
}

impl Budget {
    /// Takes a step.
    pub(super) fn spend(&mut self) -> Result<(), RecurrenceError> {
        self.spend_many(1)
    }

    /// Takes several steps.
    pub(super) fn spend_many(&mut self, steps: u32) -> Result<(), RecurrenceError> {
        self.0 = self
            .0
            .checked_sub(steps)
            .ok_or(RecurrenceError::TooMuchWork)?;
        Ok(())
    }
}
