//! Just enough HTTP.

use std::net::SocketAddr;

use anyhow::{Context as _, bail};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A connection that is kept, and made anew when the relay ends it.
pub struct Http {
    relay: SocketAddr,
    stream: Option<TcpStream>,
}

impl Http {
    pub fn new(relay: SocketAddr) -> Self {
        Self {
            relay,
            stream: None,
        }
    }

    /// The status and the body of the answer.
    pub async fn post(
        &mut self,
        path: &str,
        head: &str,
        body: &[u8],
    ) -> anyhow::Result<(u16, Vec<u8>)> {
        let kept = self.stream.is_some();
        match self.try_post(path, head, body).await {
            Err(_) if kept => self.try_post(path, head, body).await,
            done => done,
        }
    }

    async fn try_post(
        &mut self,
        path: &str,
        head: &str,
        body: &[u8],
    ) -> anyhow::Result<(u16, Vec<u8>)> {
        let mut stream = if let Some(stream) = self.stream.take() {
            stream
        } else {
            let stream = TcpStream::connect(self.relay).await?;
            stream.set_nodelay(true)?;
            stream
        };
        let length = body.len();
        let mut request = format!(
            "POST {path} HTTP/1.1\r\nhost: relay\r\n{head}content-length: {length}\r\n\r\n"
        )
        .into_bytes();
        request.extend_from_slice(body);
        stream.write_all(&request).await?;
        let mut read = Vec::with_capacity(1024);
        let (head, rest) = loop {
            if stream.read_buf(&mut read).await? == 0 {
                bail!("the relay hung up");
            }
            if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
                let rest = read.split_off(end + 4);
                break (String::from_utf8(read)?, rest);
            }
        };
        let mut body = rest;
        let field = |name: &str| {
            head.lines()
                .filter_map(|line| line.split_once(": "))
                .find(|(given, _)| given.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.to_owned())
        };
        let length: usize = field("content-length").map_or(Ok(0), |length| length.parse())?;
        while body.len() < length {
            if stream.read_buf(&mut body).await? == 0 {
                bail!("the relay hung up");
            }
        }
        if field("connection").is_none_or(|value| value != "close") {
            self.stream = Some(stream);
        }
        let status = head.split(' ').nth(1).context("no status")?.parse()?;
        Ok((status, body))
    }
}
