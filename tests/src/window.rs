//! The real window, driven through WebKitWebDriver as a person would use it.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result};
use fantoccini::actions::{InputSource as _, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::process::{Child, Command};
use tokio::sync::{Mutex, MutexGuard};

use crate::simulator::program;
use crate::wait;

/// A running driver. Dropping it stops it and every window that it opened.
pub struct Driver {
    child: Child,
    address: String,
    _turn: MutexGuard<'static, ()>,
}

/// Dayline runs once in a session: a second window would hand over to the first and end.
static TURN: Mutex<()> = Mutex::const_new(());

/// Where a part is to be seen, its middle first. Another may lie on that: Join on a chip, or the line
/// of now. The driver's own click takes the middle only.
const SPOT: &str = "
    const part = document.querySelector(arguments[0]);
    // What lies under the head of the grid is scrolled into sight.
    part?.scrollIntoView({ block: 'center' });
    const box = part?.getBoundingClientRect();
    const steps = box === undefined ? [] : [1 / 2, 1 / 4, 3 / 4, 1 / 8, 7 / 8];
    for (const down of steps) {
        for (const along of steps) {
            const [x, y] = [box.left + box.width * along, box.top + box.height * down];
            if (part.contains(document.elementFromPoint(x, y))) return [x, y];
        }
    }
    return null;";

/// How long a window may take to be there, with everything that it is built of.
const OPENS_WITHIN: Duration = Duration::from_mins(1);

impl Drop for Driver {
    fn drop(&mut self) {
        let Some(group) = self.child.id() else { return };
        // A test that fails leaves its window open; it must not outlive the driver.
        let killed = std::process::Command::new("kill")
            .args(["-9", "--", &format!("-{group}")])
            .status();
        drop(killed);
    }
}

/// The open window.
pub struct Window {
    client: Client,
}

impl Driver {
    /// Starts WebKitWebDriver once no other test has one; windows get `environment`.
    ///
    /// # Errors
    /// It is not installed or does not start.
    pub async fn start(environment: &[(&str, String)]) -> Result<Self> {
        let turn = TURN.lock().await;
        let port = free_port()?;
        let child = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .envs(environment.iter().map(|(name, value)| (name, value)))
            // Without these the window does not let itself be driven.
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdout(Stdio::null())
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .context("WebKitWebDriver does not start")?;
        wait::until("WebKitWebDriver", async || {
            Ok(tokio::net::TcpStream::connect(("127.0.0.1", port))
                .await
                .ok())
        })
        .await?;
        Ok(Self {
            child,
            address: format!("http://127.0.0.1:{port}"),
            _turn: turn,
        })
    }

    /// Opens Dayline's window on a data folder.
    ///
    /// # Errors
    /// The window does not open.
    pub async fn open(&self, folder: &Path) -> Result<Window> {
        let binary = program("DAYLINE_DESKTOP_BIN")?;
        let options = json!({ "binary": binary, "args": ["--data-dir", folder] });
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("webkitgtk:browserOptions".to_owned(), options);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let opening = builder.capabilities(capabilities).connect(&self.address);
        let client = tokio::time::timeout(OPENS_WITHIN, opening)
            .await
            .context("the window does not open")??;
        Ok(Window { client })
    }
}

fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?
        .local_addr()?
        .port())
}

fn by_id(id: &str) -> String {
    format!("[data-testid='{id}']")
}

impl Window {
    /// Waits until a part of the window is there.
    ///
    /// # Errors
    /// It does not come.
    pub async fn wait_for(&self, selector: &str) -> Result<()> {
        wait::until(selector, async || {
            let found = self.client.find_all(Locator::Css(selector)).await?;
            Ok((!found.is_empty()).then_some(()))
        })
        .await
    }

    /// Waits until a part with this test id is there.
    ///
    /// # Errors
    /// It does not come.
    pub async fn wait_for_id(&self, id: &str) -> Result<()> {
        self.wait_for(&by_id(id)).await
    }

    /// Clicks the first part that fits, where it is to be seen.
    ///
    /// # Errors
    /// There is none, or nothing of it is in sight.
    pub async fn click(&self, selector: &str) -> Result<()> {
        self.wait_for(selector).await?;
        let spot = self.script(SPOT, vec![json!(selector)]).await?;
        let [x, y]: [f64; 2] = serde_json::from_value(spot)
            .with_context(|| format!("nothing of {selector} is in sight"))?;
        let duration = Some(Duration::ZERO);
        let button = MOUSE_BUTTON_LEFT;
        let click = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveTo { duration, x, y })
            .then(PointerAction::Down { button })
            .then(PointerAction::Up { button });
        self.client
            .perform_actions(click)
            .await
            .with_context(|| format!("{selector} cannot be clicked"))
    }

    /// Clicks the part with this test id.
    ///
    /// # Errors
    /// There is none, or it cannot be clicked.
    pub async fn click_id(&self, id: &str) -> Result<()> {
        self.click(&by_id(id)).await
    }

    /// The titles of all events in the grid.
    ///
    /// # Errors
    /// The window is gone.
    pub async fn titles(&self) -> Result<BTreeSet<String>> {
        let script = "return [...document.querySelectorAll(\"[data-testid='event']\")]
            .map((event) => event.dataset.title)";
        let titles = self.client.execute(script, Vec::new()).await?;
        Ok(titles
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect())
    }

    /// Waits until exactly these titles are in the grid.
    ///
    /// # Errors
    /// Others are; they are named.
    pub async fn wait_for_titles(&self, expected: &BTreeSet<String>) -> Result<()> {
        let waited = wait::until("the events", async || {
            let shown = self.titles().await?;
            Ok((shown == *expected).then_some(()))
        })
        .await;
        if waited.is_ok() {
            return Ok(());
        }
        let shown = self.titles().await?;
        anyhow::bail!(
            "shown but not expected: {:?}; expected but not shown: {:?}",
            shown.difference(expected).collect::<Vec<_>>(),
            expected.difference(&shown).collect::<Vec<_>>()
        )
    }

    /// Writes a picture of the screen. The driver's own screenshot waits for a repaint, which a
    /// page at rest never makes.
    ///
    /// # Errors
    /// The picture cannot be taken.
    pub async fn picture(&self, file: &Path) -> Result<()> {
        let taken = Command::new("import")
            .args(["-window", "root"])
            .arg(file)
            .status()
            .await?;
        anyhow::ensure!(taken.success(), "no picture: {taken}");
        Ok(())
    }

    /// Runs a script in the page.
    ///
    /// # Errors
    /// The script fails.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.client.execute(script, arguments).await?)
    }

    /// Runs a script that calls its last argument with what it answers.
    ///
    /// # Errors
    /// The script fails, or does not call it.
    pub async fn script_async(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.client.execute_async(script, arguments).await?)
    }

    /// Closes the window and with it Dayline.
    ///
    /// # Errors
    /// The driver is gone.
    pub async fn close(self) -> Result<()> {
        Ok(self.client.close().await?)
    }
}
