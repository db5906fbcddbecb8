//! From the arguments to a running window, and to its clean end.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use dayline_engine::{Config, Endpoints};
use dayline_host::Host;
use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{App, AppHandle, Manager as _, RunEvent, WebviewWindowBuilder};

use crate::args::Args;
use crate::data_dir::Folders;
use crate::state::Shell;
use crate::{deep_link, ipc, locale, navigation, summary};

/// The only window.
const WINDOW: &str = "main";
/// How long the end may take before the process goes all the same.
const CLOSING: Duration = Duration::from_secs(5);

/// Runs the window until it is closed, and answers the exit code.
///
/// # Errors
/// What keeps a window from being opened at all; what keeps data from being opened is shown in it.
pub fn run(args: Args, started: Instant) -> anyhow::Result<i32> {
    ensure_display()?;
    // Reading the system's certificates takes as long as GTK takes to start.
    let host = tauri::async_runtime::spawn_blocking(Host::real);
    let folders = Folders::find(args.data_dir.as_deref())?;
    let config = configure(folders.data.clone())?;
    let sample = args.sample;
    let ipc = ipc::builder();
    // First, since the next one may bring the links of a second start, which are for it.
    let mut builder = tauri::Builder::default().plugin(
        tauri::plugin::Builder::<tauri::Wry>::new("dayline")
            .setup(move |app, _| {
                let host = tauri::async_runtime::block_on(host)?
                    .map_err(|error| format!("the network cannot be set up: {error}"))?;
                app.manage(Shell::new(app.clone(), host, config, sample));
                Ok(())
            })
            .build(),
    );
    if !args.sample {
        // Before the rest, so that a second start ends before it does anything.
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, arguments, _| {
            show(app);
            for link in deep_link::in_arguments(&arguments) {
                deep_link::open(app, link);
            }
        }));
    }
    let app = builder
        .plugin(tauri_plugin_deep_link::init())
        .invoke_handler(ipc.invoke_handler())
        .setup(move |app| {
            ipc.mount_events(app);
            set_up(app, &args, &folders, started)?;
            Ok(())
        })
        .build(tauri::generate_context!())
        .context("the window cannot be set up")?;
    Ok(app.run_return(|app, event| {
        if let RunEvent::Exit = event {
            close(app);
        }
    }))
}

/// Without a display GTK would end the process itself.
fn ensure_display() -> anyhow::Result<()> {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    anyhow::ensure!(
        !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY"),
        "there is no display to open a window on; `dayline` works without one"
    );
    Ok(())
}

fn configure(folder: PathBuf) -> anyhow::Result<Config> {
    Ok(Config {
        folder,
        endpoints: Endpoints::from_environment()?,
        zone: dayline_host::system_zone(),
        first_day_of_week: locale::first_day_of_week(),
        sample: false,
        serve_others: true,
    })
}

fn set_up(app: &App, args: &Args, folders: &Folders, started: Instant) -> anyhow::Result<()> {
    // The window is built on this thread meanwhile.
    let handle = app.handle().clone();
    tauri::async_runtime::spawn(async move { handle.state::<Shell>().open().await });
    open_window(app, folders)?;
    for link in &args.links {
        deep_link::open(app.handle(), link.clone());
    }
    if args.summary {
        tauri::async_runtime::spawn(summary::run(app.handle().clone(), started));
    }
    #[cfg(unix)]
    tauri::async_runtime::spawn(exit_on_signal(app.handle().clone()));
    Ok(())
}

/// Opens the window hidden; it is shown once its page is there, so that nothing flashes.
fn open_window(app: &App, folders: &Folders) -> anyhow::Result<()> {
    let windows = &app.config().app.windows;
    let config = windows
        .iter()
        .find(|window| window.label == WINDOW)
        .context("the configuration has no window")?;
    let builder = WebviewWindowBuilder::from_config(app, config)?;
    let builder = match folders.make() {
        Ok(()) => builder.data_directory(folders.webview.clone()),
        Err(error) => {
            // It needs none; what is wrong with the folders is said in the window.
            tracing::warn!(%error, "the folders cannot be made");
            builder.incognito(true)
        }
    };
    let window = builder
        // WebKitGTK lets a page copy text only with this, once the click that asked for it is over.
        .enable_clipboard_access()
        .on_navigation(|url| {
            let own = navigation::is_own(url);
            if !own {
                tracing::warn!("the page tried to leave");
            }
            own
        })
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Finished
                && let Err(error) = window.show()
            {
                tracing::error!(%error, "the window cannot be shown");
            }
        })
        .build()?;
    #[cfg(target_os = "linux")]
    crate::rendering::suit(&window)?;
    #[cfg(not(target_os = "linux"))]
    drop(window);
    Ok(())
}

/// Brings the window to the front.
fn show(app: &AppHandle) {
    let Some(window) = app.get_webview_window(WINDOW) else {
        return;
    };
    let shown = window
        .unminimize()
        .and_then(|()| window.show())
        .and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window cannot be brought to the front");
    }
}

/// Ends the work before the process ends: the pen is put down, the sample is removed.
fn close(app: &AppHandle) {
    let shell = app.state::<Shell>();
    let closed = tauri::async_runtime::block_on(async {
        // Inside of the runtime, whose clock it needs.
        tokio::time::timeout(CLOSING, shell.close()).await
    });
    if closed.is_err() {
        tracing::warn!("the work did not end in time");
    }
}

/// Ends as cleanly on a signal as by closing the window.
#[cfg(unix)]
async fn exit_on_signal(app: AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = signal(SignalKind::terminate())
        .and_then(|terminate| Ok((terminate, signal(SignalKind::interrupt())?)));
    match signals {
        Ok((mut terminate, mut interrupt)) => {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            app.exit(0);
        }
        Err(error) => tracing::warn!(%error, "signals are not caught"),
    }
}
