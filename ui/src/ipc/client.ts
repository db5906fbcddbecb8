/**
 * The door to Dayline's engine, and the only importer of the shell's API and of the generated
 * bindings. Everything else depends on `Client`, so that tests run on a fake.
 */
import { commands, events } from './bindings';
import type {
  AccountView,
  Bootstrap,
  CalendarView,
  ClockView,
  CloudView,
  DetailsView,
  ErrorCode,
  IpcError,
  ProviderKind,
  PushReport,
  RangeQuery,
  RangeView,
  Remedy,
  SignInOutcome,
  SyncProgress,
  VisitProgress,
  VisitReport,
} from './bindings';

export type {
  AccountState,
  AccountView,
  AttachmentView,
  AttendeeView,
  Bootstrap,
  CalendarView,
  CategoryFacet,
  CategoryView,
  ClockView,
  CloudView,
  DetailsView,
  ErrorCode,
  EventKindView,
  Facets,
  FilterQuery,
  ImportanceView,
  IpcError,
  JoinView,
  OccurrenceView,
  OwnEnd,
  OwnZone,
  PersonView,
  PlaceView,
  ProviderKind,
  ProviderSetup,
  PushReport,
  PushedCalendar,
  RangeQuery,
  RangeView,
  ReminderView,
  RemindersView,
  Remedy,
  ResponseView,
  SensitivityView,
  ShowAsView,
  SignInOutcome,
  StatusView,
  SyncProgress,
  VisitProblem,
  VisitProgress,
  VisitReport,
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
    super(error.message);
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
  setCalendarVisible(calendarId: string, visible: boolean): Promise<void>;
  /** Answers when the round has started. */
  syncNow(): Promise<void>;
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
    message: 'Something went wrong inside Dayline. Your calendars are unchanged.',
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
    setCalendarVisible: (id, visible) => done(commands.setCalendarVisible(id, visible)),
    syncNow: () => done(commands.syncNow()),
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
