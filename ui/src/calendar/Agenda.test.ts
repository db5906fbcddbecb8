import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { OccurrenceView } from '../ipc/client';
import { CLOCK, MONDAY, sampleOccurrences, timed } from '../ipc/fake-data';
import { show } from '../shared/testing/provided';
import Agenda from './Agenda.svelte';

type Options = Parameters<typeof show>[1];

async function showAgenda(options: Options = {}) {
  const shown = await show(Agenda, { preferences: { view: 'agenda' }, ...options });
  shown.desk.show(shown.desk.day ?? CLOCK.day);
  return shown;
}

const row = (name: RegExp) => screen.findByRole('button', { name });
const list = (name: RegExp) => screen.findByRole('list', { name });
const titles = (within: HTMLElement): (string | undefined)[] =>
  [...within.querySelectorAll<HTMLElement>('.event')].map((one) => one.dataset.title);

describe('the list', () => {
  test('has a heading and a list for each day, in order, and says how long it is', async () => {
    const { desk } = await showAgenda();
    desk.show(MONDAY);
    const monday = await list(/^Monday,? 16 November/);
    expect(titles(monday)).toEqual(['Release freeze', 'Stand-up', 'Quarterly planning', 'Dentist']);
    const items = within(monday).getAllByRole('listitem');
    expect(items[1]?.getAttribute('aria-setsize')).toBe('4');
    expect(items[1]?.getAttribute('aria-posinset')).toBe('2');
    expect(screen.getByRole('heading', { name: /Monday/ }).textContent).toMatch(
      /Monday,? 16 November\s*4 events/,
    );
    expect(await screen.findByText(/^Nothing from .+ to 15 November$/)).toBeTruthy();
  });

  test('marks today, and names tomorrow', async () => {
    await showAgenda();
    await list(/^Today Friday/);
    const today = document.querySelector('[aria-current="date"]');
    expect(today?.textContent).toMatch(/^Today\s*Friday,? 20 November/);
    expect(await list(/^Tomorrow Saturday/)).toBeTruthy();
    expect(await list(/^Yesterday Thursday/)).toBeTruthy();
  });

  test('names everything about an event that its row shows', async () => {
    await showAgenda();
    const planning = await row(/^Sprint planning,/);
    expect(planning.getAttribute('aria-label')).toMatch(
      /^Sprint planning, .*11:30 to 12:30, Platform team, accepted, high importance, Client A, Microsoft Teams$/,
    );
    const shown = planning.closest('.event')?.querySelector('.face')?.textContent;
    expect(shown).toMatch(/11:30.12:30|11:30 – 12:30/);
    expect(shown).toContain('Teams');
    expect(shown).toContain('Client A');
    expect(shown).toContain('Platform team');
    expect((await row(/^Contract call/)).closest('.event')?.textContent).toContain('not answered');
  });

  test('says which day of an event of several it is', async () => {
    await showAgenda();
    const sunday = await list(/^Sunday,? 22/);
    const monday = await list(/^Monday,? 23/);
    expect(within(sunday).getByText('from 21:30')).toBeTruthy();
    expect(within(sunday).getAllByText('day 1 of 2')).toHaveLength(1);
    expect(within(monday).getByText('until 6:40')).toBeTruthy();
    expect(within(monday).getByText('day 2 of 2')).toBeTruthy();
  });

  test('an empty today says so', async () => {
    await showAgenda({ occurrences: [timed('ms/Calendar', 'Later', 9, '9:00', '10:00')] });
    expect(await screen.findByText('Nothing today')).toBeTruthy();
  });

  test('under a filter it says that nothing matches', async () => {
    const { desk } = await showAgenda();
    await row(/^Sprint planning,/);
    desk.setFilter('importance:high');
    desk.follow();
    await screen.findByText(/^No match from 2[1-9] November/);
    await waitFor(() =>
      expect(screen.queryByRole('button', { name: /^Design review,/ })).toBeNull(),
    );
  });
});

