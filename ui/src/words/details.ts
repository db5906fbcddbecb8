import type { EventKindView, ProviderKind, SensitivityView, ShowAsView } from '../ipc/client';
import { said, t } from './t';

const kinds: Readonly<Record<EventKindView, string>> = said(() => ({
  default: '',
  focus_time: t('details-kind-focus-time'),
  out_of_office: t('details-kind-out-of-office'),
  working_location: t('details-kind-working-location'),
  birthday: t('details-kind-birthday'),
  from_gmail: t('details-kind-from-gmail'),
}));

const sensitivities: Readonly<Record<SensitivityView, string>> = said(() => ({
  normal: '',
  personal: t('details-sensitivity-personal'),
  private: t('details-sensitivity-private'),
  confidential: t('details-sensitivity-confidential'),
}));

/** Busy is what events are: it needs no word. */
const availabilities: Readonly<Record<ShowAsView, string>> = said(() => ({
  free: t('details-show-as-free'),
  tentative: t('details-show-as-tentative'),
  busy: '',
  oof: t('details-show-as-oof'),
  working_elsewhere: t('details-show-as-working-elsewhere'),
}));

/** The beginning of a name that is far too long. */
const inShort = (name: string): string =>
  name.length <= 80 ? name : `${Array.from(name).slice(0, 80).join('')}…`;

/** How people write a zone of the database. */
const spaced = (zone: string): string => zone.replaceAll('_', ' ');

/** Whether a time in another zone falls on another date. */
const otherDay = (daysLater: number): 'same' | 'after' | 'before' =>
  daysLater === 0 ? 'same' : daysLater > 0 ? 'after' : 'before';

const guests = (n: number): string => t('details-guests', { n });

export const details = said(() => ({
  loading: t('details-loading'),
  failed: t('details-failed'),
  joinService: (name: string): string =>
    name === 'Microsoft Teams' ? t('details-join-teams') : t('details-join-with', { name }),
  otherWays: t('details-other-ways'),
  copy: t('details-copy'),
  copied: t('details-copied'),
  copyFailed: t('details-copy-failed'),
  meetingId: t('details-meeting-id'),
  passcode: (code: string): string => t('details-passcode', { code }),
  passcodeAlone: t('details-passcode-alone'),
  dialIn: t('details-dial-in'),
  conferenceId: (id: string): string => t('details-conference-id', { id }),
  place: t('details-place'),
  calendar: t('details-calendar'),
  allDayOn: (day: string): string => t('details-all-day-on', { day }),
  allDayFrom: (first: string, last: string): string => t('details-all-day-from', { first, last }),
  on: (day: string, times: string): string => t('details-on', { day, times }),
  overDays: (first: string, start: string, last: string, end: string): string =>
    t('details-over-days', { first, start, last, end }),
  ownZone: (start: string, zone: string, daysLater: number): string =>
    t('details-own-zone', { start, zone: spaced(zone), day: otherDay(daysLater) }),
  ownEnd: (end: string, zone: string, daysLater: number): string =>
    t('details-own-end', { end, zone: spaced(zone), day: otherDay(daysLater) }),
  unknownZone: (zone: string): string =>
    zone.trim() === ''
      ? t('details-unnamed-zone')
      : t('details-unknown-zone', { zone: inShort(zone) }),
  high: t('details-high'),
  low: t('details-low'),
  cancelled: t('details-cancelled'),
  mine: {
    none: '',
    organizer: '',
    accepted: t('details-mine-accepted'),
    tentative: t('details-mine-tentative'),
    declined: t('details-mine-declined'),
    not_responded: t('details-mine-open'),
  },
  showAs: (showAs: ShowAsView): string => availabilities[showAs],
  kind: (kind: EventKindView): string => kinds[kind],
  sensitivity: (sensitivity: SensitivityView): string => sensitivities[sensitivity],
  places: t('details-places'),
  openPlace: (name: string, host: string): string => t('details-open-place', { name, host }),
  organizer: t('details-organizer'),
  reminders: t('details-reminders'),
  fromCalendar: (list: string): string =>
    list === '' ? t('details-default-none') : t('details-default', { list }),
  attached: t('details-attached'),
  openAttachment: t('details-open-attachment'),
  openAttachmentNamed: (name: string): string => t('details-open-attachment-named', { name }),
  somethingAttached: t('details-something-attached'),
  onPage: t('details-on-page'),
  guests,
  answered: (when: string): string => t('details-answered', { when }),
  showAll: t('details-show-all'),
  showLess: t('details-show-less'),
  people: t('details-people'),
  optional: t('details-optional'),
  room: t('details-room'),
  notes: t('details-notes'),
  more: (n: number): string => t('details-more', { n }),
  open: (provider: ProviderKind): string =>
    provider === 'microsoft' ? t('details-open-outlook') : t('details-open-google'),
  comment: (comment: string): string => t('details-comment', { comment }),
  answers: (
    accepted: number,
    tentative: number,
    declined: number,
    open: number,
    guestsInAll: number,
  ): string[] =>
    [
      accepted > 0 ? t('details-accepted', { n: accepted }) : '',
      tentative > 0 ? t('details-tentative', { n: tentative }) : '',
      declined > 0 ? t('details-declined', { n: declined }) : '',
      open > 0 ? t('details-open', { n: open }) : '',
      guestsInAll > 0 ? guests(guestsInAll) : '',
    ].filter((part) => part !== ''),
}));
