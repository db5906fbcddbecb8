/** What a chip of the month shows; it is a line, so there is little to decide. Pure. */
import type { ClockView, OccurrenceView } from '../ipc/client';
import { lookOf } from './look';

const LIVE_BEFORE = 10;
/** More than any chip is wide: shaping thousands of letters that nobody sees takes time. */
const MOST_LETTERS = 240;

/** Whether it offers Join at all. */
export function mayJoin(occurrence: OccurrenceView, past: boolean): boolean {
  const look = lookOf(occurrence);
  const linked = occurrence.joinService !== null && !occurrence.allDay;
  return linked && !past && look !== 'cancelled' && look !== 'declined';
}

/** Whether it is on, or starts within ten minutes. */
export function isLive(occurrence: OccurrenceView, clock: ClockView): boolean {
  if (occurrence.allDay) return false;
  const lastDay = occurrence.day + occurrence.days - 1;
  const begun =
    occurrence.day < clock.day ||
    (occurrence.day === clock.day && clock.minute >= occurrence.startMinute - LIVE_BEFORE);
  const open =
    clock.day < lastDay || (clock.day === lastDay && clock.minute < occurrence.endMinute);
  return begun && open;
}

/** As much of a title as a line can hold. */
export function lineOf(title: string): string {
  return title.length > MOST_LETTERS ? title.slice(0, MOST_LETTERS) : title;
}
