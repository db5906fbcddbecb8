/** What the menu of a saved view changes in their list. Pure. */
import type { SavedView } from '../ipc/client';

export const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

const LONGEST_NAME = 60;

/** Whether a view may be called so: no other is. */
export function mayBeCalled(views: readonly SavedView[], index: number, name: string): boolean {
  const wanted = name.trim().toLowerCase();
  return (
    wanted !== '' &&
    wanted.length <= LONGEST_NAME &&
    views.every((view, at) => at === index || view.name.toLowerCase() !== wanted)
  );
}

export function renamed(views: readonly SavedView[], index: number, name: string): SavedView[] {
  return changed(views, index, { name: name.trim() });
}

/** The digit goes to this view; another that had it has none then. */
export function withShortcut(
  views: readonly SavedView[],
  index: number,
  shortcut: string | null,
): SavedView[] {
  return views.map((view, at) => {
    if (at === index) return { ...view, shortcut };
    return view.shortcut === shortcut ? { ...view, shortcut: null } : view;
  });
}

export function withFilter(
  views: readonly SavedView[],
  index: number,
  filter: string,
): SavedView[] {
  return changed(views, index, { filter });
}

export function withoutView(views: readonly SavedView[], index: number): SavedView[] {
  return views.filter((_, at) => at !== index);
}

function changed(
  views: readonly SavedView[],
  index: number,
  patch: Partial<SavedView>,
): SavedView[] {
  return views.map((view, at) => (at === index ? { ...view, ...patch } : view));
}
