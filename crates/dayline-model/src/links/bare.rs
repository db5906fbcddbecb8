//! Finding links in text that people and programs wrote: where one begins and where it ends.
//!
//! What is shown of a description has simpler rules (`html`), because there a reader sees where a
//! link ends. Here it may be glued to Chinese, Japanese or Thai words, to a second link, or to
//! what Markdown, chats and careless programs put around it.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::gate::LONGEST_LINK;

const SCHEME: &str = "https";
const ENCODED: &str = "%3A%2F%2F";

/// The secure links of a text, those that stand there percent-encoded as a whole last.
///
/// Linear in the length of the text: a link's end is where the next one is looked for.
pub(super) fn links_in(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    plain(text).chain(encoded(text))
}

fn plain(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let mut searched = 0;
    std::iter::from_fn(move || {
        loop {
            let mark = searched + text.get(searched..)?.find("://")?;
            let after = mark + "://".len();
            let Some(before) = before_scheme(text, searched, mark) else {
                searched = after;
                continue;
            };
            let tail = text.get(after..)?;
            let end = end(tail, before.chars().next_back());
            searched = after + end;
            let link = text.get(before.len()..searched)?;
            let link = trimmed(link, before.chars().next_back());
            if link.len() > "https://".len() && link.len() <= LONGEST_LINK {
                return Some(mended(link));
            }
        }
    })
}

/// `https%3A%2F%2F…` between blanks: some programs encode a link before they write it down.
fn encoded(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let mut searched = 0;
    std::iter::from_fn(move || {
        loop {
            let mark = searched + text.get(searched..)?.find("%3")?;
            let after = mark + ENCODED.len();
            let is_mark = text
                .get(mark..after)
                .is_some_and(|found| found.eq_ignore_ascii_case(ENCODED));
            if !is_mark {
                searched = mark + "%3".len();
                continue;
            }
            let is_alone = |before: &str| {
                before
                    .chars()
                    .next_back()
                    .is_none_or(|c| c.is_whitespace() || matches!(c, '<' | '(' | '[' | '"' | '\''))
            };
            let Some(before) =
                before_scheme(text, searched, mark).filter(|before| is_alone(before))
            else {
                searched = after;
                continue;
            };
            let opener = before.chars().next_back();
            searched = after + end(text.get(after..)?, opener);
            let link = trimmed(text.get(before.len()..searched)?, opener);
            if link.len() <= LONGEST_LINK {
                return Some(percent_decode_str(link).decode_utf8_lossy());
            }
        }
    })
}

/// What is before the `https` that ends at `mark`; `None` if that is another word or scheme.
fn before_scheme(text: &str, from: usize, mark: usize) -> Option<&str> {
    let begin = mark
        .checked_sub(SCHEME.len())
        .filter(|begin| *begin >= from)?;
    let is_scheme = text
        .get(begin..mark)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME));
    let before = text.get(..begin)?;
    let is_glued = before
        .bytes()
        .next_back()
        .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    (is_scheme && !is_glued).then_some(before)
}

/// Where a link ends whose scheme was read, in bytes from there.
fn end(tail: &str, opener: Option<char>) -> usize {
    let mut open = [0_usize; 3];
    for (at, c) in tail.char_indices() {
        let rest = || tail.get(at..).unwrap_or_default();
        let ends = match c {
            '<' | '>' | '"' | '`' | '|' | '\\' => true,
            '\'' => opener == Some('\''),
            '(' | '[' | '{' => {
                if let Some(depth) = kind(c).and_then(|kind| open.get_mut(kind)) {
                    *depth += 1;
                }
                false
            }
            ')' | ']' | '}' => match kind(c).and_then(|kind| open.get_mut(kind)) {
                Some(depth) if *depth > 0 => {
                    *depth -= 1;
                    false
                }
                _ => true,
            },
            ',' | ';' => rest().get(1..6).is_some_and(|next| {
                next.eq_ignore_ascii_case("https") || next.eq_ignore_ascii_case("http:")
            }),
            '&' => ["&lt;", "&gt;", "&quot;", "&nbsp;"]
                .iter()
                .any(|entity| rest().starts_with(entity)),
            _ => c.is_whitespace() || c.is_control() || (!c.is_ascii() && is_around(c)),
        };
        if ends {
            return at;
        }
    }
    tail.len()
}

fn kind(bracket: char) -> Option<usize> {
    match bracket {
        '(' | ')' => Some(0),
        '[' | ']' => Some(1),
        '{' | '}' => Some(2),
        _ => None,
    }
}

/// Signs of other scripts, and letters of those that do not put blanks between words.
fn is_around(c: char) -> bool {
    !c.is_alphanumeric()
        || matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
        || c >= '\u{2e80}'
}

/// A sentence's signs do not belong to its link; nor does emphasis that began before it.
fn trimmed(link: &str, opener: Option<char>) -> &str {
    link.trim_end_matches(|c| {
        matches!(
            c,
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '(' | '[' | '{'
        ) || (matches!(c, '*' | '_' | '~') && opener == Some(c))
    })
}

/// A link out of entities that were written twice, and out of a host that was encoded.
pub(super) fn mended(link: &str) -> Cow<'_, str> {
    let link = if link.contains("&amp;") || link.contains("&#") {
        Cow::Owned(without_entities(link))
    } else {
        Cow::Borrowed(link)
    };
    let authority = link
        .get("https://".len()..)
        .and_then(|rest| rest.split(['/', '?', '#']).next());
    if authority.is_some_and(|host| host.contains("%2F") || host.contains("%2f")) {
        return Cow::Owned(percent_decode_str(&link).decode_utf8_lossy().into_owned());
    }
    link
}

fn without_entities(link: &str) -> String {
    let mut plain = String::with_capacity(link.len());
    let mut rest = link;
    while let Some((before, tail)) = rest.split_once('&') {
        plain.push_str(before);
        let character = tail
            .split_once(';')
            .and_then(|(name, after)| entity(name).map(|character| (character, after)));
        if let Some((character, after)) = character {
            plain.push(character);
            rest = after;
        } else {
            plain.push('&');
            rest = tail;
        }
    }
    plain.push_str(rest);
    plain
}

fn entity(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return (name == "amp").then_some('&');
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    code.ok()
        .and_then(char::from_u32)
        .filter(char::is_ascii_graphic)
}
