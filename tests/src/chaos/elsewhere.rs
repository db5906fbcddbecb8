//! Another server, to which nothing may ever come.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A listener that keeps what it is sent.
pub struct Elsewhere {
    /// Its address.
    pub url: String,
    heard: Arc<Mutex<Vec<u8>>>,
    accepting: JoinHandle<()>,
}

impl Elsewhere {
    /// Listens on a free port.
    ///
    /// # Errors
    /// No port is free.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://localhost:{}/", listener.local_addr()?.port());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let hearing = heard.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let hearing = hearing.clone();
                tokio::spawn(async move {
                    while let Ok(byte) = stream.read_u8().await {
                        hearing
                            .lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .push(byte);
                    }
                });
            }
        });
        Ok(Self {
            url,
            heard,
            accepting,
        })
    }

    /// Everything that came so far.
    pub fn heard(&self) -> String {
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&heard).into_owned()
    }
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}
