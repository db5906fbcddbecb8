import { fireEvent, screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { FakeOptions } from '../ipc/fake';
import { show } from '../shared/testing/provided';
import ZoneSheet from './ZoneSheet.svelte';

async function open(options: FakeOptions = {}) {
  const app = await show(ZoneSheet, { ...options, sheet: { kind: 'zone' } });
  const sheet = within(screen.getByRole('dialog'));
  const field = sheet.getByRole('combobox', { name: 'Search for a place' });
  return { ...app, sheet, field };
}

test('a place is typed and taken with Enter; the time there is told', async () => {
  const { sheet, field, settings, desk } = await open();
  await fireEvent.input(field, { target: { value: 'kolk' } });
  const option = sheet.getByRole('option', { name: /Kolkata/ });
  expect(option.textContent).toMatch(/15:08.*4:30 h ahead/s);
  expect(field.getAttribute('aria-activedescendant')).toBe(option.id);
  await fireEvent.keyDown(field, { key: 'Enter' });
  const travelled = settings.now.travelZone;
  expect(travelled).toMatch(/^Asia\/(Kolkata|Calcutta)$/);
  expect(settings.now.recentZones).toEqual([travelled]);
  expect(desk.sheet).toBeNull();
});

test('arrows walk the list, and a click takes a place', async () => {
  const { sheet, field, settings } = await open();
  await fireEvent.input(field, { target: { value: 'america' } });
  await fireEvent.keyDown(field, { key: 'ArrowDown' });
  const options = sheet.getAllByRole('option');
  expect(options[1]?.getAttribute('aria-selected')).toBe('true');
  expect(options.length).toBeLessThanOrEqual(40);
  await fireEvent.click(sheet.getByRole('option', { name: /^Chicago/ }));
  expect(settings.now.travelZone).toBe('America/Chicago');
});

test('one who travels goes back with one press, and finds recent places first', async () => {
  const { sheet, settings } = await open({
    preferences: {
      travelZone: 'Asia/Tokyo',
      recentZones: ['Asia/Tokyo', 'America/Denver'],
      otherZones: ['Asia/Dubai'],
    },
  });
  const first = sheet.getAllByRole('option').slice(0, 2);
  expect(first.map((one) => one.dataset.zone)).toEqual(['America/Denver', 'Asia/Dubai']);
  await fireEvent.click(sheet.getByRole('button', { name: 'Back to Berlin' }));
  expect(settings.now.travelZone).toBeNull();
});

test('Escape empties the field before it closes', async () => {
  const { sheet, field, desk } = await open();
  await fireEvent.input(field, { target: { value: 'qqqq' } });
  sheet.getByText('No place has this name. Try a large city nearby.');
  const escape = await fireEvent.keyDown(field, { key: 'Escape' });
  expect(escape).toBe(false);
  expect(field).toHaveProperty('value', '');
  expect(desk.sheet).not.toBeNull();
});
