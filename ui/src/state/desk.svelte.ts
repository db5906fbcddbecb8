/**
 * What the window shows and what can be done in it: the days, the view, the filter, the open
 * event, and the commands. Components show it; keys, palette and buttons call the same commands.
 */
import { flushSync, getContext, setContext, tick } from 'svelte';
import { nowAndNext } from '../calendar/now-next';
import { columnsOf, periodOf, stepped, type Shape } from '../calendar/layout/periods';
import type { CommandId } from '../commands/commands';
import type { AccountView, Bootstrap, Client, SavedView } from '../ipc/client';
import { words } from '../words';
import { Counts } from './counts.svelte';
import { Events, type Question, type Span } from './events.svelte';
import { HOUR_HEIGHTS, type ViewKind } from './preferences';
import { questionOf, shapeOf, zoneOf } from './question';
import { Selection } from './selection.svelte';
import type { Session } from './session.svelte';
import type { Settings } from './settings.svelte';
import { known, type SignIn } from './sign-in.svelte';
import { Visits } from './visits.svelte';

/** The pages of the settings. */
export type SettingsPage =
  | 'accounts'
  | 'calendars'
  | 'appearance'
  | 'time'
  | 'shortcuts'
  | 'join'
  | 'push'
  | 'privacy'
  | 'advanced';

/** What stands over the days. */
export type Sheet =
  | { kind: 'help' }
  | { kind: 'go-to' }
  | { kind: 'palette' }
  | { kind: 'search' }
  | { kind: 'settings'; page: SettingsPage }
  | { kind: 'health' }
  | { kind: 'changes' }
  | { kind: 'zone' }
  | { kind: 'save-view' }
  | { kind: 'add' }
  | { kind: 'again'; title: string }
  | { kind: 'choose'; accountId: string }
  | { kind: 'push'; account: AccountView }
  | { kind: 'remove'; account: AccountView }
  | { kind: 'colleague'; account: AccountView };

/** What a view lets the desk do in it. */
export interface ViewHandle {
  /** Puts the focus on a day, if it is shown. */
  focusDay(day: number): void;
  /** The ids of the events shown, in reading order. */
  ids(): string[];
  /**
   * The event after (1) or before (-1) the one with the focus or its details open, where an event
   * is shown in several places and ids do not say in which of them one is.
   */
  beside?(by: 1 | -1): { id: string; button: HTMLElement } | null;
  /** The button that opens an event, if it is shown; scrolls it into view. */
  buttonOf(id: string): HTMLElement | null;
  /** Scrolls to a day that is within what the view can reach without another period. */
  reveal?(day: number): void;
}

/** What a desk is made of. */
export interface Parts {
  client: Client;
  session: Session;
  settings: Settings;
  signIn: SignIn;
  bootstrap: Bootstrap;
  /** The days of the start, where they were asked for already. */
  events?: Events | null;
}

export class Desk {
  readonly events: Events;
  /** Today and tomorrow without any filter, for the bar that says what is on. */
  readonly today: Events;
  readonly counts: Counts;
  readonly visits: Visits;
  readonly selection: Selection;
  readonly session: Session;
  readonly settings: Settings;
  readonly signIn: SignIn;
  readonly bootstrap: Bootstrap;
  sheet = $state.raw<Sheet | null>(null);
  savedViews = $state.raw<readonly SavedView[]>([]);
  /** Rises with every filter set: the field takes over also one that was in force already. */
  filterSet = $state(0);
  /** The day that the view holds; `null` until the clock is known. */
  day = $state<number | null>(null);
  /** Meetings that the bar shall not name any more. */
  dismissed = $state.raw<ReadonlySet<string>>(new Set());
  /** The first picture is not there yet: only what is in view of it is built. */
  opening = $state(false);
  /** The page is being printed: hours are low, so that a day fits on it. */
  printing = $state(false);
  /** How many changes nobody has looked at. */
  unseen = $state(0);

  readonly #client: Client;
  #view: ViewHandle | null = null;
  #back: (() => boolean) | null = null;

