//! Everything Dayline can do, as one async API.
//!
//! Data comes in one way: fetch → map → plan → apply → changed ranges → view query. The engine
//! owns the decisions; the store keeps, the providers fetch, the shell and the terminal
//! translate. Nothing else writes events.
#![warn(missing_docs)]
#![allow(
    clippy::redundant_closure_for_method_calls,
    reason = "a method of the store's `Read<'_>` is for one lifetime, `Store::read` wants any"
)]

mod accounts;
mod audit;
mod clients;
mod diagnostics;
mod doctor;
mod engine;
mod error;
mod events;
mod jobs;
mod keys;
mod links;
mod maintenance;
mod open;
mod patterns;
mod pen;
mod preferences;
mod problem;
mod push;
mod scheduler;
mod search;
mod shared;
mod sync;
mod tokens;
pub mod view;
mod visit;
mod watch;

pub use dayline_auth::{EndpointError, Endpoints, Issuer, MicrosoftCloud, MicrosoftClouds};
pub use dayline_model::filter::{Expr, FilterError, FilterMistake, quoted as quoted_value};
pub use dayline_model::{AccountId, CalendarId, Cloud, ProviderKind};
#[cfg(feature = "testing")]
pub use dayline_store::{Disk, Generation};
pub use dayline_store::{
    FILE_NAME, LATEST as LATEST_SCHEMA, OpenError, VerifyReport, rollback, verify,
};

pub use self::accounts::{SignInAs, SignInStarted, WayBack};
pub use self::audit::AuditEntry;
pub use self::doctor::database_health;
pub use self::engine::{Config, Engine};
pub use self::error::Error;
pub use self::events::EngineEvent;
pub use self::keys::RotationReport;
pub use self::links::{LinkJudge, TextKind};
pub use self::maintenance::{MaintenanceReport, MaintenanceStep};
pub use self::patterns::Reread;
pub use self::pen::Pen;
pub use self::push::{PushReason, PushReport, PushedCalendar, RelayProblem};
pub use self::scheduler::Scheduler;
pub use self::sync::{CalendarReport, SyncReport, SyncRequest};
pub use self::visit::Reach;
pub use self::watch::{Notice, Watch};
