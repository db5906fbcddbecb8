/**
 * Places the timed events of one day side by side.
 *
 * Pure and on integers. Rejected: measuring chips in the DOM, which costs a layout per event.
 */

const DAY = 1440;

/** What is to be placed; `end` is exclusive, in minutes since midnight. */
export interface Slot {
  id: string;
  start: number;
  end: number;
}

/** Where it stands: `column` of `columns`, and how many columns wide. */
export interface Placed extends Slot {
  column: number;
  columns: number;
  span: number;
}

/** Slots that found no column within the most there may be; counted where the last one would be. */
export interface More {
  start: number;
  end: number;
  column: number;
  columns: number;
  ids: string[];
}

/** A day with at most so many columns: every slot is either placed or counted. */
export interface Capped {
  placed: Placed[];
  more: More[];
}

/** A chip with what is free beside it. */
const NARROWEST = 44;
const FEWEST = 2;

/** How many columns a day of `pixels` has room for. */
export function columnsIn(pixels: number): number {
  return Math.max(FEWEST, Math.floor(pixels / NARROWEST));
}

/**
 * Gives each slot a column, so that no two that overlap share one.
 *
 * A slot shorter than `minMinutes` occupies that much, for that is how tall its chip is; at the
 * end of the day it begins earlier instead of leaving the day. A slot
 * grows over free columns to its right. The order of the answer is by start, then longest first,
 * then the order given.
 */
export function placeColumns(slots: readonly Slot[], minMinutes: number): Placed[] {
  const tall = slots.map((slot) => atLeast(slot, minMinutes));
  tall.sort((a, b) => a.start - b.start || b.end - a.end);

  const placed: Placed[] = [];
  let cluster: Placed[] = [];
  let clusterEnd = -1;
  for (const slot of tall) {
    if (cluster.length > 0 && slot.start >= clusterEnd) {
      placed.push(...closeCluster(cluster));
      cluster = [];
    }
    cluster.push({ ...slot, column: firstFreeColumn(cluster, slot), columns: 1, span: 1 });
    clusterEnd = Math.max(cluster.length === 1 ? slot.end : clusterEnd, slot.end);
  }
  placed.push(...closeCluster(cluster));
  return placed;
}

/**
 * Takes back what stands in more than `most` columns.
 *
 * The last column then counts what found none, together with what it holds at the same time, so
 * that nothing placed lies under a count. Slots elsewhere in the day stay as they are.
 */
export function capColumns(all: readonly Placed[], most: number): Capped {
  const last = most - 1;
  const crowded = all.filter((slot) => slot.columns > most);
  const groups = runs(crowded.filter((slot) => slot.column >= last)).filter((run) =>
    run.some((slot) => slot.column > last),
  );
  const more = groups.map((run): More => ({
    start: Math.min(...run.map((slot) => slot.start)),
    end: Math.max(...run.map((slot) => slot.end)),
    column: last,
    columns: most,
    ids: run.map((slot) => slot.id),
  }));
  const counted = new Set(more.flatMap((group) => group.ids));
  const kept = crowded.filter((slot) => !counted.has(slot.id));
  const capped = new Map(kept.map((slot) => [slot.id, grow(slot, [...kept, ...more], most)]));
  const placed = all
    .filter((slot) => !counted.has(slot.id))
    .map((slot) => capped.get(slot.id) ?? slot);
  return { placed, more };
}

/** Splits slots ordered by start where one begins after all before it have ended. */
function runs(slots: readonly Placed[]): Placed[][] {
  const found: Placed[][] = [];
  let end = -1;
  for (const slot of slots) {
    const run = found.at(-1);
    if (run === undefined || slot.start >= end) found.push([slot]);
    else run.push(slot);
    end = Math.max(end, slot.end);
  }
  return found;
}

type Span = Pick<Slot, 'start' | 'end'>;

/** Whether two slots share a minute. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

function atLeast(slot: Slot, minMinutes: number): Slot {
  const start = Math.min(slot.start, DAY - minMinutes);
  return { ...slot, start, end: Math.max(slot.end, start + minMinutes) };
}

function firstFreeColumn(cluster: readonly Placed[], slot: Slot): number {
  const taken = new Set(cluster.filter((other) => overlaps(other, slot)).map((o) => o.column));
  let column = 0;
  while (taken.has(column)) column += 1;
  return column;
}

function closeCluster(cluster: readonly Placed[]): Placed[] {
  const columns = Math.max(0, ...cluster.map((slot) => slot.column + 1));
  return cluster.map((slot) => grow(slot, cluster, columns));
}

/** Lets a slot take the columns to its right that none of `others` needs at the same time. */
function grow(
  slot: Placed,
  others: readonly (Span & { column: number })[],
  columns: number,
): Placed {
  const right = others
    .filter((other) => other.column > slot.column && overlaps(other, slot))
    .map((other) => other.column);
  return { ...slot, columns, span: Math.min(columns, ...right) - slot.column };
}
