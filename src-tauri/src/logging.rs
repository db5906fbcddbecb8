//! What goes to standard error: levels and codes, never a title, a person or a link.

use tracing_subscriber::EnvFilter;

/// The variable that chooses what is logged, in the syntax of tracing's `EnvFilter`.
const VARIABLE: &str = "DAYLINE_LOG";
/// Dayline's own crates say what they do, the others only what goes wrong.
const DEFAULT: &str = "warn,dayline=info";

/// Starts logging.
pub fn start() {
    let filter = EnvFilter::try_from_env(VARIABLE).unwrap_or_else(|_| EnvFilter::new(DEFAULT));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}
