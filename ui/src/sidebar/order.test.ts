import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccountView } from '../ipc/client';
import { sampleAccounts } from '../ipc/fake-data';
import { DEFAULTS, readPreferences, writePreferences } from '../state/preferences';
import {
  groupOf,
  moved,
  placeAt,
  positionOf,
  renamedGroup,
  sectionsOf,
  stepped,
  steppedGroup,
  steppedPlace,
  withGroup,
  withoutGroup,
  type Arrangement,
  type Sections,
} from './order';

const NOTHING: Arrangement = { calendarOrder: [], groups: [] };

/** Accounts of any size, some of whose calendars are not synced. */
const anyAccounts = fc
  .array(fc.array(fc.boolean(), { maxLength: 6 }), { maxLength: 4 })
  .map((shape): AccountView[] => {
    const [account] = sampleAccounts();
    const calendar = account?.calendars[0];
    if (account === undefined || calendar === undefined) return [];
    return shape.map((connected, which) => ({
      ...account,
      id: `a${which}`,
      calendars: connected.map((isConnected, index) => ({
        ...calendar,
        id: `a${which}/${index}`,
        accountId: `a${which}`,
        isConnected,
      })),
    }));
  });

/** Ids that are there, were there once, or never were. */
const anyId = fc.oneof(
  fc.tuple(fc.nat(3), fc.nat(5)).map(([which, index]) => `a${which}/${index}`),
  fc.string({ maxLength: 4 }),
);
const anyArrangement = fc.record({
  calendarOrder: fc.array(anyId, { maxLength: 30 }),
  groups: fc.array(
    fc.record({
      name: fc.string({ minLength: 1, maxLength: 8 }).filter((name) => name.trim() !== ''),
      calendarIds: fc.array(anyId, { maxLength: 10 }),
    }),
    { maxLength: 4 },
  ),
});

const lists = ({ groups, accounts }: Sections): string[][] =>
  [...groups, ...accounts].map(({ calendars }) => calendars.map((one) => one.id));
const synced = (accounts: readonly AccountView[]): string[] =>
  accounts.flatMap((account) =>
    account.calendars.filter((one) => one.isConnected).map((one) => one.id),
  );
const without = (all: string[][], id: string): string[][] =>
  all.map((list) => list.filter((other) => other !== id));

describe('laws', () => {
  test('every synced calendar stands in exactly one place, whatever is stored', () => {
    fc.assert(
      fc.property(anyAccounts, anyArrangement, (accounts, stored) => {
        const shown = lists(sectionsOf(accounts, stored)).flat();
        expect(shown.toSorted()).toEqual(synced(accounts).toSorted());
      }),
    );
  });

  test('outside of groups a calendar stands under its own account', () => {
    fc.assert(
      fc.property(anyAccounts, anyArrangement, (accounts, stored) => {
        for (const { account, calendars } of sectionsOf(accounts, stored).accounts) {
          expect(calendars.every((one) => one.accountId === account.id)).toBe(true);
        }
      }),
    );
  });

  test('ids that nobody knows change nothing', () => {
    fc.assert(
      fc.property(anyAccounts, anyArrangement, (accounts, stored) => {
        const known = new Set(synced(accounts));
        const clean = {
          calendarOrder: stored.calendarOrder.filter((id) => known.has(id)),
          groups: stored.groups.map((group) => ({
            ...group,
            calendarIds: group.calendarIds.filter((id) => known.has(id)),
          })),
        };
        expect(lists(sectionsOf(accounts, stored))).toEqual(lists(sectionsOf(accounts, clean)));
      }),
    );
  });

  test('what the order does not name keeps the provider’s, after what it names', () => {
    fc.assert(
      fc.property(anyAccounts, fc.array(anyId, { maxLength: 30 }), (accounts, calendarOrder) => {
        for (const { account, calendars } of sectionsOf(accounts, { calendarOrder, groups: [] })
          .accounts) {
          const ids = calendars.map((one) => one.id);
          const unnamed = synced([account]).filter((id) => !calendarOrder.includes(id));
          expect(ids.slice(ids.length - unnamed.length)).toEqual(unnamed);
        }
      }),
    );
  });

  test('a move puts one calendar there and leaves all the others as they stand', () => {
    fc.assert(
      fc.property(anyAccounts, anyArrangement, fc.nat(), fc.nat(), (accounts, stored, a, b) => {
        const before = sectionsOf(accounts, stored);
        const ids = lists(before).flat();
        const id = ids[a % Math.max(1, ids.length)];
        const over = ids[b % Math.max(1, ids.length)];
        if (id === undefined || over === undefined) return;
        const half = (a + b) % 2 === 0 ? 'upper' : 'lower';
        const place = placeAt(before, id, { kind: 'row', id: over, half });
        if (place === null) return;
        const next = moved(accounts, stored, id, place);
        const after = sectionsOf(accounts, next);
        expect(without(lists(after), id)).toEqual(without(lists(before), id));
        const list = lists(after).find((one) => one.includes(id)) ?? [];
        expect(list).toContain(over);
        const at = list.indexOf(id);
        expect(list[half === 'upper' ? at + 1 : at - 1]).toBe(over);
        expect(groupOf(after, id)).toBe(place.group);
        // Moving it to where it stands changes nothing.
        expect(lists(sectionsOf(accounts, moved(accounts, next, id, place)))).toEqual(lists(after));
      }),
    );
  });

  test('up undoes down, and the ends have no further place', () => {
    fc.assert(
      fc.property(anyAccounts, anyArrangement, fc.nat(), (accounts, stored, which) => {
        const before = sectionsOf(accounts, stored);
        const ids = lists(before).flat();
        const id = ids[which % Math.max(1, ids.length)];
        if (id === undefined) return;
        const list = lists(before).find((one) => one.includes(id)) ?? [];
        const down = steppedPlace(before, id, 1);
        expect(down === null).toBe(list.at(-1) === id);
        expect(steppedPlace(before, id, -1) === null).toBe(list[0] === id);
        if (down === null) return;
        const lower = moved(accounts, stored, id, down);
        const mid = sectionsOf(accounts, lower);
        expect(positionOf(mid, id)?.at).toBe((positionOf(before, id)?.at ?? 0) + 1);
        const up = steppedPlace(mid, id, -1);
        const back = up === null ? lower : moved(accounts, lower, id, up);
        expect(lists(sectionsOf(accounts, back))).toEqual(lists(before));
      }),
    );
  });

  test('what is stored comes back as it was', () => {
    fc.assert(
      fc.property(anyAccounts, anyArrangement, (accounts, stored) => {
        const kept = readPreferences(writePreferences({ ...DEFAULTS, ...stored }));
        expect(lists(sectionsOf(accounts, kept))).toEqual(lists(sectionsOf(accounts, stored)));
      }),
    );
  });

  test('a group that is removed gives its calendars back', () => {
    fc.assert(
      fc.property(anyAccounts, anyArrangement, fc.nat(3), (accounts, stored, index) => {
        const after = sectionsOf(accounts, withoutGroup(stored, index));
        expect(lists(after).flat().toSorted()).toEqual(synced(accounts).toSorted());
      }),
    );
  });
});

