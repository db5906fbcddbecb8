//! The peer of the relay: nginx with nchan as Debian ships them, with a folder and a configuration
//! of their own. The system's own nginx, if there is one, is not touched.
//!
//! As many workers as cores, as `worker_processes auto` and the relay have it. Each device is a
//! channel, and no message is kept for who is away, since the relay keeps none either. Everything
//! else is nginx's and nchan's default.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use tempfile::TempDir;

use super::crowd::Seat;
use super::memory;
use super::senders::Post;

/// Where Debian keeps modules.
const MODULE: &str = "/usr/lib/nginx/modules/ngx_nchan_module.so";
/// nginx starts, and ends, within this.
const PATIENCE: Duration = Duration::from_secs(20);
const GLANCE: Duration = Duration::from_millis(20);

/// A running nginx. Dropping it ends it with its workers.
pub struct Nchan {
    /// Where it listens.
    pub address: SocketAddr,
    master: Child,
    _folder: TempDir,
}

impl Nchan {
    /// Starts it on a free port, and waits until it listens.
    ///
    /// # Errors
    /// nginx or nchan is missing, and there is nothing to compare with.
    pub fn start(open_files: u64) -> Result<Self> {
        let program = program()?;
        let folder = tempfile::Builder::new()
            .prefix("dayline-nchan-")
            .tempdir()?;
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = free.local_addr()?;
        drop(free);
        let file = folder.path().join("nginx.conf");
        std::fs::write(&file, configuration(folder.path(), address, open_files))?;
        let log = folder.path().join("error.log");
        let mut master = Command::new(program)
            .arg("-p")
            .arg(folder.path())
            .arg("-c")
            .arg(&file)
            .arg("-e")
            .arg(&log)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("nginx could not be started")?;
        let patience = Instant::now() + PATIENCE;
        while TcpStream::connect(address).is_err() {
            if let Some(status) = master.try_wait()? {
                let words = std::fs::read_to_string(&log).unwrap_or_default();
                bail!("nginx with nchan does not start ({status}): {words}");
            }
            ensure!(Instant::now() < patience, "nginx does not listen");
            std::thread::sleep(GLANCE);
        }
        Ok(Self {
            address,
            master,
            _folder: folder,
        })
    }

    /// Its processes: the master and its workers.
    pub fn processes(&self) -> Result<Vec<u32>> {
        memory::family(self.master.id())
    }
}

impl Drop for Nchan {
    fn drop(&mut self) {
        terminate(&self.master);
        let patience = Instant::now() + PATIENCE;
        while matches!(self.master.try_wait(), Ok(None)) && Instant::now() < patience {
            std::thread::sleep(GLANCE);
        }
        // Nothing happens if it ended.
        let _over = self.master.kill();
        let _status = self.master.wait();
    }
}

/// Asks the master to end its workers and itself; a master that is killed leaves them behind.
#[cfg(unix)]
fn terminate(master: &Child) {
    let pid = i32::try_from(master.id())
        .ok()
        .and_then(rustix::process::Pid::from_raw);
    if let Some(pid) = pid {
        let _gone = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
    }
}

#[cfg(not(unix))]
fn terminate(_master: &Child) {}

fn program() -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let nginx = std::env::split_paths(&path)
        // Debian keeps it where only root's search path leads.
        .chain([PathBuf::from("/usr/sbin")])
        .map(|folder| folder.join("nginx"))
        .find(|program| program.is_file());
    match nginx {
        Some(nginx) if Path::new(MODULE).is_file() => Ok(nginx),
        _ => bail!(
            "the comparison cannot be run: nginx with nchan is missing (Debian: apt-get install \
             nginx libnginx-mod-nchan)"
        ),
    }
}

fn configuration(folder: &Path, address: SocketAddr, open_files: u64) -> String {
    let folder = folder.display();
    let user = owner();
    format!(
        "{user}daemon off;
worker_processes auto;
worker_rlimit_nofile {open_files};
load_module {MODULE};
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 16384; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    keepalive_requests 1000000;
    server {{
        listen {address};
        location ~ ^/sub/(.+)$ {{
            nchan_subscriber websocket;
            nchan_channel_id $1;
            nchan_subscriber_first_message newest;
        }}
        location ~ ^/pub/(.+)$ {{
            nchan_publisher http;
            nchan_channel_id $1;
            nchan_store_messages off;
        }}
    }}
}}
"
    )
}

/// Workers of a root are somebody else's, who may not enter the folder: they stay root's here.
#[cfg(unix)]
fn owner() -> &'static str {
    if rustix::process::geteuid().is_root() {
        "user root;\n"
    } else {
        ""
    }
}

#[cfg(not(unix))]
fn owner() -> &'static str {
    ""
}

/// How so many devices connect.
pub fn seats(count: usize) -> Vec<Seat> {
    let seat = |number| Seat {
        path: format!("/sub/{number}"),
        head: String::new(),
        hello: None,
    };
    (0..count).map(seat).collect()
}

/// A message for each of so many devices.
pub fn posts(count: usize) -> Vec<Post> {
    let post = |number| Post {
        path: format!("/pub/{number}"),
        // There is a subscriber who got it; without one it would be 202.
        taken: 201,
    };
    (0..count).map(post).collect()
}
