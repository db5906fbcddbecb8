/**
 * The rows of the agenda: days one below the other, with what is on them, and one row for days
 * in a row that hold nothing. Pure, on day numbers and pixels; heights are known, not measured.
 */
import type { ClockView, OccurrenceView } from '../../ipc/client';
import { isPast } from './segments';

const DAY = 1440;

/** How tall rows are. */
export interface Heights {
  /** The name of a day. */
  head: number;
  event: number;
  /** The row that says that there is nothing. */
  nothing: number;
  /** What follows the last row of a day. */
  gap: number;
}

interface Placed {
  key: string;
  /** Its first day. */
  day: number;
  top: number;
  height: number;
}

/** The part of an occurrence that lies in one day. */
export interface DayPart {
  /** Minutes of the day. */
  start: number;
  end: number;
  /** It fills the day. */
  whole: boolean;
  /** Which of its days this is, from 1. */
  nth: number;
}

export interface HeadRow extends Placed {
  kind: 'head';
  events: number;
}

export interface EventRow extends Placed {
  kind: 'event';
  occurrence: OccurrenceView;
  part: DayPart;
  /** Its place in the day's list, from 1, and how long that is. */
  place: number;
  events: number;
}

export interface NothingRow extends Placed {
  kind: 'nothing';
  lastDay: number;
}

export type AgendaRow = HeadRow | EventRow | NothingRow;

/** What stays where it is when rows come and go. */
export interface Anchor {
  key: string;
  day: number;
  /** How far below the row's top the window begins. */
  below: number;
}

/** What is rendered of a day, or of days in a row without anything. */
export interface AgendaSection {
  key: string;
  day: number;
  top: number;
  height: number;
  head: HeadRow | null;
  nothing: NothingRow | null;
  /** Those of its events that are rendered. */
  events: EventRow[];
}

/** Rows of some days. Today has a head even if it holds nothing. */
export function agendaOf(
  occurrences: readonly OccurrenceView[],
  { fromDay, days }: { fromDay: number; days: number },
  today: number | null,
  heights: Heights,
): AgendaRow[] {
  const onDay = byDay(occurrences, fromDay, fromDay + days);
  const rows: AgendaRow[] = [];
  let top = 0;
  const add = (row: AgendaRow): void => {
    rows.push(row);
    top += row.height;
  };
  const addNothing = (day: number, lastDay: number): void => {
    const height = heights.nothing + heights.gap;
    add({ kind: 'nothing', key: `nothing/${day}`, day, lastDay, top, height });
  };
  const addHead = (day: number, events: number): void => {
    add({ kind: 'head', key: `head/${day}`, day, events, top, height: heights.head });
  };

  for (let day = fromDay; day < fromDay + days; day += 1) {
    const found = onDay.get(day);
    if (found !== undefined) {
      addHead(day, found.length);
      found.forEach(({ occurrence, part }, index) => {
        const events = found.length;
        const height = heights.event + (index === events - 1 ? heights.gap : 0);
        const key = `${day}/${occurrence.id}`;
        add({ kind: 'event', key, day, occurrence, part, place: index + 1, events, top, height });
      });
    } else if (day === today) {
      addHead(day, 0);
      addNothing(day, day);
    } else {
      const from = day;
      while (day + 1 < fromDay + days && day + 1 !== today && !onDay.has(day + 1)) day += 1;
      addNothing(from, day);
    }
  }
  return rows;
}

interface OnDay {
  occurrence: OccurrenceView;
  part: DayPart;
}

function byDay(
  occurrences: readonly OccurrenceView[],
  fromDay: number,
  untilDay: number,
): Map<number, OnDay[]> {
  const days = new Map<number, OnDay[]>();
  for (const occurrence of occurrences) {
    const last = Math.min(occurrence.day + occurrence.days, untilDay) - 1;
    for (let day = Math.max(occurrence.day, fromDay); day <= last; day += 1) {
      const list = days.get(day) ?? [];
      list.push({ occurrence, part: partOn(occurrence, day) });
      days.set(day, list);
    }
  }
  for (const list of days.values()) list.sort(inOrder);
  return days;
}

