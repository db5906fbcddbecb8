/**
 * Dates that count from today, in words: tomorrow, next friday, last monday, in 2 weeks,
 * 3 days ago, next month, +3 weeks. Pure.
 *
 * Weekdays and most sayings are Intl's, in the language of the locale and in English; the words
 * that people put before them are in the catalogues, of the language that the window speaks.
 */
import { addMonths, dayOf, monthOf, weekday } from '../calendar/layout/months';
import { fold } from '../filters/terms';
import { goTo } from '../words/go-to';

type Unit = keyof typeof goTo.units;

interface Step {
  by: number;
  unit: Unit;
}

const UNITS = ['day', 'week', 'month', 'year'] as const;
/** A number of steps that nobody means leads nowhere. */
const MOST_DIGITS = 5;

const ENGLISH: Readonly<Record<keyof typeof goTo.words, readonly string[]>> = {
  next: ['next', 'coming', 'following'],
  last: ['last', 'past', 'previous'],
  this: ['this'],
  ahead: ['in', 'within'],
  ago: ['ago', 'back'],
  one: ['a', 'an', 'one'],
  filler: ['on', 'the', 'of'],
};
const ENGLISH_UNITS: Readonly<Record<Unit, RegExp>> = {
  day: /^(d|days?)$/,
  week: /^(w|weeks?)$/,
  month: /^(m|months?)$/,
  year: /^(y|years?)$/,
};

/** The day that `typed` means, counted from `today`; `null` if it means none of this kind. */
export function relativeDay(
  typed: string,
  today: number,
  locale: string | undefined,
): number | null {
  const all = tokensOf(typed);
  // "يوم" is a day as well as what stands before the name of one.
  const tokens = all.filter((token) => unitNamed(token) !== null || !isFiller(token));
  if (tokens.length === 0) return null;
  const step = saying(tokens.join(' '), locale) ?? signed(typed) ?? counted(tokens, locale);
  if (step !== null) return moved(today, step);
  return weekdayFrom(
    all.filter((token) => !isFiller(token)),
    today,
    locale,
  );
}

export function tokensOf(typed: string): string[] {
  return fold(typed)
    .split(/[\s.,،]+/u)
    .filter((token) => token !== '');
}

/** Whether people put this word before or between the parts of a date, and it says nothing. */
export function isFiller(token: string): boolean {
  return isWord('filler', fold(token));
}

function isWord(kind: keyof typeof goTo.words, token: string): boolean {
  return ENGLISH[kind].includes(token) || goTo.words[kind].some((word) => fold(word) === token);
}

/** "tomorrow", "next week", and what else the language has words of its own for. */
function saying(typed: string, locale: string | undefined): Step | null {
  for (const language of [locale, 'en']) {
    const known = sayingsOf(language).get(typed);
    if (known !== undefined) return known;
  }
  return null;
}

const sayings = new Map<string | undefined, ReadonlyMap<string, Step>>();

function sayingsOf(language: string | undefined): ReadonlyMap<string, Step> {
  const known = sayings.get(language);
  if (known !== undefined) return known;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const all = UNITS.flatMap((unit) =>
    [-2, -1, 0, 1, 2].map(
      (by) => [tokensOf(format.format(by, unit)).join(' '), { by, unit }] as const,
    ),
  );
  const map = new Map(all);
  sayings.set(language, map);
  return map;
}

/** "+3 weeks", "-1d". */
function signed(typed: string): Step | null {
  const match = /^([+-])\s*(\d+)\s*([\p{L}\p{M}]+)$/u.exec(typed.trim());
  const unit = unitNamed(fold(match?.[3] ?? ''));
  const digits = match?.[2] ?? '';
  if (match === null || unit === null || digits.length > MOST_DIGITS) return null;
  return { by: Number(digits) * (match[1] === '-' ? -1 : 1), unit };
}

