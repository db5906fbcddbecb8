import { expect, test } from 'vitest';
import { grouped } from './numbers';

test('groups stay together, and in their order where lines run from right to left', () => {
  expect(grouped('227 921 734', false)).toBe('227\u00a0921\u00a0734');
  expect(grouped('+49 69', true)).toBe('\u2066+49\u00a069\u2069');
  expect(grouped('', false)).toBe('');
});