describe('the sample', () => {
  const accounts = sampleAccounts();
  const names = (stored: Arrangement): string[][] =>
    [...sectionsOf(accounts, stored).groups, ...sectionsOf(accounts, stored).accounts].map(
      ({ calendars }) => calendars.map((one) => one.name),
    );

  test('stands as the providers have it until something is moved', () => {
    expect(names(NOTHING)).toEqual([
      ['Calendar', 'Platform team', 'Grace Hopper'],
      ['Personal', 'Family', 'Holidays'],
    ]);
  });

  test('a group holds calendars of several accounts and stands above them', () => {
    const work = withGroup(NOTHING, '  Work ', 'ms/Platform team');
    const both = moved(accounts, work, 'go/Family', { group: 0, before: 'ms/Platform team' });
    expect(both.groups).toEqual([{ name: 'Work', calendarIds: ['go/Family', 'ms/Platform team'] }]);
    expect(names(both)).toEqual([
      ['Family', 'Platform team'],
      ['Calendar', 'Grace Hopper'],
      ['Personal', 'Holidays'],
    ]);
  });

  test('a calendar goes back from a group to where it is dropped', () => {
    const work = withGroup(NOTHING, 'Work', 'ms/Platform team');
    const back = moved(accounts, work, 'ms/Platform team', { group: null, before: 'ms/Calendar' });
    expect(names(back)[1]).toEqual(['Platform team', 'Calendar', 'Grace Hopper']);
  });

  test('nothing can be dropped under another account', () => {
    const sections = sectionsOf(accounts, NOTHING);
    expect(
      placeAt(sections, 'ms/Calendar', { kind: 'row', id: 'go/Family', half: 'upper' }),
    ).toBeNull();
  });

  test('dropped on the name of a group, it comes first; an empty group takes it too', () => {
    const two = withGroup(withGroup(NOTHING, 'Work', 'ms/Calendar'), 'Later', null);
    const sections = sectionsOf(accounts, two);
    expect(placeAt(sections, 'go/Family', { kind: 'group', index: 0 })).toEqual({
      group: 0,
      before: 'ms/Calendar',
    });
    expect(placeAt(sections, 'go/Family', { kind: 'group', index: 1 })).toEqual({
      group: 1,
      before: null,
    });
    expect(placeAt(sections, 'ms/Calendar', { kind: 'group', index: 0 })).toBeNull();
  });

  test('the order of what is not here now is kept', () => {
    const stored = { calendarOrder: ['gone/2', 'gone/1'], groups: [] };
    const { calendarOrder } = moved(accounts, stored, 'go/Family', {
      group: null,
      before: 'go/Personal',
    });
    expect(calendarOrder.slice(-2)).toEqual(['gone/2', 'gone/1']);
  });

  test('groups are renamed, moved, and have a name of some length', () => {
    const two = withGroup(withGroup(NOTHING, 'Work', null), 'Home', null);
    expect(renamedGroup(two, 1, ' Family ').groups.map((one) => one.name)).toEqual([
      'Work',
      'Family',
    ]);
    expect(renamedGroup(two, 1, '  ')).toBe(two);
    expect(withGroup(NOTHING, ' ', null)).toBe(NOTHING);
    expect(steppedGroup(two, 1, -1).groups.map((one) => one.name)).toEqual(['Home', 'Work']);
    const name = withGroup(NOTHING, '👩‍👩‍👧‍👦'.repeat(30), null).groups[0]?.name ?? '';
    expect(name.length).toBeLessThanOrEqual(60);
    expect(() => encodeURIComponent(name)).not.toThrow();
  });

  test('beyond the ends nothing is swapped', () => {
    expect(stepped(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
    expect(stepped(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(stepped(['a', 'b'], 0, 1)).toEqual(['b', 'a']);
  });
});
