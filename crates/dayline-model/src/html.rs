//! Descriptions: what of somebody else's HTML may be shown, and how to get text out of it.
//!
//! Nothing here fetches anything. What comes out holds no script, no style, no picture and no
//! frame; links stay as text in `href` and pass the gate when they are clicked.

mod effort;
mod reading;
#[cfg(test)]
mod tests;
mod tokens;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

pub(crate) use reading::Reading;
use tokens::{Token, tokens};

use crate::gate::LONGEST_LINK;

/// The longest description that is read, in bytes; the rest is cut off.
pub const LONGEST: usize = 512 * 1024;
/// How many `&` a document may hold before it is shown as text: the parser copies all text so far
/// at each.
const MOST_REFERENCES: usize = 50_000;
/// How often a document is parsed again before it is shown as text.
const MOST_PASSES: usize = 8;
/// What ends a sentence rather than a link.
const TRAILING: &str = ".,;:!?'*_|…。，）’";

const SHOWN: [&str; 16] = [
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
/// Kept in addition when only text is wanted, because they separate words.
const SEPARATING: [&str; 12] = [
    "table", "tbody", "thead", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6",
];

static SHOW: LazyLock<Builder<'static>> = LazyLock::new(|| builder(SHOWN.into_iter().collect()));
static READ: LazyLock<Builder<'static>> =
    LazyLock::new(|| builder(SHOWN.into_iter().chain(SEPARATING).collect()));

fn builder(tags: HashSet<&'static str>) -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(tags)
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .clean_content_tags(HashSet::from([
            "script", "style", "title", "head", "template", "noscript", "svg", "math", "select",
            "textarea", "iframe", "object",
        ]))
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer"))
        .strip_comments(true);
    builder
}

/// What may be shown of untrusted HTML.
///
/// Shape: paragraphs, lines, lists, emphasis, quotes, code, and links to `http`, `https`,
/// `mailto` and `tel`; no attribute but `href` and `rel`. Google's conference block is left out,
/// for it repeats what the join button does. Input over 512 KiB is cut; a document that nests
/// beyond all reason is shown as text.
pub fn sanitize(html: &str) -> String {
    let mut shown = clean_with(&SHOW, &without_conference_block(capped(html)));
    // Parsers mend bad nesting in more than one step. What is shown must be what was judged, so it
    // is parsed again, as the window will parse it, until that changes nothing.
    for _ in 0..MOST_PASSES {
        let again = clean_with(&SHOW, &shown);
        if again == shown || pieces(&again).eq(pieces(&shown)) {
            return again;
        }
        shown = again;
    }
    clean_with(&SHOW, &as_text(&shown))
}

/// The links of sanitised HTML in document order: one for each `a` that has an `href`, so that
/// the n-th here is the n-th that `querySelectorAll('a[href]')` finds.
pub fn hrefs(sanitized: &str) -> Vec<String> {
    tokens(sanitized)
        .filter_map(|token| match token {
            Token::Open {
                name: "a",
                href: Some(href),
            } => Some(unescape(href).into_owned()),
            _ => None,
        })
        .collect()
}

/// Plain text as HTML: escaped, lines kept, bare links made clickable.
pub fn text_to_html(text: &str) -> String {
    let text = without_conference_block(capped(text));
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    let mut rest: &str = &text;
    while let Some((before, link, after)) = next_link(rest) {
        push_text(&mut html, before);
        html.push_str("<a href=\"");
        push_escaped(&mut html, link);
        html.push_str("\" rel=\"noopener noreferrer\">");
        push_escaped(&mut html, link);
        html.push_str("</a>");
        rest = after;
    }
    push_text(&mut html, rest);
    html
}

/// The text of untrusted HTML, with its lines; a link's address only where it is the text.
pub fn to_text(html: &str) -> String {
    read(&without_conference_block(capped(html))).text
}

/// The text and the links of untrusted HTML, with Google's block and with tables; not for showing.
pub(crate) fn read(html: &str) -> Reading {
    let html = capped(html);
    reading::read(html).unwrap_or_else(|| {
        let clean = clean_with(&READ, html);
        Reading {
            text: plain(&clean),
            hrefs: hrefs(&clean),
        }
    })
}

/// The text of sanitised HTML.
fn plain(sanitized: &str) -> String {
    let mut text = String::with_capacity(sanitized.len());
    let mut pre = 0_usize;
    for token in tokens(sanitized) {
        match token {
            Token::Text(run) if pre > 0 => text.push_str(&unescape(run)),
            Token::Text(run) => push_words(&mut text, &unescape(run)),
            Token::Open { name: "br", .. } => new_line(&mut text),
            Token::Open { name: "li", .. } => {
                break_line(&mut text);
                text.push_str("- ");
            }
            Token::Open {
                name: "td" | "th", ..
            } => push_words(&mut text, " "),
            Token::Open { name, .. } => {
                pre += usize::from(name == "pre");
                if is_block(name) {
                    break_line(&mut text);
                }
            }
            Token::Close(name) => {
                pre = pre.saturating_sub(usize::from(name == "pre"));
                if is_block(name) {
                    break_line(&mut text);
                }
            }
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// At most [`LONGEST`] bytes, cut between characters.
pub(crate) fn capped(text: &str) -> &str {
    let end = text.floor_char_boundary(LONGEST);
    text.get(..end).unwrap_or(text)
}

fn clean_with(builder: &Builder<'_>, html: &str) -> String {
    if !effort::is_reasonable(html) || html.matches('&').count() > MOST_REFERENCES {
        return as_text(html);
    }
    builder.clean(html).to_string()
}

/// What parsing again could change of sanitised HTML: every parser drops one more line break after
/// `<pre>`, and that says nothing about its nesting.
fn pieces(sanitized: &str) -> impl Iterator<Item = Token<'_>> {
    tokens(sanitized)
        .map(|token| match token {
            Token::Text(run) => Token::Text(run.trim_start_matches('\n')),
            other => other,
        })
        .filter(|token| *token != Token::Text(""))
}

/// HTML without its tags, escaped.
fn as_text(html: &str) -> String {
    let mut escaped = String::with_capacity(html.len());
    tokens(html).for_each(|token| match token {
        Token::Text(run) => push_escaped(&mut escaped, &unescape(run)),
        _ => escaped.push(' '),
    });
    escaped
}

/// Leaves out what Google writes between its two `-::~:~::~…` lines, and nothing else: a delimiter
/// without a second one stays.
fn without_conference_block(text: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = split_delimiter(rest) {
        let Some((_, after)) = split_delimiter(after) else {
            break;
        };
        kept.push_str(before);
        rest = after;
    }
    if rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

fn split_delimiter(text: &str) -> Option<(&str, &str)> {
    const HEAD: &str = "-::~:~::";
    let mut searched = 0;
    loop {
        let at = searched + text.get(searched..)?.find(HEAD)?;
        let tail = text.get(at + HEAD.len()..)?;
        let run = tail.find(|c| c != '~' && c != ':').unwrap_or(tail.len());
        if let Some(after) = tail.get(run..).and_then(|after| after.strip_prefix('-')) {
            return Some((text.get(..at)?, after));
        }
        searched = at + HEAD.len();
    }
}

/// What is before the next bare link, the link, and what is after it.
fn next_link(text: &str) -> Option<(&str, &str, &str)> {
    let mut searched = 0;
    loop {
        let at = searched + find_scheme(text.get(searched..)?)?;
        let tail = text.get(at..)?;
        let end = tail
            .find(|c: char| {
                c.is_whitespace()
                    || c.is_control()
                    || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»')
            })
            .unwrap_or(tail.len());
        let link = without_trailing_punctuation(tail.get(..end)?);
        let has_host = link
            .split_once("//")
            .is_some_and(|(_, host)| !host.is_empty());
        if has_host && link.len() <= LONGEST_LINK {
            return Some((text.get(..at)?, link, tail.get(link.len()..)?));
        }
        searched = at + end;
    }
}

fn find_scheme(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let starts = |at: usize, scheme: &[u8]| {
        bytes
            .get(at..at + scheme.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(scheme))
    };
    (0..bytes.len()).find(|&at| {
        let after_letter = at
            .checked_sub(1)
            .and_then(|before| bytes.get(before))
            .is_some_and(u8::is_ascii_alphanumeric);
        !after_letter && (starts(at, b"https://") || starts(at, b"http://"))
    })
}

/// A sentence's punctuation does not belong to its link; a closing bracket does if it was opened
/// inside.
fn without_trailing_punctuation(mut link: &str) -> &str {
    // How many brackets of each kind close more often than they open.
    let surplus = |open, close| {
        link.matches(close)
            .count()
            .saturating_sub(link.matches(open).count())
    };
    let (mut round, mut square, mut curly) =
        (surplus('(', ')'), surplus('[', ']'), surplus('{', '}'));
    while let Some(last) = link.chars().next_back() {
        let kind = match last {
            ')' => &mut round,
            ']' => &mut square,
            '}' => &mut curly,
            _ if TRAILING.contains(last) => &mut 1,
            _ => break,
        };
        if *kind == 0 {
            break;
        }
        *kind -= 1;
        link = link.strip_suffix(last).unwrap_or_default();
    }
    link
}

fn push_text(html: &mut String, text: &str) {
    let mut lines = text.split('\n');
    if let Some(first) = lines.next() {
        push_escaped(html, first.trim_end_matches('\r'));
    }
    for line in lines {
        html.push_str("<br>");
        push_escaped(html, line.trim_end_matches('\r'));
    }
}

fn push_escaped(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(c),
        }
    }
}

/// Undoes the escapes that the sanitiser and [`push_escaped`] write.
fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    // `&amp;` last, so that nothing is undone twice.
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"");
    Cow::Owned(
        text.replace("&#39;", "'")
            .replace("&nbsp;", "\u{a0}")
            .replace("&amp;", "&"),
    )
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div" | "ul" | "ol" | "li" | "blockquote" | "pre" | "hr" | "table" | "tr"
    ) || (name.len() == 2 && name.starts_with('h'))
}

/// Adds words, with any run of white space as one space and none at the start of a line.
fn push_words(text: &mut String, run: &str) {
    for c in run.chars() {
        if !c.is_whitespace() {
            text.push(if c == '\u{a0}' { ' ' } else { c });
        } else if !(text.is_empty() || text.ends_with([' ', '\n'])) {
            text.push(' ');
        }
    }
}

fn break_line(text: &mut String) {
    if !(text.is_empty() || text.ends_with('\n')) {
        new_line(text);
    }
}

/// Ends a line; at most one empty line follows another.
fn new_line(text: &mut String) {
    text.truncate(text.trim_end_matches(' ').len());
    if !(text.is_empty() || text.ends_with("\n\n")) {
        text.push('\n');
    }
}
