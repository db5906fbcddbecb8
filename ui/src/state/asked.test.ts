import { expect, test, vi } from 'vitest';
import { IpcFailure } from '../ipc/client';
import { Asked } from './asked.svelte';

test('of two questions the last one counts, whichever is answered first', async () => {
  const answers: ((value: string) => void)[] = [];
  const asked = new Asked(() => new Promise<string>((answer) => answers.push(answer)));
  const [first, second] = [asked.ask(), asked.ask()];
  answers[1]?.('second');
  await second;
  answers[0]?.('first');
  await first;
  expect(asked.value).toBe('second');
});

test('an answer stays when the next question fails, and the failure is said', async () => {
  const error = { code: 'disk', remedy: 'try_again', message: 'No.', retryAfterMs: null } as const;
  const question = vi.fn(() => Promise.resolve(1));
  const asked = new Asked(question);
  await asked.ask();
  question.mockRejectedValueOnce(new IpcFailure(error));
  await asked.ask();
  expect([asked.value, asked.failure?.message]).toEqual([1, 'No.']);
  await asked.ask();
  expect(asked.failure).toBeNull();
});

test('waiting is worth a word only after a while, and only where nothing is shown', async () => {
  vi.useFakeTimers();
  const answers: ((value: number) => void)[] = [];
  const asked = new Asked(() => new Promise<number>((answer) => answers.push(answer)));
  const first = asked.ask();
  await vi.advanceTimersByTimeAsync(299);
  expect(asked.slow).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked.slow).toBe(true);
  answers[0]?.(1);
  await first;
  expect(asked.slow).toBe(false);
  const second = asked.ask();
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked.slow).toBe(false);
  answers[1]?.(2);
  await second;
  vi.useRealTimers();
});
