//! What a headless run and a package must look like.

use super::{check_summary, contains};
use crate::run::Summary;

fn summary(picture: &std::path::Path) -> Summary {
    Summary {
        accounts: 2,
        calendars: 5,
        events_stored: 60,
        events_visible: 20,
        first_paint_ms: 400,
        synced_ms: 900,
        screenshot: picture.to_owned(),
    }
}

#[test]
fn a_summary_must_show_both_accounts_and_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("week.png");
    std::fs::write(&picture, b"\x89PNG\r\n\x1a\n...").unwrap();
    let good = summary(&picture);
    check_summary(&good, &picture).unwrap();

    for (bad, reason) in [
        (
            Summary {
                accounts: 1,
                ..good.clone()
            },
            "two accounts",
        ),
        (
            Summary {
                calendars: 1,
                ..good.clone()
            },
            "have calendars",
        ),
        (
            Summary {
                events_visible: 0,
                ..good.clone()
            },
            "has events",
        ),
        (
            Summary {
                events_stored: 1,
                ..good.clone()
            },
            "cannot fill",
        ),
        (
            Summary {
                screenshot: "other.png".into(),
                ..good.clone()
            },
            "elsewhere",
        ),
    ] {
        let error = check_summary(&bad, &picture).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }

    std::fs::write(&picture, b"GIF89a").unwrap();
    let error = check_summary(&good, &picture).unwrap_err().to_string();
    assert!(error.contains("no PNG"), "{error}");
}

#[test]
fn a_name_is_found_wherever_it_lies_in_a_binary() {
    assert!(contains(
        b"\x7fELF..DAYLINE_GRAPH_URL\0",
        "DAYLINE_GRAPH_URL"
    ));
    assert!(!contains(
        b"\x7fELF..DAYLINE_GRAPH\0_URL",
        "DAYLINE_GRAPH_URL"
    ));
    assert!(!contains(b"", "DAYLINE_GRAPH_URL"));
}
