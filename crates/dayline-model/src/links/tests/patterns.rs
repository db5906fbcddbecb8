//! Services that the user tells of.

use super::*;

fn pattern(expression: &str) -> Pattern {
    Pattern::new("Our Jitsi", expression).unwrap_or_else(|why| panic!("{expression}: {why}"))
}

fn patterns(expressions: &[&str]) -> Patterns {
    Patterns::new(expressions.iter().map(|text| pattern(text)).collect()).unwrap()
}

#[test]
fn a_pattern_holds_its_links_and_no_others() {
    for (expression, holds, not) in [
        (
            r"https://meet\.example\.org/[a-z-]+",
            &["https://meet.example.org/our-room"][..],
            &[
                "https://meet.example.org/",
                "https://meet.example.org/our-room/settings",
                "https://meet.example.org/our-room?x=1",
                "https://meet.example.org/Our",
                "https://meetXexample.org/our-room",
                "https://meet.example.org.evil.example/our-room",
                "https://x.meet.example.org/our-room",
                "https://meet.example.org:8443/our-room",
                "https://meet.example.org./our-room",
                "https://user@meet.example.org/our-room",
                "https://evil.example/meet.example.org/our-room",
                "http://meet.example.org/our-room",
            ][..],
        ),
        (
            "HTTPS://Cloud.Example.org/(index\\.php/)?call/[a-z0-9]+",
            &[
                "https://cloud.example.org/call/ab12",
                "https://cloud.example.org/index.php/call/ab12",
            ],
            &[
                "https://cloud.example.org/apps/files",
                "https://cloud.example.org/indexXphp/call/ab12",
            ],
        ),
        (
            "https://*.example.org/b/.+",
            &[
                "https://bbb.example.org/b/ann-abc",
                "https://a.b.example.org/b/ann",
            ],
            &[
                "https://example.org/b/ann",
                "https://evilexample.org/b/ann",
                "https://bbb.example.org/c/ann",
            ],
        ),
        (
            r"https://vc.example.org/join\?room=\d+",
            &["https://vc.example.org/join?room=12"],
            &[
                "https://vc.example.org/join?room=12&x",
                "https://vc.example.org/join",
            ],
        ),
        (
            "https://vc.example.org/#/room/[a-z]+",
            &["https://vc.example.org/#/room/ours"],
            &[
                "https://vc.example.org/#/room/",
                "https://vc.example.org/room/ours",
            ],
        ),
        // Alternatives, anchors and comments stay within their bounds.
        (
            "https://vc.example.org/a|b",
            &["https://vc.example.org/a", "https://vc.example.org/b"],
            &["https://vc.example.org/ab", "https://vc.example.org/xb"],
        ),
        (
            "https://vc.example.org/^a$",
            &["https://vc.example.org/a"],
            &["https://vc.example.org/ab"],
        ),
        (
            "https://vc.example.org/(?x) a+ # comment",
            &["https://vc.example.org/aa"],
            &["https://vc.example.org/ab"],
        ),
        (
            "https://vc.example.org/.*",
            &["https://vc.example.org/x"],
            &[
                "https://vc.example.org/",
                "https://vc.example.org",
                "https://vc.example.org//",
            ],
        ),
    ] {
        let patterns = patterns(&[expression]);
        for link in holds {
            let found = candidates(&with_text(link), &patterns);
            assert_eq!(found.len(), 1, "{expression} {link}");
            assert_eq!(found[0].service, Service::Custom);
            assert_eq!(found[0].label.as_deref(), Some("Our Jitsi"));
            assert_eq!(found[0].url, *link);
            assert_eq!(
                gate::check_join(link, &patterns).map(|(_, service)| service),
                Ok(Service::Custom)
            );
            assert!(gate::check_join(link, Patterns::NONE).is_err());
            assert_eq!(
                candidates(&with_text(&safelink(link)), &patterns)[0].url,
                *link
            );
        }
        for link in not {
            assert_eq!(
                candidates(&with_text(link), &patterns),
                [],
                "{expression} {link}"
            );
            assert!(
                gate::check_join(link, &patterns).is_err(),
                "{expression} {link}"
            );
        }
    }
}

