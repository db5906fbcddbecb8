//! Links that somebody made to look like a meeting's.

use super::*;
use crate::links::{TextKind, read_text};

/// Hosts that are not the one they look like, each with a path that would join there.
#[rustfmt::skip]
const HOSTS: &[&str] = &[
    // A known host in front, behind, or in the middle of another.
    "teams.microsoft.com.evil.example", "teams.microsoft.com-evil.example", "evil-teams.microsoft.com",
    "evilteams.microsoft.com", "xteams.microsoft.com", "teams.microsoft.com.teams.evil.example",
    "teams-microsoft.com", "teams.microsoft-com.example", "teamsmicrosoft.com", "microsoft.com", "www.teams.microsoft.com",
    "login.teams.microsoft.com", "teams.microsoft.co", "teams.microsoft.cm", "teams.microsoft.om", "teams.microsoft.comm",
    "teams.microsoft.net", "teams.microsoft.org", "teams.rnicrosoft.com", "teams.mlcrosoft.com", "teams.micr0soft.com",
    "teams.microsofl.com", "tearns.microsoft.com", "teams.microsoft.com.", "teams.microsoft.com..", "teams.microsoft..com",
    ".teams.microsoft.com", "teams.microsoft.com:8443", "teams.microsoft.com:80", "teams.microsoft.com:0", "teams.live.com.evil.example",
    "teams.live.co", "teams.cloud.microsoft.evil.example", "cloud.microsoft", "teams.cloud.rnicrosoft", "gov.teams.microsoft.us.evil.example",
    "evil.teams.microsoft.us", "zoom.us.evil.example", "evilzoom.us", "zoom.us-evil.example", "zo0m.us", "zoorn.us", "zoom.uk",
    "zoom-us.example", "zoom.us.", "acme-zoom.us", "meet.google.com.evil.example", "evilmeet.google.com", "google.com",
    "meet-google.com", "meet.goog1e.com", "meet.google.co", "webex.com.evil.example", "evilwebex.com", "jit.si", "meet.jit.si.evil.example",
    // Other scripts, and what looks like ASCII.
    "teams.micros\u{43e}ft.com", "te\u{430}ms.microsoft.com", "teams.\u{3bc}icrosoft.com", "teams.mi\u{441}rosoft.com",
    "teams.microsoft.c\u{43e}m", "z\u{43e}\u{43e}m.us", "zoom.u\u{455}", "meet.googl\u{435}.com", "meet.g\u{3bf}ogle.com", "teams.xn--micrsoft-93g.com",
    "xn--zm-flca.us", "xn--teams-microsoft.com", "teams.microsoft.xn--cm-fma", "te\u{e0}ms.microsoft.com", "teams.m\u{131}crosoft.com",
    "teams.micro\u{df}oft.com", "\u{ff54}eams.microsoft.com", "teams\u{ff0e}microsoft.com", "teams\u{3002}microsoft.com", "teams\u{ff61}microsoft.com",
    "\u{24e3}eams.microsoft.com", "\u{1d42d}eams.microsoft.com", "zoom\u{3002}us", "\u{ff5a}oom.us", "te\u{ad}ams.microsoft.com",
    "teams.micro\u{200b}soft.com", "teams.micro\u{200d}soft.com", "teams.micro\u{2060}soft.com", "teams.micro\u{feff}soft.com",
    "\u{202e}moc.tfosorcim.smaet", "teams.microsoft.com\u{202e}", "teams.microsoft.com\u{2066}", "teams.microsoft.com\u{200f}",
    "teams.microsoft.com\u{3164}", "teams.microsoft.com\u{115f}", "teams.micro\u{34f}soft.com", "teams.microsoft.com\u{e0041}",
    // Encodings and signs that programs read differently.
    "teams%2Emicrosoft.com", "%74eams.microsoft.com", "teams.microsoft.com%00.evil.example", "teams.microsoft.com%2Eevil.example",
    "teams.microsoft.com%40evil.example", "teams.microsoft.com%2f@evil.example", "teams.microsoft.com%23.evil.example", "teams.microsoft.com%09",
    "teams.microsoft.com\\", "teams.microsoft.com\\.evil.example", "teams.microsoft.com\\@evil.example", "evil.example\\@teams.microsoft.com",
    "evil.example\\.teams.microsoft.com", "teams.microsoft.com\t", "teams\t.microsoft.com", "teams.microsoft.com\n", "te\nams.microsoft.com",
    "te\rams.microsoft.com", "teams.microsoft.com\0", "teams.microsoft.com ", " teams.microsoft.com", "teams.microsoft .com",
    "teams.microsoft.com@evil.example", "teams.microsoft.com:x@evil.example", "teams.microsoft.com:443@evil.example", "@teams.microsoft.com",
    ":@teams.microsoft.com", "user@teams.microsoft.com", "user:secret@teams.microsoft.com", "evil.example@teams.microsoft.com",
    "evil.example:443@teams.microsoft.com", "evil.example%40teams.microsoft.com", "evil.example;teams.microsoft.com", "evil.example,teams.microsoft.com",
    "evil.example?teams.microsoft.com", "evil.example#teams.microsoft.com", "evil.example#@teams.microsoft.com", "evil.example?@teams.microsoft.com",
    "evil.example/teams.microsoft.com", "evil.example/@teams.microsoft.com", "evil.example//teams.microsoft.com", "evil.example/https://teams.microsoft.com",
    "evil.example/.teams.microsoft.com", "evil.example/?x=https://teams.microsoft.com", "evil.example&teams.microsoft.com", "evil.example=teams.microsoft.com",
    "[teams.microsoft.com]", "(teams.microsoft.com)", "<teams.microsoft.com>", "\"teams.microsoft.com\"", "teams.microsoft.com'", "`teams.microsoft.com`",
    "$(teams.microsoft.com)", "{teams.microsoft.com}", "teams.microsoft.com|evil.example", "teams.microsoft.com^evil.example", "*.microsoft.com",
    "teams.*.com", "teams_microsoft.com", "-teams.microsoft.com", "--teams.microsoft.com", "-.teams.microsoft.com", "-x.zoom.us", "x.-y.zoom.us",
    // Addresses and names of one's own network.
    "127.0.0.1", "127.1", "0x7f.1", "2130706433", "017700000001", "0", "10.0.0.1", "192.168.0.1", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]",
    "[fe80::1]", "[fe80::1%25eth0]", "localhost", "teams", "zoom", "router.local", "metadata.google.internal", "13.107.64.2", "52.202.62.1",
    "", ".", "..", "/", "//", "?", "#", "@", ":", "\\", "\\\\", "[", "]",
];

