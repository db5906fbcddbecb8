import { describe, expect, test } from 'vitest';
import { callsIn, entriesOf } from './checks/catalogue';
import { filesUnder } from './checks/files';
import { speaker } from './t';

const english = filesUnder('locales/en', /\.ftl$/);
const german = filesUnder('locales/de', /\.ftl$/);
const arabic = filesUnder('locales/ar', /\.ftl$/);
const modules = filesUnder('src/words', /^src\/words\/[\w-]+(?<!\.test)(?<!\/t)\.ts$/);

/** "grid" of "…/grid.ftl" and "…/grid.ts". */
const nameOf = (path: string): string => /([^/]+)\.\w+$/.exec(path)?.[1] ?? path;

const inFiles = (files: Record<string, string>) =>
  Object.entries(files).flatMap(([path, text]) =>
    entriesOf(text).entries.map((entry) => ({ ...entry, file: nameOf(path) })),
  );

const asked = Object.entries(modules).flatMap(([path, source]) =>
  callsIn(source).map((call) => ({ ...call, module: nameOf(path) })),
);
const argumentsById = new Map(inFiles(english).map(({ id, args }) => [id, args]));

describe.each([
  ['en', english],
  ['de', german],
  ['ar', arabic],
] as const)('the catalogue %s', (_, files) => {
  test('is read to its last line', () => {
    for (const [path, text] of Object.entries(files)) {
      expect(entriesOf(text).junk, path).toEqual([]);
    }
  });

  test('has each message once, in the file that its id begins with', () => {
    const entries = inFiles(files);
    const ids = entries.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(entries.filter(({ id, file }) => !id.startsWith(`${file}-`))).toEqual([]);
  });

  test('has every message of English and no other, in the same files, with the same arguments', () => {
    const said = inFiles(files).map(({ file, id, args }) => `${file}: ${id}(${args.join()})`);
    const expected = inFiles(english).map(({ file, id, args }) => `${file}: ${id}(${args.join()})`);
    expect(expected.filter((one) => !said.includes(one))).toEqual([]);
    expect(said.filter((one) => !expected.includes(one))).toEqual([]);
  });
});

describe('the modules with words', () => {
  test('write every id out', () => {
    expect(asked.filter(({ id }) => id === null)).toEqual([]);
  });

  test('ask for messages that exist, with the arguments that these use', () => {
    const wrong = asked.filter(
      ({ id, args }) => argumentsById.get(id ?? '')?.join() !== args.join(),
    );
    expect(wrong).toEqual([]);
  });

  test('leave no message unused', () => {
    const used = new Set(asked.map(({ id }) => id));
    expect([...argumentsById.keys()].filter((id) => !used.has(id))).toEqual([]);
  });
});

describe.each([
  ['en', english, 'en'],
  ['de', german, 'de'],
  ['ar', arabic, 'ar-EG'],
  ['qps', english, 'en'],
] as const)('spoken in %s', (language, files, tag) => {
  const { say } = speaker(language, files, tag);

  test.each([0, 1, 2, 3, 11, 100, 2.5])('every message can be said of %f', (n) => {
    for (const [id, args] of argumentsById) {
      const told = Object.fromEntries(args.map((name) => [name, n]));
      expect(say(id, told)?.trim(), id).toBeTruthy();
    }
  });
});

test('the pseudo-locale brackets every message and keeps no English letter of it', () => {
  const { say } = speaker('qps', english);
  for (const [id, args] of argumentsById) {
    const said = say(id, Object.fromEntries(args.map((name) => [name, 1]))) ?? '';
    expect(said, id).toMatch(/^\[[^]*\]$/);
    expect(said, id).not.toMatch(/[A-Za-z]/);
  }
});

test('what is missing, told wrongly or unused does not pass', () => {
  expect(entriesOf('a = { $b\n').junk).toEqual(['a = { $b']);
  expect(entriesOf('a = { $n ->\n    [one] { $x }\n   *[other] { $y }\n    }\n').entries).toEqual([
    { id: 'a', args: ['n', 'x', 'y'] },
  ]);
  expect(callsIn("const a = { b: t('x-y', { n, name: other }), c: t(id) };")).toEqual([
    { id: 'x-y', args: ['n', 'name'] },
    { id: null, args: [] },
  ]);
});
