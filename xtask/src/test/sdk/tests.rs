//! What the scripts are told about the simulator.

use serde_json::json;

use super::environment;

#[test]
fn a_ready_line_becomes_the_scripts_environment() {
    let account = |provider: &str| {
        json!({
            "provider": provider, "email": format!("a@{provider}.example"),
            "access_token": format!("t-{provider}"), "client_id": "c", "client_secret": "s",
        })
    };
    let mut ready = json!({
        "graph": "http://h/v1.0", "microsoft_authority": "http://h", "google_api": "http://h/calendar/v3",
        "google_auth": "http://h/a", "google_token": "http://h/token", "admin": "http://h/_sim",
        "ca": null, "accounts": [account("microsoft"), account("google")],
    });
    let told = environment(&ready).unwrap();
    let of = |name: &str| {
        told.iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.as_str())
    };
    assert_eq!(of("SIM_TOKEN_GOOGLE"), Some("t-google"));
    assert_eq!(of("SIM_GRAPH"), Some("http://h/v1.0"));
    assert_eq!(of("SIM_CA"), Some(""));
    ready["accounts"] = json!([account("google")]);
    let error = environment(&ready).unwrap_err().to_string();
    assert!(error.contains("microsoft"), "{error}");
}
