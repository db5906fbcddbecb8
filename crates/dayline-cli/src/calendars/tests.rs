//! How a calendar reads.

use super::*;

fn calendar(role: &str, can_edit: bool, owner: Option<&str>, email: Option<&str>) -> CalendarView {
    CalendarView {
        id: "4".to_owned(),
        account_id: "1".to_owned(),
        name: "Team".to_owned(),
        color: "#0099bc".to_owned(),
        is_primary: false,
        is_connected: true,
        is_visible: true,
        can_edit,
        owner: owner.map(str::to_owned),
        delegate_email: email.map(str::to_owned),
        access_role: role.to_owned(),
        can_push: true,
        last_synced_at: None,
        problem: None,
    }
}

#[test]
fn rights_are_told_in_the_same_words_whatever_the_provider_calls_them() {
    let other = Some("bo@example.com");
    for (role, can_edit, email, expected) in [
        ("owner", true, None, "owner"),
        ("", true, None, "owner"),
        ("owner", true, other, "owner"),
        ("writer", true, other, "can edit"),
        ("write", true, other, "can edit"),
        ("delegateWithPrivateEventAccess", true, other, "can edit"),
        ("reader", false, other, "read only"),
        ("read", false, other, "read only"),
        ("freeBusyReader", false, other, "free/busy only"),
        ("freeBusyRead", false, other, "free/busy only"),
        ("limitedRead", false, other, "free/busy only"),
    ] {
        let calendar = calendar(role, can_edit, None, email);
        assert_eq!(rights(&calendar), expected, "{role}");
    }
}

#[test]
fn a_line_names_the_owner_and_what_comes_next() {
    let mut calendar = calendar("write", true, Some("Bo Quill"), Some("bo@example.com"));
    calendar.can_push = false;
    let counted = Counted {
        rights: rights(&calendar),
        listed: Listed {
            account: "ada@example.com".to_owned(),
            calendar,
        },
        events: 12,
        teams_meetings: 3,
        next_event: Some(NextEvent {
            title: "Review".to_owned(),
            start: "2026-11-21T09:00:00Z".to_owned(),
        }),
    };
    assert_eq!(
        line(&counted),
        "  4  ada@example.com  Team  synced, can edit, no push, of Bo Quill <bo@example.com>; 12 events, 3 Teams; next 2026-11-21 09:00 Review\n"
    );
}
