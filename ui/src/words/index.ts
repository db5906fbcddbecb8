/**
 * Every sentence that the window shows, in one place. Plain, short, no exclamation marks.
 */
import type {
  AccountState,
  CloudView,
  EventKindView,
  ProviderKind,
  ResponseView,
  SensitivityView,
  ShowAsView,
} from '../ipc/client';

const providers: Record<ProviderKind, string> = { microsoft: 'Microsoft', google: 'Google' };

const clouds: Record<CloudView, string> = {
  global: 'Microsoft 365',
  'us-gov-high': 'Microsoft 365 GCC High',
  'us-gov-dod': 'Microsoft 365 DoD',
  china: 'Microsoft 365 operated by 21Vianet',
};

/** Whose sign-in it is, as people call it. */
const issuer = (provider: ProviderKind, cloud: CloudView): string =>
  cloud === 'global' ? providers[provider] : clouds[cloud];

const answers: Record<ResponseView, string> = {
  none: '',
  organizer: 'organizer',
  accepted: 'accepted',
  tentative: 'tentative',
  declined: 'declined',
  not_responded: 'not answered',
};

const accountStates: Record<AccountState, string> = {
  ready: 'Up to date',
  syncing: 'Syncing',
  offline: 'Offline',
  needs_sign_in: 'Needs sign-in',
  failing: 'Sync failed',
};

const kinds: Record<EventKindView, string> = {
  default: '',
  focus_time: 'Focus time',
  out_of_office: 'Out of office',
  working_location: 'Working location',
  birthday: 'Birthday',
  from_gmail: 'From Gmail',
};

const sensitivities: Record<SensitivityView, string> = {
  normal: '',
  personal: 'Personal',
  private: 'Private',
  confidential: 'Confidential',
};

/** Busy is what events are: it needs no word. */
const availabilities: Record<ShowAsView, string> = {
  free: 'Shown as free',
  tentative: 'Shown as tentative',
  busy: '',
  oof: 'Out of office',
  working_elsewhere: 'Working elsewhere',
};

/** The beginning of a name that is far too long. */
const inShort = (name: string): string =>
  name.length <= 80 ? name : `${Array.from(name).slice(0, 80).join('')}…`;

/** Where a time in another zone falls on another date. */
const otherDay = (daysLater: number): string =>
  daysLater === 0 ? '' : daysLater > 0 ? ' the day after' : ' the day before';

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

