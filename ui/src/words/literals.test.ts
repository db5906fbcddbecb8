import { expect, test } from 'vitest';
import { filesUnder } from './checks/files';
import { codeOf, sentencesInCode, textsInMarkup } from './checks/markup';

/** Texts that may stand in the sources, and why. */
const SAME_EVERYWHERE: ReadonlyMap<string, string> = new Map([
  ['Dayline', 'the name of the program'],
  ['Esc', 'printed so on the keys of every language'],
  ['Ho Chi Minh City', 'a place'],
  ['Coral Harbour', 'a place'],
  ['Microsoft Teams', 'what the engine calls the service; compared, not shown'],
]);

/** Sources without words for people: fixtures, what is generated, and these checks. */
const OTHER =
  /\.test\.ts$|test-setup\.ts$|^src\/ipc\/(bindings|fake[\w-]*)\.ts$|^src\/words\/checks\//;

const sources = Object.entries(filesUnder('src', /\.(ts|svelte)$/)).filter(
  ([path]) => !OTHER.test(path),
);

test('markup holds no text of its own', () => {
  const found = sources
    .filter(([path]) => path.endsWith('.svelte'))
    .flatMap(([path, source]) =>
      textsInMarkup(source)
        .filter((text) => !SAME_EVERYWHERE.has(text))
        .map((text) => `${path}: ${text}`),
    );
  expect(found).toEqual([]);
});

test('code holds no sentences', () => {
  const found = sources.flatMap(([path, source]) =>
    sentencesInCode(codeOf(path, source))
      .filter((text) => !SAME_EVERYWHERE.has(text))
      .map((text) => `${path}: ${text}`),
  );
  expect(found).toEqual([]);
});

test.each([
  ['<p>Hello</p>', ['Hello']],
  ['{#if shown}Hello{:else if a === "other"}<b>There</b>{/if}', ['Hello', 'There']],
  ['<button aria-label="Close" class="btn primary" type="button"></button>', ['Close']],
  ['<button title={open ? "Hide it" : words.show}></button>', ['Hide it']],
  ['<Dialog title="Settings" width="wide" />', ['Settings']],
  ['<p>{count} of {`${n} files`}</p>', ['of', 'files']],
  ['{#snippet one()}Text{/snippet}{@render one()}', ['Text']],
  [
    '<p>{words.a} · {say("code")} {kind === "none" ? "" : x}</p><style>p { color: red }</style>',
    [],
  ],
  ['<!-- Hello --><p class:open={is("open")} data-title="Hello" style:--a="b">{"!"}</p>', []],
])('in %s people would read %j', (component, expected) => {
  expect(textsInMarkup(component)).toEqual(expected);
});

test.each([
  ["const a = 'Up to date';", ['Up to date']],
  ['const a = `Syncing ${name}`;', []],
  ['const a = `Every week on ${day}`;', ['Every week on ']],
  ["const a = 'the day before';", ['the day before']],
  ["throw new Error('It went wrong');", []],
  ["const a = 'btn primary';", []],
])('in %s people would read %j', (code, expected) => {
  expect(sentencesInCode(code)).toEqual(expected);
});
