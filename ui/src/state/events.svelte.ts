/**
 * The occurrences that are known, by weeks.
 *
 * Every view reads from here, so that going from one to another, or back, asks nothing. A change
 * is asked for again in the weeks that it touches, where they are shown, and forgotten elsewhere.
 * What was known stays on screen until its successor is here.
 */
import { startOfWeek } from '../calendar/layout/months';
import {
  failureOf,
  type Client,
  type ClockChange,
  type ClockView,
  type IpcFailure,
  type OccurrenceView,
} from '../ipc/client';

/** Some days. */
export interface Span {
  fromDay: number;
  days: number;
}

/** What is asked beside the days. */
export interface Question {
  zone: string;
  filter: string;
  mergeCopies: boolean;
}

interface KnownWeek {
  occurrences: readonly OccurrenceView[];
  beyondSynced: boolean;
  clockChanges: readonly ClockChange[];
}

const WEEK = 7;
/** The engine answers for at most 400 days at once. */
const MOST_WEEKS_ASKED = 57;
/** Weeks that are kept; those farthest from what is shown go first. */
const MOST_WEEKS_KEPT = 80;
const CLOCK_EVERY_MS = 20_000;

export class Events {
  clock = $state.raw<ClockView | null>(null);
  failure = $state.raw<IpcFailure | null>(null);
  /** How many changes were heard of; whoever counts follows it. */
  changed = $state(0);

  #weeks = $state.raw<ReadonlyMap<number, KnownWeek>>(new Map());
  readonly #client: Client;
  #question: Question;
  #firstDayOfWeek: number;
  #wanted: Span | null = null;
  readonly #stale = new Set<number>();
  /** Rises when what is on its way is not wanted any more. */
  #version = 0;
  #asking = false;
  #stop: (() => void) | null = null;

  constructor(client: Client, question: Question, firstDayOfWeek: number) {
    this.#client = client;
    this.#question = question;
    this.#firstDayOfWeek = firstDayOfWeek;
  }

  get zone(): string {
    return this.#question.zone;
  }

  /** Follows the clock and the engine, if it does not yet; the answer stops that. */
  start(): () => void {
    this.#stop ??= this.#follow();
    return () => {
      this.#stop?.();
      this.#stop = null;
    };
  }

