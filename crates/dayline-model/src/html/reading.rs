//! Text and links of untrusted HTML that is as programs write it, in one pass and without a tree.
//!
//! Every event of a sync is read, and building a tree for each costs more than everything else
//! that is done with it. What is not plain enough to be sure of is left to the parser: [`read`]
//! gives nothing then. Nothing from here is ever shown.
//!
//! # Source
//! WHATWG HTML §13.2.5 and §13.2.6: for documents that are accepted, the text, its lines and the
//! links are those of the tree that the standard builds. A property test holds it to that.

use url::Url;

use super::effort::DEEPEST;
use super::{break_line, new_line, push_words};

/// What a reader needs of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Reading {
    /// The text with its lines, as [`super::plain`] gives it.
    pub(crate) text: String,
    /// Absolute links to `http`, `https`, `mailto` and `tel` in document order.
    pub(crate) hrefs: Vec<String>,
}

/// Elements whose content the tokenizer takes for text and nobody reads.
const UNREAD: [&str; 5] = ["script", "style", "title", "textarea", "iframe"];
/// Elements that change how a document is parsed: left to the parser.
const LEFT_ALONE: [&str; 18] = [
    "applet",
    "button",
    "caption",
    "frame",
    "frameset",
    "listing",
    "marquee",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "plaintext",
    "pre",
    "select",
    "svg",
    "template",
    "xmp",
];
/// Elements that end a paragraph without being lines of their own.
const ENDS_PARAGRAPH: [&str; 24] = [
    "address",
    "article",
    "aside",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "main",
    "menu",
    "nav",
    "search",
    "section",
    "summary",
    "option",
];
/// Named characters that documents are full of; others are left to the parser.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("szlig", 'ß'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("agrave", 'à'),
    ("ccedil", 'ç'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("bull", '•'),
    ("middot", '·'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("euro", '€'),
    ("laquo", '«'),
    ("raquo", '»'),
];

/// An open element that decides what a later tag means.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Open {
    /// A paragraph, division, list, item, quotation or heading.
    Block(String),
    Table,
    Section,
    Row,
    Cell,
}

/// Reads a document; `None` if it takes a parser.
pub(super) fn read(html: &str) -> Option<Reading> {
    if html.contains('\0') {
        return None;
    }
    let mut reader = Reader::default();
    let mut rest = html;
    while let Some((text, tail)) = rest.split_once('<') {
        // Each tag looks at what is open.
        (reader.open.len() <= DEEPEST).then_some(())?;
        reader.text(text)?;
        rest = reader.markup(tail)?;
    }
    reader.text(rest)?;
    let Reader {
        mut text, hrefs, ..
    } = reader;
    text.truncate(text.trim_end().len());
    Some(Reading { text, hrefs })
}

#[derive(Default)]
struct Reader {
    text: String,
    hrefs: Vec<String>,
    open: Vec<Open>,
}

impl Reader {
    fn text(&mut self, run: &str) -> Option<()> {
        if self.is_between_cells() && !run.chars().all(is_space) {
            // It would be moved before its table.
            return None;
        }
        if run.contains('&') {
            push_words(&mut self.text, &decoded(run, false)?);
        } else {
            push_words(&mut self.text, run);
        }
        Some(())
    }

