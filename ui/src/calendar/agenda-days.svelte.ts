/**
 * Which days the agenda holds: some weeks around where one is, more of them as one goes on.
 *
 * Days that hold nothing take no room, so that going on could ask for ever: after half a year
 * without anything it stops, and goes further only when asked to.
 */
import type { Events, Span } from '../state/events.svelte';
import type { AgendaRow } from './layout/agenda';
import { startOfWeek } from './layout/months';

export type Side = 'before' | 'after';

/** What stands at the end of the days. */
export type Edge = 'more' | 'loading' | 'failed' | 'stopped';

const WEEK = 7;
const FIRST = { before: 2 * WEEK, after: 6 * WEEK };
const STEP = 5 * WEEK;
/** Through days without anything it goes faster. */
const LONG_STEP = 13 * WEEK;
/** So many days without anything, and it stops. */
const PATIENCE = 26 * WEEK;
/** Fewer than are kept (state/events.svelte.ts), so that what is shown is not forgotten. */
const MOST_DAYS = 77 * WEEK;
/** So close to its end, in pixels, the next days are asked for. */
export const NEAR = 1500;

export class AgendaDays {
  /** What is asked for. */
  wanted = $state.raw<Span | null>(null);
  #patience = $state.raw<Readonly<Record<Side, number>>>({ before: PATIENCE, after: PATIENCE });
  /** All that may be held is, and its ends are both near. */
  #stuck = $state(false);
  readonly #events: Events;
  readonly #firstDayOfWeek: () => number;

  constructor(events: Events, firstDayOfWeek: () => number) {
    this.#events = events;
    this.#firstDayOfWeek = firstDayOfWeek;
  }

  /** The part of it that is known, without a gap; `null` if there is none. */
  readonly shown: Span | null = $derived.by(() => {
    if (this.wanted === null) return null;
    let { fromDay } = this.wanted;
    let untilDay = fromDay + this.wanted.days;
    const knows = (day: number): boolean => this.#events.covers({ fromDay: day, days: WEEK });
    while (fromDay < untilDay && !knows(fromDay)) fromDay += WEEK;
    while (fromDay < untilDay && !knows(untilDay - WEEK)) untilDay -= WEEK;
    const span = { fromDay, days: untilDay - fromDay };
    return span.days > 0 && this.#events.covers(span) ? span : null;
  });

  /** Has a day among them. */
  goTo(day: number): void {
    const first = startOfWeek(day, this.#firstDayOfWeek());
    const { wanted } = this;
    const holds =
      wanted !== null &&
      startOfWeek(wanted.fromDay, this.#firstDayOfWeek()) === wanted.fromDay &&
      day >= wanted.fromDay &&
      day < wanted.fromDay + wanted.days;
    if (holds) return;
    this.#patience = { before: PATIENCE, after: PATIENCE };
    this.wanted = { fromDay: first - FIRST.before, days: FIRST.before + FIRST.after };
  }

  /** Has all of the days that the title names, too: counts and notes are about these. */
  include({ fromDay, days }: Span): void {
    if (this.wanted === null) return;
    const first = this.wanted.fromDay;
    const until = first + this.wanted.days;
    const from = Math.min(first, startOfWeek(fromDay, this.#firstDayOfWeek()));
    const after = Math.max(0, Math.ceil((fromDay + days - until) / WEEK)) * WEEK;
    const all = until + after - from;
    if (all > this.wanted.days && all <= MOST_DAYS) this.wanted = { fromDay: from, days: all };
  }

  /** Asks for more where less than `NEAR` pixels are left. */
  near(rows: readonly AgendaRow[], above: number, below: number): void {
    const { wanted } = this;
    // What comes at one end would go at the other, which is as near, and come again there.
    const full = wanted !== null && wanted.days + LONG_STEP > MOST_DAYS;
    this.#stuck = full && above < NEAR && below < NEAR;
    if (below < NEAR && this.edge('after', rows) === 'more') this.#grow('after', rows);
    if (above < NEAR && this.edge('before', rows) === 'more') this.#grow('before', rows);
  }

  edge(side: Side, rows: readonly AgendaRow[]): Edge {
    const { wanted, shown } = this;
    if (wanted === null || shown === null || !sameEnd(side, wanted, shown)) {
      return this.#events.failure === null ? 'loading' : 'failed';
    }
    const enough = this.#stuck || nothingAt(side, rows) >= this.#patience[side];
    return enough ? 'stopped' : 'more';
  }

  /** Goes on through days without anything. */
  lookFurther(side: Side, rows: readonly AgendaRow[]): void {
    this.#patience = { ...this.#patience, [side]: nothingAt(side, rows) + PATIENCE };
    if (this.wanted !== null) this.wanted = grown(this.wanted, side, PATIENCE, MOST_DAYS);
  }

  #grow(side: Side, rows: readonly AgendaRow[]): void {
    if (this.wanted === null) return;
    const by = nothingAt(side, rows) >= STEP ? LONG_STEP : STEP;
    this.wanted = grown(this.wanted, side, by, MOST_DAYS);
  }
}

/** More days on one side; what is more than `most` goes on the other. */
export function grown({ fromDay, days }: Span, side: Side, by: number, most: number): Span {
  const kept = Math.min(days + by, most);
  return {
    fromDay: side === 'before' ? fromDay - by : fromDay + days + by - kept,
    days: kept,
  };
}

function sameEnd(side: Side, a: Span, b: Span): boolean {
  return side === 'before' ? a.fromDay === b.fromDay : a.fromDay + a.days === b.fromDay + b.days;
}

/** How many days without anything are at an end. */
function nothingAt(side: Side, rows: readonly AgendaRow[]): number {
  const row = rows.at(side === 'before' ? 0 : -1);
  return row?.kind === 'nothing' ? row.lastDay - row.day + 1 : 0;
}
