import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import App from '../App.svelte';
import type { OccurrenceView } from '../ipc/client';
import { fakeClient, type FakeOptions } from '../ipc/fake';
import { NOW, sampleOccurrences, timed } from '../ipc/fake-data';
import { built } from '../shared/testing/built';

const planning = (day: number, id: string, more: Partial<OccurrenceView> = {}) =>
  timed('ms/Platform team', 'Sprint planning', day, '11:30', '12:30', {
    id,
    recurring: true,
    ...more,
  });

/** The sample week, in which the planning stands in two calendars, and some of its series. */
function occurrences(): OccurrenceView[] {
  const week = sampleOccurrences().map((one) =>
    one.title === 'Sprint planning'
      ? { ...one, copies: [{ id: 'copy', calendarId: 'go/Personal', color: '#16a765' }] }
      : one,
  );
  // The fake merges nothing: what the copy opens stands in other days.
  const copy = timed('go/Personal', 'Sprint planning', 900, '11:30', '12:30', { id: 'copy' });
  return [
    planning(-10, 'before', { status: 'cancelled' }),
    ...week,
    planning(18, 'after'),
    copy,
  ].sort((a, b) => a.day - b.day);
}

async function open(options: FakeOptions = {}, title = 'Sprint planning') {
  const client = fakeClient({ occurrences: occurrences(), ...options });
  render(App, { props: { client, now: () => NOW, locale: 'en-GB' } });
  const button = await screen.findByRole('button', { name: new RegExp(`^${title},`) });
  await built();
  await fireEvent.click(button);
  const panel = within(await screen.findByTestId('details'));
  await panel.findByRole('heading', { name: title });
  const called = (command: string) =>
    client.calls.filter((call) => call.command === command).map((call) => call.args);
  return { client, panel, called };
}

const disclosure = (panel: ReturnType<typeof within>, name: RegExp) =>
  panel.findByRole('button', { name });

test('a meeting in two calendars says both, and the other opens where this one stands', async () => {
  const { panel, called } = await open();
  expect(
    screen.getByRole('dialog', { name: /, in Platform team and Personal, accepted/ }),
  ).toBeTruthy();
  expect(panel.getByText('Also in')).toBeTruthy();
  await fireEvent.click(panel.getByRole('button', { name: /^Personal\s*ada.l@gmail.com$/ }));
  await waitFor(() => expect(called('details').at(-1)).toEqual(['copy', 'Europe/Berlin']));
  await waitFor(() => expect(panel.getByText('ada.l@gmail.com')).toBeTruthy());
  expect(panel.queryByText('Also in')).toBeNull();
});

test('the details of the event before stay until the next are here, and cannot be pressed', async () => {
  const { client, panel } = await open();
  client.details = () => new Promise(() => {});
  await fireEvent.click(screen.getByRole('button', { name: /^Dentist,/ }));
  expect(screen.getByTestId('details').getAttribute('aria-busy')).toBe('true');
  expect(panel.getByRole('heading', { name: 'Sprint planning', hidden: true })).toBeTruthy();
  expect(screen.getByTestId('details').querySelector('[inert]')).toBeTruthy();
  await panel.findByText('Reading…');
  expect(panel.queryByRole('heading', { name: 'Sprint planning', hidden: true })).toBeNull();
});

test('series and history are counted when the details stand, and folded', async () => {
  const { panel, called } = await open();
  const series = await disclosure(panel, /^Series\s*3 other events$/);
  const history = await disclosure(panel, /^History\s*0 changes$/);
  expect(series.getAttribute('aria-expanded')).toBe('false');
  expect(history.getAttribute('aria-expanded')).toBe('false');
  expect(called('thread')[0]?.slice(1)).toEqual(['Europe/Berlin', 7]);
});

test('what changed is told in words, with when', async () => {
  const { panel } = await open({ occurrences: sampleOccurrences() });
  await fireEvent.click(await disclosure(panel, /^History\s*1 change$/));
  const told = within(panel.getByRole('region', { name: 'History' }));
  expect(told.getByText('Moved from 10:00 – 11:00 to 11:30 – 12:30')).toBeTruthy();
  expect(told.getByText(/4 min ago/)).toBeTruthy();
});

