import { fireEvent, screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { FakeOptions } from '../ipc/fake';
import { show } from '../shared/testing/provided';
import SettingsSheet from './SettingsSheet.svelte';

async function open(options: FakeOptions = {}) {
  const app = await show(SettingsSheet, {
    ...options,
    sheet: { kind: 'settings', page: 'shortcuts' },
  });
  const sheet = within(screen.getByRole('dialog'));
  const change = (title: string) =>
    sheet.getByRole('button', { name: `Change the key of ${title}` });
  const press = async (title: string, key: string, more: KeyboardEventInit = {}) => {
    await fireEvent.click(change(title));
    return fireEvent.keyDown(change(title), { key, ...more });
  };
  return { ...app, sheet, change, press };
}

test('keys that are pressed become the command’s', async () => {
  const { sheet, settings, press } = await open();
  await press('Go to today', 'h');
  expect(settings.now.keys).toEqual({ today: 'h' });
  sheet.getByText('Go to today is now H.');
  await press('Sync now', 'y', { ctrlKey: true });
  expect(settings.now.keys).toEqual({ today: 'h', sync: 'mod+y' });
});

test('a key of another’s is asked for before it is taken over', async () => {
  const { sheet, settings, press } = await open();
  await press('Go to today', 'j');
  expect(sheet.getByRole('alert').textContent).toContain('J is the key of Next days already.');
  expect(settings.now.keys).toEqual({});
  await fireEvent.click(sheet.getByRole('button', { name: 'Leave it' }));
  expect(sheet.queryByRole('alert')).toBeNull();
  expect(settings.now.keys).toEqual({});
  await press('Go to today', 'j');
  await fireEvent.click(sheet.getByRole('button', { name: 'Take it over' }));
  expect(settings.now.keys).toEqual({ today: 'j', next: '' });
});

test('keys that walk cannot be given away; Escape and Tab leave all as it is', async () => {
  const { sheet, settings, press, change, desk } = await open();
  await press('Go to today', 'ArrowUp');
  sheet.getByText('↑ walks through what is shown and cannot be given away.');
  const escape = await fireEvent.keyDown(change('Go to today'), { key: 'Escape' });
  expect(escape).toBe(false);
  expect(change('Go to today').getAttribute('aria-pressed')).toBe('false');
  expect(await press('Go to today', 'Tab')).toBe(true);
  expect(settings.now.keys).toEqual({});
  expect(desk.sheet).not.toBeNull();
});

test('a key is given back, one or all', async () => {
  const { sheet, settings } = await open({
    preferences: { keys: { today: 'h', help: 't', sync: 'mod+y' } },
  });
  const reset = { name: 'Reset the key of Go to today' };
  await fireEvent.click(sheet.getByRole('button', reset));
  expect(sheet.getByRole('alert').textContent).toContain('T is the key of Keyboard shortcuts');
  await fireEvent.click(sheet.getByRole('button', { name: 'Take it over' }));
  expect(settings.now.keys).toEqual({ help: '', sync: 'mod+y' });
  await fireEvent.click(sheet.getByRole('button', { name: 'Reset all keys' }));
  expect(settings.now.keys).toEqual({});
});

test('a key is removed, but never the one that goes back', async () => {
  const { sheet, settings } = await open();
  const remove = { name: 'Remove the key of Go to today' };
  await fireEvent.click(sheet.getByRole('button', remove));
  expect(settings.now.keys).toEqual({ today: '' });
  expect(sheet.queryByRole('button', { name: 'Change the key of Back one step' })).toBeNull();
});

test('without single keys those that do not act say so', async () => {
  const { sheet, settings } = await open();
  await fireEvent.click(sheet.getByRole('switch', { name: 'Single keys act' }));
  expect(settings.now.singleKeys).toBe(false);
  const row = sheet.getByText('Go to today').closest('li');
  expect(row?.textContent).toMatch(/T\s*off/);
  expect(sheet.getByText('Sync now').closest('li')?.textContent).not.toMatch(/off/);
});

test('a command is found by its name and gone to', async () => {
  const { sheet } = await open();
  const field = sheet.getByRole('searchbox', { name: 'Search settings' });
  await fireEvent.input(field, { target: { value: 'work week' } });
  await fireEvent.click(sheet.getByRole('button', { name: /^Work week/ }));
  const row = sheet.getByText('Work week').closest('li');
  expect(row?.contains(document.activeElement)).toBe(true);
});
