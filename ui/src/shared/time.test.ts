import { expect, test } from 'vitest';
import { dayOf } from '../calendar/layout/months';
import { timeText } from './time';

const british = timeText('en-GB');
const american = timeText('en-US');
const german = timeText('de-DE');
const monday = dayOf(2026, 11, 16);

/** Intl separates with narrow and thin spaces; the eye does not care. */
const plain = (text: string): string => text.replace(/[\u2009\u202f\u00a0]/g, ' ');

test('times follow the locale', () => {
  expect(british.minute(9 * 60 + 5)).toBe('9:05');
  expect(plain(american.minute(13 * 60 + 30))).toBe('1:30 PM');
  expect(plain(american.hour(13))).toBe('1 PM');
  expect(british.hour(13)).toBe('13:00');
});

test('little room takes the full hour short, and the gutter no morning or afternoon', () => {
  expect(plain(american.brief(9 * 60))).toBe('9 AM');
  expect(plain(american.brief(9 * 60 + 30))).toBe('9:30 AM');
  expect(british.brief(9 * 60)).toBe('9:00');
  expect(american.face(13 * 60 + 5)).toBe('1:05');
  expect(british.face(13 * 60 + 5)).toBe('13:05');
});

test('midnight at the end of a day is midnight', () => {
  expect(british.minute(1440)).toBe('0:00');
});

test('the days of a week are named once', () => {
  expect(plain(british.days(monday, 7))).toMatch(/^16 ?– ?22 November 2026$/);
  expect(plain(german.days(monday, 7))).toContain('November 2026');
});

test.each([
  ['2026-11-20T09:37:30Z', 'just now'],
  ['2026-11-20T09:36:00Z', '2 min ago'],
  ['2026-11-20T05:38:00Z', '4 h ago'],
  ['2026-11-19T17:04:00Z', '19 Nov, 18:04'],
  ['2026-11-20T09:40:00Z', 'just now'],
])('%s is %s', (instant, words) => {
  const now = Date.parse('2026-11-20T09:38:00Z');
  expect(plain(british.ago(instant, now, 'Europe/Berlin'))).toBe(words);
});
