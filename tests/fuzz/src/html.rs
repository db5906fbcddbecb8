//! Descriptions: what may be shown holds nothing that acts or fetches, however it was written.
//!
//! What the sanitiser wrote is read here by a reader of its own, which takes nothing but the few
//! tags that may be shown. Whatever it cannot read is a failure.

use dayline_model::html;

use crate::text;

const TAGS: [&str; 16] = [
    "p",
    "br",
    "div",
    "ul",
    "ol",
    "li",
    "b",
    "i",
    "u",
    "strong",
    "em",
    "a",
    "blockquote",
    "pre",
    "code",
    "hr",
];
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// How the lines around Google's conference block begin, which is left out.
const BLOCK: &str = "-::~:~::";

/// The input as HTML and as plain text.
pub(crate) fn check(input: &[u8]) {
    let text = text(input);
    let shown = html::sanitize(&text);
    let addresses = assert_harmless(&shown);
    assert_eq!(html::hrefs(&shown), addresses, "every link is counted");
    // A block that shows only once the rest was cleaned is a text like any other, and every parser
    // drops one more line break after `<pre>`.
    if !shown.contains(BLOCK) && !shown.contains("<pre>\n") {
        assert_eq!(
            html::sanitize(&shown),
            shown,
            "what is clean stays as it is"
        );
    }
    assert_in_proportion(&shown, &text);

    let linked = html::text_to_html(&text);
    let addresses = assert_harmless(&linked);
    assert_eq!(html::hrefs(&linked), addresses);
    assert_in_proportion(&linked, &text);

    let plain = html::to_text(&text);
    assert_in_proportion(&plain, &text);
}

/// No bomb: a few bytes do not become very many.
fn assert_in_proportion(out: &str, written: &str) {
    let most = 4096 + written.len() * 64;
    assert!(out.len() <= most, "{} of {}", out.len(), written.len());
}

/// Reads sanitised HTML to its end, and gives the addresses of its links.
fn assert_harmless(html: &str) -> Vec<String> {
    let mut addresses = Vec::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        assert_text(before);
        rest = match tag.strip_prefix('/') {
            Some(closing) => {
                let (name, after) = closing.split_once('>').unwrap();
                assert!(TAGS.contains(&name), "</{name}>");
                after
            }
            None => read_tag(tag, &mut addresses),
        };
    }
    assert_text(rest);
    addresses
}

fn assert_text(text: &str) {
    assert!(!text.contains('>'), "a text that looks like a tag: {text}");
}

/// Reads a tag behind its `<` and gives what follows it.
fn read_tag<'a>(tag: &'a str, addresses: &mut Vec<String>) -> &'a str {
    let end = tag.find([' ', '>']).unwrap();
    let (name, mut rest) = tag.split_at(end);
    assert!(TAGS.contains(&name), "<{name}>");
    while let Some(attribute) = rest.strip_prefix(' ') {
        let (key, value) = attribute.split_once("=\"").unwrap();
        let (value, after) = value.split_once('"').unwrap();
        match key {
            "rel" => assert_eq!(value, "noopener noreferrer"),
            "href" => {
                let address = unescaped(value);
                let scheme = scheme_of(&address);
                assert!(SCHEMES.contains(&scheme.as_str()), "a link to {address}");
                addresses.push(address);
            }
            _ => panic!("an attribute {key}"),
        }
        assert_eq!(name, "a", "only links have attributes");
        rest = after;
    }
    rest.strip_prefix('>').unwrap()
}

/// The scheme as a browser reads it, which passes over controls before it and breaks within.
fn scheme_of(address: &str) -> String {
    let address = address.trim_start_matches(|c| c <= ' ');
    let (scheme, _) = address.split_once(':').unwrap_or_default();
    scheme.replace(['\t', '\n', '\r'], "").to_ascii_lowercase()
}

fn unescaped(value: &str) -> String {
    value
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}
