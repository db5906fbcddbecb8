//! How much work a document makes for a parser of HTML, told before it is parsed.
//!
//! A parser looks at what is open for every tag, and writes emphasis that nobody closed anew in
//! every paragraph, so its work grows with the depth times the length. [`is_reasonable`] follows
//! the tags in one pass and never believes less to be open than the parser will have open: where
//! it cannot be sure that a tag closes something, it counts as if it did not.
//!
//! # Source
//! WHATWG HTML §13.2.4.2 (scopes), §13.2.5 (tokens), §13.2.6.4.7 (tags in a body).

/// How many elements may be open at once.
pub(super) const DEEPEST: usize = 256;
/// The most work: a step for each open element at each tag.
pub(super) const MOST_STEPS: usize = 4_000_000;
/// What writing an element anew costs, in steps.
const ANEW: usize = 16;

/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img",
    "input", "keygen", "link", "meta", "param", "source", "track", "wbr",
];
/// Those of them that end foreign content, so that they are without content there too.
const VOID_EVERYWHERE: &[&str] = &["br", "embed", "hr", "img", "meta"];
/// Tags that add to what is there once.
const FRAME: &[&str] = &["body", "head", "html"];
/// Elements that are written anew where somebody forgot to close them.
const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
/// Elements beyond which an end tag closes nothing, or that are not sure to be none.
const BOUNDARY: &[&str] = &[
    "annotation-xml",
    "applet",
    "button",
    "caption",
    "desc",
    "foreignobject",
    "frameset",
    "marquee",
    "math",
    "mi",
    "mn",
    "mo",
    "ms",
    "mtext",
    "object",
    "select",
    "svg",
    "table",
    "td",
    "template",
    "th",
    "title",
];
/// Other elements that end tags of spans do not reach beyond.
const BLOCK: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "noscript",
    "ol",
    "optgroup",
    "option",
    "p",
    "plaintext",
    "pre",
    "search",
    "section",
    "summary",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "script",
    "style",
    "textarea",
];
/// Blocks that do not close the paragraph before them, or not always.
const IN_PARAGRAPHS: &[&str] = &[
    "colgroup", "iframe", "noembed", "noframes", "noscript", "optgroup", "option", "script",
    "style", "tbody", "textarea", "tfoot", "thead", "tr",
];
const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];
const SECTIONS: &[&str] = &["tbody", "tfoot", "thead"];
/// Elements whose content is text.
const RAW: &[&str] = &[
    "iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp",
];

/// Whether a parser reads `html` in reasonable time. Linear, whatever is in it.
pub(super) fn is_reasonable(html: &str) -> bool {
    let mut effort = Effort {
        steps_left: MOST_STEPS,
        ..Effort::default()
    };
    effort.document(html).is_some()
}

/// What is open, at the most.
#[derive(Default)]
struct Effort<'a> {
    open: Vec<&'a str>,
    /// Formatting that was left open by what is closed.
    left: Vec<&'a str>,
    steps_left: usize,
    /// SVG, MathML, a frameset or a list of choices were opened: many rules are others there.
    is_strange: bool,
    /// What is markup cannot be told any more: nothing is believed to close.
    is_lost: bool,
}

impl<'a> Effort<'a> {
    /// Follows the tags; `None` as soon as it is too much.
    fn document(&mut self, html: &'a str) -> Option<()> {
        let mut rest = html;
        while let Some((_, tail)) = rest.split_once('<') {
            rest = if self.is_lost {
                self.lost(tail)?
            } else {
                self.markup(tail)?
            };
        }
        Some(())
    }

    /// Every `<` may begin a tag.
    fn lost(&mut self, tail: &'a str) -> Option<&'a str> {
        if tail.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (name, after) = name(tail);
            self.push(name)?;
            return Some(after);
        }
        self.spend()?;
        Some(tail)
    }

