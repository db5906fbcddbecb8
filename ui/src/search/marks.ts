/**
 * Which parts of a text are what was searched for, so that they can be marked. Pure; text goes in
 * and texts come out, no markup.
 *
 * Words are those of the engine's index (dayline-engine, `search/words.rs`): without case and
 * accents, and where no spaces are written each letter is one. Each word that is searched for may
 * go on; what stands in quotes is a phrase; what has a minus is left out.
 */
import { fold } from '../filters/terms';

export interface Part {
  text: string;
  found: boolean;
}

interface Word {
  letters: string;
  from: number;
  /** Behind each of the letters, in the text. */
  ends: number[];
  /** Nothing goes on in it. */
  alone: boolean;
}

interface Phrase {
  words: string[];
  /** The last word may go on. */
  isPrefix: boolean;
}

/** The text in parts, in order and complete. */
export function marked(text: string, query: string): Part[] {
  const words = wordsOf(text);
  const found = phrasesOf(query).flatMap((phrase) => placesOf(phrase, words));
  found.sort((a, b) => a.from - b.from);
  const parts: Part[] = [];
  let at = 0;
  for (const { from, to } of found) {
    if (to <= at) continue;
    const start = Math.max(from, at);
    if (start > at) parts.push({ text: text.slice(at, start), found: false });
    const last = parts.at(-1);
    if (last?.found === true) last.text += text.slice(start, to);
    else parts.push({ text: text.slice(start, to), found: true });
    at = to;
  }
  if (at < text.length) parts.push({ text: text.slice(at), found: false });
  return parts;
}

/** The beginning of a text that is far too long to show, in whole signs. */
export function beginning(text: string, most = 160): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
  return `${cut}…`;
}

function placesOf(phrase: Phrase, words: readonly Word[]): { from: number; to: number }[] {
  const last = phrase.words.length - 1;
  return words.flatMap((first, at) => {
    const isHere = phrase.words.every((wanted, nth) => {
      const word = words[at + nth];
      if (word === undefined) return false;
      return nth === last && phrase.isPrefix
        ? word.letters.startsWith(wanted)
        : word.letters === wanted;
    });
    const end = words[at + last];
    const letters = phrase.words[last]?.length ?? 0;
    return isHere && end !== undefined
      ? [{ from: first.from, to: end.ends[letters - 1] ?? 0 }]
      : [];
  });
}

function phrasesOf(query: string): Phrase[] {
  const parts = query.matchAll(/(-?)(?:["“”„«»]([^"“”„«»]*)(["“”„«»]?)|(\S+))/gu);
  return [...parts].flatMap(([, minus, quoted, closed, bare]) => {
    const found = wordsOf(quoted ?? bare ?? '');
    if (minus !== '' || found.length === 0) return [];
    const isPrefix = closed !== undefined && closed !== '' ? false : found.at(-1)?.alone !== true;
    return [{ words: found.map((word) => word.letters), isPrefix }];
  });
}

const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Khmer}]/u;
const EMOJI = /\p{Extended_Pictographic}/u;
const MARK = /\p{M}/u;
const IGNORED = /[\u00AD\u200C\u200D\u2060\uFEFF\uFE00-\uFE0F]/u;

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let open: Word | null = null;
  let at = 0;
  for (const sign of text) {
    const from = at;
    at += sign.length;
    if (MARK.test(sign) || IGNORED.test(sign)) {
      // Marks belong to the letter before them.
      const word: Word | undefined = open ?? words.at(-1);
      if (word !== undefined && word.ends.at(-1) === from) word.ends[word.ends.length - 1] = at;
      continue;
    }
    const isAlone = EMOJI.test(sign) && !/\p{Nd}/u.test(sign);
    const letters = isAlone ? sign : fold(sign).replace(/[^\p{L}\p{N}]/gu, '');
    if (letters === '' || isAlone || WITHOUT_SPACES.test(letters)) {
      open = null;
      if (letters !== '') words.push({ letters, from, ends: endsOf(letters, at), alone: true });
      continue;
    }
    if (open === null) {
      open = { letters: '', from, ends: [], alone: false };
      words.push(open);
    }
    open.letters += letters;
    open.ends.push(...endsOf(letters, at));
  }
  return words;
}

/** One sign may be several letters, as ß is; all of them end where it does. */
function endsOf(letters: string, at: number): number[] {
  return Array.from({ length: letters.length }, () => at);
}
