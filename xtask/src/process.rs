//! Starting programs and ending them for certain.
//!
//! A [`Service`] and everything it started ends when it is dropped, and when xtask itself is
//! killed. Nothing here waits longer than it was told to.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How often a waiting loop looks again.
const TICK: Duration = Duration::from_millis(50);

/// Says on standard error what happens now.
pub fn say(text: impl AsRef<str>) {
    eprintln!("• {}", text.as_ref());
}

/// Runs `command` to its end with its output on standard error, and fails unless it succeeds.
///
/// It stays in the foreground: it may ask for a password, and Ctrl-C ends it.
pub fn run(what: &str, command: &mut Command) -> Result<()> {
    let status = command
        .stdout(std::io::stderr())
        .status()
        .with_context(|| format!("{what}: {} could not be started", program(command)))?;
    anyhow::ensure!(status.success(), "{what} failed ({status})");
    Ok(())
}

/// Runs `command` and returns what it wrote to standard output, trimmed.
pub fn output(what: &str, command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("{what}: {} could not be started", program(command)))?;
    anyhow::ensure!(
        output.status.success(),
        "{what} failed ({}): {}",
        output.status,
        String::from_utf8_lossy(&output.stderr).trim()
    );
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs `command` for at most `limit`, handing each line of its standard output to `on_line`.
///
/// Standard error is passed through. What it left behind is ended as well.
pub fn watch(
    what: &'static str,
    command: &Command,
    limit: Duration,
    mut on_line: impl FnMut(&str),
) -> Result<ExitStatus> {
    let deadline = Instant::now() + limit;
    let mut service = Service::spawn(what, command, Stdio::null(), Stdio::inherit())?;
    let lines = service.lines()?;
    loop {
        match lines.recv_timeout(TICK) {
            Ok(line) => on_line(&line),
            Err(RecvTimeoutError::Disconnected) => break,
            // A descendant may hold the pipe open after the program itself is gone.
            Err(RecvTimeoutError::Timeout) => {
                if service.ended()?.is_some() {
                    break;
                }
            }
        }
        if Instant::now() > deadline {
            bail!("{what} was stopped after {} s", limit.as_secs());
        }
    }
    match service.wait_until(deadline)? {
        Some(status) => Ok(status),
        None => bail!("{what} was stopped after {} s", limit.as_secs()),
    }
}

/// A program in a process group of its own.
#[derive(Debug)]
pub struct Service {
    name: &'static str,
    child: Child,
}

impl Service {
    /// Starts `command` with its standard output piped.
    pub fn spawn(
        name: &'static str,
        command: &Command,
        stdin: Stdio,
        stderr: Stdio,
    ) -> Result<Self> {
        let mut command = bound_to_this_process(command);
        command.stdin(stdin).stdout(Stdio::piped()).stderr(stderr);
        let child = command
            .spawn()
            .with_context(|| format!("{name} could not be started"))?;
        Ok(Self { name, child })
    }

    /// The lines of its standard output, read by a thread until the pipe closes.
    pub fn lines(&mut self) -> Result<Receiver<String>> {
        let name = self.name;
        let stdout = self.child.stdout.take();
        let stdout = stdout.with_context(|| format!("{name}: its output is already being read"))?;
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            let mut reader = BufReader::new(stdout);
            let mut line = Vec::new();
            while reader
                .read_until(b'\n', &mut line)
                .is_ok_and(|length| length > 0)
            {
                let text = String::from_utf8_lossy(&line);
                if sender
                    .send(text.trim_end_matches(['\n', '\r']).to_owned())
                    .is_err()
                {
                    break;
                }
                line.clear();
            }
        });
        Ok(receiver)
    }

    /// Its standard input, once.
    pub fn stdin(&mut self) -> Result<std::process::ChildStdin> {
        let name = self.name;
        self.child
            .stdin
            .take()
            .with_context(|| format!("{name}: it has no standard input"))
    }

    /// Its exit status if it has ended.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.child
            .try_wait()
            .with_context(|| format!("{} cannot be waited for", self.name))
    }

    /// Waits for its end; `None` if it still runs at `deadline`.
    pub fn wait_until(&mut self, deadline: Instant) -> Result<Option<ExitStatus>> {
        loop {
            if let Some(status) = self.ended()? {
                return Ok(Some(status));
            }
            if Instant::now() > deadline {
                return Ok(None);
            }
            std::thread::sleep(TICK);
        }
    }

    /// Asks the whole group to end, and makes it end after three seconds.
    fn stop(&mut self) {
        signal_group(&self.child, "TERM");
        let patience = Instant::now() + Duration::from_secs(3);
        if !matches!(self.wait_until(patience), Ok(Some(_))) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
        signal_group(&self.child, "KILL");
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The name of the program that `command` starts.
fn program(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

/// `command` in a process group of its own that, on Linux, the kernel ends with this process,
/// whatever ends this process.
fn bound_to_this_process(command: &Command) -> Command {
    let mut bound = if cfg!(target_os = "linux") {
        let mut setpriv = Command::new("setpriv");
        setpriv
            .args(["--pdeathsig", "TERM", "--"])
            .arg(command.get_program());
        setpriv
    } else {
        Command::new(command.get_program())
    };
    bound.args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => bound.env(name, value),
            None => bound.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        bound.current_dir(folder);
    }
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut bound, 0);
    bound
}

/// Sends a signal to the group that `leader` leads. Nothing happens if it is gone.
#[cfg(unix)]
fn signal_group(leader: &Child, signal: &str) {
    let _ = Command::new("sh")
        .args(["-c", &format!("kill -s {signal} -- -{}", leader.id())])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
}

#[cfg(not(unix))]
fn signal_group(_leader: &Child, _signal: &str) {}

#[cfg(all(test, target_os = "linux"))]
mod tests;
