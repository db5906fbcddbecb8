use super::*;

mod hostile;

#[track_caller]
fn web(link: &str, wanted: Result<&str, Refused>) {
    assert_eq!(
        check_web(link)
            .as_ref()
            .map(Url::as_str)
            .map_err(|why| *why),
        wanted,
        "{link:?}"
    );
}

#[track_caller]
fn link(link: &str, wanted: Result<&str, Refused>) {
    assert_eq!(
        check_link(link)
            .as_ref()
            .map(Url::as_str)
            .map_err(|why| *why),
        wanted,
        "{link:?}"
    );
}

#[track_caller]
fn join(link: &str, wanted: Result<(&str, Service), Refused>) {
    let given = check_join(link, Patterns::NONE);
    assert_eq!(
        given
            .as_ref()
            .map(|(url, service)| (url.as_str(), *service))
            .map_err(|why| *why),
        wanted,
        "{link:?}"
    );
}

#[test]
fn secure_web_links_pass_in_their_serialised_form() {
    web(
        "https://example.com/a?b=c#d",
        Ok("https://example.com/a?b=c#d"),
    );
    web(" HTTPS://EXAMPLE.com ", Ok("https://example.com/"));
    web(
        "https://bücher.example/ä",
        Ok("https://xn--bcher-kva.example/%C3%A4"),
    );
    web(r"https:\\example.com\a", Ok("https://example.com/a"));
    web(
        "https://example.com/$(touch x);`id`",
        Ok("https://example.com/$(touch%20x);%60id%60"),
    );
}

#[test]
fn everything_else_is_refused_by_scheme() {
    for text in [
        "http://example.com",
        "http://localhost:1234/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "ms-msdt:/id",
        "search-ms:query=x",
        "smb://host/share",
        "zoommtg://zoom.us/join",
        "msteams:/l/x",
        "mailto:a@b.example",
        "dayline://oauth/google",
        "ftp://example.com",
        "blob:https://example.com/x",
        "about:blank",
    ] {
        web(text, Err(Refused::Scheme));
    }
}

#[test]
fn text_that_is_no_link_is_unreadable() {
    for text in [
        "",
        " ",
        "example.com",
        "//example.com",
        "/etc/passwd",
        "https://",
        "https:///",
        "https://exa mple.com",
        "https://[::1",
    ] {
        web(text, Err(Refused::Unreadable));
    }
}

#[test]
fn disguises_are_refused() {
    web(
        "https://teams.microsoft.com@evil.example/",
        Err(Refused::UserInfo),
    );
    web("https://user:secret@example.com/", Err(Refused::UserInfo));
    web("https://:secret@example.com/", Err(Refused::UserInfo));
    web("-https://example.com", Err(Refused::LeadingDash));
    web("--help", Err(Refused::LeadingDash));
    web("https://-x.example.com/", Err(Refused::LeadingDash));
    for hidden in [
        "\u{202e}",
        "\u{2066}",
        "\u{200b}",
        "\u{feff}",
        "\n",
        "\t",
        "\0",
        "\u{7f}",
        "\u{85}",
        "\u{ad}",
        "\u{e0041}",
    ] {
        web(
            &format!("https://example.com/{hidden}x"),
            Err(Refused::HiddenCharacters),
        );
    }
    web(
        &format!("https://example.com/{}", "x".repeat(LONGEST_LINK)),
        Err(Refused::TooLong),
    );
}

#[test]
fn mail_and_telephone_links_pass_by_click() {
    link("https://example.com/", Ok("https://example.com/"));
    link(
        "mailto:ann@example.com?subject=Hello",
        Ok("mailto:ann@example.com?subject=Hello"),
    );
    link(
        "tel:+1-323-849-4874,,766918553#",
        Ok("tel:+1-323-849-4874,,766918553#"),
    );
    link("http://example.com/", Err(Refused::Scheme));
    link(
        "mailto:a@b.example?attach=/etc/passwd",
        Err(Refused::Extras),
    );
    link("mailto:a@b.example?Attachment=x", Err(Refused::Extras));
    link(
        "mailto:a@b.example?subject=x%0d%0aBcc:%20all@example.com",
        Err(Refused::HiddenCharacters),
    );
    link("tel:$(reboot)", Err(Refused::Extras));
    link("tel:1/2", Err(Refused::Extras));
    link("sms:123", Err(Refused::Scheme));
}

