//! What Tauri's own template has.

fn main() {
    tauri_build::build();
}
