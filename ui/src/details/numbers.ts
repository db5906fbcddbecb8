/** Numbers of a meeting in a line of text. Pure. */

/** Marks around what runs from left to right wherever it stands: LRI and PDI. */
const OPEN = String.fromCodePoint(0x2066);
const CLOSE = String.fromCodePoint(0x2069);
const NO_BREAK_SPACE = String.fromCodePoint(0xa0);

/** What stays in one line. */
export function unbroken(text: string): string {
  return text.replaceAll(' ', NO_BREAK_SPACE);
}

/**
 * A number in groups of digits, which stay in one line; in a line that runs from right to left
 * they would change places.
 */
export function grouped(number: string, rightToLeft: boolean): string {
  const whole = unbroken(number);
  return rightToLeft ? `${OPEN}${whole}${CLOSE}` : whole;
}
