import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import App from '../App.svelte';
import type { AccountView, SavedView } from '../ipc/client';
import { fakeClient, type FakeOptions } from '../ipc/fake';
import { NOW, pushing, sampleAccounts, sampleOccurrences } from '../ipc/fake-data';
import { built } from '../shared/testing/built';
import { sampleChanges } from '../ipc/fake-reports';
import { words } from '../words';

const VIEWS: SavedView[] = [
  { name: 'High', filter: 'importance:high', shortcut: '1' },
  { name: 'Client A', filter: 'category:"Client A"', shortcut: '2' },
];

async function show(options: FakeOptions = {}) {
  const client = fakeClient(options);
  render(App, { props: { client, now: () => NOW, locale: 'en-GB' } });
  await screen.findAllByTestId('event');
  await built();
  const called = (command: string) =>
    client.calls.filter((call) => call.command === command).map((call) => call.args);
  const stored = async (): Promise<Record<string, unknown>> => {
    await waitFor(() => expect(called('setPreferences')).not.toHaveLength(0));
    return JSON.parse(String(called('setPreferences').at(-1)?.[0])) as Record<string, unknown>;
  };
  return { client, called, stored };
}

const sidebar = () => within(screen.getByRole('navigation', { name: 'Calendars' }));
const list = (name: string) => sidebar().getByRole('toolbar', { name: `Calendars of ${name}` });
const names = (name: string): string[] =>
  within(list(name))
    .getAllByRole('checkbox')
    .map((box) => box.closest('label')?.textContent.trim() ?? '');
const box = (name: string) => sidebar().getByRole<HTMLInputElement>('checkbox', { name });
const shown = () =>
  sidebar()
    .getAllByRole<HTMLInputElement>('checkbox')
    .filter((one) => one.checked)
    .map((one) => one.closest('label')?.textContent.trim());

/** An entry of the open menu, whether it does something, chooses or switches. */
function entry(label: string): HTMLElement {
  const all = Array.from(
    screen.getByRole('menu').querySelectorAll<HTMLElement>('[role^="menuitem"]'),
  );
  const found = all.find((one) => one.textContent.trim() === label);
  if (found === undefined) throw new Error(`the menu has no ${label}`);
  return found;
}

/** Chooses from the menu of something in the sidebar, page by page. */
async function choose(name: string, ...labels: string[]) {
  await fireEvent.click(sidebar().getByRole('button', { name: `Options for ${name}` }));
  for (const label of labels) {
    await fireEvent.click(await waitFor(() => entry(label)));
  }
}

describe('order', () => {
  test('Alt with an arrow moves a calendar, says where it is, and keeps the focus', async () => {
    const { stored } = await show();
    box('Calendar').focus();
    await fireEvent.keyDown(box('Calendar'), { key: 'ArrowDown', altKey: true });
    await waitFor(() =>
      expect(names('ada@contoso.com')).toEqual(['Platform team', 'Calendar', 'Grace Hopper']),
    );
    expect(sidebar().getByText('Calendar, 2 of 3').getAttribute('role')).toBe('status');
    expect(document.activeElement).toBe(box('Calendar'));
    expect((await stored()).calendarOrder).toEqual([
      'ms/Platform team',
      'ms/Calendar',
      'ms/Grace Hopper',
      'go/Personal',
      'go/Family',
      'go/Holidays',
    ]);
  });

  test('at the end it says so and stays', async () => {
    await show();
    await fireEvent.keyDown(box('Calendar'), { key: 'ArrowUp', altKey: true });
    expect(sidebar().getByText('Calendar is the first already')).toBeTruthy();
    expect(names('ada@contoso.com')[0]).toBe('Calendar');
  });

  test('the menu moves too, and offers no move beyond the ends', async () => {
    await show();
    await choose('Family', 'Move up');
    await waitFor(() =>
      expect(names('ada.l@gmail.com')).toEqual(['Family', 'Personal', 'Holidays']),
    );
    await fireEvent.click(sidebar().getByRole('button', { name: 'Options for Family' }));
    const up = await screen.findByRole('menuitem', { name: 'Move up' });
    expect(up.getAttribute('aria-disabled')).toBe('true');
    await fireEvent.click(up);
    expect(screen.getByRole('menu')).toBeTruthy();
  });

  test('each list has one tab stop, and arrows walk over all of them', async () => {
    await show();
    const stops = sidebar()
      .getAllByRole<HTMLInputElement>('checkbox')
      .filter((one) => one.tabIndex === 0);
    expect(stops).toHaveLength(2);
    box('Grace Hopper').focus();
    await fireEvent.keyDown(box('Grace Hopper'), { key: 'ArrowDown' });
    expect(document.activeElement).toBe(box('Personal'));
    await fireEvent.keyDown(box('Personal'), { key: 'ArrowRight' });
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Options for Personal');
    await fireEvent.keyDown(document.activeElement ?? document.body, { key: 'End' });
    expect(document.activeElement).toBe(box('Holidays'));
  });
});

