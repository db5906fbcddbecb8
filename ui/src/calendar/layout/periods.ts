/**
 * Which days a view shows, and where its next and previous ones are. Pure, on day numbers.
 */
import type { ViewKind } from '../../state/preferences';
import { addMonths, dateOfDay, dayOf, monthOf, startOfWeek, weekday } from './months';

/** What decides about the days beside the view. */
export interface Shape {
  firstDayOfWeek: number;
  /** 0 = Sunday … 6 = Saturday. */
  workDays: readonly number[];
  showWeekends: boolean;
  /** How many the view of N days has. */
  days: number;
}

/** The days of a view that has columns. */
export function columnsOf(view: ViewKind, day: number, shape: Shape): number[] {
  switch (view) {
    case 'work-week': {
      const days = week(day, shape).filter((one) => shape.workDays.includes(weekday(one)));
      return days.length > 0 ? days : week(day, shape);
    }
    case 'week': {
      const days = week(day, shape);
      return shape.showWeekends ? days : days.filter((one) => !isWeekend(one));
    }
    case 'days':
      return count(day, shape.days);
    default:
      return [day];
  }
}

/** The days that a view's title names and its counts count. */
export function periodOf(
  view: ViewKind,
  day: number,
  shape: Shape,
): { fromDay: number; days: number } {
  switch (view) {
    case 'month':
    case 'agenda': {
      const first = firstOfMonth(day);
      return { fromDay: first, days: firstOfMonth(first, 1) - first };
    }
    case 'year': {
      const year = dateOfDay(day).getUTCFullYear();
      const first = dayOf(year, 1, 1);
      return { fromDay: first, days: dayOf(year + 1, 1, 1) - first };
    }
    default: {
      const columns = columnsOf(view, day, shape);
      const first = columns[0] ?? day;
      return { fromDay: first, days: (columns.at(-1) ?? first) - first + 1 };
    }
  }
}

/**
 * The days that a month beside the view marks: those of a view of days; of a month, an agenda or a
 * year the day alone, since a month that is marked whole says nothing.
 */
export function markedIn(
  view: ViewKind,
  day: number,
  shape: Shape,
): { fromDay: number; days: number } {
  return view === 'month' || view === 'agenda' || view === 'year'
    ? { fromDay: day, days: 1 }
    : periodOf(view, day, shape);
}

/** The day that the next (1) or previous (-1) period of the view holds. */
export function stepped(view: ViewKind, day: number, by: 1 | -1, shape: Shape): number {
  switch (view) {
    case 'day':
      return day + by;
    case 'days':
      return day + by * shape.days;
    case 'month':
    case 'agenda':
      return sameDateIn(day, by);
    case 'year':
      return sameDateIn(day, by * 12);
    default:
      return day + by * 7;
  }
}

/** The same date some months on; the last of the month where it has no such date. */
function sameDateIn(day: number, months: number): number {
  const first = firstOfMonth(day);
  const to = firstOfMonth(day, months);
  const last = firstOfMonth(to, 1) - 1;
  return Math.min(to + (day - first), last);
}

/** The first day of the month that holds `day`, moved by `months`. */
export function firstOfMonth(day: number, months = 0): number {
  const { year, month } = addMonths(monthOf(day), months);
  return dayOf(year, month, 1);
}

/** The ISO 8601 number of the week that holds `day`, where weeks begin on Monday. */
export function weekNumber(day: number): number {
  const thursday = day - ((weekday(day) + 6) % 7) + 3;
  const first = dayOf(dateOfDay(thursday).getUTCFullYear(), 1, 1);
  return Math.floor((thursday - first) / 7) + 1;
}

export function isWeekend(day: number): boolean {
  return weekday(day) === 0 || weekday(day) === 6;
}

function week(day: number, { firstDayOfWeek }: Shape): number[] {
  return count(startOfWeek(day, firstDayOfWeek), 7);
}

function count(from: number, days: number): number[] {
  return Array.from({ length: days }, (_, index) => from + index);
}
