//! Relays and NATS servers as processes, to be killed.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use dayline_relay_protocol::{Channel, ChannelRequest, Device, Vendor};
use reqwest::{Client, StatusCode};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::stage::{Socket, body, change};

/// What starts is up by then, or never.
const UP_WITHIN: Duration = Duration::from_mins(1);

/// Some relays over some NATS servers.
pub struct Nodes {
    pub http: Client,
    relays: Vec<Process>,
    servers: Vec<Process>,
    folder: TempDir,
}

/// A program that can be started again as it was.
struct Process {
    program: PathBuf,
    arguments: Vec<String>,
    address: SocketAddr,
    child: Option<Child>,
}

impl Nodes {
    /// Starts them all, and waits until every relay is ready.
    pub async fn start(relays: usize, servers: usize) -> Self {
        // Another test may have done it.
        let _first = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let servers = servers_in(folder.path(), servers);
        let keys = folder.path().join("keys");
        let made = Command::new(env!("CARGO_BIN_EXE_dayline-relay"))
            .args(["keygen", "--keys"])
            .arg(&keys)
            .stderr(Stdio::null())
            .status();
        assert!(made.unwrap().success());
        let nats: Vec<String> = servers.iter().map(|server| server.url("nats")).collect();
        let relays = (0..relays)
            .map(|number| {
                let address = free();
                let revocations = revocations(folder.path(), number);
                let arguments = [
                    ("--listen", address.to_string()),
                    ("--public-url", format!("http://{address}")),
                    ("--keys", keys.display().to_string()),
                    ("--revocations", revocations.display().to_string()),
                    ("--nats", nats.join(",")),
                ];
                Process::new(
                    env!("CARGO_BIN_EXE_dayline-relay").into(),
                    arguments
                        .into_iter()
                        .flat_map(|(name, value)| [name.into(), value]),
                    address,
                )
            })
            .collect();
        let mut nodes = Self {
            http: Client::builder()
                .no_proxy()
                .timeout(Duration::from_secs(10))
                .build()
                .unwrap(),
            relays,
            servers,
            folder,
        };
        for number in 0..nodes.relays.len() + nodes.servers.len() {
            nodes.revive(number);
        }
        nodes.ready().await;
        nodes
    }

    pub fn relay(&self, number: usize) -> SocketAddr {
        self.relays[number % self.relays.len()].address
    }

    /// As `kill -9`. The relays come first, then the servers.
    pub fn kill(&mut self, number: usize) {
        self.process(number).kill();
    }