/** "in 2 weeks", "2 weeks ago", "2 weeks", "in a week", "next month". */
function counted(tokens: readonly string[], locale: string | undefined): Step | null {
  const back = tokens.some((token) => isWord('ago', token) || isWord('last', token));
  const rest = tokens.filter(
    (token) => !(['ago', 'last', 'next', 'ahead'] as const).some((kind) => isWord(kind, token)),
  );
  if (tokens.length - rest.length > 1) return null;
  const name = rest.at(-1);
  const unit = unitNamed(name ?? '');
  if (name === undefined || unit === null || rest.length > 2) return null;
  const many = rest.length === 1 ? null : rest[0];
  const n = many === null ? pairOf(name, unit, locale) : numberOf(many ?? '');
  // "week" alone counts nothing.
  if (n === null || tokens.length === 1) return null;
  return { by: back ? -n : n, unit };
}

function numberOf(token: string): number | null {
  if (isWord('one', token)) return 1;
  return /^\d+$/.test(token) && token.length <= MOST_DIGITS ? Number(token) : null;
}

/** How many a unit means by itself: two where the language has a form for pairs, else one. */
function pairOf(name: string, unit: Unit, locale: string | undefined): number {
  const pair = new Intl.RelativeTimeFormat(locale, { numeric: 'always' }).format(2, unit);
  return !/\p{Nd}/u.test(pair) && tokensOf(pair).includes(name) ? 2 : 1;
}

/** The unit that people call so, in the language of the window or in English. */
function unitNamed(name: string): Unit | null {
  return (
    UNITS.find((unit) => goTo.units[unit].some((form) => fold(form) === name)) ??
    UNITS.find((unit) => ENGLISH_UNITS[unit].test(name)) ??
    null
  );
}

/** "friday" from today on, "next friday" after today, "last friday" before it. */
function weekdayFrom(
  tokens: readonly string[],
  today: number,
  locale: string | undefined,
): number | null {
  const names = tokens.flatMap((token) => weekdayNamed(token, locale) ?? []);
  const others = tokens.filter((token) => weekdayNamed(token, locale) === null);
  const [wanted] = names;
  if (wanted === undefined || names.length > 1 || others.length > 1) return null;
  const ahead = (wanted - weekday(today) + 7) % 7;
  const [how] = others;
  if (how === undefined || isWord('this', how)) return today + ahead;
  if (isWord('next', how)) return today + (ahead === 0 ? 7 : ahead);
  if (isWord('last', how)) return today + ahead - 7;
  return null;
}

/** The weekday of that name, 0 = Sunday, in the locale's language or in English. */
export function weekdayNamed(token: string, locale: string | undefined): number | null {
  const name = bare(fold(token));
  for (const language of [locale, 'en']) {
    const { long, short } = weekdaysOf(language);
    const exact = [long, short].map((names) => names.indexOf(name));
    const found = exact.find((at) => at !== -1);
    if (found !== undefined) return found;
    const begins = long.filter((one) => name.length >= 3 && one.startsWith(name));
    const [only] = begins;
    if (only !== undefined && begins.length === 1) return long.indexOf(only);
  }
  return null;
}

/** Without the article, with which Arabic writes its weekdays and people mostly do. */
const bare = (name: string): string => name.replace(/^ال(?=\p{L}{3})/u, '');

interface Weekdays {
  long: string[];
  short: string[];
}

const weekdays = new Map<string | undefined, Weekdays>();

function weekdaysOf(language: string | undefined): Weekdays {
  const known = weekdays.get(language);
  if (known !== undefined) return known;
  const namesAs = (style: 'long' | 'short'): string[] => {
    const format = new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' });
    // 4 January 1970 was a Sunday.
    return Array.from({ length: 7 }, (_, nth) =>
      bare(tokensOf(format.format((3 + nth) * 86_400_000)).join(' ')),
    );
  };
  const names = { long: namesAs('long'), short: namesAs('short') };
  weekdays.set(language, names);
  return names;
}

function moved(today: number, { by, unit }: Step): number {
  if (unit === 'day') return today + by;
  if (unit === 'week') return today + by * 7;
  const from = monthOf(today);
  const to = addMonths(from, unit === 'year' ? by * 12 : by);
  const date = today - dayOf(from.year, from.month, 1) + 1;
  const after = addMonths(to, 1);
  const first = dayOf(to.year, to.month, 1);
  return first + Math.min(date, dayOf(after.year, after.month, 1) - first) - 1;
}