describe('groups', () => {
  test('a group is made from a menu, named, and holds the calendar above the accounts', async () => {
    const { stored } = await show();
    await choose('Family', 'Move to group', 'New group…');
    const field = await screen.findByRole('textbox', { name: 'Name of the group' });
    expect(document.activeElement).toBe(field);
    await fireEvent.input(field, { target: { value: ' Home ' } });
    await fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() => expect(names('Home')).toEqual(['Family']));
    await choose('Platform team', 'Move to group', 'Home');
    await waitFor(() => expect(names('Home')).toEqual(['Family', 'Platform team']));
    expect(sidebar().getByText('Platform team is in Home now')).toBeTruthy();
    expect((await stored()).groups).toEqual([
      { name: 'Home', calendarIds: ['go/Family', 'ms/Platform team'] },
    ]);
  });

  test('Esc makes none, and a calendar goes back to its account', async () => {
    await show({ preferences: { groups: [{ name: 'Work', calendarIds: ['ms/Calendar'] }] } });
    await fireEvent.click(sidebar().getByTestId('new-group'));
    const field = await screen.findByRole('textbox', { name: 'Name of the group' });
    await fireEvent.input(field, { target: { value: 'No' } });
    await fireEvent.keyDown(field, { key: 'Escape' });
    expect(sidebar().queryByRole('region', { name: 'No' })).toBeNull();
    await choose('Calendar', 'Move to group', 'Back to ada@contoso.com');
    await waitFor(() => expect(names('ada@contoso.com')).toContain('Calendar'));
    expect(sidebar().getByText('Drag calendars here, or move them with their menu.')).toBeTruthy();
  });

  test('a group is renamed, shown alone, and removed without its calendars', async () => {
    await show({
      preferences: { groups: [{ name: 'Work', calendarIds: ['ms/Calendar', 'go/Family'] }] },
    });
    await choose('Work', 'Rename…');
    const field = await screen.findByRole('textbox', { name: 'Name of the group' });
    await fireEvent.input(field, { target: { value: 'Office' } });
    await fireEvent.keyDown(field, { key: 'Enter' });
    await sidebar().findByRole('region', { name: 'Office' });
    await choose('Office', 'Show only this group');
    await waitFor(() => expect(shown()).toEqual(['Calendar', 'Family']));
    await choose('Office', 'Remove group');
    await waitFor(() => expect(sidebar().queryByRole('region', { name: 'Office' })).toBeNull());
    expect(names('ada.l@gmail.com')).toContain('Family');
  });
});

describe('showing', () => {
  test('Alt and a click show one alone, and again what was shown before', async () => {
    const { called } = await show();
    await fireEvent.click(box('Family'), { altKey: true });
    await waitFor(() => expect(shown()).toEqual(['Family']));
    expect(sidebar().getByText('Only Family is shown')).toBeTruthy();
    await choose('Family', 'Show the others again');
    await waitFor(() =>
      expect(shown()).toEqual(['Calendar', 'Platform team', 'Grace Hopper', 'Personal', 'Family']),
    );
    expect(called('setCalendarsVisible').flatMap(([show]) => show)).not.toContain('go/Holidays');
  });

  test('the way back outlives a sidebar that is put away', async () => {
    await show();
    await choose('Family', 'Show only this one');
    await waitFor(() => expect(shown()).toEqual(['Family']));
    await fireEvent.keyDown(document.body, { key: 'b', ctrlKey: true });
    await waitFor(() => expect(screen.queryByRole('navigation', { name: 'Calendars' })).toBeNull());
    await fireEvent.keyDown(document.body, { key: 'b', ctrlKey: true });
    await screen.findByRole('navigation', { name: 'Calendars' });
    await choose('Family', 'Show the others again');
    await waitFor(() => expect(shown()).toHaveLength(5));
  });

  test('an account is folded, and stays so', async () => {
    const { stored } = await show();
    const fold = sidebar().getByRole('button', { name: 'ada@contoso.com' });
    expect(fold.getAttribute('aria-expanded')).toBe('true');
    await fireEvent.click(fold);
    expect(fold.getAttribute('aria-expanded')).toBe('false');
    expect(sidebar().queryByRole('checkbox', { name: 'Platform team' })).toBeNull();
    expect((await stored()).folded).toEqual(['ms']);
  });

  test('a calendar is not synced any more, and push is switched where there is a relay', async () => {
    const { called } = await show({ push: pushing(sampleAccounts()) });
    await screen.findAllByRole('img', { name: 'Changes arrive at once' });
    await choose('Personal', 'Changes arrive at once');
    expect(called('setPushWanted')).toEqual([['go/Personal', false]]);
    await choose('Family', 'Stop syncing');
    expect(called('setCalendarConnected')).toEqual([['go/Family', false]]);
    await waitFor(() => expect(sidebar().queryByRole('checkbox', { name: /Family/ })).toBeNull());
  });

  test('without a relay nobody is offered push', async () => {
    await show();
    await fireEvent.click(sidebar().getByRole('button', { name: 'Options for Personal' }));
    const menu = within(await screen.findByRole('menu'));
    expect(menu.queryByRole('menuitemcheckbox')).toBeNull();
    expect(screen.getByText('Synced 2 min ago', { selector: '[role="menu"] p' })).toBeTruthy();
  });
});

