/**
 * The sidebar: where calendars stand, which are shown alone, which menu is open and what is being
 * named. Components show it; pointer, keys and menus call the same commands.
 */
import { getContext, setContext, tick } from 'svelte';
import type { CalendarView } from '../ipc/client';
import { fold } from '../filters/terms';
import type { Desk } from '../state/desk.svelte';
import type { Session } from '../state/session.svelte';
import { words } from '../words';
import { Drag } from './drag.svelte';
import type { Edges, MenuItem } from './menu';
import {
  groupOf,
  moved,
  positionOf,
  renamedGroup,
  sectionsOf,
  steppedGroup,
  steppedPlace,
  withGroup,
  withoutGroup,
  type Arrangement,
  type Place,
  type Sections,
} from './order';
import { isAlone, planSolo, type Solo } from './solo';

export interface OpenMenu {
  label: string;
  /** What it belongs to: where it stands, and where the focus returns to. */
  anchor: HTMLElement;
  at: Edges;
  /** Which of its edges is flush with that of `at`. */
  flush: 'start' | 'end';
  note: string;
  items: readonly MenuItem[];
}

/** What has a field instead of its name now. */
export type Naming =
  | { kind: 'new-group'; calendarId: string | null }
  | { kind: 'group'; index: number }
  | { kind: 'view'; index: number };

/** From so many calendars on there is a field to find one. */
const SEARCH_FROM = 20;

/** The way back from "show only this one" outlives a sidebar that is put away. */
const solos = new WeakMap<Session, Solo>();

export class Side {
  readonly desk: Desk;
  readonly drag: Drag;
  menu = $state.raw<OpenMenu | null>(null);
  naming = $state.raw<Naming | null>(null);
  query = $state('');
  /** Read out after a move. */
  said = $state('');
  /** The calendar whose row had the focus last: it is the tab stop of its list. */
  focused = $state<string | null>(null);
  root: HTMLElement | null = null;

  readonly sections: Sections = $derived.by(() =>
    sectionsOf(this.desk.session.accounts, this.#arrangement),
  );

  /**
   * What the search leaves; `null`: everything. Rows that it takes away are hidden and not thrown
   * away: making 300 of them anew with every letter would be felt.
   */
  readonly found: ReadonlySet<string> | null = $derived.by(() => {
    const wanted = fold(this.query);
    if (wanted === '') return null;
    const { groups, accounts } = this.sections;
    const all = [...groups, ...accounts].flatMap(({ calendars }) => calendars);
    const left = all.filter((one) =>
      [one.name, one.owner ?? ''].some((text) => fold(text).includes(wanted)),
    );
    return new Set(left.map((one) => one.id));
  });

  readonly count = $derived.by(() => {
    const { groups, accounts } = this.sections;
    return [...groups, ...accounts].reduce((sum, { calendars }) => sum + calendars.length, 0);
  });

  constructor(desk: Desk) {
    this.desk = desk;
    this.drag = new Drag({
      sections: () => (this.query.trim() === '' ? this.sections : null),
      drop: (id, place) => this.place(id, place),
      scroller: () => this.root,
    });
  }

  isFound(id: string): boolean {
    return this.found === null || this.found.has(id);
  }

  /** Whether the search leaves nothing of a group or an account. */
  isEmptied(calendars: readonly CalendarView[]): boolean {
    return this.found !== null && !calendars.some((one) => this.isFound(one.id));
  }

  get hasSearch(): boolean {
    return this.count >= SEARCH_FROM || this.query !== '';
  }

  get #arrangement(): Arrangement {
    const { calendarOrder, groups } = this.desk.settings.now;
    return { calendarOrder, groups };
  }

