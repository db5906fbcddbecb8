/**
 * Which meeting is on, and which comes next, among the occurrences in view. Pure.
 *
 * Candidates are timed, neither declined nor cancelled, and free ones only with a link.
 */
import type { ClockView, OccurrenceView } from '../ipc/client';

const DAY = 1440;
/** From so many minutes before its start, the next meeting leads. */
const NEXT_LEADS = 10;

/** What to name. `lead` holds the meeting that Join means, then those that compete with it. */
export interface NowNext {
  lead: OccurrenceView[];
  leadIs: 'now' | 'next';
  /** The one after a running lead; `null` when the next already leads. */
  next: OccurrenceView | null;
}

/** The start in minutes since 1970-01-01, in the zone shown. */
export function startOf(occurrence: OccurrenceView): number {
  return occurrence.day * DAY + occurrence.startMinute;
}

/** The end likewise. */
export function endOf(occurrence: OccurrenceView): number {
  return (occurrence.day + occurrence.days - 1) * DAY + occurrence.endMinute;
}

/** The meetings to name now, or `null` if none is on or starts within 24 hours. */
export function nowAndNext(
  occurrences: readonly OccurrenceView[],
  clock: ClockView,
): NowNext | null {
  const now = clock.day * DAY + clock.minute;
  const candidates = occurrences.filter(isCandidate);
  const running = candidates
    .filter((one) => startOf(one) <= now && now < endOf(one))
    .sort((a, b) => startOf(b) - startOf(a));
  const upcoming = candidates
    .filter((one) => startOf(one) > now && startOf(one) <= now + DAY)
    .sort((a, b) => startOf(a) - startOf(b));

  const first = upcoming[0];
  if (first !== undefined && (running.length === 0 || startOf(first) - now <= NEXT_LEADS)) {
    const together = upcoming.filter((one) => startOf(one) === startOf(first));
    const still = running.filter((one) => endOf(one) > startOf(first));
    return { lead: [...together, ...still], leadIs: 'next', next: null };
  }
  return running.length === 0 ? null : { lead: running, leadIs: 'now', next: first ?? null };
}

function isCandidate(one: OccurrenceView): boolean {
  if (one.allDay || one.status === 'cancelled' || one.response === 'declined') return false;
  return one.showAs !== 'free' || one.joinService !== null;
}
