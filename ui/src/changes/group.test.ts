import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleAccounts, sampleOccurrences } from '../ipc/fake-data';
import { sampleChanges } from '../ipc/fake-reports';
import { byDay, countsByKind, newestOf } from './group';

const { items } = sampleChanges(sampleOccurrences(), sampleAccounts());
const [sample] = items;

const list = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 9999 })))
  .map((all) =>
    all.flatMap(([day, id]) =>
      sample === undefined
        ? []
        : [{ ...sample, id: String(id), changedClock: { day, minute: 600 } }],
    ),
  );

test('every change stands under its day once, and the order is kept', () => {
  fc.assert(
    fc.property(list, (changes) => {
      const days = byDay(changes);
      expect(new Set(days.map(({ day }) => day)).size).toBe(days.length);
      expect(days.flatMap((one) => one.changes)).toHaveLength(changes.length);
      for (const { day, changes: within } of days) {
        expect(within).toEqual(changes.filter((one) => one.changedClock.day === day));
      }
    }),
  );
});

test('the newest is the one with the highest id, wherever it stands', () => {
  fc.assert(
    fc.property(list, (changes) => {
      const highest = Math.max(...changes.map(({ id }) => Number(id)));
      expect(newestOf(changes)).toBe(changes.length === 0 ? null : String(highest));
    }),
  );
});

test('kinds that do not occur are not offered', () => {
  expect(countsByKind(items)).toEqual([
    { kind: 'time', n: 1 },
    { kind: 'state', n: 1 },
    { kind: 'answers', n: 1 },
    { kind: 'place', n: 1 },
  ]);
});
