/**
 * One sign-in at a time: from the click to the browser's answer.
 */
import {
  failureOf,
  type AccountView,
  type Client,
  type CloudView,
  type IpcFailure,
  type ProviderKind,
  type SignInOutcome,
  IpcFailure as Failure,
} from '../ipc/client';

/** Who is to sign in: somebody at a provider, or an account that is known. */
export interface SignInTarget {
  provider: ProviderKind;
  cloud: CloudView;
  accountId: string | null;
}

export type SignInPhase =
  | { kind: 'idle' }
  | { kind: 'setup'; target: SignInTarget; failure: IpcFailure | null }
  | { kind: 'starting'; target: SignInTarget }
  | { kind: 'waiting'; target: SignInTarget; attempt: string }
  | { kind: 'failed'; target: SignInTarget; failure: IpcFailure; adminLink: string | null };

/** Whoever the user chooses in the browser. */
export function somebody(provider: ProviderKind, cloud: CloudView = 'global'): SignInTarget {
  return { provider, cloud, accountId: null };
}

/** An account that is known. */
export function known(account: AccountView): SignInTarget {
  return { provider: account.provider, cloud: account.cloud, accountId: account.id };
}

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

  /** Asks for a client id. */
  askForClient(target: SignInTarget): void {
    this.phase = { kind: 'setup', target, failure: null };
  }

  /** Opens the provider's page in the browser, or asks for a client id where there is none. */
  async start(target: SignInTarget, configured: boolean): Promise<void> {
    if (!configured) return this.askForClient(target);
    this.phase = { kind: 'starting', target };
    try {
      const attempt =
        target.accountId === null
          ? await this.#client.startSignIn(target.provider, target.cloud)
          : await this.#client.signInAgain(target.accountId);
      this.phase = { kind: 'waiting', target, attempt };
      const early = this.#early.get(attempt);
      if (early !== undefined) this.#finish(early);
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.code === 'not_configured') this.askForClient(target);
      else this.phase = { kind: 'failed', target, failure, adminLink: null };
    }
  }

  /** Stores a client id and goes on to the browser. */
  async setUp(target: SignInTarget, clientId: string, secret: string | null): Promise<void> {
    try {
      await this.#client.setClient(target.provider, target.cloud, clientId, secret);
    } catch (thrown) {
      this.phase = { kind: 'setup', target, failure: failureOf(thrown) };
      return;
    }
    await this.start(target, true);
  }

  /** The address for an administrator of whoever signs in now. */
  adminLink(target: SignInTarget): Promise<string> {
    return target.accountId === null
      ? this.#client.consentLink(target.provider, target.cloud)
      : this.#client.adminConsentLink(target.accountId);
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
      const adminLink = outcome.adminConsentLink;
      this.phase = { kind: 'failed', target: phase.target, failure, adminLink };
      return;
    }
    this.phase = { kind: 'idle' };
    if (outcome.accountId !== null) this.onaccount(outcome.accountId);
  }
}
