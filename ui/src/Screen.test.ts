import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import App from './App.svelte';
import type { FakeOptions } from './ipc/fake';
import { fakeClient } from './ipc/fake';
import { MONDAY, NOW } from './ipc/fake-data';
import { built } from './shared/testing/built';

async function showWeek(options: FakeOptions = {}) {
  const client = fakeClient(options);
  render(App, { props: { client, now: () => NOW, locale: 'en-GB' } });
  await screen.findAllByTestId('event');
  await built();
  const called = (command: string) =>
    client.calls.filter((call) => call.command === command).map((call) => call.args);
  return { client, called };
}

const synced = { fromDay: MONDAY, toDay: MONDAY + 13 };
const status = () => screen.getByTestId('status').textContent;

test('days that are not synced are fetched, with progress, and asked again when they came', async () => {
  const { client, called } = await showWeek({ synced, silent: ['visitDays'] });
  for (let week = 0; week < 4; week += 1) await fireEvent.click(screen.getByTestId('next'));
  await waitFor(() => expect(called('visitDays')).toEqual([[MONDAY + 28, 7]]));
  const line = await screen.findByRole('progressbar', { name: 'Fetching December 2026' });
  expect(status()).toContain('Fetching December 2026…');
  expect(line.getAttribute('aria-valuenow')).toBe('0');
  client.tell('visiting', { fromDay: MONDAY + 28, days: 7, done: 3, total: 4 });
  await waitFor(() => expect(line.getAttribute('aria-valuenow')).toBe('75'));
  expect(screen.queryByText('Nothing in this week.')).toBeNull();
  await fireEvent.click(screen.getByTestId('today'));
  await waitFor(() => expect(called('cancelVisit')).toHaveLength(1));
  await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
  expect(status()).toContain('Up to date');
});

test('what came is shown without a word', async () => {
  const { called } = await showWeek({ synced });
  await fireEvent.click(screen.getByTestId('previous'));
  await waitFor(() => expect(called('visitDays')).toEqual([[MONDAY - 7, 7]]));
  await screen.findByText('Nothing in this week.');
  expect(screen.queryByTestId('visit-problem')).toBeNull();
});

test('offline says what is shown, and Retry asks again', async () => {
  const problem = {
    account: 'ada.l@gmail.com',
    code: 'offline' as const,
    message: 'The calendar service cannot be reached.',
  };
  const { called } = await showWeek({ synced, visit: { fetched: false, problems: [problem] } });
  await fireEvent.click(screen.getByTestId('previous'));
  const note = await screen.findByTestId('visit-problem');
  expect(note.getAttribute('role')).toBe('status');
  expect(note.textContent).toContain(
    'Offline. Showing what repeats; other events of these days come when Google can be reached.',
  );
  await fireEvent.click(screen.getByRole('button', { name: 'Retry' }));
  await waitFor(() => expect(called('visitDays')).toHaveLength(2));
  await screen.findByTestId('visit-problem');
});

test('G goes to a date, and only to one that exists', async () => {
  await showWeek();
  await fireEvent.keyDown(document.body, { key: 'g' });
  const field = await screen.findByRole('textbox', { name: 'Date' });
  await fireEvent.input(field, { target: { value: '31 June 2019' } });
  expect(screen.getByText('This is not a date that Dayline understands.')).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Go' }).disabled).toBe(true);
  await fireEvent.input(field, { target: { value: '14 June 2019' } });
  expect(screen.getByText('Friday, 14 June 2019', { exact: false })).toBeTruthy();
  await fireEvent.submit(field);
  await screen.findByRole('heading', { name: /^10\D+16 June 2019$/ });
  expect(screen.queryByRole('textbox')).toBeNull();
});

test('the button beside the title opens the same', async () => {
  await showWeek();
  await fireEvent.click(screen.getByRole('button', { name: 'Go to a date' }));
  expect(await screen.findByRole('textbox', { name: 'Date' })).toBeTruthy();
});

test('a filter that is being typed outlives another setting that changes', async () => {
  const { called } = await showWeek();
  const field = screen.getByTestId<HTMLInputElement>('filter-text');
  await fireEvent.input(field, { target: { value: 'importance:high' } });
  await fireEvent.keyDown(document.body, { key: 'd' });
  expect(field.value).toBe('importance:high');
  await fireEvent.keyDown(field, { key: 'Enter' });
  await fireEvent.keyDown(document.body, { key: 'w' });
  await waitFor(() =>
    expect(called('range').at(-1)).toMatchObject([{ filter: 'importance:high' }]),
  );
});
