/**
 * How well a few letters stand for a text. Pure.
 *
 * Every word that was typed has to be in the text, its letters in their order though not always
 * side by side. Letters that follow one another count most, as the beginning of a word does, then those that
 * begin a word by themselves; case and accents do not count.
 */
import { fold } from '../filters/terms';

export interface Match {
  /** Higher is better; comparable between texts for the same query. */
  score: number;
  /** The parts of the text that were meant, in order: from and to. */
  at: [number, number][];
}

const LETTER = 1;
const STARTS_WORD = 8;
const FOLLOWS = 11;
/** The first letter of all is what people mean most, and a whole word more than its beginning. */
const STARTS_TEXT = 1;
const ENDS_WORD = 2;
/** Nobody types more, and texts may be as long as a book. */
const MOST_TYPED = 40;
const MOST_TEXT = 200;

interface Letter {
  letter: string;
  from: number;
  to: number;
  startsWord: boolean;
  endsWord: boolean;
}

/** How well `query` stands for `text`; `null` if it does not. An empty one stands for all. */
export function match(query: string, text: string): Match | null {
  const letters = lettersOf(text.slice(0, MOST_TEXT));
  let score = 0;
  const at: [number, number][] = [];
  for (const word of fold(query.slice(0, MOST_TYPED)).split(/\s+/)) {
    if (word === '') continue;
    const best = bestPlace([...word], letters);
    if (best === null) return null;
    score += best.score;
    at.push(...best.places.map((place): [number, number] => spanOf(letters[place])));
  }
  return { score, at: merged(at) };
}

function lettersOf(text: string): Letter[] {
  const letters: Letter[] = [];
  let at = 0;
  let inWord = false;
  for (const sign of text) {
    const from = at;
    at += sign.length;
    if (/\p{M}/u.test(sign)) {
      const before = letters.at(-1);
      if (before?.to === from) before.to = at;
      continue;
    }
    const isInWord = /[\p{L}\p{N}]/u.test(sign);
    const folded = [...fold(sign)];
    folded.forEach((letter, nth) =>
      letters.push({
        letter,
        from,
        to: at,
        startsWord: nth === 0 && isInWord && !inWord,
        endsWord: false,
      }),
    );
    const before = letters.at(-folded.length - 1);
    if (inWord && !isInWord && before !== undefined) before.endsWord = true;
    inWord = isInWord;
  }
  const last = letters.at(-1);
  if (inWord && last !== undefined) last.endsWord = true;
  return letters;
}

/** The places for the letters of a word that score most. */
function bestPlace(
  word: readonly string[],
  letters: readonly Letter[],
): { score: number; places: number[] } | null {
  // scores[i][j]: the most for the first i + 1 letters, with the last one at j.
  const scores: number[][] = [];
  const cameFrom: number[][] = [];
  word.forEach((typed, i) => {
    const before = scores[i - 1];
    const row = letters.map(() => -Infinity);
    const from = letters.map(() => -1);
    let bestBefore = -Infinity;
    let bestAt = -1;
    letters.forEach((letter, j) => {
      const apart = i === 0 ? 0 : bestBefore;
      const beside = i === 0 ? -Infinity : (before?.[j - 1] ?? -Infinity) + FOLLOWS;
      if (letter.letter === typed && Math.max(apart, beside) > -Infinity) {
        row[j] = worthOf(letter, j === 0, i === word.length - 1) + Math.max(apart, beside);
        from[j] = beside >= apart ? j - 1 : bestAt;
      }
      const soFar = before?.[j] ?? -Infinity;
      if (soFar > bestBefore) {
        bestBefore = soFar;
        bestAt = j;
      }
    });
    scores.push(row);
    cameFrom.push(from);
  });
  const last = scores.at(-1) ?? [];
  const score = Math.max(-Infinity, ...last);
  if (score === -Infinity) return null;
  const places: number[] = [];
  let at = last.indexOf(score);
  for (let i = word.length - 1; i >= 0; i -= 1) {
    places.unshift(at);
    at = cameFrom[i]?.[at] ?? -1;
  }
  return { score, places };
}

function worthOf(letter: Letter, isFirst: boolean, isLastTyped: boolean): number {
  return (
    LETTER +
    (letter.startsWord ? STARTS_WORD : 0) +
    (isFirst ? STARTS_TEXT : 0) +
    (isLastTyped && letter.endsWord ? ENDS_WORD : 0)
  );
}

const spanOf = (letter: Letter | undefined): [number, number] => [
  letter?.from ?? 0,
  letter?.to ?? 0,
];

/** Spans in order, those that touch as one. */
function merged(spans: [number, number][]): [number, number][] {
  const result: [number, number][] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}
