/** Asks the engine for events while somebody types; what was found before stays until then. */
import { failureOf, type Client, type IpcFailure, type SearchResults } from '../ipc/client';

/** People type faster than one reads. */
const SETTLE_MS = 80;
/** What comes sooner needs no word that it is awaited. */
const SLOW_MS = 300;
/** While events are being indexed, more is found by and by. */
const AGAIN_MS = 2000;

export class Search {
  results = $state.raw<SearchResults | null>(null);
  /** The text that the results, or the failure, are the answer to. */
  answered = $state('');
  failure = $state.raw<IpcFailure | null>(null);
  /** An answer takes long enough to be said. */
  slow = $state(false);

  readonly #client: Client;
  readonly #zone: () => string;
  readonly #limit: number;
  #text = '';
  #asked = 0;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #slowing: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Client, zone: () => string, limit: number) {
    this.#client = client;
    this.#zone = zone;
    this.#limit = limit;
  }

  /** What is in the field now; asks once it stays so for a moment. */
  type(text: string): void {
    const typed = text.trim();
    if (typed === this.#text) return;
    this.stop();
    this.#text = typed;
    if (typed === '') {
      this.results = null;
      this.failure = null;
      this.answered = '';
    } else {
      this.#settling = setTimeout(() => void this.#ask(), SETTLE_MS);
    }
  }

  /** Asks the same again, at once. */
  retry(): void {
    this.stop();
    void this.#ask();
  }

  /** Waits for nothing any more. */
  stop(): void {
    this.#asked += 1;
    this.slow = false;
    [this.#settling, this.#slowing, this.#again].forEach((timer) => clearTimeout(timer));
  }

  async #ask(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const text = this.#text;
    clearTimeout(this.#slowing);
    this.#slowing = setTimeout(() => (this.slow = true), SLOW_MS);
    try {
      const query = { text, zone: this.#zone(), limit: this.#limit };
      const results = await this.#client.search(query);
      if (asked !== this.#asked) return;
      this.results = results;
      this.failure = null;
      if (results.indexing > 0) this.#again = setTimeout(() => void this.#ask(), AGAIN_MS);
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.results = null;
      this.failure = failureOf(thrown);
    }
    this.answered = text;
    this.slow = false;
    clearTimeout(this.#slowing);
  }
}
