//! What can be said to Dayline on its command line.

use std::path::PathBuf;

use clap::Parser;

/// Several calendars as one.
#[derive(Debug, Clone, Parser)]
#[command(name = "dayline-desktop", version)]
pub struct Args {
    /// Shows sample data in a temporary folder: no account, no network.
    #[arg(long)]
    pub sample: bool,
    /// Prints one JSON line once the first week is painted and synced, waits for the end of
    /// standard input, and quits.
    #[arg(long)]
    pub summary: bool,
    /// Keeps everything in DIR instead of the user's data folder.
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// `dayline://` links, as the system passes them on.
    #[arg(value_name = "LINK")]
    pub links: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_may_start_dayline_with_a_link_alone() {
        let args = Args::try_parse_from(["dayline-desktop", "dayline://oauth/google?code=1"]);
        assert_eq!(args.unwrap().links, ["dayline://oauth/google?code=1"]);
    }

    #[test]
    fn an_unknown_option_is_refused() {
        Args::try_parse_from(["dayline-desktop", "--smaple"]).unwrap_err();
    }
}
