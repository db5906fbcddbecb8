/**
 * Who is signed in and how their accounts are doing.
 *
 * Holds what `bootstrap` and `accounts` answered; the days shown are events.svelte.ts.
 */
import {
  failureOf,
  type AccountView,
  type Bootstrap,
  type CalendarView,
  type Client,
  type IpcFailure,
  type PushReport,
  type SyncProgress,
} from '../ipc/client';
import type { Events } from './events.svelte';
import { askFirst, firstOf, isFirstRun, type First } from './first';
import { canTryAgain, severityOf, type Severity } from '../shared/remedies';

/** What fills the window. */
export type Phase = 'loading' | 'failed' | 'first-run' | 'week';

/** Words that stand over the week until they are dismissed. */
export interface Notice {
  message: string;
  severity: Severity;
  /** Does again what failed; `null` where that cannot help. */
  retry: (() => void) | null;
}

export class Session {
  bootstrap = $state.raw<Bootstrap | null>(null);
  accounts = $state.raw<AccountView[]>([]);
  /** How each calendar's changes come to be known; `null` until it was asked. */
  push = $state.raw<PushReport | null>(null);
  /** Why accounts cannot be signed in or refreshed now, in the engine's words. */
  keyringProblem = $state<string | null>(null);
  /** Why the start failed. */
  failure = $state.raw<IpcFailure | null>(null);
  /** Why the last action failed, until dismissed. */
  notice = $state.raw<Notice | null>(null);
  /** Progress of running first rounds, by calendar. */
  progress = $state.raw<ReadonlyMap<string, SyncProgress>>(new Map());
  /** The first run goes on until the user finishes it, also after an account exists. */
  firstRun = $state(false);

  readonly calendars = $derived(
    new Map<string, CalendarView>(
      this.accounts.flatMap((account) => account.calendars.map((one) => [one.id, one] as const)),
    ),
  );

  /** Calendars whose changes arrive at once: their provider tells, and the relay is heard. */
  readonly pushed: ReadonlySet<string> = $derived(
    new Set(
      this.push?.connected === true
        ? this.push.calendars.filter((one) => one.active).map((one) => one.id)
        : [],
    ),
  );

  readonly phase: Phase = $derived.by(() => {
    if (this.bootstrap === null) return this.failure === null ? 'loading' : 'failed';
    return this.firstRun ? 'first-run' : 'week';
  });

  readonly #client: Client;
  /** The answer that was asked for before the window was built; it is used once. */
  #first: Promise<First> | null;
  /** The days of the start, until somebody took them. */
  #events: Events | null = null;
  #reloading = false;
  /** Accounts changed since they were asked for. */
  #stale = false;

  constructor(client: Client, first: Promise<First> | null = null) {
    this.#client = client;
    this.#first = first;
  }

  /** Asks for the first picture, and listens from then on; the answer stops listening. */
  start(): () => void {
    const stops = [
      this.#client.on('accountsChanged', () => void this.reload()),
      this.#client.on('syncProgress', (progress) => this.#note(progress)),
    ];
    void this.boot();
    return () => stops.forEach((stop) => stop());
  }

  async boot(): Promise<void> {
    this.failure = null;
    try {
      const asked = this.#first ?? askFirst(this.#client);
      this.#first = null;
      this.adopt(await asked);
    } catch (thrown) {
      this.failure = failureOf(thrown);
    }
  }

  /** Takes over a start: the window's, or one after the sample data was entered or left. */
  adopt({ bootstrap, events }: First): void {
    this.#events = events;
    this.bootstrap = bootstrap;
    this.accounts = bootstrap.accounts;
    this.progress = new Map();
    this.push = null;
    this.keyringProblem = null;
    this.firstRun = isFirstRun(bootstrap);
  }

  /** The days of the start, once: later they are old ones. */
  takeEvents(): Events | null {
    const events = this.#events;
    this.#events = null;
    return events;
  }

