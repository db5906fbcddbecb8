/**
 * What was found, by time: what comes next, what comes later, then the past, the latest first.
 * Within a group the order is the engine's: the best fit first. Pure.
 */
import { monthOf } from '../calendar/layout/months';
import type { ClockView, SearchItem } from '../ipc/client';

/** What is on or comes within so many days is next. */
const NEXT_DAYS = 7;
/** The past is told by months so far back, then by years. */
const MONTHS = 12;

export type Period =
  | { kind: 'next' }
  | { kind: 'later' }
  /** What is over in this month. */
  | { kind: 'this-month' }
  | { kind: 'month'; day: number }
  | { kind: 'year'; day: number };

export interface Group {
  key: string;
  period: Period;
  items: SearchItem[];
}

export function groupsOf(items: readonly SearchItem[], clock: ClockView): Group[] {
  const groups = new Map<string, Group & { order: number }>();
  for (const item of items) {
    const { key, order, period } = placeOf(item, clock);
    const group = groups.get(key) ?? { key, order, period, items: [] };
    group.items.push(item);
    groups.set(key, group);
  }
  return [...groups.values()]
    .sort((a, b) => a.order - b.order)
    .map(({ key, period, items: found }) => ({ key, period, items: found }));
}

function placeOf(
  item: SearchItem,
  clock: ClockView,
): { key: string; order: number; period: Period } {
  if (!isOver(item, clock)) {
    return item.day <= clock.day + NEXT_DAYS
      ? { key: 'next', order: -2, period: { kind: 'next' } }
      : { key: 'later', order: -1, period: { kind: 'later' } };
  }
  const then = monthOf(item.day);
  const now = monthOf(clock.day);
  const back = (now.year - then.year) * 12 + now.month - then.month;
  // What began later and is over already (an odd answer) counts as just now.
  if (back <= 0) return { key: 'this-month', order: 0, period: { kind: 'this-month' } };
  return back <= MONTHS
    ? { key: `${then.year}-${then.month}`, order: back, period: { kind: 'month', day: item.day } }
    : {
        key: `${then.year}`,
        order: MONTHS + 1 + now.year - then.year,
        period: { kind: 'year', day: item.day },
      };
}

/** Whether it has ended. */
export function isOver({ day, days, endMinute, allDay }: SearchItem, clock: ClockView): boolean {
  const last = day + days - 1;
  return last < clock.day || (last === clock.day && !allDay && endMinute <= clock.minute);
}
