//! Waiting for what another program does: a condition with a limit, never a guess at a time.

use std::time::Duration;

use anyhow::{Result, bail};

/// How long another program may take.
const LIMIT: Duration = Duration::from_secs(30);
/// How often its work is looked at.
const GLANCE: Duration = Duration::from_millis(50);

/// Waits until `look` finds something.
///
/// # Errors
/// What was waited for did not come; or what `look` fails with.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let looking = async {
        loop {
            if let Some(found) = look().await? {
                return Ok(found);
            }
            tokio::time::sleep(GLANCE).await;
        }
    };
    // Also a look itself may never end: of a program that hangs.
    tokio::time::timeout(LIMIT, looking)
        .await
        .unwrap_or_else(|_| bail!("waited {} s in vain for {what}", LIMIT.as_secs()))
}
