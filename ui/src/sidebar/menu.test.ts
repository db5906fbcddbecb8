import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeMenu, typedTo } from './menu';

const menu = { width: 200, height: 180 };
const view = { width: 1280, height: 800 };
const at = (left: number, top: number) => ({ left, right: left + 24, top, bottom: top + 24 });

test('hangs under its button with the ends flush, or stands over it', () => {
  expect(placeMenu(at(200, 100), menu, view, 'right')).toEqual({ left: 24, top: 128 });
  expect(placeMenu(at(200, 760), menu, view, 'right')).toEqual({ left: 24, top: 576 });
  expect(placeMenu(at(1060, 100), menu, view, 'left')).toEqual({ left: 1060, top: 128 });
});

test('never leaves a window that is large enough for it', () => {
  const spot = fc.tuple(fc.integer({ min: -300, max: 2000 }), fc.integer({ min: -300, max: 2000 }));
  fc.assert(
    fc.property(spot, fc.constantFrom('left' as const, 'right' as const), ([left, top], flush) => {
      const place = placeMenu(at(left, top), menu, view, flush);
      expect(place.left).toBeGreaterThanOrEqual(4);
      expect(place.left + menu.width).toBeLessThanOrEqual(view.width - 4);
      expect(place.top).toBeGreaterThanOrEqual(4);
      expect(place.top + menu.height).toBeLessThanOrEqual(view.height - 4);
    }),
  );
});

test('letters lead to the next entry that begins so, and round to the first', () => {
  const labels = ['Move up', 'Move down', 'Move to group', 'Stop syncing'];
  expect(typedTo(labels, 0, 'm')).toBe(1);
  expect(typedTo(labels, 2, 'm')).toBe(0);
  expect(typedTo(labels, 0, 's')).toBe(3);
  expect(typedTo(labels, 3, 'move t')).toBe(2);
  expect(typedTo(labels, 0, 'move d')).toBe(1);
  expect(typedTo(labels, 0, 'x')).toBeNull();
  expect(typedTo([], -1, 'x')).toBeNull();
});
