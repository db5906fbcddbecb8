/**
 * One sign-in at a time: from the click to the browser's answer.
 */
import {
  failureOf,
  type Client,
  type IpcFailure,
  type ProviderKind,
  type SignInOutcome,
  IpcFailure as Failure,
} from '../ipc/client';

export type SignInPhase =
  | { kind: 'idle' }
  | { kind: 'setup'; provider: ProviderKind; failure: IpcFailure | null }
  | { kind: 'starting'; provider: ProviderKind }
  | { kind: 'waiting'; provider: ProviderKind; attempt: string }
  | { kind: 'failed'; provider: ProviderKind; failure: IpcFailure };

export class SignIn {
  phase = $state.raw<SignInPhase>({ kind: 'idle' });
  /** Told of every account that was signed in. */
  onaccount: (accountId: string) => void = () => {};

  readonly #client: Client;
  /** Ends that came before the start's own answer did. */
  readonly #early = new Map<string, SignInOutcome>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** Listens for ends; the answer stops listening. */
  listen(): () => void {
    return this.#client.on('signInFinished', (outcome) => this.#finish(outcome));
  }

  /** Opens the provider's page in the browser, or asks for a client id where there is none. */
  async start(provider: ProviderKind, configured: boolean): Promise<void> {
    if (!configured) {
      this.phase = { kind: 'setup', provider, failure: null };
      return;
    }
    this.phase = { kind: 'starting', provider };
    try {
      const attempt = await this.#client.startSignIn(provider);
      this.phase = { kind: 'waiting', provider, attempt };
      const early = this.#early.get(attempt);
      if (early !== undefined) this.#finish(early);
    } catch (thrown) {
      const failure = failureOf(thrown);
      this.phase =
        failure.code === 'not_configured'
          ? { kind: 'setup', provider, failure: null }
          : { kind: 'failed', provider, failure };
    }
  }

  /** Stores a client id and goes on to the browser. */
  async setUp(provider: ProviderKind, clientId: string, secret: string | null): Promise<void> {
    try {
      await this.#client.setClient(provider, clientId, secret);
    } catch (thrown) {
      this.phase = { kind: 'setup', provider, failure: failureOf(thrown) };
      return;
    }
    await this.start(provider, true);
  }

  /** Gives up: the browser's answer will not count any more. */
  async cancel(): Promise<void> {
    const phase = this.phase;
    this.phase = { kind: 'idle' };
    if (phase.kind !== 'waiting') return;
    try {
      await this.#client.cancelSignIn(phase.attempt);
    } catch {
      // The attempt was over already; there is nothing left to cancel.
    }
  }

  #finish(outcome: SignInOutcome): void {
    const phase = this.phase;
    if (phase.kind !== 'waiting' || phase.attempt !== outcome.attempt) {
      this.#early.set(outcome.attempt, outcome);
      return;
    }
    this.#early.delete(outcome.attempt);
    if (outcome.error !== null) {
      const failure = new Failure(outcome.error);
      this.phase = { kind: 'failed', provider: phase.provider, failure };
      return;
    }
    this.phase = { kind: 'idle' };
    if (outcome.accountId !== null) this.onaccount(outcome.accountId);
  }
}
