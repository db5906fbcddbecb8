import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OccurrenceView } from '../../ipc/client';
import { allDay, CLOCK, MONDAY, timed } from '../../ipc/fake-data';
import {
  agendaOf,
  anchorAt,
  besideEvent,
  dayAt,
  firstStop,
  heightOf,
  nowAt,
  partOn,
  rowAt,
  rowOfDay,
  sectionsOf,
  stepFrom,
  topOf,
  type AgendaRow,
} from './agenda';

const HEIGHTS = { head: 32, event: 44, nothing: 36, gap: 8 };
const WEEK = { fromDay: MONDAY, days: 7 };

/** One letter for each row: its kind, and of events the title. */
function check(rows: readonly AgendaRow[]): string[] {
  return rows.map((row) => {
    const day = row.day - MONDAY;
    if (row.kind === 'head') return `${day}:`;
    if (row.kind === 'nothing') return `nothing ${day}–${row.lastDay - MONDAY}`;
    return row.occurrence.title;
  });
}

const occurrence = fc
  .record({
    day: fc.integer({ min: -5, max: 40 }),
    days: fc.integer({ min: 1, max: 6 }),
    start: fc.integer({ min: 0, max: 1439 }),
    length: fc.integer({ min: 0, max: 1440 }),
    whole: fc.boolean(),
  })
  .map(({ day, days, start, length, whole }): OccurrenceView => {
    if (whole) return allDay('ms/Calendar', 'Whole', day, days);
    const endMinute = days > 1 ? Math.max(1, length) : Math.min(1440, start + length);
    const one = timed('ms/Calendar', 'Timed', day, '0:00', '0:00');
    return { ...one, days, startMinute: start, endMinute };
  });
const occurrences = fc.array(occurrence, { maxLength: 60 });
const span = fc.record({
  fromDay: fc.integer({ min: -10, max: 30 }).map((day) => MONDAY + day),
  days: fc.integer({ min: 1, max: 45 }),
});
const today = fc.option(
  fc.integer({ min: -10, max: 60 }).map((day) => MONDAY + day),
  { nil: null },
);
const laidOut = fc
  .tuple(occurrences, span, today)
  .map(([all, days, now]) => ({ all, days, now, rows: agendaOf(all, days, now, HEIGHTS) }));

describe('agendaOf', () => {
  test('days in a row without anything are one row, and today has a head of its own', () => {
    const rows = agendaOf(
      [timed('ms/Calendar', 'B', 1, '9:00', '10:00'), allDay('go/Family', 'A', 1, 2)],
      WEEK,
      MONDAY + 5,
      HEIGHTS,
    );
    expect(check(rows)).toEqual([
      'nothing 0–0',
      '1:',
      'A',
      'B',
      '2:',
      'A',
      'nothing 3–4',
      '5:',
      'nothing 5–5',
      'nothing 6–6',
    ]);
  });

  test('what fills the day comes first, then by start, then the longer one', () => {
    const rows = agendaOf(
      [
        timed('ms/Calendar', 'late', 1, '15:00', '16:00'),
        timed('ms/Calendar', 'short', 1, '9:00', '9:30'),
        timed('ms/Calendar', 'long', 1, '9:00', '11:00'),
        timed('go/Personal', 'since yesterday', 0, '21:00', '6:00', { days: 2 }),
        timed('go/Personal', 'through', 0, '21:00', '6:00', { days: 3 }),
      ],
      { fromDay: MONDAY + 1, days: 1 },
      null,
      HEIGHTS,
    );
    expect(check(rows).slice(1)).toEqual(['through', 'since yesterday', 'long', 'short', 'late']);
  });

  test('every day of the span is in one row that says what is on it, in order', () => {
    fc.assert(
      fc.property(laidOut, ({ rows, days, now }) => {
        let day = days.fromDay;
        for (const row of rows) {
          if (row.kind === 'event') continue;
          if (row.kind === 'nothing' && row.day === now) continue;
          expect(row.day).toBe(day);
          day = (row.kind === 'nothing' ? row.lastDay : row.day) + 1;
        }
        expect(day).toBe(days.fromDay + days.days);
      }),
    );
  });

  test('an occurrence is on each of its days once, and on no other', () => {
    fc.assert(
      fc.property(laidOut, ({ rows, all, days }) => {
        const expected = all.flatMap((one) =>
          Array.from({ length: one.days }, (_, nth) => one.day + nth)
            .filter((day) => day >= days.fromDay && day < days.fromDay + days.days)
            .map((day) => `${day}/${one.id}`),
        );
        const shown = rows.filter((row) => row.kind === 'event').map((row) => row.key);
        expect(shown.sort()).toEqual(expected.sort());
      }),
    );
  });

  test('rows lie one under the other and their keys differ', () => {
    fc.assert(
      fc.property(laidOut, ({ rows }) => {
        let top = 0;
        for (const row of rows) {
          expect(row.top).toBe(top);
          top += row.height;
        }
        expect(heightOf(rows)).toBe(top);
        expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
      }),
    );
  });

  test('the order does not depend on the order of what came', () => {
    fc.assert(
      fc.property(laidOut, ({ rows, all, days, now }) => {
        expect(agendaOf([...all].reverse(), days, now, HEIGHTS)).toEqual(rows);
      }),
    );
  });
});