  /** One question at a time: what changes while it is on its way is asked once more after it. */
  async reload(): Promise<void> {
    this.#stale = true;
    if (this.#reloading) return;
    this.#reloading = true;
    while (this.#stale) {
      this.#stale = false;
      const { bootstrap } = this;
      await this.attempt(async () => {
        const [accounts, push] = await Promise.all([
          this.#client.accounts(),
          this.#client.pushReport(),
        ]);
        // Sample data may have been entered or left meanwhile.
        if (this.bootstrap === bootstrap) [this.accounts, this.push] = [accounts, push];
      });
    }
    this.#reloading = false;
  }

  /**
   * What stands beside the days: asked for when these are there. An answer may take until the user
   * has unlocked the keyring, and is of no use where sample data was entered or left meanwhile.
   */
  async askBeside(): Promise<void> {
    const { bootstrap } = this;
    await Promise.all([
      this.attempt(async () => {
        const push = await this.#client.pushReport();
        if (this.bootstrap === bootstrap) this.push = push;
      }),
      this.#askKeyring(),
    ]);
  }

  /** After users say that they have unlocked their keyring: what waited for it goes on. */
  async retryKeyring(): Promise<void> {
    await this.#askKeyring();
    if (this.keyringProblem === null && this.accounts.length > 0) await this.syncNow();
  }

  #askKeyring(): Promise<boolean> {
    const { bootstrap } = this;
    return this.attempt(async () => {
      const problem = await this.#client.keyringProblem();
      if (this.bootstrap === bootstrap) this.keyringProblem = problem;
    });
  }

  lookAround(): Promise<boolean> {
    return this.attempt(async () => this.#begin(await this.#client.lookAround()));
  }

  leaveSample(): Promise<boolean> {
    return this.attempt(async () => this.#begin(await this.#client.leaveSample()));
  }

  async #begin(bootstrap: Bootstrap): Promise<void> {
    this.adopt(await firstOf(this.#client, bootstrap));
  }

  /** Syncs one account, or all of them. */
  syncNow(accountId: string | null = null): Promise<boolean> {
    return this.attempt(() => this.#client.syncNow(accountId));
  }

  async removeAccount(accountId: string): Promise<void> {
    await this.attempt(async () => {
      await this.#client.removeAccount(accountId);
      this.accounts = await this.#client.accounts();
      if (this.accounts.length === 0) this.firstRun = true;
    });
  }

  setVisible(calendarId: string, isVisible: boolean): Promise<void> {
    return isVisible ? this.showAndHide([calendarId], []) : this.showAndHide([], [calendarId]);
  }

  /** Shows some calendars and hides others, in one step. */
  showAndHide(show: readonly string[], hide: readonly string[]): Promise<void> {
    const before = new Map([...this.calendars].map(([id, one]) => [id, one.isVisible]));
    const changed = new Map([
      ...show.map((id) => [id, true] as const),
      ...hide.map((id) => [id, false] as const),
    ]);
    const place = (visible: ReadonlyMap<string, boolean>): void =>
      this.#change(changed, ({ id, isVisible }) => ({ isVisible: visible.get(id) ?? isVisible }));
    return this.#switch(
      () => place(changed),
      () => place(before),
      () => this.#client.setCalendarsVisible([...show], [...hide]),
    );
  }

  setConnected(calendarId: string, isConnected: boolean): Promise<void> {
    const only = new Set([calendarId]);
    return this.#switch(
      () => this.#change(only, () => ({ isConnected })),
      () => this.#change(only, () => ({ isConnected: !isConnected })),
      () => this.#client.setCalendarConnected(calendarId, isConnected),
    );
  }

  /** Runs an action; what fails is said in words and does not throw. */
  async attempt(action: () => Promise<void>): Promise<boolean> {
    try {
      await action();
      return true;
    } catch (thrown) {
      const failure = failureOf(thrown);
      const again = (): void => {
        this.notice = null;
        void this.attempt(action);
      };
      const retry = canTryAgain(failure) ? again : null;
      this.notice = { message: failure.message, severity: severityOf(failure), retry };
      return false;
    }
  }

  /** A switch moves at once; when the engine refuses, also on another try, it goes back. */
  async #switch(move: () => void, back: () => void, tell: () => Promise<void>): Promise<void> {
    await this.attempt(async () => {
      move();
      try {
        await tell();
      } catch (thrown) {
        back();
        throw thrown;
      }
    });
  }

  #change(
    ids: { has: (id: string) => boolean },
    patch: (calendar: CalendarView) => Partial<CalendarView>,
  ): void {
    this.accounts = this.accounts.map((account) => ({
      ...account,
      calendars: account.calendars.map((one) =>
        ids.has(one.id) ? { ...one, ...patch(one) } : one,
      ),
    }));
  }

  #note(progress: SyncProgress): void {
    const next = new Map(this.progress);
    if (progress.finished) next.delete(progress.calendarId);
    else next.set(progress.calendarId, progress);
    this.progress = next;
  }
}