    /// Reads what follows a `<`, and gives what follows its `>`.
    fn markup<'a>(&mut self, tail: &'a str) -> Option<&'a str> {
        if let Some(comment) = tail.strip_prefix("!--") {
            if comment.starts_with('>') || comment.starts_with("->") {
                return None;
            }
            let (inside, after) = comment.split_once("-->")?;
            return (!inside.contains("--!>")).then_some(after);
        }
        if tail.starts_with(['!', '?']) {
            return tail.split_once('>').map(|(_, after)| after);
        }
        let (closing, tail) = match tail.strip_prefix('/') {
            Some(tail) => (true, tail),
            None => (false, tail),
        };
        if !tail.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let end = tail.find(|c| is_space(c) || c == '/' || c == '>')?;
        let (name, tail) = tail.split_at_checked(end)?;
        let name = name.to_ascii_lowercase();
        let (href, after) = attributes(tail)?;
        if closing {
            self.close(&name)?;
            return Some(after);
        }
        if UNREAD.contains(&name.as_str()) {
            if self.is_between_cells() && !matches!(name.as_str(), "script" | "style") {
                return None;
            }
            return after_content(after, &name);
        }
        self.open(&name, href)?;
        Some(after)
    }

    fn open(&mut self, name: &str, href: Option<&str>) -> Option<()> {
        if LEFT_ALONE.contains(&name) {
            return None;
        }
        if self.opens_table_part(name)? {
            return Some(());
        }
        if matches!(name, "col" | "colgroup") {
            // Anywhere else they end a cell or are ignored.
            return (self.open.last() == Some(&Open::Table)).then_some(());
        }
        if self.is_between_cells() {
            return None;
        }
        match name {
            "br" => new_line(&mut self.text),
            "a" => {
                if let Some(href) = href {
                    let href = decoded(href, true)?;
                    if is_kept(&href) {
                        self.hrefs.push(href);
                    }
                }
            }
            "li" => {
                self.end_item();
                self.end_paragraph();
                break_line(&mut self.text);
                self.text.push_str("- ");
                self.open.push(Open::Block(name.to_owned()));
            }
            "hr" => {
                self.end_paragraph();
                break_line(&mut self.text);
            }
            "p" | "div" | "ul" | "ol" | "blockquote" => {
                self.end_paragraph();
                break_line(&mut self.text);
                self.open.push(Open::Block(name.to_owned()));
            }
            _ if is_heading(name) => {
                self.end_paragraph();
                let last = self.open.last();
                if matches!(last, Some(Open::Block(open)) if is_heading(open)) {
                    self.open.pop();
                }
                break_line(&mut self.text);
                self.open.push(Open::Block(name.to_owned()));
            }
            // What else they end depends on elements that are not followed here.
            "dd" | "dt" if self.is_in_block() => return None,
            _ if ENDS_PARAGRAPH.contains(&name) && self.find(|open| open == "p").is_some() => {
                return None;
            }
            _ => {}
        }
        Some(())
    }

    fn close(&mut self, name: &str) -> Option<()> {
        if LEFT_ALONE.contains(&name) || UNREAD.contains(&name) || name == "br" {
            return None;
        }
        if self.closes_table_part(name)? {
            return Some(());
        }
        if self.is_between_cells() {
            return (name == "colgroup").then_some(());
        }
        match name {
            "p" => {
                self.end_paragraph();
                break_line(&mut self.text);
            }
            "div" | "ul" | "ol" | "blockquote" => {
                let at = self.find(|open| open == name)?;
                self.cut(at);
            }
            "li" => {
                let at = self.find(|open| matches!(open, "li" | "ul" | "ol"))?;
                if self.open.get(at) != Some(&Open::Block("li".to_owned())) {
                    return None;
                }
                self.cut(at);
            }
            _ if is_heading(name) => {
                let at = self.find(is_heading)?;
                self.cut(at);
            }
            _ if ENDS_PARAGRAPH.contains(&name) && self.is_in_block() => return None,
            _ => {}
        }
        Some(())
    }

    /// Whether a start tag is one of a table, which then is open; `None` where it stands wrong.
    fn opens_table_part(&mut self, name: &str) -> Option<bool> {
        match name {
            "table" => {
                if self.is_between_cells() {
                    return None;
                }
                self.end_paragraph();
                break_line(&mut self.text);
                self.open.push(Open::Table);
            }
            "tbody" | "thead" | "tfoot" => {
                self.end_rows();
                if self.open.last() == Some(&Open::Section) {
                    self.open.pop();
                }
                (self.open.last() == Some(&Open::Table)).then_some(())?;
                self.open.push(Open::Section);
            }
            "tr" => {
                self.end_rows();
                matches!(self.open.last(), Some(Open::Table | Open::Section)).then_some(())?;
                break_line(&mut self.text);
                self.open.push(Open::Row);
            }
            "td" | "th" => {
                self.end_cell();
                (self.open.last() == Some(&Open::Row)).then_some(())?;
                push_words(&mut self.text, " ");
                self.open.push(Open::Cell);
            }
            _ => return Some(false),
        }
        Some(true)
    }

    /// Whether an end tag is one of a table, which then is closed; `None` where it stands wrong.
    fn closes_table_part(&mut self, name: &str) -> Option<bool> {
        match name {
            "td" | "th" => {
                let at = self.cell()?;
                self.cut(at);
            }
            "tr" => {
                self.end_cell();
                (self.open.pop() == Some(Open::Row)).then_some(())?;
                break_line(&mut self.text);
            }
            "tbody" | "thead" | "tfoot" => {
                self.end_rows();
                (self.open.pop() == Some(Open::Section)).then_some(())?;
            }
            "table" => {
                self.end_rows();
                if self.open.last() == Some(&Open::Section) {
                    self.open.pop();
                }
                (self.open.pop() == Some(Open::Table)).then_some(())?;
                break_line(&mut self.text);
            }
            _ => return Some(false),
        }
        Some(true)
    }

    /// Whether text here would stand in a table but in no cell of it.
    fn is_between_cells(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Open::Table | Open::Section | Open::Row)
        )
    }

    /// Whether a block is the innermost element that is followed.
    fn is_in_block(&self) -> bool {
        matches!(self.open.last(), Some(Open::Block(_)))
    }

    /// The innermost block of these names within the cell that is open.
    fn find(&self, named: impl Fn(&str) -> bool) -> Option<usize> {
        for (at, open) in self.open.iter().enumerate().rev() {
            match open {
                Open::Block(name) if named(name) => return Some(at),
                Open::Block(_) => {}
                _ => return None,
            }
        }
        None
    }

    /// Where the open cell is, if it is the innermost part of a table.
    fn cell(&self) -> Option<usize> {
        let is_part = |open: &Open| !matches!(open, Open::Block(_));
        let at = self.open.iter().rposition(is_part)?;
        (self.open.get(at) == Some(&Open::Cell)).then_some(at)
    }

    /// Closes everything from `at` on.
    fn cut(&mut self, at: usize) {
        let is_line = |open: &Open| matches!(open, Open::Block(_) | Open::Row);
        if self.open.drain(at..).any(|open| is_line(&open)) {
            break_line(&mut self.text);
        }
    }

    fn end_paragraph(&mut self) {
        if let Some(at) = self.find(|open| open == "p") {
            self.cut(at);
        }
    }

    /// An item ends the one before it in its list.
    fn end_item(&mut self) {
        for (at, open) in self.open.iter().enumerate().rev() {
            match open {
                Open::Block(name) if name == "li" => {
                    self.cut(at);
                    return;
                }
                Open::Block(name) if matches!(name.as_str(), "div" | "p") => {}
                _ => return,
            }
        }
    }

    fn end_cell(&mut self) {
        if let Some(at) = self.cell() {
            self.cut(at);
        }
    }

    fn end_rows(&mut self) {
        self.end_cell();
        if self.open.last() == Some(&Open::Row) {
            self.open.pop();
            break_line(&mut self.text);
        }
    }
}