describe('Join', () => {
  test('stands in rows with a link, prominently in those that are on', async () => {
    const { called } = await showAgenda();
    const review = await screen.findByRole('button', { name: 'Join Design review' });
    expect(review.classList).toContain('primary');
    const planning = screen.getByRole('button', { name: 'Join Sprint planning' });
    expect(planning.classList).not.toContain('primary');
    await fireEvent.click(planning);
    const id = sampleOccurrences().find((one) => one.title === 'Sprint planning')?.id;
    expect(called('join')).toEqual([[id, 0]]);
    expect(screen.queryByRole('button', { name: 'Join Demo day' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Join Old roadmap review' })).toBeNull();
  });
});

describe('the keyboard', () => {
  const press = (key: string) =>
    fireEvent.keyDown(document.activeElement ?? document.body, { key });
  const focused = () =>
    document.activeElement?.closest<HTMLElement>('.event')?.dataset.title ?? null;

  test('has one tab stop: what is on or next', async () => {
    await showAgenda();
    await row(/^Design review,/);
    await waitFor(() => {
      const stops = [...document.querySelectorAll<HTMLElement>('.agenda button')].filter(
        (button) => button.tabIndex === 0 && button.closest('.event') !== null,
      );
      expect(stops.map((one) => one.getAttribute('aria-label')?.split(',')[0])).toEqual([
        'Conference',
      ]);
    });
  });

  test('walks rows and days, and from a row to its Join and back', async () => {
    await showAgenda();
    (await row(/^Design review,/)).focus();
    await press('ArrowDown');
    expect(focused()).toBe('Sprint planning');
    await press('ArrowRight');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Join Sprint planning');
    await press('ArrowLeft');
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Sprint planning, /);
    await press('End');
    expect(focused()).toBe('Tidy the inbox');
    await press('ArrowDown');
    expect(focused()).toBe('Grandma visits');
    await press('ArrowUp');
    await press('Home');
    expect(focused()).toBe('Conference, Lisbon');
  });

  test('reaches rows that are not rendered yet', async () => {
    const many = Array.from({ length: 300 }, (_, nth) =>
      timed(
        'ms/Calendar',
        `Event ${nth}`,
        4,
        `${Math.floor(nth / 20)}:${(nth % 20) * 3}`,
        '23:00',
        {
          id: `many-${String(nth).padStart(3, '0')}`,
        },
      ),
    );
    await showAgenda({ occurrences: many });
    (await row(/^Event 0,/)).focus();
    expect(document.querySelectorAll('.event').length).toBeLessThan(80);
    await press('End');
    expect(focused()).toBe('Event 299');
    await press('Home');
    expect(focused()).toBe('Event 0');
  });

  test('Enter opens the details of the row', async () => {
    const { desk } = await showAgenda();
    const review = await row(/^Design review,/);
    await fireEvent.click(review);
    const id = sampleOccurrences().find((one) => one.title === 'Design review')?.id;
    expect(desk.selection.id).toBe(id);
    expect(desk.selection.anchor).toBe(review);
    expect(review.getAttribute('aria-expanded')).toBe('true');
  });
});

test('next and previous event go on from the row where one is', async () => {
  const { desk } = await showAgenda();
  // Friday is the conference's second day: on from there, not from Thursday.
  const conference = await waitFor(() => {
    const rows = screen.getAllByRole('button', { name: /^Conference, Lisbon,/ });
    const second = rows.find((one) => one.getAttribute('aria-label')?.includes('day 2 of 2'));
    if (second === undefined) throw new Error('no second day');
    return second;
  });
  const at = () => document.activeElement?.closest<HTMLElement>('.event')?.dataset;
  conference.focus();
  const friday = at()?.key?.split('/', 1)[0];
  desk.run('next-event');
  expect([at()?.title, at()?.key?.split('/', 1)[0]]).toEqual(['Stand-up', friday]);
  desk.run('next-event');
  expect(at()?.title).toBe('Design review');
  desk.run('previous-event');
  expect(at()?.title).toBe('Stand-up');
});

describe('days', () => {
  const daily: OccurrenceView[] = Array.from({ length: 1200 }, (_, nth) =>
    timed('ms/Calendar', `Day ${nth - 600}`, nth - 600, '9:00', '9:30', { id: `daily-${nth}` }),
  );

  test('far from here are asked for and shown, with the focus in them', async () => {
    const { desk, called } = await showAgenda({ occurrences: daily });
    await row(/^Day 4,/);
    desk.show(MONDAY + 400);
    desk.focusDay(MONDAY + 400);
    const there = await row(/^Day 400,/);
    await waitFor(() => expect(document.activeElement).toBe(there));
    const asked = called('range').map(([query]) => query as { fromDay: number; days: number });
    expect(asked.some((one) => one.fromDay > MONDAY + 350)).toBe(true);
    expect(desk.day).toBe(MONDAY + 400);
  });

  test('an event is opened in its place', async () => {
    const { desk } = await showAgenda({ occurrences: daily });
    await row(/^Day 4,/);
    await desk.openInPlace('daily-100', MONDAY - 500);
    expect(desk.selection.id).toBe('daily-100');
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Day -500, /);
  });

  test('that cannot be read say so at the end of the list, with one action', async () => {
    const { client } = await showAgenda({
      occurrences: [daily[604], daily[610]].flatMap((one) => one ?? []),
    });
    await row(/^Day 4,/);
    const further = await screen.findByRole('button', { name: 'Look further ahead' });
    client.fail('range', { code: 'disk', message: 'The disk cannot be read.' });
    await fireEvent.click(further);
    await screen.findByText('Later days could not be read.');
    client.fail('range', null);
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByText('Later days could not be read.')).toBeNull());
  });

  test('are waited for without a list', async () => {
    await showAgenda({ silent: ['range'] });
    const region = await screen.findByRole('region', { name: 'Agenda' });
    expect(region.getAttribute('aria-busy')).toBe('true');
  });
});

test('titles without end, without letters and from right to left have rows like others', async () => {
  const strange = ['x'.repeat(10_000), '', 'اجتماع', '👩‍👩‍👧‍👦'].map((title, nth) =>
    timed('ms/Calendar', title, 4, '12:00', '13:00', { id: `strange-${nth}` }),
  );
  await showAgenda({ occurrences: strange });
  await row(/^No title,/);
  expect(document.querySelector('[data-id="strange-0"] .title')?.textContent.length).toBe(300);
});
