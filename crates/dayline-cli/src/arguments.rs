//! What can be said on the command line.

use std::ffi::OsString;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// The command line as it is to be understood: words that a search leaves out (`-word`) come last,
/// behind `--`, so that they are not taken for options.
pub(crate) fn sorted(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut rest = arguments.peekable();
    let mut sorted: Vec<OsString> = rest.next().into_iter().collect();
    while let Some(argument) = rest.next_if(|argument| argument != "search") {
        let is_option = argument.as_encoded_bytes().starts_with(b"-");
        let takes_value = argument == "--data-dir";
        sorted.push(argument);
        if takes_value {
            sorted.extend(rest.next());
        } else if !is_option {
            // Another command.
            sorted.extend(rest);
            return sorted;
        }
    }
    let mut left_out = Vec::new();
    while let Some(argument) = rest.next_if(|argument| argument != "--") {
        let bytes = argument.as_encoded_bytes();
        let is_word = bytes.starts_with(b"-") && !bytes.starts_with(b"--") && argument != "-h";
        if is_word {
            left_out.push(argument);
        } else {
            sorted.push(argument);
        }
    }
    left_out.extend(rest.skip(1));
    if !left_out.is_empty() {
        sorted.push("--".into());
        sorted.extend(left_out);
    }
    sorted
}

