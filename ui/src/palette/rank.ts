/**
 * Which entries of the palette suit what was typed, and in which order. Pure.
 *
 * Sections stand in the order of their best entries, so that what Enter means is the best of all.
 */
import type { CommandGroup } from '../commands/commands';
import { match } from './fuzzy';

export type Section =
  'recent' | 'date' | CommandGroup | 'saved' | 'calendars' | 'settings' | 'accounts' | 'found';

/** Something that the palette can do. */
export interface Entry {
  id: string;
  section: Section;
  title: string;
  /** Other words that people may type for it. */
  also: string;
  /** What stands beside it, muted. */
  hint: string;
  /** Its keys, to show. */
  keys: readonly string[];
  /** `#rrggbb`, of what has a colour. */
  color: string | null;
  run: () => void;
}

export interface Ranked {
  entry: Entry;
  /** The parts of its title that were meant. */
  at: [number, number][];
}

export interface RankedSection {
  section: Section;
  items: Ranked[];
}

/** In one section; a longer list would hide the others. */
const MOST = 6;
/** What is so much worse than the best is noise. */
const WORTH = 0.7;
/** Other words count less than the title. */
const ALSO = 0.8;

/** What suits `query`, by sections. */
export function rank(query: string, entries: readonly Entry[]): RankedSection[] {
  const scored = entries.flatMap((entry, place) => {
    const title = match(query, entry.title);
    const also = entry.also === '' ? null : match(query, entry.also);
    const score = Math.max(title?.score ?? 0, (also?.score ?? 0) * ALSO);
    if (title === null && also === null) return [];
    return [{ entry, at: title?.at ?? [], score, place }];
  });
  const best = scored.reduce((most, { score }) => Math.max(most, score), 0);
  const sections = new Map<Section, (Ranked & { score: number })[]>();
  const worth = scored.filter(({ score }) => score >= best * WORTH);
  worth.sort(
    (a, b) => b.score - a.score || a.entry.title.length - b.entry.title.length || a.place - b.place,
  );
  for (const one of worth) {
    const section = sections.get(one.entry.section) ?? [];
    if (section.length < MOST) section.push(one);
    // The first entry of a section is its best, and sections come in the order of these.
    sections.set(one.entry.section, section);
  }
  return [...sections].map(([section, items]) => ({
    section,
    items: items.map(({ entry, at }) => ({ entry, at })),
  }));
}

/** What stands there before anything is typed: what was used last, then the commands. */
export function atFirst(
  entries: readonly Entry[],
  recent: readonly string[],
  sections: readonly Section[],
): RankedSection[] {
  const known = new Map(entries.map((entry) => [entry.id, entry]));
  const used = recent.flatMap((id) => known.get(id) ?? []);
  const all = [
    { section: 'recent' as Section, items: used },
    ...sections.map((section) => ({
      section,
      items: entries.filter((one) => one.section === section && !used.includes(one)),
    })),
  ];
  return all
    .filter(({ items }) => items.length > 0)
    .map(({ section, items }) => ({
      section,
      items: items.map((entry): Ranked => ({ entry, at: [] })),
    }));
}

/** What was used, the latest first; `id` is used now. */
export function used(recent: readonly string[], id: string, most = 6): string[] {
  return [id, ...recent.filter((one) => one !== id)].slice(0, most);
}
