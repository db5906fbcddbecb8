use super::*;

/// As Graph's pages have it: it tells nothing without a good token, and asks for one in time.
fn asking() -> Value {
    json!({"subscription_needs_fresh_token": true})
}

fn count(day: &Day, kind: &str) -> u64 {
    day.kinds.get(kind).copied().unwrap_or_default()
}

const MINUTE: Duration = Duration::from_mins(1);

impl Settled {
    /// Nothing that providers have to say arrives.
    async fn without_a_word(&self, wait: Duration) {
        let silent = |silent: bool| {
            self.world
                .admin("POST", "/push", &json!({"silent": silent}))
        };
        silent(true);
        tokio::time::sleep(wait).await;
        silent(false);
    }
}

#[test]
fn with_push_only_changes_and_backstops_ask_for_events() {
    let day = day(Hears::ByPush);
    let backstops = 5 * 5;
    assert!(
        count(&day, "events") <= u64::from(CHANGES) + backstops,
        "{:?}",
        day.kinds
    );
    let renewals = count(&day, "subscriptions") + count(&day, "batches");
    assert_eq!(renewals, 0, "nobody asked for one");
}

#[test]
fn push_costs_a_tenth_of_polling_whether_graph_asks_for_fresh_tokens_or_not() {
    let polling = day(Hears::ByPolling);
    for manner in [Value::Null, asking()] {
        let day = run(live(Hears::ByPush, manner));
        assert!(day.requests * 10 <= polling.requests, "{:?}", day.kinds);
    }
}

#[test]
fn a_new_calendar_is_found_within_three_hours_with_push_and_within_one_without() {
    for (hears, hours) in [(Hears::ByPush, 3), (Hears::ByPolling, 1)] {
        run(async {
            let settled = settle(hears, &Value::Null).await;
            for (who, path, name) in [
                (MICROSOFT, "/me/calendars", "name"),
                (GOOGLE, "/calendars", "summary"),
            ] {
                settled
                    .world
                    .asked(who, "POST", path, &json!({name: "New here"}));
            }
            let is_found = |settled: &Settled| {
                let accounts = settled.engine.accounts().unwrap();
                let calendars = |account: &dayline_engine::view::AccountView| {
                    account.calendars.iter().any(|one| one.name == "New here")
                };
                accounts.iter().all(calendars)
            };
            let latest = Duration::from_hours(hours) + 6 * MINUTE;
            settled.until(is_found, MINUTE, latest).await;
        });
    }
}

#[test]
fn an_account_that_is_over_is_noticed_within_three_hours_though_nothing_changes() {
    run(async {
        let settled = settle(Hears::ByPush, &Value::Null).await;
        settled.world.admin("POST", "/tokens/revoke", &json!({}));
        settled.world.admin("POST", "/tokens/expire", &json!({}));
        let is_noticed = |settled: &Settled| {
            let accounts = settled.engine.accounts().unwrap();
            accounts.iter().all(|one| one.problem.is_some())
        };
        let latest = Duration::from_hours(3) + 6 * MINUTE;
        settled.until(is_noticed, MINUTE, latest).await;
    });
}

#[test]
fn a_renewal_that_was_asked_for_unheard_makes_one_change_late_and_no_other() {
    run(async {
        let settled = settle(Hears::ByPush, &asking()).await;
        settled.without_a_word(100 * MINUTE).await;
        let (glance, at_once) = Hears::ByPush.patience();
        let late = settled
            .until_shown(0, MINUTE, Duration::from_hours(6))
            .await;
        assert!(late > 5 * MINUTE, "{late:?}: it was told");
        tokio::time::sleep(MINUTE).await;
        // Microsoft's next one, and its next one in that calendar.
        for change in [2, 6] {
            settled.until_shown(change, glance, at_once).await;
        }
    });
}

#[test]
fn who_signs_in_anew_is_told_of_changes_again() {
    run(async {
        let settled = settle(Hears::ByPush, &asking()).await;
        let microsoft = json!({"provider": "microsoft"});
        settled.world.admin("POST", "/tokens/revoke", &microsoft);
        settled.world.admin("POST", "/tokens/expire", &microsoft);
        settled.engine.sync_soon();
        settled.without_a_word(100 * MINUTE).await;
        let signed_in = settled.world.sign_in(&settled.engine, MICROSOFT).await;
        signed_in.unwrap();
        tokio::time::sleep(20 * MINUTE).await;
        let (glance, at_once) = Hears::ByPush.patience();
        settled.until_shown(0, glance, at_once).await;
    });
}
