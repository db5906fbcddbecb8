/** How full a day is, in shades that can be told apart. Pure. */
import type { DayDensity } from '../../ipc/client';

/** A shade and what it stands for; `to` is `null` where there is no more above it. */
export interface Shade {
  step: number;
  from: number;
  to: number | null;
}

/** Fixed, so that one year can be compared with another. */
export const SHADES: readonly Shade[] = [
  { step: 0, from: 0, to: 0 },
  { step: 1, from: 1, to: 2 },
  { step: 2, from: 3, to: 4 },
  { step: 3, from: 5, to: 7 },
  { step: 4, from: 8, to: null },
];

/** The shade of a day with so many events. */
export function shadeOf(events: number): number {
  return SHADES.findLast(({ from }) => events >= from)?.step ?? 0;
}

/** Whether nobody knows if a day has events: it is not synced, and none are known. */
export function isUnknown({ events, beyondSynced }: DayDensity): boolean {
  return beyondSynced && events === 0;
}
