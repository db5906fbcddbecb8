import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { VisitProblem, VisitReport } from '../ipc/client';
import { fakeClient, type FakeClient } from '../ipc/fake';
import { Visits } from './visits.svelte';

const JUNE_2019 = 18_050;
const OFFLINE: VisitProblem = {
  account: 'ada.l@gmail.com',
  code: 'offline',
  message: 'The calendar service cannot be reached.',
};

describe('Visits', () => {
  let client: FakeClient;
  let visits: Visits;
  let stop: () => void;
  let answers: ((report: VisitReport | null) => void)[];
  const called = (command: string) =>
    client.calls.filter((call) => call.command === command).map((call) => call.args);
  const answer = (which: number, report: VisitReport | null) => {
    answers[which]?.(report);
    return vi.advanceTimersByTimeAsync(0);
  };

  beforeEach(() => {
    vi.useFakeTimers();
    client = fakeClient();
    answers = [];
    const asked = vi.spyOn(client, 'visitDays');
    asked.mockImplementation((...args) => {
      client.calls.push({ command: 'visitDays', args });
      return new Promise((done) => answers.push(done));
    });
    visits = new Visits(client);
    stop = visits.start();
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
  });

  test('days are asked for once they have been shown for 150 ms', async () => {
    visits.show({ fromDay: JUNE_2019, days: 7 }, true);
    await vi.advanceTimersByTimeAsync(149);
    expect(called('visitDays')).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(called('visitDays')).toEqual([[JUNE_2019, 7]]);
  });

  test('whoever steps on asks for the last days only', async () => {
    for (let week = 0; week < 10; week += 1) {
      visits.show({ fromDay: JUNE_2019 + week * 7, days: 7 }, null);
      visits.show({ fromDay: JUNE_2019 + week * 7, days: 7 }, true);
      await vi.advanceTimersByTimeAsync(100);
    }
    await vi.advanceTimersByTimeAsync(150);
    expect(called('visitDays')).toEqual([[JUNE_2019 + 63, 7]]);
  });

  test('days that are synced are never asked for', async () => {
    visits.show({ fromDay: JUNE_2019, days: 7 }, false);
    await vi.advanceTimersByTimeAsync(1000);
    expect(called('visitDays')).toEqual([]);
  });

  test('leaving gives a running visit up, and its answer is of no interest', async () => {
    visits.show({ fromDay: JUNE_2019, days: 7 }, true);
    await vi.advanceTimersByTimeAsync(150);
    visits.show({ fromDay: JUNE_2019 + 7, days: 7 }, null);
    expect(called('cancelVisit')).toEqual([[]]);
    await answer(0, { fetched: false, problems: [OFFLINE] });
    expect([visits.phase, visits.problems]).toEqual(['none', []]);
  });

  test('leaving before anything was asked costs no call', () => {
    visits.show({ fromDay: JUNE_2019, days: 7 }, true);
    visits.show({ fromDay: JUNE_2019 + 7, days: 7 }, null);
    expect(called('cancelVisit')).toEqual([]);
  });

  test('progress counts for the days shown, and never runs backwards', async () => {
    visits.show({ fromDay: JUNE_2019, days: 7 }, true);
    await vi.advanceTimersByTimeAsync(150);
    const tell = (fromDay: number, done: number, total: number) =>
      client.tell('visiting', { fromDay, days: 7, done, total });
    tell(JUNE_2019 + 7, 4, 4);
    tell(JUNE_2019, 0, 0);
    expect(visits.part).toBe(0);
    tell(JUNE_2019, 1, 2);
    tell(JUNE_2019, 1, 4);
    expect(visits.part).toBe(0.5);
    tell(JUNE_2019, 4, 4);
    expect(visits.part).toBe(1);
  });

  test('what is over within 300 ms is never shown', async () => {
    visits.show({ fromDay: JUNE_2019, days: 7 }, true);
    await vi.advanceTimersByTimeAsync(150 + 299);
    expect(visits.slow).toBe(false);
    await answer(0, { fetched: true, problems: [] });
    await vi.advanceTimersByTimeAsync(1000);
    expect([visits.slow, visits.phase]).toEqual([false, 'ended']);
  });

  test('what takes longer is shown until it ends', async () => {
    visits.show({ fromDay: JUNE_2019, days: 7 }, true);
    await vi.advanceTimersByTimeAsync(150 + 300);
    expect(visits.slow).toBe(true);
    await answer(0, { fetched: true, problems: [] });
    expect(visits.slow).toBe(false);
  });

  test('problems stay until a retry, which asks at once; days that stay open are not asked again', async () => {
    visits.show({ fromDay: JUNE_2019, days: 7 }, true);
    await vi.advanceTimersByTimeAsync(150);
    await answer(0, { fetched: false, problems: [OFFLINE] });
    expect(visits.problems).toEqual([OFFLINE]);
    visits.show({ fromDay: JUNE_2019, days: 7 }, true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(called('visitDays')).toHaveLength(1);
    visits.retry();
    expect(visits.problems).toEqual([]);
    expect(called('visitDays')).toHaveLength(2);
  });

  test('problems go when the days are synced after all', async () => {
    visits.show({ fromDay: JUNE_2019, days: 7 }, true);
    await vi.advanceTimersByTimeAsync(150);
    await answer(0, { fetched: false, problems: [OFFLINE] });
    visits.show({ fromDay: JUNE_2019, days: 7 }, false);
    expect([visits.phase, visits.problems]).toEqual(['none', []]);
  });

  test('days that come while the visit still runs do not give it up', async () => {
    visits.show({ fromDay: JUNE_2019, days: 7 }, true);
    await vi.advanceTimersByTimeAsync(150);
    visits.show({ fromDay: JUNE_2019, days: 7 }, false);
    expect([visits.phase, called('cancelVisit')]).toEqual(['asking', []]);
  });

  test('a visit that cannot be made says why', async () => {
    vi.spyOn(client, 'visitDays').mockRejectedValue(new Error('no engine'));
    visits.show({ fromDay: JUNE_2019, days: 7 }, true);
    await vi.advanceTimersByTimeAsync(150);
    expect(visits.problems).toHaveLength(1);
  });

  test('closing the week gives the visit up', async () => {
    visits.show({ fromDay: JUNE_2019, days: 7 }, true);
    await vi.advanceTimersByTimeAsync(150);
    stop();
    expect(called('cancelVisit')).toEqual([[]]);
  });
});
