import type { SettingsPage } from '../state/desk.svelte';
import { said, t } from './t';

/** What a setting is called, with what people may search it by. */
export interface SettingWords {
  readonly label: string;
  /** Empty where the name says it all. */
  readonly hint: string;
  readonly also: string;
}

const pages: Readonly<Record<SettingsPage, string>> = said(() => ({
  accounts: t('settings-page-accounts'),
  calendars: t('settings-page-calendars'),
  appearance: t('settings-page-appearance'),
  time: t('settings-page-time'),
  shortcuts: t('settings-page-shortcuts'),
  join: t('settings-page-join'),
  push: t('settings-page-push'),
  privacy: t('settings-page-privacy'),
  advanced: t('settings-page-advanced'),
}));

const of = said(
  () =>
    ({
      accounts: {
        label: t('settings-of-accounts'),
        hint: t('settings-of-accounts-hint'),
        also: t('settings-of-accounts-also'),
      },
      calendars: {
        label: t('settings-of-calendars'),
        hint: t('settings-of-calendars-hint'),
        also: t('settings-of-calendars-also'),
      },
      'merge-copies': {
        label: t('settings-of-merge-copies'),
        hint: t('settings-of-merge-copies-hint'),
        also: t('settings-of-merge-copies-also'),
      },
      declined: {
        label: t('settings-of-declined'),
        hint: t('settings-of-declined-hint'),
        also: t('settings-of-declined-also'),
      },
      theme: {
        label: t('settings-of-theme'),
        hint: '',
        also: t('settings-of-theme-also'),
      },
      'text-size': {
        label: t('settings-of-text-size'),
        hint: t('settings-of-text-size-hint'),
        also: t('settings-of-text-size-also'),
      },
      density: {
        label: t('settings-of-density'),
        hint: '',
        also: t('settings-of-density-also'),
      },
      'hour-height': {
        label: t('settings-of-hour-height'),
        hint: t('settings-of-hour-height-hint'),
        also: t('settings-of-hour-height-also'),
      },
      language: {
        label: t('settings-of-language'),
        hint: t('settings-of-language-hint'),
        also: t('settings-of-language-also'),
      },
      filters: {
        label: t('settings-of-filters'),
        hint: '',
        also: t('settings-of-filters-also'),
      },
      days: {
        label: t('settings-of-days'),
        hint: '',
        also: t('settings-of-days-also'),
      },
      clock: {
        label: t('settings-of-clock'),
        hint: '',
        also: t('settings-of-clock-also'),
      },
      'first-day': {
        label: t('settings-of-first-day'),
        hint: '',
        also: t('settings-of-first-day-also'),
      },
      weekends: {
        label: t('settings-of-weekends'),
        hint: '',
        also: t('settings-of-weekends-also'),
      },
      'week-numbers': {
        label: t('settings-of-week-numbers'),
        hint: '',
        also: t('settings-of-week-numbers-also'),
      },
      'work-days': {
        label: t('settings-of-work-days'),
        hint: t('settings-of-work-days-hint'),
        also: t('settings-of-work-days-also'),
      },
      'work-hours': {
        label: t('settings-of-work-hours'),
        hint: t('settings-of-work-hours-hint'),
        also: t('settings-of-work-hours-also'),
      },
      'other-zones': {
        label: t('settings-of-other-zones'),
        hint: t('settings-of-other-zones-hint'),
        also: t('settings-of-other-zones-also'),
      },
      'travel-zone': {
        label: t('settings-of-travel-zone'),
        hint: t('settings-of-travel-zone-hint'),
        also: t('settings-of-travel-zone-also'),
      },
      'single-keys': {
        label: t('settings-of-single-keys'),
        hint: t('settings-of-single-keys-hint'),
        also: t('settings-of-single-keys-also'),
      },
      keys: {
        label: t('settings-of-keys'),
        hint: t('settings-of-keys-hint'),
        also: t('settings-of-keys-also'),
      },
      'join-patterns': {
        label: t('settings-of-join-patterns'),
        hint: t('settings-of-join-patterns-hint'),
        also: t('settings-of-join-patterns-also'),
      },
      relay: {
        label: t('settings-of-relay'),
        hint: t('settings-of-relay-hint'),
        also: t('settings-of-relay-also'),
      },
      'push-calendars': {
        label: t('settings-of-push-calendars'),
        hint: '',
        also: t('settings-of-push-calendars-also'),
      },
      leaves: {
        label: t('settings-of-leaves'),
        hint: '',
        also: t('settings-of-leaves-also'),
      },
      diagnostics: {
        label: t('settings-of-diagnostics'),
        hint: t('settings-of-diagnostics-hint'),
        also: t('settings-of-diagnostics-also'),
      },
      'client-ids': {
        label: t('settings-of-client-ids'),
        hint: t('settings-of-client-ids-hint'),
        also: t('settings-of-client-ids-also'),
      },
      sample: {
        label: t('settings-of-sample'),
        hint: t('settings-of-sample-hint'),
        also: t('settings-of-sample-also'),
      },
      version: {
        label: t('settings-of-version'),
        hint: '',
        also: t('settings-of-version-also'),
      },
    }) as const satisfies Record<string, SettingWords>,
);