/** The part of an occurrence on one of its days. */
export function partOn(occurrence: OccurrenceView, day: number): DayPart {
  const start = day === occurrence.day ? occurrence.startMinute : 0;
  const end = day === occurrence.day + occurrence.days - 1 ? occurrence.endMinute : DAY;
  const whole = occurrence.allDay || (start === 0 && end === DAY);
  return { start, end, whole, nth: day - occurrence.day + 1 };
}

/** What fills the day comes first, then by time, the longer one first; the id decides the rest. */
function inOrder(a: OnDay, b: OnDay): number {
  return (
    Number(b.part.whole) - Number(a.part.whole) ||
    a.part.start - b.part.start ||
    b.part.end - a.part.end ||
    (a.occurrence.id < b.occurrence.id ? -1 : 1)
  );
}

/** How tall all rows are together. */
export function heightOf(rows: readonly AgendaRow[]): number {
  const last = rows.at(-1);
  return last === undefined ? 0 : last.top + last.height;
}

/** The row at a height; the first or last one beyond them, -1 if there is none. */
export function rowAt(rows: readonly AgendaRow[], y: number): number {
  return lastWhere(rows, (row) => row.top <= y);
}

/** The row with which a day begins: its head, or the one that says that there is nothing. */
export function rowOfDay(rows: readonly AgendaRow[], day: number): number {
  const at = lastWhere(rows, (row) => row.day <= day);
  const first = rows[at];
  if (first === undefined) return -1;
  const head = lastWhere(rows, (row) => row.day < first.day);
  return rows[head]?.day === first.day ? head : head + 1;
}

/** Rows are in order of their tops and days, so that halving finds the last one of which it holds. */
function lastWhere(rows: readonly AgendaRow[], holds: (row: AgendaRow) => boolean): number {
  let from = 0;
  let to = rows.length - 1;
  while (from < to) {
    const middle = Math.ceil((from + to) / 2);
    const row = rows[middle];
    if (row !== undefined && holds(row)) from = middle;
    else to = middle - 1;
  }
  return to;
}

/** The rows at `indexes`, by day; each day comes with its head, which stays in view. */
export function sectionsOf(
  rows: readonly AgendaRow[],
  indexes: readonly number[],
): AgendaSection[] {
  const sections: AgendaSection[] = [];
  for (const index of indexes) {
    const row = rows[index];
    if (row === undefined) continue;
    const known = sections.at(-1);
    const section = known?.day === row.day ? known : sectionAt(rows, row.day);
    if (section !== known) sections.push(section);
    if (row.kind === 'event') section.events.push(row);
    else if (row.kind === 'nothing') section.nothing = row;
  }
  return sections;
}

function sectionAt(rows: readonly AgendaRow[], day: number): AgendaSection {
  const at = rowOfDay(rows, day);
  const first = rows[at];
  const last = rows[lastOfDay(rows, at)];
  const top = first?.top ?? 0;
  return {
    key: first?.key ?? '',
    day,
    top,
    height: last === undefined ? 0 : last.top + last.height - top,
    head: first?.kind === 'head' ? first : null,
    nothing: null,
    events: [],
  };
}

/** The day that stands at a height; of days without anything the one nearest to `near`. */
export function dayAt(rows: readonly AgendaRow[], y: number, near: number): number | null {
  const row = rows[rowAt(rows, y)];
  if (row === undefined) return null;
  return row.kind === 'nothing' ? Math.min(Math.max(near, row.day), row.lastDay) : row.day;
}

/** What to hold on to while the window begins at `top`. */
export function anchorAt(rows: readonly AgendaRow[], top: number): Anchor | null {
  const row = rows[rowAt(rows, top)];
  return row === undefined ? null : { key: row.key, day: row.day, below: top - row.top };
}