describe('menus', () => {
  test('are walked with arrows and letters, and Esc goes back one step', async () => {
    await show();
    const button = sidebar().getByRole('button', { name: 'Options for Family' });
    await fireEvent.click(button);
    const focused = () => document.activeElement?.textContent.trim();
    const press = (key: string) =>
      fireEvent.keyDown(document.activeElement ?? document.body, { key });
    await waitFor(() => expect(focused()).toBe('Show only this one'));
    await press('ArrowUp');
    expect(focused()).toBe('Stop syncing');
    await press('m');
    expect(focused()).toBe('Move up');
    await press('ArrowDown');
    await press('ArrowDown');
    await press('ArrowRight');
    await waitFor(() => expect(focused()).toBe('Move to group'));
    await press('ArrowDown');
    expect(focused()).toBe('New group…');
    await press('Escape');
    await waitFor(() => expect(focused()).toBe('Move to group'));
    await press('Escape');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(button);
  });

  test('open with the key for them on a row', async () => {
    await show();
    box('Family').focus();
    await fireEvent.keyDown(box('Family'), { key: 'F10', shiftKey: true });
    await screen.findByRole('menu', { name: 'Options for Family' });
  });
});

describe('many calendars', () => {
  function many(count: number): AccountView[] {
    const [first, second] = sampleAccounts();
    const calendar = first?.calendars[1];
    if (first === undefined || second === undefined || calendar === undefined) return [];
    const rooms = Array.from({ length: count }, (_, index) => ({
      ...calendar,
      id: `room-${index}`,
      name: `Büro ${index}`,
      owner: index === 7 ? 'Facilities' : null,
    }));
    return [{ ...first, calendars: rooms }, second];
  }

  test('a field to find one comes with the twentieth', async () => {
    await show({ accounts: many(16), occurrences: sampleOccurrences() });
    expect(sidebar().queryByRole('searchbox')).toBeNull();
  });

  test('300 are searched without accents, also by owner, in folded accounts too', async () => {
    await show({ accounts: many(300), preferences: { folded: ['ms'] } });
    const field = sidebar().getByRole('searchbox', { name: 'Find a calendar' });
    expect(sidebar().queryByRole('checkbox', { name: /Büro/ })).toBeNull();
    await fireEvent.input(field, { target: { value: 'buro 12' } });
    expect(names('ada@contoso.com').slice(0, 2)).toEqual(['Büro 12', 'Büro 120']);
    expect(sidebar().queryByRole('checkbox', { name: 'Personal' })).toBeNull();
    await fireEvent.input(field, { target: { value: 'facil' } });
    expect(names('ada@contoso.com')).toEqual(['Büro 7']);
    await fireEvent.input(field, { target: { value: 'nothing' } });
    expect(sidebar().getByText('No calendar is called “nothing”.')).toBeTruthy();
    await fireEvent.click(sidebar().getByRole('button', { name: 'Clear' }));
    expect(box('Personal')).toBeTruthy();
  });
});

