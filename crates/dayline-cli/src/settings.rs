//! Settings.

use dayline_engine::Engine;
use serde_json::json;

use crate::arguments::{SettingKey, Settings};
use crate::output::Output;

pub(crate) fn run(engine: &Engine, command: &Settings, output: &Output) -> anyhow::Result<bool> {
    match command {
        Settings::List => {}
        Settings::Set {
            key: SettingKey::RelayUrl,
            value,
        } => engine.set_relay_url(Some(value))?,
        Settings::Unset {
            key: SettingKey::RelayUrl,
        } => engine.set_relay_url(None)?,
    }
    let url = engine.relay_url()?;
    output.give(&json!({ "relay.url": url }), |_| match &url {
        Some(url) => format!("relay.url  {url}"),
        None => "relay.url  (none; calendars are polled every 5 minutes)".to_owned(),
    })?;
    Ok(true)
}
