//! The tags and texts of HTML that the sanitiser wrote.
//!
//! Not a parser of HTML: in sanitised text every `<` begins a tag, and only quoted attribute
//! values may hold another one.

/// A piece of sanitised HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text between tags, still escaped.
    Text(&'a str),
    /// A start tag.
    Open {
        /// Its name.
        name: &'a str,
        /// Its `href`, still escaped.
        href: Option<&'a str>,
    },
    /// An end tag.
    Close(&'a str),
}

/// The pieces of `html`, in order.
pub(super) fn tokens(html: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(inside) = rest.strip_prefix('<') else {
            let end = rest.find('<').unwrap_or(rest.len());
            let (text, after) = rest.split_at_checked(end)?;
            rest = after;
            return Some(Token::Text(text));
        };
        let end = tag_end(inside);
        let (tag, after) = inside.split_at_checked(end)?;
        rest = after.strip_prefix('>').unwrap_or(after);
        Some(
            tag.strip_prefix('/')
                .map_or_else(|| open(tag), |name| Token::Close(name.trim())),
        )
    })
}

/// Where a tag ends: at the first `>` outside quotes.
fn tag_end(inside: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at,
            _ => {}
        }
    }
    inside.len()
}

fn open(tag: &str) -> Token<'_> {
    let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
    // The sanitiser writes attributes as ` name="value"`, so odd pieces between quotes are values.
    let mut pieces = attributes.split('"');
    let mut href = None;
    while let (Some(key), Some(value)) = (pieces.next(), pieces.next()) {
        if key.trim() == "href=" && href.is_none() {
            href = Some(value);
        }
    }
    Token::Open {
        name: name.trim_end_matches('/'),
        href,
    }
}
