//! Text that is not quite Unicode.
//!
//! Services cut texts at a number of UTF-16 units, which can split an emoji in two. The half that
//! is left is no character, JSON that holds it cannot be read, and one such title would cost the
//! whole page. Here each half becomes U+FFFD. Nothing else about JSON is forgiven.

/// The text of `body` with U+FFFD for bytes that are no UTF-8 and for halves of surrogate pairs.
pub(crate) fn mended(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let mut mended = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some((before, escape)) = rest.split_once('\\') {
        mended.push_str(before);
        rest = match unit(escape) {
            Some((0xd800..=0xdbff, after)) => {
                let low = after.strip_prefix('\\').and_then(unit);
                if let (Some((0xdc00..=0xdfff, behind)), Some(pair)) = (low, escape.get(..11)) {
                    mended.push('\\');
                    mended.push_str(pair);
                    behind
                } else {
                    mended.push('\u{fffd}');
                    after
                }
            }
            Some((0xdc00..=0xdfff, after)) => {
                mended.push('\u{fffd}');
                after
            }
            // Any other escape, of which the first character may be a backslash itself.
            _ => {
                mended.push('\\');
                let mut chars = escape.chars();
                mended.extend(chars.next());
                chars.as_str()
            }
        };
    }
    mended.push_str(rest);
    mended
}

/// The UTF-16 unit of an escape without its backslash, such as `u00e9`, and what follows it.
fn unit(escape: &str) -> Option<(u16, &str)> {
    let digits = escape.strip_prefix('u')?;
    let (digits, after) = digits.split_at_checked(4)?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    Some((u16::from_str_radix(digits, 16).ok()?, after))
}

#[cfg(test)]
mod tests;
