/**
 * Where one is in the endless month: what is in view, how tall its weeks are, and which month one
 * looks at. The desk hears of that month; what the desk is told to show is scrolled to.
 */
import { untrack } from 'svelte';
import type { Desk } from '../state/desk.svelte';
import type { Span } from '../state/events.svelte';
import { nearest, type Days } from './interact/days';
import {
  firstDayOf,
  intoView,
  mainMonth,
  monthTop,
  originAround,
  reaches,
  rowHeightIn,
  topOf,
  TRACK_WEEKS,
  weekAt,
  weekOf,
  weeksAround,
  weeksAsked,
  weeksFilled,
} from './layout/monthwindow';
import { firstOfMonth, isWeekend } from './layout/periods';
import { MONTH } from './layout/pitch';

const WEEK = 7;
/** The names of the weekdays, without what six weeks leave over. */
const HEADS = 28;
/** Until it is measured. */
const USUAL_HEIGHT = 660;

export class MonthPlace {
  scroller = $state.raw<HTMLElement>();
  /** The scroller's, once it is measured. */
  measured = $state(0);
  /** The first week in view. */
  top = $state(0);
  /** The week at the very top of the track. */
  origin = $state(0);
  /** It is known where to be. */
  placed = $state(false);

  readonly #desk: Desk;
  /** The first week in view, with the part of it that is scrolled out. */
  #at = 0;
  /** The day of the desk that was scrolled to, or told to it from here. */
  #known: number | null = null;
  #mainMonth: number | null = null;
  /** Where it was scrolled to from here, in a view of which height. */
  #applied: { top: number; measured: number } | null = null;
  /** The day whose month was scrolled to, until one scrolls away. */
  #revealed: number | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  readonly firstDayOfWeek = $derived.by(() => this.#desk.shape.firstDayOfWeek);
  readonly weekends = $derived.by(() => this.#desk.settings.now.showWeekends);
  readonly lines = $derived.by(() => MONTH[this.#desk.settings.now.density]);
  readonly days: Days = $derived.by(() => ({
    firstDayOfWeek: this.firstDayOfWeek,
    shows: (day) => this.weekends || !isWeekend(day),
  }));

  readonly height = $derived(this.measured === 0 ? USUAL_HEIGHT : this.measured);
  readonly rowHeight = $derived(rowHeightIn(this.height - HEADS));
  /** How many weeks are in view. */
  readonly visible = $derived((this.height - HEADS) / this.rowHeight);
  /** The pixels that six weeks leave over go to the names of the weekdays. */
  readonly heads = $derived(
    this.visible >= 6 ? this.height - Math.floor(this.visible) * this.rowHeight : HEADS,
  );
  /** How many events fit one below the other. */
  readonly lanes = $derived(
    Math.max(1, Math.floor((this.rowHeight - this.lines.head - 1) / this.lines.pitch)),
  );
  readonly trackHeight = $derived(TRACK_WEEKS * this.rowHeight);

  readonly around = $derived(weeksAround(this.top, this.visible));
  readonly filled = $derived(weeksFilled(this.top, this.visible));
  /** The days in view. */
  readonly seen: Span = $derived({
    fromDay: this.firstDayOf(this.top),
    days: Math.ceil(this.visible) * WEEK,
  });
  readonly #asked = $derived(weeksAsked(this.around));
  readonly askedFrom = $derived(this.firstDayOf(this.#asked.first));
  readonly askedDays = $derived(this.#asked.count * WEEK);

  firstDayOf(week: number): number {
    return firstDayOf(week, this.firstDayOfWeek);
  }

  weekOf(day: number): number {
    return weekOf(day, this.firstDayOfWeek);
  }

  /** The days of a week that have a column. */
  daysOf(week: number): number[] {
    const first = this.firstDayOf(week);
    const all = Array.from({ length: WEEK }, (_, index) => first + index);
    return all.filter((day) => this.days.shows?.(day) ?? true);
  }

  /** How far from the top of the track a week stands. */
  topOf(week: number): number {
    return topOf(week, { origin: this.origin, rowHeight: this.rowHeight });
  }

  /** Follows the desk, the height and what is in view; to be called while a component is set up. */
  follow(): void {
    $effect(() => {
      const span = { fromDay: this.askedFrom, days: this.askedDays };
      if (this.placed) untrack(() => this.#desk.events.show(span));
    });
    $effect(() => {
      const { day } = this.#desk;
      if (day !== null) untrack(() => this.#followTo(day));
    });
    // Whatever changes the height of weeks, or lays the track anew, leaves in view what was; and
    // where the view is another, a month that was asked for may begin elsewhere in it.
    $effect(() => {
      void [this.rowHeight, this.origin, this.measured];
      untrack(() => {
        if (this.#revealed !== null) this.reveal(this.#revealed);
        this.#apply();
      });
    });
  }

  #followTo(day: number): void {
    if (day === this.#known) return;
    const here = this.#known !== null && firstOfMonth(day) === this.#mainMonth;
    this.#known = day;
    if (!here || !this.isVisible(day)) this.reveal(day);
  }

  /** Shows the month of a day from its beginning. */
  reveal(day: number): void {
    this.#known = day;
    this.#mainMonth = firstOfMonth(day);
    this.#revealed = day;
    this.#scrollTo(monthTop(day, this.visible, this.firstDayOfWeek));
  }

  /** Scrolls as little as needed. */
  bring(day: number): void {
    if (this.isVisible(day)) return;
    this.#revealed = null;
    this.#scrollTo(intoView(this.weekOf(day), this.#at, this.visible));
  }

  isVisible(day: number): boolean {
    const week = this.weekOf(day);
    return week >= this.#at && week + 1 <= this.#at + this.visible;
  }

  /** Tells the desk which day one looks at. */
  look(day: number): void {
    if (this.#desk.day === day) return;
    this.#known = day;
    this.#desk.look(day);
  }

  /** The user has scrolled; `focused` is the day that has, or last had, the focus. */
  scrolled(focused: number | null): void {
    if (this.scroller === undefined) return;
    const { scrollTop } = this.scroller;
    // What was scrolled from here is told too.
    if (Math.abs(scrollTop - this.topOf(this.#at)) < 1) return;
    this.#revealed = null;
    this.#applied = null;
    this.#at = weekAt(scrollTop, { origin: this.origin, rowHeight: this.rowHeight });
    this.top = Math.floor(this.#at);
    if (!reaches(this.#at, this.origin)) this.origin = originAround(this.#at);
    const fromDay = this.firstDayOf(Math.round(this.#at));
    const main = mainMonth(fromDay, Math.max(1, Math.round(this.visible)) * WEEK);
    if (main === this.#mainMonth) return;
    this.#mainMonth = main;
    const { day } = this.#desk;
    if (day === null || firstOfMonth(day) === main) return;
    const today = this.#desk.events.clock?.day ?? null;
    const best = [focused, today].find((one) => one !== null && firstOfMonth(one) === main);
    this.look(best ?? nearest(main, 1, this.days));
  }

  #scrollTo(week: number): void {
    this.#at = week;
    this.top = Math.floor(week);
    if (!this.placed || !reaches(week, this.origin)) {
      // The effect that follows the origin scrolls, once the weeks stand in their new places.
      this.origin = originAround(week);
      this.placed = true;
    } else {
      this.#apply();
    }
  }

  /** Scrolls there, but not twice: each time costs a layout. */
  #apply(): void {
    if (this.scroller === undefined) return;
    const to = { top: this.topOf(this.#at), measured: this.measured };
    if (to.top === this.#applied?.top && to.measured === this.#applied.measured) return;
    this.#applied = to;
    this.scroller.scrollTop = to.top;
  }

  /** The weeks that are in view for the most part. */
  get whole(): { from: number; until: number } {
    return { from: Math.round(this.#at), until: this.#at + this.visible };
  }
}
