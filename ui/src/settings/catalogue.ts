/** Where every setting stands, and how it is found by its words. Pure. */
import { fold } from '../filters/terms';
import type { SettingsPage } from '../state/desk.svelte';
import { settings as words, type SettingId } from '../words/settings';

/** In the order of the list at the side. */
export const PAGES = {
  accounts: ['accounts'],
  calendars: ['calendars', 'merge-copies', 'declined'],
  appearance: ['theme', 'text-size', 'density', 'hour-height', 'days', 'filters', 'language'],
  time: [
    'clock',
    'first-day',
    'weekends',
    'week-numbers',
    'work-days',
    'work-hours',
    'other-zones',
    'travel-zone',
  ],
  shortcuts: ['single-keys', 'keys'],
  join: ['join-patterns'],
  push: ['relay', 'push-calendars'],
  privacy: ['leaves', 'diagnostics'],
  advanced: ['client-ids', 'sample', 'version'],
} as const satisfies Record<SettingsPage, readonly SettingId[]>;

export const PAGE_NAMES = Object.keys(PAGES) as SettingsPage[];

/** Something that can be found and gone to. */
export interface Entry {
  /** `data-setting` of its place. */
  id: string;
  page: SettingsPage;
  label: string;
  /** What is searched beside the label. */
  also: string;
}

/** Every setting, by pages. */
export function entries(): Entry[] {
  return PAGE_NAMES.flatMap((page) =>
    PAGES[page].map((id) => {
      const { label, hint, also } = words.of[id];
      return { id, page, label, also: `${hint} ${also} ${words.page(page)}` };
    }),
  );
}

/** Those that hold every word; the ones whose name begins with what is typed come first. */
export function search(all: readonly Entry[], query: string): Entry[] {
  const typed = fold(query);
  const parts = typed.split(/\s+/).filter((part) => part !== '');
  if (parts.length === 0) return [];
  const found = all.flatMap((entry) => {
    const label = fold(entry.label);
    const text = `${label} ${fold(entry.also)}`;
    if (!parts.every((part) => text.includes(part))) return [];
    const rank = label.startsWith(typed) ? 0 : parts.every((part) => label.includes(part)) ? 1 : 2;
    return [{ entry, rank }];
  });
  return found.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry);
}
