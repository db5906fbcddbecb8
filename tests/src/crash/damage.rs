//! Files that a disk gives back otherwise than they were written.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use super::stage::{Stage, days};
use crate::dayline::Dayline;
use crate::provider::{self, Shown};
use crate::run::{DATABASE, agenda, difference, in_words, limited, sound};

/// What happens to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// One bit is another one.
    Flip {
        /// The byte's place in the file.
        byte: usize,
        /// The bit in it, from 0.
        bit: u32,
    },
    /// Nothing is there from this byte on.
    Cut(usize),
}

impl Damage {
    /// Damages a file.
    ///
    /// # Errors
    /// The file cannot be read or written, or is shorter than that.
    pub fn apply(self, file: &Path) -> Result<()> {
        let mut bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
        match self {
            Self::Flip { byte, bit } => {
                let byte = bytes.get_mut(byte).context("the file ends before that")?;
                *byte ^= 1 << bit;
            }
            Self::Cut(length) => {
                ensure!(length <= bytes.len(), "the file ends before that");
                bytes.truncate(length);
            }
        }
        Ok(std::fs::write(file, bytes)?)
    }
}

/// Flips at bits of a file of `length` bytes that nobody chose: the same ones in every run.
pub fn flips(seed: u64, length: usize, count: usize) -> Vec<Damage> {
    let mut state = seed;
    let mut next = move || {
        // SplitMix64 of Steele, Lea and Flood: small, and the same everywhere.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = state;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    };
    let length = u64::try_from(length.max(1)).unwrap_or(u64::MAX);
    (0..count)
        .map(|_| Damage::Flip {
            byte: usize::try_from(next() % length).unwrap_or_default(),
            bit: u32::try_from(next() % 8).unwrap_or_default(),
        })
        .collect()
}

/// What a damaged database came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hurt {
    /// Nothing is shown otherwise, and nobody complains or needs to.
    Harmless,
    /// A command says that the database is damaged.
    Told,
    /// One event says something else, which nobody but its writer can know.
    AnotherWord,
}

/// Damages a copy of the synced database and looks what the program makes of it.
///
/// # Errors
/// It crashes, hangs, or says that all is well while something else is shown than before.
pub async fn hurt(stage: &Stage, before: &[Shown], damage: Damage) -> Result<Hurt> {
    let folder = stage.copy_of("tidied")?;
    damage.apply(&folder.join(DATABASE))?;
    let dayline = Dayline::new(&folder, &stage.simulator)?;
    let (from, to, _) = days();
    let arguments = ["agenda", "--offline", "--tz", "UTC", "--json"];
    let listed = limited(
        dayline
            .command(&arguments)?
            .args(["--from", &from, "--to", &to]),
    )
    .await?;
    in_words(&listed)?;
    let verified = limited(&mut dayline.command(&["db", "verify"])?).await?;
    in_words(&verified)?;
    let synced = limited(&mut dayline.command(&["sync"])?).await?;
    in_words(&synced)?;
    if !listed.status.success() || !verified.status.success() {
        return Ok(Hurt::Told);
    }
    let shown = serde_json::from_slice::<Vec<_>>(&listed.stdout)?;
    let shown = provider::of_agenda(&shown)?;
    let Some(difference) = difference(before, &shown) else {
        return Ok(Hurt::Harmless);
    };
    let lost = before.iter().filter(|one| !shown.contains(one)).count();
    ensure!(
        shown.len() == before.len() && is_one_event(before, &shown),
        "all is said to be well with {lost} occurrences otherwise: {difference}"
    );
    Ok(Hurt::AnotherWord)
}

/// Whether what differs is the same occurrences with other words, or one of them at another time.
fn is_one_event(before: &[Shown], after: &[Shown]) -> bool {
    let lost: Vec<&Shown> = before.iter().filter(|one| !after.contains(one)).collect();
    let new: Vec<&Shown> = after.iter().filter(|one| !before.contains(one)).collect();
    let title = lost.first().map(|one| &one.title);
    let calendar = lost.first().map(|one| &one.calendar);
    let same_event = lost.iter().all(|one| Some(&one.title) == title);
    let same_calendar = lost.iter().all(|one| Some(&one.calendar) == calendar);
    lost.len() == new.len() && (lost.len() == 1 || same_event || same_calendar)
}

/// Cuts or flips the log that a killed program left, after which the next run has to be whole.
///
/// # Errors
/// It is not.
pub async fn hurt_log(stage: &Stage, killed: &str, damage: Damage) -> Result<()> {
    let folder = stage.copy_of(killed)?;
    damage.apply(&folder.join(format!("{DATABASE}-wal")))?;
    let dayline = Dayline::new(&folder, &stage.simulator)?;
    let (from, to, _) = days();
    agenda(&dayline, &from, &to).await?;
    sound(&dayline).await?;
    stage.whole_after(&dayline, &["sync"]).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flip_changes_one_bit_and_a_cut_the_length() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, [0, 0, 0]).unwrap();
        Damage::Flip { byte: 1, bit: 7 }.apply(&file).unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), [0, 128, 0]);
        Damage::Cut(2).apply(&file).unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), [0, 128]);
        assert!(Damage::Cut(3).apply(&file).is_err());
        assert_eq!(flips(7, 100, 5), flips(7, 100, 5));
        assert_ne!(flips(7, 100, 5), flips(8, 100, 5));
    }
}
