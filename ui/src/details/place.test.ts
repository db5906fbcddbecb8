import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeBeside } from './place';

const panel = { width: 368, height: 500 };
const view = { width: 1280, height: 800 };

test('stands to the right of the event, or to its left where that does not fit', () => {
  expect(placeBeside({ left: 300, right: 440, top: 200 }, panel, view)).toEqual({
    left: 448,
    top: 200,
  });
  expect(placeBeside({ left: 860, right: 1000, top: 200 }, panel, view)).toEqual({
    left: 484,
    top: 200,
  });
});

test('where lines run from right to left, it stands to the left first', () => {
  expect(placeBeside({ left: 600, right: 740, top: 200 }, panel, view, 'left').left).toBe(224);
  expect(placeBeside({ left: 200, right: 340, top: 200 }, panel, view, 'left').left).toBe(348);
});

test('where it fits on neither side, it covers as little of the event as it can', () => {
  const small = { width: 720, height: 480 };
  expect(placeBeside({ left: 300, right: 400, top: 20 }, panel, small).left).toBe(344);
  expect(placeBeside({ left: 330, right: 430, top: 20 }, panel, small).left).toBe(8);
  // A day for itself: at the end of it, where its title does not begin.
  expect(placeBeside({ left: 60, right: 660, top: 20 }, panel, small).left).toBe(344);
  expect(placeBeside({ left: 60, right: 660, top: 20 }, panel, small, 'left').left).toBe(8);
});

const box = fc.record({
  left: fc.integer({ min: -200, max: 1400 }),
  width: fc.integer({ min: 10, max: 1000 }),
  top: fc.integer({ min: -500, max: 1500 }),
});
const side = fc.constantFrom('left' as const, 'right' as const);
const windows = fc.record({
  width: fc.integer({ min: 384, max: 2000 }),
  height: fc.integer({ min: 516, max: 1400 }),
});

test('never leaves a window that is large enough for it', () => {
  fc.assert(
    fc.property(box, side, windows, ({ left, width, top }, first, seen) => {
      const at = placeBeside({ left, right: left + width, top }, panel, seen, first);
      expect(at.left).toBeGreaterThanOrEqual(8);
      expect(at.left + panel.width).toBeLessThanOrEqual(seen.width - 8);
      expect(at.top).toBeGreaterThanOrEqual(8);
      expect(at.top + panel.height).toBeLessThanOrEqual(seen.height - 8);
    }),
  );
});

test('never lies over an event that it can stand beside', () => {
  fc.assert(
    fc.property(box, side, windows, ({ left, width, top }, first, seen) => {
      const right = left + width;
      const free = Math.max(left, seen.width - right);
      fc.pre(left >= 0 && right <= seen.width && free >= panel.width + 16);
      const at = placeBeside({ left, right, top }, panel, seen, first);
      expect(at.left >= right || at.left + panel.width <= left).toBe(true);
    }),
  );
});
