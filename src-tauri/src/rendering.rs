//! Who draws the page: the graphics card, where there is one.

use std::path::Path;

use tauri::WebviewWindow;
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt as _, WebViewExt as _};

/// Where the kernel shows graphics cards that programs may draw with.
const CARDS: &str = "/dev/dri";
/// What cards are reached by whose drivers do without: NVIDIA's, those of Windows' host, and those
/// of small machines that have their vendor's driver (Mali, Adreno, PowerVR, Tegra).
const OWN_WAYS: [&str; 6] = [
    "/dev/nvidiactl",
    "/dev/dxg",
    "/dev/mali0",
    "/dev/kgsl-3d0",
    "/dev/pvrsrvkm",
    "/dev/nvhost-gpu",
];

/// Lets the page be drawn without OpenGL where there is no graphics card, as in virtual machines
/// and remote desktops. Mesa would emulate one there: that takes longer than what it draws, and
/// memory in two processes.
///
/// # Errors
/// The window is gone.
pub fn suit(window: &WebviewWindow) -> tauri::Result<()> {
    if has_card(Path::new(CARDS), &OWN_WAYS) {
        return Ok(());
    }
    tracing::info!("there is no graphics card; the page is drawn without");
    window.with_webview(|webview| {
        if let Some(settings) = webview.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

fn has_card(cards: &Path, own_ways: &[impl AsRef<Path>]) -> bool {
    let renders = |entry: std::io::Result<std::fs::DirEntry>| {
        entry.is_ok_and(|entry| entry.file_name().as_encoded_bytes().starts_with(b"renderD"))
    };
    own_ways.iter().any(|way| way.as_ref().exists())
        || std::fs::read_dir(cards).is_ok_and(|mut found| found.any(renders))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_what_programs_can_draw_with() {
        let machine = tempfile::tempdir().unwrap();
        let (cards, own) = (machine.path().join("dri"), machine.path().join("nvidiactl"));
        assert!(!has_card(&cards, &[&own]), "a machine without any");
        std::fs::create_dir(&cards).unwrap();
        std::fs::write(cards.join("card0"), "").unwrap();
        assert!(!has_card(&cards, &[&own]), "a virtual screen only");
        std::fs::write(cards.join("renderD128"), "").unwrap();
        assert!(has_card(&cards, &[&own]));
        std::fs::remove_dir_all(&cards).unwrap();
        std::fs::write(&own, "").unwrap();
        assert!(has_card(&cards, &[&own]), "a driver of its own");
    }
}
