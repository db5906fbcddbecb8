/**
 * Which calendar stands where in the sidebar, and what moving one changes. Pure.
 *
 * What is stored is a wish: it may name calendars that are gone, name one twice, or not know one
 * that came later. Whatever it says, every synced calendar stands in exactly one place: in the
 * first group that names it, else under its account.
 */
import type { AccountView, CalendarView } from '../ipc/client';
import type { Preferences } from '../state/preferences';

/** What is stored. */
export type Arrangement = Pick<Preferences, 'calendarOrder' | 'groups'>;

export interface GroupSection {
  /** Where the group stands in the stored list; groups have no other id. */
  index: number;
  name: string;
  calendars: CalendarView[];
}

export interface AccountPart {
  account: AccountView;
  /** Those that stand in no group. */
  calendars: CalendarView[];
}

export interface Sections {
  groups: GroupSection[];
  accounts: AccountPart[];
}

/** Where a calendar goes: into a group or back under its account, before another or at the end. */
export interface Place {
  group: number | null;
  before: string | null;
}

/** More than this a stored list does not hold. */
const MOST_GROUPS = 50;
const LONGEST_NAME = 60;

export function sectionsOf(
  accounts: readonly AccountView[],
  { calendarOrder, groups }: Arrangement,
): Sections {
  const rank = ranks(calendarOrder);
  const left = new Map(
    accounts.flatMap((account) =>
      account.calendars.filter((one) => one.isConnected).map((one) => [one.id, one] as const),
    ),
  );
  return {
    groups: groups.map(({ name, calendarIds }, index) => ({
      index,
      name,
      calendars: calendarIds.flatMap((id) => taken(left, id)),
    })),
    accounts: accounts.map((account) => ({
      account,
      calendars: sorted(account.calendars, rank).flatMap(({ id }) => taken(left, id)),
    })),
  };
}

/** The arrangement with a calendar at another place. */
export function moved(
  accounts: readonly AccountView[],
  arrangement: Arrangement,
  id: string,
  { group, before }: Place,
): Arrangement {
  if (before === id || (group !== null && arrangement.groups[group] === undefined)) {
    return arrangement;
  }
  const groups = arrangement.groups.map((one) => ({
    ...one,
    calendarIds: one.calendarIds.filter((other) => other !== id),
  }));
  const target = group === null ? undefined : groups[group];
  if (target !== undefined) {
    target.calendarIds = inserted(target.calendarIds, id, before);
    return { calendarOrder: arrangement.calendarOrder, groups };
  }
  const rest = wholeOrder(accounts, arrangement.calendarOrder).filter((other) => other !== id);
  return { calendarOrder: inserted(rest, id, before), groups };
}

/** One place up (-1) or down (1) among its neighbours; `null` where there is no such place. */
export function steppedPlace(sections: Sections, id: string, by: 1 | -1): Place | null {
  const found = siblingsOf(sections, id);
  if (found === null) return null;
  const { group, calendars, at } = found;
  if (calendars[at + by] === undefined) return null;
  return { group, before: calendars[by === 1 ? at + 2 : at - 1]?.id ?? null };
}

/** Where a calendar stands among its neighbours, counted from one. */
export function positionOf(sections: Sections, id: string): { at: number; of: number } | null {
  const found = siblingsOf(sections, id);
  return found === null ? null : { at: found.at + 1, of: found.calendars.length };
}

/** What the pointer is over. */
export type Hit =
  { kind: 'row'; id: string; half: 'upper' | 'lower' } | { kind: 'group'; index: number };

/** Where a calendar that is dropped there goes; `null` where it cannot go, or would stay. */
export function placeAt(sections: Sections, id: string, hit: Hit): Place | null {
  if (hit.kind === 'group') {
    const group = sections.groups.find((one) => one.index === hit.index);
    const first = group?.calendars[0]?.id ?? null;
    return group === undefined || first === id ? null : { group: hit.index, before: first };
  }
  const over = siblingsOf(sections, hit.id);
  const own = siblingsOf(sections, id);
  if (over === null || own === null) return null;
  // Outside of groups a calendar stands under its own account, and nowhere else.
  if (over.group === null && over.accountId !== own.accountId) return null;
  const before = over.calendars[hit.half === 'upper' ? over.at : over.at + 1]?.id ?? null;
  const stays =
    over.group === own.group &&
    (before === id || before === (own.calendars[own.at + 1]?.id ?? null));
  return stays ? null : { group: over.group, before };
}

