/**
 * The endless month: which weeks are in the document, where they stand, and which month one looks
 * at. Pure, on week numbers.
 *
 * The scroller is as tall as forty years of weeks around the one that was asked for, and only the
 * weeks near the view exist in it. So scrolling is the browser's own from end to end, without a
 * jump where weeks come and go; the refused option, a short scroller that is set back each time,
 * breaks off what a finger or a wheel set in motion.
 */
import { firstOfMonth } from './periods';
import { startOfWeek } from './months';

const WEEK = 7;
/** Forty years. */
export const TRACK_WEEKS = 2088;
/** Nearer to an end than this, the track is laid anew around the view. */
const MARGIN = 60;
/** Weeks that stand ready above and below the view, with their days alone. */
export const OVERSCAN = 5;
/** Those that have their events too: a view full of them is most of what there is to draw. */
const EVENTS_AHEAD = 1;
/** The weeks whose events are known reach farther, and move in steps of this many. */
const ASKED_STEP = 4;
const FEWEST_PIXELS = 84;
const WEEKS_IN_VIEW = 6;

/** What a place in the scroller means. */
export interface Track {
  /** The week at its very top. */
  origin: number;
  rowHeight: number;
}

/** Weeks one after the other. */
export interface Weeks {
  first: number;
  count: number;
}

/** Which week a day is in, counted from the one that holds 1970-01-01. */
export function weekOf(day: number, firstDayOfWeek: number): number {
  return Math.floor((day - startOfWeek(0, firstDayOfWeek)) / WEEK);
}

/** The first day of a week. */
export function firstDayOf(week: number, firstDayOfWeek: number): number {
  return startOfWeek(0, firstDayOfWeek) + week * WEEK;
}

/** How tall a week is where `height` pixels are free: six fit, as a rule. */
export function rowHeightIn(height: number): number {
  return Math.max(FEWEST_PIXELS, Math.floor(height / WEEKS_IN_VIEW));
}

/** The week at the top of a track that is laid around `week`. */
export function originAround(week: number): number {
  return Math.floor(week) - TRACK_WEEKS / 2;
}

/** Whether a view whose first week is `week` is well within the track. */
export function reaches(week: number, origin: number): boolean {
  return week >= origin + MARGIN && week <= origin + TRACK_WEEKS - MARGIN;
}

/** How far from the top of the track a week stands. */
export function topOf(week: number, { origin, rowHeight }: Track): number {
  return (week - origin) * rowHeight;
}

/** The week at the top of the view, with the part of it that is scrolled out. */
export function weekAt(scrollTop: number, { origin, rowHeight }: Track): number {
  return origin + scrollTop / rowHeight;
}

/** The weeks in the document when the view begins at `at` and is `visible` weeks tall. */
export function weeksAround(at: number, visible: number): Weeks {
  return { first: Math.floor(at) - OVERSCAN, count: Math.ceil(visible) + 1 + 2 * OVERSCAN };
}

/** Those of them that have their events in the document. */
export function weeksFilled(at: number, visible: number): Weeks {
  const count = Math.ceil(visible) + 1 + 2 * EVENTS_AHEAD;
  return { first: Math.floor(at) - EVENTS_AHEAD, count };
}

/** The weeks whose events are asked for: more than are in the document, and in steps. */
export function weeksAsked({ first, count }: Weeks): Weeks {
  const from = Math.floor((first - ASKED_STEP / 2) / ASKED_STEP) * ASKED_STEP;
  const until = Math.ceil((first + count + ASKED_STEP / 2) / ASKED_STEP) * ASKED_STEP;
  return { first: from, count: until - from };
}

/** The weeks of the window, and those beyond it that must not go: with the focus, or open. */
export function weeksKept({ first, count }: Weeks, kept: readonly (number | null)[]): number[] {
  const weeks = new Set(Array.from({ length: count }, (_, index) => first + index));
  for (const week of kept) if (week !== null) weeks.add(week);
  return Array.from(weeks).sort((a, b) => a - b);
}

/** The first day of the month that has most of these days; of two, the earlier. */
export function mainMonth(fromDay: number, days: number): number {
  const untilDay = fromDay + days;
  let best = { first: firstOfMonth(fromDay), has: 0 };
  for (let first = best.first; first < untilDay; first = firstOfMonth(first, 1)) {
    const has = Math.min(firstOfMonth(first, 1), untilDay) - Math.max(first, fromDay);
    if (has > best.has) best = { first, has };
  }
  return best.first;
}

/**
 * The week that begins a view on the month of `day`: that of the first, or as late a one as shows
 * the day where the view is too low for the month.
 */
export function monthTop(day: number, visible: number, firstDayOfWeek: number): number {
  const first = weekOf(firstOfMonth(day), firstDayOfWeek);
  const last = weekOf(day, firstDayOfWeek);
  return Math.max(first, last - Math.max(1, Math.floor(visible)) + 1);
}

/** Where the view begins so that a week is in it, moved as little as possible. */
export function intoView(week: number, at: number, visible: number): number {
  return Math.min(week, Math.max(at, week + 1 - Math.max(1, visible)));
}
