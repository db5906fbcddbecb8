import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '../filters/terms';
import { beginning, marked } from './marks';

/** Found parts in brackets. */
const check = (text: string, query: string): string =>
  marked(text, query)
    .map((part) => (part.found ? `[${part.text}]` : part.text))
    .join('');

test.each([
  ['Sprint planning', 'plan', 'Sprint [plan]ning'],
  ['Sprint planning', 'PLAN spr', '[Spr]int [plan]ning'],
  ['Überprüfung', 'uber', '[Über]prüfung'],
  ['Café Nord, cafe', 'café', '[Café] Nord, [cafe]'],
  ['Große Straße', 'stras', 'Große [Straß]e'],
  ['planning replanning', 'plan', '[plan]ning replanning'],
  ['Design review', '"design rev', '[Design rev]iew'],
  ['Design reviews', '"design review"', 'Design reviews'],
  ['Design, review', '"design review"', '[Design, review]'],
  ['Budget review', 'budget -review', '[Budget] review'],
  ['1:1 Linus', '1:1', '[1:1] Linus'],
  ['東京で会議', '会議', '東京で[会議]'],
  ['Birthday 🎂 party', '🎂', 'Birthday [🎂] party'],
  ['اجتماع الميزانية', 'الميز', 'اجتماع [الميز]انية'],
  ['No match', 'other', 'No match'],
  ['Anything', '', 'Anything'],
  ['', 'a', ''],
  ['a b', '"', 'a b'],
])('“%s” searched for “%s”', (text, query, expected) => expect(check(text, query)).toBe(expected));

describe('of any text and query', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 80 });
  const query = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  );

  test('the parts are the text, none is empty, and found ones alternate with others', () => {
    fc.assert(
      fc.property(text, query, (some, wanted) => {
        const parts = marked(some, wanted);
        expect(parts.map((part) => part.text).join('')).toBe(some);
        expect(parts.every((part) => part.text !== '')).toBe(true);
        parts.forEach((part, at) => expect(part.found).not.toBe(parts[at - 1]?.found));
      }),
    );
  });

  test('no sign is cut in two', () => {
    fc.assert(
      fc.property(text, query, (some, wanted) => {
        for (const part of marked(some, wanted)) {
          expect(/\p{Cs}/u.test(part.text)).toBe(false);
          expect(/^\p{M}/u.test(part.text) && !/^\p{M}/u.test(some)).toBe(false);
        }
      }),
    );
  });

  test('what is found begins with a word of the query', () => {
    const word = fc.stringMatching(/^[a-zäöüß]{1,6}$/);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), word, (words, wanted) => {
        const found = marked(words.join(' '), wanted).filter((part) => part.found);
        expect(found.length).toBe(words.filter((one) => fold(one).startsWith(fold(wanted))).length);
        for (const part of found) expect(fold(part.text).startsWith(fold(wanted))).toBe(true);
      }),
    );
  });
});

test('a text without end is cut between its signs', () => {
  expect(beginning('short')).toBe('short');
  expect(beginning('x'.repeat(10_000))).toHaveLength(161);
  expect(beginning(`${'x'.repeat(159)}👍 and more`)).toBe(`${'x'.repeat(159)}…`);
});
