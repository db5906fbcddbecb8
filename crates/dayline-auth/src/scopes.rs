//! What Dayline asks for, and whether it was granted.
//!
//! Only reading is asked for: Dayline does not write yet. When it does, the scopes grow and the
//! user is asked once more.

use dayline_model::ProviderKind;

use crate::issuer::Issuer;

use crate::{google, microsoft};

/// The scopes that a sign-in asks for, in the provider's words. With `shared` the calendars in the
/// mailboxes of colleagues as well, which only Microsoft has, and only for work accounts.
pub(crate) fn wanted_scopes(issuer: Issuer, shared: bool) -> Vec<String> {
    match issuer.provider {
        ProviderKind::Microsoft => microsoft::SCOPES
            .iter()
            .chain(shared.then_some(&microsoft::SHARED_SCOPE))
            .map(|scope| microsoft::in_full(issuer.cloud, scope))
            .collect(),
        ProviderKind::Google => google::SCOPES
            .iter()
            .map(|scope| (*scope).to_owned())
            .collect(),
    }
}

/// Whether what was granted, space-separated, opens the mailboxes of colleagues.
pub fn opens_shared_mailboxes(granted: &str) -> bool {
    granted.split_whitespace().any(|scope| {
        microsoft::scope_covers(scope, microsoft::SHARED_SCOPE)
            || microsoft::scope_covers(scope, "Calendars.ReadWrite.Shared")
    })
}

/// What is missing in `granted` for Dayline to work; empty if nothing.
///
/// Providers leave `openid` and its kin out of their answer or rename them, so only those are
/// compared that open a calendar.
pub(crate) fn missing_scopes(provider: ProviderKind, granted: &[String]) -> Vec<String> {
    let (required, is_granted): (_, fn(&str, &str) -> bool) = match provider {
        ProviderKind::Microsoft => (microsoft::REQUIRED_SCOPES, microsoft::scope_covers),
        ProviderKind::Google => (google::REQUIRED_SCOPES, google::scope_covers),
    };
    required
        .iter()
        .filter(|wanted| !granted.iter().any(|granted| is_granted(granted, wanted)))
        .map(|wanted| (*wanted).to_owned())
        .collect()
}

/// What scopes open, as people would say it: "your events and the list of your calendars".
pub(crate) fn in_words(scopes: &[String]) -> String {
    let mut words: Vec<&str> = scopes.iter().map(|scope| opens(scope)).collect();
    words.dedup();
    match words.as_slice() {
        [] => "your calendars".to_owned(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn opens(scope: &str) -> &'static str {
    match scope.rsplit('/').next().unwrap_or(scope) {
        "calendar.events.readonly" => "your events",
        "calendar.calendarlist.readonly" => "the list of your calendars",
        "User.Read" => "who you are",
        "MailboxSettings.Read" => "the colours of your categories",
        "offline_access" => "anything after the first hour",
        "Calendars.Read.Shared" => "the calendars of your colleagues",
        _ => "your calendars",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(provider: ProviderKind, granted: &str, expected: &[&str]) {
        let granted: Vec<String> = granted.split_whitespace().map(str::to_owned).collect();
        assert_eq!(missing_scopes(provider, &granted), expected, "{granted:?}");
    }

    #[test]
    fn microsoft_may_shorten_lengthen_and_reorder_what_it_granted() {
        let check =
            |granted: &str, expected: &[&str]| check(ProviderKind::Microsoft, granted, expected);
        check("User.Read Calendars.Read MailboxSettings.Read", &[]);
        check(
            "mailboxsettings.read CALENDARS.READ user.read profile openid email",
            &[],
        );
        check(
            "https://graph.microsoft.com/User.Read https://graph.microsoft.com/Calendars.Read https://graph.microsoft.com/MailboxSettings.Read",
            &[],
        );
        check(
            "User.Read Calendars.ReadWrite MailboxSettings.ReadWrite",
            &[],
        );
        check(
            "User.Read Calendars.ReadBasic",
            &["Calendars.Read", "MailboxSettings.Read"],
        );
        check(
            "Calendars.Read.Shared User.Read MailboxSettings.Read",
            &["Calendars.Read"],
        );
        check("", microsoft::REQUIRED_SCOPES);
    }

    #[test]
    fn a_box_unticked_at_google_is_noticed() {
        let check =
            |granted: &str, expected: &[&str]| check(ProviderKind::Google, granted, expected);
        let [events, list] = google::REQUIRED_SCOPES else {
            panic!("two scopes")
        };
        check(
            &format!("openid https://www.googleapis.com/auth/userinfo.email {events} {list}"),
            &[],
        );
        check(&format!("{list} {events}"), &[]);
        check(&format!("openid {events}"), &[list]);
        check("openid email", &[events, list]);
        // Labels are no reason to refuse somebody.
        let labels = "https://www.googleapis.com/auth/calendar.calendars.readonly";
        assert!(wanted_scopes(Issuer::GOOGLE, false).contains(&labels.to_owned()));
        check(&format!("{list} {events} {labels}"), &[]);
        check(labels, &[events, list]);
        // The word alone, without its address, is some other scope.
        check(
            "calendar.events.readonly calendar.calendarlist.readonly",
            &[events, list],
        );
    }
}
