//! One answer of the simulator, and the ways in which it does not arrive.

use std::io::Write as _;
use std::time::Duration;

use anyhow::{Context as _, Result};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// How much of an endless answer is sent at once.
const PIECE: usize = 64 * 1024;
/// What an endless answer unpacks to: more than any client should read.
const UNPACKED: usize = 64 * 1024 * 1024;
/// How long a byte of slow headers takes.
const DRIP: Duration = Duration::from_millis(20);

/// What happens to an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// The connection is reset in the middle of the body.
    Reset,
    /// The server's side ends in the middle of the body.
    HalfClose,
    /// Nothing more comes after half of the body.
    Stall,
    /// The body is packed, and a piece of it is wrong.
    BrokenGzip,
    /// The header promises more than comes.
    LengthTooLong,
    /// The header promises less than comes.
    LengthTooShort,
    /// Chunks without a last one.
    CutChunks,
    /// The first line is nothing that HTTP knows.
    GarbageStatus,
    /// The answer is to ask at this address.
    Redirect(String),
    /// The headers come byte by byte.
    SlowHeaders,
    /// The headers never end.
    EndlessHeaders,
    /// The body never ends.
    EndlessBody,
    /// A small body that unpacks to a huge one.
    PackedBomb,
    /// The certificate is for somebody else. Only over TLS.
    WrongName,
}

/// How a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Close,
    Reset,
}

/// What the simulator answered.
pub(super) struct Answer {
    /// Status line and headers, without the empty line.
    head: String,
    body: Vec<u8>,
}

/// The value of a header.
pub(super) fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// Lines without those of some headers.
fn without(head: &str, names: &[&str]) -> String {
    let keep = |line: &&str| {
        let name = line.split(':').next().unwrap_or_default();
        !line.is_empty() && !names.iter().any(|other| name.eq_ignore_ascii_case(other))
    };
    let lines: Vec<&str> = head.lines().filter(keep).collect();
    lines.join("\r\n")
}

impl Answer {
    /// Asks the simulator. Where people come over TLS, its links do as well.
    pub(super) async fn fetch(
        target: &str,
        head: &str,
        body: &[u8],
        is_secure: bool,
    ) -> Result<Self> {
        let mut stream = TcpStream::connect(target).await?;
        let once = format!(
            "{}\r\nconnection: close\r\n\r\n",
            without(head, &["connection"])
        );
        stream.write_all(once.as_bytes()).await?;
        stream.write_all(body).await?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await?;
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.context("an answer without a head")?;
        let mut body = bytes.split_off(end + 4);
        let answered = String::from_utf8(bytes)?;
        if let (true, Some(host)) = (is_secure, header(head, "host")) {
            let text = String::from_utf8(body)?;
            let plain = format!("http://{host}");
            body = text.replace(&plain, &format!("https://{host}")).into();
        }
        let head = without(&answered, &["content-length", "transfer-encoding"]);
        Ok(Self { head, body })
    }

    /// What it says.
    pub(super) fn body(&self) -> &[u8] {
        &self.body
    }

    /// The answer as it should be.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.promising(self.body.len());
        bytes.extend_from_slice(&self.body);
        bytes
    }

    /// The head with its empty line and a length.
    fn promising(&self, length: usize) -> Vec<u8> {
        self.with(&format!("content-length: {length}"))
    }

    /// The head with its empty line and another header.
    fn with(&self, line: &str) -> Vec<u8> {
        format!("{}\r\n{line}\r\n\r\n", self.head).into_bytes()
    }

    fn half(&self) -> &[u8] {
        self.body.get(..self.body.len() / 2).unwrap_or_default()
    }

    fn half_promised_whole(&self) -> Vec<u8> {
        let mut bytes = self.promising(self.body.len());
        bytes.extend_from_slice(self.half());
        bytes
    }

    /// Sends what is left of the answer, and counts its bytes.
    pub(super) async fn send_damaged<S>(
        &self,
        damage: &Damage,
        stream: &mut S,
        sent: &mut usize,
    ) -> Result<Ending>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let bytes = match damage {
            Damage::Reset | Damage::HalfClose | Damage::Stall => self.half_promised_whole(),
            Damage::BrokenGzip => {
                let mut packed = pack(&self.body)?;
                let middle = packed.len() / 2;
                for byte in packed.iter_mut().skip(middle).take(4) {
                    *byte ^= 0x55;
                }
                self.packed(&packed)
            }
            Damage::LengthTooLong => {
                let mut bytes = self.promising(self.body.len() + 1000);
                bytes.extend_from_slice(&self.body);
                bytes
            }
            Damage::LengthTooShort => {
                let mut bytes = self.promising(self.body.len() / 2);
                bytes.extend_from_slice(&self.body);
                bytes
            }
            Damage::CutChunks => {
                let half = self.half();
                let mut bytes = self.with("transfer-encoding: chunked");
                bytes.extend_from_slice(format!("{:x}\r\n", half.len()).as_bytes());
                bytes.extend_from_slice(half);
                bytes.extend_from_slice(b"\r\n");
                bytes
            }
            Damage::GarbageStatus => b"\x16\x03 what is this?\r\n\r\n".to_vec(),
            Damage::Redirect(to) => {
                let head = "HTTP/1.1 307 Temporary Redirect\r\ncontent-length: 0";
                format!("{head}\r\nlocation: {to}\r\n\r\n").into_bytes()
            }
            Damage::PackedBomb => self.packed(&pack(&vec![b' '; UNPACKED])?),
            Damage::SlowHeaders => {
                let mut pace = tokio::time::interval(DRIP);
                for byte in self.promising(self.body.len()) {
                    pace.tick().await;
                    stream.write_all(&[byte]).await?;
                }
                self.body.clone()
            }
            Damage::EndlessHeaders => {
                stream.write_all(self.head.as_bytes()).await?;
                return endless(stream, b"\r\nx-more: and more", sent).await;
            }
            Damage::EndlessBody => {
                stream.write_all(&self.with("x-length: none")).await?;
                return endless(stream, b" ", sent).await;
            }
            Damage::WrongName => self.bytes(),
        };
        stream.write_all(&bytes).await?;
        *sent += bytes.len();
        match damage {
            Damage::Reset => return Ok(Ending::Reset),
            Damage::Stall => {}
            _ => stream.shutdown().await?,
        }
        if matches!(damage, Damage::Stall | Damage::HalfClose) {
            // Until the client has had enough.
            let _ = stream.read_u8().await;
        }
        Ok(Ending::Close)
    }

    fn packed(&self, body: &[u8]) -> Vec<u8> {
        let length = body.len();
        let mut bytes = self.with(&format!(
            "content-encoding: gzip\r\ncontent-length: {length}"
        ));
        bytes.extend_from_slice(body);
        bytes
    }
}

/// Sends `text` again and again until the client goes.
async fn endless<S: AsyncWrite + Unpin>(
    stream: &mut S,
    text: &[u8],
    sent: &mut usize,
) -> Result<Ending> {
    let piece = text.repeat(PIECE / text.len());
    while stream.write_all(&piece).await.is_ok() {
        *sent += piece.len();
    }
    Ok(Ending::Close)
}

fn pack(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
