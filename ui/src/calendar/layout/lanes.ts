/**
 * Places events that last whole days in the lanes above the hours.
 *
 * Pure and on integers, like columns.ts. What does not fit in the lanes shown is counted per day.
 */

/** What is to be placed: the first day it touches and how many. */
export interface Span {
  id: string;
  day: number;
  days: number;
}

/** Where it stands within the period shown. */
export interface PlacedSpan {
  id: string;
  /** First day shown. */
  day: number;
  /** How many days are shown. */
  days: number;
  lane: number;
  /** It began before the period, or goes on after it. */
  cutBefore: boolean;
  cutAfter: boolean;
}

/** The lanes of a period. */
export interface Lanes {
  placed: PlacedSpan[];
  /** How many lanes are in use, at most `maxLanes`. */
  lanes: number;
  /** Per day of the period, how many spans found no lane. */
  hidden: number[];
}

/**
 * Gives each span the lowest free lane in `[fromDay, fromDay + days)`.
 *
 * Longer spans that start on the same day come first, so that they lie on top. Spans outside the
 * period are left out.
 */
export function placeLanes(
  spans: readonly Span[],
  fromDay: number,
  days: number,
  maxLanes = Number.POSITIVE_INFINITY,
): Lanes {
  const untilDay = fromDay + days;
  const visible = spans
    .filter((span) => span.day < untilDay && span.day + span.days > fromDay)
    .sort((a, b) => Math.max(a.day, fromDay) - Math.max(b.day, fromDay) || b.days - a.days);

  const laneEnds: number[] = [];
  const hidden = Array.from({ length: days }, () => 0);
  const placed: PlacedSpan[] = [];
  for (const span of visible) {
    const day = Math.max(span.day, fromDay);
    const end = Math.min(span.day + span.days, untilDay);
    const free = laneEnds.findIndex((laneEnd) => laneEnd <= day);
    const lane = free === -1 ? laneEnds.length : free;
    if (lane >= maxLanes) {
      for (let at = day; at < end; at += 1) hidden[at - fromDay] = (hidden[at - fromDay] ?? 0) + 1;
      continue;
    }
    laneEnds[lane] = end;
    placed.push({
      id: span.id,
      day,
      days: end - day,
      lane,
      cutBefore: span.day < fromDay,
      cutAfter: span.day + span.days > untilDay,
    });
  }
  return { placed, lanes: laneEnds.length, hidden };
}

/**
 * What of some events stands in columns, which may leave days out, counted in columns. An event
 * all of whose days are left out is left out too.
 */
export function inColumns(spans: readonly Span[], columns: readonly number[]): CutSpan[] {
  return spans.flatMap((span) => {
    const untilDay = span.day + span.days;
    const first = columns.findIndex((day) => day >= span.day);
    const last = columns.findLastIndex((day) => day < untilDay);
    if (first === -1 || last < first) return [];
    return [
      {
        id: span.id,
        day: first,
        days: last - first + 1,
        cutBefore: span.day < (columns[first] ?? span.day),
        cutAfter: untilDay > (columns[last] ?? untilDay) + 1,
      },
    ];
  });
}

/** A span whose days before or after it are not shown. */
export interface CutSpan extends Span {
  cutBefore: boolean;
  cutAfter: boolean;
}
