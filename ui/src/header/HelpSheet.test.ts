import { fireEvent, screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { FakeOptions } from '../ipc/fake';
import { show } from '../shared/testing/provided';
import HelpSheet from './HelpSheet.svelte';

async function open(options: FakeOptions = {}) {
  const app = await show(HelpSheet, { ...options, sheet: { kind: 'help' } });
  const sheet = within(screen.getByRole('dialog', { name: 'Keyboard shortcuts' }));
  /** The keys beside a title. */
  const keys = (title: string): string[] => {
    const row = sheet.getByText(title).parentElement;
    return Array.from(row?.querySelectorAll('kbd') ?? [], (key) => key.textContent);
  };
  return { ...app, sheet, keys };
}

test('lists commands by group with their keys, and what the days take', async () => {
  const { sheet, keys } = await open();
  sheet.getByRole('region', { name: 'Views' });
  expect(keys('Go to today')).toEqual(['T']);
  expect(keys('Sync now')).toEqual(['Ctrl', 'R']);
  expect(keys('The first to ninth day shown')).toEqual(['Alt', '1', '9']);
});

test('lists one’s own keys, and leaves out what has none', async () => {
  const { sheet, keys } = await open({ preferences: { keys: { today: 'h', sync: '' } } });
  expect(keys('Go to today')).toEqual(['H']);
  expect(sheet.queryByText('Sync now')).toBeNull();
});

test('says that single keys are off, and leads to where keys are changed', async () => {
  const { sheet, desk } = await open({ preferences: { singleKeys: false } });
  sheet.getByText('Single keys are off; those with them are grey.');
  await fireEvent.click(sheet.getByRole('button', { name: 'Change keys…' }));
  expect(desk.sheet).toEqual({ kind: 'settings', page: 'shortcuts' });
});
