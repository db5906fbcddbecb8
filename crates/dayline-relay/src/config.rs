//! What a relay is told at its start, and whether that can work.

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_nats::ServerAddr;
use clap::Args;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;
use url::Url;

/// Files that a process needs beside its connections.
const OTHER_FILES: u64 = 64;

/// How a relay runs. Every option is also read from the environment.
#[derive(Clone, Args)]
pub struct Options {
    /// Where to listen, for example 0.0.0.0:443, or 127.0.0.1:8080 behind a proxy.
    #[arg(long, env = "DAYLINE_RELAY_LISTEN", value_name = "ADDR")]
    pub listen: SocketAddr,
    /// Under which address vendors and devices reach this relay, for example
    /// https://relay.example.org.
    #[arg(long, env = "DAYLINE_RELAY_PUBLIC_URL", value_name = "URL")]
    pub public_url: String,
    /// The key file (see `dayline-relay keygen`).
    #[arg(long, env = "DAYLINE_RELAY_KEYS", value_name = "FILE")]
    pub keys: PathBuf,
    /// Where revocations are written; beside the key file if left out.
    #[arg(long, env = "DAYLINE_RELAY_REVOCATIONS", value_name = "FILE")]
    pub revocations: Option<PathBuf>,
    /// The certificate and those that signed it, PEM. Without it, a proxy has to speak TLS.
    #[arg(
        long,
        env = "DAYLINE_RELAY_TLS_CERT",
        value_name = "FILE",
        requires = "tls_key"
    )]
    pub tls_cert: Option<PathBuf>,
    /// The private key of the certificate, PEM.
    #[arg(
        long,
        env = "DAYLINE_RELAY_TLS_KEY",
        value_name = "FILE",
        requires = "tls_cert"
    )]
    pub tls_key: Option<PathBuf>,
    /// Only devices that bring this token may enrol.
    #[arg(
        long,
        env = "DAYLINE_RELAY_ADMISSION_TOKEN",
        hide_env_values = true,
        value_name = "TOKEN"
    )]
    pub admission_token: Option<String>,
    /// The NATS servers through which several relays are one, with commas between them, for
    /// example nats://10.0.0.1:4222. JetStream has to be enabled there.
    #[arg(
        long,
        env = "DAYLINE_RELAY_NATS",
        hide_env_values = true,
        value_name = "URL"
    )]
    pub nats: Option<String>,
    /// In how many NATS servers marks and revocations are kept; 3 in a cluster if left out.
    #[arg(
        long,
        env = "DAYLINE_RELAY_NATS_REPLICAS",
        value_name = "N",
        value_parser = clap::value_parser!(u8).range(1..=5),
        requires = "nats"
    )]
    pub nats_replicas: Option<u8>,
    /// Most devices connected at once.
    #[arg(long, env = "DAYLINE_RELAY_MAX_DEVICES", default_value = "20000")]
    pub max_devices: NonZeroUsize,
    /// Most connections with requests at once.
    #[arg(long, env = "DAYLINE_RELAY_MAX_REQUESTS", default_value = "8192")]
    pub max_requests: NonZeroUsize,
    /// Most connections of one address; this machine's own are not counted.
    #[arg(long, env = "DAYLINE_RELAY_MAX_PER_ADDRESS", default_value = "1024")]
    pub max_per_address: NonZeroUsize,
}

/// What cannot work, in words for the operator.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The public URL is none.
    #[error("--public-url {0} is not the address of a relay: {1}")]
    PublicUrl(String, &'static str),
    /// An address of NATS is none. It is not repeated: there may be a password in it.
    #[error("--nats does not name a NATS server ({0}); expected for example nats://10.0.0.1:4222")]
    Nats(String),
    /// A certificate or key cannot be used.
    #[error("{what} {path} cannot be used: {why}", path = path.display())]
    Tls {
        /// `--tls-cert` or `--tls-key`.
        what: &'static str,
        /// Which file.
        path: PathBuf,
        /// Why not.
        why: String,
    },
}

