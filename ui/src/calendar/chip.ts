/** What a chip of a given size shows, and where. Pure. */
import type { CategoryView, OccurrenceView } from '../ipc/client';
import { hueOf, type Hue } from '../shared/color';
import type { TimeText } from '../shared/time';
import { words } from '../words';
import { FRAME, rowsOf, type Rows } from './layout/rows';
import { colorsOf, lookOf, markedStart, titleOf, whereOf, type Look } from './look';

/** What the width of a chip leaves out. */
export interface ChipWidth {
  /** Half a day wide or less: the title has its rows for itself. */
  narrow: boolean;
  /** Too narrow for anything but the title. */
  sliver: boolean;
  /** The whole day is thin: what is beside the title elsewhere has no room there. */
  tight: boolean;
}

/** The room that a chip has. */
export interface ChipRoom extends ChipWidth {
  /** How tall it is. */
  pixels: number;
}

/** Where a chip stands in its day: pixels from above, parts of the day's width from its start. */
export interface ChipPlace {
  top: number;
  height: number;
  start: number;
  width: number;
}

/** A row for itself. */
export const WIDE: ChipWidth = { narrow: false, sliver: false, tight: false };

/** What is shown in that room. */
export interface ChipPlan {
  look: Look;
  rows: Rows;
  titleRows: number;
  high: boolean;
  /** It has a sign beside its words. */
  marked: boolean;
  join: boolean;
  /** Join stands beside the words, not under them. */
  beside: boolean;
  /** Categories have a row of their own. */
  labels: boolean;
  /** The time has a row of its own. */
  time: boolean;
  /** The place may follow it there. */
  place: boolean;
  /** Where marks leave the title most room: in its row, after the time, or beside Join. */
  marks: 'head' | 'when' | 'line' | 'foot' | null;
}

/** All that is seen of a chip. */
export interface Face extends ChipPlan, ChipWidth {
  title: string;
  start: string;
  /** What follows the time in its row; empty if nothing is known, or has room. */
  where: string;
  /** Join is a sign; its word has no room. */
  sign: boolean;
  /** Pixels that the rows beside Join leave to it. */
  clear: number;
  hue: Hue;
  /** Of the calendars that it stands in. */
  colors: string[];
  categories: CategoryView[];
  /** The time follows the title in its row. */
  both: boolean;
  low: boolean;
  /** Categories have signs, without words. */
  bars: boolean;
  /** How tall the words are, where they might be taller. */
  cut: string | undefined;
  /** The free pixels above them; the density may want fewer. */
  above: string;
}

/** Between a chip and the next below it. */
const GAP = 1;

/** Parts of a day from which a chip has its usual looks, and widths from which it always has. */
const NARROW = { part: 0.6, pixels: 130 };
const SLIVER = { part: 0.45, pixels: 66 };
const TIGHT = 110;

/** The letters of Join from which it would leave the title nothing beside it. */
const WORDY = 6;
/** How wide Join is: its sign, or its word and the room around it. */
const SIGN = 28;
const WORD = { around: 10, letter: 6 };
/** The room of a chip that takes `part` of a day that is `day` pixels wide; 0: nobody knows. */
export function roomOf(part: number, day: number): ChipWidth {
  const isBelow = (least: { part: number; pixels: number }): boolean =>
    part < least.part && (day === 0 || part * day < least.pixels);
  return { narrow: isBelow(NARROW), sliver: isBelow(SLIVER), tight: day !== 0 && day < TIGHT };
}

