//! What must not be seen outside of a request for tokens and its answer.

use serde_json::Value;

/// Fields of such requests.
const ASKED: &[&str] = &["code", "code_verifier", "refresh_token"];
/// Members of such answers.
const GIVEN: &[&str] = &["access_token", "refresh_token", "id_token"];

/// The secrets in a request's form and in its answer, with what each of them is.
pub(super) fn of_exchange(form: &[u8], answer: &[u8]) -> Vec<(String, String)> {
    let Ok(answer) = serde_json::from_slice::<Value>(answer) else {
        return Vec::new();
    };
    if answer.get("access_token").is_none() {
        return Vec::new();
    }
    let asked = url::form_urlencoded::parse(form)
        .filter(|(name, _)| ASKED.contains(&name.as_ref()))
        .map(|(name, value)| (name.into_owned(), value.into_owned()));
    let given = GIVEN.iter().filter_map(|name| {
        let value = answer.get(name)?.as_str()?;
        Some(((*name).to_owned(), value.to_owned()))
    });
    asked.chain(given).collect()
}
