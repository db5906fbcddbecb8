/**
 * What people type for a date, in words and in the order of their locale. Pure.
 *
 * Understood are 2019-06-14, 14.6.2019 or 6/14/2019 as the locale has it, 14 June 2019,
 * June 2019, 2019, today, tomorrow, yesterday, and +3 weeks.
 */
import { addMonths, dayOf, monthOf } from '../calendar/layout/months';

const FIRST_YEAR = 1000;
const LAST_YEAR = 9999;

type Part = 'year' | 'month' | 'day';

/** The day that `text` means; `null` if it means none. `today` is what relative words count from. */
export function dayOfText(text: string, today: number, locale: string | undefined): number | null {
  const typed = text.normalize('NFKC').trim().toLocaleLowerCase(locale);
  return (
    relative(typed, today, locale) ??
    inNumbers(typed, today, locale) ??
    inWords(typed, today, locale)
  );
}

function relative(typed: string, today: number, locale: string | undefined): number | null {
  const words: Record<string, number> = { today: 0, tomorrow: 1, yesterday: -1 };
  const named = words[typed] ?? [0, 1, -1].find((by) => nameOf(by, locale) === typed);
  if (named !== undefined) return today + named;
  const match = /^([+-])\s*(\d{1,5})\s*(d|days?|w|weeks?|m|months?|y|years?)$/.exec(typed);
  if (match === null) return null;
  const [, sign, digits, unit] = match;
  const by = Number(digits) * (sign === '-' ? -1 : 1);
  if (unit?.startsWith('d') === true) return inReach(today + by);
  if (unit?.startsWith('w') === true) return inReach(today + by * 7);
  const from = monthOf(today);
  const to = addMonths(from, unit?.startsWith('y') === true ? by * 12 : by);
  const date = today - dayOf(from.year, from.month, 1) + 1;
  const after = addMonths(to, 1);
  const length = dayOf(after.year, after.month, 1) - dayOf(to.year, to.month, 1);
  return checked(to.year, to.month, Math.min(date, length));
}

/** "tomorrow" in the locale's language. */
function nameOf(by: number, locale: string | undefined): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return format.format(by, 'day').toLocaleLowerCase(locale);
}

function inNumbers(typed: string, today: number, locale: string | undefined): number | null {
  const iso = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$/.exec(typed);
  if (iso !== null) return checked(Number(iso[1]), Number(iso[2]), Number(iso[3] ?? 1));
  if (/^\d{4}$/.test(typed)) return checked(Number(typed), 1, 1);
  if (!/^\d{1,4}(?:[./\s-]+\d{1,4}){1,2}\.?$/.test(typed)) return null;
  const numbers = typed.match(/\d+/g) ?? [];
  const first = numbers[0] ?? '';
  if (numbers.length === 2 && (numbers[1] ?? '').length === 4) {
    return checked(Number(numbers[1]), Number(first), 1);
  }
  const order =
    first.length === 4 ? (['year', 'month', 'day'] as const) : orderOf(locale, numbers.length);
  const value = (part: Part): string | undefined => numbers[order.indexOf(part)];
  const year = value('year');
  return checked(
    year === undefined ? monthOf(today).year : yearOf(year),
    Number(value('month')),
    Number(value('day')),
  );
}

/** In which order the locale writes a date; without the year if there are two numbers only. */
function orderOf(locale: string | undefined, count: number): readonly Part[] {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: 'UTC' })
    .formatToParts(0)
    .map(({ type }) => type)
    .filter((type): type is Part => type === 'year' || type === 'month' || type === 'day');
  return count === 3 ? parts : parts.filter((part) => part !== 'year');
}

function inWords(typed: string, today: number, locale: string | undefined): number | null {
  const parts = typed.split(/[\s.,]+/).filter((part) => part !== '');
  const names = parts.filter((part) => !/^\d+(?:st|nd|rd|th)?$/.test(part));
  const numbers = parts.filter((part) => !names.includes(part)).map((part) => parseInt(part, 10));
  const month = names.length === 1 ? monthNamed(names[0] ?? '', locale) : null;
  if (month === null || numbers.length > 2) return null;
  const year = numbers.find((number) => number >= FIRST_YEAR);
  const date = numbers.find((number) => number < FIRST_YEAR);
  if (numbers.length === 2 && (year === undefined || date === undefined)) return null;
  return checked(year ?? monthOf(today).year, month, date ?? 1);
}

/** The month whose name begins so, in the locale's language or in English. */
function monthNamed(name: string, locale: string | undefined): number | null {
  if (name.length < 3) return null;
  for (const language of [locale, 'en']) {
    const format = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
    for (let month = 1; month <= 12; month += 1) {
      const full = format.format(Date.UTC(2000, month - 1, 1)).toLocaleLowerCase(locale);
      if (full.startsWith(name)) return month;
    }
  }
  return null;
}

/** Two digits mean the years around now. */
function yearOf(digits: string): number {
  const year = Number(digits);
  return digits.length > 2 ? year : year + (year < 70 ? 2000 : 1900);
}

/** The day of a date that exists. */
function checked(year: number, month: number, date: number): number | null {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return null;
  const day = dayOf(year, month, date);
  const { year: sameYear, month: sameMonth } = monthOf(day);
  return date >= 1 && sameYear === year && sameMonth === month ? day : null;
}

function inReach(day: number): number | null {
  const { year } = monthOf(day);
  return year >= FIRST_YEAR && year <= LAST_YEAR ? day : null;
}