describe('finding rows', () => {
  test('rowAt finds the row that covers a height', () => {
    fc.assert(
      fc.property(laidOut, fc.double({ min: 0, max: 1, noNaN: true }), ({ rows }, part) => {
        const y = Math.floor(part * (heightOf(rows) - 1));
        const row = rows[rowAt(rows, y)];
        expect(row !== undefined && row.top <= y && y < row.top + row.height).toBe(true);
      }),
    );
    expect(rowAt([], 0)).toBe(-1);
  });

  test('rowOfDay finds where a day begins, and dayAt says that day', () => {
    fc.assert(
      fc.property(laidOut, fc.nat(44), ({ rows, days }, nth) => {
        const day = days.fromDay + (nth % days.days);
        const row = rows[rowOfDay(rows, day)];
        expect(row?.kind).not.toBe('event');
        expect(dayAt(rows, row?.top ?? -1, day)).toBe(day);
      }),
    );
  });
});

test('sections hold the rows asked for under the heads of their days, and do not overlap', () => {
  fc.assert(
    fc.property(laidOut, fc.nat(), fc.nat(20), ({ rows }, from, count) => {
      const first = from % rows.length;
      const indexes = rows.flatMap((_, at) => (at >= first && at <= first + count ? [at] : []));
      const sections = sectionsOf(rows, indexes);
      let bottom = 0;
      for (const section of sections) {
        expect(section.top).toBeGreaterThanOrEqual(bottom);
        bottom = section.top + section.height;
        for (const row of section.events) {
          expect(row.day).toBe(section.day);
          expect(row.top >= section.top && row.top + row.height <= bottom).toBe(true);
        }
      }
      const asked = indexes.filter((at) => rows[at]?.kind === 'event').map((at) => rows[at]?.key);
      expect(sections.flatMap((one) => one.events.map((row) => row.key))).toEqual(asked);
    }),
  );
});

describe('what is on top stays there', () => {
  test('when days come before and after', () => {
    const more = fc.record({ before: fc.nat(30), after: fc.nat(30) });
    fc.assert(
      fc.property(laidOut, more, fc.nat(), ({ rows, all, days, now }, { before, after }, at) => {
        const top = at % heightOf(rows);
        const anchor = anchorAt(rows, top);
        const wider = { fromDay: days.fromDay - before, days: days.days + before + after };
        const then = agendaOf(all, wider, now, HEIGHTS);
        if (anchor === null) return;
        const newTop = topOf(then, anchor);
        const was = rows[rowAt(rows, top)];
        const is = then[rowAt(then, newTop)];
        // Days without anything grow together; everything else is the same row at the same place.
        if (was?.kind === 'nothing') {
          expect(is?.kind).toBe('nothing');
          expect(dayAt(then, newTop, was.day)).toBe(was.day);
        } else {
          expect(is?.key).toBe(was?.key);
          expect(newTop - (is?.top ?? 0)).toBe(top - (was?.top ?? 0));
        }
      }),
    );
  });

  test('when what was there is gone, its day stays', () => {
    const all = [timed('ms/Calendar', 'A', 1, '9:00', '10:00'), allDay('go/Family', 'B', 3, 1)];
    const rows = agendaOf(all, WEEK, null, HEIGHTS);
    const anchor = anchorAt(rows, (rows[2]?.top ?? 0) + 10);
    const then = agendaOf(all.slice(1), WEEK, null, HEIGHTS);
    expect(anchor?.day).toBe(MONDAY + 1);
    expect(dayAt(then, topOf(then, anchor ?? { key: '', day: 0, below: 0 }), MONDAY + 1)).toBe(
      MONDAY + 1,
    );
  });
});

describe('nowAt', () => {
  const morning = timed('ms/Calendar', 'A', 4, '9:00', '10:00');
  const noon = timed('ms/Calendar', 'B', 4, '12:00', '13:00');
  const at = (all: OccurrenceView[], minute: number): number | null =>
    nowAt(
      agendaOf(all, { fromDay: CLOCK.day, days: 1 }, CLOCK.day, HEIGHTS),
      { ...CLOCK, minute },
      HEIGHTS,
    );

  test.each([
    [8 * 60, 32],
    [9 * 60, 32 + 44],
    [11 * 60, 32 + 44],
    [23 * 60, 32 + 88],
  ])('at minute %i it is at %i', (minute, y) => expect(at([morning, noon], minute)).toBe(y));

  test('comes after what fills the day, and right under the head of an empty one', () => {
    expect(at([allDay('go/Family', 'C', 4, 1), noon], 600)).toBe(32 + 44);
    expect(at([], 600)).toBe(32);
  });

  test('is nowhere where today is not shown', () => {
    expect(nowAt(agendaOf([], WEEK, null, HEIGHTS), CLOCK, HEIGHTS)).toBeNull();
    expect(
      nowAt(agendaOf([noon], { fromDay: MONDAY + 5, days: 2 }, null, HEIGHTS), CLOCK, HEIGHTS),
    ).toBeNull();
  });
});

