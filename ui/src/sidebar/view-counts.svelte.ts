/** How many events of the days shown each saved view leaves; asked once per period and change. */
import type { Client, CountsQuery } from '../ipc/client';

/** Stepping goes through many periods, and a sync tells of many changes. */
const SETTLE_MS = 150;
/** Beyond this the oldest periods are forgotten. */
const MOST_KEPT = 400;

export type Period = Omit<CountsQuery, 'filter'>;

export class ViewCounts {
  /** By filter, for the period asked last. */
  shown = $state.raw<ReadonlyMap<string, number>>(new Map());

  readonly #client: Client;
  readonly #known = new Map<string, number>();
  #version = -1;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(client: Client) {
    this.#client = client;
  }

  /** `version` rises with every change: what was known before is asked anew. */
  ask(period: Period, filters: readonly string[], version: number): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
    if (version !== this.#version) this.#known.clear();
    this.#version = version;
    const wanted = [...new Set(filters)];
    const missing = wanted.filter((filter) => !this.#known.has(keyOf(period, filter)));
    if (missing.length === 0) this.#tell(period, wanted);
    else this.#timer = setTimeout(() => void this.#fetch(period, wanted, missing), SETTLE_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
  }

  async #fetch(
    period: Period,
    wanted: readonly string[],
    missing: readonly string[],
  ): Promise<void> {
    const asked = this.#asked;
    for (const filter of missing) {
      try {
        const { shown } = await this.#client.counts({ ...period, filter });
        if (asked !== this.#asked) return;
        this.#known.set(keyOf(period, filter), shown);
      } catch {
        // A filter of another version, or no answer: a name without a number says that well enough.
        if (asked !== this.#asked) return;
      }
    }
    this.#tell(period, wanted);
    for (const key of [...this.#known.keys()].slice(0, -MOST_KEPT)) this.#known.delete(key);
  }

  #tell(period: Period, wanted: readonly string[]): void {
    this.shown = new Map(
      wanted.flatMap((filter) => {
        const count = this.#known.get(keyOf(period, filter));
        return count === undefined ? [] : [[filter, count] as const];
      }),
    );
  }
}

function keyOf(period: Period, filter: string): string {
  return JSON.stringify([period, filter]);
}
