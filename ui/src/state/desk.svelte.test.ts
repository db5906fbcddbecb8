import { flushSync } from 'svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fakeClient, type FakeClient, type FakeOptions } from '../ipc/fake';
import { CLOCK, MONDAY, sampleOccurrences } from '../ipc/fake-data';
import { Desk } from './desk.svelte';
import { askFirst } from './first';
import { DEFAULTS, type ViewKind } from './preferences';
import { Session } from './session.svelte';
import { Settings } from './settings.svelte';
import { SignIn } from './sign-in.svelte';

let stop = (): void => {};
afterEach(() => stop());

async function deskOver(options: FakeOptions = {}): Promise<{ desk: Desk; client: FakeClient }> {
  const client = fakeClient(options);
  const session = new Session(client);
  const first = await askFirst(client);
  session.adopt(first);
  const { bootstrap } = first;
  const settings = new Settings(client, () => {});
  settings.adopt(bootstrap.preferences);
  let desk: Desk | undefined;
  const leave = $effect.root(() => {
    desk = new Desk({ client, session, settings, signIn: new SignIn(client), ...first });
  });
  if (desk === undefined) throw new Error('no desk');
  const follow = desk.start();
  stop = () => {
    follow();
    leave();
  };
  await desk.goToToday();
  flushSync();
  return { desk, client };
}

describe('going through time', () => {
  test.each<[ViewKind, number, number]>([
    ['day', CLOCK.day, 1],
    ['work-week', MONDAY, 5],
    ['week', MONDAY, 7],
    ['days', CLOCK.day, 3],
  ])('%s shows the days that hold today', async (view, fromDay, days) => {
    const { desk } = await deskOver({ preferences: { view } });
    expect(desk.period).toEqual({ fromDay, days });
  });

  test('a shorter view shows the day that the longer one stood on', async () => {
    const { desk } = await deskOver();
    desk.look(MONDAY + 2);
    desk.setView('day');
    flushSync();
    expect(desk.period).toEqual({ fromDay: MONDAY + 2, days: 1 });
  });

  test('what holds today is not remembered as a place, anything else is', async () => {
    const { desk } = await deskOver();
    desk.step(1);
    expect(desk.settings.now.day).toBe(CLOCK.day + 7);
    desk.step(-1);
    expect(desk.settings.now.day).toBeNull();
  });
});

describe('the filter', () => {
  test('what the field says goes to the engine, with declined ones hidden where so set', async () => {
    const { desk } = await deskOver({ preferences: { showDeclined: false } });
    desk.setFilter('importance:high');
    expect(desk.countsQuery({ fromDay: MONDAY, days: 7 }).filter).toBe(
      'importance:high -answer:declined',
    );
    expect(desk.settings.now.filter).toBe('importance:high');
  });

  test('it survives a restart', async () => {
    const { desk } = await deskOver({ preferences: { filter: 'has:teams' } });
    expect(desk.filter).toBe('has:teams');
  });
});

test('preferences are stored soon, once, and only what differs from the defaults', async () => {
  const { desk, client } = await deskOver();
  desk.zoom(1);
  desk.zoom(1);
  await vi.waitFor(() => {
    const stored = client.calls.filter((call) => call.command === 'setPreferences');
    expect(stored.map((call) => call.args)).toEqual([['{"hourHeight":88}']]);
  });
  expect(DEFAULTS.hourHeight).toBe(48);
});

describe('past midnight', () => {
  test('what held today goes on to the new day, and keeps following', async () => {
    const { desk } = await deskOver({ preferences: { view: 'day' } });
    desk.followToday(CLOCK.day + 1);
    desk.followToday(CLOCK.day + 2);
    expect(desk.period).toEqual({ fromDay: CLOCK.day + 2, days: 1 });
    expect(desk.settings.now.day).toBeNull();
  });

  test('other days stay, as does an event that somebody reads', async () => {
    const { desk } = await deskOver();
    desk.step(1);
    desk.followToday(CLOCK.day + 21);
    expect(desk.period?.fromDay).toBe(MONDAY + 7);
    desk.step(-1);
    desk.open('anything', document.createElement('button'));
    desk.followToday(CLOCK.day + 21);
    expect(desk.period?.fromDay).toBe(MONDAY);
  });
});

test('of several answers about an open event the one asked for last counts', async () => {
  const { desk, client } = await deskOver();
  const id = sampleOccurrences()[0]?.id ?? '';
  const real = await client.details(id, desk.zone);
  const answers: ((view: typeof real) => void)[] = [];
  vi.spyOn(client, 'details').mockImplementation(() => new Promise((done) => answers.push(done)));
  desk.open(id, document.createElement('button'));
  desk.checkSelection(true);
  answers[1]?.({ ...real, calendarName: 'new' });
  answers[0]?.({ ...real, calendarName: 'old' });
  await vi.waitFor(() => expect(desk.selection.details?.calendarName).toBe('new'));
  await Promise.resolve();
  expect(desk.selection.details?.calendarName).toBe('new');
});

test('zooming ends at the smallest and the largest height', async () => {
  const { desk } = await deskOver();
  for (let step = 0; step < 20; step += 1) desk.zoom(-1);
  expect(desk.settings.now.hourHeight).toBe(32);
});

describe('the bar', () => {
  test('names what is on whatever the view and the filter, until it is dismissed', async () => {
    const { desk } = await deskOver();
    desk.today.show({ fromDay: CLOCK.day - 1, days: 3 });
    desk.setFilter('category:Nothing');
    desk.step(1);
    await vi.waitFor(() => expect(desk.upNext?.lead[0]?.title).toBe('Design review'));
    desk.dismiss(desk.upNext?.lead[0]?.id ?? '');
    flushSync();
    expect(desk.upNext?.lead[0]?.title).toBe('Sprint planning');
  });
});

test('a keyless Join says why it does nothing', async () => {
  const { desk } = await deskOver({ occurrences: [] });
  desk.run('join');
  expect(desk.session.notice?.message).toContain('no meeting');
});