/// The first `href` of a tag, as written, and what follows its `>`.
fn attributes(mut rest: &str) -> Option<(Option<&str>, &str)> {
    let mut href = None;
    loop {
        rest = rest.trim_start_matches(|c| is_space(c) || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return Some((href, after));
        }
        let end = rest.find(|c| is_space(c) || matches!(c, '/' | '>' | '='))?;
        let (name, tail) = rest.split_at_checked(end)?;
        if name.is_empty() {
            return None;
        }
        rest = tail.trim_start_matches(is_space);
        let Some(tail) = rest.strip_prefix('=') else {
            if name.eq_ignore_ascii_case("href") {
                href.get_or_insert("");
            }
            continue;
        };
        let tail = tail.trim_start_matches(is_space);
        let value;
        (value, rest) = if let Some(tail) = tail.strip_prefix('"') {
            tail.split_once('"')?
        } else if let Some(tail) = tail.strip_prefix('\'') {
            tail.split_once('\'')?
        } else {
            let end = tail.find(|c| is_space(c) || c == '>')?;
            tail.split_at_checked(end)?
        };
        if name.eq_ignore_ascii_case("href") {
            href.get_or_insert(value);
        }
    }
}

/// What follows the end tag of an element whose content is not markup.
fn after_content<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = text;
    loop {
        let (inside, tail) = rest.split_once("</")?;
        if name == "script" && inside.contains("<!--") {
            return None;
        }
        rest = tail;
        let Some((found, after)) = tail.split_at_checked(name.len()) else {
            continue;
        };
        if found.eq_ignore_ascii_case(name) && after.starts_with(|c| is_space(c) || c == '>') {
            return attributes(after).map(|(_, after)| after);
        }
    }
}

/// Text with its character references resolved; `None` if one takes the standard's whole table.
fn decoded(text: &str, in_attribute: bool) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('&') {
        plain.push_str(before);
        rest = tail;
        let end = tail
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '#'))
            .unwrap_or(tail.len());
        let (name, after) = tail.split_at_checked(end)?;
        match (name, after.strip_prefix(';')) {
            ("", _) => plain.push('&'),
            (name, Some(after)) => {
                plain.push(character(name)?);
                rest = after;
            }
            (name, None) if in_attribute && after.starts_with('=') && !name.contains('#') => {
                plain.push('&');
            }
            (_, None) => return None,
        }
    }
    plain.push_str(rest);
    Some(plain)
}

fn character(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        let known = NAMED.iter().find(|(known, _)| *known == name);
        return known.map(|(_, character)| *character);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    // Others are replaced by rules of their own.
    let is_itself = |code: &u32| matches!(code, 0x9 | 0xa | 0x20..=0x7e | 0xa0..=0xd7ff);
    code.ok().filter(is_itself).and_then(char::from_u32)
}

/// Whether the sanitiser keeps a link.
fn is_kept(href: &str) -> bool {
    Url::parse(href).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto" | "tel"))
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

#[cfg(test)]
mod tests;
