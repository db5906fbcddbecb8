/**
 * The filter language as far as tests over the fake need it. The real one is Rust's; here a text
 * is taken apart by terms.ts and each part is held against an occurrence.
 */
import { fold, termsOf, type Term } from '../filters/terms';
import type { CalendarView, FilterMistakeView, FilterReading, OccurrenceView } from './client';

const KEYS: Record<string, readonly string[]> = {
  importance: ['low', 'normal', 'high'],
  category: [],
  calendar: [],
  account: [],
  provider: ['microsoft', 'google', 'caldav', 'ics'],
  answer: ['accepted', 'tentative', 'declined', 'none', 'organizer'],
  status: ['confirmed', 'tentative', 'cancelled'],
  show: ['free', 'busy', 'tentative', 'oof', 'elsewhere'],
  with: [],
  has: ['teams', 'link', 'attachment', 'conflict'],
  is: ['series', 'allday', 'private', 'copy', 'unanswered'],
  from: [],
  to: [],
  next: [],
};

const MISTAKES: Record<string, FilterMistakeView> = {
  importance: 'unknown_importance',
  provider: 'unknown_provider',
  answer: 'unknown_answer',
  status: 'unknown_status',
  show: 'unknown_show',
  has: 'unknown_has',
};

/** Whether a filter's text leaves an occurrence over. */
export function passes(
  one: OccurrenceView,
  text: string,
  calendars: ReadonlyMap<string, CalendarView>,
): boolean {
  return termsOf(text).every((term) => holds(one, term, calendars) !== term.negated);
}

function holds(
  one: OccurrenceView,
  { key, values }: Term,
  calendars: ReadonlyMap<string, CalendarView>,
): boolean {
  const answer = one.response === 'not_responded' ? 'none' : one.response;
  return values.some((value) => {
    const wanted = fold(value);
    switch (key) {
      case 'importance':
        return one.importance === wanted;
      case 'category':
        return one.categories.some((category) => fold(category.name) === wanted);
      case 'calendar':
        return fold(calendars.get(one.calendarId)?.name ?? '').includes(wanted);
      case 'answer':
        return answer === wanted;
      case 'status':
        return one.status === wanted;
      case 'has':
        return wanted === 'teams' ? one.teams : wanted === 'link' && one.joinService !== null;
      case 'is':
        if (wanted === 'unanswered') return one.response === 'not_responded';
        return wanted === 'allday' ? one.allDay : wanted === 'series' && one.recurring;
      case null:
        return fold(`${one.title} ${one.location ?? ''}`).includes(wanted) || answer === wanted;
      default:
        return true;
    }
  });
}

/** What a text that is being typed says: unknown keys and values, and what may follow. */
export function readFilter(text: string, cursor: number, names: readonly string[]): FilterReading {
  let problem: FilterReading['problem'] = null;
  for (const term of termsOf(text)) {
    const { from, to } = term;
    const known = term.key === null ? undefined : KEYS[term.key];
    if (term.key === null || problem !== null) continue;
    if (known === undefined) {
      problem = { from, to, mistake: 'unknown_key', word: term.key, suggestion: null };
    } else if (known.length > 0 && term.values.some((value) => !known.includes(fold(value)))) {
      const mistake = MISTAKES[term.key] ?? 'unknown_is';
      const word = term.values.find((value) => !known.includes(fold(value))) ?? '';
      problem = { from, to, mistake, word, suggestion: `${term.key}:${known[0] ?? ''}` };
    }
  }
  const term = termsOf(text).find((one) => one.from <= cursor && cursor <= one.to);
  const typed = text.slice(term?.from ?? cursor, cursor);
  const from = term?.from ?? cursor;
  const to = term?.to ?? cursor;
  const [key, value] = typed.includes(':') ? typed.split(':', 2) : [typed, null];
  const offered =
    value === null
      ? Object.keys(KEYS)
          .filter((one) => one.startsWith(fold(key ?? '')))
          .map((one) => ({ from, to, insert: `${one}:`, label: `${one}:`, hint: null }))
      : [...(KEYS[key ?? ''] ?? []), ...(key === 'category' ? names : [])]
          .filter((one) => fold(one).startsWith(fold(value ?? '')))
          .map((one) => {
            const written = one.includes(' ') ? `"${one}"` : one;
            return { from, to, insert: `${key}:${written} `, label: one, hint: key ?? null };
          });
  return { problem, completions: offered.slice(0, 12) };
}
