import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { FakeOptions } from '../ipc/fake';
import { CLOCK, sampleOccurrences } from '../ipc/fake-data';
import { show } from '../shared/testing/provided';
import { dayOf } from './layout/months';
import YearGrid from './YearGrid.svelte';

async function showYear(options: FakeOptions & { day?: number } = {}) {
  const { day = CLOCK.day, preferences, ...more } = options;
  const shown = await show(YearGrid, {
    ...more,
    preferences: { view: 'year', day, ...preferences },
  });
  shown.desk.events.start();
  return shown;
}

/** A query by role computes the names of 365 cells, each time anew. */
const day = (name: RegExp) =>
  waitFor(() => {
    const cells = Array.from(document.querySelectorAll<HTMLElement>('[role="gridcell"]'));
    const found = cells.find((cell) => name.test(cell.getAttribute('aria-label') ?? ''));
    if (found === undefined) throw new Error(`no day ${name}`);
    return found;
  });
const focused = () => document.activeElement?.getAttribute('aria-label') ?? '';
const leads = async (key: string, to: RegExp, more: KeyboardEventInit = {}) => {
  await fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
  await waitFor(() => expect(focused()).toMatch(to));
};

describe('the year', () => {
  test('is twelve months of days that say how many events they have', async () => {
    await showYear();
    expect(screen.getAllByRole('grid')).toHaveLength(12);
    const friday = await day(/^20 November, 8 events$/);
    expect(friday.className).toContain('shade-4');
    expect(friday.title).toBe('20 November, 8 events');
    expect(friday.getAttribute('aria-current')).toBe('date');
    expect((await day(/^14 March, no events$/)).className).toContain('shade-0');
    const march = screen.getByRole('grid', { name: 'March 2026' });
    expect(march.querySelectorAll('[role="gridcell"]')).toHaveLength(31);
  });

  test('explains its shades', async () => {
    await showYear();
    const legend = screen.getByRole('list', { name: 'Events on a day' });
    const items = within(legend).getAllByRole('listitem');
    expect(items.map((item) => item.textContent)).toEqual([
      'none',
      '1–2',
      '3–4',
      '5–7',
      '8 or more',
    ]);
  });

  test('asks for the days of the year, and again when something has changed', async () => {
    const { called, client } = await showYear();
    await day(/^20 November, 8 events$/);
    const asked = { fromDay: dayOf(2026, 1, 1), days: 365 };
    expect(called('density')).toMatchObject([[asked]]);
    client.setOccurrences(sampleOccurrences().slice(0, 3));
    client.tell('eventsChanged', SYNC);
    client.tell('eventsChanged', SYNC);
    await day(/^20 November, 1 event$/);
    expect(called('density')).toHaveLength(2);
  });

  test('follows the filter', async () => {
    const { desk, called } = await showYear();
    await day(/^20 November, 8 events$/);
    desk.setFilter('importance:high');
    await day(/^20 November, 1 event$/);
    expect(called('density')[1]).toMatchObject([{ filter: 'importance:high' }]);
  });

  test('while it counts, days have names alone', async () => {
    await showYear({ silent: ['density'] });
    expect((await day(/^20 November$/)).className).toContain('shade-0');
    expect(screen.getByRole('group', { name: 'Year, 2026' }).getAttribute('aria-busy')).toBe(
      'true',
    );
    expect(screen.getByRole('status').textContent).toMatch(/Counting the events of this year/);
  });

  test('says what failed, and tries again', async () => {
    const { client } = await showYear({
      failing: { density: { code: 'disk', message: 'The disk cannot be read.' } },
    });
    await screen.findByText('The disk cannot be read.');
    client.fail('density', null);
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await day(/^20 November, 8 events$/);
    expect(screen.queryByText('The disk cannot be read.')).toBeNull();
  });

  test('without any event it says so', async () => {
    await showYear({ occurrences: [] });
    await screen.findByText('Nothing in this year.');
  });

  test('of days that are not synced it does not say that they are empty', async () => {
    const synced = { fromDay: dayOf(2026, 2, 1), toDay: dayOf(2026, 10, 31) };
    await showYear({ synced });
    const january = await day(/^31 January, not synced$/);
    expect(january.classList).toContain('unknown');
    expect((await day(/^1 February, no events$/)).classList).not.toContain('unknown');
    // What is known of it is told all the same.
    expect((await day(/^20 November, 8 events$/)).classList).not.toContain('unknown');
    within(screen.getByRole('list', { name: 'Events on a day' })).getByText('not synced');
  });

  test('a year of which nothing is known is not called empty', async () => {
    await showYear({ occurrences: [], synced: { fromDay: 0, toDay: 0 } });
    await screen.findByText(/lies outside of what is synced/);
    expect(screen.queryByText('Nothing in this year.')).toBeNull();
  });

  test('numbers its weeks if the user wants that', async () => {
    await showYear({ preferences: { showWeekNumbers: true } });
    const november = screen.getByRole('grid', { name: 'November 2026' });
    const heads = within(november).getAllByRole('rowheader', { name: /^Week/ });
    expect(heads.map((head) => head.textContent)).toEqual(['44', '45', '46', '47', '48', '49']);
  });
});

describe('the keyboard', () => {
  test('has one tab stop, and walks days, weeks and months', async () => {
    const { desk } = await showYear();
    expect(document.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
    (await day(/^20 November/)).focus();
    await leads('ArrowRight', /^21 November/);
    await leads('ArrowDown', /^28 November/);
    await leads('Home', /^23 November/);
    await leads('PageUp', /^23 October/);
    await leads('PageDown', /^23 November/);
    await leads('PageDown', /^23 December/);
    await leads('PageDown', /^23 January/);
    expect(desk.day).toBe(dayOf(2027, 1, 23));
    screen.getByRole('grid', { name: 'January 2027' });
    await leads('PageUp', /^23 January/, { shiftKey: true });
    expect(desk.day).toBe(dayOf(2026, 1, 23));
  });

  test('Enter and a click open the day, the name of a month opens that', async () => {
    const { desk } = await showYear();
    (await day(/^20 November/)).focus();
    await fireEvent.keyDown(document.activeElement as Element, { key: 'Enter' });
    expect([desk.view, desk.day]).toEqual(['day', CLOCK.day]);
    await fireEvent.click(await day(/^14 March/));
    expect([desk.view, desk.day]).toEqual(['day', dayOf(2026, 3, 14)]);
    await fireEvent.click(screen.getByRole('button', { name: 'Open March 2026' }));
    expect([desk.view, desk.day]).toEqual(['month', dayOf(2026, 3, 1)]);
  });
});

const SYNC = { fromDay: CLOCK.day, toDay: CLOCK.day };