export const words = {
  app: 'Dayline',
  untitled: 'No title',
  join: 'Join',
  close: 'Close',
  cancel: 'Cancel',
  back: 'Back',
  done: 'Done',
  tryAgain: 'Try again',
  dismiss: 'Dismiss',

  nav: {
    today: 'Today',
    previous: 'Previous week',
    next: 'Next week',
    showSidebar: 'Show calendars',
    hideSidebar: 'Hide calendars',
    help: 'Keyboard shortcuts',
    sync: 'Sync now',
    goTo: 'Go to a date',
    previousMonth: 'Previous month',
    nextMonth: 'Next month',
    miniMonth: 'Choose a week',
    toolbar: 'Week',
  },

  grid: {
    label: (title: string): string => `Week, ${title}`,
    allDay: 'All day',
    more: (n: number): string => `+${n} more`,
    moreBetween: (n: number, start: string, end: string): string =>
      `+${n} more, ${start} to ${end}`,
    fewer: 'Show fewer',
    cell: (day: string, events: number): string =>
      `${day}, ${events === 0 ? 'no events' : count(events, 'event', 'events')}`,
    allDayCell: (day: string, events: number): string =>
      `${day}, all day, ${events === 0 ? 'no events' : count(events, 'event', 'events')}`,
    loading: 'Reading your week',
    empty: 'Nothing in this week.',
    filteredOut: (n: number): string =>
      n === 1
        ? 'The one event in this week is hidden by filters.'
        : `All ${n} events in this week are hidden by filters.`,
    allOff: 'All calendars are switched off. Switch one on to see its events.',
    firstSync: 'Your events arrive as they sync.',
    beyond: 'This week lies outside of what is synced. It may hold more than is shown.',
    failed: 'This week could not be read.',
  },

  event: {
    allDay: 'all day',
    to: (start: string, end: string): string => `${start} to ${end}`,
    high: 'high importance',
    low: 'low importance',
    cancelled: 'cancelled',
    tentative: 'tentative',
    free: 'shown as free',
    past: 'over',
    joinTitle: (title: string): string => `Join ${title}`,
    service: (name: string): string => (name === 'Microsoft Teams' ? 'Teams' : name),
  },

  answer: (response: ResponseView): string => answers[response],

  upNext: {
    label: 'Now and next',
    until: (time: string): string => `until ${time}`,
    next: 'Next',
    inMinutes: (minutes: number): string =>
      minutes < 60
        ? `in ${minutes} min`
        : minutes % 60 === 0
          ? `in ${minutes / 60} h`
          : `in ${Math.floor(minutes / 60)} h ${minutes % 60} min`,
    nothing: 'There is no meeting to join in the next 24 hours.',
    noLink: 'The next meeting has no link to join.',
  },

  filters: {
    label: 'Filters',
    high: 'High',
    normal: 'Normal',
    low: 'Low',
    importance: 'Importance',
    category: 'Category',
    teams: 'Teams only',
    hidden: (n: number): string => `${n} hidden by filters`,
    clear: 'Clear',
  },

  details: {
    loading: 'Reading the event',
    failed: 'This event could not be read.',
    joinService: (name: string): string =>
      name === 'Microsoft Teams' ? 'Join Teams meeting' : `Join with ${name}`,
    otherWays: 'Other links in this event',
    copy: 'Copy link',
    copied: 'Link copied',
    copyFailed: 'The link could not be copied.',
    meetingId: 'Meeting ID',
    passcode: (code: string): string => `Passcode ${code}`,
    passcodeAlone: 'Passcode',
    dialIn: 'Dial in',
    conferenceId: (id: string): string => `ID ${id}`,
    place: 'Place',
    calendar: 'Calendar',
    allDay: 'all day',
    ownZone: (start: string, zone: string, daysLater: number): string =>
      `${start}${otherDay(daysLater)} in ${zone.replaceAll('_', ' ')}`,
    ownEnd: (end: string, zone: string, daysLater: number): string =>
      `Ends ${end}${otherDay(daysLater)} in ${zone.replaceAll('_', ' ')}`,
    unknownZone: (zone: string): string =>
      zone.trim() === ''
        ? 'Its zone is not named; times are shown as if in UTC.'
        : `Its zone “${inShort(zone)}” is unknown; times are shown as if in UTC.`,
    high: 'High importance',
    low: 'Low importance',
    cancelled: 'Cancelled',
    mine: {
      none: '',
      organizer: '',
      accepted: 'You accepted',
      tentative: 'You may come',
      declined: 'You declined',
      not_responded: 'You have not answered',
    },
    showAs: (showAs: ShowAsView): string => availabilities[showAs],
    kind: (kind: EventKindView): string => kinds[kind],
    sensitivity: (sensitivity: SensitivityView): string => sensitivities[sensitivity],
    places: 'Places',
    openPlace: (name: string, host: string): string => `Open ${name} on ${host}`,
    organizer: 'Organizer',
    reminders: 'Reminders',
    fromCalendar: (list: string): string => `Calendar’s default: ${list === '' ? 'none' : list}`,
    attached: 'Attached',
    openAttachment: 'Open',
    openAttachmentNamed: (name: string): string => `Open ${name}`,
    somethingAttached: 'Something is attached to this event.',
    onPage: 'See it on the event’s page',
    guests: (n: number): string => (n === 1 ? '+1 guest' : `+${n} guests`),
    answered: (when: string): string => `Answered ${when}`,
    showAll: 'Show all',
    showLess: 'Show less',
    people: 'People',
    optional: 'optional',
    room: 'room',
    notes: 'Notes',
    more: (n: number): string => `Show ${n} more`,
    open: (provider: ProviderKind): string =>
      provider === 'microsoft' ? 'Open in Outlook' : 'Open in Google Calendar',
    comment: (comment: string): string => `“${comment}”`,
    answers: (
      accepted: number,
      tentative: number,
      declined: number,
      open: number,
      guests: number,
    ): string =>
      [
        accepted > 0 ? `${accepted} accepted` : '',
        tentative > 0 ? `${tentative} tentative` : '',
        declined > 0 ? `${declined} declined` : '',
        open > 0 ? `${open} not answered` : '',
        guests > 0 ? (guests === 1 ? '+1 guest' : `+${guests} guests`) : '',
      ]
        .filter((part) => part !== '')
        .join(' · '),
  },

  sidebar: {
    label: 'Calendars',
    accounts: 'Accounts and calendars',
    add: 'Add account',
    menu: (email: string): string => `Options for ${email}`,
    choose: 'Choose calendars…',
    remove: 'Remove account…',
    removeTitle: (email: string): string => `Remove ${email}?`,
    removeBody:
      'Its calendars disappear from this computer. Nothing changes at the provider, and you can add the account again.',
    removeConfirm: 'Remove account',
    signInAgain: 'Sign in again',
    signInTitle: (email: string): string => `Sign in to ${email}`,
    copyAdminLink: 'Copy the link for your administrator',
    useAnother: 'Use another account',
    checkRegistration: 'Check the registration',
    syncNow: 'Sync now',
    cloud: (cloud: CloudView): string =>
      ({ global: '', 'us-gov-high': 'GCC High', 'us-gov-dod': 'DoD', china: '21Vianet' })[cloud],
    synced: (ago: string): string => `Synced ${ago}`,
    notSynced: 'Not synced yet',
    owner: (name: string): string => `Shared by ${name}`,
    readOnly: (name: string): string => `${name}, read only`,
    storing: (name: string, n: number): string =>
      n === 0 ? `Syncing ${name}` : `Syncing ${name}: ${count(n, 'event', 'events')}`,
    state: (state: AccountState): string => accountStates[state],
    problems: {
      offline: 'The provider cannot be reached. What was synced is shown.',
      needs_sign_in: 'Sign in again to update. What was synced is shown.',
      failing: 'The last sync failed. What was synced is shown.',
    },
    none: 'No calendar of this account is synced.',
  },

  push: {
    menu: 'How changes arrive…',
    title: (email: string): string => `How changes of ${email} arrive`,
    atOnce: 'Changes arrive at once',
    relay: (host: string): string => `Connected to ${host}.`,
    noRelay:
      'No relay is set, so calendars are asked every 5 minutes. With one, changes arrive at once.',
    notConnected: (host: string): string =>
      `Not connected to ${host}. Until it answers, calendars are asked every 5 minutes.`,
    until: (moment: string): string => `Changes arrive at once, until ${moment}, then renewed`,
    told: (ago: string): string => `Last told ${ago}`,
    here: (seconds: number): string =>
      seconds === 0 ? 'here within a second' : `here ${count(seconds, 'second', 'seconds')} later`,
    neverTold: 'Nothing told yet',
  },

  colleague: {
    menu: 'Add a colleague’s calendar…',
    title: 'Add a colleague’s calendar',
    lead: 'Dayline reads their main calendar. They need to have shared it with you.',
    label: 'Their address',
    placeholder: 'name@example.com',
    add: 'Add calendar',
    adding: 'Looking for the calendar…',
    consent:
      'Microsoft asks once for permission to read calendars of colleagues. You sign in with your browser; your data stays.',
    signIn: 'Sign in',
  },

  status: {
    label: 'Sync status',
    upToDate: (ago: string | null): string => (ago === null ? 'Up to date' : `Up to date · ${ago}`),
    syncing: (stored: number): string =>
      stored > 0 ? `Syncing… ${count(stored, 'event', 'events')} so far` : 'Syncing…',
    offline: (ago: string | null): string =>
      ago === null ? 'Offline' : `Offline, showing what was synced ${ago}`,
    failing: (email: string): string => `${email} could not be synced`,
    needsSignIn: (email: string): string => `${email} needs you to sign in again`,
    needsYou: (email: string): string => `${email} needs your attention`,
    waiting: 'Waiting for the first sync',
    empty: 'No account yet',
    zone: (zone: string): string => `Times in ${zone.replace(/^Etc\//, '').replaceAll('_', ' ')}`,
  },

  goTo: {
    title: 'Go to a date',
    label: 'Date',
    hint: 'Such as 14.6.2019, 2019-06-14, June 2019, tomorrow or +3 weeks',
    unknown: 'This is not a date that Dayline understands.',
    go: 'Go',
  },

  visit: {
    label: (months: string): string => `Fetching ${months}`,
    going: (months: string): string => `Fetching ${months}…`,
    retry: 'Retry',
    offline: (who: readonly ProviderKind[]): string =>
      `Offline. Showing what repeats; other events of these days come when ${who
        .map((provider) => providers[provider])
        .join(' and ')} can be reached.`,
    failed: (account: string, message: string): string =>
      [
        account === '' ? message : `${account}: ${message}`,
        'Showing what repeats; other events of these days are missing.',
      ].join(' '),
  },

  sample: {
    banner: 'You are looking at sample data.',
    leave: 'Use my own accounts',
  },

  onboarding: {
    title: 'Welcome to Dayline',
    lead: 'Your Microsoft and Google calendars in one week. They stay on this computer.',
    addTitle: 'Add an account',
    addLead: 'You sign in with your browser. Dayline never sees your password.',
    steps: ['Account', 'Calendars', 'Your week'],
    stepsLabel: 'Steps',
    microsoft: 'Microsoft 365 or Outlook.com',
    google: 'Google Calendar',
    continueWith: (provider: ProviderKind): string => `Continue with ${providers[provider]}`,
    look: 'Look around with sample data',
    lookHint: 'No account needed. Nothing is sent anywhere.',
    waitingTitle: 'Finish signing in with your browser',
    waitingBody: (provider: ProviderKind): string =>
      `A ${providers[provider]} page has opened there. This window goes on by itself when you are done.`,
    adminQuestion: 'Does the page ask for an administrator’s approval?',
    adminCopy: 'Copy the link to send to them',
    national: 'Government or China cloud',
    cloud: (cloud: CloudView): string => clouds[cloud],
    failedTitle: 'That sign-in did not work',
    setupTitle: (provider: ProviderKind, cloud: CloudView): string =>
      `${issuer(provider, cloud)} needs a client ID first`,
    setupBody: (provider: ProviderKind, cloud: CloudView): string =>
      cloud === 'global'
        ? `This build of Dayline is not registered with ${providers[provider]} yet. Registering takes about five minutes and is free.`
        : 'This cloud wants a registration of its own, made in its own portal. It takes about five minutes and is free.',
    setupDocs: (provider: ProviderKind): string =>
      `The steps are in docs/setup-${provider}.md, in the folder that Dayline came in.`,
    clientId: 'Client ID',
    clientSecret: 'Client secret',
    save: 'Save and sign in',
    chooseTitle: 'Choose your calendars',
    chooseLead: 'These are synced to this computer. You can change this later.',
    addAnother: 'Add another account',
    finish: 'Show my week',
    noCalendars: 'The list of calendars arrives in a moment.',
    readOnly: 'read only',
    keyring: 'Signing in is not possible right now.',
  },

  failed: {
    title: 'Dayline could not start',
  },

  help: {
    title: 'Keyboard shortcuts',
    rows: (mod: string): { keys: string[]; what: string }[] => [
      { keys: ['T'], what: 'Today' },
      { keys: ['G'], what: 'Go to a date' },
      { keys: ['J', 'K'], what: 'Next and previous week' },
      { keys: ['N', 'B'], what: 'Next and previous event' },
      { keys: ['Enter'], what: 'Open the event, or the events of a day' },
      { keys: ['←', '→', '↑', '↓'], what: 'Walk the days and the events of a day' },
      { keys: ['Home', 'End'], what: 'First and last day of the week' },
      { keys: ['Page Up', 'Page Down'], what: 'Previous and next week, keeping the day' },
      { keys: ['Esc'], what: 'Back one step' },
      { keys: [`${mod} J`], what: 'Join the meeting that is on, or the next one' },
      { keys: [`${mod} R`], what: 'Sync now' },
      { keys: [`${mod} B`], what: 'Show or hide the calendars' },
      { keys: ['?'], what: 'This list' },
    ],
  },
} as const;