export function faceOf(
  occurrence: OccurrenceView,
  room: ChipRoom,
  past: boolean,
  text: TimeText,
): Face {
  const { narrow, sliver, tight } = room;
  const plan = planChip(occurrence, room, past);
  const { join, beside } = plan;
  const { startMinute } = occurrence;
  // Half a day holds "10:30", and it stands in the morning or not.
  const start = markedStart(occurrence, narrow ? text.face(startMinute) : text.brief(startMinute));
  const letters = join ? words.join.length : 0;
  const wordy = letters >= WORDY;
  const sign = join && isSign(plan, room, wordy);
  // A long word for Join, or any in a thin day, leaves two letters of a place beside it.
  const where = plan.place && !wordy && !(join && tight) ? whereOf(occurrence) : '';
  return {
    ...plan,
    narrow,
    sliver,
    tight,
    title: titleOf(occurrence),
    start,
    where,
    sign,
    clear: join && !beside && !narrow ? (sign ? SIGN : WORD.around + WORD.letter * letters) : 0,
    hue: hueOf(occurrence.color),
    colors: colorsOf(occurrence),
    categories: occurrence.categories,
    both: plan.rows.rows === 1 && !narrow && !plan.join && !occurrence.allDay,
    low: occurrence.importance === 'low',
    bars: !plan.labels && !(tight && (narrow ? plan.marks === 'foot' : join && beside)),
    cut: narrow ? `${plan.rows.rows * plan.rows.row}px` : undefined,
    above: aboveOf(plan, room),
  };
}

/** A row for itself stands in the middle. */
function aboveOf({ rows, beside }: ChipPlan, { pixels }: ChipRoom): string {
  if (rows.rows === 1 && beside) return `${Math.max(0, pixels - FRAME - rows.row) / 2}px`;
  return rows.top > 1 ? `min(${rows.top}px,var(--chip-top))` : `${rows.top}px`;
}

/** The style of a chip, as one text: set at once, it costs a fraction of its parts. */
export function styleOf({ hue, above }: Face, place: ChipPlace | undefined): string {
  const looks = `padding-top:${above};--hue:${hue.hue};--chroma:${hue.chroma}`;
  if (place === undefined) return looks;
  const { top, height, start, width } = place;
  const end = Math.max(0, 1 - start - width);
  return `top:${top}px;height:${height - GAP}px;inset-inline:${start * 100}% ${end * 100}%;${looks}`;
}

/** Beside narrow words, or marks that take what they leave, Join has room for a sign only. */
function isSign(plan: ChipPlan, { narrow, tight }: ChipRoom, wordy: boolean): boolean {
  if (narrow) return plan.beside || plan.marked;
  return wordy ? plan.beside || tight : plan.beside && tight;
}

export function planChip(occurrence: OccurrenceView, room: ChipRoom, past: boolean): ChipPlan {
  const { narrow, sliver, tight, pixels } = room;
  const look = lookOf(occurrence);
  const high = occurrence.importance === 'high';
  const marked =
    occurrence.importance !== 'normal' || look === 'cancelled' || occurrence.categories.length > 0;
  const joinable =
    occurrence.joinService !== null && !past && look !== 'cancelled' && look !== 'declined';
  const mayJoin = joinable && !sliver && !occurrence.allDay;
  const rows = rowsOf(pixels, { narrow, joinable: mayJoin, marked });
  const beside = rows.join === 'beside';
  // In the smallest chips it would leave nothing for the title; the details have Join too.
  const join = mayJoin && !(narrow && beside && (high || tight));
  const labels = !narrow && rows.rows >= 4 && occurrence.categories.length > 0;
  const titleRows = labels ? Math.min(rows.title, rows.rows - 2) : rows.title;
  const marks = marked ? marksOf(narrow, join && !beside, rows.rows) : null;
  const isBelow = rows.rows > (narrow && join && !beside ? titleRows : 1);
  const time = isBelow && !sliver && !(tight && narrow && marked);
  const place = !narrow;
  return { look, rows, titleRows, high, marked, join, beside, labels, time, place, marks };
}

function marksOf(narrow: boolean, isJoinBelow: boolean, rows: number): ChipPlan['marks'] {
  if (!narrow) return 'head';
  if (isJoinBelow) return 'foot';
  return rows > 1 ? 'when' : 'line';
}
