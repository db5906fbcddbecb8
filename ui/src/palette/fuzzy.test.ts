import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '../filters/terms';
import { match } from './fuzzy';

/** What is meant, in brackets; nothing if it does not match. */
function check(query: string, text: string): string | null {
  const found = match(query, text);
  if (found === null) return null;
  let shown = '';
  let at = 0;
  for (const [from, to] of found.at) {
    shown += `${text.slice(at, from)}[${text.slice(from, to)}]`;
    at = to;
  }
  return shown + text.slice(at);
}

test.each([
  ['today', 'Go to today', 'Go to [today]'],
  ['gtd', 'Go to a date', '[G]o [t]o a [d]ate'],
  ['WEEK', 'Work week', 'Work [week]'],
  ['ww', 'Work week', '[W]ork [w]eek'],
  ['sync now', 'Sync now', '[Sync] [now]'],
  ['now sync', 'Sync now', '[Sync] [now]'],
  ['ubers', 'Übersicht', '[Übers]icht'],
  ['strasse', 'Große Straße', 'Große [Straße]'],
  ['hid fam', 'Hide Family', '[Hid]e [Fam]ily'],
  ['tyd', 'Today', null],
  ['x', 'Today', null],
  ['', 'Today', 'Today'],
  ['ميز', 'اجتماع الميزانية', 'اجتماع ال[ميز]انية'],
  ['1a', '1 apple', '[1] [a]pple'],
])('“%s” in “%s”', (query, text, expected) => {
  expect(check(query, text)).toBe(expected);
});

/** Texts from best to worst. */
const ranked = (query: string, ...texts: string[]): string[] =>
  texts
    .map((text) => ({ text, score: match(query, text)?.score ?? -1 }))
    .sort((a, b) => b.score - a.score)
    .map(({ text }) => text);

test.each([
  ['se', ['Settings', 'Clear the search', 'Close']],
  ['day', ['Day', 'Work days', 'Today']],
  ['nv', ['Next view', 'Never', 'Events overview: n']],
  ['fam', ['Family', 'Hide Family', 'A few more']],
  ['team 4', ['Calendar of team 4', 'Team 40']],
  ['pe', ['Hide Personal', 'Previous event']],
])('for “%s” the order is %j', (query, order) => {
  expect(ranked(query, ...[...order].reverse())).toEqual(order);
});

describe('of any text and query', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 40 });
  const word = fc.stringMatching(/^[a-z]{1,6}$/);
  const letters = (of: string): string[] => [...fold(of)];

  test('a match is a subsequence, and every subsequence is a match', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-c ]{0,14}$/),
        fc.stringMatching(/^[a-c]{0,5}$/),
        (some, wanted) => {
          let at = 0;
          for (const letter of letters(some)) if (letter === wanted[at]) at += 1;
          expect(match(wanted, some) !== null).toBe(at === wanted.length);
        },
      ),
    );
  });

  test('what is meant has the letters that were typed', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z ]{0,30}$/), word, (some, wanted) => {
        const found = match(wanted, some);
        if (found === null) return;
        const meant = found.at.map(([from, to]) => some.slice(from, to)).join('');
        expect(meant).toBe(wanted);
      }),
    );
  });

  test('spans lie in the text, in order, apart and not in the middle of a sign', () => {
    fc.assert(
      fc.property(text, fc.string({ maxLength: 4 }), (some, wanted) => {
        let end = -1;
        for (const [from, to] of match(wanted, some)?.at ?? []) {
          expect(from > end && to > from && to <= some.length).toBe(true);
          expect(/\p{Cs}/u.test(some.slice(from, to))).toBe(false);
          end = to;
        }
      }),
    );
  });

  test('the beginning of a word beats its middle', () => {
    fc.assert(
      fc.property(word, word, (wanted, other) => {
        const starts = match(wanted, `${other} ${wanted}`)?.score ?? 0;
        const within = match(wanted, `0${wanted}`)?.score ?? 0;
        expect(starts).toBeGreaterThan(within);
      }),
    );
  });

  test('case and accents do not count, and the answer is always the same', () => {
    fc.assert(
      fc.property(word, word, (wanted, some) => {
        expect(match(wanted.toUpperCase(), some)).toEqual(match(wanted, some));
        const accented = [...some].map((letter) => `${letter}\u0301`).join('');
        expect(match(wanted, accented)?.score).toBe(match(wanted, some)?.score);
      }),
    );
  });
});

test('texts and queries without end do not stop anything', () => {
  const begin = performance.now();
  for (let nth = 0; nth < 50; nth += 1) match('y'.repeat(500), 'xy'.repeat(5000));
  expect(performance.now() - begin).toBeLessThan(5000);
});
