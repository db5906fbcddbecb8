import { expect, test } from 'vitest';
import { dayOf } from '../calendar/layout/months';
import { dayOfText } from './date-text';

const TODAY = dayOf(2026, 11, 30);

function check(text: string, locale: string): string | null {
  const day = dayOfText(text, TODAY, locale);
  return day === null ? null : new Date(day * 86_400_000).toISOString().slice(0, 10);
}

test.each([
  ['2019-06-14', 'en-GB', '2019-06-14'],
  ['2019-6', 'en-GB', '2019-06-01'],
  ['2019', 'en-GB', '2019-01-01'],
  ['14/6/2019', 'en-GB', '2019-06-14'],
  ['6/14/2019', 'en-US', '2019-06-14'],
  ['14.6.19', 'de-DE', '2019-06-14'],
  ['14. 6. 2019', 'de-DE', '2019-06-14'],
  ['2019/06/14', 'en-US', '2019-06-14'],
  ['24.12.', 'de-DE', '2026-12-24'],
  ['12/24', 'en-US', '2026-12-24'],
  ['06/2019', 'en-GB', '2019-06-01'],
  ['14 June 2019', 'en-GB', '2019-06-14'],
  ['June 14th, 2019', 'en-US', '2019-06-14'],
  ['jun 2019', 'en-GB', '2019-06-01'],
  ['14. März 2019', 'de-DE', '2019-03-14'],
  ['14 march 2019', 'de-DE', '2019-03-14'],
  ['june', 'en-GB', '2026-06-01'],
  ['Today', 'de-DE', '2026-11-30'],
  ['morgen', 'de-DE', '2026-12-01'],
  ['yesterday', 'en-GB', '2026-11-29'],
  ['+3 weeks', 'en-GB', '2026-12-21'],
  ['-1d', 'en-GB', '2026-11-29'],
  ['+3 months', 'en-GB', '2027-02-28'],
  ['-7 years', 'en-GB', '2019-11-30'],
  ['١٤/٦/٢٠١٩', 'ar-EG', '2019-06-14'],
  ['١٤ يونيو ٢٠١٩', 'ar-EG', '2019-06-14'],
  ['غدًا', 'ar-EG', '2026-12-01'],
  ['غدا', 'ar-EG', '2026-12-01'],
])('“%s” in %s is %s', (text, locale, expected) => {
  expect(check(text, locale)).toBe(expected);
});

test.each([
  '',
  'soon',
  '31.2.2019',
  '2019-13-01',
  '32/1/2019',
  '0/1/2019',
  'ju',
  '14 June 2019 9',
  '99 99',
  '+99999 years',
  '12345',
  '٣',
])('“%s” is no date', (text) => {
  expect(check(text, 'en-GB')).toBeNull();
});
