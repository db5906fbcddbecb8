/** The event whose details stand beside it. */
import { failureOf, type Client, type DetailsView, type IpcFailure } from '../ipc/client';

export class Selection {
  /** Which occurrence is open. */
  id = $state<string | null>(null);
  /** The element that it was opened from: details stand beside it, and focus returns to it. */
  anchor = $state.raw<HTMLElement | null>(null);
  details = $state.raw<DetailsView | null>(null);
  failure = $state.raw<IpcFailure | null>(null);

  readonly #client: Client;
  #asked = 0;

  constructor(client: Client) {
    this.#client = client;
  }

  async open(id: string, anchor: HTMLElement, zone: string): Promise<void> {
    if (this.id !== id) this.details = null;
    this.id = id;
    this.anchor = anchor;
    await this.load(zone);
  }

  async load(zone: string): Promise<void> {
    const id = this.id;
    if (id === null) return;
    // Of several questions about the same event the last one counts.
    this.#asked += 1;
    const asked = this.#asked;
    this.failure = null;
    try {
      const details = await this.#client.details(id, zone);
      if (asked === this.#asked) this.details = details;
    } catch (thrown) {
      if (asked === this.#asked) this.failure = failureOf(thrown);
    }
  }

  close(): void {
    this.#asked += 1;
    this.id = null;
    this.anchor = null;
    this.details = null;
    this.failure = null;
  }
}
