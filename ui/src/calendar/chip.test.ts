import { expect, test } from 'vitest';
import type { OccurrenceView } from '../ipc/client';
import { timed } from '../ipc/fake-data';
import { timeText } from '../shared/time';
import { faceOf, planChip, roomOf, styleOf, WIDE, type ChipPlan, type ChipRoom } from './chip';

const TEAMS = { teams: true, joinService: 'Microsoft Teams' };
const LABELLED = { categories: [{ name: 'Client A', color: '#13a10e' }] };
const HOUR = { ...WIDE, pixels: 48 };
const NARROW = { ...HOUR, narrow: true };
const QUARTER = { ...NARROW, pixels: 16 };

function check(
  more: Partial<OccurrenceView>,
  size: typeof HOUR,
  expected: Partial<ChipPlan>,
  past = false,
): void {
  const occurrence = timed('ms/Calendar', 'Meeting', 0, '9:00', '10:00', more);
  expect(planChip(occurrence, size, past)).toMatchObject(expected);
}

test('Join is for what can still be joined', () => {
  check(TEAMS, HOUR, { join: true });
  check({}, HOUR, { join: false });
  check(TEAMS, HOUR, { join: false }, true);
  check({ ...TEAMS, response: 'declined' }, HOUR, { join: false });
  check({ ...TEAMS, status: 'cancelled' }, HOUR, { join: false });
  check({ ...TEAMS, allDay: true }, HOUR, { join: false });
  check(TEAMS, { ...NARROW, sliver: true }, { join: false });
});

test('in the smallest chips importance comes before Join', () => {
  check(TEAMS, QUARTER, { join: true, beside: true });
  check({ ...TEAMS, importance: 'high' }, QUARTER, { join: false, high: true });
});

test('categories have words where there is room, and signs elsewhere', () => {
  check(LABELLED, { ...HOUR, pixels: 96 }, { labels: true, marked: true });
  check(LABELLED, { ...NARROW, pixels: 96 }, { labels: false, marked: true });
  check(LABELLED, HOUR, { labels: false, marked: true });
});

test('marks stand where they leave the title most room', () => {
  check(LABELLED, HOUR, { marks: 'head' });
  check(LABELLED, NARROW, { marks: 'when' });
  check(LABELLED, QUARTER, { marks: 'line' });
  check({ ...LABELLED, ...TEAMS }, { ...NARROW, pixels: 72 }, { marks: 'foot' });
});

test.each<[string, number, number, string[]]>([
  ['a day of the week', 1, 138, []],
  ['half of it', 1 / 2, 138, ['narrow']],
  ['a third of it', 1 / 3, 138, ['narrow', 'sliver']],
  ['half of the only day', 1 / 2, 960, []],
  ['a quarter of it', 1 / 4, 960, []],
  ['an eighth of it', 1 / 8, 960, ['narrow']],
  ['a day of a small window', 1, 92, ['tight']],
  ['half of that', 1 / 2, 92, ['narrow', 'tight']],
  ['the only day of a small window', 1, 650, []],
  ['half of a day while nobody knows', 1 / 2, 0, ['narrow']],
])('%s has the room that its width gives', (_, part, day, expected) => {
  const room = roomOf(part, day);
  expect(Object.entries(room).flatMap(([name, is]) => (is ? [name] : []))).toEqual(expected);
});

test('a face says when it begins, and that in its row where there is only one', () => {
  const text = timeText('en-GB');
  const face = (more: Partial<OccurrenceView>, room: ChipRoom) =>
    faceOf(timed('ms/Calendar', 'Meeting', 0, '9:30', '10:00', more), room, false, text);
  expect(face({}, HOUR)).toMatchObject({ title: 'Meeting', start: '9:30', both: false });
  expect(face({}, { ...HOUR, pixels: 16 })).toMatchObject({ both: true, low: false });
  expect(face({}, QUARTER)).toMatchObject({ both: false, narrow: true });
  expect(face({ ...TEAMS }, { ...HOUR, pixels: 16 })).toMatchObject({ both: false, join: true });
  expect(face({ importance: 'low' }, HOUR)).toMatchObject({ low: true, high: false });
});

test('Join is a sign where its word would take the title’s room, or the rows leave it theirs', () => {
  const text = timeText('en-GB');
  const face = (room: Partial<ChipRoom>, more: Partial<OccurrenceView> = {}) =>
    faceOf(
      timed('ms/Calendar', 'Meeting', 0, '9:30', '10:00', { ...TEAMS, ...more }),
      { ...HOUR, ...room },
      false,
      text,
    );
  const SMALLEST = { pixels: 24 };
  expect(face({})).toMatchObject({ sign: false, clear: 34, where: 'Teams' });
  expect(face({ tight: true })).toMatchObject({ sign: false, clear: 34, where: '' });
  expect(face(SMALLEST)).toMatchObject({ beside: true, sign: false, clear: 0 });
  expect(face({ ...SMALLEST, tight: true })).toMatchObject({ join: true, sign: true });
  expect(face({ ...SMALLEST, narrow: true })).toMatchObject({ join: true, sign: true });
  expect(face({ ...SMALLEST, narrow: true, tight: true })).toMatchObject({ join: false });
  expect(face({ narrow: true }, LABELLED)).toMatchObject({ sign: true, clear: 0 });
});

test.each<[string, ChipRoom, string]>([
  ['one row stands in the middle', { ...WIDE, pixels: 24 }, '2.5px'],
  ['even where it is lower than a row', { ...WIDE, pixels: 12 }, '0px'],
  ['more stand at the top', { ...WIDE, pixels: 36 }, '0px'],
  ['with as much above as the density wants', { ...WIDE, pixels: 48 }, 'min(3px,var(--chip-top))'],
])('%s', (_, room, above) => {
  const meeting = timed('ms/Calendar', 'Meeting', 0, '9:30', '10:00');
  expect(faceOf(meeting, room, false, timeText('en-GB'))).toMatchObject({ above });
});

test('a chip stands where its place says, with a pixel free below it', () => {
  const meeting = timed('ms/Calendar', 'Meeting', 0, '9:30', '10:00', { color: '#0078d7' });
  const face = faceOf(meeting, HOUR, false, timeText('en-GB'));
  const place = { top: 96, height: 48, start: 0.25, width: 0.5 };
  expect(styleOf(face, place)).toMatch(/^top:96px;height:47px;inset-inline:25% 25%;padding-top:/);
  expect(styleOf(face, undefined)).toMatch(/^padding-top:[^;]+;--hue:\d+;--chroma:1$/);
});
