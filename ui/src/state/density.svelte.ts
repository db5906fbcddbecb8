/** How full each day of a year is. */
import {
  failureOf,
  type Client,
  type CountsQuery,
  type DayDensity,
  type IpcFailure,
} from '../ipc/client';

/** A sync tells of many changes, and one steps through many years. */
const SETTLE_MS = 150;

/** How full days are, one after the other. */
export interface Days {
  fromDay: number;
  days: readonly DayDensity[];
}

export class Density {
  /** The last answer; that of the year before until the next one is here. */
  days = $state.raw<Days | null>(null);
  failure = $state.raw<IpcFailure | null>(null);

  readonly #client: Client;
  #query: CountsQuery | null = null;
  #key = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(client: Client) {
    this.#client = client;
  }

  /**
   * Asks, unless the same was asked: a year that is not here at once, one that has changed soon.
   * `changed` counts the changes that were heard of.
   */
  ask(query: CountsQuery, changed: number): void {
    const key = JSON.stringify([query, changed]);
    if (key === this.#key) return;
    this.#key = key;
    const known = this.#query?.fromDay === query.fromDay;
    this.#query = query;
    clearTimeout(this.#timer);
    if (known) this.#timer = setTimeout(() => void this.#ask(query), SETTLE_MS);
    else void this.#ask(query);
  }

  /** Tries again what failed. */
  retry(): void {
    this.failure = null;
    if (this.#query !== null) void this.#ask(this.#query);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
  }

  async #ask(query: CountsQuery): Promise<void> {
    this.#asked += 1;
    const question = this.#asked;
    try {
      const days = await this.#client.density(query);
      if (question !== this.#asked) return;
      this.days = { fromDay: query.fromDay, days };
      this.failure = null;
    } catch (thrown) {
      if (question === this.#asked) this.failure = failureOf(thrown);
    }
  }
}
