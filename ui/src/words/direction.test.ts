import { expect, test } from 'vitest';
import { filesUnder } from './checks/files';
import { speaker } from './t';

/** Marks that keep a value's direction to itself. */
const FSI = '\u2068';
const PDI = '\u2069';

const arabic = speaker('ar', {
  'a.ftl': 'moved = { $name } الآن في { $group }',
});

test('in Arabic a value keeps its direction to itself, also where it comes first', () => {
  expect(arabic.say('moved', { name: 'Platform team', group: 'Work' })).toBe(
    `${FSI}Platform team${PDI} الآن في ${FSI}Work${PDI}`,
  );
});

// `dir="auto"` looks into isolated text, other than the algorithm for text does: a message that
// begins with a name in the other script would run the wrong way as a whole.
test('no message is shown in the direction of its first letter', () => {
  const found = Object.entries(filesUnder('src', /\.svelte$/)).flatMap(([path, source]) =>
    Array.from(
      source.matchAll(/dir="auto"[^>{]*>\s*\{(words\.|say\.|changeText|unknown)[^}]*\}/g),
      ([markup]) => `${path}: ${markup}`,
    ),
  );
  expect(found).toEqual([]);
});
