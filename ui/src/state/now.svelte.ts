/** The system's time as something that components can follow, for words such as "2 min ago". */
const EVERY_MS = 20_000;

export class Now {
  ms = $state(0);
  readonly #read: () => number;

  constructor(read: () => number) {
    this.#read = read;
    this.ms = read();
  }

  /** Follows the time; the answer stops that. */
  start(): () => void {
    const timer = setInterval(() => (this.ms = this.#read()), EVERY_MS);
    return () => clearInterval(timer);
  }
}
