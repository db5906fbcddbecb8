/** Switching the parts of a filter on and off. Pure; the filtering itself happens in Rust. */
import type { CategoryFacet, FilterQuery, ImportanceView } from '../ipc/client';

export const NO_FILTER: FilterQuery = { importance: [], categories: [], teamsOnly: false };

/** Whether the filter lets everything through. */
export function isEmpty(filter: FilterQuery): boolean {
  return filter.importance.length === 0 && filter.categories.length === 0 && !filter.teamsOnly;
}

export function toggleImportance(filter: FilterQuery, importance: ImportanceView): FilterQuery {
  return { ...filter, importance: toggled(filter.importance, importance) };
}

export function toggleCategory(filter: FilterQuery, name: string): FilterQuery {
  const categories = hasCategory(filter, name)
    ? filter.categories.filter((other) => !sameName(other, name))
    : [...filter.categories, name];
  return { ...filter, categories };
}

export function toggleTeams(filter: FilterQuery): FilterQuery {
  return { ...filter, teamsOnly: !filter.teamsOnly };
}

/** Whether the filter asks for a category; names are compared without case, as in Rust. */
export function hasCategory(filter: FilterQuery, name: string): boolean {
  return filter.categories.some((other) => sameName(other, name));
}

/** The categories to offer: those of the days shown, and those switched on that do not occur in them. */
export function offeredCategories(
  facets: readonly CategoryFacet[],
  filter: FilterQuery,
): CategoryFacet[] {
  const absent = filter.categories.filter(
    (name) => !facets.some((facet) => sameName(facet.name, name)),
  );
  return [...facets, ...absent.map((name) => ({ name, color: '#808080', count: 0 }))];
}

function toggled<T>(list: readonly T[], item: T): T[] {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
