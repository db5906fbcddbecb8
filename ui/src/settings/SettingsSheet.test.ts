import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, test, vi } from 'vitest';
import type { FakeOptions } from '../ipc/fake';
import { pushing, sampleAccounts } from '../ipc/fake-data';
import { show } from '../shared/testing/provided';
import type { SettingsPage } from '../state/desk.svelte';
import { reloadWindow } from './reload';
import SettingsSheet from './SettingsSheet.svelte';

vi.mock('./reload', () => ({ reloadWindow: vi.fn() }));

async function open(page: SettingsPage, options: FakeOptions = {}) {
  const app = await show(SettingsSheet, { ...options, sheet: { kind: 'settings', page } });
  const sheet = within(screen.getByRole('dialog', { name: 'Settings' }));
  return { ...app, sheet };
}

describe('pages', () => {
  test('are tabs that arrows walk', async () => {
    const { sheet, desk } = await open('appearance');
    const tab = sheet.getByRole('tab', { name: 'Appearance' });
    expect(document.activeElement).toBe(tab);
    await fireEvent.keyDown(tab, { key: 'ArrowDown' });
    expect(desk.sheet).toEqual({ kind: 'settings', page: 'time' });
    sheet.getByRole('heading', { name: 'Time' });
    await tick();
    expect(document.activeElement).toBe(sheet.getByRole('tab', { name: 'Time' }));
    await fireEvent.keyDown(document.activeElement as Element, { key: 'End' });
    sheet.getByText('Version');
  });

  test('close with their button', async () => {
    const { sheet, desk } = await open('appearance');
    await fireEvent.click(sheet.getByRole('button', { name: 'Close' }));
    expect(desk.sheet).toBeNull();
  });
});

describe('searching', () => {
  test('finds a setting by words that are not its name, and goes there', async () => {
    const { sheet, desk } = await open('appearance');
    const field = sheet.getByRole('searchbox', { name: 'Search settings' });
    await fireEvent.input(field, { target: { value: 'am pm' } });
    sheet.getByText('1 setting found');
    await fireEvent.click(sheet.getByRole('button', { name: /^Clock/ }));
    expect(desk.sheet).toEqual({ kind: 'settings', page: 'time' });
    await waitFor(() =>
      expect(document.activeElement?.closest('[data-setting="clock"]')).toBeTruthy(),
    );
    expect(field).toHaveProperty('value', '');
  });

  test('that finds nothing says so; Escape empties the field first', async () => {
    const { sheet, desk } = await open('appearance');
    const field = sheet.getByRole('searchbox', { name: 'Search settings' });
    await fireEvent.input(field, { target: { value: 'qqqq' } });
    sheet.getByText('Nothing found');
    expect(await fireEvent.keyDown(field, { key: 'Escape' })).toBe(false);
    sheet.getByRole('heading', { name: 'Appearance' });
    expect(desk.sheet).not.toBeNull();
  });
});

describe('appearance', () => {
  test('holds at once', async () => {
    const { sheet, settings } = await open('appearance');
    const themes = within(sheet.getByRole('radiogroup', { name: 'Theme' }));
    await fireEvent.click(themes.getByRole('radio', { name: 'High contrast' }));
    expect(settings.now.theme).toBe('contrast');
    await fireEvent.click(sheet.getByRole('switch', { name: 'Show the filter bar' }));
    expect(settings.now.showFilters).toBe(false);
  });

  test('a text size that is dragged over holds when it is let go', async () => {
    const { sheet, settings } = await open('appearance');
    const slider = sheet.getByRole('slider', { name: 'Text size' });
    await fireEvent.input(slider, { target: { value: '12' } });
    expect(slider.getAttribute('aria-valuetext')).toBe('150 %');
    expect(settings.now.textSize).toBe(100);
    await fireEvent.change(slider);
    expect(settings.now.textSize).toBe(150);
    const buttons = sheet.getAllByRole('button', { name: 'Smaller' });
    await fireEvent.click(buttons[0] as HTMLElement);
    expect(settings.now.textSize).toBe(145);
  });

  test('a language is stored before the window is built anew', async () => {
    const { sheet, called } = await open('appearance');
    const select = sheet.getByRole('combobox', { name: 'Language' });
    await fireEvent.change(select, { target: { value: '2' } });
    await waitFor(() => expect(reloadWindow).toHaveBeenCalled());
    expect(called('setPreferences').at(-1)).toEqual(['{"language":"de"}']);
  });
});

describe('time', () => {
  test('work ends after it begins, and keeps a day', async () => {
    const { sheet, settings } = await open('time', { preferences: { workDays: [1, 2] } });
    const hours = within(sheet.getByRole('group', { name: 'Working hours' }));
    const begin = hours.getByRole('combobox', { name: 'Begin' });
    await fireEvent.change(begin, { target: { value: String(18 * 2) } });
    expect([settings.now.workFrom, settings.now.workTo]).toEqual([18 * 60, 18 * 60 + 30]);
    const days = within(sheet.getByRole('group', { name: 'Working days' }));
    await fireEvent.click(days.getByRole('checkbox', { name: 'Monday' }));
    expect(settings.now.workDays).toEqual([2]);
    expect(days.getByRole('checkbox', { name: 'Tuesday' })).toHaveProperty('disabled', true);
  });

  test('other zones come and go, at most two', async () => {
    const { sheet, settings } = await open('time', { preferences: { otherZones: ['Asia/Tokyo'] } });
    await fireEvent.click(sheet.getByRole('button', { name: 'Add a time zone' }));
    const field = sheet.getByRole('combobox', { name: 'Search for a place' });
    await fireEvent.input(field, { target: { value: 'denver' } });
    await fireEvent.keyDown(field, { key: 'Enter' });
    expect(settings.now.otherZones).toEqual(['Asia/Tokyo', 'America/Denver']);
    expect(sheet.queryByRole('button', { name: 'Add a time zone' })).toBeNull();
    await fireEvent.click(sheet.getByRole('button', { name: 'Remove Tokyo' }));
    expect(settings.now.otherZones).toEqual(['America/Denver']);
  });

  test('one who travels is told, and goes back', async () => {
    const { sheet, settings } = await open('time', { preferences: { travelZone: 'Asia/Tokyo' } });
    sheet.getByText('Shown in Tokyo time');
    await fireEvent.click(sheet.getByRole('button', { name: 'Back to Berlin' }));
    expect(settings.now.travelZone).toBeNull();
  });
});

