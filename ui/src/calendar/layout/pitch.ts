/** How tall rows of events are, by density. Never less than 24 px: each is a target. Pure. */
import type { Density } from '../../state/preferences';

/** From one all-day event of the hours' views to the next below it. */
export const ALL_DAY: Readonly<Record<Density, number>> = { comfortable: 26, compact: 24 };

/** Of a week of the month: what its day numbers take, and from one event to the next. */
export const MONTH: Readonly<Record<Density, { head: number; pitch: number }>> = {
  comfortable: { head: 27, pitch: 24 },
  compact: { head: 22, pitch: 24 },
};
