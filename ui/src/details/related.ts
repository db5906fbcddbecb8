/** The other events of a series and thread, in words. Pure. */
import type { ClockView, ThreadItem, ThreadReport } from '../ipc/client';
import { dateOfDay } from '../calendar/layout/months';
import type { TimeText } from '../shared/time';
import { words } from '../words';

/** How many others there are, listed or not. */
export function othersOf({ items, more }: ThreadReport): number {
  return items.filter((one) => !one.current).length + more;
}

/** What the others are: of the series, of the thread, or some of each. */
export function kindOfOthers({ items }: ThreadReport, recurring: boolean): string {
  const others = items.filter((one) => !one.current);
  const series = recurring || others.some((one) => one.series);
  const thread = others.some((one) => !one.series);
  if (series && thread) return words.related.both;
  return thread ? words.related.thread : words.related.series;
}

/** "Friday, 20 November · 11:30 – 12:30"; the year where it is not this one. */
export function whenOfItem({ when }: ThreadItem, text: TimeText, clock: ClockView | null): string {
  const thisYear = clock === null || yearOf(when.day) === yearOf(clock.day);
  const day = thisYear ? text.dayLong(when.day) : text.dayInYear(when.day);
  if (when.allDay) return day;
  const times =
    when.days === 1
      ? text.minutes(when.startMinute, when.endMinute)
      : text.minute(when.startMinute);
  return words.details.on(day, times);
}

/** What there is to say of one: its title where it is another, and whether it takes place. */
export function noteOfItem(item: ThreadItem, title: string): string {
  return words.commas([
    item.title === title ? '' : item.title.trim() === '' ? words.untitled : item.title,
    item.current ? words.related.current : '',
    item.status === 'cancelled'
      ? words.event.cancelled
      : item.response === 'declined'
        ? words.answer('declined')
        : '',
  ]);
}

/** Whether it is not to be expected. */
export function isOff(item: ThreadItem): boolean {
  return item.status === 'cancelled' || item.response === 'declined';
}

function yearOf(day: number): number {
  return dateOfDay(day).getUTCFullYear();
}
