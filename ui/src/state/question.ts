/** What the days are asked with, as the user's preferences have it. */
import type { Shape } from '../calendar/layout/periods';
import type { Bootstrap } from '../ipc/client';
import type { Question } from './events.svelte';
import type { Preferences } from './preferences';

/** Where the days are shown: the own zone, or the one travelled to. */
export function zoneOf({ travelZone }: Preferences, { zone }: Bootstrap): string {
  return travelZone ?? zone;
}

export function shapeOf(preferences: Preferences, bootstrap: Bootstrap): Shape {
  const { firstDayOfWeek, workDays, showWeekends, days } = preferences;
  return {
    firstDayOfWeek: firstDayOfWeek ?? bootstrap.firstDayOfWeek,
    workDays,
    showWeekends,
    days,
  };
}

export function questionOf(preferences: Preferences, bootstrap: Bootstrap): Question {
  const { filter, mergeCopies, showDeclined } = preferences;
  return {
    zone: zoneOf(preferences, bootstrap),
    filter: showDeclined ? filter : `${filter} -answer:declined`.trim(),
    mergeCopies,
  };
}
