//! The key that seals stored sign-ins.

use dayline_engine::Engine;

use crate::output::Output;

pub(crate) async fn rotate(engine: &Engine, output: &Output) -> anyhow::Result<bool> {
    let report = engine.rotate_keys().await?;
    output.give(&report, |report| {
        let old = if report.old_key_removed {
            "The old key is gone."
        } else {
            "The old key seals nothing any more; it leaves the keyring with the next maintenance."
        };
        format!("Sealed {} secrets with a new key. {old}", report.resealed)
    })?;
    Ok(true)
}
