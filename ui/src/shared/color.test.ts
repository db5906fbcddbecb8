import { expect, test } from 'vitest';
import { hueOf } from './color';

// Hues by the reference implementation of OKLCH in the CSS Color 4 sample code.
test.each([
  ['#ff0000', 29],
  ['#00ff00', 142],
  ['#0000ff', 264],
  ['#ffa500', 71],
  ['#FFA500', 71],
])('%s has the hue %i', (hex, hue) => {
  expect(hueOf(hex)).toEqual({ hue, chroma: 1 });
});

test.each(['#808080', '#000000', '#ffffff', '#7f8081'])('%s stays grey', (hex) => {
  expect(hueOf(hex).chroma).toBe(0);
});

test.each(['', 'red', '#fff', '#12345', 'url(x)', '#1234567'])(
  '"%s" is no colour and becomes grey',
  (hex) => {
    expect(hueOf(hex)).toEqual({ hue: 0, chroma: 0 });
  },
);
