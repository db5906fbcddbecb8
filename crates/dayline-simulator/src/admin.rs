//! The `/_sim` door: what a test may do behind the services' backs.

use chrono::{DateTime, Duration, SecondsFormat, Utc};
use rand::RngCore;
use serde_json::{Map, Value, json};

use crate::call::{Call, Reply};
use crate::faults::Rule;
use crate::oauth::claims::Demand;
use crate::world::{Account, Vendor};
use crate::{Simulator, google, graph, inject, push, shares};

/// Answers one request under `/_sim`. `now` is the caller's time without the clock's offset.
pub(crate) fn handle(
    sim: &mut Simulator,
    call: &Call,
    now: DateTime<Utc>,
    rng: &mut dyn RngCore,
) -> Reply {
    let parts = call.parts();
    let body = if call.body.is_empty() {
        Some(Map::new())
    } else {
        call.object()
    };
    let Some(body) = body else {
        return bad("the body is no JSON object");
    };
    match (call.method.as_str(), parts.get(1..).unwrap_or_default()) {
        ("GET", ["log"]) => {
            let after = call
                .param("after")
                .and_then(|after| after.parse().ok())
                .unwrap_or(0);
            Reply::json(200, &json!(sim.log.after(after)))
        }
        ("DELETE", ["log"]) => {
            sim.log.clear();
            done()
        }
        ("POST", ["faults"]) => match Rule::read(body) {
            Ok(rule) => {
                sim.faults.add(rule);
                done()
            }
            Err(problem) => bad(&problem),
        },
        ("DELETE", ["faults"]) => {
            sim.faults.clear();
            done()
        }
        ("POST", ["tokens", "expire"]) => {
            let test_tokens = body.get("test_tokens").and_then(Value::as_bool) == Some(true);
            let chosen = chosen(&sim.accounts, &body);
            sim.grants
                .expire_access(|_, index| chosen.contains(&index), test_tokens);
            done()
        }
        ("POST", ["tokens", "revoke"]) => {
            let chosen = chosen(&sim.accounts, &body);
            sim.grants
                .revoke_refresh(|_, index| chosen.contains(&index));
            done()
        }
        ("POST", ["sync", "expire"]) => {
            for index in chosen(&sim.accounts, &body) {
                if let Some(account) = sim.accounts.get_mut(index) {
                    account.epoch += 1;
                }
            }
            done()
        }
        ("POST", ["accounts"]) => policy(sim, &body),
        ("GET", ["accounts"]) => Reply::json(200, &json!(accounts(sim))),
        ("POST", ["claims"]) => match Demand::new(call, &body) {
            Ok(demand) => set_demand(sim, &body, Some(&demand)),
            Err(why) => bad(why),
        },
        ("DELETE", ["claims"]) => set_demand(sim, &body, None),
        ("POST", ["clock"]) => clock(sim, &body, now),
        ("POST", ["quirks"]) => quirks(sim, body),
        ("GET", ["quirks"]) => Reply::json(200, &json!(sim.quirks)),
        ("GET", ["push"]) => Reply::json(200, &push::admin::quirks(sim)),
        ("POST", ["push"]) => answer(push::admin::set_quirks(sim, body)),
        ("GET", ["subscriptions"]) => Reply::json(200, &push::admin::list(sim, call.now)),
        ("POST", ["lifecycle"]) => answer(push::admin::lifecycle(sim, &body, call.now)),
        ("POST", ["inject"]) => {
            let chosen = chosen(&sim.accounts, &body);
            inject::add(&mut sim.accounts, &chosen, &body)
                .map_or_else(bad, |answer| Reply::json(200, &answer))
        }
        ("DELETE", ["inject"]) => {
            for index in chosen(&sim.accounts, &body) {
                if let Some(account) = sim.accounts.get_mut(index) {
                    account.injected.clear();
                }
            }
            done()
        }
        ("POST", ["shares"]) => share(sim, body, rng),
        ("DELETE", ["shares"]) => {
            let field = |name: &str| body.get(name).and_then(Value::as_str);
            for index in recipients(sim, &body) {
                shares::withdraw(&mut sim.accounts, index, field("owner"), field("calendar"));
            }
            Reply::json(200, &json!(shares::list(&sim.accounts)))
        }
        ("GET", ["shares"]) => Reply::json(200, &json!(shares::list(&sim.accounts))),
        ("GET", ["state"]) => {
            for index in 0..sim.accounts.len() {
                shares::mirror(&mut sim.accounts, index);
            }
            state(sim, call)
        }
        _ => Reply::json(404, &json!({"error": "no such control"})),
    }
}

fn done() -> Reply {
    Reply::json(200, &json!({"ok": true}))
}

fn answer(result: Result<Value, String>) -> Reply {
    match result {
        Ok(body) => Reply::json(200, &body),
        Err(why) => bad(&why),
    }
}

fn bad(message: &str) -> Reply {
    Reply::json(400, &json!({"error": message}))
}

/// Accounts by `provider` and `email`; absent parts choose all.
fn chosen(accounts: &[Account], body: &Map<String, Value>) -> Vec<usize> {
    let field = |name: &str| body.get(name).and_then(Value::as_str);
    accounts
        .iter()
        .enumerate()
        .filter(|(_, account)| {
            field("provider").is_none_or(|provider| provider == account.vendor.as_str())
                && field("email").is_none_or(|email| email.eq_ignore_ascii_case(&account.email))
        })
        .map(|(index, _)| index)
        .collect()
}

