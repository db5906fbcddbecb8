import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RangeQuery, RangeView } from '../ipc/client';
import { fakeClient, type FakeClient } from '../ipc/fake';
import { MONDAY, timed, ZONE } from '../ipc/fake-data';
import { Events } from './events.svelte';

const question = { zone: ZONE, filter: '', mergeCopies: true };
const WEEK = { fromDay: MONDAY, days: 7 };
const EVERYTHING = { fromDay: -2147483648, toDay: 2147483647 };

function asked(client: FakeClient): [fromDay: number, days: number][] {
  return client.calls
    .filter((call) => call.command === 'range')
    .map((call) => call.args[0] as RangeQuery)
    .map(({ fromDay, days }) => [fromDay - MONDAY, days]);
}

describe('Events', () => {
  let client: FakeClient;
  let events: Events;
  let stop: () => void;

  beforeEach(async () => {
    client = fakeClient();
    events = new Events(client, question, 1);
    stop = events.start();
    events.show(WEEK);
    await vi.waitFor(() => expect(events.covers(WEEK)).toBe(true));
  });
  afterEach(() => stop());

  test('one question for the days shown, and none for days that are known', async () => {
    expect(asked(client)).toEqual([[0, 7]]);
    expect(events.between(WEEK).length).toBeGreaterThan(20);
    events.show({ fromDay: MONDAY + 2, days: 3 });
    events.show({ fromDay: MONDAY - 7, days: 28 });
    await vi.waitFor(() => expect(events.covers({ fromDay: MONDAY - 7, days: 28 })).toBe(true));
    expect(asked(client)).toEqual([
      [0, 7],
      [-7, 7],
      [7, 14],
    ]);
  });

  test('what spans weeks stands in each of them, and once in both', async () => {
    client.setOccurrences([timed('ms/Calendar', 'Long', 5, '9:00', '9:00', { days: 12 })]);
    client.tell('eventsChanged', EVERYTHING);
    const both = { fromDay: MONDAY, days: 21 };
    events.show(both);
    await vi.waitFor(() => expect(events.between(both).map((one) => one.title)).toEqual(['Long']));
    for (const fromDay of [MONDAY, MONDAY + 7, MONDAY + 14]) {
      expect(events.between({ fromDay, days: 7 })).toHaveLength(1);
    }
    expect(events.between({ fromDay: MONDAY, days: 5 })).toHaveLength(0);
  });

  test('a change is asked for again where it is shown, and forgotten elsewhere', async () => {
    events.show({ fromDay: MONDAY + 7, days: 7 });
    await vi.waitFor(() => expect(asked(client)).toHaveLength(2));
    client.tell('eventsChanged', { fromDay: MONDAY + 14, toDay: MONDAY + 20 });
    client.tell('eventsChanged', { fromDay: MONDAY, toDay: MONDAY });
    expect(events.covers(WEEK)).toBe(false);
    client.tell('eventsChanged', { fromDay: MONDAY + 8, toDay: MONDAY + 8 });
    await vi.waitFor(() => expect(asked(client).slice(2)).toEqual([[7, 7]]));
  });

  test('a hundred changes at once cost two questions, and the picture stays meanwhile', async () => {
    for (let change = 0; change < 100; change += 1) client.tell('eventsChanged', EVERYTHING);
    expect(events.covers(WEEK)).toBe(true);
    await vi.waitFor(() => expect(asked(client)).toHaveLength(3));
    await Promise.resolve();
    expect(asked(client)).toHaveLength(3);
  });

  test('what did not change stays the same object', async () => {
    const before = new Map(events.between(WEEK).map((one) => [one.id, one]));
    client.tell('eventsChanged', EVERYTHING);
    await vi.waitFor(() => expect(asked(client)).toHaveLength(2));
    await vi.waitFor(() => expect(events.covers(WEEK)).toBe(true));
    for (const one of events.between(WEEK)) expect(before.get(one.id)).toBe(one);
  });

  test('an answer to an older question is dropped', async () => {
    const answers: ((view: RangeView) => void)[] = [];
    const real = await client.range({ ...question, ...WEEK });
    vi.spyOn(client, 'range').mockImplementation(() => new Promise((done) => answers.push(done)));
    events.ask({ ...question, filter: 'importance:high' }, 1);
    events.ask({ ...question, filter: 'importance:low' }, 1);
    answers[1]?.({ ...real, occurrences: [] });
    answers[0]?.(real);
    await vi.waitFor(() => expect(events.between(WEEK)).toHaveLength(0));
  });

  test('another zone shows nothing of the old one', () => {
    events.ask({ ...question, zone: 'Asia/Tokyo' }, 1);
    expect(events.covers(WEEK)).toBe(false);
    expect(events.between(WEEK)).toHaveLength(0);
  });

  test('a failure is told, keeps what is known, and ends with the next answer', async () => {
    client.fail('range', { code: 'disk', message: 'The disk is full.' });
    client.tell('eventsChanged', EVERYTHING);
    await vi.waitFor(() => expect(events.failure?.message).toBe('The disk is full.'));
    expect(events.between(WEEK).length).toBeGreaterThan(20);
    client.fail('range', null);
    events.reload();
    await vi.waitFor(() => expect(asked(client).length).toBeGreaterThan(2));
    expect(events.failure).toBeNull();
  });

  test('whoever tries again while an older question fails gets an answer of their own', async () => {
    client.fail('range', { code: 'disk', message: 'The disk is full.' });
    client.tell('eventsChanged', EVERYTHING);
    client.fail('range', null);
    events.reload();
    const before = asked(client).length;
    expect(before).toBe(3);
    await new Promise((next) => setTimeout(next));
    expect(events.failure).toBeNull();
    expect(asked(client)).toHaveLength(before);
  });

  test('what could not be read is asked again when it is shown again', async () => {
    client.fail('range', { code: 'disk', message: 'The disk is full.' });
    client.tell('eventsChanged', EVERYTHING);
    await vi.waitFor(() => expect(events.failure).not.toBeNull());
    client.fail('range', null);
    events.show({ fromDay: MONDAY + 7, days: 7 });
    await vi.waitFor(() => expect(events.failure).toBeNull());
    client.setOccurrences([]);
    events.show(WEEK);
    await vi.waitFor(() => expect(events.between(WEEK)).toHaveLength(0));
  });

  test('days that are known are not covered by the failure of others', async () => {
    client.fail('range', { code: 'disk', message: 'The disk is full.' });
    events.show({ fromDay: MONDAY + 7, days: 7 });
    await vi.waitFor(() => expect(events.failure).not.toBeNull());
    events.show(WEEK);
    expect(events.failure).toBeNull();
  });

  test('a clock that came with the start is not asked for again', async () => {
    const known = fakeClient();
    const clock = await known.clock(ZONE);
    const others = new Events(known, question, 1);
    others.clock = clock;
    others.start()();
    new Events(known, question, 1).start()();
    expect(known.calls.filter((call) => call.command === 'clock')).toHaveLength(2);
  });

  test('a clock that is late covers nothing', async () => {
    client.fail('clock', { code: 'internal', message: 'No answer.' });
    await events.tick();
    expect(events.failure).toBeNull();
  });
});
