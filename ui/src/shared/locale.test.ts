import { expect, test } from 'vitest';
import { usableLocale, workDaysIn } from './locale';

test('what the system calls its language is kept where Intl knows it', () => {
  expect(usableLocale('de-DE')).toBe('de-DE');
  expect(usableLocale('EN-us')).toBe('en-US');
});

test('the POSIX locale, which is no language tag, gets one that can be formatted with', () => {
  for (const language of ['C', 'C.UTF-8', 'POSIX_', '']) {
    expect(() => new Intl.DateTimeFormat(usableLocale(language))).not.toThrow();
  }
});

test.each([
  ['de-DE', [1, 2, 3, 4, 5]],
  ['ar-EG', [0, 1, 2, 3, 4]],
  ['not a locale', [1, 2, 3, 4, 5]],
  [undefined, [1, 2, 3, 4, 5]],
])('where %s is from, people work on %o', (locale, days) =>
  expect(workDaysIn(locale)).toEqual(days),
);
