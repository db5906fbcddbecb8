/**
 * The door to Dayline's engine, and the only importer of the shell's API and of the generated
 * bindings. Everything else depends on `Client`, so that tests run on a fake.
 */
import { getCurrentWebview } from '@tauri-apps/api/webview';
import { commands, events } from './bindings';
import { failure as words } from '../words/failure';
import type {
  AccountView,
  Bootstrap,
  CalendarView,
  ChangeView,
  ChangesView,
  ClockView,
  CloudView,
  CountsQuery,
  CountsView,
  DayDensity,
  DetailsView,
  ErrorCode,
  FilterReading,
  HealthReport,
  IpcError,
  PatternTrial,
  PatternView,
  ProviderKind,
  PushReport,
  RangeQuery,
  RangeView,
  Remedy,
  SavedView,
  SearchQuery,
  SearchResults,
  SignInOutcome,
  SyncProgress,
  ThreadReport,
  VisitProgress,
  VisitReport,
  ZoneLine,
} from './bindings';

export type {
  AccountReport,
  AccountState,
  AccountView,
  AttachmentView,
  AttendeeView,
  Bootstrap,
  CalendarReport,
  CalendarView,
  CategoryFacet,
  CategoryView,
  ChangeView,
  ChangedFieldView,
  ChangesView,
  ClockChange,
  ClockView,
  CloudView,
  CopyDetails,
  CopyView,
  CountsQuery,
  CountsView,
  DayDensity,
  DayRuns,
  DetailsView,
  ErrorCode,
  EventKindView,
  Facets,
  FilterCompletion,
  FilterMistakeView,
  FilterProblem,
  FilterReading,
  HealthReport,
  ImportanceView,
  IpcError,
  JoinView,
  OccurrenceView,
  OwnEnd,
  OwnZone,
  PatternMatch,
  PatternTrial,
  PatternView,
  PersonView,
  PlaceView,
  ProviderKind,
  ProviderSetup,
  PushReport,
  PushReason,
  PushedCalendar,
  RangeQuery,
  RangeView,
  RankedDay,
  RelayProblem,
  Remedy,
  ReminderView,
  RemindersView,
  ResponseView,
  SavedView,
  SearchField,
  SearchItem,
  SearchQuery,
  SearchResults,
  SensitivityView,
  SeriesDays,
  SeriesView,
  ShowAsView,
  SignInOutcome,
  StatusView,
  SyncProgress,
  TeamsDayView,
  ThreadItem,
  ThreadReport,
  VisitProblem,
  VisitProgress,
  VisitReport,
  WhenView,
  ZoneDay,
  ZoneLine,
} from './bindings';

/** What the engine tells without being asked. */
export interface ClientEvents {
  /** Occurrences from `fromDay` to `toDay` changed. */
  eventsChanged: { fromDay: number; toDay: number };
  /** Accounts or calendars changed. */
  accountsChanged: unknown;
  syncProgress: SyncProgress;
  /** Days outside of what is synced are being fetched. */
  visiting: VisitProgress;
  signInFinished: SignInOutcome;
}

/** A failure that the engine put in words; `message` is for the user. */
export class IpcFailure extends Error {
  readonly code: ErrorCode;
  /** The one thing that helps. */
  readonly remedy: Remedy;
  readonly retryAfterMs: number | null;

  constructor(error: IpcError) {
    super(words.said(error.code, error.message));
    this.name = 'IpcFailure';
    this.code = error.code;
    this.remedy = error.remedy;
    this.retryAfterMs = error.retryAfterMs;
  }
}

