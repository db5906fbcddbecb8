/**
 * The parts of a filter's text, so that chips can switch them on and off. Pure.
 *
 * The text is the only truth, and what it means is decided in Rust (dayline-model, `filter`); here
 * it is only taken apart at spaces, quotes and commas.
 */

/** One part: `-category:"Client A",Travel`, or a bare word, whose key is `null`. */
export interface Term {
  /** Where it stands in the text. */
  from: number;
  to: number;
  negated: boolean;
  key: string | null;
  values: string[];
}

/** The parts of a text. What cannot be read (a quote that is not closed) reaches to its end. */
export function termsOf(text: string): Term[] {
  const terms: Term[] = [];
  let at = 0;
  while (at < text.length) {
    if (isSpace(text[at])) {
      at += 1;
      continue;
    }
    const from = at;
    at = endOfTerm(text, at);
    terms.push(readTerm(text.slice(from, at), from));
  }
  return terms;
}

/** Whether a part without a minus asks for `value` under `key`. */
export function asksFor(text: string, key: string, value: string): boolean {
  return termsOf(text).some((term) => isFor(term, key) && holds(term, value));
}

/**
 * Switches `value` under `key` on or off. Values of one key stand in one part, with commas: they
 * mean or.
 */
export function toggle(text: string, key: string, value: string): string {
  const terms = termsOf(text);
  const on = terms.filter((term) => isFor(term, key) && holds(term, value));
  if (on.length > 0) {
    return rewrite(text, on, (term) => term.values.filter((one) => !same(one, value)));
  }
  const open = terms.find((term) => isFor(term, key));
  if (open !== undefined) return rewrite(text, [open], (term) => [...term.values, value]);
  return `${text.trimEnd()} ${print(key, [value])}`.trimStart();
}

/** A text without the parts of a key. */
export function without(text: string, key: string): string {
  const gone = termsOf(text).filter((term) => isFor(term, key));
  return rewrite(text, gone, () => []);
}

/** A value as it has to be written. */
export function quoted(value: string): string {
  return value !== '' && !/[\s",]/u.test(value)
    ? value
    : `"${value.replace(/\\(?=["\\]|$)/g, '\\\\').replaceAll('"', '\\"')}"`;
}

function print(key: string, values: readonly string[]): string {
  return `${key}:${values.map(quoted).join(',')}`;
}

function rewrite(
  text: string,
  which: readonly Term[],
  valuesOf: (term: Term) => readonly string[],
): string {
  let result = text;
  for (const term of [...which].reverse()) {
    const values = valuesOf(term);
    const put = values.length === 0 ? '' : print(term.key ?? '', values);
    const before = result.slice(0, term.from);
    const after = result.slice(term.to);
    result = put === '' ? `${before.trimEnd()} ${after.trimStart()}` : before + put + after;
  }
  return result.trim();
}

function isFor(term: Term, key: string): boolean {
  return !term.negated && term.key === key;
}

function holds(term: Term, value: string): boolean {
  return term.values.some((one) => same(one, value));
}

/** Names are compared without case and accents, as in Rust. */
function same(a: string, b: string): boolean {
  return fold(a) === fold(b);
}

export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss').trim();
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && /\s/u.test(character);
}

function endOfTerm(text: string, from: number): number {
  let inQuotes = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (inQuotes && character === '\\' && /["\\]/.test(text[at + 1] ?? '')) at += 1;
    else if (character === '"') inQuotes = !inQuotes;
    else if (!inQuotes && isSpace(character)) return at;
  }
  return text.length;
}

function readTerm(written: string, from: number): Term {
  const negated = written.startsWith('-') && written.length > 1;
  const rest = negated ? written.slice(1) : written;
  const key = /^\p{L}+(?=:)/u.exec(rest)?.[0].toLowerCase() ?? null;
  const values = splitValues(key === null ? rest : rest.slice(key.length + 1));
  return { from, to: from + written.length, negated, key, values };
}

function splitValues(written: string): string[] {
  const values: string[] = [];
  let value = '';
  let inQuotes = false;
  for (let at = 0; at < written.length; at += 1) {
    const character = written[at] ?? '';
    if (inQuotes && character === '\\' && /["\\]/.test(written[at + 1] ?? '')) {
      at += 1;
      value += written[at] ?? '';
    } else if (character === '"') inQuotes = !inQuotes;
    else if (!inQuotes && character === ',') {
      values.push(value);
      value = '';
    } else value += character;
  }
  return [...values, value];
}
