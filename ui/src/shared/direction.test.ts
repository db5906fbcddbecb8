import { afterEach, expect, test } from 'vitest';
import { isAgainst, isRightToLeft, mirroredHere } from './direction';

afterEach(() => document.documentElement.removeAttribute('dir'));

test('from left to right, keys are what they are', () => {
  expect(isRightToLeft()).toBe(false);
  expect(['ArrowLeft', 'ArrowRight', 'Home'].map(mirroredHere)).toEqual([
    'ArrowLeft',
    'ArrowRight',
    'Home',
  ]);
});

test('from right to left, the left arrow goes on and nothing else changes', () => {
  document.documentElement.dir = 'rtl';
  expect(isRightToLeft()).toBe(true);
  expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'Home', 'a'].map(mirroredHere)).toEqual([
    'ArrowRight',
    'ArrowLeft',
    'ArrowUp',
    'Home',
    'a',
  ]);
});

test.each([
  ['Room 12', false, true],
  ['غرفة 12', true, false],
  ['12 חדר', true, false],
  ['Room חדר', false, true],
  ['12', false, false],
  ['', false, false],
])('%j is against the window by its first letter', (text, inLeftToRight, inRightToLeft) => {
  expect(isAgainst(text)).toBe(inLeftToRight);
  document.documentElement.dir = 'rtl';
  expect(isAgainst(text)).toBe(inRightToLeft);
});
