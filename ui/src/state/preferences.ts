/**
 * What the window remembers: its shape, its bounds, and how a stored text becomes one again.
 *
 * Rust keeps the text and does not read it. A text that an older or newer version wrote, or that
 * is damaged, gives what can be understood of it, and the defaults for the rest.
 */

/** The ways to look at days. */
export const VIEWS = ['day', 'work-week', 'week', 'days', 'month', 'agenda', 'year'] as const;
export type ViewKind = (typeof VIEWS)[number];

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];

export const DENSITIES = ['compact', 'comfortable'] as const;
export type Density = (typeof DENSITIES)[number];

export const CLOCKS = ['system', '12', '24'] as const;
export type ClockStyle = (typeof CLOCKS)[number];

/** The words' language; `system` follows the system. */
export const LANGUAGES = ['system', 'en', 'de', 'ar'] as const;
export type LanguageChoice = (typeof LANGUAGES)[number];

/** Heights of an hour, in pixels; zoom steps through them. */
export const HOUR_HEIGHTS = [32, 40, 48, 64, 88, 120] as const;

/** Calendars of the sidebar that stand together, in the user's order. */
export interface Group {
  name: string;
  calendarIds: string[];
}

export interface Preferences {
  view: ViewKind;
  /** The day that the view holds; `null`: today. */
  day: number | null;
  /** How many days the view of N days shows. */
  days: number;
  theme: Theme;
  /** In percent, 90 to 150. */
  textSize: number;
  density: Density;
  hourHeight: number;
  clock: ClockStyle;
  language: LanguageChoice;
  /** 0 = Sunday … 6 = Saturday; `null`: as the system has it. */
  firstDayOfWeek: number | null;
  showWeekends: boolean;
  showWeekNumbers: boolean;
  showDeclined: boolean;
  /** Minutes of the day. */
  workFrom: number;
  workTo: number;
  /** 0 = Sunday … 6 = Saturday. */
  workDays: number[];
  /** Zones beside the own one, at most two. */
  otherZones: string[];
  /** The zone that days are shown in while travelling; `null`: the own one. */
  travelZone: string | null;
  /** Zones travelled to before, the newest first. */
  recentZones: string[];
  mergeCopies: boolean;
  /** What the filter field holds. */
  filter: string;
  showSidebar: boolean | null;
  showFilters: boolean;
  /** Single keys act; modifiers always do. */
  singleKeys: boolean;
  /** Keys that the user gave to commands, by the command's name. */
  keys: Record<string, string>;
  calendarOrder: string[];
  groups: Group[];
  /** Accounts whose calendars are folded away. */
  folded: string[];
}

export const DEFAULTS: Readonly<Preferences> = {
  view: 'week',
  day: null,
  days: 3,
  theme: 'system',
  textSize: 100,
  density: 'comfortable',
  hourHeight: 48,
  clock: 'system',
  language: 'system',
  firstDayOfWeek: null,
  showWeekends: true,
  showWeekNumbers: false,
  showDeclined: true,
  workFrom: 9 * 60,
  workTo: 17 * 60,
  workDays: [1, 2, 3, 4, 5],
  otherZones: [],
  travelZone: null,
  recentZones: [],
  mergeCopies: true,
  filter: '',
  showSidebar: null,
  showFilters: true,
  singleKeys: true,
  keys: {},
  calendarOrder: [],
  groups: [],
  folded: [],
};

type Check<T> = (value: unknown) => T | undefined;

const oneOf =
  <T>(values: readonly T[]): Check<T> =>
  (value) =>
    values.find((one) => one === value);
const whole =
  (from: number, to: number): Check<number> =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to
      ? value
      : undefined;
const yesOrNo: Check<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);
const text =
  (longest: number): Check<string> =>
  (value) =>
    typeof value === 'string' && value.length <= longest ? value : undefined;
const orNull =
  <T>(check: Check<T>): Check<T | null> =>
  (value) =>
    value === null ? null : check(value);
/** What can be understood of a list; at most `most`. */
const listOf =
  <T>(check: Check<T>, most: number): Check<T[]> =>
  (value) =>
    Array.isArray(value) ? value.flatMap((one) => check(one) ?? []).slice(0, most) : undefined;
const zone: Check<string> = (value) => {
  const name = text(64)(value);
  if (name === undefined) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) && name;
  } catch {
    return undefined;
  }
};
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const keys: Check<Record<string, string>> = (value) => {
  if (!isRecord(value)) return undefined;
  const kept = Object.entries(value).filter(([, key]) => text(32)(key) !== undefined);
  return Object.fromEntries(kept.slice(0, 100)) as Record<string, string>;
};
const id = text(200);
const group: Check<Group> = (value) => {
  if (!isRecord(value)) return undefined;
  const name = text(60)(value.name);
  const calendarIds = listOf(id, 300)(value.calendarIds);
  return name === undefined || name.trim() === '' || calendarIds === undefined
    ? undefined
    : { name, calendarIds };
};

const A_MILLION_DAYS = 1_000_000;
const DAY = 1440;

const CHECKS: { [K in keyof Preferences]: Check<Preferences[K]> } = {
  view: oneOf(VIEWS),
  day: orNull(whole(-A_MILLION_DAYS, A_MILLION_DAYS)),
  days: whole(2, 14),
  theme: oneOf(THEMES),
  textSize: whole(90, 150),
  density: oneOf(DENSITIES),
  hourHeight: oneOf<number>(HOUR_HEIGHTS),
  clock: oneOf(CLOCKS),
  language: oneOf(LANGUAGES),
  firstDayOfWeek: orNull(whole(0, 6)),
  showWeekends: yesOrNo,
  showWeekNumbers: yesOrNo,
  showDeclined: yesOrNo,
  workFrom: whole(0, DAY),
  workTo: whole(0, DAY),
  workDays: listOf(whole(0, 6), 7),
  otherZones: listOf(zone, 2),
  travelZone: orNull(zone),
  recentZones: listOf(zone, 5),
  mergeCopies: yesOrNo,
  filter: text(4096),
  showSidebar: orNull(yesOrNo),
  showFilters: yesOrNo,
  singleKeys: yesOrNo,
  keys,
  calendarOrder: listOf(id, 1000),
  groups: listOf(group, 50),
  folded: listOf(id, 100),
};

/** Reads a stored text. */
export function readPreferences(json: string | null): Preferences {
  let stored: unknown = null;
  try {
    stored = json === null ? null : JSON.parse(json);
  } catch {
    // Damaged: the defaults.
  }
  return { ...DEFAULTS, ...understood(isRecord(stored) ? stored : {}) };
}

function understood(stored: Record<string, unknown>): Partial<Preferences> {
  const kept = Object.entries(CHECKS).flatMap(([name, check]) => {
    const value = name in stored ? check(stored[name]) : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(kept) as Partial<Preferences>;
}

/** The text to store: what differs from the defaults, so that a later default reaches people. */
export function writePreferences(preferences: Preferences): string {
  const changed = Object.entries(preferences).filter(
    ([name, value]) =>
      JSON.stringify(value) !== JSON.stringify(DEFAULTS[name as keyof Preferences]),
  );
  return JSON.stringify(Object.fromEntries(changed));
}
