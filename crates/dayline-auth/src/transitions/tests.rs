use dayline_model::ProviderKind;

use super::*;
use crate::token::Tokens;

fn signed_in(id: &str) -> Box<SignedIn> {
    Box::new(SignedIn {
        attempt_id: id.to_owned(),
        issuer: ProviderKind::Google.into(),
        reauthorize: None,
        client_id: "client".to_owned(),
        tokens: Tokens {
            access: "a".into(),
            refresh: Some("r".into()),
            expires_at: crate::testing::start(),
            scopes: Vec::new(),
        },
        identity: None,
    })
}

fn name(state: &State) -> String {
    match state {
        State::Waiting => "waiting".to_owned(),
        State::Redeeming(_) => "redeeming".to_owned(),
        State::SignedIn(signed_in) => format!("signed in as {}", signed_in.attempt_id),
        State::Failed(error) => format!("failed: {}", error.code()),
    }
}

#[test]
fn every_event_in_every_state_leads_where_the_table_says() {
    let states: [fn() -> State; 4] = [
        || State::Waiting,
        || State::Redeeming("first".into()),
        || State::SignedIn(signed_in("first")),
        || State::Failed(AuthError::Denied),
    ];
    let events: [fn() -> Event; 3] = [
        || Event::CodeArrived("second".into()),
        || Event::TokensArrived(signed_in("second")),
        || Event::Failed(AuthError::Expired),
    ];
    let table = [
        ["redeeming", "failed: invalid_callback", "failed: expired"],
        [
            "failed: invalid_callback",
            "signed in as second",
            "failed: expired",
        ],
        [
            "signed in as first",
            "signed in as first",
            "signed in as first",
        ],
        ["failed: denied", "failed: denied", "failed: denied"],
    ];
    for (state, row) in states.iter().zip(table) {
        for (event, expected) in events.iter().zip(row) {
            let (before, event) = (state(), event());
            let case = format!("{} + {event:?}", name(&before));
            assert_eq!(name(&next(before, event)), expected, "{case}");
        }
    }
}

#[test]
fn no_code_shows_in_debug_output() {
    let shown = format!(
        "{:?} {:?}",
        State::Redeeming("canary".into()),
        Event::CodeArrived("canary".into())
    );
    assert!(!shown.contains("canary"), "{shown}");
    assert!(shown.contains("Redeeming"), "{shown}");
}
