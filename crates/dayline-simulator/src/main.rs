//! `dayline-simulator`: the simulated services on 127.0.0.1, until killed.
//!
//! Prints one line of JSON when it is ready: where the services are and who can sign in.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use clap::Parser;
use dayline_simulator::server::Server;
use dayline_simulator::{Config, Scenario, Simulator};
use serde_json::json;

/// Microsoft Graph, Google Calendar and their sign-in, simulated.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Serve HTTPS with a certificate authority of its own.
    #[arg(long)]
    tls: bool,
    /// `sample`, `empty`, `clouds`, `shared`, or a JSON file.
    #[arg(long, default_value = "sample")]
    scenario: Scenario,
    /// Seed of every id and token.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A PEM file of certificate authorities that webhooks with HTTPS may be of, beside the
    /// system's.
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
    /// The simulated time at the start (RFC 3339); the real time if left out.
    #[arg(long)]
    now: Option<DateTime<Utc>>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let config = Config {
        scenario: arguments.scenario,
        seed: arguments.seed,
        now: arguments.now.unwrap_or_else(Utc::now),
    };
    let trust = arguments.trust.map(std::fs::read).transpose();
    let trust = trust.context("the certificates to trust cannot be read")?;
    let server =
        Server::bind_trusting(&config, arguments.port, arguments.tls, trust.as_deref()).await?;
    let ca = server.ca_pem().map(write_ca).transpose()?;
    let scheme = if ca.is_some() { "https" } else { "http" };
    let base = format!("{scheme}://{}", server.address()?);
    let ready = json!({
        "graph": format!("{base}/v1.0"),
        "microsoft_authority": base,
        "google_api": format!("{base}/calendar/v3"),
        "google_auth": format!("{base}/o/oauth2/v2/auth"),
        "google_token": format!("{base}/token"),
        "admin": format!("{base}/_sim"),
        "clouds": Simulator::clouds(&base),
        "ca": ca,
        "accounts": server.accounts(),
    });
    let mut out = std::io::stdout();
    writeln!(out, "{ready}")?;
    out.flush()?;
    server.serve().await?;
    Ok(())
}

fn write_ca(pem: &str) -> anyhow::Result<PathBuf> {
    let path = std::env::temp_dir().join(format!("dayline-simulator-{}.pem", std::process::id()));
    std::fs::write(&path, pem).context("the CA certificate could not be written")?;
    Ok(path)
}
