/** How a calendar's changes come to be known, in words of the catalogue. Pure. */
import type { PushedCalendar } from '../ipc/client';
import type { TimeText } from '../shared/time';
import { words } from '../words';

type Why = keyof typeof words.health.why;

/** How the engine's sentences begin; it has no codes for them. */
const BEGINNINGS: readonly (readonly [RegExp, Why])[] = [
  [/^turned off/, 'off'],
  [/^its provider does not tell/, 'silent'],
  [/^no relay/, 'noRelay'],
  [/^its provider refuses/, 'refused'],
  [/^another computer/, 'elsewhere'],
  [/^its provider would tell/, 'short'],
  [/^its provider ended/, 'ended'],
  [/^could not be set up/, 'failed'],
  [/^being set up/, 'starting'],
];

/** Whether the user wants the provider to tell of changes. */
export function isWanted(one: PushedCalendar): boolean {
  return one.active || reasonOf(one) !== 'off';
}

/** Whether wanting it could help: its provider can tell. */
export function canTell(one: PushedCalendar): boolean {
  return one.active || reasonOf(one) !== 'silent';
}

/** "Changes arrive at once, until …", or why they do not. */
export function stateText(one: PushedCalendar, text: TimeText, zone: string): string {
  if (one.active && one.expiresAt !== null) {
    return words.push.until(text.moment(one.expiresAt, zone));
  }
  if (one.active) return words.push.atOnce;
  const reason = reasonOf(one);
  return reason === null ? (one.why ?? words.health.pushPolled) : words.health.why[reason];
}

function reasonOf({ why }: PushedCalendar): Why | null {
  return why === null ? null : (BEGINNINGS.find(([beginning]) => beginning.test(why))?.[1] ?? null);
}