/// Dayline on a terminal: the same accounts, calendars and events as in the window.
#[derive(Debug, Parser)]
#[command(name = "dayline", version, about, long_about = None)]
pub(crate) struct Arguments {
    /// The data folder [default: the window's]
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Print JSON instead of text
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Sign in, list and remove accounts
    #[command(subcommand)]
    Accounts(Accounts),
    /// List calendars, choose which ones are synced
    #[command(subcommand)]
    Calendars(Calendars),
    /// Bring calendars up to date; a running Dayline does it, if there is one
    Sync(Sync),
    /// List what takes place
    Agenda(Agenda),
    /// Find events by their words, without a network
    Search(Search),
    /// List what changed about known events: moved, cancelled, who declined
    Changes(Changes),
    /// Keep filters under names, for the window and for `agenda --view`
    #[command(subcommand)]
    Views(Views),
    /// Teach Dayline the meeting links of your own services
    #[command(subcommand)]
    Patterns(Patterns),
    /// Look for meeting links in links and texts
    #[command(subcommand)]
    Links(Links),
    /// Count meetings, syncs and events, and name what is important
    Stats(StatsOptions),
    /// List the events that belong together: a series, and its copies in other calendars
    Thread(Thread),
    /// Say whether all is well, and what to do where it is not; ends with 1 if something waits
    Doctor(Doctor),
    /// Prove, roll back or back up the database
    #[command(subcommand)]
    Db(Database),
    /// Deliver a dayline:// link by hand, such as the answer to a sign-in
    OpenUrl {
        /// The link
        url: String,
    },
    /// Replace the key that stored sign-ins are sealed with
    #[command(subcommand)]
    Keys(Keys),
    /// List what was done about accounts, calendars and keys
    Audit(Audit),
    /// Hear of changes from providers within seconds, through a relay
    #[command(subcommand)]
    Push(Push),
    /// Show and change settings
    #[command(subcommand)]
    Settings(Settings),
    /// Sync in the foreground and print what happens, a JSON line each, until Ctrl-C
    Watch,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Push {
    /// Show of which calendars changes are told, until when, and when that was last
    Status,
    /// Let providers tell of changes
    Enable {
        /// Only of this calendar: its id, or its name if only one has it
        #[arg(long, value_name = "CALENDAR")]
        calendar: Option<String>,
        /// The admission token of a relay that asks for one; - reads it from the input
        #[arg(long, value_name = "TOKEN")]
        admission_token: Option<String>,
    },
    /// Poll instead
    Disable {
        /// Only this calendar: its id, or its name if only one has it
        #[arg(long, value_name = "CALENDAR")]
        calendar: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Settings {
    /// List settings and their values
    List,
    /// Change a setting
    Set {
        /// Which one
        #[arg(value_enum)]
        key: SettingKey,
        /// Its value
        value: String,
    },
    /// Put a setting back to its default
    Unset {
        /// Which one
        #[arg(value_enum)]
        key: SettingKey,
    },
}

/// A setting.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum SettingKey {
    /// The relay through which providers tell of changes; none by default
    #[value(name = "relay.url")]
    RelayUrl,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Seal everything anew with a new key and remove the old one; needs no network
    Rotate,
}

#[derive(Debug, Args)]
pub(crate) struct Audit {
    /// Only what was done from this day on (UTC), YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub since: Option<NaiveDate>,
    /// How many rows to list
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub limit: u32,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Accounts {
    /// Sign in to an account in the browser
    Add(AddAccount),
    /// List accounts and how they are doing
    List,
    /// Sign an account in again; its data stays
    SignIn {
        /// Its id or its address
        account: String,
        /// Print the address to open instead of opening the browser
        #[arg(long)]
        no_browser: bool,
    },
    /// Print the address at which an administrator allows Dayline for their organisation
    AdminLink {
        /// The account's id or address, or a provider for somebody without an account here
        account: String,
        /// Which of Microsoft's clouds, for somebody without an account here
        #[arg(long, value_enum, default_value_t = CloudName::Global)]
        cloud: CloudName,
    },
    /// Read a colleague's main calendar to which they gave you rights
    AddShared {
        /// Your account's id or address
        account: String,
        /// The colleague's address
        owner: String,
        /// Print the address to open, if you have to sign in for it, instead of opening the browser
        #[arg(long)]
        no_browser: bool,
    },
    /// Read a colleague's calendar no longer
    RemoveShared {
        /// Your account's id or address
        account: String,
        /// The colleague's address
        owner: String,
    },
    /// Remove an account and what was synced for it from this computer
    Remove {
        /// Its id or its address
        account: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct AddAccount {
    /// Where the account is
    #[arg(value_enum)]
    pub provider: Provider,
    /// Which of Microsoft's clouds the account is in
    #[arg(long, value_enum, default_value_t = CloudName::Global)]
    pub cloud: CloudName,
    /// Print the address to open instead of opening the browser
    #[arg(long)]
    pub no_browser: bool,
    /// The OAuth client to sign in with, kept for later (see docs/setup-microsoft.md and
    /// docs/setup-google.md)
    #[arg(long, value_name = "ID")]
    pub client_id: Option<String>,
    /// A file with the client's secret, which Google wants; - reads standard input
    #[arg(long, value_name = "FILE", requires = "client_id")]
    pub client_secret_file: Option<PathBuf>,
}

/// One of Microsoft's clouds.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum CloudName {
    /// The usual one, GCC included
    Global,
    /// US Government, GCC High
    UsGovHigh,
    /// US Government, Department of Defense
    UsGovDod,
    /// China, operated by 21Vianet
    China,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Provider {
    /// Microsoft 365 or Outlook.com
    Microsoft,
    /// Google Calendar
    Google,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Calendars {
    /// List calendars
    List,
    /// Sync a calendar to this computer
    Connect {
        /// Its id, or its name if only one has it
        calendar: String,
    },
    /// Stop syncing a calendar and remove its events from this computer
    Disconnect {
        /// Its id, or its name if only one has it
        calendar: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Sync {
    /// List everything again instead of asking only for changes
    #[arg(long)]
    pub full: bool,
    /// Only this account: its address or id
    #[arg(long, value_name = "ACCOUNT", conflicts_with = "calendar")]
    pub account: Option<String>,
    /// Only this calendar: its id, or its name if only one has it
    #[arg(long, value_name = "CALENDAR")]
    pub calendar: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Agenda {
    /// First day, YYYY-MM-DD [default: the filter's, else today]
    #[arg(long, value_name = "DATE")]
    pub from: Option<NaiveDate>,
    /// Last day, included, YYYY-MM-DD [default: the filter's, else six days after the first]
    #[arg(long, value_name = "DATE")]
    pub to: Option<NaiveDate>,
    /// Zone in which days begin and times are told [default: the system's]
    #[arg(long, value_name = "ZONE")]
    pub tz: Option<chrono_tz::Tz>,
    /// Only what this expression matches, such as 'importance:high -declined next:14d'
    #[arg(
        long,
        value_name = "EXPRESSION",
        allow_hyphen_values = true,
        long_help = FILTER_HELP
    )]
    pub filter: Option<String>,
    /// Only what this saved view shows
    #[arg(long, value_name = "NAME")]
    pub view: Option<String>,
    /// Only this importance; may be given several times or as a list with commas
    #[arg(long, value_enum, value_delimiter = ',')]
    pub importance: Vec<Importance>,
    /// Only this category; may be given several times
    #[arg(long, value_name = "NAME")]
    pub category: Vec<String>,
    /// Ask no provider: of days that are not synced, list what is known to repeat
    #[arg(long)]
    pub offline: bool,
    /// Only Microsoft Teams meetings
    #[arg(long)]
    pub teams: bool,
}

const FILTER_HELP: &str = "\
Only what this expression matches. Terms are key:value; a space means and, a comma inside of a
value means or, a minus before a term means not, quotes hold what has spaces. A bare word is
looked for in title, place and people.

  importance:  low normal high            category:  a name
  answer:      accepted tentative declined none organizer
  status:      confirmed tentative cancelled
  show:        free busy tentative oof elsewhere
  calendar:    part of a name             account:   part of an address
  provider:    microsoft google caldav ics
  with:        a person                   has:  teams link attachment conflict
  is:          series allday private copy unanswered
  from: to:    YYYY-MM-DD, today, tomorrow, yesterday or a weekday
  next:        14d 2w 3m

Example: 'importance:high category:\"Client A\" -declined has:teams next:14d'";

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// What to look for: words, \"a phrase\", -word to leave out
    #[arg(required = true, value_name = "QUERY")]
    pub query: Vec<String>,
    /// How many to list
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(i32).range(1..=500))]
    pub limit: i32,
    /// Zone in which times are told [default: the system's]
    #[arg(long, value_name = "ZONE")]
    pub tz: Option<chrono_tz::Tz>,
}

#[derive(Debug, Args)]
pub(crate) struct Changes {
    /// Mark everything as seen after listing it
    #[arg(long)]
    pub seen: bool,
    /// How many to list
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(i32).range(1..=1000))]
    pub limit: i32,
    /// Zone in which times are told [default: the system's]
    #[arg(long, value_name = "ZONE")]
    pub tz: Option<chrono_tz::Tz>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Views {
    /// List saved views in their order
    List,
    /// Save a view behind the others
    Add {
        /// What to call it
        name: String,
        /// What it shows, such as 'importance:high -declined next:14d'
        #[arg(allow_hyphen_values = true, long_help = FILTER_HELP)]
        filter: String,
        /// The digit, 1 to 9, that shows it in the window together with Shift and Alt
        #[arg(long, value_name = "DIGIT")]
        shortcut: Option<String>,
    },
    /// Remove a saved view
    Remove {
        /// Its name
        name: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Patterns {
    /// List patterns in the order in which they are tried
    List,
    /// Add a pattern; Join appears on known events whose texts hold such a link
    #[command(long_about = PATTERN_HELP)]
    Add {
        /// What to call the service
        name: String,
        /// https://HOST/REST, such as 'https://meet.example.org/[a-z]+'
        expression: String,
    },
    /// Remove a pattern; its links are no longer offered
    Remove {
        /// Its name
        name: String,
    },
    /// Show what an expression matches in your own events, and keep nothing
    Test {
        /// https://HOST/REST, such as 'https://meet.example.org/[a-z]+'
        expression: String,
    },
}

const PATTERN_HELP: &str = "\
Add a pattern; Join appears on known events whose texts hold such a link.

A pattern is https://HOST/REST. The host is written out, only *. may stand before it; REST is a
regular expression that has to match all of the path and query. Services that Dayline knows
already go first. Links that only a provider's own field holds come with `dayline sync --full`.";

#[derive(Debug, Subcommand)]
pub(crate) enum Links {
    /// Find what joins a meeting; ends with 1 if there is nothing
    Check(CheckLinks),
}

#[derive(Debug, Args)]
pub(crate) struct CheckLinks {
    /// Read the input as plain text [default: what it looks like]
    #[arg(long, group = "kind")]
    pub text: bool,
    /// Read it as HTML
    #[arg(long, group = "kind")]
    pub html: bool,
    /// Read it as iCalendar
    #[arg(long, group = "kind")]
    pub ics: bool,
    /// Read one link a line
    #[arg(long, group = "kind")]
    pub lines: bool,
    /// Only this link; may be given several times
    #[arg(long, value_name = "URL", conflicts_with_all = ["text", "html", "ics"])]
    pub url: Vec<String>,
    /// The input, at most 2 MB; - or nothing reads standard input
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct StatsOptions {
    /// How many events of high importance to list
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub limit: u16,
    /// Zone in which days begin and times are told [default: the system's]
    #[arg(long, value_name = "ZONE")]
    pub tz: Option<chrono_tz::Tz>,
}

#[derive(Debug, Args)]
pub(crate) struct Thread {
    /// The id that `dayline agenda --json` gives, or words that find it
    pub event: String,
    /// How many to list, those nearest to it
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub limit: u16,
    /// Zone in which times are told [default: the system's]
    #[arg(long, value_name = "ZONE")]
    pub tz: Option<chrono_tz::Tz>,
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Instead write a file to hand on into this folder: numbers and codes, no title, person or
    /// address
    #[arg(long, value_name = "FOLDER")]
    pub export: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Importance {
    Low,
    Normal,
    High,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Database {
    /// Prove tables, columns, indexes and pages without changing anything
    Verify,
    /// Back up, then go back to the schema before this one
    Rollback,
    /// Copy the database to a file
    Backup {
        /// A file that does not exist yet
        file: PathBuf,
    },
    /// Do now what is done once a day: export old audit rows, back up, tidy
    Maintain,
}

#[cfg(test)]
mod tests;
