/** How the window looks, put on its root as attributes that app.css reads. */
import type { Preferences } from './preferences';

export function applyAppearance({ theme, density }: Pick<Preferences, 'theme' | 'density'>): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  root.dataset.density = density;
}
