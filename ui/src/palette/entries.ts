/** Everything that the palette can do now, in its usual order. */
import { tick } from 'svelte';
import { COMMANDS, chordsOf, groupOf, type CommandId } from '../commands/commands';
import { keysOf } from '../commands/chords';
import { dayOfText } from '../header/date-text';
import type { SearchItem } from '../ipc/client';
import type { HitText } from '../search/hit-text';
import { beginning } from '../search/marks';
import type { TimeText } from '../shared/time';
import { Side } from '../sidebar/side.svelte';
import type { Desk, SettingsPage } from '../state/desk.svelte';
import { words } from '../words';
import type { Entry, Section } from './rank';

const PAGES: readonly SettingsPage[] = [
  'accounts',
  'calendars',
  'appearance',
  'time',
  'shortcuts',
  'join',
  'push',
  'privacy',
  'advanced',
];

/** One is in the palette already, and Esc is not for choosing. */
const NOT_HERE: readonly CommandId[] = ['palette', 'back'];

/** In fewer signs than this stands no date that one would mean rather than a name. */
const SURE_DATE = 4;

export function entriesOf(desk: Desk, mac: boolean): Entry[] {
  return [
    ...commandEntries(desk, mac),
    ...savedEntries(desk),
    ...calendarEntries(desk),
    ...PAGES.map((page) =>
      entry('settings', page, words.palette.page(words.settings.page(page)), () => {
        desk.sheet = { kind: 'settings', page };
      }),
    ),
    ...accountEntries(desk),
  ];
}

function commandEntries(desk: Desk, mac: boolean): Entry[] {
  const { keys } = desk.settings.now;
  return COMMANDS.filter((command) => !NOT_HERE.includes(command)).map((command) => {
    const group = groupOf(command);
    const first = chordsOf(command, keys)[0];
    return {
      ...entry(group, command, words.commands.title(command), () => desk.run(command)),
      also: words.commands.group(group),
      keys: first === undefined ? [] : keysOf(first, mac),
    };
  });
}

function savedEntries(desk: Desk): Entry[] {
  return desk.savedViews.map(({ name, filter, shortcut }) => ({
    ...entry('saved', name, beginning(name), () => desk.setFilter(filter)),
    also: filter,
    hint: beginning(filter, 60),
    keys: shortcut === null ? [] : keysOf(`alt+shift+${shortcut}`, false),
  }));
}

function calendarEntries(desk: Desk): Entry[] {
  const side = new Side(desk);
  return desk.session.accounts.flatMap(({ email, calendars }) =>
    calendars
      .filter((calendar) => calendar.isConnected)
      .flatMap(({ id, name, color, isVisible }) => {
        const short = beginning(name, 80);
        const looks = { also: email, hint: email, color };
        const show = isVisible ? words.palette.hide(short) : words.palette.show(short);
        const only = side.isAlone([id]) ? words.palette.others : words.palette.only(short);
        return [
          {
            ...entry('calendars', `show/${id}`, show, () => {
              void desk.session.setVisible(id, !isVisible);
            }),
            ...looks,
          },
          { ...entry('calendars', `only/${id}`, only, () => side.showOnly([id], name)), ...looks },
        ];
      }),
  );
}

function accountEntries(desk: Desk): Entry[] {
  return desk.session.accounts.flatMap(({ id, email }) => [
    entry('accounts', `sync/${id}`, words.palette.sync(email), () => {
      void desk.session.syncNow(id);
    }),
    entry('accounts', `choose/${id}`, words.palette.choose(email), () => {
      desk.sheet = { kind: 'choose', accountId: id };
    }),
  ]);
}

/** The day that was typed; a word that is sure to be a date stands first. */
export function dateEntry(
  typed: string,
  today: number | null,
  text: TimeText,
  desk: Desk,
): { entry: Entry; isSure: boolean } | null {
  if (today === null || typed.trim().length < 2) return null;
  const day = dayOfText(typed, today, text.locale);
  if (day === null) return null;
  const isSure = /\p{Nd}/u.test(typed) || typed.trim().length >= SURE_DATE;
  const go = entry('date', String(day), text.dayInYear(day), () => goTo(desk, day));
  return { entry: { ...go, hint: words.palette.goToDay }, isSure };
}

/** Events that the engine found. */
export function foundEntries(items: readonly SearchItem[], desk: Desk, hitText: HitText): Entry[] {
  const clock = desk.events.clock ?? { day: 0, minute: 0 };
  return items.map((item, nth) => {
    const { occurrenceId, title, day, color } = item;
    const shown = title.trim() === '' ? words.untitled : beginning(title);
    const run = (): void => {
      if (occurrenceId === null) goTo(desk, day);
      else void desk.openInPlace(occurrenceId, day);
    };
    const when = words.commas([hitText.day(day, clock), hitText.time(item)]);
    return {
      ...entry('found', `${occurrenceId ?? item.calendarId}/${nth}`, shown, run),
      hint: when,
      color,
    };
  });
}

function goTo(desk: Desk, day: number): void {
  desk.show(day);
  void tick().then(() => desk.focusDay(day));
}

function entry(section: Section, id: string, title: string, run: () => void): Entry {
  return { id: `${section}/${id}`, section, title, also: '', hint: '', keys: [], color: null, run };
}
