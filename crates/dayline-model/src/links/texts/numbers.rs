//! The shapes of numbers: telephone numbers, conference ids and meeting ids.

/// Digits of a number with one blank between its groups; `None` if it is no `wanted` number of
/// digits, or if its groups are none.
pub(super) fn grouped(digits: &str, wanted: std::ops::RangeInclusive<usize>) -> Option<String> {
    let groups: Vec<&str> = digits
        .split([' ', '-'])
        .filter(|group| !group.is_empty())
        .collect();
    let count: usize = groups.iter().map(|group| group.len()).sum();
    let in_groups = groups.len() == 1 || groups.iter().all(|group| (1..=5).contains(&group.len()));
    let is_number = groups
        .iter()
        .all(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
    (wanted.contains(&count) && in_groups && is_number).then(|| groups.join(" "))
}

/// The digits alone.
pub(super) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// A number to dial with the conference id behind commas, and what is before and after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dialled<'a> {
    pub(super) number: &'a str,
    pub(super) conference: &'a str,
    pub(super) before: &'a str,
    pub(super) after: &'a str,
}

/// `+1 323-849-4874,,766918553#`.
pub(super) fn dialled(line: &str) -> Option<Dialled<'_>> {
    let comma = line.find(",,")?;
    let (before, rest) = line.split_at_checked(comma)?;
    let begin = before
        .rfind(|c: char| !(c.is_ascii_digit() || "+-.() ".contains(c)))
        .map_or(Some(0), |at| Some(at + char_len(before, at)?))?;
    let run = before.get(begin..)?;
    let plus = run.rfind('+').unwrap_or(0);
    let number = run
        .get(plus..)?
        .trim_start_matches(|c: char| !(c.is_ascii_digit() || matches!(c, '+' | '(')))
        .trim();
    if !is_number(number) {
        return None;
    }
    let rest = rest.trim_start_matches([',', ' ', '*']);
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (conference, after) = rest.split_at_checked(end)?;
    if !(4..=13).contains(&conference.len()) {
        return None;
    }
    // What is pressed after the conference id belongs to the number.
    let after = after.trim_start_matches(|c: char| c.is_ascii_digit() || "#,* ".contains(c));
    Some(Dialled {
        number,
        conference,
        before: before.get(..begin + plus)?,
        after,
    })
}

fn char_len(text: &str, at: usize) -> Option<usize> {
    text.get(at..)?.chars().next().map(char::len_utf8)
}

/// `+1 323-849-4874` at the start of a line or behind a short label, and what follows it.
pub(super) fn telephone(line: &str) -> Option<(&str, &str)> {
    let plus = line.find('+')?;
    let (before, rest) = line.split_at_checked(plus)?;
    if before.contains("//") || before.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let end = rest
        .find(|c: char| !(c.is_ascii_digit() || "+-.() ".contains(c)))
        .unwrap_or(rest.len());
    let (number, after) = rest.split_at_checked(end)?;
    let number = number.trim_end_matches(|c: char| !c.is_ascii_digit());
    is_number(number).then_some((number, after))
}

fn is_number(number: &str) -> bool {
    (7..=15).contains(&number.bytes().filter(u8::is_ascii_digit).count())
}

/// `766 918 553#` where a value stands: at the start of a text, or behind its last colon.
pub(super) fn conference_id(text: &str) -> Option<String> {
    let (head, _) = text.split_once('#')?;
    let value = head.rsplit_once(':').map_or(head, |(_, value)| value);
    grouped(value.trim(), 6..=12)
}