/** Where the window has to begin for that to stay where it is. */
export function topOf(rows: readonly AgendaRow[], { key, day, below }: Anchor): number {
  const first = rowOfDay(rows, day);
  for (let at = first; rows[at]?.day === day; at += 1) {
    const row = rows[at];
    if (row?.key === key) return row.top + below;
  }
  // What was on top is gone, or days without anything are others now: the day stays.
  const row = rows[first];
  return row === undefined ? 0 : row.top + Math.min(below, row.height - 1);
}

/** Where now lies between the rows of today; `null` if today is not among them. */
export function nowAt(
  rows: readonly AgendaRow[],
  { day, minute }: ClockView,
  heights: Heights,
): number | null {
  const first = rowOfDay(rows, day);
  const head = rows[first];
  if (head?.kind !== 'head' || head.day !== day) return null;
  let y = head.top + head.height;
  for (let at = first + 1; rows[at]?.day === day; at += 1) {
    const row = rows[at];
    if (row?.kind !== 'event' || (!row.part.whole && row.part.start > minute)) break;
    y = row.top + heights.event;
  }
  return y;
}

/** The event that the tab stop stands on at first: the one that is on or next, else the last. */
export function firstStop(
  rows: readonly AgendaRow[],
  day: number,
  clock: ClockView | null,
): string | null {
  const events = rows.filter((row): row is EventRow => row.kind === 'event');
  const found = events.find(
    (row) =>
      row.day >= day &&
      (clock === null || day !== clock.day || !isPast(row.occurrence, clock.day, clock.minute)),
  );
  return (found ?? events.at(-1))?.key ?? null;
}

/**
 * The row of the next event (1) or of the one before (-1), seen from a row. An event of several
 * days is there once, at the first of them that is shown; from its other days one goes on from
 * where one is.
 */
export function besideEvent(rows: readonly AgendaRow[], at: number, by: 1 | -1): EventRow | null {
  for (let to = at + by; to >= 0 && to < rows.length; to += by) {
    const row = rows[to];
    if (row?.kind === 'event' && isFirstOf(rows, row)) return row;
  }
  return null;
}

function isFirstOf(rows: readonly AgendaRow[], { occurrence, part, key }: EventRow): boolean {
  if (part.nth === 1) return true;
  const first = rows.find((row) => row.kind === 'event' && row.occurrence.id === occurrence.id);
  return first?.key === key;
}

/** Where a key takes the focus from a row; the same row where there is none further. */
export function stepFrom(
  rows: readonly AgendaRow[],
  at: number,
  key: string,
  screen: number,
): number | null {
  const row = rows[at];
  if (row === undefined) return null;
  switch (key) {
    case 'ArrowDown':
      return nextEvent(rows, at + 1, 1) ?? at;
    case 'ArrowUp':
      return nextEvent(rows, at - 1, -1) ?? at;
    case 'PageDown':
      return (
        nextEvent(rows, Math.max(at + 1, rowAt(rows, row.top + screen)), 1) ??
        nextEvent(rows, rows.length - 1, -1)
      );
    case 'PageUp':
      return (
        nextEvent(rows, Math.min(at - 1, rowAt(rows, row.top - screen)), -1) ??
        nextEvent(rows, 0, 1)
      );
    case 'Home':
      return nextEvent(rows, rowOfDay(rows, row.day), 1);
    case 'End':
      return lastOfDay(rows, at);
    default:
      return null;
  }
}

function nextEvent(rows: readonly AgendaRow[], from: number, by: 1 | -1): number | null {
  for (let at = from; at >= 0 && at < rows.length; at += by) {
    if (rows[at]?.kind === 'event') return at;
  }
  return null;
}

function lastOfDay(rows: readonly AgendaRow[], at: number): number {
  const { day } = rows[at] ?? {};
  let last = at;
  while (rows[last + 1]?.day === day) last += 1;
  return last;
}
