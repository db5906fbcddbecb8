//! Where the window may go: nowhere but to its own pages.

use url::Url;

/// Whether `url` is a page of Dayline's own. Everything else is opened by the engine, outside.
pub fn is_own(url: &Url) -> bool {
    let own = if cfg!(windows) {
        ("http", "tauri.localhost")
    } else {
        ("tauri", "localhost")
    };
    (url.scheme(), url.host_str()) == (own.0, Some(own.1))
        && url.port().is_none()
        && url.username().is_empty()
        && url.password().is_none()
}

#[cfg(all(test, not(windows)))]
mod tests {
    use super::*;

    #[test]
    fn the_window_stays_with_its_own_pages() {
        for own in ["tauri://localhost", "tauri://localhost/index.html#week"] {
            assert!(is_own(&Url::parse(own).unwrap()), "{own}");
        }
        for foreign in [
            "https://localhost/",
            "https://teams.microsoft.com/l/meetup-join/1",
            "tauri://localhost.example.com/",
            "tauri://someone@localhost/",
            "tauri://localhost:8080/",
            "tauri://example.com/",
            "file:///etc/passwd",
            "data:text/html,hello",
            "about:blank",
            "about:srcdoc",
            "javascript:alert(1)",
            "dayline://oauth/google",
        ] {
            assert!(!is_own(&Url::parse(foreign).unwrap()), "{foreign}");
        }
    }
}
