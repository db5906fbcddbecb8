//! The little language in which the table says how a meeting's path looks.

use url::Url;

/// Whether a link has a shape such as `j/{id}`, `{rest}?meetingId` or `join#v=`.
///
/// Parts stand between slashes: `{id}` is digits, `{code}` a made-up name with a digit in it,
/// `{room}` a name that is no page of a service, `{any}` anything, `{rest}` any number of parts,
/// none too; anything else stands for itself, in whatever case. `?name` asks for a filled query
/// parameter, `#text` for a fragment that begins so and goes on.
pub(super) fn matches(shape: &str, url: &Url, parts: &[&str]) -> bool {
    let (shape, fragment) = split(shape, '#');
    let (path, parameter) = split(shape, '?');
    path_matches(path, parts)
        && parameter.is_none_or(|name| is_filled(url, name))
        && fragment.is_none_or(|begin| {
            url.fragment()
                .and_then(|fragment| fragment.strip_prefix(begin))
                .is_some_and(|rest| !rest.is_empty())
        })
}

fn split(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at)
        .map_or((text, None), |(head, tail)| (head, Some(tail)))
}

fn path_matches(path: &str, parts: &[&str]) -> bool {
    let mut parts = parts.iter();
    for wanted in path.split('/').filter(|wanted| !wanted.is_empty()) {
        if wanted == "{rest}" {
            return true;
        }
        let Some(part) = parts.next() else {
            return false;
        };
        let sound = match wanted {
            "{id}" => is_digits(part),
            "{code}" => is_code(part),
            "{room}" => is_room(part),
            "{any}" => true,
            literal => part.eq_ignore_ascii_case(literal),
        };
        if !sound {
            return false;
        }
    }
    parts.next().is_none()
}

/// Whether a query parameter is there and not empty.
pub(super) fn is_filled(url: &Url, name: &str) -> bool {
    url.query_pairs()
        .any(|(key, value)| key.eq_ignore_ascii_case(name) && !value.is_empty())
}

/// One to 24 digits.
pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.len() <= 24 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Letters, digits, `-` and `_`, at least one of them a digit: no word that a page would have.
fn is_code(text: &str) -> bool {
    (6..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && !is_room_of_pages(text)
}

fn is_room(text: &str) -> bool {
    let is_file = text
        .rsplit_once('.')
        .is_some_and(|(_, ending)| FILES.iter().any(|file| ending.eq_ignore_ascii_case(file)));
    text.len() <= 300
        && !text.starts_with(['.', '_', '-', '~', '%'])
        && !is_file
        && !is_language(text)
        && !is_room_of_pages(text)
}

fn is_room_of_pages(text: &str) -> bool {
    PAGES.iter().any(|page| text.eq_ignore_ascii_case(page))
}

/// `en`, `pt-BR`, `zh_cn`: where a site's pages in a language begin.
fn is_language(text: &str) -> bool {
    let mut letters = text.split(['-', '_']);
    let two = |part: Option<&str>| {
        part.is_some_and(|part| {
            part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic())
        })
    };
    two(letters.next()) && (text.len() == 2 || (two(letters.next()) && letters.next().is_none()))
}

/// Whether a label in front of a service's domain is the service's own, not a customer's.
pub(super) fn is_page_host(label: &str) -> bool {
    const OWN: [&str; 16] = [
        "www", "app", "apps", "m", "mail", "cdn", "static", "assets", "img", "images", "go", "get",
        "info", "my", "id", "web",
    ];
    OWN.contains(&label) || label.starts_with("www") || is_room_of_pages(label)
}

const FILES: [&str; 28] = [
    "html",
    "htm",
    "xhtml",
    "php",
    "asp",
    "aspx",
    "jsp",
    "js",
    "mjs",
    "css",
    "json",
    "xml",
    "txt",
    "ico",
    "png",
    "jpg",
    "jpeg",
    "gif",
    "svg",
    "webp",
    "pdf",
    "exe",
    "msi",
    "dmg",
    "pkg",
    "zip",
    "apk",
    "webmanifest",
];

/// First parts of the paths that services have beside their rooms.
const PAGES: &[&str] = &[
    "about",
    "about-us",
    "academy",
    "account",
    "accounts",
    "admin",
    "affiliates",
    "api",
    "app",
    "apps",
    "assets",
    "auth",
    "blog",
    "business",
    "careers",
    "case-studies",
    "changelog",
    "checkout",
    "common",
    "community",
    "company",
    "compare",
    "contact",
    "contact-sales",
    "contact-us",
    "content",
    "cookie-policy",
    "cookies",
    "create",
    "customers",
    "dashboard",
    "demo",
    "dialinnumbers",
    "desktop",
    "developer",
    "developers",
    "docs",
    "documentation",
    "download",
    "downloads",
    "education",
    "embed",
    "enterprise",
    "error",
    "events",
    "explore",
    "extension",
    "faq",
    "faqs",
    "features",
    "feedback",
    "for-teams",
    "forgot-password",
    "forum",
    "get-started",
    "gdpr",
    "guide",
    "guides",
    "healthcare",
    "help",
    "help-center",
    "history",
    "home",
    "host",
    "imprint",
    "impressum",
    "industries",
    "information",
    "install",
    "integrations",
    "invite-friends",
    "jobs",
    "join",
    "knowledge",
    "landing",
    "learn",
    "legal",
    "libs",
    "licenses",
    "live",
    "log-in",
    "login",
    "logout",
    "marketing",
    "marketplace",
    "media",
    "meeting-options",
    "new",
    "news",
    "newsletter",
    "oauth",
    "onboarding",
    "org",
    "partner",
    "partners",
    "password",
    "patients",
    "plans",
    "platform",
    "podcast",
    "policies",
    "preferences",
    "press",
    "press-kit",
    "prices",
    "pricing",
    "privacy",
    "privacy-policy",
    "product",
    "products",
    "profile",
    "providers",
    "recording",
    "recordings",
    "register",
    "registration",
    "release-notes",
    "releases",
    "remote-work",
    "resources",
    "reviews",
    "roadmap",
    "sales",
    "schedule",
    "security",
    "settings",
    "shop",
    "sign-in",
    "sign-up",
    "signin",
    "signout",
    "signup",
    "sitemap",
    "solutions",
    "sounds",
    "sso",
    "start",
    "static",
    "status",
    "store",
    "stories",
    "student",
    "students",
    "subscribe",
    "support",
    "system",
    "teams",
    "telehealth",
    "templates",
    "terms",
    "terms-of-service",
    "tos",
    "tour",
    "training",
    "trial",
    "trust",
    "tutorials",
    "updates",
    "upgrade",
    "use-cases",
    "user",
    "users",
    "video-conferencing",
    "videos",
    "webinar",
    "webinars",
    "welcome",
    "whats-new",
    "why",
];
