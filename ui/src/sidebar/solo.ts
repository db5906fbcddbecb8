/** "Show only this one", and back to what was shown before. Pure. */

/** What was shown before, and which ones were shown alone since. */
export interface Solo {
  before: ReadonlySet<string>;
  alone: ReadonlySet<string>;
}

export interface SoloPlan {
  /** Calendars to show that were hidden, then those to hide. */
  show: string[];
  hide: string[];
  /** What is kept for the way back; `null` when that was it. */
  solo: Solo | null;
}

/**
 * Shows `wanted` alone; where they are alone already, shows what was shown before them. Going from
 * one alone to another keeps the way back to what was shown before both. Where nothing is known
 * of before (Dayline was started anew), the way back shows all.
 */
export function planSolo(
  calendars: readonly { id: string; isVisible: boolean }[],
  wanted: ReadonlySet<string>,
  solo: Solo | null,
): SoloPlan {
  const visible = new Set(calendars.filter((one) => one.isVisible).map((one) => one.id));
  const here = new Set(calendars.map((one) => one.id));
  const aim = new Set([...wanted].filter((id) => here.has(id)));
  if (isSame(visible, aim)) {
    const before = new Set([...(solo?.before ?? [])].filter((id) => here.has(id)));
    const back = before.size === 0 || isSame(before, aim) ? here : before;
    return { ...steps(calendars, back), solo: null };
  }
  const before = solo !== null && isSame(visible, solo.alone) ? solo.before : visible;
  return { ...steps(calendars, aim), solo: { before, alone: aim } };
}

/** Whether these and no others are shown. */
export function isAlone(
  calendars: readonly { id: string; isVisible: boolean }[],
  ids: ReadonlySet<string>,
): boolean {
  return calendars.length > ids.size && calendars.every((one) => one.isVisible === ids.has(one.id));
}

function steps(
  calendars: readonly { id: string; isVisible: boolean }[],
  aim: ReadonlySet<string>,
): { show: string[]; hide: string[] } {
  const other = calendars.filter((one) => one.isVisible !== aim.has(one.id));
  return {
    show: other.filter((one) => !one.isVisible).map((one) => one.id),
    hide: other.filter((one) => one.isVisible).map((one) => one.id),
  };
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}