/// Whole links.
#[rustfmt::skip]
const LINKS: &[&str] = &[
    // Other schemes.
    "http://teams.microsoft.com/meet/1?p=x", "HTTP://zoom.us/j/81234567890", "httpss://zoom.us/j/81234567890", "https+x://zoom.us/j/81234567890",
    "ws://zoom.us/j/81234567890", "wss://zoom.us/j/81234567890", "ftp://zoom.us/j/81234567890", "ftps://zoom.us/j/81234567890",
    "file://zoom.us/j/81234567890", "file:///j/81234567890", "smb://zoom.us/j/81234567890", "ssh://zoom.us/j/81234567890",
    "javascript:alert(1)", "javascript://zoom.us/j/81234567890%0Aalert(1)", "JaVaScRiPt:alert(1)", "vbscript:x", "livescript:x",
    "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD4=", "data://zoom.us/j/81234567890", "blob:https://zoom.us/j/81234567890",
    "about:blank", "view-source:https-zoom.us/j/81234567890", "chrome://settings", "edge://settings", "resource://x", "jar:https-x!/", "intent://zoom.us/#Intent;end",
    "ms-settings:", "ms-word:ofe|u|http://evil.example/x.docx", "ms-excel:ofv|u|http://evil.example", "ms-powerpoint:x", "ms-msdt:/id PCWDiagnostic",
    "ms-officecmd:{}", "ms-search:x", "search-ms:query=x&crumb=location:\\\\evil.example\\x", "ms-appinstaller:?source=http://evil.example", "ms-cxh:x",
    "ms-gamingoverlay:", "microsoft-edge:http://evil.example", "shell:startup", "steam://run/1", "vscode://file/etc/passwd", "ldap://evil.example",
    "gopher://evil.example", "telnet://evil.example", "rdp://evil.example", "vnc://evil.example", "ssh://-oProxyCommand=x", "git://evil.example",
    "itms-services://?action=download-manifest", "callto:ann", "sip:ann@example.com", "sips:ann@example.com", "conf:sip:ann@example.com", "skype:ann?call",
    "zoommtg://zoom.us/join?confno=81234567890", "zoomus://zoom.us/join?confno=81234567890", "zoomphonecall://+1", "msteams:/l/meetup-join/19:x@y",
    "msteams://teams.microsoft.com/l/meetup-join/19:x@y", "im:ann", "lync15:x", "conf:x", "wbx://acme.webex.com", "webex://meet", "facetime:ann@example.com",
    "tel:+1", "mailto:ann@example.com", "sms:+1", "geo:1,2", "magnet:?x", "dayline://join", "x-apple.systempreferences:", "help:x", "man:ls", "apt:x",
    // What programs take for something else.
    "-https://zoom.us/j/81234567890", "--help", "-", "--", "-o x", "/etc/passwd", "\\\\evil.example\\share", "//zoom.us/j/81234567890", "zoom.us/j/81234567890",
    "https:zoom.us/j/81234567890", "https:/zoom.us/j/81234567890", "https:///zoom.us/j/81234567890", "https:////zoom.us/j/81234567890",
    "https:\\\\zoom.us\\j\\81234567890", "https:/\\zoom.us/j/81234567890", "https://\\zoom.us/j/81234567890", "https://zoom.us\\j\\81234567890",
    "https://zoom.us/j\\81234567890", "https//zoom.us/j/81234567890", "https ://zoom.us/j/81234567890", "h\ttps://zoom.us/j/81234567890",
    "https://zoom.us/j/812345\t67890", "https://zoom.us/j/81234567890\n", "https://zoom.us/j/81234567890\r\nHost: evil.example", "https://zoom.us/j/81234567890\0",
    "https://zoom.us/j/81234567890\u{202e}", "https://zoom.us/j/81234567890\u{200b}", "https://zoom.us/j/\u{2066}81234567890\u{2069}", "\u{feff}https://zoom.us/j/81234567890",
    "\u{1}https://zoom.us/j/81234567890", "https://zoom.us/j/81234567890\u{7f}", "https://zoom.us/j/81234567890\u{85}", "https://zoom.us/j/81234567890\u{2028}x",
    // Paths that are not what they seem.
    "https://zoom.us/j/../pricing", "https://zoom.us/j/81234567890/../../download", "https://zoom.us/j/%2e%2e/download", "https://zoom.us/%6a/x",
    "https://zoom.us/j/81234567890/evil", "https://zoom.us/j/8123456789O", "https://zoom.us/j/-1", "https://zoom.us/j/+81234567890", "https://zoom.us/j/8 1",
    "https://zoom.us/j/1234567890123456789012345", "https://zoom.us/signin?next=/j/81234567890", "https://zoom.us/?x=/j/81234567890", "https://zoom.us/#/j/81234567890",
    "https://zoom.us;/j/81234567890", "https://zoom.us?/j/81234567890", "https://zoom.us#/j/81234567890", "https://teams.microsoft.com/?u=/l/meetup-join/19:x@y",
    "https://teams.microsoft.com/#/l/chat/x", "https://teams.microsoft.com/x/l/meetup-join/19:x@y", "https://teams.microsoft.com/meet/1/?q=p=x",
    "https://teams.microsoft.com/meet/\u{661}\u{662}\u{663}?p=x", "https://meet.google.com/abc-defg-hij/../new", "https://meet.google.com/\u{430}bc-defg-hij",
    "https://meet.google.com/abc_defg_hij", "https://meet.google.com/?x=abc-defg-hij", "https://acme.webex.com/?MTID=x", "https://evil.example/acme/j.php?MTID=x",
    // Wrappings that lead away.
    "https://www.google.com/url?q=https://evil.example/j/81234567890", "https://www.google.com/url?q=//zoom.us/j/81234567890", "https://www.google.com/url?q=zoom.us/j/81234567890",
    "https://www.google.com/url?q=javascript:alert(1)", "https://www.google.com/url?q=https://zoom.us@evil.example/j/81234567890", "https://www.google.com/url",
    "https://www.google.com/url?q=https://www.google.com/url?q=https://evil.example/j/81234567890", "https://www.google.com/amp/s/zoom.us/j/81234567890",
    "https://www.google.com/url?q=https:%5C%5Czoom.us/j/81234567890", "https://www.google.com/url?q=https://zoom.us%0a/j/81234567890", "https://www.google.com/url?q=%09https://zoom.us/j/81234567890",
    "https://nam01.safelinks.protection.outlook.com/?url=file:///etc/passwd", "https://nam01.safelinks.protection.outlook.com/?url=data:text/html,x",
    "https://nam01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fnam02.safelinks.protection.outlook.com%2F%3Furl%3Dhttps%253A%252F%252Fevil.example%252Fmeet%252F1%253Fp%253Dx",
    "https://nam01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Fevil.example", "https://nam01.safelinks.protection.outlook.com/?u=https://zoom.us/j/81234567890",
    "https://nam01.safelinks.protection.outlook.com:8443/?url=http://zoom.us/j/81234567890", "https://urldefense.com/v3/__javascript:alert(1)__;!!a!b$",
    "https://urldefense.com/v3/__https://evil.example/j/81234567890__;!!a!b$", "https://urldefense.com/v3/__https://zoom*us/j/81234567890__;Lw!!a!b$", "https://urldefense.com/v3/__*__;aHR0cHM6Ly9ldmlsLmV4YW1wbGU!!a$",
    "https://urldefense.proofpoint.com/v2/url?u=http-3A__zoom.us_j_81234567890", "https://urldefense.proofpoint.com/v2/url?u=https-3A__evil.example_j_81234567890",
    "https://visit.teams.microsoft.com/?JoinWebUrl=https://evil.example/l/meetup-join/19:x@y", "https://visit.teams.microsoft.com/?JoinWebUrl=/l/meetup-join/19:x@y",
    "https://secure-web.cisco.com/1/https%3A%2F%2Fevil.example%2Fj%2F1", "https://slack-redir.net/link?url=msteams:/l/meetup-join/19:x@y", "https://url.avanan.click/v2/___https://evil.example/j/1___.x",
    "https://us.protection.sophos.com/?u=aHR0cHM6Ly9ldmlsLmV4YW1wbGUv", "https://us.protection.sophos.com/?u=!!!", "https://x.awstrack.me/L0/https:%2F%2Fevil.example%2Fj%2F1/1/x",
];

