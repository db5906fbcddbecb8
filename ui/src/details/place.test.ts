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

test('never leaves a window that is large enough for it', () => {
  const box = fc.record({
    left: fc.integer({ min: 0, max: 1200 }),
    width: fc.integer({ min: 10, max: 1000 }),
    top: fc.integer({ min: -500, max: 1500 }),
  });
  fc.assert(
    fc.property(box, ({ left, width, top }) => {
      const at = placeBeside({ left, right: left + width, top }, panel, view);
      expect(at.left).toBeGreaterThanOrEqual(8);
      expect(at.left + panel.width).toBeLessThanOrEqual(view.width);
      expect(at.top).toBeGreaterThanOrEqual(8);
      expect(at.top + panel.height).toBeLessThanOrEqual(view.height);
    }),
  );
});
