//! Filters' and pages' links around others.

use super::*;

const INNER: &str = "https://zoom.us/j/81234567890?pwd=abc";

fn coded(link: &str) -> String {
    url::form_urlencoded::byte_serialize(link.as_bytes()).collect()
}

fn base64(link: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(link)
}

/// Every wrapping that is known, around `link`.
pub(super) fn wrapped(link: &str) -> Vec<String> {
    let all = coded(link);
    let mut wrapped: Vec<String> = [
        "https://nam01.safelinks.protection.outlook.com/?url=LINK&data=05",
        "https://gbr01.safelinks.protection.outlook.com/ap/w-59584e83/?url=LINK&data=05",
        "https://gcc02.safelinks.protection.outlook.com/GetUrlReputation?url=LINK",
        "https://usg01.safelinks.protection.office365.us/?url=LINK&data=04",
        "https://chn01.safelinks.protection.partner.outlook.cn/?url=LINK&data=04",
        "https://statics.teams.cdn.office.net/evergreen-assets/safelinks/2/atp-safelinks.html?url=LINK&locale=en-us",
        "https://visit.teams.microsoft.com/webrtc-svc/?JoinWebUrl=LINK",
        "https://visit.teams.microsoft.com/?joinweburl=LINK",
        "https://www.google.com/url?q=LINK&sa=D&source=calendar&usg=x",
        "https://google.com/url?sa=t&url=LINK",
        "https://www.google.de/url?q=LINK",
        "https://meet.google.com/linkredirect?authuser=0&dest=LINK",
        "https://www.youtube.com/redirect?event=x&q=LINK",
        "https://urldefense.proofpoint.com/v1/url?u=LINK&k=x",
        "https://linkprotect.cudasvc.com/url?a=LINK&c=E,1,abc&typo=1",
        "https://slack-redir.net/link?url=LINK",
        "https://www.linkedin.com/safety/go?url=LINK&trk=x",
        "https://www.linkedin.com/redir/redirect?url=LINK&urlhash=x",
        "https://l.facebook.com/l.php?u=LINK&h=x",
        "https://lm.facebook.com/l.php?u=LINK",
        "https://l.messenger.com/l.php?u=LINK",
        "https://l.instagram.com/?u=LINK&e=x",
        "https://l.wl.co/l?u=LINK",
        "https://vk.com/away.php?to=LINK",
        "https://duckduckgo.com/l/?uddg=LINK&rut=x",
        "https://secure-web.cisco.com/1AbCdEf-x/LINK",
        "https://protect2.fireeye.com/v1/url?k=a&q=1&e=b&u=LINK",
        "https://clicktime.symantec.com/3AbC?h=x&u=LINK",
        "https://link.edgepilot.com/s/0a1b/x?u=LINK",
        "https://antiphishing.vadesecure.com/v4?f=a&i=b&k=c&u=LINK",
        "https://checkpoint.url-protection.com/v1/url?o=LINK&g=x",
        "https://imsva91-ctp.trendmicro.com/wis/clicktime/v1/query?url=LINK&umid=x",
        "https://abc.r.us-east-1.awstrack.me/L0/LINK/1/0100-x/y",
        "https://links-2.govdelivery.com/CL0/LINK/1/x",
    ]
    .iter()
    .map(|form| form.replace("LINK", &all))
    .collect();
    wrapped.push(format!(
        "https://us-west-2.protection.sophos.com/?d=zoom.us&u={}&i=x",
        coded(&base64(link))
    ));
    wrapped.push(format!(
        "https://url.avanan.click/v2/___{link}___.YXAzOmFjbWU6YTpvOg"
    ));
    wrapped.push(format!(
        "https://protect.checkpoint.com/v2/___{link}___.YXAzOmFjbWU6YTpvOg"
    ));
    wrapped.push(format!(
        "https://urldefense.proofpoint.com/v2/url?u={}&d=DwMFaQ&c=x",
        link.replace('-', "-2D")
            .replace('_', "-5F")
            .replace('%', "-25")
            .replace(':', "-3A")
            .replace('/', "_")
            .replace('?', "-3F")
            .replace('=', "-3D")
            .replace('&', "-26")
    ));
    for host in [
        "urldefense.com",
        "urldefense.us",
        "urldefense.proofpoint.com",
    ] {
        wrapped.push(format!("https://{host}/v3/__{link}__;!!abc!def$"));
    }
    wrapped
}

