import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Client, SearchQuery, SearchResults } from '../ipc/client';
import { fakeClient } from '../ipc/fake';
import { ZONE } from '../ipc/fake-data';
import { Search } from './search.svelte';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const found = (moreCount = 0, indexing = 0): SearchResults => ({
  items: [],
  more: moreCount > 0,
  moreCount,
  indexing,
});

/** A search whose answers come when the test says so. */
function start() {
  const waiting: {
    query: SearchQuery;
    answer: (results: SearchResults) => void;
    fail: () => void;
  }[] = [];
  const client: Client = {
    ...fakeClient(),
    search: (query) =>
      new Promise((resolve, reject) => {
        waiting.push({ query, answer: resolve, fail: () => reject(new Error('no')) });
      }),
  };
  const search = new Search(client, () => ZONE, 60);
  const asked = (): string[] => waiting.map(({ query }) => query.text);
  const settle = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
  return { search, waiting, asked, settle };
}

test('asks once typing stops for a moment, in the zone shown and for no more than fit', async () => {
  const { search, waiting, asked, settle } = start();
  for (const text of ['s', 'sp', 'spr ']) {
    search.type(text);
    await settle(50);
  }
  expect(asked()).toEqual([]);
  await settle(30);
  expect(asked()).toEqual(['spr']);
  expect(waiting[0]?.query).toEqual({ text: 'spr', zone: ZONE, limit: 60 });
  search.type(' spr');
  await settle(200);
  expect(asked()).toEqual(['spr']);
});

test('the last answer wins, and what was found stays until then', async () => {
  const { search, waiting, settle } = start();
  search.type('a');
  await settle(80);
  waiting[0]?.answer(found(1));
  await settle(0);
  search.type('ab');
  await settle(80);
  search.type('abc');
  await settle(80);
  expect(search.results?.moreCount).toBe(1);
  expect(search.answered).toBe('a');
  waiting[2]?.answer(found(3));
  await settle(0);
  waiting[1]?.answer(found(2));
  await settle(0);
  expect(search.results?.moreCount).toBe(3);
  expect(search.answered).toBe('abc');
});

test('says that it waits only when that takes long', async () => {
  const { search, waiting, settle } = start();
  search.type('a');
  await settle(80 + 299);
  expect(search.slow).toBe(false);
  await settle(1);
  expect(search.slow).toBe(true);
  waiting[0]?.answer(found());
  await settle(0);
  expect(search.slow).toBe(false);
});

test('an empty field has found nothing, whatever still comes', async () => {
  const { search, waiting, settle } = start();
  search.type('a');
  await settle(80);
  search.type('  ');
  waiting[0]?.answer(found(1));
  await settle(100);
  expect(search.results).toBeNull();
  expect(search.answered).toBe('');
  expect(search.slow).toBe(false);
});

test('what failed can be asked again', async () => {
  const { search, waiting, asked, settle } = start();
  search.type('a');
  await settle(80);
  waiting[0]?.fail();
  await settle(0);
  expect(search.failure?.code).toBe('internal');
  search.retry();
  expect(asked()).toEqual(['a', 'a']);
  waiting[1]?.answer(found(1));
  await settle(0);
  expect(search.failure).toBeNull();
  expect(search.results?.moreCount).toBe(1);
});

test('while events are being indexed it asks again by itself, until it is stopped', async () => {
  const { search, waiting, asked, settle } = start();
  search.type('a');
  await settle(80);
  waiting[0]?.answer(found(0, 500));
  await settle(2000);
  expect(asked()).toEqual(['a', 'a']);
  waiting[1]?.answer(found(0, 100));
  await settle(100);
  search.stop();
  await settle(5000);
  expect(asked()).toEqual(['a', 'a']);
});
