import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { OccurrenceView } from '../ipc/client';
import { fakeClient, type FakeOptions } from '../ipc/fake';
import { CLOCK, MONDAY, timed, ZONE } from '../ipc/fake-data';
import { Events } from '../state/events.svelte';
import { AgendaDays, grown } from './agenda-days.svelte';
import { agendaOf, type AgendaRow } from './layout/agenda';

const HEIGHTS = { head: 32, event: 44, nothing: 36, gap: 8 };
const FAR = 10_000;

function daysOver(options: FakeOptions) {
  const client = fakeClient(options);
  const events = new Events(client, { zone: ZONE, filter: '', mergeCopies: true }, 1);
  const days = new AgendaDays(events, () => 1);
  const asked = () => client.calls.filter((call) => call.command === 'range').length;
  /** As the component does it: what is wanted is asked for, and answers become rows. */
  async function settle(): Promise<AgendaRow[]> {
    if (days.wanted !== null) events.show(days.wanted);
    await vi.waitFor(() => {
      if (days.wanted !== null && !events.covers(days.wanted)) throw new Error('not yet');
    });
    const { shown } = days;
    if (shown === null) return [];
    return agendaOf(events.between(shown), shown, CLOCK.day, HEIGHTS);
  }
  return { client, events, days, settle, asked };
}

const everyDay = (from: number, to: number): OccurrenceView[] =>
  Array.from({ length: to - from }, (_, index) =>
    timed('ms/Calendar', 'Stand-up', from + index, '9:00', '9:15', { id: `daily-${from + index}` }),
  );

test('holds whole weeks around a day, and the same ones while the day is within', async () => {
  const { days, settle } = daysOver({});
  days.goTo(CLOCK.day);
  const { wanted } = days;
  expect(wanted).toEqual({ fromDay: MONDAY - 14, days: 56 });
  expect(days.shown).toBeNull();
  expect(days.edge('before', [])).toBe('loading');
  const rows = await settle();
  expect(days.shown).toEqual(wanted);
  expect(days.edge('before', rows)).toBe('more');
  days.goTo(CLOCK.day + 20);
  expect(days.wanted).toBe(wanted);
  days.goTo(CLOCK.day + 2000);
  expect(days.wanted).not.toBe(wanted);
});

test('holds the days of the title, in whole weeks', () => {
  const { days } = daysOver({});
  days.include({ fromDay: MONDAY - 15, days: 30 });
  expect(days.wanted).toBeNull();
  days.goTo(CLOCK.day);
  const { wanted } = days;
  days.include({ fromDay: MONDAY, days: 30 });
  expect(days.wanted).toBe(wanted);
  days.include({ fromDay: MONDAY - 15, days: 61 });
  expect(days.wanted).toEqual({ fromDay: MONDAY - 21, days: 70 });
  days.include({ fromDay: MONDAY - 15, days: 9000 });
  expect(days.wanted).toEqual({ fromDay: MONDAY - 21, days: 70 });
});

test('grows where the end is near, and shows what is known meanwhile', async () => {
  const { days, settle } = daysOver({ occurrences: everyDay(-400, 400) });
  days.goTo(CLOCK.day);
  const rows = await settle();
  const before = days.shown;
  days.near(rows, FAR, FAR);
  expect(days.wanted).toEqual(before);
  days.near(rows, 100, FAR);
  expect(days.wanted).toEqual({ fromDay: MONDAY - 49, days: 91 });
  expect(days.shown).toEqual(before);
  expect(days.edge('before', rows)).toBe('loading');
  expect(days.edge('after', rows)).toBe('more');
  // While it is on its way, being near asks for nothing more.
  days.near(rows, 0, FAR);
  expect(days.wanted).toEqual({ fromDay: MONDAY - 49, days: 91 });
  await settle();
  expect(days.shown).toEqual(days.wanted);
});

test('never holds more than are kept, and forgets at the other end', async () => {
  const { days, settle } = daysOver({ occurrences: everyDay(-900, 1500) });
  days.goTo(CLOCK.day);
  let rows = await settle();
  for (let round = 0; round < 20; round += 1) {
    days.near(rows, FAR, 0);
    rows = await settle();
  }
  expect(days.wanted?.days).toBe(77 * 7);
  expect(days.wanted?.fromDay).toBe(MONDAY - 14 + 56 + 20 * 35 - 77 * 7);
  expect(days.shown).toEqual(days.wanted);
});

test('stops after half a year without anything, until asked to look further', async () => {
  const { days, settle, asked } = daysOver({ occurrences: everyDay(0, 5) });
  days.goTo(CLOCK.day);
  let rows = await settle();
  for (let round = 0; round < 20; round += 1) {
    days.near(rows, 0, 0);
    rows = await settle();
  }
  expect(days.edge('before', rows)).toBe('stopped');
  expect(days.edge('after', rows)).toBe('stopped');
  const before = asked();
  expect(before).toBeLessThan(12);
  days.near(rows, 0, 0);
  await settle();
  expect(asked()).toBe(before);
  const end = days.wanted?.fromDay ?? 0;
  days.lookFurther('before', rows);
  rows = await settle();
  expect(days.wanted?.fromDay).toBe(end - 26 * 7);
  for (let round = 0; round < 20; round += 1) {
    days.near(rows, 0, 0);
    rows = await settle();
  }
  expect(days.edge('before', rows)).toBe('stopped');
  // What came at one end did not make the other one ask again, and so on for ever.
  expect(asked()).toBeLessThan(before + 4);
});

test('days that cannot be read are said to have failed', async () => {
  const { client, events, days, settle } = daysOver({ occurrences: everyDay(-100, 100) });
  days.goTo(CLOCK.day);
  const rows = await settle();
  client.fail('range', { code: 'disk', message: 'The disk cannot be read.' });
  days.near(rows, 0, FAR);
  if (days.wanted !== null) events.show(days.wanted);
  await vi.waitFor(() => expect(days.edge('before', rows)).toBe('failed'));
  expect(days.shown).toEqual({ fromDay: MONDAY - 14, days: 56 });
});

test('grown keeps the end that one goes to', () => {
  const span = fc.record({ fromDay: fc.integer(), days: fc.integer({ min: 1, max: 500 }) });
  const by = fc.integer({ min: 1, max: 100 });
  fc.assert(
    fc.property(
      span,
      by,
      fc.constantFrom('before' as const, 'after' as const),
      (one, more, side) => {
        const next = grown(one, side, more, 539);
        const end = ({ fromDay, days }: typeof one): number => fromDay + days;
        expect(next.days).toBe(Math.min(one.days + more, 539));
        if (side === 'before') expect(next.fromDay).toBe(one.fromDay - more);
        else expect(end(next)).toBe(end(one) + more);
      },
    ),
  );
});
