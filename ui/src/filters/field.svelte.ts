/**
 * The filter's text while somebody types it: what is wrong with it, what may follow, and when it
 * comes into force. Reading it is the engine's; a text that cannot be read changes nothing.
 */
import type { Client, FilterCompletion, FilterProblem, FilterReading } from '../ipc/client';

/** Whoever types fast is read when they pause. */
const SETTLE_MS = 90;

export class FilterField {
  text = $state('');
  problem = $state.raw<FilterProblem | null>(null);
  completions = $state.raw<readonly FilterCompletion[]>([]);
  /** Which completion the keyboard stands on; -1: none. */
  chosen = $state(-1);

  /** The text that the offers go into. */
  #offeredFor = '';
  /** Read and not yet in force, since its last word may still become a key. */
  #held: string | null = null;
  readonly #client: Client;
  readonly #apply: (text: string) => void;
  readonly #zone: () => string;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Client, zone: () => string, text: string, apply: (text: string) => void) {
    this.#client = client;
    this.#zone = zone;
    this.#apply = apply;
    this.text = text;
  }

  /** Takes over a text that was set elsewhere: a chip, a saved view, "clear". */
  adopt(text: string): void {
    if (text === this.text.trim()) return;
    this.#stop();
    this.text = text;
    this.problem = null;
    this.#held = null;
    this.close();
  }

  /** What the user has typed, and where the cursor stands. */
  type(text: string, cursor: number): void {
    this.text = text;
    this.chosen = -1;
    this.#stop();
    this.#timer = setTimeout(() => void this.#read(text, cursor, true), SETTLE_MS);
  }

  /** Offers what may follow at the cursor without having typed. */
  offer(cursor: number): void {
    this.#stop();
    void this.#read(this.text, cursor, true);
  }

  /**
   * Takes a completion; answers where the cursor goes. One that was offered for an older text
   * would go into the wrong place of this one, and is not taken.
   */
  complete({ from, to, insert }: FilterCompletion): number | null {
    if (this.text !== this.#offeredFor) return null;
    const text = this.text.slice(0, from) + insert + this.text.slice(to);
    const cursor = from + insert.length;
    this.#stop();
    this.text = text;
    this.chosen = -1;
    void this.#read(text, cursor, true);
    return cursor;
  }

  /** Puts what was meant in the place of what cannot be read. */
  mend(): void {
    const { problem } = this;
    if (problem === null || problem.suggestion === null) return;
    this.text = this.text.slice(0, problem.from) + problem.suggestion + this.text.slice(problem.to);
    this.#stop();
    void this.#read(this.text, this.text.length, false);
  }

  /** Brings the text into force at once. */
  submit(): void {
    this.#stop();
    void this.#read(this.text, this.text.length, false);
  }

  /** Takes the offers away; what was held back for them comes into force. */
  close(): void {
    this.completions = [];
    this.chosen = -1;
    if (this.#held !== null) this.#apply(this.#held);
    this.#held = null;
  }

  /** Takes everything away, also what could not be read or has not been yet. */
  clear(): void {
    this.#stop();
    this.text = '';
    this.problem = null;
    this.#held = null;
    this.close();
    this.#apply('');
  }

  move(by: 1 | -1): void {
    if (this.text !== this.#offeredFor) return;
    const many = this.completions.length;
    if (many === 0) return;
    this.chosen = (this.chosen + by + many + (this.chosen === -1 && by === -1 ? 1 : 0)) % many;
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
  }

  async #read(text: string, cursor: number, offers: boolean): Promise<void> {
    const question = this.#asked;
    let reading: FilterReading;
    try {
      reading = await this.#client.readFilter(text, cursor, this.#zone());
    } catch {
      // While typing, nothing is offered. Who asks for it gets it: the days say what is wrong.
      if (question === this.#asked && !offers) this.#apply(text);
      return;
    }
    if (question !== this.#asked) return;
    this.problem = reading.problem;
    this.completions = offers ? reading.completions : [];
    this.#offeredFor = text;
    this.chosen = -1;
    const becomesKey = offers && reading.completions.some((one) => one.insert.endsWith(':'));
    const typing = /[^\s]$/.test(text.slice(0, cursor));
    this.#held = null;
    if (reading.problem !== null) return;
    if (becomesKey && typing) this.#held = text;
    else this.#apply(text);
  }
}
