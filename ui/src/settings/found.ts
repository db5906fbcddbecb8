/** Which setting was searched for and gone to; its place stands out. */
import { getContext, setContext } from 'svelte';

const KEY = Symbol('found setting');

export function provideFound(found: () => string | null): void {
  setContext(KEY, found);
}

export function useFound(): () => string | null {
  return getContext<(() => string | null) | undefined>(KEY) ?? (() => null);
}
