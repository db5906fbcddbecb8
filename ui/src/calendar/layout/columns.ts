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

/** Whether two slots share a minute. */
export function overlaps(a: Slot, b: Slot): boolean {
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
  return cluster.map((slot) => {
    const right = cluster
      .filter((other) => other.column > slot.column && overlaps(other, slot))
      .map((other) => other.column);
    return { ...slot, columns, span: Math.min(columns, ...right) - slot.column };
  });
}