#[test]
fn every_wrapping_is_taken_off() {
    for link in [INNER, CLASSIC, SHORT] {
        for wrapped in wrapped(link) {
            let found = urls(&with_text(&wrapped));
            assert_eq!(found, [link], "{wrapped}");
            assert_eq!(
                urls(&with_html(&format!(
                    "<a href=\"{}\">x</a>",
                    wrapped.replace('&', "&amp;")
                ))),
                [link],
                "{wrapped}"
            );
            // Mail goes through more than one filter.
            finds_url(&safelink(&wrapped), link);
        }
    }
}

#[track_caller]
fn finds_url(text: &str, wanted: &str) {
    assert_eq!(urls(&with_text(text)), [wanted], "{text}");
}

#[test]
fn what_is_inside_is_judged_like_any_link() {
    for inner in [
        "https://evil.example/j/81234567890",
        "https://zoom.us.evil.example/j/81234567890",
        "https://zoom.us@evil.example/j/81234567890",
        "https://user@zoom.us/j/81234567890",
        "https://zoom.us:8443/j/81234567890",
        "http://zoom.us/j/81234567890",
        "zoommtg://zoom.us/join?confno=81234567890",
        "javascript:alert(1)//zoom.us/j/81234567890",
        "data:text/html,https://zoom.us/j/81234567890",
        "file:///etc/passwd",
        "//zoom.us/j/81234567890",
        "/j/81234567890",
        "zoom.us/j/81234567890",
        "https:\\\\zoom.us\\j\\81234567890",
        "https://zoom.us\n/j/81234567890",
        "https://zoom.us/pricing",
        "",
    ] {
        for wrapped in wrapped(inner) {
            nothing(&wrapped);
            nothing(&safelink(&wrapped));
            assert!(
                gate::check_join(&wrapped, Patterns::NONE).is_err(),
                "{wrapped}"
            );
        }
    }
}

#[test]
fn who_only_looks_like_a_filter_is_none() {
    for link in [
        "https://safelinks.protection.outlook.com/?url=LINK",
        "https://evilsafelinks.protection.outlook.com/?url=LINK",
        "https://nam01.safelinks.protection.outlook.com.evil.example/?url=LINK",
        "https://nam01.safelinks.protection.0utlook.com/?url=LINK",
        "https://www.google.evil.example/url?q=LINK",
        "https://www.google.com.evil.example/url?q=LINK",
        "https://www.google.com/search?q=LINK",
        "https://www.google.com/urls?q=LINK",
        "https://www.linkedin.com/feed/?url=LINK",
        "https://www.facebook.com/l.php?u=LINK",
        "https://urldefense.com.evil.example/v3/__LINK__;!!a!b$",
        "https://slack-redir.net.evil.example/link?url=LINK",
        "https://secure-web.cisco.com.evil.example/1AbC/LINK",
        "https://evil.example/?url=LINK",
        "https://evil.example/LINK",
        "https://tracker.example/c/LINK?x=1",
        "https://protect-us.mimecast.com/s/AbCdEf?domain=zoom.us",
        "https://bit.ly/AbC",
        "https://t.co/AbC",
    ] {
        nothing(&link.replace("LINK", &coded(INNER)));
    }
}

#[test]
fn hundreds_of_wrappings_are_refused_at_once() {
    // Encoded anew each time a link doubles, so these are put together by hand.
    let mut link = INNER.to_owned();
    for _ in 0..300 {
        link = format!("https://www.google.com/url?q={link}");
    }
    let begun = std::time::Instant::now();
    assert!(gate::check_join(&link, Patterns::NONE).is_err());
    nothing(&link);
    for letter in ["a", "%25", "https://", "?url="] {
        let long = format!(
            "https://nam01.safelinks.protection.outlook.com/?url={}",
            letter.repeat(1_000_000 / letter.len())
        );
        assert_eq!(
            gate::check_join(&long, Patterns::NONE),
            Err(crate::Refused::TooLong)
        );
        nothing(&long);
        assert_eq!(
            urls(&with_html(&format!("<a href=\"{long}\">x</a>"))),
            Vec::<String>::new()
        );
    }
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}
