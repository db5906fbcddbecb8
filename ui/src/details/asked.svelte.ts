/** One thing that is asked for beside the details, and what came of it. */
import { failureOf, type IpcFailure } from '../ipc/client';

export class Asked<T> {
  /** The last answer; stays until the next one is here. */
  value = $state.raw<T | null>(null);
  failure = $state.raw<IpcFailure | null>(null);

  /** Rises with every question: answers to an older one are dropped. */
  #asked = 0;

  async ask(question: () => Promise<T>): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.failure = null;
    try {
      const value = await question();
      if (asked === this.#asked) this.value = value;
    } catch (thrown) {
      if (asked === this.#asked) this.failure = failureOf(thrown);
    }
  }

  /** Forgets: it belongs to another event now. */
  clear(): void {
    this.#asked += 1;
    this.value = null;
    this.failure = null;
  }
}
