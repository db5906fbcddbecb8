import { afterEach, expect, test } from 'vitest';
import { applyAppearance } from './appearance.svelte';
import { DEFAULTS } from './preferences';

const root = document.documentElement;

afterEach(() => applyAppearance(DEFAULTS));

test('a theme is an attribute, and the system’s is none', () => {
  applyAppearance({ ...DEFAULTS, theme: 'contrast' });
  expect(root.dataset.theme).toBe('contrast');
  applyAppearance({ ...DEFAULTS, theme: 'system', density: 'compact' });
  expect(root.dataset.theme).toBeUndefined();
  expect(root.dataset.density).toBe('compact');
});
