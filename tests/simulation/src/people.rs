//! Whose calendars they are.

use dayline_engine::ProviderKind;
use serde_json::{Value, json};

use crate::world::Who;

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub provider: ProviderKind,
    pub email: String,
}

impl<'a> From<&'a Person> for Who<'a> {
    fn from(person: &'a Person) -> Self {
        Self {
            provider: person.provider,
            email: Some(&person.email),
        }
    }
}

/// The calendar that the colleague shares.
pub const SHARED: &str = "Bob's";

/// Two accounts of each provider, all of them signed in.
pub fn people() -> Vec<Person> {
    let person = |provider, email: &str| Person {
        provider,
        email: email.to_owned(),
    };
    vec![
        person(ProviderKind::Microsoft, "ada@contoso.example"),
        person(ProviderKind::Google, "ada@home.example"),
        person(ProviderKind::Microsoft, "ada@outlook.example"),
        person(ProviderKind::Google, "ada@club.example"),
    ]
}

/// Somebody who shares a calendar with the first of them and is signed in nowhere.
pub fn colleague() -> Person {
    Person {
        provider: ProviderKind::Microsoft,
        email: "bob@contoso.example".to_owned(),
    }
}

/// The simulator's scenario: everybody, with two calendars each and nothing in them.
pub fn scenario() -> Value {
    let mut everybody = people();
    everybody.push(colleague());
    let accounts: Vec<Value> = everybody
        .iter()
        .map(|person| {
            let kind = match person.email.as_str() {
                "ada@outlook.example" => "personal",
                _ => "work",
            };
            // A share that is called like the recipient's own calendar would go by its owner's name.
            let first = if *person == colleague() { SHARED } else { "Calendar" };
            let calendars = json!([{"name": first}, {"name": "Second"}]);
            match person.provider {
                ProviderKind::Microsoft => json!({
                    "provider": "microsoft", "email": person.email, "name": "Ada", "kind": kind,
                    "categories": [{"name": "Client A", "color": "preset4"}, {"name": "Travel", "color": "preset1"}],
                    "calendars": calendars,
                }),
                ProviderKind::Google => json!({
                    "provider": "google", "email": person.email, "name": "Ada",
                    "calendars": calendars,
                }),
            }
        })
        .collect();
    json!({"accounts": accounts})
}
