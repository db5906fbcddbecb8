//! The holder's local socket: one question and one answer a connection, a JSON line each.
//!
//! It lies inside of the data folder, which only its owner may enter; on Windows it is a pipe.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use chrono::NaiveDate;
use dayline_store::Generation;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use interprocess::local_socket::tokio::prelude::*;
use interprocess::local_socket::tokio::{Listener as TokioListener, Stream};
use interprocess::local_socket::{GenericFilePath, ListenerOptions, ToFsName};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::sync::oneshot;

use crate::sync::{SyncReport, SyncRequest};
use crate::view::{IpcError, SignInOutcome, VisitReport};
use crate::{Engine, Error, MaintenanceReport, Reach, RotationReport};

/// The longest question.
const MAX_QUESTION: u64 = 64 * 1024;
/// How long an asker may take to ask, and a holder to accept.
const HANDSHAKE: Duration = Duration::from_secs(5);
/// Unix refuses longer paths of sockets.
const MAX_PATH: usize = 100;

/// What another process asks of the holder.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Question {
    /// Sync.
    Sync(SyncRequest),
    /// Bring the days of `[from, until)`.
    Visit(NaiveDate, NaiveDate, Reach),
    /// Replace the sealing key.
    RotateKeys,
    /// Keep the database in good order.
    Maintain,
    /// The database changed; perhaps a sign-in ended elsewhere.
    Changed(Option<SignInOutcome>),
}

/// What the holder answers.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    /// How the sync went.
    Synced(SyncReport),
    /// How the visit went.
    Visited(VisitReport),
    /// The key was replaced.
    Rotated(RotationReport),
    /// The database is in good order.
    Maintained(MaintenanceReport),
    /// It could not start.
    Failed(IpcError),
    /// Nothing more to say.
    Noted,
}

/// A holder that answers.
pub(super) struct Connection(Stream);

/// Reaches the holder at `endpoint`.
pub(super) async fn connect(endpoint: &str) -> io::Result<Connection> {
    let name = endpoint.to_fs_name::<GenericFilePath>()?;
    let stream = tokio::time::timeout(HANDSHAKE, Stream::connect(name)).await??;
    Ok(Connection(stream))
}

impl Connection {
    /// Asks and waits for the answer, however long the holder works on it.
    pub(super) async fn ask(self, question: &Question) -> io::Result<Answer> {
        let mut stream = BufReader::new(self.0);
        let mut line = serde_json::to_string(question)?;
        line.push('\n');
        stream.write_all(line.as_bytes()).await?;
        stream.flush().await?;
        line.clear();
        stream.read_line(&mut line).await?;
        Ok(serde_json::from_str(&line)?)
    }
}

/// The holder's end.
pub(super) struct Listener {
    endpoint: String,
    listener: TokioListener,
}

/// Listens under a name of its own.
pub(super) fn listen(engine: &Engine) -> Result<Listener, Error> {
    let mut bytes = [0; 8];
    engine.host().rng.fill(&mut bytes);
    let endpoint = socket_path(engine, &format!("{:016x}", u64::from_be_bytes(bytes)))?;
    let fail = |error: io::Error| Error::Internal(format!("no local socket: {error}"));
    let name = endpoint
        .as_str()
        .to_fs_name::<GenericFilePath>()
        .map_err(fail)?;
    let listener = ListenerOptions::new()
        .name(name)
        .create_tokio()
        .map_err(fail)?;
    Ok(Listener { endpoint, listener })
}

#[cfg(windows)]
fn socket_path(_: &Engine, name: &str) -> Result<String, Error> {
    Ok(format!(r"\\.\pipe\dayline-{name}"))
}

#[cfg(not(windows))]
fn socket_path(engine: &Engine, name: &str) -> Result<String, Error> {
    let folder =
        std::path::absolute(&engine.config().folder).unwrap_or(engine.config().folder.clone());
    let path: PathBuf = folder.join(format!("pen-{name}.sock"));
    match path.to_str() {
        Some(text) if text.len() <= MAX_PATH => Ok(text.to_owned()),
        // Too long for a socket: a folder of its own, for its owner only, where paths are short.
        _ => {
            let folder = std::env::temp_dir().join(format!("dayline-{name}"));
            let mut builder = std::fs::DirBuilder::new();
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder
                .create(&folder)
                .map_err(|error| Error::Internal(format!("no folder for a socket: {error}")))?;
            Ok(folder.join("pen.sock").to_string_lossy().into_owned())
        }
    }
}

impl Listener {
    /// Where others reach it.
    pub(super) fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Removes sockets that killed processes left behind. Only for whoever has just taken the
    /// lease: then every other socket in the folder is of somebody who lost it.
    #[cfg(not(windows))]
    pub(super) fn sweep_others(&self, folder: &std::path::Path) {
        let Ok(entries) = std::fs::read_dir(folder) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let is_socket = name.starts_with("pen-") && name.ends_with(".sock");
            if is_socket && !self.endpoint.ends_with(name.as_ref()) {
                // If it is gone already, all the better.
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    /// Answers until told to stop, then what was asked before that.
    pub(super) async fn serve(
        self,
        engine: Engine,
        generation: Generation,
        mut stop: oneshot::Receiver<()>,
        stopped: oneshot::Sender<()>,
    ) {
        let mut open = FuturesUnordered::new();
        loop {
            tokio::select! {
                biased;
                _ = &mut stop => break,
                Some(()) = open.next() => {}
                connection = self.listener.accept() => match connection {
                    Ok(stream) => open.push(answer(&engine, generation, stream)),
                    Err(error) => tracing::warn!(%error, "a question was not heard"),
                },
            }
        }
        drop(self.listener);
        while open.next().await.is_some() {}
        // Nobody waits any more if the process ends.
        let _ = stopped.send(());
    }
}

async fn answer(engine: &Engine, generation: Generation, stream: Stream) {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    let mut limited = (&mut stream).take(MAX_QUESTION);
    let heard = tokio::time::timeout(HANDSHAKE, limited.read_line(&mut line)).await;
    if !matches!(heard, Ok(Ok(_))) {
        return;
    }
    let Ok(question) = serde_json::from_str(&line) else {
        return;
    };
    let answer = engine.answer(generation, question).await;
    let Ok(mut line) = serde_json::to_string(&answer) else {
        return;
    };
    line.push('\n');
    // An asker that left needs no answer.
    let _ = stream.write_all(line.as_bytes()).await;
    let _ = stream.flush().await;
}
