/** How an occurrence looks and how it is read out: state by shape and by word, never by colour alone. */
import type { OccurrenceView } from '../ipc/client';
import type { TimeText } from '../shared/time';
import { words } from '../words';

/** More colours than this no bar shows. */
const MOST_COLORS = 3;

/** The shape of a chip; one at a time, the strongest first. */
export type Look = 'cancelled' | 'declined' | 'unanswered' | 'tentative' | 'free' | 'busy';

export function lookOf(occurrence: OccurrenceView): Look {
  if (occurrence.status === 'cancelled') return 'cancelled';
  if (occurrence.response === 'declined') return 'declined';
  if (occurrence.response === 'not_responded') return 'unanswered';
  const { response, status, showAs } = occurrence;
  if (response === 'tentative' || status === 'tentative' || showAs === 'tentative') {
    return 'tentative';
  }
  return showAs === 'free' ? 'free' : 'busy';
}

/** Title, or the words for none. */
export function titleOf(occurrence: OccurrenceView): string {
  return occurrence.title.trim() === '' ? words.untitled : occurrence.title;
}

/** What follows the time on a chip's second line: where or how; empty if nothing is known. */
export function whereOf(occurrence: OccurrenceView): string {
  const service = occurrence.joinService;
  return service === null ? (occurrence.location ?? '') : words.event.service(service);
}

/** A start with the zone's short name, where the hour comes twice: "2:30 CEST". */
export function markedStart(occurrence: OccurrenceView, start: string): string {
  const { zoneMark } = occurrence;
  return zoneMark === null ? start : `${start} ${zoneMark}`;
}

/** The colours of a meeting's calendars, its own first, each once. */
export function colorsOf({ color, copies }: OccurrenceView): string[] {
  if (copies.length === 0) return [color];
  const all = [color, ...copies.map((copy) => copy.color)].map((one) => one.toLowerCase());
  return [...new Set(all)].slice(0, MOST_COLORS);
}

/** The calendar of an event; of a meeting that stands in several, all: "in Calendar and Personal". */
export function calendarsOf(
  { copies }: Pick<OccurrenceView, 'copies'>,
  calendarName: string,
  nameOfCalendar: (id: string) => string,
): string {
  if (copies.length === 0) return calendarName;
  const names = [calendarName, ...copies.map((copy) => nameOfCalendar(copy.calendarId))];
  const known = [...new Set(names)].filter((name) => name !== '');
  return known.length > 1 ? words.related.inCalendars(known) : calendarName;
}

/** "Friday, 20 November, 11:30 to 12:30", or days for all-day. */
export function whenOf(occurrence: OccurrenceView, text: TimeText): string {
  const lastDay = occurrence.day + occurrence.days - 1;
  const first = text.dayLong(occurrence.day);
  const last = text.dayLong(lastDay);
  if (occurrence.allDay) {
    return occurrence.days === 1
      ? words.event.allDayOn(first)
      : words.event.allDayFrom(first, last);
  }
  const start = markedStart(occurrence, text.minute(occurrence.startMinute));
  const end = text.minute(occurrence.endMinute);
  return occurrence.days === 1
    ? words.event.on(first, start, end)
    : words.event.overDays(first, start, last, end);
}

/** The accessible name: title, day, time, calendar, state, importance. */
export function nameOf(
  occurrence: OccurrenceView,
  text: TimeText,
  calendarName: string,
  past: boolean,
): string {
  const look = lookOf(occurrence);
  const state =
    look === 'cancelled'
      ? words.event.cancelled
      : look === 'tentative'
        ? words.event.tentative
        : words.answer(occurrence.response);
  const importance = { high: words.event.high, low: words.event.low, normal: '' };
  return words.commas([
    titleOf(occurrence),
    whenOf(occurrence, text),
    calendarName,
    state,
    occurrence.showAs === 'free' ? words.event.free : '',
    importance[occurrence.importance],
    ...occurrence.categories.map((category) => category.name),
    past ? words.event.past : '',
  ]);
}
