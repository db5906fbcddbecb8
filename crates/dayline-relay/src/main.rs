//! `dayline-relay`: takes what vendors send, and tells devices that there is something.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::Context as _;
use chrono::Utc;
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use dayline_relay::cluster::Cluster;
use dayline_relay::config::{self, Options};
use dayline_relay::keys::Keys;
use dayline_relay::limits::Limits;
use dayline_relay::relay::Relay;
use dayline_relay::revocations::Revocations;
use dayline_relay::server::Server;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tracing_subscriber::EnvFilter;

/// So many devices that are away are remembered for each that can be here.
const AWAY_FOR_EACH: usize = 10;

/// The webhook relay of Dayline.
#[derive(Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true
)]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

#[derive(Subcommand)]
enum Command {
    /// Makes a key file, or adds a new key to one and drops those that are too old.
    Keygen {
        /// The key file.
        #[arg(long, env = "DAYLINE_RELAY_KEYS", value_name = "FILE")]
        keys: PathBuf,
    },
}

fn main() -> ExitCode {
    let arguments = Command::augment_subcommands(Arguments::command()).get_matches();
    tracing_subscriber::fmt()
        .with_env_filter(
            EnvFilter::try_from_env("DAYLINE_RELAY_LOG").unwrap_or_else(|_| EnvFilter::new("info")),
        )
        .with_writer(std::io::stderr)
        .with_ansi(false)
        // It says so on stderr, and that ends the process if stderr is what fails.
        .log_internal_errors(false)
        .init();
    // One or the other: the environment may hold some of the options when a key is made.
    let done = if arguments.subcommand().is_some() {
        Command::from_arg_matches(&arguments)
            .map_err(Into::into)
            .and_then(|Command::Keygen { keys }| keygen(&keys))
    } else {
        Arguments::from_arg_matches(&arguments)
            .map_err(Into::into)
            .and_then(|arguments| serve(&arguments.options))
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn keygen(path: &std::path::Path) -> anyhow::Result<()> {
    let keys = Keys::add_to(path, Utc::now())?;
    tracing::info!(
        keys,
        "wrote a new key; it seals in an hour if there is another one. Bring the file to every node, and send SIGHUP to the relay"
    );
    Ok(())
}

fn serve(options: &Options) -> anyhow::Result<()> {
    forbid_core_dumps();
    let public_url = config::public_url(&options.public_url)?;
    let keys = Keys::load(&options.keys)?;
    let revocations = options
        .revocations
        .clone()
        .unwrap_or_else(|| options.keys.with_extension("revocations"));
    let revocations = Revocations::open(&revocations, Utc::now())?;
    let tls = acceptor(options)?.map(|acceptor| Arc::new(RwLock::new(acceptor)));
    let nats = options.nats.as_deref().map(config::nats).transpose()?;
    let config::Places { devices, requests } = config::places(options);
    if devices < options.max_devices.get() || requests < options.max_requests.get() {
        tracing::warn!(
            devices,
            requests,
            "the system's limit of open files lets fewer connections in; raise it (LimitNOFILE, ulimit -n)"
        );
    }
    let limits = Limits::new(requests, devices, options.max_per_address.get());
    let mut relay = Relay::new(
        public_url,
        keys,
        revocations,
        options.admission_token.as_deref(),
        limits,
        devices.saturating_mul(AWAY_FOR_EACH),
    );
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime could not start")?;
    runtime.block_on(async {
        let mut cluster = None;
        if let Some(servers) = nats {
            let joined = Cluster::join(servers, options.nats_replicas.map(usize::from)).await?;
            let joined = cluster.insert(Arc::new(joined));
            relay = relay.in_cluster(Arc::clone(joined));
        }
        let relay = Arc::new(relay);
        if let Some(cluster) = cluster {
            tokio::spawn(Cluster::run(Arc::clone(&relay), cluster));
        }
        let listener = TcpListener::bind(options.listen)
            .await
            .with_context(|| format!("cannot listen on {}", options.listen))?;
        let address = listener.local_addr()?;
        tracing::info!(%address, tls = tls.is_some(), "listening");
        reload_on_hangup(options.clone(), Arc::clone(&relay), tls.clone())?;
        let stop = stop_signal()?;
        Server::new(relay, listener, tls).serve(stop).await;
        anyhow::Ok(())
    })?;
    tracing::info!("stopped");
    Ok(())
}

fn acceptor(options: &Options) -> anyhow::Result<Option<TlsAcceptor>> {
    match (&options.tls_cert, &options.tls_key) {
        (Some(cert), Some(key)) => Ok(Some(config::acceptor(cert, key)?)),
        _ => Ok(None),
    }
}

/// SIGTERM or Ctrl-C.
#[cfg(unix)]
fn stop_signal() -> anyhow::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> anyhow::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without the signal it serves until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

/// SIGHUP: keys and certificate are read again. What cannot be read leaves the old ones in use.
#[cfg(unix)]
fn reload_on_hangup(
    options: Options,
    relay: Arc<Relay>,
    tls: Option<Arc<RwLock<TlsAcceptor>>>,
) -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut hangup = signal(SignalKind::hangup())?;
    tokio::spawn(async move {
        while hangup.recv().await.is_some() {
            match Keys::load(&options.keys) {
                Ok(keys) => {
                    tracing::info!(keys = keys.len(), "read the keys again");
                    relay.use_keys(keys);
                }
                Err(error) => tracing::error!("{error:#}. The keys stay as they were"),
            }
            match (acceptor(&options), &tls) {
                (Ok(Some(fresh)), Some(tls)) => {
                    *tls.write().unwrap_or_else(PoisonError::into_inner) = fresh;
                    tracing::info!("read the certificate again");
                }
                (Err(error), _) => {
                    tracing::error!("{error:#}. The certificate stays as it was");
                }
                _ => {}
            }
        }
    });
    Ok(())
}

#[cfg(not(unix))]
fn reload_on_hangup(
    _options: Options,
    _relay: Arc<Relay>,
    _tls: Option<Arc<RwLock<TlsAcceptor>>>,
) -> anyhow::Result<()> {
    Ok(())
}

/// Keys stand in the memory.
fn forbid_core_dumps() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        if let Err(error) = setrlimit(Resource::Core, none) {
            tracing::warn!(%error, "a crash may leave an image of the memory");
        }
    }
}
