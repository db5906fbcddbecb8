import { expect, test } from 'vitest';
import { hasRoomForViews, type ToolbarWidths } from './room';

const widths = (wanted: Partial<ToolbarWidths>): ToolbarWidths => ({
  toolbar: 1040,
  start: 162,
  views: 409,
  end: 96,
  ...wanted,
});

test.each<[string, Partial<ToolbarWidths>, boolean]>([
  ['beside the sidebar in a window of 1280', {}, true],
  ['in a toolbar of 900', { toolbar: 900 }, false],
  ['with words 40 % longer', { start: 190, views: 642 }, false],
  ['with those, in a wide window', { toolbar: 1440, start: 190, views: 642 }, true],
  ['before anything is known', { toolbar: 0, views: 0 }, true],
  ['before it is known how wide the views are', { views: 0 }, true],
])('views side by side: %s', (_, wanted, expected) => {
  expect(hasRoomForViews(widths(wanted))).toBe(expected);
});
