/** How a calendar's changes come to be known, in words of the catalogue. Pure. */
import type { PushedCalendar } from '../ipc/client';
import type { TimeText } from '../shared/time';
import { words } from '../words';

/** Whether the user wants the provider to tell of changes. */
export function isWanted({ reason }: PushedCalendar): boolean {
  return reason !== 'off';
}

/** Whether wanting it could help: its provider can tell. */
export function canTell({ reason }: PushedCalendar): boolean {
  return reason !== 'unable';
}

/** "Changes arrive at once, until …", or why they do not. */
export function stateText(one: PushedCalendar, text: TimeText, zone: string): string {
  if (one.reason !== null) return words.health.whyPolled[one.reason];
  if (one.expiresAt === null) return words.push.atOnce;
  return words.push.until(text.moment(one.expiresAt, zone));
}
