/** When something that was found is, in few words. */
import { dateOfDay, monthOf } from '../calendar/layout/months';
import type { ClockView, SearchItem } from '../ipc/client';
import type { TimeText } from '../shared/time';
import { words } from '../words';
import type { Period } from './groups';

export class HitText {
  readonly #text: TimeText;
  readonly #short: Intl.DateTimeFormat;
  readonly #shortInYear: Intl.DateTimeFormat;
  readonly #year: Intl.DateTimeFormat;

  constructor(text: TimeText) {
    const utc = { timeZone: 'UTC', calendar: 'gregory' } as const;
    const short = { ...utc, weekday: 'short', day: 'numeric', month: 'short' } as const;
    this.#text = text;
    this.#short = new Intl.DateTimeFormat(text.locale, short);
    this.#shortInYear = new Intl.DateTimeFormat(text.locale, { ...short, year: 'numeric' });
    this.#year = new Intl.DateTimeFormat(text.locale, { ...utc, year: 'numeric' });
  }

  /** "Fri 20 Nov", with its year if that is not this one. */
  day(day: number, clock: ClockView): string {
    const isThisYear = monthOf(day).year === monthOf(clock.day).year;
    return (isThisYear ? this.#short : this.#shortInYear).format(dateOfDay(day));
  }

  /** "11:30 – 12:30" or "all day"; of several days only when it begins. */
  time({ allDay, days, startMinute, endMinute }: SearchItem): string {
    if (allDay) return words.event.allDay;
    if (days > 1 || startMinute === endMinute) return this.#text.minute(startMinute);
    return this.#text.minutes(startMinute, endMinute);
  }

  heading(period: Period): string {
    switch (period.kind) {
      case 'next':
        return words.search.next;
      case 'later':
        return words.search.later;
      case 'this-month':
        return words.search.thisMonth;
      case 'month':
        return this.#text.month(period.day);
      case 'year':
        return this.#year.format(dateOfDay(period.day));
    }
  }
}