    /// As systemd stops it.
    pub fn stop(&mut self, number: usize) {
        let child = self.process(number).child.as_mut().unwrap();
        let pid = rustix::process::Pid::from_child(child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        assert!(child.wait().unwrap().success());
    }

    pub fn revive(&mut self, number: usize) {
        let process = self.process(number);
        let child = Command::new(&process.program)
            .args(&process.arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        process.child = Some(child.unwrap());
    }

    /// Waits until every relay that runs is ready.
    pub async fn ready(&self) {
        for relay in self.relays.iter().filter(|relay| relay.child.is_some()) {
            self.until(relay.address, StatusCode::OK).await;
        }
    }

    /// Waits until a relay says so of itself.
    pub async fn until(&self, relay: SocketAddr, status: StatusCode) {
        let url = format!("http://{relay}/readyz");
        let end = Instant::now() + UP_WITHIN;
        loop {
            let answer = self.http.get(&url).send().await;
            if answer.is_ok_and(|answer| answer.status() == status) {
                return;
            }
            assert!(Instant::now() < end, "{relay} does not say {status}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub async fn enrol(&self, relay: usize) -> Device {
        let url = format!("http://{}/v1/devices", self.relay(relay));
        body(self.http.post(url).send().await.unwrap()).await
    }

    pub async fn channel(&self, relay: usize, device: &Device, state: &str) -> Channel {
        let request = ChannelRequest {
            vendor: Vendor::Microsoft,
            client_state_sha256: hex::encode(Sha256::digest(state)),
        };
        let answer = self
            .http
            .post(format!("http://{}/v1/channels", self.relay(relay)))
            .bearer_auth(&device.secret)
            .body(serde_json::to_vec(&request).unwrap())
            .send();
        body(answer.await.unwrap()).await
    }

    pub async fn connect(&self, relay: usize, device: &Device) -> Socket {
        let socket = Socket::open(self.relay(relay), &device.secret).await;
        socket.unwrap()
    }

    /// A change, sent to one of the relays.
    pub async fn changed(&self, relay: usize, channel: &Channel, state: &str) -> StatusCode {
        changed(&self.http, self.relay(relay), channel, state)
            .await
            .unwrap()
    }

    pub async fn revoke(&self, relay: usize, device: &Device) {
        let url = format!("http://{}/v1/devices", self.relay(relay));
        let answer = self.http.delete(url).bearer_auth(&device.secret).send();
        assert_eq!(answer.await.unwrap().status(), StatusCode::NO_CONTENT);
    }

    /// The file of a relay is lost.
    pub fn forget_revocations(&self, relay: usize) {
        fs::remove_file(revocations(self.folder.path(), relay)).unwrap();
    }

    /// Sends changes, one after the other, until one is marked since nobody has the device.
    pub async fn until_away(&self, channel: &Channel, state: &str) {
        let end = Instant::now() + UP_WITHIN;
        loop {
            let (taken, marked) = (self.carried("Taken").await, self.carried("Marked").await);
            assert_eq!(self.changed(1, channel, state).await, StatusCode::ACCEPTED);
            while self.carried("Taken").await == taken && self.carried("Marked").await == marked {
                assert!(Instant::now() < end, "nothing is marked");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            if self.carried("Marked").await > marked {
                return;
            }
        }
    }

    /// How many hints of the second relay ended so.
    async fn carried(&self, outcome: &str) -> u64 {
        let url = format!("http://{}/metrics", self.relay(1));
        let metrics = self.http.get(url).send().await.unwrap().text().await;
        let start = format!("dayline_relay_carried_total{{outcome=\"{outcome}\"}} ");
        let metrics = metrics.unwrap();
        let mut lines = metrics.lines().filter_map(|line| line.strip_prefix(&start));
        lines.next().map_or(0, |count| count.parse().unwrap())
    }

    fn process(&mut self, number: usize) -> &mut Process {
        let relays = self.relays.len();
        if number < relays {
            &mut self.relays[number]
        } else {
            &mut self.servers[number - relays]
        }
    }
}

/// Sends a change to a relay, whichever the channel was asked of.
pub async fn changed(
    http: &Client,
    relay: SocketAddr,
    channel: &Channel,
    state: &str,
) -> reqwest::Result<StatusCode> {
    let (_, path) = channel.url.split_once("/v1/").unwrap();
    let answer = http
        .post(format!("http://{relay}/v1/{path}"))
        .header("content-type", "application/json")
        .body(change(state).to_string())
        .send()
        .await?;
    Ok(answer.status())
}

impl Process {
    fn new(
        program: PathBuf,
        arguments: impl IntoIterator<Item = String>,
        address: SocketAddr,
    ) -> Self {
        Self {
            program,
            arguments: arguments.into_iter().collect(),
            address,
            child: None,
        }
    }

    fn url(&self, scheme: &str) -> String {
        format!("{scheme}://{}", self.address)
    }

    fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

fn revocations(folder: &Path, relay: usize) -> PathBuf {
    folder.join(format!("revocations-{relay}"))
}

/// NATS servers that know of each other.
fn servers_in(folder: &Path, count: usize) -> Vec<Process> {
    let program = nats_server();
    let routes: Vec<SocketAddr> = (0..count).map(|_| free()).collect();
    let all: Vec<String> = routes
        .iter()
        .map(|route| format!("\"nats://{route}\""))
        .collect();
    let numbered = routes.iter().enumerate();
    numbered
        .map(|(number, route)| {
            let address = free();
            let store = folder.join(format!("nats-{number}"));
            let cluster = match all.as_slice() {
                [_] => String::new(),
                all => format!(
                    "cluster {{ name: dayline, listen: \"{route}\", routes: [{}] }}\n",
                    all.join(", ")
                ),
            };
            let config = format!(
                "server_name: n{number}\nlisten: \"{address}\"\njetstream {{ store_dir: \"{}\" }}\n{cluster}",
                store.display()
            );
            let file = folder.join(format!("nats-{number}.conf"));
            fs::write(&file, config).unwrap();
            let arguments = ["-c".to_owned(), file.display().to_string()];
            Process::new(program.clone(), arguments, address)
        })
        .collect()
}

/// Debian has it where only root looks.
fn nats_server() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain([PathBuf::from("/usr/sbin")])
        .map(|folder| folder.join("nats-server"))
        .find(|program| program.is_file())
        .unwrap_or_else(|| panic!("nats-server is needed (Debian: apt-get install nats-server)"))
}

/// A port that nobody has; it stays free for whoever was told of it, since the system hands out
/// others first.
fn free() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap()
}
