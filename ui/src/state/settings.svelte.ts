/** The user's preferences, as something that components can follow, and their keeping. */
import type { Client } from '../ipc/client';
import { readPreferences, writePreferences, type Preferences } from './preferences';

/** How long changes are gathered before they are stored. */
const GATHER_MS = 400;

export class Settings {
  /** Follow with `settings.now.theme`; change with `set`. */
  readonly now: Preferences = $state(readPreferences(null));

  readonly #client: Client;
  readonly #failed: (thrown: unknown) => void;
  #stored = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `failed` hears of a text that could not be stored. */
  constructor(client: Client, failed: (thrown: unknown) => void) {
    this.#client = client;
    this.#failed = failed;
  }

  /** Takes over what was stored. */
  adopt(json: string | null): void {
    Object.assign(this.now, readPreferences(json));
    this.#stored = writePreferences(this.now);
  }

  /** Changes some of them; they hold at once and are stored soon. */
  set(patch: Partial<Preferences>): void {
    // One by one: who follows the zone is not told of a new view.
    Object.assign(this.now, patch);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.store(), GATHER_MS);
  }

  /**
   * Stores at once when the window goes: a page that is hidden may be closed, and one that is left
   * will be gone before what is gathered would be stored. The answer stops that.
   */
  start(): () => void {
    const leave = (): void => void this.store();
    const hide = (): void => {
      if (document.visibilityState === 'hidden') leave();
    };
    window.addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', hide);
    return () => {
      window.removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', hide);
    };
  }

  /** Stores what has changed. */
  async store(): Promise<void> {
    clearTimeout(this.#timer);
    const json = writePreferences(this.now);
    if (json === this.#stored) return;
    this.#stored = json;
    try {
      await this.#client.setPreferences(json);
    } catch (thrown) {
      this.#failed(thrown);
    }
  }
}