#[test]
fn what_is_no_pattern_is_refused_in_words() {
    for (expression, why) in [
        ("", PatternError::NotHttps),
        ("http://meet.example.org/x", PatternError::NotHttps),
        ("meet.example.org/x", PatternError::NotHttps),
        ("^https://meet.example.org/x", PatternError::NotHttps),
        ("(https|http)://meet.example.org/x", PatternError::NotHttps),
        ("https?://meet.example.org/x", PatternError::NotHttps),
        (".*", PatternError::NotHttps),
        ("https://", PatternError::Host),
        ("https:///x", PatternError::Host),
        ("https://.*/x", PatternError::Host),
        ("https://[a-z]+.example.org/x", PatternError::Host),
        (
            "https://meet.example.org|evil.example/x",
            PatternError::Host,
        ),
        ("https://(meet|vc).example.org/x", PatternError::Host),
        ("https://meet.example.org:8443/x", PatternError::Host),
        ("https://user@meet.example.org/x", PatternError::Host),
        ("https://127.0.0.1/x", PatternError::Host),
        ("https://0x7f.1/x", PatternError::Host),
        ("https://[::1]/x", PatternError::Host),
        ("https://localhost/x", PatternError::Host),
        ("https://-x.example.org/x", PatternError::Host),
        ("https://meet..example.org/x", PatternError::Host),
        ("https://meet.example.org./x", PatternError::Host),
        ("https://meet.*.org/x", PatternError::Host),
        ("https://**.example.org/x", PatternError::Host),
        ("https://*.*.org/x", PatternError::Host),
        ("https://*/x", PatternError::Host),
        ("https://meet\\dexample.org/x", PatternError::Host),
        ("https://meet%2eexample.org/x", PatternError::Host),
        ("https://meet example.org/x", PatternError::Host),
        ("https://*.com/x", PatternError::TooWide),
        ("https://*.co.uk/x", PatternError::TooWide),
        ("https://*.com.au/x", PatternError::TooWide),
        ("https://*.github.io/x", PatternError::TooWide),
        ("https://*.azurewebsites.net/x", PatternError::TooWide),
        ("https://meet.example.org", PatternError::Empty),
        ("https://meet.example.org/", PatternError::Empty),
        ("https://meet.example.org/()", PatternError::Empty),
        ("https://meet.example.org/^$", PatternError::Empty),
        ("https://meet.example.org/a{0}", PatternError::Empty),
        ("https://meet.example.org/[^\\s\\S]", PatternError::Empty),
        ("https://meet.example.org/(", PatternError::Unreadable),
        ("https://meet.example.org/a)|(b", PatternError::Unreadable),
        ("https://meet.example.org/[z-a]", PatternError::Unreadable),
        ("https://meet.example.org/(?=x)", PatternError::Unreadable),
        ("https://meet.example.org/(a)\\1", PatternError::Unreadable),
        ("https://meet.example.org/*", PatternError::Unreadable),
        (
            "https://meet.example.org/((a{1000}){1000}){1000}",
            PatternError::TooLarge,
        ),
    ] {
        let given = Pattern::new("x", expression).map(|pattern| pattern.expression().to_owned());
        assert_eq!(given, Err(why), "{expression}");
    }
    let deep = format!(
        "https://meet.example.org/{}a{}",
        "(".repeat(100),
        ")".repeat(100)
    );
    assert_eq!(Pattern::new("x", &deep), Err(PatternError::Unreadable));
    let long = format!(
        "https://meet.example.org/{}",
        "a".repeat(LONGEST_EXPRESSION)
    );
    assert_eq!(Pattern::new("x", &long), Err(PatternError::TooLarge));
    let sound = "https://meet.example.org/x";
    assert_eq!(Pattern::new("  ", sound), Err(PatternError::Nameless));
    assert_eq!(
        Pattern::new(&"x".repeat(61), sound),
        Err(PatternError::Name)
    );
    assert_eq!(Pattern::new("a\nb", sound), Err(PatternError::Name));
    assert_eq!(Pattern::new("a\u{202e}b", sound), Err(PatternError::Name));
    assert_eq!(
        Patterns::new(vec![pattern(sound); MOST_PATTERNS + 1]),
        Err(PatternError::TooMany)
    );
    let mut full = Patterns::new(vec![pattern(sound); MOST_PATTERNS]).unwrap();
    assert_eq!(full.push(pattern(sound)), Err(PatternError::TooMany));
    for why in [
        PatternError::Nameless,
        PatternError::Name,
        PatternError::NotHttps,
        PatternError::Host,
        PatternError::TooWide,
        PatternError::Empty,
        PatternError::TooLarge,
        PatternError::Unreadable,
        PatternError::TooMany,
    ] {
        let words = why.to_string();
        assert!(
            words.len() > 15 && words.ends_with('.') && words.contains(' '),
            "{words}"
        );
    }
}

