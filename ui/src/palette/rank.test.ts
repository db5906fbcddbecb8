import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { match } from './fuzzy';
import { atFirst, rank, used, type Entry, type Section } from './rank';

function entry(title: string, section: Section = 'move', also = ''): Entry {
  const id = `${section}/${title}`;
  return { id, section, title, also, hint: '', keys: [], color: null, run: () => {} };
}

const check = (query: string, entries: Entry[]): string[] =>
  rank(query, entries).map(
    ({ section, items }) => `${section}: ${items.map((one) => one.entry.title).join(', ')}`,
  );

test('the best entry leads, with its section; within one the better and shorter come first', () => {
  expect(
    check('week', [
      entry('Previous weekday'),
      entry('Work week', 'views'),
      entry('Week', 'views'),
      entry('Hide Weekend trips', 'calendars'),
    ]),
  ).toEqual(['views: Week, Work week', 'move: Previous weekday', 'calendars: Hide Weekend trips']);
});

test('other words are found too, after titles', () => {
  const entries = [
    entry('Appearance', 'settings', 'theme dark light'),
    entry('Dark matters', 'calendars'),
  ];
  expect(check('dark', entries)).toEqual(['calendars: Dark matters', 'settings: Appearance']);
});

test('what only happens to have the letters is left out', () => {
  expect(check('today', [entry('Go to today'), entry('Show notes of Friday')])).toEqual([
    'move: Go to today',
  ]);
});

test('300 calendars take no more room than a few', () => {
  const many = Array.from({ length: 300 }, (_, nth) => entry(`Hide Team ${nth}`, 'calendars'));
  expect(rank('team', many)[0]?.items).toHaveLength(6);
});

describe('of any entries', () => {
  const section = fc.constantFrom<Section>('move', 'views', 'calendars', 'settings', 'found');
  const entries = fc.array(
    fc.tuple(fc.stringMatching(/^[a-e ]{1,10}$/), section).map(([title, of]) => entry(title, of)),
  );
  const query = fc.stringMatching(/^[a-e]{1,3}$/);

  test('the first is the best, all match, and each stands in its own section', () => {
    fc.assert(
      fc.property(entries, query, (some, typed) => {
        const sections = rank(typed, some);
        const score = (title: string): number => match(typed, title)?.score ?? -1;
        const best = Math.max(-1, ...some.map((one) => score(one.title)));
        const first = sections[0]?.items[0];
        expect(first === undefined ? -1 : score(first.entry.title)).toBe(best);
        for (const { section: of, items } of sections) {
          for (const one of items) {
            expect(one.entry.section).toBe(of);
            expect(score(one.entry.title)).toBeGreaterThan(0);
          }
        }
        expect(new Set(sections.map((one) => one.section)).size).toBe(sections.length);
      }),
    );
  });
});

test('before anything is typed, what was used last leads and is not repeated', () => {
  const entries = [entry('a'), entry('b'), entry('c', 'views'), entry('d', 'calendars')];
  const first = atFirst(entries, ['calendars/d', 'gone', 'move/b'], ['move', 'views']);
  expect(first.map(({ section, items }) => [section, items.map((one) => one.entry.title)])).toEqual(
    [
      ['recent', ['d', 'b']],
      ['move', ['a']],
      ['views', ['c']],
    ],
  );
});

test('six are remembered, each once, the latest first', () => {
  const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'c'];
  expect(all.reduce<string[]>((recent, id) => used(recent, id), [])).toEqual([
    'c',
    'g',
    'f',
    'e',
    'd',
    'b',
  ]);
});
