import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shadeOf, SHADES } from './density';

test('every number of events has the shade that the legend gives it', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1000 }), (events) => {
      const shade = SHADES[shadeOf(events)];
      expect(shade?.from).toBeLessThanOrEqual(events);
      expect(shade?.to ?? Infinity).toBeGreaterThanOrEqual(events);
    }),
  );
});

test('the shades leave nothing out and do not overlap', () => {
  SHADES.slice(1).forEach((shade, index) => expect(shade.from).toBe((SHADES[index]?.to ?? 0) + 1));
  expect(SHADES.at(-1)?.to).toBeNull();
});
