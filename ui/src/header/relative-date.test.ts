import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { dayOf, monthOf, weekday } from '../calendar/layout/months';
import { timeText } from '../shared/time';
import type { Language } from '../words/languages';
import { dayOfText } from './date-text';

/** A Monday. */
const TODAY = dayOf(2026, 11, 30);

const dateOf = (day: number | null): string | null =>
  day === null ? null : new Date(day * 86_400_000).toISOString().slice(0, 10);

/** The same function in a window that speaks another language. */
async function speaking(language: Language, locale: string): Promise<typeof dayOfText> {
  vi.resetModules();
  const { speak } = await import('../words/t');
  await speak(language, locale);
  return (await import('./date-text')).dayOfText;
}

const check = (text: string, locale: string, read = dayOfText): string | null =>
  dateOf(read(text, TODAY, locale));

test.each([
  ['friday', '2026-12-04'],
  ['Fri', '2026-12-04'],
  ['monday', '2026-11-30'],
  ['this monday', '2026-11-30'],
  ['next monday', '2026-12-07'],
  ['next friday', '2026-12-04'],
  ['on friday', '2026-12-04'],
  ['coming sunday', '2026-12-06'],
  ['last monday', '2026-11-23'],
  ['last fri', '2026-11-27'],
  ['tomorrow', '2026-12-01'],
  ['in 2 weeks', '2026-12-14'],
  ['in a week', '2026-12-07'],
  ['2 weeks', '2026-12-14'],
  ['2 weeks ago', '2026-11-16'],
  ['3 days back', '2026-11-27'],
  ['in 3 months', '2027-02-28'],
  ['a year ago', '2025-11-30'],
  ['next week', '2026-12-07'],
  ['last month', '2026-10-30'],
  ['next year', '2027-11-30'],
  ['this week', '2026-11-30'],
  ['14 march', '2026-03-14'],
  ['mar 14', '2026-03-14'],
  ['the 14th of march', '2026-03-14'],
  ['2026-03-14', '2026-03-14'],
  ['14.3.', '2026-03-14'],
  ['Fri, 14 March 2025', '2025-03-14'],
  ['+2w', '2026-12-14'],
])('“%s” is %s', (text, expected) => expect(check(text, 'en-GB')).toBe(expected));

test('points say that the day comes first where the month does not fit', () => {
  expect(check('14.3.', 'en-US')).toBe('2026-03-14');
  expect(check('14.3.2027', 'en-US')).toBe('2027-03-14');
});

describe('in German', () => {
  let read: typeof dayOfText;
  beforeEach(async () => {
    read = await speaking('de', 'de-DE');
  });

  test.each([
    ['Freitag', '2026-12-04'],
    ['Fr', '2026-12-04'],
    ['nächsten Freitag', '2026-12-04'],
    ['nachsten freitag', '2026-12-04'],
    ['kommenden Montag', '2026-12-07'],
    ['am Freitag', '2026-12-04'],
    ['letzten Montag', '2026-11-23'],
    ['übermorgen', '2026-12-02'],
    ['vorgestern', '2026-11-28'],
    ['in 2 Wochen', '2026-12-14'],
    ['in einer Woche', '2026-12-07'],
    ['vor 3 Tagen', '2026-11-27'],
    ['nächste Woche', '2026-12-07'],
    ['kommendes Jahr', '2027-11-30'],
    ['letzten Monat', '2026-10-30'],
    ['+3 Wochen', '2026-12-21'],
    ['14. März', '2026-03-14'],
    ['14.3.', '2026-03-14'],
    ['Sa, 14. März 2026', '2026-03-14'],
    ['next friday', '2026-12-04'],
  ])('“%s” is %s', (text, expected) => expect(check(text, 'de-DE', read)).toBe(expected));
});

