import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, test } from 'vitest';
import type { FakeOptions } from '../ipc/fake';
import { allDay, CLOCK, MONDAY, sampleOccurrences, timed } from '../ipc/fake-data';
import { show } from '../shared/testing/provided';
import { dayOf } from './layout/months';
import MonthGrid from './MonthGrid.svelte';

const FRIDAY = CLOCK.day;

async function showMonth(options: FakeOptions & { day?: number } = {}) {
  const { day = FRIDAY, preferences, ...more } = options;
  const shown = await show(MonthGrid, {
    ...more,
    preferences: { view: 'month', day, ...preferences },
  });
  await waitFor(() => expect(shown.desk.events.covers({ fromDay: day, days: 1 })).toBe(true));
  await tick();
  const stop = shown.desk.events.start();
  return { ...shown, stop };
}

const cell = (name: RegExp) => screen.getByRole('button', { name });
const gridcell = (name: RegExp) => {
  const found = cell(name).closest<HTMLElement>('[role="gridcell"]');
  if (found === null) throw new Error('no cell');
  return found;
};
const FRIDAY_CELL = /^Friday 20 November, 8 events$/;
const focused = () => document.activeElement?.getAttribute('aria-label') ?? '';
const press = (key: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
/** Keys move the focus when what they lead to is there. */
const leads = async (key: string, to: RegExp, more: KeyboardEventInit = {}) => {
  await press(key, more);
  await waitFor(() => expect(focused()).toMatch(to));
};

describe('the month', () => {
  test('is a grid of weeks with the names of their days, and today is marked', async () => {
    await showMonth();
    const grid = screen.getByRole('grid', { name: 'Month, November 2026' });
    const heads = within(grid).getAllByRole('columnheader');
    expect(heads.map((head) => head.textContent?.trim())).toEqual([
      'Monday Mon',
      'Tuesday Tue',
      'Wednesday Wed',
      'Thursday Thu',
      'Friday Fri',
      'Saturday Sat',
      'Sunday Sun',
    ]);
    expect(gridcell(FRIDAY_CELL).getAttribute('aria-current')).toBe('date');
    expect(grid.querySelectorAll('[aria-current]')).toHaveLength(1);
    expect(within(grid).getByText('1 Dec')).toBeTruthy();
  });

  test('asks for more weeks than it shows, in one question', async () => {
    const { called } = await showMonth();
    const asked = called('range') as { fromDay: number; days: number }[][];
    expect(asked).toHaveLength(1);
    const [query] = asked[0] ?? [];
    expect(query?.fromDay).toBeLessThan(dayOf(2026, 10, 26) - 28);
    expect((query?.days ?? 0) % 28).toBe(0);
  });

  test('names an event in full, and lays one over its days', async () => {
    await showMonth();
    const freeze = cell(/^Release freeze, Monday 16 November to Wednesday 18 November, all day/);
    const chip = freeze.closest<HTMLElement>('.event');
    expect(chip?.style.getPropertyValue('--columns')).toBe('3');
    cell(/^Football, Saturday 21 November, 10:00 to 11:30, Family/);
    // Over midnight at the end of the week: in both weeks.
    expect(screen.getAllByRole('button', { name: /^Night train/ })).toHaveLength(2);
  });

  test('state is told by shape', async () => {
    const day = 20;
    const at = (title: string, more: object) =>
      timed('ms/Calendar', title, day, '9:00', '10:00', { id: title, ...more });
    await showMonth({
      occurrences: [
        at('a', { response: 'declined' }),
        at('b', { response: 'tentative', importance: 'high' }),
        timed('ms/Calendar', 'c', day + 1, '9:00', '10:00', { id: 'c', showAs: 'free' }),
        timed('ms/Calendar', 'd', day + 1, '9:00', '10:00', { response: 'not_responded' }),
        timed('ms/Calendar', 'e', day + 2, '9:00', '10:00', { status: 'cancelled' }),
      ],
    });
    const classes = screen.getAllByTestId('event').map((event) => event.className);
    ['declined', 'tentative', 'free', 'unanswered', 'cancelled'].forEach((look, index) =>
      expect(classes[index]).toContain(look),
    );
    expect(screen.getByText('!')).toBeTruthy();
  });

  test('hides weekends, numbers weeks, and opens a week by its number', async () => {
    const { desk } = await showMonth({
      preferences: { showWeekends: false, showWeekNumbers: true },
    });
    expect(screen.getByRole('grid').getAttribute('aria-colcount')).toBe('6');
    expect(screen.queryByRole('button', { name: /^Saturday 21 November/ })).toBeNull();
    await fireEvent.click(cell(/^Open week 47$/));
    expect(desk.view).toBe('week');
    expect(desk.day).toBe(MONDAY);
  });

  test('says nothing of events where it does not know them', async () => {
    const { desk } = await show(MonthGrid, {
      preferences: { view: 'month', day: FRIDAY },
      silent: ['range'],
    });
    await waitFor(() => cell(/^Friday 20 November$/));
    expect(desk.events.covers({ fromDay: FRIDAY, days: 1 })).toBe(false);
    expect(screen.getByRole('grid').getAttribute('aria-busy')).toBe('true');
  });

  test('a change of one event lays out its week and no other', async () => {
    const { client } = await showMonth();
    const before = screen.getAllByTestId('event');
    client.setOccurrences(
      sampleOccurrences().map((one) =>
        one.title === 'Football' ? { ...one, title: 'Chess', startMinute: 660 } : one,
      ),
    );
    client.tell('eventsChanged', { fromDay: FRIDAY + 1, toDay: FRIDAY + 1 });
    await waitFor(() => cell(/^Chess, Saturday 21 November, 11:00/));
    expect(screen.getAllByTestId('event')).toEqual(before);
  });
});

describe('the keyboard', () => {
  test('has one tab stop, on the day that the desk holds', async () => {
    await showMonth();
    const grid = screen.getByRole('grid');
    const stops = Array.from(grid.querySelectorAll('button')).filter((one) => one.tabIndex === 0);
    expect(stops.map((one) => one.getAttribute('aria-label'))).toEqual([
      'Friday 20 November, 8 events',
    ]);
  });

  test('walks days, weeks and months, endlessly', async () => {
    const { desk } = await showMonth();
    cell(FRIDAY_CELL).focus();
    await leads('ArrowRight', /^Saturday 21 November/);
    await leads('ArrowDown', /^Saturday 28 November/);
    await leads('Home', /^Monday 23 November/);
    await leads('End', /^Sunday 29 November/);
    await leads('PageDown', /^Tuesday 29 December/);
    expect(desk.day).toBe(dayOf(2026, 12, 29));
    await leads('PageUp', /^Sunday 29 November/);
    await leads('PageDown', /^Monday 29 November/, { shiftKey: true });
    expect(desk.day).toBe(dayOf(2027, 11, 29));
    for (let week = 0; week < 20; week += 1) {
      await press('ArrowUp');
      await tick();
    }
    await waitFor(() => expect(focused()).toMatch(/^Monday 12 July/));
    expect(screen.getAllByRole('row').length).toBeLessThan(24);
  });

  test('in Arabic, Left is the next day', async () => {
    await showMonth();
    document.documentElement.dir = 'rtl';
    try {
      cell(FRIDAY_CELL).focus();
      await leads('ArrowLeft', /^Saturday 21 November/);
      await leads('ArrowRight', /^Friday 20 November/);
    } finally {
      document.documentElement.removeAttribute('dir');
    }
  });

  test('Enter lists the day: Up and Down walk it, Enter opens, Escape goes back', async () => {
    const { desk } = await showMonth();
    cell(FRIDAY_CELL).focus();
    await press('Enter');
    const list = await screen.findByRole('dialog', { name: /^Friday,? 20 November 2026$/ });
    expect(within(list).getAllByTestId('event')).toHaveLength(8);
    await waitFor(() => expect(focused()).toMatch(/^Conference, Lisbon/));
    await leads('ArrowDown', /^Stand-up/);
    await leads('ArrowDown', /^Design review/);
    await leads('ArrowRight', /^Join Design review$/);
    await leads('ArrowLeft', /^Design review/);
    await leads('End', /^Tidy the inbox/);
    const entry = document.activeElement as HTMLElement;
    await fireEvent.click(entry);
    expect(desk.selection.anchor).toBe(entry);
    // Details are closed first.
    await press('Escape');
    expect(screen.getByTestId('day-list')).toBeTruthy();
    desk.closeDetails();
    await leads('Escape', FRIDAY_CELL);
    expect(screen.queryByTestId('day-list')).toBeNull();
  });

  test('from the list, the name of the day opens it', async () => {
    const { desk } = await showMonth();
    cell(FRIDAY_CELL).focus();
    await press('Enter');
    const list = await screen.findByTestId('day-list');
    await leads('ArrowUp', /^Open Friday 20 November$/);
    await fireEvent.click(within(list).getByRole('button', { name: 'Open Friday 20 November' }));
    expect([desk.view, desk.day]).toEqual(['day', FRIDAY]);
  });

  test('an empty day says that it is empty', async () => {
    await showMonth();
    cell(/^Friday 27 November, no events$/).focus();
    await press('Enter');
    const list = await screen.findByTestId('day-list');
    expect(within(list).getByText('Nothing on this day.')).toBeTruthy();
  });
});

describe('a crowded day', () => {
  const crowd = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      timed('ms/Calendar', `Talk ${index}`, 4, '9:00', '10:00', { id: `talk-${index}` }),
    );

  test('counts what found no lane, in a button that lists all of it', async () => {
    await showMonth({ occurrences: crowd(9) });
    const more = cell(/^\+\d more on Friday 20 November$/);
    const shown = within(gridcell(/^Friday 20 November, 9 events$/)).getAllByTestId('event').length;
    expect(Number(more.dataset.count) + shown).toBe(9);
    await fireEvent.click(more, { detail: 1 });
    const list = await screen.findByTestId('day-list');
    expect(within(list).getAllByTestId('event')).toHaveLength(9);
    expect(more.getAttribute('aria-expanded')).toBe('true');
    await fireEvent.pointerDown(document.body);
    await waitFor(() => expect(screen.queryByTestId('day-list')).toBeNull());
  });

  test('of hundreds, the list shows some and then more', async () => {
    await showMonth({ occurrences: crowd(400) });
    cell(/^Friday 20 November, 400 events$/).focus();
    await press('Enter');
    const list = await screen.findByTestId('day-list');
    const before = within(list).getAllByTestId('event').length;
    expect(before).toBeLessThan(100);
    await waitFor(() => expect(focused()).toMatch(/^Talk 0,/));
    await press('End');
    await fireEvent.click(document.activeElement as HTMLElement);
    await waitFor(() =>
      expect(within(list).getAllByTestId('event').length).toBeGreaterThan(before),
    );
    await waitFor(() => expect(focused()).toMatch(/^Talk /));
  });

  test('an event without a lane that is asked for is shown in the list of its day', async () => {
    const { desk } = await showMonth({ occurrences: crowd(30) });
    await desk.openInPlace('talk-9', FRIDAY);
    const list = screen.getByTestId('day-list');
    expect(list.contains(desk.selection.anchor)).toBe(true);
  });
});

