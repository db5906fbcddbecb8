import { list, said, t } from './t';

/** What an event is connected with: its copies, its series, what changed about it. */
export const related = said(() => ({
  alsoIn: t('related-also-in'),
  openCopy: (calendar: string, account: string): string =>
    t('related-open-copy', { calendar, account }),
  /** In the name of an event that stands in several calendars. */
  inCalendars: (names: readonly string[]): string =>
    t('related-in-calendars', { list: list(names) }),
  series: t('related-series'),
  thread: t('related-thread'),
  both: t('related-both'),
  others: (n: number): string => t('related-others', { n }),
  none: t('related-none'),
  current: t('related-current'),
  more: (n: number): string => t('related-more', { n }),
  reading: t('related-reading'),
  othersFailed: t('related-others-failed'),
  history: t('related-history'),
  changes: (n: number): string => t('related-changes', { n }),
  unchanged: t('related-unchanged'),
  isNew: t('related-new'),
  historyFailed: t('related-history-failed'),
  copyMeetingId: t('related-copy-meeting-id'),
  copyPasscode: t('related-copy-passcode'),
  copyDialIn: t('related-copy-dial-in'),
  copyConferenceId: t('related-copy-conference-id'),
  copied: t('related-copied'),
  copyFailed: t('related-copy-failed'),
}));
