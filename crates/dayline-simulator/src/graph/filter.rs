//! `$filter` and `$orderby`: OData 4 expressions over rendered items.
//!
//! Knows comparisons, `and`, `or`, `not`, parentheses, `startswith`, `endswith`, `contains` and
//! `any`. Anything else is refused rather than guessed.

use std::cmp::Ordering;
use std::iter::Peekable;
use std::vec::IntoIter;

use serde_json::Value;

use crate::time;

/// Deepest nesting of a filter.
const DEPTH: usize = 32;

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Filter {
    Or(Box<Filter>, Box<Filter>),
    And(Box<Filter>, Box<Filter>),
    Not(Box<Filter>),
    /// `path operator literal`.
    Compare(String, Operator, Value),
    /// `function(path, 'text')`.
    Text(Function, String, String),
    /// `path/any(name:condition)`; without a condition: the list is not empty.
    Any(String, Option<Box<Filter>>),
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

/// A function of two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    StartsWith,
    EndsWith,
    Contains,
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Open,
    Close,
    Comma,
}

/// Reads a filter.
///
/// # Errors
/// Words about the part that is not understood.
pub(super) fn parse(text: &str) -> Result<Filter, String> {
    let mut reader = Reader {
        tokens: tokens(text)?.into_iter().peekable(),
        variables: Vec::new(),
        depth: 0,
    };
    let filter = reader.or()?;
    match reader.tokens.next() {
        None => Ok(filter),
        Some(token) => Err(format!("Syntax error at {token:?}.")),
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut out = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            _ if c.is_whitespace() => {}
            '(' => out.push(Token::Open),
            ')' => out.push(Token::Close),
            ',' => out.push(Token::Comma),
            '\'' => {
                let mut text = String::new();
                loop {
                    match chars.next() {
                        Some('\'') if chars.peek() == Some(&'\'') => {
                            chars.next();
                            text.push('\'');
                        }
                        Some('\'') => break,
                        Some(c) => text.push(c),
                        None => return Err("There is an unterminated string literal.".into()),
                    }
                }
                out.push(Token::Text(text));
            }
            _ => {
                let mut word = String::from(c);
                while let Some(c) = chars.next_if(|c| !c.is_whitespace() && !"(),'".contains(*c)) {
                    word.push(c);
                }
                out.push(Token::Word(word));
            }
        }
    }
    Ok(out)
}

struct Reader {
    tokens: Peekable<IntoIter<Token>>,
    /// Names that `any` has bound; a path that begins with one is taken from the element.
    variables: Vec<String>,
    depth: usize,
}

impl Reader {
    fn or(&mut self) -> Result<Filter, String> {
        let mut left = self.and()?;
        while self.word("or") {
            left = Filter::Or(Box::new(left), Box::new(self.and()?));
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Filter, String> {
        let mut left = self.term()?;
        while self.word("and") {
            left = Filter::And(Box::new(left), Box::new(self.term()?));
        }
        Ok(left)
    }

    fn term(&mut self) -> Result<Filter, String> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err("The filter is nested too deeply.".into());
        }
        let found = if self.word("not") {
            Ok(Filter::Not(Box::new(self.term()?)))
        } else if self.tokens.next_if_eq(&Token::Open).is_some() {
            let inner = self.or()?;
            self.close()?;
            Ok(inner)
        } else {
            self.comparison()
        };
        self.depth -= 1;
        found
    }

    fn comparison(&mut self) -> Result<Filter, String> {
        let Some(Token::Word(word)) = self.tokens.next() else {
            return Err("Expression expected.".into());
        };
        if self.tokens.next_if_eq(&Token::Open).is_some() {
            return match word.strip_suffix("/any") {
                Some(path) => self.any(path),
                None => self.function(&word),
            };
        }
        let Some(Token::Word(operator)) = self.tokens.next() else {
            return Err(format!("Operator expected after '{word}'."));
        };
        let operator = match operator.as_str() {
            "eq" => Operator::Eq,
            "ne" => Operator::Ne,
            "gt" => Operator::Gt,
            "ge" => Operator::Ge,
            "lt" => Operator::Lt,
            "le" => Operator::Le,
            other => return Err(format!("Unknown operator '{other}'.")),
        };
        let literal = match self.tokens.next() {
            Some(Token::Text(text)) => Value::String(text),
            Some(Token::Word(word)) => literal(&word)?,
            _ => return Err(format!("A literal is expected after '{word}'.")),
        };
        Ok(Filter::Compare(self.path(&word), operator, literal))
    }