    /// Reads what follows a `<`, and gives what follows its `>`.
    fn markup(&mut self, tail: &'a str) -> Option<&'a str> {
        if let Some(comment) = tail.strip_prefix("!--") {
            return Some(after_comment(comment));
        }
        if tail.starts_with("![CDATA[") && self.is_strange {
            self.is_lost = true;
            return Some(tail);
        }
        let (closing, inside) = match tail.strip_prefix('/') {
            Some(inside) => (true, inside),
            None => (false, tail),
        };
        if !inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
            // Text, or what is thrown away up to the next `>`.
            return Some(if closing || tail.starts_with(['!', '?']) {
                tail.split_once('>').map_or("", |(_, after)| after)
            } else {
                tail
            });
        }
        let (name, inside) = name(inside);
        let (attributes, after) = after_attributes(inside);
        // Each is compared with those before it.
        self.steps_left = self.steps_left.checked_sub(attributes * attributes / 8)?;
        if closing {
            self.spend()?;
            self.close(name);
            return Some(after);
        }
        if is_one_of(name, &["svg", "math", "select", "frameset"]) {
            self.is_strange = true;
        }
        if is_one_of(name, &["noscript", "plaintext"]) {
            self.is_lost = true;
        } else if is_one_of(name, RAW) {
            match after_raw(after, name).filter(|_| !self.is_strange) {
                Some(after) => {
                    self.spend()?;
                    return Some(after);
                }
                None => self.is_lost = true,
            }
        }
        self.open(name)?;
        Some(after)
    }

    /// One tag looks at all that is open.
    fn spend(&mut self) -> Option<()> {
        let steps = 1 + self.open.len() + ANEW * self.left.len();
        self.steps_left = self.steps_left.checked_sub(steps)?;
        Some(())
    }

    fn push(&mut self, name: &'a str) -> Option<()> {
        self.open.push(name);
        self.spend()?;
        (self.open.len() + self.left.len() <= DEEPEST).then_some(())
    }

    fn open(&mut self, name: &'a str) -> Option<()> {
        let is_empty = is_one_of(name, VOID) || is_one_of(name, FRAME);
        if is_one_of(name, BLOCK) && !is_one_of(name, IN_PARAGRAPHS) {
            self.cut(&["p"], is_span);
        }
        if is_one_of(name, &["a", "nobr"]) {
            self.close(name);
        } else if is_one_of(name, &["li"]) {
            self.cut(&["li"], is_span);
        } else if is_one_of(name, &["dd", "dt"]) {
            self.cut(&["dd", "dt"], is_span);
        } else if is_one_of(name, HEADINGS) {
            self.cut(HEADINGS, |_| false);
        } else if !self.is_strange {
            let is_section = is_one_of(name, SECTIONS);
            let is_row = is_section || is_one_of(name, &["tr"]);
            if is_row || is_one_of(name, &["td", "th"]) {
                self.cut(&["td", "th"], |open| {
                    is_span(open) || is_one_of(open, &["p"])
                });
            }
            if is_row {
                self.cut(&["tr"], |_| false);
            }
            if is_section {
                self.cut(SECTIONS, |_| false);
            }
            if is_one_of(name, &["option"]) {
                self.cut(&["option"], |_| false);
            }
        }
        if is_empty && (!self.is_strange || is_one_of(name, VOID_EVERYWHERE)) {
            return self.spend();
        }
        self.push(name)
    }

    fn close(&mut self, name: &str) {
        if is_one_of(name, FORMATTING) {
            if !self.cut(&[name], is_span) {
                self.forget(name);
            }
        } else if is_one_of(name, &["table", "tbody", "tfoot", "thead", "tr"]) {
            self.cut(&[name], |open| {
                !is_one_of(open, BOUNDARY) || is_one_of(open, &["td", "th"])
            });
        } else if is_one_of(name, &["li"]) {
            self.cut(&[name], |open| {
                !is_one_of(open, BOUNDARY) && !is_one_of(open, &["ol", "ul"])
            });
        } else if is_one_of(name, &["form"]) {
            self.cut(&[name], |_| false);
        } else if is_one_of(name, HEADINGS) {
            self.cut(HEADINGS, |open| !is_one_of(open, BOUNDARY));
        } else if is_one_of(name, BLOCK)
            || (is_one_of(name, BOUNDARY) && !is_one_of(name, &["svg", "math"]))
        {
            self.cut(&[name], |open| !is_one_of(open, BOUNDARY));
        } else {
            self.cut(&[name], is_span);
        }
    }

