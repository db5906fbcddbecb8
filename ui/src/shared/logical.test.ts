import { expect, test } from 'vitest';
import { filesUnder } from '../words/checks/files';

/** What is physical and has to be, by file and declaration. */
const PHYSICAL: ReadonlyMap<string, string> = new Map([
  ['src/details/DetailsPopover.svelte: left: var(--left)', 'measured on the screen'],
  ['src/sidebar/FloatingMenu.svelte: left: var(--left)', 'measured on the screen'],
  ['src/sidebar/Ghost.svelte: left: 0', 'follows the pointer'],
  ['src/sidebar/Ghost.svelte: margin: -13px 0 0 12px', 'follows the pointer'],
]);

const SIDE = /^((margin|padding|border)-(left|right)(-[a-z]+)?|left|right)$/;
const FOUR_SIDES = /^(margin|padding|inset|border-width)$/;

/** Declarations that name left or right, or that differ between the two. */
function physicalIn(css: string): string[] {
  const plain = css.replace(/\/\*[^]*?\*\//g, '');
  return [...plain.matchAll(/([\w-]+)\s*:\s*([^;{}]+);/g)]
    .map(([, property = '', value = '']) => ({ property, value: value.trim() }))
    .filter(({ property, value }) => {
      if (SIDE.test(property)) return true;
      if (property === 'text-align' || property === 'float') return /^(left|right)$/.test(value);
      if (!FOUR_SIDES.test(property)) return false;
      // Spaces in parentheses do not part values.
      const [, right, , left] = value.match(/[^\s(]*\([^)]*\)|\S+/g) ?? [];
      return left !== undefined && left !== right;
    })
    .map(({ property, value }) => `${property}: ${value}`);
}

const stylesOf = (path: string, source: string): string =>
  path.endsWith('.css')
    ? source
    : [...source.matchAll(/<style>([^]*?)<\/style>/g)].map((match) => match[1]).join('\n');

test('styles hold in a window that is read from right to left', () => {
  const found = Object.entries(filesUnder('src', /\.(svelte|css)$/)).flatMap(([path, source]) =>
    physicalIn(stylesOf(path, source))
      .map((declaration) => `${path}: ${declaration}`)
      .filter((one) => !PHYSICAL.has(one)),
  );
  expect(found).toEqual([]);
});

test.each([
  ['a { left: 0; margin-right: 1px; border-left: 1px solid; }', 3],
  ['a { text-align: right; padding: 1px 2px 3px 4px; inset: 28px 0 auto auto; }', 3],
  [
    'a { text-align: start; padding: 1px 2px 3px 2px; inset: auto 2px 3px 2px; margin: 0 auto; }',
    0,
  ],
  ['a { inset: calc(1px + 2px) 0 0 calc(1px + 2px); }', 1],
  ['a { inset-inline-start: 4px; /* left: 0; */ border-start-start-radius: 0; }', 0],
])('%s', (css, count) => {
  expect(physicalIn(css)).toHaveLength(count);
});
