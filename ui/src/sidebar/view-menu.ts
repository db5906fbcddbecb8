/** What the menu of a saved view offers. */
import { keysOf } from '../commands/chords';
import type { SavedView } from '../ipc/client';
import { words } from '../words';
import type { MenuItem } from './menu';
import type { Side } from './side.svelte';
import { DIGITS, withFilter, withoutView, withShortcut } from './view-list';

/** "Alt+Shift+1", as the keyboard here has it. */
export function shortcutText(digit: string, mac: boolean): string {
  return keysOf(`alt+shift+${digit}`, mac).join(mac ? '' : '+');
}

export function viewMenu(
  side: Side,
  index: number,
  mac: boolean,
  move: (by: 1 | -1) => Promise<void>,
): MenuItem[] {
  const { desk } = side;
  const views = desk.savedViews;
  const view = views[index];
  if (view === undefined) return [];
  const save = (next: SavedView[]): void => void desk.saveViews(next);
  return [
    {
      label: words.arrange.rename,
      onselect: () => (side.naming = { kind: 'view', index }),
    },
    { label: words.viewList.shortcut, items: shortcutItems(views, index, mac, save) },
    {
      label: words.viewList.replace,
      disabled: desk.filter === '' || desk.filter === view.filter,
      onselect: () => save(withFilter(views, index, desk.filter)),
    },
    { label: words.arrange.moveUp, disabled: index === 0, onselect: () => void move(-1) },
    {
      label: words.arrange.moveDown,
      disabled: index === views.length - 1,
      onselect: () => void move(1),
    },
    {
      label: words.viewList.remove,
      items: [
        { label: words.viewList.keep, onselect: () => {} },
        {
          label: words.viewList.removeNow(view.name),
          danger: true,
          onselect: () => save(withoutView(views, index)),
        },
      ],
    },
  ];
}

function shortcutItems(
  views: readonly SavedView[],
  index: number,
  mac: boolean,
  save: (next: SavedView[]) => void,
): MenuItem[] {
  const own = views[index]?.shortcut ?? null;
  const digits = DIGITS.map((digit) => {
    const keys = shortcutText(digit, mac);
    const other = views.find((view, at) => at !== index && view.shortcut === digit);
    return {
      label: other === undefined ? keys : words.viewList.shortcutOf(keys, other.name),
      checked: own === digit,
      onselect: () => save(withShortcut(views, index, digit)),
    };
  });
  return [
    {
      label: words.viewList.noShortcut,
      checked: own === null,
      onselect: () => save(withShortcut(views, index, null)),
    },
    ...digits,
  ];
}
