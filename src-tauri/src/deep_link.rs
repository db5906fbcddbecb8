//! `dayline://` links: how the browser's answer to a sign-in comes back.
//!
//! What they mean is the engine's; here they are only caught and handed on.

use tauri::{AppHandle, Manager as _};
use tauri_plugin_deep_link::DeepLinkExt as _;

use crate::state::Shell;

/// The scheme, as registered with the system.
const SCHEME: &str = "dayline:";

/// Catches links from now on, and makes Dayline their program where the installation did not, once
/// the window is `ready`.
pub fn start(app: &AppHandle, ready: impl Future<Output = ()> + Send + 'static) {
    let handle = app.clone();
    app.deep_link().on_open_url(move |event| {
        for url in event.urls() {
            open(&handle, url.to_string());
        }
    });
    // On macOS the link that started Dayline is no argument, and may have come before now.
    if cfg!(target_os = "macos")
        && let Ok(Some(links)) = app.deep_link().get_current()
    {
        for link in links {
            open(app, link.to_string());
        }
    }
    // macOS reads the schemes from the bundle. Elsewhere it takes other programs, which take time.
    if cfg!(any(target_os = "linux", windows)) {
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            ready.await;
            tauri::async_runtime::spawn_blocking(move || register(&app));
        });
    }
}

fn register(app: &AppHandle) {
    if let Err(error) = app.deep_link().register_all() {
        tracing::warn!(%error, "dayline:// links are not registered; sign-in may need them");
    }
}

/// Hands a link to the engine.
pub fn open(app: &AppHandle, link: String) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let shell = app.state::<Shell>();
        match shell.engine().await {
            // How it ended is told as an event; the link itself holds a code and is not logged.
            Ok(engine) => match engine.open_deep_link(&link).await {
                Ok(_) => tracing::info!("a link signed an account in"),
                Err(error) => tracing::warn!(code = ?error.code(), "a link was refused"),
            },
            Err(error) => tracing::warn!(code = ?error.code, "a link came while nothing is open"),
        }
    });
}

/// The links in the arguments of a second start, which the plugin takes only if one comes alone.
pub fn in_arguments(arguments: &[String]) -> Vec<String> {
    match arguments {
        // The plugin has told of this one already.
        [_program, _link] => Vec::new(),
        arguments => arguments
            .iter()
            .skip(1)
            .filter(|argument| argument.starts_with(SCHEME))
            .cloned()
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn links_among_options_are_found_and_one_alone_is_left_to_the_plugin() {
        let link = "dayline://oauth/microsoft?code=1&state=2";
        assert!(in_arguments(&arguments(&["dayline-desktop", link])).is_empty());
        assert_eq!(
            in_arguments(&arguments(&["dayline-desktop", "--data-dir", "x", link])),
            [link]
        );
        assert!(in_arguments(&arguments(&["dayline-desktop", "--data-dir", "x"])).is_empty());
        assert!(in_arguments(&[]).is_empty());
    }
}
