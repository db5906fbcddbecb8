/** What the agenda says of days and of the part of an event that lies in one. */
import type { TimeText } from '../shared/time';
import { words } from '../words';
import type { EventRow, NothingRow } from './layout/agenda';
import { dateOfDay, monthOf } from './layout/months';
import { lookOf } from './look';

/** Formats days for the agenda; `Intl` objects are made once, they are costly. */
export class AgendaText {
  readonly #text: TimeText;
  readonly #relative: Intl.RelativeTimeFormat;
  readonly #span: Intl.DateTimeFormat;
  readonly #spanInYear: Intl.DateTimeFormat;

  constructor(text: TimeText) {
    const options = {
      timeZone: 'UTC',
      calendar: 'gregory',
      day: 'numeric',
      month: 'long',
    } as const;
    this.#text = text;
    this.#relative = new Intl.RelativeTimeFormat(text.locale, { numeric: 'auto' });
    this.#span = new Intl.DateTimeFormat(text.locale, options);
    this.#spanInYear = new Intl.DateTimeFormat(text.locale, { ...options, year: 'numeric' });
  }

  /** "Friday, 20 November", with its year if that is not this one. */
  day(day: number, today: number | null): string {
    return sameYear(day, today) ? this.#text.dayLong(day) : this.#text.dayInYear(day);
  }

  /** "Today", "Tomorrow" or "Yesterday"; empty for other days. */
  nearness(day: number, today: number | null): string {
    const by = today === null ? 2 : day - today;
    if (Math.abs(by) > 1) return '';
    const name = this.#relative.format(by, 'day');
    return name.charAt(0).toLocaleUpperCase(this.#text.locale) + name.slice(1);
  }

  /** "Nothing from 3 to 9 March". */
  nothing({ day, lastDay }: NothingRow, today: number | null, filtered: boolean): string {
    const say = filtered ? words.agenda.noMatch : words.agenda.nothing;
    if (day === lastDay) return day === today ? say.today : say.on(this.day(day, today));
    const inYear = !sameYear(day, today) || !sameYear(lastDay, today);
    return say.between(...ends(inYear ? this.#spanInYear : this.#span, day, lastDay));
  }

  /** When a row's event is on its day: "10:00 – 11:00", "all day", "until 6:40". */
  time({ part, occurrence }: EventRow): string {
    const { start, end, whole, nth } = part;
    if (whole) return words.agenda.allDay;
    if (nth < occurrence.days && occurrence.days > 1) {
      return words.agenda.from(this.#text.minute(start));
    }
    if (nth > 1) return words.agenda.until(this.#text.minute(end));
    return end === start ? this.#text.minute(start) : this.#text.minutes(start, end);
  }

  /** "day 2 of 3"; empty for an event of one day. */
  part({ part, occurrence }: EventRow): string {
    return occurrence.days > 1 ? words.agenda.dayOf(part.nth, occurrence.days) : '';
  }
}

/** Where it is and how one stands to it, as seen; what is read out is in its name. */
export function notesOf({ occurrence }: EventRow): string[] {
  const { joinService, location } = occurrence;
  const place = joinService === null ? (location ?? '') : words.event.service(joinService);
  const states: Partial<Record<ReturnType<typeof lookOf>, string>> = {
    cancelled: words.event.cancelled,
    declined: words.answer('declined'),
    unanswered: words.answer('not_responded'),
    tentative: words.event.tentative,
  };
  return [place, states[lookOf(occurrence)] ?? ''].filter((note) => note !== '');
}

function sameYear(day: number, today: number | null): boolean {
  return today !== null && monthOf(day).year === monthOf(today).year;
}

/**
 * A span of days as its two ends, each with what the language leaves out at the other: "3" and
 * "9 March", "March 3" and "9".
 */
function ends(format: Intl.DateTimeFormat, from: number, to: number): [string, string] {
  const parts = format.formatRangeToParts(dateOfDay(from), dateOfDay(to));
  const lastOfStart = parts.findLastIndex((part) => part.source === 'startRange');
  const firstOfEnd = parts.findIndex((part) => part.source === 'endRange');
  const textOf = (some: typeof parts): string =>
    some
      .map((part) => part.value)
      .join('')
      .trim();
  return [textOf(parts.slice(0, lastOfStart + 1)), textOf(parts.slice(firstOfEnd))];
}
