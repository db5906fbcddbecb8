import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULTS, readPreferences, writePreferences, type Preferences } from './preferences';

describe('readPreferences', () => {
  test.each([null, '', 'nonsense', '[]', '3', 'null', '{"view":7,"unknown":1}'])(
    '%j gives the defaults',
    (json) => expect(readPreferences(json)).toEqual(DEFAULTS),
  );

  test('what is out of bounds falls back, and the rest stays', () => {
    const json = JSON.stringify({
      view: 'month',
      textSize: 400,
      otherZones: ['Asia/Tokyo', 'Nowhere/Land', 'Asia/Kolkata', 'Asia/Dubai'],
      workDays: [1, 9, 'x', 3],
      groups: [{ name: 'Work', calendarIds: ['a'] }, { name: ' ' }, 4],
    });
    expect(readPreferences(json)).toEqual({
      ...DEFAULTS,
      view: 'month',
      otherZones: ['Asia/Tokyo', 'Asia/Kolkata'],
      workDays: [1, 3],
      groups: [{ name: 'Work', calendarIds: ['a'] }],
    });
  });

  test('no text makes it throw, and what it reads it writes again', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(DEFAULTS)), fc.jsonValue()),
        (stored) => {
          const read = readPreferences(JSON.stringify(stored));
          expect(readPreferences(writePreferences(read))).toEqual(read);
        },
      ),
    );
  });
});

test('defaults are not stored, so that a later default reaches people', () => {
  const some: Preferences = { ...DEFAULTS, theme: 'dark' };
  expect(writePreferences(some)).toBe('{"theme":"dark"}');
});