describe('views', () => {
  test('have the number of events that a click leaves, asked once', async () => {
    const { called } = await show({ savedViews: VIEWS });
    const high = await sidebar().findByRole('button', { name: /^High\s*3 events$/ });
    await sidebar().findByRole('button', { name: /^Client A\s*3 events$/ });
    const asked = () =>
      called('counts').filter(([query]) => JSON.stringify(query).includes('importance'));
    expect(asked()).toHaveLength(1);
    await fireEvent.click(high);
    await waitFor(() => expect(screen.getAllByTestId('event')).toHaveLength(3));
    expect(high.getAttribute('aria-pressed')).toBe('true');
    await fireEvent.click(high);
    await waitFor(() => expect(screen.getAllByTestId('event').length).toBeGreaterThan(3));
  });

  test('are renamed, but not like another', async () => {
    const { called } = await show({ savedViews: VIEWS });
    await choose('High', 'Rename…');
    const field = await screen.findByRole('textbox', { name: 'Name of the view' });
    await fireEvent.input(field, { target: { value: 'client a' } });
    await fireEvent.keyDown(field, { key: 'Enter' });
    expect(await screen.findByText('Another view has this name.')).toBeTruthy();
    expect(called('setSavedViews')).toHaveLength(0);
    await fireEvent.input(field, { target: { value: 'Important' } });
    await fireEvent.keyDown(field, { key: 'Enter' });
    await sidebar().findByRole('button', { name: /^Important/ });
  });

  test('take another digit, and another view loses it', async () => {
    const { called } = await show({ savedViews: VIEWS });
    await choose('High', 'Shortcut', 'Alt+Shift+2, now Client A');
    await waitFor(() =>
      expect(called('setSavedViews')[0]?.[0]).toEqual([
        { ...VIEWS[0], shortcut: '2' },
        { ...VIEWS[1], shortcut: null },
      ]),
    );
  });

  test('are replaced by the filter in force, moved, and removed after a question', async () => {
    const { called } = await show({ savedViews: VIEWS, preferences: { filter: 'has:teams' } });
    await choose('High', 'Replace by the filter in force');
    await waitFor(() => expect(called('setSavedViews')).toHaveLength(1));
    await choose('High', 'Move down');
    await waitFor(() => expect(called('setSavedViews')).toHaveLength(2));
    await sidebar().findByText('High, 2 of 2');
    await choose('High', 'Remove…', 'Keep it');
    expect(called('setSavedViews')).toHaveLength(2);
    await choose('High', 'Remove…', 'Remove “High”');
    await waitFor(() => expect(called('setSavedViews').at(-1)?.[0]).toEqual([VIEWS[1]]));
  });

  test('a filter that is not saved can be, and without views it says what they are', async () => {
    await show({ preferences: { filter: 'importance:high' } });
    expect(sidebar().getByText('Filters that you save are here.')).toBeTruthy();
    await fireEvent.click(sidebar().getByRole('button', { name: 'Save the filter as a view' }));
    await screen.findByRole('dialog', { name: 'Save this view' });
  });
});

test('the list of changes has its name everywhere, and says how many are new', async () => {
  const changes = sampleChanges(sampleOccurrences(), sampleAccounts());
  await show({ changes });
  const entry = await sidebar().findByRole('button', { name: 'Since you looked, 4 new' });
  expect(entry.textContent).toMatch(/^\s*Since you looked\s*4\s*$/);
  expect(screen.getAllByRole('button', { name: 'Since you looked, 4 new' })).toHaveLength(2);
  await fireEvent.click(entry);
  await screen.findByRole('dialog', { name: 'Since you looked' });
  expect(words.commands.title('changes')).toBe('Since you looked');
});

describe('an account that is removed elsewhere', () => {
  const gone = (client: Awaited<ReturnType<typeof show>>['client']): void => {
    client.setAccounts(sampleAccounts().slice(1));
    client.tell('accountsChanged', {});
  };
  const menuOf = (email: string) =>
    sidebar()
      .getAllByRole('button', { expanded: false })
      .find(
        (one) =>
          one.getAttribute('aria-haspopup') === 'menu' &&
          one.getAttribute('aria-label')?.includes(email),
      );

  test('takes its menu along, which would ask for calendars of nobody', async () => {
    const { client } = await show();
    await fireEvent.click(menuOf('ada@contoso.com') ?? document.body);
    await screen.findByRole('menu');
    gone(client);
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  });

  test('takes the sheet about it along, and keys act again', async () => {
    const { client } = await show();
    await fireEvent.click(menuOf('ada@contoso.com') ?? document.body);
    await fireEvent.click(await screen.findByRole('menuitem', { name: 'Choose calendars…' }));
    await screen.findByRole('dialog', { name: 'ada@contoso.com' });
    gone(client);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await fireEvent.keyDown(document.body, { key: '?' });
    await screen.findByRole('dialog');
  });
});
