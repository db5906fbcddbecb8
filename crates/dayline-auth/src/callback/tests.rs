use super::*;

fn read(query: &str) -> Option<Callback> {
    Callback::read(&Url::parse(&format!("dayline://oauth/google?{query}")).unwrap())
}

#[test]
fn an_answer_has_one_state_and_either_a_code_or_an_error() {
    let answers = [
        "code=c&state=s",
        "state=s&code=c&scope=openid&authuser=0&prompt=consent&hd=example.org",
        "error=access_denied&state=s",
        "error=access_denied&state=s&error_description=AADSTS65004",
    ];
    let others = [
        "",
        "code=c",
        "state=s",
        "error=e",
        "code=&state=s",
        "code=c&error=e&state=s",
        "code=c&state=s&state=s",
        "code=c&code=c&state=s",
        "code=c&state=s&iss=a&iss=a",
        "Code=c&State=s",
        "code=c#state=s",
    ];
    for query in answers {
        assert!(read(query).is_some(), "{query}");
    }
    for query in others {
        assert!(read(query).is_none(), "{query}");
    }
}

#[test]
fn an_endless_answer_is_no_answer() {
    let query = |length| format!("state=s&code={}", "c".repeat(length));
    assert!(read(&query(4096)).is_some());
    assert!(read(&query(MAX_LENGTH)).is_none());
}

#[test]
fn numbers_are_found_wherever_they_stand() {
    let cases: [(&str, &[u32]); 6] = [
        ("", &[]),
        ("AADSTS65004: User declined", &[65004]),
        ("AADSTS50020 é AADSTS900\r\n", &[50020, 900]),
        ("AADSTS", &[]),
        ("AADSTS99999999999999", &[]),
        ("AADSTS1AADSTS2AADSTS3AADSTS4AADSTS5", &[1, 2, 3, 4]),
    ];
    for (text, expected) in cases {
        assert_eq!(aadsts_numbers(text), expected, "{text}");
    }
}

#[test]
fn a_code_does_not_show_in_debug_output() {
    let shown = format!("{:?}", read("code=canary&state=canary").unwrap());
    assert!(!shown.contains("canary"), "{shown}");
}
