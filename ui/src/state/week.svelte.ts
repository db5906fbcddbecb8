/**
 * The days shown, their filter, and what the engine answered for them.
 */
import { NO_FILTER } from '../filters/filter';
import {
  failureOf,
  type Client,
  type ClockView,
  type FilterQuery,
  type IpcFailure,
  type RangeView,
} from '../ipc/client';
import { startOfWeek } from '../calendar/layout/months';

export const DAYS = 7;
const CLOCK_EVERY_MS = 20_000;

/** The zone and week start that the days are shown in. */
export interface Place {
  zone: string;
  firstDayOfWeek: number;
}

export class Week {
  /** First day shown; `null` until the clock is known. */
  fromDay = $state<number | null>(null);
  clock = $state.raw<ClockView | null>(null);
  filter = $state.raw<FilterQuery>(NO_FILTER);
  /** The last answer; it may still be that of the week shown before. */
  view = $state.raw<RangeView | null>(null);
  failure = $state.raw<IpcFailure | null>(null);

  readonly occurrences = $derived(this.view?.occurrences ?? []);
  /** Whether `view` answers for the days shown. */
  readonly current = $derived(this.view !== null && this.view.fromDay === this.fromDay);

  readonly #client: Client;
  readonly #place: Place;
  #asked = 0;
  #running = false;
  #again = false;

  constructor(client: Client, place: Place) {
    this.#client = client;
    this.#place = place;
  }

  get zone(): string {
    return this.#place.zone;
  }

  get firstDayOfWeek(): number {
    return this.#place.firstDayOfWeek;
  }

  /** Shows the week of today, and follows the clock and the engine; the answer stops that. */
  start(): () => void {
    const stop = this.#client.on('eventsChanged', ({ fromDay, toDay }) => {
      const first = this.fromDay;
      if (first !== null && fromDay < first + DAYS && toDay >= first) this.#reloadSoon();
    });
    const timer = setInterval(() => void this.#tick(), CLOCK_EVERY_MS);
    void this.today();
    return () => {
      stop();
      clearInterval(timer);
    };
  }

  async today(): Promise<void> {
    await this.#tick();
    if (this.clock !== null) this.show(this.clock.day);
  }

  next(): void {
    if (this.fromDay !== null) this.show(this.fromDay + DAYS);
  }

  previous(): void {
    if (this.fromDay !== null) this.show(this.fromDay - DAYS);
  }

  /** Shows the week that holds `day`. */
  show(day: number): void {
    this.fromDay = startOfWeek(day, this.#place.firstDayOfWeek);
    void this.reload();
  }

  setFilter(filter: FilterQuery): void {
    this.filter = filter;
    void this.reload();
  }

  /** Asks for the days shown; an answer that was overtaken by a later question is dropped. */
  async reload(): Promise<void> {
    if (this.fromDay === null) return this.today();
    this.#asked += 1;
    const question = this.#asked;
    const query = { fromDay: this.fromDay, days: DAYS, zone: this.zone, filter: this.filter };
    try {
      const view = await this.#client.range(query);
      if (question !== this.#asked) return;
      this.view = view;
      this.clock = view.clock;
      this.failure = null;
    } catch (thrown) {
      if (question === this.#asked) this.failure = failureOf(thrown);
    }
  }

  /** A sync tells of many changes; one question at a time answers them all. */
  #reloadSoon(): void {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    void this.reload().finally(() => {
      this.#running = false;
      if (this.#again) {
        this.#again = false;
        this.#reloadSoon();
      }
    });
  }

  async #tick(): Promise<void> {
    try {
      this.clock = await this.#client.clock(this.zone);
    } catch (thrown) {
      this.failure = failureOf(thrown);
    }
  }
}
