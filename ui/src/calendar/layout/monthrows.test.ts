import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayList, isBar, weekCells, type WeekCell, type WeekEvent } from './monthrows';

const MONDAY = 100;
const week = [0, 1, 2, 3, 4, 5, 6].map((day) => MONDAY + day);
/** A week from Wednesday without its weekend: the days are not one after the other. */
const gapped = [102, 103, 104, 107, 108];

const anEvent = fc.record({
  day: fc.integer({ min: 95, max: 110 }),
  days: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 12 })),
  startMinute: fc.integer({ min: 0, max: 5 }).map((step) => step * 240),
  allDay: fc.boolean(),
});
const events = fc
  .array(anEvent, { maxLength: 60 })
  .map((list) =>
    list.map((one, index): WeekEvent => ({ ...one, endMinute: 1440, id: `e${index}` })),
  );
const columns = fc.constantFrom(week, gapped);
const lanes = fc.integer({ min: 1, max: 6 });

const touches = (one: WeekEvent, day: number): boolean =>
  one.day <= day && day < one.day + one.days;

/** What stands in a column, from its own cell or from one before. */
function standing(cells: readonly WeekCell[], column: number) {
  return cells.flatMap((cell, at) =>
    cell.placed.filter((one) => at <= column && column < at + one.columns),
  );
}

describe('weekCells', () => {
  test('every event of a day is shown once or counted', () => {
    fc.assert(
      fc.property(events, columns, lanes, (given, days, most) => {
        const cells = weekCells(given, days, most);
        days.forEach((day, column) => {
          const here = given.filter((one) => touches(one, day)).map((one) => one.id);
          const shown = standing(cells, column).map((one) => one.id);
          expect(cells[column]?.total).toBe(here.length);
          expect(shown.length + (cells[column]?.hidden ?? 0)).toBe(here.length);
          expect(new Set(shown).size).toBe(shown.length);
          expect(here).toEqual(expect.arrayContaining(shown));
        });
      }),
    );
  });

  test('nothing meets in a lane, and the last one is free where a list is offered', () => {
    fc.assert(
      fc.property(events, columns, lanes, (given, days, most) => {
        const cells = weekCells(given, days, most);
        days.forEach((_, column) => {
          const taken = standing(cells, column).map((one) => one.lane);
          expect(new Set(taken).size).toBe(taken.length);
          const room = (cells[column]?.hidden ?? 0) > 0 ? most - 1 : most;
          expect(Math.max(-1, ...taken)).toBeLessThan(room);
        });
      }),
    );
  });

  test('nothing is hidden where everything fits', () => {
    fc.assert(
      fc.property(events, columns, (given, days) => {
        const most = Math.max(
          1,
          ...days.map((day) => given.filter((one) => touches(one, day)).length),
        );
        expect(weekCells(given, days, most).every((cell) => cell.hidden === 0)).toBe(true);
      }),
    );
  });

  test('the order that events come in changes nothing', () => {
    const shuffled = events.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, columns, lanes, ([given, other], days, most) => {
        expect(weekCells(other, days, most)).toEqual(weekCells(given, days, most));
      }),
    );
  });

  test('times go down the day, below each other', () => {
    fc.assert(
      fc.property(events, lanes, (given, most) => {
        const byId = new Map(given.map((one) => [one.id, one]));
        for (const cell of weekCells(given, week, most)) {
          const lines = cell.placed.filter((one) => !one.bar);
          const starts = lines.map((one) => byId.get(one.id)?.startMinute ?? 0);
          expect(starts).toEqual([...starts].sort((a, b) => a - b));
        }
      }),
    );
  });

  test('a bar lies over its days and says where it is cut', () => {
    const long = { id: 'long', day: 98, days: 6, startMinute: 0, endMinute: 1440, allDay: true };
    const [monday] = weekCells([long], week, 3);
    expect(monday?.placed).toEqual([
      { id: 'long', columns: 4, lane: 0, bar: true, cutBefore: true, cutAfter: false },
    ]);
    const overWeekend = { ...long, day: 104, days: 4 };
    const friday = weekCells([overWeekend], gapped, 3)[2];
    expect(friday?.placed).toEqual([
      { id: 'long', columns: 2, lane: 0, bar: true, cutBefore: false, cutAfter: false },
    ]);
  });

  test('a bar that gives way to a list is counted on all of its days', () => {
    const line = (id: string, day: number): WeekEvent => {
      return { id, day, days: 1, startMinute: 600, endMinute: 660, allDay: false };
    };
    const bar = (id: string, days: number): WeekEvent => {
      return { id, day: MONDAY, days, startMinute: 0, endMinute: 1440, allDay: true };
    };
    const cells = weekCells([bar('a', 3), bar('b', 2), line('c', MONDAY)], week, 2);
    expect(cells.map((cell) => cell.hidden)).toEqual([2, 1, 0, 0, 0, 0, 0]);
  });
});

test('a list names everything that touches the day: bars, then by time', () => {
  fc.assert(
    fc.property(events, (given) => {
      const list = dayList(given, 103);
      expect(list.map((one) => one.id).sort()).toEqual(
        given
          .filter((one) => touches(one, 103))
          .map((one) => one.id)
          .sort(),
      );
      const lines = list.filter((one) => !isBar(one));
      expect(list.slice(list.length - lines.length)).toEqual(lines);
    }),
  );
});
