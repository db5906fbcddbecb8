import { afterEach, expect, test } from 'vitest';
import { isRightToLeft, mirroredHere } from './direction';

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
