//! Inputs made of others: what libFuzzer does, as far as it goes without looking into the program.

/// Where numbers come from; the same seed makes the same inputs.
pub trait Dice {
    /// A number below `bound`; 0 if that is 0.
    fn below(&mut self, bound: usize) -> usize;
}

/// What is put in whole: signs that end or begin something in one of the languages read here.
const PIECES: &[&str] = &[
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    ";",
    "<",
    ">",
    "&",
    "/",
    "//",
    "%",
    "#",
    "?",
    "@",
    "\n",
    "\r\n ",
    "\0",
    "\u{a0}",
    "\u{200b}",
    "\u{202e}",
    "é",
    "\u{301}",
    "\\ud83d",
    "&#0;",
    "</a>",
    "<p>",
    "<a href=",
    "https://",
    "%00",
    "%2f",
    "-",
    "--",
    "+",
    "0",
    "9999",
    "-1",
    "99999999999999999999",
    "null",
    "true",
    "1e999",
    "UTC",
    "T000000Z",
    "FREQ=",
    "BYDAY=",
];

/// One to four changes to `input`; `other` is what pieces are taken from.
pub fn mutated(input: &[u8], other: &[u8], dice: &mut impl Dice) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len() + 1);
        match dice.below(7) {
            0 => flip(&mut bytes, at, dice),
            1 => bytes.truncate(at),
            2 => {
                let end = at + dice.below(bytes.len() - at + 1).min(16);
                bytes.drain(at..end);
            }
            3 => insert(&mut bytes, at, PIECES[dice.below(PIECES.len())].as_bytes()),
            4 => {
                let chunk = chunk(&bytes, dice).repeat(1 + dice.below(8));
                insert(&mut bytes, at, &chunk);
            }
            5 => {
                let chunk = chunk(other, dice).to_vec();
                insert(&mut bytes, at, &chunk);
            }
            _ => {
                // The beginning of one and the end of the other.
                bytes.truncate(at);
                bytes.extend_from_slice(&other[dice.below(other.len() + 1)..]);
            }
        }
    }
    bytes
}

fn flip(bytes: &mut [u8], at: usize, dice: &mut impl Dice) {
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= 1 << dice.below(8);
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    bytes.splice(at..at, piece.iter().copied());
}

fn chunk<'a>(bytes: &'a [u8], dice: &mut impl Dice) -> &'a [u8] {
    let from = dice.below(bytes.len() + 1);
    let until = from + dice.below(bytes.len() - from + 1).min(64);
    &bytes[from..until]
}
