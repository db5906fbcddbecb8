import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moveInList } from './list-keys';

test.each([
  ['ArrowDown', 0, 1],
  ['ArrowDown', 19, 0],
  ['ArrowUp', 0, 19],
  ['ArrowUp', -1, 19],
  ['ArrowDown', -1, 0],
  ['PageDown', 3, 11],
  ['PageDown', 18, 19],
  ['PageUp', 3, 0],
  ['Home', 7, 0],
  ['End', 7, 19],
])('%s from %i goes to %i of 20', (key, from, to) => expect(moveInList(key, from, 20)).toBe(to));

test('other keys go nowhere, and in an empty list none goes anywhere', () => {
  expect(moveInList('a', 3, 20)).toBeNull();
  expect(moveInList('ArrowDown', -1, 0)).toBeNull();
});

test('always lands in the list, and Up undoes Down', () => {
  const keys = fc.constantFrom('ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End');
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 100 }), fc.nat(), (key, count, nth) => {
      const at = nth % count;
      const to = moveInList(key, at, count) ?? -1;
      expect(to >= 0 && to < count).toBe(true);
      const down = moveInList('ArrowDown', at, count) ?? -1;
      expect(moveInList('ArrowUp', down, count)).toBe(at);
    }),
  );
});