  constructor({ client, session, settings, signIn, bootstrap, events }: Parts) {
    this.#client = client;
    this.session = session;
    this.settings = settings;
    this.signIn = signIn;
    this.bootstrap = bootstrap;
    this.savedViews = bootstrap.savedViews;
    this.day = settings.now.day;
    this.events = events ?? new Events(client, this.#question(), this.shape.firstDayOfWeek);
    const everything = { zone: bootstrap.zone, filter: '', mergeCopies: true };
    this.today = new Events(client, everything, this.shape.firstDayOfWeek);
    this.counts = new Counts(client);
    this.visits = new Visits(client);
    this.selection = new Selection(client);
    const { clock } = this.events;
    if (clock === null) return;
    // So that the first days are there at once.
    if (this.zone === this.today.zone) this.today.clock = clock;
    this.followToday(clock.day);
  }

  get client(): Client {
    return this.#client;
  }

  /** Where the days are shown: the own zone, or the one travelled to. */
  get zone(): string {
    return zoneOf(this.settings.now, this.bootstrap);
  }

  /** The filter in force: the last text of the field that could be read. */
  get filter(): string {
    return this.settings.now.filter;
  }

  get view(): ViewKind {
    return this.settings.now.view;
  }

  get shape(): Shape {
    return shapeOf(this.settings.now, this.bootstrap);
  }

  /** The days that the title names. */
  readonly period: Span | null = $derived.by(() =>
    this.day === null ? null : periodOf(this.view, this.day, this.shape),
  );

  /** The days of a view with columns. */
  readonly columns: readonly number[] = $derived.by(() =>
    this.day === null ? [] : columnsOf(this.view, this.day, this.shape),
  );

  /** The days around now. */
  readonly around: Span | null = $derived.by(() => {
    const { clock } = this.today;
    return clock === null ? null : { fromDay: clock.day - 1, days: 3 };
  });

  /** Who knows what is on: at the start the days that are shown, where they are today's and whole. */
  readonly #knowsNow: Events | null = $derived.by(() => {
    const { around, today, events } = this;
    if (around === null || today.covers(around)) return around && today;
    const whole = this.filter === '' && this.settings.now.mergeCopies && this.zone === today.zone;
    return whole && events.covers({ fromDay: around.fromDay + 1, days: 1 }) ? events : null;
  });

  /** Whether it is known what is on, or cannot be. */
  readonly nowIsKnown: boolean = $derived.by(
    () => this.#knowsNow !== null || this.today.failure !== null,
  );

  /** The meetings to name in the bar. */
  readonly upNext = $derived.by(() => {
    const { around, today } = this;
    if (around === null || today.clock === null || this.#knowsNow === null) return null;
    const left = this.#knowsNow.between(around).filter((one) => !this.dismissed.has(one.id));
    return nowAndNext(left, today.clock);
  });

  /** Begins to follow the engine; the answer stops that. */
  start(): () => void {
    const stops = [
      this.events.start(),
      this.today.start(),
      this.visits.start(),
      this.#followPrinting(),
      this.#client.on('eventsChanged', () => this.#countUnseenSoon()),
    ];
    this.#countUnseenSoon();
    return () => {
      stops.forEach((stop) => stop());
      this.counts.stop();
      clearTimeout(this.#counting);
      void this.settings.store();
    };
  }

  /** Asks anew when the zone, the filter or the first day of the week has changed. */
  follow(): void {
    this.events.ask(this.#question(), this.shape.firstDayOfWeek);
  }

  #question(): Question {
    return questionOf(this.settings.now, this.bootstrap);
  }

  /** What the period's counts are asked with. */
  countsQuery(span: Span) {
    return { ...span, ...this.#question() };
  }

  // Going through time

  show(day: number): void {
    this.selection.close();
    this.look(day);
  }

  /** Holds the day that one looks at in what is shown: nothing scrolls, and details stay open. */
  look(day: number): void {
    this.day = day;
    const today = this.events.clock?.day ?? null;
    const period = periodOf(this.view, day, this.shape);
    const holdsToday =
      today !== null && today >= period.fromDay && today < period.fromDay + period.days;
    // What holds today follows today; anything else is where one was.
    const kept = holdsToday ? null : day;
    if (this.settings.now.day !== kept) this.settings.set({ day: kept });
  }

  /** What held today goes on to the new day; whoever reads an event is not taken away from it. */
  followToday(today: number): void {
    const { period } = this;
    const leaves =
      period === null || today < period.fromDay || today >= period.fromDay + period.days;
    const stays = this.settings.now.day !== null || this.selection.id !== null;
    // Nothing is kept: it goes on to follow.
    if (this.day === null || (leaves && !stays)) this.day = today;
  }

  step(by: 1 | -1): void {
    if (this.day !== null) this.show(stepped(this.view, this.day, by, this.shape));
  }

  async goToToday(): Promise<void> {
    await this.events.tick();
    const { clock } = this.events;
    if (clock === null) return;
    this.show(clock.day);
    this.#view?.reveal?.(clock.day);
  }

  setView(view: ViewKind): void {
    if (view === this.view) return;
    this.selection.close();
    this.settings.set({ view });
    if (this.day !== null) this.show(this.day);
  }

  /** Shows one day by itself. */
  openDay(day: number): void {
    this.settings.set({ view: 'day' });
    this.show(day);
  }

  zoom(by: 1 | -1): void {
    const heights: readonly number[] = HOUR_HEIGHTS;
    const at = heights.indexOf(this.settings.now.hourHeight);
    const hourHeight = heights[at + by];
    if (hourHeight !== undefined) this.settings.set({ hourHeight });
  }

  // Events

  open(id: string, anchor: HTMLElement): void {
    if (this.selection.id === id) this.closeDetails();
    else void this.selection.open(id, anchor, this.zone);
  }

  closeDetails(): void {
    const { anchor } = this.selection;
    const inside = document.activeElement?.closest('[data-testid="details"]') !== null;
    this.selection.close();
    if (inside) anchor?.focus({ preventScroll: true });
  }

  /** What is open and gone is closed, and what may have changed is asked again. */
  checkSelection(isThere: boolean): void {
    if (this.selection.id === null) return;
    if (isThere) void this.selection.load(this.zone);
    else this.selection.close();
  }

  /** Shows the day of an event and opens it there. */
  async openInPlace(id: string, day: number): Promise<void> {
    this.sheet = null;
    if (this.view === 'year') this.settings.set({ view: 'day' });
    this.show(day);
    const anchor = await this.#shown(id, day);
    if (anchor === null) return;
    anchor.focus();
    await this.selection.open(id, anchor, this.zone);
  }

  /** The button of an event once its days are here. */
  async #shown(id: string, day: number): Promise<HTMLElement | null> {
    await tick();
    this.#view?.reveal?.(day);
    const span = { fromDay: day, days: 1 };
    for (let wait = 0; wait < MOST_FRAMES; wait += 1) {
      const button = this.events.covers(span) ? (this.#view?.buttonOf(id) ?? null) : null;
      if (button !== null) return button;
      await new Promise((next) => requestAnimationFrame(next));
    }
    return null;
  }

  readonly join = (id: string): void => void this.session.attempt(() => this.#client.join(id, 0));

  #joinNext(): void {
    const links = this.upNext?.lead.filter((meeting) => meeting.joinService !== null) ?? [];
    const only = links[0];
    if (only === undefined) {
      const message = this.upNext === null ? words.upNext.nothing : words.upNext.noLink;
      this.session.notice = { message, severity: 'status', retry: null };
    } else if (links.length === 1) {
      this.join(only.id);
    } else {
      // Two compete: both are named in the bar, and the user says which.
      document.querySelector<HTMLElement>('[data-testid="join-next"]')?.focus();
    }
  }

  dismiss(id: string): void {
    this.dismissed = new Set([...this.dismissed, id]);
  }

  #stepEvent(by: 1 | -1): void {
    const view = this.#view;
    const to = view?.beside === undefined ? this.#beside(by) : view.beside(by);
    if (to === null) return;
    to.button.focus();
    if (this.selection.id !== null) void this.selection.open(to.id, to.button, this.zone);
  }

  #beside(by: 1 | -1): { id: string; button: HTMLElement } | null {
    const ids = this.#view?.ids() ?? [];
    const focused = document.activeElement?.closest<HTMLElement>('.event')?.dataset.id ?? null;
    const at = ids.indexOf(focused ?? this.selection.id ?? '');
    const id = at === -1 ? ids.at(by === 1 ? 0 : -1) : ids[at + by];
    const button = id === undefined ? null : (this.#view?.buttonOf(id) ?? null);
    return id === undefined || button === null ? null : { id, button };
  }

  // The filter

  /** Puts a filter that can be read into force. */
  setFilter(text: string): void {
    this.filterSet += 1;
    this.settings.set({ filter: text.trim() });
  }

  async saveViews(views: readonly SavedView[]): Promise<boolean> {
    return this.session.attempt(async () => {
      this.savedViews = await this.#client.setSavedViews([...views]);
    });
  }

  // Accounts

  signInAgain(account: AccountView): void {
    this.sheet = { kind: 'again', title: words.sidebar.signInTitle(account.email) };
    void tick().then(() => this.signIn.start(known(account), true));
  }

  checkRegistration(account: AccountView): void {
    this.sheet = { kind: 'again', title: words.sidebar.signInTitle(account.email) };
    void tick().then(() => this.signIn.askForClient(known(account)));
  }

  // The ledger

  #counting: ReturnType<typeof setTimeout> | undefined;

  #countUnseenSoon(): void {
    clearTimeout(this.#counting);
    this.#counting = setTimeout(() => void this.countUnseen(), COUNT_AFTER_MS);
  }

  async countUnseen(): Promise<void> {
    try {
      this.unseen = (await this.#client.changes(1, this.zone)).unseen;
    } catch {
      // A number beside a button; whoever opens the list is told what is wrong.
    }
  }

  // Printing

  #followPrinting(): () => void {
    const set = (printing: boolean) => () => flushSync(() => (this.printing = printing));
    const [before, after] = [set(true), set(false)];
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }

  // Views and keys

  /** A view that is shown; the answer takes it away again. */
  attach(view: ViewHandle): () => void {
    this.#view = view;
    return () => {
      if (this.#view === view) this.#view = null;
    };
  }

  /** What Esc does when nothing is open; answers whether it did something. */
  onBack(back: () => boolean): void {
    this.#back = back;
  }

  focusColumn(index: number): void {
    const day = this.columns[index];
    if (day !== undefined) this.#view?.focusDay(day);
  }

  focusDay(day: number): void {
    this.#view?.focusDay(day);
  }

  #escape(): void {
    if (this.selection.id !== null) this.closeDetails();
    else if (this.session.notice !== null) this.session.notice = null;
    else this.#back?.();
  }

  /** Does what a key, a button or the palette asks for. */
  run(command: CommandId): void {
    this.#commands[command]();
  }

  readonly #commands: Record<CommandId, () => void> = {
    today: () => void this.goToToday(),
    next: () => this.step(1),
    previous: () => this.step(-1),
    'go-to': () => this.#openSheet({ kind: 'go-to' }),
    'view-day': () => this.setView('day'),
    'view-work-week': () => this.setView('work-week'),
    'view-week': () => this.setView('week'),
    'view-days': () => this.setView('days'),
    'view-month': () => this.setView('month'),
    'view-agenda': () => this.setView('agenda'),
    'view-year': () => this.setView('year'),
    'zoom-in': () => this.zoom(1),
    'zoom-out': () => this.zoom(-1),
    zone: () => this.#openSheet({ kind: 'zone' }),
    'next-event': () => this.#stepEvent(1),
    'previous-event': () => this.#stepEvent(-1),
    join: () => this.#joinNext(),
    changes: () => this.#openSheet({ kind: 'changes' }),
    search: () => this.#openSheet({ kind: 'search' }),
    filter: () => void this.#focusFilter(),
    'clear-filter': () => this.setFilter(''),
    palette: () => this.#openSheet({ kind: 'palette' }),
    sync: () => void this.session.syncNow(),
    sidebar: () => this.#toggleSidebar?.(),
    settings: () => this.#openSheet({ kind: 'settings', page: 'appearance' }),
    health: () => this.#openSheet({ kind: 'health' }),
    print: () => void this.session.attempt(() => this.#client.printView()),
    help: () => this.#openSheet({ kind: 'help' }),
    back: () => this.#escape(),
  };

  #toggleSidebar: (() => void) | null = null;

  onSidebar(toggle: () => void): void {
    this.#toggleSidebar = toggle;
  }

  #openSheet(sheet: Sheet): void {
    this.selection.close();
    this.sheet = sheet;
  }

  async #focusFilter(): Promise<void> {
    this.settings.set({ showFilters: true });
    await tick();
    document.querySelector<HTMLElement>('[data-testid="filter-text"]')?.focus();
  }
}

/** How long an event that was asked for may take to be on screen: ten seconds of frames. */
const MOST_FRAMES = 600;
const COUNT_AFTER_MS = 500;

const KEY = Symbol('desk');

export function provideDesk(desk: Desk): Desk {
  return setContext(KEY, desk);
}

export function useDesk(): Desk {
  return getContext<Desk>(KEY);
}