test('another event of the series opens in its place', async () => {
  const { panel, called } = await open();
  await fireEvent.click(await disclosure(panel, /^Series/));
  const all = within(panel.getByRole('region', { name: 'Series' }));
  const buttons = await all.findAllByRole<HTMLButtonElement>('button');
  expect(buttons.map((button) => button.textContent.trim().replace(/\s+/g, ' '))).toEqual([
    'Friday 6 November · 11:30 – 12:30 cancelled',
    'Friday 20 November · 11:30 – 12:30 this one',
    'Friday 4 December · 11:30 – 12:30',
    'Friday, 4 May 2029 · 11:30 – 12:30',
  ]);
  expect(buttons[1]?.disabled).toBe(true);
  await fireEvent.click(buttons[2] ?? document.body);
  await waitFor(() => expect(called('details').at(-1)).toEqual(['after', 'Europe/Berlin']));
  await screen.findByRole('dialog', { name: /^Sprint planning, Friday 4 December/ });
});

test('more of a long series comes on demand', async () => {
  const many = Array.from({ length: 20 }, (_, week) => planning(32 + 14 * week, `later-${week}`));
  const { panel, called } = await open({ occurrences: [...occurrences(), ...many] });
  await fireEvent.click(await disclosure(panel, /^Series/));
  await fireEvent.click(await panel.findByRole('button', { name: 'Show 17 more' }));
  expect(called('thread').at(-1)?.[2]).toBe(60);
  await waitFor(() =>
    expect(
      within(panel.getByRole('region', { name: 'Series' })).getAllByRole('listitem'),
    ).toHaveLength(24),
  );
});

test('an event by itself has no series, and says that nothing has changed', async () => {
  const { panel } = await open({}, 'Dentist');
  const history = await disclosure(panel, /^History\s*0 changes$/);
  expect(panel.queryByRole('button', { name: /^Series/ })).toBeNull();
  await fireEvent.click(history);
  expect(panel.getByText('Nothing has changed since Dayline knows it.')).toBeTruthy();
});

test('what cannot be read says so, and can be tried again', async () => {
  const message = 'The disk cannot be read.';
  const { client, panel } = await open({ failing: { thread: { code: 'disk', message } } });
  await fireEvent.click(await disclosure(panel, /^Series/));
  const alert = within(await panel.findByRole('alert'));
  expect(
    alert.getByText(/The other events could not be read. The disk cannot be read./),
  ).toBeTruthy();
  client.fail('thread', null);
  await fireEvent.click(alert.getByRole('button', { name: 'Try again' }));
  await panel.findByText(/^Friday 6 November/);
  expect(panel.queryByRole('alert')).toBeNull();
});

test('each number is copied by a button of its own', async () => {
  const copied: string[] = [];
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: (text: string) => Promise.resolve(void copied.push(text)) },
  });
  const { panel } = await open();
  for (const name of [
    'Copy the meeting ID',
    'Copy the passcode',
    'Copy the phone number',
    'Copy the ID for the phone',
  ]) {
    await fireEvent.click(panel.getByRole('button', { name }));
  }
  await waitFor(() => expect(panel.getAllByText('Copied')).toHaveLength(4));
  expect(copied).toEqual(['227 921 734 315', 'Wi6P69', '+49 69 1234 5678', '766 918 553#']);
});

test.each([
  ['Design review', 'until 11:00', true],
  ['Sprint planning', 'in 52 min', true],
  ['Client A weekly', 'over', false],
  ['Old roadmap review', null, false],
])('Join of %s: %s', async (title, said, isPrimary) => {
  const { panel } = await open({}, title);
  const join = panel.getByTestId('details-join');
  expect(join.classList.contains('primary')).toBe(isPrimary);
  if (said !== null) expect(panel.getByText(said)).toBeTruthy();
});