fn all() -> Vec<String> {
    let mut links: Vec<String> = LINKS.iter().map(|link| (*link).to_owned()).collect();
    for host in HOSTS {
        for path in [
            "meet/22792173431568?p=abc",
            "l/meetup-join/19:meeting_x@thread.v2/0",
            "j/81234567890",
            "abc-defg-hij",
        ] {
            links.push(format!("https://{host}/{path}"));
        }
    }
    links
}

#[test]
fn none_of_hundreds_of_hostile_links_is_a_meeting() {
    let links = all();
    assert!(
        HOSTS.len() + LINKS.len() > 300,
        "{}",
        HOSTS.len() + LINKS.len()
    );
    for link in &links {
        assert!(check_join(link, Patterns::NONE).is_err(), "{link:?}");
    }
}

#[test]
fn no_hostile_link_gets_a_join_from_a_page() {
    for link in &all() {
        let escaped = link
            .replace('&', "&amp;")
            .replace('"', "&quot;")
            .replace('<', "&lt;");
        // A parser of HTML takes tabs and line breaks out of an address, as browsers do; what is
        // left is the address that would be opened.
        if link.contains(['\t', '\n', '\r', '\0', ' ']) {
            continue;
        }
        let html = format!("<a href=\"{escaped}\">Join</a>");
        let found = read_text(TextKind::Html, &html, Patterns::NONE).links;
        assert_eq!(found, [], "{html}");
    }
}

