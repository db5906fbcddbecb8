import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import { CLOCK, MONDAY } from '../ipc/fake-data';
import { timeText } from '../shared/time';
import { dayOf } from './layout/months';
import MiniMonth from './MiniMonth.svelte';

const text = timeText('en-GB');
const TODAY = CLOCK.day;

function show(fromDay: number, days: number) {
  const onpick = vi.fn();
  const props = { chosen: fromDay, fromDay, days, today: TODAY, firstDayOfWeek: 1, text, onpick };
  const { rerender } = render(MiniMonth, { props });
  return { onpick, change: (to: object) => rerender({ ...props, ...to }) };
}

const highlighted = () =>
  Array.from(document.querySelectorAll('td.shown'), (cell) => cell.textContent?.trim());
const chosen = () => {
  const day = document.querySelector('td .chosen');
  return [day?.getAttribute('aria-label'), day?.getAttribute('aria-current')];
};
const stops = () => screen.getAllByRole('button').filter((one) => one.matches('td [tabindex="0"]'));
const press = async (key: string, to: string) => {
  await fireEvent.keyDown(document.activeElement as Element, { key });
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe(to));
};

test('the days of the view are marked', async () => {
  const { change } = show(MONDAY, 7);
  expect(highlighted()).toEqual(['16', '17', '18', '19', '20', '21', '22']);
  await change({ days: 3, fromDay: MONDAY + 5 });
  expect(highlighted()).toEqual(['21', '22', '23']);
  await change({ days: 1, fromDay: TODAY });
  expect(highlighted()).toEqual(['20']);
});

test('the chosen day is marked, in any view', async () => {
  const { change } = show(MONDAY, 7);
  expect(chosen()).toEqual(['Monday 16 November', 'true']);
  await change({ chosen: MONDAY + 1 });
  expect(chosen()).toEqual(['Tuesday 17 November', 'true']);
  await change({ chosen: dayOf(2027, 2, 14), fromDay: dayOf(2027, 2, 14), days: 1 });
  screen.getByRole('heading', { name: 'February 2027' });
  expect(chosen()).toEqual(['Sunday 14 February', 'true']);
  expect(highlighted()).toEqual(['14']);
  await change({ chosen: TODAY });
  expect(chosen()).toEqual(['Friday 20 November', 'date']);
});

test('it shows the month of the view, and today where the view holds it', async () => {
  const { change } = show(dayOf(2026, 11, 30), 7);
  screen.getByRole('heading', { name: 'December 2026' });
  await change({ fromDay: TODAY - 3, days: 10 });
  screen.getByRole('heading', { name: 'November 2026' });
  await change({ fromDay: dayOf(2027, 2, 1), days: 28 });
  screen.getByRole('heading', { name: 'February 2027' });
});

test('has one tab stop, and the keys of a calendar', async () => {
  const { onpick } = show(MONDAY, 7);
  expect(stops().map((one) => one.getAttribute('aria-label'))).toEqual(['Friday 20 November']);
  stops()[0]?.focus();
  await press('ArrowLeft', 'Thursday 19 November');
  await press('End', 'Sunday 22 November');
  await press('PageDown', 'Tuesday 22 December');
  await press('ArrowUp', 'Tuesday 15 December');
  screen.getByRole('heading', { name: 'December 2026' });
  await fireEvent.click(document.activeElement as Element);
  expect(onpick).toHaveBeenCalledWith(dayOf(2026, 12, 15));
});

test('from right to left, Left is the next day', async () => {
  show(MONDAY, 7);
  document.documentElement.dir = 'rtl';
  try {
    stops()[0]?.focus();
    await press('ArrowLeft', 'Saturday 21 November');
  } finally {
    document.documentElement.removeAttribute('dir');
  }
});
