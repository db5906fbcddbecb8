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
import { passes, readFilter } from './fake-filter';
import { sampleChanges, sampleHealth, searchIn, threadOf } from './fake-reports';
import {
  IpcFailure,
  type AccountView,
  type Bootstrap,
  type CalendarView,
  type ChangesView,
  type Client,
  type ClientEvents,
  type ClockChange,
  type ClockView,
  type CountsQuery,
  type CountsView,
  type DayDensity,
  type DetailsView,
  type ErrorCode,
  type Facets,
  type OccurrenceView,
  type PatternView,
  type PushReport,
  type RangeQuery,
  type RangeView,
  type Remedy,
  type SavedView,
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
  /** What the window stored before. */
  preferences?: Record<string, unknown>;
  savedViews?: SavedView[];
  /** What changed since the user looked. */
  changes?: ChangesView;
  clockChanges?: ClockChange[];
  clock?: ClockView;
  zone?: string;
  firstDayOfWeek?: number;
  /** How far other zones are ahead, in minutes. */
  ahead?: Record<string, number>;
  patterns?: PatternView[];
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
  const clock = options.clock ?? CLOCK;
  let preferences = options.preferences === undefined ? null : JSON.stringify(options.preferences);
  let savedViews = options.savedViews ?? [];
  let patterns = options.patterns ?? [];
  let changes = options.changes ?? null;
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
    zone: options.zone ?? ZONE,
    clock,
    firstDayOfWeek: options.firstDayOfWeek ?? 1,
    preferences,
    savedViews,
    sample,
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

  const calendars = (): ReadonlyMap<string, CalendarView> =>
    new Map(accounts.flatMap((account) => account.calendars.map((one) => [one.id, one] as const)));

  /** What visible calendars hold in some days. */
  function visible({ fromDay, days }: { fromDay: number; days: number }): OccurrenceView[] {
    const known = calendars();
    return occurrences.filter((one) => {
      const calendar = known.get(one.calendarId);
      const shown = calendar?.isConnected === true && calendar.isVisible;
      return shown && one.day < fromDay + days && one.day + one.days > fromDay;
    });
  }

  function isBeyond(fromDay: number, days: number): boolean {
    if (synced === undefined) return false;
    return fromDay < synced.fromDay || fromDay + days > synced.toDay + 1;
  }

  function range(query: RangeQuery): RangeView {
    const { fromDay, days } = query;
    const known = calendars();
    const left = visible(query).filter((one) => passes(one, query.filter, known));
    left.sort((a, b) => a.day - b.day || a.startMinute - b.startMinute);
    return {
      fromDay,
      days,
      clock,
      occurrences: left,
      beyondSynced: isBeyond(fromDay, days),
      clockChanges: (options.clockChanges ?? []).filter(
        (one) => one.day >= fromDay && one.day < fromDay + days,
      ),
    };
  }

  function counts(query: CountsQuery): CountsView {
    const known = calendars();
    const all = visible(query);
    const shown = all.filter((one) => passes(one, query.filter, known)).length;
    return { shown, hidden: all.length - shown, facets: facetsOf(all) };
  }

  function density(query: CountsQuery): DayDensity[] {
    const known = calendars();
    const left = visible(query).filter((one) => passes(one, query.filter, known));
    return Array.from({ length: query.days }, (_, index) => {
      const day = query.fromDay + index;
      const on = left.filter((one) => one.day <= day && day < one.day + one.days);
      const busyMinutes = on
        .filter((one) => !one.allDay && one.days === 1)
        .reduce((sum, one) => sum + one.endMinute - one.startMinute, 0);
      return { events: on.length, busyMinutes, beyondSynced: isBeyond(day, 1) };
    });
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
    keyringProblem: () => answer('keyringProblem', [], () => options.keyringProblem ?? null),
    pushReport: () => answer('pushReport', [], () => options.push ?? polling(accounts)),
    clock: (zone) => answer('clock', [zone], () => clock),
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
    setCalendarsVisible: (show, hide) =>
      answer('setCalendarsVisible', [show, hide], () => {
        for (const id of show) changeCalendar(id, { isVisible: true });
        for (const id of hide) changeCalendar(id, { isVisible: false });
      }),
    syncNow: (id) => answer('syncNow', [id], () => {}),
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
    counts: (query) => answer('counts', [query], () => counts(query)),
    density: (query) => answer('density', [query], () => density(query)),
    zoneLines: (zone, others, fromDay, days) =>
      answer('zoneLines', [zone, others, fromDay, days], () =>
        others.map((other) => ({
          zone: other,
          days: Array.from({ length: days }, () => ({
            aheadMinutes: options.ahead?.[other] ?? 0,
            shortName: other.split('/').at(-1)?.slice(0, 3).toUpperCase() ?? '',
          })),
        })),
      ),
    readFilter: (text, cursor, zone) =>
      answer('readFilter', [text, cursor, zone], () =>
        readFilter(
          text,
          cursor,
          CATEGORIES.map((category) => category.name),
        ),
      ),
    savedViews: () => answer('savedViews', [], () => savedViews),
    setSavedViews: (views) => answer('setSavedViews', [views], () => (savedViews = views)),
    setPreferences: (json) =>
      answer('setPreferences', [json], () => {
        preferences = json;
      }),
    search: (query) =>
      answer('search', [query], () => searchIn(occurrences, accounts, query.text, query.limit)),
    changes: (limit, zone) =>
      answer('changes', [limit, zone], () => changes ?? { items: [], unseen: 0 }),
    markChangesSeen: (through) =>
      answer('markChangesSeen', [through], () => {
        if (changes === null) return;
        changes = { items: changes.items.map((one) => ({ ...one, isNew: false })), unseen: 0 };
      }),
    eventChanges: (id, zone) =>
      answer('eventChanges', [id, zone], () =>
        sampleChanges(occurrences, accounts).items.filter((one) => one.occurrenceId === id),
      ),
    thread: (id, zone, limit) =>
      answer('thread', [id, zone, limit], () => threadOf(find(id), occurrences, accounts, limit)),
    healthReport: (zone) => answer('healthReport', [zone], () => sampleHealth(accounts)),
    exportDiagnostics: () =>
      answer('exportDiagnostics', [], () => 'Downloads/dayline-diagnostics-2026-11-20-1038.json'),
    joinPatterns: () => answer('joinPatterns', [], () => patterns),
    addJoinPattern: (name, expression) =>
      answer('addJoinPattern', [name, expression], () => {
        patterns = [...patterns, { name, expression, problem: null }];
      }),
    removeJoinPattern: (name) =>
      answer('removeJoinPattern', [name], () => {
        patterns = patterns.filter((one) => one.name !== name);
      }),
    tryJoinPattern: (expression) =>
      answer('tryJoinPattern', [expression], () => ({ lookedAt: 1200, count: 0, matches: [] })),
    setRelayUrl: (url) => answer('setRelayUrl', [url], () => {}),
    setPushWanted: (id, wanted) => answer('setPushWanted', [id, wanted], () => {}),
    printView: () => answer('printView', [], () => {}),
    zoom: (factor) =>
      answer('zoom', [factor], () => {
        // A page without a web view of its own: near enough to look at.
        document.documentElement.style.zoom = factor === 1 ? '' : String(factor);
      }),
    painted: (count) => answer('painted', [count], () => {}),
    on: (event, listener) => {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener as Listener));
      return () => set.delete(listener as Listener);
    },
  };
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
    link: count((one) => one.joinService !== null),
    unanswered: count((one) => one.response === 'not_responded'),
    tentative: count((one) => one.response === 'tentative'),
    declined: count((one) => one.response === 'declined'),
    categories: categories.filter((category) => category.count > 0),
  };
}