test('partOn cuts an occurrence at midnight', () => {
  const night = timed('go/Personal', 'Night train', 6, '21:30', '6:40', { days: 3 });
  expect(partOn(night, MONDAY + 6)).toEqual({ start: 1290, end: 1440, whole: false, nth: 1 });
  expect(partOn(night, MONDAY + 7)).toEqual({ start: 0, end: 1440, whole: true, nth: 2 });
  expect(partOn(night, MONDAY + 8)).toEqual({ start: 0, end: 400, whole: false, nth: 3 });
});

describe('the focus', () => {
  const all = [
    timed('ms/Calendar', 'past', 4, '9:00', '10:00'),
    timed('ms/Calendar', 'on', 4, '10:00', '11:00'),
    timed('ms/Calendar', 'next', 6, '10:00', '11:00'),
  ];
  const rows = agendaOf(all, WEEK, CLOCK.day, HEIGHTS);
  const titleAt = (at: number | null): string | undefined => {
    const row = rows[at ?? -1];
    return row?.kind === 'event' ? row.occurrence.title : undefined;
  };
  const from = (title: string): number =>
    rows.findIndex((row) => row.kind === 'event' && row.occurrence.title === title);

  test('begins on what is on or next', () => {
    expect(firstStop(rows, CLOCK.day, CLOCK)).toBe(rows[from('on')]?.key);
    expect(firstStop(rows, CLOCK.day + 1, CLOCK)).toBe(rows[from('next')]?.key);
    expect(firstStop(rows, CLOCK.day + 9, CLOCK)).toBe(rows[from('next')]?.key);
    expect(firstStop([], CLOCK.day, CLOCK)).toBeNull();
  });

  test.each([
    ['past', 'ArrowDown', 'on'],
    ['on', 'ArrowDown', 'next'],
    ['next', 'ArrowDown', 'next'],
    ['next', 'ArrowUp', 'on'],
    ['past', 'ArrowUp', 'past'],
    ['on', 'Home', 'past'],
    ['past', 'End', 'on'],
    ['next', 'End', 'next'],
    ['past', 'PageDown', 'next'],
    ['next', 'PageUp', 'past'],
  ])('from “%s” %s goes to “%s”', (title, key, to) => {
    expect(titleAt(stepFrom(rows, from(title), key, 300))).toBe(to);
  });

  test('always lands on an event', () => {
    const keys = fc.constantFrom('ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End');
    fc.assert(
      fc.property(laidOut, keys, fc.nat(), fc.nat(900), (some, key, nth, screen) => {
        const events = some.rows.flatMap((row, at) => (row.kind === 'event' ? [at] : []));
        const at = events[nth % Math.max(1, events.length)];
        if (at === undefined) return;
        const to = stepFrom(some.rows, at, key, screen);
        expect(events).toContain(to);
        if (key.endsWith('Down')) expect(to).toBeGreaterThanOrEqual(at);
        if (key.endsWith('Up')) expect(to).toBeLessThanOrEqual(at);
      }),
    );
  });
});

describe('besideEvent', () => {
  const rows = agendaOf(
    [
      allDay('ms/Calendar', 'Fair', -1, 3),
      timed('ms/Calendar', 'Early', 0, '8:00', '9:00'),
      allDay('ms/Calendar', 'Trip', 1, 2),
      timed('ms/Calendar', 'Late', 2, '8:00', '9:00'),
    ],
    WEEK,
    null,
    HEIGHTS,
  );
  const at = (title: string, day: number): number =>
    rows.findIndex(
      (row) => row.kind === 'event' && row.occurrence.title === title && row.day === MONDAY + day,
    );

  test.each<[string, number, 1 | -1, [string, number] | null]>([
    ['Fair', 0, 1, ['Early', 0]],
    ['Early', 0, 1, ['Trip', 1]],
    ['Early', 0, -1, ['Fair', 0]],
    ['Fair', 1, 1, ['Trip', 1]],
    ['Fair', 1, -1, ['Early', 0]],
    ['Trip', 2, 1, ['Late', 2]],
    ['Trip', 2, -1, ['Trip', 1]],
    ['Late', 2, -1, ['Trip', 1]],
    ['Late', 2, 1, null],
    ['Fair', 0, -1, null],
  ])('from %s on day %i, by %i', (title, day, by, expected) => {
    const to = besideEvent(rows, at(title, day), by);
    expect(to === null ? null : [to.occurrence.title, to.day - MONDAY]).toEqual(expected);
  });
});
