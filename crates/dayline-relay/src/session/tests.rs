use super::*;

const HELLO: &str = r#"{"type":"hello","version":1}"#;

fn identified() -> Identified {
    match Unidentified::default().take(Message::Text(HELLO), 0) {
        Ok(Step::Welcome(identified, _)) => identified,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_first_frame_is_hello_in_this_version() {
    for (message, welcome) in [
        (Message::Text(HELLO), true),
        (
            Message::Text(r#"{"type":"hello","version":1,"last":{"epoch":"e","sequence":3}}"#),
            true,
        ),
        (Message::Text(r#"{"type":"hello","version":2}"#), false),
        (Message::Text(r#"{"type":"hello"}"#), false),
        (Message::Text("{}"), false),
        (Message::Text(""), false),
        (Message::Other, false),
    ] {
        let step = Unidentified::default().take(message, 0);
        assert_eq!(
            matches!(step, Ok(Step::Welcome(..))),
            welcome,
            "{message:?}"
        );
        assert_eq!(step.is_err(), !welcome, "{message:?}");
    }
    let waits = Unidentified::default().take(Message::SignOfLife, 0);
    assert!(matches!(waits, Ok(Step::Wait(_))));
}

#[test]
fn a_device_says_hello_once_and_lives() {
    let mut device = identified();
    assert_eq!(device.take(Message::SignOfLife, 1), Ok(()));
    assert_eq!(device.take(Message::Text(HELLO), 2), Err(Reason::Protocol));
    assert_eq!(identified().take(Message::Other, 2), Err(Reason::Protocol));
}

#[test]
fn who_talks_without_end_is_hung_up_on() {
    let mut device = identified();
    let said = (0..1_000)
        .take_while(|ms| device.take(Message::SignOfLife, *ms).is_ok())
        .count();
    assert!(said < 25, "{said}");
    let mut device = identified();
    for minute in 0..10_000 {
        assert_eq!(device.take(Message::SignOfLife, minute * 30_000), Ok(()));
    }
}
