//! Syncing in the foreground, and telling what happens.

use std::io::{self, Write as _};

use dayline_engine::{Engine, Notice};

/// Runs until it is asked to end, or until nobody reads any more.
pub(crate) async fn run(engine: &Engine) -> anyhow::Result<bool> {
    let mut watch = engine.watch()?;
    let started = Notice::Started {
        version: env!("CARGO_PKG_VERSION"),
    };
    if !tell(&started)? {
        return Ok(true);
    }
    let scheduler = engine.spawn_scheduler();
    let ended = tokio::select! {
        biased;
        asked = end_of_work() => asked.map_err(anyhow::Error::from),
        told = async {
            loop {
                for notice in watch.next().await? {
                    if !tell(&notice)? {
                        return Ok(());
                    }
                }
            }
        } => told,
    };
    scheduler.stop().await;
    ended?;
    // If nobody reads any more, nobody misses it.
    tell(&Notice::Stopped)?;
    Ok(true)
}

/// Waits for Ctrl-C, or for the system's wish that we end.
async fn end_of_work() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            asked = tokio::signal::ctrl_c() => asked,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

/// Prints a line at once. False if nobody reads any more.
fn tell(notice: &Notice) -> anyhow::Result<bool> {
    let line = serde_json::to_string(notice)?;
    let mut out = io::stdout().lock();
    match writeln!(out, "{line}").and_then(|()| out.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error.into()),
    }
}
