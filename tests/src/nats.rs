//! nats-server as a program of its own.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, Result};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;

use crate::wait::until;

/// A running server with JetStream. Dropping it kills it.
pub struct Nats {
    address: String,
    _child: Child,
}

impl Nats {
    /// Starts one that keeps its streams in `folder`.
    ///
    /// # Errors
    /// It is not installed or does not start.
    pub async fn start(folder: &Path) -> Result<Self> {
        let free = TcpListener::bind("127.0.0.1:0").await?;
        let address = free.local_addr()?;
        drop(free);
        let port = address.port().to_string();
        let child = Command::new(program()?)
            .args(["-a", "127.0.0.1", "-p", &port, "-js", "-sd"])
            .arg(folder)
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let address = address.to_string();
        until("nats-server", async || {
            Ok(TcpStream::connect(&address).await.ok())
        })
        .await?;
        Ok(Self {
            address,
            _child: child,
        })
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("nats://{}", self.address)
    }

    /// Writes down all that is said through it from now on.
    ///
    /// # Errors
    /// It does not speak as NATS does.
    /// # Source
    /// NATS, "Client Protocol": `SUB`, `PING`, `PONG`.
    pub async fn listen(&self, file: PathBuf) -> Result<JoinHandle<Result<()>>> {
        let mut stream = TcpStream::connect(&self.address).await?;
        stream
            .write_all(b"CONNECT {\"verbose\":false}\r\nSUB > 1\r\nPING\r\n")
            .await?;
        let mut heard = Vec::new();
        while !heard.ends_with(b"PONG\r\n") {
            anyhow::ensure!(stream.read_buf(&mut heard).await? > 0, "it hangs up");
        }
        Ok(tokio::spawn(async move {
            let mut file = tokio::fs::File::create(file).await?;
            let mut piece = Vec::new();
            while stream.read_buf(&mut piece).await? > 0 {
                file.write_all(&piece).await?;
                file.flush().await?;
                piece.clear();
            }
            Ok(())
        }))
    }
}

/// Debian has it where only root looks.
fn program() -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain([PathBuf::from("/usr/sbin")])
        .map(|folder| folder.join("nats-server"))
        .find(|program| program.is_file())
        .context("nats-server is missing; `cargo xtask test` installs it")
}
