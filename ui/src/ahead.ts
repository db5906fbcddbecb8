/**
 * Fetches what somebody types into before it is asked for: who types on right after its key would
 * lose letters while it is fetched. The first picture comes before it.
 */
const AFTER_MS = 1000;

export function fetchAhead(): void {
  setTimeout(() => {
    void import('./palette/Palette.svelte');
    void import('./search/SearchSheet.svelte');
    void import('./header/ZoneSheet.svelte');
  }, AFTER_MS);
}
