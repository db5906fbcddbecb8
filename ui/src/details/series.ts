/** How a series repeats, in words. Pure. */
import type { RankedDay, SeriesDays, SeriesView } from '../ipc/client';
import { dateOfDay, dayOf } from '../calendar/layout/months';
import { words } from '../words';

/** 1970-01-04, the first Sunday. */
const SUNDAY = 3;
/** Of names and dates alone; any year and month will do. */
const YEAR = 2024;

const RANKS: Record<number, string> = {
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  5: 'fifth',
  [-1]: 'last',
  [-2]: 'second-last',
  [-3]: 'third-last',
};

/** "Every 2 weeks on Friday", "Every month on the second Tuesday until 3 March 2027". */
export function sentenceOf(series: SeriesView, locale: string | undefined): string {
  const repeated = repeats(series, locale);
  const bounded =
    series.untilDay === null
      ? repeated
      : words.series.until(
          repeated,
          named(series.untilDay, { day: 'numeric', month: 'long', year: 'numeric' }, locale),
        );
  return series.count === null ? bounded : words.series.times(bounded, series.count);
}

function repeats(series: SeriesView, locale: string | undefined): string {
  const { unit, interval, on, months } = series;
  const every = words.series.every[unit](interval);
  if (on === null) return every;
  if (on.kind === 'workdays') return words.series.workdays;
  return words.series.on(every, inMonths(on, months, locale));
}

function inMonths(on: SeriesDays, months: readonly number[], locale: string | undefined): string {
  const [month, ...others] = months;
  if (month === undefined) return daysOf(on, locale);
  if (on.kind === 'dates' && others.length === 0) {
    const dates = on.dates.map((date) =>
      named(dayOf(YEAR, month, date), { day: 'numeric', month: 'long' }, locale),
    );
    return words.series.dateInYear(words.series.list(dates));
  }
  const names = months.map((one) => named(dayOf(YEAR, one, 1), { month: 'long' }, locale));
  return words.series.inMonths(daysOf(on, locale), names);
}

function daysOf(on: SeriesDays, locale: string | undefined): string {
  switch (on.kind) {
    case 'weekdays':
      return words.series.weekdays(on.weekdays.map((day) => weekdayName(day, locale)));
    case 'dates': {
      const number = new Intl.NumberFormat(locale);
      return words.series.dates(on.dates.map((date) => number.format(date)));
    }
    case 'last_date':
      return words.series.lastDate;
    case 'ranked':
      return words.series.list(on.days.map((day) => rankedName(day, locale)));
    case 'nth': {
      const { day, workday, weekendDay } = words.series;
      const kinds = { day, workday, weekend_day: weekendDay };
      return words.series.ranked(rankOf(on.rank), kinds[on.of]);
    }
    case 'workdays':
      return words.series.workdays;
  }
}

function rankedName({ rank, weekday }: RankedDay, locale: string | undefined): string {
  return words.series.ranked(rankOf(rank), weekdayName(weekday, locale));
}

function rankOf(rank: number | null): string {
  return (rank === null ? undefined : RANKS[rank]) ?? 'each';
}

function weekdayName(weekday: number, locale: string | undefined): string {
  return named(SUNDAY + weekday, { weekday: 'long' }, locale);
}

function named(day: number, what: Intl.DateTimeFormatOptions, locale: string | undefined): string {
  const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', calendar: 'gregory', ...what });
  return format.format(dateOfDay(day));
}
