/**
 * A client without an engine, for tests and `vite dev`: answers from memory, filters as the
 * engine does, and lets a test tell events and plan failures.
 *
 * Never part of the packaged app: only tests, the scenes build and the dev server import it.
 */
import {
  ADMIN_LINK,
  CATEGORIES,
  CLOCK,
  polling,
  sampleAccounts,
  sampleDetails,
  sampleOccurrences,
  sharedCalendar,
  ZONE,
} from './fake-data';
import {
  IpcFailure,
  type AccountView,
  type Bootstrap,
  type CalendarView,
  type Client,
  type ClientEvents,
  type DetailsView,
  type ErrorCode,
  type Facets,
  type FilterQuery,
  type OccurrenceView,
  type PushReport,
  type RangeQuery,
  type RangeView,
  type Remedy,
  type VisitReport,
} from './client';

/** How a command fails. */
export interface Failing {
  code: ErrorCode;
  remedy?: Remedy;
  message: string;
}

/** What a test can choose. */
export interface FakeOptions {
  accounts?: AccountView[];
  occurrences?: OccurrenceView[];
  sample?: boolean;
  configured?: boolean;
  keyringProblem?: string | null;
  /** How changes come to be known; polling without it. */
  push?: PushReport;
  /** Which days the fake calls synced, from the first to the last; all without it. */
  synced?: { fromDay: number; toDay: number };
  /** What the details of every event say beside or instead of the sample's. */
  details?: Partial<DetailsView>;
  /** How fetching days that are not synced ends; without it they become synced. */
  visit?: VisitReport;
  /** Commands that fail, with what they say. */
  failing?: Partial<Record<keyof Client, Failing>>;
  /** Commands that never answer. */
  silent?: (keyof Client)[];
  /** Ends every sign-in at once with this account. */
  signsInAs?: AccountView;
}

/** The fake, with what a test needs beside the client's own face. */
export interface FakeClient extends Client {
  /** Every command that was called, with its arguments. */
  readonly calls: { command: string; args: unknown[] }[];
  tell<K extends keyof ClientEvents>(event: K, payload: ClientEvents[K]): void;
  setAccounts(accounts: AccountView[]): void;
  setOccurrences(occurrences: OccurrenceView[]): void;
  fail(command: keyof Client, failure: Failing | null): void;
}

type Listener = (payload: never) => void;

