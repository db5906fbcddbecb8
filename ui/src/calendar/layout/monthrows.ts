/**
 * Places the events of one week of the month: bars over the days they last, then what has a time,
 * each in the lowest lane that is free. What finds no lane is counted on each of its days.
 *
 * Pure and on integers, like lanes.ts: the same events give the same picture, in whatever order
 * they come.
 */
import { inColumns, placeLanes } from './lanes';

/** What is to be placed; an occurrence is one. */
export interface WeekEvent {
  id: string;
  day: number;
  days: number;
  startMinute: number;
  endMinute: number;
  allDay: boolean;
}

/** Where it stands. */
export interface PlacedEvent {
  id: string;
  /** How many columns it lies over, from that of its cell. */
  columns: number;
  lane: number;
  /** It is a bar over days, and not a line with a time. */
  bar: boolean;
  /** It began before its first column, or goes on after its last. */
  cutBefore: boolean;
  cutAfter: boolean;
}

/** One day of the week. */
export interface WeekCell {
  /** What begins in this column, by lane. */
  placed: PlacedEvent[];
  /** How many events of the day are shown nowhere in it. */
  hidden: number;
  /** How many events the day has. */
  total: number;
}

/** Whether it lies over days as a bar. */
export function isBar(event: WeekEvent): boolean {
  return event.allDay || event.days > 1;
}

/**
 * The days `columns` with at most `lanes` lanes. A day that has more than fits keeps its last lane
 * free for the button that lists them. Columns may leave days out; what lies only on such days is
 * left out too.
 */
export function weekCells(
  events: readonly WeekEvent[],
  columns: readonly number[],
  lanes: number,
): WeekCell[] {
  const bars = placedBars(events, columns);
  const placed = [...bars, ...placedLines(events, columns, bars)];
  const depth = columns.map((_, column) =>
    Math.max(0, ...placed.filter((one) => covers(one, column)).map((one) => one.lane + 1)),
  );
  // Lanes hold one event per day, so what gives way to a button makes room for the button of
  // every other day that it lies over: one pass is enough.
  const shown = placed.filter(
    (one) =>
      one.lane < lanes - 1 ||
      (one.lane < lanes && depth.every((deep, at) => !covers(one, at) || deep <= lanes)),
  );
  return columns.map((_, column) => {
    const total = placed.filter((one) => covers(one, column)).length;
    const visible = shown.filter((one) => covers(one, column)).length;
    const here = shown.filter((one) => one.column === column).sort((a, b) => a.lane - b.lane);
    return {
      placed: here.map(({ id, columns: over, lane, bar, cutBefore, cutAfter }) => {
        return { id, columns: over, lane, bar, cutBefore, cutAfter };
      }),
      hidden: total - visible,
      total,
    };
  });
}

/** What touches a day, in the order in which a list names it. */
export function dayList<E extends WeekEvent>(events: readonly E[], day: number): E[] {
  const here = events.filter((one) => one.day <= day && day < one.day + one.days);
  const bars = here.filter(isBar).sort(bySpan);
  return [...bars, ...here.filter((one) => !isBar(one)).sort(byTime)];
}

interface Placed extends PlacedEvent {
  column: number;
}

function placedBars(events: readonly WeekEvent[], columns: readonly number[]): Placed[] {
  const spans = inColumns(events.filter(isBar).sort(bySpan), columns);
  const cuts = new Map(spans.map((span) => [span.id, span]));
  return placeLanes(spans, 0, columns.length).placed.map(({ id, day, days, lane }) => ({
    id,
    column: day,
    columns: days,
    lane,
    bar: true,
    cutBefore: cuts.get(id)?.cutBefore ?? false,
    cutAfter: cuts.get(id)?.cutAfter ?? false,
  }));
}

function placedLines(
  events: readonly WeekEvent[],
  columns: readonly number[],
  bars: readonly Placed[],
): Placed[] {
  const lines = events.filter((one) => !isBar(one)).sort(byTime);
  return columns.flatMap((day, column) => {
    const taken = new Set(bars.filter((bar) => covers(bar, column)).map((bar) => bar.lane));
    let lane = -1;
    return lines
      .filter((one) => one.day === day)
      .map(({ id }) => {
        do lane += 1;
        while (taken.has(lane));
        return { id, column, columns: 1, lane, bar: false, cutBefore: false, cutAfter: false };
      });
  });
}

function covers(one: Placed, column: number): boolean {
  return one.column <= column && column < one.column + one.columns;
}

/** Longer ones first, so that they lie on top; then as the day goes. */
function bySpan(a: WeekEvent, b: WeekEvent): number {
  return (
    a.day - b.day ||
    b.days - a.days ||
    Number(b.allDay) - Number(a.allDay) ||
    a.startMinute - b.startMinute ||
    byId(a, b)
  );
}

function byTime(a: WeekEvent, b: WeekEvent): number {
  return a.startMinute - b.startMinute || a.endMinute - b.endMinute || byId(a, b);
}

function byId(a: WeekEvent, b: WeekEvent): number {
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
