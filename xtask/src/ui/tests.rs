//! When the UI is built again.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::newest_source;

fn write(root: &Path, path: &str, minutes: u64) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let time = at(minutes);
    File::create(&path).unwrap().set_modified(time).unwrap();
    let mut folder = path.parent().unwrap();
    while folder != root {
        File::open(folder).unwrap().set_modified(at(0)).unwrap();
        folder = folder.parent().unwrap();
    }
}

fn at(minutes: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(minutes * 60)
}

#[test]
fn sources_count_wherever_they_lie_and_what_is_made_from_them_does_not() {
    let ui = tempfile::tempdir().unwrap();
    write(ui.path(), "index.html", 1);
    write(ui.path(), "src/grid/layout.ts", 7);
    write(ui.path(), "src/App.svelte", 3);
    write(ui.path(), "dist/index.html", 50);
    write(ui.path(), "dist-scenes/index.html", 51);
    write(ui.path(), "node_modules/svelte/index.js", 52);
    write(ui.path(), "tests/chromium/run.mjs", 53);
    assert_eq!(newest_source(ui.path()).unwrap(), Some(at(7)));
}
