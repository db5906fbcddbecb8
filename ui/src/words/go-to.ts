import { said, t } from './t';

const forms = (list: string): readonly string[] => list.split(' ');

export const goTo = said(() => ({
  title: t('go-to-title'),
  label: t('go-to-label'),
  hint: t('go-to-hint'),
  unknown: t('go-to-unknown'),
  go: t('go-to-go'),
  /** What people write for a unit behind a number, as in "+3 weeks". */
  units: {
    day: forms(t('go-to-day-forms')),
    week: forms(t('go-to-week-forms')),
    month: forms(t('go-to-month-forms')),
    year: forms(t('go-to-year-forms')),
  },
  /** What they put before a weekday or a unit, or behind it. */
  words: {
    next: forms(t('go-to-next-forms')),
    last: forms(t('go-to-last-forms')),
    this: forms(t('go-to-this-forms')),
    ahead: forms(t('go-to-ahead-forms')),
    ago: forms(t('go-to-ago-forms')),
    one: forms(t('go-to-one-forms')),
    filler: forms(t('go-to-filler-forms')),
  },
}));