    fn function(&mut self, name: &str) -> Result<Filter, String> {
        let function = match name {
            "startswith" => Function::StartsWith,
            "endswith" => Function::EndsWith,
            "contains" => Function::Contains,
            other => {
                return Err(format!(
                    "An unknown function with name '{other}' was found."
                ));
            }
        };
        let (Some(Token::Word(path)), Some(Token::Comma), Some(Token::Text(text))) =
            (self.tokens.next(), self.tokens.next(), self.tokens.next())
        else {
            return Err(format!("{name} takes a property and a string."));
        };
        self.close()?;
        Ok(Filter::Text(function, self.path(&path), text))
    }

    /// After `path/any(`.
    fn any(&mut self, path: &str) -> Result<Filter, String> {
        let path = self.path(path);
        if self.tokens.next_if_eq(&Token::Close).is_some() {
            return Ok(Filter::Any(path, None));
        }
        let Some(Token::Word(word)) = self.tokens.next() else {
            return Err("any needs a range variable.".into());
        };
        let (variable, rest) = word.split_once(':').ok_or("any needs a range variable.")?;
        let mut tokens: Vec<Token> = Vec::new();
        if !rest.is_empty() {
            tokens.push(Token::Word(rest.to_owned()));
        }
        tokens.extend(self.tokens.by_ref());
        self.tokens = tokens.into_iter().peekable();
        self.variables.push(variable.to_owned());
        let inner = self.or();
        self.variables.pop();
        let inner = inner?;
        self.close()?;
        Ok(Filter::Any(path, Some(Box::new(inner))))
    }

    /// A path as a JSON pointer. A range variable stands for the element itself.
    fn path(&self, path: &str) -> String {
        let (head, tail) = path.split_once('/').unwrap_or((path, ""));
        let path = if self.variables.iter().any(|variable| variable == head) {
            tail
        } else {
            path
        };
        if path.is_empty() {
            String::new()
        } else {
            format!("/{path}")
        }
    }

    fn word(&mut self, expected: &str) -> bool {
        let is = |token: &Token| matches!(token, Token::Word(word) if word == expected);
        self.tokens.next_if(is).is_some()
    }

    fn close(&mut self) -> Result<(), String> {
        match self.tokens.next() {
            Some(Token::Close) => Ok(()),
            _ => Err("Closing parenthesis expected.".into()),
        }
    }
}

fn literal(word: &str) -> Result<Value, String> {
    match word {
        "true" => Ok(Value::Bool(true)),
        "false" => Ok(Value::Bool(false)),
        "null" => Ok(Value::Null),
        _ if word.parse::<i64>().is_ok() => Ok(word.parse::<i64>().unwrap_or(0).into()),
        // Instants and dates stand without quotes.
        _ if time::parse_instant(word).is_some() => Ok(Value::String(word.to_owned())),
        _ => Err(format!("'{word}' is no literal.")),
    }
}

impl Filter {
    /// Whether an item fulfils the condition.
    pub(super) fn holds(&self, item: &Value) -> bool {
        match self {
            Self::Or(left, right) => left.holds(item) || right.holds(item),
            Self::And(left, right) => left.holds(item) && right.holds(item),
            Self::Not(inner) => !inner.holds(item),
            Self::Compare(path, operator, value) => {
                let found = item.pointer(path).unwrap_or(&Value::Null);
                let order = compare(found, value);
                match operator {
                    Operator::Eq => order == Some(Ordering::Equal),
                    Operator::Ne => order != Some(Ordering::Equal),
                    Operator::Gt => order == Some(Ordering::Greater),
                    Operator::Ge => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
                    Operator::Lt => order == Some(Ordering::Less),
                    Operator::Le => matches!(order, Some(Ordering::Less | Ordering::Equal)),
                }
            }
            Self::Text(function, path, text) => {
                let found = item
                    .pointer(path)
                    .and_then(Value::as_str)
                    .unwrap_or_default();
                let (found, text) = (found.to_lowercase(), text.to_lowercase());
                match function {
                    Function::StartsWith => found.starts_with(&text),
                    Function::EndsWith => found.ends_with(&text),
                    Function::Contains => found.contains(&text),
                }
            }
            Self::Any(path, inner) => {
                let list = item.pointer(path).and_then(Value::as_array);
                list.into_iter()
                    .flatten()
                    .any(|one| inner.as_ref().is_none_or(|inner| inner.holds(one)))
            }
        }
    }

