/** How many occurrences the period shown holds, of which kinds, and how many a filter hides. */
import { untrack } from 'svelte';
import type { Client, CountsQuery, CountsView } from '../ipc/client';

/** A sync tells of many changes, and stepping goes through many periods. */
const SETTLE_MS = 60;

export class Counts {
  /** The last answer; that of the period before until the next one is here. */
  view = $state.raw<CountsView | null>(null);

  readonly #client: Client;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Asks soon; the last wish counts. */
  ask(query: CountsQuery): void {
    clearTimeout(this.#timer);
    // Whoever asks in an effect does not follow the answer.
    const wait = untrack(() => this.view === null) ? 0 : SETTLE_MS;
    this.#timer = setTimeout(() => void this.#ask(query), wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
  }

  async #ask(query: CountsQuery): Promise<void> {
    this.#asked += 1;
    const question = this.#asked;
    try {
      const view = await this.#client.counts(query);
      if (question === this.#asked) this.view = view;
    } catch {
      // What the days themselves answer says what is wrong; counts alone are not worth words.
    }
  }
}