#[test]
fn only_known_meetings_are_joined() {
    let short = "https://teams.microsoft.com/meet/22792173431568?p=abc";
    join(short, Ok((short, Service::MicrosoftTeams)));
    join(
        "https://meet.google.com/abc-defg-hij",
        Ok(("https://meet.google.com/abc-defg-hij", Service::GoogleMeet)),
    );
    join("http://meet.google.com/abc-defg-hij", Err(Refused::Scheme));
    join("https://example.com/meet/1?p=x", Err(Refused::NotAMeeting));
}

#[test]
fn a_wrapped_link_is_judged_by_what_it_wraps() {
    let inner = "https://teams.microsoft.com/meet/22792173431568?p=abc";
    join(
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fteams.microsoft.com%2Fmeet%2F22792173431568%3Fp%3Dabc&data=05",
        Ok((inner, Service::MicrosoftTeams)),
    );
    join(
        "https://www.google.com/url?q=https://evil.example/meet/1?p=x",
        Err(Refused::NotAMeeting),
    );
    join(
        "https://www.google.com/url?q=file:///etc/passwd",
        Err(Refused::Scheme),
    );
    join(
        "https://www.google.com/url?q=https://a@teams.microsoft.com/meet/1?p=x",
        Err(Refused::UserInfo),
    );
}

#[test]
fn look_alikes_are_not_meetings() {
    for host in [
        "teams.microsoft.com.evil.example",
        "evilteams.microsoft.com",
        "teams-microsoft.com",
        "teams.rnicrosoft.com",
        "xteams.microsoft.com",
        "teams.microsoft.co",
        "teams.micros\u{43e}ft.com",
        "microsoft.com",
        "teams.microsoft.com.",
        "teams.microsoft.com:8443",
    ] {
        join(
            &format!("https://{host}/meet/22792173431568?p=abc"),
            Err(Refused::NotAMeeting),
        );
    }
    join(
        "https://zoom.us.evil.example/j/123456789",
        Err(Refused::NotAMeeting),
    );
    join("https://evilzoom.us/j/123456789", Err(Refused::NotAMeeting));
    join(
        "https://evil.example/https://zoom.us/j/123456789",
        Err(Refused::NotAMeeting),
    );
}

#[test]
fn every_refusal_is_said_in_words() {
    for why in [
        Refused::Unreadable,
        Refused::TooLong,
        Refused::Scheme,
        Refused::UserInfo,
        Refused::HiddenCharacters,
        Refused::LeadingDash,
        Refused::Extras,
        Refused::NotAMeeting,
    ] {
        let words = why.to_string();
        assert!(words.ends_with('.') && words.contains(' '), "{words}");
    }
}

proptest::proptest! {
    #[test]
    fn what_passes_once_passes_again_unchanged(text in "(https?://|mailto:|tel:)?[a-z@:/?#%.\\-\\\\ é]{0,40}") {
        if let Ok(url) = check_link(&text) {
            proptest::prop_assert_eq!(check_link(url.as_str()), Ok(url.clone()));
            proptest::prop_assert!(["https", "mailto", "tel"].contains(&url.scheme()));
        }
    }
}

#[test]
fn a_link_that_is_let_through_is_let_through_again() {
    let address = |letters: usize| format!("https://example.com/{}", "é".repeat(letters));
    for letters in [1, 1_000, 1_362, 1_363, 2_000, 4_000] {
        match check_link(&address(letters)) {
            Ok(url) => assert_eq!(check_link(url.as_str()).as_ref(), Ok(&url), "{letters}"),
            Err(refused) => assert_eq!(refused, Refused::TooLong, "{letters}"),
        }
    }
    assert!(check_link(&address(1_362)).is_ok());
    assert_eq!(check_link(&address(1_363)), Err(Refused::TooLong));
}

#[test]
fn hosts_hold_nothing_that_a_shell_reads() {
    for sign in [
        '"', '\'', '`', '$', '&', ';', '(', ')', '*', '!', '{', '}', '=', ',', '+', '~',
    ] {
        let link = format!("https://acme{sign}.example.com/");
        assert_eq!(check_web(&link), Err(Refused::Unreadable), "{link}");
    }
    for link in [
        "https://my_host-1.example.com/",
        "https://[::1]/",
        "https://127.0.0.1/",
        "https://bücher.example/",
    ] {
        assert!(check_web(link).is_ok(), "{link}");
    }
}
