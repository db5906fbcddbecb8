/**
 * Splits the occurrences of a period into what stands above the hours and what stands in each day.
 */
import type { OccurrenceView } from '../../ipc/client';
import type { Slot } from './columns';

const DAY = 1440;

/**
 * How many minutes a timed occurrence lasts by the clock on the wall. A day that a place left out
 * when it went over the date line does not count.
 */
export function minutesOf(occurrence: OccurrenceView): number {
  const { days, startMinute, endMinute, startUtc, endUtc } = occurrence;
  const told = (days - 1) * DAY + endMinute - startMinute;
  const passed = (Date.parse(endUtc ?? '') - Date.parse(startUtc ?? '')) / 60_000;
  return Number.isNaN(passed) ? told : told - Math.round((told - passed) / DAY) * DAY;
}

/** Whether it stands above the hours: all-day, or as long as a day. */
export function isLong(occurrence: OccurrenceView): boolean {
  const { allDay, days, startMinute, endMinute } = occurrence;
  // Nearly all stand in one day and do not fill it: their instants need not be read.
  if (!allDay && days === 1 && endMinute - startMinute < DAY) return false;
  return allDay || minutesOf(occurrence) >= DAY;
}

/** The part of a timed occurrence that lies in `day`, or `null`. */
export function segmentOn(occurrence: OccurrenceView, day: number): Slot | null {
  const lastDay = occurrence.day + occurrence.days - 1;
  if (day < occurrence.day || day > lastDay || isLong(occurrence)) return null;
  // What lasts less than a day fills none: the date between is one that there was not.
  if (day !== occurrence.day && day !== lastDay) return null;
  const start = day === occurrence.day ? occurrence.startMinute : 0;
  const end = day === lastDay ? occurrence.endMinute : DAY;
  return { id: occurrence.id, start, end };
}

/** A timed occurrence on one of its days. */
export interface Part {
  occurrence: OccurrenceView;
  slot: Slot;
}

/** The timed occurrences of each of the days, which are in order. */
export function partsOn(
  occurrences: readonly OccurrenceView[],
  days: readonly number[],
): ReadonlyMap<number, Part[]> {
  const parts = new Map(days.map((day): [number, Part[]] => [day, []]));
  for (const occurrence of occurrences) {
    const last = Math.min(occurrence.day + occurrence.days - 1, days.at(-1) ?? 0);
    for (let day = Math.max(occurrence.day, days[0] ?? 0); day <= last; day += 1) {
      const found = parts.get(day);
      const slot = found === undefined ? null : segmentOn(occurrence, day);
      if (slot !== null) found?.push({ occurrence, slot });
    }
  }
  return parts;
}

/** Whether it is over at `minute` of `day`. */
export function isPast(occurrence: OccurrenceView, day: number, minute: number): boolean {
  const lastDay = occurrence.day + occurrence.days - 1;
  return lastDay < day || (lastDay === day && !occurrence.allDay && occurrence.endMinute <= minute);
}