    /// The first segments of all paths outside of `any`, for checking them.
    pub(super) fn properties(&self) -> Vec<&str> {
        match self {
            Self::Or(left, right) | Self::And(left, right) => {
                let mut out = left.properties();
                out.extend(right.properties());
                out
            }
            Self::Not(inner) => inner.properties(),
            Self::Compare(path, ..) | Self::Text(_, path, _) | Self::Any(path, _) => {
                path.split('/').nth(1).into_iter().collect()
            }
        }
    }
}

/// Times compare as times however many fraction digits they have, text without case.
fn compare(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::String(a), Value::String(b)) => {
            match (time::parse_instant(a), time::parse_instant(b)) {
                (Some(a), Some(b)) => Some(a.cmp(&b)),
                _ => Some(a.to_lowercase().cmp(&b.to_lowercase())),
            }
        }
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        (Value::Number(a), Value::Number(b)) => a.as_f64()?.partial_cmp(&b.as_f64()?),
        (Value::Null, Value::Null) => Some(Ordering::Equal),
        _ => None,
    }
}

/// One key of an `$orderby`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) pointer: String,
    pub(super) descending: bool,
}

/// Reads an `$orderby`.
///
/// # Errors
/// Words about a direction that is none.
pub(super) fn parse_order(text: &str) -> Result<Vec<Key>, String> {
    text.split(',')
        .map(|key| {
            let mut words = key.split_whitespace();
            let path = words.next().ok_or("An $orderby key is empty.")?;
            let descending = match (words.next(), words.next()) {
                (None | Some("asc"), None) => false,
                (Some("desc"), None) => true,
                _ => return Err(format!("Syntax error in $orderby at '{key}'.")),
            };
            Ok(Key {
                pointer: format!("/{path}"),
                descending,
            })
        })
        .collect()
}

/// Orders items; those without the property come last.
pub(super) fn sort(items: &mut [Value], keys: &[Key]) {
    items.sort_by(|a, b| {
        keys.iter().fold(Ordering::Equal, |found, key| {
            found.then_with(|| {
                let (a, b) = (a.pointer(&key.pointer), b.pointer(&key.pointer));
                let null = &Value::Null;
                let (a, b) = (a.unwrap_or(null), b.unwrap_or(null));
                let order = compare(a, b).unwrap_or_else(|| a.is_null().cmp(&b.is_null()));
                if key.descending {
                    order.reverse()
                } else {
                    order
                }
            })
        })
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn item() -> Value {
        json!({
            "subject": "It's lunch",
            "isAllDay": false,
            "reminderMinutesBeforeStart": 15,
            "seriesMasterId": null,
            "categories": ["Red", "Work"],
            "start": {"dateTime": "2026-11-25T09:00:00.0000000"},
            "attendees": [{"emailAddress": {"address": "b@x.example"}}],
        })
    }

    #[test]
    fn conditions_hold_as_odata_says() {
        let cases = [
            ("subject eq 'It''s lunch'", true),
            ("startswith(subject,'IT') and not isAllDay eq true", true),
            ("contains(subject, 'x') or endswith(subject, 'lunch')", true),
            (
                "(isAllDay eq true or isAllDay eq false) and reminderMinutesBeforeStart lt 15",
                false,
            ),
            ("start/dateTime ge '2026-11-25T09:00'", true),
            ("start/dateTime gt 2026-11-25T09:00:00Z", false),
            ("categories/any(c:c eq 'Work')", true),
            ("categories/any(c: c eq 'Blue')", false),
            ("categories/any()", true),
            (
                "attendees/any(a:a/emailAddress/address eq 'b@x.example')",
                true,
            ),
            ("seriesMasterId eq null", true),
            ("seriesMasterId ne null", false),
        ];
        for (text, expected) in cases {
            let filter = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(filter.holds(&item()), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for text in [
            "",
            "subject",
            "subject like 'x'",
            "subject eq",
            "subject eq 'x",
            "(subject eq 'x'",
            "length(subject) gt 3",
            "subject eq x",
            "subject eq 'x' subject",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(parse(&"(".repeat(5000)).is_err());
    }
}
