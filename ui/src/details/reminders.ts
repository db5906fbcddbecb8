/** Reminders in words. Pure. */
import type { ReminderView } from '../ipc/client';
import type { TimeText } from '../shared/time';
import { words } from '../words';
import { unitList } from '../words/t';

const HOUR = 60;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** "15 minutes before, by mail 1 day before"; empty if there are none. */
export function remindersText(
  reminders: readonly ReminderView[],
  allDay: boolean,
  text: TimeText,
): string {
  return words.commas(reminders.map((one) => reminderText(one, allDay, text)));
}

function reminderText({ method, minutes }: ReminderView, allDay: boolean, text: TimeText): string {
  const when = allDay ? beforeMidnight(minutes, text) : beforeStart(minutes);
  return method === 'email' ? words.reminders.byMail(when) : when;
}

function beforeStart(minutes: number): string {
  if (minutes === 0) return words.reminders.atStart;
  return minutes > 0
    ? words.reminders.before(span(minutes))
    : words.reminders.afterStart(span(-minutes));
}

/** All-day events begin at midnight; people think of the day and the time of the reminder. */
function beforeMidnight(minutes: number, text: TimeText): string {
  const days = Math.ceil(minutes / DAY);
  const minute = days * DAY - minutes;
  if (days < 0) return words.reminders.daysLater(-days, text.minute(minute));
  if (days === 0) return words.reminders.onDay(text.minute(minute));
  if (minute === 0) return words.reminders.before(span(minutes));
  return words.reminders.daysBefore(days, text.minute(minute));
}

/** "1 day 2 hours"; weeks only where they are whole. */
function span(minutes: number): string {
  if (minutes % WEEK === 0) return words.reminders.weeks(minutes / WEEK);
  return unitList(
    [
      { n: Math.floor(minutes / DAY), said: words.reminders.days },
      { n: Math.floor((minutes % DAY) / HOUR), said: words.reminders.hours },
      { n: minutes % HOUR, said: words.reminders.minutes },
    ]
      .filter(({ n }) => n > 0)
      .map(({ n, said }) => said(n)),
  );
}