/// In a text a link ends at signs that no link has, and what is left may be sound: then it is the
/// real host's link that is joined, never another's.
#[test]
fn what_a_text_gives_is_always_a_real_services_link() {
    for link in &all() {
        for text in [
            link.clone(),
            format!("Join: {link} now"),
            format!("<{link}>"),
            format!("({link})"),
        ] {
            for found in read_text(TextKind::Text, &text, Patterns::NONE).links {
                assert_real(&found.url, &text);
            }
        }
    }
}

#[track_caller]
fn assert_real(url: &str, from: &str) {
    let rest = url
        .strip_prefix("https://")
        .unwrap_or_else(|| panic!("{from:?}"));
    let host = rest.split('/').next().unwrap();
    assert!(
        ["zoom.us", "teams.microsoft.com", "meet.google.com"].contains(&host),
        "{from:?} gave {url}"
    );
    // And the text says so: the very host stands in it, after a scheme of its own.
    assert!(
        from.contains(&format!("https://{host}/")),
        "{from:?} gave {url}"
    );
}

#[test]
fn a_megabyte_is_refused_at_once() {
    let begun = std::time::Instant::now();
    for part in [
        "a", "%", "%20", "/", "https://", "@", "\u{202e}", "é", ".", "\\", "?url=", "#",
    ] {
        let link = format!("https://zoom.us/j/81234567890?{}", part.repeat(1_000_000));
        for _ in 0..100 {
            assert_eq!(check_join(&link, Patterns::NONE), Err(Refused::TooLong));
        }
        assert_eq!(check_link(&link), Err(Refused::TooLong));
    }
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}

