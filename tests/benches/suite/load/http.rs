//! Just enough HTTP, blocking.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

/// Who does not answer within this hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection that is kept for the next request, unless the server ends it.
pub struct Http {
    server: SocketAddr,
    stream: Option<TcpStream>,
}

/// What was answered.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body, if the answer told its length.
    pub body: Vec<u8>,
}

impl Http {
    /// Connects with the first request.
    pub fn new(server: SocketAddr) -> Self {
        Self {
            server,
            stream: None,
        }
    }

    /// Sends a request and reads the answer. `head` has whole lines.
    pub fn post(&mut self, path: &str, head: &str, body: &[u8]) -> Result<Answer> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => connect(self.server)?,
        };
        let length = body.len();
        let mut request = format!(
            "POST {path} HTTP/1.1\r\nhost: relay\r\n{head}content-length: {length}\r\n\r\n"
        )
        .into_bytes();
        request.extend_from_slice(body);
        stream.write_all(&request)?;
        let (answer, kept) = read(&mut stream)?;
        if kept {
            self.stream = Some(stream);
        }
        Ok(answer)
    }
}

fn connect(server: SocketAddr) -> Result<TcpStream> {
    let stream = TcpStream::connect(server)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(stream)
}

/// The answer, and whether the connection is good for another request.
fn read(stream: &mut TcpStream) -> Result<(Answer, bool)> {
    let mut read = Vec::with_capacity(1024);
    let head = loop {
        more(stream, &mut read)?;
        if let Some(end) = end_of_head(&read) {
            let rest = read.split_off(end);
            break String::from_utf8(std::mem::replace(&mut read, rest))?;
        }
    };
    let length: usize = field(&head, "content-length").map_or(Ok(0), str::parse)?;
    while read.len() < length {
        more(stream, &mut read)?;
    }
    let answer = Answer {
        status: status(&head)?,
        body: read,
    };
    let kept = field(&head, "connection").is_none_or(|value| value != "close");
    Ok((answer, kept))
}

fn more(stream: &mut TcpStream, read: &mut Vec<u8>) -> Result<()> {
    let mut piece = [0; 1024];
    let length = stream.read(&mut piece)?;
    ensure!(length > 0, "the server hung up");
    read.extend_from_slice(piece.get(..length).unwrap_or_default());
    Ok(())
}

/// Where the body begins, if the whole head is there.
pub fn end_of_head(read: &[u8]) -> Option<usize> {
    let at = read.windows(4).position(|four| four == b"\r\n\r\n")?;
    Some(at + 4)
}

/// The status in a head.
pub fn status(head: &str) -> Result<u16> {
    let status = head.split(' ').nth(1).context("no status")?;
    Ok(status.parse()?)
}

fn field<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(given, _)| given.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}
