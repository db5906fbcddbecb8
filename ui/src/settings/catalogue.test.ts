import { expect, test } from 'vitest';
import { settings as words } from '../words/settings';
import { entries, PAGES, search } from './catalogue';

const all = entries();
const found = (query: string): string[] => search(all, query).map((entry) => entry.id);

test('every setting stands on one page', () => {
  const placed = Object.values(PAGES).flat();
  expect([...placed].sort()).toEqual(Object.keys(words.of).sort());
});

test.each([
  ['dark', 'theme'],
  ['zoom', 'text-size'],
  ['am pm', 'clock'],
  ['MONDAY', 'first-day'],
  ['regex', 'join-patterns'],
  ['telemetry', 'leaves'],
  ['keyboard', 'keys'],
  ['text s', 'text-size'],
])('%s finds %s', (query, id) => expect(found(query)).toContain(id));

test('what is called so comes before what is about it', () => {
  expect(found('working')[0]).toBe('work-days');
  expect(found('relay')[0]).toBe('relay');
});

test('nothing typed finds nothing, and neither does nonsense', () => {
  expect(found('  ')).toEqual([]);
  expect(found('qqqq')).toEqual([]);
});
