/**
 * Fetching days that lie outside of what is synced, while they are shown.
 *
 * The days are asked for once they have been shown for a moment, and given up when others are.
 * What comes is told by `eventsChanged`; this only says how far it is and how it ended.
 */
import { failureOf, type Client, type VisitProblem } from '../ipc/client';
import type { Span } from './events.svelte';

/** Whoever steps through weeks does not ask for each of them. */
const SETTLE_MS = 150;
/** What is quicker needs no words. */
const SLOW_MS = 300;

/** Where the days shown stand. */
export type VisitPhase = 'none' | 'settling' | 'asking' | 'ended';

export class Visits {
  phase = $state<VisitPhase>('none');
  /** A visit has taken long enough to be worth showing. */
  slow = $state(false);
  /** How far it is, 0 to 1. */
  part = $state(0);
  /** Why something may be missing, after a visit has ended. */
  problems = $state.raw<readonly VisitProblem[]>([]);

  readonly #client: Client;
  #days = 0;
  #fromDay: number | null = null;
  #asked = 0;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #slowing: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Listens to how far visits are; the answer stops that, and gives a running one up. */
  start(): () => void {
    const stop = this.#client.on('visiting', ({ fromDay, done, total }) => {
      if (this.phase !== 'asking' || fromDay !== this.#fromDay || total <= 0) return;
      this.part = Math.min(1, Math.max(this.part, done / total));
    });
    return () => {
      stop();
      this.#leave();
    };
  }

  /** Told which days are shown, and whether some of them are not synced; `null` if nobody knows. */
  show({ fromDay, days }: Span, beyondSynced: boolean | null): void {
    if (fromDay !== this.#fromDay || days !== this.#days) {
      this.#leave();
      this.#fromDay = fromDay;
      this.#days = days;
    }
    if (beyondSynced === true && this.phase === 'none') {
      this.phase = 'settling';
      this.#settling = setTimeout(() => void this.#ask(), SETTLE_MS);
    } else if (beyondSynced === false && this.phase !== 'asking') {
      this.#leave();
    }
  }

  /** Asks again for days whose visit has ended. */
  retry(): void {
    if (this.phase === 'ended') void this.#ask();
  }

  async #ask(): Promise<void> {
    const fromDay = this.#fromDay;
    if (fromDay === null) return;
    this.#asked += 1;
    const question = this.#asked;
    this.phase = 'asking';
    this.part = 0;
    this.problems = [];
    this.#slowing = setTimeout(() => (this.slow = true), SLOW_MS);
    let problems: readonly VisitProblem[];
    try {
      const report = await this.#client.visitDays(fromDay, this.#days);
      problems = report?.problems ?? [];
    } catch (thrown) {
      const { code, message } = failureOf(thrown);
      problems = [{ account: '', code, message }];
    }
    if (question !== this.#asked) return;
    this.#quiet();
    this.problems = problems;
    this.phase = 'ended';
  }

  #leave(): void {
    this.#asked += 1;
    const asking = this.phase === 'asking';
    this.#quiet();
    this.phase = 'none';
    this.problems = [];
    // Whether it could be given up or not, nobody waits for it any more.
    if (asking) void this.#client.cancelVisit().catch(() => {});
  }

  #quiet(): void {
    clearTimeout(this.#settling);
    clearTimeout(this.#slowing);
    this.slow = false;
  }
}
