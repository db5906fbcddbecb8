//! What the program is doing when it is hit.

use std::fmt;

/// A piece of work, and the folder that it begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Situation {
    /// A folder with nothing in it.
    FirstStart,
    /// The first sync of two accounts.
    FullSync,
    /// A sync after changes at both providers.
    DeltaSync,
    /// The daily tidying, with a backup.
    Maintenance,
    /// A sync whose access tokens have run out.
    TokenRefresh,
    /// One version of the schema back.
    Rollback,
    /// A sync that first brings a database up from this version of the schema.
    Migration(u32),
    /// The same with the database that was saved when this version was current. Nobody has the
    /// key to its accounts, so nothing but the migration can go well.
    Saved(u32),
    /// A new key in the place of the old one.
    KeyRotation,
}

impl Situation {
    /// All of them. Those that end access tokens come last, so that the first ones begin with
    /// living ones.
    pub const ALL: &[Self] = &[
        Self::FirstStart,
        Self::FullSync,
        Self::DeltaSync,
        Self::Maintenance,
        Self::Saved(1),
        Self::Saved(2),
        Self::Saved(3),
        Self::TokenRefresh,
        Self::Rollback,
        Self::Migration(1),
        Self::Migration(2),
        Self::Migration(3),
        Self::KeyRotation,
    ];

    /// What is asked of the program.
    pub fn command(self) -> &'static [&'static str] {
        match self {
            Self::FullSync
            | Self::DeltaSync
            | Self::TokenRefresh
            | Self::Migration(_)
            | Self::Saved(_) => &["sync"],
            Self::FirstStart => &["accounts", "list"],
            Self::Maintenance => &["db", "maintain"],
            Self::Rollback => &["db", "rollback"],
            Self::KeyRotation => &["keys", "rotate"],
        }
    }

    /// Whether it writes sealed tokens, so that each of them is to be opened afterwards.
    pub fn touches_tokens(self) -> bool {
        match self {
            Self::FirstStart
            | Self::FullSync
            | Self::DeltaSync
            | Self::Maintenance
            | Self::Saved(_) => false,
            Self::TokenRefresh | Self::Rollback | Self::Migration(_) | Self::KeyRotation => true,
        }
    }
}

impl fmt::Display for Situation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FirstStart => f.write_str("first start"),
            Self::FullSync => f.write_str("full sync"),
            Self::DeltaSync => f.write_str("delta sync"),
            Self::Maintenance => f.write_str("maintenance"),
            Self::TokenRefresh => f.write_str("token refresh"),
            Self::Rollback => f.write_str("rollback"),
            Self::Migration(from) => write!(f, "migration from schema {from}"),
            Self::Saved(version) => write!(f, "saved database of schema {version}"),
            Self::KeyRotation => f.write_str("key rotation"),
        }
    }
}
