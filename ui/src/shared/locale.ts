/**
 * The language tag to format with. WebKitGTK reports the POSIX locale as "C", which Intl refuses;
 * like an unset one it gets English with 24 hours and weeks from Monday, as POSIX has them.
 */
export function usableLocale(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? POSIX;
  } catch {
    return POSIX;
  }
}

const POSIX = 'en-GB';

/** ISO 8601: 1 = Monday … 7 = Sunday. Older engines have it as a property, or not at all. */
interface WithWeek {
  getWeekInfo?: () => { weekend: readonly number[] };
  weekInfo?: { weekend: readonly number[] };
}

/** The days that people work on where a locale is from: 0 = Sunday … 6 = Saturday. */
export function workDaysIn(locale: string | undefined): number[] {
  const weekend = weekendOf(locale).map((day) => day % 7);
  return [0, 1, 2, 3, 4, 5, 6].filter((day) => !weekend.includes(day));
}

function weekendOf(locale: string | undefined): readonly number[] {
  const SATURDAY_AND_SUNDAY = [6, 7];
  try {
    const of = new Intl.Locale(locale ?? POSIX) as Intl.Locale & WithWeek;
    return (of.getWeekInfo?.() ?? of.weekInfo)?.weekend ?? SATURDAY_AND_SUNDAY;
  } catch {
    return SATURDAY_AND_SUNDAY;
  }
}
