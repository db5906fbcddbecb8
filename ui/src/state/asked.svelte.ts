/** Something that the engine is asked once a sheet opens, and again when it may have changed. */
import { failureOf, type IpcFailure } from '../ipc/client';

/** What comes sooner needs no word that it is awaited. */
const SLOW_MS = 300;

export class Asked<T> {
  /** The last answer; it stays while a new one is awaited. */
  value = $state.raw<T | null>(null);
  failure = $state.raw<IpcFailure | null>(null);
  /** There is no answer yet, and that takes long enough to be said. */
  slow = $state(false);

  readonly #question: () => Promise<T>;
  #asked = 0;

  constructor(question: () => Promise<T>) {
    this.#question = question;
  }

  /** Asks; of several questions under way the last one counts. */
  async ask(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.failure = null;
    const timer = setTimeout(() => (this.slow = this.value === null), SLOW_MS);
    try {
      const value = await this.#question();
      if (asked === this.#asked) this.value = value;
    } catch (thrown) {
      if (asked === this.#asked) this.failure = failureOf(thrown);
    }
    clearTimeout(timer);
    if (asked === this.#asked) this.slow = false;
  }
}