#[test]
fn mail_links_ask_for_a_mail_and_nothing_else() {
    for text in [
        "mailto:ann@example.com",
        "mailto:ann@example.com,bob@example.com?cc=c@example.com&subject=Hello%20there&body=Hi",
        "MAILTO:Ann@Example.com",
        "mailto:?subject=x",
        "mailto:o'brien+tag@example.com",
    ] {
        assert!(check_link(text).is_ok(), "{text}");
    }
    for text in [
        "mailto:a@b.example?attach=/etc/passwd",
        "mailto:a@b.example?ATTACH=/etc/passwd",
        "mailto:a@b.example?%61ttach=/etc/passwd",
        "mailto:a@b.example?attachment=x",
        "mailto:a@b.example?subject=x&attach=x",
        "mailto:a@b.example?subject=x&amp;attach=x",
        "mailto:a@b.example?insert=/etc/passwd",
        "mailto:a@b.example?from=ceo@example.com",
        "mailto:a@b.example?reply-to=evil@example.com",
        "mailto:a@b.example?content-type=text/html",
        "mailto:-attach@b.example",
        "mailto:a@b.example,-x",
        "mailto:\"a b\"@b.example",
        "mailto:a@b.example;rm",
        "mailto:`x`@b.example",
        "mailto:<a@b.example>",
        "mailto:a@b.example|x",
        "mailto:a@b.example%20-attach%20/etc/passwd",
        "mailto:%2dattach@b.example",
        "mailto:a@b.example%27,attachment=%27file:///etc/passwd",
        "mailto:a@b.example',x",
        "mailto:a@b.example%3fattach=/etc/passwd",
        "mailto:a@b.example?subject=x',attachment='file:///etc/passwd",
    ] {
        assert_eq!(check_link(text), Err(Refused::Extras), "{text}");
    }
    let long = format!("mailto:a@b.example?body={}", "x".repeat(4_000));
    assert_eq!(check_link(&long), Err(Refused::Extras));
}

#[test]
fn telephone_links_are_numbers() {
    for text in [
        "tel:+1-323-849-4874",
        "tel:+1(323)849.4874,,766918553#",
        "tel:112",
        "tel:+1;766#",
        "TEL:*1#",
    ] {
        assert!(check_link(text).is_ok(), "{text}");
    }
    for text in [
        "tel:",
        "tel:+",
        "tel:abc",
        "tel:1a",
        "tel:1;ext=2",
        "tel:1;phone-context=example.com",
        "tel:1?x=2",
        "tel:1#x",
        "tel:1%20",
        "tel:1 2",
        "tel:1&2",
        "tel:$(x)",
        "tel:`1`",
        "tel:1|2",
        "tel://1",
        "tel:1/2",
        "tel:\u{661}",
        "tel:1'",
        "tel:1\"",
    ] {
        assert_eq!(check_link(text), Err(Refused::Extras), "{text}");
    }
    assert_eq!(
        check_link(&format!("tel:{}", "1".repeat(101))),
        Err(Refused::Extras)
    );
}

proptest::proptest! {
    #[test]
    fn what_passes_is_https_without_a_user_on_a_known_host(
        scheme in "(https://|HTTPS://|https:|http://|https:\\\\\\\\|)",
        user in "(|a@|a:b@|zoom.us@|%40)",
        host in "(zoom\\.us|teams\\.microsoft\\.com|meet\\.google\\.com|evil\\.example|x\\.zoom\\.us|zoom\\.us\\.evil\\.example|z\u{43e}om\\.us|www\\.google\\.com|1\\.1\\.1\\.1)",
        port in "(|:443|:80|:8443)",
        path in "(|/|/j/81234567890|/meet/1\\?p=x|/abc-defg-hij|/url\\?q=)",
        rest in "[a-z0-9/:?=&%#@.\\\\]{0,30}",
    ) {
        let link = format!("{scheme}{user}{host}{port}{path}{rest}");
        if let Ok((url, service)) = check_join(&link, Patterns::NONE) {
            proptest::prop_assert_eq!(url.scheme(), "https");
            proptest::prop_assert!(url.username().is_empty() && url.password().is_none() && url.port().is_none());
            let host = url.host_str().unwrap();
            proptest::prop_assert!(["zoom.us", "teams.microsoft.com", "meet.google.com", "x.zoom.us"].contains(&host), "{}", link);
            proptest::prop_assert!(service != Service::Custom);
            proptest::prop_assert_eq!(check_join(url.as_str(), Patterns::NONE), Ok((url.clone(), service)));
        }
    }

    #[test]
    fn any_text_is_judged(link in "(https://)?\\PC{0,200}") {
        if let Ok((url, _)) = check_join(&link, Patterns::NONE) {
            proptest::prop_assert_eq!(url.scheme(), "https");
        }
        let _ = check_link(&link);
    }
}
