//! Long tasks, by name.

use std::future::Future;
use std::pin::Pin;

/// Runs a task beside the caller.
pub trait Spawn: Send + Sync {
    /// Starts `future` under a constant name that logs use.
    fn spawn(&self, name: &'static str, future: Pin<Box<dyn Future<Output = ()> + Send>>) -> Task;
}

/// A running task. Dropping it aborts the task at its next await.
#[derive(Debug)]
pub struct Task {
    name: &'static str,
    handle: tokio::task::JoinHandle<()>,
}

impl Task {
    /// Wraps a task of the current runtime.
    pub fn new(name: &'static str, handle: tokio::task::JoinHandle<()>) -> Self {
        Self { name, handle }
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Aborts the task and waits until it and everything it held is gone.
    pub async fn stop(mut self) {
        self.handle.abort();
        // How it ended makes no difference to somebody who wants it gone.
        let _ = (&mut self.handle).await;
    }

    /// True once it ended, for whatever reason.
    pub fn is_finished(&self) -> bool {
        self.handle.is_finished()
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.handle.abort();
    }
}

/// Tasks of the current tokio runtime.
#[derive(Debug, Clone, Copy)]
pub struct TokioSpawn;

impl Spawn for TokioSpawn {
    fn spawn(&self, name: &'static str, future: Pin<Box<dyn Future<Output = ()> + Send>>) -> Task {
        Task::new(name, tokio::spawn(future))
    }
}

#[cfg(test)]
mod tests;
