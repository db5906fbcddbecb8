/**
 * Where the agenda is scrolled to, while its rows come and go.
 *
 * A day that was asked for is put on top, and again when the rows around it or the window change,
 * until somebody scrolls; from then on what they see on top stays there.
 */
import type { ClockView } from '../ipc/client';
import {
  anchorAt,
  dayAt,
  nowAt,
  rowOfDay,
  topOf,
  type AgendaRow,
  type Anchor,
  type Heights,
} from './layout/agenda';

/** In a day that does not fit, now is so far down. */
const NOW_AT = 0.3;

/** The part of an element that matters. */
export interface Scroller {
  scrollTop: number;
  readonly clientHeight: number;
}

export class AgendaPlace {
  /** The day that was asked for, until its rows are here. */
  wanted = $state<number | null>(null);
  /** The same from then on, until somebody scrolls. */
  #held: number | null = null;
  #anchor: Anchor | null = null;
  /** Where the list was put, to tell that from scrolling. */
  #put: number | null = null;
  readonly #before: number;

  /** `before` is what stands before the first row, in pixels. */
  constructor(before: number) {
    this.#before = before;
  }

  goTo(day: number): void {
    this.wanted = day;
    this.#held = null;
  }

  /** Puts the list where it has to be with these rows, which are those of `span`. */
  keep(
    rows: readonly AgendaRow[],
    span: { fromDay: number; days: number },
    clock: ClockView | null,
    heights: Heights,
    scroller: Scroller,
  ): void {
    const day = this.wanted ?? this.#held;
    if (day === null) {
      if (this.#anchor !== null) this.#scroll(topOf(rows, this.#anchor), scroller);
    } else if (day >= span.fromDay && day < span.fromDay + span.days) {
      this.#scroll(placeOf(rows, day, clock, heights, scroller.clientHeight), scroller);
      this.wanted = null;
      this.#held = day;
    }
  }

  /** Told of every scrolling; the day on top if it was not our own. */
  scrolled(rows: readonly AgendaRow[], near: number, scroller: Scroller): number | null {
    const { scrollTop } = scroller;
    if (rows.length === 0 || this.wanted !== null) return null;
    const ours = this.#put !== null && Math.abs(scrollTop - this.#put) < 1;
    this.#put = null;
    // A day near the end may not get to the top; it stays the one that was asked for.
    if (ours) return null;
    this.#held = null;
    this.#anchor = anchorAt(rows, scrollTop - this.#before);
    return dayAt(rows, scrollTop - this.#before + 1, near);
  }

  #scroll(to: number, scroller: Scroller): void {
    const top = Math.max(0, to + this.#before);
    if (Math.abs(scroller.scrollTop - top) < 1) return;
    scroller.scrollTop = top;
    this.#put = scroller.scrollTop;
  }
}

/** Where a day is put: on top, today so that now is in view. */
function placeOf(
  rows: readonly AgendaRow[],
  day: number,
  clock: ClockView | null,
  heights: Heights,
  tall: number,
): number {
  const top = rows[rowOfDay(rows, day)]?.top ?? 0;
  const now = clock?.day === day ? (nowAt(rows, clock, heights) ?? top) : top;
  const room = tall - heights.head;
  return now - top > room * (1 - NOW_AT) ? now - room * NOW_AT : top;
}