    /// Closes the innermost of `names` with all that is open in it, if all that may be closed.
    fn cut(&mut self, names: &[&str], beyond: impl Fn(&str) -> bool) -> bool {
        for (at, open) in self.open.iter().enumerate().rev() {
            if is_one_of(open, names) {
                let inner = self.open.drain(at..).skip(1);
                self.left
                    .extend(inner.filter(|open| is_one_of(open, FORMATTING)));
                return true;
            }
            if !beyond(open) {
                return false;
            }
        }
        false
    }

    /// An end tag of formatting that is not open in this place ends its being written anew.
    fn forget(&mut self, name: &str) {
        const KEEPS_ITS_OWN: &[&str] = &[
            "applet", "caption", "marquee", "object", "td", "template", "th",
        ];
        let is_kept = |open: &&str| is_one_of(open, KEEPS_ITS_OWN) || is_one_of(open, &[name]);
        if self.open.iter().any(is_kept) {
            return;
        }
        let is_it = |left: &&str| left.eq_ignore_ascii_case(name);
        if let Some(at) = self.left.iter().rposition(is_it) {
            self.left.remove(at);
        }
    }
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|one| one.eq_ignore_ascii_case(name))
}

fn is_span(name: &str) -> bool {
    !is_one_of(name, BLOCK) && !is_one_of(name, BOUNDARY)
}

/// A tag's name and what follows it.
fn name(tail: &str) -> (&str, &str) {
    let end = tail
        .find(|c| is_space(c) || matches!(c, '/' | '>'))
        .unwrap_or(tail.len());
    tail.split_at_checked(end).unwrap_or((tail, ""))
}

/// How many attributes a tag has, and what follows its `>`.
fn after_attributes(mut rest: &str) -> (usize, &str) {
    let mut count = 0_usize;
    loop {
        rest = rest.trim_start_matches(|c| is_space(c) || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return (count, after);
        }
        let mut chars = rest.chars();
        if chars.next().is_none() {
            return (count, "");
        }
        count += 1;
        // The first character belongs to the name, even if it is a `=`.
        let after_first = chars.as_str();
        let end = after_first
            .find(|c| is_space(c) || matches!(c, '/' | '>' | '='))
            .unwrap_or(after_first.len());
        rest = after_first
            .get(end..)
            .unwrap_or("")
            .trim_start_matches(is_space);
        let Some(value) = rest.strip_prefix('=') else {
            continue;
        };
        let value = value.trim_start_matches(is_space);
        let quoted = |quote| {
            let value = value.strip_prefix(quote)?;
            Some(value.split_once(quote).map_or("", |(_, after)| after))
        };
        rest = quoted('"').or_else(|| quoted('\'')).unwrap_or_else(|| {
            let end = value.find(|c| is_space(c) || c == '>');
            value.get(end.unwrap_or(value.len())..).unwrap_or("")
        });
    }
}

fn after_comment(comment: &str) -> &str {
    if let Some(after) = comment
        .strip_prefix('>')
        .or_else(|| comment.strip_prefix("->"))
    {
        return after;
    }
    let mut rest = comment;
    while let Some((_, tail)) = rest.split_once("--") {
        if let Some(after) = tail.strip_prefix('>').or_else(|| tail.strip_prefix("!>")) {
            return after;
        }
        // A third dash may be the second of the end.
        rest = rest.get(rest.len() - tail.len() - 1..).unwrap_or("");
    }
    ""
}

/// What follows the end tag of an element whose content is text; `None` where that is not sure.
fn after_raw<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = text;
    loop {
        let Some((inside, tail)) = rest.split_once("</") else {
            return if rest.contains("<!--") {
                None
            } else {
                Some("")
            };
        };
        if inside.contains("<!--") && name.eq_ignore_ascii_case("script") {
            return None;
        }
        rest = tail;
        let Some((found, after)) = tail.split_at_checked(name.len()) else {
            continue;
        };
        if found.eq_ignore_ascii_case(name)
            && after.starts_with(|c| is_space(c) || matches!(c, '/' | '>'))
        {
            return Some(after_attributes(after).1);
        }
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

#[cfg(test)]
mod tests;