/** The group in which a calendar stands; `null` under its account. */
export function groupOf(sections: Sections, id: string): number | null {
  return siblingsOf(sections, id)?.group ?? null;
}

/** With one more group, which holds the calendar if there is one. */
export function withGroup(arrangement: Arrangement, name: string, id: string | null): Arrangement {
  const called = tidy(name);
  if (called === '' || arrangement.groups.length >= MOST_GROUPS) return arrangement;
  const groups = arrangement.groups.map((one) => ({
    ...one,
    calendarIds: one.calendarIds.filter((other) => other !== id),
  }));
  groups.push({ name: called, calendarIds: id === null ? [] : [id] });
  return { ...arrangement, groups };
}

export function renamedGroup(arrangement: Arrangement, index: number, name: string): Arrangement {
  const called = tidy(name);
  if (called === '') return arrangement;
  const groups = arrangement.groups.map((one, at) =>
    at === index ? { ...one, name: called } : one,
  );
  return { ...arrangement, groups };
}

/** Without the group; its calendars go back under their accounts. */
export function withoutGroup(arrangement: Arrangement, index: number): Arrangement {
  return { ...arrangement, groups: arrangement.groups.filter((_, at) => at !== index) };
}

export function steppedGroup(arrangement: Arrangement, index: number, by: 1 | -1): Arrangement {
  return { ...arrangement, groups: stepped(arrangement.groups, index, by) };
}

/** A list in which one thing and its neighbour have changed places. */
export function stepped<T>(list: readonly T[], index: number, by: 1 | -1): T[] {
  const one = list[index];
  const other = list[index + by];
  const swapped = [...list];
  if (one === undefined || other === undefined) return swapped;
  swapped[index] = other;
  swapped[index + by] = one;
  return swapped;
}

/** By character, so that what is cut off does not leave half of one. */
function tidy(name: string): string {
  let kept = '';
  for (const character of name.trim()) {
    if (kept.length + character.length > LONGEST_NAME) break;
    kept += character;
  }
  return kept;
}

function ranks(order: readonly string[]): ReadonlyMap<string, number> {
  const rank = new Map<string, number>();
  order.forEach((id, at) => {
    if (!rank.has(id)) rank.set(id, at);
  });
  return rank;
}

/** In the stored order; what it does not name follows, as the provider has it. */
function sorted(
  calendars: readonly CalendarView[],
  rank: ReadonlyMap<string, number>,
): CalendarView[] {
  const of = ({ id }: CalendarView): number => rank.get(id) ?? rank.size + MUCH;
  return [...calendars].sort((a, b) => of(a) - of(b));
}

const MUCH = 1_000_000;

/** Every calendar of the accounts, then what is stored of others, which may come back. */
function wholeOrder(accounts: readonly AccountView[], order: readonly string[]): string[] {
  const rank = ranks(order);
  const here = accounts.flatMap((account) => sorted(account.calendars, rank).map((one) => one.id));
  return [...new Set([...here, ...order])];
}

function taken(left: Map<string, CalendarView>, id: string): CalendarView[] {
  const calendar = left.get(id);
  left.delete(id);
  return calendar === undefined ? [] : [calendar];
}

function inserted(list: readonly string[], id: string, before: string | null): string[] {
  const at = before === null ? -1 : list.indexOf(before);
  return at === -1 ? [...list, id] : [...list.slice(0, at), id, ...list.slice(at)];
}

interface Siblings {
  group: number | null;
  accountId: string;
  calendars: readonly CalendarView[];
  at: number;
}

function siblingsOf({ groups, accounts }: Sections, id: string): Siblings | null {
  const lists: { group: number | null; calendars: readonly CalendarView[] }[] = [
    ...groups.map(({ index, calendars }) => ({ group: index, calendars })),
    ...accounts.map(({ calendars }) => ({ group: null, calendars })),
  ];
  for (const { group, calendars } of lists) {
    const at = calendars.findIndex((one) => one.id === id);
    const calendar = calendars[at];
    if (calendar !== undefined) return { group, accountId: calendar.accountId, calendars, at };
  }
  return null;
}