/// The Microsoft accounts that a body names by `email`.
fn recipients(sim: &Simulator, body: &Map<String, Value>) -> Vec<usize> {
    let chosen = chosen(&sim.accounts, body).into_iter();
    let is_mailbox = |index: &usize| {
        let account = sim.accounts.get(*index);
        account.is_some_and(|account| account.vendor == Vendor::Microsoft)
    };
    chosen.filter(is_mailbox).collect()
}

/// Shares a calendar with the mailbox under `email`, or changes how.
fn share(sim: &mut Simulator, mut body: Map<String, Value>, rng: &mut dyn RngCore) -> Reply {
    let [index] = recipients(sim, &body)[..] else {
        return bad("email has to name one Microsoft account");
    };
    body.remove("email");
    body.remove("provider");
    let spec = match serde_json::from_value(Value::Object(body)) {
        Ok(spec) => spec,
        Err(error) => return bad(&error.to_string()),
    };
    match shares::set(&mut sim.accounts, index, &spec, rng) {
        Ok(()) => Reply::json(200, &json!(shares::list(&sim.accounts))),
        Err(why) => bad(&why),
    }
}

/// What an organisation says of the application, changed at run time.
fn policy(sim: &mut Simulator, body: &Map<String, Value>) -> Reply {
    let known = ["provider", "email", "consent", "approved", "withdrawn"];
    if let Some(name) = body.keys().find(|name| !known.contains(&name.as_str())) {
        return bad(&format!("unknown member {name}"));
    }
    let consent = match body.get("consent").cloned().map(serde_json::from_value) {
        None => None,
        Some(Ok(consent)) => Some(consent),
        Some(Err(_)) => return bad("consent is user or admin"),
    };
    let flag = |name: &str| body.get(name).and_then(Value::as_bool);
    for index in chosen(&sim.accounts, body) {
        let Some(account) = sim.accounts.get_mut(index) else {
            continue;
        };
        let policy = &mut account.policy;
        if let Some(consent) = consent {
            policy.consent = consent;
            policy.approved = false;
        }
        if let Some(withdrawn) = flag("withdrawn") {
            policy.withdrawn = withdrawn;
            policy.approved &= !withdrawn;
        }
        if let Some(approved) = flag("approved") {
            policy.approved = approved;
        }
    }
    Reply::json(200, &json!(accounts(sim)))
}

fn accounts(sim: &Simulator) -> Vec<Value> {
    sim.accounts
        .iter()
        .map(|account| {
            let kind = if account.policy.personal {
                "personal"
            } else {
                "work"
            };
            json!({
                "provider": account.vendor.as_str(),
                "email": account.email,
                "id": account.id,
                "tenant": account.tenant,
                "cloud": account.cloud.as_str(),
                "kind": kind,
                "consent": account.policy.consent,
                "approved": account.policy.approved,
                "withdrawn": account.policy.withdrawn,
            })
        })
        .collect()
}

/// Asks the tokens of the chosen mailboxes for claims, or for none any more.
fn set_demand(sim: &mut Simulator, body: &Map<String, Value>, demand: Option<&Demand>) -> Reply {
    let mut found = false;
    for index in chosen(&sim.accounts, body) {
        let account = sim.accounts.get_mut(index);
        if let Some(account) = account.filter(|account| account.vendor == Vendor::Microsoft) {
            account.policy.demand = demand.cloned();
            found = true;
        }
    }
    if !found {
        return bad("only Microsoft's mailboxes ask for claims");
    }
    let claims = demand.map(Demand::text);
    Reply::json(200, &json!({"ok": true, "claims": claims}))
}

fn clock(sim: &mut Simulator, body: &Map<String, Value>, now: DateTime<Utc>) -> Reply {
    let advance = body
        .get("advance_secs")
        .and_then(Value::as_i64)
        .and_then(Duration::try_seconds);
    let set = body
        .get("now")
        .and_then(Value::as_str)
        .and_then(|text| DateTime::parse_from_rfc3339(text).ok());
    match (advance, set) {
        (Some(step), _) => sim.clock_offset += step,
        (None, Some(wanted)) => sim.clock_offset = wanted.with_timezone(&Utc) - now,
        (None, None) => return bad("advance_secs or now is needed"),
    }
    let now = (now + sim.clock_offset).to_rfc3339_opts(SecondsFormat::Millis, true);
    Reply::json(200, &json!({"now": now}))
}

fn quirks(sim: &mut Simulator, body: Map<String, Value>) -> Reply {
    let mut all = json!(sim.quirks);
    if let Some(map) = all.as_object_mut() {
        map.extend(body);
    }
    match serde_json::from_value(all) {
        Ok(quirks) => {
            sim.quirks = quirks;
            Reply::json(200, &json!(sim.quirks))
        }
        Err(error) => bad(&error.to_string()),
    }
}

fn state(sim: &Simulator, call: &Call) -> Reply {
    // Preferences of the asking client do not colour the oracle.
    let mut call = call.clone();
    call.headers.clear();
    let accounts: Vec<Value> = sim
        .accounts
        .iter()
        .map(|account| {
            let calendars = match account.vendor {
                Vendor::Microsoft => graph::state(&call, account),
                Vendor::Google => google::state(&call, account),
            };
            json!({
                "provider": account.vendor.as_str(),
                "email": account.email,
                "name": account.name,
                "version": account.version,
                "calendars": calendars,
            })
        })
        .collect();
    let now = call.now.to_rfc3339_opts(SecondsFormat::Millis, true);
    Reply::json(200, &json!({"now": now, "accounts": accounts}))
}

#[cfg(test)]
mod tests;
