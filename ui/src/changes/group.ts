/** The ledger by the days on which its changes were noticed. Pure. */
import type { ChangeView } from '../ipc/client';
import { kindOf, KINDS, type ChangeKind } from './words-of';

/** What was noticed on one day. */
export interface DayOfChanges {
  day: number;
  changes: readonly ChangeView[];
}

/** In the order given, which is the newest first. */
export function byDay(changes: readonly ChangeView[]): DayOfChanges[] {
  const days = new Map<number, ChangeView[]>();
  for (const change of changes) {
    const { day } = change.changedClock;
    const known = days.get(day);
    if (known === undefined) days.set(day, [change]);
    else known.push(change);
  }
  return Array.from(days, ([day, all]) => ({ day, changes: all }));
}

/** The kinds that occur, in their order, with how many there are of each. */
export function countsByKind(changes: readonly ChangeView[]): { kind: ChangeKind; n: number }[] {
  const kinds = changes.map(kindOf);
  return KINDS.map((kind) => ({ kind, n: kinds.filter((one) => one === kind).length })).filter(
    ({ n }) => n > 0,
  );
}

/** The id of the change that was noticed last; `null` if there is none. */
export function newestOf(changes: readonly ChangeView[]): string | null {
  const [first, ...others] = changes;
  if (first === undefined) return null;
  return others.reduce((newest, { id }) => (Number(id) > Number(newest) ? id : newest), first.id);
}
