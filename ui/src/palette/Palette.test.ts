import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { dayOf } from '../calendar/layout/months';
import { CLOCK, sampleAccounts, sampleOccurrences } from '../ipc/fake-data';
import { show } from '../shared/testing/provided';
import Palette from './Palette.svelte';
import { recent } from './recent';

type Options = Parameters<typeof show>[1];

beforeEach(() => recent.forget());

const field = () => screen.findByRole<HTMLInputElement>('combobox', { name: 'Commands' });
const options = () => screen.queryAllByRole('option');
const names = () => options().map((one) => one.querySelector('.title')?.textContent);
const press = async (key: string) => fireEvent.keyDown(await field(), { key });

async function showPalette(more: Options = {}) {
  const shown = await show(Palette, { sheet: { kind: 'palette' }, ...more });
  const ran: string[] = [];
  shown.desk.run = (command) => void ran.push(command);
  return { ...shown, ran };
}

async function type(text: string) {
  await fireEvent.input(await field(), { target: { value: text } });
}

/** Types, waits for an entry and chooses it. */
async function choose(text: string, title: string) {
  await type(text);
  const option = await waitFor(() => {
    const found = options()[names().indexOf(title)];
    if (found === undefined) throw new Error(`no ${title}`);
    return found;
  });
  await fireEvent.click(option);
}

describe('before anything is typed', () => {
  test('commands stand under headings, with their keys', async () => {
    await showPalette({ preferences: { keys: { today: 'h' } } });
    const list = await screen.findByRole('listbox');
    const groups = within(list).getAllByRole('group');
    expect(groups.map((one) => one.querySelector('.heading')?.textContent)).toEqual([
      'Go',
      'Views',
      'Events',
      'Find',
      'Dayline',
    ]);
    const keys = (name: string) =>
      [...screen.getByRole('option', { name: new RegExp(`^${name}`) }).querySelectorAll('kbd')].map(
        (one) => one.textContent,
      );
    expect(keys('Go to today')).toEqual(['H']);
    expect(keys('Settings…')).toEqual(['Ctrl', ',']);
    expect(names()).not.toContain('All commands…');
    expect(names()).not.toContain('Back one step');
  });

  test('what was used last leads', async () => {
    const { desk } = await showPalette();
    await choose('sync', 'Sync now');
    await waitFor(() => expect(desk.sheet).toBeNull());
    await type('');
    await waitFor(() => expect(names()[0]).toBe('Sync now'));
    expect(screen.getByText('Used last')).toBeTruthy();
    expect(names().filter((one) => one === 'Sync now')).toHaveLength(1);
  });
});

describe('running', () => {
  test('Enter runs the best one once the palette is closed', async () => {
    const { desk, ran } = await showPalette();
    await type('work we');
    await waitFor(() => expect(names()[0]).toBe('Work week'));
    await press('Enter');
    expect(desk.sheet).toBeNull();
    await waitFor(() => expect(ran).toEqual(['view-work-week']));
  });

  test('keys move, and the focus stays in the field', async () => {
    const { ran } = await showPalette();
    const input = await field();
    await press('ArrowDown');
    await press('ArrowDown');
    expect(input.getAttribute('aria-activedescendant')).toBe(options()[2]?.id);
    await press('Home');
    await press('End');
    expect(input.getAttribute('aria-activedescendant')).toBe(options().at(-1)?.id);
    expect(document.activeElement).toBe(input);
    await press('Enter');
    await waitFor(() => expect(ran).toEqual(['help']));
  });

  test('Esc empties the field, then closes', async () => {
    const { desk } = await showPalette();
    await type('week');
    await press('Escape');
    expect((await field()).value).toBe('');
    expect(desk.sheet).not.toBeNull();
    await press('Escape');
    expect(desk.sheet).toBeNull();
  });
});

test('a calendar is shown, hidden, or shown alone', async () => {
  const { called } = await showPalette();
  await choose('hide family', 'Hide Family');
  await waitFor(() => expect(called('setCalendarsVisible')).toEqual([[[], ['go/Family']]]));
  await choose('family', 'Show Family');
  await waitFor(() => expect(called('setCalendarsVisible')).toHaveLength(2));
  await choose('only personal', 'Show only Personal');
  await waitFor(() => expect(called('setCalendarsVisible')).toHaveLength(3));
  const [, , only] = called('setCalendarsVisible');
  expect(only).toEqual([[], expect.arrayContaining(['ms/Calendar', 'go/Family'])]);
});

test('a saved view filters, a page of the settings opens, an account syncs', async () => {
  const savedViews = [{ name: 'Client A', filter: 'category:"Client A"', shortcut: '2' }];
  const { desk, called } = await showPalette({ savedViews });
  await choose('client', 'Client A');
  await waitFor(() => expect(desk.filter).toBe('category:"Client A"'));
  await choose('appear', 'Settings: Appearance');
  await waitFor(() => expect(desk.sheet).toEqual({ kind: 'settings', page: 'appearance' }));
  await choose('sync ada@contoso', 'Sync ada@contoso.com');
  await waitFor(() => expect(called('syncNow')).toEqual([['ms']]));
});

test.each([
  ['next friday', CLOCK.day + 7],
  ['14 march', dayOf(2026, 3, 14)],
  ['tomorrow', CLOCK.day + 1],
])('“%s” is a date to go to, before anything else', async (typed, day) => {
  const { desk } = await showPalette();
  await type(typed);
  await waitFor(() => expect(names()[0]).toMatch(/ 202[67]$/));
  await press('Enter');
  await waitFor(() => expect(desk.day).toBe(day));
});

test('events are found after two letters, and opened in their place', async () => {
  const { desk, called } = await showPalette();
  await type('d');
  await type('de');
  const found = await screen.findByRole('option', { name: /^Dentist Mon,? 16 Nov/ });
  expect(called('search').map(([query]) => query)).toEqual([
    { text: 'de', zone: 'Europe/Berlin', limit: 8 },
  ]);
  let opened: unknown[] = [];
  desk.openInPlace = (...args) => {
    opened = args;
    return Promise.resolve();
  };
  await fireEvent.click(found);
  const dentist = sampleOccurrences().find((one) => one.title === 'Dentist');
  await waitFor(() => expect(opened).toEqual([dentist?.id, dentist?.day]));
});

test('says that nothing is called so', async () => {
  await showPalette();
  await type('zqzq');
  expect(await screen.findByText('Nothing is called “zqzq”.')).toBeTruthy();
});

test('300 calendars with names without end take their place and no more', async () => {
  const accounts = sampleAccounts().map((account) => ({
    ...account,
    calendars: account.calendars.slice(0, 1).flatMap((calendar) =>
      Array.from({ length: 150 }, (_, nth) => ({
        ...calendar,
        id: `${account.id}/${nth}`,
        name: `Team ${nth} ${'x'.repeat(5000)}`,
      })),
    ),
  }));
  await showPalette({ accounts });
  await type('team');
  await waitFor(() => expect(screen.getByText('Calendars')).toBeTruthy());
  expect(options().length).toBeLessThan(20);
  expect(options().every((one) => (one.textContent ?? '').length < 400)).toBe(true);
});