describe('in Arabic', () => {
  let read: typeof dayOfText;
  beforeEach(async () => {
    read = await speaking('ar', 'ar-EG');
  });

  test.each([
    ['الجمعة', '2026-12-04'],
    ['جمعة', '2026-12-04'],
    ['يوم الجمعة', '2026-12-04'],
    ['الجمعة القادمة', '2026-12-04'],
    ['الاثنين المقبل', '2026-12-07'],
    ['الاثنين الماضي', '2026-11-23'],
    ['بعد الغد', '2026-12-02'],
    ['خلال أسبوعين', '2026-12-14'],
    ['بعد أسبوعين', '2026-12-14'],
    ['بعد ٣ أسابيع', '2026-12-21'],
    ['قبل 3 أيام', '2026-11-27'],
    ['الأسبوع القادم', '2026-12-07'],
    ['١٤ مارس', '2026-03-14'],
  ])('“%s” is %s', (text, expected) => expect(check(text, 'ar-EG', read)).toBe(expected));
});

test.each([
  'next',
  'week',
  'in',
  'next soon',
  'friday monday',
  'last next friday',
  'in 2',
  't',
  'ago',
])('“%s” is no date', (text) => expect(check(text, 'en-GB')).toBeNull());

describe('of any day', () => {
  const day = fc.integer({ min: dayOf(1900, 1, 1), max: dayOf(2200, 1, 1) });
  const locale = fc.constantFrom('en-GB', 'en-US', 'de-DE', 'ar-EG');

  test('a date as the window writes it is read as that date', () => {
    const texts = new Map(
      ['en-GB', 'en-US', 'de-DE', 'ar-EG'].map((one) => [one, timeText(one)] as const),
    );
    fc.assert(
      fc.property(day, locale, (one, of) => {
        const written = texts.get(of)?.dayInYear(one) ?? '';
        expect(dayOfText(written, TODAY, of)).toBe(one);
      }),
    );
  });

  test('a number of days or weeks in words, as Intl writes it, leads there', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -400, max: 400 }),
        fc.constantFrom('en-GB', 'en-US'),
        (by, of) => {
          const format = new Intl.RelativeTimeFormat(of, { numeric: 'auto' });
          expect(dayOfText(format.format(by, 'day'), TODAY, of)).toBe(TODAY + by);
          expect(dayOfText(format.format(by, 'week'), TODAY, of)).toBe(TODAY + by * 7);
        },
      ),
    );
  });

  test('a weekday is within the week that begins then, the next one after, the last one before', () => {
    const name = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' });
    fc.assert(
      fc.property(day, day, (today, any) => {
        const called = name.format(any * 86_400_000);
        const [bare, next, last] = [called, `next ${called}`, `last ${called}`].map((text) =>
          dayOfText(text, today, 'en'),
        );
        for (const one of [bare, next, last]) expect(weekday(one ?? 0)).toBe(weekday(any));
        expect((bare ?? 0) - today).toBeGreaterThanOrEqual(0);
        expect((bare ?? 0) - today).toBeLessThan(7);
        expect((next ?? 0) - today).toBeGreaterThan(0);
        expect((next ?? 0) - today).toBeLessThanOrEqual(7);
        expect((last ?? 0) - today).toBeLessThan(0);
        expect((last ?? 0) - today).toBeGreaterThanOrEqual(-7);
      }),
    );
  });

  test('months keep the date, or end with their month', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 600 }), (today, by) => {
        const to = dayOfText(`in ${by} months`, today, 'en') ?? 0;
        const [from, then] = [monthOf(today), monthOf(to)];
        expect((then.year - from.year) * 12 + then.month - from.month).toBe(by);
        const dateIn = (one: number): number => new Date(one * 86_400_000).getUTCDate();
        expect(dateIn(to)).toBeLessThanOrEqual(dateIn(today));
      }),
    );
  });

  test('whatever is typed, the answer is a day that can be shown, or none', () => {
    const words = fc.constantFrom(
      'next',
      'last',
      'in',
      'ago',
      'weeks',
      'friday',
      'march',
      '14',
      '.',
      '+',
    );
    const typed = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.array(words, { maxLength: 6 }).map((some) => some.join(' ')),
    );
    fc.assert(
      fc.property(typed, day, locale, (text, today, of) => {
        const found = dayOfText(text, today, of);
        expect(found === null || Number.isSafeInteger(found)).toBe(true);
      }),
    );
  });
});
