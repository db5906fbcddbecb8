//! Tauri's hello world: as little as a window can be. The benchmark `start` holds Dayline against
//! it.

use std::process::ExitCode;

/// Says that the page is on screen.
#[tauri::command]
fn painted() {
    eprintln!("painted");
}

fn main() -> ExitCode {
    let built = tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![painted])
        .run(tauri::generate_context!());
    match built {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
