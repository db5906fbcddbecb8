import { expect, test } from 'vitest';
import type { SavedView } from '../ipc/client';
import { mayBeCalled, renamed, withFilter, withoutView, withShortcut } from './view-list';

const VIEWS: SavedView[] = [
  { name: 'High this week', filter: 'importance:high', shortcut: '1' },
  { name: 'Client A', filter: 'category:"Client A"', shortcut: '2' },
  { name: 'Teams', filter: 'has:teams', shortcut: null },
];
const digits = (views: readonly SavedView[]) => views.map((view) => view.shortcut);

test('a digit belongs to one view', () => {
  expect(digits(withShortcut(VIEWS, 2, '1'))).toEqual([null, '2', '1']);
  expect(digits(withShortcut(VIEWS, 0, null))).toEqual([null, '2', null]);
  expect(digits(withShortcut(VIEWS, 0, '1'))).toEqual(['1', '2', null]);
});

test('names are trimmed, and each is there once', () => {
  expect(renamed(VIEWS, 1, ' Fabrikam ').map((view) => view.name)).toEqual([
    'High this week',
    'Fabrikam',
    'Teams',
  ]);
  expect(mayBeCalled(VIEWS, 1, 'client a')).toBe(true);
  expect(mayBeCalled(VIEWS, 2, 'client a')).toBe(false);
  expect(mayBeCalled(VIEWS, 2, '  ')).toBe(false);
  expect(mayBeCalled(VIEWS, 2, 'x'.repeat(61))).toBe(false);
});

test('a filter is replaced and a view removed, the others stay', () => {
  expect(withFilter(VIEWS, 2, 'has:link')[2]).toEqual({
    name: 'Teams',
    filter: 'has:link',
    shortcut: null,
  });
  expect(withoutView(VIEWS, 0)).toEqual(VIEWS.slice(1));
});
