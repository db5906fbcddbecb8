/** Numbers of days as charts take them, and what they say in a sentence. Pure. */
import type { AccountReport, TeamsDayView } from '../ipc/client';
import type { TimeText } from '../shared/time';
import { health as words } from '../words/health';
import { list } from '../words/t';
import { greatest } from './bars';

/** What a chart shows of a day; `null`: there was nothing to measure. */
export interface DayValue {
  day: number;
  value: number | null;
  part?: number;
}

export function seriesOf(days: readonly DayValue[]): {
  values: (number | null)[];
  stacks: { whole: number; part: number }[];
} {
  return {
    values: days.map(({ value }) => value),
    stacks: days.map(({ value, part }) => ({ whole: value ?? 0, part: part ?? 0 })),
  };
}

/** "6,600 in all, most on Friday 12 November: 310", or that there was nothing. */
export function totalText(days: readonly DayValue[], text: TimeText, write: Write): string {
  const at = greatest(days.map(({ value }) => value));
  const most = at === null ? undefined : days[at];
  if (most === undefined) return words.chartNothing;
  const total = days.reduce((sum, { value }) => sum + (value ?? 0), 0);
  return words.chartTotal(write(total), text.dayLong(most.day), write(most.value ?? 0));
}

/** "Longest on Friday 12 November: 0.3 s". */
export function longestText(days: readonly DayValue[], text: TimeText, write: Write): string {
  const at = greatest(days.map(({ value }) => value));
  const most = at === null ? undefined : days[at];
  if (most === undefined) return words.chartNothing;
  return words.chartLongest(text.dayLong(most.day), write(most.value ?? 0));
}

/** "68 % of 94 meetings were on Teams." */
export function teamsText(days: readonly TeamsDayView[], percent: Write): string {
  const meetings = days.reduce((sum, one) => sum + one.meetings, 0);
  const teams = days.reduce((sum, one) => sum + one.teams, 0);
  return words.teamsShare(meetings, percent(meetings === 0 ? 0 : teams / meetings));
}

/** On which days rounds failed, or on how many; `null` if on none. */
export function failedText({ days }: AccountReport, text: TimeText): string | null {
  const failed = days.filter((one) => one.failed > 0);
  if (failed.length === 0) return null;
  if (failed.length > FEW) return words.failedDays(failed.length);
  return words.failedOn(list(failed.map(({ day }) => text.dayLong(day))));
}

const FEW = 3;

type Write = (value: number) => string;

/** Numbers as a locale writes them. */
export interface Numbers {
  count: Write;
  /** Of a part, 0 to 1; never 100 % where something is missing. */
  percent: Write;
  duration: Write;
}

export function numbersOf(locale: string | undefined): Numbers {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenth = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  return {
    count: (value) => whole.format(value),
    percent: (value) => percent.format(value < 1 ? Math.floor(value * 1000) / 1000 : 1),
    duration: (ms) =>
      ms < 1000 ? words.millis(whole.format(ms)) : words.seconds(tenth.format(ms / 1000)),
  };
}
