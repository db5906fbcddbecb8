import { said, t } from './t';

/** The kinds of changes that the list can be narrowed to. */
export type ChangeKind = 'time' | 'state' | 'answers' | 'title' | 'place' | 'other';

const kinds: Readonly<Record<ChangeKind | 'all', string>> = said(() => ({
  all: t('changes-kind-all'),
  time: t('changes-kind-time'),
  state: t('changes-kind-state'),
  answers: t('changes-kind-answers'),
  title: t('changes-kind-title'),
  place: t('changes-kind-place'),
  other: t('changes-kind-other'),
}));

export const changes = said(() => ({
  title: t('changes-title'),
  /** The list's name where it is opened, with how many nobody has seen. */
  entry: (n: number): string => t('changes-entry', { n }),
  lead: (n: number): string => t('changes-lead', { n }),
  mark: t('changes-mark'),
  marked: t('changes-marked'),
  isNew: t('changes-new'),
  empty: t('changes-empty'),
  emptyHint: t('changes-empty-hint'),
  noneOfKind: t('changes-none-of-kind'),
  showAll: t('changes-show-all'),
  failed: t('changes-failed'),
  loading: t('changes-loading'),
  today: t('changes-today'),
  yesterday: t('changes-yesterday'),
  more: t('changes-more'),
  filter: t('changes-filter'),
  kind: (kind: ChangeKind | 'all', n: number): string =>
    t('changes-kind-count', { kind: kinds[kind], n }),
  gone: t('changes-gone'),
  when: {
    timed: (day: string, times: string): string => t('changes-when-timed', { day, times }),
    allDay: (day: string): string => t('changes-when-all-day', { day }),
    days: (from: string, to: string): string => t('changes-when-days', { from, to }),
    overDays: (from: string, start: string, to: string, end: string): string =>
      t('changes-when-over-days', { from, start, to, end }),
  },
  time: {
    changed: t('changes-time'),
    moved: (before: string, after: string): string => t('changes-time-moved', { before, after }),
    added: (after: string): string => t('changes-time-added', { after }),
    endsLater: (before: string, end: string): string =>
      t('changes-time-ends-later', { before, end }),
    endsEarlier: (before: string, end: string): string =>
      t('changes-time-ends-earlier', { before, end }),
  },
  recurrence: {
    changed: t('changes-recurrence'),
    added: t('changes-recurrence-added'),
    removed: t('changes-recurrence-removed'),
  },
  status: {
    cancelled: t('changes-cancelled'),
    deleted: t('changes-deleted'),
    tentative: t('changes-uncertain'),
    restored: t('changes-restored'),
    confirmed: t('changes-confirmed'),
  },
  name: {
    changed: t('changes-title-changed'),
    renamed: (before: string, after: string): string => t('changes-renamed', { before, after }),
    added: (after: string): string => t('changes-named', { after }),
    removed: (before: string): string => t('changes-unnamed', { before }),
  },
  place: {
    changed: t('changes-place-changed'),
    moved: (before: string, after: string): string => t('changes-place-moved', { before, after }),
    added: (after: string): string => t('changes-place-added', { after }),
    removed: (before: string): string => t('changes-place-removed', { before }),
  },
  description: {
    changed: t('changes-description'),
    added: t('changes-description-added'),
    removed: t('changes-description-removed'),
  },
  importance: (importance: string): string => t('changes-importance', { importance }),
  answer: (answer: string): string => t('changes-answer', { answer }),
  guest: {
    changed: t('changes-guests'),
    answered: (person: string, answer: string, before: string | null): string =>
      before === null
        ? t('changes-guest', { person, answer })
        : t('changes-guest-before', {
            person,
            answer,
            before: t('changes-before', { answer: before }),
          }),
    invited: (person: string, answer: string | null): string =>
      answer === null
        ? t('changes-guest-invited', { person })
        : t('changes-guest-invited-answered', { person, answer }),
    removed: (person: string): string => t('changes-guest-removed', { person }),
  },
  link: {
    changed: t('changes-link'),
    added: t('changes-link-added'),
    removed: t('changes-link-removed'),
  },
}));