export function fakeClient(options: FakeOptions = {}): FakeClient {
  let accounts = options.accounts ?? sampleAccounts();
  let occurrences = options.occurrences ?? sampleOccurrences();
  let sample = options.sample ?? false;
  let configured = options.configured ?? true;
  let attempts = 0;
  let synced = options.synced;
  const failing = new Map(Object.entries(options.failing ?? {}));
  const silent = new Set<string>(options.silent ?? []);
  const calls: FakeClient['calls'] = [];
  const listeners = new Map<string, Set<Listener>>();

  function answer<T>(command: keyof Client, args: unknown[], value: () => T): Promise<T> {
    calls.push({ command, args });
    if (silent.has(command)) return new Promise(() => {});
    const failure = failing.get(command);
    if (failure) {
      const error = { remedy: 'nothing' as const, ...failure, retryAfterMs: null };
      return Promise.reject(new IpcFailure(error));
    }
    return Promise.resolve().then(value);
  }

  function tell<K extends keyof ClientEvents>(event: K, payload: ClientEvents[K]): void {
    for (const listener of listeners.get(event) ?? []) listener(payload as never);
  }

  const bootstrap = (): Bootstrap => ({
    version: '0.1.0',
    zone: ZONE,
    firstDayOfWeek: 1,
    sample,
    keyringProblem: options.keyringProblem ?? null,
    providers: [
      { provider: 'microsoft', cloud: 'global', configured },
      { provider: 'microsoft', cloud: 'us-gov-high', configured: false },
      { provider: 'microsoft', cloud: 'us-gov-dod', configured: false },
      { provider: 'microsoft', cloud: 'china', configured: false },
      { provider: 'google', cloud: 'global', configured },
    ],
    accounts,
  });

  function changeCalendar(id: string, patch: Partial<CalendarView>): void {
    accounts = accounts.map((account) => ({
      ...account,
      calendars: account.calendars.map((one) => (one.id === id ? { ...one, ...patch } : one)),
    }));
    tell('eventsChanged', { fromDay: -2147483648, toDay: 2147483647 });
  }

  function range(query: RangeQuery): RangeView {
    const shown = new Set(
      accounts
        .flatMap((account) => account.calendars)
        .filter((calendar) => calendar.isConnected && calendar.isVisible)
        .map((calendar) => calendar.id),
    );
    const untilDay = query.fromDay + query.days;
    const all = occurrences.filter(
      (one) =>
        shown.has(one.calendarId) && one.day < untilDay && one.day + one.days > query.fromDay,
    );
    const left = all.filter((one) => passes(one, query.filter));
    left.sort((a, b) => a.day - b.day || a.startMinute - b.startMinute);
    return {
      fromDay: query.fromDay,
      days: query.days,
      clock: CLOCK,
      occurrences: left,
      hiddenByFilter: all.length - left.length,
      facets: facetsOf(all),
      beyondSynced:
        synced !== undefined && (query.fromDay < synced.fromDay || untilDay > synced.toDay + 1),
    };
  }

  function find(id: string): OccurrenceView {
    const found = occurrences.find((one) => one.id === id);
    if (found === undefined) {
      const message = 'This event is no longer in your calendar.';
      const error = { code: 'not_found', remedy: 'nothing', message, retryAfterMs: null } as const;
      throw new IpcFailure(error);
    }
    return found;
  }

  function begin(): string {
    attempts += 1;
    const attempt = `attempt-${attempts}`;
    const account = options.signsInAs;
    if (account !== undefined) {
      accounts = [...accounts.filter((one) => one.id !== account.id), account];
      const ended = { attempt, accountId: account.id, error: null, adminConsentLink: null };
      queueMicrotask(() => tell('signInFinished', ended));
    }
    return attempt;
  }

  return {
    calls,
    tell,
    setAccounts: (to) => (accounts = to),
    setOccurrences: (to) => (occurrences = to),
    fail: (command, failure) => {
      if (failure === null) failing.delete(command);
      else failing.set(command, failure);
    },
    bootstrap: () => answer('bootstrap', [], bootstrap),
    accounts: () => answer('accounts', [], () => accounts),
    pushReport: () => answer('pushReport', [], () => options.push ?? polling(accounts)),
    clock: (zone) => answer('clock', [zone], () => CLOCK),
    range: (query) => answer('range', [query], () => range(query)),
    details: (id, zone) =>
      answer('details', [id, zone], () => ({
        ...sampleDetails(find(id), accounts),
        ...options.details,
      })),
    startSignIn: (provider, cloud) => answer('startSignIn', [provider, cloud], begin),
    signInAgain: (accountId) => answer('signInAgain', [accountId], begin),
    adminConsentLink: (accountId) => answer('adminConsentLink', [accountId], () => ADMIN_LINK),
    consentLink: (provider, cloud) => answer('consentLink', [provider, cloud], () => ADMIN_LINK),
    addSharedMailbox: (accountId, owner) =>
      answer('addSharedMailbox', [accountId, owner], () => {
        const calendar = sharedCalendar(accountId, owner);
        accounts = accounts.map((account) =>
          account.id === accountId
            ? { ...account, calendars: [...account.calendars, calendar] }
            : account,
        );
        tell('accountsChanged', null);
        return calendar;
      }),
    removeSharedMailbox: (accountId, owner) =>
      answer('removeSharedMailbox', [accountId, owner], () => {}),
    cancelSignIn: (attempt) => answer('cancelSignIn', [attempt], () => {}),
    setClient: (provider, cloud, id, secret) =>
      answer('setClient', [provider, cloud, id, secret], () => {
        configured = true;
      }),
    removeAccount: (id) =>
      answer('removeAccount', [id], () => {
        accounts = accounts.filter((account) => account.id !== id);
      }),
    setCalendarConnected: (id, isConnected) =>
      answer('setCalendarConnected', [id, isConnected], () => changeCalendar(id, { isConnected })),
    setCalendarVisible: (id, isVisible) =>
      answer('setCalendarVisible', [id, isVisible], () => changeCalendar(id, { isVisible })),
    syncNow: () => answer('syncNow', [], () => {}),
    lookAround: () =>
      answer('lookAround', [], () => {
        sample = true;
        accounts = sampleAccounts();
        return bootstrap();
      }),
    leaveSample: () =>
      answer('leaveSample', [], () => {
        sample = false;
        accounts = [];
        return bootstrap();
      }),
    join: (id, index) => answer('join', [id, index], () => {}),
    openEventPage: (id) => answer('openEventPage', [id], () => {}),
    openDescriptionLink: (id, index) => answer('openDescriptionLink', [id, index], () => {}),
    openPlace: (id, index) => answer('openPlace', [id, index], () => {}),
    openAttachment: (id, index) => answer('openAttachment', [id, index], () => {}),
    copyJoinLink: (id, index) =>
      answer(
        'copyJoinLink',
        [id, index],
        () => 'https://teams.microsoft.com/l/meetup-join/example',
      ),
    visitDays: (fromDay, days) =>
      answer('visitDays', [fromDay, days], () => {
        if (options.visit !== undefined) return options.visit;
        synced = undefined;
        tell('eventsChanged', { fromDay, toDay: fromDay + days - 1 });
        return { fetched: true, problems: [] };
      }),
    cancelVisit: () => answer('cancelVisit', [], () => {}),
    painted: (count) => answer('painted', [count], () => {}),
    on: (event, listener) => {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener as Listener));
      return () => set.delete(listener as Listener);
    },
  };
}

function passes(one: OccurrenceView, filter: FilterQuery): boolean {
  const names = filter.categories.map((name) => name.toLowerCase());
  if (filter.teamsOnly && !one.teams) return false;
  if (filter.importance.length > 0 && !filter.importance.includes(one.importance)) return false;
  if (names.length === 0) return true;
  return one.categories.some((category) => names.includes(category.name.toLowerCase()));
}

function facetsOf(all: readonly OccurrenceView[]): Facets {
  const count = (test: (one: OccurrenceView) => boolean): number => all.filter(test).length;
  const categories = CATEGORIES.map((category) => ({
    ...category,
    count: count((one) => one.categories.some((other) => other.name === category.name)),
  }));
  return {
    high: count((one) => one.importance === 'high'),
    normal: count((one) => one.importance === 'normal'),
    low: count((one) => one.importance === 'low'),
    teams: count((one) => one.teams),
    categories: categories.filter((category) => category.count > 0),
  };
}
