/**
 * Days, minutes and instants as text.
 *
 * Days and minutes are already in the zone shown, so they are formatted as UTC. Only instants of
 * the last sync are formatted in a zone, by Intl.
 */
import { dateOfDay } from '../calendar/layout/months';

/** Text for days and times in one locale. */
export interface TimeText {
  /** Whose text it is. */
  readonly locale: string | undefined;
  /** "09:30" or "9:30 AM". */
  minute(minute: number): string;
  /** The same in little room: "9:30" or "9:30 AM", and "9 AM" for full hours on a 12-hour clock. */
  brief(minute: number): string;
  /** The same where morning and afternoon are clear: "9:30". */
  face(minute: number): string;
  /** The label of an hour line. */
  hour(hour: number): string;
  /** "09:30 – 10:00". */
  minutes(start: number, end: number): string;
  /** "Fri". */
  weekday(day: number): string;
  /** "F", for the mini month. */
  weekdayNarrow(day: number): string;
  /** "20". */
  date(day: number): string;
  /** "Friday, 20 November". */
  dayLong(day: number): string;
  /** "Friday, 20 November 2026". */
  dayInYear(day: number): string;
  /** "16 – 22 November 2026". */
  days(from: number, count: number): string;
  /** "November 2026", of the month that holds the day. */
  month(day: number): string;
  /** "June 2019" or "June – July 2019", of the months that the days touch. */
  months(from: number, count: number): string;
  /** "just now", "2 min ago", "3 h ago", or the date and time. */
  ago(instant: string, now: number, zone: string): string;
  /** "20 Nov, 17:04". */
  moment(instant: string, zone: string): string;
}

const MINUTE_MS = 60_000;

/** Builds the formatters of a locale once; they are costly. */
export function timeText(locale: string | undefined): TimeText {
  const utc = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
  const time = utc({ hour: 'numeric', minute: '2-digit' });
  const hourOnly = utc({ hour: 'numeric' });
  const hours12 = time.resolvedOptions().hour12 === true;
  const weekday = utc({ weekday: 'short' });
  const narrow = utc({ weekday: 'narrow' });
  const date = utc({ day: 'numeric' });
  const long = utc({ weekday: 'long', day: 'numeric', month: 'long' });
  const longInYear = utc({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const range = utc({ day: 'numeric', month: 'long', year: 'numeric' });
  const month = utc({ month: 'long', year: 'numeric' });

  const isFullHour = (minute: number): boolean => minute % 60 === 0;
  const atMinute = (minute: number): Date => new Date(minute * MINUTE_MS);
  return {
    locale,
    minute: remembered((minute) => time.format(atMinute(minute))),
    brief: remembered((minute) =>
      (hours12 && isFullHour(minute) ? hourOnly : time).format(atMinute(minute)),
    ),
    face: (minute) =>
      time
        .formatToParts(atMinute(minute))
        .map((part) => (part.type === 'dayPeriod' ? '' : part.value))
        .join('')
        .trim(),
    hour: (hour) => (hours12 ? hourOnly : time).format(atMinute(hour * 60)),
    minutes: (start, end) => `${time.format(atMinute(start))} – ${time.format(atMinute(end))}`,
    weekday: (day) => weekday.format(dateOfDay(day)),
    weekdayNarrow: (day) => narrow.format(dateOfDay(day)),
    date: (day) => date.format(dateOfDay(day)),
    dayLong: remembered((day) => long.format(dateOfDay(day))),
    dayInYear: (day) => longInYear.format(dateOfDay(day)),
    days: (from, count) => range.formatRange(dateOfDay(from), dateOfDay(from + count - 1)),
    month: (day) => month.format(dateOfDay(day)),
    months: (from, count) => month.formatRange(dateOfDay(from), dateOfDay(from + count - 1)),
    ago: (instant, now, zone) => agoText(instant, now, zone, locale),
    moment: (instant, zone) => momentText(instant, zone, locale),
  };
}

/** Every chip names its day and times; formatting costs more than looking up. */
function remembered(format: (number: number) => string): (number: number) => string {
  const known = new Map<number, string>();
  return (number) => {
    const text = known.get(number) ?? format(number);
    known.set(number, text);
    return text;
  };
}

function agoText(instant: string, now: number, zone: string, locale: string | undefined): string {
  const then = Date.parse(instant);
  const minutes = Math.floor((now - then) / MINUTE_MS);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 12 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return momentText(instant, zone, locale);
}

function momentText(instant: string, zone: string, locale: string | undefined): string {
  const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
  const options = { ...day, hour: 'numeric', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(
    Date.parse(instant),
  );
}