/// Reads the public URL.
///
/// # Errors
/// [`ConfigError::PublicUrl`]: vendors send to https only, and not to paths with a query.
pub fn public_url(text: &str) -> Result<Url, ConfigError> {
    let wrong = |why| ConfigError::PublicUrl(text.to_owned(), why);
    let url = Url::parse(text).map_err(|_| wrong("it is not a URL"))?;
    let here = match url.host() {
        None => return Err(wrong("it has no host")),
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
    };
    match url.scheme() {
        "https" => {}
        "http" if here => {}
        "http" => return Err(wrong("Microsoft and Google send to https only")),
        _ => return Err(wrong("it has to begin with https://")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("it must not hold a user name or password"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(wrong("it must not have a query or a fragment"));
    }
    Ok(url)
}

/// Reads the addresses of the NATS servers.
///
/// # Errors
/// [`ConfigError::Nats`] if one of them is none.
pub fn nats(text: &str) -> Result<Vec<ServerAddr>, ConfigError> {
    let wrong = |why: &str| ConfigError::Nats(why.to_owned());
    text.split(',')
        .map(|address| {
            let address = address.trim();
            if address.is_empty() {
                return Err(wrong("an address is empty"));
            }
            let server: ServerAddr = address.parse().map_err(|_| wrong("it is not a URL"))?;
            if !matches!(server.scheme(), "nats" | "tls") {
                return Err(wrong("it has to begin with nats:// or tls://"));
            }
            Ok(server)
        })
        .collect()
}

/// What speaks TLS with these files.
///
/// # Errors
/// [`ConfigError::Tls`], naming the file.
pub fn acceptor(cert: &Path, key: &Path) -> Result<TlsAcceptor, ConfigError> {
    let wrong = |what, path: &Path, why: String| ConfigError::Tls {
        what,
        path: path.to_owned(),
        why,
    };
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(cert)
        .and_then(Iterator::collect)
        .map_err(|error| wrong("--tls-cert", cert, error.to_string()))?;
    if chain.is_empty() {
        return Err(wrong("--tls-cert", cert, "it holds no certificate".into()));
    }
    let private = PrivateKeyDer::from_pem_file(key)
        .map_err(|error| wrong("--tls-key", key, error.to_string()))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| {
            builder
                .with_no_client_auth()
                .with_single_cert(chain, private)
        })
        .map_err(|error| wrong("--tls-cert", cert, error.to_string()))?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// So many connections of either kind fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// Connected devices.
    pub devices: usize,
    /// Connections with requests.
    pub requests: usize,
}

/// Raises how many files the process may hold open to what the options need; tells how many
/// connections fit if the system does not let it.
#[cfg(unix)]
pub fn places(options: &Options) -> Places {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let wanted = wanted(options);
    let files = u64::try_from(wanted.devices.saturating_add(wanted.requests)).unwrap_or(u64::MAX);
    let files = files.saturating_add(OTHER_FILES);
    let limit = getrlimit(Resource::Nofile);
    if limit.current.is_none_or(|current| current >= files) {
        return wanted;
    }
    let allowed = limit.maximum.map_or(files, |maximum| maximum.min(files));
    let raised = Rlimit {
        current: Some(allowed),
        maximum: limit.maximum,
    };
    let open = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => allowed,
        Err(_) => limit.current.unwrap_or(files),
    };
    that_fit(wanted, open.saturating_sub(OTHER_FILES))
}

/// Nothing is known of other systems' limits.
#[cfg(not(unix))]
pub fn places(options: &Options) -> Places {
    wanted(options)
}

fn wanted(options: &Options) -> Places {
    Places {
        devices: options.max_devices.get(),
        requests: options.max_requests.get(),
    }
}

/// Requests come first, with half of what there is: without them nobody hears of anything.
#[cfg(unix)]
fn that_fit(wanted: Places, files: u64) -> Places {
    let files = usize::try_from(files).unwrap_or(usize::MAX);
    let requests = wanted.requests.min((files / 2).max(1));
    let devices = wanted.devices.min(files.saturating_sub(requests).max(1));
    Places { devices, requests }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nats_is_named_by_one_url_or_several() {
        for (text, expected) in [
            ("nats://10.0.0.1:4222", Some(1)),
            ("10.0.0.1", Some(1)),
            ("nats://a:4222, tls://relay:secret@b:4222", Some(2)),
            ("", None),
            ("nats://a,", None),
            ("https://a", None),
            ("nats://:::", None),
        ] {
            let read = nats(text).map(|servers| servers.len());
            assert_eq!(read.as_ref().ok(), expected.as_ref(), "{text}");
        }
        let error = nats("ws://relay:secret@a").unwrap_err().to_string();
        assert!(!error.contains("secret"), "{error}");
    }

    #[test]
    fn a_public_url_is_one_that_vendors_send_to() {
        for (text, wrong) in [
            ("https://relay.example.org", None),
            ("https://relay.example.org/dayline/", None),
            ("http://127.0.0.1:8080", None),
            ("http://[::1]:8080", None),
            ("http://localhost:8080", None),
            ("http://relay.example.org", Some("https only")),
            ("relay.example.org", Some("not a URL")),
            ("ftp://relay.example.org", Some("begin with https://")),
            ("https://a:b@relay.example.org", Some("user name")),
            ("https://relay.example.org/?a", Some("query")),
            ("", Some("not a URL")),
        ] {
            match (public_url(text), wrong) {
                (Ok(_), None) => {}
                (Err(error), Some(part)) => {
                    assert!(error.to_string().contains(part), "{text}: {error}");
                }
                (result, _) => panic!("{text}: {result:?}"),
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn places_are_shared_where_files_are_few() {
        let places = |devices, requests| Places { devices, requests };
        for (files, expected) in [
            (100_000, places(20_000, 8_192)),
            (20_000, places(11_808, 8_192)),
            (4_000, places(2_000, 2_000)),
            (0, places(1, 1)),
        ] {
            assert_eq!(that_fit(places(20_000, 8_192), files), expected, "{files}");
        }
    }

    #[test]
    fn certificates_that_cannot_be_used_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let cert = folder.path().join("cert.pem");
        let key = folder.path().join("key.pem");
        let named = |part: &str| {
            let error = acceptor(&cert, &key).err().unwrap().to_string();
            assert!(error.contains(part), "{error}");
        };
        named("--tls-cert");
        std::fs::write(&cert, "").unwrap();
        named("it holds no certificate");
        let made = rcgen::generate_simple_self_signed(vec!["localhost".into()]).unwrap();
        std::fs::write(&cert, made.cert.pem()).unwrap();
        named("--tls-key");
        std::fs::write(&key, rcgen::KeyPair::generate().unwrap().serialize_pem()).unwrap();
        named("--tls-cert");
        std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
        assert!(acceptor(&cert, &key).is_ok());
    }
}