/** Everything that the window can ask. Every promise rejects with an `IpcFailure`. */
export interface Client {
  bootstrap(): Promise<Bootstrap>;
  accounts(): Promise<AccountView[]>;
  /** Why accounts cannot be signed in or refreshed now, in words; `null` when all is well. */
  keyringProblem(): Promise<string | null>;
  /** How each calendar's changes come to be known. */
  pushReport(): Promise<PushReport>;
  clock(zone: string): Promise<ClockView>;
  range(query: RangeQuery): Promise<RangeView>;
  details(occurrenceId: string, zone: string): Promise<DetailsView>;
  /** Opens the browser and answers the attempt's id; `signInFinished` tells how it ended. */
  startSignIn(provider: ProviderKind, cloud: CloudView): Promise<string>;
  /** The same for an account that is known; its data stays. */
  signInAgain(accountId: string): Promise<string>;
  /** The address at which an administrator allows Dayline in an account's organisation. */
  adminConsentLink(accountId: string): Promise<string>;
  /** The same for somebody who has no account here yet. */
  consentLink(provider: ProviderKind, cloud: CloudView): Promise<string>;
  /** Reads the main calendar of a colleague; `needs_consent` asks to sign in again first. */
  addSharedMailbox(accountId: string, owner: string): Promise<CalendarView>;
  removeSharedMailbox(accountId: string, owner: string): Promise<void>;
  cancelSignIn(attempt: string): Promise<void>;
  setClient(
    provider: ProviderKind,
    cloud: CloudView,
    clientId: string,
    clientSecret: string | null,
  ): Promise<void>;
  removeAccount(accountId: string): Promise<void>;
  setCalendarConnected(calendarId: string, connected: boolean): Promise<void>;
  /** All of it or nothing. */
  setCalendarsVisible(show: string[], hide: string[]): Promise<void>;
  /** Answers when the round has started; `null` syncs all accounts. */
  syncNow(accountId: string | null): Promise<void>;
  lookAround(): Promise<Bootstrap>;
  leaveSample(): Promise<Bootstrap>;
  join(occurrenceId: string, index: number): Promise<void>;
  openEventPage(occurrenceId: string): Promise<void>;
  openDescriptionLink(occurrenceId: string, index: number): Promise<void>;
  /** Opens the link of a place, counted as in the details. */
  openPlace(occurrenceId: string, index: number): Promise<void>;
  /** Opens an attachment, counted as in the details. */
  openAttachment(occurrenceId: string, index: number): Promise<void>;
  /** The checked link as text, for the clipboard. */
  copyJoinLink(occurrenceId: string, index: number): Promise<string>;
  /**
   * Fetches days outside of what is synced; `null` if it was given up for a later visit or by
   * `cancelVisit`. `visiting` tells how far it is, `eventsChanged` what came.
   */
  visitDays(fromDay: number, days: number): Promise<VisitReport | null>;
  cancelVisit(): Promise<void>;
  /** Told once, when the first week with its events is on screen. */
  painted(occurrences: number): Promise<void>;
  /** How many occurrences days hold, and of which kinds. */
  counts(query: CountsQuery): Promise<CountsView>;
  /** How full each day is. */
  density(query: CountsQuery): Promise<DayDensity[]>;
  /** Other zones' clocks beside the shown one's. */
  zoneLines(zone: string, others: string[], fromDay: number, days: number): Promise<ZoneLine[]>;
  /** What a filter that is being typed says, and what may follow at the cursor. */
  readFilter(text: string, cursor: number, zone: string): Promise<FilterReading>;
  savedViews(): Promise<SavedView[]>;
  /** Takes the place of the whole list. */
  setSavedViews(views: SavedView[]): Promise<SavedView[]>;
  /** Keeps what the window remembers, as JSON; `bootstrap` gives it back. */
  setPreferences(json: string): Promise<void>;
  search(query: SearchQuery): Promise<SearchResults>;
  /** What changed about known events, the newest first. */
  changes(limit: number, zone: string): Promise<ChangesView>;
  /** Marks a change and all before it as seen. */
  markChangesSeen(through: string): Promise<void>;
  /** What changed about one event, the newest first. */
  eventChanges(occurrenceId: string, zone: string): Promise<ChangeView[]>;
  /** Other events of the same series and thread. */
  thread(occurrenceId: string, zone: string, limit: number): Promise<ThreadReport>;
  /** How synchronisation went in 30 days. */
  healthReport(zone: string): Promise<HealthReport>;
  /** Writes a bundle without private data and answers its path. */
  exportDiagnostics(): Promise<string>;
  joinPatterns(): Promise<PatternView[]>;
  addJoinPattern(name: string, expression: string): Promise<void>;
  removeJoinPattern(name: string): Promise<void>;
  /** What a pattern would find, without keeping it. */
  tryJoinPattern(expression: string): Promise<PatternTrial>;
  setRelayUrl(url: string | null): Promise<void>;
  setPushWanted(calendarId: string, wanted: boolean): Promise<void>;
  /** Zooms the whole window; 1 is the usual size. */
  zoom(factor: number): Promise<void>;
  /** Opens the system's print dialog for what is shown. */
  printView(): Promise<void>;
  /** Listens; the answer stops listening. */
  on<K extends keyof ClientEvents>(
    event: K,
    listener: (payload: ClientEvents[K]) => void,
  ): () => void;
}

/** Turns whatever was thrown into a failure with words. */
export function failureOf(thrown: unknown): IpcFailure {
  if (thrown instanceof IpcFailure) return thrown;
  return new IpcFailure({
    code: 'internal',
    remedy: 'try_again',
    message: words.internal(),
    retryAfterMs: null,
  });
}

type Answer<T> = { status: 'ok'; data: T } | { status: 'error'; error: IpcError };

async function open<T>(answer: Promise<Answer<T>>): Promise<T> {
  let result: Answer<T>;
  try {
    result = await answer;
  } catch (thrown) {
    throw failureOf(thrown);
  }
  if (result.status === 'error') throw new IpcFailure(result.error);
  return result.data;
}

async function done(answer: Promise<Answer<unknown>>): Promise<void> {
  await open(answer);
}

