/**
 * What a change of the ledger says, in the words of the catalogue. Pure.
 *
 * The engine's own sentence (`words`) is English and for the command line; here it is told from
 * the structured fields, with days and times as the window shows them.
 */
import type { ChangeView, WhenView } from '../ipc/client';
import type { TimeText } from '../shared/time';
import { changes as words, type ChangeKind } from '../words/changes';

export type { ChangeKind };

/** In the order in which the list offers them. */
export const KINDS: readonly ChangeKind[] = ['time', 'state', 'answers', 'title', 'place', 'other'];

const kinds: Readonly<Record<ChangeView['field'], ChangeKind>> = {
  time: 'time',
  recurrence: 'time',
  status: 'state',
  response: 'answers',
  attendee: 'answers',
  title: 'title',
  location: 'place',
  description: 'other',
  importance: 'other',
  link: 'other',
};

export function kindOf(change: ChangeView): ChangeKind {
  return kinds[change.field];
}

/** A sentence without the event's title: "Moved from 10:00 – 11:00 to 11:30 – 12:30". */
export function changeText(change: ChangeView, text: TimeText): string {
  const { before, after } = change;
  switch (change.field) {
    case 'time':
      return timeText(change.beforeWhen, change.afterWhen, text);
    case 'recurrence':
      return oneOf(words.recurrence, before, after);
    case 'status':
      return statusText(before, after);
    case 'title':
      return replaced(words.name, words.name.renamed, before, after);
    case 'location':
      return replaced(words.place, words.place.moved, before, after);
    case 'description':
      return oneOf(words.description, before, after);
    case 'importance':
      return words.importance(after ?? 'normal');
    case 'response':
      return words.answer(after ?? 'none');
    case 'attendee':
      return guestText(change);
    case 'link':
      return oneOf(words.link, before, after);
  }
}

/** "Friday, 20 November, 10:00 – 11:00". */
export function whenText(when: WhenView, text: TimeText): string {
  const last = when.day + when.days - 1;
  const [from, to] = [text.dayLong(when.day), text.dayLong(last)];
  if (when.allDay) return last === when.day ? words.when.allDay(from) : words.when.days(from, to);
  if (last === when.day) {
    return words.when.timed(from, text.minutes(when.startMinute, when.endMinute));
  }
  const [start, end] = [text.minute(when.startMinute), text.minute(when.endMinute)];
  return words.when.overDays(from, start, to, end);
}

function timeText(before: WhenView | null, after: WhenView | null, text: TimeText): string {
  if (after === null) return words.time.changed;
  if (before === null) return words.time.added(whenText(after, text));
  const isOneDay = before.day === after.day && before.days === 1 && after.days === 1;
  if (!isOneDay || before.allDay || after.allDay) {
    return words.time.moved(whenText(before, text), whenText(after, text));
  }
  // Within a day the day itself is no news.
  if (before.startMinute === after.startMinute) {
    if (before.endMinute === after.endMinute) return words.time.changed;
    const [old, end] = [text.minute(before.endMinute), text.minute(after.endMinute)];
    return after.endMinute > before.endMinute
      ? words.time.endsLater(old, end)
      : words.time.endsEarlier(old, end);
  }
  const times = (when: WhenView): string => text.minutes(when.startMinute, when.endMinute);
  return words.time.moved(times(before), times(after));
}

function statusText(before: string | null, after: string | null): string {
  if (after === 'deleted' || after === 'cancelled' || after === 'tentative') {
    return words.status[after];
  }
  return before === 'cancelled' || before === 'deleted'
    ? words.status.restored
    : words.status.confirmed;
}

/** Of a guest who came, went or answered; both sides are `answer address`. */
function guestText({ before, after, person }: ChangeView): string {
  const [old, now] = [answerOf(before), answerOf(after)];
  const who = quoted(person ?? now?.who ?? old?.who ?? '');
  if (who === '') return words.guest.changed;
  if (now === null) return old === null ? words.guest.changed : words.guest.removed(who);
  if (old === null) return words.guest.invited(who, ANSWERS.has(now.answer) ? now.answer : null);
  return words.guest.answered(who, now.answer, ANSWERS.has(old.answer) ? old.answer : null);
}

const ANSWERS: ReadonlySet<string> = new Set(['accepted', 'tentative', 'declined']);

function answerOf(side: string | null): { answer: string; who: string } | null {
  if (side === null) return null;
  const [answer = '', ...who] = side.split(' ');
  return { answer, who: who.join(' ') };
}

interface Sides {
  changed: string;
  added: string;
  removed: string;
}

function oneOf(sides: Sides, before: string | null, after: string | null): string {
  if (before === null && after !== null) return sides.added;
  if (before !== null && after === null) return sides.removed;
  return sides.changed;
}

/** Of a text that is told with what it was and what it is; empty counts as none. */
function replaced(
  said: { changed: string; added(now: string): string; removed(old: string): string },
  both: (old: string, now: string) => string,
  before: string | null,
  after: string | null,
): string {
  const [old, now] = [quoted(before ?? ''), quoted(after ?? '')];
  if (old === '') return now === '' ? said.changed : said.added(now);
  return now === '' ? said.removed(old) : both(old, now);
}

const MOST_QUOTED = 80;

/** Somebody else's text inside of a sentence: one line, not too long, in a direction of its own. */
function quoted(text: string): string {
  const line = Array.from(
    text
      .slice(0, MOST_QUOTED * 8)
      .replace(/\s+/gu, ' ')
      .trim(),
  );
  const short =
    line.length > MOST_QUOTED ? `${line.slice(0, MOST_QUOTED).join('')}…` : line.join('');
  return RIGHT_TO_LEFT.test(short) ? `\u2068${short}\u2069` : short;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u;
