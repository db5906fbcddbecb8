import { afterEach, describe, expect, test } from 'vitest';
import { fakeClient, type FakeOptions } from '../ipc/fake';
import { CLOCK, MONDAY, ZONE } from '../ipc/fake-data';
import { askFirst } from './first';

let stop = (): void => {};
afterEach(() => stop());

async function startWith(options: FakeOptions = {}) {
  const client = fakeClient(options);
  const { events } = await askFirst(client);
  // It began to follow by itself.
  stop = () => events?.start()();
  const asked = () =>
    client.calls.flatMap(({ command, args }) => (command === 'range' ? [args[0]] : []));
  return { client, events, asked };
}

describe('the days of the start', () => {
  test('are asked for with the answer that tells which they are', async () => {
    const { client, events, asked } = await startWith();
    expect(asked()).toEqual([
      { fromDay: MONDAY, days: 7, zone: ZONE, filter: '', mergeCopies: true },
    ]);
    expect(events?.clock).toEqual(CLOCK);
    expect(client.calls.map((call) => call.command)).toEqual(['bootstrap', 'range']);
  });

  test('are those that the window was left at, as it showed them', async () => {
    const preferences = {
      view: 'days' as const,
      days: 3,
      day: MONDAY + 70,
      filter: 'has:teams',
      showDeclined: false,
    };
    const { asked } = await startWith({ preferences });
    expect(asked()).toEqual([
      {
        fromDay: MONDAY + 70,
        days: 7,
        zone: ZONE,
        filter: 'has:teams -answer:declined',
        mergeCopies: true,
      },
    ]);
  });

  test('wait for the time in the zone that is travelled to', async () => {
    const { client, asked } = await startWith({ preferences: { travelZone: 'Asia/Kolkata' } });
    expect(client.calls.map((call) => call.command)).toEqual(['bootstrap', 'clock', 'range']);
    expect(asked()).toMatchObject([{ zone: 'Asia/Kolkata' }]);
  });

  test('are asked for anew when they change while they are on their way', async () => {
    const { client, asked } = await startWith();
    expect(asked()).toHaveLength(1);
    client.tell('eventsChanged', { fromDay: MONDAY, toDay: MONDAY });
    await new Promise((resolve) => setTimeout(resolve));
    expect(asked()).toHaveLength(2);
  });

  test.each<[string, FakeOptions]>([
    ['a year, which is counted', { preferences: { view: 'year' } }],
    ['a first run, which shows none', { accounts: [] }],
  ])('are none in %s', async (_, options) => {
    const { asked } = await startWith(options);
    expect(asked()).toEqual([]);
  });
});