  #arrange(next: Arrangement): void {
    this.desk.settings.set(next);
  }

  #nameOf(id: string): string {
    return this.desk.session.calendars.get(id)?.name ?? '';
  }

  // Moving

  place(id: string, place: Place): void {
    const before = groupOf(this.sections, id);
    this.#arrange(moved(this.desk.session.accounts, this.#arrangement, id, place));
    const group = place.group === null ? undefined : this.desk.settings.now.groups[place.group];
    if (before !== place.group && group !== undefined) {
      this.said = words.arrange.movedTo(this.#nameOf(id), group.name);
    } else {
      const position = positionOf(this.sections, id);
      if (position === null) return;
      this.said = words.arrange.moved(this.#nameOf(id), position.at, position.of);
    }
  }

  /** One place up or down; the focus stays on its row. */
  async step(id: string, by: 1 | -1): Promise<void> {
    const place = steppedPlace(this.sections, id, by);
    if (place === null) {
      const name = this.#nameOf(id);
      this.said = by === 1 ? words.arrange.isLast(name) : words.arrange.isFirst(name);
      return;
    }
    this.place(id, place);
    await tick();
    this.row(id)?.focus();
  }

  canStep(id: string, by: 1 | -1): boolean {
    return steppedPlace(this.sections, id, by) !== null;
  }

  /** The box of a calendar's row, if it is there. */
  row(id: string): HTMLElement | null {
    return this.#rows().find((one) => one.dataset.box === id) ?? null;
  }

  #rows(): HTMLElement[] {
    const shown = '[data-calendar]:not([hidden]) [data-box]';
    return Array.from(this.root?.querySelectorAll<HTMLElement>(shown) ?? []);
  }

  /** From one row to the next, over the bounds of lists. */
  walk(id: string, key: string): boolean {
    const rows = this.#rows();
    const at = rows.findIndex((one) => one.dataset.box === id);
    const to: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: rows.length - 1,
    };
    const index = to[key];
    if (index === undefined) return false;
    rows[index]?.focus();
    return true;
  }

  // Groups

  makeGroup(name: string, calendarId: string | null): void {
    this.#arrange(withGroup(this.#arrangement, name, calendarId));
    if (calendarId !== null)
      this.said = words.arrange.movedTo(this.#nameOf(calendarId), name.trim());
  }

  renameGroup(index: number, name: string): void {
    this.#arrange(renamedGroup(this.#arrangement, index, name));
  }

  removeGroup(index: number): void {
    const name = this.#arrangement.groups[index]?.name ?? '';
    this.#arrange(withoutGroup(this.#arrangement, index));
    this.said = words.arrange.groupRemoved(name);
  }

  stepGroup(index: number, by: 1 | -1): void {
    this.#arrange(steppedGroup(this.#arrangement, index, by));
  }

  // Showing

  #calendars(): CalendarView[] {
    return [...this.desk.session.calendars.values()].filter((one) => one.isConnected);
  }

  isAlone(ids: readonly string[]): boolean {
    return isAlone(this.#calendars(), new Set(ids));
  }

  /** Shows these alone, or again what was shown before. */
  showOnly(ids: readonly string[], name: string): void {
    const { session } = this.desk;
    const plan = planSolo(this.#calendars(), new Set(ids), solos.get(session) ?? null);
    if (plan.solo === null) solos.delete(session);
    else solos.set(session, plan.solo);
    void session.showAndHide(plan.show, plan.hide);
    this.said = plan.solo === null ? words.arrange.shownBefore : words.arrange.onlyShown(name);
  }

  isFolded(accountId: string): boolean {
    return this.query.trim() === '' && this.desk.settings.now.folded.includes(accountId);
  }

  fold(accountId: string): void {
    const { folded } = this.desk.settings.now;
    const others = folded.filter((one) => one !== accountId);
    this.desk.settings.set({
      folded: others.length === folded.length ? [...folded, accountId] : others,
    });
  }

  // Menus

  openMenu(label: string, anchor: HTMLElement, items: readonly MenuItem[], note = ''): void {
    if (this.menu?.anchor === anchor) return this.closeMenu();
    this.menu = { label, anchor, at: anchor.getBoundingClientRect(), flush: 'end', note, items };
  }

  /** Where the pointer is, instead of at the button. */
  openMenuAt(
    { clientX, clientY }: MouseEvent,
    label: string,
    anchor: HTMLElement,
    items: readonly MenuItem[],
    note = '',
  ): void {
    const at = { left: clientX, right: clientX, top: clientY, bottom: clientY };
    this.menu = { label, anchor, at, flush: 'start', note, items };
  }

  closeMenu(): void {
    const { menu } = this;
    this.menu = null;
    menu?.anchor.focus({ preventScroll: true });
  }

  /** Puts the focus where a name was, once its field is gone. */
  async named(selector: string): Promise<void> {
    this.naming = null;
    await tick();
    this.root?.querySelector<HTMLElement>(selector)?.focus();
  }
}

const KEY = Symbol('side');

export function provideSide(side: Side): Side {
  return setContext(KEY, side);
}

export function useSide(): Side {
  return getContext<Side>(KEY);
}
