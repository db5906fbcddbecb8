import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asksFor, quoted, termsOf, toggle, without } from './terms';

describe('termsOf', () => {
  test('takes a text apart at spaces, quotes and commas', () => {
    expect(termsOf('importance:high  -category:"Client A",Travel "two words"')).toEqual([
      { from: 0, to: 15, negated: false, key: 'importance', values: ['high'] },
      { from: 17, to: 44, negated: true, key: 'category', values: ['Client A', 'Travel'] },
      { from: 45, to: 56, negated: false, key: null, values: ['two words'] },
    ]);
  });

  test('a quote that is not closed reaches to the end', () => {
    expect(termsOf('category:"Client A next:14d')).toHaveLength(1);
  });
});

describe('toggle', () => {
  test.each([
    ['', 'importance', 'high', 'importance:high'],
    ['importance:high', 'importance', 'low', 'importance:high,low'],
    ['importance:high,low', 'importance', 'high', 'importance:low'],
    ['importance:high next:14d', 'importance', 'high', 'next:14d'],
    ['budget', 'category', 'Client A', 'budget category:"Client A"'],
    ['category:"client a" budget', 'category', 'Client A', 'budget'],
    ['-category:Travel', 'category', 'Travel', '-category:Travel category:Travel'],
    ['category:Café', 'category', 'cafe', ''],
  ])('%j with %s:%s is %j', (text, key, value, after) => {
    expect(toggle(text, key, value)).toBe(after);
  });

  const name = fc.string({ minLength: 1, maxLength: 20 }).filter((one) => one.trim() !== '');

  test('on and off again leaves what was there', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 4 }), name, (others, value) => {
        let text = 'next:14d';
        for (const other of others)
          if (!asksFor(text, 'category', other)) text = toggle(text, 'category', other);
        fc.pre(!asksFor(text, 'category', value));
        const on = toggle(text, 'category', value);
        expect(asksFor(on, 'category', value)).toBe(true);
        expect(toggle(on, 'category', value)).toBe(text);
      }),
    );
  });

  test('a quoted value is read back', () => {
    fc.assert(
      fc.property(name, (value) => {
        expect(termsOf(`category:${quoted(value)}`).map((term) => term.values)).toEqual([[value]]);
      }),
    );
  });
});

test('without takes every part of a key and keeps the others', () => {
  expect(without('has:teams next:14d has:link -has:attachment', 'has')).toBe(
    'next:14d -has:attachment',
  );
});