#[test]
fn what_is_known_keeps_its_service_and_wrappings_come_off_first() {
    let wide = patterns(&[
        "https://zoom.us/.*",
        "https://www.google.com/.*",
        "https://dialin.teams.microsoft.com/.*",
    ]);
    let found = candidates(
        &with_text("https://zoom.us/j/81234567890 https://zoom.us/test"),
        &wide,
    );
    assert_eq!(
        found.iter().map(|link| link.service).collect::<Vec<_>>(),
        [Service::Zoom, Service::Custom]
    );
    for link in [
        "https://www.google.com/url?q=https://evil.example/x",
        "https://www.google.com/url?q=http://zoom.us/j/81234567890",
    ] {
        assert_eq!(candidates(&with_text(link), &wide), [], "{link}");
    }
    let named = Patterns::new(vec![
        Pattern::new("first", "https://vc.example.org/a.*").unwrap(),
        Pattern::new("second", "https://vc.example.org/.+").unwrap(),
    ])
    .unwrap();
    let labels: Vec<_> = candidates(
        &with_text(
            "https://vc.example.org/b?p=1 https://vc.example.org/b?p=2 https://vc.example.org/ab",
        ),
        &named,
    )
    .into_iter()
    .filter_map(|link| link.label)
    .collect();
    // Links with a parameter that is a passcode elsewhere go first.
    assert_eq!(labels, ["second", "second", "first"]);
}

#[test]
fn slow_expressions_are_as_quick_as_others() {
    let slow = patterns(&[
        "https://vc.example.org/(a+)+b",
        "https://vc.example.org/(a|a)*c",
        "https://vc.example.org/(.*)*d",
    ]);
    let link = format!("https://vc.example.org/{}", "a".repeat(8_000));
    let text = format!("{link} ").repeat(60);
    let begun = std::time::Instant::now();
    assert_eq!(candidates(&with_text(&text), &slow), []);
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}

proptest::proptest! {
    #[test]
    fn no_pattern_lets_another_host_through(
        rest in "[a-z.*+?|()\\[\\]^$\\\\/]{1,20}",
        host in "(x\\.|evil|)(meet\\.example\\.org|example\\.org|meetXexample\\.org)(\\.evil\\.example|)",
        path in "[a-z/?]{0,12}",
    ) {
        if let Ok(pattern) = Pattern::new("x", &format!("https://meet.example.org/{rest}")) {
            let patterns = Patterns::new(vec![pattern]).unwrap();
            if gate::check_join(&format!("https://{host}/{path}"), &patterns).is_ok() {
                proptest::prop_assert_eq!(host, "meet.example.org");
            }
        }
    }

    #[test]
    fn any_expression_is_judged(name in "\\PC{0,70}", expression in "(https://)?(\\*\\.)?\\PC{0,80}") {
        let _ = Pattern::new(&name, &expression);
    }
}
