//! The words and rules of a calendar.
//!
//! Names are those of RFC 5545 where it has one. Nothing here does I/O, waits, or knows what
//! time it is: every function takes what it needs and gives the same answer every time.
#![warn(missing_docs)]

pub mod colors;
pub mod event;
pub mod filter;
pub mod gate;
pub mod html;
pub mod ids;
pub mod links;
pub mod recurrence;
pub mod zone;

pub use event::{
    Attachment, Attendee, AttendeeRole, Body, Calendar, Category, Event, EventKind, EventType,
    Importance, MeetingLink, OnlineMeeting, OriginalStart, ParticipationStatus, Person, Place,
    Reminder, ReminderMethod, Reminders, Sensitivity, ShowAs, Status, When, ZonedTime,
};
pub use gate::Refused;
pub use ids::{
    AccountId, CalendarId, Cloud, Etag, EventId, ProviderCalendarId, ProviderEventId, ProviderKind,
    UnknownCloud, UnknownProvider,
};
pub use links::{JoinLink, MeetingTexts, Pattern, PatternError, Patterns, Service};
pub use recurrence::{Expansion, RecurrenceError, Window};
pub use zone::Zone;
