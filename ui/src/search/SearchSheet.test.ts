import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { SearchItem, SearchResults } from '../ipc/client';
import { CLOCK, sampleAccounts, sampleOccurrences } from '../ipc/fake-data';
import { searchIn } from '../ipc/fake-reports';
import { show } from '../shared/testing/provided';
import SearchSheet from './SearchSheet.svelte';

type Options = Parameters<typeof show>[1];

const field = () => screen.findByRole<HTMLInputElement>('combobox', { name: 'Search events' });
const options = () => screen.queryAllByRole('option');
const selected = () =>
  options()
    .filter((one) => one.getAttribute('aria-selected') === 'true')
    .map((one) => one.dataset.title);

async function showSearch(more: Options = {}) {
  return show(SearchSheet, { sheet: { kind: 'search' }, ...more });
}

async function type(text: string) {
  await fireEvent.input(await field(), { target: { value: text } });
}

const press = async (key: string) => fireEvent.keyDown(await field(), { key });

/** A client whose searches answer this. */
async function showAnswer(answer: Partial<SearchResults>, items: SearchItem[] = []) {
  const shown = await showSearch();
  const results = { items, more: false, moreCount: 0, indexing: 0, ...answer };
  shown.client.search = () => Promise.resolve(results);
  return shown;
}

test('finds as one types, by time, with the words marked', async () => {
  const { called } = await showSearch();
  await type('plan');
  const list = await screen.findByRole('listbox', { name: 'Events found' });
  const groups = within(list).getAllByRole('group');
  expect(groups.map((one) => one.querySelector('.heading')?.textContent?.trim())).toEqual([
    'Next',
    'Earlier this month',
  ]);
  expect(options().map((one) => one.dataset.title)).toEqual([
    'Sprint planning',
    'Quarterly planning',
  ]);
  expect([...list.querySelectorAll('mark')].map((one) => one.textContent)).toEqual([
    'plan',
    'plan',
  ]);
  expect(
    screen.getByRole('option', {
      name: /^Sprint plan ?ning Fri,? 20 Nov 11:30.+12:30 Platform team high importance$/,
    }),
  ).toBeTruthy();
  expect(called('search')).toEqual([[{ text: 'plan', zone: 'Europe/Berlin', limit: 60 }]]);
  expect(screen.getByRole('status').textContent).toContain('2 events');
});

test('the focus stays in the field, which points at what Enter means', async () => {
  await showSearch();
  const input = await field();
  expect(document.activeElement).toBe(input);
  await type('stand');
  await waitFor(() => expect(options()).toHaveLength(5));
  expect(selected()).toHaveLength(1);
  const pointed = () => input.getAttribute('aria-activedescendant');
  expect(pointed()).toBe(options()[0]?.id);
  await press('ArrowDown');
  await press('ArrowDown');
  expect(pointed()).toBe(options()[2]?.id);
  await press('End');
  expect(pointed()).toBe(options()[4]?.id);
  await press('ArrowDown');
  expect(pointed()).toBe(options()[0]?.id);
  await press('ArrowUp');
  await press('PageUp');
  expect(pointed()).toBe(options()[0]?.id);
  expect(document.activeElement).toBe(input);
});

test('Enter opens the event in its place', async () => {
  const { desk } = await showSearch();
  await type('dentist');
  await screen.findByRole('option', { name: /^Dentist/ });
  let opened: unknown[] = [];
  desk.openInPlace = (...args) => {
    opened = args;
    return Promise.resolve();
  };
  await press('Enter');
  const dentist = sampleOccurrences().find((one) => one.title === 'Dentist');
  expect(opened).toEqual([dentist?.id, dentist?.day]);
});

test('a hit outside of what is synced leads to its day', async () => {
  const [hit] = searchIn(sampleOccurrences(), sampleAccounts(), 'dentist', 1).items;
  const day = CLOCK.day - 900;
  const { desk } = await showAnswer(
    {},
    hit === undefined ? [] : [{ ...hit, occurrenceId: null, day }],
  );
  await type('dentist');
  await fireEvent.click(await screen.findByRole('option', { name: /^Dentist Mon,? 3 Jun 2024/ }));
  expect(desk.sheet).toBeNull();
  expect(desk.day).toBe(day);
});

test('shows where else the words were found, with the words around them', async () => {
  const [hit] = searchIn(sampleOccurrences(), sampleAccounts(), 'dentist', 1).items;
  const excerpt = 'Please bring the yellow card to the appointment';
  await showAnswer({}, hit === undefined ? [] : [{ ...hit, field: 'body', excerpt }]);
  await type('yellow');
  const option = await screen.findByRole('option', { name: /Description Please bring/ });
  expect(option.querySelector('.around mark')?.textContent).toBe('yellow');
});

test('Esc empties the field, then closes', async () => {
  const { desk } = await showSearch();
  await type('plan');
  await waitFor(() => expect(options()).toHaveLength(2));
  await press('Escape');
  expect((await field()).value).toBe('');
  await waitFor(() => expect(options()).toHaveLength(0));
  expect(desk.sheet).toEqual({ kind: 'search' });
  await press('Escape');
  expect(desk.sheet).toBeNull();
});

test('says that nothing was found, and what may help', async () => {
  await showSearch();
  await type('zzz');
  await screen.findByText('Nothing found for “zzz”.');
  expect(screen.getByText(/^Try fewer words/)).toBeTruthy();
  expect((await field()).getAttribute('aria-expanded')).toBe('false');
});

test.each([
  [{ more: true, moreCount: 40 }, '40 more. One more word narrows it down.'],
  [{ more: true, moreCount: null }, 'Many more. One more word narrows it down.'],
  [{ indexing: 1200 }, 'Still indexing 1,200 events; they are searched then.'],
] as const)('%o is said as “%s”', async (answer, words) => {
  const items = searchIn(sampleOccurrences(), sampleAccounts(), 'stand', 2).items;
  await showAnswer(answer, items);
  await type('stand');
  expect(await screen.findByText(words)).toBeTruthy();
});

test('a search that failed can be done again', async () => {
  const { client } = await showSearch({
    failing: { search: { code: 'disk', message: 'The disk cannot be read.' } },
  });
  await type('plan');
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('The disk cannot be read.');
  client.fail('search', null);
  await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(options()).toHaveLength(2));
});

test('a text with nothing to look for asks for a word', async () => {
  await showSearch({ failing: { search: { code: 'invalid', message: 'a search needs a word' } } });
  await type('-draft');
  expect(await screen.findByText(/^Add a word to look for/)).toBeTruthy();
});

test('shows 60 hits with texts without end in their place', async () => {
  const [hit] = searchIn(sampleOccurrences(), sampleAccounts(), 'dentist', 1).items;
  const items = Array.from({ length: 60 }, (_, nth) =>
    hit === undefined
      ? []
      : [{ ...hit, occurrenceId: `hit-${nth}`, title: 'dentist '.repeat(1250) }],
  ).flat();
  await showAnswer({}, items);
  await type('dentist');
  await waitFor(() => expect(options()).toHaveLength(60));
  expect(options()[0]?.textContent?.length).toBeLessThan(500);
});