describe('the mouse', () => {
  test('opens an event, the day by its date or a double click, and joins on hover', async () => {
    const { desk, called } = await showMonth();
    const football = cell(/^Football,/);
    await fireEvent.click(football);
    expect(desk.selection.id).toBe(football.closest<HTMLElement>('.event')?.dataset.id);
    const call = cell(/^Call with Noor,/);
    expect(screen.queryByRole('button', { name: 'Join Call with Noor' })).toBeNull();
    await fireEvent.pointerOver(call);
    await fireEvent.click(cell(/^Join Call with Noor$/));
    expect(called('join')).toHaveLength(1);
    await fireEvent.dblClick(cell(/^Saturday 21 November,/));
    expect([desk.view, desk.day]).toEqual(['day', FRIDAY + 1]);
  });

  test('what is on offers Join without that', async () => {
    const now = sampleOccurrences().filter((one) => one.title === 'Design review');
    await showMonth({ occurrences: now });
    expect(cell(/^Join Design review$/)).toBeTruthy();
  });
});

describe('with the desk', () => {
  test('next and today scroll; scrolling tells which month one looks at', async () => {
    const { desk } = await showMonth();
    const scroller = screen.getByTestId('month');
    const week = scroller.scrollTop;
    desk.step(1);
    await waitFor(() => expect(scroller.scrollTop).toBeGreaterThan(week));
    screen.getByRole('grid', { name: 'Month, December 2026' });
    await desk.goToToday();
    await waitFor(() => expect(scroller.scrollTop).toBe(week));
    scroller.scrollTop += 105 * 9;
    await fireEvent.scroll(scroller);
    await waitFor(() => expect(desk.day).toBe(dayOf(2027, 1, 1)));
    screen.getByRole('grid', { name: 'Month, January 2027' });
    scroller.scrollTop -= 105 * 9;
    await fireEvent.scroll(scroller);
    // In the month of today one looks at today.
    await waitFor(() => expect(desk.day).toBe(FRIDAY));
  });

  test('events of far away months are there when asked for', async () => {
    const day = dayOf(2019, 6, 14);
    const party = allDay('go/Family', 'Party', day - MONDAY, 1, { id: 'party' });
    const { desk } = await showMonth({ occurrences: [...sampleOccurrences(), party] });
    await desk.openInPlace('party', day);
    expect(desk.selection.anchor?.getAttribute('aria-label')).toMatch(/^Party, Friday 14 June/);
    screen.getByRole('grid', { name: 'Month, June 2019' });
  });

  test('next event and previous event walk what is shown', async () => {
    const { desk } = await showMonth();
    desk.run('next-event');
    expect(focused()).toMatch(/^Release freeze/);
    desk.run('next-event');
    expect(focused()).toMatch(/^Stand-up, Monday 16/);
    desk.run('previous-event');
    expect(focused()).toMatch(/^Release freeze/);
  });
});