/** The client that talks to the shell. */
export function shellClient(): Client {
  return {
    bootstrap: () => open(commands.bootstrap()),
    accounts: () => open(commands.accounts()),
    keyringProblem: () => open(commands.keyringProblem()),
    pushReport: () => open(commands.pushReport()),
    clock: (zone) => open(commands.clock(zone)),
    range: (query) => open(commands.range(query)),
    details: (occurrenceId, zone) => open(commands.details(occurrenceId, zone)),
    startSignIn: (provider, cloud) => open(commands.startSignIn(provider, cloud)),
    signInAgain: (accountId) => open(commands.signInAgain(accountId)),
    adminConsentLink: (accountId) => open(commands.adminConsentLink(accountId)),
    consentLink: (provider, cloud) => open(commands.consentLink(provider, cloud)),
    addSharedMailbox: (accountId, owner) => open(commands.addSharedMailbox(accountId, owner)),
    removeSharedMailbox: (accountId, owner) => done(commands.removeSharedMailbox(accountId, owner)),
    cancelSignIn: (attempt) => done(commands.cancelSignIn(attempt)),
    setClient: (provider, cloud, id, secret) =>
      done(commands.setClient(provider, cloud, id, secret)),
    removeAccount: (accountId) => done(commands.removeAccount(accountId)),
    setCalendarConnected: (id, connected) => done(commands.setCalendarConnected(id, connected)),
    setCalendarsVisible: (show, hide) => done(commands.setCalendarsVisible(show, hide)),
    syncNow: (id) => done(commands.syncNow(id)),
    lookAround: () => open(commands.lookAround()),
    leaveSample: () => open(commands.leaveSample()),
    join: (occurrenceId, index) => done(commands.join(occurrenceId, index)),
    openEventPage: (occurrenceId) => done(commands.openEventPage(occurrenceId)),
    openDescriptionLink: (id, index) => done(commands.openDescriptionLink(id, index)),
    openPlace: (occurrenceId, index) => done(commands.openPlace(occurrenceId, index)),
    openAttachment: (occurrenceId, index) => done(commands.openAttachment(occurrenceId, index)),
    copyJoinLink: (occurrenceId, index) => open(commands.copyJoinLink(occurrenceId, index)),
    visitDays: (fromDay, days) => open(commands.visitDays(fromDay, days)),
    cancelVisit: () => done(commands.cancelVisit()),
    painted: (occurrences) => done(commands.painted(occurrences)),
    setPreferences: (json) => done(commands.setPreferences(json)),
    savedViews: () => open(commands.savedViews()),
    setSavedViews: (views) => open(commands.setSavedViews(views)),
    counts: (query) => open(commands.counts(query)),
    density: (query) => open(commands.density(query)),
    zoneLines: (zone, others, fromDay, days) =>
      open(commands.zoneLines(zone, others, fromDay, days)),
    readFilter: (text, cursor, zone) => open(commands.readFilter(text, cursor, zone)),
    search: (query) => open(commands.search(query)),
    changes: (limit, zone) => open(commands.changes(limit, zone)),
    markChangesSeen: (through) => done(commands.markChangesSeen(through)),
    eventChanges: (occurrenceId, zone) => open(commands.eventChanges(occurrenceId, zone)),
    thread: (occurrenceId, zone, limit) => open(commands.thread(occurrenceId, zone, limit)),
    healthReport: (zone) => open(commands.healthReport(zone)),
    exportDiagnostics: () => open(commands.exportDiagnostics()),
    joinPatterns: () => open(commands.joinPatterns()),
    addJoinPattern: (name, expression) => done(commands.addJoinPattern(name, expression)),
    removeJoinPattern: (name) => done(commands.removeJoinPattern(name)),
    tryJoinPattern: (expression) => open(commands.tryJoinPattern(expression)),
    setRelayUrl: (url) => done(commands.setRelayUrl(url)),
    setPushWanted: (calendarId, wanted) => done(commands.setPushWanted(calendarId, wanted)),
    printView: () => done(commands.printView()),
    zoom: (factor) => getCurrentWebview().setZoom(factor),
    on: (event, listener) => {
      const stop = sources[event](listener);
      return () => void stop.then((unlisten) => unlisten());
    },
  };
}

const sources: {
  [K in keyof ClientEvents]: (listener: (payload: ClientEvents[K]) => void) => Promise<() => void>;
} = {
  eventsChanged: (listener) => events.eventsChanged.listen((event) => listener(event.payload)),
  accountsChanged: (listener) => events.accountsChanged.listen((event) => listener(event.payload)),
  syncProgress: (listener) => events.syncProgress.listen((event) => listener(event.payload)),
  visiting: (listener) => events.visiting.listen((event) => listener(event.payload)),
  signInFinished: (listener) => events.signInFinished.listen((event) => listener(event.payload)),
};
