import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { NO_FILTER } from '../filters/filter';
import type { RangeQuery, RangeView } from '../ipc/client';
import { fakeClient, type FakeClient } from '../ipc/fake';
import { MONDAY, ZONE } from '../ipc/fake-data';
import { Week } from './week.svelte';

const place = { zone: ZONE, firstDayOfWeek: 1 };
const EVERYTHING = { fromDay: -2147483648, toDay: 2147483647 };

function ranges(client: FakeClient): RangeQuery[] {
  return client.calls
    .filter((call) => call.command === 'range')
    .map((call) => call.args[0] as RangeQuery);
}

describe('Week', () => {
  let client: FakeClient;
  let week: Week;
  let stop: () => void;

  beforeEach(async () => {
    client = fakeClient();
    week = new Week(client, place);
    stop = week.start();
    await vi.waitFor(() => expect(week.current).toBe(true));
  });
  afterEach(() => stop());

  test('starts with the week of today in the zone given', () => {
    expect(ranges(client)).toEqual([{ fromDay: MONDAY, days: 7, zone: ZONE, filter: NO_FILTER }]);
    expect(week.occurrences.length).toBeGreaterThan(20);
  });

  test('next, previous and today move by weeks', async () => {
    week.next();
    expect(week.fromDay).toBe(MONDAY + 7);
    week.previous();
    week.previous();
    expect(week.fromDay).toBe(MONDAY - 7);
    await week.today();
    expect(week.fromDay).toBe(MONDAY);
  });

  test('an answer that was overtaken by a later question is dropped', async () => {
    const answers: ((view: RangeView) => void)[] = [];
    const { view } = week;
    if (view === null) throw new Error('the first week has been answered');
    vi.spyOn(client, 'range').mockImplementation(() => new Promise((done) => answers.push(done)));
    week.next();
    week.next();
    answers[1]?.({ ...view, fromDay: MONDAY + 14, occurrences: [] });
    answers[0]?.({ ...view, fromDay: MONDAY + 7 });
    await vi.waitFor(() => expect(week.current).toBe(true));
    expect(week.view?.fromDay).toBe(MONDAY + 14);
  });

  test('changed days are asked again only if they are shown', async () => {
    client.tell('eventsChanged', { fromDay: MONDAY + 7, toDay: MONDAY + 20 });
    client.tell('eventsChanged', { fromDay: MONDAY - 20, toDay: MONDAY - 1 });
    expect(ranges(client)).toHaveLength(1);
    client.tell('eventsChanged', { fromDay: MONDAY + 6, toDay: MONDAY + 6 });
    expect(ranges(client)).toHaveLength(2);
  });

  test('a hundred changes at once cost two questions', async () => {
    for (let change = 0; change < 100; change += 1) client.tell('eventsChanged', EVERYTHING);
    await vi.waitFor(() => expect(ranges(client)).toHaveLength(3));
    await Promise.resolve();
    expect(ranges(client)).toHaveLength(3);
  });

  test('a filter is asked for and kept over the weeks', async () => {
    week.setFilter({ ...NO_FILTER, importance: ['high'] });
    await vi.waitFor(() => expect(week.occurrences).toHaveLength(3));
    week.next();
    expect(ranges(client).at(-1)?.filter.importance).toEqual(['high']);
  });

  test('a failed question keeps what was shown, and the next answer clears the words', async () => {
    const shown = week.occurrences.length;
    client.fail('range', { code: 'disk', message: 'The disk cannot be read.' });
    await week.reload();
    expect(week.failure?.message).toBe('The disk cannot be read.');
    expect(week.occurrences).toHaveLength(shown);
    client.fail('range', null);
    await week.reload();
    expect(week.failure).toBeNull();
  });
});
