/**
 * Days, minutes and instants as text.
 *
 * Days and minutes are already in the zone shown, so they are formatted as UTC. Only instants of
 * the last sync are formatted in a zone, by Intl.
 */
import { dateOfDay } from '../calendar/layout/months';
import { time as words } from '../words/time';

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
  /** "2026", of the year that holds the day. */
  year(day: number): string;
  /** "June 2019" or "June – July 2019", of the months that the days touch. */
  months(from: number, count: number): string;
  /** "just now", "2 min ago", "3 h ago", or the date and time. */
  ago(instant: string, now: number, zone: string): string;
  /** "20 Nov, 17:04". */
  moment(instant: string, zone: string): string;
}

const MINUTE_MS = 60_000;
/** Of the grids, whatever the locale is used to: a month here is a month there. */
const CALENDAR = 'gregory';

/** Builds each formatter of a locale once, and when it is needed: they are costly. */
export function timeText(
  locale: string | undefined,
  hours: '12' | '24' | 'system' = 'system',
): TimeText {
  const cycle: Intl.DateTimeFormatOptions =
    hours === 'system' ? {} : { hourCycle: hours === '12' ? 'h12' : 'h23' };
  const utc = (options: Intl.DateTimeFormatOptions): (() => Intl.DateTimeFormat) =>
    once(
      () => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', calendar: CALENDAR, ...options }),
    );
  const time = utc({ hour: 'numeric', minute: '2-digit', ...cycle });
  const hourOnly = utc({ hour: 'numeric', ...cycle });
  const hours12 = once(() => time().resolvedOptions().hourCycle?.startsWith('h1') === true);
  const weekday = utc({ weekday: 'short' });
  const narrow = utc({ weekday: 'narrow' });
  const date = utc({ day: 'numeric' });
  const long = utc({ weekday: 'long', day: 'numeric', month: 'long' });
  const longInYear = utc({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const range = utc({ day: 'numeric', month: 'long', year: 'numeric' });
  const month = utc({ month: 'long', year: 'numeric' });
  const year = utc({ year: 'numeric' });

  const isFullHour = (minute: number): boolean => minute % 60 === 0;
  const atMinute = (minute: number): Date => new Date(minute * MINUTE_MS);
  return {
    locale,
    minute: remembered((minute) => time().format(atMinute(minute))),
    brief: remembered((minute) =>
      (hours12() && isFullHour(minute) ? hourOnly : time)().format(atMinute(minute)),
    ),
    face: remembered((minute) =>
      time()
        .formatToParts(atMinute(minute))
        .map((part) => (part.type === 'dayPeriod' ? '' : part.value))
        .join('')
        .trim(),
    ),
    hour: (hour) => (hours12() ? hourOnly : time)().format(atMinute(hour * 60)),
    minutes: (start, end) =>
      words.range(time().format(atMinute(start)), time().format(atMinute(end))),
    weekday: (day) => weekday().format(dateOfDay(day)),
    weekdayNarrow: (day) => narrow().format(dateOfDay(day)),
    date: (day) => date().format(dateOfDay(day)),
    dayLong: remembered((day) => long().format(dateOfDay(day))),
    dayInYear: (day) => longInYear().format(dateOfDay(day)),
    days: (from, count) => range().formatRange(dateOfDay(from), dateOfDay(from + count - 1)),
    month: (day) => month().format(dateOfDay(day)),
    year: (day) => year().format(dateOfDay(day)),
    months: (from, count) => month().formatRange(dateOfDay(from), dateOfDay(from + count - 1)),
    ago: (instant, now, zone) => agoText(instant, now, zone, locale),
    moment: (instant, zone) => momentText(instant, zone, locale),
  };
}

/** A text that is whatever `current` is at the time, so that components can follow it. */
export function followingText(current: () => TimeText): TimeText {
  const names = Object.keys(current()) as (keyof TimeText)[];
  const entries = names.map((name) => {
    const property: PropertyDescriptor =
      name === 'locale'
        ? { get: () => current().locale }
        : {
            value: (...given: never[]) =>
              (current()[name] as (...all: never[]) => string)(...given),
          };
    return [name, { enumerable: true, ...property }] as const;
  });
  return Object.defineProperties({}, Object.fromEntries(entries)) as TimeText;
}

/** Makes something at the first call, and answers it from then on. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
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
  if (minutes < 1) return words.justNow;
  if (minutes < 60) return words.minutesAgo(minutes);
  if (minutes < 12 * 60) return words.hoursAgo(Math.floor(minutes / 60));
  return momentText(instant, zone, locale);
}

function momentText(instant: string, zone: string, locale: string | undefined): string {
  const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
  const options = { ...day, hour: 'numeric', minute: '2-digit', calendar: CALENDAR } as const;
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(
    Date.parse(instant),
  );
}