/** Every setting. */
export type SettingId = keyof typeof of;

export const settings = said(() => ({
  page: (page: SettingsPage): string => pages[page],
  of: of as Readonly<Record<SettingId, SettingWords>>,
  title: t('settings-title'),
  search: t('settings-search'),
  pages: t('settings-pages'),
  found: (n: number): string => t('settings-found', { n }),
  foundNone: t('settings-found-none'),
  clearSearch: t('settings-clear-search'),
  asSystem: t('settings-as-system'),
  themeLight: t('settings-theme-light'),
  themeDark: t('settings-theme-dark'),
  themeContrast: t('settings-theme-contrast'),
  densityCompact: t('settings-density-compact'),
  densityComfortable: t('settings-density-comfortable'),
  clock12: t('settings-clock-12'),
  clock24: t('settings-clock-24'),
  percent: (n: number): string => t('settings-percent', { n }),
  pixels: (n: number): string => t('settings-pixels', { n }),
  smaller: t('settings-smaller'),
  larger: t('settings-larger'),
  workFrom: t('settings-work-from'),
  workTo: t('settings-work-to'),
  workToWord: t('settings-work-to-word'),
  addZone: t('settings-add-zone'),
  removeZone: (zone: string): string => t('settings-remove-zone', { zone }),
  travel: t('settings-travel'),
  ownZone: (zone: string): string => t('settings-own-zone', { zone }),
  sampleAccounts: t('settings-sample-accounts'),
  noAccounts: t('settings-no-accounts'),
  choose: t('settings-choose'),
  remove: t('settings-remove'),
  calendar: t('settings-calendar'),
  synced: t('settings-synced'),
  shown: t('settings-shown'),
  syncOf: (name: string): string => t('settings-sync-of', { name }),
  showOf: (name: string): string => t('settings-show-of', { name }),
  patterns: t('settings-patterns'),
  noPatterns: t('settings-no-patterns'),
  patternsFailed: t('settings-patterns-failed'),
  patternAdd: t('settings-pattern-add'),
  patternName: t('settings-pattern-name'),
  patternNameHint: t('settings-pattern-name-hint'),
  patternExpression: t('settings-pattern-expression'),
  patternExpressionHint: t('settings-pattern-expression-hint'),
  patternKeep: t('settings-pattern-keep'),
  patternTaken: t('settings-pattern-taken'),
  patternTrying: t('settings-pattern-trying'),
  patternFound: (count: number, lookedAt: number): string =>
    t('settings-pattern-found', { count, lookedAt }),
  patternFirst: t('settings-pattern-first'),
  patternKnown: (service: string): string => t('settings-pattern-known', { service }),
  patternRemove: (name: string): string => t('settings-pattern-remove', { name }),
  patternRemoved: (name: string): string => t('settings-pattern-removed', { name }),
  patternAdded: (name: string): string => t('settings-pattern-added', { name }),
  undo: t('settings-undo'),
  relayAddress: t('settings-relay-address'),
  relayRemove: t('settings-relay-remove'),
  pushUnknown: t('settings-push-unknown'),
  pushNone: t('settings-push-none'),
  pushOf: (name: string): string => t('settings-push-of', { name }),
  privacyCalendars: t('settings-privacy-calendars'),
  privacyPasswords: t('settings-privacy-passwords'),
  privacyRelay: t('settings-privacy-relay'),
  privacyTelemetry: t('settings-privacy-telemetry'),
  export: t('settings-export'),
  exporting: t('settings-exporting'),
  exported: t('settings-exported'),
  exportWithout: t('settings-export-without'),
  clientSet: t('settings-client-set'),
  clientMissing: t('settings-client-missing'),
  clientChange: t('settings-client-change'),
  clientEnter: t('settings-client-enter'),
  sampleEnter: t('settings-sample-enter'),
  sampleLeave: t('settings-sample-leave'),
}));
