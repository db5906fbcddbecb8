import { describe, expect, test } from 'vitest';
import type { OccurrenceView } from '../ipc/client';
import { CLOCK, MONDAY, timed } from '../ipc/fake-data';
import { AgendaPlace } from './agenda-place.svelte';
import { agendaOf, rowOfDay, type AgendaRow } from './layout/agenda';

const HEIGHTS = { head: 32, event: 44, nothing: 36, gap: 8 };
const BEFORE = 44;
const DAY = HEIGHTS.head + HEIGHTS.event + HEIGHTS.gap;

const daily = (from: number, to: number): OccurrenceView[] =>
  Array.from({ length: to - from }, (_, nth) =>
    timed('ms/Calendar', 'Daily', from + nth, '12:00', '12:15', { id: `daily-${from + nth}` }),
  );

/** A list of days with one event each, in a window of 400 pixels. */
function list(from: number, to: number, all: OccurrenceView[] = daily(from, to)) {
  const span = { fromDay: MONDAY + from, days: to - from };
  return { span, rows: agendaOf(all, span, CLOCK.day, HEIGHTS) };
}

function start() {
  const place = new AgendaPlace(BEFORE);
  const scroller = { scrollTop: 0, clientHeight: 400 };
  const keep = ({ rows, span }: ReturnType<typeof list>): void =>
    place.keep(rows, span, CLOCK, HEIGHTS, scroller);
  const onTop = (rows: readonly AgendaRow[], day: number): boolean =>
    scroller.scrollTop === BEFORE + (rows[rowOfDay(rows, MONDAY + day)]?.top ?? -1);
  return { place, scroller, keep, onTop };
}

describe('a day that was asked for', () => {
  test('comes on top when its rows are here', () => {
    const { place, scroller, keep, onTop } = start();
    place.goTo(MONDAY + 20);
    const early = list(0, 10);
    keep(early);
    expect(place.wanted).toBe(MONDAY + 20);
    expect(scroller.scrollTop).toBe(0);
    const later = list(14, 40);
    keep(later);
    expect(place.wanted).toBeNull();
    expect(onTop(later.rows, 20)).toBe(true);
  });

  test('stays on top while rows come before it, until somebody scrolls', () => {
    const { place, scroller, keep, onTop } = start();
    place.goTo(MONDAY + 5);
    keep(list(0, 30));
    expect(place.scrolled(list(0, 30).rows, 0, scroller)).toBeNull();
    const more = list(-30, 30);
    keep(more);
    expect(onTop(more.rows, 5)).toBe(true);
  });
});

describe('what is on top', () => {
  test('is told when somebody scrolls, and stays where it is', () => {
    const { place, scroller, keep } = start();
    const first = list(-5, 30);
    place.goTo(MONDAY);
    keep(first);
    place.scrolled(first.rows, 0, scroller);
    scroller.scrollTop += 3 * DAY + 50;
    expect(place.scrolled(first.rows, MONDAY, scroller)).toBe(MONDAY + 3);
    const before = scroller.scrollTop;
    keep(list(-15, 30));
    expect(scroller.scrollTop).toBe(before + 10 * DAY);
    // Its own moving is nobody's scrolling.
    expect(place.scrolled(list(-15, 30).rows, 0, scroller)).toBeNull();
  });

  test('is the row after the end of the list where that is in view', () => {
    const { place, scroller, keep } = start();
    const first = list(0, 30);
    place.goTo(MONDAY + 3);
    keep(first);
    scroller.scrollTop = 0;
    expect(place.scrolled(first.rows, 0, scroller)).toBe(MONDAY);
    keep(list(-10, 30));
    expect(scroller.scrollTop).toBe(10 * DAY);
  });
});

describe('today', () => {
  const busy = Array.from({ length: 30 }, (_, nth) =>
    timed('ms/Calendar', 'Busy', 4, `${Math.floor(nth / 3)}:${(nth % 3) * 20}`, '23:00', {
      id: `busy-${nth}`,
    }),
  );

  test('has now in view if it does not fit', () => {
    const { place, scroller, keep } = start();
    place.goTo(CLOCK.day);
    keep(list(0, 30, [...daily(0, 4), ...daily(5, 30), ...busy]));
    const line = BEFORE + 4 * DAY + HEIGHTS.head + 30 * HEIGHTS.event;
    expect(scroller.scrollTop).toBeGreaterThan(line - 400);
    expect(scroller.scrollTop).toBeLessThan(line - HEIGHTS.head);
  });
});