  #follow(): () => void {
    const stop = this.#client.on('eventsChanged', ({ fromDay, toDay }) =>
      this.#forget(fromDay, toDay),
    );
    const timer = setInterval(() => void this.tick(), CLOCK_EVERY_MS);
    if (this.clock === null) void this.tick();
    return () => {
      stop();
      clearInterval(timer);
    };
  }

  /** Asks something else of the same days. */
  ask(question: Question, firstDayOfWeek: number): void {
    const before = this.#question;
    const same =
      question.zone === before.zone &&
      question.filter === before.filter &&
      question.mergeCopies === before.mergeCopies &&
      firstDayOfWeek === this.#firstDayOfWeek;
    if (same) return;
    const elsewhere = question.zone !== before.zone || firstDayOfWeek !== this.#firstDayOfWeek;
    this.#question = question;
    this.#firstDayOfWeek = firstDayOfWeek;
    this.#drop();
    this.#stale.clear();
    // In another zone the same events stand elsewhere; under another filter they fade over.
    if (elsewhere) this.#weeks = new Map();
    else for (const week of this.#weeks.keys()) this.#stale.add(week);
    if (question.zone !== before.zone) void this.tick();
    void this.#fetch();
  }

  /** Has these days known, and what changes in them followed. */
  show(span: Span): void {
    this.#wanted = span;
    void this.#fetch();
  }

  /** Tries again what failed. */
  reload(): void {
    this.failure = null;
    // What is on its way was asked before: its failure is no answer to this.
    this.#drop();
    for (const week of this.#weeks.keys()) this.#stale.add(week);
    void this.tick();
    void this.#fetch();
  }

  /** Whether all of the days are known. */
  covers(span: Span): boolean {
    return this.#weeksOf(span).every((week) => this.#weeks.has(week));
  }

  /** Whether part of the days lies outside of what is synced; `null` if they are not known. */
  beyondSynced(span: Span): boolean | null {
    const weeks = this.#weeksOf(span).map((week) => this.#weeks.get(week));
    if (weeks.some((week) => week === undefined)) return null;
    return weeks.some((week) => week?.beyondSynced === true);
  }

  /** The occurrences that touch the days, as far as they are known, each once. */
  between(span: Span): OccurrenceView[] {
    const untilDay = span.fromDay + span.days;
    const found = new Map<string, OccurrenceView>();
    for (const week of this.#weeksOf(span)) {
      for (const one of this.#weeks.get(week)?.occurrences ?? []) {
        if (one.day < untilDay && one.day + one.days > span.fromDay) found.set(one.id, one);
      }
    }
    return Array.from(found.values());
  }

  /** The occurrence with this id, or whose copy has it, wherever it is known. */
  find(id: string): OccurrenceView | undefined {
    for (const { occurrences } of this.#weeks.values()) {
      const found = occurrences.find(
        (one) => one.id === id || one.copies.some((copy) => copy.id === id),
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }

  clockChanges(span: Span): ClockChange[] {
    return this.#weeksOf(span)
      .flatMap((week) => this.#weeks.get(week)?.clockChanges ?? [])
      .filter((one) => one.day >= span.fromDay && one.day < span.fromDay + span.days);
  }

  async tick(): Promise<void> {
    const version = this.#version;
    try {
      const clock = await this.#client.clock(this.zone);
      if (version === this.#version) this.clock = clock;
    } catch (thrown) {
      // Without any clock nothing can be shown; one that is a little late is no reason to cover days.
      if (version === this.#version && this.clock === null) this.failure = failureOf(thrown);
    }
  }

  /** Answers to what was asked until now are not taken. */
  #drop(): void {
    this.#version += 1;
    this.#asking = false;
  }

  #weeksOf({ fromDay, days }: Span): number[] {
    const first = this.#weekOf(fromDay);
    const last = this.#weekOf(fromDay + days - 1);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }

  /** Weeks are counted from the one that holds 1970-01-01. */
  #weekOf(day: number): number {
    return Math.floor((day - startOfWeek(0, this.#firstDayOfWeek)) / WEEK);
  }

  #dayOf(week: number): number {
    return startOfWeek(0, this.#firstDayOfWeek) + week * WEEK;
  }

  #forget(fromDay: number, toDay: number): void {
    this.changed += 1;
    const touches = (week: number): boolean =>
      this.#dayOf(week) <= toDay && this.#dayOf(week) + WEEK > fromDay;
    const shown = this.#wanted === null ? [] : this.#weeksOf(this.#wanted);
    // Also those whose first answer is still on its way: it may not know of the change.
    for (const week of shown.filter(touches)) this.#stale.add(week);
    const kept = new Map(
      [...this.#weeks].filter(([week]) => shown.includes(week) || !touches(week)),
    );
    if (kept.size < this.#weeks.size) this.#weeks = kept;
    void this.#fetch();
  }

  /** One question at a time: what changes meanwhile is asked after it, all at once. */
  async #fetch(): Promise<void> {
    if (this.#asking) return;
    const run = this.#nextRun();
    if (run === null) {
      // What could not be read is not shown any more.
      if (this.#wanted !== null) this.failure = null;
      return;
    }
    const version = this.#version;
    const [first, count] = run;
    const fromDay = this.#dayOf(first);
    for (let week = first; week < first + count; week += 1) this.#stale.delete(week);
    this.#asking = true;
    try {
      const view = await this.#client.range({ fromDay, days: count * WEEK, ...this.#question });
      if (version !== this.#version) return;
      this.clock = view.clock;
      this.failure = null;
      this.#keep(first, count, view.occurrences, view.beyondSynced, view.clockChanges);
    } catch (thrown) {
      if (version === this.#version) {
        this.failure = failureOf(thrown);
        // Asked again when they are shown again; new ones are asked for anyway.
        for (let week = first; week < first + count; week += 1) this.#stale.add(week);
      }
    }
    if (version !== this.#version) return;
    this.#asking = false;
    if (this.failure === null) void this.#fetch();
  }

  /** The first weeks in a row that are wanted and not known as they are now. */
  #nextRun(): readonly [first: number, count: number] | null {
    if (this.#wanted === null) return null;
    const needed = this.#weeksOf(this.#wanted).filter(
      (week) => !this.#weeks.has(week) || this.#stale.has(week),
    );
    const first = needed[0];
    if (first === undefined) return null;
    const gap = needed.findIndex((week, index) => week !== first + index);
    const count = gap === -1 ? needed.length : gap;
    return [first, Math.min(count, MOST_WEEKS_ASKED)];
  }

  #keep(
    first: number,
    count: number,
    occurrences: readonly OccurrenceView[],
    beyondSynced: boolean,
    clockChanges: readonly ClockChange[],
  ): void {
    const weeks = new Map(this.#weeks);
    const lists = Array.from({ length: count }, (): OccurrenceView[] => []);
    for (const fresh of occurrences) {
      const from = Math.max(this.#weekOf(fresh.day), first);
      const to = Math.min(this.#weekOf(fresh.day + fresh.days - 1), first + count - 1);
      for (let week = from; week <= to; week += 1) lists[week - first]?.push(fresh);
    }
    lists.forEach((list, index) => {
      const week = first + index;
      weeks.set(week, {
        occurrences: sameWhereEqual(weeks.get(week)?.occurrences ?? [], list),
        beyondSynced,
        clockChanges: clockChanges.filter((one) => this.#weekOf(one.day) === week),
      });
    });
    this.#weeks = this.#nearest(weeks);
  }

  #nearest(weeks: Map<number, KnownWeek>): ReadonlyMap<number, KnownWeek> {
    if (weeks.size <= MOST_WEEKS_KEPT || this.#wanted === null) return weeks;
    const middle = this.#weekOf(this.#wanted.fromDay + this.#wanted.days / 2);
    const near = [...weeks].sort(([a], [b]) => Math.abs(a - middle) - Math.abs(b - middle));
    return new Map(near.slice(0, MOST_WEEKS_KEPT));
  }
}

/** Occurrences that did not change stay the same objects, so that their chips stay as they are. */
function sameWhereEqual(
  before: readonly OccurrenceView[],
  after: readonly OccurrenceView[],
): readonly OccurrenceView[] {
  const known = new Map(before.map((one) => [one.id, one]));
  return after.map((one) => {
    const old = known.get(one.id);
    return old !== undefined && JSON.stringify(old) === JSON.stringify(one) ? old : one;
  });
}
