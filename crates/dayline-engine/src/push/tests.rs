use super::*;

const ONE: CalendarId = CalendarId(1);
const TWO: CalendarId = CalendarId(2);

#[tokio::test(start_paused = true)]
async fn a_calendar_is_synced_at_once_and_then_each_five_seconds_at_most() {
    let push = Push::default();
    assert_eq!(push.next(), None);
    push.hint([ONE]);
    assert_eq!(push.take_due(Instant::now()), [ONE]);
    let mut synced = 0;
    for _ in 0..600 {
        push.hint([ONE, ONE]);
        tokio::time::sleep(Duration::from_millis(100)).await;
        synced += push.take_due(Instant::now()).len();
    }
    assert_eq!(synced, 12, "in a minute");
}

#[tokio::test(start_paused = true)]
async fn the_last_hint_of_a_burst_is_not_lost() {
    let push = Push::default();
    push.hint([ONE, TWO]);
    assert_eq!(push.take_due(Instant::now()), [ONE, TWO]);
    push.hint([TWO]);
    assert_eq!(push.take_due(Instant::now()), []);
    let next = push.next().unwrap();
    assert_eq!(next, Instant::now() + SPACING);
    tokio::time::sleep_until(next).await;
    assert_eq!(push.take_due(Instant::now()), [TWO]);
    assert_eq!(push.next(), None);
}

#[tokio::test(start_paused = true)]
async fn a_backstop_that_finds_what_nobody_announced_is_believed_more_than_push() {
    let push = Push::default();
    let doubted = || lock(&push.state).doubted.contains(&ONE);
    let until = Instant::now() + BACKSTOP;
    push.note_synced(ONE, Synced::Otherwise, true, until);
    assert!(!doubted());
    assert!(push.note_synced(ONE, Synced::Polled, true, until));
    assert!(doubted());
    assert!(
        !push.note_synced(ONE, Synced::Polled, true, until),
        "and has its subscription renewed once"
    );
    push.note_synced(ONE, Synced::Otherwise, false, until);
    push.note_synced(ONE, Synced::Polled, false, until);
    assert!(doubted(), "until the provider does tell");
    push.told(&[ONE]);
    assert!(!doubted());
    push.hint([ONE]);
    push.note_synced(ONE, Synced::Polled, true, until);
    assert!(!doubted(), "it was announced, and found first");
}

#[test]
fn a_relay_has_an_address_that_nobody_can_read_along() {
    for (text, expected) in [
        ("https://relay.example", Some("https://relay.example")),
        (" https://relay.example/ ", Some("https://relay.example")),
        (
            "https://relay.example/dayline/",
            Some("https://relay.example/dayline"),
        ),
        ("http://127.0.0.1:8080", Some("http://127.0.0.1:8080")),
        ("http://[::1]:8080/", Some("http://[::1]:8080")),
        ("http://relay.example", None),
        ("http://127.0.0.1.example", None),
        ("wss://relay.example", None),
        ("relay.example", None),
        ("https://me:secret@relay.example", None),
        ("https://relay.example/?token=1", None),
        ("", None),
    ] {
        assert_eq!(relay_address(text).ok().as_deref(), expected, "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_relay_cannot_have_subscriptions_made_anew_without_end() {
    let push = Push::default();
    let believed = (0..1_000)
        .filter(|_| push.believes_removal(AccountId(1)))
        .count();
    assert_eq!(believed, MOST_REMOVALS);
    assert!(push.believes_removal(AccountId(2)));
    tokio::time::sleep(REMOVALS_WITHIN).await;
    assert!(push.believes_removal(AccountId(1)));
}
