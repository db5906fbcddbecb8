import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import type { FakeOptions } from '../ipc/fake';
import { sampleAccounts, sampleOccurrences } from '../ipc/fake-data';
import { sampleChanges } from '../ipc/fake-reports';
import { show } from '../shared/testing/provided';
import ChangesSheet from './ChangesSheet.svelte';

const changes = () => sampleChanges(sampleOccurrences(), sampleAccounts());

async function open(options: FakeOptions = {}) {
  const app = await show(ChangesSheet, {
    changes: changes(),
    ...options,
    sheet: { kind: 'changes' },
  });
  const sheet = within(await screen.findByRole('dialog', { name: 'Since you looked' }));
  return { ...app, sheet };
}

test('tells what happened with before and after, under its day', async () => {
  const { sheet } = await open();
  const today = within(await sheet.findByRole('region', { name: 'Today' }));
  today.getByText('Moved from 10:00 – 11:00 to 11:30 – 12:30');
  today.getByText('Grace Hopper accepted, after answering tentatively');
  expect(today.getAllByText('New')).toHaveLength(4);
  sheet.getByText('4 changes that you have not seen');
});

test('looking does not mark as seen; the button does, up to the newest', async () => {
  const { sheet, called, desk } = await open();
  await sheet.findByText('4 changes that you have not seen');
  expect(called('markChangesSeen')).toEqual([]);
  const mark = sheet.getByRole('button', { name: 'Mark all as seen' });
  await fireEvent.click(mark);
  await sheet.findByText('All are marked as seen.');
  expect(called('markChangesSeen')).toEqual([['100']]);
  expect(sheet.queryByText('New')).toBeNull();
  expect(mark).toHaveProperty('disabled', true);
  expect(desk.unseen).toBe(0);
});

test('chips narrow the list to one kind and back', async () => {
  const { sheet } = await open();
  await fireEvent.click(await sheet.findByRole('button', { name: 'Place 1' }));
  expect(sheet.getAllByTestId('change')).toHaveLength(1);
  sheet.getByText('Place changed from “Room 2” to “Room 4A”');
  await fireEvent.click(sheet.getByRole('button', { name: 'All 4' }));
  expect(sheet.getAllByTestId('change')).toHaveLength(4);
});

test('an event opens where it stands now', async () => {
  const { sheet, desk, client } = await open();
  const place = vi.spyOn(desk, 'openInPlace').mockResolvedValue();
  await fireEvent.click(await sheet.findByRole('button', { name: /^Quarterly planning/ }));
  const planning = sampleOccurrences().find((one) => one.title === 'Quarterly planning');
  await waitFor(() => expect(place).toHaveBeenCalledWith(planning?.id, planning?.day));
  client.fail('details', { code: 'not_found', message: 'This event is gone.' });
  await fireEvent.click(sheet.getByRole('button', { name: /^Design review/ }));
  await sheet.findByText('This event is gone.');
});

test('what is gone cannot be opened and says so', async () => {
  const { items, unseen } = changes();
  const gone = items.map((one) => ({ ...one, occurrenceId: null, isNew: false }));
  const { sheet } = await open({ changes: { items: gone.slice(0, 1), unseen } });
  await sheet.findByText(/No longer in the calendar/);
  expect(sheet.queryByRole('button', { name: /^Sprint planning/ })).toBeNull();
});

test('nothing, and a failure, are said in words', async () => {
  const { sheet } = await open({ changes: { items: [], unseen: 0 } });
  await sheet.findByText('Nothing has changed yet');
  sheet.getByText('Nothing new since you looked.');
});

test('a failure is said with a way to try again', async () => {
  const { sheet, client } = await open({
    failing: { changes: { code: 'disk', message: 'The disk cannot be read.' } },
  });
  await sheet.findByText('The disk cannot be read.');
  client.fail('changes', null);
  await fireEvent.click(sheet.getByRole('button', { name: 'Try again' }));
  await sheet.findByRole('region', { name: 'Today' });
});
