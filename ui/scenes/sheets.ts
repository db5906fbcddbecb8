/** Situations of the settings, the health page, what changed, and the themes. */
import type { ChangesView } from '../src/ipc/client';
import type { FakeOptions } from '../src/ipc/fake';
import { pushing, sampleAccounts, sampleOccurrences } from '../src/ipc/fake-data';
import { sampleChanges } from '../src/ipc/fake-reports';

const accounts = sampleAccounts();
const changes = sampleChanges(sampleOccurrences(), accounts);

/** As many changes as are listed at once, over ten days, with what calendars hold at worst. */
function manyChanges(): ChangesView {
  const titles = ['T'.repeat(10_000), '', 'اجتماع التخطيط الأسبوعي', '🎉'.repeat(300), 'Stand-up'];
  const items = Array.from({ length: 200 }, (_, nth) => {
    const sample = changes.items[nth % changes.items.length];
    return sample === undefined
      ? []
      : {
          ...sample,
          id: String(1000 - nth),
          isNew: nth < 40,
          title: titles[nth % titles.length] ?? '',
          before: 'before '.repeat(900),
          after: 'after'.repeat(900),
          calendar: 'c'.repeat(500),
          occurrenceId: nth % 7 === 3 ? null : sample.occurrenceId,
          changedClock: {
            day: sample.changedClock.day - Math.floor(nth / 20),
            minute: 1200 - (nth % 20),
          },
        };
  });
  return { items: items.flat(), unseen: 40 };
}

/** An account with 300 calendars, long names among them, that does not sync. */
function manyCalendars(): FakeOptions['accounts'] {
  const names = ['W'.repeat(400), 'تقويم العائلة', 'Calendar'];
  return accounts.map((account, index) =>
    index > 0
      ? account
      : {
          ...account,
          email: `${'a'.repeat(100)}@contoso.com`,
          state: 'failing',
          problem: 'x'.repeat(300),
          remedy: 'check_registration',
          calendars: Array.from({ length: 300 }, (_, nth) =>
            account.calendars.slice(0, 1).map((one) => ({
              ...one,
              id: `many-${nth}`,
              name: `${names[nth % names.length] ?? ''} ${nth}`,
              owner: nth % 5 === 0 ? 'Grace Hopper' : null,
            })),
          ).flat(),
        },
  );
}

const troubled: FakeOptions['accounts'] = accounts.map((account, index) =>
  index === 0
    ? account
    : {
        ...account,
        state: 'needs_sign_in',
        problem: 'Google wants you to sign in again.',
        problemCode: 'needs_sign_in',
        remedy: 'sign_in',
      },
);

export const sheetScenes: Record<string, FakeOptions> = {
  sheets: {
    push: pushing(accounts),
    changes,
    patterns: [
      { name: 'Contoso Live', expression: 'https://live\\.contoso\\.com/[a-z0-9]+', problem: null },
      { name: 'Old', expression: '(', problem: 'A bracket is missing.' },
    ],
    preferences: { recentZones: ['Asia/Tokyo'], otherZones: ['America/New_York'] },
  },
  'sheets-own-keys': {
    preferences: { singleKeys: false, keys: { today: 'h', sync: 'mod+shift+y', help: 'f1' } },
  },
  'sheets-troubled': { accounts: troubled, push: pushing(accounts) },
  'sheets-many': { accounts: manyCalendars(), changes: manyChanges() },
  'sheets-nothing': {
    changes: { items: [], unseen: 0 },
    preferences: { travelZone: 'Asia/Tokyo' },
  },
  'sheets-unreadable': {
    failing: {
      changes: { code: 'disk', remedy: 'try_again', message: 'The disk cannot be read.' },
      healthReport: { code: 'disk', remedy: 'try_again', message: 'The disk cannot be read.' },
      joinPatterns: { code: 'disk', remedy: 'try_again', message: 'The disk cannot be read.' },
    },
  },
  'sheets-silent': { silent: ['changes', 'healthReport'] },
  'theme-light': { preferences: { theme: 'light' } },
  'theme-dark': { preferences: { theme: 'dark' } },
  'theme-contrast': { preferences: { theme: 'contrast' } },
};
