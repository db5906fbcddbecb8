import { describe, expect, test } from 'vitest';
import {
  hasCategory,
  isEmpty,
  NO_FILTER,
  offeredCategories,
  toggleCategory,
  toggleImportance,
  toggleTeams,
} from './filter';

describe('a filter', () => {
  test('is empty again when everything was switched on and off', () => {
    const on = toggleTeams(toggleCategory(toggleImportance(NO_FILTER, 'high'), 'Client A'));
    expect(on).toEqual({ importance: ['high'], categories: ['Client A'], teamsOnly: true });
    expect(isEmpty(on)).toBe(false);
    const off = toggleTeams(toggleCategory(toggleImportance(on, 'high'), 'client a'));
    expect(isEmpty(off)).toBe(true);
  });

  test('takes several importances', () => {
    expect(toggleImportance(toggleImportance(NO_FILTER, 'high'), 'low').importance).toEqual([
      'high',
      'low',
    ]);
  });

  test('compares categories without case', () => {
    expect(hasCategory({ ...NO_FILTER, categories: ['Client A'] }, 'CLIENT A')).toBe(true);
  });

  test('goes on offering a category that the week shown does not have', () => {
    const facets = [{ name: 'Travel', color: '#ca5010', count: 2 }];
    const filter = { ...NO_FILTER, categories: ['travel', 'Client A'] };
    expect(offeredCategories(facets, filter).map((one) => `${one.name} ${one.count}`)).toEqual([
      'Travel 2',
      'Client A 0',
    ]);
  });
});
