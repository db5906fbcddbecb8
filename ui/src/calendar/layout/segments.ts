/**
 * Splits the occurrences of a period into what stands above the hours and what stands in each day.
 */
import type { OccurrenceView } from '../../ipc/client';
import type { Slot } from './columns';

const DAY = 1440;

/** How many minutes a timed occurrence lasts, counted in days as shown. */
export function minutesOf(occurrence: OccurrenceView): number {
  return (occurrence.days - 1) * DAY + occurrence.endMinute - occurrence.startMinute;
}

/** Whether it stands above the hours: all-day, or as long as a day. */
export function isLong(occurrence: OccurrenceView): boolean {
  return occurrence.allDay || minutesOf(occurrence) >= DAY;
}

/** The part of a timed occurrence that lies in `day`, or `null`. */
export function segmentOn(occurrence: OccurrenceView, day: number): Slot | null {
  const lastDay = occurrence.day + occurrence.days - 1;
  if (isLong(occurrence) || day < occurrence.day || day > lastDay) return null;
  const start = day === occurrence.day ? occurrence.startMinute : 0;
  const end = day === lastDay ? occurrence.endMinute : DAY;
  return { id: occurrence.id, start, end };
}

/** Whether it is over at `minute` of `day`. */
export function isPast(occurrence: OccurrenceView, day: number, minute: number): boolean {
  const lastDay = occurrence.day + occurrence.days - 1;
  return lastDay < day || (lastDay === day && !occurrence.allDay && occurrence.endMinute <= minute);
}
