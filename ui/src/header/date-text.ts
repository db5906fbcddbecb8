/**
 * What people type for a date, in words and in the order of their locale. Pure.
 *
 * Understood are 2019-06-14, 14.6.2019 or 6/14/2019 as the locale has it, 14 June 2019, mar 14,
 * Friday, 14 June 2019, June 2019, 2019, and what counts from today (relative-date.ts): tomorrow,
 * next friday, in 3 weeks, +3 weeks.
 */
import { dayOf, monthOf } from '../calendar/layout/months';
import { isFiller, relativeDay, weekdayNamed } from './relative-date';

const FIRST_YEAR = 1000;
const LAST_YEAR = 9999;

type Part = 'year' | 'month' | 'day';

/** The day that `text` means; `null` if it means none. `today` is what relative words count from. */
export function dayOfText(text: string, today: number, locale: string | undefined): number | null {
  const typed = inLatinDigits(folded(text, locale)).trim();
  const day =
    relativeDay(typed, today, locale) ??
    inNumbers(typed, today, locale) ??
    inWords(typed, today, locale);
  return day === null ? null : inReach(day);
}

/** As it is compared: in small letters, and without the marks that Arabic may leave out. */
function folded(text: string, locale: string | undefined): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Mn}/gu, '')
    .toLocaleLowerCase(locale);
}

/** Every script's digits count. */
function inLatinDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => String(digitOf(digit)));
}

/** Digits stand in tens of code points, zero first. */
function digitOf(digit: string): number {
  let zero = digit.codePointAt(0) ?? 0;
  const code = zero;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
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
  // Where the locale's order makes no date, points say that the day comes first.
  const orders = typed.includes('.') && first.length < 4 ? [order, DAY_FIRST] : [order];
  for (const one of orders) {
    const value = (part: Part): string | undefined => numbers[one.indexOf(part)];
    const year = value('year');
    const inYear = year === undefined ? monthOf(today).year : yearOf(year);
    const day = checked(inYear, Number(value('month')), Number(value('day')));
    if (day !== null) return day;
  }
  return null;
}

const DAY_FIRST: readonly Part[] = ['day', 'month', 'year'];

/** In which order the locale writes a date; without the year if there are two numbers only. */
function orderOf(locale: string | undefined, count: number): readonly Part[] {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', calendar: 'gregory' })
    .formatToParts(0)
    .map(({ type }) => type)
    .filter((type): type is Part => type === 'year' || type === 'month' || type === 'day');
  return count === 3 ? parts : parts.filter((part) => part !== 'year');
}

function inWords(typed: string, today: number, locale: string | undefined): number | null {
  const parts = typed.split(/[\s.,،]+/u).filter((part) => part !== '' && !isFiller(part));
  const words = parts.filter((part) => !/^\d+(?:st|nd|rd|th)?$/.test(part));
  // The weekday before a date says nothing that the date does not.
  const names = words.filter((word) => words.length < 2 || weekdayNamed(word, locale) === null);
  const numbers = parts.filter((part) => !words.includes(part)).map((part) => parseInt(part, 10));
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
    const format = new Intl.DateTimeFormat(language, {
      month: 'long',
      timeZone: 'UTC',
      calendar: 'gregory',
    });
    for (let month = 1; month <= 12; month += 1) {
      const full = folded(format.format(Date.UTC(2000, month - 1, 1)), locale);
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
