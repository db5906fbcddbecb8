//! The commands of the window. They translate and decide nothing.

pub mod accounts;
pub mod days;
pub mod events;
pub mod health;
pub mod links;
pub mod window;

use dayline_engine::view::IpcError;

type Answer<T> = Result<T, IpcError>;
