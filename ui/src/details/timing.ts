/** How near a meeting is, for the button that joins it. Pure. */
import type { ClockView, OccurrenceView } from '../ipc/client';

export type JoinTime =
  /** `minutes` until it starts; `null` where nobody knows what time it is. */
  | { kind: 'later'; minutes: number | null }
  /** From ten minutes before the start until the end; `minutes` until it starts, 0 while it is on. */
  | { kind: 'live'; minutes: number }
  | { kind: 'over' };

/** From then on Join is what the user wants. */
const LIVE_BEFORE = 10;
const DAY = 1440;
const MINUTE_MS = 60_000;

/** By instants where the event has them; a day is not always 24 hours long. */
export function joinTimeOf(
  occurrence: OccurrenceView,
  clock: ClockView | null,
  nowMs: number,
): JoinTime {
  const { startUtc, endUtc } = occurrence;
  if (startUtc !== null && endUtc !== null) {
    return timed(
      (Date.parse(startUtc) - nowMs) / MINUTE_MS,
      (Date.parse(endUtc) - nowMs) / MINUTE_MS,
    );
  }
  if (clock === null) return { kind: 'later', minutes: null };
  const now = clock.day * DAY + clock.minute;
  const lastDay = occurrence.day + occurrence.days - 1;
  return timed(
    occurrence.day * DAY + occurrence.startMinute - now,
    lastDay * DAY + occurrence.endMinute - now,
  );
}

function timed(untilStart: number, untilEnd: number): JoinTime {
  if (untilEnd <= 0) return { kind: 'over' };
  const minutes = Math.max(0, Math.ceil(untilStart));
  return minutes <= LIVE_BEFORE ? { kind: 'live', minutes } : { kind: 'later', minutes };
}