describe('accounts and calendars', () => {
  test('lead to the sheets of the desk', async () => {
    const { sheet, desk } = await open('accounts');
    await fireEvent.click(
      sheet.getByRole('button', { name: 'Choose calendars…, ada@contoso.com' }),
    );
    expect(desk.sheet).toEqual({ kind: 'choose', accountId: 'ms' });
  });

  test('a calendar is synced and shown, or not', async () => {
    const { sheet, called } = await open('calendars');
    await fireEvent.click(sheet.getByRole('switch', { name: 'Show Family' }));
    expect(called('setCalendarsVisible')).toEqual([[[], ['go/Family']]]);
    await fireEvent.click(sheet.getByRole('switch', { name: 'Sync Family' }));
    expect(called('setCalendarConnected')).toEqual([['go/Family', false]]);
    const shown = sheet.getByRole('switch', { name: 'Show Family' });
    await waitFor(() => expect(shown).toHaveProperty('disabled', true));
  });
});

describe('join patterns', () => {
  test('are tried as they are typed, kept, and taken back', async () => {
    const { sheet, called } = await open('join');
    await sheet.findByText(/^None yet/);
    const add = sheet.getByRole('button', { name: 'Add' });
    await fireEvent.input(sheet.getByLabelText('Name'), { target: { value: 'Contoso Live' } });
    await fireEvent.input(sheet.getByLabelText('Pattern'), { target: { value: 'live' } });
    expect(add).toHaveProperty('disabled', true);
    await sheet.findByText('Finds no link in the 1,200 events looked at.');
    await fireEvent.click(add);
    expect(called('addJoinPattern')).toEqual([['Contoso Live', 'live']]);
    await fireEvent.click(await sheet.findByRole('button', { name: 'Remove Contoso Live' }));
    await sheet.findByText('Contoso Live was removed.');
    await fireEvent.click(sheet.getByRole('button', { name: 'Undo' }));
    await sheet.findByRole('button', { name: 'Remove Contoso Live' });
  });

  test('that make no sense are said in words, and cannot be kept', async () => {
    const { sheet } = await open('join', {
      failing: { tryJoinPattern: { code: 'invalid', message: 'A bracket is missing.' } },
    });
    await fireEvent.input(sheet.getByLabelText('Name'), { target: { value: 'Live' } });
    await fireEvent.input(sheet.getByLabelText('Pattern'), { target: { value: '(' } });
    await sheet.findByText('A bracket is missing.');
    expect(sheet.getByRole('button', { name: 'Add' })).toHaveProperty('disabled', true);
  });
});

describe('push', () => {
  test('a wrong address is said beside its field', async () => {
    const { sheet, client, called } = await open('push');
    client.fail('setRelayUrl', { code: 'invalid', message: 'It has to begin with https://.' });
    const field = sheet.getByRole('textbox', { name: 'Relay' });
    await fireEvent.input(field, { target: { value: 'http://relay' } });
    await fireEvent.change(field);
    await sheet.findByText('It has to begin with https://.');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    client.fail('setRelayUrl', null);
    await fireEvent.input(field, { target: { value: 'https://relay.example.org' } });
    await fireEvent.change(field);
    await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('false'));
    expect(called('setRelayUrl').at(-1)).toEqual(['https://relay.example.org']);
  });

  test('is switched by calendar, where its provider can tell', async () => {
    const { sheet, called } = await open('push', { push: pushing(sampleAccounts()) });
    const family = sheet.getByRole('switch', { name: 'Changes of Family at once' });
    await fireEvent.click(family);
    expect(called('setPushWanted')).toEqual([['go/Family', false]]);
    expect(family).toHaveProperty('checked', false);
    const grace = sheet.getByRole('switch', { name: 'Changes of Grace Hopper at once' });
    expect(grace).toHaveProperty('disabled', true);
  });
});

test('the diagnostics say where they are, what is not in them, and why they failed', async () => {
  const { sheet, client } = await open('privacy');
  sheet.getByText(/No title, person, address, link or password stands in it/);
  await fireEvent.click(sheet.getByRole('button', { name: 'Write the file' }));
  await sheet.findByText('Downloads/dayline-diagnostics-2026-11-20-1038.json');
  client.fail('exportDiagnostics', { code: 'disk', message: 'The disk is full.' });
  await fireEvent.click(sheet.getByRole('button', { name: 'Write the file' }));
  await sheet.findByText('The disk is full.');
});

test('a client is entered where accounts are added', async () => {
  const { sheet, desk } = await open('advanced');
  await fireEvent.click(sheet.getByRole('button', { name: 'Enter…, Microsoft 365 GCC High' }));
  expect(desk.sheet).toEqual({ kind: 'add' });
  await waitFor(() => expect(desk.signIn.phase.kind).toBe('setup'));
});
