/** Reminders in words. Pure. */
import type { ReminderView } from '../ipc/client';
import type { TimeText } from '../shared/time';

const HOUR = 60;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** "15 minutes before, by mail 1 day before"; empty if there are none. */
export function remindersText(
  reminders: readonly ReminderView[],
  allDay: boolean,
  text: TimeText,
): string {
  return reminders.map((one) => reminderText(one, allDay, text)).join(', ');
}

function reminderText({ method, minutes }: ReminderView, allDay: boolean, text: TimeText): string {
  const when = allDay ? beforeMidnight(minutes, text) : beforeStart(minutes);
  return method === 'email' ? `by mail ${when}` : when;
}

function beforeStart(minutes: number): string {
  if (minutes === 0) return 'at the start';
  return minutes > 0 ? `${span(minutes)} before` : `${span(-minutes)} after the start`;
}

/** All-day events begin at midnight; people think of the day and the time of the reminder. */
function beforeMidnight(minutes: number, text: TimeText): string {
  const days = Math.ceil(minutes / DAY);
  const minute = days * DAY - minutes;
  if (days < 0) return `${count(-days, 'day')} later at ${text.minute(minute)}`;
  if (days === 0) return `on the day at ${text.minute(minute)}`;
  if (minute === 0) return `${span(minutes)} before`;
  const day = days === 1 ? 'the day before' : `${count(days, 'day')} before`;
  return `${day} at ${text.minute(minute)}`;
}

/** "1 day 2 hours"; weeks only where they are whole. */
function span(minutes: number): string {
  if (minutes % WEEK === 0) return count(minutes / WEEK, 'week');
  return [
    { n: Math.floor(minutes / DAY), unit: 'day' },
    { n: Math.floor((minutes % DAY) / HOUR), unit: 'hour' },
    { n: minutes % HOUR, unit: 'minute' },
  ]
    .filter(({ n }) => n > 0)
    .map(({ n, unit }) => count(n, unit))
    .join(' ');
}

const count = (n: number, unit: string): string => `${n} ${unit}${n === 1 ? '' : 's'}`;
